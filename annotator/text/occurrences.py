"""Other places of the same text, for labelling them all at once.

Here labels are at stake and not only a cursor, so that much less is folded than in a search: two texts are the same
where they differ in nothing but tashkeel, tatweel and characters that are not drawn. Hamzas, ta marbuta, digits and
punctuation must agree.
"""

from __future__ import annotations

import re

from annotator.text.offsets import Span, substitute
from annotator.text.words import word_at


_MARKS = "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
_UNSEEN = "\u061c\u200c\u200d\u200e\u200f"
_IGNORED = re.compile(f"[{_MARKS}{_UNSEEN}]+")
_LETTER_AND_IGNORED = re.compile(f"[^{_MARKS}{_UNSEEN}]?[{_MARKS}{_UNSEEN}]+")
"""What is ignored belongs to the letter before it."""


def occurrences(text: str, span: Span) -> list[Span]:
    """The places where the text of a span stands as whole words, that span among them.

    A word with a proclitic or a suffix is another word: from وزارة selected in لوزارة one gets to other وزارة, never
    into بوزارة or وزارتنا.

    Args:
        text: The document.
        span: What to look for.

    Returns:
        Spans in order, disjoint; each takes in the marks of its last letter. The given span is as it was given.
    """
    plain, offsets = substitute(text, _LETTER_AND_IGNORED, lambda match: _IGNORED.sub("", match[0]))
    wanted = _IGNORED.sub("", text[slice(*span)])
    found = [span]
    position = plain.find(wanted) if wanted else -1
    while position >= 0:
        start, end = offsets.to_source(position, position + len(wanted))
        end = start + len(text[start:end].rstrip(_UNSEEN))
        is_apart = end <= span[0] or start >= span[1]
        is_place = is_apart and _is_whole(text, (start, end))
        if is_place:
            found.append((start, end))
        position = plain.find(wanted, position + (len(wanted) if is_place else 1))
    return sorted(found)


def _is_whole(text: str, span: Span) -> bool:
    """Whether no word is cut at either edge."""
    first, last = word_at(text, span[0]), word_at(text, span[1] - 1)
    return (first is None or first[0] == span[0]) and (last is None or last[1] == span[1])
