"""The screen that lists an annotator's documents."""

from __future__ import annotations

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.model.schema import Schema
from annotator.tui.commands import bindings_of, hints_of
from annotator.tui.describe import help_lines
from annotator.tui.palette import Palette
from annotator.tui.queue import SORTS, STATUS_FILTERS, Queue, following, source_of
from annotator.tui.screens.help import HelpScreen
from annotator.tui.widgets.bar import Bar, Part
from annotator.tui.widgets.document_list import DocumentList, DocumentRow
from annotator.tui.widgets.input_line import InputLine


class QueueScreen(Screen[None]):
    """The documents with title, source, length, status and the annotator's own progress.

    Args:
        queue: The documents and how they are looked at.
        schema: For the help.
        palette: The styles.
        annotator: The annotator's name.
        current: The document to begin at, or None.
    """

    BINDINGS = bindings_of("queue")

    def __init__(self, queue: Queue, schema: Schema, palette: Palette, annotator: str, current: int | None) -> None:
        super().__init__()
        self.queue = queue
        self._schema, self._palette, self._annotator = schema, palette, annotator
        self._start = current
        self._warning = ""

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield Bar(self._palette.bar, id="title")
        yield DocumentList(self._palette, id="documents")
        yield Bar(self._palette.text, id="hints")
        yield InputLine(self._palette, id="input")
        yield Bar(self._palette.bar, id="status")

    def on_mount(self) -> None:
        """Textual's hook."""
        hints = [*hints_of("queue", documents=True), *hints_of("queue", documents=False)]
        self.query_one("#hints", Bar).show(tuple(Part(f" {hint} ", self._palette.faint) for hint in hints))
        self._list.focus()
        self._sync(self._start)

    @property
    def _list(self) -> DocumentList:
        return self.query_one("#documents", DocumentList)

    @property
    def _input(self) -> InputLine:
        return self.query_one("#input", InputLine)

    @property
    def is_typing(self) -> bool:
        """Whether keys are letters of a text now."""
        return self._input.is_open

    def _sync(self, current: int | None = None) -> None:
        shown = self.queue.shown()
        if current is None and self._list.current is not None:
            current = self._list.current.id
        rows = tuple(
            DocumentRow(item.id, item.title, source_of(item), item.length, item.annotations, item.status)
            for item in shown
        )
        self._list.show(rows, current)
        done = sum(item.status == "done" for item in self.queue.documents)
        title = f" Documents: {len(self.queue.documents)}, done {done} "
        name = Part(f" {self._annotator} ", self._palette.bar_strong, base=None)
        self.query_one("#title", Bar).show((Part(title, self._palette.bar_strong),), (name,))
        left = [
            Part(f" {len(shown)} shown · sorted by {self.queue.sort} · status {self.queue.status} ", self._palette.bar)
        ]
        if self.queue.words:
            left += [
                Part("· with ", self._palette.bar),
                Part(f"{self.queue.words} ", self._palette.bar_strong, base=None),
            ]
        if self._warning:
            left = [Part(f" {self._warning} ", self._palette.warning)]
        self.query_one("#status", Bar).show(tuple(left))

    def warn(self, error: AnnotatorError) -> None:
        """Say what went wrong, until the list changes."""
        self._say(error.one_line)

    def _say(self, warning: str) -> None:
        self._warning = warning
        self._sync()
        self._warning = ""

    def action_cursor(self, where: str) -> None:
        """Move in the list."""
        self._list.move(where)

    async def action_open(self) -> None:
        """Open the document under the cursor."""
        if self._list.current is not None:
            await self.run_action(f"app.open_document({self._list.current.id})")

    async def action_next_open(self) -> None:
        """Open the next document that is not done."""
        current = self._list.current
        here = None if current is None or current.status != "done" else current.id
        if here is None and current is not None:
            await self.run_action(f"app.open_document({current.id})")
            return
        found = self.queue.next_open(here)
        if found is None:
            self._say("no document shown here is left to do")
        else:
            await self.run_action(f"app.open_document({found.id})")

    def action_filter(self) -> None:
        """Ask for words."""
        self.add_class("-asking")
        self._input.open("filter", " Show documents with: ", self.queue.words)

    def action_status(self) -> None:
        """Show the next status."""
        self.queue = replace(self.queue, status=following(STATUS_FILTERS, self.queue.status))
        self._sync()

    def action_sort(self) -> None:
        """Sort in the next way."""
        self.queue = replace(self.queue, sort=following(tuple(SORTS), self.queue.sort))
        self._sync()

    def action_escape(self) -> None:
        """Show all."""
        self.queue = replace(self.queue, words="", status="all")
        self._sync()

    async def action_help(self) -> None:
        """Show the help."""
        await self.app.push_screen(HelpScreen(help_lines("queue", self._schema, self._palette), self._palette))

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()

    def take(self, event: events.Key) -> bool:
        """Use a key that is no command: typed text."""
        if not self.is_typing:
            return False
        match self._input.press(event):
            case InputLine.Changed() as message:
                self._on_words(message)
            case InputLine.Submitted() | InputLine.Cancelled():
                self._input.close()
                self.remove_class("-asking")
                self.set_focus(self._list)
        return True

    @on(InputLine.Changed)
    def _on_words(self, message: InputLine.Changed) -> None:
        self.queue = replace(self.queue, words=message.value)
        self._sync()

    @on(DocumentList.Opened)
    def _on_opened(self, message: DocumentList.Opened) -> None:
        # By the app: this screen cannot wait for its own end.
        self.app.call_later(self.run_action, f"app.open_document({message.id})")
