"""The screen that lists an annotator's documents."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult

from annotator.errors import N_
from annotator.model.schema import Schema
from annotator.tui.commands import DOCUMENTS, LIST, PROGRAM, Command
from annotator.tui.guidance import help_lines
from annotator.tui.language import _, ngettext
from annotator.tui.palette import Palette
from annotator.tui.queue import SORTS, STATUS_FILTERS, Queue, following, source_of
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.work import WorkScreen
from annotator.tui.steps import Ask
from annotator.tui.widgets.bar import Bar, Part
from annotator.tui.widgets.document_list import DocumentList, DocumentRow, Heads
from annotator.tui.wording import sort_name, status_name


class QueueScreen(WorkScreen):
    """The documents with title, source, length, status and the annotator's own progress.

    Args:
        queue: The documents and how they are looked at.
        schema: For the help.
        palette: The styles.
        commands: What the keys do.
        annotator: The annotator's name.
        current: The document to begin at, or None.
    """

    WAY_OUT = N_("q leaves the program")

    def __init__(  # all that it shows
        self,
        queue: Queue,
        schema: Schema,
        palette: Palette,
        commands: tuple[Command, ...],
        annotator: str,
        current: int | None,
    ) -> None:
        super().__init__(palette, commands)
        self.queue = queue
        self._schema, self._annotator = schema, annotator
        self._start = current

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield Bar(self._palette.bar, id="title")
        yield DocumentList(self._palette, self._heads(), id="documents")
        yield Bar(self._palette.text, id="hints")
        yield from self.compose_questions()
        yield Bar(self._palette.bar, id="status")

    def _heads(self) -> Heads:
        if self.queue.order == "agreement":
            return _("Status"), _("Left"), _("Items"), _("Agreement"), _("Title")
        return _("Status"), _("Spans"), _("Length"), _("Source or id"), _("Title")

    def on_mount(self) -> None:
        """Textual's hook."""
        self.query_one("#hints", Bar).show(self.hint_parts(DOCUMENTS, LIST, PROGRAM))
        self.main.focus()
        self._sync(self._start)

    @property
    def main(self) -> DocumentList:
        """The list."""
        return self.query_one("#documents", DocumentList)

    @property
    def current(self) -> int | None:
        """The document under the cursor."""
        row = self.main.current
        return row.id if row else None

    def report(self, message: str, *, is_warning: bool = False, is_saved: bool = True) -> None:
        """Show the list as it is now, and a message in the place of how it is filtered."""
        self._sync(message=message, is_warning=is_warning)

    def _sync(self, current: int | None = None, *, message: str = "", is_warning: bool = False) -> None:
        shown = self.queue.shown()
        rows = tuple(
            DocumentRow(item.id, item.title, source_of(item), item.length, item.annotations, item.status)
            for item in shown
        )
        self.main.show(rows, self.current if current is None else current)
        done = sum(item.status == "done" for item in self.queue.documents)
        title = _(" Documents: {total}, done {done} ", total=len(self.queue.documents), done=done)
        name = Part(f" {self._annotator} ", self._palette.bar_strong, base=None)
        self.query_one("#title", Bar).show((Part(title, self._palette.bar_strong),), (name,))
        if message:
            style = self._palette.warning if is_warning else self._palette.bar
            self.query_one("#status", Bar).show((Part(f" {message} ", style),))
        else:
            self.query_one("#status", Bar).show(self._looks(len(shown)))

    def _looks(self, shown: int) -> tuple[Part, ...]:
        """How the list is looked at."""
        queue, style = self.queue, self._palette.bar
        facts = [
            ngettext("{n} shown", "{n} shown", shown),
            _("sorted by {order}", order=sort_name(queue.order if queue.sort == "import" else queue.sort)),
            _("status {status}", status=status_name(queue.status)),
        ]
        parts = [Part(f" {' · '.join(facts)} ", style)]
        if queue.words:
            parts += [
                Part(_("· with "), style),
                Part(f"{queue.words} ", self._palette.bar_strong, base=None),
            ]
        return tuple(parts)

    def action_cursor(self, where: str) -> None:
        """Move in the list."""
        self.main.move(where)

    async def action_open(self) -> None:
        """Open the document under the cursor."""
        if self.current is not None:
            await self.run_action(f"app.open_document({self.current})")

    async def action_next_open(self) -> None:
        """Open the document here or the next one that is not done; those sent back first."""
        found = self.queue.open_from(self.current)
        if found is None:
            self.report(_("no document shown here is left to do"), is_warning=True)
        else:
            await self.run_action(f"app.open_document({found.id})")

    async def action_filter(self) -> None:
        """Ask for words; the list follows what is typed."""
        await self.act(lambda: Ask(_("Show documents with:"), self.queue.words, lambda _words: ""))

    def typed(self, value: str) -> None:
        """Filter by words while they are typed."""
        if isinstance(self._step, Ask):
            self.queue = replace(self.queue, words=value)
            self._sync()
        else:
            super().typed(value)

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
        await self.app.push_screen(HelpScreen(help_lines(self.commands, self._schema, self._palette), self._palette))

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()

    @on(DocumentList.Opened)
    def _on_opened(self, message: DocumentList.Opened) -> None:
        self.do_soon(partial(self.run_action, f"app.open_document({message.id})"))
