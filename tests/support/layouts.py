"""Strategies for what is laid out: lines and documents with all that makes a cell hard to find."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.text.pages import DocumentLayout, Fold, RowId


LETTERS = "ابتلمنويهdبأآة"
MARKS = "\u064e\u0651\u0650\u0670\u0301"
DIGITS = "12٣٤"
PUNCTUATION = "()[]{}«»<>.,،:;/-%$\"'“”؟!…"
LATIN = "abXאב"
SPACES = "    \xa0\u2003"
UNSEEN = "\u200c\u200d\u200e\u200f\u061c\u00ad\u200b\ufeff"
HARMFUL = "\x1b\x07\t\x9b\u202e\u202c\u2066\u2069\u2028\ue000"
WIDE = "日本👍\u3000「」\U0001f3fd\U0001f1ea☺\ufe0f"

CHARACTERS = LETTERS + MARKS + DIGITS + PUNCTUATION + LATIN + SPACES + UNSEEN + HARMFUL + WIDE

bases = st.sampled_from([0, 1])


def lines(max_size: int = 40) -> st.SearchStrategy[str]:
    """One line, of nearly anything or of words alone."""
    mixed = st.text(st.sampled_from(CHARACTERS), max_size=max_size)
    plain = st.text(st.sampled_from(LETTERS + MARKS + DIGITS + LATIN + "    "), max_size=max_size)
    return mixed | plain | st.text(st.characters(exclude_characters="\n"), max_size=max_size // 2)


def documents() -> st.SearchStrategy[str]:
    """Some lines, several of them empty."""
    return st.lists(lines(25) | st.just(""), min_size=1, max_size=7).map("\n".join)


@st.composite
def layouts(draw: st.DrawFn) -> DocumentLayout:
    """A document's layout at some width, some of its paragraphs folded."""
    layout = DocumentLayout(draw(documents()), draw(st.integers(1, 12)), base=draw(bases))
    layout.fold(draw(folds(len(layout))))
    return layout


@st.composite
def folds(draw: st.DrawFn, paragraphs: int) -> list[Fold]:
    """Folds of a document with a number of paragraphs, in order."""
    edges = sorted(draw(st.sets(st.integers(0, paragraphs - 1), max_size=4)))
    return [Fold(first, last) for first, last in zip(edges[::2], edges[1::2], strict=False)] + (
        [Fold(edges[-1], edges[-1])] if len(edges) % 2 else []
    )


def all_rows(layout: DocumentLayout) -> list[RowId]:
    """The rows of a layout from the first to the last."""
    row: RowId | None = RowId(0)
    found = []
    while row is not None:
        found.append(row)
        row = layout.next(row)
    return found
