"""`annotator merge`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotator.cli import diagnostics, output
from annotator.cli.options import DATABASE, AsJson, Database, Debug
from annotator.cli.wording import counted


if TYPE_CHECKING:
    from annotator.agreement.policies import Policy
    from annotator.services.project import Project
    from annotator.services.reviewing import MergeReport, StatusFilter


EVERY = 20
"""Documents between two signs of progress."""


def merge(
    policy: Annotated[
        Literal["unanimous", "majority", "trivial", "none"],
        typer.Option(
            "--policy",
            help="What becomes gold: what all annotators of a document marked exactly alike, what more than half of "
            "them did and nobody else otherwise, also the longest of boundaries that differ trivially, or nothing.",
        ),
    ] = "unanimous",
    status: Annotated[
        Literal["any", "done"],
        typer.Option("--status", help="The work of all annotators, or of those who are done with a document."),
    ] = "any",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it, and change nothing.")] = False,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Make gold of what needs no reviewer.

    What a reviewer decided is never touched. Merging again decides only what is new, and what changed since a policy
    decided it.
    """
    from annotator.agreement.policies import find_policy
    from annotator.services.project import open_project, rehearse

    with open_project(database) as project:
        if dry_run:
            with rehearse(database, None) as copy:
                report = _merge(copy, find_policy(policy), status)
        else:
            report = _merge(project, find_policy(policy), status)
    if as_json:
        output.json({"policy": policy, "dry_run": dry_run, **asdict(report)})
        return
    output.lines(_said(report, policy, is_dry_run=dry_run))


def _merge(project: Project, policy: Policy, status: StatusFilter) -> MergeReport:
    from annotator.services.reviewing import merge as merge_documents

    counter = diagnostics.Counter("documents")

    def show(done: int, total: int) -> None:
        if done % EVERY == 0:
            counter.show(done)

    try:
        return merge_documents(project, policy, status=status, on_document=show)
    finally:
        counter.close()


def _said(report: MergeReport, policy: str, *, is_dry_run: bool) -> list[str]:
    if is_dry_run:
        diagnostics.message("dry run: nothing was decided")
    verb = "would be decided" if is_dry_run else "decided"
    lines = [f"{verb} by {policy}: {counted(report.items, 'item')} in {counted(report.documents, 'document')}"]
    if report.empty:
        lines.append(f"nothing marked by anybody: {counted(report.empty, 'document')}")
    left = counted(report.left_documents, "document")
    lines.append(f"left to a reviewer: {counted(report.left, 'item')} in {left}")
    return lines
