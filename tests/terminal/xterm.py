"""A terminal's side of the talk: what xterm answers to, and a screen of what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyte


_UNSEEN = rb"\xe2\x80[\x8d\x8e\xad]"  # joiner, left-to-right mark, override: pyte takes them for the end of the text
_UNKNOWN_TO_PYTE = re.compile(_UNSEEN + rb"|\x1b\[(?:[<>=][0-9;]*[a-zA-Z]|\?[0-9;]*[rs])|\x1bP.*?\x1b\\", re.DOTALL)
_UNFINISHED = re.compile(rb"\xe2\x80?\Z|\x1b(?:\[[0-9;?<>=$ ]*|P(?:(?!\x1b\\).)*|\][^\x07\x1b]*)?\Z", re.DOTALL)

_QUERIES: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (
    (re.compile(rb"\x1b\[0?c"), lambda _: b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"),
    (re.compile(rb"\xc2\x9b0?c"), lambda _: b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"),
    (re.compile(rb"\x1b\[>0?c"), lambda _: b"\x1b[>41;379;0c"),
    (re.compile(rb"\x1b\[>0?q"), lambda _: b"\x1bP>|XTerm(379)\x1b\\"),
    (re.compile(rb"\x1b\[5n"), lambda _: b"\x1b[0n"),
    (re.compile(rb"\x1b\[6n"), lambda _: b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?2026\$p"), lambda _: b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[(\??\d+)\$p"), lambda found: b"\x1b[" + found[1] + b";0$y"),
    (re.compile(rb"\x1b\[21t"), lambda _: b"\x1b]lcrx\x1b\\"),
    (re.compile(rb"\x1b\]1([01]);\?(?:\x07|\x1b\\)"), lambda found: b"\x1b]1" + found[1] + b";rgb:0000/0000/0000\x07"),
    (re.compile(rb"\x1b\]52;c;\?(?:\x07|\x1b\\)"), lambda _: b"\x1b]52;c;Y2NjYw==\x07"),
    (re.compile(rb"\x1bP\$q(.)\x1b\\"), lambda found: b"\x1bP1$r0" + found[1] + b"\x1b\\"),
)
"""What xterm answers to: the replies arrive as if somebody had typed them."""


def answers(output: bytes | bytearray, start: int) -> Iterator[tuple[bytes, bytes, int]]:
    """The queries in a program's output behind a place, in order.

    Yields:
        The query, the answer, and where the query ends.
    """
    found = [
        (match.start(), match.end(), answer(match))
        for query, answer in _QUERIES
        for match in query.finditer(output, start)
    ]
    for begin, end, answer_ in sorted(found, key=lambda entry: entry[0]):  # stable: the first in the table wins
        if begin >= start:
            yield bytes(output[begin:end]), answer_, end
            start = end


class Display:
    """A screen by pyte, which is spared what it does not know.

    Attributes:
        screen: pyte's screen.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfed = b""

    def feed(self, output: bytes) -> None:
        """Draw a piece of a program's output; a sequence that is cut in two waits for its other half."""
        data = self._unfed + output
        unfinished = _UNFINISHED.search(data)
        complete = data[: unfinished.start()] if unfinished else data
        self._unfed = data[len(complete) :]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", complete))

    @property
    def rows(self) -> list[str]:
        """The rows, each as wide as the screen, from the left."""
        return list(self.screen.display)
