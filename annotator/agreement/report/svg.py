"""A matplotlib figure → an <svg> element that can stand in a page beside others and takes the page's colours."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from matplotlib.figure import Figure


INK, FAINT, EDGE = "#010101", "#020202", "#030303"
"""Text; lines of a grid; what sets neighbouring areas apart."""

SERIES = "#0072b2"
AGREED = "#c3c8cc"
RAMP = ("#fde725", "#a5db36", "#4ac16d", "#1fa187", "#277f8e", "#365c8d", "#46327e", "#440154")
"""Viridis, from light to dark: an order that colour-blind eyes and grey paper keep."""

_PAGE_COLOURS = {
    INK: "currentColor",
    FAINT: "var(--faint, #8888)",
    EDGE: "var(--edge, #fff)",
    SERIES: f"var(--series, {SERIES})",
    **{colour: f"var(--ramp-{step}, {colour})" for step, colour in enumerate(RAMP)},
}

STYLE: dict[Any, object] = {
    "font.size": 12,
    "svg.fonttype": "none",  # text stays text, which the browser shapes and orders
    "svg.hashsalt": "annotator",
    "text.color": INK,
    "text.parse_math": False,  # a label may have a $ in it
    "axes.edgecolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.spines.bottom": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.pad": 7,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
}
"""What a figure is drawn and written with, over matplotlib's defaults."""

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_FONT_FAMILY = re.compile(r"font-family:[^;]*;?\s*")
_REFERENCE = re.compile(r"(?:(?<=url\()|^)#([\w.-]+)")


def inline(figure: Figure, *, prefix: str, title: str) -> str:
    """An <svg> element; the same figure gives the same string.

    Args:
        figure: Drawn with `STYLE` and the colours of this module.
        prefix: Put before its ids, which are those of the page.
        title: What it shows, for those who do not see it.
    """
    written = io.StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata=_NO_METADATA)
    root = ET.fromstring(written.getvalue())  # noqa: S314  # matplotlib's own
    for element in root.iter():
        _settle(element, prefix)
    for defs in root.findall("defs"):
        for style in defs.findall("style"):
            defs.remove(style)  # it would hold for the whole page
    _forget_unused_ids(root)
    name = ET.Element("title", id=f"{prefix}-title")
    name.text = title
    root.insert(0, name)
    width = root.attrib["viewBox"].split()[2]
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{prefix}-title",
        "style": f"width: {width}px; stroke-linejoin: round; stroke-linecap: butt",
    }
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _settle(element: ET.Element, prefix: str) -> None:
    """Without name space, in the page's colours and font, with its own ids."""
    element.tag = _local(element.tag)
    attributes = {_local(key): value for key, value in element.attrib.items()}
    for key, value in attributes.items():
        if key == "id":
            attributes[key] = f"{prefix}-{value}"
        elif key in {"href", "clip-path"}:
            attributes[key] = _REFERENCE.sub(rf"#{prefix}-\1", value)
        elif key == "style":
            attributes[key] = _coloured(_FONT_FAMILY.sub("", value))
    element.attrib = attributes


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _coloured(style: str) -> str:
    for drawn, shown in _PAGE_COLOURS.items():
        style = style.replace(drawn, shown)
    return style


def _forget_unused_ids(root: ET.Element) -> None:
    used = {name for element in root.iter() for value in element.attrib.values() for name in _REFERENCE.findall(value)}
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
