"""The process beside the screen: what it does, in which order, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from annotator.errors import OperationError
from annotator.model.annotation import Status
from annotator.model.operations import Change, Operation
from annotator.services import learning, suggest_worker
from annotator.services.copies import is_outdated
from annotator.services.learning import set_every, set_use
from annotator.services.looking import find_document
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.suggest_process import SuggestProcess
from annotator.services.suggest_worker import CLAIM_SECONDS, Commands, Worker
from annotator.services.suggesters import Known
from annotator.services.suggesting import all_documents, not_looked_at
from annotator.store import models, settings
from annotator.suggest.contract import DocumentView, Proposals
from annotator.suggest.registry import rule_suggesters
from tests.support.cli import ROOT
from tests.support.learning import finished, project_of
from tests.support.projects import BODY, CLAIM, add, create, project_with, reopened, session, take_records
from tests.support.suggesters import Fixed, proposal
from tests.support.suggestions import loaded


ANSWER = Proposals((proposal(CLAIM),))
SHARED = "قال وزير النقل سامر الحداد إن الجسر الجديد سيفتح أمام السيارات قبل نهاية العام الجاري."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, *({"id": name, "text": f"{BODY}\n{name}"} for name in "abcde"))
        yield project
        assert check(project) == []


class Screen:
    """The screen's end of a worker in this process, whose suggester may do anything meanwhile."""

    def __init__(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[int] = []
        self.seen: list[str] = []
        self.project, self.writing = project, -1
        self.start_again()
        self.while_looking: Callable[[DocumentView], object] = lambda _view: None
        self.time = "2026-01-01T00:00:00.000+00:00"
        known = Known((Fixed(self.suggest),), ())
        monkeypatch.setattr(suggest_worker, "known_suggesters", lambda _project: known)

    def start_again(self) -> None:
        """Connect to a new worker."""
        self.close()
        reading, self.writing = os.pipe()
        self.commands = Commands(reading)

    def suggest(self, view: DocumentView) -> Proposals:
        self.seen.append(view.doc_id)
        self.while_looking(view)
        return ANSWER

    def tell(self, command: str) -> None:
        os.write(self.writing, f"{command}\n".encode())

    def leave(self) -> None:
        os.close(self.writing)
        self.writing = -1

    def work(self) -> None:
        Worker(self.project, self.commands, self.heard.append, clock=lambda: self.time).work()

    def claim(self) -> str:
        with self.project.store.read() as connection:
            return settings.get(connection, suggest_worker.CLAIM)

    def set_claim(self, value: str) -> None:
        with self.project.store.write() as connection:
            settings.put(connection, suggest_worker.CLAIM, value)

    def close(self) -> None:
        if self.writing >= 0:
            self.leave()


@pytest.fixture
def screen(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    screen = Screen(project, monkeypatch)
    yield screen
    screen.close()


def row(project: Project, doc_id: str) -> int:
    return find_document(project, doc_id)


class TestCommands:
    @pytest.fixture
    def pipe(self) -> Iterator[tuple[Commands, int]]:
        reading, writing = os.pipe()
        commands = Commands(reading)
        yield commands, writing
        commands.close()
        if not commands.is_at_end:
            os.close(writing)

    def test_nothing_is_waited_for(self, pipe: tuple[Commands, int]) -> None:
        commands, _ = pipe
        commands.read()
        assert (list(commands.lines), commands.is_at_end) == ([], False)

    def test_lines_may_come_in_pieces(self, pipe: tuple[Commands, int]) -> None:
        commands, writing = pipe
        for piece, found in ((b"look 1\nlo", ["look 1"]), (b"ok 2", ["look 1"]), (b"\n", ["look 1", "look 2"])):
            os.write(writing, piece)
            commands.read()
            assert list(commands.lines) == found

    def test_the_end_is_seen_after_what_came_before_it(self, pipe: tuple[Commands, int]) -> None:
        commands, writing = pipe
        os.write(writing, b"look 1\n")
        os.close(writing)
        commands.read()
        assert (list(commands.lines), commands.is_at_end) == (["look 1"], True)


class TestWorkingThrough:
    def test_all_documents_are_looked_at_in_the_order_of_import_and_told(self, screen: Screen) -> None:
        screen.work()
        assert screen.seen == list("abcde")
        assert screen.heard == all_documents(screen.project)
        assert len(loaded(screen.project, "e").suggestions) == 1

    def test_what_was_looked_at_is_not_looked_at_again(self, screen: Screen) -> None:
        screen.work()
        screen.start_again()
        screen.work()
        assert screen.seen == list("abcde")

    def test_copies_are_looked_for_when_all_is_looked_at(self, screen: Screen, project: Project) -> None:
        assert is_outdated(project)
        screen.work()
        assert not is_outdated(project)

    def test_labels_that_copies_had_already_are_taken_along(
        self, screen: Screen, project: Project, tmp_path: Path
    ) -> None:
        take_records(project, tmp_path / "new", *({"id": name, "text": f"{SHARED}\n{name}"} for name in "xy"))
        session(project, "x").execute(add("m", 4, 14))
        screen.work()
        assert [one.start for one in loaded(project, "y").suggestions if one.suggester == "copies"] == [4]

    def test_a_suggester_that_fails_is_not_asked_for_ever(self, screen: Screen) -> None:
        def fail(_view: DocumentView) -> None:
            raise ValueError("broken")

        screen.while_looking = fail
        screen.work()
        assert screen.seen == list("abcde")
        assert loaded(screen.project, "a").suggestions == ()


class TestObeying:
    def test_a_document_that_is_asked_for_comes_before_all_others(self, screen: Screen, project: Project) -> None:
        screen.tell(f"look {row(project, 'd')}")
        screen.work()
        assert screen.seen == list("dabce")

    def test_so_does_one_that_is_asked_for_meanwhile(self, screen: Screen, project: Project) -> None:
        def ask(view: DocumentView) -> None:
            if view.doc_id == "b":
                screen.tell(f"look {row(project, 'e')}")

        screen.while_looking = ask
        screen.work()
        assert screen.seen == list("abecd")

    def test_what_is_asked_for_in_the_end_is_not_lost(
        self, screen: Screen, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release = Worker._release

        def ask_and_release(worker: Worker) -> None:
            if len(screen.seen) == 5:
                screen.tell(f"look {row(project, 'a')}")
            release(worker)

        monkeypatch.setattr(Worker, "_release", ask_and_release)
        screen.work()
        assert screen.seen == list("abcdea")

    def test_who_asks_when_it_has_ended_is_told_so(self, screen: Screen) -> None:
        screen.work()
        with pytest.raises(BrokenPipeError):
            screen.tell("look 1")

    def test_labels_of_a_finished_document_are_taken_to_its_copies(
        self, screen: Screen, project: Project, tmp_path: Path
    ) -> None:
        take_records(project, tmp_path / "new", *({"id": name, "text": f"{SHARED}\n{name}"} for name in "xy"))
        screen.work()
        session(project, "x").execute(add("m", 4, 14))
        screen.start_again()
        screen.heard.clear()
        screen.tell(f"labelled {row(project, 'x')}")
        screen.work()
        assert screen.heard == [row(project, "y")]
        assert [one.start for one in loaded(project, "y").suggestions if one.suggester == "copies"] == [4]


class TestEnding:
    def test_it_ends_when_the_screen_is_gone(self, screen: Screen) -> None:
        screen.leave()
        screen.work()
        assert (screen.seen, screen.claim()) == ([], "")

    def test_also_in_the_middle_of_what_it_does_and_keeps_what_it_has(self, screen: Screen) -> None:
        screen.while_looking = lambda view: screen.leave() if view.doc_id == "b" else None
        screen.work()
        assert (screen.seen, screen.claim()) == (["a", "b"], "")
        assert len(loaded(screen.project, "b").suggestions) == 1

    def test_also_while_it_looks_for_copies(self, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        bodies: list[int] = []

        def find(_project: Project, on_document: Callable[[int], object]) -> None:
            screen.leave()
            on_document(1)
            bodies.append(1)

        monkeypatch.setattr("annotator.services.copies.find_copies", find)
        screen.work()
        assert (bodies, screen.claim()) == ([], "")


class TestTwoOfThem:
    def test_one_leaves_all_documents_to_the_other(self, screen: Screen) -> None:
        screen.set_claim(f"7 {screen.time}")
        screen.work()
        assert (screen.seen, screen.claim()) == ([], f"7 {screen.time}")

    def test_it_still_looks_at_what_is_asked_for(self, screen: Screen, project: Project) -> None:
        screen.set_claim(f"7 {screen.time}")
        screen.tell(f"look {row(project, 'c')}")
        screen.work()
        assert screen.seen == ["c"]

    @pytest.mark.parametrize(("minutes", "is_taken_over"), [(1, False), (2, True)])
    def test_one_that_was_killed_is_replaced_after_some_time(
        self, screen: Screen, minutes: int, is_taken_over: bool
    ) -> None:
        assert CLAIM_SECONDS == 60
        screen.set_claim(f"7 {screen.time}")
        screen.time = f"2026-01-01T00:0{minutes}:00.000+00:00"
        screen.work()
        assert bool(screen.seen) == is_taken_over

    def test_a_claim_is_given_back_in_the_end(self, screen: Screen) -> None:
        claims: list[str] = []
        screen.while_looking = lambda _view: claims.append(screen.claim())
        screen.work()
        assert (set(claims), screen.claim()) == ({f"{os.getpid()} {screen.time}"}, "")

    def test_it_stops_when_another_one_has_taken_over(self, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(suggest_worker, "SAY_SECONDS", 0)
        monkeypatch.setattr(suggest_worker, "AT_ONCE", 2)
        other = f"7 {screen.time}"
        screen.while_looking = lambda _view: screen.set_claim(other)
        screen.work()
        assert (screen.seen, screen.claim()) == (["a", "b"], other)


class TestLearning:
    @pytest.fixture
    def learner(self, tmp_path: Path) -> Iterator[Project]:
        with reopened(project_of(tmp_path / "learning.db", 8, 2)) as project:
            set_every(project, 1)
            yield project

    def labelled(self, project: Project, pipe: tuple[int, int] | None = None) -> list[int]:
        """What a worker of the program's own suggesters says when a document was finished."""
        reading, writing = pipe or os.pipe()
        heard: list[int] = []
        os.write(writing, f"labelled {row(project, 'page-0')}\n".encode())
        Worker(project, Commands(reading), heard.append).work()
        os.close(writing)
        return heard

    def doubts(self, project: Project) -> int:
        with project.store.read() as connection:
            return len(models.uncertainties(connection))

    def test_it_trains_when_that_is_due_and_looks_at_everything_with_the_new_model(self, learner: Project) -> None:
        set_use(learner, "always")
        heard = self.labelled(learner)
        assert set(heard) >= set(all_documents(learner))
        origins = {one.suggester for one in loaded(learner, "page-8").suggestions}
        assert origins & {"lines", "tokens"}
        assert self.doubts(learner) == 10

    def test_it_does_not_where_that_is_not_due(self, learner: Project) -> None:
        set_every(learner, 0)
        self.labelled(learner)
        assert learning.learned_suggesters(learner, all_of_them=True) == []

    def test_documents_that_are_asked_for_do_not_wait_for_the_training(
        self, learner: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipe, left = os.pipe(), list[list[int]]()
        train = learning.train_model

        def watched(project: Project, *, stop: Callable[[], bool]) -> Any:
            os.write(pipe[1], f"look {row(project, 'page-9')}\n".encode())
            assert not stop()
            left.append(not_looked_at(project, rule_suggesters()))
            return train(project, stop=stop)

        monkeypatch.setattr("annotator.services.learning.train_model", watched)
        self.labelled(learner, pipe)
        assert row(learner, "page-9") not in left[0]
        assert row(learner, "page-8") in left[0]

    def test_training_that_fails_is_not_the_end_of_it(self, learner: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_project: Project, **_: object) -> None:
            raise OperationError("they are all copies of one another")

        monkeypatch.setattr("annotator.services.learning.train_model", refuse)
        assert set(self.labelled(learner)) == set(all_documents(learner))


class TestProcess:
    """Real processes."""

    @pytest.fixture
    def db(self, tmp_path: Path) -> Path:
        return project_with(tmp_path / "annotator.db", *({"id": f"d{n}", "text": f"{BODY}\n{n}"} for n in range(30)))

    @pytest.fixture
    def process(self, db: Path) -> Iterator[SuggestProcess]:
        process = SuggestProcess(db)
        yield process
        process.close()

    def heard(self, process: SuggestProcess, count: int) -> list[int]:
        """The first documents that a process says it is done with."""
        queue: Queue[int] = Queue()
        process.hear(queue.put)
        process.start()
        return [queue.get(timeout=60) for _ in range(count)]

    def test_it_looks_at_all_documents_and_says_so(self, db: Path, process: SuggestProcess) -> None:
        assert self.heard(process, 30) == list(range(1, 31))
        with reopened(db) as project:
            assert {one.suggester for one in loaded(project, "d7").suggestions} == {"attribution"}

    def test_a_document_is_looked_at_after_the_process_has_ended_too(self, process: SuggestProcess) -> None:
        self.heard(process, 30)
        running: Any = process._process
        assert running.wait(timeout=60) == 0
        queue: Queue[int] = Queue()
        process.hear(queue.put)
        process.look(17)
        assert queue.get(timeout=60) == 17

    def run(self, db: Path) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "annotator.services.suggest_worker", str(db)]
        return subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def test_it_ends_with_its_input(self, db: Path) -> None:
        with self.run(db) as running:
            assert running.stdin is not None
            running.stdin.close()
            assert running.wait(timeout=60) == 0

    def test_a_killed_one_leaves_a_valid_database_and_its_work(self, db: Path) -> None:
        with self.run(db) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == b"1\n"
            running.send_signal(signal.SIGKILL)
        with reopened(db) as project:
            assert check(project) == []
            assert loaded(project, "d0").suggestions

    def test_a_database_that_is_none_is_the_end_of_it_alone(self, tmp_path: Path) -> None:
        with self.run(tmp_path / "none.db") as running:
            assert running.wait(timeout=60) == 0

    def test_a_plug_in_that_prints_and_reads_does_not_disturb_it(
        self, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "plugins"
        (folder / "noisy-1.dist-info").mkdir(parents=True)
        (folder / "noisy-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: noisy\nVersion: 1\n")
        (folder / "noisy-1.dist-info" / "entry_points.txt").write_text("[annotator.suggesters]\nnoisy = noisy:Noisy\n")
        (folder / "noisy.py").write_text(
            "import sys\n"
            "from annotator.suggest.contract import Proposal, Proposals\n"
            "class Noisy:\n"
            "    name, version = 'noisy', '1'\n"
            "    def suggest(self, document):\n"
            "        print('99', flush=True)\n"
            "        if document.doc_id == 'd3':\n"
            "            raise RuntimeError('broken')\n"
            "        return Proposals((Proposal(0, 3, 'boilerplate', sys.stdin.read() or 'silence'),))\n"
        )
        monkeypatch.setenv("PYTHONPATH", f"{folder}:{ROOT}")
        with self.run(db) as running:
            out, _ = running.communicate(timeout=60)
        process = SuggestProcess(db)
        try:
            self.heard(process, 30 - len(out.split()))
        finally:
            process.close()
        assert b"99" not in out.split()
        with reopened(db) as project:
            assert [one.reason for one in loaded(project, "d4").suggestions if one.suggester == "noisy"] == ["silence"]
            assert [one.reason for one in loaded(project, "d3").suggestions if one.suggester == "noisy"] == []


def test_a_document_that_is_done_wakes_the_worker_up(project: Project) -> None:
    session(project, "a").execute(Operation("status", (Change(None, Status("done")),)))
    reading, writing = os.pipe()
    os.write(writing, f"labelled {row(project, 'a')}\n".encode())
    heard: list[int] = []
    Worker(project, Commands(reading), heard.append).work()
    os.close(writing)
    assert sorted(heard) == all_documents(project)


def test_a_document_that_comes_later_is_found_by_the_next_worker(project: Project, tmp_path: Path) -> None:
    heard: list[int] = []
    for number in (1, 2):
        take_records(project, tmp_path / str(number), finished(number))
        reading, writing = os.pipe()
        Worker(project, Commands(reading), heard.append).work()
        os.close(writing)
    assert heard[-1] == row(project, "page-2")
