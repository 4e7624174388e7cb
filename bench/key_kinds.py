"""Keys of all kinds, on each of the texts: what each costs in milliseconds and bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import inputs, large_page
from bench.full_screen import DOWN, LAST, LEFT, SLATE, answered, latencies, opened, sizes
from bench.measure import summarize
from bench.pty_program import Burst
from bench.report import Result, Table


NAME = "key-kinds"
TIMES = 3

LIMIT_MS = 16

ENTER, ESCAPE, TAB, PAGE_DOWN, FIRST = b"\r", b"\x1b", b"\t", b"\x1b[6~", b"\x1b[1;5H"
NEEDLE = "من".encode()
"""A word that every Arabic text has, many times."""


class Kind(NamedTuple):
    """A kind of key.

    Attributes:
        name: What it does.
        keys: Keys that are pressed and measured one after the other.
        before: Keys that lead there, not measured.
        after: Keys that lead back, not measured.
        slate: What SLATE is sent in place of `keys`; nothing where it cannot do that.
    """

    name: str
    keys: Sequence[bytes]
    before: Sequence[bytes] = ()
    after: Sequence[bytes] = ()
    slate: Sequence[bytes] = ()


KINDS = (
    Kind("row below: ↓", [DOWN], slate=[b"o"]),
    Kind("letter to the left: ←", [LEFT]),
    Kind("next word: w", [b"w"], slate=[b";"]),
    Kind("label the word, on disk: c", [b"c"], [b"w"], slate=[b"c"]),
    Kind("focus the next annotation: Tab", [TAB]),
    Kind("undo, on disk: u", [b"u"], slate=[b"u"]),
    Kind("page below: PgDn", [PAGE_DOWN], slate=[b"}"]),
    Kind("select word, sentence, paragraph: Space", [b" ", b" ", b" "], [DOWN], [ESCAPE]),
    Kind("select row by row behind a mark: m, ↓", [b"m", DOWN, DOWN], [], [ESCAPE]),
    Kind("hints on the words in sight: '", [b"'"], [], [ESCAPE]),
    Kind("menu of further commands: ;", [b";"], [], [ESCAPE]),
    Kind("search box: /", [b"/"], [], [ESCAPE]),
    Kind("first hit of a search: Enter", [ENTER], [FIRST, b"/", NEEDLE]),
    Kind("next hit: N", [b"N"]),
    Kind("end of the text, and its beginning", [LAST, FIRST], slate=[b"O", b"I"]),
)
"""In this order, so that one finds what the one before has left: annotations to undo, hits to go to."""

HEAD = ("key", "7 kB", "1 MB", "paragraph", "SLATE, 7 kB")

Found = dict[str, list[Burst]]


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    large = inputs.large_text()
    texts = {
        "page": (inputs.page_text(), None),
        "large": (large, large_page.annotated(large, large_page.SPANS)),
        "paragraph": (inputs.paragraph_text(), None),
    }
    columns: list[Found] = []
    beside: Found = {}
    for name, (text, record) in texts.items():
        folder = work / name
        folder.mkdir()
        with opened(folder, text, record, beside=(SLATE,) if name == "page" else ()) as (players, _):
            columns.append({kind.name: _pressed(players[0].program.press, kind) for kind in KINDS})
            for player in players[1:]:
                beside = {kind.name: answered(map(player.program.press, [*kind.slate] * TIMES)) for kind in KINDS}
    return Result(
        NAME,
        "SLATE, as far as it has such a key",
        f"Each key {TIMES} times, on the page, on the page of 1 MB with {large_page.SPANS:,} annotations, and "
        "in the long paragraph; see the table of these keys.",
        [],
        tables=[table([*columns, beside])],
    )


def _pressed(press: Callable[[bytes], Burst], kind: Kind) -> list[Burst]:
    found: list[Burst] = []
    for _ in range(TIMES):
        for key in kind.before:
            press(key)
        found += answered(press(key) for key in kind.keys)
        for key in kind.after:
            press(key)
    return found


def table(columns: Sequence[Found]) -> Table:
    """What was found on each text, a line for each kind of key."""
    return Table(
        "Keys of all kinds",
        HEAD,
        [(kind.name, *(cell(column.get(kind.name, [])) for column in columns)) for kind in KINDS],
        "Milliseconds from the key to the last byte, median / worst, and the median of the bytes. "
        f"A worst one over {LIMIT_MS} ms is bold.",
    )


def cell(bursts: Sequence[Burst]) -> str:
    """What some keys cost, in short."""
    if not bursts:
        return "–"
    worst = max(latencies(bursts))
    slow = f"{worst:.1f}" if worst <= LIMIT_MS else f"**{worst:.0f}**"
    return f"{summarize(latencies(bursts)).median:.1f} / {slow} ms, {summarize(sizes(bursts)).median:,.0f} B"
