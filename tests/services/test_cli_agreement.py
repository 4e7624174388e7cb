"""`annotator agreement`: tables, forms, files and exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import typing
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement.report.building import named_figures
from annotator.cli.agreement import TABLES, Figure
from annotator.services.measuring import StudyOptions, measure
from annotator.tui.language import language
from tests.support.cli import Result, annotator, program, python, without_privileges
from tests.support.projects import BODY, CLAIM, SOURCE, project_with, record, reopened, span, write


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of document a salma has two spans and nour the first of them; document b is salma's alone."""
    folder = tmp_path_factory.mktemp("agreement")
    claim, source = span(*CLAIM), span(*SOURCE, "source")
    return project_with(
        folder / "annotator.db",
        record(doc_id="a", title="عنوان", text=BODY, spans=[claim, source], status="done"),
        record(doc_id="a", annotator="nour", spans=[claim]),
        record(doc_id="b", text=BODY + ".", spans=[claim]),
    )


def agreement(db: Path, *arguments: str | Path, **options: Any) -> Result:
    return annotator("agreement", "--samples", "0", "--jobs", "1", *arguments, db=db, **options)


def headings(result: Result) -> list[str]:
    """The first line of each section."""
    return [part.splitlines()[0] for part in result.text.split("\n\n")[1:]]


class TestTables:
    def test_the_first_tables_are_printed_and_the_others_named(self, db: Path) -> None:
        result = agreement(db)
        assert result.code == 0
        assert headings(result) == ["Overall", "Labels"]
        assert result.err.startswith("More tables, with --tables NAME,NAME or --all: pairs, documents, ")

    def test_figures_have_three_decimals_and_say_what_they_rest_on(self, db: Path) -> None:
        line = next(line for line in agreement(db).text.splitlines() if " f1_exact " in line)
        assert line.split("  ")[0] == "Span F1, same offsets"
        assert line.split() == [*["Span", "F1,", "same", "offsets", "f1_exact", "0.667", "3", "spans"]]

    def test_what_is_undefined_is_not_available_and_says_why(self, db: Path) -> None:
        text = agreement(db, "--tables", "overall").text
        assert "γ, Value: n/a: left out" in text

    def test_all_tables(self, db: Path) -> None:
        result = agreement(db, "--all")
        assert len(headings(result)) == len(TABLES) - 1  # without gold none is against gold
        assert result.err == ""

    def test_chosen_tables(self, db: Path) -> None:
        assert headings(agreement(db, "--tables", "pairs,labels", "--tables", "edges")) == [
            "Labels",
            "Pairs of annotators",
            "Edges",
        ]

    def test_an_unknown_table_is_refused_with_those_there_are(self, db: Path) -> None:
        result = agreement(db, "--tables", "pears")
        assert result.code == 2
        assert "there is no table 'pears'\n  Tables: overall, labels, pairs," in result.err

    def test_the_facts_stand_first(self, db: Path) -> None:
        lines = agreement(db).text.splitlines()
        assert lines[:3] == ["documents: 1", "annotators: nour, salma", "spans: 3"]
        assert "documents with one annotator left out: 1" in lines

    def test_what_a_terminal_obeys_is_not_printed(self, tmp_path: Path) -> None:
        harmful = "\x1b[2Jx\u202e"
        hostile = project_with(
            tmp_path / "h.db",
            record(doc_id="a", title=harmful, text=BODY, spans=[span(*CLAIM)]),
            record(doc_id="a", annotator="nour", spans=[span(*SOURCE)]),
        )
        for form in ([], ["--markdown", "-"], ["--csv", "-"], ["--html", "-"], ["--json"]):
            seen = agreement(hostile, "--all", *form, tty=True)
            assert seen.code == 0
            assert not {"\x1b", "\u202e"} & set(seen.text)


class TestForms:
    def test_json_is_what_the_report_says(self, db: Path) -> None:
        with reopened(db) as project:
            report = measure(project, StudyOptions(samples=0, jobs=1))
        found = agreement(db, "--json").json
        assert found["format"] == "annotator-agreement/1"
        assert set(found["tables"]) == {table.id for table in report.tables}
        for row in (*found["tables"]["overall"], *found["tables"]["further"]):
            estimate = named_figures(report)[row["name"]]
            assert row["value"]["value"] == estimate.value
            assert row["value"]["n"] == estimate.n

    def test_json_and_text_have_the_same_figures(self, db: Path) -> None:
        rows = agreement(db, "--json").json["tables"]["labels"]
        lines = agreement(db, "--tables", "labels").text.splitlines()
        for row in rows:
            line = next(line for line in lines if line.startswith(row["label"]))
            assert f"{row['f1_exact']['value']:.3f}" in line

    def test_csv_has_one_figure_per_line(self, db: Path) -> None:
        lines = list(csv.DictReader(io.StringIO(agreement(db, "--csv", "-").text)))
        found = {(line["table"], line["row"], line["column"]): line for line in lines}
        assert float(found["labels", "claim", "f1_exact"]["value"]) == 1
        assert found["pairs", "nour / salma", "documents"]["value"] == "1"
        assert found["overall", "Span F1, same offsets", "value"]["n"] == "3"

    def test_markdown_has_every_table(self, db: Path) -> None:
        text = agreement(db, "--markdown", "-").text
        assert text.startswith("# Agreement between annotators\n")
        assert text.count("\n## ") == len(TABLES) - 1 + 1  # no gold, and the places to read

    def test_the_page_is_in_the_language_asked_for(self, db: Path) -> None:
        assert '<html lang="ar" dir="rtl"' in agreement(db, "--html", "-", "--lang", "ar").text
        assert '<html lang="en" dir="ltr"' in agreement(db, "--html", "-").text

    def test_what_the_program_speaks_is_left_as_it_was(self, db: Path) -> None:
        agreement(db, "--html", "-", "--lang", "ar")
        assert language() == "en"

    def test_files_are_written_beside_what_is_printed(self, db: Path, tmp_path: Path) -> None:
        names = {"--csv": "a.csv", "--markdown": "a.md", "--html": "a.html"}
        words = [word for option, name in names.items() for word in (option, tmp_path / name)]
        result = agreement(db, *words, "--json")
        assert result.json["facts"]["documents"] == 1
        assert (tmp_path / "a.csv").read_text().startswith("table,row,column,value,low,high,n")
        assert (tmp_path / "a.md").read_text().startswith("# ")
        assert (tmp_path / "a.html").read_text().startswith("<!doctype html>")
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names.values())
        size = (tmp_path / "a.csv").stat().st_size
        assert f"{tmp_path / 'a.csv'}: written, {size:,} bytes\n" in result.err

    def test_one_form_at_most_goes_to_standard_output(self, db: Path) -> None:
        result = agreement(db, "--json", "--csv", "-")
        assert (result.code, result.out) == (2, b"")
        assert "only one form" in result.err

    def test_two_runs_give_the_same_bytes(self, db: Path) -> None:
        assert agreement(db, "--json", "--samples", "3").out == agreement(db, "--json", "--samples", "3").out

    def test_the_seed_is_told(self, db: Path) -> None:
        assert agreement(db, "--json", "--seed", "7").json["facts"]["seed"] == 7


class TestFiles:
    def test_an_older_file_is_replaced(self, db: Path, tmp_path: Path) -> None:
        agreement(db, "--csv", write(tmp_path / "a.csv", "old"))
        assert (tmp_path / "a.csv").read_text().startswith("table,")

    def test_the_database_is_never_replaced(self, db: Path) -> None:
        before = db.read_bytes()
        result = agreement(db, "--html", db)
        assert result.code == 2
        assert "is the project's database" in result.err
        assert db.read_bytes() == before

    def test_a_folder_is_no_file(self, db: Path, tmp_path: Path) -> None:
        assert agreement(db, "--html", tmp_path).code == 2

    def test_a_missing_folder_is_told_before_anything_is_measured(
        self, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("annotator.services.measuring.measure", lambda *_: pytest.fail("measured"))
        result = agreement(db, "--html", tmp_path / "none" / "a.html")
        assert result.code == 3
        assert "there is no such folder" in result.err

    def test_a_folder_without_the_right_to_write_is_bad_data(self, db: Path) -> None:
        data = db.read_bytes()
        with without_privileges() as folder:
            mine = write(folder / "a.db", data)
            (folder / "in").mkdir(mode=0o500)
            result = agreement(mine, "--csv", folder / "in" / "a.csv")
        assert result.code == 3
        assert "a.csv: cannot write: Permission denied\n  Nothing was changed." in result.err


class TestFailUnder:
    def test_a_figure_that_is_high_enough_is_fine(self, db: Path) -> None:
        assert agreement(db, "--fail-under", "0.66").code == 0

    def test_a_figure_that_is_too_low_ends_with_1_after_the_report(self, db: Path) -> None:
        result = agreement(db, "--fail-under", "0.7")
        assert result.code == 1
        assert headings(result) == ["Overall", "Labels"]
        assert "f1_exact is 0.6667, below 0.7\n" in result.err

    def test_another_figure_can_be_looked_at(self, db: Path) -> None:
        assert agreement(db, "--fail-under", "0.99", "--measure", "f1_trivial").code == 1
        assert agreement(db, "--fail-under", "0.7", "--measure", "f1_character").code == 0

    def test_a_figure_that_is_undefined_fails_and_says_why(self, db: Path) -> None:
        result = agreement(db, "--fail-under", "-1", "--measure", "gamma")
        assert result.code == 1
        assert "gamma is n/a (left out)" in result.err

    @pytest.mark.parametrize("number", ["nan", "inf", "much"])
    def test_it_takes_a_number(self, db: Path, number: str) -> None:
        assert agreement(db, "--fail-under", number).code == 2

    def test_every_figure_of_a_study_can_be_named(self, db: Path) -> None:
        with reopened(db) as project:
            report = measure(project, StudyOptions(samples=0, jobs=1))
        assert list(typing.get_args(Figure)) == list(named_figures(report))

    def test_every_table_of_a_report_can_be_named(self, db: Path) -> None:
        with reopened(db) as project:
            report = measure(project, StudyOptions(samples=0, jobs=1))
        assert {*TABLES} == {table.id for table in report.tables} | {"annotators"}


class TestChoices:
    def test_annotators_are_separated_by_commas_or_given_again(self, db: Path) -> None:
        for words in (["--who", "salma,nour"], ["--who", "salma", "--who", "nour"]):
            assert agreement(db, *words, "--json").json["facts"]["annotators"] == "nour, salma"

    def test_labels_too(self, db: Path) -> None:
        found = agreement(db, "--label", "claim,source", "--json").json
        assert found["facts"]["labels"] == "claim, source"

    def test_an_unknown_label_is_a_wrong_command(self, db: Path) -> None:
        assert agreement(db, "--label", "claims").code == 2

    def test_nothing_to_compare_is_a_wrong_command_with_a_hint(self, db: Path) -> None:
        result = agreement(db, "--status", "done")
        assert (result.code, result.out) == (2, b"")
        assert "no document has work of two annotators\n  --status done leaves out" in result.err

    def test_progress_is_counted_on_a_terminal_alone(self, db: Path) -> None:
        assert "\r1 of 1 documents measured" in agreement(db, tty=True).err
        assert "measured" not in agreement(db).err


def test_no_screens_are_loaded(db: Path, tmp_path: Path) -> None:
    words = ["agreement", "--db", str(db), "--samples", "0", "--html", str(tmp_path / "a.html")]
    loaded = "print(*{'textual', 'rich', 'alembic'} & set(sys.modules))"
    assert not python(f"import sys; from annotator.cli.app import run; run({words}); {loaded}").splitlines()[-1]


def test_closing_the_pipe_is_no_error(db: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = program("agreement", "--samples", "0", "--json", db=db, stdout=writer, stderr=-1, capture_output=False)
    os.close(writer)
    assert (result.code, result.err) == (141, "")


def test_json_is_one_line(db: Path) -> None:
    out = agreement(db, "--json").out
    assert out.count(b"\n") == 1
    assert json.loads(out)
