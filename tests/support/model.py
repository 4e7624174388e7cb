"""Schemas, annotations and states for tests: builders, and hypothesis strategies of them.

`SCHEMA` uses every part of a schema once: each attribute type, each overlap rule, relations with and without a
limit, an attribute id that two labels share; all but `min`, which would make every claim flawed. `schema_data()` is
the same schema as plain values.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model import edits, relating
from annotator.model.annotation import (
    STATUSES,
    Annotation,
    Attributes,
    DocumentLabel,
    Note,
    Relation,
    Slot,
    Status,
    Value,
)
from annotator.model.operations import OPERATION_NAMES, Change, Operation, OperationName, apply
from annotator.model.schema import (
    Attribute,
    DocumentLabelType,
    Example,
    Label,
    Localized,
    RelationType,
    Schema,
)
from annotator.model.state import AnnotationState


LENGTH = 40
"""Code points in the imagined text that the strategies annotate."""

CLAIM = Label(
    id="claim",
    key="c",
    colour="blue",
    name=Localized("Claim", "ادعاء"),
    guideline=Localized("What can be true or false.", "ما يحتمل الصدق والكذب."),
    examples=(Example("قال الوزير إن ⟦الأسعار انخفضت⟧.", Localized("Without the verb of saying.", "")),),
    attributes=(
        Attribute(
            id="quote",
            type="enum",
            default="indirect",
            values=("direct", "indirect"),
            value_names={"direct": Localized("Direct", "مباشر")},
            name=Localized("Quoted", "اقتباس"),
            guideline=Localized("Are the words the speaker's own?", ""),
        ),
        Attribute("check_worthy", "bool", "true", ("false", "true")),
        Attribute("comment", "text", ""),
    ),
)
SOURCE = Label(
    id="source",
    key="s",
    colour="green",
    attributes=(
        Attribute("type", "enum", "person", ("person", "agency")),
        Attribute("quote", "enum", "none", ("none", "direct")),
        Attribute("comment", "text", "unnamed", required=True),
    ),
)
BOILERPLATE = Label("boilerplate", "b", "yellow", furniture=True, overlap="none")
PASSAGE = Label("passage", "g", "cyan", overlap="nested")
ATTRIBUTED_TO = RelationType("attributed_to", ("claim",), ("source",), max=2, name=Localized("by", "ينسب إلى"))
REPEATS = RelationType("repeats", ("claim", "passage"), ("claim", "passage"))
ANSWERS = RelationType("answers", ("claim",), ("claim", "source"), max=1)
SCHEMA = Schema(
    name="everything",
    version=3,
    language="ar",
    direction="rtl",
    labels=(CLAIM, SOURCE, BOILERPLATE, PASSAGE),
    relations=(ATTRIBUTED_TO, REPEATS),
    document_labels=(DocumentLabelType("opinion", Localized("Opinion", "رأي"), Localized("A column.", "")),),
)

RETYPING = replace(SCHEMA, relations=(*SCHEMA.relations, ANSWERS))
"""`SCHEMA` with a third type of relation, whose ends can have another one of the types too."""


def schema_data() -> dict[str, Any]:
    """`SCHEMA` as YAML would give it, new for each caller."""
    claim = {
        "id": "claim",
        "key": "c",
        "colour": "blue",
        "name": {"en": "Claim", "ar": "ادعاء"},
        "guideline": {"en": "What can be true or false.", "ar": "ما يحتمل الصدق والكذب."},
        "examples": [{"text": "قال الوزير إن ⟦الأسعار انخفضت⟧.", "note": {"en": "Without the verb of saying."}}],
        "attributes": [
            {
                "id": "quote",
                "type": "enum",
                "default": "indirect",
                "values": ["direct", "indirect"],
                "value_names": {"direct": {"en": "Direct", "ar": "مباشر"}},
                "name": {"en": "Quoted", "ar": "اقتباس"},
                "guideline": {"en": "Are the words the speaker's own?"},
            },
            {"id": "check_worthy", "type": "bool", "default": True},
            {"id": "comment", "type": "text", "default": ""},
        ],
    }
    source = {
        "id": "source",
        "key": "s",
        "colour": "green",
        "attributes": [
            {"id": "type", "type": "enum", "default": "person", "values": ["person", "agency"]},
            {"id": "quote", "type": "enum", "default": "none", "values": ["none", "direct"]},
            {"id": "comment", "type": "text", "default": "unnamed", "required": True},
        ],
    }
    return {
        "name": "everything",
        "version": 3,
        "language": "ar",
        "direction": "rtl",
        "labels": [
            claim,
            source,
            {"id": "boilerplate", "key": "b", "colour": "yellow", "furniture": True, "overlap": "none"},
            {"id": "passage", "key": "g", "colour": "cyan", "overlap": "nested"},
        ],
        "relations": [
            {
                "id": "attributed_to",
                "head": ["claim"],
                "tail": ["source"],
                "max": 2,
                "name": {"en": "by", "ar": "ينسب إلى"},
            },
            {"id": "repeats", "head": ["claim", "passage"], "tail": ["claim", "passage"]},
        ],
        "document_labels": [
            {"id": "opinion", "name": {"en": "Opinion", "ar": "رأي"}, "guideline": {"en": "A column."}}
        ],
    }


def minimal_data() -> dict[str, Any]:
    """The fewest plain values that make a schema."""
    return {"name": "small", "version": 1, "labels": [{"id": "claim", "key": "c", "colour": "blue"}]}


def with_value(data: object, path: str, value: object) -> Any:
    """A copy of plain values in which the entry at a dotted path is another one, or new."""
    changed = copy.deepcopy(data)
    parent, key = _parent(changed, path)
    parent[key] = value
    return changed


def without(data: object, path: str) -> Any:
    """A copy of plain values that lacks the entry at a dotted path."""
    changed = copy.deepcopy(data)
    parent, key = _parent(changed, path)
    del parent[key]
    return changed


def _parent(data: Any, path: str) -> tuple[Any, Any]:
    *parents, last = path.split(".")
    for key in parents:
        data = data[int(key) if isinstance(data, list) else key]
    return data, int(last) if isinstance(data, list) else last


def path_exists(data: object, path: str) -> bool:
    """Whether a dotted path leads to a value; keys are compared as written, and may hold dots themselves."""
    if isinstance(data, dict):
        entries: Iterator[tuple[str, object]] = ((str(key), value) for key, value in data.items())
    elif isinstance(data, list):
        entries = ((str(index), value) for index, value in enumerate(data))
    else:
        return False
    return any(
        path == key or (path.startswith(f"{key}.") and path_exists(value, path[len(key) + 1 :]))
        for key, value in entries
    )


def annotation(
    annotation_id: str = "a", start: int = 0, end: int = 5, label: str = "claim", **fields: Any
) -> Annotation:
    """An annotation under `SCHEMA`, with the default attributes of its label unless others are given."""
    known = SCHEMA.label(label)
    fields.setdefault("attributes", known.defaults() if known else ())
    fields.setdefault("schema_version", SCHEMA.version)
    return Annotation(annotation_id, start, end, label, **fields)


def related() -> AnnotationState:
    """A claim `c` attributed to a source `s` (`r1`), which repeats another claim `d` (`r2`)."""
    return AnnotationState.of(
        [
            annotation("c", 0, 10),
            annotation("s", 10, 15, "source"),
            annotation("d", 20, 30),
            Relation("r1", "attributed_to", "c", "s"),
            Relation("r2", "repeats", "c", "d"),
        ]
    )


def brute_force_legal(state: AnnotationState) -> bool:
    """Whether a state keeps the schema's rules on overlap and relations, by looking at every pair."""
    annotations = state.annotations
    pairs = [(one, other) for one in annotations for other in annotations if one.id < other.id]
    return all(_pair_legal(one, other) for one, other in pairs) and all(
        _relation_legal(relation, state) for relation in state.relations
    )


def _pair_legal(one: Annotation, other: Annotation) -> bool:
    mine, yours = set(range(one.start, one.end)), set(range(other.start, other.end))
    if one.label != other.label or not mine & yours:
        return True
    if mine == yours:
        return False
    nested = mine <= yours or yours <= mine
    return {"boilerplate": False, "passage": nested}.get(one.label, True)


def _relation_legal(relation: Relation, state: AnnotationState) -> bool:
    head, tail = state.annotation(relation.head), state.annotation(relation.tail)
    siblings = [one for one in state.relations if (one.label, one.head) == (relation.label, relation.head)]
    if head is None or tail is None or head is tail or len({one.tail for one in siblings}) < len(siblings):
        return False
    if relation.label == "attributed_to":
        return (head.label, tail.label) == ("claim", "source") and len(siblings) <= 2
    if relation.label == "answers":
        return head.label == "claim" and tail.label in ("claim", "source") and len(siblings) == 1
    return {head.label, tail.label} <= {"claim", "passage"}


def spans(length: int = LENGTH, *, empty: bool = False) -> st.SearchStrategy[tuple[int, int]]:
    """Spans inside a text of `length` code points, with empty ones if wanted."""
    last = length if empty else length - 1
    grown = 0 if empty else 1
    pairs = st.tuples(st.integers(0, last), st.integers(0, last))
    return pairs.map(lambda pair: (min(pair), max(pair) + grown))


@st.composite
def attributes(draw: st.DrawFn, label: Label) -> Attributes:
    """Attributes that a label allows."""
    return tuple(
        (one.id, draw(st.text(max_size=3) if one.type == "text" else st.sampled_from(one.values)))
        for one in label.attributes
    )


@st.composite
def any_annotations(draw: st.DrawFn, annotation_id: str | None = None) -> Annotation:
    """Annotations that `SCHEMA` allows, hidden ones too; overlap is not looked at."""
    label = draw(st.sampled_from(SCHEMA.labels))
    start, end = draw(spans(empty=True))
    return Annotation(
        id=draw(_ids("a")) if annotation_id is None else annotation_id,
        start=start,
        end=end,
        label=label.id,
        attributes=draw(attributes(label)),
        origin=draw(st.sampled_from(["manual", "furniture"])),
        schema_version=draw(st.integers(1, 3)),
        raw=(start, start + 4) if start == end else None,
    )


def relations(relation_id: str | None = None) -> st.SearchStrategy[Relation]:
    """Relations between any ids, whether or not there are such annotations."""
    return st.builds(
        Relation,
        id=_ids("r") if relation_id is None else st.just(relation_id),
        label=st.sampled_from([one.id for one in SCHEMA.relations]),
        head=_ids("a"),
        tail=_ids("a"),
    )


def values(slot: Slot | None = None) -> st.SearchStrategy[Value]:
    """Values of every kind; those of one slot where it is given."""
    if slot is not None:
        return _values_of(*slot)
    kinds = ("annotation", "relation", "document_label", "note", "status")
    return st.one_of(*(_values_of(kind, None) for kind in kinds))


def _values_of(kind: str, value_id: str | None) -> st.SearchStrategy[Value]:
    match kind:
        case "annotation":
            return any_annotations(value_id)
        case "relation":
            return relations(value_id)
        case "document_label":
            return st.sampled_from(["opinion", "breaking"] if value_id is None else [value_id]).map(DocumentLabel)
        case "note":
            return st.builds(Note, st.text(min_size=1, max_size=5))
        case _:
            return st.builds(Status, st.sampled_from(STATUSES))


def _ids(letter: str) -> st.SearchStrategy[str]:
    return st.integers(0, 9).map(lambda number: f"{letter}{number}")


def states() -> st.SearchStrategy[AnnotationState]:
    """States of any values, legal or not: what operations are about."""
    return st.lists(values(), max_size=12).map(AnnotationState.of)


@st.composite
def legal_states(draw: st.DrawFn, schema: Schema = SCHEMA) -> AnnotationState:
    """States that the builders of operations could have made under a schema with the labels of `SCHEMA`."""
    state = AnnotationState()
    for number in range(draw(st.integers(0, 8))):
        with suppress(OperationError):
            state, _ = apply(state, edits.add(state, SCHEMA, draw(any_annotations(f"a{number}")), LENGTH))
    for number in range(draw(st.integers(0, 6))):
        relation = draw(fitting_relations(state, schema, f"r{number}"))
        with suppress(OperationError):
            state, _ = apply(state, relating.relate(state, schema, relation))
    return state


@st.composite
def fitting_relations(draw: st.DrawFn, state: AnnotationState, schema: Schema, relation_id: str) -> Relation:
    """Relations between two annotations whose labels their type allows; between none where there are none such."""
    fitting = [
        Relation(relation_id, kind.id, head.id, tail.id)
        for kind in schema.relations
        for head in state.annotations
        for tail in state.annotations
        if head.label in kind.head and tail.label in kind.tail and head is not tail
    ]
    return draw(st.sampled_from(fitting or [Relation(relation_id, schema.relations[0].id, "none", "none")]))


@st.composite
def operations_on(draw: st.DrawFn, state: AnnotationState) -> Operation:
    """Operations that fit a state: adds, removals and replacements, of one slot more than once too."""
    present = dict(state.values)
    changes = []
    for _ in range(draw(st.integers(1, 6))):
        existing = draw(st.none() | st.sampled_from(sorted(present))) if present else None
        after = draw(values() if existing is None else st.none() | values(existing))
        slot = existing if after is None else after.slot
        assert slot is not None
        changes.append(Change(present.get(slot), after))
        present.pop(slot, None)
        if after is not None:
            present[slot] = after
    name: OperationName = draw(st.sampled_from(OPERATION_NAMES))
    return Operation(name, tuple(changes))


def plain_data() -> st.SearchStrategy[Any]:
    """Whatever YAML or JSON may give: scalars, lists and mappings, often with a schema's own words."""
    words = st.sampled_from(
        ["id", "key", "name", "version", "labels", "colour", "type", "enum", "values", "default", "c", "en", "rtl"]
    )
    scalars = (
        words
        | st.text(max_size=4)
        | st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.binary(max_size=2)
        | st.dates(date(2000, 1, 1), date(2001, 1, 1))
    )
    keys = words | st.text(max_size=3) | st.booleans() | st.integers() | st.none()
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


@st.composite
def damaged_schemas(draw: st.DrawFn) -> Any:
    """The plain values of `SCHEMA` with up to three entries taken out, replaced or put in."""
    data = schema_data()
    for _ in range(draw(st.integers(1, 3))):
        parent: Any = draw(st.sampled_from(list(_containers(data))))
        keys = list(range(len(parent))) if isinstance(parent, list) else sorted(parent, key=str)
        key = draw(st.none() | st.sampled_from(keys)) if keys else None
        if key is None and isinstance(parent, list):
            parent.append(draw(plain_data()))
        elif key is None:
            parent[draw(st.text(max_size=3) | st.booleans())] = draw(plain_data())
        elif draw(st.booleans()):
            del parent[key]
        else:
            parent[key] = draw(plain_data())
    return data


def _containers(data: object) -> Iterator[object]:
    """Every mapping and list of plain values, the outermost first."""
    if isinstance(data, dict | list):
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from _containers(value)
