"""Keys that arrive together, as a slow link delivers them, do what they do one by one."""

from __future__ import annotations

import pytest

from annotator.services.preferences import Settings
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.input_line import InputLine
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import running
from tests.tui.texts import SHORT


async def test_a_label_key_behind_others_acts_on_what_they_selected(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c")
        assert hands.labelled == [("claim", "قال وزير النقل إن الجسر آمن")]


async def test_a_label_key_behind_moves_acts_on_the_word_they_lead_to(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "w", "s", "w", "w", "c")
        assert hands.labelled == [("source", "النقل"), ("claim", "الجسر")]


async def test_letters_behind_slash_are_typed_and_label_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", "c", "s", "ل", "ا", "x")
        assert hands.screen.query_one(InputLine).value == "csلاx"
        assert hands.labelled == []


async def test_a_label_key_behind_a_search_acts_where_the_search_leads(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"الكلفة", "enter", "c")
        assert hands.labelled == [("claim", "الكلفة")]


async def test_keys_behind_a_change_of_document_act_on_the_other_document(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر")) as hands:
        await hands.press("n", "w", "s")
        assert hands.screen.document_id == 2
        assert hands.labelled == [("source", "آخر")]


async def test_keys_behind_the_way_to_the_list_act_on_the_list(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر")) as hands:
        await hands.press("q", "down", "enter", "c")
        assert hands.screen.document_id == 2
        assert hands.labelled == [("claim", "خبر")]


async def test_letters_behind_a_filter_are_typed_and_enter_opens_what_is_left(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر", document=None)) as hands:
        await hands.press("/", *"اخر", "enter", "enter")
        assert hands.screen.document_id == 2


async def test_keys_behind_help_scroll_and_close_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("?", "down", "pagedown")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape", "c")
        assert hands.labelled == [("claim", "قال")]


async def test_keys_before_the_first_screen_are_not_lost(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        await hands.press("?", "escape", "enter", "q")
        assert isinstance(hands.app.screen, QueueScreen)


async def test_a_lam_before_a_named_key_is_g_and_then_that_key(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ل", "space", "ؤ")
        assert hands.labelled == [("claim", "قال")]


@pytest.mark.parametrize("sent", ["\x1bc", "\x1bؤ"])
async def test_escape_and_a_key_in_haste_are_these_two_and_not_alt(make_app: AppMaker, sent: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space")
        await hands.feed(sent)
        assert hands.labelled == [("claim", "قال")]


async def test_that_holds_for_capitals_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "w", "w", "space")
        await hands.feed("\x1bW")
        assert hands.selected == ""
        assert hands.desk.cursor == SHORT.index("وزير")


@pytest.mark.parametrize("sent", ["\x1bc", "\x1bؤ"])
async def test_escape_in_haste_leaves_a_text_and_the_key_is_no_letter_of_it(make_app: AppMaker, sent: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", "ق")
        await hands.feed(sent)
        assert not hands.screen.query_one(InputLine).is_open
        assert hands.labelled == [("claim", "قال")]


async def test_alt_with_a_key_is_itself_where_it_has_a_command(make_project: ProjectMaker) -> None:
    settings = Settings(keys={"annotate": {"done": ("alt+d",)}})
    async with running(AnnotatorApp(make_project(SHORT), "me", 1, settings)) as hands:
        await hands.press("space")
        await hands.feed("\x1bd")
        assert hands.desk.session.state.status == "done"
        assert hands.selected == "قال"


async def test_lam_alef_is_one_key_and_lam_alone_is_another(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ل")
        assert hands.labelled == []
        await hands.press("ل", "ا")
        assert hands.labelled == [("boilerplate", "قال")]
