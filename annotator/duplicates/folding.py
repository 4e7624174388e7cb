"""Folding that keeps the length of a text, so that offsets into the folded text are offsets into the text itself."""

from __future__ import annotations

from annotator.text.folding import folded_text


_MORE = {
    **dict.fromkeys("«»‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\t\u2002\u2003\u2009\u202f\u3000", " "),
}


class _FoldTable(dict[int, str]):
    """Code point → one character; worked out when one is first met."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        folded = _MORE.get(character) or folded_text(character)
        self[code_point] = folded if len(folded) == 1 else character
        return self[code_point]


_FOLD = _FoldTable()


def fold_same_length(text: str) -> str:
    """A text with each character folded on its own: hamza, alef, final yeh, teh marbuta, Farsi letters, digits, case.

    Quotes and dashes of all styles become one, spaces of all kinds too. What search drops, such as marks, stays as it
    is; so do the few characters that search widens.

    Returns:
        As many characters as the text has.
    """
    return text.translate(_FOLD)
