"""A suggester that is a program of its own, in any language: it reads and writes JSON, one line per document.

A request and an answer are objects on one line; docs/suggestions.md lists their fields. Lines that the program writes
beside its answers are passed over.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Self

from annotator.errors import DataError, UsageError
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.suggest.fields import tidy
from annotator.suggest.line_process import GRACE, LineProcess
from annotator.suggest.naming import check_name


MOST_FAILURES = 3
"""How often in a row the program may crash or be too late before it is not started again."""

LONGEST_TIMEOUT = 86_400.0

_IF_LATE = "Does it write one line for each line that it reads, and flush it? If it is only slow, allow more time."


class ExternalSuggester:
    """Asks a program for its proposals.

    The program is started with the first document, and again with the next one after it has crashed or has been ended
    for being too late, until that has happened `MOST_FAILURES` times in a row. It is ended by `close`, at the end of a
    `with` block, when this object goes, or with the interpreter. Threads may share it; they take turns.

    Attributes:
        name: What it is called.
        version: As given; else what the program's last answer says, "0" as long as none has said anything.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        timeout: float = 10,
        version: str | None = None,
        cwd: str | Path | None = None,
    ) -> None:
        """Note what to start; nothing is started yet.

        Args:
            name: What to call it.
            command: The program and its arguments; no shell. It gets the environment as it is.
            timeout: Seconds for each document; the first one includes the start of the program.
            version: The version; None to take it from the answers.
            cwd: The working directory of the program, else the present one.

        Raises:
            UsageError: Name, command or timeout cannot be.
        """
        if isinstance(command, str) or not command or not all(isinstance(word, str) for word in command):
            raise UsageError(
                f"the command of suggester {name} is no list of words", hint='Write ["python3", "program.py"].'
            )
        if not 0 < timeout <= LONGEST_TIMEOUT:
            raise UsageError(
                f"the time limit of suggester {name} is {timeout}", hint="Give seconds, a day's at the most."
            )
        self.name, self.version = check_name(name), version or "0"
        self._command, self._timeout, self._cwd = tuple(command), timeout, cwd
        self._learns_version = version is None
        self._process: LineProcess | None = None
        self._number, self._failures, self._given_up = 0, 0, ""
        self._turn = Lock()

    def suggest(self, document: DocumentView) -> Proposals:
        """Ask the program about a document.

        Raises:
            DataError: It cannot be started, crashes, is too late, or answers with an error or not as it should.
        """
        with self._turn:
            answer = self._ask(document)
        if "error" in answer:
            raise DataError(f"the program says: {tidy(str(answer['error']))}")
        if self._learns_version and "version" in answer:
            self.version = answer["version"]  # whatever it is: who runs suggesters checks their versions
        return _proposals(answer)

    def close(self) -> None:
        """End the program; another document would start it again."""
        with self._turn:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, document: DocumentView) -> dict[str, Any]:
        process = self._running()
        self._number += 1
        try:
            for line in process.answers(_request(self._number, document), self._timeout):
                answer = _parsed(line)
                if answer.get("id") == self._number:
                    self._failures = 0
                    return answer
        except DataError as error:
            raise self._failed(process, error) from None
        raise AssertionError("lines end with an exception only")

    def _running(self) -> LineProcess:
        if self._given_up:
            raise DataError(f"the program is not started again: {self._given_up}")
        if self._process is None:
            try:
                self._process = LineProcess(self._command, self._cwd)
            except (OSError, ValueError) as error:
                self._given_up = f"{self._command[0]} cannot be started ({error})"
                raise DataError(self._given_up, hint="Is it installed, executable and on the PATH?") from error
            self._finalizer = weakref.finalize(self, self._process.close)
        return self._process

    def _end(self, grace: float = GRACE) -> int | None:
        """End the program if it runs; returns its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        self._finalizer.detach()
        return process.close(grace)

    def _failed(self, process: LineProcess, error: DataError) -> DataError:
        """End the program, and tell what happened."""
        ended = error.reason == "ended"
        code = self._end() if ended else self._end(grace=0)
        reason = f"the program {error.reason}"
        if ended:
            reason += f" by signal {-code}" if code and code < 0 else f" with exit code {code}"
        if process.last_words:
            reason += f"; its last words: {tidy(process.last_words)}"
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            self._given_up = f"{self._failures} failures in a row, the last one: {reason}"
        return DataError(reason, hint="" if ended else _IF_LATE)


def _request(number: int, document: DocumentView) -> bytes:
    """A document as a line of ASCII: the encoding of the program does not matter, nor what it takes for a line."""
    request = {
        "id": number,
        "doc_id": document.doc_id,
        "text": document.text,
        "title": document.title,
        "title_span": document.title_span,
        "meta": dict(document.meta),
        "labels": sorted(document.labels),
        "relations": sorted(document.relations),
        "offset_unit": "codepoint",
    }
    return json.dumps(request).encode("ascii") + b"\n"


def _parsed(line: bytes) -> dict[str, Any]:
    """An object on a line; an empty one where the line is something else, such as a remark of a library."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _proposals(answer: dict[str, Any]) -> Proposals:
    """An answer as the contract has it; values of wrong types stay for the check that follows."""
    lists = {name: answer.get(name, []) for name in ("spans", "relations")}
    for name, given in lists.items():
        if not isinstance(given, list):
            raise DataError(f"the program's {name} are no list")
    return Proposals(
        tuple(_proposal(span) if isinstance(span, dict) else span for span in lists["spans"]),
        tuple(_link(link) if isinstance(link, dict) else link for link in lists["relations"]),
    )


def _proposal(span: dict[str, Any]) -> Proposal:
    return Proposal(
        start=span.get("start"),  # type: ignore[arg-type]  # checked later, as are all of them
        end=span.get("end"),  # type: ignore[arg-type]
        label=span.get("label"),  # type: ignore[arg-type]
        reason=span.get("reason") or "",
        evidence=span.get("evidence") or "",
        score=span.get("score"),
        attributes=span.get("attributes") or {},
        key=span.get("key") or "",
    )


def _link(link: dict[str, Any]) -> Link:
    return Link(link.get("label"), link.get("head"), link.get("tail"))  # type: ignore[arg-type]
