"""The benchmark of suggestions, on few documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import inputs, suggesting
from tests.support.projects import create, take_records
from tests.support.suggesters import Fixed, attributed, view


def test_documents_are_seen_as_the_suggesters_of_a_project_see_them(tmp_path: Path) -> None:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, *({"id": name, "text": f"نص {name}", "source": "وكالة"} for name in "ab"))
        views = suggesting.views_of(project, [1, 2])
    assert [(one.doc_id, one.site) for one in views] == [("a", "وكالة"), ("b", "وكالة")]


def test_all_spans_of_all_suggesters_are_counted() -> None:
    views = [view(), view()]
    assert suggesting.propose([Fixed(attributed()), Fixed(attributed(), "other")], views) == 8


def test_rules_and_models_are_measured_with_what_storing_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "DOCUMENTS", 30)
    monkeypatch.setattr(suggesting, "ROUNDS", 1)
    monkeypatch.setattr(suggesting, "FINISHED", 8)
    monkeypatch.setattr(suggesting, "READ", 3)
    monkeypatch.setattr(inputs, "ARTICLES", tmp_path / "none")
    result = suggesting.run(tmp_path)
    assert [figure.wanted for figure in result.figures] == ["≥ 200 documents/s", "≥ 15 documents/s"]
    assert all(float(figure.measured) > 0 for figure in result.figures)
    assert [line[0] for line in result.tables[0].lines] == ["furniture", "spillover", "attribution"]
