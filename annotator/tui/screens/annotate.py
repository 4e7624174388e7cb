"""The screen on which a document is read and annotated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from annotator.errors import N_, StoreError
from annotator.model.furniture import summary
from annotator.model.schema import Label
from annotator.text.pages import RowId
from annotator.tui import details, finishing, jumping, listing, many, past, relating, suggestions
from annotator.tui.commands import CHANGES, DOCUMENTS, FIND, LABEL, MOVE, RELATE, SELECT, Command
from annotator.tui.describe import FOCUS, focus_parts, inspector_lines, label_parts, status_parts, strip_parts
from annotator.tui.desk import Desk, Edge
from annotator.tui.guidance import guideline_lines, help_lines
from annotator.tui.language import _, named, ngettext
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.work import WorkScreen, runs
from annotator.tui.steps import Ask, Hints, Item, Menu, Step
from annotator.tui.widgets.bar import Bar, Part
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.panel import Line, Panel


STRIP_PARTS = 12

ON_SUGGESTION = (
    ("enter", N_("accept")),
    ("remove", N_("reject")),
    ("remove_all", N_("reject alike")),
    ("next", N_("next")),
    ("start_edge", N_("start")),
    ("end_edge", N_("end")),
)
"""What keys do while a suggestion is focused."""

ON_FURNITURE = (("accept_furniture", N_("accept all furniture")),)

ON_ANNOTATION = ("enter", "relate", "follow", "occurrences", "remove")
"""Commands in the menu of an annotation."""


class AnnotateScreen(WorkScreen):
    """One document of one annotator.

    Args:
        desk: The work in it.
        document_id: Its row, to find its neighbours.
        queue: The list that it was opened from.
        palette: The styles.
        commands: What the keys do.
        annotator: The annotator's name.
        last_label: The label used last, which `.` repeats.
    """

    class Done(Message):
        """The annotator is done with a document.

        Attributes:
            document_id: Its row.
        """

        def __init__(self, document_id: int) -> None:
            super().__init__()
            self.document_id = document_id

    WAY_OUT = N_("q goes back to the list of documents, and from there out of the program")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012  # Textual's own declaration

    def __init__(  # all that it shows
        self,
        desk: Desk,
        document_id: int,
        queue: Queue,
        palette: Palette,
        commands: tuple[Command, ...],
        annotator: str,
        last_label: str = "",
    ) -> None:
        super().__init__(palette, commands)
        self.desk = desk
        self.document_id = document_id
        self.queue = queue
        self.last_label = last_label
        self._annotator = annotator
        self._shows_guideline = False

    def compose(self) -> ComposeResult:
        """Textual's hook: the parts of the screen, from top to bottom."""
        palette = self._palette
        yield Bar(palette.bar, id="title")
        with Horizontal():
            yield Panel(palette, id="inspector")
            yield DocumentView(palette, self._fold_text, id="document")
        yield Bar(palette.text, id="strip")
        yield Bar(palette.text, id="focus")
        yield Bar(palette.text, id="labels")
        yield Bar(palette.text, id="hints")
        yield from self.compose_questions()
        yield Bar(palette.bar, keeps_last=False, id="status")

    def on_mount(self) -> None:
        """Textual's hook."""
        document = self.desk.session.document
        number, total = self.queue.place(self.document_id)
        title = Part(f" {document.title} ", self._palette.bar_strong, base=1)
        place = Part(f" {number}/{total} ", self._palette.bar)
        self._bar("title").show((place,), (title,), direction=0)
        self.main.focus()
        note = self.desk.session.returned_note
        self.report("" if note is None else _("sent back: {note}", note=note), is_warning=note is not None)

    def _bar(self, name: str) -> Bar:
        return self.query_one(f"#{name}", Bar)

    def on_resize(self) -> None:
        """Textual's hook: in a window that is wide now, or no longer, the focused annotation stands elsewhere."""
        self.call_after_refresh(self._show_focus)

    def on_unmount(self) -> None:
        """Textual's hook."""
        self.save_place()

    def save_place(self) -> None:
        """Remember where the cursor is, and the time; labels are on disk long since."""
        with suppress(StoreError):
            self.desk.session.save_place(self.desk.place)

    @property
    def main(self) -> DocumentView:
        """The document."""
        return self.query_one("#document", DocumentView)

    # From the desk to the screen

    def report(self, message: str, *, is_warning: bool = False, is_saved: bool = True) -> None:
        """Say what came of an action, and show the desk as it is now."""
        desk, palette = self.desk, self._palette
        self._show_desk()
        end = status_parts(desk, palette, self._annotator, is_saved=is_saved)
        self._bar("status").show(self._said(message, is_warning=is_warning), end)

    def _show_desk(self, *, follows: bool = True) -> None:
        """Show the document and what is said of it, but for the status."""
        desk = self.desk
        self.main.show(desk.view(self.hints), follows=follows)
        self._show_focus()
        self._bar("strip").show(strip_parts(desk, self._palette, STRIP_PARTS), direction=desk.layout.base)
        self._bar("hints").show(self._key_parts())

    def _key_parts(self) -> tuple[Part, ...]:
        suggestion = self.desk.suggestion()
        if suggestion is not None:
            is_furniture = suggestion.label in self.desk.session.schema.furniture()
            return self.named_hint_parts(*(ON_FURNITURE if is_furniture else ()), *ON_SUGGESTION)
        groups = (RELATE, LABEL, CHANGES, FIND) if self.desk.focused else (SELECT, MOVE, FIND, CHANGES, LABEL)
        return self.hint_parts(*groups)

    def _said(self, message: str, *, is_warning: bool) -> tuple[Part, ...]:
        """What keys are taken for now, and a message."""
        desk, palette = self.desk, self._palette
        mode = _("EDGE") if desk.edge else _("MARK") if desk.selection.mark else ""
        mode = _("HINTS: type the letters") if self.hints else mode
        first = [Part(f" {mode} ", palette.warning)] if mode else []
        return (*first, Part(f" {message} ", palette.warning if is_warning else palette.bar, is_cut=True))

    def _show_focus(self) -> None:
        hints, is_wide = self.hint_parts(DOCUMENTS), self.has_class("-wide")
        if is_wide:
            self.query_one("#inspector", Panel).show(self._side_lines())
        else:
            end = hints if self.desk.focused is None else ()
            self._bar("focus").show(focus_parts(self.desk, self._palette), end)
        self._bar("labels").show(label_parts(self.desk.session.schema, self._palette), hints if is_wide else ())

    def _side_lines(self) -> tuple[Line, ...]:
        if self._shows_guideline:
            return guideline_lines(self.desk, self._palette)
        return inspector_lines(self.desk, self._palette)

    def _fold_text(self, row_id: RowId) -> str:
        desk = self.desk
        fold = desk.layout.fold_at(row_id.paragraph)
        if fold is None:
            return ""
        found = summary(desk.layout, fold, desk.session.state, desk.suggested)
        labels = desk.session.schema.labels
        names = [named(label) for label in labels if label.id in found.labels]
        names += [_("{label} (suggested)", label=named(label)) for label in labels if label.id in found.suggested]
        folded = ngettext(
            "folded {n} line: {labels}", "folded {n} lines: {labels}", found.lines, labels=_(", ").join(names)
        )
        return f"[{folded}] {found.beginning}"

    async def take(self, event: events.Key) -> None:
        """Carry out a key; the annotator is there."""
        self.desk.session.touch()
        await super().take(event)

    def take_other(self, event: events.Key) -> Callable[[], Step | None] | None:
        """A label of the schema."""
        label = next((label for label in self.desk.session.schema.labels if label.key == event.character), None)
        return None if label is None else self._labelling(label)

    def _labelling(self, label: Label) -> Callable[[], Step]:
        def apply() -> str:
            message = self.desk.label(label)
            self.last_label = label.key
            return message

        return apply

    def label_items(self) -> tuple[Item, ...]:
        """A line for each label."""
        return tuple(
            Item(named(label), self._labelling(label), label.key, label=label.id)
            for label in self.desk.session.schema.labels
        )

    def further_items(self) -> Iterable[Item]:
        """The labels."""
        return (
            Item(_("Label: {label}", label=named(label)), self._labelling(label), label=label.id, detail=label.key)
            for label in self.desk.session.schema.labels
        )

    # Actions

    async def action_move(self, where: str) -> None:
        """Move the cursor."""
        await self.act(lambda: self.desk.move(where, page=max(self.main.size.height - 2, 1)))

    async def action_extend(self, where: str) -> None:
        """Move the cursor and select."""
        await self.act(lambda: self.desk.extend(where, page=max(self.main.size.height - 2, 1)))

    async def action_jump(self) -> None:
        """Jump to a word in sight."""
        await self.act(lambda: jumping.jump(self.desk, self.main.rows_in_sight))

    async def action_unlabelled(self) -> None:
        """Go to the next sentence without a label."""
        await self.act(lambda: jumping.unlabelled(self.desk))

    async def action_line(self) -> None:
        """Go to a line."""
        await self.act(lambda: jumping.line(self.desk))

    async def action_grow(self) -> None:
        """Grow the selection."""
        await self.act(self.desk.grow)

    async def action_shrink(self) -> None:
        """Shrink the selection."""
        await self.act(self.desk.shrink)

    async def action_mark(self) -> None:
        """Set or unset a mark."""
        await self.act(self.desk.mark)

    async def action_escape(self) -> None:
        """Let go of something."""
        await self.act(self.desk.escape)

    async def action_focus_annotation(self, step: int) -> None:
        """Focus another annotation."""
        await self.act(lambda: self.desk.focus_next(step))

    async def action_annotations(self) -> None:
        """List the annotations."""
        await self.act(lambda: listing.all_annotations(self.desk))

    async def action_edge(self, edge: Edge) -> None:
        """Move an edge."""
        await self.act(lambda: self.desk.start_edge(edge))

    async def action_enter(self) -> None:
        """Keep a moved edge, accept a suggestion, unfold what is under the cursor, or show the details there."""
        await self.act(self._enter)

    def _enter(self) -> Step:
        if self.desk.edge is not None:
            return self.desk.finish_edge()
        focused = self.desk.suggestion()
        if focused is None and self.desk.unfold_at(self.desk.cursor):
            return _("unfolded")
        suggestion = focused or suggestions.here(self.desk)
        return suggestions.accept(self.desk, suggestion) if suggestion else details.details(self.desk)

    async def action_detail(self, key: str) -> None:
        """Choose a value of an attribute by its number, which another key and the list of commands do not say."""
        if key in {*"123456789"}:
            await self.act(lambda: details.numbered(self.desk, int(key)))
        else:
            await self.action_enter()

    async def action_document_details(self) -> None:
        """Labels and note of the document."""
        await self.act(lambda: details.document(self.desk))

    async def action_relate(self) -> None:
        """Relate the annotation here to another one."""
        await self.act(lambda: relating.relate(self.desk, self.main.rows_in_sight))

    async def action_follow(self) -> None:
        """Go along a relation."""
        await self.act(lambda: relating.follow(self.desk))

    async def action_remove(self) -> None:
        """Remove an annotation, or reject a suggestion."""
        await self.act(self._remove)

    def _remove(self) -> Step:
        suggestion = suggestions.here(self.desk)
        return suggestions.reject(self.desk, suggestion) if suggestion else self.desk.remove()

    async def action_remove_all(self) -> None:
        """Remove all of a label, or reject all that are suggested to have it."""
        await self.act(self._remove_all)

    def _remove_all(self) -> Step:
        suggestion = suggestions.here(self.desk)
        return suggestions.reject_alike(self.desk, suggestion) if suggestion else many.remove_all(self.desk)

    async def action_accept_furniture(self) -> None:
        """Accept all suggested furniture of the page."""
        await self.act(lambda: suggestions.accept_furniture(self.desk))

    async def action_accept_all(self) -> None:
        """Accept all suggestions."""
        await self.act(lambda: suggestions.accept_all(self.desk))

    async def action_reject_all(self) -> None:
        """Reject all suggestions."""
        await self.act(lambda: suggestions.reject_all(self.desk))

    async def action_relabel_all(self) -> None:
        """Relabel all of a label."""
        await self.act(lambda: many.relabel_all(self.desk))

    async def action_occurrences(self) -> None:
        """Label all places with one text."""
        await self.act(lambda: many.occurrences(self.desk))

    async def action_repeat(self) -> None:
        """Repeat the last label."""
        labels = {label.key: label for label in self.desk.session.schema.labels}
        if self.last_label in labels:
            await self.act(self._labelling(labels[self.last_label]))
        else:
            await self.act(lambda: _("no label was used yet"))

    async def action_undo(self) -> None:
        """Undo."""
        await self.act(self.desk.undo)

    async def action_redo(self) -> None:
        """Redo."""
        await self.act(self.desk.redo)

    async def action_history(self) -> None:
        """List what was done."""
        await self.act(lambda: past.history(self.desk))

    async def action_hit(self, step: int) -> None:
        """Go to another hit."""
        await self.act(lambda: self.desk.go_to_hit(step))

    async def action_fold(self) -> None:
        """Fold or unfold furniture."""
        await self.act(self.desk.toggle_fold)

    async def action_search(self) -> None:
        """Ask what to search for."""
        await self.act(lambda: Ask(_("Search:"), "", self.desk.search))

    async def action_done(self) -> None:
        """Done, or open again; done once more with what was sent back."""
        await self.act(lambda: finishing.done_or_open(self.desk, self._on_done))

    def _on_done(self) -> None:
        self.post_message(self.Done(self.document_id))

    async def action_flag(self) -> None:
        """Ask for a note, or take the flag away."""
        await self.act(lambda: finishing.flag(self.desk))

    async def action_help(self) -> None:
        """Show the help."""
        lines = help_lines(self.commands, self.desk.session.schema, self._palette)
        await self.app.push_screen(HelpScreen(lines, self._palette))

    async def action_guideline(self) -> None:
        """Show the guideline of the label here: beside the text, or before it where there is no room."""
        if self.has_class("-wide"):
            self._shows_guideline = not self._shows_guideline
            self.report("")
        else:
            await self.app.push_screen(HelpScreen(guideline_lines(self.desk, self._palette), self._palette))

    def take_suggestions(self) -> None:
        """Show what was proposed in the meantime; it is folded only where nobody has begun to read."""
        try:
            is_new = self.desk.look_for_suggestions()
        except StoreError as error:
            self.warn(error)
            return
        if is_new:
            self._show_desk(follows=False)

    async def action_document(self, step: int) -> None:
        """Open the document before or behind this one."""
        other = self.queue.neighbour(self.document_id, step)
        if other is None:
            await self.act(lambda: _("this is the last document") if step > 0 else _("this is the first document"))
        else:
            await self.run_action(f"app.open_document({other.id})")

    async def action_quit(self) -> None:
        """Back to the list."""
        await self.run_action("app.open_queue")

    # The mouse

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook: who turns the wheel is reading."""
        self.desk.session.touch()

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self.desk.session.touch()

    @on(DocumentView.Clicked)
    async def _on_click_in_document(self, message: DocumentView.Clicked) -> None:
        self.desk.session.touch()
        if isinstance(self._step, Hints):
            here = next((hint for hint in self.hints if hint.offset == message.offset), None)
            if here is not None:
                await self.act(lambda then=self._step.then: then(here))  # type: ignore[misc]
                return
        self.leave()
        await self.act(lambda: self._click(message.offset, message.count))

    def _click(self, offset: int, count: int) -> None:
        if self.desk.unfold_at(offset):
            return
        if count == 1 or self.desk.edge is not None:
            self.desk.focus_at(offset)
        else:
            self.desk.select_at(offset, sentence=count > 2)

    @on(DocumentView.Dragged)
    async def _on_drag(self, message: DocumentView.Dragged) -> None:
        self.desk.session.touch()
        self.leave()
        await self.act(lambda: self._drag(message.start, message.end))

    def _drag(self, start: int, end: int) -> None:
        if self.desk.edge is not None:
            self.desk.focus_at(end)
        else:
            self.desk.select_between(start, end)

    @on(DocumentView.MenuWanted)
    async def _on_menu_wanted(self, message: DocumentView.MenuWanted) -> None:
        self.desk.session.touch()
        self.leave()
        await self.act(lambda: self._menu_at(message.offset))

    def _menu_at(self, offset: int) -> Step:
        """The labels for what is selected there, else for the annotation there, else for the word."""
        span = self.desk.selection.span
        if span is None or not span[0] <= offset < span[1]:
            self.desk.focus_at(offset)
            if self.desk.focused is None:
                self.desk.select_at(offset)
        commands = [command for command in self.commands if self.desk.focused and command.name in ON_ANNOTATION]
        items = [Item(_(command.text), runs(command), detail=command.shown_keys) for command in commands]
        return Menu(_("Label"), (*self.label_items(), *items))

    @on(Bar.Pressed)
    async def _on_part_clicked(self, message: Bar.Pressed) -> None:
        self.leave()
        if message.key.startswith(FOCUS):
            wanted = message.key.removeprefix(FOCUS)
            annotation = self.desk.session.state.annotation(wanted) or self.desk.suggested.annotation(wanted)
            if annotation is not None:
                await self.act(lambda: self.desk.focus(annotation))
            return
        label = next(label for label in self.desk.session.schema.labels if label.key == message.key)
        await self.act(self._labelling(label))
