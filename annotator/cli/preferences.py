"""`annotator preferences`, and what of the user's preferences holds in a run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from annotator.cli import diagnostics, output
from annotator.cli.options import AsJson, Debug
from annotator.errors import AnnotatorError


if TYPE_CHECKING:
    from annotator.model.schema import Language
    from annotator.services.preferences import BidiMode, Choice, Settings, Theme


HEADER = ("screen", "command", "keys", "does")


def preferences(as_json: AsJson = False, debug: Debug = False) -> None:
    """Show your preferences and the keys of all commands.

    What holds in this terminal is shown, and the file that it comes from; screens and commands have the names that the
    file uses. The exit code is 2 where the file is not understood.
    """
    from annotator.tui.commands import COMMANDS, shown_key
    from annotator.tui.key_bindings import with_keys

    settings = settings_of_run()
    commands = with_keys(COMMANDS, settings.keys, (), str(settings.preferences_path))
    facts = {
        "file": str(settings.preferences_path),
        "language": settings.language,
        "theme": settings.theme,
        "terminal": settings.terminal,
        "bidi": settings.bidi,
    }
    if as_json:
        cells = ((one.screen, one.name, [shown_key(key) for key in one.keys], one.text) for one in commands)
        output.json({**facts, "commands": [dict(zip(HEADER, row, strict=True)) for row in cells]})
    else:
        output.lines([*(f"{name}: {fact}" for name, fact in facts.items()), ""])
        output.table(HEADER, [(one.screen, one.name, one.shown_keys, one.text) for one in commands])


def settings_of_run(
    language: Language | None = None, theme: Theme | None = None, bidi: BidiMode | Literal["auto"] | None = None
) -> Settings:
    """What holds here. What is given is also remembered; where that cannot be done, the user is told so.

    Raises:
        UsageError: The user's file cannot be read or understood.
    """
    from annotator.services.preferences import choose, settle
    from annotator.services.remembering import load, preferences_path, remember
    from annotator.tui.terminals import here

    path, terminal = preferences_path(os.environ), here(os.environ).key
    choice: Choice = {}
    if language is not None:
        choice["language"] = language
    if theme is not None:
        choice["theme"] = theme
    if bidi is not None:
        choice["bidi"] = {terminal: None if bidi == "auto" else bidi}
    before = load(path)
    after = choose(before, **choice)
    if after != before:
        try:
            remember(path, **choice)
        except AnnotatorError as error:
            diagnostics.explain(error.message, error.hint)
    return settle(after, path, terminal, os.environ)
