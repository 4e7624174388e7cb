"""Settles all that simulated annotators disagree about by keys on a real terminal, and kills the program in between.

python -m tests.terminal.review_keys [PAGE...]
"""

from __future__ import annotations

import json
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from annotator.agreement.decisions import Decision
from annotator.agreement.items import Item, Vote
from annotator.services.adjudicating import GoldSession
from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import list_documents
from annotator.services.project import Project, open_project
from annotator.services.reviewing import survey
from annotator.store import documents
from annotator.tui.review_desk import ReviewDesk
from annotator.tui.review_wording import kind_name
from tests.support.annotators import records_of, true_work
from tests.support.shared import SHARED
from tests.terminal.pty_program import ANNOTATOR, ENTER, ESCAPE, TAB, PtyProgram
from tests.terminal.review_truth import attribute_keys, closest, edge_keys, is_as_wanted, the_key, wanted_votes
from tests.terminal.running import PAGES, STATUS, new_database, problems, row


REVIEWER = "lead"
SEED = 1
COLUMNS, ROWS = 100, 40
BACK = b"\x1b[Z"
DEFER = (b";", b"p")


@dataclass
class Tally:
    """What came of a review.

    Attributes:
        keys: The keys that each disagreement took, by document and item.
        inexact: How many of them came out otherwise than the truth is, since no few keys lead there.
        actions: What kinds of decisions are in force.
        navigation: Keys that went from one document to another, and out.
        recovery: Keys pressed to see that the work goes on behind a kill.
        kills: How often the program was killed, and how often of those with a key on its way.
        taken: How many of these keys had come to disk.
        lost: Decisions that were acknowledged and are not there, or are others, behind a kill.
        complaints: What a check of the database found behind the kills.
    """

    keys: Counter[tuple[int, str]] = field(default_factory=Counter)
    inexact: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    navigation: int = 0
    recovery: int = 0
    kills: int = 0
    in_flight: int = 0
    taken: int = 0
    lost: int = 0
    complaints: int = 0

    @property
    def by_one_key(self) -> int:
        """How many disagreements took a single key."""
        return sum(number == 1 for number in self.keys.values())

    @property
    def share(self) -> float:
        """Of all disagreements, those that a single key settled as the truth is."""
        return self.by_one_key / len(self.keys)


def labelled(database: Path, pages: Sequence[Path], seed: int = SEED) -> Path:
    """A new database with some pages and the work of three simulated annotators."""
    new_database(database, pages)
    records = database.with_name("records.jsonl")
    with open_project(str(database)) as project:
        with project.store.read() as connection:
            pages_read = [documents.load(connection, one.id) for one in list_documents(project, None)]
        lines = [json.dumps(one, ensure_ascii=False) for one in records_of(pages_read, project.schema, seed)]
        records.write_text("\n".join(lines), "utf-8")
        report = import_sources(project, [records], ImportOptions())
    assert not report.rejected, report.rejected
    return database


def settle_all(database: Path, *, between_kills: int, seed: int = SEED) -> Tally:
    """Review all documents of a database.

    Args:
        database: With the work of simulated annotators, not reviewed yet.
        between_kills: How many decisions there are on average from one kill to the next. The program is killed in turn
            while a key is on its way, and when it has said "saved".
        seed: What the annotators were made with.
    """
    with ExitStack() as stack:
        project = stack.enter_context(open_project(str(database)))
        run = _Run(stack, project, database, between_kills, seed)
        run.start()
        found = survey(project, REVIEWER)
        run.program.wait_for("q quit")
        run.program.send(ENTER)
        places = [(place, one) for place, one in enumerate(found, 1) if one.undecided]
        for place, document in places:
            run.program.wait_for(f" {place}/{len(found)} ")
            run.settle_document(document.id, document.doc_id)
            run.program.send(b"n")
            run.tally.navigation += 1
        run.program.wait_for("everything is decided; q, and the gold can be exported")
        run.program.send(b"q")
        run.program.wait_for("q quit")
        run.program.send(b"q")
        run.tally.navigation += 2
        assert run.program.wait_exit()[0] == 0
    return run.tally


class _Run:
    """A reviewer at the terminal, who looks at the disk behind each key."""

    def __init__(self, stack: ExitStack, project: Project, database: Path, between_kills: int, seed: int) -> None:
        self.tally = Tally()
        self._stack, self._project, self._database, self._seed = stack, project, database, seed
        self._rng = Random(seed)
        self._between_kills = between_kills
        self._until_kill = self._rng.randrange(1, 2 * between_kills)
        self._document = 0
        self._doc_id = ""
        self._known: tuple[Decision, ...] = ()
        self._wanted: dict[str, Vote] = {}
        self._deferred: list[int] = []

    # The program

    def start(self, *arguments: str) -> None:
        """Start the program, on the list or on a document."""
        argv = [*ANNOTATOR, "review", *arguments, "--db", str(self._database), "--as", REVIEWER]
        self.program = self._stack.enter_context(PtyProgram(argv, columns=COLUMNS, rows=ROWS))

    def _read(self) -> ReviewDesk:
        """The document as it is on disk now."""
        self._desk = ReviewDesk(GoldSession(self._project, REVIEWER, self._document))
        return self._desk

    def _shows(self, desk: ReviewDesk, text: str = "") -> Item | None:
        """The item that the screen shows, once it counts the undecided ones as the disk does."""
        found = re.search(r" item (\d+) of (\d+) .* (\d+) undecided ", text or self.program.text)
        items = desk.session.items
        if not found or (int(found[2]), int(found[3])) != (len(items), len(desk.session.undecided)):
            return None
        return items[int(found[1]) - 1]

    def _wait_for_item(self, desk: ReviewDesk) -> Item:
        """Wait for an item to decide on the screen; its kinds and offsets stand there."""

        def is_there() -> bool:
            text = self.program.text
            item = self._shows(desk, text)
            if item not in desk.session.undecided:
                return False
            desk.show_item(item)
            return all(part in text for part in _parts(desk))

        self.program.wait_until(is_there, what="an item to decide")
        assert desk.item is not None
        return desk.item

    def _press(self, item: Item, *keys: bytes) -> None:
        """Press keys on the way to settle an item, each one once the one before was answered."""
        self.tally.keys[self._document, item.key] += len(keys)
        self.program.press(*keys)

    def _decide(self, item: Item, *keys: bytes, number: int = 1) -> ReviewDesk:
        """Press keys until a decision is said to be saved: it is on disk then, and no other is."""
        before = row(self.program, STATUS)
        self._press(item, *keys[:-1])
        self.tally.keys[self._document, item.key] += 1
        self.program.send(keys[-1])
        self.program.wait_until(lambda: _is_saved(row(self.program, STATUS), before), what="saved")
        desk = self._read()
        decisions = desk.session.ledger.decisions
        assert decisions[:-number] == self._known, (decisions[-3:], self._known[-3:])
        assert {one.item for one in decisions[-number:]} == {item.key}
        self._known = decisions
        desk.show_item(item)
        return desk

    # A document

    def settle_document(self, document: int, doc_id: str) -> None:
        """Settle all that is to be settled in the document on the screen."""
        self._document, self._doc_id, self._deferred = document, doc_id, []
        desk = self._read()
        self._known = desk.session.ledger.decisions
        truth = true_work(desk.session.document.text, desk.session.schema, self._seed)
        self._wanted = wanted_votes(desk.session.items, truth)
        while self._desk.session.undecided:
            self._settle(self._desk, self._wait_for_item(self._desk))
        for number in self._deferred:
            self._settle_deferred(number)
        session = self._read().session
        assert all(session.standing(item).name == "settled" for item in session.items)
        self.tally.actions += Counter({one.item: one.action for one in self._known}.values())

    def _settle(self, desk: ReviewDesk, item: Item) -> None:
        wanted = self._wanted[item.key]
        key = the_key(desk, wanted)
        if not key:
            if len(self._deferred) < 2:
                desk = self._decide(item, *DEFER)
                assert desk.session.standing(item).name == "deferred"
                self._deferred.append(desk.session.items.index(item) + 1)
            else:
                self._edit(desk, item)
            return
        self._until_kill -= 1
        if self._until_kill == 0 and self.tally.kills % 2 == 0:
            self._kill_during(item, key)
            return
        desk = self._decide(item, key)
        assert is_as_wanted(desk, wanted)
        if self._until_kill == 0:
            self._kill_behind()

    def _settle_deferred(self, number: int) -> None:
        """Go back to an item that was left for later, and settle it."""
        desk = self._desk
        item = desk.session.items[number - 1]
        while self._shows(desk) != item:
            self._press(item, TAB)  # which leads there now that all others are decided
        desk.show_item(item)
        self._edit(desk, item)

    def _edit(self, desk: ReviewDesk, item: Item) -> None:
        """Take the version that is the most like the truth, and mend it as far as edges, label and attributes go."""
        wanted = self._wanted[item.key]
        number = closest(desk, wanted)
        desk = self._decide(item, ENTER if number == desk.starred else str(number).encode())
        if len(wanted.annotations) == 1 == len(desk.session.gold_of(item)):
            while not is_as_wanted(desk, wanted):
                self._go_back(desk, item)
                keys = self._mending(desk, wanted)
                desk = self._decide(item, *keys)
                if len(keys) == 3 and keys[0] == ENTER:
                    self._press(item, ESCAPE)
        self.tally.inexact += the_key(desk, wanted) == b"" and not is_as_wanted(desk, wanted)
        if desk.session.undecided and self._shows(desk) == item:
            self._press(item, TAB)

    def _go_back(self, desk: ReviewDesk, item: Item) -> None:
        self.program.wait_until(lambda: self._shows(desk), what="an item")
        while self._shows(desk) != item:
            self._press(item, BACK)

    def _mending(self, desk: ReviewDesk, wanted: Vote) -> list[bytes]:
        """The keys for the first thing that is not as wanted."""
        (gold,), (true,) = desk.session.gold_of(desk.item), wanted.annotations  # type: ignore[arg-type]
        if gold.start != true.start:
            return edge_keys(desk, "start", true.start)
        if gold.end != true.end:
            return edge_keys(desk, "end", true.end)
        if gold.label != true.label:
            label = desk.session.schema.label(true.label)
            assert label is not None
            return [label.key.encode()]
        return attribute_keys(desk, gold, true)

    # Kills

    def _kill(self) -> tuple[Decision, ...]:
        """Kill the program and start it again on the same document; the decisions that are on disk."""
        self.program.kill(signal.SIGKILL)
        self.program.wait_exit()
        self.tally.kills += 1
        self._until_kill = self._rng.randrange(1, 2 * self._between_kills)
        self.tally.complaints += len(problems(self._database))
        decisions = self._read().session.ledger.decisions
        self.tally.lost += decisions[: len(self._known)] != self._known
        self.start(self._doc_id)
        self.program.wait_for("q list")
        return decisions

    def _kill_during(self, item: Item, key: bytes) -> None:
        """Kill the program while a key is on its way: its decision is on disk as a whole, or not at all."""
        self.program.send(key)
        self.program.read(self._rng.random() / 15)
        decisions = self._kill()
        self.tally.in_flight += 1
        if decisions == self._known:
            self.tally.recovery += 1
            return
        assert {one.item for one in decisions[len(self._known) :]} == {item.key}
        self.tally.keys[self._document, item.key] += 1
        self.tally.taken += 1
        self._known = decisions

    def _kill_behind(self) -> None:
        """Kill the program when it has said "saved"; undo takes the last decision back then, and redo repeats it."""
        assert self._kill() == self._known
        for key, said, there in ((b"u", "saved: undone", self._known[:-1]), (b"U", "saved: redone", self._known)):
            self.program.send(key)
            self.program.wait_for(said)
            assert self._read().session.ledger.decisions == there
        self.tally.recovery += 2
        if self._desk.session.undecided:
            self.program.send(TAB)
            self.tally.recovery += 1


def _parts(desk: ReviewDesk) -> list[str]:
    """What the screen must say of the item of a desk."""
    item = desk.item
    assert item is not None
    kinds = {item.kind, *(one.kind for one in item.differences)}
    first = next(one for version in desk.versions for one in version.annotations)
    return [*map(kind_name, kinds), f"{first.start}–{first.end}"]


def _is_saved(status: str, before: str) -> bool:
    return status != before and status.lstrip().startswith("saved: ")


def report(tally: Tally) -> str:
    """The figures in words."""
    total = tally.keys.total()
    return "\n".join(
        [
            f"{len(tally.keys)} disagreements, {tally.by_one_key} by one key ({tally.share:.1%}), {total} keys in all "
            f"({total / len(tally.keys):.2f} each), {tally.inexact} not quite as the truth",
            f"keys by number of disagreements: {sorted(Counter(tally.keys.values()).items())}",
            f"decisions in force: {dict(tally.actions)}",
            f"beside these {tally.navigation} keys of navigation, {tally.recovery} behind kills",
            f"{tally.kills} kills, {tally.in_flight} during a key, {tally.taken} of these keys on disk; "
            f"{tally.lost} lost, {tally.complaints} complaints of the check",
        ]
    )


def main(arguments: list[str]) -> None:
    """Review some pages, by default the seeds where they are, else samples, and print what came of it."""
    seeds = sorted(SHARED.joinpath("seeds").glob("*.txt"))
    pages = [Path(name) for name in arguments] or seeds or sorted(PAGES.glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        tally = settle_all(labelled(Path(folder, "annotator.db"), pages), between_kills=6)
    print(report(tally))
    sys.exit(bool(tally.lost or tally.complaints or tally.share <= 0.8))


if __name__ == "__main__":
    main(sys.argv[1:])
