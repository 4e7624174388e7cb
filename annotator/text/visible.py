"""What of a string may be drawn."""

from __future__ import annotations

import re


_PLANE_ENDS = "".join(chr(plane | last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))

_HARMFUL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: a terminal obeys them
    "\u2028-\u202e\u2066-\u206f"  # line ends, embeddings, overrides, isolates: they rearrange what stands around them
    "\u180e\u2061-\u2065\ufff9-\ufffb"  # unseen in Mongolian, mathematics, annotations
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # unseen in hieroglyphs, shorthand, music
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags: a whole text that nobody sees
    "\ud800-\uf8ff\U000f0000-\U0010ffff"  # surrogates, private use
    "\U0001f1e6-\U0001f1ff"  # regional indicators: terminals do not agree on the width of a flag
    f"\ufdd0-\ufdef{_PLANE_ENDS}"  # noncharacters
    "]"
)


def visible(text: str) -> str:
    """A string of the same length, code point by code point, that is safe to draw.

    What `visible` returns, put through bidi, shaping and cells in this order, is the only way by which a string from
    data (article, title, label or file name, annotator's name, note, error text) reaches the terminal.

    Control characters become their pictures (U+2400 and on), line and paragraph separators U+2424, regional indicators
    their Latin letters. What has no picture becomes U+FFFD: C1, embeddings, overrides, isolates, tags, surrogates,
    private use, noncharacters and the unseen format characters of other scripts. What Arabic text needs stays, and the
    cells leave it out: ZWNJ, ZWJ, LRM, RLM, ALM, soft hyphen, zero-width space, word joiner, byte order mark.

    Returns:
        `text` itself where nothing has to be replaced.
    """
    if not _HARMFUL.search(text):
        return text
    return _HARMFUL.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in (0x2028, 0x2029):
        return "\u2424"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return chr(code - 0x1F1E6 + ord("A"))
    return "\ufffd"
