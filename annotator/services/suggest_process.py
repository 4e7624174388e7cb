"""The screen's end of the process that runs suggesters; see `suggest_worker`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread


class SuggestProcess:
    """Starts the process when there is something to do, and hears of what it has done.

    Args:
        path: The database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: subprocess.Popen[bytes] | None = None
        self._on_document: Callable[[int], object] = lambda _row: None

    def hear(self, on_document: Callable[[int], object]) -> None:
        """Have a function called, from another thread, with the row of each document that was looked at."""
        self._on_document = on_document

    def start(self) -> None:
        """Look at all documents that nobody has looked at yet."""
        self._tell("")

    def look(self, document_id: int) -> None:
        """Look at a document before all others."""
        self._tell(f"look {document_id}\n")

    def labelled(self, document_id: int) -> None:
        """Take labels to the copies of a document that somebody is done with, and learn from them where that is due."""
        self._tell(f"labelled {document_id}\n")

    def close(self) -> None:
        """End the process, without waiting for what it is doing; nothing that it does is ever half stored."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()

    def _tell(self, command: str) -> None:
        if self._process is None or self._process.poll() is not None or not self._take(command):
            self.close()
            self._process = self._started()
            self._take(command)

    def _take(self, command: str) -> bool:
        """Whether the process takes a command; one that is ending does not."""
        assert self._process is not None  # noqa: S101  # the caller's part
        assert self._process.stdin is not None  # noqa: S101  # it was asked for
        try:
            self._process.stdin.write(command.encode())
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603  # this very program
            [sys.executable, "-m", "annotator.services.suggest_worker", str(self._path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C and a hang-up are the screen's to deal with; the pipe's end is this one's
        )
        Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None  # noqa: S101  # it was asked for
        with process.stdout as lines:
            for line in lines:
                if line.strip().isdigit():
                    self._on_document(int(line))
        process.wait()
