"""The order by uncertainty, with a random share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UsageError
from annotator.services.looking import list_documents
from annotator.services.ordering import RANDOM_SHARE, Order, uncertain_first
from annotator.services.project import Project
from annotator.store import models
from tests.support.projects import create, take_records


COUNT = 100


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, *({"id": f"d{number}", "text": f"نص {number}"} for number in range(COUNT)))
        yield project


def doubt(project: Project, **values: float) -> None:
    """Store how unsure a new model is about documents."""
    rows = {one.doc_id: one.id for one in list_documents(project, None)}
    with project.store.write() as connection:
        model = models.add(connection, "{}", b"", "2026-01-01T00:00:00.000Z")
        models.put_uncertainty(connection, model, {rows[name]: value for name, value in values.items()})


def order(project: Project) -> Order:
    return uncertain_first(project, list_documents(project, None))


def names(found: Order, reason: str) -> list[str]:
    return [one.doc_id for one in found.documents if found.reasons[one.id] == reason]


def all_doubts() -> dict[str, float]:
    return {f"d{number}": (number * 37 % COUNT) / COUNT for number in range(COUNT)}


def test_without_a_model_there_is_no_such_order(project: Project) -> None:
    with pytest.raises(UsageError, match="no model yet") as caught:
        order(project)
    assert "suggest --train" in caught.value.hint


def test_every_document_comes_once_with_a_reason(project: Project) -> None:
    doubt(project, **all_doubts())
    found = order(project)
    assert sorted(one.id for one in found.documents) == sorted(found.reasons) == list(range(1, COUNT + 1))


def test_the_uncertain_ones_come_with_the_most_uncertain_first(project: Project) -> None:
    values = all_doubts()
    doubt(project, **values)
    found = [values[name] for name in names(order(project), "uncertain")]
    assert found == sorted(found, reverse=True)


def test_exactly_every_fifth_is_a_random_one_as_long_as_there_are_both(project: Project) -> None:
    doubt(project, **all_doubts())
    found = order(project)
    reasons = [found.reasons[one.id] for one in found.documents]
    whole = min(reasons.count("random"), reasons.count("uncertain") // (RANDOM_SHARE - 1)) * RANDOM_SHARE
    assert whole >= COUNT / 2
    assert reasons[:whole] == (["uncertain"] * (RANDOM_SHARE - 1) + ["random"]) * (whole // RANDOM_SHARE)


def test_about_a_fifth_of_all_documents_is_random(project: Project) -> None:
    doubt(project, **all_doubts())
    assert 0.1 < len(names(order(project), "random")) / COUNT < 0.3


def test_which_are_random_and_in_which_order_does_not_depend_on_the_model(project: Project) -> None:
    doubt(project, **all_doubts())
    before = names(order(project), "random")
    doubt(project, d1=0.5)
    assert names(order(project), "random") == before
    assert before != sorted(before)


def test_nor_on_the_other_documents(project: Project, tmp_path: Path) -> None:
    doubt(project, **all_doubts())
    before = names(order(project), "random")
    take_records(project, tmp_path / "new", *({"id": f"e{number}", "text": f"آخر {number}"} for number in range(20)))
    after = names(order(project), "random")
    assert [name for name in after if name.startswith("d")] == before


def test_what_the_model_has_not_looked_at_comes_last_in_the_order_of_import(project: Project) -> None:
    doubt(project, **all_doubts())
    last = names(order(project), "uncertain")[-1]
    doubt(project, **{last: 0.1})
    first, *others = names(order(project), "uncertain")
    rest = [int(name[1:]) for name in others]
    assert (first, rest) == (last, sorted(rest))


def test_no_documents_are_no_error(project: Project) -> None:
    doubt(project, d1=0.5)
    assert uncertain_first(project, []).documents == ()
