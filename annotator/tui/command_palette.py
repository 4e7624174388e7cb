"""The command palette: what can be done on the screen that is open, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from annotator.tui.commands import Command, commands_of
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.queue import QueueScreen


class CommandProvider(Provider):
    """The commands of the screen that is open."""

    def _commands(self) -> Iterable[tuple[Command, Callable[[], object]]]:
        found: tuple[Command, ...] = ()
        if isinstance(self.screen, AnnotateScreen):
            found = commands_of("annotate")
        elif isinstance(self.screen, QueueScreen):
            found = commands_of("queue")
        for command in found:
            yield command, partial(self.app.run_action, command.action, self.screen)

    async def discover(self) -> Hits:
        """All of them."""
        for command, run in self._commands():
            yield DiscoveryHit(command.text, run, help=command.shown_keys)

    async def search(self, query: str) -> Hits:
        """Those that match some letters."""
        matcher = self.matcher(query)
        for command, run in self._commands():
            score = matcher.match(command.text)
            if score > 0:
                yield Hit(score, matcher.highlight(command.text), run, help=command.shown_keys)
