"""What `doctor` asks a terminal, and how it leaves it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.pty_program import ANNOTATOR, PtyProgram


QUERY, MODE_QUERY, FENCE = b"\x1b[>q", b"\x1b[8$p", b"\x1b[c"


def doctor(tmp_path: Path, **options: Any) -> tuple[dict[str, Any], PtyProgram]:
    """Run it on a terminal to its end; what it says of the terminal, and the terminal."""
    out = tmp_path / "out.json"
    env: Mapping[str, str | None] = {"ANNOTATOR_CONFIG": str(tmp_path / "preferences.toml"), **options.pop("env", {})}
    with out.open("wb") as file:
        redirected = {"stdout": file.fileno(), **options.pop("redirected", {})}
        argv = [*ANNOTATOR, "doctor", "--json", "--db", str(tmp_path / "no.db")]
        with PtyProgram(argv, env=env, redirected=redirected, **options) as program:
            before = program.modes
            assert program.wait_exit(20)[0] == 0
            assert program.modes == before
    return json.loads(out.read_bytes())["terminal"], program


def test_it_tells_what_the_terminal_answers(tmp_path: Path) -> None:
    told, program = doctor(tmp_path)
    assert (told["calls_itself"], told["knows_CSI_8_l"]) == ("XTerm(379)", False)
    assert program.answered == [QUERY, MODE_QUERY, FENCE]
    assert (told["bidi_mode"], told["advice"]) == ("app", "")


def test_a_terminal_that_answers_nothing_is_not_waited_for_long(tmp_path: Path) -> None:
    told, program = doctor(tmp_path, answers=False)
    assert (told["calls_itself"], told["knows_CSI_8_l"]) == ("", "no answer")
    assert bytes(program.raw).endswith(QUERY + MODE_QUERY + FENCE)


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_where_nobody_could_answer_nothing_is_asked(tmp_path: Path, stream: str) -> None:
    told, program = doctor(tmp_path, redirected={stream: subprocess.DEVNULL})
    assert "calls_itself" not in told
    assert program.raw == b""


def test_the_linux_console_is_asked_nothing(tmp_path: Path) -> None:
    told, program = doctor(tmp_path, env={"TERM": "linux"})
    assert "calls_itself" not in told
    assert program.raw == b""
    assert told["bidi"].endswith("TERM=linux is asked nothing")


def test_it_says_what_is_recognised_and_by_what_and_what_to_set(tmp_path: Path) -> None:
    told, _ = doctor(tmp_path, env={"KONSOLE_VERSION": "221203"}, answers=False)
    assert told["recognised"] == "konsole (by KONSOLE_VERSION)"
    assert (told["bidi_mode"], told["because"]) == ("terminal", "it suits this terminal as it comes")
    assert "CSI 8 h" in told["bidi"]
    assert "profile" in told["advice"]


def test_a_name_that_another_mode_suits_is_worth_a_word(tmp_path: Path) -> None:
    told, _ = doctor(tmp_path, env={"KONSOLE_VERSION": "221203"})
    assert told["advice"] == "It calls itself XTerm(379): `annotator annotate --bidi app` suits it."


def test_what_was_chosen_for_the_terminal_goes_first(tmp_path: Path) -> None:
    (tmp_path / "preferences.toml").write_text('[bidi]\nkonsole = "app"\n')
    told, _ = doctor(tmp_path, env={"KONSOLE_VERSION": "221203"})
    assert (told["bidi_mode"], told["because"]) == ("app", "it was chosen for this terminal")
    assert "profile" in told["advice"]


def test_preferences_that_cannot_be_read_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "preferences.toml").write_text("[bidi\n")
    told, _ = doctor(tmp_path)
    assert told["bidi_mode"] == "app"
    assert "preferences" in told["because"]


def test_for_people_it_is_lines(tmp_path: Path) -> None:
    with PtyProgram(
        [*ANNOTATOR, "doctor", "--db", str(tmp_path / "no.db")],
        columns=150,
        rows=50,
        env={"ANNOTATOR_CONFIG": os.devnull},
    ) as program:
        program.wait_for("can annotate: yes")
        assert "calls itself: XTerm(379)" in program.text
        assert "knows CSI 8 l: no" in program.text
