"""Pictures as PNG files (W3C Portable Network Graphics, third edition), with a palette so that they are small."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence


COLOURS = 256

Colour = tuple[int, int, int]


def png(lines: Sequence[bytes]) -> bytes:
    """A picture whose rarer colours are rounded to the nearest of the most frequent ones.

    Args:
        lines: The pixels, 4 bytes each: blue, green, red, and one that says nothing.

    Returns:
        The file.
    """
    pixels = [list(zip(line[2::4], line[1::4], line[0::4], strict=True)) for line in lines]
    counts = Counter(pixel for line in pixels for pixel in line)
    palette = [colour for colour, _ in counts.most_common(COLOURS)]
    index = {colour: _nearest(palette, colour) for colour in counts}
    data = b"".join(b"\0" + bytes(index[pixel] for pixel in line) for line in pixels)  # 0: no filter
    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", bytes(sum(palette, ()))), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _nearest(palette: Sequence[Colour], colour: Colour) -> int:
    distances = [sum((one - other) ** 2 for one, other in zip(colour, entry, strict=True)) for entry in palette]
    return distances.index(min(distances))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
