"""Where Tab goes among annotations and suggestions, some of them folded away."""

from __future__ import annotations

import pytest

from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState
from annotator.text.pages import DocumentLayout, Fold
from annotator.tui.stops import is_folded_away, next_stop


LINES = ("قائمة", "قال وزير النقل", "شارك", "إن الجسر آمن")
TEXT = "\n".join(LINES)
STARTS = [TEXT.index(line) for line in LINES]
MENU = Annotation("menu", 0, 5, "boilerplate")
MINISTER = Annotation("minister", STARTS[1] + 4, STARTS[1] + 14, "source")
SHARE = Annotation("share", STARTS[2], STARTS[2] + 4, "boilerplate")
BRIDGE = Annotation("bridge", STARTS[3] + 3, STARTS[3] + 8, "claim")


def layout(*folds: int) -> DocumentLayout:
    """The lines, some of them folded."""
    found = DocumentLayout(TEXT, 40)
    found.fold([Fold(number, number) for number in folds])
    return found


def walk(
    here: Annotation | int,
    step: int,
    made: tuple[Annotation, ...],
    proposed: tuple[Annotation, ...] = (),
    folds: tuple[int, ...] = (),
) -> list[str]:
    """The ids of the stops from a place on, until the first one comes again."""
    found: list[str] = []
    while True:
        one = next_stop(layout(*folds), AnnotationState.of(made), AnnotationState.of(proposed), here, step)
        if one is None or one.id in found:
            return found
        found.append(one.id)
        here = one


def test_annotations_and_suggestions_are_stops_in_reading_order() -> None:
    assert walk(0, 1, (MENU, BRIDGE), (MINISTER, SHARE)) == ["menu", "minister", "share", "bridge"]


def test_backwards_it_is_the_other_way_round() -> None:
    assert walk(len(TEXT), -1, (MENU, BRIDGE), (MINISTER, SHARE)) == ["bridge", "share", "minister", "menu"]


def test_from_a_character_what_starts_there_is_ahead_in_both_directions() -> None:
    made = (MENU, MINISTER, BRIDGE)
    assert walk(MINISTER.start, 1, made)[0] == "minister"
    assert walk(MINISTER.start, -1, made)[0] == "minister"
    assert walk(MINISTER.start + 1, 1, made)[0] == "bridge"
    assert walk(MINISTER.start - 1, -1, made)[0] == "menu"


def test_round_the_end_and_round_the_start() -> None:
    assert walk(BRIDGE, 1, (MENU, BRIDGE))[0] == "menu"
    assert walk(MENU, -1, (MENU, BRIDGE))[0] == "bridge"


def test_of_two_that_start_together_the_outer_one_comes_first() -> None:
    inner = Annotation("inner", MINISTER.start, MINISTER.start + 4, "claim")
    assert walk(0, 1, (MINISTER,), (inner,)) == ["minister", "inner"]
    assert walk(inner, -1, (MINISTER,), (inner,))[0] == "minister"


def test_what_is_folded_away_is_passed_over() -> None:
    assert walk(0, 1, (MENU, MINISTER, SHARE, BRIDGE), folds=(0, 2)) == ["minister", "bridge"]
    assert walk(0, -1, (MENU, MINISTER, SHARE, BRIDGE), folds=(0, 2)) == ["bridge", "minister"]


def test_suggestions_are_stops_in_folds_too() -> None:
    assert walk(0, 1, (MENU, BRIDGE), (SHARE,), folds=(0, 2)) == ["share", "bridge"]


@pytest.mark.parametrize("step", [1, -1])
def test_where_all_is_folded_away_tab_goes_there(step: int) -> None:
    assert walk(0, step, (MENU, SHARE), folds=(0, 2)) == ["menu", "share"]


def test_what_reaches_out_of_a_fold_is_a_stop() -> None:
    wide = Annotation("wide", 0, MINISTER.end, "claim")
    assert walk(0, 1, (wide, BRIDGE), folds=(0,)) == ["wide", "bridge"]
    assert not is_folded_away(layout(0), wide)
    assert is_folded_away(layout(0), MENU)


def test_what_has_no_text_left_is_no_stop() -> None:
    hidden = Annotation("hidden", 3, 3, "claim", raw=(3, 9))
    assert walk(0, 1, (hidden, BRIDGE)) == ["bridge"]
    assert walk(0, 1, (hidden,)) == []


def test_without_anything_there_is_no_stop() -> None:
    assert walk(0, 1, ()) == []
