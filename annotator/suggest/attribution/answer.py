"""What is proposed for one document, as its statements come in, in reading order."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.errors import N_
from annotator.suggest.attribution.claims import Claim
from annotator.suggest.attribution.kinds import Kinds
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.text.offsets import Span


REASONS = {
    "verb": N_("A verb of saying"),
    "participle": N_("A verb of saying goes on"),
    "phrase": N_("A phrase of attribution"),
    "quotation": N_("A quotation and who says it"),
    "carried": N_("Words that somebody carries"),
    "continued": N_("Speech behind a colon goes on"),
    "headline": N_("A headline with a colon"),
    "own": N_("The outlet's own statement"),
}

SCORES = {
    "verb": 0.9,
    "participle": 0.9,
    "phrase": 0.8,
    "quotation": 0.8,
    "carried": 0.9,
    "continued": 0.5,
    "headline": 0.8,
    "own": 0.5,
}
"""How many in one of what each kind of cue proposed met a label, on the pages of development; rounded down."""

MOST_SOURCES = 3
_NEAR = 8


@dataclass(slots=True)
class _Mention:
    """A source where it is named.

    Attributes:
        span: Where.
        feminine: The gender of the verb beside it; None where it does not tell.
        nested: Whether it stands inside a claim.
        key: Its name among the proposals, once it is proposed.
    """

    span: Span
    feminine: bool | None
    nested: bool = False
    key: str = ""


class Answer:
    """Gathers the proposals for a document."""

    def __init__(self, document: DocumentView) -> None:
        self.document = document
        self._spans: list[Proposal] = []
        self._links: list[Link] = []
        self._kinds = Kinds()
        self._keys: dict[tuple[str, Span], str] = {}
        self._mentions: deque[_Mention] = deque(maxlen=_NEAR)
        self._claims: deque[Span] = deque(maxlen=_NEAR)
        self._sources: deque[Span] = deque(maxlen=4 * _NEAR)
        self._with_cues = "cue" in document.labels

    def proposals(self) -> Proposals:
        """All that was gathered, in reading order."""
        spans = sorted(self._spans, key=lambda one: (one.start, -one.end, one.label))
        return Proposals(tuple(spans), tuple(self._links))

    def add(self, start: int, statement: Statement) -> None:
        """Propose a statement of the line at `start`; a claim whose source nobody can tell is not proposed."""
        mentions = self._named(start, statement)
        speakers = mentions
        if statement.claims and not mentions and statement.inherits:
            speakers = self._inherited(start, statement.feminine)
        if speakers or statement.kind == "own":
            for claim in statement.claims:
                self._add_claim(start, claim, statement, speakers[:MOST_SOURCES])
        self._mentions.extend(mentions)

    def _named(self, start: int, statement: Statement) -> list[_Mention]:
        cue = start + statement.cue[0]
        nested = any(a <= cue < b for a, b in self._claims)
        spans = [(start + a, start + b) for a, b in statement.sources]
        return [_Mention(span, statement.feminine, nested) for span in spans if not self._is_taken(span)]

    def _is_taken(self, span: Span) -> bool:
        return any(a < span[1] and span[0] < b for a, b in self._sources)

    def _inherited(self, start: int, feminine: bool | None) -> list[_Mention]:
        """The last source named, or the one before it where only that one, on the same line, fits the verb."""
        mentions = [mention for mention in self._mentions if not mention.nested] or list(self._mentions)
        last = mentions[-1:]
        if last and feminine is not None and last[0].feminine not in (None, feminine):
            fitting = [one for one in mentions if one.feminine is feminine and one.span[0] >= start]
            return fitting[-1:] or last
        return last

    def _add_claim(self, start: int, claim: Claim, statement: Statement, speakers: list[_Mention]) -> None:
        span = (start + claim.start, start + claim.end)
        if ("claim", span) in self._keys:
            return
        head = self._propose(span, "claim", {"quote": claim.quote}, start, statement)
        self._claims.append(span)
        for mention in speakers:
            mention.key = mention.key or self._add_source(mention.span, start, statement)
            self._links.append(Link("attributed_to", head, mention.key))
        if self._with_cues and statement.kind != "own":
            self._add_carriers(head, start, statement)

    def _add_carriers(self, head: str, start: int, statement: Statement) -> None:
        """The cue of a claim, and who carries its words."""
        cue = (start + statement.cue[0], start + statement.cue[1])
        tail = self._keys.get(("cue", cue)) or self._propose(cue, "cue", {}, start, statement)
        self._links.append(Link("has_cue", head, tail))
        for a, b in statement.carriers[:2]:
            span = (start + a, start + b)
            known = self._keys.get(("source", span))
            if known or not self._is_taken(span):
                self._links.append(Link("reported_via", head, known or self._add_source(span, start, statement)))

    def _add_source(self, span: Span, start: int, statement: Statement) -> str:
        self._sources.append(span)
        kind = self._kinds.of(self.document.text[slice(*span)])
        attributes = {"type": kind} if kind and not (self._with_cues and kind == "unnamed") else {}
        if self._with_cues and kind == "unnamed":
            attributes["named"] = "false"
        return self._propose(span, "source", attributes, start, statement)

    def _propose(self, span: Span, label: str, attributes: Mapping[str, str], start: int, statement: Statement) -> str:
        cue = self.document.text[start + statement.cue[0] : start + statement.cue[1]]
        kind = statement.kind
        key = self._keys[label, span] = f"{label}{len(self._keys)}"
        self._spans.append(Proposal(*span, label, REASONS[kind], cue, SCORES[kind], attributes, key))
        return key
