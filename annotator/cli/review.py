"""`annotator review`: settle disagreements."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

import typer

from annotator.cli import diagnostics
from annotator.cli.options import DATABASE, Bidi, Colours, Database, Debug, Lang, login_name
from annotator.cli.preferences import settings_of_run
from annotator.cli.terminal import check_terminal
from annotator.cli.wording import counted
from annotator.errors import UsageError


T = TypeVar("T")

EVERY = 20
"""Documents between two signs of progress."""

Policy = Annotated[
    Literal["unanimous", "majority", "trivial", "none"],
    typer.Option(
        "--policy",
        help="What becomes gold without a reviewer: what all annotators marked exactly alike, what most did, also "
        "boundaries that differ trivially, or nothing.",
    ),
]
Finished = Annotated[
    Literal["any", "done"],
    typer.Option("--status", help="The work of all annotators, or of those who are done with a document."),
]


def review(  # noqa: PLR0913, PLR0917  # one for each option
    document: Annotated[
        str | None, typer.Argument(metavar="DOC", help="The document to open; the list opens otherwise.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who reviews.  [default: the login name]")
    ] = None,
    policy: Policy = "unanimous",
    status: Finished = "any",
    allow_own: Annotated[
        bool, typer.Option("--allow-own", help="Also the documents that you annotated yourself.")
    ] = False,
    lang: Lang = None,
    theme: Colours = None,
    bidi: Bidi = None,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Settle disagreements into a gold corpus, in the terminal.

    What the policy allows is merged first. Then the list opens, with the documents first that annotators agree least
    about.
    """
    check_terminal(sys.stdin, sys.__stderr__, os.environ)
    from annotator.agreement.policies import find_policy
    from annotator.services.looking import find_document
    from annotator.services.project import open_project
    from annotator.services.reviewing import merge, reviewable, survey
    from annotator.services.session import check_name

    name = login_name() if name is None else name
    check_name(name)
    settings = settings_of_run(lang, theme, bidi)
    with open_project(database) as project:
        wanted = find_document(project, document) if document is not None else None
        merged = _counting(lambda show: merge(project, find_policy(policy), status=status, on_document=show))
        if merged.items:
            items, documents = counted(merged.items, "item"), counted(merged.documents, "document")
            diagnostics.message(f"merged by {policy}: {items} in {documents}")
        found = _counting(lambda show: survey(project, name, status=status, on_document=show))
        allowed = reviewable(found, allow_own=allow_own)
        if wanted is not None and wanted not in {one.id for one in allowed}:
            raise UsageError(
                f"there is nothing of {document} to review",
                hint="At least two annotators must have worked on it, and you not (--allow-own).",
            )
        left_out = len(found) - len(allowed)
        if left_out:
            diagnostics.message(f"left out: {counted(left_out, 'document')} that you annotated yourself (--allow-own)")
        from annotator.tui.review_app import ReviewApp

        app = ReviewApp(project, name, allowed, wanted, settings, status, merged.items)
        app.run()
        if app.crash is not None:
            raise app.crash


def _counting(work: Callable[[Callable[[int, int], None]], T]) -> T:
    """Do some work, and show how many documents it is through with."""
    counter = diagnostics.Counter("documents")

    def show(done: int, total: int) -> None:
        if done % EVERY == 0:
            counter.show(done)

    try:
        return work(show)
    finally:
        counter.close()
