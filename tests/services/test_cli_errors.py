"""How failures are told: one writer, one exit code for each kind, no traceback, nothing half done."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import errors
from annotator.cli.diagnostics import CODES, ExitCode
from annotator.services import looking
from tests.support.cli import ROOT, annotator, program, without_privileges
from tests.support.projects import BODY, project_with, record, span, write, write_records


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return project_with(tmp_path / "annotator.db", record(doc_id="a", text=BODY, spans=[span(0, 3)]))


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `annotator status` fail."""

    def status(_project: object) -> None:
        article = "قال الوزير"
        raise error if article else AssertionError

    monkeypatch.setattr(looking, "status", status)


class TestCodes:
    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (errors.UsageError, 2),
            (errors.SchemaError, 2),
            (errors.TerminalError, 2),
            (errors.DataError, 3),
            (errors.OffsetError, 3),
            (errors.OperationError, 3),
            (errors.StoreError, 4),
        ],
    )
    def test_each_kind_of_error_has_its_own(
        self, db: Path, monkeypatch: pytest.MonkeyPatch, error: type[errors.AnnotatorError], code: int
    ) -> None:
        failing(monkeypatch, error("what is wrong", hint="What to do."))
        result = annotator("status", db=db)
        assert (result.code, result.out) == (code, b"")
        assert result.err == "annotator: what is wrong\n  What to do.\n"

    def test_no_kind_is_forgotten(self) -> None:
        assert set(CODES) == set(errors.AnnotatorError.__subclasses__())

    def test_a_mistake_of_the_program_is_one_line(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        failing(monkeypatch, TypeError("قال الوزير"))
        result = annotator("status", db=db)
        assert result.code == 70
        (line,) = result.err.splitlines()
        assert line.startswith("annotator: internal error: TypeError in annotator/cli/status.py:")
        assert "قال" not in line

    def test_ctrl_c_is_130(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        failing(monkeypatch, KeyboardInterrupt())
        result = annotator("status", db=db)
        assert (result.code, result.out) == (130, b"")
        assert result.err.startswith("annotator: interrupted\n")

    def test_they_are_the_documented_numbers(self) -> None:
        assert {code.name: int(code) for code in ExitCode} == {
            "OK": 0,
            "CHECK_FAILED": 1,
            "USAGE": 2,
            "DATA": 3,
            "STORE": 4,
            "INTERNAL": 70,
            "INTERRUPTED": 130,
            "PIPE_CLOSED": 141,
        }


class TestDebug:
    @pytest.mark.parametrize("words", [["--debug", "status"], ["status", "--debug"]])
    def test_shows_a_traceback_without_values(
        self, db: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
    ) -> None:
        failing(monkeypatch, TypeError("wrong\x1b[2J"))
        result = annotator(*words, db=db)
        assert "Traceback (most recent call last):" in result.err
        assert "TypeError: wrong␛[2J" in result.err
        assert "article = " not in result.err
        assert result.err.splitlines()[-1].startswith("annotator: internal error: TypeError")

    def test_shows_it_for_a_known_error_too(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        failing(monkeypatch, errors.StoreError("no"))
        result = annotator("status", "--debug", db=db)
        assert result.code == 4
        assert "Traceback" in result.err
        assert result.err.endswith("annotator: no\n")

    def test_does_not_show_what_was_to_be_stored(self, db: Path, tmp_path: Path) -> None:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(db)) as connection:
            connection.execute("CREATE TRIGGER t BEFORE INSERT ON content BEGIN SELECT RAISE(ABORT, 'x'); END")
            connection.commit()
        result = annotator("import", "--debug", write(tmp_path / "page.txt", BODY), db=db)
        assert result.code == 4
        assert "IntegrityError" in result.err
        assert "قال" not in result.err


class TestUsage:
    def test_no_command_shows_the_help(self) -> None:
        result = annotator()
        assert (result.code, result.out) == (2, b"")
        assert "Usage: annotator" in result.err

    @pytest.mark.parametrize(
        ("words", "problem", "where"),
        [
            (["exprt"], "No such command 'exprt'. Did you mean 'export'?", "annotator"),
            (["export"], "Missing argument 'OUT'.", "annotator export"),
            (["export", "-", "--raw=1"], "'--raw' does not take a value", "annotator"),
            (["status", "--jsn"], "--jsn (Possible options: --json", "annotator status"),
            (["status", "x"], "unexpected extra argument", "annotator status"),
            (["db"], "Missing command.", "annotator db"),
            (["schema", "chek"], "No such command 'chek'. Did you mean 'check'?", "annotator schema"),
        ],
    )
    def test_a_wrong_command_is_told_with_where_to_look(self, words: list[str], problem: str, where: str) -> None:
        result = annotator(*words)
        assert (result.code, result.out) == (2, b"")
        assert result.err.startswith("annotator: ")
        assert problem in result.err
        assert result.err.endswith(f"\n  See `{where} --help`.\n")

    def test_what_was_typed_is_not_obeyed_by_the_terminal(self) -> None:
        for words in (["\x1b[2J"], ["status", "\x1b[2J"], ["status", "--\x1b[2J"]):
            assert "\x1b" not in annotator(*words).err

    def test_version_is_data(self) -> None:
        result = annotator("--version")
        assert (result.code, result.err) == (0, "")
        assert result.text.startswith("annotator 0.")

    def test_help_is_data(self) -> None:
        assert annotator("--help").text.startswith("Usage: annotator")
        assert annotator("-h").out == annotator("--help").out

    def test_a_database_may_come_from_the_environment_or_an_option(self, db: Path, tmp_path: Path) -> None:
        assert annotator("status", db=db).code == 0
        assert annotator("status", "--db", db, db=tmp_path / "other.db").code == 0
        assert annotator("status", db=tmp_path / "other.db").code == 4


class TestProcess:
    """What only a process of its own can show."""

    def test_python_dash_m(self) -> None:
        assert program("--version").text.startswith("annotator 0.")

    def test_a_closed_pipe_is_no_error(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "b.db", {"id": "a", "text": BODY * 5000})
        reader, writer = os.pipe()
        os.close(reader)
        result = program("show", "a", "--raw", db=db, stdout=writer, stderr=-1, capture_output=False)
        os.close(writer)
        assert (result.code, result.err) == (141, "")

    def test_a_closed_standard_output_is_said(self, db: Path) -> None:
        result = program("status", db=db, capture_output=False, stderr=-1, stdout=None, preexec_fn=lambda: os.close(1))
        assert (result.code, result.err) == (3, "annotator: standard output is closed\n")

    def test_a_closed_standard_error_stops_nothing(self, db: Path, tmp_path: Path) -> None:
        page = write(tmp_path / "page.txt", BODY)
        done = program("import", page, db=db, capture_output=False, stderr=None, preexec_fn=lambda: os.close(2))
        assert done.code == 0
        assert annotator("status", "--json", db=db).json["documents"] == 2

    def test_output_is_utf8_whatever_the_locale(self, db: Path) -> None:
        result = program("show", "a", "--raw", db=db, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
        assert result.text == BODY

    def test_an_interrupt_ends_with_130(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "b.db", {"id": "a", "text": BODY * 20_000})
        command = [sys.executable, "-m", "annotator", "show", "a", "--raw", "--db", str(db)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.read(1)  # more than a pipe holds is still to be written
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert err.startswith(b"annotator: interrupted")


class TestStore:
    def test_a_folder_that_may_not_be_written(self, tmp_path: Path, db: Path) -> None:
        page = write(tmp_path / "page.txt", BODY)
        text = page.read_text()
        with without_privileges() as folder:
            page = write(folder / "page.txt", text)
            folder.chmod(0o500)
            result = annotator("import", page, db=folder / "new.db")
            assert result.code == 4
            assert "cannot create the database" in result.err
            assert "Permission denied\n  Name a folder that you may write to with --db." in result.err
            assert [path.name for path in folder.iterdir()] == ["page.txt"]

    @pytest.mark.parametrize("command", ["documents", "status", "annotators", "export -", "show a", "db check"])
    def test_a_missing_database_is_told_by_every_command_that_reads_one(self, tmp_path: Path, command: str) -> None:
        result = annotator(*command.split(), db=tmp_path / "no.db")
        assert (result.code, result.out) == (4, b"")
        assert f"there is no database {tmp_path / 'no.db'}\n  Create one with" in result.err
        assert list(tmp_path.iterdir()) == []

    def test_the_database_of_another_program_is_left_as_it_is(self, tmp_path: Path) -> None:
        other = write(tmp_path / "page.db", "no database at all" * 100)
        before = other.read_bytes()
        result = annotator("import", write(tmp_path / "page.txt", BODY), db=other)
        assert result.code == 4
        assert "page.db is no database" in result.err
        assert other.read_bytes() == before

    @pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare for a disk of its own")
    def test_a_full_disk_keeps_what_was_acknowledged(self, tmp_path: Path) -> None:
        small = write_records(tmp_path / "small.jsonl", [{"id": "a", "text": BODY}])
        large = write_records(tmp_path / "large.jsonl", [{"id": "b", "text": BODY * 40_000}])
        script = f"""
            mount -t tmpfs -o size=1m none {tmp_path / "disk"} || exit 99
            run() {{ {sys.executable} -m annotator "$@" --db {tmp_path / "disk" / "a.db"}; echo "= $?"; }}
            run import {small}
            run import {large}
            run db check
            run documents --who nobody --json
            run status --json
        """
        (tmp_path / "disk").mkdir()
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
        )
        if done.returncode == 99 or "unshare" in done.stderr:
            pytest.skip("no disk of its own can be mounted here")
        codes = [line for line in done.stdout.splitlines() if line.startswith("=")]
        assert codes == ["= 0", "= 4", "= 0", "= 2", "= 0"]
        assert "the disk is full\n  Free some space" in done.stderr
        assert '"documents":1' in done.stdout

    def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(self, db: Path, tmp_path: Path) -> None:
        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

        large = write_records(tmp_path / "large.jsonl", [{"id": "b", "text": BODY * 20_000}])
        result = program("import", large, db=db, preexec_fn=limit)
        assert result.code == 4
        assert result.err.startswith(f"annotator: {db.name}: the disk reported an error\n")
        assert annotator("db", "check", db=db).code == 0
        assert annotator("status", "--json", db=db).json["documents"] == 1
