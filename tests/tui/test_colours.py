"""Labels can be told from text, and from each other where they meet, in any number of colours and in none."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.style import Style

from annotator.services.preferences import Settings
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running, strips


TEXT = "قال وزير النقل أمس إن الجسر آمن"
LABEL_ALL = ("c", "w", "s", "w", "b", "w", "r", "ctrl+end")
"""One word each of all four labels; the cursor goes out of the way."""


def word_styles(hands: Hands) -> list[tuple[Style, ...]]:
    """The styles of the cells of each word, in reading order."""
    found, x = [], 76
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


def inside(word: tuple[Style, ...]) -> Style:
    """The look of a word but for its edges."""
    (style,) = set(word[1:-1])
    return style


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
        grounds = [style.bgcolor.downgrade(system) for style in map(inside, labels) if style.bgcolor]
        plain = {cell.bgcolor.downgrade(system) for word in text for cell in word if cell.bgcolor}
        assert len({(color.type, color.number, color.triplet) for color in grounds}) == 4
        assert not {*grounds} & plain


async def test_with_16_colours_the_terminal_gets_those_that_the_palette_names(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", "")
    async with running(make_app(TEXT)) as hands:
        await labelled(hands)
        for code in ("97;44m", "30;42m", "30;43m", "97;45m"):  # blue, green, yellow, magenta
            assert code in written(hands)


async def test_a_theme_gives_the_document_its_paper(make_project: ProjectMaker) -> None:
    async with running(AnnotatorApp(make_project(TEXT), "me", 1, Settings(theme="light"))) as hands:
        assert hands.columns(10)[40].style.bgcolor == Color.parse("#fafafa")
        assert hands.columns(1)[70].style.color == Color.parse("#1a1a1a")


async def test_without_colours_labels_can_be_told_from_text_and_from_each_other_by_attributes(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        labels, text = await labelled(hands)
        bodies = [inside(word) for word in labels]
        assert all(style.underline for style in bodies)
        assert len({(bool(style.bold), bool(style.italic)) for style in bodies}) == 4
        assert not any(cell.underline for word in text for cell in word)


async def test_without_colours_the_edges_of_a_label_are_reversed_and_its_key_stands_beside_the_text(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        labels, _ = await labelled(hands)
        for word in labels:
            assert [bool(cell.reverse) for cell in word] == [True, *[False] * (len(word) - 2), True]
        assert hands.lines[1].endswith(" +c")


async def test_without_colours_focus_selection_and_cursor_can_be_told(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_app(TEXT)) as hands:
        await hands.press("s", "w", "space")
        words = word_styles(hands)
        assert (words[1][0].reverse, words[1][0].bold) == (True, True)
        assert (words[1][1].reverse, bool(words[1][1].bold)) == (True, False)
        await hands.press("escape", "tab", "tab")
        cursor, *rest = word_styles(hands)[0]
        assert all((cell.reverse, cell.bold, cell.underline2) == (True, True, True) for cell in rest)
        assert (bool(cursor.reverse), cursor.bold, cursor.underline2) == (False, True, True)


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
        await hands.press(*keys, "ctrl+end", "escape")
        words, look = word_styles(hands), hands.screen._palette.labels
        first, middle, last = words[0]
        assert (first.bgcolor, last.bgcolor) == (look["source"].start.bgcolor, look["source"].end.bgcolor)
        assert middle.underline
        assert middle.bgcolor == look["source"].body.bgcolor
        assert set(words[1]) == {look["claim"].body}
