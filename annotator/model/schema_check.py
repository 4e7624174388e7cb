"""From the plain values of a schema file to a Schema, or to one SchemaError that says what is wrong and where.

`key` of the error is the dotted path of the offending value; whoever read the file adds its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from annotator.errors import SchemaError
from annotator.model.schema import (
    COLOURS,
    RESERVED_KEYS,
    Attribute,
    AttributeType,
    DocumentLabelType,
    Example,
    Label,
    Localized,
    Overlap,
    RelationType,
    Schema,
)


T = TypeVar("T")
SURROGATE = re.compile("[\ud800-\udfff]")
ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
QUOTE_HINT = (
    'YAML reads unquoted yes, no, on, off, true and false as booleans, and digits as numbers: put it in "quotes".'
)


def shown(value: object) -> str:
    """A value in an error message; Python refuses to print numbers of thousands of digits."""
    if isinstance(value, int) and abs(value) >= 10**100:
        return "a very large number"
    return repr(value)[:100]


@dataclass(frozen=True)
class Node:
    """A value of the file and its dotted path."""

    value: object
    path: str

    def fail(self, message: str, hint: str = "") -> SchemaError:
        """An error at this value."""
        return SchemaError(message, key=self.path, hint=hint)

    def fields(self, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> dict[str, Node]:
        """The entries of a mapping, whose keys must be the given ones."""
        if not isinstance(self.value, dict):
            raise self.fail("must be a mapping of keys to values")
        for key in self.value:
            if key not in required and key not in optional:
                known = ", ".join((*required, *optional))
                raise Node(None, self.join(key)).fail(f"unknown key {shown(key)}", f"Known keys here: {known}.")
        for key in required:
            if key not in self.value:
                raise self.fail(f"key {key!r} is missing")
        return {key: Node(value, self.join(key)) for key, value in self.value.items()}

    def join(self, key: object) -> str:
        """The path of an entry."""
        return f"{self.path}.{key}" if self.path else str(key)

    def items(self) -> Iterator[Node]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.fail("must be a list")
        for index, value in enumerate(self.value):
            yield Node(value, self.join(index))

    def text(self) -> str:
        """A string."""
        if isinstance(self.value, str):
            if SURROGATE.search(self.value):
                raise self.fail("holds half of a surrogate pair, which is no character")
            return self.value
        kind = "boolean" if isinstance(self.value, bool) else type(self.value).__name__
        raise self.fail(f"must be a text, and is a {kind} ({shown(self.value)})", QUOTE_HINT)

    def id(self) -> str:
        """An identifier."""
        text = self.text()
        if not ID.fullmatch(text):
            raise self.fail(f"{text!r} is no identifier", "Use small Latin letters, digits and _, a letter first.")
        return text

    def choice(self, *choices: str) -> str:
        """One of several words."""
        text = self.text()
        if text not in choices:
            raise self.fail(f"{text!r} is not one of: {', '.join(choices)}")
        return text

    def number(self, lowest: int) -> int:
        """A whole number that a database can hold."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not lowest <= self.value < 2**31:
            raise self.fail(f"must be a whole number of at least {lowest}, and is {shown(self.value)}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.fail(f"must be true or false, and is {shown(self.value)}")
        return self.value


def check_schema(data: object) -> Schema:
    """Build a schema from plain values, as YAML or JSON give them.

    Raises:
        SchemaError: At the first thing that is wrong, with the path of the value in `key`.
    """
    top = Node(data, "").fields(
        required=("name", "version", "labels"), optional=("language", "direction", "relations", "document_labels")
    )
    labels = _list(top, "labels", _label)
    if not labels:
        raise top["labels"].fail("a schema needs at least one label")
    _unique(top["labels"], "id", [label.id for label in labels])
    _unique(top["labels"], "key", [label.key for label in labels])
    relations = _list(top, "relations", _relation)
    _unique(top.get("relations", top["labels"]), "id", [relation.id for relation in relations])
    _check_ends({label.id for label in labels}, relations)
    document_labels = _list(top, "document_labels", _document_label)
    _unique(top.get("document_labels", top["labels"]), "id", [label.id for label in document_labels])
    return Schema(
        name=top["name"].id(),
        version=top["version"].number(1),
        language=top["language"].text() if "language" in top else "ar",
        direction="ltr" if "direction" in top and top["direction"].choice("rtl", "ltr") == "ltr" else "rtl",
        labels=labels,
        relations=relations,
        document_labels=document_labels,
    )


def _list(fields: dict[str, Node], key: str, build: Callable[[Node], T]) -> tuple[T, ...]:
    return tuple(build(item) for item in fields[key].items()) if key in fields else ()


def _localized(fields: dict[str, Node], key: str) -> Localized:
    if key not in fields:
        return Localized()
    texts = {language: node.text().strip() for language, node in fields[key].fields(optional=("en", "ar")).items()}
    return Localized(**texts)


def _label(node: Node) -> Label:
    fields = node.fields(
        required=("id", "key", "colour"),
        optional=("name", "guideline", "examples", "attributes", "furniture", "overlap"),
    )
    attributes = _list(fields, "attributes", _attribute)
    _unique(fields.get("attributes", node), "id", [attribute.id for attribute in attributes])
    return Label(
        id=fields["id"].id(),
        key=_key(fields["key"]),
        colour=fields["colour"].choice(*COLOURS),
        name=_localized(fields, "name"),
        guideline=_localized(fields, "guideline"),
        examples=_list(fields, "examples", _example),
        attributes=attributes,
        furniture=fields["furniture"].flag() if "furniture" in fields else False,
        overlap=_overlap(fields),
    )


def _overlap(fields: dict[str, Node]) -> Overlap:
    return cast("Overlap", fields["overlap"].choice("any", "nested", "none")) if "overlap" in fields else "any"


def _key(node: Node) -> str:
    key = node.text()
    if len(key) != 1 or not key.isascii() or not key.isalpha():
        raise node.fail(f"{key!r} is not one Latin letter")
    if key in RESERVED_KEYS:
        free = " ".join(sorted(set("abcdefghijklmnopqrstuvwxyz") - RESERVED_KEYS))
        raise node.fail(f"the key {key!r} is reserved for a command", f"Free letters: {free}.")
    return key


def _example(node: Node) -> Example:
    fields = node.fields(required=("text",), optional=("note",))
    return Example(fields["text"].text(), _localized(fields, "note"))


def _attribute(node: Node) -> Attribute:
    fields = node.fields(
        required=("id", "type", "default"), optional=("values", "value_names", "required", "name", "guideline")
    )
    kind = fields["type"].choice("enum", "bool", "text")
    if (kind == "enum") != ("values" in fields):
        raise node.fail("values belong to an attribute of type enum, and only there")
    if "required" in fields and kind != "text":
        raise fields["required"].fail("only an attribute of type text can be required; others always have a value")
    values = ("false", "true") if kind == "bool" else _list(fields, "values", Node.text)
    if len(set(values)) < len(values):
        raise fields["values"].fail("a value is listed twice")
    default = fields["default"]
    if kind == "bool" and isinstance(default.value, bool):
        default = Node(str(default.value).lower(), default.path)
    attribute = Attribute(
        id=fields["id"].id(),
        type=cast("AttributeType", kind),
        default=default.text(),
        values=values,
        value_names=_value_names(fields, values),
        name=_localized(fields, "name"),
        guideline=_localized(fields, "guideline"),
        required=fields["required"].flag() if "required" in fields else False,
    )
    if not attribute.allows(attribute.default):
        raise fields["default"].fail(f"{attribute.default!r} is not one of: {', '.join(values)}")
    return attribute


def _value_names(fields: dict[str, Node], values: tuple[str, ...]) -> dict[str, Localized]:
    if "value_names" not in fields:
        return {}
    names = fields["value_names"].fields(optional=values)
    return {value: _localized(names, value) for value in names}


def _relation(node: Node) -> RelationType:
    fields = node.fields(required=("id", "head", "tail"), optional=("min", "max", "name", "guideline"))
    least = fields["min"].number(0) if "min" in fields else 0
    most = fields["max"].number(1) if "max" in fields else None
    if most is not None and least > most:
        raise fields["min"].fail(f"{least} is more than max, which is {most}")
    return RelationType(
        id=fields["id"].id(),
        head=_list(fields, "head", Node.id),
        tail=_list(fields, "tail", Node.id),
        min=least,
        max=most,
        name=_localized(fields, "name"),
        guideline=_localized(fields, "guideline"),
    )


def _document_label(node: Node) -> DocumentLabelType:
    fields = node.fields(required=("id",), optional=("name", "guideline"))
    return DocumentLabelType(fields["id"].id(), _localized(fields, "name"), _localized(fields, "guideline"))


def _unique(node: Node, what: str, values: list[str]) -> None:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise Node(None, f"{node.path}.{index}.{what}").fail(f"{what} {value!r} is used twice")


def _check_ends(labels: set[str], relations: tuple[RelationType, ...]) -> None:
    for index, relation in enumerate(relations):
        for end, ids in (("head", relation.head), ("tail", relation.tail)):
            if not ids:
                raise Node(None, f"relations.{index}.{end}").fail("needs at least one label")
            if unknown := [label for label in ids if label not in labels]:
                raise Node(None, f"relations.{index}.{end}").fail(f"{unknown[0]!r} is no label of this schema")
