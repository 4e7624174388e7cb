"""Lines that stand on a page more than once."""

from __future__ import annotations

from annotator.suggest.zones.shapes import Shape


def first_printings(shapes: list[Shape]) -> list[int]:
    """For each line the number of the first line that reads the same; its own number where it is the first."""
    seen: dict[str, int] = {}
    return [seen.setdefault(shape.bare, number) for number, shape in enumerate(shapes)]
