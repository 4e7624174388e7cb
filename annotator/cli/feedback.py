"""`annotator feedback`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from annotator.cli import output
from annotator.cli.options import DATABASE, AsJson, Database, Debug, Who, login_name
from annotator.cli.wording import counted


if TYPE_CHECKING:
    from annotator.model.annotation import Attributes
    from annotator.services.feedback import Correction, Feedback, SentBack, Side


def feedback(
    who: Who = None,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Show what reviewers changed in an annotator's work, and why."""
    from annotator.services.feedback import feedback as feedback_on
    from annotator.services.looking import find_annotator
    from annotator.services.project import open_project

    with open_project(database) as project:
        name = find_annotator(project, who) if who is not None else login_name()
        found = feedback_on(project, name)
    if as_json:
        output.json(_plain(found))
    else:
        output.lines(_for_people(found))


def _for_people(found: Feedback) -> Iterator[str]:
    """Texts in logical order, as they are stored; they may go to a pipe."""
    from annotator.tui.review_wording import KINDS

    if not found.decided:
        yield f"{found.annotator}: no reviewer has decided anything about this work yet"
    else:
        changed = len(found.corrections)
        yield f"{found.annotator}: {counted(found.decided, 'item')} decided, {found.kept:,} kept, {changed:,} changed"
        if changed:
            yield ", ".join(f"{KINDS[kind]} {number:,}" for kind, number in found.kinds.items())
    if found.sent_back:
        yield ""
    for returned in found.sent_back:
        done = "" if returned.settled_at is None else ", done again"
        yield f"sent back: {returned.doc_id}: {returned.title}"
        yield f"  {returned.note} ({returned.reviewer}, {returned.at[:10]}{done})"
    for _, corrections in groupby(found.corrections, key=lambda one: one.doc_id):
        yield from _document(list(corrections))


def _document(corrections: Sequence[Correction]) -> Iterator[str]:
    from annotator.tui.review_wording import KINDS, REASON_NAMES

    yield ""
    yield f"{corrections[0].doc_id}: {corrections[0].title}"
    for one in corrections:
        place = "document" if one.kind == "document label" else f"{one.start}–{one.end}"
        yield f"{place}  {KINDS[one.kind]}"
        yield from _side("yours", one.yours)
        yield from _side("gold", one.gold)
        why = ": ".join(filter(None, (REASON_NAMES.get(one.reason, ""), one.comment)))
        yield f"  {f'because: {why} ' if why else ''}({one.reviewer or one.policy}, {one.at[:10]})"


def _side(name: str, side: Side) -> Iterator[str]:
    if side.is_empty:
        yield f"  {name}: nothing"
    if side.document_labels:
        yield f"  {name}: {', '.join(side.document_labels)}"
    for span in side.spans:
        attributes = ", ".join(f"{key}={value}" for key, value in span.annotation.attributes)
        label = f"{span.annotation.label} ({attributes})" if attributes else span.annotation.label
        yield f"  {name}: {label}  {span.text}"
    for relation in side.relations:
        yield f"  {name}: {'→' if relation.end == 'head' else '←'} {relation.label}  {relation.other}"


def _plain(found: Feedback) -> dict[str, Any]:
    return {
        "annotator": found.annotator,
        "decided": found.decided,
        "kept": found.kept,
        "changed": len(found.corrections),
        "kinds": found.kinds,
        "sent_back": [_plain_sent_back(one) for one in found.sent_back],
        "corrections": [_plain_correction(one) for one in found.corrections],
    }


def _plain_sent_back(one: SentBack) -> dict[str, Any]:
    about = {"id": one.doc_id, "title": one.title, "note": one.note, "reviewer": one.reviewer, "at": one.at}
    return about | {"settled_at": one.settled_at}


def _plain_correction(one: Correction) -> dict[str, Any]:
    return {
        "id": one.doc_id,
        "title": one.title,
        "start": one.start,
        "end": one.end,
        "kind": one.kind,
        "edge": one.edge,
        "trivial": one.is_trivial,
        "yours": _plain_side(one.yours),
        "gold": _plain_side(one.gold),
        "reason": one.reason,
        "comment": one.comment,
        "reviewer": one.reviewer,
        "policy": one.policy,
        "guideline": one.guideline,
        "at": one.at,
    }


def _plain_side(side: Side) -> dict[str, Any]:
    return {
        "spans": [
            {
                "start": one.annotation.start,
                "end": one.annotation.end,
                "label": one.annotation.label,
                "text": one.text,
                "attributes": _plain_attributes(one.annotation.attributes),
            }
            for one in side.spans
        ],
        "relations": [
            {
                "label": one.label,
                "end": one.end,
                "other": one.other,
                "attributes": _plain_attributes(one.attributes),
            }
            for one in side.relations
        ],
        "document_labels": list(side.document_labels),
    }


def _plain_attributes(attributes: Attributes) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in attributes]
