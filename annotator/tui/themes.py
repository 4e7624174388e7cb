"""The colours of each theme: data, made so that text on every one of them can be read.

A label has four backgrounds: the body of an annotation, its end, its start, and the whole of it while it is focused,
each lighter (in the light theme darker) than the one before. The text on them is black or white, whichever reads
better. The bodies of the theme "safe" are the colours of Okabe and Ito (2008), *Color Universal Design*, in
luminances that keep them apart for people who lack one kind of cone; as a purple they have none, so one was added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Tone:
    """The backgrounds of a colour of the schema: body, end, start, focused.

    Attributes:
        full: As #rrggbb, for terminals with 24-bit colours.
        cube: As numbers of the 256 colours, where rounding would make one colour of two.
    """

    full: str
    cube: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Styles as Rich writes them.

    Attributes:
        paper: The background of everything, as a colour.
        text, faint: Text on paper.
        bar: The bars above and below.
        cursor, selection, warning: What their names say.
        hit: What a search has found.
        hint: Letters drawn over the text.
        ground: Behind what is related to the focused annotation, a colour.
        tones: By the colour names of a schema; none where there are fewer than 256 colours.
    """

    paper: str
    text: str
    faint: str
    bar: str
    cursor: str
    selection: str
    warning: str
    hit: str
    hint: str
    ground: str
    tones: dict[str, Tone]


DARK = Theme(
    paper="#121212",
    text="#e4e4e4 on #121212",
    faint="#8f8f8f on #121212",
    bar="#e4e4e4 on #2d2d2d",
    cursor="bold #000000 on #ffffff",
    selection="#000000 on #c9c9c9",
    warning="bold #000000 on #ffd75f",
    hit="bold underline #000000 on #b4f03c",
    hint="bold #ffffff on #c00000",
    ground="#3a3a3a",
    tones={
        "blue": Tone("#1c3a63 #1d5fc4 #5a91d2 #8fbeff", "18 25 69 111"),
        "green": Tone("#1d4a2c #0a7030 #489f66 #63d68b", "22 28 71 78"),
        "yellow": Tone("#55480f #7a6200 #a98f2c #f0d050", "58 100 142 221"),
        "red": Tone("#5c2328 #b8222a #d17373 #ffa3a3", "88 160 203 217"),
        "magenta": Tone("#54235a #a31da9 #be72c4 #f89aff", "53 127 170 213"),
        "cyan": Tone("#124a52 #006a74 #429aa1 #5fd7e0", "23 30 73 116"),
        "orange": Tone("#5c3510 #974a00 #c58145 #ffb066", "94 166 208 222"),
        "purple": Tone("#3d2c6b #693ddc #9681d4 #c3b0ff", "55 62 140 183"),
    },
)

LIGHT = Theme(
    paper="#fafafa",
    text="#1a1a1a on #fafafa",
    faint="#626262 on #fafafa",
    bar="#1a1a1a on #d8d8d8",
    cursor="bold #ffffff on #000000",
    selection="#ffffff on #585858",
    warning="bold #000000 on #ffaf00",
    hit="bold underline #000000 on #b4f03c",
    hint="bold #ffffff on #c00000",
    ground="#e4e4e4",
    tones={
        "blue": Tone("#b4d2ff #92a9ff #5582ff #0449b2", "153 111 69 20"),
        "green": Tone("#b2ecb8 #00cd4f #009f3b #005d20", "157 114 71 22"),
        "yellow": Tone("#f4eb8c #d7ac00 #a78500 #624e00", "228 184 142 58"),
        "red": Tone("#ffb9b9 #ff8c90 #ff3e47 #9c1c22", "217 210 196 88"),
        "magenta": Tone("#fbb8f4 #f57cfc #e62def #8a178f", "219 177 165 90"),
        "cyan": Tone("#a0e8ee #00c3d6 #0097a6 #005962", "123 44 31 23"),
        "orange": Tone("#ffcb8f #ff975d #d66c00 #803e00", "216 208 166 94"),
        "purple": Tone("#d6c2ff #b09fff #9171ff #5832bc", "189 141 98 55"),
    },
)

CONTRAST = Theme(
    paper="#000000",
    text="#ffffff on #000000",
    faint="#c8c8c8 on #000000",
    bar="#ffffff on #303030",
    cursor="bold #000000 on #ffffff",
    selection="#000000 on #c9c9c9",
    warning="bold #000000 on #ffff00",
    hit="bold underline #000000 on #b4ff00",
    hint="bold #ffffff on #a00000",
    ground="#303030",
    tones={
        "blue": Tone("#02307a #0550c2 #7494ff #bec9ff", "18 20 111 153"),
        "green": Tone("#003e12 #006623 #00b143 #00eb5c", "22 34 77 121"),
        "yellow": Tone("#423300 #6c5500 #ba9500 #ffcf2e", "58 142 184 228"),
        "red": Tone("#6b0f14 #aa1f26 #ff676c #ffbabb", "52 124 203 217"),
        "magenta": Tone("#5e0c62 #971a9d #f64dff #fab4ff", "53 90 207 219"),
        "cyan": Tone("#003b41 #00616b #00a9b9 #00e0f5", "23 37 80 159"),
        "orange": Tone("#562800 #8c4400 #ef7900 #ffbca2", "88 208 215 223"),
        "purple": Tone("#3a2081 #6038cc #a088ff #cec5ff", "54 57 141 183"),
    },
)

SAFE = replace(
    DARK,
    tones={
        "blue": Tone("#0079bc #0094e6 #5ab1ff #aed2ff", "18 25 69 111"),
        "green": Tone("#005940 #00a276 #00c38f #00eaac", "65 72 79 85"),
        "yellow": Tone("#7c751d #989126 #b8af30 #ddd23c", "58 100 142 184"),
        "red": Tone("#7b3300 #e96700 #ff8d60 #ffc0af", "52 166 209 223"),
        "magenta": Tone("#a15e83 #c574a1 #ed8dc2 #ffbbdf", "89 132 205 218"),
        "cyan": Tone("#143446 #4696c3 #57b5ea #9cd5ff", "31 38 81 159"),
        "orange": Tone("#3c2700 #be8200 #e49e00 #ffc47c", "136 178 220 229"),
        "purple": Tone("#523d84 #9d79ef #b89cff #d5c7ff", "98 104 183 225"),
    },
)

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "safe": SAFE}


@dataclass(frozen=True, slots=True)
class FewTone:
    """A colour of the schema where there are 16.

    Attributes:
        body: The background of an annotation.
        ink: Text on it.
        on_white, on_black: Text of this colour on other backgrounds; black where it could not be read.
    """

    body: str
    ink: str
    on_white: str
    on_black: str


FEW_TONES = {
    "blue": FewTone("blue", "bright_white", "blue", "bright_blue"),
    "green": FewTone("green", "black", "black", "bright_green"),
    "yellow": FewTone("yellow", "black", "black", "bright_yellow"),
    "red": FewTone("bright_red", "black", "red", "bright_red"),
    "magenta": FewTone("magenta", "bright_white", "magenta", "bright_magenta"),
    "cyan": FewTone("cyan", "black", "black", "bright_cyan"),
    "orange": FewTone("bright_yellow", "black", "black", "bright_yellow"),
    "purple": FewTone("bright_magenta", "black", "magenta", "bright_magenta"),
}

# The cursor is red and the edges are white: of 16 colours the others are taken by labels. Bold black is no black in
# many terminals, so nothing black is bold.
FEW_DARK = Theme(
    paper="#000000",
    text="white on black",
    faint="white on black",
    bar="black on white",
    cursor="bold bright_white on red",
    selection="black on white",
    warning="black on bright_yellow",
    hit="underline black on bright_cyan",
    hint="bold bright_yellow on red",
    ground="bright_black",
    tones={},
)
FEW_LIGHT = replace(
    FEW_DARK,
    paper="#ffffff",
    text="black on bright_white",
    faint="black on bright_white",
    bar="bright_white on black",
    selection="bright_white on black",
)

NONE = Theme(
    paper="#000000",
    text="",
    faint="dim",
    bar="reverse",
    cursor="reverse bold",
    selection="reverse",
    warning="reverse bold",
    hit="reverse italic",
    hint="reverse bold underline",
    ground="",
    tones={},
)

NONE_BODIES = ("", "bold", "italic", "bold italic", "dim", "dim italic", "bold dim", "bold dim italic")
"""What tells the first, second, … label apart where there are no colours, beside an underline."""
