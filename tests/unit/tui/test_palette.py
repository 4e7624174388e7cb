from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from annotator.model.schema import COLOURS, Label, Schema
from annotator.tui.palette import TONES, Palette


SCHEMA = Schema("rainbow", 1, "ar", "rtl", tuple(Label(colour, colour[0], colour) for colour in COLOURS))
FULL, FEW, NONE = 1 << 24, 16, 0


def styles_of(palette: Palette) -> list[Style]:
    """Every style that a palette has."""
    own = [value for value in vars(palette).values() if isinstance(value, Style)]
    spans = [(look.body, look.overlapped, look.edge, look.focused) for look in palette.labels.values()]
    return [*own, *(style for some in spans for style in some)]


def luminance(color: Color) -> float:
    """Relative luminance as in WCAG 2."""
    channels = [channel / 255 for channel in color.get_truecolor(DEFAULT_TERMINAL_THEME)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: Style) -> float:
    """Contrast of a style's two colours as in WCAG 2, from 1 to 21."""
    assert style.color is not None
    assert style.bgcolor is not None
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_a_schema_has_a_tone() -> None:
    assert set(TONES) == set(COLOURS)


@pytest.mark.parametrize("colours", [FULL, 256, FEW])
def test_every_style_names_both_colours_so_that_no_terminal_theme_shines_through(colours: int) -> None:
    plain = [style for style in styles_of(Palette(SCHEMA, colours)) if style != Palette(SCHEMA, colours).hit]
    assert all(style.color and style.bgcolor for style in plain)


@pytest.mark.parametrize("colour", COLOURS)
def test_text_in_every_label_can_be_read(colour: str) -> None:
    look = Palette(SCHEMA, FULL).labels[colour]
    assert min(contrast(style) for style in (look.body, look.overlapped, look.edge, look.focused)) >= 4.5


@pytest.mark.parametrize("colours", [FULL, 256])
def test_text_outside_labels_can_be_read(colours: int) -> None:
    palette = Palette(SCHEMA, colours)
    plain = (palette.text, palette.faint, palette.bar, palette.bar_strong, palette.cursor, palette.selection)
    assert min(contrast(style) for style in (*plain, palette.warning)) >= 4.5


@pytest.mark.parametrize("colour", COLOURS)
def test_with_16_colours_a_label_pairs_a_light_with_a_dark_one(colour: str) -> None:
    look = Palette(SCHEMA, FEW).labels[colour]
    assert min(contrast(style) for style in (look.body, look.overlapped, look.edge, look.focused)) >= 3


def test_with_16_colours_only_those_are_used() -> None:
    used = [color for style in styles_of(Palette(SCHEMA, FEW)) for color in (style.color, style.bgcolor) if color]
    assert {color.system for color in used} == {ColorSystem.STANDARD}


def test_with_16_colours_labels_differ() -> None:
    bodies = [look.body for look in Palette(SCHEMA, FEW).labels.values()]
    assert all(one != other for one, other in combinations(bodies, 2))


def test_without_colours_no_style_has_one() -> None:
    assert all(style.color is None and style.bgcolor is None for style in styles_of(Palette(SCHEMA, NONE)))


@pytest.mark.parametrize("colours", [FULL, FEW, NONE])
def test_body_edge_overlap_and_focus_look_different(colours: int) -> None:
    for look in Palette(SCHEMA, colours).labels.values():
        styles = (look.body, look.overlapped, look.edge, look.focused)
        assert all(one != other for one, other in combinations(styles, 2))


@pytest.mark.parametrize("colours", [FULL, FEW, NONE])
def test_cursor_and_selection_look_different_from_text_and_from_each_other(colours: int) -> None:
    palette = Palette(SCHEMA, colours)
    assert all(one != other for one, other in combinations((palette.text, palette.cursor, palette.selection), 2))


@pytest.mark.parametrize("colours", [FULL, FEW, NONE])
def test_a_hit_can_be_told_inside_a_label_and_outside(colours: int) -> None:
    palette = Palette(SCHEMA, colours)
    for style in (palette.text, *(look.body for look in palette.labels.values())):
        assert style + palette.hit != style


def test_labels_of_one_colour_look_the_same() -> None:
    twins = Schema("twins", 1, "ar", "rtl", (Label("a", "a", "blue"), Label("b", "b", "blue")))
    palette = Palette(twins, FULL)
    assert palette.labels["a"] == palette.labels["b"]


def rounded(style: Style) -> Style:
    """A style as a terminal with 256 colours shows it."""
    assert style.color is not None
    assert style.bgcolor is not None
    colours = style.color.downgrade(ColorSystem.EIGHT_BIT), style.bgcolor.downgrade(ColorSystem.EIGHT_BIT)
    return Style.from_color(*colours)


@pytest.mark.parametrize("colour", COLOURS)
def test_rounded_to_256_colours_labels_can_still_be_read(colour: str) -> None:
    look = Palette(SCHEMA, 256).labels[colour]
    assert min(contrast(rounded(style)) for style in (look.body, look.focused)) >= 4.5
    assert contrast(rounded(look.edge)) >= 3  # bold letters


def test_rounded_to_256_colours_labels_still_differ_from_each_other_and_from_text() -> None:
    palette = Palette(SCHEMA, 256)
    for kind in ("body", "focused"):
        seen = [rounded(getattr(look, kind)).bgcolor for look in palette.labels.values()]
        numbers = [color.number for color in (*seen, rounded(palette.text).bgcolor) if color]
        assert len(set(numbers)) == len(COLOURS) + 1
