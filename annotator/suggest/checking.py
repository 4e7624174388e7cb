"""What of a suggester's answer counts: only what the text and the schema allow.

An answer comes from other people's code, so nothing about it is taken for granted, not even the types of its fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from annotator.errors import OperationError
from annotator.model.annotation import Attributes
from annotator.model.schema import Label, Schema
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.model.validation import check_attribute
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.suggest.edges import Edges
from annotator.suggest.fields import as_score, as_string, as_whole, kind_of, tidy


MOST = 20_000
"""Spans, and relations, that are looked at; a suggester that proposes more for one document has gone wrong."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a suggester proposed and that does not count: what it is, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an answer.

    Attributes:
        suggestions: What counts.
        refused: What does not, in the order of the answer. A refused attribute leaves its span with the default.
        dropped: How many spans and relations were left out because the schema lacks their label, or that of an end.
    """

    suggestions: SuggestionSet = field(default_factory=SuggestionSet)
    refused: tuple[Refusal, ...] = ()
    dropped: int = 0


def check(proposals: object, view: DocumentView, schema: Schema, origin: str) -> Checked:
    """Check a suggester's answer for a document, whatever it is.

    Edges inside a letter with its marks move outward, spaces at the edges are left out, and spans that then have the
    place and the label of another are refused. Whether spans overlap as their label allows is not looked at: that
    depends on what the annotator has made.

    Args:
        proposals: The answer, a `Proposals` if the suggester keeps to the contract.
        view: What the suggester was given.
        schema: The labels that can be suggested.
        origin: The suggester and its version, `name@version`.
    """
    if not isinstance(proposals, Proposals):
        return Checked(refused=(Refusal("the answer", f"is no Proposals but {kind_of(proposals)}"),))
    answer = _Answer(view, schema, origin)
    for number, span in enumerate(answer.items("spans", proposals.spans), 1):
        answer.add_span(number, span)
    for number, link in enumerate(answer.items("relations", proposals.links), 1):
        answer.add_link(number, link)
    found = SuggestionSet.of(answer.suggestions.values(), answer.relations)
    return Checked(found, tuple(answer.refused), answer.dropped)


class _Answer:
    """An answer while it is checked."""

    def __init__(self, view: DocumentView, schema: Schema, origin: str) -> None:
        self.suggestions: dict[str, Suggestion] = {}
        self.relations: dict[SuggestedRelation, None] = {}  # in order
        self.refused: list[Refusal] = []
        self.dropped = 0
        self._length, self._edges = len(view.text), Edges(view.text)
        self._labels = {label.id: label for label in schema.labels}
        self._schema, self._origin = schema, origin
        self._seed = f"{origin.rpartition('@')[0]}\0{_digest(view.text)}"
        self._keys: dict[str, str | None] = {}  # to the id of a suggestion; None for one that the schema lacks
        self._tails: Counter[tuple[str, str]] = Counter()

    def items(self, what: str, given: object) -> list[object]:
        """The first `MOST` of what should be a tuple."""
        if not isinstance(given, tuple | list):
            self._refuse(f"the {what}", f"are no tuple but {kind_of(given)}")
            return []
        if len(given) > MOST:
            self._refuse(f"the {what} behind number {MOST}", f"there are {len(given)}, more than anybody could look at")
        return list(given[:MOST])

    def add_span(self, number: int, proposal: object) -> None:
        what = f"span {number}"
        try:
            if not isinstance(proposal, Proposal):
                raise OperationError(f"is no Proposal but {kind_of(proposal)}")
            what = f"span {number} ({as_string('label', proposal.label)})"
            self._add(what, proposal)
        except OperationError as error:
            self._refuse(what, error.message)

    def _add(self, what: str, proposal: Proposal) -> None:
        label = self._labels.get(proposal.label)
        key = as_string("key", proposal.key)
        if key in self._keys:
            raise OperationError(f"the key {key!r} is that of a span before it")
        if label is None:
            self.dropped += 1
            self._name(key, None)
            return
        start, end = self._span(proposal.start, proposal.end)
        id_ = _digest(f"{self._seed}\0{label.id}\0{start}\0{end}")
        score = as_score(proposal.score)
        reason, evidence = (tidy(as_string("reason", proposal.reason)), tidy(as_string("evidence", proposal.evidence)))
        attributes = self._attributes(what, label, proposal.attributes)
        self._name(key, id_)  # a span that stands there already is the same one to a relation
        if id_ in self.suggestions:
            raise OperationError(f"{start}–{end} has this label already")
        self.suggestions[id_] = Suggestion(
            id_, start, end, label.id, attributes, self._origin, score, reason=reason, evidence=evidence
        )

    def _name(self, key: str, id_: str | None) -> None:
        if key:
            self._keys[key] = id_

    def _span(self, start: object, end: object) -> tuple[int, int]:
        start, end = as_whole("start", start), as_whole("end", end)
        if not 0 <= start <= end <= self._length:
            raise OperationError(f"{start}–{end} lies outside the text of {self._length} characters")
        fitted = self._edges.fit(start, end)
        if start == end or fitted[0] == fitted[1]:
            raise OperationError(f"{start}–{end} is empty, or spaces only")
        return fitted

    def _attributes(self, what: str, label: Label, given: object) -> Attributes:
        if not isinstance(given, Mapping):
            raise OperationError(f"its attributes are no mapping but {kind_of(given)}")
        values = dict(label.defaults())
        for key, value in given.items():
            try:
                check_attribute(label, as_string("attribute", key), as_string(f"value of {key}", value))
                values[key] = tidy(value)
            except OperationError as error:
                self._refuse(f"{what}, attribute", error.message)
        return tuple(values.items())

    def add_link(self, number: int, link: object) -> None:
        what = f"relation {number}"
        try:
            if not isinstance(link, Link):
                raise OperationError(f"is no Link but {kind_of(link)}")
            label = as_string("label", link.label)
            what = f"{what} ({label})"
            self._relate(label, as_string("head", link.head), as_string("tail", link.tail))
        except OperationError as error:
            self._refuse(what, error.message)

    def _relate(self, label: str, head_key: str, tail_key: str) -> None:
        kind = self._schema.relation(label)
        for key in (head_key, tail_key):
            if kind is not None and key not in self._keys:
                raise OperationError(f"no span that counts has the key {key!r}")
        head, tail = self._keys.get(head_key), self._keys.get(tail_key)
        if kind is None or head is None or tail is None:
            self.dropped += 1
            return
        for role, id_, allowed in (("head", head, kind.head), ("tail", tail, kind.tail)):
            if self.suggestions[id_].label not in allowed:
                raise OperationError(f"a {self.suggestions[id_].label} cannot be its {role}")
        if head == tail:
            raise OperationError("its ends are one span")
        relation = SuggestedRelation(label, head, tail)
        if relation in self.relations:
            raise OperationError("these two spans are related so already")
        if kind.max is not None and self._tails[label, head] >= kind.max:
            raise OperationError(f"a head has at most {kind.max} of it")
        self._tails[label, head] += 1
        self.relations[relation] = None

    def _refuse(self, what: str, why: str) -> None:
        self.refused.append(Refusal(tidy(what), tidy(why)))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
