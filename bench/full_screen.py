"""The programs that are measured side by side on one text: the annotator, a `TextArea`, and SLATE where it is there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench import slate
from bench.program import annotator, baseline
from bench.pty_program import WHOLE_SCREEN, Burst, PtyProgram
from bench.report import Row, compared
from bench.start_up import drawn_words, shows_words


UP, DOWN, RIGHT, LEFT, CTRL_LEFT = (b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[1;5D")
LAST = b"\x1b[1;5F"
MOVES = (*[DOWN] * 6, *[LEFT] * 6, *[b"w"] * 6, *[RIGHT] * 3, *[UP] * 3)
BACK = (*[UP] * 6, *[RIGHT] * 6)

TEXT_AREA_KEYS = {b"w": CTRL_LEFT}
"""A read-only TextArea has no letter for words."""

SLATE_KEYS = {UP: b"i", DOWN: b"o", RIGHT: b"j", LEFT: b";", b"w": b";", LAST: b"O:"}
"""SLATE moves by words, in logical order: what is right on the screen of others is back."""

BASELINES = TEXT_AREA, SLATE = "the TextArea", "SLATE"

TOP = 6_000
"""Characters of a text within which its first screen surely ends."""


class Player(NamedTuple):
    """A running program.

    Attributes:
        program: It.
        keys: What it is sent for the annotator's keys, where that is another key.
    """

    program: PtyProgram
    keys: dict[bytes, bytes]

    def press(self, key: bytes) -> Burst:
        """Press a key that is named as the annotator's."""
        return self.program.press(self.keys.get(key, key))


class Opened(NamedTuple):
    """The programs, and how long the annotator took.

    Attributes:
        players: The annotator, the TextArea, and SLATE where it is there.
        shown_ms: Milliseconds from the annotator's taking the screen to the text on it.
    """

    players: list[Player]
    shown_ms: float


@contextmanager
def opened(
    work: Path,
    text: str,
    record: dict[str, object] | None = None,
    *,
    quiet: float = 0.5,
    beside: Collection[str] = BASELINES,
) -> Iterator[Opened]:
    """Open a text in all programs.

    Args:
        work: A folder for the files.
        text: It.
        record: Its record with annotations, where there are any; SLATE gets the same, the TextArea has none.
        quiet: Seconds of quiet after which a program has settled.
        beside: The other programs that are wanted; SLATE is left out where it is not installed.
    """
    page, source, database = _files(work, text, record)
    with ExitStack() as stack:
        argv = annotator("annotate", source, "--db", database, "--as", "bench")
        ours = stack.enter_context(PtyProgram(argv, folder=work))
        shown_ms = _shown(ours, text[:TOP])
        players = [Player(ours, {})]
        if TEXT_AREA in beside:
            players.append(Player(stack.enter_context(PtyProgram(baseline("text_area", page))), TEXT_AREA_KEYS))
        if SLATE in beside and slate.is_there():
            players.append(Player(stack.enter_context(PtyProgram(slate.call(page), folder=work)), SLATE_KEYS))
        for player in players:
            player.program.settle(quiet)
        yield Opened(players, shown_ms)


def _files(work: Path, text: str, record: dict[str, object] | None) -> tuple[Path, Path, Path]:
    """The page, what is imported of it, and a database that holds that."""
    page, imported, database = work / "page.txt", work / "page.jsonl", work / "page.db"
    page.write_text(text, "utf-8", newline="")
    if record is not None:
        imported.write_text(json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
        page.with_name("page.txt.annotations").write_text(slate.written(slate_items(text, record)), "utf-8")
    source = page if record is None else imported
    subprocess.run(annotator("import", source, "--db", database), check=True, capture_output=True)
    return page, source, database


def _shown(program: PtyProgram, text: str) -> float:
    window = program.seconds_until(lambda written: WHOLE_SCREEN in written)
    return (program.seconds_until(shows_words(drawn_words(text))) - window) * 1000


def slate_items(text: str, record: dict[str, object]) -> Iterator[slate.Item]:
    """The spans of a record as SLATE's, widened to whole words."""
    words = slate.Words(text)
    spans = record["spans"]
    assert isinstance(spans, list)
    for span in spans:
        covered = text[span["start"] : span["end"]]
        start = span["start"] + len(covered) - len(covered.lstrip())
        if covered.strip():
            yield slate.Item((words.places(start, start + len(covered.strip())),), span["label"])


def press_in_turns(players: Sequence[Player], keys: Sequence[bytes], rounds: int) -> list[list[Burst]]:
    """Press keys on each program, round by round; what a program did nothing on is left out."""
    found: list[list[Burst]] = [[] for _ in players]
    for _ in range(rounds):
        for player, bursts in zip(players, found, strict=True):
            bursts.extend(answered(player.press(key) for key in keys))
    return found


def answered(bursts: Iterator[Burst]) -> list[Burst]:
    """Those where something was drawn."""
    return [burst for burst in bursts if burst.size]


def sizes(bursts: Sequence[Burst]) -> list[int]:
    """The bytes of each."""
    return [burst.size for burst in bursts]


def latencies(bursts: Sequence[Burst]) -> list[float]:
    """The milliseconds to the last byte of each."""
    return [burst.last_ms for burst in bursts]


def rows_of(what: str, bursts: Sequence[Sequence[Burst]]) -> list[Row]:
    """Bytes and milliseconds of the annotator beside those of each other program."""
    ours, *others = bursts
    return [
        row
        for name, theirs in zip(BASELINES, others, strict=False)
        for row in (
            compared(f"{what}, beside {name}: bytes", ",.0f", sizes(ours), sizes(theirs)),
            compared(f"{what}, beside {name}: ms", ".1f", latencies(ours), latencies(theirs)),
        )
    ]
