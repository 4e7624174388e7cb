"""Everything that a key can do, in one list: bindings, menu, palette and help are derived from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from annotator.errors import N_


ScreenName = Literal["queue", "annotate", "review", "agreement"]


@dataclass(frozen=True, slots=True)
class Command:
    """A thing that a key does on one screen. Texts are translated where they are shown.

    Attributes:
        name: What preferences call it.
        action: The action method of the screen, with its arguments; {key} in it is the key that was pressed.
        keys: Textual's names of keys, the first one shown first; the others are aliases.
        text: What it does, for help and palette.
        group: The heading it stands under in the help.
        hint: A word for the line of hints, behind the key, or "".
        menu: Its letter in the menu of further commands, or "".
    """

    screen: ScreenName
    name: str
    action: str
    keys: tuple[str, ...]
    text: str
    group: str
    hint: str = ""
    menu: str = ""

    @property
    def shown_keys(self) -> str:
        """The keys as people write them."""
        keys = [shown_key(key) for key in self.keys]
        if keys == list("123456789"):
            keys = ["1 … 9"]
        return " / ".join([*keys, f"; {self.menu}"] if self.menu else keys)


_KEY_NAMES = {
    "shift": "Shift",
    "ctrl": "Ctrl",
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
    "comma": ",",
    "semicolon": ";",
    "apostrophe": "'",
    "asterisk": "*",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
} | {f"f{number}": f"F{number}" for number in range(1, 13)}


def shown_key(key: str) -> str:
    """A key of Textual's as people write it."""
    return "+".join(_KEY_NAMES.get(part, part) for part in key.split("+"))


MOVE, SELECT, LABEL, RELATE = N_("Move"), N_("Select"), N_("Annotations"), N_("Details")
REVIEW, REPORT, SUGGESTIONS = N_("Review"), N_("Report"), N_("Suggestions")
FIND, CHANGES, DOCUMENTS, LIST, PROGRAM = N_("Find"), N_("Changes"), N_("Documents"), N_("List"), N_("Program")


def _command(  # noqa: PLR0913, PLR0917  # a row of a table
    screen: ScreenName, group: str, name: str, action: str, keys: str, text: str, hint: str = "", menu: str = ""
) -> Command:
    return Command(screen, name, action, tuple(keys.split()), text, group, hint, menu)


def _on_program(screen: ScreenName) -> tuple[Command, ...]:
    """What every screen can do."""
    row = partial(_command, screen, PROGRAM)
    return (
        row("palette", "palette", "ctrl+p", N_("All commands by name")),
        row("redraw", "app.redraw", "ctrl+l", N_("Draw the screen anew")),
        row("language", "language", "", N_("Language of the screens: English, Arabic"), menu="l"),
        row("theme", "theme", "", N_("Colours: dark, light, high contrast, colour-blind safe"), menu="t"),
        row("bidi", "bidi", "", N_("Arabic looks wrong: how this terminal shows it"), menu="b"),
    )


_annotate = partial(_command, "annotate")
_queue = partial(_command, "queue")
_review = partial(_command, "review")
_agreement = partial(_command, "agreement")

_ANNOTATE: tuple[Command, ...] = (
    _annotate(MOVE, "left", "move('left')", "left", N_("Letter to the left")),
    _annotate(MOVE, "right", "move('right')", "right", N_("Letter to the right")),
    _annotate(MOVE, "up", "move('up')", "up", N_("Row above")),
    _annotate(MOVE, "down", "move('down')", "down", N_("Row below")),
    _annotate(MOVE, "row_start", "move('home')", "home", N_("Start of the row (its right edge)")),
    _annotate(MOVE, "row_end", "move('end')", "end", N_("End of the row (its left edge)")),
    _annotate(MOVE, "page_up", "move('pageup')", "pageup", N_("Page up")),
    _annotate(MOVE, "page_down", "move('pagedown')", "pagedown", N_("Page down")),
    _annotate(MOVE, "next_word", "move('next_word')", "w ctrl+left", N_("Next word")),
    _annotate(MOVE, "previous_word", "move('previous_word')", "W ctrl+right", N_("Previous word")),
    _annotate(MOVE, "first", "move('first')", "ctrl+home", N_("Start of the document")),
    _annotate(MOVE, "last", "move('last')", "ctrl+end", N_("End of the document")),
    _annotate(MOVE, "jump", "jump", "apostrophe", N_("Jump to a word in sight, by letters"), N_("jump")),
    _annotate(MOVE, "unlabelled", "unlabelled", "comma", N_("Next sentence without a label"), N_("unlabelled")),
    _annotate(MOVE, "line", "line", "", N_("Go to a line"), menu="g"),
    _annotate(
        SELECT,
        "grow",
        "grow",
        "space",
        N_("Grow the selection: word, sentence, paragraph, next paragraph"),
        N_("select"),
    ),
    _annotate(SELECT, "shrink", "shrink", "backspace", N_("Shrink the selection")),
    _annotate(SELECT, "mark", "mark", "m", N_("Set a mark: moves then select from it; again to let go"), N_("mark")),
    _annotate(SELECT, "select_left", "extend('left')", "shift+left", N_("Select while moving left")),
    _annotate(SELECT, "select_right", "extend('right')", "shift+right", N_("Select while moving right")),
    _annotate(SELECT, "select_up", "extend('up')", "shift+up", N_("Select while moving up")),
    _annotate(SELECT, "select_down", "extend('down')", "shift+down", N_("Select while moving down")),
    _annotate(SELECT, "select_row_start", "extend('home')", "shift+home", N_("Select to the start of the row")),
    _annotate(SELECT, "select_row_end", "extend('end')", "shift+end", N_("Select to the end of the row")),
    _annotate(SELECT, "select_page_up", "extend('pageup')", "shift+pageup", N_("Select a page up")),
    _annotate(SELECT, "select_page_down", "extend('pagedown')", "shift+pagedown", N_("Select a page down")),
    _annotate(SELECT, "escape", "escape", "escape", N_("Let go of selection, mark, edge, focus or search")),
    _annotate(LABEL, "next", "focus_annotation(1)", "tab", N_("Next annotation or suggestion"), N_("next")),
    _annotate(LABEL, "previous", "focus_annotation(-1)", "shift+tab", N_("Previous annotation or suggestion")),
    _annotate(LABEL, "annotations", "annotations", "", N_("List of all annotations"), menu="a"),
    _annotate(
        LABEL,
        "start_edge",
        "edge('start')",
        "left_square_bracket",
        N_("Move the start of the focused annotation, Enter to end"),
        N_("start"),
    ),
    _annotate(
        LABEL,
        "end_edge",
        "edge('end')",
        "right_square_bracket",
        N_("Move the end of the focused annotation, Enter to end"),
        N_("end"),
    ),
    _annotate(LABEL, "remove", "remove", "x", N_("Remove the annotation, or reject the suggestion"), N_("remove")),
    _annotate(
        LABEL,
        "remove_all",
        "remove_all",
        "X",
        N_("Remove all annotations with the label of this one, or reject all suggestions of it"),
        menu="x",
    ),
    _annotate(
        LABEL, "relabel_all", "relabel_all", "", N_("Give all with the label of this one another label"), menu="r"
    ),
    _annotate(LABEL, "repeat", "repeat", "full_stop", N_("Repeat the last label"), menu="c"),
    _annotate(
        LABEL,
        "occurrences",
        "occurrences",
        "asterisk",
        N_("Label all places with the text of the selection, or of the focused annotation"),
        N_("all"),
        menu="o",
    ),
    _annotate(
        SUGGESTIONS,
        "accept_furniture",
        "accept_furniture",
        "y",
        N_("Accept all page furniture that is suggested"),
    ),
    _annotate(SUGGESTIONS, "accept_all", "accept_all", "", N_("Accept all suggestions"), menu="y"),
    _annotate(SUGGESTIONS, "reject_all", "reject_all", "", N_("Reject all suggestions"), menu="n"),
    _annotate(CHANGES, "undo", "undo", "u", N_("Undo, also what was done before a restart"), N_("undo")),
    _annotate(CHANGES, "redo", "redo", "U", N_("Redo"), menu="u"),
    _annotate(
        CHANGES, "history", "history", "", N_("History: what was done and when, and back to any point"), menu="h"
    ),
    _annotate(
        RELATE,
        "enter",
        "enter",
        "enter",
        N_("Accept a suggestion; details of the annotation here; keep a moved edge; unfold a fold"),
        N_("details"),
    ),
    _annotate(
        RELATE,
        "detail",
        "detail('{key}')",
        "1 2 3 4 5 6 7 8 9",
        N_("Choose a value of the focused annotation's attribute of that number"),
    ),
    _annotate(RELATE, "relate", "relate", "a", N_("Relate the annotation here to another one"), N_("relate")),
    _annotate(RELATE, "follow", "follow", "minus", N_("Go to the annotation that this one is related to"), menu="f"),
    _annotate(RELATE, "document_details", "document_details", "", N_("Labels and note of the document"), menu="d"),
    _annotate(
        FIND,
        "search",
        "search",
        "slash",
        N_("Search, whatever the spelling of hamza, tashkeel and digits"),
        N_("search"),
    ),
    _annotate(FIND, "next_hit", "hit(1)", "N", N_("Next hit")),
    _annotate(FIND, "previous_hit", "hit(-1)", "P", N_("Previous hit")),
    _annotate(FIND, "fold", "fold", "z", N_("Fold or unfold boilerplate and spill-over"), N_("fold")),
    _annotate(DOCUMENTS, "menu", "menu", "semicolon", N_("Menu of further commands"), N_("more")),
    _annotate(DOCUMENTS, "done", "done", "d", N_("Done with this document, or not done after all"), N_("done")),
    _annotate(DOCUMENTS, "help", "help", "question_mark f1", N_("Help: these keys and the labels"), N_("help")),
    _annotate(DOCUMENTS, "quit", "quit", "q", N_("Back to the list of documents"), N_("list")),
    _annotate(DOCUMENTS, "next_document", "document(1)", "n", N_("Next document"), N_("next")),
    _annotate(DOCUMENTS, "previous_document", "document(-1)", "p", N_("Previous document")),
    _annotate(DOCUMENTS, "flag", "flag", "f", N_("Flag this document with a note"), N_("flag")),
    _annotate(DOCUMENTS, "guideline", "guideline", "f2", N_("Guideline of the label here; again to close"), menu="i"),
    *_on_program("annotate"),
)

_QUEUE: tuple[Command, ...] = (
    _queue(MOVE, "up", "cursor('up')", "up", N_("Document above")),
    _queue(MOVE, "down", "cursor('down')", "down", N_("Document below")),
    _queue(MOVE, "page_up", "cursor('pageup')", "pageup", N_("Page up")),
    _queue(MOVE, "page_down", "cursor('pagedown')", "pagedown", N_("Page down")),
    _queue(MOVE, "first", "cursor('home')", "home", N_("First document")),
    _queue(MOVE, "last", "cursor('end')", "end", N_("Last document")),
    _queue(DOCUMENTS, "open", "open", "enter space", N_("Open the document"), N_("open it")),
    _queue(DOCUMENTS, "next_open", "next_open", "n", N_("Open the next document that is not done"), N_("next open")),
    _queue(
        LIST,
        "filter",
        "filter",
        "slash",
        N_("Show only documents whose title, id or source has some words"),
        N_("filter"),
    ),
    _queue(LIST, "status", "status", "t", N_("Show only documents of one status, in turn"), N_("status")),
    _queue(LIST, "sort", "sort", "s", N_("Sort by import, title, source, length or status, in turn"), N_("sort")),
    _queue(LIST, "escape", "escape", "escape", N_("Show all documents again")),
    _queue(LIST, "feedback", "app.feedback", "", N_("What reviewers changed in my work"), menu="v"),
    _queue(PROGRAM, "menu", "menu", "semicolon", N_("Menu of further commands"), N_("more")),
    _queue(PROGRAM, "help", "help", "question_mark f1", N_("Help: these keys and the labels"), N_("help")),
    *_on_program("queue"),
    _queue(PROGRAM, "quit", "quit", "q", N_("Quit"), N_("quit")),
)

_NOT_IN_REVIEW = {
    *("unlabelled", "next", "previous", "remove", "remove_all", "relabel_all", "occurrences"),
    *("enter", "detail", "done", "flag", "document_details"),
}
"""What a reviewer's keys do otherwise, or not at all."""


def _as_on_annotate(screen: ScreenName, *groups: str) -> tuple[Command, ...]:
    return tuple(
        replace(command, screen=screen)
        for command in _ANNOTATE
        if command.group in groups and command.name not in _NOT_IN_REVIEW
    )


_REVIEW: tuple[Command, ...] = (
    _review(
        REVIEW,
        "version",
        "version('{key}')",
        "1 2 3 4 5 6 7 8 9",
        N_("Make the version of that number gold"),
        N_("take"),
    ),
    _review(
        REVIEW,
        "enter",
        "enter",
        "enter",
        N_("Make the version with ★ gold; of gold: its attributes and relations; keep a moved edge"),
        N_("take ★"),
    ),
    _review(REVIEW, "reject", "reject", "x", N_("Decide that nothing belongs here"), N_("nothing")),
    _review(REVIEW, "next", "item(1)", "tab", N_("Next undecided item"), N_("next")),
    _review(REVIEW, "previous", "item(-1)", "shift+tab", N_("Item before, also a decided one"), N_("back")),
    _review(REVIEW, "defer", "defer", "", N_("Leave this item for later"), menu="p"),
    _review(
        REVIEW, "keep", "keep", "", N_("Keep the gold of this item, though annotators changed their work"), menu="k"
    ),
    _review(REVIEW, "reason", "reason", "", N_("Say why it was decided so"), menu="y"),
    _review(REVIEW, "names", "names", "", N_("Show or hide the annotators' names"), menu="v"),
    _review(REVIEW, "items", "items", "", N_("Filter the items: by kind, label or annotators"), menu="s"),
    _review(
        REVIEW, "wholesale", "wholesale", "", N_("Take one annotator's version of all that is left here"), menu="w"
    ),
    _review(REVIEW, "agreement", "agreement", "", N_("Agreement: how far the labels can be trusted"), menu="m"),
    *_as_on_annotate("review", MOVE, SELECT, LABEL, CHANGES, RELATE, FIND),
    _review(DOCUMENTS, "done", "done", "d", N_("On to the next document; asks about undecided items"), N_("done")),
    _review(DOCUMENTS, "flag", "send_back", "f", N_("Send this document back to an annotator, with a note")),
    *_as_on_annotate("review", DOCUMENTS, PROGRAM),
)

_AGREEMENT: tuple[Command, ...] = (
    _agreement(MOVE, "up", "cursor('up')", "up", N_("Row above")),
    _agreement(MOVE, "down", "cursor('down')", "down", N_("Row below")),
    _agreement(MOVE, "page_up", "cursor('pageup')", "pageup", N_("Page up")),
    _agreement(MOVE, "page_down", "cursor('pagedown')", "pagedown", N_("Page down")),
    _agreement(MOVE, "first", "cursor('home')", "home", N_("First row")),
    _agreement(MOVE, "last", "cursor('end')", "end", N_("Last row")),
    _agreement(MOVE, "left", "column(-1)", "left", N_("Column to the left")),
    _agreement(MOVE, "right", "column(1)", "right", N_("Column to the right")),
    _agreement(REPORT, "next_table", "table(1)", "tab", N_("Next table"), N_("next table")),
    _agreement(REPORT, "previous_table", "table(-1)", "shift+tab", N_("Table before")),
    _agreement(REPORT, "items", "items", "enter", N_("Review the undecided items that the row is about"), N_("items")),
    _agreement(REPORT, "page", "page", "e", N_("Write the whole report as a page with plots"), N_("page"), menu="e"),
    _agreement(REPORT, "again", "again", "r", N_("Measure again"), N_("again"), menu="r"),
    _agreement(PROGRAM, "menu", "menu", "semicolon", N_("Menu of further commands"), N_("more")),
    _agreement(PROGRAM, "help", "help", "question_mark f1", N_("Help: these keys and the labels"), N_("help")),
    *_on_program("agreement"),
    _agreement(PROGRAM, "quit", "quit", "q escape", N_("Back to where you came from"), N_("back")),
)

COMMANDS: tuple[Command, ...] = (*_ANNOTATE, *_QUEUE, *_REVIEW, *_AGREEMENT)

AGREEMENT_IN_LIST = _queue(
    LIST, "agreement", "app.open_agreement", "", N_("Agreement: how far the labels can be trusted"), menu="m"
)
"""On the list of a review only: annotators are blind to each other."""


def commands_of(screen: ScreenName, commands: Iterable[Command] = COMMANDS) -> tuple[Command, ...]:
    """The commands of one screen."""
    return tuple(command for command in commands if command.screen == screen)


def hinted(commands: Iterable[Command], groups: Iterable[str]) -> tuple[Command, ...]:
    """The commands of some groups that have a hint, in the order of the groups."""
    commands = tuple(commands)
    return tuple(command for group in groups for command in commands if command.hint and command.group == group)
