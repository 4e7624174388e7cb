"""SLATE, the other program that labels spans in a terminal: how it is called, its keys, and the files it writes.

It is https://github.com/jkkummerfeld/slate, `slate-nlp` among Python packages. `make bench-peers` installs it into an
environment of its own. It counts lines, words between spaces, and letters of words; both ends of a span are inclusive.
Its annotations are read back here without `eval`, which it uses itself.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import inputs


PYTHON = inputs.ROOT / "build" / "peers" / "bin" / "python"

NAME = "SLATE 1.1.3"

Place = tuple[int, ...]
"""(line, word) or (line, word, letter)."""

PLACE_OF_SCOPE = {"token": 2, "character": 3}

LABEL_KEYS = {"claim": "c", "source": "s", "boilerplate": "b", "spillover": "r"}
"""One key each, as in the annotator; SLATE's own default would be two."""

COLOURS = {"claim": "blue", "source": "green", "boilerplate": "yellow", "spillover": "magenta"}

_ACTIONS = {
    "move-up": "UP i",
    "move-down": "DOWN o",
    "move-left": "LEFT j",
    "move-right": "RIGHT ;",
    "jump-up": "I",
    "jump-down": "O",
    "jump-left": "J",
    "jump-right": ":",
    "page-up": "PPAGE {",
    "page-down": "NPAGE }",
    "extend-left": "m",
    "extend-right": "/",
    "extend-down": "v",
    "contract-left": "k",
    "contract-right": "l",
    "toggle-line-numbers": "#",
    "remove-annotation": "u",
    "update-num": "0 1 2 3 4 5 6 7 8 9",
    "save": "w",
    "save-and-quit": "q",
}
"""Its own keys, but for `w`, which saves (s labels a source), and `v`, which it leaves without a key."""

_LINK_ACTIONS = {
    "move-link-up": "I",
    "move-link-down": "O",
    "move-link-left": "J",
    "move-link-right": ":",
    "create-link": "D",
}


def is_there() -> bool:
    """Whether it was installed."""
    return PYTHON.exists()


def call(page: Path, *options: str) -> list[str]:
    """A call of it on one page; its annotations stand beside the page, its own notes in the page's folder.

    Args:
        page: The file; no spaces in its path.
        options: More options, such as "-t", "link".
    """
    config = page.with_name("slate.config")
    config.write_text(configuration(), "utf-8")
    log = str(page.with_name("slate-log"))
    return [str(PYTHON), "-m", "slate", str(page), "-o", "-c", str(config), "-l", log, *options]


def configuration() -> str:
    """Its configuration file: the labels of the news schema, a key each."""
    modes = {"all": _ACTIONS, "link": _LINK_ACTIONS}
    lines = [
        f"Input: {action} {mode} {key}"
        for mode, actions in modes.items()
        for action, keys in actions.items()
        for key in keys.split()
    ]
    lines += [f"Input: edit-annotation category {key}" for key in LABEL_KEYS.values()]
    lines += [f"Label: {label} {key} {COLOURS[label]}" for label, key in LABEL_KEYS.items()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an annotation file: a span with a label, or two linked spans without one."""

    spans: tuple[tuple[Place, Place], ...]
    label: str = ""


def written(items: Iterable[Item]) -> str:
    """An annotation file."""
    return "".join(f"{_spans_text(item.spans)} - {item.label}\n" for item in items)


def _spans_text(spans: Sequence[tuple[Place, Place]]) -> str:
    return str(spans[0]) if len(spans) == 1 else str(list(spans))


def read(path: Path) -> list[Item]:
    """The items of an annotation file; none where it wrote none."""
    if not path.exists():
        return []
    return [_item(line) for line in path.read_text("utf-8").splitlines()]


def _item(line: str) -> Item:
    places, _, label = line.rpartition(" - ")
    value = ast.literal_eval(places)
    return Item(tuple(_span(span) for span in (value if isinstance(value, list) else [value])), label.strip())


def _span(value: tuple[Place, Place] | Place) -> tuple[Place, Place]:
    first = value[0]
    return (value, value) if isinstance(first, int) else value  # type: ignore[return-value]


class Words:
    """The words between spaces of a text, by line, as SLATE counts them.

    Attributes:
        lines: Of each line, where its words start and end in the text.
    """

    def __init__(self, text: str) -> None:
        self.lines: list[list[tuple[int, int]]] = []
        self._line_starts: list[int] = []
        start = 0
        for line in text.split("\n"):
            self._line_starts.append(start)
            self.lines.append([(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", line)])
            start += len(line) + 1

    def place(self, offset: int, scope: str = "token") -> Place:
        """The place of a character that is no space."""
        line = bisect_right(self._line_starts, offset) - 1
        word = bisect_right(self.lines[line], offset, key=lambda span: span[0]) - 1
        return (line, word, offset - self.lines[line][word][0])[: PLACE_OF_SCOPE[scope]]

    def places(self, start: int, end: int, scope: str = "token") -> tuple[Place, Place]:
        """The first and last place of a span that neither starts nor ends with a space."""
        return self.place(start, scope), self.place(end - 1, scope)

    def span(self, first: Place, last: Place) -> tuple[int, int]:
        """The characters [start, end) from one place to another, both included."""
        start, _ = self.lines[first[0]][first[1]]
        behind = self.lines[last[0]][last[1]]
        return start + (first[2] if len(first) > 2 else 0), behind[0] + last[2] + 1 if len(last) > 2 else behind[1]
