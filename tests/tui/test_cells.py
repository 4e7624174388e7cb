"""Exact cells: what stands in which column, in visual order and shaped."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment

from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running, strips
from tests.tui.texts import SHORT


def row(hands: Hands, y: int = 1) -> str:
    """A row of the document without overview and margins."""
    return hands.lines[y][2:].strip()


async def test_a_screen_to_the_last_cell(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s")
        lines = [line.rstrip() for line in hands.lines]
        assert lines[0].split(maxsplit=1) == ["1/1", ".ﺕﺩﺍﺯ ﺔﻔﻠﻜﻟﺍ ﻥﺃ ﻑﺎﺿﺃﻭ .ﻦﻣﺁ ﺮﺴﺠﻟﺍ ﻥﺇ ﻞﻘﻨﻟﺍ ﺮﻳﺯﻭ ﻝﺎﻗ"]
        assert lines[1] == "│▌" + " " * 25 + ".ﺕﺩﺍﺯ ﺔﻔﻠﻜﻟﺍ ﻥﺃ ﻑﺎﺿﺃﻭ .ﻦﻣﺁ ﺮﺴﺠﻟﺍ ﻥﺇ ﻞﻘﻨﻟﺍ ﺮﻳﺯﻭ ﻝﺎﻗ  s"
        assert lines[2] == "█▌"
        assert lines[3] == "█▌" + " " * 59 + ".ﺔﻳﺪﻠﺒﻟﺍ ﺩﺮﺗ ﻢﻟﻭ"
        assert set(lines[4:19]) == {"│▌"}
        assert all(len(hands.columns(y)) == 80 for y in range(24))


async def test_a_row_begins_beside_the_keys_of_the_labels_that_start_in_it(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    spans = (("a", "claim", "الجسر آمن"), ("b", "source", "وزير النقل"), ("c", "claim", "ولم ترد\nالبلدية"))
    import_record(project, "قال وزير النقل إن الجسر آمن\nولم ترد\nالبلدية", *spans, relations=(("a", "b"),))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert [hands.lines[y][-3:] for y in (1, 2, 3, 4)] == ["↔cs", "  c", "  │", "   "]
        look = hands.screen._palette.labels
        styles = [column.style for column in hands.columns(1)[-2:]]
        assert styles == [look["claim"].mark, look["source"].mark]
        assert hands.columns(3)[-1].style == look["claim"].mark


async def test_a_text_from_the_left_has_everything_the_other_way_round(
    make_app: AppMaker, make_project: ProjectMaker, tmp_path: Path
) -> None:
    schema = tmp_path / "english.yaml"
    schema.write_text(
        "name: english\nversion: 1\nlanguage: en\ndirection: ltr\nlabels:\n  - {id: claim, key: c, colour: blue}\n",
        "utf-8",
    )
    async with running(make_app("The bridge is safe.\nSo they say.", schema=str(schema)), size=(60, 20)) as hands:
        await hands.press("w", "c", "down")
        assert hands.lines[1] == "c  The bridge is safe." + " " * 36 + "▐│"
        assert hands.lines[2] == "   So they say." + " " * 43 + "▐│"
        assert [column.glyph for column in hands.columns(1)[3:6]] == ["T", "h", "e"]


@pytest.mark.parametrize("width", [1, 9, 15])
async def test_in_a_narrow_window_there_is_nothing_but_text(make_app: AppMaker, width: int) -> None:
    async with running(make_app("قال نعم"), size=(width, 20)) as hands:
        await hands.press("c")
        assert not {"│", "█", "▌", "c"} & {column.glyph for column in hands.columns(1)}
        assert hands.columns(1)[-1].glyph == "ﻗ"


async def test_the_letters_of_hints_stand_on_the_first_letters_of_words(make_app: AppMaker) -> None:
    async with running(make_app("قال وزير النقل")) as hands:
        plain = row(hands)
        await hands.press("'")
        hint = hands.screen._palette.hint
        shown = [(x, column.glyph) for x, column in enumerate(hands.columns(1)) if column.style == hint]
        assert [x for x, _ in shown] == [76 - 9, 76 - 4]
        assert {glyph for _, glyph in shown} == {found.letters for found in hands.screen.hints}
        document = hands.screen.main
        places = {found.offset for found in hands.screen.hints}
        assert {document.offset_at(x - document.region.x, 0) for x, _ in shown} == places
        await hands.press("escape")
        assert row(hands) == plain
        assert not [column for column in hands.columns(1) if column.style == hint]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("زار Ltd في 12 مارس", "ﺱﺭﺎﻣ 12 ﻲﻓ Ltd ﺭﺍﺯ"),
        ("نسبة 4.2% فقط", "ﻂﻘﻓ %4.2 ﺔﺒﺴﻧ"),
        ("فاز 2-1 (58)", "(58) 1-2 ﺯﺎﻓ"),
        ("قال: «نعم»", "«ﻢﻌﻧ» :ﻝﺎﻗ"),
        ("عام ٢٠٢٦ هنا", "ﺎﻨﻫ ٢٠٢٦ ﻡﺎﻋ"),
        ("الأمر لا", "ﺎﻟ ﺮﻣﺄﻟﺍ"),
    ],
)
async def test_a_line_reads_from_the_right_with_numbers_and_latin_the_right_way_round(
    make_app: AppMaker, text: str, drawn: str
) -> None:
    async with running(make_app(text)) as hands:
        assert row(hands) == drawn


async def test_lam_and_alef_keep_a_cell_each(make_app: AppMaker) -> None:
    async with running(make_app("الأمر لا")) as hands:
        assert len(row(hands)) == len("الأمر لا")
        assert "ﻻ" not in row(hands)


async def test_marks_stay_with_their_letters_in_segments_of_their_own(make_app: AppMaker) -> None:
    async with running(make_app("كَتَبَ الدَّرسَ")) as hands:
        clusters = [segment.text for segment in strips(hands.app)[1] if len(segment.text.strip()) > 1]
        marked = [text for text in clusters if any("\u064b" <= character <= "\u0652" for character in text)]
        assert marked
        assert all(len(text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")) == 1 for text in marked)


async def test_what_cannot_be_seen_takes_no_cell(make_project: ProjectMaker, import_record: RecordImporter) -> None:
    text = "می\u200cخواهم \u200fنعم\u200e"
    project = make_project()
    import_record(project, text)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert not {"\u200c", "\u200e", "\u200f"} & set(hands.text)
        assert len(row(hands)) == len(text) - 3


async def test_every_row_is_as_wide_as_the_window(make_app: AppMaker) -> None:
    async with running(make_app("خبر 👍 日本 كَتَبَ " * 20), size=(77, 20)) as hands:
        assert [len(hands.columns(y)) for y in range(20)] == [77] * 20


async def test_every_segment_has_a_style(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=(130, 30)) as hands:
        await hands.press("space", "c", "/", "x")
        segments: list[Segment] = [segment for strip in strips(hands.app) for segment in strip]
        assert all(segment.style is not None for segment in segments)
