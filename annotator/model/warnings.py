"""What the schema wants and an annotation does not have. Flaws are shown and never refuse anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.errors import N_
from annotator.model.annotation import Annotation
from annotator.model.schema import Label, Schema
from annotator.model.state import AnnotationState


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is missing or wrong in an annotation.

    Attributes:
        template: What it is in one sentence, with {names} in the places of `values`, for the screens to translate.
        values: Ids, numbers and values of attributes; labels, attributes and relation types themselves, which have
            names for people.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values)


def warnings(annotation: Annotation, state: AnnotationState, schema: Schema) -> tuple[Flaw, ...]:
    """The flaws of an annotation: of its label, its attributes in the order of the schema, its relations."""
    label = schema.label(annotation.label)
    if label is None:
        return (Flaw(N_("the schema has no label {label!r}"), {"label": annotation.label}),)
    return (*_attribute_flaws(annotation, label), *_relation_flaws(annotation, state, schema))


def document_warnings(state: AnnotationState, schema: Schema) -> list[tuple[Annotation, Flaw]]:
    """The flaws of all annotations, in reading order."""
    return [(annotation, flaw) for annotation in state.annotations for flaw in warnings(annotation, state, schema)]


def _attribute_flaws(annotation: Annotation, label: Label) -> Iterator[Flaw]:
    values = dict(annotation.attributes)
    for attribute in label.attributes:
        value = values.pop(attribute.id, None)
        if value is None:
            yield Flaw(N_("{attribute} is missing"), {"attribute": attribute})
        elif not attribute.allows(value):
            yield Flaw(N_("{value!r} is no value of {attribute}"), {"value": value, "attribute": attribute})
        elif attribute.required and not value.strip():
            yield Flaw(N_("{attribute} is empty"), {"attribute": attribute})
    for unknown in values:
        yield Flaw(N_("{label} has no attribute {attribute!r}"), {"label": label, "attribute": unknown})


def _relation_flaws(annotation: Annotation, state: AnnotationState, schema: Schema) -> Iterator[Flaw]:
    """Too few or too many tails; relations that lead to the annotation count for their own heads."""
    present = [one.label for one in state.relations_of(annotation.id) if one.head == annotation.id]
    for kind in schema.relations:
        if annotation.label not in kind.head:
            continue
        count = present.count(kind.id)
        if count < kind.min:
            yield Flaw(N_("{relation}: {count} of at least {min}"), {"relation": kind, "count": count, "min": kind.min})
        if kind.max is not None and count > kind.max:
            yield Flaw(N_("{relation}: {count} of at most {max}"), {"relation": kind, "count": count, "max": kind.max})
