"""What stands around the text: the strip of annotations, the status line, and what is said when something fails."""

from __future__ import annotations

from functools import partial

import pytest

from annotator.errors import OperationError
from annotator.services.session import AnnotationSession
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.queue import QueueScreen
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


WORDS = ("قال", "وزير", "النقل", "إن", "الجسر", "آمن")


class Stopwatch:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The clock of all documents that are opened."""
    clock = Stopwatch()
    monkeypatch.setattr("annotator.tui.app.AnnotationSession", partial(AnnotationSession, stopwatch=clock))
    return clock


def strip_place(hands: Hands, glyphs: str) -> tuple[int, int]:
    """Where some glyphs stand in the strip of annotations."""
    y = hands.screen.query_one("#strip").region.y
    return hands.lines[y].index(glyphs), y


# The strip of annotations


async def test_without_annotations_the_strip_is_empty(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        assert hands.shown("#strip").strip() == ""


async def test_the_strip_counts_and_lists_the_annotations_from_the_right(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "w", "c", "ctrl+home")
        assert hands.shown("#strip").split() == ["ﺮﻳﺯﻭ", "c", "ﻝﺎﻗ", "s", "1/2"]
        assert hands.shown("#strip").endswith(" 1/2 ")


async def test_a_walk_with_tab_moves_the_strip(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*("s", "w") * 5, "ctrl+home", "escape")
        seen = []
        for _ in range(5):
            await hands.press("tab")
            seen.append(hands.shown("#strip").split()[-1])
            focused = hands.app.palette.labels["source"].focused
            y = hands.screen.query_one("#strip").region.y
            assert any(column.style == focused for column in hands.columns(y))
        assert sorted(seen) == ["1/5", "2/5", "3/5", "4/5", "5/5"]


async def test_a_click_in_the_strip_focuses_the_annotation(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "w", "c", "ctrl+end")
        await hands.click(*strip_place(hands, "ﺮﻳﺯﻭ"))
        assert hands.focused == "وزير"
        assert hands.desk.cursor == SHORT.index("وزير")
        await hands.press("x")
        assert hands.labelled == [("source", "قال")]


async def test_a_click_beside_the_annotations_of_the_strip_does_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "w", "c", "ctrl+end")
        before = hands.lines
        await hands.click(2, hands.screen.query_one("#strip").region.y)
        assert hands.lines == before


async def test_a_click_in_the_strip_ends_what_was_being_asked(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "ctrl+end", "/", *"abc")
        await hands.click(*strip_place(hands, "ﻝﺎﻗ"))
        assert "Search" not in hands.text
        assert hands.focused == "قال"


# The status line


async def test_the_status_counts_whole_minutes_at_work(make_app: AppMaker, stopwatch: Stopwatch) -> None:
    async with running(make_app(SHORT)) as hands:
        assert " 0 min " in hands.status
        for _ in range(4):
            stopwatch.seconds += 20
            await hands.press("left")
        assert " 1 min " in hands.status


async def test_clicks_are_work_too(make_app: AppMaker, stopwatch: Stopwatch) -> None:
    async with running(make_app(SHORT)) as hands:
        for offset in range(4):
            stopwatch.seconds += 20
            await hands.click(*hands.place_of(offset))
        assert " 1 min " in hands.status


async def test_a_long_pause_is_no_work(make_app: AppMaker, stopwatch: Stopwatch) -> None:
    async with running(make_app(SHORT)) as hands:
        stopwatch.seconds += 36000
        await hands.press("left")
        assert " 600 min " not in hands.status
        assert int(hands.status.split(" min ")[0].split()[-1]) <= 5


async def test_the_minutes_go_on_when_the_document_is_opened_again(
    make_project: ProjectMaker, stopwatch: Stopwatch
) -> None:
    project = make_project(SHORT)
    for minutes in (" 1 min ", " 2 min "):
        async with running(AnnotatorApp(project, "me", 1)) as hands:
            for _ in range(4):
                stopwatch.seconds += 20
                await hands.press("left")
            assert minutes in hands.status


async def test_an_idle_screen_does_not_count(make_app: AppMaker, stopwatch: Stopwatch) -> None:
    async with running(make_app(SHORT)) as hands:
        before = hands.status
        stopwatch.seconds += 100
        await hands.settled()
        assert hands.status == before


# Ways out, and failures


@pytest.mark.parametrize(
    ("document", "way_out"), [(1, "q goes back to the list of documents"), (None, "q leaves the program")]
)
async def test_ctrl_c_says_how_to_leave_and_does_not(make_app: AppMaker, document: int | None, way_out: str) -> None:
    app = make_app(SHORT, document=document)
    async with running(app) as hands:
        await hands.press("ctrl+c")
        assert way_out in hands.status
        assert not app._exit


async def test_ctrl_c_leaves_an_edge_and_a_selection_as_they_are(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("m", "w", "ctrl+c")
        assert hands.selected == "قال"
        await hands.press("s")
        assert hands.labelled == [("source", "قال")]


async def test_a_refusal_is_said_as_a_warning_until_the_next_key(
    make_app: AppMaker,
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("x")
        y = hands.screen.query_one("#status").region.y
        assert "there is no annotation here" in hands.status
        assert hands.columns(y)[2].style == hands.app.palette.warning
        await hands.press("left")
        assert "there is no annotation here" not in hands.status


async def test_a_refusal_inside_a_question_ends_it_and_is_said(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_needle: str) -> str:
        raise OperationError("nothing of the kind")

    async with running(make_app(SHORT)) as hands:
        monkeypatch.setattr(hands.desk, "search", refuse)
        await hands.press("/", *"abc", "enter")
        assert "nothing of the kind" in hands.status
        assert "Search" not in hands.text
        await hands.press("s")
        assert hands.labelled == [("source", "قال")]


async def test_the_modes_are_said_in_the_status_line(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        for keys, mode in ((("m",), "MARK"), (("escape", "s", "]"), "EDGE"), (("escape", "'"), "HINTS")):
            await hands.press(*keys)
            assert hands.status.startswith(f" {mode}")


async def test_the_list_is_a_screen_of_commands_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        await hands.press(";")
        assert hands.menu[0] == "More"
        await hands.press("escape", "ctrl+p", *"quit")
        assert hands.menu[1].startswith("Quit")
        await hands.press("escape")
        assert isinstance(hands.app.screen, QueueScreen)
        assert hands.menu == []
