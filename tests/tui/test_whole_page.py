"""A whole page, labelled without ctrl, alt or shifted arrows: on a Latin layout and on an Arabic one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.services.looking import list_documents, show
from annotator.tui.app import AnnotatorApp
from annotator.tui.keys import PAIRS, ROWS
from tests.tui.conftest import ProjectMaker
from tests.tui.hands import Hands, running


PAGE = Path(__file__).parents[2] / "samples" / "pages" / "wire-flat.txt"

ARABIC = {latin: arabic for latins, arabics in reversed(ROWS) for latin, arabic in zip(latins, arabics, strict=True)}
ARABIC |= {latin: pair for pair, latin in PAIRS.items()}
"""What the keys of a Latin layout send on an Arabic one; the key b sends two code points."""


class Typist:
    """Presses the keys of a Latin layout, or those of the same places on an Arabic one."""

    def __init__(self, hands: Hands, layout: str) -> None:
        self.hands, self.layout = hands, layout

    async def press(self, keys: str) -> None:
        """Press some keys, written with spaces between them."""
        sent: list[str] = []
        for key in keys.split():
            assert not key.startswith(("ctrl+", "alt+", "shift+"))
            is_translated = self.layout == "arabic" and key in ARABIC
            sent += ARABIC[key] if is_translated else [key]
        await self.hands.press(*sent)

    async def go_to(self, part: str) -> None:
        """Move row by row to the beginning of the line that has a text."""
        desk = self.hands.desk
        offset = desk.layout.text.index(part)
        while desk.layout.paragraph_at(desk.cursor) != desk.layout.paragraph_at(offset):
            await self.press("down" if desk.cursor < offset else "up")
        await self.press("home")
        while desk.cursor != desk.layout.span(desk.layout.paragraph_at(offset))[0]:
            await self.press("up home")


async def label_page(hands: Hands, layout: str) -> None:
    """Label the page from top to bottom, with some second thoughts."""
    typist = Typist(hands, layout)
    press = typist.press
    await press("space space c")
    await typist.go_to("تاريخ النشر")
    await press("space space space backspace b")
    await typist.go_to("أعلنت نقابة")
    await press("w m w w w s")
    await press("space space c [ w enter")  # the claim begins behind the verb
    await typist.go_to("وقال رئيس النقابة")
    await press("w m w w w w . u")  # a claim by mistake
    await press("m w w w w s")
    await press("] w w enter ] W W enter")  # two words too many, and back
    await press("w w s x u u U x")  # a word too many: in the end it is gone
    await typist.go_to("وأكدت وزارة")
    await press("w m w w c s")  # relabelled at once
    await press("tab tab x u escape")
    await typist.go_to("المصدر: صدى")
    await press("m down home down end b")
    await typist.go_to("زيناتك")
    await press("m pagedown pagedown end r")
    await press("z down up z ? down escape")
    await press("/")
    await hands.type("الإضراب")
    await press("enter N P escape d")


EXPECTED = [
    ("claim", "عمال ميناء برج النخيل يعلقون إضرابهم بعد اتفاق على الأجور"),
    ("boilerplate", "تاريخ النشر: 3rd, March 2026 GMT"),
    ("claim", "نقابة عمال الموانئ … المئة"),
    ("source", "نقابة عمال الموانئ"),
    ("source", "رئيس النقابة فارس الدهان"),
    ("source", "وزارة النقل"),
    ("boilerplate", "المصدر: صدى السلسال … إقرأ أيضاً:"),
    ("spillover", '"زيناتك" تؤجل … لن ينتظروا.'),
]
"""What the page holds then; the middle of the longer ones is left out."""


def check(spans: list[dict[str, Any]]) -> None:
    """Compare the stored spans with what is expected."""
    assert [span["label"] for span in spans] == [label for label, _ in EXPECTED]
    for span, (_, wanted) in zip(spans, EXPECTED, strict=True):
        beginning, _, end = wanted.partition(" … ")
        assert span["text"].startswith(beginning)
        assert span["text"].endswith(end)
        assert end or span["text"] == wanted


async def test_a_whole_page_comes_out_the_same_on_both_layouts(make_project: ProjectMaker) -> None:
    project = make_project(PAGE.read_text(encoding="utf-8"))
    stored = []
    for layout in ("latin", "arabic"):
        async with running(AnnotatorApp(project, layout, 1)) as hands:
            await label_page(hands, layout)
        (document,) = list_documents(project, layout)
        record = show(project, document.doc_id, layout, raw=False)
        check(record["spans"])
        assert record["status"] == "done"
        spans = [{key: value for key, value in span.items() if key != "id"} for span in record["spans"]]
        stored.append((spans, record["relations"], document.cursor))
    assert stored[0] == stored[1]
