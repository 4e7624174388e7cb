"""The label schema of a project: which labels, attributes and relations there are, and what guides an annotator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


COLOURS = ("blue", "green", "yellow", "red", "magenta", "cyan", "orange", "purple")
"""Names that a schema may use; a theme decides how each one looks."""

RESERVED_KEYS = frozenset("wWmxXauUNPznpdfy?q[];0123456789./,'*-")
"""Letters and signs that the screens use themselves, so that no label can have them."""

Overlap = Literal["any", "nested", "none"]
Language = Literal["en", "ar"]
"""The languages of the screens, and of the texts of a schema."""

AttributeType = Literal["enum", "bool", "text"]


@dataclass(frozen=True, slots=True)
class Localized:
    """A text for people, in the two languages of the interface."""

    en: str = ""
    ar: str = ""

    def get(self, language: Language) -> str:
        """The text in a language, else in the other one."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A named value on an annotation; values are always stored as strings.

    Attributes:
        required: A text that is not to be left empty: an annotation that does is flawed, and never refused.
    """

    id: str
    type: AttributeType
    default: str
    values: tuple[str, ...] = ()
    value_names: dict[str, Localized] = field(default_factory=dict)
    name: Localized = Localized()
    guideline: Localized = Localized()
    required: bool = False

    def __str__(self) -> str:
        return self.id

    def allows(self, value: str) -> bool:
        """Whether a stored value is in this attribute's domain."""
        return self.type == "text" or value in self.values


@dataclass(frozen=True, slots=True)
class Example:
    """An example sentence, the marked span between ⟦ and ⟧."""

    text: str
    note: Localized = Localized()


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of span.

    Attributes:
        key: The key that marks it on the screen.
        furniture: Page furniture, which the screen folds and `--body` leaves out.
        overlap: Whether annotations of this label may overlap one another: any way, only nested, or not at all.
    """

    id: str
    key: str
    colour: str
    name: Localized = Localized()
    guideline: Localized = Localized()
    examples: tuple[Example, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    furniture: bool = False
    overlap: Overlap = "any"

    def __str__(self) -> str:
        return self.id

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute with an id."""
        return next((attribute for attribute in self.attributes if attribute.id == attribute_id), None)

    def defaults(self) -> tuple[tuple[str, str], ...]:
        """The attributes of a new annotation."""
        return tuple((attribute.id, attribute.default) for attribute in self.attributes)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of relation, head → tail.

    Attributes:
        head, tail: The ids of the labels at its ends.
        min: The tails that each head wants; one with fewer is flawed, and never refused.
        max: The most tails that one head may have; None is no limit.
    """

    id: str
    head: tuple[str, ...]
    tail: tuple[str, ...]
    min: int = 0
    max: int | None = None
    name: Localized = Localized()
    guideline: Localized = Localized()

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class DocumentLabelType:
    """A label on a whole document."""

    id: str
    name: Localized = Localized()
    guideline: Localized = Localized()

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Schema:
    """A checked label schema, under a name and a version that every annotation records."""

    name: str
    version: int
    language: str
    direction: Literal["rtl", "ltr"]
    labels: tuple[Label, ...]
    relations: tuple[RelationType, ...] = ()
    document_labels: tuple[DocumentLabelType, ...] = ()

    def label(self, label_id: str) -> Label | None:
        """The label with an id."""
        return next((label for label in self.labels if label.id == label_id), None)

    def relation(self, relation_id: str) -> RelationType | None:
        """The relation type with an id."""
        return next((relation for relation in self.relations if relation.id == relation_id), None)

    def document_label(self, label_id: str) -> DocumentLabelType | None:
        """The document label with an id."""
        return next((label for label in self.document_labels if label.id == label_id), None)

    def furniture(self) -> frozenset[str]:
        """The ids of the labels that mark page furniture."""
        return frozenset(label.id for label in self.labels if label.furniture)
