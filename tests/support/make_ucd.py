"""Writes annotator/text/ucd.py from the files of the Unicode Character Database.

    python -m tests.support.make_ucd DIR > annotator/text/ucd.py

DIR holds ArabicShaping.txt.gz, BidiBrackets.txt.gz and BidiMirroring.txt.gz.
"""

from __future__ import annotations

import gzip
import sys
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path


TEMPLATE = '''"""Characters that the standard library's `unicodedata` says nothing about: joining, brackets, mirroring.

Written by tests/support/make_ucd.py from ArabicShaping, BidiBrackets and BidiMirroring of Unicode {version}
(© Unicode, Inc., https://www.unicode.org/terms_of_use.html). Change that program, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator


def _code_points(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _pairs(codes: str) -> list[tuple[str, str]]:
    chars = [chr(code) for code in _code_points(codes)]
    return list(zip(chars[::2], chars[1::2], strict=True))


_JOINING_RANGES = {{
{joining}
}}

_BRACKET_PAIRS = _pairs({brackets})

_MIRROR_PAIRS = _pairs({mirrored})

JOINING = {{code: kind for kind, ranges in _JOINING_RANGES.items() for code in _code_points(ranges)}}
"""Code point → Joining_Type R, D, L, C, U or T. One that is absent is T if Mn, Me or Cf, else U."""

BRACKETS = {{opening: (closing, "o") for opening, closing in _BRACKET_PAIRS}} | {{
    closing: (opening, "c") for opening, closing in _BRACKET_PAIRS
}}
"""Bidi_Paired_Bracket and its type: bracket → (the other of its pair, "o" opening or "c" closing)."""

MIRROR = dict(_MIRROR_PAIRS) | {{right: left for left, right in _MIRROR_PAIRS}}
"""Bidi_Mirroring_Glyph: character → the one that looks like its mirror image."""
'''


def records(folder: Path, name: str) -> Iterator[list[str]]:
    """The semicolon-separated fields of each line that is not a comment."""
    with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if data := line.partition("#")[0].strip():
                yield [field.strip() for field in data.split(";")]


def ranges(codes: Iterable[int]) -> Iterator[str]:
    """Ascending code points as `0622-0625`, or `0627` for one alone."""
    for _, group in groupby(enumerate(sorted(codes)), key=lambda item: item[1] - item[0]):
        run = [code for _, code in group]
        yield f"{run[0]:04X}-{run[-1]:04X}" if len(run) > 1 else f"{run[0]:04X}"


def literal(words: Iterable[str], indent: str) -> str:
    """Words as a triple-quoted string of lines at most 120 columns wide."""
    inner = indent + "    "
    body = textwrap.fill(" ".join(words), 120, initial_indent=inner, subsequent_indent=inner, break_on_hyphens=False)
    return f'"""\n{body}\n{indent}"""'


def render(folder: Path) -> str:
    """The whole module, formatted as `ruff format` would."""
    joining: dict[str, list[int]] = {}
    for code, _, kind, _ in records(folder, "ArabicShaping"):
        joining.setdefault(kind, []).append(int(code, 16))
    brackets = [f"{code} {pair}" for code, pair, kind in records(folder, "BidiBrackets") if kind == "o"]
    mirrored = [f"{code} {pair}" for code, pair in records(folder, "BidiMirroring") if int(code, 16) < int(pair, 16)]
    with gzip.open(folder / "ArabicShaping.txt.gz", "rt", encoding="utf-8") as file:
        version = file.readline().strip().removeprefix("# ArabicShaping-").removesuffix(".txt")
    return TEMPLATE.format(
        version=version,
        joining="\n".join(f'    "{kind}": {literal(ranges(joining[kind]), "    ")},' for kind in sorted(joining)),
        brackets=literal(brackets, ""),
        mirrored=literal(mirrored, ""),
    )


if __name__ == "__main__":
    sys.stdout.write(render(Path(sys.argv[1])))
