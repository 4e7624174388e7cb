"""How labels, cursor and selection look, with colours and without."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style

from annotator.model.schema import Schema


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour of a schema.

    Attributes:
        quiet: The background of a span.
        strong: Its edges, its name, and the background of the focused span.
        cube: `quiet` where there are 256 colours: rounding would make one of every two.
        ansi: The nearest of 16 colours, and what can be read on it.
    """

    quiet: str
    strong: str
    cube: str
    ansi: str
    on_ansi: str = "bright_white"


TONES = {
    "blue": Tone("#1c3a63", "#6fb1ff", "color(18)", "blue"),
    "green": Tone("#1d4a2c", "#63d68b", "color(22)", "green", "black"),
    "yellow": Tone("#55480f", "#f0d050", "color(58)", "yellow", "black"),
    "red": Tone("#5c2328", "#ff8d8d", "color(88)", "red"),
    "magenta": Tone("#54235a", "#ee90f5", "color(90)", "magenta"),
    "cyan": Tone("#124a52", "#5fd7e0", "color(23)", "cyan", "black"),
    "orange": Tone("#5c3510", "#ffb066", "color(94)", "bright_yellow", "black"),
    "purple": Tone("#3d2c6b", "#b59cff", "color(55)", "bright_magenta", "black"),
}
TEXT, PAPER, FAINT = "#e4e4e4", "#121212", "#8f8f8f"


@dataclass(frozen=True, slots=True)
class SpanStyles:
    """The styles of one label: body, overlapped body, edge, focused."""

    body: Style
    overlapped: Style
    edge: Style
    focused: Style


class Palette:
    """All styles, made once for a schema and a terminal.

    Args:
        schema: Whose labels to colour.
        colours: How many colours the terminal has; 0 where none may be used.
    """

    def __init__(self, schema: Schema, colours: int) -> None:
        plain, few = colours == 0, 0 < colours <= 16

        def style(mono: str, ansi: str, full: str) -> Style:
            return Style.parse(mono if plain else ansi if few else full)

        self.text = style("", "white on black", f"{TEXT} on {PAPER}")
        self.faint = style("dim", "white on black", f"{FAINT} on {PAPER}")
        self.bar = style("reverse", "black on white", f"{TEXT} on #2d2d2d")
        self.bar_strong = style("reverse bold", "black on white", f"bold {TEXT} on #2d2d2d")
        self.cursor = style("reverse bold", "black on bright_white", "bold #000000 on #ffffff")
        self.selection = style("reverse", "black on white", "#000000 on #c9c9c9")
        self.warning = style("reverse bold", "black on bright_yellow", "bold #000000 on #ffd75f")
        self.hit = Style(bold=True, underline=True)
        self.labels = {label.id: _span_styles(TONES[label.colour], colours) for label in schema.labels}


def _span_styles(tone: Tone, colours: int) -> SpanStyles:
    if colours == 0:
        body, edge = Style(underline=True), Style(underline=True, bold=True)
        return SpanStyles(body, Style(underline2=True), edge, edge + Style(italic=True))
    if colours <= 16:
        body = Style.parse(f"{tone.on_ansi} on {tone.ansi}")
        edge = body + Style(bold=True)
        return SpanStyles(body, body + Style(underline=True), edge, edge + Style(underline=True))
    quiet = tone.cube if colours <= 256 else tone.quiet
    body = Style.parse(f"#ffffff on {quiet}")
    edge = Style.parse(f"bold {tone.strong} on {quiet}")
    return SpanStyles(body, body + Style(underline=True), edge, Style.parse(f"#000000 on {tone.strong}"))
