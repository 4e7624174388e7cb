"""`annotator documents`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.cli import output
from annotator.cli.options import DATABASE, AsJson, Database, Debug, Who, login_name


if TYPE_CHECKING:
    from annotator.services.looking import DocumentSummary


def documents(
    who: Who = None,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """List the documents, with how far an annotator is in each."""
    from annotator.services.looking import find_annotator, list_documents
    from annotator.services.project import open_project

    with open_project(database) as project:
        name = find_annotator(project, who) if who is not None else login_name()
        found = list_documents(project, name)
    if as_json:
        output.json([_plain(document) for document in found])
    else:
        output.table(
            ("id", "status", "spans", "length", "title"),
            [(row.doc_id, row.status, row.annotations, row.length, row.title) for row in found],
        )


def _plain(document: DocumentSummary) -> dict[str, Any]:
    url = document.meta.get("url")
    return {
        "id": document.doc_id,
        "title": document.title,
        "source": document.meta.get("source", ""),
        **({"url": url} if url else {}),
        "status": document.status,
        "length": document.length,
        "annotations": document.annotations,
        "active_seconds": document.active_seconds,
    }
