"""What is proposed for one document, as its statements come in, in reading order."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    "continued": N_("Speech goes on"),
    "resumed": N_("Speech goes on"),
    "answer": N_("An answer in an interview"),
    "headline": N_("A headline with a colon"),
    "own": N_("The outlet's own statement"),
}

SCORES = {
    "verb": 0.9,
    "participle": 0.8,
    "phrase": 0.8,
    "quotation": 0.8,
    "carried": 0.9,
    "continued": 0.7,
    "resumed": 0.6,
    "answer": 0.7,
    "headline": 0.8,
    "own": 0.5,
}
"""How many in one of what each kind of cue proposed met a label, on the pages of development; rounded down. Of the
outlet's own statements it is the share with the right edges."""

OPINION_SCORE = 0.3
"""That of the outlet's own statements in a column, where so many sentences speak as nobody but the author may."""
_OPINION = 2

MOST_SOURCES = 3
_NEAR = 8
_SPOKEN_ON = ("resumed", "answer")


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
        self._last = 0
        self._personal = 0
        self._interviewed: list[_Mention] = []
        self._speakers: list[_Mention] = []
        self._with_cues = "cue" in document.labels

    def proposals(self) -> Proposals:
        """All that was gathered, in reading order."""
        spans = sorted(self._spans, key=lambda one: (one.start, -one.end, one.label))
        if self._personal >= _OPINION:
            spans = [replace(one, score=OPINION_SCORE) if one.reason == REASONS["own"] else one for one in spans]
        return Proposals(tuple(spans), tuple(self._links))

    def add(self, start: int, statement: Statement) -> None:
        """Propose a statement of the line at `start`; a claim whose source nobody can tell is not proposed."""
        mentions = self._named(start, statement)
        if statement.kind == "introduced" and self._mentions and not self._is_known(mentions):
            return  # somebody else has spoken already: it tells only whom he met
        speakers = mentions or self._understood(start, statement)
        if statement.kind in _SPOKEN_ON and not speakers:
            self._personal += statement.kind == "resumed"
            statement = _own(statement)
        if speakers or statement.kind == "own":
            for claim in statement.claims:
                self._add_claim(start, claim, statement, speakers[:MOST_SOURCES])
        self._mentions.extend(mentions)

    def _understood(self, start: int, statement: Statement) -> list[_Mention]:
        """Who makes a statement beside which nobody is named."""
        if not statement.claims or not statement.inherits:
            return []
        if statement.kind == "resumed":
            return self._speakers if self._is_near(start, statement) else []
        if statement.kind == "answer":
            self._interviewed = self._interviewed or self._inherited(start, None)
            return self._interviewed
        return self._inherited(start, statement.feminine)

    def _is_near(self, start: int, statement: Statement) -> bool:
        """Whether the last words of another are in the same line or the one before."""
        first = start + statement.claims[0].start
        return bool(self._claims) and "\n" not in self.document.text[self._last : min(start, first)].strip()

    def _named(self, start: int, statement: Statement) -> list[_Mention]:
        cue = start + statement.cue[0]
        nested = any(a <= cue < b for a, b in self._claims)
        spans = [(start + a, start + b) for a, b in statement.sources]
        return [_Mention(span, statement.feminine, nested) for span in spans if not self._is_taken(span)]

    def _is_known(self, mentions: list[_Mention]) -> bool:
        """Whether somebody of the same last name spoke before."""
        text = self.document.text
        known = {text[slice(*one.span)].split()[-1] for one in self._mentions}
        return any(text[slice(*one.span)].split()[-1] in known for one in mentions)

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
        if statement.kind != "own":
            self._last = span[1]
        self._claims.append(span)
        self._speakers = speakers
        for mention in speakers:
            mention.key = mention.key or self._add_source(mention.span, start, statement)
            self._links.append(Link("attributed_to", head, mention.key))
        if self._with_cues and statement.cue[0] < statement.cue[1]:
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


def _own(statement: Statement) -> Statement:
    """The same as the outlet's own statement; of what is quoted nothing."""
    quoted = statement.kind == "resumed"
    claims = [Claim(one.start, one.end, "none") for one in statement.claims if not (quoted and one.quote == "direct")]
    return Statement(statement.cue, [], claims, "own", inherits=False)
