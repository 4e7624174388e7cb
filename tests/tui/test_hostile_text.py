"""Nothing from data reaches the screen as anything but letters, and offsets stay exact behind it."""

from __future__ import annotations

import re
import unicodedata

import pytest

from annotator.services.project import Project
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running, strips


ATTACKS = {
    "osc 52": "\x1b]52;c;ZXZpbA==\x07",
    "title": "\x1b]0;gone\x1b\\",
    "dcs": '\x1bP$q"p\x1b\\',
    "csi": "\x1b[2J\x1b[c",
    "c1": "\x9b2J\x90q\x9c",
    "nul del bs cr": "\x00\x7f\x08\r",
    "overrides": "\u202e\u2066\u2069\u202c\u2067",
    "markup": "[bold]x[/] [/] [/bold] [@click=app.quit]x[/] [$x] [reuters] \\[b]",
    "emoji codes": ":smile: :warning:",
    "tags": "\U000e0041\U000e0042",
    "many marks": "ا" + "\u064e" * 50,
}
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\U000e0000-\U000e00ff]")


def check_screen(hands: Hands) -> None:
    """Nothing on the screen can be obeyed by a terminal, or carries a link or an action."""
    for strip in strips(hands.app):
        for segment in strip:
            assert not FORBIDDEN.search(segment.text), segment
            assert segment.style is not None
            assert segment.style.link is None
            assert not segment.style.meta
    assert not FORBIDDEN.search("".join(hands.lines))


def import_text(project: Project, take: RecordImporter, text: str, title: str = "عنوان", source: str = "") -> None:
    """Import a final text, which no cleaning changes."""
    take(project, text, title=title, meta={"source": source} if source else {})


@pytest.mark.parametrize("attack", ATTACKS)
async def test_an_article_is_drawn_and_not_obeyed_and_offsets_behind_it_are_exact(
    make_project: ProjectMaker, import_record: RecordImporter, attack: str
) -> None:
    text = f"قال {ATTACKS[attack]} وزير النقل\n[bold]سطر[/]"
    project = make_project()
    import_text(project, import_record, text)
    async with running(AnnotatorApp(project, "me", 1), size=(140, 24)) as hands:
        check_screen(hands)
        await hands.press("/", *"النقل", "enter", "space", "s")
        assert hands.labelled == [("source", "النقل")]
        assert hands.annotations[0].start == text.index("النقل")
        await hands.press("space", "space", "c")
        check_screen(hands)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_titles_sources_and_ids_are_drawn_and_not_obeyed(
    make_project: ProjectMaker, import_record: RecordImporter, attack: str
) -> None:
    hostile = f"أخبار {ATTACKS[attack]} أخرى"
    project = make_project()
    import_record(project, "متن الخبر", title=hostile, meta={"source": hostile, hostile: hostile}, doc_id=hostile)
    async with running(AnnotatorApp(project, "me"), size=(140, 24)) as hands:
        check_screen(hands)
        await hands.press("/", *"اخبار", "enter", "enter")
        check_screen(hands)
        assert hands.screen.document_id == 1


async def test_a_hostile_file_name_is_drawn_and_not_obeyed(make_project: ProjectMaker) -> None:
    project = make_project("متن الخبر", names=("\x1b]0;x\x07\x9b[bold]x[@click=app.quit]\u202e.txt",))
    async with running(AnnotatorApp(project, "me"), size=(140, 24)) as hands:
        check_screen(hands)
        await hands.press("enter")
        check_screen(hands)


@pytest.mark.parametrize("name", ["[bold]x[/]", "[@click=app.quit]x[/]", "ليلى \u202e", "x\u2066", "a\u200fb"])
async def test_an_annotators_name_is_drawn_and_not_obeyed(make_app: AppMaker, name: str) -> None:
    async with running(make_app("متن الخبر", name=name)) as hands:
        check_screen(hands)
        await hands.press("q")
        check_screen(hands)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_pasted_note_is_drawn_and_not_obeyed(make_project: ProjectMaker, attack: str) -> None:
    project = make_project("متن الخبر")
    async with running(AnnotatorApp(project, "me", 1), size=(140, 24)) as hands:
        await hands.press("f")
        await hands.paste(f"ملاحظة {ATTACKS[attack]} هنا")
        check_screen(hands)
        await hands.press("enter")
        check_screen(hands)
        await hands.press("escape", "escape")
        check_screen(hands)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_pasted_search_is_drawn_and_not_obeyed(make_app: AppMaker, attack: str) -> None:
    async with running(make_app("متن الخبر")) as hands:
        await hands.press("/")
        await hands.paste(ATTACKS[attack])
        check_screen(hands)
        await hands.press("left", "left", "x", "enter")
        check_screen(hands)


async def test_markup_in_an_article_is_text_to_the_last_bracket(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    text = "aa [reuters] bb [/] [bold]c[/bold]"
    project = make_project()
    import_text(project, import_record, text)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert text in hands.lines[1]


async def test_a_click_on_what_looks_like_an_action_does_not_do_it(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    import_text(project, import_record, "[@click=app.quit]اضغط هنا[/]", title="[@click=app.quit]اضغط[/]")
    app = AnnotatorApp(project, "me", 1)
    async with running(app) as hands:
        for x in range(50, 79, 4):
            await hands.click(x, 1)
            await hands.click(x, 0)
        assert not app._exit


async def test_every_character_of_a_hostile_row_takes_the_columns_that_are_counted_for_it(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    import_text(project, import_record, "".join(ATTACKS.values()))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        for y in range(24):
            assert len(hands.columns(y)) == 80
        for line in hands.lines:
            assert not any(unicodedata.category(character) in {"Cc", "Cs", "Co"} for character in line)


async def test_a_document_list_of_hostile_rows_stays_in_its_columns(make_project: ProjectMaker) -> None:
    attacks = [attack for attack in ATTACKS.values() if "\0" not in attack]  # with a NUL it is no text file
    project = make_project(*(f"{attack} خبر رقم {number}\nمتن" for number, attack in enumerate(attacks)))
    async with running(AnnotatorApp(project, "me"), size=(100, 30)) as hands:
        check_screen(hands)
        assert all(len(hands.columns(y)) == 100 for y in range(30))
