"""What the models propose, and how unsure they are."""

from __future__ import annotations

from annotator.errors import N_
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.suggest.learned.links import CLAIM, RELATION, SOURCE, attributions
from annotator.suggest.learned.model import Model
from annotator.suggest.learned.tags import ATTRIBUTES, Found, line_spans


LIKE_LINES = N_("lines like this were labelled so")
LIKE_WORDS = N_("words like these were labelled so")

LINES_THRESHOLD = 0.6
TOKENS_THRESHOLD = 0.5
"""Less sure spans are not proposed."""


class LearnedLines:
    """Proposes page furniture, whole lines.

    The score is the marginal probability of the label, of the least sure line of the span.

    Args:
        model: The model; both suggesters and the uncertainty together read each document once.
        threshold: Lines that are less sure are not proposed.
    """

    name = "lines"

    def __init__(self, model: Model, threshold: float = LINES_THRESHOLD) -> None:
        self.version = model.version
        self._reader, self._threshold = model.reader, threshold

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose furniture for a document."""
        reading = self._reader.read(document)
        spans = line_spans(reading.lines, reading.tagged, self._threshold)
        return Proposals(tuple(_proposal(one, LIKE_LINES) for one in spans))


class LearnedTokens:
    """Proposes spans of the other labels in the lines that are no furniture, and what claims are attributed to.

    The score is the marginal probability of being where it is in the span, or behind it, of the least sure token.

    Args:
        model: The model; both suggesters and the uncertainty together read each document once.
        threshold: Spans that are less sure are not proposed.
    """

    name = "tokens"

    def __init__(self, model: Model, threshold: float = TOKENS_THRESHOLD) -> None:
        self.version = model.version
        self._reader, self._threshold = model.reader, threshold

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose spans and relations for a document."""
        found = [one for one in self._reader.read(document).found if one.probability >= self._threshold]
        claims, sources = ([one for one in found if one.label == label] for label in (CLAIM, SOURCE))
        links = tuple(
            Link(RELATION, _key(claim), _key(source)) for claim, source in attributions(document.text, claims, sources)
        )
        return Proposals(tuple(_proposal(one, LIKE_WORDS) for one in found), links)


def uncertainty(model: Model, view: DocumentView) -> float:
    """How unsure the models are about a document: the mean least confidence over its lines and tokens, 0 to 1.

    Least confidence is what the probability of the chosen tag lacks to 1: Lewis and Gale, "A sequential algorithm for
    training text classifiers", 1994. Lines and tokens count one half each, so that long bodies do not drown the lines.
    """
    return model.reader.read(view).doubt


def _proposal(one: Found, reason: str) -> Proposal:
    attributes = {ATTRIBUTES[one.label]: one.value} if one.value else {}
    return Proposal(
        one.start, one.end, one.label, reason, score=round(one.probability, 4), attributes=attributes, key=_key(one)
    )


def _key(one: Found) -> str:
    return f"{one.label} {one.start}"
