"""Letter keys by their place on the keyboard, so that they work on an Arabic layout too."""

from __future__ import annotations


ROWS = (
    ("qwertyuiop[]", "ضصثقفغعهخحجد"),
    ("asdfghjkl;'", "شسيبلاتنمكط"),
    ("zxcvnm,./`", "ئءؤرىةوزظذ"),
    ("QWERASX", "\u064e\u064b\u064f\u064c\u0650\u064d\u0652"),
    ("YUIOPHJKNM", "إ‘÷×؛أـ،آ’"),
    ("?", "؟"),
    ("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    ("bBGTU", "ﻻﻵﻷﻹ`"),  # where Linux differs; it sends ligatures where nothing composes them into letters
)
"""Latin keys above what the same keys send on the Arabic 101 layout, but for those that send two code points."""

LAM = "ل"
PAIRS = {"لا": "b", "لإ": "T", "لأ": "G", "لآ": "B"}
"""Keys that send two code points."""

LATIN = {arabic: latin for latins, arabics in ROWS for latin, arabic in zip(latins, arabics, strict=True)}


class KeyTranslator:
    """Turns the characters of an Arabic layout into the Latin keys of the same places.

    The key b sends lam and alef, and g sends lam alone: a lam is therefore held back until the next character, or until
    `flush`, says which it was.
    """

    def __init__(self) -> None:
        self.is_holding = False

    def feed(self, character: str) -> list[str]:
        """The keys that are certain now; none while a lam is held back."""
        keys = []
        if self.is_holding:
            self.is_holding = False
            pair = PAIRS.get(LAM + character)
            if pair:
                return [pair]
            keys.append(LATIN[LAM])
        if character == LAM:
            self.is_holding = True
            return keys
        return [*keys, LATIN.get(character, character)]

    def flush(self) -> list[str]:
        """The key of a lam that nothing followed."""
        if not self.is_holding:
            return []
        self.is_holding = False
        return [LATIN[LAM]]
