"""Running the program as its users do: in this process, or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from annotator.cli.app import run


ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class _Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def streams(*, tty: bool = False) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Standard output and error as buffers, as a terminal if need be."""
    out, err = (_Terminal(), _Terminal()) if tty else (io.BytesIO(), io.BytesIO())
    text_out = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    text_err = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True)
    with mock.patch.object(sys, "stdout", text_out), mock.patch.object(sys, "stderr", text_err):
        yield out, err
    text_out.detach()
    text_err.detach()


NOBODY = 65534


@contextmanager
def without_privileges() -> Iterator[Path]:
    """An empty folder, in which even root must heed the rights of files meanwhile."""
    is_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)


def annotator(*arguments: str | Path, db: Path | None = None, tty: bool = False) -> Result:
    """Run a command in this process."""
    words = [str(argument) for argument in arguments]
    environ = {"ANNOTATOR_DB": str(db)} if db else {}
    with mock.patch.dict(os.environ, environ), streams(tty=tty) as (out, err):
        code = run(words)
        return Result(code, out.getvalue(), err.getvalue().decode())


def program(
    *arguments: str | Path, db: Path | None = None, env: Mapping[str, str] | None = None, **options: Any
) -> Result:
    """Run a command in a process of its own."""
    words = [sys.executable, "-m", "annotator", *(os.fspath(argument) for argument in arguments)]
    environ = {**os.environ, **({"ANNOTATOR_DB": str(db)} if db else {}), **(env or {})}
    settings: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60, "cwd": ROOT}
    done = subprocess.run(words, env=environ, check=False, **(settings | options))
    return Result(done.returncode, done.stdout or b"", (done.stderr or b"").decode())


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    words = [sys.executable, "-c", code]
    return subprocess.run(words, capture_output=True, timeout=60, cwd=ROOT, check=True, text=True).stdout
