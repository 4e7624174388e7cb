"""`annotator schema`, `annotator db` and `annotator doctor`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.formats.schema_yaml import read_schema_source
from annotator.services.project import open_project
from annotator.store.tables import REVISION
from tests.support.cli import annotator
from tests.support.projects import BODY, project_with, record, span, write


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return project_with(tmp_path / "annotator.db", record(doc_id="a", text=BODY, spans=[span(0, 3, id="c1")]))


class TestSchemaCheck:
    def test_a_good_one_is_ok(self) -> None:
        result = annotator("schema", "check", "minimal")
        assert (result.code, result.out, result.err) == (0, b"", "ok: minimal 1, 4 labels\n")

    def test_a_file_is_counted(self, tmp_path: Path) -> None:
        path = write(tmp_path / "mine.yaml", read_schema_source("news")[0])
        assert annotator("schema", "check", path).err == "ok: news 1, 4 labels, 1 relation, 2 document labels\n"

    def test_a_wrong_one_is_named_with_line_column_and_key(self, tmp_path: Path) -> None:
        text = read_schema_source("minimal")[0].replace("colour: blue", "colour: mauve", 1)
        line = text[: text.index("mauve")].count("\n") + 1
        result = annotator("schema", "check", write(tmp_path / "mine.yaml", text))
        assert result.code == 2
        assert result.err.startswith(f"annotator: mine.yaml:{line}:13: labels.0.colour: ")

    def test_a_missing_one_is_refused_with_those_that_are_shipped(self) -> None:
        result = annotator("schema", "check", "nothing.yaml")
        assert result.code == 2
        assert "news, attribution, minimal" in result.err


class TestSchemaShow:
    def test_a_shipped_schema_is_printed_as_it_is(self) -> None:
        assert annotator("schema", "show", "attribution").text == read_schema_source("attribution")[0]

    def test_the_projects_schema_is_printed_where_there_is_a_project(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "b.db", schema="minimal")
        assert annotator("schema", "show", db=db).text == read_schema_source("minimal")[0]

    def test_news_is_printed_where_there_is_none(self, tmp_path: Path) -> None:
        assert annotator("schema", "show", db=tmp_path / "b.db").text == read_schema_source("news")[0]
        assert not (tmp_path / "b.db").exists()

    def test_json_has_the_labels_with_their_keys(self) -> None:
        shown = annotator("schema", "show", "minimal", "--json").json
        assert [(label["id"], label["key"]) for label in shown["labels"]] == [
            ("claim", "c"),
            ("source", "s"),
            ("boilerplate", "b"),
            ("spillover", "r"),
        ]

    def test_a_terminal_gets_what_may_be_drawn(self, tmp_path: Path) -> None:
        text = read_schema_source("minimal")[0] + "# \u202e hidden\n"
        path = write(tmp_path / "mine.yaml", text)
        assert annotator("schema", "show", path).text == text
        assert "\u202e" not in annotator("schema", "show", path, tty=True).text


class TestDb:
    def test_check_of_a_sound_database(self, db: Path) -> None:
        result = annotator("db", "check", db=db)
        assert (result.code, result.out, result.err) == (0, b"", f"{db}: ok\n")
        assert annotator("db", "check", "--json", db=db).json == []

    def test_check_of_a_changed_database_lists_what_is_wrong(self, db: Path) -> None:
        with closing(sqlite3.connect(db)) as connection:
            connection.execute("UPDATE annotation SET start = 1")
            connection.commit()
        problem = "salma in a: annotation c1 differs from what the journal says"
        result = annotator("db", "check", db=db)
        assert (result.code, result.text, result.err) == (1, f"{problem}\n", "")
        assert annotator("db", "check", "--json", db=db).json == [problem]

    def test_backup_makes_a_project_and_never_overwrites(self, db: Path, tmp_path: Path) -> None:
        target = tmp_path / "copy.db"
        result = annotator("db", "backup", target, db=db)
        assert (result.code, result.out) == (0, b"")
        assert result.err == f"{target}: {target.stat().st_size:,} bytes\n"
        assert annotator("db", "check", db=target).code == 0
        again = annotator("db", "backup", target, db=db)
        assert again.code == 4
        assert "exists already" in again.err

    def test_upgrade_of_a_database_that_needs_none(self, db: Path) -> None:
        result = annotator("db", "upgrade", db=db)
        assert (result.code, result.err) == (0, f"{db}: tables {REVISION}, up to date\n")

    def test_upgrade_says_from_where_to_where(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def migrate(location: str) -> object:
            with closing(sqlite3.connect(location)) as connection:
                connection.execute(f"UPDATE alembic_version SET version_num = '{REVISION}'")
                connection.commit()
            return open_project(location)

        with closing(sqlite3.connect(db)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0000'")
            connection.commit()
        monkeypatch.setattr("annotator.services.project.open_project", migrate)
        result = annotator("db", "upgrade", db=db)
        assert result.err == f"{db}: tables 0000 are now {REVISION}; a backup was made beside it\n"

    @pytest.mark.parametrize("command", [["check"], ["backup", "copy.db"], ["upgrade"]])
    def test_a_missing_database_is_a_store_error(self, tmp_path: Path, command: list[str]) -> None:
        result = annotator("db", *command, db=tmp_path / "no.db")
        assert result.code == 4
        assert f"there is no database {tmp_path / 'no.db'}" in result.err


class TestDoctor:
    def test_json_tells_about_machine_database_and_terminal(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.delenv("TMUX", raising=False)
        told = annotator("doctor", "--json", db=db).json
        assert list(told) == ["program", "packages", "sqlite", "database", "terminal"]
        assert told["packages"]["textual"].startswith("8.")
        assert told["sqlite"]["version"] == sqlite3.sqlite_version
        database = told["database"]
        assert (database["path"], database["exists"], database["documents"]) == (str(db), True, 1)
        assert (database["tables"], database["size"]) == (REVISION, db.stat().st_size)
        terminal = told["terminal"]
        assert (terminal["TERM"], terminal["NO_COLOR"], terminal["tmux"]) == ("xterm-256color", True, False)
        assert "CSI 8 l" in terminal["bidi"]

    def test_for_people(self, db: Path) -> None:
        result = annotator("doctor", db=db)
        assert result.code == 0
        assert "  journal mode: " in result.text
        assert f"  path: {db}\n  exists: yes\n" in result.text

    def test_a_database_that_is_not_there_is_no_problem(self, tmp_path: Path) -> None:
        result = annotator("doctor", "--json", db=tmp_path / "no.db")
        assert result.code == 0
        assert result.json["database"] == {"path": str(tmp_path / "no.db"), "exists": False}
        assert not (tmp_path / "no.db").exists()

    def test_a_database_that_cannot_be_used_is_one(self, tmp_path: Path) -> None:
        result = annotator("doctor", "--json", db=write(tmp_path / "page.txt", BODY))
        assert result.code == 1
        assert result.json["database"]["problem"].endswith("page.txt is no database")

    def test_an_older_database_is_left_as_it_is(self, db: Path) -> None:
        with closing(sqlite3.connect(db)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0000'")
            connection.commit()
        before = db.read_bytes()
        assert annotator("doctor", "--json", db=db).json["database"]["tables"] == "0000"
        assert db.read_bytes() == before

    def test_no_password_is_told(self) -> None:
        result = annotator("doctor", "--db", "postgresql://salma:secret@host/db")
        assert result.code == 1
        assert "secret" not in result.text + result.err
        assert "path: postgresql://host/db" in result.text

    @pytest.mark.parametrize(
        ("environ", "plan"),
        [
            ({"TERM": "xterm-256color"}, "the terminal is asked for CSI 8 l"),
            ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux"}, "allow-passthrough"),
            ({"TERM": "linux"}, "TERM=linux is asked nothing"),
            ({"TERM": "screen.xterm-256color"}, "is asked for CSI 8 l"),
        ],
    )
    def test_what_is_done_about_bidi(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], plan: str
    ) -> None:
        monkeypatch.delenv("TMUX", raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert plan in annotator("doctor", "--json", db=tmp_path / "no.db").json["terminal"]["bidi"]
