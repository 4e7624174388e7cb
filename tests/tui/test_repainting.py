"""Only what changes is drawn again, and after any keys the screen is as if all of it had been."""

from __future__ import annotations

import random

import pytest

from tests.tui.conftest import AppMaker
from tests.tui.hands import Column, Hands, running
from tests.tui.texts import PAGE


KEYS = (
    *("left", "right", "up", "down", "home", "end", "w", "W", "w", "down", "pagedown", "pageup"),
    *("space", "space", "backspace", "m", "shift+left", "shift+down", "escape"),
    *("c", "s", "b", "r", ".", "c", "s", "tab", "shift+tab", "x", "u", "U", "u"),
    *("[", "]", "enter", "z", "N", "P", "d", "ctrl+home", "ctrl+end"),
)


def seen(hands: Hands) -> list[list[Column]]:
    return [hands.columns(y) for y in range(hands.app.size.height)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [(80, 12), (130, 40)])
async def test_what_is_seen_is_what_there_is(make_app: AppMaker, seed: int, size: tuple[int, int]) -> None:
    choose = random.Random(seed)
    async with running(make_app(PAGE), size=size) as hands:
        await hands.press("/", *"ال", "enter")
        for _ in range(12):
            keys = choose.choices(KEYS, k=4)
            await hands.press(*keys)
            before = seen(hands)
            hands.screen.refresh(layout=True)
            hands.screen.document_view.refresh()
            for bar in ("#focus", "#labels", "#hints", "#status", "#title", "#inspector"):
                hands.screen.query_one(bar).refresh()
            await hands.settled()
            assert before == seen(hands), keys
