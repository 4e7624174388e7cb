"""What the screens share: keys to commands, and the questions (menus, texts, hints) that a command may lead to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from annotator.errors import AnnotatorError, StoreError
from annotator.services.preferences import LANGUAGES, THEMES
from annotator.tui.commands import Command, hinted, shown_key
from annotator.tui.language import _, explain, language
from annotator.tui.palette import Palette
from annotator.tui.steps import Ask, Hint, Hints, Item, Menu, Run, Step
from annotator.tui.widgets.bar import Part
from annotator.tui.widgets.chooser import Chooser
from annotator.tui.widgets.input_line import InputLine
from annotator.tui.wording import LANGUAGE_NAMES, THEME_NAMES


KEY_HINT = " \u200e{}\u200e {} "
"""A key and a word; the marks keep a bracket that is a key from being mirrored in Arabic."""


class WorkScreen(Screen[None]):
    """A screen of commands.

    Args:
        palette: The styles.
        commands: What its keys do.
    """

    WAY_OUT: ClassVar[str]
    """What to say to Ctrl+C, which might be meant to end the program."""

    def __init__(self, palette: Palette, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.commands = commands
        self._palette = palette
        self.styles.background = palette.paper
        self._actions = {key: command.action.format(key=key) for command in commands for key in command.keys}
        self._step: Menu | Ask | Hints | None = None
        self._typed = ""
        self._waiting: list[Callable[[], Awaitable[object]]] = []

    # For the screens to fill in

    @property
    def main(self) -> Widget:
        """What has the focus when nothing is asked."""
        raise NotImplementedError

    def report(self, message: str, *, is_warning: bool = False, is_saved: bool = True) -> None:
        """Say what came of an action, and show how things are now."""
        raise NotImplementedError

    def take_other(self, event: events.Key) -> Callable[[], Step | None] | None:
        """What a key that is no command's means, or None."""
        return None

    def further_items(self) -> Iterable[Item]:
        """What the list of all commands holds beside the commands."""
        return ()

    def hint_parts(self, *groups: str) -> tuple[Part, ...]:
        """Keys with a word on what they do, of the commands of some groups."""
        style = self._palette.faint
        return tuple(
            Part(KEY_HINT.format(shown_key(command.keys[0]), _(command.hint)), style)
            for command in hinted(self.commands, groups)
            if command.keys
        )

    def named_hint_parts(self, *words: tuple[str, str]) -> tuple[Part, ...]:
        """The keys of some commands, by their names, each with another word on what it does now."""
        keys = {command.name: command.keys for command in self.commands}
        return tuple(
            Part(KEY_HINT.format(shown_key(keys[name][0]), _(word)), self._palette.faint)
            for name, word in words
            if keys.get(name)
        )

    def warn(self, error: AnnotatorError) -> None:
        """Say what went wrong elsewhere."""
        self.report(explain(error), is_warning=True, is_saved=not isinstance(error, StoreError))

    # Asking and answering

    def compose_questions(self) -> ComposeResult:
        """The widgets that ask."""
        yield Chooser(self._palette, id="menu")
        yield InputLine(self._palette, id="input")

    def on_resize(self) -> None:
        """Textual's hook: a menu has other room now."""
        self.call_after_refresh(self._chooser.fit)

    @property
    def _chooser(self) -> Chooser:
        return self.query_one("#menu", Chooser)

    @property
    def _input(self) -> InputLine:
        return self.query_one("#input", InputLine)

    @property
    def is_typing(self) -> bool:
        """Whether keys are letters of a text now."""
        return isinstance(self._step, Ask) or (isinstance(self._step, Menu) and self._step.is_searched)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The hints that what was typed so far may still mean."""
        if not isinstance(self._step, Hints):
            return ()
        return tuple(hint for hint in self._step.hints if hint.letters.startswith(self._typed))

    async def act(self, action: Callable[[], Step | None]) -> None:
        """Do something and go where it leads; an error is a message, never the end."""
        try:
            step = action() or ""
        except AnnotatorError as error:
            self._close()
            self.warn(error)
            return
        if isinstance(step, Run):
            self._close()
            await self.run_action(step.action)
        else:
            self._show(step)

    def _show(self, step: str | Menu | Ask | Hints) -> None:
        self._close()
        message = step if isinstance(step, str) else ""
        match step:
            case Menu():
                self._chooser.open(step)
                if step.is_searched:
                    self._input.open(_(" Search: "))
                message = step.said
            case Ask():
                self._input.open(f" {step.prompt} ", step.value)
            case Hints():
                message = step.title
                self._list_out_of_sight(step)
        if not isinstance(step, str):
            self._step = step
        self.set_class(self.is_typing, "-asking")
        self.report(message)

    def _list_out_of_sight(self, asked: Hints) -> None:
        """What cannot have its letters drawn over it, in a list."""
        items = tuple(Item(hint.text, partial(asked.then, hint), hint.letters) for hint in asked.hints if hint.text)
        if items:
            self._chooser.open(Menu(_("Out of sight"), items))

    def _close(self) -> None:
        self._step, self._typed = None, ""
        self._chooser.close()
        if self._input.is_open:
            self._input.close()
            self.set_focus(self.main)
        self.remove_class("-asking")

    def leave(self) -> None:
        """Answer nothing to what is asked."""
        if self._step is not None:
            self._close()
            self.report("")

    def has_command(self, key: str) -> bool:
        """Whether a key is that of a command."""
        return key in self._actions

    async def take(self, event: events.Key) -> None:
        """Carry out a key."""
        step = self._step
        if step is not None and event.key in {"escape", "ctrl+c"}:
            self.leave()
        elif isinstance(step, Ask):
            await self._take_typed(step, event)
        elif isinstance(step, Menu):
            await self._take_choice(step, event)
        elif isinstance(step, Hints):
            await self._take_hint(step, event)
        elif event.key == "ctrl+c":
            self.report(_(self.WAY_OUT))
        else:
            await self._take_command(event)

    async def _take_command(self, event: events.Key) -> None:
        action = self._actions.get(event.key)
        if action is not None:
            await self.run_action(action)
            return
        other = self.take_other(event)
        if other is not None:
            await self.act(other)

    async def _take_typed(self, ask: Ask, event: events.Key) -> None:
        answer = self._input.press(event)
        if isinstance(answer, InputLine.Submitted):
            await self.act(lambda: ask.then(answer.value.strip()))
        elif isinstance(answer, InputLine.Changed):
            self.typed(answer.value)

    async def _take_choice(self, menu: Menu, event: events.Key) -> None:
        item = self._chooser.press(event)
        if item is not None:
            await self.act(item.do)
        elif menu.is_searched and isinstance(answer := self._input.press(event), InputLine.Changed):
            self.typed(answer.value)

    async def _take_hint(self, asked: Hints, event: events.Key) -> None:
        other = next((item for item in asked.others if item.key == event.character), None)
        if other is not None:
            await self.act(other.do)
            return
        if self._chooser.is_open and event.key in {"up", "down", "pageup", "pagedown", "enter"}:
            await self._take_choice(Menu("", ()), event)
            return
        self._typed += event.character or ""
        found = self.hints
        if not found or not event.character:
            self.leave()
        elif found[0].letters == self._typed:
            await self.act(lambda: asked.then(found[0]))
        else:
            self.report(asked.title)

    def typed(self, value: str) -> None:
        """Use a text before it is finished."""
        if isinstance(self._step, Menu):
            self._chooser.narrow(value)

    @on(InputLine.Changed)
    def _on_pasted(self, message: InputLine.Changed) -> None:
        self.typed(message.value)

    @on(Chooser.Chosen)
    def _on_item_clicked(self, message: Chooser.Chosen) -> None:
        self.do_soon(partial(self.act, message.item.do))

    def do_soon(self, action: Callable[[], Awaitable[object]]) -> None:
        """Let the app do something before the next key: this screen cannot wait for what may be its own end."""
        self._waiting.append(action)
        self.app.call_later(self.catch_up)

    async def catch_up(self) -> None:
        """Do what waits. For the app."""
        while self._waiting:
            await self._waiting.pop(0)()

    # Commands of every screen

    async def action_menu(self) -> None:
        """The commands that have a letter in this menu only."""
        items = tuple(
            Item(_(command.text), runs(command), command.menu, detail=" ".join(map(shown_key, command.keys)))
            for command in self.commands
            if command.menu
        )
        await self.act(lambda: Menu(_("More"), items))

    async def action_palette(self) -> None:
        """All commands, found by name."""
        items = tuple(
            Item(_(command.text), runs(command), detail=command.shown_keys)
            for command in self.commands
            if command.name != "palette"
        )
        await self.act(lambda: Menu(_("All commands"), (*self.further_items(), *items), is_searched=True))

    async def action_language(self) -> None:
        """Choose the language of the screens."""
        items = tuple(
            Item(LANGUAGE_NAMES[code], _run(f"app.use_language('{code}')"), str(number), is_on=code == language())
            for number, code in enumerate(LANGUAGES, 1)
        )
        await self.act(lambda: Menu(_("Language"), items, _current(items)))

    async def action_theme(self) -> None:
        """Choose the colours."""
        items = tuple(
            Item(_(THEME_NAMES[name]), _run(f"app.use_theme('{name}')"), str(number), is_on=name == self._palette.theme)
            for number, name in enumerate(THEMES, 1)
        )
        await self.act(lambda: Menu(_("Colours"), items, _current(items)))

    async def action_bidi(self) -> None:
        """Choose how this terminal is to show Arabic."""
        await self.run_action("app.calibrate")


def runs(command: Command) -> Callable[[], Step]:
    """What choosing a command from a menu leads to."""
    return _run(command.action)


def _run(action: str) -> Callable[[], Step]:
    return lambda: Run(action)


def _current(items: tuple[Item, ...]) -> int:
    return next((index for index, item in enumerate(items) if item.is_on), 0)
