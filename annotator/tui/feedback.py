"""What reviewers made of an annotator's work, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.style import Style

from annotator.model.annotation import Annotation
from annotator.model.schema import Schema
from annotator.services.feedback import Correction, Feedback, MarkedRelation, SentBack, Side
from annotator.tui.describe import attribute_texts
from annotator.tui.flows import excerpt
from annotator.tui.language import _, named
from annotator.tui.palette import Palette
from annotator.tui.review_wording import kind_name, reason_name
from annotator.tui.version_lines import shortened
from annotator.tui.widgets.panel import Line
from annotator.tui.wording import status_name


TEXT = 600
"""Code points of a span's text, of which the middle is left out where it is longer."""


def feedback_lines(feedback: Feedback, schema: Schema, palette: Palette) -> tuple[Line, ...]:
    """The numbers, the documents sent back, then what the gold has otherwise, document by document."""
    return tuple(_Page(feedback, schema, palette).lines())


class _Page:
    """The page of one annotator.

    Args:
        feedback: What it is about.
        schema: For the names of labels, attributes and relations.
        palette: The styles.
    """

    def __init__(self, feedback: Feedback, schema: Schema, palette: Palette) -> None:
        self._feedback, self._schema, self._palette = feedback, schema, palette
        self._strong = palette.text + Style(bold=True)

    def lines(self) -> Iterator[Line]:
        """All of it."""
        feedback = self._feedback
        yield Line(_("What reviewers changed in your work (↑ ↓ PgUp PgDn scroll, Esc closes)"), self._strong)
        yield Line("", self._palette.text)
        yield from self._summary()
        if feedback.sent_back:
            yield from (Line("", self._palette.text), Line(_("Sent back to you"), self._strong))
        for returned in feedback.sent_back:
            yield from self._returned(returned)
        for doc_id, corrections in groupby(feedback.corrections, key=lambda one: one.doc_id):
            found = list(corrections)
            yield from (Line("", self._palette.text), Line(found[0].title, self._strong, None))
            yield Line(f"id: {doc_id}", self._palette.faint)
            for correction in found:
                yield from self._correction(correction)

    def _summary(self) -> Iterator[Line]:
        feedback, text = self._feedback, self._palette.text
        if not feedback.decided:
            yield Line(_("No reviewer has decided anything about your work yet."), text)
            return
        changed = len(feedback.corrections)
        numbers = {"decided": feedback.decided, "kept": feedback.kept, "changed": changed}
        yield Line(
            _("items decided: {decided} · kept as you marked them: {kept} · changed: {changed}", **numbers), text
        )
        if changed:
            yield Line(" · ".join(f"{kind_name(kind)}: {number}" for kind, number in feedback.kinds.items()), text)

    def _returned(self, returned: SentBack) -> Iterator[Line]:
        is_open = returned.settled_at is None
        yield Line(returned.title, self._palette.text, None)
        style = self._palette.warning if is_open else self._palette.text
        yield Line(_("sent back: {note}", note=returned.note), style, None)
        yield self._about(returned.reviewer, returned.at, status_name("open" if is_open else "done"))

    def _correction(self, one: Correction) -> Iterator[Line]:
        text = self._palette.text
        yield Line("", text)
        facts = [kind_name(one.kind)]
        if one.edge:
            facts.append({"start": _("at the start"), "end": _("at the end"), "both": _("at both ends")}[one.edge])
        yield Line(" · ".join(facts), self._strong)
        shows_all = one.kind == "attribute"
        yield from self._side(_("yours: {what}"), one.yours, shows_all=shows_all)
        yield from self._side(_("gold: {what}"), one.gold, shows_all=shows_all)
        if one.reason:
            yield Line(_("because: {reason}", reason=reason_name(one.reason)), text)
        if one.comment:
            yield Line(_("comment: {note}", note=one.comment), text)
        yield self._about(one.reviewer or _("merged without a reviewer: {policy}", policy=one.policy), one.at)

    def _about(self, who: str, at: str, *facts: str) -> Line:
        return Line(" · ".join((who, at[:10], *facts)), self._palette.faint)

    def _side(self, template: str, side: Side, *, shows_all: bool) -> Iterator[Line]:
        """What one of both has, under a heading with a place for it."""
        palette = self._palette
        if side.is_empty:
            yield Line(template.format(what=_("nothing")), palette.text)
        if side.document_labels:
            names = map(self._document_label, side.document_labels)
            yield Line(template.format(what=_(", ").join(names)), palette.text)
        for span in side.spans:
            label = self._schema.label(span.annotation.label)
            name = named(label) if label else span.annotation.label
            facts = [name, *self._attributes(span.annotation, shows_all=shows_all)]
            style = palette.labels[label.id].name if label else palette.text
            yield Line(template.format(what=" · ".join(facts)), style)
            yield Line(shortened(span.text, TEXT), palette.text, 1 if self._schema.direction == "rtl" else 0)
        for relation in side.relations:
            yield self._relation(relation)

    def _attributes(self, annotation: Annotation, *, shows_all: bool) -> list[str]:
        """The attributes that somebody chose; where they are in dispute also those left as they were."""
        label = self._schema.label(annotation.label)
        defaults = label.defaults() if label and not shows_all else ()
        named_pairs = zip(annotation.attributes, attribute_texts(self._schema, annotation), strict=True)
        return [f"{name}: {value}" for pair, (name, value) in named_pairs if pair not in defaults]

    def _relation(self, relation: MarkedRelation) -> Line:
        kind = self._schema.relation(relation.label)
        name, text = named(kind) if kind else relation.label, excerpt(relation.other)
        if relation.end == "head":
            return Line(_("→ {relation}: {excerpt}", relation=name, excerpt=text), self._palette.text, None)
        return Line(_("← {relation}: {excerpt}", relation=name, excerpt=text), self._palette.text, None)

    def _document_label(self, label_id: str) -> str:
        label = self._schema.document_label(label_id)
        return named(label) if label else label_id
