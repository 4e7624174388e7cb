"""Runs both conformance tests of UAX #9.

    python -m tests.conformance.run_bidi DIR

DIR holds BidiCharacterTest.txt.gz and BidiTest.txt.gz. The exit status is 1 if any case fails.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.text.bidi import line_levels, resolve, visual_order


BASES = {"0": 0, "1": 1, "2": None}

# One character of each class, and no bracket.
CHARACTERS = {
    **{"L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "AN": "\u0661", "ES": "+", "ET": "%", "CS": ","},
    **{"NSM": "\u064b", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!"},
    **{"LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c"},
    **{"LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069"},
}


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph that is one line, and what must come out.

    Attributes:
        text: The paragraph.
        base: What `resolve` is told: 0, 1 or None.
        paragraph: The level that the paragraph must get, None if the file does not say.
        levels: Level per code point, None where X9 removes it.
        order: Indexes from left to right, without those that X9 removes.
    """

    text: str
    base: int | None
    paragraph: int | None
    levels: list[int | None]
    order: list[int]

    def passes(self) -> bool:
        """Whether the paragraph level, the levels and the order all come out."""
        resolved = resolve(self.text, self.base)
        if self.paragraph not in (None, resolved.base):
            return False
        line = line_levels(self.text, resolved, 0, len(self.text))
        kept = [index for index in visual_order(line) if self.levels[index] is not None]
        return kept == self.order and all(
            expected in (None, level) for expected, level in zip(self.levels, line, strict=True)
        )


def numbers(field: str) -> list[int]:
    return [int(word) for word in field.split()]


def levels(field: str) -> list[int | None]:
    return [None if word == "x" else int(word) for word in field.split()]


def character_cases(folder: Path) -> Iterator[Case]:
    """The cases of BidiCharacterTest."""
    with gzip.open(folder / "BidiCharacterTest.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] not in "#\n":
                codes, base, paragraph, expected, order = line.split(";")
                text = "".join(chr(int(code, 16)) for code in codes.split())
                yield Case(text, BASES[base], int(paragraph), levels(expected), numbers(order))


def class_cases(folder: Path, every: int = 1) -> Iterator[Case]:
    """The cases of BidiTest: each line for each paragraph level of its bit set; with `every`, each n-th line."""
    expected: list[int | None] = []
    order: list[int] = []
    with gzip.open(folder / "BidiTest.txt.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if line.startswith("@Levels:"):
                expected = levels(line.removeprefix("@Levels:"))
            elif line.startswith("@Reorder:"):
                order = numbers(line.removeprefix("@Reorder:"))
            elif line[0] not in "#@\n" and number % every == 0:
                classes, bases = line.split(";")
                text = "".join(CHARACTERS[name] for name in classes.split())
                for bit, base in enumerate((None, 0, 1)):
                    if int(bases, 16) >> bit & 1:
                        yield Case(text, base, base, expected, order)


def run(name: str, cases: Iterable[Case]) -> bool:
    """Prints how many cases pass, and the first that do not; whether all did."""
    total = 0
    failed: list[Case] = []
    for case in cases:
        total += 1
        if not case.passes():
            failed.append(case)
    print(f"{name} {total - len(failed)} of {total}")
    for case in failed[:5]:
        print(f"  {case}: {resolve(case.text, case.base)}")
    return not failed


def main(folder: Path) -> int:
    passed = [run("BidiCharacterTest", character_cases(folder)), run("BidiTest", class_cases(folder))]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
