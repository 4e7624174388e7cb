"""What a line looks like: prose, a headline, a bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.suggest.lines import Line


PROSE_WORDS: Final = 8
"""Words of the shortest line that is prose when a full stop ends it."""
ASKING_WORDS: Final = 18
"""The same where ؟ or ! ends it, as both end headlines too."""
LONG_WORDS: Final = 22
"""Words from which a line is prose however it ends."""
SENTENCE_WORDS: Final = 4
"""Words of the shortest line that is a sentence where a full stop ends it."""
JOINED_WORDS: Final = 7
"""The same where only و opens it."""
HEADLINE_WORDS: Final = range(4, 31)

_STOP = re.compile(r"[.](?:[\"'”»)\]*]|\s)*$")
_ASKS = re.compile(r"[؟?!](?:[\"'”»)\]*]|\s)*$")
_SIGNED_OFF = re.compile(r"(?:انتهي|انتهت)\s?/?.{0,12}$")
_CUT = re.compile(r"(?:\.\.+|…)(?:[\"'”»)\]]|\s)*$")
_BULLET = re.compile(r"\s*(?:[•●▪■◆►▶*·◦‣○✔✅👈🔴⬅←]|-\s|–\s|\+\s|>+)")
_EDGE = " \t•●▪■◆►▶»«*·◦‣○✔✅👈🔴⬅←-–—|:;,،.…؛><+=_~#\"'()[]{}!؟?/\\"
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# Words that open first paragraphs and have their و as a letter of their own.
_WITH_WAW = (
    *("وزير", "وزار", "وكال", "وفد", "واشنطن", "وفاه", "وسط ", "وثيق", "وصل", "وقع ", "وقعت", "وجه ", "وجهت", "وافق"),
    *("واصل", "ورش", "وحد", "ولايه ", "ولي ", "ولد ", "ودع ", "وضع", "وعد ", "وصف"),
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line looks like.

    Attributes:
        bare: The folded line without bullets and punctuation at its ends.
        words: How many words it has.
        prose: Whether it reads as a sentence or more.
        stopped: Whether it ends as a sentence does.
        cut: Whether it breaks off with three dots.
        bullet: Whether a bullet or an arrow begins it.
        arabic: Whether it has an Arabic letter.
        letters: Whether it has a letter at all.
        joined: Whether it opens with و, as paragraphs that go on with an article do.
        asks: Whether it ends as a question or a cry does.
    """

    bare: str
    words: int
    prose: bool
    stopped: bool
    cut: bool
    bullet: bool
    arabic: bool
    letters: bool
    joined: bool
    asks: bool

    @property
    def speaks(self) -> bool:
        """Whether it is prose or a short sentence, as the lines of a list are not."""
        if self.prose:
            return True
        if self.cut or not self.arabic:
            return False
        return (self.stopped and self.words >= SENTENCE_WORDS) or (
            self.joined and not self.bullet and self.words >= JOINED_WORDS
        )

    @property
    def headline(self) -> bool:
        """Whether it may be the headline of an article."""
        return not self.prose and not self.stopped and self.words in HEADLINE_WORDS and self.arabic


def shape_of(line: Line) -> Shape:
    """What a line looks like."""
    key = line.key
    words = len(_WORD.findall(key)) if len(key) < 400 else key.count(" ") + 1
    tail = key[-40:]
    cut = _CUT.search(tail) is not None
    stopped = not cut and (_STOP.search(tail) or _SIGNED_OFF.search(tail)) is not None
    prose = words >= LONG_WORDS or (words >= PROSE_WORDS and stopped)
    asks = _ASKS.search(tail) is not None
    prose = prose or (words >= ASKING_WORDS and asks)
    bare = key.strip(_EDGE)
    return Shape(
        bare=bare,
        words=words,
        prose=prose,
        stopped=stopped,
        cut=cut,
        bullet=_BULLET.match(line.text) is not None,
        arabic=_ARABIC.search(key) is not None,
        letters=_LETTER.search(key) is not None,
        asks=asks,
        joined=bare.startswith("و") and not bare.startswith(_WITH_WAW),
    )
