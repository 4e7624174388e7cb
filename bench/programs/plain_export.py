"""The baseline of the export: a plain loop over Core rows that builds the same dictionaries and dumps them, unchecked.

It makes neither documents nor annotations of the rows, and does not know notes, hidden spans or records of some only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Table, create_engine, select

from annotator.store.tables import ANNOTATION, ANNOTATOR, CONTENT, DOCUMENT, DOCUMENT_LABEL, PROGRESS, RELATION
from annotator.text.offsets import OffsetMap


PIECE = 200
"""Documents in one query."""

Rows = dict[tuple[int, int], list[Any]]
"""Rows by document and annotator."""


def export(database: Path, out: Path, schema: dict[str, Any]) -> None:
    """Write all records of a database.

    Args:
        database: The database.
        out: The file to write.
        schema: Name and version, as they stand in each record.
    """
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection, out.open("wb") as file:
        names = [(row.id, row.name) for row in connection.execute(select(ANNOTATOR).order_by(ANNOTATOR.c.name_key))]
        ids = list(connection.execute(select(DOCUMENT.c.id).order_by(DOCUMENT.c.doc_id)).scalars())
        for first in range(0, len(ids), PIECE):
            for record in _records(connection, ids[first : first + PIECE], names, schema):
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    engine.dispose()


def _records(
    connection: Connection, ids: Sequence[int], names: Sequence[tuple[int, str]], schema: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    spans = _rows(connection, ANNOTATION, ids, "id start end label attributes origin")
    relations = _rows(connection, RELATION, ids, "label id head tail attributes")
    labels = _rows(connection, DOCUMENT_LABEL, ids, "label")
    progress = _rows(connection, PROGRESS, ids, "status")
    joined = select(DOCUMENT, CONTENT).join(CONTENT, CONTENT.c.document_id == DOCUMENT.c.id)
    for row in connection.execute(joined.where(DOCUMENT.c.id.in_(ids)).order_by(DOCUMENT.c.doc_id)):
        text, meta, offsets = row.text, orjson.loads(row.meta), _map(row)
        for annotator, name in names:
            place = (row.id, annotator)
            if place in progress:
                yield {
                    "format": "annotator/1",
                    "doc_id": row.doc_id,
                    "text": text,
                    "text_sha256": row.text_sha256,
                    "offset_unit": "codepoint",
                    "title": row.title,
                    "meta": meta,
                    "raw_sha256": row.raw_sha256,
                    "cleaner": row.cleaner,
                    "schema": schema,
                    "annotator": name,
                    "status": progress[place][0][2],
                    "spans": [_span(span, text, offsets) for span in sorted(spans[place], key=_span_order)],
                    "relations": [_relation(relation) for relation in sorted(relations[place], key=_relation_order)],
                    "document_labels": [label[2] for label in labels[place]],
                }


def _rows(connection: Connection, table: Table, ids: Sequence[int], columns: str) -> Rows:
    found: Rows = defaultdict(list)
    chosen = [table.c[name] for name in ("document_id", "annotator_id", *columns.split())]
    for row in connection.execute(select(*chosen).where(table.c.document_id.in_(ids))):
        found[row[0], row[1]].append(row)
    return found


def _map(row: Any) -> OffsetMap:
    flat = orjson.loads(row.edits)
    edits = tuple(zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True))
    return OffsetMap(len(row.text) if row.raw is None else len(row.raw.decode()), len(row.text), edits)


def _span_order(row: Any) -> tuple[int, int, str, str]:
    _, _, id_, start, end, label, _, _ = row
    return start, -end, label, id_


def _span(row: Any, text: str, offsets: OffsetMap) -> dict[str, Any]:
    _, _, id_, start, end, label, attributes, origin = row
    raw_start, raw_end = offsets.to_source(start, end)
    return {
        "id": id_,
        "start": start,
        "end": end,
        "label": label,
        "text": text[start:end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "attributes": _pairs(attributes),
        "origin": origin,
    }


def _relation_order(row: Any) -> tuple[str, str]:
    return row[2], row[3]


def _relation(row: Any) -> dict[str, Any]:
    _, _, label, id_, head, tail, attributes = row
    return {"id": id_, "label": label, "head": head, "tail": tail, "attributes": _pairs(attributes)}


def _pairs(attributes: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in orjson.loads(attributes)]
