"""The agreement screen: the figures of the reports, cell by cell, and the way from a row to its items."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import StringIO
from multiprocessing import resource_tracker
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from annotator.agreement.report.forms import text_cell
from annotator.agreement.report.tables import Cell, Column, Estimate, Excerpt, Report, Table
from annotator.errors import UsageError
from annotator.services import measuring
from annotator.services.measuring import StudyOptions, measure
from annotator.services.preferences import Settings
from annotator.services.reviewing import survey
from annotator.tui import language
from annotator.tui.agreement_leads import Lead, lead_of
from annotator.tui.agreement_lines import about, sections_of
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import commands_of
from annotator.tui.review_app import ReviewApp
from annotator.tui.review_desk import ItemFilter
from annotator.tui.screens.agreement import AgreementScreen, start_process_tracker
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.review import ReviewScreen
from tests.support.model import SCHEMA
from tests.support.projects import take_records
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


SOURCE, BRIDGE, COST, TOWN = "وزير النقل", "الجسر آمن", "الكلفة زادت", "البلدية"
SHORTER = "النقل"

Marks = tuple[tuple[str, str, str], ...]
Opener = Callable[..., ReviewApp]

AGREED: Marks = (("s1", "source", SOURCE), ("c1", "claim", BRIDGE))
WORK: dict[str, dict[str, Marks]] = {
    "first": {"salma": AGREED, "omar": AGREED},
    "second": {"salma": AGREED, "omar": (*AGREED, ("t1", "source", TOWN))},
    "third": {
        "salma": (("s1", "source", SOURCE), ("c2", "claim", COST)),
        "omar": (("s1", "source", SHORTER),),
        "huda": (("s1", "source", SOURCE),),
    },
}
"""Salma and Omar differ on a source in the second document; in the third also on a claim, where it is worst."""


MEASURED: list[Report] = []
"""The report on this work, once it was needed."""


@pytest.fixture
def open_review(make_project: ProjectMaker, tmp_path: Path) -> Opener:
    """Opens the list of a review, or the document of that number, the worst first."""

    def open_(number: int | None = None, *, lang: Any = "en") -> ReviewApp:
        project = make_project()
        records = (
            {"doc_id": doc_id, "title": f"عنوان {doc_id}", "text": SHORT, "annotator": name, "spans": spans(marks)}
            for doc_id, of_all in WORK.items()
            for name, marks in of_all.items()
        )
        take_records(project, tmp_path, *({"format": "annotator/1"} | one for one in records))
        documents = survey(project, "rana")
        first = None if number is None else documents[number].id
        return ReviewApp(project, "rana", documents, first, Settings(language=lang))

    return open_


def spans(marks: Marks) -> list[dict[str, Any]]:
    """Spans of a record from their ids, labels and texts."""
    return [
        {"id": id_, "start": SHORT.index(part), "end": SHORT.index(part) + len(part), "label": label}
        for id_, label, part in marks
    ]


@pytest.fixture
def open_report(open_review: Opener) -> Opener:
    """Opens the list of a review with a report that was measured before."""

    def open_(shown: Report, number: int | None = None, **more: Any) -> ReviewApp:
        app = open_review(number, **more)
        app._study.report = shown
        return app

    return open_


@pytest.fixture
def open_measured(open_review: Opener) -> Opener:
    """Opens the list of a review with the true report of its project."""

    def open_(number: int | None = None) -> ReviewApp:
        app = open_review(number)
        if not MEASURED:
            MEASURED.append(measure(app._project, StudyOptions(samples=3)))
        app._study.report = MEASURED[0]
        return app

    return open_


def screen_of(hands: Hands) -> AgreementScreen:
    screen = hands.app.screen
    assert isinstance(screen, AgreementScreen)
    return screen


def review_of(hands: Hands) -> ReviewScreen:
    screen = hands.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


async def done(hands: Hands) -> None:
    """Wait for what goes on in the background."""
    while screen_of(hands).is_busy:
        await hands.pilot.pause()
    await hands.settled()


async def shown(hands: Hands) -> None:
    """Open the screen and wait for the figures."""
    await hands.press(";", "m")
    await done(hands)


async def go_to(hands: Hands, title: str, row: int = 0) -> None:
    """Put the cursor on a row of a table."""
    main = screen_of(hands).main
    for _section in main.sections:
        assert main.place is not None
        if main.sections[main.place.section].title == title:
            break
        await hands.press("tab")
    assert main.place is not None
    assert main.sections[main.place.section].title == title
    await hands.press(*["down"] * row)


def row_of(hands: Hands, title: str, name: str) -> int:
    """The row of a table that begins with a name."""
    (section,) = [one for one in screen_of(hands).main.sections if one.title == title]
    return [row[0].text for row in section.rows].index(name)


def table(table_id: str, columns: str, *rows: tuple[Cell, ...], **more: Any) -> Table:
    """A table whose columns are called as their ids."""
    return Table(table_id, table_id.title(), tuple(Column(name, name) for name in columns.split(", ")), rows, **more)


def report(*tables: Table, excerpts: Sequence[Excerpt] = ()) -> Report:
    return Report("Agreement between annotators", {"documents": 3, "seed": 0}, tables, tuple(excerpts))


def estimate(value: float, **more: Any) -> Estimate:
    return Estimate(value, value - 0.02, value + 0.02, n=1234, of="spans", **more)


FIGURES = (estimate(0.1), estimate(0.2), estimate(0.3), estimate(0.4))
WIDE = table("wide", "name, a, b, c, d", ("row 0", *FIGURES), ("row 1", *FIGURES), ("row 2", *FIGURES))
LONG = table("long", "name, count", *((f"row {n}", n) for n in range(300)), notes=("The end of it all.",))


# What is shown


async def test_it_opens_from_the_list_of_a_review_and_shows_what_the_report_says(open_review: Opener) -> None:
    app = open_review()
    async with running(app, (140, 200)) as hands:
        await shown(hands)
        wanted = measure(app._project, StudyOptions())
        assert app._study.report == wanted
        text = hands.text
        for each in wanted.tables:
            assert each.title in text
            for row in each.rows:
                assert all(text_cell(cell) in text for cell in row if isinstance(cell, Estimate) and cell.value)


async def test_it_opens_from_a_document_of_the_review(open_review: Opener) -> None:
    async with running(open_review(0)) as hands:
        await shown(hands)
        assert "Span F1, same offsets" in hands.text
        assert "3 documents" in hands.shown("#title")


async def test_annotators_have_no_way_to_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        await hands.press(";")
        assert not any("Agreement" in line for line in hands.menu)
    assert not hasattr(AnnotatorApp, "action_open_agreement")


def test_headlines_come_first_and_what_the_report_rests_on_last() -> None:
    found = sections_of(
        report(table("rest", "a, b", ("x", 1)), table("best", "a, b", ("y", 2), is_headline=True)), SCHEMA
    )
    assert [section.title for section in found] == ["Best", "Rest", "Places to read", "What this report rests on"]


def test_names_for_programs_are_left_out() -> None:
    (first, *_others) = sections_of(report(table("overall", "measure, name, value", ("F1", "f1_exact", 1))), SCHEMA)
    assert first.heads == ("measure", "value")
    assert [cell.text for cell in first.rows[0]] == ["F1", "1"]


def test_a_cell_says_what_it_rests_on_and_how_much_of_the_material_that_is() -> None:
    (first, *_others) = sections_of(report(table("t", "name, F1", ("x", estimate(0.5, coverage=0.93)))), SCHEMA)
    assert about(first, 0, 1).replace("\u200e", "") == "F1: 0.500 [0.480, 0.520] · n 1,234 spans · covers 93.0%"


def test_a_cell_without_a_figure_says_why() -> None:
    (first, *_others) = sections_of(report(table("t", "name, F1", ("x", Estimate(None, note="nothing here")))), SCHEMA)
    assert first.rows[0][1].text == "n/a"
    assert about(first, 0, 1).replace("\u200e", "") == "F1: n/a · nothing here"


def test_a_label_that_is_called_like_the_column_of_those_names_stays() -> None:
    (first, *_others) = sections_of(report(table("confusion", "label, name, none", ("name", 1, 2))), SCHEMA)
    assert first.heads == ("label", "name", "none")


def test_a_name_says_nothing_more() -> None:
    (first, *_others) = sections_of(report(WIDE), SCHEMA)
    assert about(first, 0, 0) == ""


def test_labels_have_the_names_that_people_know() -> None:
    language.use("ar")
    confusion = table(
        "confusion", "label, claim, gone, none", ("claim", 1, 2, 3), ("gone", 1, 2, 3), ("none", 1, 2, None)
    )
    (first, *_others) = sections_of(report(confusion), SCHEMA)
    name = language.named(SCHEMA.labels[0])
    assert first.heads[1:3] == (name, "gone")
    assert [row[0].text for row in first.rows[:2]] == [name, "gone"]


async def test_the_status_line_follows_the_cursor(open_report: Opener) -> None:
    rows = (("x", estimate(0.5)), ("y", Estimate(None, note="nothing here")))
    async with running(open_report(report(table("t", "name, F1", *rows)))) as hands:
        await hands.press(";", "m")
        assert hands.status.strip() == "F1: 0.500 [0.480, 0.520] · n 1,234 spans"
        await hands.press("down")
        assert hands.status.strip() == "F1: n/a · nothing here"


async def test_an_empty_table_says_so_and_the_cursor_passes_it(open_report: Opener) -> None:
    async with running(open_report(report(table("first", "a, b", ("x", 1)), table("none", "a, b"), LONG))) as hands:
        await hands.press(";", "m")
        assert "There is nothing to show here." in hands.text
        await hands.press("down")
        assert hands.status.strip() == "count: 0"


# Moving


async def test_tab_goes_from_table_to_table_and_round_the_end(open_report: Opener) -> None:
    async with running(open_report(report(WIDE, LONG))) as hands:
        await hands.press(";", "m")
        main = screen_of(hands).main
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab", "shift+tab"):
            await hands.press(key)
            assert main.place is not None
            seen.append((main.sections[main.place.section].title, main.place.row))
        assert [title for title, _row in seen] == [
            "Long",
            "What this report rests on",
            "Wide",
            "What this report rests on",
            "Long",
        ]
        assert {row for _title, row in seen} == {0}


async def test_the_heads_of_a_long_table_stay_in_sight(open_report: Opener) -> None:
    async with running(open_report(report(LONG))) as hands:
        await hands.press(";", "m", *["pagedown"] * 5)
        rows = hands.shown("#report").split("\n")
        assert "count" in rows[0]
        assert f" row {screen_of(hands).main.place.row} " in hands.text  # type: ignore[union-attr]


async def test_every_row_can_be_seen_on_the_way_down_and_up(open_report: Opener) -> None:
    async with running(open_report(report(WIDE, LONG)), (60, 9)) as hands:
        await hands.press(";", "m")
        for key, number in (("down", 14), ("up", 14)):
            for _time in range(number):
                await hands.press(key)
                place = screen_of(hands).main.place
                assert place is not None
                columns = [hands.columns(y) for y in range(1, 7)]
                lit = [line for line in columns if any(one.style == hands.app.palette.cursor for one in line)]
                assert len(lit) == 1
                assert f"row {place.row} " in "".join(one.glyph for one in lit[0])


async def test_the_notes_below_the_last_row_come_into_sight_with_it(open_report: Opener) -> None:
    async with running(open_report(report(LONG))) as hands:
        await hands.press(";", "m")
        assert "The end of it all." not in hands.text
        await hands.press("tab", "up")
        assert hands.status.strip() == "count: 299"
        assert "The end of it all." in hands.text


async def test_columns_that_do_not_fit_are_counted_and_come_with_the_cursor(open_report: Opener) -> None:
    async with running(open_report(report(WIDE))) as hands:
        await hands.press(";", "m")
        assert "columns 2–4 of 5: ← →" in hands.lines[1]
        assert "0.400" not in hands.text
        await hands.press("right", "right", "right")
        assert "columns 3–5 of 5: ← →" in hands.lines[1]
        assert "0.400" in hands.lines[3]
        assert " row 0 " in hands.lines[3]
        assert hands.status.strip().startswith("d: 0.400")


async def test_in_a_wide_window_all_columns_are_there(open_report: Opener) -> None:
    async with running(open_report(report(WIDE)), (200, 60)) as hands:
        await hands.press(";", "m")
        assert "columns" not in hands.lines[1]
        assert all(f"0.{number}00 [" in hands.lines[3] for number in (1, 2, 3, 4))


async def test_in_arabic_columns_run_from_the_right(open_report: Opener) -> None:
    async with running(open_report(report(WIDE), lang="ar"), (200, 60)) as hands:
        await hands.press(";", "m")
        line = hands.lines[3]
        places = [line.index(text) for text in ("row 0", "0.100 [", "0.200 [", "0.300 [", "0.400 [")]
        assert places == sorted(places, reverse=True)
        await hands.press("left")
        assert "0.200 [0.180, 0.220]" in hands.status


async def test_a_long_text_in_the_last_column_has_the_room_that_is_left(open_report: Opener) -> None:
    text = "word " * 12
    async with running(open_report(report(table("t", "name, text", ("x", text), ("y", "short"))))) as hands:
        await hands.press(";", "m")
        assert text.strip() in hands.lines[3]


async def test_a_title_from_data_has_its_own_direction(open_report: Opener) -> None:
    title = "\u202eأسعار (النفط)\x1b[31m"
    documents = table("documents", "doc_id, title, items", ("web-1", title, 3))
    async with running(open_report(report(documents))) as hands:
        await hands.press(";", "m")
        line = hands.lines[3]
        assert line.index("web-1") < line.index("ﺭﺎﻌﺳﺃ") < line.rindex("3")
        assert not {"\x1b", "\u202e"} & {*line}


async def test_the_first_click_goes_to_a_row_and_the_second_one_follows_it(open_report: Opener) -> None:
    documents = table(
        "documents", "doc_id, items", ("first", 1), ("third", 3), keys=_keys("document", "first", "third")
    )
    async with running(open_report(report(documents))) as hands:
        await hands.press(";", "m")
        await hands.click(4, 4)
        assert hands.status.strip() == "items: 3"
        await hands.click(4, 4)
        assert review_of(hands).review.session.document.doc_id == "third"


async def test_the_wheel_moves_the_cursor(open_report: Opener) -> None:
    async with running(open_report(report(LONG))) as hands:
        await hands.press(";", "m")
        await hands.wheel(10, 5, 2)
        assert hands.status.strip() == "count: 6"
        await hands.wheel(10, 5, -1)
        assert hands.status.strip() == "count: 3"


@pytest.mark.parametrize(
    ("size", "lang"), [((1, 1), "en"), ((5, 3), "ar"), ((20, 5), "en"), ((3, 24), "ar"), ((80, 1), "en")]
)
async def test_it_can_be_used_in_a_tiny_window(open_report: Opener, size: tuple[int, int], lang: str) -> None:
    async with running(open_report(report(WIDE, LONG, table("none", "a, b")), lang=lang), size) as hands:
        await hands.press(";", "m")
        for key in ("down", "right", "tab", "end", "pageup", "left", "?", "escape", "e", "escape", ";", "escape"):
            await hands.press(key)
            assert all(len(hands.columns(y)) == size[0] for y in range(size[1]))


# From a row to its items


def _keys(kind: str, *names: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(((kind, name),) for name in names)


async def test_a_document_opens_with_all_its_items(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await go_to(hands, "Documents, worst first", row_of(hands, "Documents, worst first", "second"))
        await hands.press("enter")
        assert review_of(hands).review.session.document.doc_id == "second"
        assert review_of(hands).review.filter == ItemFilter()


async def test_a_label_opens_the_worst_document_with_undecided_items_of_it(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await go_to(hands, "Labels", row_of(hands, "Labels", "Claim"))
        await hands.press("enter")
        assert review_of(hands).review.session.document.doc_id == "third"
        assert review_of(hands).review.filter == ItemFilter(label="claim")
        assert review_of(hands).review.item.labels == ("claim",)  # type: ignore[union-attr]
        assert "1 undecided item here belongs to the row" in hands.status


async def test_a_count_opens_only_items_of_its_kind(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await go_to(hands, "Kinds of disagreement", row_of(hands, "Kinds of disagreement", "Source"))
        while not hands.status.strip().startswith("missed:"):
            await hands.press("right")
        await hands.press("enter")
        assert review_of(hands).review.session.document.doc_id == "second"
        assert review_of(hands).review.filter == ItemFilter(kind="missed", label="source")


async def test_a_pair_opens_only_what_they_differ_about_and_names_stay_hidden(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await go_to(hands, "Pairs of annotators", row_of(hands, "Pairs of annotators", "omar"))
        await hands.press("enter")
        assert review_of(hands).review.filter == ItemFilter(pair=("omar", "salma"))
        assert not review_of(hands).review.is_named
        assert not any(name in hands.text for name in ("omar", "salma", "huda"))


async def test_of_one_annotator_it_asks_from_whom_they_differ(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await go_to(hands, "How much is marked", row_of(hands, "How much is marked", "salma"))
        await hands.press("enter")
        assert [line.split() for line in hands.menu] == [
            ["salma", "differs", "from"],
            ["1", "omar", "3"],
            ["2", "huda", "1"],
        ]
        await hands.press("2")
        assert review_of(hands).review.filter == ItemFilter(pair=("huda", "salma"))


async def test_a_row_about_all_says_that_it_leads_to_no_items(open_measured: Opener) -> None:
    async with running(open_measured()) as hands:
        await shown(hands)
        await hands.press("enter")
        assert "this row leads to no items" in hands.status
        assert hands.app.screen is screen_of(hands)


async def test_a_row_says_where_nothing_of_it_is_left_to_decide(open_report: Opener) -> None:
    rows = table("labels", "label, n", ("opinion", 3), keys=_keys("label", "opinion"))
    async with running(open_report(report(rows))) as hands:
        await hands.press(";", "m", "enter")
        assert "no item that this row is about is left to decide" in hands.status
        assert isinstance(hands.app.screen, AgreementScreen)


async def test_a_document_outside_the_review_is_not_opened(open_report: Opener) -> None:
    rows = table("documents", "doc_id, items", ("mine", 1), keys=_keys("document", "mine"))
    async with running(open_report(report(rows))) as hands:
        await hands.press(";", "m", "enter")
        assert "mine is not among the documents of this review" in hands.status


async def test_what_was_decided_meanwhile_is_not_led_to(open_measured: Opener) -> None:
    app = open_measured(0)
    async with running(app) as hands:
        while review_of(hands).review.waiting:
            await hands.press("x")
        await shown(hands)
        await go_to(hands, "Labels", row_of(hands, "Labels", "Source"))
        await hands.press("enter")
        assert review_of(hands).review.session.document.doc_id == "second"


async def test_a_place_to_read_opens_its_document_at_items_of_its_kind(open_report: Opener) -> None:
    place = Excerpt("third", 0, SHORT, "boundary", ())
    async with running(open_report(report(excerpts=[place]))) as hands:
        await hands.press(";", "m", "enter")
        assert review_of(hands).review.session.document.doc_id == "third"
        assert review_of(hands).review.filter == ItemFilter(kind="boundary")


@pytest.mark.parametrize(
    ("row", "column", "wanted"),
    [
        (0, 0, Lead(label="claim")),
        (0, 2, Lead(label="claim")),
        (0, 3, Lead(kind="missed", label="claim")),
        (2, 1, Lead(kind="missed", label="claim")),
        (2, 0, Lead(kind="missed")),
        (2, 3, Lead(kind="missed")),
    ],
)
def test_a_confusion_leads_to_the_label_or_to_what_was_missed(row: int, column: int, wanted: Lead) -> None:
    rows = (("claim", 1, 2, 3), ("source", 1, 2, 3), ("none", 1, 2, None))
    confusion = table("confusion", "label, claim, source, none", *rows, keys=(*_keys("label", "claim", "source"), ()))
    assert lead_of(confusion, row, column) == wanted


@pytest.mark.parametrize(("column", "kind"), [(0, ""), (1, "missed"), (2, "boundary"), (3, "label")])
def test_a_column_of_kinds_narrows_a_row_down(column: int, kind: str) -> None:
    columns = (*(Column(name, name) for name in ("label", "missed", "trivial")), Column("other label", "label"))
    kinds = Table("kinds", "Kinds", columns, (("claim", 1, 2, 3),), _keys("label", "claim"))
    assert lead_of(kinds, 0, column) == Lead(kind=kind, label="claim")


def test_counts_about_whole_documents_lead_to_their_labels() -> None:
    kinds = table("kinds", "label, missed", ("(document)", 1), keys=_keys("label", "(document)"))
    assert lead_of(kinds, 0, 1) == Lead(kind="document label")


# Coming and going


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_it_goes_back_to_the_list_as_it_was(open_report: Opener, key: str) -> None:
    async with running(open_report(report(WIDE))) as hands:
        await hands.press("down", "down")
        before = hands.lines
        await hands.press(";", "m", key)
        assert isinstance(hands.app.screen, QueueScreen)
        assert hands.lines == before


async def test_it_goes_back_to_the_document_and_its_item_as_they_were(open_report: Opener) -> None:
    async with running(open_report(report(WIDE), number=0)) as hands:
        await hands.press("tab")
        desk, before = review_of(hands).review, hands.lines
        await hands.press(";", "m", "q")
        assert review_of(hands).review is desk
        assert hands.lines == before


async def test_decisions_after_coming_back_count_in_the_list(open_report: Opener) -> None:
    rows = table("labels", "label, n", ("opinion", 3), keys=_keys("label", "opinion"))
    async with running(open_report(report(rows), number=0)) as hands:
        await hands.press(";", "m", "enter", "q")
        while review_of(hands).review.waiting:
            await hands.press("x")
        await hands.press("q")
        assert [line.split()[0] for line in hands.lines[2:5]].count("done") == 1


async def test_the_cursor_is_where_it_was_when_it_is_opened_again(open_report: Opener) -> None:
    async with running(open_report(report(WIDE, LONG))) as hands:
        await hands.press(";", "m", "down", "right", "q", ";", "m")
        assert hands.status.strip().startswith("b: 0.200")
        assert screen_of(hands).main.place.row == 1  # type: ignore[union-attr]


async def test_it_speaks_another_language_at_once(open_report: Opener) -> None:
    async with running(open_report(report(WIDE))) as hands:
        await hands.press(";", "m", "down", ";", "l", "2")
        assert isinstance(hands.app.screen, AgreementScreen)
        assert screen_of(hands).main.place.row == 1  # type: ignore[union-attr]
        line = hands.lines[4]
        assert line.index("0.200 [") < line.index("0.100 [") < line.index("row 1")


async def test_the_help_shows_every_command(open_report: Opener) -> None:
    async with running(open_report(report(WIDE)), (120, 60)) as hands:
        await hands.press(";", "m", "?")
        assert isinstance(hands.app.screen, HelpScreen)
        assert all(command.text in hands.text for command in commands_of("agreement"))


async def test_ctrl_c_says_how_to_leave(open_report: Opener) -> None:
    async with running(open_report(report(WIDE))) as hands:
        await hands.press(";", "m", "ctrl+c")
        assert "q goes back to the review" in hands.status


# Measuring


class Slow:
    """A measuring that waits for the test before each document.

    Attributes:
        calls: How often it was begun.
        ended: How each one ended.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.ended: list[str] = []
        self.go_on, self.is_waiting = Event(), Event()

    def measure(self, _project: object, _options: StudyOptions, on_progress: Callable[[int, int], None]) -> Report:
        self.calls += 1
        try:
            on_progress(1, 2000)
            self.is_waiting.set()
            assert self.go_on.wait(timeout=30)
            on_progress(2, 2000)
        except BaseException as error:
            self.ended.append(type(error).__name__)
            raise
        self.ended.append("")
        return report(WIDE)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()
    monkeypatch.setattr(measuring, "measure", made.measure)
    return made


async def test_the_screen_is_alive_while_it_measures_and_says_how_far_it_is(open_review: Opener, slow: Slow) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "m")
        while "1/2,000" not in hands.status:
            await hands.pilot.pause()
        assert hands.status.strip() == "measuring … 1/2,000 documents"
        await hands.press("?")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape")
        slow.go_on.set()
        await done(hands)
        assert "row 0" in hands.text
        assert hands.status.strip().startswith("a: 0.100")


async def test_leaving_stops_the_measuring(open_review: Opener, slow: Slow) -> None:
    app = open_review()
    async with running(app) as hands:
        await hands.press(";", "m")
        while not slow.is_waiting.is_set():
            await hands.pilot.pause()
        await hands.press("escape")
        assert isinstance(hands.app.screen, QueueScreen)
        slow.go_on.set()
        while not slow.ended:
            await hands.pilot.pause()
        assert slow.ended == ["StoppedError"]
        assert app._study.report is None


async def test_it_is_measured_once_unless_asked_again(open_review: Opener, slow: Slow) -> None:
    slow.go_on.set()
    async with running(open_review()) as hands:
        await shown(hands)
        await hands.press("q")
        await shown(hands)
        assert slow.calls == 1
        await hands.press("r")
        await done(hands)
        assert slow.calls == 2


async def test_the_old_figures_stay_while_new_ones_are_measured(open_report: Opener, slow: Slow) -> None:
    async with running(open_report(report(LONG))) as hands:
        await hands.press(";", "m", "r")
        assert "measuring" in hands.status
        assert "row 3" in hands.text
        slow.go_on.set()
        await done(hands)
        assert "row 3" not in hands.text


async def test_what_cannot_be_measured_is_a_message_and_can_be_tried_again(
    open_review: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def measured(*_about: object) -> Report:
        tries.append(1)
        if len(tries) == 1:
            raise UsageError("there is nothing to compare", hint="Wait.")
        return report(WIDE)

    monkeypatch.setattr(measuring, "measure", measured)
    async with running(open_review()) as hands:
        await shown(hands)
        assert hands.status.strip() == "there is nothing to compare. Wait."
        await hands.press("r")
        await done(hands)
        assert "row 0" in hands.text


async def test_a_fault_in_the_measuring_ends_the_program_with_it(
    open_review: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_about: object) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr(measuring, "measure", broken)
    app = open_review()
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the app ends with it
        async with running(app) as hands:
            await hands.press(";", "m")
            while app.crash is None:
                await hands.pilot.pause()
    assert isinstance(app.crash, ZeroDivisionError)


class StandIn(StringIO):
    """An error output such as Textual's."""

    def fileno(self) -> int:
        return -1


def test_other_processes_can_be_started_where_the_error_output_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = resource_tracker.ResourceTracker()
    monkeypatch.setattr(resource_tracker, "ensure_running", tracker.ensure_running)
    monkeypatch.setattr(sys, "stderr", StandIn())
    with pytest.raises(ValueError, match="fds_to_keep"):
        tracker.ensure_running()
    start_process_tracker()
    assert tracker.getfd() is not None
    tracker._stop()  # type: ignore[attr-defined]


# The page


async def write_page(hands: Hands, file: Path) -> None:
    """Ask for the page in a file."""
    await hands.press("e", "ctrl+u")
    await hands.paste(str(file))
    await hands.press("enter")


async def test_the_report_is_written_as_a_page_in_the_language_of_the_screens(
    open_report: Opener, tmp_path: Path
) -> None:
    async with running(open_report(report(WIDE), lang="ar")) as hands:
        await hands.press(";", "m")
        await write_page(hands, tmp_path / "page.html")
        await done(hands)
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert 'dir="rtl"' in page
        assert "row 0" in page
        assert "page.html" in hands.status


async def test_the_letter_of_the_menu_asks_for_a_file_too(open_report: Opener) -> None:
    async with running(open_report(report(WIDE))) as hands:
        await hands.press(";", "m", ";", "e")
        assert "agreement.html" in hands.shown("#input")
        await hands.press("escape")
        assert isinstance(hands.app.screen, AgreementScreen)


async def test_a_file_that_is_there_is_only_replaced_when_that_is_chosen(open_report: Opener, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("mine")
    async with running(open_report(report(WIDE))) as hands:
        await hands.press(";", "m")
        await write_page(hands, file)
        assert "is there already" in hands.menu[0]
        await hands.press("escape")
        assert file.read_text() == "mine"
        await write_page(hands, file)
        await hands.press("1")
        await done(hands)
        assert "row 0" in file.read_text(encoding="utf-8")


async def test_the_database_is_never_replaced(open_report: Opener) -> None:
    app = open_report(report(WIDE))
    before = app._project.path.read_bytes()
    async with running(app, size=(240, 30)) as hands:
        await hands.press(";", "m")
        await write_page(hands, app._project.path)
        assert "annotator.db is" in hands.status
        assert not hands.menu
        assert app._project.path.read_bytes() == before


async def test_there_is_no_page_before_there_are_figures(open_review: Opener, slow: Slow) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "m", "e")
        assert "there is nothing to write yet" in hands.status
        slow.go_on.set()
        await done(hands)
