"""What every command must have, and what may be loaded when."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from annotator.cli.app import build
from tests.support.cli import ROOT, annotator, python
from tests.support.projects import BODY, project_with, record, reopened, span, take_records, write


HEAVY = (
    *("textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "yaml", "orjson", "pydantic", "typer"),
    *("numpy", "scipy", "matplotlib", "jinja2"),
)


def commands(command: Any = None, path: str = "annotator") -> Iterator[tuple[str, Any]]:
    """Every command and group of the program, by the words that call it."""
    command = command or typer.main.get_command(build())
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


COMMANDS = dict(commands())
LEAVES = sorted(path for path, command in COMMANDS.items() if not hasattr(command, "commands"))


def loaded_by(code: str) -> set[str]:
    """Which heavy packages a fresh interpreter has loaded after some code."""
    ending = f"import sys, json; print(); print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    return set(json.loads(python(f"{code}\n{ending}").splitlines()[-1]))


def running(*words: str | Path) -> str:
    return f"from annotator.cli.app import run; assert run({[str(word) for word in words]}) == 0"


class TestHelp:
    def test_the_commands_are_those_that_are_documented(self) -> None:
        assert LEAVES == [
            "annotator agreement",
            "annotator annotate",
            "annotator annotators",
            "annotator copies",
            "annotator db backup",
            "annotator db check",
            "annotator db upgrade",
            "annotator doctor",
            "annotator documents",
            "annotator export",
            "annotator feedback",
            "annotator import",
            "annotator merge",
            "annotator preferences",
            "annotator review",
            "annotator schema check",
            "annotator schema show",
            "annotator show",
            "annotator status",
            "annotator suggest",
        ]

    @pytest.mark.parametrize("path", sorted(COMMANDS))
    def test_every_command_and_option_says_what_it_does(self, path: str) -> None:
        command = COMMANDS[path]
        assert command.help.strip().endswith(".")
        assert len(command.help.strip().splitlines()[0]) <= 100
        for parameter in command.params:
            assert parameter.help, f"{path}: {parameter.name} has no help"

    @pytest.mark.parametrize("path", sorted(COMMANDS))
    def test_help_is_printed_for_every_command(self, path: str) -> None:
        result = annotator(*path.split()[1:], "--help")
        assert (result.code, result.err) == (0, "")
        assert result.text.startswith(f"Usage: {path}")

    def test_no_summary_of_a_command_is_cut_short(self) -> None:
        for path in ("", "schema", "db"):
            assert "..." not in annotator(*path.split(), "--help").text.partition("Commands:")[2]

    @pytest.mark.parametrize("path", LEAVES)
    def test_every_command_can_be_debugged(self, path: str) -> None:
        assert "--debug" in options(path)

    @pytest.mark.parametrize("path", sorted(set(LEAVES) - {"annotator preferences", "annotator schema check"}))
    def test_every_command_that_may_open_a_database_takes_one(self, path: str) -> None:
        assert "--db" in options(path)
        assert "ANNOTATOR_DB" in annotator(*path.split()[1:], "--help").text

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "import",
                "documents",
                "show",
                "status",
                "annotators",
                "preferences",
                "schema show",
                "db check",
                "doctor",
            ),
            *("agreement", "merge", "feedback"),
        ],
    )
    def test_every_command_that_reads_prints_json_too(self, path: str) -> None:
        assert "--json" in options(f"annotator {path}")


def options(path: str) -> set[str]:
    return {option for parameter in COMMANDS[path].params for option in parameter.opts}


class TestImports:
    """Start-up is paid for by every command; what one does not need it must not load."""

    def test_help_loads_neither_screens_nor_store(self) -> None:
        assert loaded_by(running("--help")) <= {"typer"}

    @pytest.mark.parametrize("path", LEAVES)
    def test_nor_does_the_help_of_a_command(self, path: str) -> None:
        assert loaded_by(running(*path.split()[1:], "--help")) <= {"typer", "pydantic"}

    def test_commands_without_screens_load_none(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "a.db", record(doc_id="a", text=BODY, spans=[span(0, 3)]))
        page = write(tmp_path / "page.txt", BODY)
        with reopened(db) as project:
            take_records(project, tmp_path, record(doc_id="a", annotator="omar", spans=[span(0, 3)]))
        for words in (
            ("import", page, "--db", db),
            ("export", tmp_path / "out.jsonl", "--db", db),
            ("status", "--db", db),
            ("documents", "--db", db),
            ("show", "a", "--db", db),
            ("db", "check", "--db", db),
            ("doctor", "--db", db),
            ("agreement", "--samples", "3", "--db", db),
            ("merge", "--db", db),
            ("export", tmp_path / "gold.jsonl", "--who", "gold", "--db", db),
            ("feedback", "--who", "omar", "--db", db),
        ):
            loaded = loaded_by(running(*words))
            assert "sqlalchemy" in loaded
            assert not loaded & {"textual", "rich", "alembic"}, words

    def test_a_schema_is_checked_without_a_store(self) -> None:
        assert not loaded_by(running("schema", "check", "news")) & {"textual", "rich", "sqlalchemy"}

    def test_the_text_engine_is_pure_python(self) -> None:
        names = sorted(path.stem for path in (ROOT / "annotator" / "text").glob("[a-z]*.py"))
        assert "bidi" in names
        assert loaded_by("import annotator.text, " + ", ".join(f"annotator.text.{name}" for name in names)) == set()

    def test_the_model_is_pure_python(self) -> None:
        names = sorted(path.stem for path in (ROOT / "annotator" / "model").glob("[a-z]*.py"))
        assert loaded_by("import " + ", ".join(f"annotator.model.{name}" for name in names)) == set()

    def test_the_package_itself_loads_nothing(self) -> None:
        assert loaded_by("import annotator") == set()

    def test_a_notebook_loads_no_store_before_it_needs_one(self) -> None:
        assert loaded_by("from annotator import read") <= {"orjson"}

    def test_the_borders_between_the_layers_are_kept(self) -> None:
        pytest.importorskip("importlinter")
        code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
        assert "0 broken" in python(code)


class TestWriters:
    """One module writes standard output, one standard error; elsewhere article text could slip to a terminal."""

    ALLOWED = {"cli/output.py": {"stdout"}, "cli/diagnostics.py": {"stderr"}}  # noqa: RUF012

    def test_nothing_else_writes_to_a_standard_stream(self) -> None:
        package = ROOT / "annotator"
        for path in sorted(package.rglob("*.py")):
            name = str(path.relative_to(package))
            assert set(written(path)) <= self.ALLOWED.get(name, set()), name

    def test_the_check_sees_what_it_looks_for(self, tmp_path: Path) -> None:
        code = 'print("x")\nsys.stdout.write("x")\nimport typer\ntyper.echo("x")\nsys.stderr.flush()\n'
        assert sorted(written(write(tmp_path / "x.py", code))) == ["echo", "print", "stderr", "stdout"]


def written(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield "print"
            case ast.Call(func=ast.Attribute(attr="echo" | "secho" as name)):
                yield name
            case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" as name):
                yield name
