"""Label schemas as YAML files: reading them with places for errors, and finding the ones that are shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from annotator.errors import SchemaError
from annotator.model.schema import Schema
from annotator.model.schema_check import check_schema


MAX_SIZE = 1024 * 1024
MAX_DEPTH = 50
SHIPPED = ("news", "attribution", "minimal")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: ten times as quick, and a schema is read at every start."""

Places = dict[str, tuple[int, int]]
"""Line and column, from 1, of each value by its dotted path."""


def shipped_folder(name: str) -> Path:
    """The folder of shipped `schemas` or `samples`: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def read_schema_source(name_or_file: str) -> tuple[str, str]:
    """The YAML of a schema and the name of its source, for a shipped name or a file.

    Raises:
        SchemaError: There is no such schema, or it cannot be read.
    """
    shipped = shipped_folder("schemas") / f"{name_or_file}.yaml"
    path = shipped if name_or_file in SHIPPED else Path(name_or_file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SchemaError(
            f"cannot read the schema {name_or_file!r}: {error.strerror}",
            hint=f"Give the path of a YAML file, or one of: {', '.join(SHIPPED)}.",
        ) from error
    if len(data) > MAX_SIZE:
        raise SchemaError("a schema has at most 1 MB", source=path.name)
    try:
        return data.decode("utf-8-sig"), path.name
    except UnicodeDecodeError as error:
        raise SchemaError(f"not UTF-8 (byte {error.start + 1})", source=path.name) from error


def parse_schema(text: str, source: str) -> Schema:
    """Build a schema from YAML.

    Raises:
        SchemaError: With file, line, column and key of what is wrong.
    """
    places: Places = {}
    try:
        data = _compose(text, places)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise SchemaError(error.problem or "this is no YAML", source=source, line=line, column=column) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SchemaError(f"this is no YAML ({type(error).__name__})", source=source) from error
    try:
        return check_schema(data)
    except SchemaError as error:
        line, column = _place(places, error.key)
        raise SchemaError(
            error.message.removeprefix(f"{error.key}: "),
            hint=error.hint,
            source=source,
            line=line,
            column=column,
            key=error.key,
        ) from None


def _compose(text: str, places: Places) -> object:
    _check_events(text)
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _Values(loader, places).value(node, "")
    finally:
        loader.dispose()


def _check_events(text: str) -> None:
    """Refuse aliases, of which a few lines can stand for millions of values, and nesting that would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _problem("aliases are not allowed", event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _problem(f"nested more than {MAX_DEPTH} deep", event)


def _problem(problem: str, node: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


class _Values:
    """Turns nodes into plain values and notes the place of each."""

    def __init__(self, loader: Any, places: Places) -> None:
        self._loader, self._places = loader, places

    def value(self, node: Any, path: str) -> Any:
        """The value of a node.

        Raises:
            MarkedYAMLError: A key is no text or stands twice.
        """
        self._places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            prefix = f"{path}." if path else ""
            return [self.value(item, f"{prefix}{index}") for index, item in enumerate(node.value)]
        return self._loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._loader.construct_object(key_node)
            if not isinstance(key, str):
                raise _problem(f"the key {key!r} is no text: put it in quotes", key_node)
            if key in mapping:
                raise _problem(f"the key {key!r} stands twice", key_node)
            below = f"{path}.{key}" if path else key
            mapping[key] = self.value(value_node, below)
            if value_node.start_mark.line != key_node.start_mark.line:
                self._places[below] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return mapping


def _place(places: Places, key: str) -> tuple[int, int]:
    """The place of a value, or of the nearest one around it."""
    while key and key not in places:
        key = key.rpartition(".")[0]
    return places.get(key, (0, 0))
