"""The application: which screen is open, and what the terminal can do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Unpack

from rich.console import RenderableType
from textual import events, on
from textual.app import App
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.model.schema import Language
from annotator.services.looking import DocumentSummary, list_documents
from annotator.services.ordering import Reason, uncertain_first
from annotator.services.preferences import BidiMode, Choice, Settings, Theme
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.services.suggest_process import SuggestProcess
from annotator.tui import bidi_modes, language
from annotator.tui.commands import COMMANDS, Command, ScreenName, commands_of
from annotator.tui.desk import Desk
from annotator.tui.driver import AnnotatorDriver
from annotator.tui.key_bindings import with_keys
from annotator.tui.keys import LATIN, KeyTranslator
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.work import WorkScreen
from annotator.tui.terminals import known


LAM_SECONDS = 0.05
"""How long a lam waits for an alef: both come at once from the key b."""

COLOURS = {None: 0, "standard": 16, "windows": 16, "256": 256, "truecolor": 1 << 24}


class _Ground(Screen[None]):
    """The screen that Textual wants under ours: one that is never seen, and never has ours painted again."""

    def _compositor_refresh(self) -> None:
        """Textual's hook: nothing to paint."""


class AnnotatorApp(App[None]):
    """The screens of one annotator in one project.

    Args:
        project: The open project.
        annotator: The annotator's name.
        document_id: The document to open at once, or None for the list.
        settings: What the user prefers.
        process: What runs suggesters beside the screen, or None where nothing is to.
        order: "import", or "uncertain" for the documents first that the last model is least sure about.

    Raises:
        UsageError: The keys of the settings clash, or there is no model to order by.
    """

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "annotator"
    ALLOW_SELECT = False

    def __init__(
        self,
        project: Project,
        annotator: str,
        document_id: int | None = None,
        settings: Settings | None = None,
        process: SuggestProcess | None = None,
        order: str = "import",
    ) -> None:
        settings = settings or Settings()
        if not os.environ.get("NO_COLOR"):
            os.environ.pop("NO_COLOR", None)  # Textual takes an empty one for a wish; no-color.org does not
        super().__init__(ansi_color=True)  # else Textual turns the 16 colours into others, and some into the same
        self.crash: Exception | None = None
        language.use(settings.language)
        mode = known(settings.terminal).mode if settings.bidi == "auto" else settings.bidi
        bidi_modes.use(mode, settings.terminal)
        self._project, self._annotator, self._settings = project, annotator, settings
        labels = [(label.key, label.id) for label in project.schema.labels]
        self._commands = with_keys(COMMANDS, settings.keys, labels, str(settings.preferences_path))
        self._first_document = document_id
        self._process = process
        self._order, self._reasons = order, dict[int, Reason]()
        self._queue = self._first_queue()
        self._translator = KeyTranslator()
        self._is_unsettled = False
        self._palette: Palette | None = None

    def _first_queue(self) -> Queue:
        return Queue(self._summaries(), order=self._order)

    def _summaries(self) -> tuple[DocumentSummary, ...]:
        """The documents of the list as they are now."""
        documents = list_documents(self._project, self._annotator)
        if self._order != "uncertain":
            return tuple(documents)
        order = uncertain_first(self._project, documents)
        self._reasons = dict(order.reasons)
        return order.documents

    @property
    def palette(self) -> Palette:
        """The styles for this terminal."""
        if self._palette is None:
            colours = 0 if self.no_color else COLOURS.get(self.console.color_system, 0)
            self._palette = Palette(self._project.schema, colours, self._settings.theme)
        return self._palette

    def get_driver_class(self) -> type[Driver]:
        """Textual's hook: the driver with manners, where there is a terminal."""
        driver = super().get_driver_class()
        return AnnotatorDriver if issubclass(AnnotatorDriver, driver) else driver

    def get_default_screen(self) -> Screen[None]:
        """Textual's hook."""
        return _Ground(id="_default")

    async def on_mount(self) -> None:
        """Textual's hook: open the first screen."""
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        if self._process is not None:
            self._process.hear(self._on_looked_at)
            self.call_after_refresh(self._process.start)
        if self._first_document is not None:
            document = self._first_document
            await self.push_screen(self._annotate_screen(self._desk(document), document))
        else:
            await self.push_screen(self._queue_screen(None))
        if self._settings.bidi == "auto" and known(self._settings.terminal).is_uncertain:
            self.action_calibrate()

    def _on_looked_at(self, document_id: int) -> None:
        """Another thread says that there are suggestions for a document."""
        with suppress(RuntimeError):  # the screen is gone
            self.call_from_thread(self._take_suggestions, document_id)

    def _take_suggestions(self, document_id: int) -> None:
        screen = self.screen
        if isinstance(screen, AnnotateScreen) and screen.document_id == document_id:
            screen.take_suggestions()

    @on(AnnotateScreen.Done)
    def _on_done(self, message: AnnotateScreen.Done) -> None:
        """Its copies and the models may learn from a document that somebody is done with."""
        if self._process is not None:
            self._process.labelled(message.document_id)

    def on_unmount(self) -> None:
        """Textual's hook."""
        if self._process is not None:
            self._process.close()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Textual's hook: never start a browser on somebody's server."""

    def _commands_of(self, screen: ScreenName) -> tuple[Command, ...]:
        return commands_of(screen, self._commands)

    def _annotate_screen(self, desk: Desk, document_id: int, last_label: str = "") -> AnnotateScreen:
        commands = self._commands_of("annotate")
        return AnnotateScreen(desk, document_id, self._queue, self.palette, commands, self._annotator, last_label)

    def _desk(self, document_id: int) -> Desk:
        session = AnnotationSession(self._project, self._annotator, document_id)
        if self._process is not None and not session.is_looked_at:
            self._process.look(document_id)
        if document_id in self._reasons:
            session.note_sampled(self._reasons[document_id])
        return Desk(session)

    def _queue_screen(self, current: int | None) -> QueueScreen:
        commands = self._commands_of("queue")
        return QueueScreen(self._queue, self._project.schema, self.palette, commands, self._annotator, current)

    async def action_open_document(self, document_id: int) -> None:
        """Open a document."""
        last_label = ""
        if isinstance(self.screen, QueueScreen):
            self._queue = self.screen.queue
        elif isinstance(self.screen, AnnotateScreen):
            last_label = self.screen.last_label
        with self._warning():
            await self.switch_screen(self._annotate_screen(self._desk(document_id), document_id, last_label))

    async def action_open_queue(self) -> None:
        """Open the list, with what has changed since."""
        current = self.screen.document_id if isinstance(self.screen, AnnotateScreen) else None
        if isinstance(self.screen, AnnotateScreen):
            self.screen.save_place()
        failure: AnnotatorError | None = None
        try:
            self._queue = replace(self._queue, documents=self._summaries())
        except AnnotatorError as error:
            failure = error  # the list as it was is still a way out
        await self.switch_screen(self._queue_screen(current))
        if failure is not None and isinstance(self.screen, QueueScreen):
            self.screen.warn(failure)

    async def action_feedback(self) -> None:
        """Show what reviewers made of the annotator's work."""
        from annotator.services.feedback import feedback
        from annotator.tui.feedback import feedback_lines

        with self._warning():
            found = feedback(self._project, self._annotator)
            await self.push_screen(HelpScreen(feedback_lines(found, self._project.schema, self.palette), self.palette))

    async def action_use_language(self, code: Language) -> None:
        """Speak another language, now and from the next start on."""
        language.use(code)
        self._settings = replace(self._settings, language=code)
        await self._reopen()
        self._remember(language=code)

    async def action_use_theme(self, theme: Theme) -> None:
        """Have other colours, now and from the next start on."""
        self._settings, self._palette = replace(self._settings, theme=theme), None
        await self._reopen()
        self._remember(theme=theme)

    def action_redraw(self) -> None:
        """Write the whole screen anew, whatever the terminal shows."""
        bidi_modes.forget()
        self.screen.refresh()

    def action_calibrate(self) -> None:
        """Find out by looking how this terminal wants its Arabic, and remember it."""
        from annotator.tui.screens.calibrate import CalibrateScreen

        self.push_screen(CalibrateScreen(self.palette, self._settings.terminal), self._use_bidi)

    def _use_bidi(self, mode: BidiMode | None) -> None:
        if mode is not None:
            self._settings = replace(self._settings, bidi=mode)
            self._remember(bidi={self._settings.terminal: mode})
        self.screen.refresh(layout=True)

    async def _reopen(self) -> None:
        """Draw the open screen anew in another language, or in other colours."""
        screen = self.screen
        if isinstance(screen, AnnotateScreen):
            again = self._annotate_screen(screen.desk, screen.document_id, screen.last_label)
            await self.switch_screen(again)
        elif isinstance(screen, QueueScreen):
            self._queue = screen.queue
            await self.switch_screen(self._queue_screen(screen.current))

    def _remember(self, **choice: Unpack[Choice]) -> None:
        """Write a choice into the user's preferences; where that cannot be done it holds until the end."""
        from annotator.services.remembering import remember

        if self._settings.preferences_path is None:
            return
        with self._warning():
            remember(self._settings.preferences_path, **choice)

    @contextmanager
    def _warning(self) -> Iterator[None]:
        """Where another screen cannot be opened, the present one stays and says why."""
        try:
            yield
        except AnnotatorError as error:
            if not isinstance(self.screen, WorkScreen):
                raise
            self.screen.warn(error)

    async def on_event(self, event: events.Event) -> None:
        """Textual's hook: keys of an Arabic layout become those of the same places, except in text fields."""
        if isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded and self._is_unsettled:
            await self._settle()
        if isinstance(event, events.Resize):
            bidi_modes.forget()
        if not isinstance(event, events.Key) or event.is_forwarded:
            self._is_unsettled = self._is_unsettled or isinstance(event, (events.MouseEvent, events.Paste))
            await super().on_event(event)
            return
        character = event.character or ""
        if event.key.startswith("alt+") and character and not self._has_command(event.key):
            # What a terminal sends for Alt with a key is Esc and the key, so this was more likely these two in haste.
            await self.on_event(events.Key("escape", "\x1b"))
            await self.on_event(events.Key(_character_to_key(character), character))
            return
        translator = self._translator
        if self._is_typing or not (translator.is_holding or character in LATIN):
            await self._press(event)
            return
        for key in translator.feed(character) if character in LATIN else translator.flush():
            await self._press(events.Key(_character_to_key(key), key))
        if translator.is_holding:
            self.set_timer(LAM_SECONDS, self._flush_keys)
        if character not in LATIN:
            await self._press(event)

    def _has_command(self, key: str) -> bool:
        return isinstance(self.screen, WorkScreen) and self.screen.has_command(key)

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.screen, WorkScreen) and self.screen.is_typing

    async def _flush_keys(self) -> None:
        for key in self._translator.flush():
            await self._press(events.Key(_character_to_key(key), key))

    async def _settle(self) -> None:
        """Wait until the widgets have dealt with the mouse or a paste: what comes after it means what it led to."""
        self._is_unsettled = False
        screen = self.screen
        pumps = [screen, *screen.walk_children()]
        while any(pump.message_queue_size for pump in pumps if pump.is_running):
            await asyncio.sleep(0)
        if isinstance(screen, WorkScreen):
            await screen.catch_up()

    async def _press(self, event: events.Key) -> None:
        """Carry a key out before the next one is looked at.

        Textual sends a key from widget to widget until somebody takes it. Of keys that come together, as a slow link
        delivers them, a later one may so be taken before an earlier one: a label would hit the wrong words.
        """
        screen = self.screen
        if isinstance(screen, WorkScreen):
            await screen.take(event)
        else:
            await self._check_bindings(event.key)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Textual's hook: in the order that this terminal wants, and in few bytes, for slow links."""
        super()._display(screen, bidi_modes.in_mode(renderable))

    def _handle_exception(self, error: Exception) -> None:
        """Textual's hook: its own crash report shows the values of variables, and with them texts and passwords."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crash = self.crash or error
        self._close_messages_no_wait()
