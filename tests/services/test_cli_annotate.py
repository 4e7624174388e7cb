"""`annotator annotate` up to the moment that the screens take over."""

from __future__ import annotations

import getpass
import io
import os
import sys
from pathlib import Path
from typing import TextIO

import pytest

from annotator.cli.terminal import check_terminal, size
from annotator.errors import StoreError, TerminalError, UsageError
from annotator.services.looking import find_document
from annotator.services.preferences import Preferences, Settings
from annotator.services.project import Project
from annotator.services.remembering import load
from tests.support.cli import annotator
from tests.support.projects import BODY, project_with, record, reopened, write, write_records


class Screen(io.StringIO):
    """A terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


class Process:
    """What stands in for the process beside the screens, and what it was told."""

    told: list[str] = []  # noqa: RUF012

    def __init__(self, path: Path) -> None:
        assert path.exists()

    def start(self) -> None:
        self.told.append("start")

    def close(self) -> None:
        self.told.append("close")


class App:
    """What stands in for the screens, and what they were given."""

    opened: list[tuple[str, int | None]] = []  # noqa: RUF012
    settings: list[Settings] = []  # noqa: RUF012
    orders: list[str] = []  # noqa: RUF012
    crash_with: Exception | None = None

    def __init__(  # as the real one
        self, project: Project, name: str, document_id: int | None, settings: Settings, process: Process, order: str
    ) -> None:
        self.opened.append((name, document_id))
        self.settings.append(settings)
        self.orders.append(order)
        self.crash: Exception | None = None

    def run(self) -> None:
        self.crash = self.crash_with


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[App]:
    class Fresh(App):
        opened: list[tuple[str, int | None]] = []  # noqa: RUF012
        settings: list[Settings] = []  # noqa: RUF012
        orders: list[str] = []  # noqa: RUF012

    monkeypatch.setattr("annotator.tui.app.AnnotatorApp", Fresh)
    monkeypatch.setattr("annotator.services.suggest_process.SuggestProcess", Process)
    monkeypatch.setattr(Process, "told", [])
    monkeypatch.setattr(sys, "stdin", Screen())
    monkeypatch.setattr(sys, "__stderr__", Screen())
    monkeypatch.setattr(getpass, "getuser", lambda: "salma")
    monkeypatch.setenv("TERM", "xterm-256color")
    return Fresh


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "annotator.db"


def row(db: Path, doc_id: str) -> int:
    with reopened(db) as project:
        return find_document(project, doc_id)


class TestOpening:
    def test_one_document_is_opened_itself(self, app: type[App], db: Path, tmp_path: Path) -> None:
        result = annotator("annotate", write(tmp_path / "page.txt", BODY), db=db)
        assert (result.code, result.out) == (0, b"")
        assert app.opened == [("salma", row(db, "page"))]

    def test_one_document_that_is_known_is_opened_too(self, app: type[App], db: Path, tmp_path: Path) -> None:
        page = write(tmp_path / "page.txt", BODY)
        annotator("import", write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}]), page, db=db)
        annotator("annotate", page, db=db)
        assert app.opened == [("salma", row(db, "page"))]

    def test_several_documents_open_the_list(self, app: type[App], db: Path, tmp_path: Path) -> None:
        records = write_records(tmp_path / "a.jsonl", [{"id": name, "text": BODY} for name in "ab"])
        assert annotator("annotate", records, db=db).code == 0
        assert app.opened == [("salma", None)]

    def test_new_documents_are_looked_at_beside_the_screen(self, app: type[App], db: Path, tmp_path: Path) -> None:
        page = write(tmp_path / "page.txt", BODY)
        annotator("annotate", page, db=db)
        assert Process.told == ["start", "close"]
        annotator("annotate", page, db=db)
        assert Process.told == ["start", "close", "close"]

    def test_the_order_is_that_of_import_unless_told_otherwise(self, app: type[App], db: Path, tmp_path: Path) -> None:
        annotator("annotate", write(tmp_path / "page.txt", BODY), db=db)
        annotator("annotate", "--order", "uncertain", db=db)
        assert app.orders == ["import", "uncertain"]
        assert annotator("annotate", "--order", "length", db=db).code == 2

    def test_several_records_of_one_document_open_it(self, app: type[App], db: Path, tmp_path: Path) -> None:
        given = [record(doc_id="a", text=BODY, annotator=name, status="done") for name in ("nour", "huda")]
        annotator("annotate", write_records(tmp_path / "a.jsonl", given), db=db)
        assert app.opened == [("salma", row(db, "a"))]

    def test_no_source_opens_the_list(self, app: type[App], db: Path) -> None:
        project_with(db, {"id": "a", "text": BODY})
        assert annotator("annotate", db=db).code == 0
        assert app.opened == [("salma", None)]

    def test_the_annotator_may_be_named(self, app: type[App], db: Path) -> None:
        project_with(db, {"id": "a", "text": BODY})
        annotator("annotate", "--as", "نور", db=db)
        assert app.opened == [("نور", None)]

    def test_the_options_of_an_import_hold(self, app: type[App], db: Path, tmp_path: Path) -> None:
        records = write_records(tmp_path / "a.jsonl", [{"guid": "x1", "matn": BODY}])
        options = ["--map", "text=matn", "--map", "id=guid", "--schema", "minimal", "--max-size", "1M"]
        assert annotator("annotate", records, *options, db=db).code == 0
        assert app.opened == [("salma", row(db, "x1"))]
        assert annotator("status", "--json", db=db).json["schema"]["name"] == "minimal"

    def test_what_was_rejected_is_said_and_the_rest_is_opened(self, app: type[App], db: Path, tmp_path: Path) -> None:
        records = write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}, {"id": "b"}])
        result = annotator("annotate", records, db=db)
        assert f"{records}:2: no text column" in result.err
        assert "1 imported, 0 unchanged, 0 annotations, 1 rejected" in result.err
        assert app.opened == [("salma", row(db, "a"))]


class TestNothingToOpen:
    @pytest.fixture(autouse=True)
    def _closed(self, app: type[App]) -> None:
        self.app = app

    def test_no_database_and_no_source(self, db: Path) -> None:
        result = annotator("annotate", db=db)
        assert result.code == 2
        assert result.err.startswith(f"annotator: there is nothing to annotate: there is no database {db} yet\n")
        assert "annotator annotate SOURCE..." in result.err
        assert (self.app.opened, db.exists()) == ([], False)

    def test_a_project_without_documents(self, db: Path) -> None:
        project_with(db)
        result = annotator("annotate", db=db)
        assert result.code == 2
        assert f"{db} holds no documents" in result.err
        assert self.app.opened == []

    def test_sources_that_cannot_be_read(self, db: Path, tmp_path: Path) -> None:
        result = annotator("annotate", write(tmp_path / "empty.txt", ""), db=db)
        assert result.code == 3
        assert "empty.txt: empty" in result.err
        assert self.app.opened == []

    def test_sources_that_are_not_there(self, db: Path, tmp_path: Path) -> None:
        assert annotator("annotate", tmp_path / "nothing", db=db).code == 3
        assert not db.exists()

    def test_a_name_that_is_nobodys(self, db: Path, tmp_path: Path) -> None:
        result = annotator("annotate", write(tmp_path / "page.txt", BODY), "--as", "Gold", db=db)
        assert result.code == 2
        assert "cannot be the name of an annotator" in result.err
        assert not db.exists()


class TestPreferences:
    @pytest.fixture(autouse=True)
    def _project(self, app: type[App], db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.db, self.file = app, db, tmp_path / "config" / "preferences.toml"
        monkeypatch.setenv("ANNOTATOR_CONFIG", str(self.file))
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        project_with(db, {"id": "a", "text": BODY})

    def open(self, *options: str) -> Settings:
        """What the screens were told to use."""
        assert annotator("annotate", *options, db=self.db).code == 0
        return self.app.settings[-1]

    def prefer(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(text, encoding="utf-8")

    def test_without_any_the_defaults_hold_and_no_file_is_made(self) -> None:
        settings = self.open()
        assert (settings.language, settings.theme, settings.bidi, settings.keys) == ("en", "dark", "auto", {})
        assert settings.preferences_path == self.file
        assert not self.file.parent.exists()

    def test_the_locale_gives_the_language(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
        assert self.open().language == "ar"

    def test_the_file_comes_before_the_locale(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
        self.prefer('language = "en"\ntheme = "safe"\n[keys.annotate]\ndone = "f5"\n')
        settings = self.open()
        assert (settings.language, settings.theme) == ("en", "safe")
        assert settings.keys == {"annotate": {"done": ("f5",)}}

    def test_options_come_before_the_file(self) -> None:
        self.prefer('language = "en"\ntheme = "safe"\n')
        settings = self.open("--lang", "ar", "--theme", "light", "--bidi", "override")
        assert (settings.language, settings.theme, settings.bidi) == ("ar", "light", "override")

    def test_options_given_once_hold_from_then_on(self) -> None:
        self.open("--lang", "ar", "--theme", "light", "--bidi", "override")
        settings = self.open()
        assert (settings.language, settings.theme, settings.bidi) == ("ar", "light", "override")

    def test_a_mode_is_remembered_for_this_terminal_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.open("--bidi", "override").bidi == "override"
        monkeypatch.setenv("TERM", "linux")
        assert self.open().bidi == "auto"

    def test_auto_forgets_the_mode_of_this_terminal(self) -> None:
        self.open("--bidi", "override")
        assert self.open("--bidi", "auto").bidi == "auto"
        assert load(self.file) == Preferences()

    def test_a_mode_is_remembered_under_the_name_that_the_screens_are_told(self) -> None:
        settings = self.open("--bidi", "terminal")
        assert settings.terminal
        assert load(self.file).bidi == {settings.terminal: "terminal"}

    def test_what_cannot_be_remembered_holds_all_the_same_and_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_path: Path, **_choice: object) -> None:
            raise UsageError("not remembered", hint="Try again.")

        monkeypatch.setattr("annotator.services.remembering.remember", fail)
        result = annotator("annotate", "--theme", "light", db=self.db)
        assert (result.code, self.app.settings[-1].theme) == (0, "light")
        assert result.err == "annotator: not remembered\n  Try again.\n"

    def test_what_the_file_says_already_is_not_written_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.prefer('theme = "light"\n')
        monkeypatch.setattr("annotator.services.remembering.remember", None)
        assert self.open("--theme", "light").theme == "light"

    def test_a_wrong_file_is_an_error_before_anything_is_opened(self) -> None:
        self.prefer("theme = dark\n")
        result = annotator("annotate", db=self.db)
        assert (result.code, self.app.opened) == (2, [])
        assert result.err.startswith(f"annotator: {self.file}:1:9: this is no TOML: invalid value\n")

    @pytest.mark.parametrize("option", [("--lang", "fr"), ("--theme", "blue"), ("--bidi", "yes")])
    def test_a_word_that_an_option_does_not_know_is_an_error(self, option: tuple[str, str]) -> None:
        result = annotator("annotate", *option, db=self.db)
        assert (result.code, self.app.opened) == (2, [])
        assert option[0] in result.err


class TestCrash:
    @pytest.fixture(autouse=True)
    def _project(self, app: type[App], db: Path) -> None:
        self.app = app
        project_with(db, {"id": "a", "text": BODY})

    def crash(self, error: Exception) -> None:
        secret = "قال الوزير"
        try:
            raise error
        except type(error) as raised:
            self.app.crash_with = raised
        assert secret

    def test_is_told_in_one_line(self, db: Path) -> None:
        self.crash(TypeError("قال الوزير"))
        result = annotator("annotate", db=db)
        assert result.code == 70
        (line,) = result.err.splitlines()
        assert line.startswith("annotator: internal error: TypeError in annotator/cli/annotate.py:")
        assert line.endswith("; run again with --debug for a traceback")

    def test_has_a_traceback_without_values_in_debugging(self, db: Path) -> None:
        self.crash(TypeError("wrong"))
        result = annotator("annotate", "--debug", db=db)
        assert result.code == 70
        assert "Traceback (most recent call last):" in result.err
        assert "TypeError: wrong" in result.err
        assert "secret = " not in result.err
        assert "run again" not in result.err

    def test_of_the_database_keeps_its_code_and_words(self, db: Path) -> None:
        self.crash(StoreError("the disk is full", hint="Free some space."))
        result = annotator("annotate", db=db)
        assert (result.code, result.err) == (4, "annotator: the disk is full\n  Free some space.\n")


class TestTerminal:
    ENVIRON = {"TERM": "xterm"}  # noqa: RUF012

    def test_a_good_one(self) -> None:
        check_terminal(Screen(), Screen("UTF8"), self.ENVIRON)

    @pytest.mark.parametrize("stdin", [None, io.StringIO()])
    def test_keys_must_come_from_one(self, stdin: TextIO | None) -> None:
        with pytest.raises(TerminalError, match="standard input is none") as caught:
            check_terminal(stdin, Screen(), self.ENVIRON)
        assert "ssh -t" in caught.value.hint

    @pytest.mark.parametrize("stderr", [None, io.StringIO()])
    def test_the_screen_must_be_one(self, stderr: TextIO | None) -> None:
        with pytest.raises(TerminalError, match="standard error, which is no terminal"):
            check_terminal(Screen(), stderr, self.ENVIRON)

    def test_a_closed_one_is_none(self) -> None:
        screen = Screen()
        screen.close()
        with pytest.raises(TerminalError):
            check_terminal(screen, Screen(), self.ENVIRON)

    @pytest.mark.parametrize("environ", [{}, {"TERM": ""}, {"TERM": "dumb"}, {"TERM": "unknown"}])
    def test_it_must_move_the_cursor(self, environ: dict[str, str]) -> None:
        with pytest.raises(TerminalError, match="cannot move the cursor") as caught:
            check_terminal(Screen(), Screen(), environ)
        assert "TERM=xterm-256color" in caught.value.hint

    @pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1256", "no such"])
    def test_it_must_show_arabic(self, encoding: str) -> None:
        with pytest.raises(TerminalError, match=f"is set to {encoding}, which has no Arabic"):
            check_terminal(Screen(), Screen(encoding), self.ENVIRON)

    def test_it_is_looked_at_before_anything_is_imported(self, db: Path, tmp_path: Path) -> None:
        result = annotator("annotate", write(tmp_path / "page.txt", BODY), db=db)
        assert result.code == 2
        assert "standard input is none" in result.err
        assert not db.exists()

    def test_its_size_is_told_where_it_has_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert size(None) == size(Screen()) == ""
        monkeypatch.setattr(os, "get_terminal_size", lambda _descriptor: os.terminal_size((80, 24)))
        with (tmp_path / "tty").open("w") as stream:
            assert size(stream) == "80x24"
