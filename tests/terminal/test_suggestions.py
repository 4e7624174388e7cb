"""Suggestions come from a process beside the screen; what was answered is on disk, whatever becomes of the program."""

from __future__ import annotations

import json
import os
import select
import signal
from pathlib import Path

from annotator.services.project import open_project
from annotator.services.suggesters import known_suggesters
from annotator.services.suggesting import not_looked_at
from tests.terminal.pty_program import PtyProgram
from tests.terminal.running import PAGES, WHO, annotate, leave, new_database, open_document, problems, stored


MANY = 1500
"""Documents that keep the process beside the screen busy for a while."""


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(program: PtyProgram) -> None:
    """End the program without a word."""
    program.kill(signal.SIGKILL)
    program.wait_exit()


def test_furniture_is_suggested_accepted_and_taken_back_across_a_kill(tmp_path: Path) -> None:
    database = new_database(tmp_path / "annotator.db", [PAGES / "portal-indented.txt"], suggestions="all")
    with open_document(database) as program:
        program.wait_for("(suggested)]")
        program.wait_for("y accepts furniture")
        assert "q list" in program.text
        program.send(b"y")
        program.wait_for("u takes it back")
        program.wait_until(lambda: "(suggested)" not in program.text, what="furniture that is labelled")
        kill(program)
    accepted = stored(database)
    assert accepted
    assert {label for label, _, _ in accepted} <= {"boilerplate", "spillover"}
    assert problems(database) == []
    with open_document(database) as program:
        program.wait_for("[folded")
        assert "y accepts furniture" not in program.text
        program.send(b"u")
        program.wait_for("saved: undone: accept")
        program.wait_for("y accepts furniture")
        assert "q list" in program.text
        assert leave(program) == 0
    assert stored(database) == []
    assert problems(database) == []


def test_the_process_beside_the_screen_ends_with_it_before_its_work_is_done(tmp_path: Path) -> None:
    text = (PAGES / "wire-flat.txt").read_text(encoding="utf-8")
    records = tmp_path / "many.jsonl"
    lines = (json.dumps({"format": "annotator/1", "doc_id": f"d{n}", "text": text}) for n in range(MANY))
    records.write_text("\n".join(lines), encoding="utf-8")
    database = new_database(tmp_path / "annotator.db", [records], suggestions="all")
    with annotate(database, who=WHO) as program:
        program.wait_for("q quit")
        program.wait_until(lambda: children(program.pid), what="a process beside the screen")
        (worker,) = children(program.pid)
        end = os.pidfd_open(worker)
        try:
            kill(program)
            assert select.select([end], [], [], 20)[0], "the process beside the screen is still there"
        finally:
            os.close(end)
    with open_project(str(database)) as project:
        assert not_looked_at(project, known_suggesters(project).suggesters)
    assert problems(database) == []
