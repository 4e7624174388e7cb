"""The language of the screens: English as written in the code, Arabic from a gettext catalogue."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from annotator.errors import AnnotatorError
from annotator.model.schema import Attribute, DocumentLabelType, Label, Language, Localized, RelationType


STRONG = {"L", "R", "AL"}
FROM_DATA = {"excerpt", "head", "note", "tail", "text", "value"}
"""What sentences call the texts in them that come from data and have a direction of their own."""

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"

CATALOGUES = Path(__file__).parent / "locale"


class _Speech:
    """What the process speaks now; a program has one language at a time."""

    language: Language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: Language) -> None:
    """Speak another language from now on."""
    _Speech.language = language
    _Speech.catalogue = (
        gettext.NullTranslations()
        if language == "en"
        else gettext.translation("annotator", str(CATALOGUES), [language])
    )


def language() -> Language:
    """The language spoken now."""
    return _Speech.language


def base() -> int:
    """The direction of the interface: 1 from the right, 0 from the left."""
    return 1 if _Speech.language == "ar" else 0


def _(text: str, /, **values: object) -> str:
    """A text in the language of the screens, with values in the places of its {names}."""
    found = _Speech.catalogue.gettext(text)
    return found.format(**_set_apart(values)) if values else found


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """A text that depends on a number, which is {n} in it."""
    return _Speech.catalogue.ngettext(one, many, n).format(n=n, **_set_apart(values))


def _set_apart(values: Mapping[str, object]) -> dict[str, object]:
    """Values with texts from data such that punctuation at their ends stays on its side, whatever is around them."""
    return {
        name: _between_marks(value) if name in FROM_DATA and isinstance(value, str) else value
        for name, value in values.items()
    }


def _between_marks(text: str) -> str:
    if not text or (text[0].isalnum() and text[-1].isalnum()):
        return text
    strong = next((found for found in map(unicodedata.bidirectional, text) if found in STRONG), "L")
    mark = LEFT_TO_RIGHT_MARK if strong == "L" else RIGHT_TO_LEFT_MARK
    return f"{mark}{text}{mark}"


class Named(Protocol):
    """A label, an attribute, a relation type or a document label of a schema."""

    @property
    def id(self) -> str:
        """What records call it."""

    @property
    def name(self) -> Localized:
        """What people call it."""


def named(thing: Named) -> str:
    """What people call a thing of the schema, in the language of the screens."""
    return thing.name.get(_Speech.language) or thing.id


def filled(template: str, values: Mapping[str, object]) -> str:
    """A text of an error, or of a flaw, with what people call the things of the schema in its values."""
    return _(template, **{key: _called(value) for key, value in values.items()})


def explain(error: AnnotatorError) -> str:
    """An error and what to do about it, on one line."""
    sentence, hint = filled(error.template, error.values), _(error.hint) if error.hint else ""
    return _("{sentence}. {hint}", sentence=sentence, hint=hint) if hint else sentence


def _called(value: object) -> object:
    return named(value) if isinstance(value, (Attribute, DocumentLabelType, Label, RelationType)) else value
