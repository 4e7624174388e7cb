"""Going from document to document, being done, flagging, and the list of documents."""

from __future__ import annotations

import pytest
from textual.message import Message

from annotator.services.looking import list_documents
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.document_list import DocumentList
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


TEXTS = (
    "إضراب الميناء ينتهي بعد أسبوع\nقال العمال إنهم عادوا.",
    "أرضية فسيفساء تحت السوق القديم\nعثر باحثون على أرضية.",
    "محصول الزيتون الأدنى منذ سنين\nتوقعت الوزارة ذلك اليوم وأمس.",
)


def rows(hands: Hands) -> list[str]:
    """The documents in the list, as they are drawn."""
    return [line for line in hands.shown("#documents").split("\n")[1:] if line.strip()]


def current(hands: Hands) -> int:
    """Which row the cursor of the list is on."""
    palette = hands.app.palette
    top = hands.app.screen.query_one("#documents").region.y + 1
    return next(y for y in range(10) if hands.columns(top + y)[5].style.bgcolor == palette.selection.bgcolor)


# One document


async def test_done_is_on_disk_and_can_be_taken_back(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("d")
        assert "saved: done" in hands.status
        assert " done · saved" in hands.status
        assert list_documents(project, "me")[0].status == "done"
        await hands.press("d")
        assert list_documents(project, "me")[0].status == "open"
        await hands.press("u")
        assert list_documents(project, "me")[0].status == "done"


async def test_a_flag_asks_for_a_note_and_keeps_it(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(140, 24)) as hands:
        await hands.press("f", *"نص ناقص", "enter")
        (summary,) = list_documents(project, "me")
        assert (summary.status, summary.note) == ("flagged", "نص ناقص")
        assert "saved: flagged" in hands.status
        assert "ﺺﻗﺎﻧ ﺺﻧ :note" in hands.shown("#inspector") or "note" in hands.shown("#inspector")
        await hands.press("f")
        assert list_documents(project, "me")[0].status == "open"
        assert list_documents(project, "me")[0].note == "نص ناقص"


async def test_a_flag_without_words_is_a_flag(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("f", "enter")
        assert list_documents(project, "me")[0].status == "flagged"


async def test_a_flag_that_is_not_finished_is_none(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("f", *"نص", "escape")
        assert list_documents(project, "me")[0].status == "new"


async def test_a_second_flag_begins_with_the_note_of_the_first(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("f", *"abc", "enter", "f", "f", "d", "enter")
        assert list_documents(project, "me")[0].note == "abcd"


async def test_the_title_line_shows_place_and_title(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=2)) as hands:
        assert hands.lines[0].startswith(" 2/3 ")
        assert hands.lines[0].rstrip().endswith("ﺔﻴﺿﺭﺃ")


async def test_the_cursor_is_where_it_was_left(make_project: ProjectMaker) -> None:
    project = make_project(*TEXTS)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("w", "w", "n", "p")
        assert hands.desk.cursor == TEXTS[0].index("ينتهي")
        await hands.press("w")
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert hands.desk.cursor == TEXTS[0].index("بعد")


# From one to the next


async def test_next_and_previous_go_through_the_list_and_stop_at_its_ends(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS)) as hands:
        seen = []
        for key in ("n", "n", "n", "p"):
            await hands.press(key)
            seen.append(hands.screen.document_id)
        assert seen == [2, 3, 3, 2]


async def test_next_follows_filter_and_order_of_the_list(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("/", *"ال", "enter", "s", "s", "s", "home", "enter")
        seen = [hands.screen.document_id]
        for _ in range(2):
            await hands.press("n")
            seen.append(hands.screen.document_id)
        assert seen == [3, 1, 2]


@pytest.mark.parametrize("layout", ["npfdq", "ىحبيض"])
async def test_the_keys_of_documents_work_on_both_layouts(make_project: ProjectMaker, layout: str) -> None:
    following, previous, flag, done, leave = [*layout]
    project = make_project(*TEXTS)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press(following, done, following, flag, "enter", previous, following, leave)
        assert isinstance(hands.app.screen, QueueScreen)
    assert [summary.status for summary in list_documents(project, "me")] == ["new", "done", "flagged"]


async def test_leaving_the_program_at_once_remembers_the_place(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("w", "w", "ctrl+q")
    assert list_documents(project, "me")[0].cursor == SHORT.index("النقل")


# The list


async def test_the_list_shows_title_source_length_and_status(make_project: ProjectMaker) -> None:
    project = make_project(*TEXTS)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("c", "w", "s", "q")
        first = rows(hands)[0]
        assert first.split()[:3] == ["open", "2", str(len(TEXTS[0]))]
        assert first.rstrip().endswith("ﺏﺍﺮﺿﺇ")
        assert rows(hands)[1].split()[:2] == ["new", str(len(TEXTS[1]))]
        assert "Documents: 3, done 0" in hands.lines[0]
        assert " me " in hands.lines[0]


async def test_the_list_is_full_whichever_document_it_opens_at(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=3)) as hands:
        await hands.press("q")
        assert len(rows(hands)) == 3


async def test_the_list_opens_at_the_document_one_comes_from(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=3)) as hands:
        await hands.press("q")
        assert current(hands) == 2


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (("down",), 1),
        (("down", "down", "down"), 2),
        (("end",), 2),
        (("end", "home"), 0),
        (("end", "up"), 1),
        (("up",), 0),
        (("pagedown",), 2),
        (("end", "pageup"), 0),
    ],
)
async def test_keys_move_in_the_list(make_app: AppMaker, keys: tuple[str, ...], row: int) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press(*keys)
        assert current(hands) == row


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_document_under_the_cursor_is_opened(make_app: AppMaker, key: str) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("down", key)
        assert hands.screen.document_id == 2


async def test_the_next_open_document_is_opened(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS)) as hands:
        await hands.press("d", "n", "d", "q", "home", "n")
        assert hands.screen.document_id == 3


async def test_where_all_are_done_the_list_says_so(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("d", "q", "n")
        assert isinstance(hands.app.screen, QueueScreen)
        assert "no document shown here is left to do" in hands.status


async def test_a_filter_narrows_the_list_with_every_letter(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("/", *"ارض")
        assert [row.split()[-1] for row in rows(hands)] == ["ﺔﻴﺿﺭﺃ"]
        assert "1 shown" in hands.status
        await hands.press("backspace", "backspace", "backspace")
        assert len(rows(hands)) == 3


async def test_a_pasted_filter_narrows_the_list(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("/")
        await hands.paste("محصول")
        assert len(rows(hands)) == 1


async def test_a_filter_without_a_match_says_how_to_get_out(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("/", *"قطار", "enter")
        assert "no document matches; Esc shows all" in hands.text
        await hands.press("enter", "down", "n", "escape")
        assert len(rows(hands)) == 3


async def test_letters_typed_into_the_filter_are_no_commands(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("/", *"qts")
        assert isinstance(hands.app.screen, QueueScreen)
        assert "sorted by import · status all" in hands.status


async def test_status_goes_through_all_of_them(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS)) as hands:
        await hands.press("d", "n", "c", "n", "f", "enter", "q")
        seen = {}
        for _ in range(6):
            await hands.press("t")
            name = hands.status.split("status ")[1].split()[0]
            seen[name] = [row.split()[0] for row in rows(hands) if "no document" not in row]
        assert seen == {
            "new": [],
            "returned": [],
            "open": ["open"],
            "flagged": ["flagged"],
            "done": ["done"],
            "all": ["done", "open", "flagged"],
        }


async def test_sort_goes_through_all_orders(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        seen = []
        for _ in range(5):
            await hands.press("s")
            seen.append(hands.status.split("sorted by ")[1].split()[0])
        assert seen == ["title", "source", "length", "status", "import"]


async def test_sorting_keeps_the_cursor_on_its_document(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.press("end")
        title = rows(hands)[current(hands)].split()[-1]
        await hands.press("s")
        assert rows(hands)[current(hands)].split()[-1] == title


async def test_q_on_the_list_ends_the_program(make_app: AppMaker) -> None:
    app = make_app(*TEXTS, document=None)
    async with running(app) as hands:
        await hands.press("q")
        assert app._exit
    assert app.crash is None


async def test_the_list_is_as_long_as_its_documents(make_app: AppMaker) -> None:
    texts = [f"خبر رقم {number} من الأخبار\nمتن {number}" for number in range(40)]
    async with running(make_app(*texts, document=None)) as hands:
        await hands.press("end")
        assert "39" in rows(hands)[-1]
        await hands.press(*["up"] * 30)
        assert " 9 " in rows(hands)[0]


async def test_a_click_goes_to_a_row_and_another_opens_it(make_app: AppMaker) -> None:
    messages: list[Message] = []
    async with running(make_app(*TEXTS, document=None), messages=messages) as hands:
        await hands.click(40, 3)
        assert current(hands) == 1
        assert not [message for message in messages if isinstance(message, DocumentList.Opened)]
        await hands.click(40, 3)
        assert {message.id for message in messages if isinstance(message, DocumentList.Opened)} == {2}
        assert hands.screen.document_id == 2


async def test_clicks_beside_the_rows_do_nothing(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.click(40, 1)
        await hands.click(40, 12)
        assert current(hands) == 0


async def test_the_wheel_moves_in_the_list(make_app: AppMaker) -> None:
    async with running(make_app(*TEXTS, document=None)) as hands:
        await hands.wheel(40, 5, 1)
        assert current(hands) == 2
        await hands.wheel(40, 5, -1)
        assert current(hands) == 0


@pytest.mark.parametrize("key", ["ى", "ظ", "س", "ف", "؟"])
async def test_the_keys_of_the_list_work_on_an_arabic_layout(make_app: AppMaker, key: str) -> None:
    latin = {"ى": "n", "ظ": "/", "س": "s", "ف": "t", "؟": "?"}[key]
    screens = []
    for pressed in (latin, key):
        async with running(make_app(*TEXTS, document=None)) as hands:
            await hands.press(pressed)
            screens.append(hands.lines)
    assert screens[0] == screens[1]
