"""A report as text, as CSV and as Markdown; `tables.to_plain` gives its JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from annotator.agreement.report.tables import Cell, Estimate, Report, Table
from annotator.text.visible import visible


CSV_COLUMNS = ("table", "row", "column", "value", "low", "high", "n", "of", "coverage", "error", "note")
UNDEFINED = "n/a"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so may be run as a formula by a spreadsheet."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$&<>-])")


def text_cell(cell: Cell) -> str:
    """A cell for people: an estimate to three decimals, with its interval."""
    match cell:
        case Estimate():
            return _estimate(cell)
        case None:
            return UNDEFINED
        case float():
            return f"{cell:.3f}"
        case int():
            return f"{cell:,}"
    return cell


def _estimate(estimate: Estimate) -> str:
    if estimate.value is None:
        return UNDEFINED
    error = "" if estimate.error is None else f" ± {estimate.error:.2g}"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}{error}"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]{error}"


def text_table(table: Table) -> tuple[tuple[str, ...], list[tuple[str | int, ...]]]:
    """The head and the rows of a table as texts; counts stay numbers, so that they are lined up as such.

    Where a row has one estimate, what it rests on follows it.
    """
    measured = [number for number, _ in enumerate(table.columns) if _is_measured(table, number)]
    head = tuple(column.title for column in table.columns)
    rows = [tuple(cell if isinstance(cell, int) else text_cell(cell) for cell in row) for row in table.rows]
    if len(measured) != 1:
        return head, rows
    resting = [_resting(row[measured[0]]) for row in table.rows]
    return (*head, "rests on"), [(*row, text) for row, text in zip(rows, resting, strict=True)]


def _is_measured(table: Table, number: int) -> bool:
    return any(isinstance(row[number], Estimate) for row in table.rows)


def _resting(cell: Cell) -> str:
    if not isinstance(cell, Estimate) or not cell.n:
        return ""
    share = f", {cell.coverage:.0%} of all" if cell.coverage < 1 else ""
    return f"{cell.n:,} {cell.of}{share}"


def reasons(table: Table) -> list[str]:
    """Why figures of a table are undefined, and what was left out, each once."""
    found: dict[str, str] = {}
    for row in table.rows:
        name = _row_name(table, row)
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, Estimate) and cell.note:
                key = f"{UNDEFINED}: {cell.note}" if cell.value is None else cell.note
                found.setdefault(key, f"{name}, {column.title}")
    return [f"{where}: {note}" for note, where in found.items()]


def to_csv(report: Report) -> str:
    """Every figure in a line of its own: which table, row and column it is in, and what it rests on.

    Numbers are written as they are, without rounding. The excerpts are left out. A text that a spreadsheet would take
    for a formula gets an apostrophe before it.
    """
    file = io.StringIO()
    writer = csv.writer(file)  # lines end as RFC 4180 has it, so that a lone CR in a text is quoted too
    writer.writerow(CSV_COLUMNS)
    for table in report.tables:
        for row in table.rows:
            name = _row_name(table, row)
            for column, cell in list(zip(table.columns, row, strict=True))[table.named_by :]:
                writer.writerow([_harmless(value) for value in (table.id, name, column.id, *_csv_cell(cell))])
    return file.getvalue()


def _row_name(table: Table, row: Sequence[Cell]) -> str:
    """What tells a row from the others of its table."""
    return " / ".join(map(str, row[: table.named_by]))


def _csv_cell(cell: Cell) -> tuple[object, ...]:
    if not isinstance(cell, Estimate):
        return ("" if cell is None else cell, *[""] * 7)
    numbers = (cell.value, cell.low, cell.high, cell.n, cell.of, cell.coverage, cell.error, cell.note)
    return tuple("" if number is None else number for number in numbers)


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def to_markdown(report: Report) -> str:
    """The report as Markdown with pipe tables; texts from data cannot bring markup into it."""
    return "".join(f"{line}\n" for line in _markdown_lines(report))


def _markdown_lines(report: Report) -> Iterator[str]:
    yield f"# {_escaped(report.title)}"
    yield ""
    for name, fact in report.facts.items():
        yield f"- {_escaped(name.replace('_', ' '))}: {_escaped(text_cell(fact))}"
    for table in report.tables:
        yield from ("", f"## {_escaped(table.title)}", "")
        if not table.rows:
            yield "There is nothing to show."
            continue
        head, rows = text_table(table)
        yield _markdown_row(head)
        yield _markdown_row([":-" if any(isinstance(row[n], str) for row in rows) else "-:" for n in range(len(head))])
        yield from (_markdown_row([_escaped(text_cell(cell)) for cell in row]) for row in rows)
        for note in (*table.notes, *reasons(table)):
            yield from ("", _escaped(note))
    if report.excerpts:
        yield from ("", "## Places to read")
    for excerpt in report.excerpts:
        yield from ("", f"### {_escaped(excerpt.doc_id)}, {_escaped(excerpt.kind)}", "")
        yield f"> {_escaped(excerpt.text)}"
        yield ""
        for mark in excerpt.marks:
            marked = excerpt.text[mark.start : mark.end]
            yield f"- {_escaped(mark.annotator)}, {_escaped(mark.label)}: {_escaped(marked)}"


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(visible(text.replace("\n", " ")).split()))
