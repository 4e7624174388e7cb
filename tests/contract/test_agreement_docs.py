"""The pages on agreement, review and gold say what the program does, and name all there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from annotator import agreement
from annotator.agreement.decisions import REASONS
from annotator.agreement.items import Vote
from annotator.agreement.kinds import KINDS, differences
from annotator.agreement.policies import POLICIES
from annotator.agreement.report.forms import CSV_COLUMNS
from annotator.cli.agreement import TABLES, Figure
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.annotation import Annotation
from tests.contract.test_docs import blocks, code, first_column, keys_in, keys_of, page, rows, run_page, section
from tests.support.cli import annotator


# Measures and kinds


def test_every_measure_is_explained_with_an_example() -> None:
    text = page("docs/agreement.md")
    shown = "".join(block.text for block in blocks(text) if block.language == "pycon")
    for name in agreement.__all__:
        assert callable(getattr(agreement, name)), name
        assert re.search(rf"`{name}\(", text), name
        assert re.search(rf"^>>> (.*[ (])?{name}\(", shown, re.MULTILINE), name


def test_the_figures_and_tables_of_the_report_are_all_explained() -> None:
    text = page("docs/agreement.md")
    assert first_column(section(text, "In short")) == set(get_args(Figure))
    assert [code(row[0])[0] for row in rows(section(text, "The report"))] == list(TABLES)


def test_the_policies_are_all_explained() -> None:
    text = section(page("docs/review.md"), "What is merged without a reviewer")
    assert [code(row[0])[0] for row in rows(text)] == list(POLICIES)


SHOWN_KINDS = rows(section(page("docs/agreement.md"), "Kinds"))
MORE_THAN_SPANS = {"relation", "document label"}


def test_the_kinds_are_explained_in_their_order() -> None:
    assert tuple(row[0] for row in SHOWN_KINDS) == KINDS


def shown_vote(name: str, cell: str, text: str) -> Vote:
    """The vote that a cell of the table of kinds says: labels, texts in «» and attributes."""
    found = re.findall(r"(\w+) «([^»]+)»(?: (\w+)=(\w+))?", cell)
    spans = [
        Annotation(f"{name}{number}", text.index(marked), text.index(marked) + len(marked), label, ((key, value),))
        for number, (label, marked, key, value) in enumerate(found)
    ]
    return Vote(name, tuple(spans))


@pytest.mark.parametrize(("kind", "one", "other"), [row[:3] for row in SHOWN_KINDS if row[0] not in MORE_THAN_SPANS])
def test_an_example_is_of_its_kind(kind: str, one: str, other: str) -> None:
    sentence = re.search(r"«([^»]+)»", section(page("docs/agreement.md"), "Kinds").partition("|")[0])
    assert sentence
    votes = [shown_vote(name, cell, sentence[1]) for name, cell in (("a", one), ("b", other))]
    assert votes[0].annotations
    found = differences(sentence[1], votes, frozenset())
    assert [difference.kind for difference in found] == ([] if kind == "agree" else [kind])


# Reviewing


def test_the_page_on_reviewing_lists_exactly_the_keys_of_the_review() -> None:
    labels = {label.key for label in parse_schema(*read_schema_source("news")).labels}
    assert keys_in("Keys", "docs/review.md") == sorted(keys_of("review") | labels)


def test_the_page_on_agreement_lists_exactly_the_keys_of_its_screen() -> None:
    assert keys_in("On the screen", "docs/agreement.md") == sorted(keys_of("agreement"))


def test_the_review_says_what_the_page_says(workspace: Path) -> None:
    said = "\n".join(run_page("docs/review.md", workspace))
    session = section(page("docs/review.md"), "A worked session").replace("\n   ", " ")
    quoted = re.findall(r"\*((?:would be|left to)[^*]+)\*", session)
    assert len(quoted) == 2
    assert all(line in said for line in quoted)
    assert re.search(r"f1_exact +0\.667 ", said)
    assert "F1 .667" in session


# Files


def test_the_fields_of_provenance_are_all_explained(workspace: Path) -> None:
    run_page("docs/review.md", workspace)
    (record,) = [json.loads(line) for line in Path("gold.jsonl").read_text(encoding="utf-8").splitlines()]
    text = section(page("docs/formats.md"), "Gold")
    shown = next(json.loads(block.text) for block in blocks(text) if block.language == "json")
    assert first_column(text) - {"provenance", "decisions"} == set(shown["provenance"])
    for value in (*record["spans"], *record["relations"]):
        assert set(value["provenance"]) == set(shown["provenance"])
    vote = next(vote for span in record["spans"] for vote in span["provenance"]["votes"])
    assert set(vote) == set(shown["provenance"]["votes"][0])
    reasons = code(next(row[1] for row in rows(text) if row[0] == "`reason`"))
    assert tuple(reasons) == REASONS[1:]


def test_gold_is_refused_as_the_work_of_an_annotator(workspace: Path) -> None:
    run_page("docs/review.md", workspace)
    result = annotator("import", "gold.jsonl", "--json", "--db", "other.db")
    assert result.code != 0
    assert "gold" in result.json["rejected"][0]["reason"]


def test_the_fields_and_columns_of_a_report_are_all_explained(workspace: Path) -> None:
    text = section(page("docs/formats.md"), "The report")
    report = annotator("agreement", "--samples", "1", "--json").json
    assert first_column(text) == set(report)
    assert set(report["excerpts"][0]) | set(report["excerpts"][0]["marks"][0]) <= set(code(text))
    assert set(report["tables"]["overall"][4]["value"]) <= set(code(text))
    assert set(CSV_COLUMNS) <= set(code(text))
