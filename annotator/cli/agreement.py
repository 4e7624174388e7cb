"""`annotator agreement`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotator.cli import diagnostics, output
from annotator.cli.diagnostics import ExitCode
from annotator.cli.options import DATABASE, AsJson, Database, Debug
from annotator.errors import UsageError


if TYPE_CHECKING:
    from annotator.agreement.report.tables import Report, Table
    from annotator.model.schema import Language
    from annotator.services.measuring import StudyOptions
    from annotator.services.project import Project


Figure = Literal[
    "f1_exact",
    "f1_overlap",
    "f1_character",
    "alpha",
    "gamma",
    "f1_trivial",
    "f1_exact_unlabelled",
    "f1_overlap_unlabelled",
    "f1_character_unlabelled",
    "f1_relation_exact",
    "f1_relation_aligned",
    "gamma_cat",
    "u_alpha",
    "u_alpha_binary",
]
"""The names of the figures of a whole study."""

TABLES = (
    "overall",
    "labels",
    "pairs",
    "documents",
    "kinds",
    "pair_kinds",
    "confusion",
    "edges",
    "further",
    "further_labels",
    "relations",
    "attributes",
    "document_labels",
    "time",
    "guidelines",
    "lengths",
    "annotators",
)

WIDTH = 100
"""Columns that sentences are broken into."""


def agreement(  # noqa: PLR0913, PLR0917  # one for each option
    status: Annotated[
        Literal["any", "done"], typer.Option("--status", help="All work, or what its annotator finished.")
    ] = "any",
    who: Annotated[
        list[str] | None,
        typer.Option("--who", metavar="NAME,NAME", help="The annotators to compare.  [default: all]"),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option("--label", metavar="NAME,NAME", help="The labels to look at.  [default: all]"),
    ] = None,
    tables: Annotated[
        list[str] | None,
        typer.Option(
            "--tables", metavar="NAME,NAME", help=f"The tables to print: {', '.join(TABLES)}.  [default: the first two]"
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Print all tables.")] = False,
    as_json: AsJson = False,
    csv: Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write all figures as CSV.")] = None,
    markdown: Annotated[str | None, typer.Option("--markdown", metavar="FILE", help="Write Markdown.")] = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write a page with plots and disputed places.")
    ] = None,
    lang: Annotated[Literal["en", "ar"], typer.Option("--lang", help="The language of the page.")] = "en",
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="X", help="End with exit code 1 where the figure is below.")
    ] = None,
    figure: Annotated[Figure, typer.Option("--measure", help="The figure that --fail-under looks at.")] = "f1_exact",
    samples: Annotated[
        int, typer.Option("--samples", min=0, help="Chance samples of γ for each document; 0 leaves γ out.")
    ] = 30,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same figures.")] = 0,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, metavar="N", help="Processes that measure.  [default: one per processor]"),
    ] = None,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Measure how far annotators agree.

    All documents count that two annotators or more have worked on. What is printed are the figures over all labels
    and those of each label; --all and --tables print the rest. A FILE is replaced as a whole; - is standard output.
    """
    from annotator.services.measuring import StudyOptions
    from annotator.services.project import open_project

    chosen = _tables(tables, all_)
    files = {name: file for name, file in (("csv", csv), ("markdown", markdown), ("html", html)) if file is not None}
    is_taken = [*files.values()].count("-") + as_json
    if is_taken > 1:
        raise UsageError("only one form fits on standard output", hint="Name a file for the others.")
    if fail_under is not None and not isfinite(fail_under):
        raise UsageError("--fail-under takes a number", hint="For example: --fail-under 0.8")
    options = StudyOptions(status, _split(who), _split(label), samples, seed, jobs)
    with open_project(database) as project:
        report = _measured(project, options, [Path(file) for file in files.values() if file != "-"])
    for name, file in files.items():
        _write(file, _form(name, report, lang))
    if as_json:
        from annotator.agreement.report.tables import to_plain

        output.json(to_plain(report))
    elif not is_taken:
        _print(report, chosen)
    if fail_under is not None:
        _judge(report, figure, fail_under)


def _split(names: Sequence[str] | None) -> tuple[str, ...]:
    """Names from options that were given several times, or once with commas."""
    return tuple(dict.fromkeys(name.strip() for given in names or () for name in given.split(",") if name.strip()))


def _tables(names: Sequence[str] | None, all_: bool) -> tuple[str, ...] | None:
    """The tables to print; None is those that are always shown."""
    chosen = _split(names)
    for name in chosen:
        if name not in TABLES:
            raise UsageError(f"there is no table {name!r}", hint=f"Tables: {', '.join(TABLES)}.")
    return TABLES if all_ else chosen or None


def _measured(project: Project, options: StudyOptions, files: Sequence[Path]) -> Report:
    from annotator.services.measuring import measure
    from annotator.services.report_files import check_target

    for file in files:
        check_target(file, project)
    counter: list[diagnostics.Counter] = []

    def show_progress(done: int, total: int) -> None:
        if not counter:
            counter.append(diagnostics.Counter(f"of {total:,} documents measured"))
        counter[0].show(done)

    try:
        return measure(project, options, show_progress)
    finally:
        for shown in counter:
            shown.close()


def _form(name: str, report: Report, language: Language) -> str:
    if name == "html":
        return _page(report, language)
    from annotator.agreement.report.forms import to_csv, to_markdown

    return to_csv(report) if name == "csv" else to_markdown(report)


def _page(report: Report, language: Language) -> str:
    from annotator.agreement.report.html import html_page
    from annotator.tui import language as speech

    spoken = speech.language()
    speech.use(language)
    try:
        return html_page(report, language=language, translate=speech._)
    finally:
        speech.use(spoken)


def _write(file: str, text: str) -> None:
    from annotator.services.report_files import write_file

    if file == "-":
        output.verbatim(text)
    else:
        write_file(Path(file), text)
        diagnostics.message(f"{file}: written, {len(text.encode()):,} bytes")


def _print(report: Report, chosen: Sequence[str] | None) -> None:
    """Print tables for people, and say which more there are."""
    from annotator.agreement.report.forms import text_cell

    shown = [table for table in report.tables if (table.is_headline if chosen is None else table.id in chosen)]
    output.lines(
        f"{name.replace('_', ' ')}: {text_cell(fact)}"
        for name, fact in report.facts.items()
        if chosen is TABLES or not _is_nothing(name, fact)
    )
    for table in shown:
        _print_table(table)
    more = ", ".join(table.id for table in report.tables if table not in shown)
    if more:
        diagnostics.message(f"More tables, with --tables NAME,NAME or --all: {more}")


def _is_nothing(name: str, fact: str | int | float) -> bool:
    """Whether a fact only says that there was none of something."""
    return not fact and name != "seed"


def _print_table(table: Table) -> None:
    from annotator.agreement.report.forms import reasons, text_table

    output.lines(["", table.title])
    if not table.rows:
        output.lines(["nothing to show"])
        return
    head, rows = text_table(table)
    output.table(head, rows)
    output.lines(line for note in (*reasons(table), *table.notes) for line in _wrapped(note))


def _wrapped(note: str) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(note, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _judge(report: Report, figure: str, fail_under: float) -> None:
    """Compare a figure with the least that it may be.

    Raises:
        Exit: It is below, or undefined.
    """
    from annotator.agreement.report.building import named_figures

    found = named_figures(report)[figure]
    if found.value is None:
        diagnostics.message(f"{figure} is n/a ({found.note}), so that it is not known to reach {fail_under:g}")
        raise typer.Exit(ExitCode.CHECK_FAILED)
    if found.value < fail_under:
        diagnostics.message(f"{figure} is {found.value:.4f}, below {fail_under:g}")
        raise typer.Exit(ExitCode.CHECK_FAILED)
