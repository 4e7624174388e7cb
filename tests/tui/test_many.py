"""Many annotations at once: all places of a text, all annotations of a label."""

from __future__ import annotations

from tests.tui.conftest import AppMaker
from tests.tui.hands import running


TEXT = "قال الوزير نعم. ثم عاد الوزير وقال للوزير لا.\nوسأل الوزير"


async def test_a_star_and_a_label_key_label_all_places_of_the_selection(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("w", "space", "*")
        assert "3 places" in hands.shown("#menu")
        await hands.press("s")
        assert hands.labelled == [("source", "الوزير")] * 3
        assert "saved: 3 added" in hands.status
        await hands.press("u")
        assert hands.labelled == []


async def test_escape_leaves_the_selection(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("w", "space", "*", "escape")
        assert (hands.labelled, hands.selected) == ([], "الوزير")


async def test_a_star_on_an_annotation_copies_it_at_once(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("w", "s", "enter", "4", "*")
        assert [dict(found.attributes) for found in hands.annotations] == [{"type": "person"}] * 3


async def test_all_of_a_label_are_removed_by_one_key_and_come_back_by_one(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("c", "w", "s", "*", "X")
        assert hands.labelled == [("claim", "قال")]
        assert "saved: 3 Source removed" in hands.status
        await hands.press("u")
        assert len(hands.labelled) == 4


async def test_all_of_a_label_get_another_one_by_its_key(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("w", "s", "*", ";", "r", "c")
        assert hands.labelled == [("claim", "الوزير")] * 3
        assert "saved: 3 now Claim" in hands.status
