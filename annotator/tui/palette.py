"""How labels, cursor and selection look, in every theme, with colours and without."""

from __future__ import annotations

from dataclasses import dataclass

from rich.color import Color
from rich.style import Style

from annotator.model.schema import Label, Schema
from annotator.tui.themes import FEW_DARK, FEW_LIGHT, FEW_TONES, NONE, NONE_BODIES, THEMES, Theme


CUBE_COLOURS = 256

UNDERLINE = Style(underline=True)
DOUBLE = Style(underline=True, underline2=True)
"""Both, for terminals that know no double underline."""

BOLD, ITALIC = Style(bold=True), Style(italic=True)


@dataclass(frozen=True, slots=True)
class SpanStyles:
    """The styles of one label.

    Attributes:
        sign: Its key, which stands for it beside the text.
        body: The characters of an annotation.
        start, end, single: Its first character, its last one, and one that is both.
        focused: All of it while it is focused.
        related: All of it while one that it has a relation to is focused.
        suggested, suggested_edge: A suggestion, and its first and last character.
        suggested_focused: All of it while it is focused.
        suggested_related: All of it while a suggestion that it would have a relation to is focused.
        name: The label's name in a bar or a list.
        mark: The sign, on paper.
        share: A piece of the overview.
    """

    sign: str
    body: Style
    start: Style
    end: Style
    single: Style
    focused: Style
    related: Style
    suggested: Style
    suggested_edge: Style
    suggested_focused: Style
    suggested_related: Style
    name: Style
    mark: Style
    share: Style


class Palette:
    """All styles, made once for a schema, a terminal and a theme.

    Args:
        schema: Whose labels to colour.
        colours: How many colours the terminal has; 0 where none may be used, whatever the theme.
        theme: One of `THEMES`; with 16 colours there are only a dark one and a light one.

    Attributes:
        theme: Its name.
        paper: The background of everything, as #rrggbb.
        cursor_focused: The cursor on the focused annotation.
        hit: What a search has found, in plain text and in bodies.
        hit_mark: Added to it elsewhere.
        focus_mark: Added to a focused annotation where it is selected.
        link_mark: Added to the first character of an annotation that has relations.
        depths: Added where 1, 2, 3 or more annotations lie over each other.
        block: What a label is drawn as in the overview.
        labels: By the ids of the labels.
    """

    def __init__(self, schema: Schema, colours: int, theme: str = "dark") -> None:
        look = _theme(theme, colours)
        self.theme, self.paper = theme, look.paper
        self.text, self.faint = Style.parse(look.text), Style.parse(look.faint)
        self.bar = Style.parse(look.bar)
        self.cursor, self.selection = Style.parse(look.cursor), Style.parse(look.selection)
        self.warning, self.hint, self.hit = Style.parse(look.warning), Style.parse(look.hint), Style.parse(look.hit)
        self.cursor_focused = self.cursor + DOUBLE if colours else BOLD + DOUBLE  # a hole in what is all reversed
        strong = ITALIC if 0 < colours < CUBE_COLOURS else BOLD  # bold black is grey in many terminals
        self.bar_strong = self.bar + strong
        self.focus_mark, self.hit_mark = strong + DOUBLE, strong + ITALIC + UNDERLINE
        self.link_mark = ITALIC
        self.depths = (Style(), UNDERLINE, DOUBLE) if colours else (Style(), DOUBLE, DOUBLE + Style(overline=True))
        self.block = "█" if colours else "▪"
        self.labels = {
            label.id: _span_styles(label, number, look, colours) for number, label in enumerate(schema.labels)
        }


def _theme(name: str, colours: int) -> Theme:
    if colours == 0:
        return NONE
    if colours < CUBE_COLOURS:
        return FEW_LIGHT if name == "light" else FEW_DARK
    return THEMES[name]


def _span_styles(label: Label, number: int, look: Theme, colours: int) -> SpanStyles:
    if colours == 0:
        return _without_colours(label, number)
    if colours < CUBE_COLOURS:
        return _in_few_colours(label, look)
    return _in_colours(label, look, colours)


def _in_colours(label: Label, look: Theme, colours: int) -> SpanStyles:
    tone = look.tones[label.colour]
    if colours > CUBE_COLOURS:
        body, end, start, focused = tone.full.split()
    else:
        body, end, start, focused = (f"color({number})" for number in tone.cube.split())
    first = Style.parse(f"bold {_ink(start)} on {start}")
    inside = Style.parse(f"{_ink(body)} on {body}")
    return SpanStyles(
        sign=label.key,
        body=inside,
        start=first,
        end=Style.parse(f"{_ink(end)} on {end}"),
        single=first + UNDERLINE,
        focused=Style.parse(f"{_ink(focused)} on {focused}"),
        related=Style.parse(f"bold {focused} on {look.ground}"),
        suggested=Style.parse(f"{focused} on {look.paper}") + UNDERLINE,
        suggested_edge=Style.parse(f"bold {focused} on {look.paper}") + DOUBLE,
        suggested_focused=Style.parse(f"{_ink(focused)} on {focused}") + ITALIC + UNDERLINE,
        suggested_related=Style.parse(f"bold {focused} on {look.ground}") + ITALIC + UNDERLINE,
        name=inside + BOLD,
        mark=Style.parse(f"bold {focused} on {look.paper}"),
        share=Style.parse(f"{start} on {look.paper}"),
    )


def _in_few_colours(label: Label, look: Theme) -> SpanStyles:
    """White edges on black paper, black ones on white; a focused annotation lies on the paper itself.

    So do suggestions, but for the focused one.
    """
    tone, is_light = FEW_TONES[label.colour], look is FEW_LIGHT
    body = Style.parse(f"{tone.ink} on {tone.body}")
    own = f"{tone.on_white} on bright_white" if is_light else f"{tone.on_black} on black"
    start = f"{tone.on_black} on black" if is_light else f"{tone.on_white} on bright_white"
    paper = f"{tone.on_white} on bright_white" if is_light else f"{tone.on_black} on black"
    end = "bright_white on bright_black" if is_light else f"{tone.on_white} on white"
    return SpanStyles(
        sign=label.key,
        body=body,
        start=Style.parse(start),
        end=Style.parse(f"underline {end}"),
        single=Style.parse(f"underline {start}"),
        focused=Style.parse(own) + BOLD + DOUBLE,
        related=Style.parse(f"bold italic bright_white on {look.ground}"),
        suggested=Style.parse(paper) + UNDERLINE,
        suggested_edge=Style.parse(paper) + DOUBLE,
        suggested_focused=Style.parse(start) + ITALIC + UNDERLINE,
        suggested_related=Style.parse(f"bold italic underline bright_white on {look.ground}"),
        name=body,
        mark=Style.parse(own),
        share=Style.parse(f"{tone.body} on {'bright_white' if is_light else 'black'}"),
    )


def _without_colours(label: Label, number: int) -> SpanStyles:
    body = Style.parse(NONE_BODIES[number % len(NONE_BODIES)]) + UNDERLINE
    edge = Style(reverse=True, dim=True)
    return SpanStyles(
        sign=label.key,
        body=body,
        start=edge,
        end=edge + UNDERLINE,
        single=edge + DOUBLE,
        focused=Style(reverse=True) + BOLD + DOUBLE,
        related=Style(reverse=True) + BOLD + ITALIC,
        suggested=ITALIC,
        suggested_edge=BOLD + ITALIC + UNDERLINE,
        suggested_focused=Style(reverse=True) + ITALIC + DOUBLE,
        suggested_related=Style(reverse=True) + ITALIC,
        name=body,
        mark=BOLD,
        share=Style(),
    )


def _ink(background: str) -> str:
    """Black or white, whichever reads better: one of them always has a contrast of 4.5 or more (WCAG 2.2)."""
    channels = [channel / 255 for channel in Color.parse(background).get_truecolor()]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#ffffff"
