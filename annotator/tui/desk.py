"""What an annotator does in one document, without a screen: cursor, selection, focus, edges, search and labels.

Each action changes the desk and returns a word for the status line, or "". The screen then shows `view()`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Literal

from annotator.errors import N_, OperationError
from annotator.model import edits
from annotator.model.accepting import accept_as, with_other_label, with_other_span
from annotator.model.annotation import Annotation, Answer
from annotator.model.furniture import first_letter, furniture_folds, justified
from annotator.model.operations import Operation
from annotator.model.proposed import proposed
from annotator.model.schema import Label
from annotator.model.state import AnnotationState
from annotator.model.suggestion import Suggestion, SuggestionSet
from annotator.services.session import AnnotationSession, new_id
from annotator.text.folding import Folded, find_all, fold
from annotator.text.navigation import Navigator, Span
from annotator.text.pages import DocumentLayout, Fold
from annotator.text.selection import Selection, without_stop
from annotator.tui.language import _, named, ngettext
from annotator.tui.steps import Hint
from annotator.tui.stops import next_stop
from annotator.tui.view import View, with_edges


Edge = Literal["start", "end"]


class Desk:
    """One annotator's hands in one document.

    Attributes:
        session: The document and its annotations; every change is on disk when it returns.
        cursor: The code point under the cursor.
        selection: What is selected.
        focused: The id of the focused annotation or suggestion, or None.
        edge: The edge of the focused annotation that moves go to, or None.
        needle: What was searched for last.
    """

    def __init__(self, session: AnnotationSession) -> None:
        self.session = session
        text = session.document.text
        self.layout = DocumentLayout(text, 80, base=1 if session.schema.direction == "rtl" else 0)
        self.navigator = Navigator(self.layout)
        self.cursor = min(session.cursor or 0, len(text) - 1)
        self.selection = Selection()
        self.focused: str | None = None
        self.edge: Edge | None = None
        self.needle = ""
        self._hits: tuple[Span, ...] = ()
        self._folded: Folded | None = None
        self._column: int | None = None
        self._is_extending = False
        self._edge_span: Span | None = None
        self._suggested = SuggestionSet(), AnnotationState()
        self._opened_at = self.cursor
        self.begin()

    def begin(self) -> None:
        """Fold the furniture, and go where reading begins; who was here before stays where they were."""
        self.fold_furniture()
        if not self.session.cursor:
            self.cursor = first_letter(self.layout)
        self._opened_at = self.cursor

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has done anything here since the document was opened."""
        return self.cursor == self._opened_at and not self.session.is_touched

    @property
    def place(self) -> int:
        """Where the annotator is; who has not moved is where they were, which may be nowhere yet."""
        return self.cursor if self.cursor != self._opened_at else self.session.cursor or 0

    def view(self, hints: tuple[Hint, ...] = ()) -> View:
        """What is to be seen now, with hints over it; an edge on the move is shown where it would be."""
        state, suggested = self.session.state, self.suggested
        if self._edge_span is not None and (annotation := self.annotation()) is not None:
            state = with_edges(state, annotation, self._edge_span)
        elif self._edge_span is not None and (annotation := self.suggested_annotation()) is not None:
            suggested = with_edges(suggested, annotation, self._edge_span)
        return View(
            self.layout,
            state,
            self.cursor,
            self.selection.span,
            self.focused,
            self._hits,
            hints,
            suggested=suggested,
        )

    @property
    def suggested(self) -> AnnotationState:
        """The suggestions that wait for an answer, as the annotations and relations that they would be."""
        session, pending = self.session, self.session.pending
        if self._suggested[0] is not pending:
            self._suggested = pending, proposed(pending, session.suggested, session.state, session.schema)
        return self._suggested[1]

    def look_for_suggestions(self) -> bool:
        """Take what is proposed by now; whether anything is new.

        It is folded only where nobody has begun to read: nothing moves under somebody's eyes.
        """
        if not self.session.look_for_suggestions():
            return False
        if self.is_untouched:
            self.begin()
        self.unfold_what_is_no_furniture()
        self._let_go_of_what_is_gone()
        return True

    def suggestion(self) -> Suggestion | None:
        """The focused suggestion."""
        return None if self.focused is None else self.session.pending.by_id.get(self.focused)

    def suggested_annotation(self) -> Annotation | None:
        """The focused suggestion, as the annotation that it would be."""
        return None if self.focused is None else self.suggested.annotation(self.focused)

    def annotation(self) -> Annotation | None:
        """The focused annotation."""
        return None if self.focused is None else self.session.state.annotation(self.focused)

    def target(self) -> Annotation | None:
        """The annotation that a command means: the focused one, else the smallest one under the cursor."""
        return self.annotation() or next(iter(self.session.state.at(self.cursor)), None)

    # Moving

    def go(self, offset: int) -> None:
        """Put the cursor on a character, which is unfolded where it was hidden."""
        self.unfold_at(offset)
        self._let_go_of_extending()
        self._go(offset)

    def _let_go_of_extending(self) -> None:
        if self._is_extending:
            self._is_extending, self.selection = False, Selection()

    def move(self, where: str, page: int = 1) -> None:
        """Move the cursor; with a mark the selection follows, with an edge the edge does.

        Args:
            where: A direction, or a place.
            page: Rows of a page.
        """
        self._let_go_of_extending()
        self._move(where, page)

    def extend(self, where: str, page: int = 1) -> None:
        """Move the cursor and select what it passes; the next plain move lets go of that."""
        if self.selection.mark is None and self.edge is None:
            self.selection = Selection().marked(self.navigator, self.cursor)
            self._is_extending = True
        self._move(where, page)

    def _move(self, where: str, page: int) -> None:
        if where in {"up", "down", "pageup", "pagedown"}:
            rows = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}[where]
            if self._column is None:
                self._column = self.navigator.column(self.cursor)
            column = self._column
            self._go(self.navigator.vertical(self.cursor, rows, column))
            self._column = column
            return
        navigator = self.navigator
        moves: dict[str, Callable[[int], int]] = {
            "left": navigator.left,
            "right": navigator.right,
            "home": navigator.row_start,
            "end": navigator.row_end,
            "next_word": navigator.word_end if self._takes_in_words else navigator.next_word,
            "previous_word": navigator.previous_word_end if self._takes_in_words else navigator.previous_word,
            "first": lambda here: 0,
            "last": lambda here: len(self.layout.text) - 1,
        }
        self._go(moves[where](self.cursor))

    @property
    def _takes_in_words(self) -> bool:
        """Whether the next word is to be selected, or taken into an annotation, whole and not to its first letter."""
        mark = self.selection.mark
        return self.edge == "end" or (mark is not None and mark[0] <= self.cursor)

    def _go(self, offset: int) -> None:
        offset = max(0, min(offset, len(self.layout.text) - 1))
        self._column = None
        self.cursor = self.navigator.cluster(offset)[0]
        if self.edge is not None:
            self._move_edge()
            return
        self.focused = None
        self.selection = self.selection.stretched(self.navigator, self.cursor)

    # Selecting and focusing

    def grow(self) -> str:
        """Grow the selection; behind a mark, to the end of the sentence without its stop, then of the paragraph."""
        mark = self.selection.mark
        if mark is not None and mark[0] <= self.cursor:
            _start, end = without_stop(self.navigator, self.navigator.sentence(self.cursor))
            here = self.navigator.unit(self.cursor)[1]
            self._go(max((end if end > here else self.navigator.paragraph(self.cursor)[1]) - 1, self.cursor))
            return ""
        self.selection = self.selection.grown(self.navigator, self.cursor)
        return self._selected_what()

    def _selected_what(self) -> str:
        span = self.selection.span
        if span is None:
            return ""
        if span == self.navigator.word(span[0]):
            return _("selected: word")
        start, end = self.navigator.paragraph(span[0])
        if span == (start, end):
            return _("selected: paragraph")
        return _("selected: sentence") if span[1] <= end else _("selected: paragraphs")

    def shrink(self) -> None:
        """Shrink the selection."""
        self.selection = self.selection.shrunk()

    def mark(self) -> str:
        """Set a mark, or let go of it and keep the selection."""
        self._is_extending = False
        self.selection = self.selection.marked(self.navigator, self.cursor)
        return _("mark set: move to select, then press a label") if self.selection.mark else ""

    def escape(self) -> str:
        """Let go of the innermost thing: edge, selection, focus, hits."""
        if self.edge is not None:
            self.edge, self._edge_span = None, None
            return _("edge left as it was")
        if self.selection != Selection():
            self.selection = Selection()
        elif self.focused is not None:
            self.focused = None
        else:
            self._hits, self.needle = (), ""
        return ""

    def focus_next(self, step: int) -> str:
        """Focus the next or previous annotation or suggestion from the focused one, or from the cursor."""
        here = self.annotation() or self.suggested_annotation() or self.cursor
        found = next_stop(self.layout, self.session.state, self.suggested, here, step)
        if found is None:
            return _("no annotations yet")
        self.focus(found)
        return ""

    def focus_at(self, offset: int) -> None:
        """Put the cursor on a character and focus an annotation there, smallest first, the next one at each call."""
        here = [*self.session.state.at(offset), *self.suggested.at(offset)]
        ids = [annotation.id for annotation in here]
        index = (ids.index(self.focused) + 1) % len(ids) if self.focused in ids else 0
        self._go(offset)
        if ids and self.edge is None:
            self.focused = ids[index]

    def select_between(self, one: int, other: int) -> None:
        """Select from one character to another, both included; the cursor stands on the other."""
        self._go(one)
        self.selection = Selection().marked(self.navigator, self.cursor)
        self._go(other)
        self.selection = Selection(self.selection.span)

    def select_at(self, offset: int, *, sentence: bool = False) -> None:
        """Select the word at a character, or the sentence without its full stop."""
        self._go(offset)
        self.selection = Selection().grown(self.navigator, self.cursor)
        if sentence:
            self.selection = self.selection.grown(self.navigator, self.cursor)

    def focus(self, annotation: Annotation) -> None:
        """Put the cursor on an annotation and focus it."""
        self.edge, self._edge_span = None, None
        self._go(annotation.start)
        self.selection = Selection()
        self.focused = annotation.id

    # Changing

    def label(self, label: Label) -> str:
        """What a label key does: label the selection, else relabel the focused one, else label the word."""
        schema, state = self.session.schema, self.session.state
        present = self.annotation()
        if self.selection.span is None and present is not None:
            self.execute(edits.relabel(state, schema, present.id, label))
            return _("saved: now {label}", label=named(label))
        suggestion = self.suggestion()
        if self.selection.span is None and suggestion is not None:
            self.accept_as(with_other_label(suggestion, label, schema))
            return _("saved: {label}", label=named(label))
        span = self.selection.span or self.navigator.word(self.cursor)
        if span is None:
            raise OperationError(N_("there is no word under the cursor; select something first (Space or m)"))
        span = self.trimmed(span)
        annotation = edits.new_annotation(self.new_id(), *span, label, schema)
        self.execute(edits.add(state, schema, annotation, len(self.layout.text)))
        self.selection, self.focused = Selection(), annotation.id
        return _("saved: {label}", label=named(label))

    def accept_as(self, annotation: Annotation) -> None:
        """Accept a suggestion as the annotation that somebody made of it."""
        session = self.session
        length = len(self.layout.text)
        self.execute(accept_as(session.state, session.schema, annotation, session.suggested, length))

    def execute(self, operation: Operation) -> None:
        """Carry out an operation; it is on disk then, and what it changed is in sight."""
        self.unfold(self.session.execute(operation))

    def unfold(self, spans: Iterable[Span]) -> None:
        """Unfold what hides some characters: what changes must be seen."""
        layout = self.layout
        edges = ((layout.paragraph_at(start), layout.paragraph_at(max(end - 1, start))) for start, end in spans)
        hit = {layout.fold_at(number) for first, last in edges for number in range(first, last + 1)}
        layout.fold([fold_ for fold_ in layout.folds if fold_ not in hit])

    def trimmed(self, span: Span) -> Span:
        """A selection without the spaces and line breaks at its edges."""
        text = self.layout.text[span[0] : span[1]]
        start = span[0] + len(text) - len(text.lstrip())
        end = span[1] - (len(text) - len(text.rstrip()))
        if start >= end:
            raise OperationError(N_("the selection holds nothing but spaces"))
        return start, end

    def remove(self) -> str:
        """Remove the focused annotation, or the smallest one under the cursor."""
        target = self.target()
        if target is None:
            raise OperationError(N_("there is no annotation here; Tab goes to the next one"))
        self.execute(edits.remove(self.session.state, target.id))
        self.focused, self.edge, self._edge_span = None, None, None
        return _("saved: {label} removed", label=self.label_name(target.label))

    def start_edge(self, edge: Edge) -> str:
        """Let the next moves move an edge of the focused annotation."""
        if self.edge is not None:
            self.finish_edge()
        annotation = self.suggested_annotation() or self.target()
        if annotation is None:
            raise OperationError(N_("focus an annotation first (Tab)"))
        self.selection, self.focused, self.edge = Selection(), annotation.id, edge
        self._edge_span = annotation.start, annotation.end
        self.unfold([self._edge_span])
        offset = annotation.start if edge == "start" else max(annotation.end - 1, annotation.start)
        self.cursor, self._column = self.navigator.cluster(offset)[0], None
        if edge == "start":
            return _("moving the start: any move, then Enter (Esc leaves it)")
        return _("moving the end: any move, then Enter (Esc leaves it)")

    def _move_edge(self) -> None:
        if self._edge_span is None:
            return
        start, end = self._edge_span
        first, last = self.navigator.unit(self.cursor)
        if self.edge == "start":
            start = min(first, self.navigator.cluster(end - 1)[0])
        else:
            end = max(last, self.navigator.cluster(start)[1])
        self._edge_span = start, end

    def finish_edge(self) -> str:
        """Store the moved edge."""
        suggestion, span = self.suggestion(), self._edge_span
        annotation = self.annotation() or self.suggested_annotation()
        if annotation is None or span is None:
            self.edge, self._edge_span = None, None
            return ""
        span = self.trimmed(span)
        is_moved = span != (annotation.start, annotation.end)
        said, session = _("edge left as it was"), self.session
        if is_moved and suggestion is not None:
            self.accept_as(with_other_span(suggestion, span, session.schema))
            said = _("saved: {label}", label=self.label_name(annotation.label))
        elif is_moved:
            self.execute(edits.move_edges(session.state, session.schema, annotation.id, span, len(self.layout.text)))
            said = _("saved: edge moved")
        self.edge, self._edge_span = None, None
        return said

    def undo(self) -> str:
        """Take back the latest operation."""
        return self._step_back(forward=False)

    def redo(self) -> str:
        """Repeat the operation taken back last."""
        return self._step_back(forward=True)

    def _step_back(self, *, forward: bool) -> str:
        self.edge, self._edge_span = None, None
        done = self.session.redo() if forward else self.session.undo()
        if done is None:
            return _("nothing to redo") if forward else _("nothing to undo")
        operation, changed = done
        if operation.name != "accept":
            self.unfold(changed)
        self.unfold_what_is_no_furniture()
        self._go_back_to(operation)
        from annotator.tui.past import stepped  # which builds on the desk

        return stepped(self, operation, forward=forward)

    def _go_back_to(self, operation: Operation) -> None:
        """Go to what came or went last, and focus it; many answers at once move nothing, as when they were given."""
        values = [change.after or change.before for change in operation.changes]
        answers = [value.suggestion for value in values if isinstance(value, Answer)]
        found = [value for value in values if isinstance(value, Annotation)]
        found += [one for answer in answers if (one := self.suggested.annotation(answer)) is not None]
        if found and len(answers) <= 1:
            self._go(found[-1].start)
            self.focused = found[-1].id
        self._let_go_of_what_is_gone()

    def _let_go_of_what_is_gone(self) -> None:
        if self.annotation() is None and self.suggested_annotation() is None:
            self.focused, self.edge, self._edge_span = None, None, None

    def new_id(self) -> str:
        """An id that nothing else in the document has."""
        return new_id()

    def label_name(self, label_id: str) -> str:
        """What people call a label; one that the schema does not have, its id."""
        label = self.session.schema.label(label_id)
        return named(label) if label else label_id

    # Searching and folding

    def search(self, needle: str) -> str:
        """Find a text, whatever its spelling, and go to the first hit from the cursor on."""
        if self._folded is None:
            self._folded = fold(self.layout.text)
        self.needle = needle
        self._hits = tuple(find_all(needle, self._folded)) if needle else ()
        if not needle:
            return ""
        if not self._hits:
            return _("not found")
        return self.go_to_hit(1, include_here=True)

    def go_to_hit(self, step: int, *, include_here: bool = False) -> str:
        """Go to the next or previous hit, round the end."""
        if not self._hits:
            return _("nothing was searched for; / searches")
        starts = [start for start, _ in self._hits]
        here = bisect_right(starts, self.cursor - include_here)
        if step < 0:
            here = bisect_right(starts, self.cursor - 1) - 1
        index = here % len(starts)
        self.unfold_at(starts[index])
        self._go(starts[index])
        return _("hit {number} of {total} (N next, P previous)", number=index + 1, total=len(starts))

    def toggle_fold(self) -> str:
        """Unfold everything, or fold what is labelled as furniture."""
        if self.layout.folds:
            self.layout.fold(())
            return _("unfolded")
        self.fold_furniture()
        folds = len(self.layout.folds)
        if not folds:
            return _("no whole line is boilerplate or spill-over")
        return ngettext("{n} fold", "{n} folds", folds)

    def fold_furniture(self) -> None:
        """Fold the whole lines that are labelled as furniture, or suggested to be."""
        self.layout.fold(self._furniture())

    def unfold_what_is_no_furniture(self) -> None:
        """Unfold what is neither labelled nor suggested as furniture any more."""
        folds = self.layout.folds
        kept = justified(self.layout, self._furniture()) if folds else folds
        if len(kept) < len(folds):
            self.layout.fold(kept)

    def _furniture(self) -> list[Fold]:
        furniture = self.session.schema.furniture()
        return furniture_folds(self.layout, self.session.state, self.suggested, furniture)

    def unfold_at(self, offset: int) -> bool:
        """Unfold what hides a character; whether anything was folded there."""
        hidden = self.layout.fold_at(self.layout.paragraph_at(offset))
        if hidden is None:
            return False
        self.layout.fold([fold_ for fold_ in self.layout.folds if fold_ != hidden])
        return True
