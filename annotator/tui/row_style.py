"""How each cell of a row looks: annotations, their edges and depth, focus, relations, hits, selection, cursor.

What lies in another annotation is smaller, so the smallest one gives a cell its look; the focused one and those
related to it come before all others. The first and the last cell of every annotation are edges, whatever lies there.
Suggestions are among them: one inside an annotation is a hole in its colour.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from rich.style import Style

from annotator.model.annotation import Annotation, Relation
from annotator.text.layout import Cell, Row
from annotator.text.pages import DocumentLayout, RowId
from annotator.tui.palette import Palette
from annotator.tui.view import Span, View


Role = Literal["", "focused", "related"]


class Shown(NamedTuple):
    """An annotation, or a suggestion as the annotation that it would be, with all that its look depends on."""

    annotation: Annotation
    role: Role
    is_linked: bool
    is_suggested: bool = False

    @property
    def length(self) -> int:
        """Its code points."""
        return self.annotation.end - self.annotation.start


class Piece(NamedTuple):
    """What a row shows of an annotation.

    Attributes:
        first, last: Where its first and its last cell in the row start, in code points of the paragraph.
        starts, ends: Whether these are the first and the last cell of the whole annotation.
    """

    shown: Shown
    first: int
    last: int
    starts: bool
    ends: bool


def drawn(row: Row) -> Row:
    """The row, with a blank cell where it has none: cursor and selection must be seen on an empty line."""
    if row.cells:
        return row
    blank = Cell(row.width - 1 if row.base else 0, 1, " ", row.start, max(row.end, row.start + 1))
    return Row(row.start, row.end, row.width, row.base, (blank,))


def shown_on(view: View, start: int, end: int) -> Iterator[Shown]:
    """The annotations that share a character with [start, end), in reading order, then the suggestions."""
    state, focused = view.state, view.focused
    relations = _relations_of(view, focused) if focused is not None else ()
    related = {end for relation in relations for end in (relation.head, relation.tail)}
    for annotation in state.overlapping(start, end):
        id_ = annotation.id
        role: Role = "focused" if id_ == focused else "related" if id_ in related else ""
        yield Shown(annotation, role, id_ in state.related)
    for annotation in view.suggested.overlapping(start, end):
        id_ = annotation.id
        role = "focused" if id_ == focused else "related" if id_ in related else ""
        yield Shown(annotation, role, False, is_suggested=True)


def _relations_of(view: View, focused: str) -> tuple[Relation, ...]:
    """The relations of an annotation, or those that are proposed for a suggestion."""
    is_suggested = view.suggested.annotation(focused) is not None
    return (view.suggested if is_suggested else view.state).relations_of(focused)


def hits_on(hits: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    """The spans, of some in order that do not overlap, that share a character with [start, end)."""
    index = bisect_right(hits, start, key=lambda span: span[1])
    while index < len(hits) and hits[index][0] < end:
        yield hits[index]
        index += 1


def row_styles(view: View, palette: Palette, row_id: RowId) -> Callable[[Cell], Style]:
    """The style of each cell of a row; its cells are those of `drawn`."""
    layout = view.layout
    origin, row = layout.span(row_id.paragraph)[0], drawn(layout.row(row_id))
    first, last = origin + row.start, origin + max(row.end, row.start + 1)
    pieces = _pieces(layout, row_id, row, shown_on(view, first, last))
    hits = [(start - origin, end - origin) for start, end in hits_on(view.hits, first, last)]
    cursor = view.cursor - origin
    chosen, chosen_end = (edge - origin for edge in view.selection or (origin, origin))

    def style_of(cell: Cell) -> Style:
        here = [piece for piece in pieces if piece.first <= cell.start <= piece.last]
        is_hit = any(start < cell.end and end > cell.start for start, end in hits)
        is_focused = any(piece.shown.role == "focused" for piece in here)
        if cell.start <= cursor < cell.end:
            return palette.cursor_focused if is_focused else palette.cursor
        if chosen < cell.end and chosen_end > cell.start:
            style = palette.selection + palette.focus_mark if is_focused else palette.selection
            return style + palette.hit_mark if is_hit else style
        if here:
            return _annotated(palette, here, cell, is_hit=is_hit)
        return palette.hit if is_hit else palette.text

    return style_of


def _annotated(palette: Palette, here: list[Piece], cell: Cell, *, is_hit: bool) -> Style:
    """The look of a cell with some annotations, the one of the highest rank first."""
    top = here[0].shown
    labelled = [piece for piece in here if not piece.shown.is_suggested]
    edges = [piece for piece in labelled if _is_edge(piece, cell)]
    if top.is_suggested and not (edges and (top.role != "focused" or not _is_edge(here[0], cell))):
        return _suggested(palette, here[0], cell, is_hit=is_hit)
    mark = palette.hit_mark if is_hit else Style()
    look = palette.labels[top.annotation.label]
    depth = palette.depths[min(len(labelled), len(palette.depths)) - 1]
    focused = next((piece.shown for piece in (edges or labelled[:1]) if piece.shown.role == "focused"), None)
    if focused is not None:
        return palette.labels[focused.annotation.label].focused + depth + mark
    if edges:
        return _edge(palette, min(edges, key=lambda piece: piece.shown.length), cell) + mark
    if top.role:
        return look.related + depth + mark
    return palette.hit if is_hit else look.body + depth


def _suggested(palette: Palette, piece: Piece, cell: Cell, *, is_hit: bool) -> Style:
    """The look of a cell to which a suggestion gives its look."""
    look, role = palette.labels[piece.shown.annotation.label], piece.shown.role
    if role:
        style = look.suggested_focused if role == "focused" else look.suggested_related
        return style + palette.hit_mark if is_hit else style
    if _is_edge(piece, cell):
        return look.suggested_edge + palette.hit_mark if is_hit else look.suggested_edge
    return palette.hit if is_hit else look.suggested


def _is_edge(piece: Piece, cell: Cell) -> bool:
    return (piece.starts and cell.start == piece.first) or (piece.ends and cell.start == piece.last)


def _edge(palette: Palette, piece: Piece, cell: Cell) -> Style:
    look = palette.labels[piece.shown.annotation.label]
    if not (piece.starts and cell.start == piece.first):
        return look.end
    style = look.single if piece.ends and cell.start == piece.last else look.start
    return style + palette.link_mark if piece.shown.is_linked else style


def _pieces(layout: DocumentLayout, row_id: RowId, row: Row, shown: Iterator[Shown]) -> list[Piece]:
    """What a row shows of some annotations: the focused one and those related to it first, the smaller before others.

    Some characters have no cell: line breaks, spaces that hang behind a row, directional marks. So an edge is the
    first or last cell that is drawn at all.
    """
    origin = layout.span(row_id.paragraph)[0]
    before, behind = _drawn_before(layout, row_id), _drawn_behind(layout, row_id)
    cells = sorted((cell.start, cell.end) for cell in row.cells)
    pieces = []
    for one in shown:
        start, end = one.annotation.start - origin, one.annotation.end - origin
        first = bisect_right(cells, start, key=lambda cell: cell[1])
        last = bisect_left(cells, end, key=lambda cell: cell[0]) - 1
        if first <= last:
            pieces.append(Piece(one, cells[first][0], cells[last][0], start >= before, end <= behind))
    return sorted(pieces, key=_rank)


def _rank(piece: Piece) -> tuple[bool, int, bool, bool, str]:
    one = piece.shown
    return not one.role, one.length, one.role != "focused", one.is_suggested, one.annotation.id


def _drawn_before(layout: DocumentLayout, row_id: RowId) -> int:
    """The end of the last cell before a row, counted from the start of its paragraph."""
    above = layout.previous(row_id)
    if above is None:
        return 0
    origin = layout.span(row_id.paragraph)[0]
    if layout.fold_at(above.paragraph) is not None:
        start, end = layout.span(row_id.paragraph - 1)
        return 0 if start == end else -1  # the break of a line has a cell only where the line is empty
    return layout.span(above.paragraph)[0] + max(cell.end for cell in drawn(layout.row(above)).cells) - origin


def _drawn_behind(layout: DocumentLayout, row_id: RowId) -> int:
    """The start of the first cell behind a row, counted from the start of its paragraph."""
    below = layout.next(row_id)
    origin, end = layout.span(row_id.paragraph)
    if below is None or layout.fold_at(below.paragraph) is not None:
        return end - origin + 1
    return layout.span(below.paragraph)[0] + min(cell.start for cell in drawn(layout.row(below)).cells) - origin
