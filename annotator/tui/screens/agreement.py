"""The screen that shows how far annotators agree, as reports do, and leads to the items that figures count."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import partial
from pathlib import Path
from threading import Event
from typing import Literal, TypeVar

from textual import on
from textual.app import ComposeResult

from annotator.agreement.report.tables import Report
from annotator.errors import N_, AnnotatorError, OperationError
from annotator.services.project import Project
from annotator.services.report_files import check_target, write_file
from annotator.services.reviewing import StatusFilter
from annotator.tui.agreement_leads import Lead, lead_of
from annotator.tui.agreement_lines import about, sections_of
from annotator.tui.commands import DOCUMENTS, PROGRAM, REPORT, Command
from annotator.tui.guidance import help_lines
from annotator.tui.language import _, language, ngettext
from annotator.tui.palette import Palette
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.work import WorkScreen
from annotator.tui.steps import Ask, Item, Menu, Step
from annotator.tui.widgets.bar import Bar, Part
from annotator.tui.widgets.report_view import Place, ReportView


T = TypeVar("T")
Doing = Literal["", "measuring", "writing"]

PAGE = "agreement.html"
"""The file to offer for the page."""

SECONDS = 0.2
"""Between two signs of progress."""


class StoppedError(Exception):
    """Nobody waits for the report any more."""


class Study:
    """The agreement in a project: measured when it is first asked for, and kept until the program ends.

    Args:
        project: The open project.
        status: Whose work is looked at: "any", or "done" where it is finished.

    Attributes:
        report: None until it was measured.
        place: The cell that was looked at last.
    """

    def __init__(self, project: Project, status: StatusFilter = "any") -> None:
        self.project, self._status = project, status
        self.report: Report | None = None
        self.place: Place | None = None

    def measured(self, on_progress: Callable[[int, int], None], stop: Event) -> Report | None:
        """A new report, or None where it was stopped; may be called in another thread.

        Raises:
            AnnotatorError: There is nothing to compare any more, or the database cannot be read.
        """
        from annotator.services.measuring import StudyOptions, measure

        def show_progress(done: int, total: int) -> None:
            on_progress(done, total)
            if stop.is_set():
                raise StoppedError

        start_process_tracker()
        try:
            return measure(self.project, StudyOptions(status=self._status), show_progress)
        except StoppedError:
            return None  # caught here, since whoever lets go of it waits until the other processes are through


def start_process_tracker() -> None:
    """Start what every pool of processes needs while the error output is a real file; Textual's stand-in is none."""
    from multiprocessing.resource_tracker import ensure_running

    with redirect_stderr(sys.__stderr__):
        ensure_running()


class AgreementScreen(WorkScreen):
    """The figures of a project.

    Args:
        study: What to show; it is measured here where it was not before.
        follow: Leads from what a row is about to its items.
        palette: The styles.
        commands: What the keys do.
        reviewer: The reviewer's name.
    """

    WAY_OUT = N_("q goes back to the review")

    def __init__(
        self,
        study: Study,
        follow: Callable[[Lead], Step],
        palette: Palette,
        commands: tuple[Command, ...],
        reviewer: str,
    ) -> None:
        super().__init__(palette, commands)
        self._study, self._follow, self._reviewer = study, follow, reviewer
        self._stop = Event()
        self._doing: Doing = ""
        self._measured = 0, 0
        self._has_warned = False

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield Bar(self._palette.bar, id="title")
        yield ReportView(self._palette, id="report")
        yield Bar(self._palette.text, id="hints")
        yield from self.compose_questions()
        yield Bar(self._palette.bar, id="status")

    def on_mount(self) -> None:
        """Textual's hook: show the report, or make it."""
        self.query_one("#hints", Bar).show(self.hint_parts(REPORT, DOCUMENTS, PROGRAM))
        self.main.focus()
        self.set_interval(SECONDS, self._tell_progress)
        self._show_study()
        if self._study.report is None:
            self._measure()
        self.report("")

    def on_unmount(self) -> None:
        """Textual's hook: what nobody waits for is not measured to its end."""
        self._stop.set()

    @property
    def main(self) -> ReportView:
        """The tables."""
        return self.query_one("#report", ReportView)

    def report(self, message: str, *, is_warning: bool = False, is_saved: bool = True) -> None:
        """Say something, or else what goes on, or else what is under the cursor."""
        self._study.place = self.main.place or self._study.place
        self._has_warned = is_warning
        style = self._palette.warning if is_warning else self._palette.bar
        said = message or self._progress() or self._about()
        self.query_one("#status", Bar).show((Part(f" {said} ", style, is_cut=True),))

    def _about(self) -> str:
        place = self.main.place
        return about(self.main.sections[place.section], place.row, place.column) if place else ""

    def _show_study(self) -> None:
        report, strong = self._study.report, self._palette.bar_strong
        title = _("Agreement between annotators")
        if report is not None:
            documents = ngettext("{n} document", "{n} documents", int(report.facts["documents"]))
            title = f"{title} · {documents}"
            self.main.show(sections_of(report, self._study.project.schema), self._study.place)
        name = Part(f" {self._reviewer} ", strong, base=None)
        self.query_one("#title", Bar).show((Part(f" {title} ", strong),), (name,))

    # What takes a while

    @property
    def is_busy(self) -> bool:
        """Whether something goes on that takes a while."""
        return bool(self._doing)

    def _progress(self) -> str:
        done, total = self._measured
        if self._doing == "measuring" and total:
            return _("measuring … {done}/{total} documents", done=f"{done:,}", total=f"{total:,}")
        return {"measuring": _("measuring …"), "writing": _("writing the page …")}.get(self._doing, "")

    def _tell_progress(self) -> None:
        if self.is_busy and not self._has_warned:
            self.report("")

    def _measure(self) -> None:
        self._measured = 0, 0

        def show_progress(done: int, total: int) -> None:
            self._measured = done, total

        self._in_background("measuring", partial(self._study.measured, show_progress, self._stop), self._take_report)

    def _take_report(self, report: Report | None) -> str:
        self._study.report = report
        self._show_study()
        return ""

    def _in_background(self, doing: Doing, work: Callable[[], T], then: Callable[[T], str]) -> None:
        """Do something in another thread and say what came of it, unless this screen is gone by then."""

        def end(done: asyncio.Future[T]) -> None:
            if self._stop.is_set():
                done.exception()  # else asyncio complains that nobody has looked
            else:
                self.call_later(self._end, done, then)

        self._doing = doing
        asyncio.get_running_loop().run_in_executor(None, work).add_done_callback(end)

    def _end(self, done: asyncio.Future[T], then: Callable[[T], str]) -> None:
        self._doing = ""
        try:
            said = then(done.result())
        except AnnotatorError as error:
            self.warn(error)
        else:
            self.report(said)

    # Actions

    def action_cursor(self, where: str) -> None:
        """Move to another row."""
        self.main.move(where)
        self.report("")

    def action_column(self, step: int) -> None:
        """Move to another column."""
        self.main.move_column(step)
        self.report("")

    def action_table(self, step: int) -> None:
        """Move to another table."""
        self.main.move_table(step)
        self.report("")

    async def action_items(self) -> None:
        """Go to the items that the row is about."""
        await self.act(self._lead)

    def _lead(self) -> Step:
        place = self.main.place
        if place is None:
            return ""
        lead = lead_of(self.main.sections[place.section].table, place.row, place.column)
        if lead is None:
            raise OperationError(N_("this row leads to no items: it is not about a label, a pair or a document"))
        return self._follow(lead)

    def action_again(self) -> None:
        """Measure again."""
        if not self.is_busy:
            self._measure()
        self.report("")

    async def action_page(self) -> None:
        """Write the report as a page."""
        await self.act(self._ask_for_page)

    def _ask_for_page(self) -> Step:
        if self._study.report is None or self.is_busy:
            raise OperationError(N_("there is nothing to write yet: wait for the figures"))
        return Ask(_("Write the page to:"), PAGE, self._page_to)

    def _page_to(self, name: str) -> Step:
        if not name:
            return ""
        file = Path(os.path.expanduser(name))  # noqa: PTH111  # Path's own raises where somebody has no home
        check_target(file, self._study.project)
        if not file.exists():
            return self._write_page(file)
        return Menu(
            _("{file} is there already", file=file.name),
            (
                Item(_("Replace it"), partial(self._write_page, file), "1"),
                Item(_("Write to another file"), self._ask_for_page, "2"),
            ),
        )

    def _write_page(self, file: Path) -> str:
        report, spoken = self._study.report, language()
        if report is None:
            return ""

        def write() -> str:
            from annotator.agreement.report.html import html_page

            write_file(file, html_page(report, language=spoken, translate=_))
            return file.name

        self._in_background("writing", write, lambda written: _("written: {file}", file=written))
        return ""

    async def action_help(self) -> None:
        """Show the help."""
        lines = help_lines(self.commands, self._study.project.schema, self._palette)
        await self.app.push_screen(HelpScreen(lines, self._palette))

    async def action_quit(self) -> None:
        """Go back to where the reviewer came from."""
        await self.run_action("app.leave_agreement")

    @on(ReportView.Moved)
    def _on_moved(self) -> None:
        self.report("")

    @on(ReportView.Chosen)
    def _on_chosen(self) -> None:
        self.do_soon(self.action_items)
