from __future__ import annotations

from itertools import pairwise

import pytest

from annotator.services.main_spans import main_spans


MENU = "موقع الخبر\nأخبار\nافتتاح جسر جديد"
ARTICLE = ("افتتاح جسر جديد", "افتتح الوزير الجسر.", "وقال إن العمل استمر عامين.", "ويمر عليه ألف سائق.")
FOOT = "شارك الخبر\nافتتاح جسر جديد\nاتصل بنا"
PAGE = "\n".join((MENU, *ARTICLE, FOOT))


def found(taken: tuple[str, ...], text: str = PAGE) -> list[str] | None:
    spans = main_spans(taken, text)
    return None if spans is None else [text[start:end] for start, end in spans]


def test_lines_that_follow_one_another_make_one_span() -> None:
    assert found(ARTICLE) == ["\n".join(ARTICLE)]


def test_blank_lines_do_not_part_them() -> None:
    text = "\n\n".join((MENU, *ARTICLE, FOOT))
    assert found(ARTICLE, text) == ["\n\n".join(ARTICLE)]


def test_a_line_left_out_parts_them() -> None:
    assert found((*ARTICLE[:2], ARTICLE[3])) == ["\n".join(ARTICLE[:2]), ARTICLE[3]]


def test_a_line_that_stands_often_is_the_one_next_to_the_others() -> None:
    spans = main_spans(ARTICLE, PAGE)
    assert spans is not None
    assert spans[0][0] == PAGE.index("\n" + ARTICLE[0] + "\n" + ARTICLE[1]) + 1


def test_a_repeated_line_at_the_end_is_the_one_below_the_others() -> None:
    spans = main_spans((*ARTICLE[1:], ARTICLE[0]), PAGE)
    assert spans is not None
    assert spans[-1] == (PAGE.rindex(ARTICLE[0]), PAGE.rindex(ARTICLE[0]) + len(ARTICLE[0]))


def test_lines_that_are_not_there_are_passed_over() -> None:
    assert found(("سطر آخر", ARTICLE[1], "غير موجود", ARTICLE[2])) == ["\n".join(ARTICLE[1:3])]


def test_a_line_out_of_order_is_passed_over() -> None:
    assert found((ARTICLE[3], ARTICLE[1], ARTICLE[2])) == ["\n".join(ARTICLE[1:3])]


@pytest.mark.parametrize("taken", [(), ("غير موجود",), ("", "  ", "---", "12")])
def test_nothing_found_is_none(taken: tuple[str, ...]) -> None:
    assert main_spans(taken, PAGE + "\n---\n12") is None


@pytest.mark.parametrize(
    ("taken", "line"),
    [
        pytest.param("- بند أول", "• بند أول", id="bullets"),
        pytest.param("- بند أول", "1. بند أول", id="numbers"),
        pytest.param("| خلية | أخرى |", "خلية أخرى", id="cells"),
        pytest.param("قالَ الوزيرُ", "قال الوزير", id="marks"),
        pytest.param("قال الوزير ، أمس", "قال الوزير، أمس", id="spaces"),
    ],
)
def test_lines_are_compared_without_what_extractors_write_otherwise(taken: str, line: str) -> None:
    assert found((taken,), f"موقع\n{line}\nاتصل") == [line]


def test_numbers_inside_a_line_count() -> None:
    assert found(("بلغت 12 متر",), "بلغت 13 متر") is None


def test_many_equal_lines_are_matched_quickly_and_in_order() -> None:
    spans = main_spans(("سطر",) * 20_000, "\n".join(("سطر", "آخر") * 20_000))
    assert spans is not None
    assert len(spans) == 20_000
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
