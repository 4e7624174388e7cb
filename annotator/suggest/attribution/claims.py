"""The claims that a cue introduces, and how they are quoted."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.suggest.attribution.clauses import SHORTEST_QUOTATION, claim_end, next_claim
from annotator.suggest.attribution.tokens import CLOSING, COMMAS, QUOTES, STOPS, Tokens
from annotator.suggest.attribution.verbs import (
    AND_THAT,
    IN,
    THAT,
    VERBS,
)


LONGEST_QUOTATION = 600
_HINT = "اشاره"
_ASKS = frozenset({"هل", "فهل", "وهل"})
TRAILING = COMMAS | STOPS | frozenset(":-–—")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as offsets in its line, and the value of the attribute `quote`."""

    start: int
    end: int
    quote: str


def claims_from(line: Tokens, start: int, limit: int, *, colon: bool = False) -> tuple[list[Claim], int]:
    """The claims from a token on.

    Args:
        line: The line.
        start: The number of the first token behind the cue and a bare أن.
        limit: The number behind the last token of the sentence.
        colon: Whether a colon stands before.

    Returns:
        The claims and the number of the token behind them.
    """
    found: list[Claim] = []
    limit = min(limit, start + LONGEST_QUOTATION)
    if limit > start and is_question(line, limit - 1):
        return [], limit
    while start < limit:
        close = line.partner.get(start, -1)
        if line.keys[start] in QUOTES and close > start and _is_whole(line, close, limit):
            found += quotation(line, start, close)
            end = close + 1
            while (opening := _next_quotation(line, end)) is not None:
                found += quotation(line, opening, line.partner[opening])
                end = line.partner[opening] + 1
        else:
            end = claim_end(line, start, limit)
            found += trimmed_claim(line, start, end, "direct" if colon else "indirect")
        following = next_claim(line, end, limit)
        if following is None:
            return found, end
        start = following
    return found, start


def quotation(line: Tokens, opening: int, close: int) -> list[Claim]:
    """The claims between two quotation marks, one for each sentence."""
    found: list[Claim] = []
    first = opening + 1
    close = min(close, opening + LONGEST_QUOTATION)
    while first < close:
        behind = min(close, line.limits[first])
        if line.keys[first] in THAT:
            first += 1
        if behind > first and not is_question(line, behind):
            found += _clauses(line, first, behind)
        first = max(behind, first + 1)
    return found


def _clauses(line: Tokens, first: int, limit: int) -> list[Claim]:
    """The claims of a quoted sentence."""
    found: list[Claim] = []
    while True:
        end = claim_end(line, first, limit)
        following = next_claim(line, end, limit)
        if following is None:
            return found + trimmed_claim(line, first, limit, "direct")
        found += trimmed_claim(line, first, end, "direct")
        first = following


def _next_quotation(line: Tokens, number: int) -> int | None:
    """The opening mark of a quotation that only full stops part from the one before: “…”.. “…”."""
    while line.key(number) in STOPS:
        number += 1
    opens = line.key(number) in QUOTES and line.partner.get(number, -1) > number + SHORTEST_QUOTATION
    return number if opens and line.key(number - 1) in STOPS else None


def is_question(line: Tokens, behind: int) -> bool:
    """Whether the sentence that ends with the token before `behind` asks."""
    return any(key in ("؟", "?") for key in line.keys[max(0, behind - 6) : behind + 1])


def _is_whole(line: Tokens, close: int, limit: int) -> bool:
    """Whether nothing of the claim follows its closing quotation mark."""
    following = line.key(close + 1) if close + 1 < limit else ""
    if following == IN and line.key(close + 2) == _HINT:  # “…” في إشارة إلى …
        return True
    return not following or following in TRAILING or following in AND_THAT or following in VERBS


def trimmed_claim(line: Tokens, start: int, end: int, quote: str) -> list[Claim]:
    """The claim of the tokens [start, end) without what punctuation stands around it; none where nothing is left."""
    while end > start and (line.keys[end - 1] in TRAILING or _is_unpaired(line, end - 1, start, end)):
        end -= 1
    while start < end and (line.keys[start] in TRAILING or _is_unpaired(line, start, start, end)):
        start += 1
    if start >= end or line.keys[start] in _ASKS:
        return []
    if quote == "indirect" and _quotes_words(line, start, end):
        quote = "mixed"
    return [Claim(*line.span(start, end), quote)]


def _quotes_words(line: Tokens, start: int, end: int) -> bool:
    """Whether more than one word stands in quotation marks; one alone is a name, as in تنظيم "داعش"."""
    return any(line.keys[n] in QUOTES and line.partner.get(n, -1) > n + 2 for n in range(start, end))


def preceding(line: Tokens, start: int, end: int) -> list[Claim]:
    """The claim of a clause that its cue follows."""
    close = line.partner.get(start, -1)
    if line.keys[start] in QUOTES and close > start + 3 and close >= end - 2:
        return quotation(line, start, close)
    return trimmed_claim(line, start, end, "indirect")


def clause_before(line: Tokens, number: int) -> list[Claim]:
    """The claim that ends before a token, in its sentence, or in the sentence before where it opens its own."""
    first = line.firsts[number]
    if number - first > SHORTEST_QUOTATION:
        return preceding(line, first, number)
    return claims_from(line, line.firsts[first - 1], first)[0] if first else []


def _is_unpaired(line: Tokens, number: int, start: int, end: int) -> bool:
    key = line.keys[number]
    if key not in QUOTES and key not in CLOSING:
        return False
    return not start <= line.partner.get(number, -1) < end
