"""The screen on which a document is read and annotated."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from annotator.errors import AnnotatorError, StoreError
from annotator.model import edits
from annotator.model.annotation import StatusName
from annotator.model.furniture import summary
from annotator.services.session import AnnotationSession
from annotator.text.pages import RowId
from annotator.tui.commands import bindings_of, hints_of
from annotator.tui.describe import focus_parts, help_lines, inspector_lines, label_parts
from annotator.tui.desk import Desk, Edge
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.screens.help import HelpScreen
from annotator.tui.widgets.bar import Bar, Part
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.input_line import InputLine
from annotator.tui.widgets.panel import Panel


class AnnotateScreen(Screen[None]):
    """One document of one annotator.

    Args:
        session: The document and the work in it.
        document_id: Its row, to find its neighbours.
        queue: The list that it was opened from.
        palette: The styles.
        annotator: The annotator's name.
        last_label: The label used last, which `.` repeats.
    """

    BINDINGS = bindings_of("annotate")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012  # Textual's own declaration

    def __init__(
        self,
        session: AnnotationSession,
        document_id: int,
        queue: Queue,
        palette: Palette,
        annotator: str,
        last_label: str = "",
    ) -> None:
        super().__init__()
        self.desk = Desk(session)
        self.document_id = document_id
        self.queue = queue
        self.last_label = last_label
        self._palette = palette
        self._annotator = annotator
        self._message = ""
        self._is_warning = False
        self._is_saved = True

    def compose(self) -> ComposeResult:
        """Textual's hook: the parts of the screen, from top to bottom."""
        palette = self._palette
        yield Bar(palette.bar, id="title")
        with Horizontal():
            yield Panel(palette, id="inspector")
            yield DocumentView(palette, self._fold_text, id="document")
        yield Bar(palette.text, id="focus")
        yield Bar(palette.text, id="labels")
        yield Bar(palette.text, id="hints")
        yield InputLine(palette, id="input")
        yield Bar(palette.bar, id="status")

    def on_mount(self) -> None:
        """Textual's hook."""
        document = self.desk.session.document
        number, total = self.queue.place(self.document_id)
        title = Part(f" {document.title} ", self._palette.bar_strong, base=1)
        self.query_one("#title", Bar).show((Part(f" {number}/{total} ", self._palette.bar),), (title,))
        labels = label_parts(self.desk.session.schema, self._palette)
        self.query_one("#labels", Bar).show(labels, self._hints(documents=True))
        self.query_one("#hints", Bar).show(self._hints(documents=False))
        self.document_view.focus()
        self._sync()

    def _hints(self, *, documents: bool) -> tuple[Part, ...]:
        return tuple(Part(f" {hint} ", self._palette.faint) for hint in hints_of("annotate", documents=documents))

    def on_unmount(self) -> None:
        """Textual's hook."""
        self.save_place()

    def save_place(self) -> None:
        """Remember where the cursor is; labels are on disk long since. Who only looked in leaves a document new."""
        if self.desk.cursor != (self.desk.session.cursor or 0):
            try:
                self.desk.session.save_cursor(self.desk.cursor)
            except StoreError:
                return

    @property
    def document_view(self) -> DocumentView:
        """The document."""
        return self.query_one("#document", DocumentView)

    @property
    def _input(self) -> InputLine:
        return self.query_one("#input", InputLine)

    @property
    def is_typing(self) -> bool:
        """Whether keys are letters of a text now."""
        return self._input.is_open

    # From a key to the desk and back to the screen

    def _act(self, action: Callable[[], str | None]) -> None:
        """Do something at the desk and show what came of it; an error is a message, never the end."""
        try:
            self._message, self._is_warning, self._is_saved = action() or "", False, True
        except AnnotatorError as error:
            self._message, self._is_warning = error.one_line, True
            self._is_saved = not isinstance(error, StoreError)
        self._sync()

    def warn(self, error: AnnotatorError) -> None:
        """Say what went wrong elsewhere."""

        def fail() -> str:
            raise error

        self._act(fail)

    def _sync(self) -> None:
        desk, palette = self.desk, self._palette
        self.document_view.show(desk.view())
        if self.has_class("-wide"):
            self.query_one("#inspector", Panel).show(inspector_lines(desk, palette))
        else:
            self.query_one("#focus", Bar).show(focus_parts(desk, palette))
        mode = "EDGE: Enter keeps, Esc leaves" if desk.edge else "MARK" if desk.selection.mark else ""
        style = palette.warning if self._is_warning else palette.bar
        left = [Part(f" {mode} ", palette.warning)] if mode else []
        left.append(Part(f" {self._message} ", style, is_cut=True))
        saved = "saved" if self._is_saved else "not saved"
        state = f" {desk.session.state.status} · {saved} · bidi by app · "
        right = (Part(state, palette.bar), Part(f"{self._annotator} ", palette.bar, base=None))
        self.query_one("#status", Bar).show(tuple(left), right)

    def on_resize(self) -> None:
        """Textual's hook: another part may be in sight now."""
        self.call_after_refresh(self._sync)

    def take(self, event: events.Key) -> bool:
        """Use a key that is no command: typed text, or a label of the schema."""
        if self.is_typing:
            self._take_typed(self._input.press(event))
            return True
        return event.character is not None and self._press_label(event.character)

    def _press_label(self, key: str) -> bool:
        label = next((label for label in self.desk.session.schema.labels if label.key == key), None)
        if label is None:
            return False

        def apply() -> str:
            message = self.desk.label(label)
            self.last_label = label.key
            return message

        self._act(apply)
        return True

    def _fold_text(self, row_id: RowId) -> str:
        desk = self.desk
        fold = desk.layout.fold_at(row_id.paragraph)
        if fold is None:
            return ""
        found = summary(desk.layout, fold, desk.session.state)
        names = [label.name.en or label.id for label in desk.session.schema.labels if label.id in found.labels]
        lines = "line" if found.lines == 1 else "lines"
        return f"[folded {found.lines} {lines}: {', '.join(names)}] {found.beginning}"

    # Actions

    def action_move(self, where: str) -> None:
        """Move the cursor."""
        self._act(lambda: self.desk.move(where, page=max(self.document_view.size.height - 2, 1)))

    def action_extend(self, where: str) -> None:
        """Move the cursor and select."""
        self._act(lambda: self.desk.extend(where, page=max(self.document_view.size.height - 2, 1)))

    def action_grow(self) -> None:
        """Grow the selection."""
        self._act(self.desk.grow)

    def action_shrink(self) -> None:
        """Shrink the selection."""
        self._act(self.desk.shrink)

    def action_mark(self) -> None:
        """Set or unset a mark."""
        self._act(self.desk.mark)

    def action_escape(self) -> None:
        """Let go of something."""
        self._act(self.desk.escape)

    def action_focus_annotation(self, step: int) -> None:
        """Focus another annotation."""
        self._act(lambda: self.desk.focus_next(step))

    def action_edge(self, edge: Edge) -> None:
        """Move an edge."""
        self._act(lambda: self.desk.start_edge(edge))

    def action_enter(self) -> None:
        """Keep a moved edge, or unfold what is under the cursor."""
        if self.desk.edge is not None:
            self._act(self.desk.finish_edge)
        else:
            self._act(lambda: "unfolded" if self.desk.unfold_at(self.desk.cursor) else "")

    def action_remove(self) -> None:
        """Remove an annotation."""
        self._act(self.desk.remove)

    def action_repeat(self) -> None:
        """Repeat the last label."""
        if not self.last_label:
            self._act(lambda: "no label was used yet")
        else:
            self._press_label(self.last_label)

    def action_undo(self) -> None:
        """Undo."""
        self._act(self.desk.undo)

    def action_redo(self) -> None:
        """Redo."""
        self._act(self.desk.redo)

    def action_hit(self, step: int) -> None:
        """Go to another hit."""
        self._act(lambda: self.desk.go_to_hit(step))

    def action_fold(self) -> None:
        """Fold or unfold furniture."""
        self._act(self.desk.toggle_fold)

    def action_search(self) -> None:
        """Ask what to search for."""
        self._ask("search", " Search: ", "")

    def action_done(self) -> None:
        """Done, or open again."""
        status: StatusName = "open" if self.desk.session.state.status == "done" else "done"
        self._set_status(
            status, None, "saved: done; n opens the next document" if status == "done" else "saved: open again"
        )

    def action_flag(self) -> None:
        """Ask for a note, or take the flag away."""
        state = self.desk.session.state
        if state.status == "flagged":
            self._set_status("open", None, "saved: flag taken away")
        else:
            self._ask("flag", " Flag this document, because: ", state.note)

    def _set_status(self, status: StatusName, note: str | None, message: str) -> None:
        def apply() -> str:
            session = self.desk.session
            session.execute(edits.set_status(session.state, status, note))
            return message

        self._act(apply)

    async def action_help(self) -> None:
        """Show the help."""
        lines = help_lines("annotate", self.desk.session.schema, self._palette)
        await self.app.push_screen(HelpScreen(lines, self._palette))

    async def action_document(self, step: int) -> None:
        """Open the document before or behind this one."""
        other = self.queue.neighbour(self.document_id, step)
        if other is None:
            self._act(lambda: "this is the last document" if step > 0 else "this is the first document")
        else:
            await self.run_action(f"app.open_document({other.id})")

    async def action_quit(self) -> None:
        """Back to the list."""
        await self.run_action("app.open_queue")

    # Typing and clicking

    def _ask(self, purpose: str, prompt: str, value: str) -> None:
        self.add_class("-asking")
        self._input.open(purpose, prompt, value)

    def _close_input(self) -> None:
        self._input.close()
        self.remove_class("-asking")
        self.set_focus(self.document_view)

    def _take_typed(self, message: Message | None) -> None:
        match message:
            case InputLine.Submitted(purpose="search", value=value):
                self._close_input()
                self._act(lambda: self.desk.search(value.strip()))
            case InputLine.Submitted(value=value):
                self._close_input()
                self._set_status("flagged", value.strip(), "saved: flagged")
            case InputLine.Cancelled():
                self._close_input()

    @on(DocumentView.Clicked)
    def _on_click_in_document(self, message: DocumentView.Clicked) -> None:
        if self.is_typing:
            self._close_input()

        def click() -> None:
            if not self.desk.unfold_at(message.offset):
                self.desk.focus_at(message.offset)

        self._act(click)

    @on(Bar.Pressed)
    def _on_label_clicked(self, message: Bar.Pressed) -> None:
        self._press_label(message.key)
