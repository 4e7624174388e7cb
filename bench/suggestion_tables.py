"""What suggestions save, and what they are worth, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.answering import Answered
from bench.comparing import Quality
from bench.hands import PARTS, Pressed
from bench.reference import Reference
from bench.report import Table


SHOWN_COSTS = 6
"""The dearest things of a page that are told."""

HEAD = (
    "page",
    "keys for",
    "without",
    "with suggestions",
    "ratio",
    "claims one by one",
    "ratio",
    "one after the other",
    "ratio",
)
QUALITY_HEAD = (
    "page",
    "spans wanted",
    "right",
    "attribute wrong",
    "edge wrong",
    "missed",
    "too many",
    "relations",
    "left waiting",
    "left waiting, one after the other",
)
COSTS_HEAD = ("page", "what", "keys")

NOTE = """\
The same labels of the same five pages, once where nobody sees suggestions, once with those of the rules: whatever is
cheapest of accepting all, all page furniture or each one, mending what is nearly right, and labelling anew. Accepting
all is two keys, whatever there is to be read first: under "claims one by one" only page furniture is accepted by one
key. "One after the other" is one project with all pages, labelled in the order of import: what was labelled on a page
is then suggested on its copies. To be done with a page is one key more on each, and another where suggestions wait."""
QUALITY_NOTE = """\
What is suggested for a page before anything is labelled. "Edge wrong": on a wanted span of the same label. "Relations":
those wanted of which both ends are suggested as they should be, and the relation too. Each leaves these suggestions
unanswered."""
COSTS_NOTE = "Each with its label and its characters in the cleaned text."


@dataclass(frozen=True, slots=True)
class Page:
    """What a page took.

    Attributes:
        reference: The page and its labels.
        without: Where nothing is suggested.
        alone: With suggestions.
        read: With suggestions, of which only page furniture is accepted at once.
        in_turn: With suggestions, behind the pages before it.
        quality: How good the suggestions are.
    """

    reference: Reference
    without: Pressed
    alone: Answered
    read: Answered
    in_turn: Answered
    quality: Quality


def tables(pages: Sequence[Page]) -> list[Table]:
    """The figures as tables."""
    return [
        Table("Keystrokes with suggestions", HEAD, _lines(pages), NOTE),
        Table("What is suggested on these pages", QUALITY_HEAD, [_quality_line(page) for page in pages], QUALITY_NOTE),
        Table("Where the keys go", COSTS_HEAD, [line for page in pages for line in _cost_lines(page)], COSTS_NOTE),
    ]


@dataclass(frozen=True, slots=True)
class Totals:
    """Keys of some pages: without suggestions, with them, with claims one by one, and one page after the other."""

    without: int
    alone: int
    read: int
    in_turn: int


def totals(pages: Sequence[Page], part: str = "") -> Totals:
    """The keys of some pages for one of PARTS, or for all."""
    runs = zip(
        *((page.without, page.alone.pressed, page.read.pressed, page.in_turn.pressed) for page in pages), strict=True
    )
    return Totals(*(sum(one.counts[part] if part else len(one.keys) for one in run) for run in runs))


def _lines(pages: Sequence[Page]) -> list[tuple[str, ...]]:
    lines = []
    for page in pages:
        lines += [_line(page.reference.name, part, totals([page], part)) for part in PARTS]
        lines.append(_line(page.reference.name, "all", totals([page])))
    return [*lines, _line("all pages", "all", totals(pages))]


def _line(name: str, part: str, keys: Totals) -> tuple[str, ...]:
    cells = [cell for one in (keys.alone, keys.read, keys.in_turn) for cell in (f"{one:,}", ratio(one, keys.without))]
    return name, part, f"{keys.without:,}", *cells


def ratio(number: int, other: int) -> str:
    """A share as a cell."""
    return f"{number / other:.2f}" if other else "–"


def _quality_line(page: Page) -> tuple[str, ...]:
    one = page.quality
    numbers = one.exact, one.attributes, one.edges, one.missed, one.false
    return (
        page.reference.name,
        str(len(page.reference.targets)),
        *map(str, numbers),
        f"{one.relations} of {len(page.reference.links)}",
        str(page.alone.pending),
        str(page.in_turn.pending),
    )


def _cost_lines(page: Page) -> list[tuple[str, ...]]:
    dearest = page.alone.costs.most_common(SHOWN_COSTS)
    return [(page.reference.name, what, str(keys)) for what, keys in dearest]
