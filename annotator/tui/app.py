"""The application: which screen is open, and what the terminal can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.screen import Screen

from annotator.services.looking import list_documents
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.tui.driver import AnnotatorDriver
from annotator.tui.keys import LAM, LATIN, KeyTranslator
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.tight_update import TightUpdate
from annotator.tui.widgets.input_line import InputLine


if TYPE_CHECKING:
    from textual.command import Provider

LAM_SECONDS = 0.05
"""How long a lam waits for an alef: both come at once from the key b."""

COLOURS = {None: 0, "standard": 16, "windows": 16, "256": 256, "truecolor": 1 << 24}


def _palette_provider() -> type[Provider]:
    from annotator.tui.command_palette import CommandProvider

    return CommandProvider


class AnnotatorApp(App[None]):
    """The screens of one annotator in one project.

    Args:
        project: The open project.
        annotator: The annotator's name.
        document_id: The document to open at once, or None for the list.
    """

    CSS_PATH = "app.tcss"
    COMMANDS = {_palette_provider}  # noqa: RUF012  # Textual's own declaration
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    TITLE = "annotator"
    ALLOW_SELECT = False

    def __init__(self, project: Project, annotator: str, document_id: int | None = None) -> None:
        super().__init__()
        self.crash: Exception | None = None
        self._project, self._annotator = project, annotator
        self._first_document = document_id
        self._queue = Queue(tuple(list_documents(project, annotator)))
        self._translator = KeyTranslator()
        self._palette: Palette | None = None

    @property
    def palette(self) -> Palette:
        """The styles for this terminal."""
        if self._palette is None:
            colours = 0 if self.no_color else COLOURS.get(self.console.color_system, 0)
            self._palette = Palette(self._project.schema, colours)
        return self._palette

    def get_driver_class(self) -> type[Driver]:
        """Textual's hook: the driver with manners, where there is a terminal."""
        driver = super().get_driver_class()
        return AnnotatorDriver if issubclass(AnnotatorDriver, driver) else driver

    def on_mount(self) -> None:
        """Textual's hook: open the first screen."""
        if self._first_document is not None:
            self.push_screen(self._annotate_screen(self._first_document))
        else:
            self.push_screen(self._queue_screen(None))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's hook: none of its own commands; one of them would write files."""
        return ()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Textual's hook: never start a browser on somebody's server."""

    def _annotate_screen(self, document_id: int, last_label: str = "") -> AnnotateScreen:
        session = AnnotationSession(self._project, self._annotator, document_id)
        return AnnotateScreen(session, document_id, self._queue, self.palette, self._annotator, last_label)

    def _queue_screen(self, current: int | None) -> QueueScreen:
        return QueueScreen(self._queue, self._project.schema, self.palette, self._annotator, current)

    async def action_open_document(self, document_id: int) -> None:
        """Open a document."""
        last_label = ""
        if isinstance(self.screen, QueueScreen):
            self._queue = self.screen.queue
        elif isinstance(self.screen, AnnotateScreen):
            last_label = self.screen.last_label
        await self.switch_screen(self._annotate_screen(document_id, last_label))

    async def action_open_queue(self) -> None:
        """Open the list, with what has changed since."""
        current = self.screen.document_id if isinstance(self.screen, AnnotateScreen) else None
        if isinstance(self.screen, AnnotateScreen):
            self.screen.save_place()
        self._queue = replace(self._queue, documents=tuple(list_documents(self._project, self._annotator)))
        await self.switch_screen(self._queue_screen(current))

    async def on_event(self, event: events.Event) -> None:
        """Textual's hook: keys of an Arabic layout become those of the same places, except in text fields."""
        if not isinstance(event, events.Key) or event.is_forwarded or isinstance(self.focused, InputLine):
            await super().on_event(event)
            return
        character = event.character or ""
        if not self._translator.is_holding and character != LAM and character not in LATIN:
            await super().on_event(event)
            return
        keys = self._translator.feed(character) if len(character) == 1 else self._translator.flush()
        for key in keys:
            await self._press(key)
        if self._translator.is_holding:
            self.set_timer(LAM_SECONDS, self._flush_keys)
        if len(character) != 1:
            await super().on_event(event)

    async def _flush_keys(self) -> None:
        for key in self._translator.flush():
            await self._press(key)

    async def _press(self, key: str) -> None:
        await super().on_event(events.Key(_character_to_key(key), key))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Textual's hook: partial updates in fewer bytes, for slow links."""
        if type(renderable) is ChopsUpdate:
            renderable = TightUpdate(renderable.chops, renderable.spans, renderable.chop_ends)
        super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's hook: its own crash report shows the values of variables, and with them texts and passwords."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crash = self.crash or error
        self._close_messages_no_wait()
