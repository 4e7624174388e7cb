"""The shipped schemas and sample pages are what the documentation promises."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotator.formats.html import read_html
from annotator.formats.schema_yaml import parse_schema
from annotator.model.schema import COLOURS, RESERVED_KEYS
from annotator.text.cleaning import clean


ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
PAGES = sorted((SAMPLES / "pages").glob("*.txt"))
SCHEMAS = ("news", "attribution", "minimal")
MARK = re.compile("[\u064b-\u0652\u0670]")
ARABIC_WORD = re.compile("[\u0621-\u064a\u064b-\u0652\u0670]+")

Data = dict[str, Any]


def page(name: str) -> str:
    return (SAMPLES / "pages" / name).read_bytes().decode("utf-8")


def read_jsonl(name: str) -> list[Data]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


def read_schema(name: str) -> Data:
    data: Data = yaml.safe_load((ROOT / "schemas" / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def labels_of(name: str) -> dict[str, Data]:
    return {label["id"]: label for label in read_schema(name)["labels"]}


def attributes_of(label: Data) -> dict[str, Data]:
    return {attribute["id"]: attribute for attribute in label["attributes"]}


class Tags(HTMLParser):
    """Collects the tags of a page and the text inside each kind of element."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.attributes: dict[str, list[dict[str, str | None]]] = {}
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.setdefault(tag, []).append(dict(attrs))
        if tag not in {"meta", "link", "img", "input"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.text[tag] = self.text.get(tag, "") + data


# --- files


def test_the_samples_are_utf8_files_with_ascii_names() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.is_file()]
    for path in files:
        assert path.name.isascii()
        path.read_bytes().decode("utf-8")


def test_there_are_at_least_eleven_text_pages_and_fourteen_articles() -> None:
    assert len(PAGES) >= 11
    assert len(PAGES) + len(read_jsonl("articles.jsonl")) + 1 >= 14


def test_most_pages_have_250_to_900_words() -> None:
    usual = [path for path in PAGES if 250 <= len(path.read_text(encoding="utf-8").split()) <= 900]
    assert len(usual) > 0.7 * len(PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_only_the_page_of_dirty_bytes_has_carriage_returns(path: Path) -> None:
    assert (b"\r" in path.read_bytes()) == (path.stem == "dirty-bytes")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_is_a_copy_of_another(path: Path) -> None:
    assert [other.name for other in PAGES if other.read_bytes() == path.read_bytes()] == [path.name]


# --- shapes


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("tv-doubled-lists", r"Play\n(.+)\n(\d\d:\d\d \| [\d-]+)\nPlay\n\1\n\2\n"),
        ("tv-doubled-lists", r"\+A\n-A\n"),
        ("tv-doubled-lists", "[٠-٩]"),
        ("portal-indented", r"(?m)^    • "),
        ("portal-indented", r"(?m)^    هيئة التحريرهيئة التحريرالإثنين \d"),
        ("portal-indented", r"(?m)^    [^»\n]+»[^»\n]+»"),
        ("live-repeated-headline", r"(?m)^(\S.{20,})$[\s\S]+^\1$"),
        ("aggregator-read-also", "كلمات دلالية: "),
        ("aggregator-read-also", r"إقرأ أيضاً:\n\n\S.+\n\nكوثران \(وكالات\)\n"),
        ("aggregator-read-also", r"مقالات مشابهة\n\n(  • .+\n){5,}"),
        ("wire-flat", r"تاريخ النشر: \d"),
        ("wire-flat", r"المصدر: .+\nكلمات دلالية: .+\nإقرأ أيضاً:\n.+\n\(SNW\)--"),
        ("markets-figures", r"\(-\d+\.\d+%\)"),
        ("markets-figures", r"https?://\S+"),
        ("markets-figures", r"\w+@\w+\.example"),
        ("markets-figures", r"(?<!\w)@\w+"),
        ("markets-figures", r"[٠-٩]+٪"),
        ("markets-figures", r"\[[^\]\n]+\]"),
        ("match-related-inside", r"\.\n\nشاهد أيضا\n(• .+\n)+\nو"),
        ("roundup-subheadings", r"انتهى/\S"),
    ],
)
def test_a_page_shows_the_shape_it_is_named_for(name: str, pattern: str) -> None:
    assert re.search(pattern, page(f"{name}.txt"))


def test_one_page_has_an_unbalanced_quotation_mark() -> None:
    assert page("live-repeated-headline.txt").count('"') % 2 == 1


def test_the_pages_use_all_three_kinds_of_quotation_marks() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert min(text.count(mark) for mark in '"“”«»') >= 4


@pytest.mark.parametrize("character", ["\r\n", "\u00a0", "\u0640", "\u200b", "\u00ad", "\u2028", "\u202b", "\ufefb"])
def test_the_page_of_dirty_bytes_has_what_cleaning_removes(character: str) -> None:
    raw = page("dirty-bytes.txt")
    assert character in raw
    assert character not in clean(raw).text


def test_nearly_every_word_of_the_vocalised_page_carries_marks() -> None:
    words = ARABIC_WORD.findall(page("vocalised-notice.txt"))
    assert len(words) > 100
    assert sum(bool(MARK.search(word)) for word in words) > 0.98 * len(words)


def test_ordinary_pages_are_not_vocalised() -> None:
    words = ARABIC_WORD.findall(page("wire-flat.txt"))
    assert sum(bool(MARK.search(word)) for word in words) < 0.1 * len(words)


# --- copies


def body_paragraphs(name: str) -> list[str]:
    """Long lines without dateline and style of quotes."""
    lines = [re.sub('[“”"]', '"', line) for line in page(name).split("\n") if len(line) > 80]
    return [re.sub(r"^.{0,20}( – وكالات: |\(حروف\) – )", "", line) for line in lines]


def test_the_syndicated_copies_share_all_paragraphs_but_one() -> None:
    first, second = body_paragraphs("syndicated-copy-a.txt"), body_paragraphs("syndicated-copy-b.txt")
    assert len(second) >= 6
    assert [line for line in first if line in second] == second
    assert len(first) == len(second) + 1


def agency_paragraphs(name: str) -> list[str]:
    """Long lines without dateline, style of quotes and the word for today."""
    lines = [
        re.sub("[«»]", '"', line).replace("اليوم الأحد", "الأحد") for line in page(name).split("\n") if len(line) > 80
    ]
    return [re.sub(r"^.{0,30}\(سواحل برس\) - ", "", line) for line in lines]


def test_the_copies_of_an_agency_text_share_six_paragraphs_of_which_two_are_cut() -> None:
    first, second = agency_paragraphs("agency-copy-harbour.txt"), agency_paragraphs("agency-copy-inland.txt")
    starts = {line[:60] for line in second}
    shared = [line for line in first if line[:60] in starts]
    assert (len(shared), len([line for line in shared if line in second])) == (6, 4)


def test_the_syndicated_copies_differ_in_headline_quotes_and_furniture() -> None:
    first, second = page("syndicated-copy-a.txt"), page("syndicated-copy-b.txt")
    assert "“" not in first
    assert "“" in second
    short = [{line for line in text.split("\n") if 0 < len(line) <= 80} for text in (first, second)]
    assert not short[0] & short[1]


# --- HTML and JSONL


def test_the_html_page_has_the_parts_of_a_news_page() -> None:
    tags = Tags(page("weather.html"))
    assert tags.attributes["html"] == [{"lang": "ar", "dir": "rtl"}]
    metas = {meta.get("property"): meta.get("content") for meta in tags.attributes["meta"]}
    assert metas["article:published_time"] == "2026-04-02T13:45:00+03:00"
    assert {"title", "nav", "article", "figcaption", "aside", "footer", "script", "style"} <= set(tags.text)


@pytest.mark.parametrize("hidden", ["script", "style"])
def test_what_the_html_page_hides_is_arabic_and_nowhere_else(hidden: str) -> None:
    tags = Tags(page("weather.html"))
    phrase = re.search("نص من [\u0621-\u064a ]+", tags.text[hidden])
    assert phrase
    assert phrase[0] not in tags.text["article"] + tags.text["main"] + tags.text["footer"]


def test_the_records_of_articles_have_fields_that_need_a_mapping() -> None:
    records = read_jsonl("articles.jsonl")
    assert len(records) == 5
    for record in records:
        assert list(record) == ["id", "url", "headline", "body", "outlet", "date"]
        assert all(isinstance(value, str) and value for value in record.values())
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", record["date"])
    assert len({record["id"] for record in records} | {record["url"] for record in records}) == 10


def test_one_record_of_articles_repeats_its_headline_as_its_first_line() -> None:
    starts = [record["body"].startswith(record["headline"] + "\n") for record in read_jsonl("articles.jsonl")]
    assert starts.count(True) == 1


# --- example annotations


EXAMPLES = read_jsonl("examples.jsonl")
EXAMPLE_PAGES = (
    "wire-flat",
    "health-study",
    "interview-answers",
    "comments-then-article",
    "agency-copy-harbour",
    "agency-copy-inland",
    "three-in-a-row",
    "glued-one-line",
    "live-timeline",
    "library-robot",
)
each_example = pytest.mark.parametrize("record", EXAMPLES, ids=EXAMPLE_PAGES)


def raw_page(name: str) -> str:
    """What an import reads of a page: a text file's text, an HTML page's visible text."""
    html = SAMPLES / "pages" / f"{name}.html"
    return read_html(html.read_bytes()).text if html.exists() else page(f"{name}.txt")


def page_of(record: Data) -> str:
    raw = {hashlib.sha256(raw_page(name).encode()).hexdigest(): raw_page(name) for name in EXAMPLE_PAGES}
    return clean(raw[record["raw_sha256"]]).text


def spans_of(record: Data, label: str) -> list[Data]:
    return [span for span in record["spans"] if span["label"] == label]


def test_there_is_one_example_record_of_each_of_ten_pages() -> None:
    found = [record["raw_sha256"] for record in EXAMPLES]
    assert found == [hashlib.sha256(raw_page(name).encode()).hexdigest() for name in EXAMPLE_PAGES]
    assert len(set(found)) == 10


@each_example
def test_an_example_says_format_unit_schema_annotator_and_no_text(record: Data) -> None:
    assert record["format"] == "annotator/1"
    assert record["offset_unit"] == "codepoint"
    assert record["schema"] == {"name": "news", "version": read_schema("news")["version"]}
    assert (record["annotator"], record["status"]) == ("example", "done")
    assert "text" not in record


@pytest.mark.parametrize("name", EXAMPLE_PAGES[:-1])
def test_cleaning_leaves_the_text_page_of_an_example_as_it_is(name: str) -> None:
    assert clean(raw_page(name)).text == raw_page(name)


def test_half_of_the_examples_hold_another_article() -> None:
    assert sum(bool(spans_of(record, "spillover")) for record in EXAMPLES) == 5


@each_example
def test_the_spans_of_an_example_say_the_text_that_stands_there(record: Data) -> None:
    text = page_of(record)
    assert 15 <= len(record["spans"]) <= 40
    assert [span["text"] for span in record["spans"]] == [text[s["start"] : s["end"]] for s in record["spans"]]


@each_example
def test_the_spans_of_an_example_are_sorted_and_have_ids_of_their_own(record: Data) -> None:
    keys = [(span["start"], -span["end"], span["label"], span["id"]) for span in record["spans"]]
    assert keys == sorted(keys)
    assert len({span["id"] for span in record["spans"]}) == len(record["spans"])


@each_example
def test_the_spans_of_an_example_fit_the_news_schema(record: Data) -> None:
    labels = labels_of("news")
    for span in record["spans"]:
        attributes = attributes_of(labels[span["label"]])
        pairs = {pair["key"]: pair["value"] for pair in span["attributes"]}
        assert pairs.keys() == attributes.keys()
        assert all(value in attributes[key]["values"] for key, value in pairs.items())


@each_example
def test_the_spans_of_an_example_with_one_label_do_not_overlap(record: Data) -> None:
    for label in labels_of("news"):
        spans = spans_of(record, label)
        assert all(first["end"] <= second["start"] for first, second in pairwise(spans))


@each_example
def test_furniture_of_an_example_is_whole_lines(record: Data) -> None:
    text = "\n" + page_of(record) + "\n"
    furniture = {label["id"] for label in labels_of("news").values() if label["furniture"]}
    for span in record["spans"]:
        if span["label"] in furniture:
            assert text[span["start"]] == text[span["end"] + 1] == "\n"


@each_example
def test_claims_and_sources_of_an_example_have_no_edge_of_space_or_stop(record: Data) -> None:
    spans = [span for span in record["spans"] if span["label"] in {"claim", "source"}]
    assert all(not re.search(r"^[\s.،]|[\s.،]$", span["text"]) for span in spans)


@each_example
def test_an_example_relates_every_quoted_claim_and_no_other_to_a_source(record: Data) -> None:
    spans = {span["id"]: span for span in record["spans"]}
    quoted = {
        span["id"]
        for span in record["spans"]
        if span["label"] == "claim" and {"key": "quote", "value": "none"} not in span["attributes"]
    }
    assert {relation["head"] for relation in record["relations"]} == quoted
    assert {spans[relation["tail"]]["label"] for relation in record["relations"]} == {"source"}
    assert {relation["label"] for relation in record["relations"]} == {"attributed_to"}


def test_the_examples_use_every_label_of_the_news_schema() -> None:
    used = Counter(span["label"] for record in EXAMPLES for span in record["spans"])
    assert used.keys() == labels_of("news").keys()


# --- schemas


LABEL_KEYS = {"id", "key", "colour", "furniture", "overlap", "name", "guideline", "examples", "attributes"}
ATTRIBUTE_KEYS = {"id", "type", "default", "name", "guideline"}
RELATION_KEYS = {"id", "head", "tail", "max", "name", "guideline"}
each_schema = pytest.mark.parametrize("name", SCHEMAS)
each_label = pytest.mark.parametrize(
    "label", [pytest.param(label, id=f"{name}-{label['id']}") for name in SCHEMAS for label in labels_of(name).values()]
)


def is_bilingual(value: Data) -> bool:
    return value.keys() == {"en", "ar"} and all(isinstance(text, str) and text.strip() for text in value.values())


@each_schema
def test_a_schema_passes_the_checker(name: str) -> None:
    source = (ROOT / "schemas" / f"{name}.yaml").read_text(encoding="utf-8")
    assert parse_schema(source, name).name == name


@each_schema
def test_a_schema_has_a_head_and_lists(name: str) -> None:
    schema = read_schema(name)
    assert (schema["name"], schema["version"]) == (name, 1)
    assert (schema["language"], schema["direction"]) == ("ar", "rtl")
    assert schema.keys() <= {"name", "version", "language", "direction", "labels", "relations", "document_labels"}


@each_schema
def test_a_schema_quotes_every_text_and_has_no_aliases(name: str) -> None:
    source = (ROOT / "schemas" / f"{name}.yaml").read_text(encoding="utf-8")
    assert not any(getattr(event, "anchor", None) for event in yaml.parse(source, Loader=yaml.SafeLoader))
    plain = [
        node.value
        for node in yaml.scan(source, Loader=yaml.SafeLoader)
        if isinstance(node, yaml.ScalarToken) and node.plain
    ]
    assert all(re.fullmatch("[a-z_]+|[0-9]", value) for value in plain)
    assert not {"yes", "no", "on", "off"} & set(plain)


@each_schema
def test_the_label_keys_of_a_schema_are_free_and_differ(name: str) -> None:
    keys = [label["key"] for label in labels_of(name).values()]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(RESERVED_KEYS)


@each_label
def test_a_label_has_every_key_and_known_values(label: Data) -> None:
    assert label.keys() == LABEL_KEYS
    assert label["colour"] in COLOURS
    assert label["furniture"] is (label["id"] in {"boilerplate", "spillover"})
    assert label["overlap"] in {"any", "nested", "none"}
    assert is_bilingual(label["name"])


@each_label
def test_a_guideline_has_80_to_250_words_in_each_language(label: Data) -> None:
    assert is_bilingual(label["guideline"])
    assert all(80 <= len(text.split()) <= 250 for text in label["guideline"].values())


@each_label
def test_a_guideline_is_in_the_language_it_says(label: Data) -> None:
    for language, text in label["guideline"].items():
        arabic, latin = len(re.findall("[\u0621-\u064a]", text)), len(re.findall("[A-Za-z]", text))
        assert (arabic > latin) == (language == "ar")


@each_label
def test_a_label_has_two_to_five_examples_with_closed_brackets_and_a_note(label: Data) -> None:
    assert 2 <= len(label["examples"]) <= 5
    for example in label["examples"]:
        assert example.keys() == {"text", "note"}
        assert is_bilingual(example["note"])
        depths = [0]
        for character in example["text"]:
            depths.append(depths[-1] + {"⟦": 1, "⟧": -1}.get(character, 0))
        assert min(depths) == depths[-1] == 0 < max(depths)


@each_label
def test_every_attribute_has_a_default_names_and_a_guideline(label: Data) -> None:
    for attribute in label["attributes"]:
        assert attribute.keys() - {"values", "value_names"} == ATTRIBUTE_KEYS
        assert is_bilingual(attribute["name"])
        assert is_bilingual(attribute["guideline"])
        if attribute["type"] == "enum":
            assert attribute["default"] == attribute["values"][0]
            assert list(attribute["value_names"]) == attribute["values"]
            assert all(map(is_bilingual, attribute["value_names"].values()))
            assert len(attribute["values"]) <= 9, "one digit chooses a value"
        else:
            assert type(attribute["default"]) is {"bool": bool, "text": str}[attribute["type"]]


@each_schema
def test_relations_and_document_labels_are_complete(name: str) -> None:
    schema = read_schema(name)
    for relation in schema["relations"]:
        assert relation.keys() == RELATION_KEYS
        assert {*relation["head"], *relation["tail"]} <= labels_of(name).keys()
        assert is_bilingual(relation["name"])
        assert is_bilingual(relation["guideline"])
    for label in schema.get("document_labels", []):
        assert label.keys() == {"id", "name", "guideline"}
        assert is_bilingual(label["name"])
        assert is_bilingual(label["guideline"])


@pytest.mark.parametrize(
    ("name", "keys", "relations"),
    [
        ("news", {"claim": "c", "source": "s", "boilerplate": "b", "spillover": "r"}, {"attributed_to": 3}),
        ("minimal", {"claim": "c", "source": "s", "boilerplate": "b", "spillover": "r"}, {}),
        (
            "attribution",
            {"claim": "c", "source": "s", "cue": "v", "boilerplate": "b", "spillover": "r"},
            {"attributed_to": 3, "has_cue": 2, "reported_via": 2},
        ),
    ],
)
def test_a_schema_has_its_labels_and_relations(name: str, keys: dict[str, str], relations: dict[str, int]) -> None:
    assert {label["id"]: label["key"] for label in labels_of(name).values()} == keys
    assert {relation["id"]: relation["max"] for relation in read_schema(name)["relations"]} == relations


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("minimal", {}),
        ("news", {"claim": ["quote", "check_worthy"], "source": ["type"], "boilerplate": ["kind"]}),
        (
            "attribution",
            {
                "claim": ["quote", "claim_type", "certainty", "polarity", "check_worthy"],
                "source": ["type", "named", "role", "refers_to"],
                "boilerplate": ["kind"],
            },
        ),
    ],
)
def test_a_schema_has_its_attributes(name: str, attributes: dict[str, list[str]]) -> None:
    found = {label["id"]: list(attributes_of(label)) for label in labels_of(name).values() if label["attributes"]}
    assert found == attributes


@pytest.mark.parametrize("label", ["boilerplate", "spillover"])
def test_furniture_means_the_same_in_news_and_attribution(label: str) -> None:
    assert labels_of("news")[label] == labels_of("attribution")[label]
