from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.services.looking import DocumentSummary
from annotator.tui.queue import SORTS, STATUS_FILTERS, Queue, following, source_of


def document(
    id_: int, title: str = "عنوان", *, status: str = "new", source: str = "", length: int = 100
) -> DocumentSummary:
    meta = {"source": source} if source else {}
    return DocumentSummary(id_, f"doc-{id_}", title, meta, length, status, "", 0, None)


DOCUMENTS = (
    document(1, "سكة حديد", status="done", source="وكالة حروف", length=300),
    document(2, "أرضية فسيفساء", source="دفتر اليوم", length=100),
    document(3, "محصول الزيتون ٢٠٢٦", status="open", source="وكالة حروف", length=200),
    document(4, "إضراب الميناء", status="flagged", length=200),
)
QUEUE = Queue(DOCUMENTS)


def ids(queue: Queue) -> list[int]:
    return [summary.id for summary in queue.shown()]


def test_all_documents_are_shown_in_the_order_of_import() -> None:
    assert ids(QUEUE) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("status", "shown"), [("all", [1, 2, 3, 4]), ("new", [2]), ("open", [3]), ("flagged", [4]), ("done", [1])]
)
def test_a_status_filter_shows_documents_of_that_status(status: str, shown: list[int]) -> None:
    assert ids(replace(QUEUE, status=status)) == shown


def test_every_status_has_a_filter() -> None:
    assert {summary.status for summary in DOCUMENTS} | {"returned"} == set(STATUS_FILTERS) - {"all"}


def test_the_next_open_document_is_one_that_was_sent_back_before_any_other() -> None:
    queue = Queue((*DOCUMENTS, document(5, status="returned")))
    found = queue.next_open(2)
    assert found is not None
    assert found.id == 5


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ارضيه", [2]),
        ("2026", [3]),
        ("doc-4", [4]),
        ("حروف", [1, 3]),
        ("حروف زيتون", [3]),
        ("اِضراب", [4]),
        ("  ", [1, 2, 3, 4]),
        ("قطار", []),
    ],
)
def test_words_are_looked_for_in_title_id_and_source_whatever_their_spelling(words: str, shown: list[int]) -> None:
    assert ids(replace(QUEUE, words=words)) == shown


@pytest.mark.parametrize(
    ("sort", "shown"),
    [
        ("import", [1, 2, 3, 4]),
        ("title", [2, 4, 1, 3]),
        ("source", [4, 2, 1, 3]),
        ("length", [1, 3, 4, 2]),
        ("status", [2, 3, 4, 1]),
    ],
)
def test_a_sort_orders_what_is_shown(sort: str, shown: list[int]) -> None:
    assert ids(replace(QUEUE, sort=sort)) == shown


def test_every_sort_can_be_reached_in_turn() -> None:
    sorts = tuple(SORTS)
    reached = [sorts[0]]
    while (sort := following(sorts, reached[-1])) not in reached:
        reached.append(sort)
    assert tuple(reached) == sorts


@pytest.mark.parametrize(("of", "step", "other"), [(2, 1, 3), (2, -1, 1), (4, 1, None), (1, -1, None)])
def test_a_neighbour_is_the_next_one_shown_and_none_at_the_ends(of: int, step: int, other: int | None) -> None:
    found = QUEUE.neighbour(of, step)
    assert (found.id if found else None) == other


def test_neighbours_follow_filter_and_sort() -> None:
    found = replace(QUEUE, words="حروف", sort="length").neighbour(3, -1)
    assert found is not None
    assert found.id == 1


def test_the_neighbour_of_a_document_that_is_not_shown_is_the_first_one() -> None:
    found = replace(QUEUE, status="open").neighbour(1, 1)
    assert found is not None
    assert found.id == 3


def test_an_empty_list_has_no_neighbour() -> None:
    assert replace(QUEUE, words="قطار").neighbour(1, 1) is None


@pytest.mark.parametrize(("after", "found"), [(None, 2), (2, 3), (3, 4), (4, 2)])
def test_the_next_open_document_passes_over_done_ones_and_goes_round(after: int | None, found: int) -> None:
    summary = QUEUE.next_open(after)
    assert summary is not None
    assert summary.id == found


def test_where_all_are_done_there_is_no_next_open_one() -> None:
    assert Queue((document(1, status="done"), document(2, status="done"))).next_open(1) is None


def test_the_place_of_a_document_is_counted_from_one() -> None:
    assert QUEUE.place(3) == (3, 4)
    assert replace(QUEUE, sort="length").place(2) == (4, 4)


def test_a_document_that_is_not_shown_has_no_place() -> None:
    assert replace(QUEUE, status="open").place(1) == (0, 1)


def test_without_a_source_the_id_stands_for_it() -> None:
    assert [source_of(summary) for summary in DOCUMENTS[2:]] == ["وكالة حروف", "doc-4"]
