"""Colours as people see them: contrast, distance, and what is left of them for people who lack one kind of cone."""

from __future__ import annotations

from rich.color import Color, ColorTriplet
from rich.terminal_theme import TerminalTheme


Linear = tuple[float, float, float]
"""Red, green and blue from 0 to 1, proportional to light."""

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB. Brettel's tritanopia differs a little."""

DIM = [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)]
BRIGHT = [
    *[(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)],
    *[(92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)],
]
XTERM = TerminalTheme((0, 0, 0), (229, 229, 229), DIM, BRIGHT)
"""The 16 colours as xterm has them; among the usual ones they are the hardest to read."""

XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def triplet(color: Color) -> ColorTriplet:
    """What xterm shows."""
    return color.get_truecolor(XTERM)


def linear(color: Color) -> Linear:
    """A colour as light (IEC 61966-2-1)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in triplet(color))
    )
    return red, green, blue


def times(matrix: tuple[Linear, ...], vector: Linear) -> Linear:
    """A matrix times a vector; no light is less than none."""
    rows = (sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix)
    first, second, third = (max(value, 0.0) for value in rows)
    return first, second, third


def luminance(color: Color) -> float:
    """Relative luminance as in WCAG 2.2."""
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast of two colours as in WCAG 2.2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(light: Linear) -> Linear:
    """CIE L*a*b* (1976) under D65."""
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in (part / white for part, white in zip(times(XYZ, light), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: Color, other: Color, sight: str = "") -> float:
    """The distance of two colours in CIE L*a*b*, where 2.3 is just noticeable; for one of `MACHADO`, or usual sight."""
    light = [linear(one), linear(other)]
    if sight:
        light = [times(MACHADO[sight], colour) for colour in light]
    return float(sum((a - b) ** 2 for a, b in zip(*map(lab, light), strict=True)) ** 0.5)
