"""Page furniture folds into readable summaries, and comes back."""

from __future__ import annotations

from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import PAGE


LABEL_FURNITURE = (
    *("m", "down", "end", "b"),  # the breadcrumb and the row for sharing
    *("/", *"المصدر", "enter", "m", "down", "end", "b"),  # the source line and the heading below it
    *("/", *"العثور", "enter", "m", "ctrl+end", "r"),  # the other article
    *("escape", "ctrl+home"),
)


def folded_rows(hands: Hands) -> list[int]:
    """The rows of the screen that are summaries."""
    return [y for y, line in enumerate(hands.lines) if "[folded" in line]


async def test_a_page_with_furniture_opens_folded_next_time(make_project: ProjectMaker) -> None:
    project = make_project(PAGE)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press(*LABEL_FURNITURE)
        assert [label for label, _ in hands.labelled] == ["boilerplate", "boilerplate", "spillover"]
        assert folded_rows(hands) == []
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert len(folded_rows(hands)) == 2


async def test_a_first_opening_begins_below_the_folded_top(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    import_record(project, PAGE, ("b1", "boilerplate", PAGE[: PAGE.index("\n\n")]))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert folded_rows(hands) == [1]
        assert hands.desk.cursor == PAGE.index("\n\n") + 2


async def test_a_summary_says_how_many_lines_of_what_it_hides_and_how_they_begin(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z")
        top, bottom = folded_rows(hands)
        assert "2 lines" in hands.lines[top]
        assert "Boilerplate" in hands.lines[top]
        assert "ﺔﻴﺴﻴﺋﺮﻟﺍ" in hands.lines[top]
        assert "4 lines" in hands.lines[bottom]
        assert "Boilerplate, Spill-over" in hands.lines[bottom]


async def test_one_key_brings_everything_back(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE)
        before = hands.shown("#document")
        await hands.press("z")
        assert hands.shown("#document") != before
        await hands.press("z")
        assert hands.shown("#document") == before
        assert "unfolded" in hands.status


async def test_the_cursor_goes_over_a_fold_in_one_step_and_shows_when_it_is_there(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z")
        top, _ = folded_rows(hands)
        assert any(column.style.reverse for column in hands.columns(top))
        await hands.press("down", "down")
        assert not any(column.style.reverse for column in hands.columns(top))
        assert hands.desk.cursor >= PAGE.index("\nافتتاح") + 1
        await hands.press("up", "up")
        assert any(column.style.reverse for column in hands.columns(top))


async def test_enter_on_a_fold_unfolds_it_and_no_other(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z", "enter")
        assert len(folded_rows(hands)) == 1


async def test_a_click_on_a_fold_unfolds_it(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z")
        _, bottom = folded_rows(hands)
        await hands.click(40, bottom)
        assert len(folded_rows(hands)) == 1
        assert "ﺱﻭﺪﻘﻟﺍ" not in hands.lines[bottom]


async def test_a_search_into_a_fold_unfolds_it(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z", "/", *"فسيفساء", "enter")
        assert len(folded_rows(hands)) == 1
        assert hands.desk.cursor == PAGE.index("فسيفساء")


async def test_removing_what_is_folded_shows_its_lines(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z", "tab", "x")
        assert len(folded_rows(hands)) == 1


async def test_a_selection_over_a_fold_takes_all_of_it(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press(*LABEL_FURNITURE, "z", "m")
        assert hands.selected == PAGE[: PAGE.index("\n\n")]
