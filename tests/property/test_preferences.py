"""Whatever a file of preferences looks like, a choice written into it says that choice and nothing else."""

from __future__ import annotations

import tomllib

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.services.preferences import BIDI_MODES, LANGUAGES, THEMES, Choice, choose
from annotator.services.preferences_toml import parse, with_choice


TOP = (
    "# a comment\n",
    "\n",
    'language = "en" # why\n',
    'theme = "dark"\r\n',
    'bidi.kitty = "app"\n',
    'bidi = {kitty = "app", "x y" = "terminal"}\n',
    "bidi = {}\n",
    'keys.annotate.done = ["d"]\n',
    'keys.annotate = {done = "d"}\n',
)
TABLES = (
    "# another one\n",
    "\n",
    '[bidi]\n# k\nkitty = "app" # x\n\nst = "app"\n',
    "[ bidi ] # b\n",
    "[keys]\n",
    '[keys.annotate]\ndone = [\n  "d", # as ever\n  "f5",\n]\n',
    '[keys.queue]\nopen = "enter"\n',
    '[keys]\nannotate.done = "d"\n',
)


def some(shapes: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(shapes), max_size=4, unique=True).map("".join)


FILES = st.builds(str.__add__, some(TOP), some(TABLES))
TERMINALS = st.sampled_from(["kitty", "mlterm", "x y", "ا", "xterm-256color"])
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "language": st.sampled_from(LANGUAGES),
        "theme": st.sampled_from(THEMES),
        "bidi": st.dictionaries(TERMINALS, st.none() | st.sampled_from(BIDI_MODES), max_size=2),
    },
)


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@settings(deadline=None, max_examples=200)
@given(text=FILES, choice=CHOICES)
def test_a_file_says_what_was_chosen_and_keeps_the_rest(text: str, choice: Choice) -> None:
    assume(is_toml(text))
    data = text.encode()
    edited = with_choice(data, "p.toml", **choice)
    assert parse(edited, "p.toml") == choose(parse(data, "p.toml"), **choice)
    assert edited.count(b"#") == data.count(b"#") - lost_comments(text, choice)


def lost_comments(text: str, choice: Choice) -> int:
    """A comment behind a terminal that is forgotten goes with it."""
    return int("# x" in text and choice.get("bidi", {}).get("kitty", "") is None)


@settings(deadline=None, max_examples=100)
@given(text=FILES, choice=CHOICES)
def test_the_same_choice_once_more_changes_nothing(text: str, choice: Choice) -> None:
    assume(is_toml(text))
    once = with_choice(text.encode(), "p.toml", **choice)
    assert with_choice(once, "p.toml", **choice) == once
