"""Suggestions on the screen: how they look, what the keys make of them, and what comes while somebody is at work."""

from __future__ import annotations

import random
from collections.abc import Callable
from threading import Thread

import pytest
from rich.style import Style
from textual.app import App

from annotator.model.suggestion import SuggestedRelation
from annotator.services.looking import list_documents
from annotator.services.project import Project
from annotator.services.reviewing import survey
from annotator.services.suggest_process import SuggestProcess
from annotator.tui.app import AnnotatorApp
from annotator.tui.review_app import ReviewApp
from tests.support import suggestions as stored
from tests.tui.conftest import ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.test_repainting import KEYS, Terminal, stale, terminals, written_by
from tests.tui.texts import PAGE


__all__ = ["terminals"]

TOP = PAGE[: PAGE.index("\n\n")]
BOTTOM = PAGE[PAGE.index("المصدر") :].rstrip()
MINISTER, TRAFFIC = "وزيرة النقل سلمى حداد", "الجسر سيخدم عشرين ألف سيارة كل يوم"
MAYOR, DONE = "رئيس البلدية", "العمل انتهى قبل موعده بشهر كامل"
SPANS = (
    ("top", "boilerplate", TOP),
    ("bottom", "spillover", BOTTOM),
    ("minister", "source", MINISTER),
    ("traffic", "claim", TRAFFIC),
    ("mayor", "source", MAYOR),
    ("done", "claim", DONE),
)
BODY = SPANS[2:]
RELATIONS = (("traffic", "minister"), ("done", "mayor"))


def propose(project: Project, *some: tuple[str, str, str]) -> None:
    """Store suggestions for the first document, a page: id, label, text."""
    made = []
    for id_, label_id, part in some:
        label = project.schema.label(label_id)
        assert label is not None
        start = PAGE.index(part)
        made.append(stored.suggestion(id_, start, start + len(part), label_id, attributes=label.defaults(), score=0.9))
    related = [SuggestedRelation("attributed_to", head, tail) for head, tail in RELATIONS]
    stored.put(project, list_documents(project, "me")[0].doc_id, made, related=related)


@pytest.fixture
def app(make_project: ProjectMaker) -> AnnotatorApp:
    """A page of which most is suggested."""
    project = make_project(PAGE)
    propose(project, *SPANS)
    return AnnotatorApp(project, "me", 1)


def looks(hands: Hands, text: str) -> list[Style]:
    """The styles of the characters of a text in the document, in reading order."""
    start = PAGE.index(text)
    places = [hands.place_of(offset) for offset in range(start, start + len(text))]
    return [hands.columns(y)[x].style for x, y in places]


def folded(hands: Hands) -> list[str]:
    """The summaries of folds."""
    return [line for line in hands.lines if "[folded" in line]


# Opening


async def test_suggested_furniture_opens_folded_into_a_summary_and_reading_begins_below_it(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        top, bottom = folded(hands)
        assert "[folded 2 lines: Boilerplate (suggested)]" in top
        assert "[folded 4 lines: Spill-over (suggested)]" in bottom
        assert hands.desk.cursor == PAGE.index("\n\n") + 2
        assert "6 suggestions · y accepts furniture (2)" in hands.shown("#focus")


async def test_one_key_unfolds_it(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("z")
        assert folded(hands) == []
        assert set(looks(hands, "شارك الخبر")) == {hands.app.palette.labels["boilerplate"].suggested}
        await hands.press("z")
        assert len(folded(hands)) == 2


@pytest.mark.parametrize(
    ("term", "colorterm", "no_color"),
    [("xterm-256color", "truecolor", ""), ("xterm-256color", "", ""), ("xterm", "", ""), ("xterm", "", "1")],
)
async def test_a_suggestion_looks_unlike_the_label_that_it_becomes_and_unlike_text(
    app: AnnotatorApp, monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str, no_color: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    monkeypatch.setenv("NO_COLOR", no_color)
    async with running(AnnotatorApp(app._project, "me", 1)) as hands:
        look = hands.app.palette.labels["source"]
        suggested, text = looks(hands, MINISTER), looks(hands, "إن الجسر")[:3]
        inside, edge = (seen(style) for style in (look.suggested, look.suggested_edge))
        assert {seen(style) for style in suggested[1:-1]} == {inside}
        assert {seen(suggested[0]), seen(suggested[-1])} == {edge}
        await hands.press("tab", "enter", "escape", "ctrl+end")
        accepted = looks(hands, MINISTER)
        assert hands.labelled == [("source", MINISTER)]
        assert not {inside, edge} & {seen(style) for style in (*accepted, *text)}


def seen(style: Style) -> tuple[object, ...]:
    """What is seen of a style; colours that are the terminal's own are none."""
    colours = (None if one is None or one.is_default else one for one in (style.color, style.bgcolor))
    return (*colours, *map(bool, (style.bold, style.italic, style.underline, style.underline2, style.reverse)))


# Answering


async def test_tab_and_shift_tab_go_through_all_in_reading_order_and_round_the_end(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("up", "ctrl+home", "escape")
        met = []
        for _ in range(7):
            await hands.press("tab")
            met.append(hands.desk.focused)
        assert met == ["top", "minister", "traffic", "mayor", "done", "bottom", "top"]
        await hands.press("shift+tab", "shift+tab")
        assert hands.desk.focused == "done"


async def test_enter_accepts_and_goes_on_until_none_is_left(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("y", "tab", "enter")
        assert "saved: Source" in hands.status
        assert hands.desk.focused == "traffic"
        await hands.press("enter", "enter", "enter")
        assert "saved: Claim; no suggestion is left" in hands.status
        assert len(hands.labelled) == 6
        assert len(hands.desk.session.state.relations) == 2


async def test_x_rejects_and_goes_on_and_undo_brings_it_back(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "x")
        assert "suggestion rejected: Source" in hands.status
        assert hands.desk.focused == "traffic"
        assert set(looks(hands, MINISTER)) == {hands.app.palette.text}
        await hands.press("u")
        assert hands.desk.focused == "minister"
        assert hands.labelled == []


async def test_capital_x_rejects_all_of_that_label(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "X")
        assert "2 suggestions rejected" in hands.status
        assert "4 suggestions" in hands.shown("#focus")


async def test_a_label_key_accepts_as_that_and_the_dot_too(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "c")
        await hands.press("escape", "/", *"البلدية", "enter", "escape", "shift+tab", ".")
        assert hands.labelled == [("claim", MINISTER), ("claim", MAYOR)]


async def test_an_edge_is_moved_and_then_accepted(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "]", "W")
        assert hands.labelled == []
        await hands.press("enter")
        assert hands.labelled == [("source", "وزيرة النقل سلمى")]
        await hands.press("u")
        assert (hands.labelled, hands.desk.focused) == ([], "minister")


async def test_digits_accept_and_set_an_attribute_and_escape_does_neither(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "tab", "1", "escape")
        assert (hands.labelled, hands.desk.focused) == ([], "traffic")
        await hands.press("1", "2")
        assert hands.labelled == [("claim", TRAFFIC)]
        (annotation,) = hands.annotations
        label = hands.desk.session.schema.label("claim")
        assert label is not None
        assert annotation.attributes[0][1] == label.attributes[0].values[1]
        await hands.press("u")
        assert hands.labelled == []


async def test_y_accepts_all_furniture_which_stays_folded_and_one_undo_takes_it_back(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        place = hands.desk.cursor
        await hands.press("y")
        assert "saved: 2 suggestions accepted; u takes it back" in hands.status
        assert [label for label, _ in hands.labelled] == ["boilerplate", "spillover"]
        assert ["(suggested)" in line for line in folded(hands)] == [False, False]
        await hands.press("u")
        assert hands.labelled == []
        assert ["(suggested)" in line for line in folded(hands)] == [True, True]
        assert hands.desk.cursor == place


async def test_after_y_tab_does_not_stop_at_what_is_folded_away(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("y", "shift+tab", "tab")
        assert hands.desk.focused == "minister"


async def test_all_can_be_accepted_or_rejected_from_the_menu(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press(";", "y")
        assert len(hands.labelled) == 6
        await hands.press("u", ";", "n")
        assert "6 suggestions rejected" in hands.status
        assert folded(hands) == []


async def test_done_asks_and_escape_is_no_answer(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("d")
        assert hands.menu[:2] == ["6 suggestions wait", "1    accept all 6"]
        await hands.press("escape")
        assert "open" in hands.status
        await hands.press("d", "3")
        assert "saved: done" in hands.status
        assert hands.labelled == []


@pytest.mark.parametrize(("key", "made"), [("1", 6), ("2", 0)])
async def test_done_answers_what_waits(app: AnnotatorApp, key: str, made: int) -> None:
    async with running(app) as hands:
        await hands.press("d", key)
        assert "saved: done" in hands.status
        assert (len(hands.labelled), hands.desk.session.pending.suggestions) == (made, ())


async def test_a_label_over_a_suggestion_puts_it_aside_until_undo(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("/", *"الجسر سيخدم", "enter", "escape", "c", "escape")
        assert "5 suggestions" in hands.shown("#focus")
        assert set(looks(hands, "سيخدم عشرين")) == {hands.app.palette.text}
        await hands.press("u", "escape")
        assert "6 suggestions" in hands.shown("#focus")


async def test_a_click_focuses_a_suggestion_and_one_in_the_strip_another(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.click(*hands.place_of(PAGE.index(TRAFFIC) + 3))
        assert hands.desk.focused == "traffic"
        strip = hands.app.screen.query_one("#strip").region
        await hands.click(strip.right - 12, strip.y)
        assert hands.desk.focused == "minister"


# What is said


async def test_the_reason_and_the_relation_stand_in_the_focus_line_of_a_narrow_window(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("tab", "tab")
        line = hands.shown("#focus")
        assert line.startswith(" Claim?  a verb of saying (90 %)  → attributed to: ")
        assert "Enter accept  x reject" in hands.shown("#hints")
        assert {style.italic for style in looks(hands, MINISTER)} == {True}


async def test_the_reason_and_the_relation_stand_in_the_inspector_of_a_wide_one(app: AnnotatorApp) -> None:
    async with running(app, size=(200, 60)) as hands:
        await hands.press("tab", "tab")
        shown = hands.shown("#inspector")
        for said in ("Claim?", "a verb of saying", "→ attributed to:", "attribution@1", "Enter accept"):
            assert said in shown


async def test_while_page_furniture_is_focused_its_key_is_shown(app: AnnotatorApp) -> None:
    async with running(app) as hands:
        await hands.press("shift+tab")
        assert "y accept all furniture" in hands.shown("#hints")
        await hands.press("tab")
        assert "furniture" not in hands.shown("#hints")


# What comes while somebody is here


async def come(hands: Hands) -> None:
    """What the app does when suggestions are there."""
    hands.screen.take_suggestions()
    await hands.settled()


async def test_on_a_page_that_nobody_has_touched_they_are_folded(make_project: ProjectMaker) -> None:
    project = make_project(PAGE)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        assert folded(hands) == []
        propose(project, *SPANS)
        await come(hands)
        assert len(folded(hands)) == 2
        assert hands.desk.cursor == PAGE.index("\n\n") + 2


@pytest.mark.parametrize("size", [(80, 14), (80, 24)])
async def test_where_somebody_is_at_work_neither_cursor_nor_page_nor_message_change(
    make_project: ProjectMaker, size: tuple[int, int]
) -> None:
    project = make_project(PAGE)
    async with running(AnnotatorApp(project, "me", 1), size=size) as hands:
        await hands.press("/", *"سلمى", "enter", "escape", "s")
        before = hands.desk.cursor, hands.screen.main.rows_in_sight, hands.status
        propose(project, *SPANS)
        await come(hands)
        assert (hands.desk.cursor, hands.screen.main.rows_in_sight, hands.status) == before
        assert set(looks(hands, TRAFFIC)[1:-1]) == {hands.app.palette.labels["claim"].suggested}
        assert hands.desk.focused is not None


async def test_who_turns_the_wheel_is_reading(make_project: ProjectMaker) -> None:
    project = make_project(PAGE)
    async with running(AnnotatorApp(project, "me", 1), size=(80, 12)) as hands:
        await hands.wheel(40, 3, 1)
        rows = hands.screen.main.rows_in_sight
        propose(project, *SPANS)
        await come(hands)
        assert (folded(hands), hands.screen.main.rows_in_sight) == ([], rows)


@pytest.mark.parametrize("keys", [("/", "ن", "ق"), (";",), ("'",), ("m", "w"), ("f", "ن")])
async def test_what_is_asked_stays_open(make_project: ProjectMaker, keys: tuple[str, ...]) -> None:
    project = make_project(PAGE)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("down", "down", "down", *keys)
        before = hands.status, hands.menu, hands.hinted, hands.selected, hands.screen.is_typing
        propose(project, *BODY)
        await come(hands)
        assert (hands.status, hands.menu, hands.hinted, hands.selected, hands.screen.is_typing) == before


class Process(SuggestProcess):
    """Looks at documents in a thread of this process."""

    def __init__(self, project: Project, look: Callable[[], None]) -> None:
        super().__init__(project.path)
        self._look = look
        self.told: list[str] = []

    def _tell(self, command: str) -> None:
        self.told.append(command)
        if command.startswith("look "):
            thread = Thread(target=lambda: (self._look(), self._on_document(1)))
            thread.start()


async def test_what_the_process_beside_the_screen_finds_is_shown(make_project: ProjectMaker) -> None:
    project = make_project(PAGE)
    process = Process(project, lambda: propose(project, *SPANS))
    async with running(AnnotatorApp(project, "me", 1, process=process)) as hands:
        while not hands.desk.session.pending.suggestions:
            await hands.settled()
        assert len(folded(hands)) == 2
        assert process.told[0] == "look 1\n"
        await hands.press("d", "2")
        assert process.told[-1] == "labelled 1\n"


# What stays as it was


async def test_on_the_screen_of_a_review_there_are_no_suggestions(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    for name in ("salma", "omar"):
        import_record(project, PAGE, ("s", "source", MAYOR), annotator=name, status="done")
    propose(project, *SPANS)
    documents = survey(project, "rana")
    async with running(ReviewApp(project, "rana", documents, documents[0].id)) as hands:
        await hands.press("y", "z", "escape")
        labels = hands.app.palette.labels.values()
        suggested = {style for label in labels for style in (label.suggested, label.suggested_edge)}
        assert hands.styled(lambda style: style in suggested) == []
        assert "suggest" not in hands.text
        assert folded(hands) == []


async def test_a_move_costs_as_much_as_on_a_page_without_suggestions(
    make_project: ProjectMaker, terminals: dict[App[None], Terminal]
) -> None:
    project = make_project(PAGE)
    moves = ("down", "left", "left", "down", "w", "left", "right", "up")
    costs = []
    for _ in range(2):
        app = AnnotatorApp(project, "me", 1)
        async with running(app, size=(100, 30)) as hands:
            terminal = terminals[app] = Terminal(app)
            await hands.press("ctrl+home", "down", "down", "down")
            costs.append([await written_by(hands, terminal, key) for key in moves])
            hands.desk.session.cursor = 0
        propose(project, *BODY)
    without, with_them = costs
    assert max(with_them) <= 200
    assert sum(with_them) <= 1.2 * sum(without)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_seen_is_what_there_is(
    app: AnnotatorApp, terminals: dict[App[None], Terminal], seed: int
) -> None:
    choose = random.Random(seed)
    keys = (*KEYS, *("tab", "enter", "x", "X", "y", "u", "tab", "]", "c", "z", "1") * 3)
    async with running(app, size=(90, 30)) as hands:
        terminal = terminals[app] = Terminal(app)
        for _ in range(9):
            pressed = choose.choices(keys, k=5)
            await hands.press(*pressed)
            assert await stale(hands, terminal) == [], pressed
