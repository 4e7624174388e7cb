from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.report import plots
from annotator.agreement.report.fact_names import fact_name
from annotator.agreement.report.html import LONG, WORDS, html_page
from annotator.agreement.report.marking import FORMS, lines_of, pieces_of
from annotator.agreement.report.tables import Estimate, Excerpt, Mark, Report, to_plain
from tests.support.reports import ATTACK, PLACE, RUDE, documents, estimate, excerpt, table, whole_report


VOID = {"meta", "br", "hr", "img", "input", "link"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements below with a tag and attributes, in order."""
        return [
            element
            for element in self.walk()
            if tag in {"", element.tag}
            and all(element.attributes.get(key) == value for key, value in attributes.items())
        ]

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Reader(HTMLParser):
    """A page as a tree; every element must be closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in <{tag}>"
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def section(page: Element, name: str) -> Element:
    (found,) = page.all("section", id=name)
    return found


def figures(element: Element) -> list[dict[str, Any]]:
    """What the `data-` attributes of an element's figures say."""
    return [
        {key.removeprefix("data-"): json.loads(value) for key, value in found.attributes.items() if key[:5] == "data-"}
        for found in element.all()
        if "data-value" in found.attributes
    ]


def without(plain: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key not in keys}


def page_of(*tables: Any, **more: Any) -> Element:
    return read(html_page(Report("Report", {}, tables, **more)))


@pytest.fixture(scope="module")
def report() -> Report:
    return whole_report()


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    return html_page(report)


@pytest.fixture(scope="module")
def page(source: str) -> Element:
    return read(source)


def test_every_figure_of_the_report_is_on_the_page_unrounded(report: Report, page: Element) -> None:
    plain = to_plain(report)
    for drawn in report.tables:
        cells = [cell for row in plain["tables"][drawn.id] for cell in row.values() if not isinstance(cell, str)]
        wanted = [without(cell, "of", "note") if isinstance(cell, dict) else {"value": cell} for cell in cells]
        assert figures(section(page, f"table-{drawn.id}")) == wanted


def test_the_facts_are_there_with_their_numbers(report: Report, page: Element) -> None:
    facts = section(page, "facts")
    assert [name.text for name in facts.all("dt")] == [fact_name(name) for name in report.facts]
    assert [found["value"] for found in figures(facts)] == [60, 30, 0.95]
    assert "salma, منى, omar" in facts.text


def test_there_is_a_section_for_each_table_headlines_first(report: Report, page: Element) -> None:
    found = [element.attributes["id"] for element in page.all("section")]
    heads = [f"table-{one.id}" for one in report.tables if one.is_headline]
    rest = [f"table-{one.id}" for one in report.tables if not one.is_headline]
    assert found == [*heads, *rest, "excerpts", "facts"]


def test_the_contents_lead_to_every_section(page: Element) -> None:
    (contents,) = page.all("nav")
    assert [link.attributes["href"] for link in contents.all("a")] == [
        f"#{one.attributes['id']}" for one in page.all("section")
    ]


def test_an_estimate_says_its_interval_and_what_it_rests_on() -> None:
    cell = Estimate(
        0.81249, 0.78, 0.8444, n=1240, of="spans", coverage=0.973, note="3 documents left out", error=0.0022
    )
    shown = page_of(table("x", "X", "a", (cell,))).all("td")[0]
    assert shown.children[0].text == "0.812"  # type: ignore[union-attr]
    assert [line.text for line in shown.all("small")] == [
        "[0.780, 0.844]",
        "n 1,240 spans",
        "covers 97.3%",
        "sampling error 0.0022",
        "3 documents left out",
    ]


def test_an_undefined_estimate_gives_its_reason() -> None:
    shown = page_of(table("x", "X", "a", (Estimate(None, note="only one category"),))).all("td")[0]
    assert shown.text == "n/aonly one category"


def test_numbers_are_written_as_what_they_are() -> None:
    cells = page_of(table("x", "X", "a, b, c, d, e", (12345, 0.5, None, -3, float("nan")))).all("td")
    assert [cell.text for cell in cells] == ["12,345", "0.500", "n/a", "-3", "n/a"]


def test_the_columns_that_name_a_row_are_its_headers() -> None:
    rows = page_of(table("x", "X", "one, other, place, f1", ("a", "b", "c", 0.5), named_by=2)).all("tbody")[0]
    assert [header.text for header in rows.all("th")] == ["a", "b"]
    assert [header.attributes["scope"] for header in rows.all("th")] == ["row", "row"]


def test_a_long_table_is_folded_after_its_first_rows_and_has_all_of_them() -> None:
    (part,) = [one for one in page_of(documents(2000)).all("section") if one.attributes["id"] == "table-documents"]
    (fold,) = part.all("details")
    ids = [header.text for header in part.all("th", scope="row")]
    assert ids == [f"doc-{place:04}" for place in range(2000)]
    assert [header.text for header in fold.all("th", scope="row")] == ids[LONG:]
    assert fold.all("summary")[0].text.split() == ["Further", "rows:", "1,950"]


def test_a_table_that_is_just_not_long_is_not_folded() -> None:
    assert page_of(documents(LONG)).all("details") == []
    assert len(page_of(documents(LONG + 1)).all("details")) == 1


def test_a_fold_is_open_in_print(source: str) -> None:
    printing = source[source.index("@media print") :]
    assert re.search(r"details::details-content \{[^}]*content-visibility: visible", printing)


def test_an_empty_table_and_an_empty_report_say_so(page: Element) -> None:
    assert WORDS["empty"] in section(page, "table-nothing").text
    assert [one.attributes["id"] for one in page_of().all("section")] == ["facts"]


def test_notes_stand_below_their_table(page: Element) -> None:
    assert "There is no accepted threshold for F1 or γ." in section(page, "table-overall").text


def test_the_same_report_gives_the_same_page(report: Report, source: str) -> None:
    assert html_page(report) == source


def test_each_plot_stands_with_its_table(page: Element) -> None:
    found = [one.attributes["id"] for one in page.all("section") if one.all("svg", role="img")]
    assert sorted(found) == sorted(
        f"table-{name}" for name in ("pairs", "documents", "confusion", "kinds", "edges", "time", "lengths")
    )


def test_without_matplotlib_the_page_says_so_and_has_all_figures(
    report: Report, page: Element, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "is_available", lambda: False)
    bare = read(html_page(report))
    assert bare.all("svg", role="img") == []
    assert WORDS["no plots"] in section(bare, "facts").text
    assert figures(bare) == figures(page)
    assert WORDS["no plots"] not in page.text


def test_ids_are_the_page_s_alone(page: Element) -> None:
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_the_page_asks_for_nothing(source: str, page: Element) -> None:
    assert not re.search(r"https?://|//\w|@import|@font-face|\bsrc\b\s*=|srcset|xlink", source)
    assert set(re.findall(r"url\((.)", source)) <= {"#"}
    assert {element.attributes["href"][0] for element in page.all() if "href" in element.attributes} == {"#"}
    assert not {element.tag for element in page.all()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "image",
    }


def test_the_page_forbids_what_it_does_not_need(page: Element) -> None:
    (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy.attributes["content"].split("; ")[:2] == ["default-src 'none'", "style-src 'unsafe-inline'"]


def test_hostile_texts_stay_texts(source: str, page: Element) -> None:
    assert "<script" not in source
    assert ATTACK in section(page, "table-documents").text
    assert ATTACK in section(page, "excerpts").text
    assert ATTACK in section(page, "table-moon").all("thead")[0].text


def test_no_control_or_override_or_surrogate_reaches_the_page() -> None:
    rude = f"{RUDE}\u2066\ud800\ue000"
    report = Report(
        rude, {rude: rude}, (table("x", rude, "a", (rude,), notes=(rude,)),), (excerpt(rude, (0, 4, rude, rude)),)
    )
    written = html_page(report)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)
    assert written.encode("utf-8")


def test_arabic_is_marked_as_such_and_every_text_from_data_set_apart(page: Element) -> None:
    arabic = [element for element in page.all("bdi") if re.search("[\u0600-\u06ff]", element.text)]
    assert arabic
    assert {element.attributes.get("lang") for element in arabic} == {"ar"}
    assert {element.attributes.get("lang") for element in page.all("bdi") if element.text.isascii()} == {None}


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_runs_as_its_language_does(language: Any, direction: str) -> None:
    (root,) = read(html_page(Report("R", {}, ()), language=language)).all("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (language, direction)


def test_the_page_s_words_are_translated_and_data_is_not() -> None:
    overall = table("overall", "Overall", "measure, value", ("span F1", estimate(0.5)), notes=("A note.",))
    confusion = table("confusion", "Confusion", "label, claim, none", ("claim", 1, 2), ("none", 3, None))
    report = Report("R", {"documents": "news"}, (overall, confusion), (excerpt(PLACE, (0, 4, "salma", "claim")),))
    page = read(html_page(report, translate=lambda text: f"«{text}»"))
    shown = [element.text for element in page.all("bdi")]
    assert {"«Overall»", "«measure»", "«span F1»", "«label»", "«none»", "«Documents»", "news", "claim", "salma"} <= set(
        shown
    )
    assert not {"«claim»", "«news»", "«salma»"} & set(shown)
    assert {"«A note.»", "«n 240 «spans»»", "«boundary»"} <= {element.text for element in page.all()}


def test_an_empty_text_is_never_translated() -> None:
    def catalogue(text: str) -> str:
        assert text, "gettext would answer with the head of its catalogue"
        return text

    html_page(Report("R", {}, (table("x", "X", "a", (Estimate(0.5, n=3),)),)), translate=catalogue)


def test_an_excerpt_is_shown_whole_with_its_marks() -> None:
    marks = ((0, 18, "salma", "مصدر"), (5, 25, "منى", "claim"))
    place = section(page_of(excerpts=(excerpt(PLACE, *marks),)), "excerpts")
    (shown,) = place.all("p")
    assert shown.text == PLACE
    assert (shown.attributes["dir"], shown.attributes["lang"]) == ("rtl", "ar")
    assert [" ".join(line.text.split()) for line in place.all("li")] == [
        "\xa0\xa0\xa0\xa0\xa0\xa0salma: مصدر 400–418".replace("\xa0", ""),
        "منى: claim 405–425",
    ]


def test_a_part_that_two_marked_has_both_lines() -> None:
    marks = ((0, 10, "salma", "claim"), (5, 15, "omar", "claim"))
    (shown,) = section(page_of(excerpts=(excerpt(PLACE, *marks),)), "excerpts").all("p")
    both = [mark.text for mark in shown.all("mark") if mark.all("mark")]
    assert both == [PLACE[5:10]]
    assert {mark.attributes["class"] for mark in shown.all("mark")} == {"line-0", "line-1"}


def test_nothing_but_decorations_parts_the_letters_of_a_marked_word(source: str) -> None:
    rules = re.findall(r"(?:^|\n)(mark|\.line-\d) \{([^}]*)\}", source)
    assert len(rules) == 1 + FORMS
    for _, rule in rules:
        properties = {line.partition(":")[0].strip() for line in rule.split(";") if line.strip()}
        assert properties <= {"background", "color"} | {one for one in properties if one.startswith("text-")}


def test_lines_of_annotators_differ_in_more_than_colour(source: str) -> None:
    forms = [
        re.sub(r"text-decoration-color:[^;]*;", "", rule) for rule in re.findall(r"\n\.line-\d \{([^}]*)\}", source)
    ]
    assert len({form.strip() for form in forms}) == FORMS


def test_everybody_has_the_same_line_in_every_excerpt() -> None:
    first, second = excerpt(PLACE, (0, 4, "b", "claim")), excerpt(PLACE, (0, 4, "a", "claim"), (2, 6, "b", "claim"))
    assert [line.form for line in lines_of(first, ["a", "b"])] == [1]
    assert [line.form for line in lines_of(second, ["a", "b"])] == [0, 1]


def test_marks_of_one_annotator_share_a_lane_where_they_can() -> None:
    marks = ((0, 4, "a", "claim"), (4, 9, "a", "claim"), (5, 7, "a", "source"), (0, 2, "b", "claim"))
    assert [line.lane for line in lines_of(excerpt(PLACE, *marks), ["a", "b"])] == [0, 0, 1, 2]


def marked_texts() -> st.SearchStrategy[Excerpt]:
    edges = st.tuples(st.integers(0, 12), st.integers(0, 14)).map(sorted)
    mark = st.builds(lambda span, who: Mark(span[0], span[1], who, "claim"), edges, st.sampled_from("abc"))
    marks = st.lists(mark, max_size=6).map(tuple)
    return st.builds(lambda text, found: Excerpt("d", 0, text, "label", found), st.text("اب ل", max_size=12), marks)


@settings(deadline=None, max_examples=100)
@given(marked_texts())
def test_the_pieces_are_the_text_and_each_has_the_lines_of_the_marks_over_it(place: Excerpt) -> None:
    lines = lines_of(place, ["a", "b", "c"])
    assert sorted(line.mark.start for line in lines) == sorted(mark.start for mark in place.marks)
    done = 0
    for text, under in pieces_of(place.text, lines):
        assert text
        for offset in range(done, done + len(text)):
            assert under == [line for line in lines if line.mark.start <= offset < line.mark.end]
        done += len(text)
    assert done == len(place.text)


@settings(deadline=None, max_examples=100)
@given(marked_texts())
def test_no_two_lines_lie_over_each_other(place: Excerpt) -> None:
    lines = lines_of(place, ["a", "b", "c"])
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if one.lane == other.lane:
                assert one.mark.annotator == other.mark.annotator
                assert one.mark.end <= other.mark.start or other.mark.end <= one.mark.start


def test_a_text_that_looks_like_the_template_s_language_stays_a_text() -> None:
    title = "{{ 1 }} {% if %}"
    assert read(html_page(Report(title, {}, ()))).all("h1")[0].text == title
