"""Labels can be told from text, and from each other where they meet, in any number of colours and in none."""

from __future__ import annotations

import pytest
from rich.style import Style

from tests.tui.conftest import AppMaker
from tests.tui.hands import Hands, running, strips


TEXT = "قال وزير النقل إن الجسر آمن اليوم"
LABEL_ALL = ("c", "w", "s", "w", "b", "w", "r", "ctrl+end")
"""One word each of all four labels; the cursor goes out of the way."""


def word_styles(hands: Hands) -> list[tuple[Style, ...]]:
    """The styles of the cells of each word, in reading order."""
    found, x = [], 78
    for word in TEXT.split():
        found.append(tuple(hands.columns(1)[x - index].style for index in range(len(word))))
        x -= len(word) + 1
    return found


def written(hands: Hands) -> str:
    """The bytes that draw the screen in this terminal."""
    console = hands.app.console
    return "".join(strip.render(console) for strip in strips(hands.app))


async def labelled(hands: Hands) -> tuple[list[tuple[Style, ...]], list[tuple[Style, ...]]]:
    await hands.press(*LABEL_ALL)
    styles = word_styles(hands)
    return styles[:4], styles[4:6]


@pytest.mark.parametrize(
    ("term", "colorterm"), [("xterm-256color", "truecolor"), ("xterm-256color", ""), ("xterm", "")]
)
async def test_every_label_has_a_background_of_its_own(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    async with running(make_app(TEXT)) as hands:
        labels, text = await labelled(hands)
        system = hands.app.console._color_system
        assert system is not None
        grounds = {cell.bgcolor.downgrade(system) for word in labels for cell in word if cell.bgcolor}
        plain = {cell.bgcolor.downgrade(system) for word in text for cell in word if cell.bgcolor}
        assert len({(color.type, color.number, color.triplet) for color in grounds}) == 4
        assert not grounds & plain


async def test_with_16_colours_the_terminal_gets_those_that_the_palette_names(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", "")
    async with running(make_app(TEXT)) as hands:
        await labelled(hands)
        for code in ("97;44m", "30;42m", "30;43m", "97;45m"):  # blue, green, yellow, magenta
            assert code in written(hands)


async def test_without_colours_labels_can_be_told_from_text_by_attributes(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        labels, text = await labelled(hands)
        assert all(cell.underline for word in labels for cell in word)
        assert not any(cell.underline for word in text for cell in word)


async def test_without_colours_the_edges_of_a_label_can_be_seen(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        labels, _ = await labelled(hands)
        for word in labels:
            bold = [bool(cell.bold) for cell in word]
            assert (bold[0], bold[-1], any(bold[1:-1])) == (True, True, False)


async def test_without_colours_focus_selection_and_cursor_can_be_told(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        await hands.press("s", "w", "space")
        words = word_styles(hands)
        assert words[1][0].reverse
        assert words[1][0].bold
        assert words[1][1].reverse
        assert not words[1][1].bold
        await hands.press("tab", "tab")
        assert word_styles(hands)[0][1].italic


async def test_without_colours_nothing_on_the_screen_has_one(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT), size=(140, 30)) as hands:
        await hands.press(*LABEL_ALL, "/", "x")
        for strip in strips(hands.app):
            for segment in strip:
                assert segment.style is not None
                for colour in (segment.style.color, segment.style.bgcolor):
                    assert colour is None or colour.is_default
        await hands.press("escape", "q")
        assert all(segment.style for strip in strips(hands.app) for segment in strip)


@pytest.mark.parametrize("keys", [("space", "space", "c", "W", "s"), ("s", "space", "space", "c")])
async def test_where_labels_overlap_both_can_be_seen(make_app: AppMaker, keys: tuple[str, ...]) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press(*keys, "ctrl+end")
        words = word_styles(hands)
        assert all(cell.underline for cell in words[0])
        assert not any(cell.underline for cell in words[1])
        assert words[0][1].bgcolor != words[1][1].bgcolor
