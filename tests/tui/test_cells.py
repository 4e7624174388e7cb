"""Exact cells: what stands in which column, in visual order and shaped."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running, strips
from tests.tui.texts import SHORT


def row(hands: Hands, y: int = 1) -> str:
    """A row of the document without scroll bar and margins."""
    return hands.lines[y][2:].strip()


async def test_a_screen_to_the_last_cell(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s")
        lines = [line.rstrip() for line in hands.lines]
        assert lines[0].split(maxsplit=1) == ["1/1", ".ﺕﺩﺍﺯ ﺔﻔﻠﻜﻟﺍ ﻥﺃ ﻑﺎﺿﺃﻭ .ﻦﻣﺁ ﺮﺴﺠﻟﺍ ﻥﺇ ﻞﻘﻨﻟﺍ ﺮﻳﺯﻭ ﻝﺎﻗ"]
        assert lines[1] == "█" + " " * 28 + ".ﺕﺩﺍﺯ ﺔﻔﻠﻜﻟﺍ ﻥﺃ ﻑﺎﺿﺃﻭ .ﻦﻣﺁ ﺮﺴﺠﻟﺍ ﻥﺇ ﻞﻘﻨﻟﺍ ﺮﻳﺯﻭ ﻝﺎﻗ"
        assert lines[3] == "█" + " " * 62 + ".ﺔﻳﺪﻠﺒﻟﺍ ﺩﺮﺗ ﻢﻟﻭ"
        assert set("".join(lines[4:20])) <= {" ", "│", "█"}
        assert lines[20].startswith(" Source  4–8 type: official ﺮﻳﺯﻭ")
        assert lines[21].startswith(" c Claim  s Source  b Boilerplate  r Spill-over ")
        assert lines[23].startswith(" saved: Source ")
        assert lines[23].endswith("open · saved · bidi by app · me")


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
