"""The process beside the screen that runs suggesters, so that no document waits for one.

It reads commands from its standard input, one a line, and writes the row of each document that it is done with:
`look ROW` asks for a document before all others, `labelled ROW` says that an annotator is done with one. It works
through the documents that nobody has looked at yet unless another such process is at it, and ends when nothing is
left to do, or with its input: when the screen is gone, however that came.
"""

from __future__ import annotations

import os
import select
import sys
from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta

from annotator.errors import AnnotatorError
from annotator.services import copies, learning
from annotator.services.project import Project, now, open_project
from annotator.services.suggesters import known_suggesters
from annotator.services.suggesting import not_looked_at, suggest
from annotator.store import settings
from annotator.suggest.contract import Suggester


AT_ONCE = 20
"""Documents between two looks at the commands."""

CLAIM = "suggesting"
CLAIM_SECONDS = 60
"""A process that works through all documents says so at least this often; another one then leaves them to it."""

NICENESS = 10


class Commands:
    """The commands that come on a file descriptor, never waited for."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self.lines: deque[str] = deque()
        self.is_at_end = False

    def read(self, seconds: float = 0) -> None:
        """Take what has come, waiting some time for something."""
        while not self.is_at_end and select.select([self._descriptor], [], [], seconds)[0]:
            piece = os.read(self._descriptor, 65536)
            self.is_at_end = not piece
            *lines, self._rest = (self._rest + piece).split(b"\n")
            self.lines.extend(line.decode("ascii", "replace") for line in lines)
            seconds = 0


class Worker:
    """Runs the suggesters of a project.

    Args:
        project: The open project.
        commands: What the screen wants.
    """

    def __init__(self, project: Project, commands: Commands) -> None:
        self._project, self._commands = project, commands
        self._name = str(os.getpid())
        self._suggesters: tuple[Suggester, ...] = known_suggesters(project).suggesters

    def work(self) -> None:
        """Do all there is to do."""
        left = deque(not_looked_at(self._project, self._suggesters)) if self._claim() else deque[int]()
        while True:
            self._commands.read()
            if self._commands.is_at_end:
                break
            if self._commands.lines:
                self._obey(self._commands.lines.popleft())
            elif left:
                some = [left.popleft() for _ in range(min(AT_ONCE, len(left)))]
                self._look_at(some)
                if not self._claim():
                    left.clear()
            else:
                break
        self._release()

    def _obey(self, command: str) -> None:
        name, _, row = command.partition(" ")
        if name == "look":
            self._look_at([int(row)])
        elif name == "labelled":
            for document in copies.project_from(self._project, int(row)):
                _say(document)
            self._learn()

    def _look_at(self, documents: list[int]) -> None:
        suggest(self._project, self._suggesters, documents)
        for document in documents:
            _say(document)

    def _learn(self) -> None:
        """Train again where the project wants that by itself and enough is new."""
        if learning.is_due(self._project):
            learning.train_model(self._project, stop=self._is_over)
            learning.measure_uncertainty(self._project, on_document=lambda _done: self._is_over())
            self._suggesters = known_suggesters(self._project).suggesters

    def _is_over(self) -> bool:
        self._commands.read()
        return self._commands.is_at_end

    def _claim(self) -> bool:
        """Say that this process works through all documents; False where another one has said so lately."""
        with self._project.store.write() as connection:
            name, _, since = settings.get(connection, CLAIM).partition(" ")
            if name and name != self._name and not _is_old(since):
                return False
            settings.put(connection, CLAIM, f"{self._name} {now()}")
        return True

    def _release(self) -> None:
        with self._project.store.write() as connection:
            if settings.get(connection, CLAIM).startswith(f"{self._name} "):
                settings.put(connection, CLAIM, "")


def _is_old(since: str) -> bool:
    return datetime.fromisoformat(now()) - datetime.fromisoformat(since) > timedelta(seconds=CLAIM_SECONDS)


def _say(document: int) -> None:
    sys.stdout.write(f"{document}\n")
    sys.stdout.flush()


def main(location: str) -> None:
    """Work for a screen. Whatever goes wrong, it is the end of this process and of nothing else."""
    os.nice(NICENESS)
    with suppress(AnnotatorError, BrokenPipeError, KeyboardInterrupt), open_project(location) as project:
        Worker(project, Commands(sys.stdin.fileno())).work()


if __name__ == "__main__":
    main(sys.argv[1])
