"""`annotator show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from annotator.cli import output
from annotator.cli.options import DATABASE, AsJson, Database, Debug, Who, login_name
from annotator.cli.wording import counted, duration


def show(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The id of a document, or the beginning of it.")],
    who: Who = None,
    as_json: AsJson = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the raw text alone; with --json, add it and its map to the record.")
    ] = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Show a document and what an annotator has marked in it."""
    from annotator.services import looking
    from annotator.services.project import open_project

    with open_project(database) as project:
        name = looking.find_annotator(project, who) if who is not None else login_name()
        record = looking.show(project, document, name, raw=raw)
    if as_json:
        output.json(record)
    elif raw:
        output.verbatim(record["raw_text"])
    else:
        output.lines(_for_people(record))


def _for_people(record: dict[str, Any]) -> Iterator[str]:
    """The text in logical order, as it is stored; it may go to a pipe."""
    spans = record["spans"]
    yield f"{record['doc_id']}: {record['title']}"
    progress = [record["status"], counted(len(spans), "span")]
    if "active_seconds" in record:
        progress.append(f"active {duration(record['active_seconds'])}")
    yield f"{counted(len(record['text']), 'character')}; {record['annotator']}: {', '.join(progress)}"
    if record.get("note"):
        yield f"note: {record['note']}"
    yield ""
    yield from record["text"].split("\n")
    if spans:
        yield ""
    for span in spans:
        attributes = ", ".join(f"{pair['key']}={pair['value']}" for pair in span["attributes"])
        label = f"{span['label']} ({attributes})" if attributes else span["label"]
        yield f"{span['start']}–{span['end']}  {label}  {span['text']}"
    texts = {span["id"]: span["text"] for span in spans}
    for relation in record["relations"]:
        yield f"{relation['label']}  {texts[relation['head']]}  →  {texts[relation['tail']]}"
    if record["document_labels"]:
        yield f"document: {', '.join(record['document_labels'])}"
