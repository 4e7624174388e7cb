"""The application of a reviewer: the documents that annotators disagree about, the worst first, and their gold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from annotator.errors import N_, OperationError
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import DocumentSummary
from annotator.services.preferences import Settings
from annotator.services.project import Project
from annotator.services.reviewing import ReviewDocument, StatusFilter, look_again
from annotator.tui.agreement_leads import Lead, partners, worst_with
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import AGREEMENT_IN_LIST, LIST, Command, ScreenName
from annotator.tui.desk import Desk
from annotator.tui.flows import digit
from annotator.tui.language import _, ngettext
from annotator.tui.queue import Queue
from annotator.tui.review_desk import ItemFilter, ReviewDesk
from annotator.tui.screens.agreement import AgreementScreen, Study
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.review import ReviewScreen
from annotator.tui.screens.work import WorkScreen
from annotator.tui.steps import Item, Menu, Run, Step


class ReviewApp(AnnotatorApp):
    """The screens of one reviewer in one project.

    Args:
        project: The open project.
        reviewer: The reviewer's name.
        documents: What may be reviewed, the worst first.
        document_id: The document to open at once, or None for the list.
        settings: What the user prefers.
        status: Whose work is looked at: "any", or "done" where it is finished.
        merged: How many items a policy has decided just now, which the first screen tells.

    Raises:
        UsageError: The keys of the settings clash.
    """

    def __init__(
        self,
        project: Project,
        reviewer: str,
        documents: Sequence[ReviewDocument],
        document_id: int | None = None,
        settings: Settings | None = None,
        status: StatusFilter = "any",
        merged: int = 0,
    ) -> None:
        self._reviewed = {document.id: document for document in documents}
        self._status: StatusFilter = status
        self._merged = merged
        self._opened: set[int] = set()
        self._filter = ItemFilter()
        self._is_named = False
        self._study = Study(project, status)
        self._behind: Callable[[], WorkScreen] = partial(self._queue_screen, None)
        super().__init__(project, reviewer, document_id, settings)

    async def on_mount(self) -> None:
        """Textual's hook: open the first screen, and tell what needs no reviewer any more."""
        await super().on_mount()
        if self._merged and isinstance(self.screen, WorkScreen):
            said = ngettext(
                "{n} item that needs no reviewer is gold already",
                "{n} items that need no reviewer are gold already",
                self._merged,
            )
            self.screen.report(said)

    def _first_queue(self) -> Queue:
        return Queue(self._summaries(), order="agreement")

    def _summaries(self) -> tuple[DocumentSummary, ...]:
        """The documents of the review as a list: what is left to decide in the place of annotations."""
        for document_id in self._opened:
            document = self._reviewed[document_id]
            self._reviewed[document_id] = look_again(self._project, self._annotator, document, self._status)
        self._opened.clear()
        return tuple(_summary(document) for document in self._reviewed.values())

    def _desk(self, document_id: int) -> Desk:
        if isinstance(self.screen, ReviewScreen):
            self._filter, self._is_named = self.screen.review.filter, self.screen.review.is_named
        self._queue = replace(self._queue, documents=self._summaries())  # n leads to what is left now
        self._opened.add(document_id)
        session = GoldSession(self._project, self._annotator, document_id, status=self._status)
        return ReviewDesk(session, self._filter, is_named=self._is_named)

    def _annotate_screen(self, desk: Desk, document_id: int, last_label: str = "") -> AnnotateScreen:
        assert isinstance(desk, ReviewDesk)  # noqa: S101  # made above
        commands = self._commands_of("review")
        return ReviewScreen(desk, document_id, self._queue, self.palette, commands, self._annotator, last_label)

    def _commands_of(self, screen: ScreenName) -> tuple[Command, ...]:
        commands = super()._commands_of(screen)
        if screen != "queue":
            return commands
        behind = 1 + max(number for number, command in enumerate(commands) if command.group == LIST)
        return (*commands[:behind], AGREEMENT_IN_LIST, *commands[behind:])

    # Agreement

    def _agreement_screen(self) -> AgreementScreen:
        commands = self._commands_of("agreement")
        return AgreementScreen(self._study, self._follow, self.palette, commands, self._annotator)

    async def action_open_agreement(self) -> None:
        """Show how far the annotators agree."""
        screen = self.screen
        if isinstance(screen, ReviewScreen):
            self._filter, self._is_named = screen.review.filter, screen.review.is_named
            self._behind = partial(self._annotate_screen, screen.desk, screen.document_id, screen.last_label)
        elif isinstance(screen, QueueScreen):
            self._queue = screen.queue
            self._behind = partial(self._queue_screen, screen.current)
        await self.switch_screen(self._agreement_screen())

    async def action_leave_agreement(self) -> None:
        """Go back to where the agreement was opened."""
        await self.switch_screen(self._behind())
        if isinstance(self.screen, ReviewScreen):
            self._opened.add(self.screen.document_id)  # it is worked on again

    async def _reopen(self) -> None:
        if isinstance(self.screen, AgreementScreen):
            await self.switch_screen(self._agreement_screen())
        else:
            await super()._reopen()

    async def action_open_document(self, document_id: int) -> None:
        """Open a document; where a row of the agreement leads to it, say how many of its items are here."""
        is_led = isinstance(self.screen, AgreementScreen)
        await super().action_open_document(document_id)
        if is_led and isinstance(self.screen, ReviewScreen):
            here = len(self.screen.review.waiting)
            self.screen.report(
                ngettext(
                    "{n} undecided item here belongs to the row; the filter in the menu shows all again",
                    "{n} undecided items here belong to the row; the filter in the menu shows all again",
                    here,
                )
                if self._filter != ItemFilter()
                else ""
            )

    def _follow(self, lead: Lead) -> Step:
        """Open what a row of the agreement is about: its document, or the worst one with such items to decide."""
        self._summaries()  # what was decided here meanwhile counts
        if len(lead.annotators) == 1:
            return self._partners(lead.annotators[0])
        documents = list(self._reviewed.values())
        if lead.doc_id:
            documents = [document for document in documents if document.doc_id == lead.doc_id]
            if not documents:
                raise OperationError(N_("{text} is not among the documents of this review"), text=lead.doc_id)
        found = worst_with(documents, lead.filter)
        if found is None and not lead.doc_id:
            raise OperationError(N_("no item that this row is about is left to decide"))
        self._filter = ItemFilter() if found is None else lead.filter
        return Run(f"app.open_document({(found or documents[0]).id})")

    def _partners(self, annotator: str) -> Step:
        """Ask which other annotator's differences from this one to look at."""
        found = partners(self._reviewed.values(), annotator)
        if not found:
            raise OperationError(N_("no item that this row is about is left to decide"))
        items = tuple(
            Item(name, partial(self._follow, Lead(annotators=_pair(annotator, name))), digit(place), detail=str(number))
            for place, (name, number) in enumerate(found, 1)
        )
        return Menu(_("{annotator} differs from", annotator=annotator), items)


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _summary(document: ReviewDocument) -> DocumentSummary:
    status = "done" if not document.undecided else "open" if document.settled else "new"
    return DocumentSummary(
        id=document.id,
        doc_id=document.doc_id,
        title=document.title,
        meta={"source": " · ".join((f"F1 {document.f1:.2f}", *((_("returned"),) if document.returned_to else ())))},
        length=document.total,
        status=status,
        note="",
        annotations=document.undecided,
        cursor=None,
    )
