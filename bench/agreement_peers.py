"""The other programs that measure agreement, and a process that keeps one of them, or this one, loaded.

`make bench-peers` installs krippendorff and nltk, `make bench-peers-gamma` pygamma-agreement, into environments of
their own. Each is measured in a process of its own by `bench/programs/measures.py`, this project's measures too.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench import inputs
from bench.measure import summarize
from bench.program import PROGRAMS


PATIENCE = 600
"""Seconds after which something is wrong."""


@dataclass(frozen=True, slots=True)
class Library:
    """A library that measures agreement.

    Attributes:
        name: Its name among those of `bench/programs/measures.py`.
        package: What it is called among Python packages.
        environment: The environment that has it; this one where there is none.
    """

    name: str
    package: str = "annotator"
    environment: Path | None = None

    @property
    def python(self) -> Path:
        """The Python that runs it."""
        return Path(sys.executable) if self.environment is None else self.environment / "bin" / "python"

    @property
    def version(self) -> str:
        """Its version, or "" where it was not installed."""
        if self.environment is None:
            return metadata.version(self.package)
        notes = f"lib/*/site-packages/{self.package.replace('-', '_')}-*.dist-info"
        return next((path.stem.rpartition("-")[2] for path in self.environment.glob(notes)), "")


_PEERS = inputs.ROOT / "build" / "peers"

ALPHA = Library("annotator_alpha")
GAMMA = Library("annotator_gamma")
KRIPPENDORFF = Library("krippendorff", "krippendorff", _PEERS)
NLTK = Library("nltk", "nltk", _PEERS)
PYGAMMA = Library("pygamma", "pygamma-agreement", inputs.ROOT / "build" / "peers-gamma")


def described() -> str:
    """Which of the others are there and which are not, in words."""
    return ", ".join(
        f"{one.package} {one.version}" if one.version else f"without {one.package}"
        for one in (KRIPPENDORFF, NLTK, PYGAMMA)
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measurement took and found.

    Attributes:
        seconds: As they passed.
        cpu_seconds: Those of all its threads on a processor, which a busy machine changes less.
        megabytes: The peak of the whole process meanwhile.
        value: α or γ.
        observed: γ's observed disorder; None for α.
    """

    seconds: float
    cpu_seconds: float
    megabytes: float
    value: float
    observed: float | None = None


def told(answers: Sequence[Answer]) -> str:
    """The medians of seconds that passed and of those on a processor, how often, and the greatest megabytes."""
    passed, worked = (summarize([getattr(one, name) for one in answers]).median for name in ("seconds", "cpu_seconds"))
    return f"{passed:.3g} s, CPU {worked:.3g} s (×{len(answers)}), {max(one.megabytes for one in answers):,.0f} MB"


class Running:
    """A library in a process of its own, loaded at the first question.

    Args:
        library: The library.

    Attributes:
        load_seconds: What loading it took.
        peak: The greatest peak of its memory so far, in megabytes.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.load_seconds = 0.0
        self.peak = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, question: Mapping[str, object], limit: float = PATIENCE) -> Answer | None:
        """Have it measure something.

        Args:
            question: As `bench/programs/measures.py` takes it.
            limit: Seconds after which it is given up.

        Returns:
            The answer, or None where it was given up.

        Raises:
            RuntimeError: It failed.
        """
        if self._process is None:
            self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question, default=str).encode() + b"\n")
        answer = self._line(limit)
        return None if answer is None else Answer(**answer)

    def _start(self) -> None:
        call = [str(self.library.python), str(PROGRAMS / "measures.py"), self.library.name]
        self._process = subprocess.Popen(call, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        loaded = self._line(PATIENCE)
        if loaded is None:
            raise RuntimeError(f"{self.library.package} does not load")
        self.load_seconds = loaded["seconds"]

    def _line(self, limit: float) -> dict[str, Any] | None:
        assert self._process is not None
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], limit)[0]:
            self._stop()
            return None
        line = self._process.stdout.readline()
        if not line:
            self._stop()
            raise RuntimeError(f"{self.library.package} ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        self.peak = max(self.peak, answer["megabytes"])
        return answer

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None
