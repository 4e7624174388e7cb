"""Kills the program again and again just after it has said "saved", and counts what the database has lost.

python -m tests.terminal.kill_rounds ROUNDS [PAGE]
"""

from __future__ import annotations

import re
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.terminal.pty_program import PtyProgram
from tests.terminal.running import FOCUS, PAGES, STATUS, new_database, open_document, problems, row, stored


LABELS = ((b"c", "Claim"), (b"s", "Source"))

Annotation = tuple[str, int, int]


@dataclass
class Tally:
    """What came of some rounds.

    Attributes:
        rounds: How often the program was killed.
        acknowledged: The annotations that it had said to be saved.
        missing: Those of them that were not in the database after a kill.
        unasked: Annotations in the database that nobody had made.
        complaints: What a check of the database found after the kills.
    """

    rounds: int = 0
    acknowledged: int = 0
    missing: int = 0
    unasked: int = 0
    complaints: int = 0


def kill_rounds(database: Path, rounds: int) -> Tally:
    """Label words of the first document by keys alone, 1 to 4 in each round, and kill the program each time.

    Every second kill comes while one more label is on its way: that may be stored or not, but it must not harm.
    """
    tally = Tally()
    made: Counter[Annotation] = Counter()
    word = 1
    for number in range(rounds):
        with open_document(database) as program:
            program.send(b"w" * word)
            acknowledged = _label_words(program, word, 1 + number % 4)
            word += len(acknowledged)
            in_flight = number % 2 == 1
            if in_flight:
                program.send(b"w" + LABELS[word % 2][0])
                program.read(number % 5 / 200)
            program.kill(signal.SIGKILL)
            program.wait_exit()
            if in_flight and _is_saved(program, word):
                acknowledged.append(_focused(program))
        tally.rounds += 1
        tally.acknowledged += len(acknowledged)
        made.update(acknowledged)
        found = Counter(stored(database))
        extra = found - made
        tally.missing += (made - found).total()
        tally.unasked += max(extra.total() - in_flight, 0)
        tally.complaints += len(problems(database))
        made, word = found, word + in_flight
    return tally


def _label_words(program: PtyProgram, word: int, number: int) -> list[Annotation]:
    """Label some words one after another, each once the one before is said to be saved."""
    acknowledged = []
    for index in range(word, word + number):
        program.send((b"w" if index > word else b"") + LABELS[index % 2][0])
        program.wait_until(partial(_is_saved, program, index), what="saved")
        acknowledged.append(_focused(program))
    return acknowledged


def _is_saved(program: PtyProgram, word: int) -> bool:
    name = LABELS[word % 2][1]
    return f"saved: {name}" in row(program, STATUS) and row(program, FOCUS).startswith(f" {name}")


def _focused(program: PtyProgram) -> Annotation:
    """The focused annotation, as the screen names it."""
    found = re.match(r" (\w+) .* (\d+)–(\d+) ", row(program, FOCUS))
    assert found, program.text
    return found[1].lower(), int(found[2]), int(found[3])


def main(arguments: list[str]) -> None:
    """Run the rounds on a page, by default one of the samples, and print what came of them."""
    rounds = int(arguments[0])
    page = Path(arguments[1]) if len(arguments) > 1 else PAGES / "wire-flat.txt"
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        tally = kill_rounds(new_database(Path(folder, "annotator.db"), [page]), rounds)
    print(f"{tally.rounds} rounds, {tally.acknowledged} acknowledged, {tally.missing} missing")
    if tally.unasked or tally.complaints:
        sys.exit(f"{tally.unasked} that nobody had made, {tally.complaints} complaints of the check")
    sys.exit(tally.missing > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
