"""The screen on which a reviewer settles what annotators disagree about."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from annotator.errors import N_
from annotator.tui import reviewing
from annotator.tui.commands import CHANGES, DOCUMENTS, MOVE, REVIEW, SELECT, Command
from annotator.tui.describe import label_parts, status_parts
from annotator.tui.guidance import help_lines
from annotator.tui.language import _, ngettext
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.review_desk import ReviewDesk
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.steps import Step
from annotator.tui.version_lines import item_line, version_lines
from annotator.tui.widgets.bar import Bar
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.panel import Line, Panel


SIGNS = (
    N_("An item is one thing that annotators marked, or that some of them did not; each version of it has a number."),
    N_("★ is the version of most annotators; where as many have others, the one most like all of them."),
    N_("✓ is the gold: what was decided, and what is exported. What all marked alike was decided at the start."),
    N_("Figures such as 110–118 are the places of the first and the last character in the text."),
)
"""What the help says first."""


class ReviewScreen(AnnotateScreen):
    """One document of a review: its text with the gold, and the versions of one item after the other.

    Args:
        desk: The work on its gold.
        document_id: Its row.
        queue: The documents of the review, the worst first.
        palette: The styles.
        commands: What the keys do.
        reviewer: The reviewer's name.
        last_label: The label used last, which `.` repeats.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012  # Textual's own declaration
    WAY_OUT = N_("q goes back to the list of documents, and from there out of the program")

    def __init__(  # all that it shows
        self,
        desk: ReviewDesk,
        document_id: int,
        queue: Queue,
        palette: Palette,
        commands: tuple[Command, ...],
        reviewer: str,
        last_label: str = "",
    ) -> None:
        super().__init__(desk, document_id, queue, palette, commands, reviewer, last_label)
        self.review = desk

    def compose(self) -> ComposeResult:
        """Textual's hook: the parts of the screen, from top to bottom."""
        palette = self._palette
        yield Bar(palette.bar, id="title")
        with Horizontal():
            yield Panel(palette, id="inspector")
            yield DocumentView(palette, self._fold_text, id="document")
        yield Bar(palette.bar, id="item")
        yield Panel(palette, id="versions")
        yield Bar(palette.text, id="labels")
        yield Bar(palette.text, id="hints")
        yield from self.compose_questions()
        yield Bar(palette.bar, keeps_last=False, id="status")

    def report(self, message: str, *, is_warning: bool = False, is_saved: bool = True) -> None:
        """Say what came of an action, and show the desk as it is now."""
        desk, palette = self.review, self._palette
        self.main.show(desk.view(self.hints))
        self._bar("item").show(*item_line(desk, palette))
        self._show_versions()
        self._show_focus()
        groups = (REVIEW, SELECT, CHANGES, MOVE)
        self._bar("hints").show(self.hint_parts(*groups))
        status = "open" if desk.session.undecided or desk.session.deferred else "done"
        end = status_parts(desk, palette, self._annotator, is_saved=is_saved, status=status)
        self._bar("status").show(self._said(message, is_warning=is_warning), end)

    def _show_versions(self) -> None:
        panel = self.query_one("#versions", Panel)
        panel.show(version_lines(self.review, self._palette, panel.size.width - 2, panel.size.height))

    def on_resize(self) -> None:
        """Textual's hook: the versions have other room now."""
        super().on_resize()
        self.call_after_refresh(self._show_versions)

    def _show_focus(self) -> None:
        if self.has_class("-wide"):
            self.query_one("#inspector", Panel).show(self._side_lines())
        schema = self.desk.session.schema
        self._bar("labels").show(label_parts(schema, self._palette), self.hint_parts(DOCUMENTS))

    # Actions

    async def action_version(self, key: str) -> None:
        """Take a version by its number, which the list of commands does not say."""
        if key in {*"123456789"}:
            await self.act(lambda: self.review.take(int(key)))
        else:
            await self.action_enter()

    def _enter(self) -> Step:
        desk = self.review
        if desk.edge is None and desk.is_unsettled:
            return desk.take_starred()
        if (
            desk.edge is None
            and desk.target() is None
            and desk.layout.fold_at(desk.layout.paragraph_at(desk.cursor)) is None
        ):
            return _("there is no gold here; Tab goes to the next undecided item")
        return super()._enter()

    async def action_reject(self) -> None:
        """Decide that nothing belongs here; gold that belongs to no item is removed."""
        await self.act(lambda: reviewing.reject(self.review))

    async def action_item(self, step: int) -> None:
        """Review another item."""
        await self.act(lambda: self.review.next_item(step))

    async def action_help(self) -> None:
        """Show the help, with what the signs of this screen mean."""
        lines = help_lines(self.commands, self.desk.session.schema, self._palette)
        signs = (Line(text, self._palette.text) for text in map(_, SIGNS))
        await self.app.push_screen(HelpScreen((lines[0], *signs, *lines[1:]), self._palette))

    async def action_defer(self) -> None:
        """Leave the item for later."""
        await self.act(self.review.defer)

    async def action_keep(self) -> None:
        """Keep the gold as it is."""
        await self.act(self.review.keep)

    async def action_reason(self) -> None:
        """Say why."""
        await self.act(lambda: reviewing.reason(self.review))

    async def action_names(self) -> None:
        """Show or hide the names."""
        self.review.is_named = not self.review.is_named
        await self.act(lambda: _("names are shown") if self.review.is_named else _("names are hidden"))

    async def action_items(self) -> None:
        """Filter the items."""
        await self.act(lambda: reviewing.filters(self.review))

    async def action_wholesale(self) -> None:
        """Take one annotator's versions."""
        await self.act(lambda: reviewing.wholesale(self.review))

    async def action_send_back(self) -> None:
        """Send the document back."""
        await self.act(lambda: reviewing.send_back(self.review))

    async def action_done(self) -> None:
        """Go on, or ask about what is left."""
        await self.act(lambda: reviewing.done(self.review))

    async def action_agreement(self) -> None:
        """Show the figures."""
        await self.run_action("app.open_agreement")

    async def action_document(self, step: int) -> None:
        """Open the document before or behind this one; forward, the next one with something to decide."""
        if step > 0:
            other = self.queue.next_open(self.document_id)
            if other is None or other.id == self.document_id:
                left = len(self.review.session.undecided)
                said = ngettext("{n} item is left in this document", "{n} items are left in this document", left)
                await self.act(lambda: said if left else _("everything is decided; q, and the gold can be exported"))
                return
            await self.run_action(f"app.open_document({other.id})")
        else:
            await super().action_document(step)
