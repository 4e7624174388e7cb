from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib as mpl
import pytest

from annotator.agreement.report import svg
from annotator.agreement.report.plots import WORST, is_available, plot
from annotator.agreement.report.tables import Estimate, Table
from annotator.text.visible import visible
from tests.support.reports import KINDS, LABELS, RUDE, documents, estimate, table, whole_report


REPORT = whole_report()
DRAWN = ["pairs", "documents", "confusion", "kinds", "edges", "time", "lengths"]


def drawn(table: Table) -> ET.Element:
    """The plot, which also is well-formed XML."""
    found = plot(table)
    assert found
    return ET.fromstring(found.svg)


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter("text")]


def filled(root: ET.Element, colour: str) -> list[tuple[float, float]]:
    """Width and height of the areas of a colour, in the order of drawing."""
    sizes = []
    for element in root.iter("path"):
        if colour in element.get("style", "").partition("fill:")[2].partition(";")[0]:
            points = [tuple(map(float, pair)) for pair in re.findall(r"([-\d.]+) ([-\d.]+)", element.attrib["d"])]
            xs, ys = zip(*points, strict=True)
            sizes.append((max(xs) - min(xs), max(ys) - min(ys)))
    return sizes


def test_matplotlib_is_there() -> None:
    assert is_available()


@pytest.mark.parametrize("table_id", DRAWN)
def test_a_table_with_a_plot_gives_the_same_plot_again(table_id: str) -> None:
    first = plot(REPORT.table(table_id))
    plot(REPORT.table("pairs"))
    assert first is not None
    assert plot(REPORT.table(table_id)) == first


@pytest.mark.parametrize("table_id", sorted({table.id for table in REPORT.tables} - set(DRAWN)))
def test_other_tables_have_none(table_id: str) -> None:
    assert plot(REPORT.table(table_id)) is None


@pytest.mark.parametrize("table_id", DRAWN)
def test_a_table_without_rows_has_none(table_id: str) -> None:
    assert plot(replace(REPORT.table(table_id), rows=())) is None


def test_a_table_without_the_column_to_draw_has_none() -> None:
    assert plot(table("time", "Over time", "period, documents", ("2025", 3))) is None


@pytest.mark.parametrize("table_id", ["pairs", "time", "documents", "lengths"])
def test_undefined_values_only_are_no_reason_to_fail(table_id: str) -> None:
    wanted = {
        "pairs": ("one, other, f1_exact", ("a", "b", None)),
        "time": ("period, f1_exact", ("2025", Estimate(None))),
        "documents": ("doc_id, title, f1", ("d", "", None)),
        "lengths": ("annotator, per_thousand", ("a", None)),
    }
    columns, row = wanted[table_id]
    found = plot(table(table_id, "", columns, row))
    assert (found is not None) == (table_id == "pairs")


@pytest.mark.parametrize("table_id", DRAWN)
def test_a_plot_can_be_heard(table_id: str) -> None:
    root = drawn(REPORT.table(table_id))
    title = root[0]
    assert root.get("role") == "img"
    assert title.tag == "title"
    assert title.text
    assert root.get("aria-labelledby") == title.get("id")


def test_plots_of_a_page_share_no_ids_and_refer_to_their_own() -> None:
    ids: list[str] = []
    for table_id in DRAWN:
        root = drawn(REPORT.table(table_id))
        own = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        written = ET.tostring(root, encoding="unicode")
        assert set(re.findall(r'(?:href="|url\()#([^")]+)', written)) <= set(own)
        ids += own
    assert len(ids) == len(set(ids)) > len(DRAWN)


@pytest.mark.parametrize("table_id", DRAWN)
def test_a_plot_asks_for_nothing_and_has_no_style_for_the_page(table_id: str) -> None:
    found = plot(REPORT.table(table_id))
    assert found
    assert not re.search(r"https?:|xmlns|<style|<script|<image|<!DOCTYPE|<\?xml|font-family|metadata", found.svg)


@pytest.mark.parametrize("table_id", DRAWN)
def test_texts_have_the_colour_of_the_page(table_id: str) -> None:
    for element in drawn(REPORT.table(table_id)).iter("text"):
        assert "fill: currentColor" in element.attrib["style"]


def test_arabic_stays_in_its_own_order_and_letters() -> None:
    assert {"ادعاء", "مصدر", "صلة"} <= set(texts(drawn(REPORT.table("confusion"))))


def test_names_are_texts_and_neither_markup_nor_mathematics() -> None:
    names = ("</text><b>", "$x_1$", "😀日", 'x id="a" #7', "\x00\u202e\ud800")
    shown = texts(drawn(table("lengths", "", "annotator, per_thousand", *((name, 1.0) for name in names))))
    assert shown[: len(names)] == [visible(name) for name in names]


def test_long_names_are_shortened() -> None:
    shown = texts(drawn(table("documents", "", "doc_id, title, f1", ("d", RUDE * 3, 0.5))))[0]
    assert shown == visible(RUDE[:25]) + "…"


def test_pairs_show_their_value_in_both_cells() -> None:
    shown = texts(drawn(REPORT.table("pairs")))
    assert [shown.count(text) for text in ("0.71", "0.52", "n/a", "·")] == [2, 2, 2, 3]


def test_a_higher_value_is_darker_but_never_too_dark_to_read_on() -> None:
    root = drawn(table("pairs", "", "one, other, f1_exact", ("a", "b", 1.0), ("a", "c", 0.5), ("b", "c", -0.2)))
    styles = " ".join(element.get("style", "") for element in root.iter("path"))
    found = [float(opacity) for opacity in re.findall(r"(?<!-)opacity: ([\d.]+)", styles)]
    assert sorted(found) == [0, 0, 0, 0, 0, 0.3, 0.3, 0.6, 0.6]


def test_confusion_has_a_row_and_a_column_for_none() -> None:
    shown = texts(drawn(REPORT.table("confusion")))
    assert shown.count("none") == 2
    assert shown.count("900") == len(LABELS)
    assert shown.count("31") == len(LABELS)


def test_confusion_without_any_count_has_no_plot() -> None:
    assert plot(table("confusion", "", "label, claim, none", ("claim", 0, 0), ("none", 0, None))) is None


def test_kinds_are_shares_of_the_items_of_a_label() -> None:
    root = drawn(REPORT.table("kinds"))
    agreed = [width for width, height in filled(root, svg.AGREED) if height > 16]
    missed = [width for width, height in filled(root, "--ramp-6") if height > 16]
    whole = agreed[0] / (120 / 231)
    assert agreed == pytest.approx([whole * share for share in (120 / 231, 90 / 143, 300 / 388)], abs=0.01)
    assert missed == pytest.approx([whole * share for share in (31 / 231, 12 / 143, 7 / 388)], abs=0.01)


def test_kinds_name_every_kind_and_how_many_items_there_are() -> None:
    shown = texts(drawn(REPORT.table("kinds")))
    assert set(KINDS) <= set(shown)
    assert {"231", "143", "388"} <= set(shown)
    assert "trivial" not in shown
    assert "صلة" not in shown, "it has no items"


def test_a_label_may_be_called_as_a_column_is() -> None:
    shown = texts(drawn(table("confusion", "", "label, label, none", ("label", 5, 1), ("none", 2, None))))
    assert {"5", "1", "2"} <= set(shown)


def test_edges_are_counted_at_their_difference() -> None:
    rows = [("start", "≤ -20", 4), ("start", -1, 2), ("start", 3, 8), ("end", "≥ 20", 5)]
    root = drawn(table("edges", "", "edge, difference, count", *rows))
    heights = [height for _, height in filled(root, "--series")]
    assert [height / heights[1] for height in heights[:3]] == pytest.approx([2, 1, 4], rel=0.001)
    assert {"start", "end", "≤ -20", "≥ 20", "0", "+10", "-10"} <= set(texts(root))


def test_time_shows_each_defined_period_and_no_line_over_a_gap() -> None:
    written = plot(REPORT.table("time"))
    assert written
    root = ET.fromstring(written.svg)
    (line,) = [element for element in root.iter("path") if "stroke-width: 2" in element.get("style", "")]
    assert line.attrib["d"].count("M") == 2, "before and after the month without a value"
    assert len([element for element in root.iter("use") if "--series" in element.get("style", "")]) == 5


def test_one_period_is_enough() -> None:
    assert "2025-01" in texts(drawn(table("time", "", "period, f1_exact", ("2025-01", estimate(0.5)))))


def test_many_periods_are_not_all_named() -> None:
    rows = [(f"{year}", estimate(0.5)) for year in range(1900, 2000)]
    named = [text for text in texts(drawn(table("time", "", "period, f1_exact", *rows))) if text.isdigit()]
    assert named[0] == "1900"
    assert len(named) <= 8


def test_the_worst_documents_are_drawn_in_their_order() -> None:
    root = drawn(documents(40))
    values = [text for text in texts(root) if re.fullmatch(r"\d\.\d\d", text)]
    assert values == [f"{place / 40:.2f}" for place in range(WORST)]


def test_a_document_without_title_is_called_by_its_id() -> None:
    assert "doc-7" in texts(drawn(table("documents", "", "doc_id, title, f1", ("doc-7", "", 0.5))))


def test_lengths_are_as_long_as_their_rates() -> None:
    widths = [width for width, _ in filled(drawn(REPORT.table("lengths")), "--series")]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 8.31 / 4.2, 1.98 / 4.2], rel=0.001)


def test_words_are_translated_and_names_are_not() -> None:
    found = plot(REPORT.table("confusion"), translate=lambda text: f"<{text}>")
    assert found
    shown = texts(ET.fromstring(found.svg))
    assert shown.count("<none>") == 2
    assert "boilerplate" in shown
    assert found.caption.startswith("<")


def test_what_somebody_set_in_matplotlib_is_neither_used_nor_changed() -> None:
    wanted = plot(REPORT.table("time"))
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "red", "svg.fonttype": "path"}):
        before = dict(mpl.rcParams)
        assert plot(REPORT.table("time")) == wanted
        assert dict(mpl.rcParams) == before
