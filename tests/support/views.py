"""Views of small documents for tests: builders, and hypothesis strategies of anything that can be shown."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Relation, Value
from annotator.model.state import AnnotationState
from annotator.text.layout import Cell
from annotator.text.pages import DocumentLayout, RowId
from annotator.tui.row_style import drawn
from annotator.tui.steps import Hint
from annotator.tui.view import View
from tests.support.layouts import all_rows, layouts
from tests.support.model import SCHEMA


LABELS = tuple(label.id for label in SCHEMA.labels)


def view_of(text: str, *values: Value, width: int = 40, base: int = 1, **shown: object) -> View:
    """A view of a text with some annotations and relations; the cursor is out of the way unless given."""
    layout = DocumentLayout(text, width, base=base)
    return View(layout, AnnotationState.of(values), **({"cursor": len(text) + 9} | shown))  # type: ignore[arg-type]


def span(text: str, part: str, label: str = "claim", id_: str = "") -> Annotation:
    """An annotation of the first place where a part stands in a text."""
    return Annotation(id_ or f"{label} {part}", text.index(part), text.index(part) + len(part), label)


def cells_in_reading_order(layout: DocumentLayout) -> list[tuple[RowId, Cell, int, int]]:
    """All cells that are drawn, with their row and their span in the document."""
    found = []
    for row_id in all_rows(layout):
        if layout.fold_at(row_id.paragraph) is None:
            origin = layout.span(row_id.paragraph)[0]
            cells = sorted(drawn(layout.row(row_id)).cells, key=lambda cell: cell.start)
            found += [(row_id, cell, origin + cell.start, origin + cell.end) for cell in cells]
    return found


@st.composite
def states(draw: st.DrawFn, length: int) -> AnnotationState:
    """Some annotations on a text of a length, lying in any way, and relations between them."""
    edges = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    spans = draw(st.lists(st.tuples(edges, st.sampled_from(LABELS)), max_size=6))
    annotations = [Annotation(f"a{n}", start, end, label) for n, ((start, end), label) in enumerate(spans)]
    pairs = draw(st.lists(st.tuples(*[st.integers(0, max(len(spans) - 1, 0))] * 2), max_size=3)) if spans else []
    relations = [Relation(f"r{n}", "repeats", f"a{head}", f"a{tail}") for n, (head, tail) in enumerate(pairs)]
    return AnnotationState.of((*annotations, *relations))


@st.composite
def views(draw: st.DrawFn, layout: DocumentLayout, state: AnnotationState | None = None) -> View:
    """A view of a layout."""
    length = len(layout.text)
    state = draw(states(length)) if state is None else state
    edges = st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda pair: (min(pair), max(pair)))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    hints = draw(st.lists(st.tuples(st.integers(0, length), st.text("fjdk", min_size=1, max_size=2)), max_size=4))
    return View(
        layout,
        state,
        draw(st.integers(0, max(length - 1, 0))),
        draw(edges | st.none()),
        draw(st.sampled_from([None, *(annotation.id for annotation in state.annotations)])),
        tuple(zip(cuts[::2], cuts[1::2], strict=False)),
        tuple(Hint(offset, letters) for offset, letters in sorted(hints)),
    )


@st.composite
def two_views(draw: st.DrawFn) -> tuple[View, View]:
    """Two views of one layout, as before and after a key; they have much in common."""
    layout = draw(layouts())
    before = draw(views(layout))
    other = draw(views(layout, before.state if draw(st.booleans()) else None))
    if draw(st.booleans()):
        return before, other
    kept = {name: getattr(before, name) for name in draw(st.sets(st.sampled_from(["cursor", "selection", "hits"])))}
    return before, View(**{name: kept.get(name, getattr(other, name)) for name in View.__slots__})
