"""What was said to be saved is in the database, whatever becomes of the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.terminal.kill_rounds import Tally, kill_rounds
from tests.terminal.pty_program import ANNOTATOR, PtyProgram, environment
from tests.terminal.running import WHO, label, open_document, problems, stored


ROUNDS = 8


def test_killing_it_loses_nothing_that_was_acknowledged_and_undo_still_works(database: Path) -> None:
    tally = kill_rounds(database, ROUNDS)
    assert tally == Tally(rounds=ROUNDS, acknowledged=tally.acknowledged)
    assert tally.acknowledged >= ROUNDS * 2

    check = [*ANNOTATOR, "db", "check", "--db", str(database)]
    assert subprocess.run(check, env=environment({}), capture_output=True, check=False).returncode == 0

    before = stored(database)
    with open_document(database) as program:
        program.send(b"uu")
        program.wait_until(lambda: len(stored(database)) == len(before) - 2, what="two undone")
        program.send(b"U")
        program.wait_for("saved: redone: add")
    assert stored(database) == before[:-1]
    assert problems(database) == []


def may_trace(tmp_path: Path) -> bool:
    tried = ["strace", "-o", str(tmp_path / "try"), "true"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


SYNCED = r"f(?:data)?sync\(\d+<{}>(?: <unfinished \.\.\.>\n(?:.*\n)*?\d+ +<\.\.\. f(?:data)?sync resumed>)?\) += 0"


def test_a_label_is_synced_to_disk_before_the_screen_says_saved(database: Path, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    if not may_trace(tmp_path):
        pytest.skip("strace is not permitted here")
    log = tmp_path / "calls"
    options = ["-f", "-y", "-s", "65536", "-e", "trace=write,pwrite64,fsync,fdatasync", "-e", "signal=none"]
    with PtyProgram(
        ["strace", *options, "-o", str(log), *ANNOTATOR, "annotate", "--db", str(database), "--as", WHO]
    ) as program:
        program.wait_for("q quit", seconds=60)
        program.send(b"\r")
        program.wait_for("q list")
        program.settle()
        opened = log.stat().st_size
        label(program, b"c", "Claim")
    before, _, after = log.read_bytes()[opened:].decode(errors="replace").partition("saved: Claim")
    assert after
    written = {call[1]: call.end() for call in re.finditer(r"pwrite64\(\d+<([^>]*)>", before)}
    assert {Path(path).name for path in written} >= {database.name}
    assert len(written) == 2  # and the journal of SQLite
    for path, place in written.items():
        assert re.search(SYNCED.format(re.escape(path)), before[place:])
