"""More of the mouse: double and triple clicks, dragging that scrolls, the other button, and keys close behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.timer import Timer

from annotator.tui.app import AnnotatorApp
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.pointing import OTHER_BUTTON
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import PAGE, SHORT


SENTENCE = "قال وزير النقل إن الجسر آمن"
LINES = "\n".join(f"سطر {number}" for number in range(100))

Clock = Callable[[], None]


def letter(hands: Hands, word: str, index: int = 0) -> tuple[int, int]:
    """Where a letter of a word of SHORT is drawn; the last one is -1."""
    return hands.place_of(SHORT.index(word) + index % len(word))


@pytest.fixture
def tick(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets the time between two rows pass while the pointer is held outside; without it no time does."""
    ticking: list[Callable[[], None]] = []

    class Ticking(Timer):
        def __init__(self, callback: Callable[[], None]) -> None:
            self.callback = callback
            ticking.append(callback)

        def stop(self) -> None:
            ticking.remove(self.callback)

    monkeypatch.setattr(DocumentView, "set_interval", lambda _view, _seconds, callback: Ticking(callback))

    def pass_time() -> None:
        for callback in list(ticking):
            callback()

    return pass_time


def top_line(hands: Hands) -> int:
    """Which of LINES is drawn at the top."""
    return hands.screen.main.rows_in_sight[0].paragraph


# Clicks in a row


async def test_a_double_click_selects_the_word(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "النقل", 2), times=2)
        assert hands.selected == "النقل"


async def test_a_triple_click_selects_the_sentence_without_its_full_stop(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "النقل", 2), times=3)
        assert hands.selected == SENTENCE


async def test_two_clicks_apart_are_no_double_click(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        for _ in range(2):
            await hands.click(*letter(hands, "النقل", 2))
        assert hands.selected == ""


async def test_a_double_click_on_an_annotation_selects_its_word_and_the_label_key_adds_another_one(
    make_app: AppMaker,
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c")
        await hands.click(*letter(hands, "وزير"), times=2)
        await hands.press("s")
        assert hands.labelled == [("claim", SENTENCE), ("source", "وزير")]


async def test_a_double_click_between_words_selects_nothing_strange(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*hands.place_of(SHORT.index(" وزير")), times=2)
        assert hands.selected.strip() in {"", "قال", "وزير"}


# Dragging


@pytest.mark.parametrize(
    ("one", "other"),
    [(("وزير", 0), ("النقل", -1)), (("النقل", -1), ("وزير", 0))],
    ids=["forwards", "backwards"],
)
async def test_a_drag_selects_both_ends_included(
    make_app: AppMaker, one: tuple[str, int], other: tuple[str, int]
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.drag(letter(hands, *one), letter(hands, *other))
        assert hands.selected == "وزير النقل"
        assert hands.place_of(hands.desk.cursor) == letter(hands, *other)
        await hands.press("s")
        assert hands.labelled == [("source", "وزير النقل")]


async def test_a_drag_over_rows_selects_what_is_read_between_its_ends(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.drag(letter(hands, "الكلفة"), letter(hands, "ولم", -1))
        assert hands.selected == SHORT[SHORT.index("الكلفة") : SHORT.index(" ترد")]


async def test_the_selection_is_shown_while_the_mouse_moves_and_follows_it_back(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.hold(letter(hands, "وزير"), letter(hands, "الجسر", -1))
        assert hands.selected == "وزير النقل إن الجسر"
        await hands.move(letter(hands, "النقل", -1))
        assert hands.selected == "وزير النقل"
        await hands.move(letter(hands, "قال"))
        assert hands.selected == "قال و"


async def test_after_the_button_is_released_moves_select_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.drag(letter(hands, "وزير"), letter(hands, "النقل", -1))
        await hands.move(letter(hands, "الكلفة"), letter(hands, "البلدية"))
        assert hands.selected == "وزير النقل"


async def test_a_drag_does_not_focus_what_it_ends_on(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s")
        await hands.drag(letter(hands, "قال"), letter(hands, "وزير", -1))
        assert (hands.focused, hands.selected) == ("", "قال وزير")


async def test_a_press_that_trembles_inside_one_letter_is_a_click(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "escape")
        place = letter(hands, "وزير")
        await hands.drag(place, place)
        assert (hands.focused, hands.selected) == ("وزير", "")


async def test_a_drag_from_a_fold_takes_in_all_of_it(make_project: ProjectMaker, import_record: RecordImporter) -> None:
    project = make_project()
    furniture = PAGE[: PAGE.index("\n\n")]
    import_record(project, PAGE, ("b1", "boilerplate", furniture))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert "folded" in hands.lines[1]
        await hands.drag((40, 1), hands.place_of(PAGE.index("\n\n") + 2))
        assert hands.selected == PAGE[: PAGE.index("\n\n") + 3]


async def test_a_drag_ends_what_was_being_asked(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"abc")
        await hands.drag(letter(hands, "وزير"), letter(hands, "النقل", -1))
        await hands.press("s")
        assert hands.labelled == [("source", "وزير النقل")]
        await hands.press("'")
        await hands.drag(letter(hands, "الكلفة"), letter(hands, "زادت", -1))
        assert hands.hinted == []
        assert hands.selected.endswith("زادت")


async def test_a_drag_takes_the_edge_along_that_is_being_moved(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "]")
        await hands.drag(letter(hands, "وزير", -1), letter(hands, "النقل", -1))
        assert ("EDGE" in hands.status, hands.selected) == (True, "")
        await hands.press("enter")
        assert hands.labelled == [("source", "وزير النقل")]


async def test_a_double_click_moves_an_edge_as_a_click_does(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "]")
        await hands.click(*letter(hands, "النقل", -1), times=2)
        assert hands.selected == ""
        await hands.press("enter")
        assert hands.labelled == [("source", "وزير النقل")]


# Dragging beyond the text


async def test_below_the_text_it_scrolls_row_by_row_and_selects_on(make_app: AppMaker, tick: Clock) -> None:
    async with running(make_app(LINES)) as hands:
        region = hands.screen.main.region
        start = hands.place_of(0)
        await hands.hold(start, (start[0], region.bottom + 1))
        assert top_line(hands) == 0
        for rows in (1, 2, 3):
            tick()
            await hands.settled()
            assert top_line(hands) == rows
            assert hands.desk.layout.paragraph_at(hands.desk.cursor) == rows + region.height - 1
            assert hands.selected.startswith("سطر 0\n")


async def test_above_the_text_it_scrolls_back(make_app: AppMaker, tick: Clock) -> None:
    async with running(make_app(LINES)) as hands:
        await hands.press("ctrl+end")
        first, x = top_line(hands), hands.place_of(len(LINES) - 1)[0]
        await hands.hold((x, 10), (x, 0))
        for rows in (1, 2):
            tick()
            await hands.settled()
            assert top_line(hands) == first - rows
            assert hands.desk.layout.paragraph_at(hands.desk.cursor) == first - rows


async def test_back_over_the_text_the_scrolling_stops(make_app: AppMaker, tick: Clock) -> None:
    async with running(make_app(LINES)) as hands:
        x = hands.place_of(0)[0]
        await hands.hold((x, 1), (x, 23))
        tick()
        await hands.move((x, 5))
        tick()
        await hands.settled()
        assert top_line(hands) == 1
        assert hands.desk.layout.paragraph_at(hands.desk.cursor) == 5


async def test_the_release_of_the_button_stops_the_scrolling(make_app: AppMaker, tick: Clock) -> None:
    async with running(make_app(LINES)) as hands:
        x = hands.place_of(0)[0]
        await hands.hold((x, 1), (x, 23))
        tick()
        await hands.release(x, 23)
        tick()
        await hands.settled()
        assert top_line(hands) == 1


async def test_at_the_end_of_the_document_it_stays_there(make_app: AppMaker, tick: Clock) -> None:
    async with running(make_app(SHORT)) as hands:
        x = hands.place_of(0)[0]
        await hands.hold((x, 1), (x, 23))
        tick()
        tick()
        await hands.settled()
        assert top_line(hands) == 0


# The other button


async def test_the_other_button_asks_for_a_label_for_the_word(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "النقل", 2), button=OTHER_BUTTON)
        assert hands.selected == "النقل"
        assert [line.split() for line in hands.menu[1:]] == [
            ["c", "Claim"],
            ["s", "Source"],
            ["b", "Boilerplate"],
            ["r", "Spill-over"],
        ]
        await hands.press("s")
        assert hands.labelled == [("source", "النقل")]
        assert hands.menu == []


async def test_a_label_is_chosen_with_the_mouse(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "النقل", 2), button=OTHER_BUTTON)
        await hands.click(*hands.menu_place(2))
        assert hands.labelled == [("source", "النقل")]
        assert hands.menu == []


async def test_on_a_selection_the_label_is_for_all_of_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.drag(letter(hands, "وزير"), letter(hands, "النقل", -1))
        await hands.click(*letter(hands, "النقل", 1), button=OTHER_BUTTON)
        assert (hands.menu[0], hands.selected) == ("Label", "وزير النقل")
        await hands.press("s")
        assert hands.labelled == [("source", "وزير النقل")]


async def test_beside_a_selection_it_is_for_the_word_there(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.drag(letter(hands, "وزير"), letter(hands, "النقل", -1))
        await hands.click(*letter(hands, "البلدية", 1), button=OTHER_BUTTON)
        await hands.press("s")
        assert hands.labelled == [("source", "البلدية")]


async def test_on_an_annotation_the_menu_has_what_can_be_done_with_it_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "escape")
        await hands.click(*letter(hands, "وزير"), button=OTHER_BUTTON)
        assert hands.focused == "وزير"
        remove = next(number for number, line in enumerate(hands.menu) if line.startswith("Remove the annotation"))
        await hands.click(*hands.menu_place(remove))
        assert hands.labelled == []


async def test_on_an_annotation_a_label_relabels_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "escape")
        await hands.click(*letter(hands, "وزير"), button=OTHER_BUTTON)
        await hands.press("c")
        assert hands.labelled == [("claim", "وزير")]


async def test_escape_leaves_the_menu_of_the_other_button(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "وزير"), button=OTHER_BUTTON)
        await hands.press("escape", "w")
        assert (hands.menu, hands.labelled) == ([], [])


async def test_a_click_beside_the_menu_leaves_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "وزير"), button=OTHER_BUTTON)
        await hands.click(*letter(hands, "الجسر"))
        assert hands.menu == []
        assert hands.desk.cursor == SHORT.index("الجسر")


# Keys that come together with the mouse, as a slow link delivers them


async def test_a_label_key_close_behind_a_click_labels_the_word_that_was_clicked(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        hands.send_click(*letter(hands, "البلدية"))
        hands.send("s")
        await hands.settled()
        assert hands.labelled == [("source", "البلدية")]


async def test_a_label_key_close_behind_a_triple_click_labels_the_sentence(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        hands.send_click(*letter(hands, "النقل"), times=3)
        hands.send("c")
        await hands.settled()
        assert hands.labelled == [("claim", SENTENCE)]


async def test_a_key_close_behind_the_other_button_chooses_from_its_menu(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        hands.send_click(*letter(hands, "البلدية"), button=OTHER_BUTTON)
        hands.send("b", "home")
        await hands.settled()
        assert hands.labelled == [("boilerplate", "البلدية")]


async def test_a_key_close_behind_a_click_on_a_menu_comes_after_what_that_chose(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.click(*letter(hands, "البلدية"), button=OTHER_BUTTON)
        hands.send_click(*hands.menu_place(2))
        hands.send("c")
        await hands.settled()
        assert hands.labelled == [("claim", "البلدية")]


async def test_a_key_close_behind_a_click_on_a_label_comes_after_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        strip = hands.screen.query_one("#labels").region
        hands.send_click(hands.lines[strip.y].index("Source"), strip.y)
        hands.send("u")
        await hands.settled()
        assert hands.labelled == []
        assert "undone: add" in hands.status


async def test_a_key_close_behind_a_click_that_opens_a_document_acts_in_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر", document=None)) as hands:
        hands.send_click(40, 2)
        hands.send("s")
        await hands.settled()
        assert hands.labelled == [("source", "قال")]


async def test_letters_close_behind_a_paste_come_after_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/")
        hands.send_paste("الكل")
        hands.send("ف", "ة", "enter")
        await hands.settled()
        assert hands.desk.cursor == SHORT.index("الكلفة")
