"""How many keys it takes to label a page: in the annotator, and in SLATE as far as it can hold the same."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from annotator.services.looking import list_documents
from annotator.services.project import open_project
from bench import slate
from bench.hands import ATTRIBUTES, PARTS, RELATIONS, SPANS, Pressed
from bench.labelling import label
from bench.reference import SAMPLE, SEEDS, Reference, references
from bench.replaying import ANNOTATOR, compare, copied, holds, imported, records, replay
from bench.report import Figure, Result, Row, Table
from bench.slate_labelling import MODES, Counts, exact, label_and_link
from bench.suggestion_tables import Page, ratio, tables, totals
from bench.with_suggestions import measure


NAME = "keystrokes"
WITH_SLATE = (SAMPLE, "seed-001")
"""The pages that are labelled in the other program too, which takes minutes."""

MOST_RATIO = 1 / 3
"""The share of the keys that are left where labels are suggested."""

COMPARED = 1
"""The mode that people are likeliest to work in."""

HEAD = ("page", "keys for", "annotator", "annotator, plain moves", *(mode.title for mode in MODES))
NOTE = """\
The page is labelled by whoever knows every key and always finds the shortest way; people need more. "Plain moves" are
words, letters, pages and jumps by hints, with no look at how rows are broken. SLATE is given a key for each label (its
default is two), takes whole words between spaces, so that a span may come out with a quotation mark or a prefix too
much, or single letters. Relations are a second run of it: links between the first words of two spans, without a type.
It has no attributes. Quitting, which saves, is one key of each run. What either program stored was read back and is
what was wanted."""


def run(work: Path) -> Result:
    """Count in a folder that is thrown away.

    Raises:
        RuntimeError: A program did not come to hold what was wanted.
    """
    lines: list[tuple[str, ...]] = []
    rows: list[Row] = []
    seeds: list[tuple[Reference, Pressed]] = []
    for reference in references():
        folder = work / reference.name
        folder.mkdir()
        pressed, text = _label(folder, reference)
        if reference.name in WITH_SLATE:
            others = [label_and_link(folder, reference, text, mode) for mode in MODES] if slate.is_there() else []
            lines += lines_of(reference, pressed, others, exact(reference, slate.Words(text)))
            rows.append(_row(reference, pressed, others))
        if reference.name in SEEDS:
            seeds.append((reference, pressed))
    suggested = measure(work, *zip(*seeds, strict=True)) if seeds else []
    return Result(
        NAME,
        "SLATE with numbers to 9 before its keys, without attributes; the annotator where nobody sees suggestions",
        "Each key that is pressed counts, each letter typed into a search too. The annotator was labelled with in a "
        "pseudo-terminal by the keys counted; a page that is not there is left out. See the tables of keystrokes.",
        [*rows, *suggested_rows(suggested)],
        figures=suggested_figures(suggested),
        tables=[Table("Keystrokes", HEAD, lines, NOTE), *(tables(suggested) if suggested else ())],
    )


def _label(work: Path, reference: Reference) -> tuple[Pressed, str]:
    """Find the keys where nobody sees suggestions, and press them in the program; also the text that they label."""
    database = imported(work / "plain.db", [reference.page], suggested=False)
    with open_project(str(copied(database, "planned.db"))) as project:
        (document,) = list_documents(project, ANNOTATOR)
        pressed = asyncio.run(label(project, ANNOTATOR, document.id, reference))
    replay(database, reference.page, pressed.keys, partial(holds, reference=reference))
    compare(database, [reference])
    (record,) = records(database)
    return pressed, record["text"]


def suggested_rows(pages: Sequence[Page]) -> list[Row]:
    """What suggestions save, on all pages together."""
    if not pages:
        return []
    keys = totals(pages)
    what = f"{len(pages)} seed pages: keys with suggestions, against without"
    ours = {"": keys.alone, "; claims one by one": keys.read, "; one after the other": keys.in_turn}
    return [Row(f"{what}{how}", _cell(one), _cell(keys.without), ratio(one, keys.without)) for how, one in ours.items()]


def suggested_figures(pages: Sequence[Page]) -> list[Figure]:
    """Whether suggestions save what they should, where all pages are there."""
    if len(pages) < len(SEEDS):
        return []
    keys = totals(pages)
    return [
        Figure(
            "keys to the labels of the five seed pages, with suggestions against without",
            "≤ 1/3",
            ratio(keys.alone, keys.without),
            keys.alone / keys.without <= MOST_RATIO,
        )
    ]


def lines_of(reference: Reference, pressed: Pressed, others: Sequence[Counts], whole: int) -> list[tuple[str, ...]]:
    """The lines of the table for one page: each part, and what SLATE can do too.

    Args:
        reference: The page and its labels.
        pressed: What the annotator took.
        others: What SLATE took, in the order of MODES; nothing where it is not there.
        whole: How many spans SLATE holds exactly where it takes whole words.
    """
    names = {
        SPANS: f"{len(reference.targets)} spans, {whole} of them whole words",
        RELATIONS: f"{len(reference.links)} relations",
        ATTRIBUTES: "attributes, where not the default",
    }
    counts = others or [Counts(None, None)] * len(MODES)
    lines = []
    for part in PARTS:
        ours = pressed.counts[part]
        cells = [ours, pressed.plain if part == SPANS else ours, *(getattr(one, part, None) for one in counts)]
        lines.append((reference.name, names[part], *map(_cell, cells)))
    both = [together(pressed), pressed.plain + pressed.counts[RELATIONS], *(one.together for one in counts)]
    lines.append((reference.name, f"{SPANS} and {RELATIONS}", *map(_cell, both)))
    return lines


def together(pressed: Pressed) -> int:
    """The keys for what SLATE can do too."""
    return pressed.counts[SPANS] + pressed.counts[RELATIONS]


def _cell(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _row(reference: Reference, pressed: Pressed, others: Sequence[Counts]) -> Row:
    what = f"{reference.name}: keys for {SPANS} and {RELATIONS}"
    ours, theirs = together(pressed), others[COMPARED].together if others else None
    if theirs is None:
        return Row(what, _cell(ours))
    return Row(what, _cell(ours), _cell(theirs), f"{ours / theirs:.2f}")
