"""A report as one HTML page that asks for nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from math import isnan
from typing import Any

from annotator.agreement.report import plots
from annotator.agreement.report.fact_names import fact_name, is_word
from annotator.agreement.report.marking import lines_of, pieces_of
from annotator.agreement.report.plots import Plot, Translate
from annotator.agreement.report.tables import Estimate, Report, Table
from annotator.errors import N_
from annotator.model.schema import Language
from annotator.text.visible import visible


LONG = 50
"""Rows of a table that are shown without being asked for."""

BRIEF, BESIDE, WIDE = 20, 5, 8
"""A table of more rows and more than three columns, or of more than `BESIDE` columns, stands below its plot, not beside
it; one of `WIDE` columns is printed crosswise."""

WORDS = {
    "contents": N_("Contents"),
    "facts": N_("What this report rests on"),
    "excerpts": N_("Places to read"),
    "further": N_("Further rows:"),
    "empty": N_("There is nothing to show here."),
    "undefined": N_("n/a"),
    "resting": N_("n {number} {unit}"),
    "coverage": N_("covers {share}"),
    "sampling": N_("sampling error {error}"),
    "no plots": N_("There are no plots, because matplotlib is not installed: pip install 'annotator[plots]'"),
}
"""The page's own words."""

_OWN_COLUMNS = {"measure", "edge"}
"""Columns whose texts are the report's own words and not data."""

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A cell as it is shown.

    Attributes:
        text: The text, or the number rounded.
        data: Of a number: its `data-` attributes, exact.
        interval: Of an estimate that has one.
        details: What else stands below an estimate, in lines.
        strip: Of an estimate: where its interval starts and ends and where it lies, in hundredths.
    """

    text: str
    data: dict[str, str]
    interval: str = ""
    details: tuple[str, ...] = ()
    strip: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    """A table as it is shown.

    Attributes:
        rows: All rows; the page shows the first `LONG` of them at once.
        numeric: Which columns hold numbers.
    """

    table: Table
    titles: tuple[str, ...]
    rows: list[list[_Shown]]
    numeric: tuple[bool, ...]
    plot: Plot | None


def html_page(report: Report, *, language: Language = "en", translate: Translate = str) -> str:
    """The page.

    Every number of the report is in an attribute `data-value`, unrounded, in JSON; of an estimate there are also
    `data-low`, `data-high`, `data-n`, `data-coverage` and, for a sampled one, `data-error`.

    Args:
        report: Its texts may come from scraped pages; none of them can bring markup into the page.
        language: Of the page, whose direction follows it.
        translate: Gives the page's own words (titles, notes, `WORDS`) in that language.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def say(text: str) -> str:
        return translate(text) if text else ""  # gettext answers "" with the head of its catalogue

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=_harmless
    )
    environment.globals.update(say=say, is_arabic=_is_arabic, pieces=pieces_of, Markup=Markup)
    template = environment.from_string(files(__package__).joinpath("page.html.j2").read_text(encoding="utf-8"))
    annotators = sorted({mark.annotator for excerpt in report.excerpts for mark in excerpt.marks})
    tables = sorted(report.tables, key=lambda table: not table.is_headline)
    return template.render(
        title=say(report.title),
        facts={say(fact_name(name)): _fact(name, fact, say) for name, fact in report.facts.items()},
        language=language,
        words={key: say(word) for key, word in WORDS.items()},
        sections=[_section(table, say) for table in tables],
        excerpts=[(excerpt, lines_of(excerpt, annotators)) for excerpt in report.excerpts],
        has_plots=plots.is_available(),
        long=LONG,
        brief=BRIEF,
        beside=BESIDE,
        wide=WIDE,
    )


def _harmless(value: Any) -> Any:
    """What a text from data may not bring into the page: control characters, overrides, surrogates."""
    return "\n".join(map(visible, value.split("\n"))) if type(value) is str else value


def _is_arabic(text: str) -> bool:
    return _ARABIC.search(text) is not None


def _section(table: Table, say: Translate) -> _Section:
    return _Section(
        table,
        titles=tuple(
            column.title if table.id == "confusion" and column.id not in {"label", "none"} else say(column.title)
            for column in table.columns
        ),
        rows=[
            [
                _text(cell if not _is_own(table, place, cell) else say(cell))
                if isinstance(cell, str)
                else _number(cell, say)
                for place, cell in enumerate(row)
            ]
            for row in table.rows
        ],
        numeric=tuple(
            not any(isinstance(row[place], str) for row in table.rows) for place in range(len(table.columns))
        ),
        plot=plots.plot(table, translate=say) if plots.is_available() else None,
    )


def _is_own(table: Table, place: int, cell: str) -> bool:
    """Whether a text is one of the report's words, and not data."""
    return table.columns[place].id in _OWN_COLUMNS or (table.id == "confusion" and cell == "none")


def _text(text: str) -> _Shown:
    return _Shown(text, {})


def _fact(name: str, fact: str | float, say: Translate) -> _Shown:
    if isinstance(fact, str):
        return _text(say(fact) if is_word(name, fact) else fact)
    return _number(fact, say)


def _number(cell: Estimate | float | None, say: Translate) -> _Shown:
    if isinstance(cell, Estimate):
        return _estimate(cell, say)
    return _Shown(_rounded(cell, say), {"data-value": json.dumps(cell)})


def _estimate(estimate: Estimate, say: Translate) -> _Shown:
    """With its interval, what it rests on, and what was left out or why it is undefined."""
    value, low, high = estimate.value, estimate.low, estimate.high
    resting = say(WORDS["resting"]).format(number=f"{estimate.n:,}", unit=say(estimate.of))
    details = [resting.rstrip()] if estimate.n else []
    details += [say(WORDS["coverage"]).format(share=f"{estimate.coverage:.1%}")] if estimate.coverage < 1 else []
    details += [say(WORDS["sampling"]).format(error=f"{estimate.error:.4f}")] if estimate.error is not None else []
    details += [say(estimate.note)] if estimate.note else []
    data = {"value": value, "low": low, "high": high, "n": estimate.n, "coverage": estimate.coverage}
    if estimate.error is not None:
        data["error"] = estimate.error
    return _Shown(
        _rounded(value, say),
        {f"data-{key}": json.dumps(number) for key, number in data.items()},
        f"[{low:.3f}, {high:.3f}]" if low is not None and high is not None else "",
        tuple(details),
        None if value is None else (_hundredths(low, value), _hundredths(high, value), _hundredths(value, value)),
    )


def _rounded(number: float | None, say: Translate) -> str:
    if number is None or isnan(number):
        return say(WORDS["undefined"])
    return f"{number:,}" if isinstance(number, int) else f"{number:.3f}"


def _hundredths(number: float | None, otherwise: float) -> float:
    return round(100 * min(max(otherwise if number is None else number, 0.0), 1.0), 1)
