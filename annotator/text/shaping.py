"""Arabic letters in the forms that they take beside each other, for terminals that do not join them.

Joining is that of The Unicode Standard 15.0, section 9.2 (rules R1 to R7, without ligatures), on joining types from
ArabicShaping.txt. The forms are the presentation forms of U+FB50–FDFF and U+FE70–FEFC that stand for one letter.
"""

from __future__ import annotations

import re
import unicodedata

from annotator.text.ucd import JOINING


_ISOLATED, _FINAL, _INITIAL, _MEDIAL = range(4)
# Also the bits of "joined to the letter before" (1) and "joined to the letter after" (2).

_FORM_TAGS = {"<isolated>": _ISOLATED, "<final>": _FINAL, "<initial>": _INITIAL, "<medial>": _MEDIAL}

_JOINS_AFTER = bytes.maketrans(b"DLCRUT", b"\1\1\1\0\0\0")
"""Whether a letter of this type joins the one after it, as the bit that the latter gets."""

_JOINS_BEFORE = bytes.maketrans(b"DRCLUT", b"\2\2\2\0\0\0")
"""Whether a letter of this type joins the one before it, as the bit that the latter gets."""


def _presentation_forms() -> list[dict[str, str]]:
    """For each of the four contexts: letter → presentation form, where there is one."""
    named: dict[tuple[str, int], str] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        tag, *bases = unicodedata.decomposition(chr(code)).split() or ("",)
        if len(bases) == 1 and tag in _FORM_TAGS:
            named[chr(int(bases[0], 16)), _FORM_TAGS[tag]] = chr(code)
    contexts: list[dict[str, str]] = [{}, {}, {}, {}]
    for letter in {letter for letter, _ in named}:
        kind = JOINING[ord(letter)].encode()
        sides = kind.translate(_JOINS_BEFORE)[0] >> 1 | kind.translate(_JOINS_AFTER)[0] << 1
        for context, forms in enumerate(contexts):
            forms[letter] = named.get((letter, context & sides), letter)
    return contexts


class _Kinds(dict[int, str]):
    """Code point → joining type, found when first asked for."""

    def __missing__(self, code: int) -> str:
        transparent = unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"}
        self[code] = kind = JOINING.get(code, "T" if transparent else "U")
        return kind


_FORMS = _presentation_forms()
_LETTER = re.compile(f"[{''.join(_FORMS[_ISOLATED])}]")
_LEVEL_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_TRANSPARENT_AFTER = re.compile(rb"[^T]T+")
_TRANSPARENT_BEFORE = re.compile(rb"T+[^T]?")

_kinds = _Kinds()


def shape(text: str, levels: bytes | None = None) -> str:
    """Each Arabic letter as the presentation form that its neighbours ask for.

    Nothing is fused (lam and alef stay two) and nothing moves: the result is as long as `text`, character by character.
    Marks and format characters stay and do not part letters, ZWJ joins, ZWNJ does not. A letter without a form for its
    place stays as it is, and so does what is a presentation form already.

    Args:
        text: One paragraph in logical order.
        levels: Its embedding levels; letters on different levels do not join. None if it has only one.
    """
    if not _LETTER.search(text):
        return text
    if levels is None or not levels.strip(levels[:1]):
        return _shape_run(text)
    return "".join(_shape_run(text[run.start() : run.end()]) for run in _LEVEL_RUN.finditer(levels))


def _shape_run(text: str) -> str:
    before = after = text.translate(_kinds).encode()
    if b"T" in before:
        # What is transparent takes the type of the letter that it is seen through to.
        before = _TRANSPARENT_AFTER.sub(lambda run: run[0][:1] * len(run[0]), before)
        after = _TRANSPARENT_BEFORE.sub(lambda run: run[0][-1:] * len(run[0]), after)
    joined_before = b"\0" + before.translate(_JOINS_AFTER)
    joined_after = after.translate(_JOINS_BEFORE)[1:] + b"\0"
    contexts = zip(text, joined_before, joined_after, strict=False)
    return "".join([_FORMS[before | after].get(letter, letter) for letter, before, after in contexts])
