"""Selecting, labelling, focusing, edges, removing, undoing: what the keys do and what is on disk afterwards."""

from __future__ import annotations

import pytest

from annotator.services.looking import show
from annotator.services.project import open_project
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


SENTENCE = "قال وزير النقل إن الجسر آمن"


def stored(hands: Hands) -> list[tuple[str, str]]:
    """Label and text of each annotation as the database has them."""
    record = show(hands.app._project, hands.desk.session.document.doc_id, "me", raw=False)
    return [(found["label"], found["text"]) for found in record["spans"]]


# Selecting


async def test_space_grows_the_selection_and_backspace_shrinks_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        seen = []
        for key in ("space", "space", "space", "space", "backspace", "backspace", "backspace", "backspace"):
            await hands.press(key)
            seen.append(hands.selected)
        paragraph = SHORT.split("\n", 1)[0]
        assert seen == ["قال", SENTENCE, paragraph, SHORT, paragraph, SENTENCE, "قال", ""]


async def test_what_space_selected_is_said(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        for what in ("word", "sentence", "paragraph", "paragraphs"):
            await hands.press("space")
            assert hands.status.startswith(f" selected: {what}  ")


async def test_behind_a_mark_space_goes_to_the_end_of_the_sentence_and_then_of_the_paragraph(
    make_app: AppMaker,
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "m")
        seen = []
        for _ in range(3):
            await hands.press("space")
            seen.append(hands.selected)
        paragraph = SHORT.split("\n", 1)[0].removeprefix("قال ")
        assert seen == [SENTENCE.removeprefix("قال "), paragraph, paragraph]
        await hands.press("c")
        assert stored(hands) == [("claim", paragraph)]


async def test_the_selection_is_drawn_on_its_cells_and_on_no_others(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "space")
        selection = hands.app.palette.selection
        word = range(SHORT.index("وزير") + 1, SHORT.index("وزير") + 4)  # the first letter is under the cursor
        assert hands.styled(lambda style: style.bgcolor == selection.bgcolor) == sorted(map(hands.place_of, word))


async def test_a_mark_selects_while_moving_and_the_status_line_says_so(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("m", "left", "left")
        assert hands.selected == "قال"
        assert "MARK" in hands.status
        await hands.press("escape")
        assert hands.selected == ""
        assert "MARK" not in hands.status


async def test_with_a_mark_words_are_selected_whole(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "m", "w", "w", "s")
        assert hands.labelled == [("source", "وزير النقل")]


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        (("shift+left", "shift+left"), "قال"),
        (("shift+left", "shift+right"), "ق"),
        (("shift+end",), SHORT.split("\n", 1)[0]),
        (("w", "shift+home"), "قال و"),
        (("shift+down",), SHORT.split("\n", 1)[0] + "\n"),
        (("shift+down", "shift+up"), "ق"),
        (("shift+pagedown",), SHORT[: SHORT.rindex("\n") + 2]),
        (("shift+pagedown", "shift+pageup"), "ق"),
    ],
)
async def test_shifted_moves_select(make_app: AppMaker, keys: tuple[str, ...], selected: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(*keys)
        assert hands.selected.rstrip("\n") == selected.rstrip("\n")


# Labelling


async def test_a_label_is_on_disk_when_the_screen_says_saved(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c")
        assert "saved: Claim" in hands.status
        assert stored(hands) == [("claim", SENTENCE)]


@pytest.mark.parametrize(
    ("key", "label"),
    [("c", "claim"), ("s", "source"), ("b", "boilerplate"), ("r", "spillover"), ("ؤ", "claim"), ("س", "source")],
)
async def test_each_label_key_labels(make_app: AppMaker, key: str, label: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(key)
        assert hands.labelled == [(label, "قال")]


async def test_a_label_is_drawn_on_its_cells_with_its_edges(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c", "ctrl+end")
        look = hands.app.palette.labels["claim"]
        grounds = [hands.columns(y)[x].style.bgcolor for x, y in map(hands.place_of, range(len(SENTENCE)))]
        inside = [look.body.bgcolor] * (len(SENTENCE) - 2)
        assert grounds == [look.start.bgcolor, *inside, look.end.bgcolor]
        assert hands.styled(lambda style: style == look.mark) == [(79, 1)]


async def test_a_new_annotation_is_focused_until_the_cursor_moves(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s")
        assert hands.focused == "قال"
        assert " Source  Official  0–3 " in hands.shown("#focus")
        await hands.press("left")
        assert hands.focused == ""
        assert "Source 1" in hands.shown("#focus")


async def test_a_label_key_relabels_what_is_focused(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "c")
        assert stored(hands) == [("claim", "قال")]
        assert "saved: now Claim" in hands.status


async def test_the_last_label_is_repeated(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر")) as hands:
        await hands.press(".")
        assert "no label was used yet" in hands.status
        await hands.press("s", "w", ".")
        assert hands.labelled == [("source", "قال"), ("source", "وزير")]
        await hands.press("n", ".")
        assert hands.labelled == [("source", "خبر")]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (("s", "W", "s"), "this text already has this label"),
        (("u",), "nothing to undo"),
        (("U",), "nothing to redo"),
        (("x",), "there is no annotation here"),
        (("X",), "there is no annotation here"),
        (("a",), "there is no annotation here"),
        (("-",), "there is no annotation here"),
        (("*",), "select a text first"),
        (("[",), "focus an annotation first"),
        (("tab",), "no annotations yet"),
        (("N",), "nothing was searched for"),
        (("z",), "no whole line is boilerplate or spill-over"),
        (("p",), "this is the first document"),
        (("n",), "this is the last document"),
        (("end", "s"), "there is no word under the cursor"),
        (("b", "left", "m", "left", "left", "left", "left", "b"), "a Boilerplate may not overlap another Boilerplate"),
    ],
)
async def test_what_cannot_be_done_is_said_in_the_status_line(
    make_app: AppMaker, keys: tuple[str, ...], message: str
) -> None:
    async with running(make_app(SHORT), size=(120, 24)) as hands:
        await hands.press(*keys)
        assert message in hands.status


@pytest.mark.parametrize("key", ["0", "e", "g", "G", ">", "ctrl+s", "f5", "insert"])
async def test_keys_without_a_meaning_change_nothing(make_app: AppMaker, key: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space")
        before = hands.lines
        await hands.press(key)
        assert hands.lines == before
        assert hands.labelled == []


async def test_a_paste_outside_text_fields_presses_no_key(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.paste("cccsss")
        assert hands.labelled == []


# Focusing


async def test_tab_focuses_in_reading_order_and_shift_tab_goes_back(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c", "w", "s", "w", "w", "w", "s")
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await hands.press(key)
            seen.append(hands.focused)
        assert seen == [SENTENCE, "وزير", "الجسر", "وزير"]


async def test_the_focused_annotation_stands_out(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "w", "s", "w", "w", "tab")
        focused = hands.app.palette.labels["source"].focused
        assert hands.focused == "قال"
        letters = sorted(map(hands.place_of, (1, 2)))  # the first one is under the cursor
        assert hands.styled(lambda style: style.bgcolor == focused.bgcolor) == letters


async def test_escape_unfocuses(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s")
        await hands.press("escape")
        assert hands.focused == ""
        assert hands.labelled == [("source", "قال")]


# Edges


async def test_an_edge_is_shown_while_it_moves_and_stored_by_enter(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "]", "left", "left", "left", "left", "left")
        assert "EDGE" in hands.status
        assert stored(hands) == [("source", "قال")]
        look = hands.screen._palette.labels["source"].focused
        assert len(hands.styled(lambda style: style.bgcolor == look.bgcolor)) == len("قال وزير") - 1
        await hands.press("enter")
        assert stored(hands) == [("source", "قال وزير")]
        assert "EDGE" not in hands.status


async def test_escape_leaves_an_edge_where_it_was(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "w", "s", "[", "W", "escape")
        assert stored(hands) == [("source", "النقل")]
        await hands.press("[", "W", "enter")
        assert stored(hands) == [("source", "وزير النقل")]


async def test_an_edge_takes_words_in_whole(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "s", "]", "w", "enter", "[", "W", "enter")
        assert hands.labelled == [("source", "قال وزير النقل")]


# Removing and undoing


async def test_removing_undoing_and_redoing_are_on_disk_at_once(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s")
        for key, left in (("x", []), ("u", [("source", "قال")]), ("u", []), ("U", [("source", "قال")]), ("U", [])):
            await hands.press(key)
            assert stored(hands) == left


async def test_an_annotation_goes_with_its_relations_and_comes_back_with_them(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    spans = ("s1", "source", "وزير النقل"), ("c1", "claim", "الجسر آمن")
    import_record(project, SHORT, *spans, relations=(("c1", "s1"),))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("tab")
        assert hands.focused == "وزير النقل"
        await hands.press("x")
        assert show(project, "record", "me", raw=False)["relations"] == []
        await hands.press("u")
        assert len(show(project, "record", "me", raw=False)["relations"]) == 1


async def test_undo_and_redo_reach_back_over_a_restart(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("s", "w", "c", "u")
    project.close()
    with open_project(str(project.path)) as again:
        async with running(AnnotatorApp(again, "me", 1)) as hands:
            await hands.press("U")
            assert hands.labelled == [("source", "قال"), ("claim", "وزير")]
            await hands.press("u", "u")
            assert hands.labelled == []
            await hands.press("U", "U")
            assert hands.labelled == [("source", "قال"), ("claim", "وزير")]


async def test_an_annotator_sees_nothing_of_another_one(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "salma", 1)) as hands:
        await hands.press("c")
    async with running(AnnotatorApp(project, "omar", 1)) as hands:
        assert hands.labelled == []
        await hands.press("u")
        assert "nothing to undo" in hands.status


async def test_a_change_in_another_window_is_taken_in_and_said(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(140, 24)) as hands:
        async with running(AnnotatorApp(project, "me", 1)) as other:
            await other.press("s")
        await hands.press("w", "c")
        assert "changed in another window" in hands.status
        assert hands.labelled == [("source", "قال")]
        await hands.press("c")
        assert hands.labelled == [("source", "قال"), ("claim", "وزير")]
