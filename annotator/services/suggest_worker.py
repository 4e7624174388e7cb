"""The process beside the screen that runs suggesters, so that no document waits for one.

It reads commands from its standard input, one a line, and writes the row of each document that it is done with:
`look ROW` asks for a document before all others, `labelled ROW` says that an annotator is done with one. It works
through the documents that nobody has looked at yet, and looks for copies among new ones, unless another such process
is at it. It ends when nothing is left to do, or with its input: when the screen is gone, however that came.
"""

from __future__ import annotations

import os
import select
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import BinaryIO

from annotator.errors import AnnotatorError, OperationError
from annotator.services import copies, learning
from annotator.services.project import Project, now, open_project
from annotator.services.suggesters import known_suggesters
from annotator.services.suggesting import not_looked_at, sites_of, suggest
from annotator.store import settings
from annotator.suggest.contract import Suggester


AT_ONCE = 20
"""Documents that are looked at together."""

CLAIM = "suggesting"
CLAIM_SECONDS = 60
"""A process that works through all documents says so at least this often; another one then leaves them to it."""

SAY_SECONDS = 10
"""It says so no more often than this."""

NEVER = float("-inf")

NICENESS = 10


class Commands:
    """The commands that come on a file descriptor, never waited for."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self.lines: deque[str] = deque()
        self.is_at_end = False

    def read(self) -> None:
        """Take what has come."""
        while not self.is_at_end and select.select([self._descriptor], [], [], 0)[0]:
            piece = os.read(self._descriptor, 65536)
            self.is_at_end = not piece
            *lines, self._rest = (self._rest + piece).split(b"\n")
            self.lines.extend(line.decode("ascii", "replace") for line in lines)

    def close(self) -> None:
        """Take no more: who writes another one is told at once."""
        os.close(self._descriptor)


class _Over(Exception):  # noqa: N818  # no error: it ends what is being done
    """The screen is gone."""


class Worker:
    """Runs the suggesters of a project.

    Args:
        project: The open project.
        commands: What the screen wants.
        say: Called with the row of each document for which there may be something new.
        clock: The present moment, as it is stored.
    """

    def __init__(
        self, project: Project, commands: Commands, say: Callable[[int], object], *, clock: Callable[[], str] = now
    ) -> None:
        self._project, self._commands, self._say, self._clock = project, commands, say, clock
        self._name = str(os.getpid())
        self._suggesters: tuple[Suggester, ...] = known_suggesters(project).suggesters
        self._sites = sites_of(project)
        self._left: deque[int] = deque()
        self._claimed_at = NEVER

    def work(self) -> None:
        """Do all there is to do.

        Raises:
            StoreError: Something could not be read or written.
        """
        try:
            while True:
                while self._obey() or self._do_something():
                    pass
                self._release()
                if not self._obey():  # what came just now finds nobody else
                    break
        except _Over:
            self._release()
        finally:
            self._commands.close()

    # What the screen wants

    def _obey(self) -> bool:
        """Carry out the next command; False where there is none."""
        self._attend()
        if not self._commands.lines:
            return False
        name, _, row = self._commands.lines.popleft().partition(" ")
        if name == "labelled":
            for document in copies.project_from(self._project, int(row)):
                self._say(document)
            self._learn()
        return True

    def _attend(self) -> None:
        """Look at the documents that are asked for, which nothing else keeps waiting.

        Raises:
            _Over: The screen is gone.
        """
        if self._is_over():
            raise _Over

    def _is_over(self) -> bool:
        """Look at the documents that are asked for; whether the screen is gone."""
        self._commands.read()
        for _ in range(len(self._commands.lines)):
            command = self._commands.lines.popleft()
            name, _, row = command.partition(" ")
            if name == "look" and not self._commands.is_at_end:
                self._look_at([int(row)])
                with suppress(ValueError):
                    self._left.remove(int(row))
            else:
                self._commands.lines.append(command)
        return self._commands.is_at_end

    def _is_called(self) -> bool:
        """Whether there is something to obey."""
        self._commands.read()
        return self._commands.is_at_end or bool(self._commands.lines)

    # What is to be done when the screen wants nothing

    def _do_something(self) -> bool:
        """One piece of what is left to do; False where nothing is, or another process is at it."""
        if not self._claim():
            return False
        if self._left:
            some = [self._left.popleft() for _ in range(min(AT_ONCE, len(self._left)))]
            self._left.extendleft(reversed(some[self._look_at(some) :]))
            return True
        if copies.is_outdated(self._project):
            copies.find_copies(self._project, on_document=lambda _done: self._attend())
            for document in copies.project_everywhere(self._project):
                self._say(document)
            return True
        doubts = learning.measure_uncertainty(
            self._project, most=AT_ONCE, sites=self._sites, on_document=lambda _done: self._is_called()
        )
        return doubts > 0

    def _look_at(self, documents: list[int]) -> int:
        """Run the suggesters over documents until the screen wants something; returns how many were looked at."""
        stop = self._is_called if len(documents) > 1 else lambda: False
        report = suggest(self._project, self._suggesters, documents, sites=self._sites, stop=stop)
        for document in documents[: report.documents]:
            self._say(document)
        return report.documents

    def _learn(self) -> None:
        """Train again where the project wants that by itself and enough is new."""
        if not learning.is_due(self._project):
            return
        with suppress(OperationError):  # all finished documents are copies of one another, or the screen is gone
            learning.train_model(self._project, stop=self._is_over)
            self._suggesters = known_suggesters(self._project).suggesters
            self._release()  # so that what the new model has not looked at is looked up

    # Which process works through all documents

    def _claim(self) -> bool:
        """Say that this process works through all documents; False where another one has said so lately."""
        if monotonic() - self._claimed_at < SAY_SECONDS:
            return True
        with self._project.store.write() as connection:
            name, _, since = settings.get(connection, CLAIM).partition(" ")
            if name and name != self._name and not self._is_old(since):
                self._claimed_at = NEVER
                return False
            settings.put(connection, CLAIM, f"{self._name} {self._clock()}")
        if self._claimed_at == NEVER:
            self._left = deque(not_looked_at(self._project, self._suggesters))
        self._claimed_at = monotonic()
        return True

    def _is_old(self, since: str) -> bool:
        return datetime.fromisoformat(self._clock()) - datetime.fromisoformat(since) > timedelta(seconds=CLAIM_SECONDS)

    def _release(self) -> None:
        self._claimed_at = NEVER
        with self._project.store.write() as connection:
            if settings.get(connection, CLAIM).startswith(f"{self._name} "):
                settings.put(connection, CLAIM, "")


def _streams() -> tuple[int, BinaryIO]:
    """Standard input and output for nobody but this process: suggesters, and what they start, have none."""
    commands, answers = os.dup(0), os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return commands, answers


def main(location: str) -> None:
    """Work for a screen. Whatever goes wrong, it is the end of this process and of nothing else."""
    os.nice(NICENESS)
    commands, answers = _streams()
    with suppress(AnnotatorError, BrokenPipeError, KeyboardInterrupt), open_project(location) as project:
        Worker(project, Commands(commands), lambda row: answers.write(f"{row}\n".encode())).work()


if __name__ == "__main__":
    main(sys.argv[1])
