"""What an action leads to: a word for the status line, or a question that the next keys answer.

A flow (attributes, relations, history …) is a chain of functions that return steps. It knows no screen; the screen
knows no flow: it shows the step, and hands the answer on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a menu.

    Attributes:
        text: What it says; text of our own or from data.
        do: What choosing it leads to.
        key: The key that chooses it at once, or "" where only arrows and Enter do.
        label: The id of the label whose colour it has, or "".
        is_on: Whether it is what holds now; marked.
        detail: Said faintly at the other side.
    """

    text: str
    do: Callable[[], Step]
    key: str = ""
    label: str = ""
    is_on: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose from. Arrows, page keys and Enter choose too, Escape leaves.

    Attributes:
        current: The item to begin at.
        is_searched: Whether what is typed narrows the list down; the items then have no keys.
        said: A word for the status line: what the choice that led here has done.
    """

    title: str
    items: tuple[Item, ...]
    current: int = 0
    is_searched: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A text to be typed; Escape leaves."""

    prompt: str
    value: str
    then: Callable[[str], Step]


@dataclass(frozen=True, slots=True)
class Hint:
    """Letters to type that stand for a place in the text, drawn over it.

    Attributes:
        offset: A code point of the document.
        letters: One or two Latin letters.
        text: What is there, for those out of sight.
    """

    offset: int
    letters: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """Places to choose from by their letters. Escape leaves; `others` are keys that lead elsewhere."""

    title: str
    hints: tuple[Hint, ...]
    then: Callable[[Hint], Step]
    others: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A command of the screen to carry out: the action of a `Command`."""

    action: str


Step: TypeAlias = str | Menu | Ask | Hints | Run
"""Where an action leads; a string ends the flow and is said, "" says nothing."""

HINT_LETTERS = "fjdkslaeiruowmcpvnxzqthy"
"""Best reached first; b and g are left out: an Arabic keyboard sends lam for both, so that one would have to wait."""


def hint_letters(count: int) -> list[str]:
    """Letters for some places, none the beginning of another: for the first ones one each, as many as can be.

    Where places outnumber letters, the last letters each begin a pair with every letter. There are no more than
    24² = 576 of them; places beyond those have none.
    """
    letters = HINT_LETTERS
    pairs_begin_with = max(-(-(min(count, len(letters) ** 2) - len(letters)) // (len(letters) - 1)), 0)
    single = len(letters) - pairs_begin_with
    pairs = [first + second for first in letters[single:] for second in letters]
    return [*letters[:single], *pairs][:count]
