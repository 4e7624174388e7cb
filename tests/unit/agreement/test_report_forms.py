"""A report as text, CSV, Markdown and JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from annotator.agreement.measure import Measure
from annotator.agreement.report.forms import CSV_COLUMNS, reasons, text_cell, text_table, to_csv, to_markdown
from annotator.agreement.report.tables import Cell, Column, Estimate, Excerpt, Mark, Report, Table, to_plain


SPAN = Estimate(0.8125, 0.78, 0.84, n=1234, of="spans")
MISSING = Estimate(None, of="units", note="only one category")


def table(*rows: tuple[Cell, ...], columns: str = "label value", **more: Any) -> Table:
    return Table("labels", "Labels", tuple(Column(name, name.title()) for name in columns.split()), rows, **more)


def report(*tables: Table, **more: Any) -> Report:
    return Report("A report", {"documents": 1234, "schema": "news 1"}, tables, **more)


def csv_lines(*tables: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(report(*tables)), newline="")))


class TestText:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (SPAN, "0.812 [0.780, 0.840]"),
            (Estimate(0.5), "0.500"),
            (Estimate(0.7443, 0.7, 0.8, error=0.00223), "0.744 [0.700, 0.800] ± 0.0022"),
            (Estimate(-0.25, error=0.01), "-0.250 ± 0.01"),
            (MISSING, "n/a"),
            (None, "n/a"),
            (1234, "1,234"),
            (4.25, "4.250"),
            ("ادعاء", "ادعاء"),
        ],
    )
    def test_a_cell(self, cell: Cell, text: str) -> None:
        assert text_cell(cell) == text

    def test_a_lone_estimate_is_followed_by_what_it_rests_on(self) -> None:
        part = Estimate(0.5, n=90, of="documents", coverage=0.9)
        head, rows = text_table(table(("claim", SPAN), ("source", part), ("other", MISSING)))
        assert head == ("Label", "Value", "rests on")
        assert [row[2] for row in rows] == ["1,234 spans", "90 documents, 90% of all", ""]

    def test_several_estimates_have_no_such_column(self) -> None:
        assert text_table(table(("claim", SPAN, SPAN), columns="label f1 alpha"))[0] == ("Label", "F1", "Alpha")

    def test_counts_stay_numbers(self) -> None:
        assert text_table(table(("claim", 3), ("source", 12)))[1] == [("claim", 3), ("source", 12)]

    def test_reasons_are_given_once_with_the_first_place(self) -> None:
        other = Estimate(0.5, note="3 of 9 documents left out")
        found = reasons(table(("claim", MISSING), ("source", MISSING), ("other", other)))
        assert found == ["claim, Value: n/a: only one category", "other, Value: 3 of 9 documents left out"]


class TestCsv:
    def test_an_estimate_is_a_line_with_all_that_it_says(self) -> None:
        estimate = Estimate(0.1 + 0.2, 0.25, 0.35, n=9, of="spans", coverage=0.5, note="some, left out", error=0.01)
        (line,) = csv_lines(table(("claim", estimate)))
        assert line == {
            "table": "labels",
            "row": "claim",
            "column": "value",
            "value": "0.30000000000000004",
            "low": "0.25",
            "high": "0.35",
            "n": "9",
            "of": "spans",
            "coverage": "0.5",
            "error": "0.01",
            "note": "some, left out",
        }

    def test_other_cells_have_a_value_alone(self) -> None:
        lines = csv_lines(table(("claim", 3), ("source", None)))
        assert [(line["value"], line["n"]) for line in lines] == [("3", ""), ("", "")]

    def test_an_undefined_estimate_has_no_value_and_a_reason(self) -> None:
        (line,) = csv_lines(table(("claim", MISSING)))
        assert (line["value"], line["note"]) == ("", "only one category")

    def test_a_row_is_called_by_all_columns_that_tell_it_apart(self) -> None:
        lines = csv_lines(table(("salma", "nour", 3), columns="one other documents", named_by=2))
        assert [(line["row"], line["column"]) for line in lines] == [("salma / nour", "documents")]

    def test_the_columns_are_fixed(self) -> None:
        assert to_csv(report()).splitlines() == [",".join(CSV_COLUMNS)]

    def test_texts_with_commas_quotes_and_line_ends_come_back(self) -> None:
        (line,) = csv_lines(table(('a,"b"\nc', "x,y")))
        assert (line["row"], line["value"]) == ('a,"b"\nc', "x,y")

    @pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "\tx", "\rx"])
    def test_a_text_is_no_formula(self, text: str) -> None:
        lines = csv_lines(table((text, text)))
        assert (lines[0]["row"], lines[0]["value"]) == (f"'{text}", f"'{text}")

    def test_a_negative_number_stays_a_number(self) -> None:
        assert csv_lines(table(("bias", Estimate(-1.5))))[0]["value"] == "-1.5"


class TestMarkdown:
    def test_a_table_has_a_head_a_rule_and_rows(self) -> None:
        lines = to_markdown(report(table(("claim", 1234)))).splitlines()
        start = lines.index("| Label | Value |")
        assert lines[start + 1 : start + 3] == ["| :- | -: |", "| claim | 1,234 |"]

    def test_facts_are_listed(self) -> None:
        assert "- documents: 1,234\n- schema: news 1\n" in to_markdown(report())

    def test_notes_and_reasons_follow(self) -> None:
        text = to_markdown(report(table(("claim", MISSING), notes=("A note.",))))
        assert "\n\nA note.\n" in text.replace("\\.", ".")
        assert "only one category" in text

    def test_an_empty_table_says_so(self) -> None:
        assert "## Labels\n\nThere is nothing to show.\n" in to_markdown(report(table()))

    @pytest.mark.parametrize("text", ["a | b", "<script>", "[x](y)", "**b**", "`c`", "# h", "a\n\n# h", "\x1b[2J"])
    def test_texts_bring_no_markup_in(self, text: str) -> None:
        plain = to_markdown(report(table(("x", 1))))
        found = to_markdown(report(table((text, 1))))
        assert found.count("\n") == plain.count("\n")
        for sign in "|<[*`#\x1b":
            unescaped = found.replace(f"\\{sign}", "").count(sign)
            assert unescaped == plain.replace(f"\\{sign}", "").count(sign)

    def test_places_show_what_each_marked(self) -> None:
        place = Excerpt("d1", 40, "قال الوزير أمس", "boundary", (Mark(4, 10, "salma", "source"),))
        text = to_markdown(report(excerpts=(place,)))
        assert "### d1, boundary\n\n> قال الوزير أمس\n\n- salma, source: الوزير\n" in text


class TestJson:
    def test_an_estimate_keeps_all_its_digits(self) -> None:
        (row,) = to_plain(report(table(("claim", Estimate(1 / 3)))))["tables"]["labels"]
        assert row["value"]["value"] == 1 / 3

    def test_an_undefined_measure_is_null_with_its_reason(self) -> None:
        measure = Measure(None, n=0, of="units", why="no unit has two values")
        (row,) = to_plain(report(table(("claim", Estimate.of_measure(measure)))))["tables"]["labels"]
        assert (row["value"]["value"], row["value"]["note"]) == (None, "no unit has two values")
