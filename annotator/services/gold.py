"""The gold corpus as records: a view over decisions, with provenance down to the votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.agreement.decisions import Decision, Ledger, gold_by_item, votes_to_plain, with_gone
from annotator.agreement.itemizing import items_of
from annotator.agreement.items import Item
from annotator.agreement.ruling import BY_HAND
from annotator.agreement.study import StudyDocument
from annotator.errors import UsageError
from annotator.formats.record import to_record
from annotator.model.annotation import Relation
from annotator.model.state import AnnotationState
from annotator.services.adjudicating import decision_of, study_document
from annotator.services.project import Project
from annotator.store import annotators, decisions, documents, studying
from annotator.store.engine import Connection
from annotator.store.reading import documents_with_work
from annotator.store.studying import StatusFilter


def gold_records(project: Project, *, raw: bool) -> Iterator[dict[str, Any]]:
    """A record for each document about which anything is decided, by doc_id.

    Its status is done once every item is settled, by all work or by that of the annotators who are done. Spans and
    relations have a `provenance`; `decisions` are those that left no span: what was rejected, deferred or removed, and
    what was decided about the document's labels.

    Raises:
        UsageError: There is no gold yet.
    """
    with project.store.read() as connection:
        gold = annotators.find_gold(connection)
        if gold is None:
            raise UsageError(
                "there is no gold yet",
                hint="`annotator review` makes it, and `annotator merge` takes what all annotators agree on.",
            )
        people = studying.people_of(connection, ())
        for document, work in documents_with_work(connection, gold):
            own = work[annotators.GOLD]
            row = next(documents.identities(connection, [document.doc_id])).id
            ledger = Ledger([decision_of(one) for one in decisions.in_force(connection, [row]).get(row, ())])
            if not ledger.decisions:
                continue  # a reviewer only looked at it, or took everything back
            record = to_record(document, annotators.GOLD, own.state, project.schema, raw=raw, active_ms=own.active_ms)
            shared = _work(connection, row, people, "any")
            items = with_gone(items_of(shared, project.schema), ledger, own.state)
            finished = _work(connection, row, people, "done")
            is_done = _is_settled(items, ledger) or (
                len(finished.work) > 1
                and _is_settled(with_gone(items_of(finished, project.schema), ledger, own.state), ledger)
            )
            record["status"] = "done" if is_done else "open"
            for value in record["spans"]:
                value["provenance"] = provenance(ledger.by_gold[value["id"]])
            for value, relation in zip(record["relations"], own.state.relations, strict=True):
                value["provenance"] = provenance(_decision_on(relation, ledger))
            record["decisions"] = [provenance(one) for one in _without_spans(items, ledger, own.state)]
            yield record


def _work(connection: Connection, row: int, people: Mapping[int, str], status: StatusFilter) -> StudyDocument:
    return study_document(next(studying.read_documents(connection, [row], dict(people), status)))


def _is_settled(items: Iterable[Item], ledger: Ledger) -> bool:
    return all(ledger.standing(item).name == "settled" for item in items)


def _decision_on(relation: Relation, ledger: Ledger) -> Decision:
    """The decision that a relation comes from: unless it was made by hand, one whose votes show it.

    The latest one may be about the item at the other end, when that was decided last.
    """
    latest = ledger.by_gold[relation.id]
    if latest.action in BY_HAND:
        return latest
    found = (latest, ledger.by_gold[relation.head], ledger.by_gold[relation.tail])
    labels = ({link.label for vote in one.votes for link in vote.links} for one in found)
    return next((one for one, shown in zip(found, labels, strict=True) if relation.label in shown), latest)


def _without_spans(items: Sequence[Item], ledger: Ledger, gold: AnnotationState) -> Iterable[Decision]:
    """The decisions that no span shows: the latest about each item without gold, and about the document's labels."""
    spans = gold_by_item(gold, items, ledger)
    found = [ledger.standing(item).decision for item in items if not spans[item.key]]
    found += [one for one in ledger.decisions if one.group == "document"][-1:]
    return {id(one): one for one in found if one is not None}.values()


def provenance(decision: Decision) -> dict[str, Any]:
    """Who decided what, when, why, under which guideline, and what the annotators had made of it."""
    return {
        "method": f"auto:{decision.policy}" if decision.action == "auto" else decision.action,
        "reviewer": decision.reviewer,
        "at": decision.at,
        "kind": decision.kind,
        "taken": list(decision.taken),
        "reason": decision.reason,
        "comment": decision.comment,
        "guideline": decision.guideline,
        "votes": votes_to_plain(decision.votes),
    }
