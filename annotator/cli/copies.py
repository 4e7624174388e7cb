"""`annotator copies`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli import diagnostics, output
from annotator.cli.options import DATABASE, AsJson, Database, Debug
from annotator.cli.wording import counted


if TYPE_CHECKING:
    from annotator.services.project import Project


def copies(
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """List documents that are nearly the same.

    Such as an agency's text on several sites. Their bodies are compared, without page furniture. Labels that somebody
    gave one of them are suggested in the others, see `suggest`.
    """
    from annotator.services.copies import list_copies
    from annotator.services.project import open_project

    with open_project(database) as project:
        _find(project)
        found = list_copies(project)
    if as_json:
        output.json(
            [
                [{"doc_id": one.doc_id, "title": one.title, "likeness": round(one.likeness, 3)} for one in group]
                for group in found
            ]
        )
        return
    documents = sum(map(len, found))
    output.lines([f"{counted(len(found), 'cluster')} with {counted(documents, 'document')}"])
    for group in found:
        output.lines(["", *(f"{round(100 * one.likeness):3} %  {one.doc_id}  {one.title}" for one in group)])


def _find(project: Project) -> None:
    """Look for copies where documents are new; what is furniture in them has to be known for that."""
    from annotator.services.copies import find_copies, is_outdated
    from annotator.services.suggesting import not_looked_at, suggest
    from annotator.suggest.registry import rule_suggesters

    if not is_outdated(project):
        return
    counter = diagnostics.Counter("documents")
    try:
        rules = rule_suggesters()
        suggest(project, rules, not_looked_at(project, rules), on_document=counter.show)
        find_copies(project, on_document=counter.show)
    finally:
        counter.close()
