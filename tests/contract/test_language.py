"""Every text of the screens exists in both languages, and a test says which one is missing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message

from annotator.tui.commands import COMMANDS
from tests.support.messages import CODE, MO, gathered, mo_bytes, translation, untranslated


SCREENS = CODE / "tui"
MARKERS = {"_", "N_", "ngettext"}
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+$")
STYLES_AND_ERRORS = {"palette.py", "themes.py", "key_bindings.py"}
"""Modules whose words are names of styles, or errors that the command line says."""

SAME_IN_BOTH = {"Shift", "Ctrl", "Home", "End", "Space", "Backspace", "Tab", "Enter", "Esc", "English"}
"""What keys have printed on them, and what a language calls itself."""

STORED_NAMES = {"move edge", "document label"}
"""The names of an operation in the journal and of a kind of disagreement, which `wording.py` has words for."""


def key(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def names(text: str) -> set[str]:
    """The {names} in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_translation_has_the_texts_of_the_code_and_no_others() -> None:
    wanted = {key(message) for message in gathered() if message.id}
    found = {key(message) for message in translation() if message.id}
    assert sorted(wanted - found) == [], "run `make messages`, then translate what is new"
    assert sorted(found - wanted) == [], "run `make messages`"


def test_every_text_is_translated() -> None:
    assert list(untranslated(translation())) == []


def test_a_translation_has_the_names_of_its_original() -> None:
    for message in translation():
        if not message.id:
            continue
        wanted = names(key(message)[-1])
        for text in strings(message):
            # A form for one or two may say the number in words.
            assert names(text) | {"n"} == wanted | {"n"}, f"{key(message)[0]!r} → {text!r}"


def test_the_compiled_translation_is_that_of_the_text_file() -> None:
    assert MO.read_bytes() == mo_bytes(translation()), "run `make messages`"


def test_every_marked_text_is_among_those_gathered() -> None:
    """The extraction does not look into f-strings."""
    known = {text for message in gathered() if message.id for text in key(message)}
    found = [
        f"{path.name}:{call.lineno}: {text.value}"
        for path in sorted(CODE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKERS
        for text in call.args[:2]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value not in known
    ]
    assert found == []


def test_every_command_is_among_the_texts() -> None:
    known = {key(message)[0] for message in gathered() if message.id}
    for command in COMMANDS:
        assert {command.text, command.group, command.hint} - {""} <= known


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that look like words for people and are not marked for translation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKERS or name.endswith("Error") or name in {"compile", "write"}:
                marked |= {id(below) for below in ast.walk(node)}
        elif isinstance(node, ast.Expr | ast.MatchValue) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))
        elif isinstance(node, ast.Dict):
            marked |= {id(name) for name in node.keys}
        elif isinstance(node, ast.Assert | ast.AnnAssign | ast.arg | ast.Subscript):
            marked |= {
                id(below) for below in ast.walk(node) if not isinstance(node, ast.AnnAssign) or below is not node.value
            }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in marked
            and WORDS.search(node.value)
        ):
            yield node.lineno, node.value


def test_no_words_are_left_unmarked_in_the_screens() -> None:
    found = [
        f"{path.name}:{line}: {text}"
        for path in sorted(SCREENS.rglob("*.py"))
        for line, text in _texts(path)
        if path.name not in STYLES_AND_ERRORS and text not in SAME_IN_BOTH | STORED_NAMES
    ]
    assert found == []
