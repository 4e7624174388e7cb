"""Pictures in PNG's format, read back."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.terminal.real.png import COLOURS, png


def line(*colours: tuple[int, int, int]) -> bytes:
    """Pixels as the display has them, of colours given as red, green, blue."""
    return b"".join(bytes((blue, green, red, 77)) for red, green, blue in colours)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(kind + body)
        yield kind, body
        at += 12 + length


def read(data: bytes) -> list[list[tuple[int, ...]]]:
    """The pixels: red, green, blue."""
    found = dict(chunks(data))
    assert list(found) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, depth, kind, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert (depth, kind, rest) == (8, 3, [0, 0, 0])
    palette = [tuple(found[b"PLTE"][at : at + 3]) for at in range(0, len(found[b"PLTE"]), 3)]
    rows = zlib.decompress(found[b"IDAT"])
    assert len(rows) == height * (width + 1)
    return [[palette[index] for index in rows[at + 1 : at + 1 + width]] for at in range(0, len(rows), width + 1)]


def test_every_pixel_has_its_colour() -> None:
    red, green, blue = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    assert read(png([line(red, red, green), line(blue, red, blue)])) == [[red, red, green], [blue, red, blue]]


def test_the_rarest_colours_become_the_nearest_that_there_is_room_for() -> None:
    frequent = [(0, 0, value) for value in range(COLOURS)]
    pixels = read(png([line(*frequent), line(*frequent), line((1, 0, 9), *frequent[1:])]))
    assert pixels[0] == frequent
    assert pixels[2][0] == (0, 0, 9)
