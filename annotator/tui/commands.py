"""Everything that a key can do, in one list: bindings, palette and help are derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType


ScreenName = Literal["queue", "annotate"]


@dataclass(frozen=True, slots=True)
class Command:
    """A thing that a key does on one screen.

    Attributes:
        action: The action method of the screen, with its arguments.
        keys: Keys, the first one shown; the others are aliases.
        text: What it does, for help and palette.
        group: The heading it stands under in the help.
        hint: A word for the line of hints, or "".
    """

    screen: ScreenName
    action: str
    keys: tuple[str, ...]
    text: str
    group: str
    hint: str = ""

    @property
    def shown_keys(self) -> str:
        """The keys as people write them."""
        return " ".join("+".join(_KEY_NAMES.get(part, part) for part in key.split("+")) for key in self.keys)


_KEY_NAMES = {
    "shift": "Shift",
    "ctrl": "Ctrl",
    "f1": "F1",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "backspace": "Backspace",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "full_stop": ".",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
}


def _moves() -> list[Command]:
    moves = (
        ("left", "Letter to the left"),
        ("right", "Letter to the right"),
        ("up", "Row above"),
        ("down", "Row below"),
        ("home", "Start of the row (its right edge)"),
        ("end", "End of the row (its left edge)"),
        ("pageup", "Page up"),
        ("pagedown", "Page down"),
    )
    return [Command("annotate", f"move('{key}')", (key,), text, "Move") for key, text in moves]


def _extends() -> list[Command]:
    """The moves that also select, for those who know them from editors; not every terminal sends these keys."""
    keys = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")
    return [
        Command("annotate", f"extend('{key}')", (f"shift+{key}",), f"Select while moving {_KEY_NAMES[key]}", "Select")
        for key in keys
    ]


COMMANDS: tuple[Command, ...] = (
    *_moves(),
    Command("annotate", "move('next_word')", ("w", "ctrl+left"), "Next word", "Move"),
    Command("annotate", "move('previous_word')", ("W", "ctrl+right"), "Previous word", "Move"),
    Command("annotate", "move('first')", ("ctrl+home",), "Start of the document", "Move"),
    Command("annotate", "move('last')", ("ctrl+end",), "End of the document", "Move"),
    Command(
        "annotate",
        "grow",
        ("space",),
        "Grow the selection: word, sentence, paragraph, next paragraph",
        "Select",
        "Space select",
    ),
    Command("annotate", "shrink", ("backspace",), "Shrink the selection", "Select"),
    Command("annotate", "mark", ("m",), "Set a mark: moves then select from it; again to let go", "Select", "m mark"),
    *_extends(),
    Command("annotate", "escape", ("escape",), "Let go of selection, mark, edge, focus or search", "Select"),
    Command("annotate", "focus_annotation(1)", ("tab",), "Focus the next annotation", "Annotations", "Tab focus"),
    Command("annotate", "focus_annotation(-1)", ("shift+tab",), "Focus the previous annotation", "Annotations"),
    Command(
        "annotate",
        "edge('start')",
        ("left_square_bracket",),
        "Move the start of the focused annotation, Enter to end",
        "Annotations",
        "[ ] edges",
    ),
    Command(
        "annotate",
        "edge('end')",
        ("right_square_bracket",),
        "Move the end of the focused annotation, Enter to end",
        "Annotations",
    ),
    Command("annotate", "enter", ("enter",), "Keep the moved edge; unfold a fold", "Annotations"),
    Command("annotate", "remove", ("x",), "Remove the focused annotation", "Annotations", "x remove"),
    Command("annotate", "repeat", ("full_stop",), "Repeat the last label", "Annotations"),
    Command("annotate", "undo", ("u",), "Undo, also what was done before a restart", "Annotations", "u undo"),
    Command("annotate", "redo", ("U",), "Redo", "Annotations"),
    Command(
        "annotate",
        "search",
        ("slash",),
        "Search, whatever the spelling of hamza, tashkeel and digits",
        "Find",
        "/ search",
    ),
    Command("annotate", "hit(1)", ("N",), "Next hit", "Find"),
    Command("annotate", "hit(-1)", ("P",), "Previous hit", "Find"),
    Command("annotate", "fold", ("z",), "Fold or unfold boilerplate and spill-over", "Find", "z fold"),
    Command("annotate", "help", ("question_mark", "f1"), "Help: these keys and the labels", "Documents", "? help"),
    Command("annotate", "quit", ("q",), "Back to the list of documents", "Documents", "q list"),
    Command("annotate", "done", ("d",), "Done with this document, or not done after all", "Documents", "d done"),
    Command("annotate", "document(1)", ("n",), "Next document", "Documents", "n next"),
    Command("annotate", "document(-1)", ("p",), "Previous document", "Documents"),
    Command("annotate", "flag", ("f",), "Flag this document with a note", "Documents", "f flag"),
    Command("annotate", "command_palette", ("ctrl+p",), "Command palette", "Documents"),
    Command("queue", "cursor('up')", ("up",), "Document above", "Move"),
    Command("queue", "cursor('down')", ("down",), "Document below", "Move"),
    Command("queue", "cursor('pageup')", ("pageup",), "Page up", "Move"),
    Command("queue", "cursor('pagedown')", ("pagedown",), "Page down", "Move"),
    Command("queue", "cursor('home')", ("home",), "First document", "Move"),
    Command("queue", "cursor('end')", ("end",), "Last document", "Move"),
    Command("queue", "open", ("enter", "space"), "Open the document", "Documents", "Enter open"),
    Command("queue", "next_open", ("n",), "Open the next document that is not done", "Documents", "n next open"),
    Command(
        "queue",
        "filter",
        ("slash",),
        "Show only documents whose title, id or source has some words",
        "List",
        "/ filter",
    ),
    Command("queue", "status", ("t",), "Show only documents of one status, in turn", "List", "t status"),
    Command("queue", "sort", ("s",), "Sort by import, title, source, length or status, in turn", "List", "s sort"),
    Command("queue", "escape", ("escape",), "Show all documents again", "List"),
    Command("queue", "help", ("question_mark", "f1"), "Help: these keys and the labels", "List", "? help"),
    Command("queue", "command_palette", ("ctrl+p",), "Command palette", "List"),
    Command("queue", "quit", ("q",), "Quit", "List", "q quit"),
)


def commands_of(screen: ScreenName) -> tuple[Command, ...]:
    """The commands of one screen."""
    return tuple(command for command in COMMANDS if command.screen == screen)


def bindings_of(screen: ScreenName) -> list[BindingType]:
    """The bindings of one screen."""
    return [
        Binding(",".join(command.keys), command.action, command.text, show=False, priority=False)
        for command in commands_of(screen)
    ]


def hints_of(screen: ScreenName, *, documents: bool) -> tuple[str, ...]:
    """The short hints of one screen: of its commands on whole documents, or of all others."""
    return tuple(
        command.hint for command in commands_of(screen) if command.hint and (command.group == "Documents") == documents
    )
