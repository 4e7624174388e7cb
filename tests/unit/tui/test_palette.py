from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.schema import COLOURS, Label, Schema
from annotator.services.preferences import THEMES as CHOICES
from annotator.tui.palette import Palette, SpanStyles
from annotator.tui.themes import FEW_TONES, THEMES
from tests.support.colours import MACHADO, contrast, distance


SCHEMA = Schema("rainbow", 1, "ar", "rtl", tuple(Label(colour, colour[0], colour) for colour in COLOURS))
FULL, CUBE, FEW, NONE = 1 << 24, 256, 16, 0
DEPTHS = [FULL, CUBE, FEW, NONE]
ON_TEXT = ("body", "start", "end", "single", "focused", "related")
SUGGESTED = ("suggested", "suggested_edge", "suggested_focused", "suggested_related")
PALETTES = [(theme, colours) for theme in THEMES for colours in DEPTHS]
COLOURED = [(theme, colours) for theme in THEMES for colours in (FULL, CUBE)]

SAFE_DISTANCE = 14
"""In CIE L*a*b*: six times what is just noticeable."""


def looks(label: SpanStyles, *names: str) -> list[Style]:
    """Some styles of a label."""
    return [getattr(label, name) for name in names]


def span_styles(palette: Palette) -> list[Style]:
    """What annotations are drawn in."""
    return [style for label in palette.labels.values() for style in looks(label, *ON_TEXT)]


def other_styles(palette: Palette) -> list[Style]:
    """What else has a background of its own."""
    own = (palette.text, palette.faint, palette.bar, palette.bar_strong, palette.cursor, palette.cursor_focused)
    marks = [style for label in palette.labels.values() for style in looks(label, "name", "mark", *SUGGESTED)]
    return [*own, palette.selection, palette.warning, palette.hit, palette.hint, *marks]


def contrast_of(style: Style) -> float:
    """The contrast of text and background."""
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(style.color, style.bgcolor)


def ground(style: Style) -> Color:
    """The background."""
    assert style.bgcolor is not None
    return style.bgcolor


def shipped(name: str) -> Schema:
    """A schema that comes with the program."""
    return parse_schema(*read_schema_source(name))


def test_the_themes_are_those_that_can_be_chosen() -> None:
    assert tuple(THEMES) == CHOICES


def test_every_colour_of_a_schema_has_a_tone_in_every_theme() -> None:
    assert all(set(theme.tones) == set(COLOURS) for theme in THEMES.values())
    assert set(FEW_TONES) == set(COLOURS)


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_a_palette_knows_its_theme_and_the_paper_of_its_text(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    assert palette.theme == theme
    if colours == FULL:
        assert ground(palette.text) == Color.parse(palette.paper)


@pytest.mark.parametrize(("theme", "colours"), [pair for pair in PALETTES if pair[1]])
def test_every_style_names_both_colours_so_that_nothing_of_the_terminal_shines_through(
    theme: str, colours: int
) -> None:
    palette = Palette(SCHEMA, colours, theme)
    assert all(style.color and style.bgcolor for style in (*span_styles(palette), *other_styles(palette)))


# Contrast


@pytest.mark.parametrize(("theme", "colours"), COLOURED)
def test_all_text_can_be_read(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    # The darkest yellow of the 256 colours has 6.7 with white.
    least = {FULL: 7, CUBE: 6.7}[colours] if theme == "contrast" else 4.5
    assert min(map(contrast_of, span_styles(palette))) >= least
    assert min(map(contrast_of, other_styles(palette))) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_with_16_colours_a_light_one_is_paired_with_a_dark_one(theme: str) -> None:
    palette = Palette(SCHEMA, FEW, theme)
    assert min(map(contrast_of, (*span_styles(palette), *other_styles(palette)))) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_with_16_colours_nothing_black_is_bold_but_what_is_focused(theme: str) -> None:
    palette = Palette(SCHEMA, FEW, theme)
    mine = (*span_styles(palette), *other_styles(palette), palette.selection + palette.focus_mark)
    focused = [label.focused for label in palette.labels.values()]
    assert not any(style.bold and style.color == Color.parse("black") for style in mine if style not in focused)


# Backgrounds


@pytest.mark.parametrize(("theme", "colours"), COLOURED)
def test_body_end_start_and_focus_are_steps_of_brightness(theme: str, colours: int) -> None:
    for label in Palette(SCHEMA, colours, theme).labels.values():
        tones = [ground(style) for style in looks(label, "body", "end", "start", "focused")]
        assert all(contrast(one, other) >= 1.3 for one, other in combinations(tones, 2)), label.sign


@pytest.mark.parametrize("theme", THEMES)
def test_with_16_colours_every_edge_has_another_background_than_paper_and_body(theme: str) -> None:
    palette = Palette(SCHEMA, FEW, theme)
    for label in palette.labels.values():
        for edge in (label.start, label.end, label.single):
            assert ground(edge) not in (ground(label.body), ground(palette.text))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colours", [FULL, CUBE])
def test_the_bodies_of_labels_differ_from_each_other_and_from_paper(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    bodies = [ground(label.body) for label in palette.labels.values()]
    assert min(distance(one, other) for one, other in combinations((*bodies, ground(palette.text)), 2)) >= 12


@pytest.mark.parametrize("colours", [FULL, CUBE])
@pytest.mark.parametrize("sight", ["", *MACHADO])
def test_the_safe_theme_keeps_bodies_apart_for_every_kind_of_sight(colours: int, sight: str) -> None:
    palette = Palette(SCHEMA, colours, "safe")
    bodies = [ground(label.body) for label in palette.labels.values()]
    least = min(distance(one, other, sight) for one, other in combinations((*bodies, ground(palette.text)), 2))
    assert least >= SAFE_DISTANCE


@pytest.mark.parametrize("schema", ["news", "attribution", "minimal"])
@pytest.mark.parametrize(("theme", "colours"), [pair for pair in PALETTES if pair[1]])
def test_every_label_of_a_shipped_schema_has_a_background_of_its_own(schema: str, theme: str, colours: int) -> None:
    palette = Palette(shipped(schema), colours, theme)
    bodies = [ground(label.body) for label in palette.labels.values()]
    assert len(set(bodies)) == len(bodies)
    assert ground(palette.text) not in bodies


@pytest.mark.parametrize("theme", THEMES)
def test_with_16_colours_only_those_are_used(theme: str) -> None:
    palette = Palette(SCHEMA, FEW, theme)
    styles = (*span_styles(palette), *other_styles(palette))
    used = [color for style in styles for color in (style.color, style.bgcolor) if color]
    assert {color.system for color in used} == {ColorSystem.STANDARD}


def test_with_16_colours_the_light_theme_is_black_on_white_and_the_others_are_white_on_black() -> None:
    light, *others = (Palette(SCHEMA, FEW, theme) for theme in ("light", "dark", "contrast", "safe"))
    assert light.text == Style.parse("black on bright_white")
    assert all(palette.text == Style.parse("white on black") for palette in others)


# Without colours


@pytest.mark.parametrize("theme", THEMES)
def test_without_colours_no_style_has_one_and_the_theme_is_ignored(theme: str) -> None:
    palette = Palette(SCHEMA, NONE, theme)
    styles = (*span_styles(palette), *other_styles(palette))
    assert all(style.color is None and style.bgcolor is None for style in styles)
    assert palette.labels == Palette(SCHEMA, NONE, "dark").labels


def test_without_colours_every_label_has_attributes_of_its_own() -> None:
    bodies = [label.body for label in Palette(SCHEMA, NONE).labels.values()]
    assert len(set(bodies)) == len(COLOURS)
    assert all(style.underline for style in bodies)


def test_without_colours_the_labels_of_shipped_schemas_need_no_attribute_that_xterm_or_tmux_lack() -> None:
    for name in ("news", "minimal"):
        bodies = [label.body for label in Palette(shipped(name), NONE).labels.values()]
        assert not any(style.dim or style.overline for style in bodies)


def test_without_colours_edges_are_reversed() -> None:
    for label in Palette(SCHEMA, NONE).labels.values():
        assert all(style.reverse for style in looks(label, "start", "end", "single"))
        assert not label.body.reverse


def test_a_schema_may_have_more_labels_than_there_are_attributes() -> None:
    many = Schema("many", 1, "ar", "rtl", tuple(Label(f"l{n}", "c", "blue") for n in range(20)))
    assert len(Palette(many, NONE).labels) == 20


# What must look different


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_the_looks_of_a_label_differ(theme: str, colours: int) -> None:
    for label in Palette(SCHEMA, colours, theme).labels.values():
        assert len(set(looks(label, *ON_TEXT))) == len(ON_TEXT)


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_cursor_selection_hits_and_hints_differ_from_all_other_looks(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    special = [palette.cursor, palette.selection, palette.hit, palette.hint]
    assert len({palette.text, *special}) == 5
    assert not set(special) & set(span_styles(palette))


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_focus_can_be_told_where_it_is_selected_and_under_the_cursor(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    assert palette.selection + palette.focus_mark != palette.selection
    assert palette.cursor_focused != palette.cursor
    for label in palette.labels.values():
        assert palette.cursor_focused != label.focused
        assert label.focused + palette.hit_mark != label.focused


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_a_hit_can_be_told_in_text_bodies_edges_and_selections(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    assert palette.selection + palette.hit_mark != palette.selection
    for label in palette.labels.values():
        assert palette.hit not in (palette.text, label.body)
        assert all(style + palette.hit_mark != style for style in looks(label, "start", "end", "single", "related"))


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_each_depth_looks_different(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    for label in palette.labels.values():
        assert len({label.body + depth for depth in palette.depths}) == 3


def test_labels_of_one_colour_look_the_same_but_for_their_signs() -> None:
    twins = Schema("twins", 1, "ar", "rtl", (Label("a", "a", "blue"), Label("b", "b", "blue")))
    one, other = Palette(twins, FULL).labels.values()
    styles = [field.name for field in fields(SpanStyles) if field.name != "sign"]
    assert looks(one, *styles) == looks(other, *styles)
    assert (one.sign, other.sign) == ("a", "b")


@pytest.mark.parametrize("theme", THEMES)
def test_with_256_colours_labels_are_given_as_such_so_that_no_two_are_rounded_to_one(theme: str) -> None:
    for label in Palette(SCHEMA, CUBE, theme).labels.values():
        for style in looks(label, "body", "start", "end", "single", "focused"):
            assert ground(style).system == ColorSystem.EIGHT_BIT


# Suggestions


def seen(style: Style, colours: int) -> tuple[object, ...]:
    """What a terminal with so many colours shows of a style, but for bold, which some show as another colour."""
    system = {FULL: ColorSystem.TRUECOLOR, CUBE: ColorSystem.EIGHT_BIT, FEW: ColorSystem.STANDARD}.get(colours)
    pair = (style.color, style.bgcolor) if system else ()
    shown = [colour.downgrade(system) if colour and system else colour for colour in pair]
    return (*shown, bool(style.underline), bool(style.italic), bool(style.reverse))


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_a_suggestion_looks_unlike_text_and_unlike_every_annotation(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    made = {seen(style, colours) for label in palette.labels.values() for style in looks(label, "body", "start", "end")}
    for label in palette.labels.values():
        for style in looks(label, "suggested", "suggested_focused", "suggested_related"):
            assert seen(style, colours) not in made
            assert seen(style, colours) != seen(palette.text, colours)


@pytest.mark.parametrize(("theme", "colours"), PALETTES)
def test_a_suggestion_its_edges_the_focused_one_and_a_related_one_can_be_told(theme: str, colours: int) -> None:
    for label in Palette(SCHEMA, colours, theme).labels.values():
        assert len(set(looks(label, *SUGGESTED))) == len(SUGGESTED)
        plain, focused = looks(label, "suggested", "suggested_focused")
        assert (plain.bgcolor, plain.reverse) != (focused.bgcolor, focused.reverse)


@pytest.mark.parametrize(("theme", "colours"), [pair for pair in PALETTES if pair[1]])
def test_a_suggestion_lies_on_the_paper_itself(theme: str, colours: int) -> None:
    palette = Palette(SCHEMA, colours, theme)
    paper = ground(palette.text).get_truecolor()
    for label in palette.labels.values():
        for style in looks(label, "suggested", "suggested_edge"):
            assert distance(ground(style), ground(palette.text)) < 4 or ground(style).get_truecolor() == paper
