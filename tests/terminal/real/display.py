"""An X server without a screen, whose pixels are read from the file that it draws into."""

from __future__ import annotations

import mmap
import os
import select
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple


WIDTH, HEIGHT = 1000, 700
"""Pixels of the screen: room for the largest window."""

PIXEL = 4
"""Bytes of a pixel: blue, green, red, and one that says nothing."""

START_SECONDS = 20

XWD_HEADER_SIZE, XWD_HEIGHT, XWD_BYTES_PER_LINE, XWD_COLOURS = 0, 5, 12, 19
"""Fields of the header of an X window dump (X11/XWDFile.h), each of 32 bits, the first byte the highest."""

XWD_COLOUR_SIZE = 12


class Box(NamedTuple):
    """A rectangle of pixels, without its right and lower edges."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, other: Box | None) -> bool:
        """Whether there is another box and it lies in this one."""
        return (
            other is not None
            and self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class XDisplay:
    """Xvfb on the first free display. Use it as a context manager.

    Attributes:
        name: What the variable DISPLAY has to be.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="annotator-x-"))
        reading, writing = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self._folder)]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *screen, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading, "rb") as file:  # it says when it is ready, and nothing where it ends before
            number = file.readline().strip().decode() if select.select([file], [], [], START_SECONDS)[0] else ""
        assert number, "Xvfb did not start"
        self.name = f":{number}"
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            self._dump = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack_from(">25I", self._dump)
        assert header[XWD_HEIGHT] == HEIGHT
        self._stride = header[XWD_BYTES_PER_LINE]
        self._start = header[XWD_HEADER_SIZE] + header[XWD_COLOURS] * XWD_COLOUR_SIZE

    def __enter__(self) -> XDisplay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()
        self._dump.close()
        shutil.rmtree(self._folder)

    def lines(self, box: Box) -> Iterator[bytes]:
        """The pixels of a box as they are now, line by line."""
        for y in range(box.top, box.bottom):
            start = self._start + y * self._stride
            yield self._dump[start + box.left * PIXEL : start + box.right * PIXEL]

    def extent(self, colour: bytes, within: Box) -> Box | None:
        """The smallest box that holds all pixels of exactly one colour, None where there are none.

        Args:
            colour: Its bytes: blue, green, red.
            within: Where to look.
        """
        found = [(y, xs) for y, line in enumerate(self.lines(within), within.top) if (xs := _columns(line, colour))]
        if not found:
            return None
        left, right = min(xs[0] for _, xs in found), max(xs[1] for _, xs in found)
        return Box(within.left + left, found[0][0], within.left + right + 1, found[-1][0] + 1)


def _columns(line: bytes, colour: bytes) -> tuple[int, int] | None:
    """The first and the last pixel of a colour in a line."""
    first, last = line.find(colour), line.rfind(colour)
    while first >= 0 and first % PIXEL:
        first = line.find(colour, first + 1)
    while last >= 0 and last % PIXEL:
        last = line.rfind(colour, 0, last + len(colour) - 1)
    return None if first < 0 else (first // PIXEL, last // PIXEL)
