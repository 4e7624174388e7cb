"""What type of source a name is, as far as its words tell."""

from __future__ import annotations

from annotator.suggest.attribution import speakers
from annotator.suggest.attribution.tokens import tokens_of
from annotator.suggest.attribution.verbs import folded


_UNNAMED = folded(speakers.UNNAMED)
_ORGANISATIONS = folded(speakers.ORGANISATIONS)
_TYPES = (
    ("document", folded(speakers.DOCUMENTS)),
    ("media", folded(speakers.MEDIA)),
    ("expert", folded(speakers.EXPERTS)),
    ("organisation", _ORGANISATIONS),
    ("person", folded(speakers.PERSONS)),
)
_POSTS = folded(speakers.TITLES)
_COMMON = _UNNAMED.union(_POSTS, *(words for _, words in _TYPES))
_FIRST_WORDS = 2
_POST_WORDS = 6


class Kinds:
    """Tells the types of the sources of a document; a short name has that of the long one before it."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The type of a source by its name, in reading order; "" where nothing tells."""
        keys = tokens_of(name).keys
        kind = type_of(keys)
        if not kind:
            return next((self._known[key] for key in keys if key in self._known), "")
        if kind != "unnamed":
            self._known |= {key: kind for key in keys if key not in _COMMON and len(key) > 3}
        return kind


def type_of(keys: list[str]) -> str:
    """The type of a source by its folded words: "unnamed", "document", …; "" where no word tells."""
    if keys and keys[0] in _UNNAMED:
        return "unnamed"
    for word in keys[:_FIRST_WORDS]:
        for kind, words in _TYPES:
            if word in words:
                return kind
        if word in _POSTS:
            break
    post = next((number for number, key in enumerate(keys[:_POST_WORDS]) if key in _POSTS), None)
    return "" if post is None else _of_post(keys[post + 1 : post + 1 + _POST_WORDS])


def _of_post(keys: list[str]) -> str:
    """Who holds a post: the state's, or that of a company, club or union named behind it, also in بالغرفة."""
    return "organisation" if any({key, key.removeprefix("ب")} & _ORGANISATIONS for key in keys) else "official"
