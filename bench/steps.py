"""The steps by which a selection is reached in the annotator, and how many keys each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.text.pages import RowId
from annotator.tui.desk import Desk


MOVES = {
    "left": "left",
    "right": "right",
    "up": "up",
    "down": "down",
    "home": "home",
    "end": "end",
    "pageup": "pageup",
    "pagedown": "pagedown",
    "w": "next_word",
    "W": "previous_word",
    "ctrl+home": "first",
    "ctrl+end": "last",
}
"""The keys that move, and what the desk calls that."""

JUMP_COST = 3
"""An apostrophe and two letters; where few words are in sight one letter would do."""

LETTER_MOVES = ("left", "right")
"""Those that are worth a thought only beside the place that is wanted."""

FOCUS_KEYS = {"tab": 1, "shift+tab": -1}
"""The keys that go from one annotation or suggestion to the next or previous one."""

PLAIN_MOVES = {key: MOVES[key] for key in ("w", "W", "left", "right", "pagedown", "pageup")}
"""Those that take no look at how the rows are broken."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump by hints to a word in sight."""

    offset: int


@dataclass(frozen=True, slots=True)
class Search:
    """A search for some letters."""

    needle: str


Step = str | Jump | Search
"""A key, by Textual's name of it, or what takes several."""


def cost(step: Step) -> int:
    """How many keys a step takes."""
    match step:
        case Jump():
            return JUMP_COST
        case Search():
            return len(step.needle) + 2
    return 1


@dataclass(frozen=True, slots=True)
class Means:
    """What somebody has to move with.

    Attributes:
        moves: Some of MOVES.
        in_sight: The rows that are in sight: where jumps can lead.
        page: The rows that a page key moves by.
        tabs: Whether FOCUS_KEYS are thought of.
    """

    moves: Mapping[str, str]
    in_sight: frozenset[RowId]
    page: int
    tabs: bool = False

    def sees(self, desk: Desk, offset: int) -> bool:
        """Whether a character is in sight."""
        return desk.layout.row_at(offset) in self.in_sight


Steps = tuple[Step, ...]
"""Some of them, one after the other."""


def length(steps: Steps) -> int:
    """How many keys some steps take."""
    return sum(map(cost, steps))
