"""The history as a list, also after a restart."""

from __future__ import annotations

from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


KEYS = ("c", "w", "s", "w", "s", ";", "h")
"""Three words are labelled, then the history is opened."""


def lines(hands: Hands) -> list[str]:
    return [line.strip() for line in hands.shown("#menu").split("\n")][1:]


async def test_what_was_done_is_listed_and_the_present_is_marked(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*KEYS)
        assert [line.split()[0] for line in lines(hands)] == ["●", "add:", "add:", "beginning"]
        assert "ﻞﻘﻨﻟﺍ" in lines(hands)[0]


async def test_arrows_and_enter_go_to_any_point(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*KEYS, "down", "down", "enter")
        assert hands.labelled == [("claim", "قال")]
        assert "saved: 2 undone" in hands.status
        await hands.press(";", "h", "up", "enter")
        assert hands.labelled == [("claim", "قال"), ("source", "وزير")]
        assert "saved: 1 redone" in hands.status


async def test_escape_changes_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*KEYS, "end", "escape")
        assert len(hands.labelled) == 3


async def test_the_history_goes_on_after_a_restart(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press(*KEYS, "down", "enter")
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press(";", "h")
        assert "undone" in lines(hands)[0]
        await hands.press("home", "enter")
        assert len(hands.labelled) == 3
        await hands.press(";", "h", "end", "enter")
        assert hands.labelled == []


async def test_a_new_operation_ends_what_could_be_redone(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*KEYS, "end", "enter", "c", ";", "h")
        assert len(lines(hands)) == 2
