"""README and docs say what the program does: their commands run, and they name all there is and nothing else."""

from __future__ import annotations

import dataclasses
import doctest
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from annotator import errors
from annotator.agreement.policies import find_policy
from annotator.cli.app import build
from annotator.cli.diagnostics import CODES, ExitCode
from annotator.formats.items import SourceText
from annotator.formats.record import Record, RecordSpan, parse_record
from annotator.formats.schema_yaml import SHIPPED, parse_schema, read_schema_source
from annotator.formats.sources import read_sources
from annotator.model import edits, schema
from annotator.model.annotation import STATUSES, Relation
from annotator.services.adjudicating import GoldSession
from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import find_document
from annotator.services.project import open_or_create, open_project
from annotator.services.reviewing import merge, reviewable, survey
from annotator.services.session import AnnotationSession
from annotator.text.cleaning import CLEANER, clean
from annotator.tui.commands import COMMANDS, ScreenName, commands_of, shown_key
from annotator.tui.queue import SORTS, STATUS_FILTERS
from annotator.tui.review_desk import ReviewDesk
from tests.support.cli import ROOT, annotator


DOCS = tuple(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", *DOCS)
OTHER_PROGRAMS = {"--bidi"}
"""Options in the docs that are those of other programs: mlterm."""

GROUPS = ("schema", "db")
PICTURE_BYTES = 150 * 1024


class Block(NamedTuple):
    """A fenced block: its language, the file name behind that or "", and its lines."""

    language: str
    name: str
    text: str


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    return [Block(*found) for found in re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def named_block(page_name: str, name: str) -> str:
    return next(block.text for block in blocks(page(page_name)) if block.name == name)


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without head and rule."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row, below in zip(cells, [*cells[1:], []], strict=True) if not (_is_rule(row) or _is_rule(below))]


def _is_rule(row: list[str]) -> bool:
    return bool(row) and not "".join(row).strip("-")


def code(text: str) -> list[str]:
    """What stands in backticks."""
    return [found.replace("\\|", "|") for found in re.findall(r"`([^`\n]+)`", text)]


def first_column(text: str) -> set[str]:
    return {word for row in rows(text) for word in code(row[0])}


# Commands


def commands(command: Any = None, name: str = "annotator") -> Iterator[tuple[str, Any]]:
    """The program and every command that is no bare group, by its full name."""
    command = command or typer.main.get_command(build())
    if name.removeprefix("annotator ") not in GROUPS:
        yield name, command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below, f"{name} {below.name}")


ALL_COMMANDS = dict(commands())


def options_of(command: Any) -> set[str]:
    return {option for param in command.params for option in param.opts if option.startswith("--")} - {"--help"}


def command_lines(text: str) -> list[list[str]]:
    """The arguments of each `annotator` line in the sh blocks."""
    lines = [line for block in blocks(text) if block.language == "sh" for line in block.text.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("annotator ")]


def parsed(arguments: Iterable[str]) -> dict[str, Any]:
    """The values of a command's parameters; a line that does not parse raises."""
    command, words, settings = typer.main.get_command(build()), list(arguments), {"debug": False}
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    return dict(command.make_context(command.name, words, obj=settings).params)


def test_every_command_has_a_section_and_every_section_is_a_command() -> None:
    assert set(re.findall(r"^## (annotator.*)$", page("docs/cli.md"), re.MULTILINE)) == set(ALL_COMMANDS)


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_a_section_lists_exactly_the_options_of_its_command(name: str) -> None:
    named = {word.split()[0] for word in first_column(section(page("docs/cli.md"), name))}
    assert {word for word in named if word.startswith("--")} == options_of(ALL_COMMANDS[name])


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_a_section_names_each_argument_as_the_help_does(name: str) -> None:
    named = {word.removesuffix("...") for word in first_column(section(page("docs/cli.md"), name))}
    arguments = {
        param.metavar.strip("[]") for param in ALL_COMMANDS[name].params if param.param_type_name == "argument"
    }
    assert {word for word in named if not word.startswith("--")} == arguments


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_a_section_gives_the_default_of_each_option(name: str) -> None:
    text = page("docs/cli.md")
    tables = rows(section(text, name)) + rows(section(text, "The database"))
    told = {word.split()[0]: row for row in tables for word in code(row[0])}
    for param in ALL_COMMANDS[name].params:
        if param.param_type_name == "option" and isinstance(param.default, str):
            assert param.default in code(told[param.opts[0]][1]), param.opts[0]


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_a_section_has_an_example_of_its_command(name: str) -> None:
    examples = [["annotator", *line] for line in command_lines(section(page("docs/cli.md"), name))]
    assert any(line[: len(name.split())] == name.split() for line in examples)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_an_option_that_does_not_exist(name: str) -> None:
    known = {"--help", *OTHER_PROGRAMS}.union(*(options_of(command) for command in ALL_COMMANDS.values()))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page(name))) <= known


@pytest.mark.parametrize("name", PAGES)
def test_a_command_in_the_text_exists_with_its_options(name: str) -> None:
    for inline in code(page(name)):
        found = re.match(r"annotator (?:(?:schema|db) )?[a-z]+", inline)
        if found:
            assert found[0] in ALL_COMMANDS, inline
            assert set(re.findall(r"--[a-z-]+", inline)) <= options_of(ALL_COMMANDS[found[0]]), inline


@pytest.mark.parametrize("name", PAGES)
def test_every_command_line_of_a_page_parses(name: str) -> None:
    for line in command_lines(page(name)):
        assert not set("|<>;&") & set("".join(line)), "a line for the shell cannot be tested here"
        if line[0].startswith("-"):
            assert annotator(*line).code == 0
        else:
            parsed(line)


@pytest.mark.parametrize("name", PAGES)
def test_every_make_target_named_is_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", page(name), re.MULTILINE)) <= targets


# Running what the pages say


def run_page(name: str, folder: Path) -> list[str]:
    """Carry out a page from top to bottom; returns the standard output of its lines."""
    outputs = []
    for block in blocks(page(name)):
        if block.name:
            text = json.dumps(json.loads(block.text)) if block.name.endswith(".jsonl") else block.text
            (folder / block.name).write_text(text, encoding="utf-8")
        elif block.language == "python":
            exec(block.text, {})
        elif block.language == "sh":
            outputs += [run_line(line) for line in command_lines(f"```sh\n{block.text}```")]
    return outputs


def run_line(line: list[str]) -> str:
    if line[0] == "annotate":
        return annotate_a_little(parsed(line))
    if line[0] == "review":
        return review_a_little(parsed(line))
    result = annotator(*line)
    assert result.code == 0, f"annotator {' '.join(line)}: {result.err}"
    return result.text


def annotate_a_little(values: dict[str, Any]) -> str:
    """What somebody does who opens the screen with these arguments, and finishes the first document."""
    with open_or_create(values["database"], values["schema"]) as project:
        import_sources(project, values["sources"] or [], ImportOptions())
        session = AnnotationSession(project, values["name"] or "reader", 1)
        if session.state.status != "done":
            session.execute(edits.set_status(session.state, "done"))
    return ""


def review_a_little(values: dict[str, Any]) -> str:
    """What somebody does who opens the review with these arguments, and takes every ★ of the first document."""
    with open_project(values["database"]) as project:
        merge(project, find_policy(values["policy"]), status=values["status"])
        found = survey(project, values["name"] or "reader", status=values["status"])
        documents = [one.id for one in reviewable(found, allow_own=values["allow_own"])]
        if values["document"]:
            assert find_document(project, values["document"]) in documents
        desk = ReviewDesk(GoldSession(project, values["name"] or "reader", documents[0], status=values["status"]))
        return desk.take_all_starred() if desk.waiting else ""


@pytest.mark.parametrize("name", [name for name in PAGES if command_lines(page(name))])
def test_a_page_does_what_it_says_on_the_samples(
    name: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_page(name, workspace)


SESSIONS = [name for name in PAGES if any(block.language == "pycon" for block in blocks(page(name)))]


@pytest.mark.parametrize("name", SESSIONS)
def test_python_gives_what_a_page_shows(name: str) -> None:
    text = "\n".join(block.text for block in blocks(page(name)) if block.language == "pycon")
    report: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(
        doctest.DocTestParser().get_doctest(text, {}, name, name, 0), out=report.append
    )
    assert outcome.attempted
    assert not outcome.failed, "".join(report)


def test_the_report_of_an_import_is_the_one_shown(workspace: Path) -> None:
    shown = next(
        block.text
        for block in blocks(section(page("docs/cli.md"), "annotator import"))
        if not block.name and block.language == "json"
    )
    assert annotator("import", "samples", "--json").json == json.loads(shown)


def test_the_schema_error_shown_is_the_real_one(workspace: Path) -> None:
    wrong = named_block("docs/schemas.md", "quotes.yaml").replace("key: k", "key: d", 1)
    Path("quotes.yaml").write_text(wrong, encoding="utf-8")
    result = annotator("schema", "check", "quotes.yaml")
    assert result.code == ExitCode.USAGE
    assert result.err in [block.text for block in blocks(page("docs/schemas.md")) if block.language == "text"]


# Keys


def keys_in(heading: str, name: str = "README.md") -> list[str]:
    """The keys of a table, as people write them; `1 … 9` are nine.

    A letter behind `;` is one of the menu, as "; g".
    """
    cells = [row[0] for row in rows(section(page(name), heading))]
    groups = [code(group) for cell in cells for group in cell.split(" · ")]
    written = (" ".join(words).replace("1 … 9", " ".join("123456789")) for words in groups)
    return sorted(key for keys in written for key in re.findall(r"; \w|\S+", keys))


def keys_of(screen: ScreenName) -> set[str]:
    keys = {shown_key(key) for command in commands_of(screen) for key in command.keys}
    return keys | {f"; {command.menu}" for command in commands_of(screen) if command.menu}


def test_the_readme_lists_exactly_the_keys_of_the_annotate_screen() -> None:
    labels = {label.key for label in parse_schema(*read_schema_source("news")).labels}
    assert keys_in("In an article") == sorted(keys_of("annotate") | labels)


def test_the_readme_lists_exactly_the_keys_of_the_list() -> None:
    assert keys_in("In the list") == sorted(keys_of("queue"))


def test_the_first_session_names_no_other_keys() -> None:
    steps = section(page("README.md"), "A first session").partition("```")[0]
    shown = {word for command in COMMANDS for word in command.shown_keys.split()}
    assert set(code(steps)) <= shown | {label.key for label in parse_schema(*read_schema_source("news")).labels}


def test_the_readme_names_the_sorts_and_status_filters_of_the_list() -> None:
    text = section(page("README.md"), "In the list")
    assert all(word in text for word in (*SORTS, *STATUS_FILTERS[1:]))


# Files


def test_the_record_shown_is_a_real_one_that_import_and_export_repeat(workspace: Path) -> None:
    shown = json.loads(named_block("docs/formats.md", "record.jsonl"))
    assert parse_record(dict(shown)).annotator == "salma"
    run_page("docs/formats.md", workspace)
    assert json.loads(Path("again.jsonl").read_bytes()) == shown


def test_the_record_shown_is_what_cleaning_makes_of_its_raw_text() -> None:
    shown = json.loads(named_block("docs/formats.md", "record.jsonl"))
    cleaned = clean(shown["raw_text"])
    assert (shown["text"], shown["cleaner"]) == (cleaned.text, CLEANER)
    assert shown["raw_edits"] == [list(edit) for edit in cleaned.map.edits]


def test_the_record_in_the_readme_is_the_same_one_shortened() -> None:
    short = next(json.loads(block.text) for block in blocks(page("README.md")) if block.language == "json")
    assert parse_record(dict(short)).is_annotated
    assert is_part(short, json.loads(named_block("docs/formats.md", "record.jsonl")))


def is_part(part: object, whole: object) -> bool:
    """Whether a JSON value is another one, but for keys left out and list items left out at the end."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and is_part(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_part, part, whole))
    return part == whole


def test_the_fields_of_a_record_are_all_explained() -> None:
    text = section(page("docs/formats.md"), "The record")
    shown = json.loads(named_block("docs/formats.md", "record.jsonl"))
    explained = first_column(text.split("\nA span:")[0])
    assert explained == {*shown, "replaces", "view", "decisions", "suggestions_shown", "sampled"}
    parts = {"schema_version", "relation_provenance"}  # of other fields
    assert {field.name for field in dataclasses.fields(Record)} - parts <= explained


def test_the_fields_of_a_span_and_of_a_relation_are_all_explained() -> None:
    span, relation = section(page("docs/formats.md"), "The record").split("\nA span:")[1].split("\nA relation")
    assert first_column(span) == {field.name for field in dataclasses.fields(RecordSpan)}
    assert {field.name for field in dataclasses.fields(Relation)} <= set(code(relation.split("\n\n")[0]))


def columns() -> list[tuple[str, str]]:
    below = page("docs/formats.md").split("**Columns of JSONL.**")[1].split("**Identity.**")[0]
    return [(code(row[0])[0], column) for row in rows(below) for column in code(row[1])]


@pytest.mark.parametrize(("field", "column"), columns())
def test_a_column_gives_the_field_that_the_page_says(field: str, column: str, tmp_path: Path) -> None:
    record = {"text": "نص", column: "قيمة"} if field != "text" else {column: "قيمة"}
    Path(tmp_path, "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
    item = next(iter(read_sources([tmp_path])))
    assert isinstance(item, SourceText)
    raw = item.raw.splitlines()[0]
    assert {"text": raw, "title": item.title, "id": item.doc_id, **item.meta}[field] == "قيمة"


def test_a_folder_gives_files_of_the_extensions_that_the_page_says(tmp_path: Path) -> None:
    table = rows(section(page("docs/formats.md"), "What can be imported"))
    said = [extension for row in table if row[0] in {"text", "HTML"} for extension in code(row[1])]
    for extension in (*said, ".csv"):
        Path(tmp_path, f"page{extension}").write_text("<html><body>نص</body></html>", encoding="utf-8")
    found = {Path(item.source).suffix for item in read_sources([tmp_path])}
    assert found == set(said)


def test_every_status_is_named() -> None:
    for name in ("docs/formats.md", "docs/glossary.md"):
        assert set(STATUSES) <= set(code(page(name)))


# Schemas and errors

KEYS_OF = {
    "Schema": schema.Schema,
    "Label": schema.Label,
    "Example": schema.Example,
    "Attribute": schema.Attribute,
    "Relation": schema.RelationType,
    "Document label": schema.DocumentLabelType,
}


@pytest.mark.parametrize("heading", KEYS_OF)
def test_every_key_of_a_schema_is_explained(heading: str) -> None:
    explained = [code(row[0])[0] for row in rows(section(page("docs/schemas.md"), heading))]
    assert sorted(explained) == sorted(field.name for field in dataclasses.fields(KEYS_OF[heading]))


def test_the_example_schema_uses_every_key() -> None:
    text = named_block("docs/schemas.md", "quotes.yaml")
    parse_schema(text, "quotes.yaml")
    keys = {field.name for kind in (*KEYS_OF.values(), schema.Localized) for field in dataclasses.fields(kind)}
    assert keys == set(re.findall(r"\b([a-z_]+):(?= |$)", text, re.MULTILINE))


def test_the_values_that_a_schema_may_use_are_named() -> None:
    named = set(code(page("docs/schemas.md")))
    assert {*schema.COLOURS, *SHIPPED, "any", "nested", "none", "enum", "bool", "text", "rtl", "ltr"} <= named


def test_the_reserved_and_the_free_keys_are_named() -> None:
    letters = set("abcdefghijklmnopqrstuvwxyz")
    lists = {frozenset(words.split()) for words in code(section(page("docs/schemas.md"), "Label"))}
    assert frozenset(schema.RESERVED_KEYS - set("0123456789")) in lists
    assert frozenset(letters - schema.RESERVED_KEYS) in lists


def test_every_exit_code_stands_with_its_errors() -> None:
    table = rows(section(page("docs/cli.md"), "Exit codes"))
    assert {int(row[0]) for row in table} == {int(member) for member in ExitCode}
    assert {(name, int(row[0])) for row in table for name in code(row[2])} == {
        (error.__name__, int(exit_code)) for error, exit_code in CODES.items()
    }


def test_every_error_class_is_named() -> None:
    classes = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert classes <= set(code(page("docs/cli.md")))


# Links


def anchors(text: str) -> set[str]:
    """The anchors that a page has for its headings, as GitHub makes them."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", outside, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_project_resolves(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page(name)):
        if not target.startswith("https://"):
            file, _, anchor = target.partition("#")
            path = (ROOT / name).parent / file if file else ROOT / name
            assert path.exists(), target
            assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), target


def test_every_page_is_linked_from_the_readme() -> None:
    assert {name for name in PAGES if name not in {"README.md", "CHANGELOG.md"}} <= set(
        re.findall(r"\]\(([^)#\s]+)", page("README.md"))
    )


def test_the_picture_is_a_small_png() -> None:
    found = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page("README.md"))
    assert found
    for target in found:
        data = (ROOT / target).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert len(data) <= PICTURE_BYTES
