"""The review screen: what is shown of an item, what its keys decide, and that it is on disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.agreement.policies import find_policy
from annotator.model import edits
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import find_document
from annotator.services.project import Project
from annotator.services.reviewing import merge, reviewable, survey
from annotator.services.session import AnnotationSession
from annotator.tui import language
from annotator.tui.review_app import ReviewApp
from annotator.tui.review_desk import ItemFilter, ReviewDesk
from annotator.tui.screens.review import ReviewScreen
from tests.tui.conftest import ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


SOURCE, BRIDGE, COST, TOWN = "وزير النقل", "الجسر آمن", "الكلفة زادت", "البلدية"
SHORTER = "النقل"

Marks = tuple[tuple[str, str, str], ...]
Opener = Callable[..., ReviewApp]

SALMA: Marks = (("s1", "source", SOURCE), ("c1", "claim", BRIDGE), ("c2", "claim", COST), ("t1", "source", TOWN))
OMAR: Marks = (("s1", "source", SHORTER), ("c1", "source", BRIDGE), ("t1", "source", TOWN))
HUDA: Marks = (("s1", "source", SOURCE), ("c1", "claim", BRIDGE), ("t1", "source", TOWN))


@pytest.fixture
def open_review(make_project: ProjectMaker, import_record: RecordImporter) -> Opener:
    """Opens a review of one document, marked by some annotators, in the hands of rana."""

    def open_(
        reviewer: str = "rana",
        *,
        relations: tuple[tuple[str, str], ...] = (),
        is_listed: bool = False,
        **work: Marks,
    ) -> ReviewApp:
        project = make_project()
        for name, marks in (work or {"salma": SALMA, "omar": OMAR, "huda": HUDA}).items():
            known = {id_ for id_, _label, _part in marks}
            own = tuple(pair for pair in relations if name == "salma" and known >= {*pair})
            import_record(project, SHORT, *marks, relations=own, annotator=name, status="done")
        documents = reviewable(survey(project, reviewer), allow_own=True)
        return ReviewApp(project, reviewer, documents, None if is_listed else documents[0].id)

    return open_


def desk_of(hands: Hands) -> ReviewDesk:
    screen = hands.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen.review


def stored(hands: Hands) -> list[tuple[str, str]]:
    """Label and text of each gold span as the database has it."""
    project = hands.app._project
    session = GoldSession(project, "rana", find_document(project, "record"))
    text = session.document.text
    return [(one.label, text[one.start : one.end]) for one in session.state.annotations]


def decisions(project: Project) -> list[tuple[str, str]]:
    """Action and reviewer of each decision in force."""
    session = GoldSession(project, "rana", find_document(project, "record"))
    return [(one.action, one.reviewer) for one in session.ledger.decisions]


async def test_the_first_item_is_shown_with_its_kind_its_versions_and_how_many_are_left(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        assert "item 1 of 4" in hands.shown("#item")
        assert "boundary" in hands.shown("#item")
        assert "4 undecided" in hands.shown("#item")
        versions = hands.shown("#versions")
        assert "1 ★ Source · 4–14 · 2 of 3" in versions
        assert "2   Source · 9–14 · 1 of 3 · starts 5 later: without" in versions


async def test_enter_makes_the_version_with_the_star_gold_and_goes_on(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("enter")
        assert stored(hands) == [("source", SOURCE)]
        assert "saved: version 1; 3 items left" in hands.status
        assert "item 2 of 4" in hands.shown("#item")


async def test_a_digit_makes_the_version_of_that_number_gold(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("2")
        assert stored(hands) == [("source", SHORTER)]


async def test_a_digit_without_a_version_decides_nothing_and_says_so(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("7")
        assert "there is no version 7 here" in hands.status
        assert stored(hands) == []


async def test_x_decides_that_nothing_belongs_there(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("x")
        assert stored(hands) == []
        assert decisions(hands.app._project) == [("reject", "rana")]
        assert "nothing belongs here; 3 items left" in hands.status


async def test_undo_takes_a_decision_back_and_shows_its_item_again(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("enter", "u")
        assert stored(hands) == []
        assert "item 1 of 4" in hands.shown("#item")
        await hands.press("U")
        assert stored(hands) == [("source", SOURCE)]


async def test_a_label_key_takes_the_offered_version_with_that_label(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("tab", "s")
        assert stored(hands) == [("source", BRIDGE)]
        assert "item 3 of 4" in hands.shown("#item")


async def test_a_label_that_the_offered_version_has_already_takes_it(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("s")
        assert stored(hands) == [("source", SOURCE)]
        assert "saved: version 1; 3 items left" in hands.status


async def test_a_relabelled_version_is_one_decision_and_one_undo(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("c")
        assert decisions(hands.app._project) == [("edit", "rana")]
        await hands.press("shift+tab")
        assert "✓ gold: Claim · 4–14" in hands.shown("#versions")
        await hands.press("u")
        assert stored(hands) == []
        assert "4 undecided" in hands.shown("#item")


async def test_an_edge_that_is_left_as_it_was_decides_nothing(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("[", "w", "escape")
        assert stored(hands) == []
        assert "the item is undecided, as it was" in hands.status
        assert "item 1 of 4" in hands.shown("#item")


async def test_a_rejected_item_says_so(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("x", "shift+tab")
        assert "✓ gold: nothing here" in hands.shown("#versions")


async def test_where_the_cursor_comes_to_another_item_that_one_is_reviewed(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("ctrl+end", "W")
        assert "item 4 of 4" in hands.shown("#item")
        await hands.press("x")
        assert "3 undecided" in hands.shown("#item")


async def test_what_a_policy_merged_is_not_undone_by_a_key(open_review: Opener) -> None:
    app = open_review()
    merge(app._project, find_policy("unanimous"))
    async with running(app) as hands:
        before = stored(hands)
        assert before
        await hands.press("u")
        assert "nothing of a reviewer to undo" in hands.status
        assert stored(hands) == before


async def test_the_bar_says_what_was_left_for_later_and_what_is_filtered(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "p")
        assert "3 undecided" in hands.shown("#item")
        assert "1 for later" in hands.shown("#item")
        desk_of(hands).filter = ItemFilter(kind="label")
        await hands.press("tab")
        assert "only: label" in hands.shown("#item")


async def test_the_help_says_what_the_signs_mean(open_review: Opener) -> None:
    async with running(open_review(), size=(120, 40)) as hands:
        await hands.press("?")
        assert "★ is the version of most annotators" in hands.text


async def test_an_edge_is_moved_on_the_gold_of_the_offered_version(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("[", "w", "enter")
        assert stored(hands) == [("source", SHORTER)]
        assert [action for action, _ in decisions(hands.app._project)] == ["take", "edit"]


async def test_a_span_that_nobody_marked_can_be_added(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        desk = desk_of(hands)
        start = SHORT.index("ولم")
        desk.select_between(start, start + 2)
        await hands.press("c")
        assert ("claim", "ولم") in stored(hands)
        assert decisions(hands.app._project)[-1] == ("add", "rana")
        assert "4 undecided" in hands.shown("#item")


async def test_tab_walks_through_the_undecided_items_and_back(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("tab", "enter", "shift+tab")
        assert "item 2 of 4" in hands.shown("#item")
        assert "decided" in hands.shown("#item")
        assert "1 ✓" in hands.shown("#versions")


async def test_what_all_agree_about_is_merged_and_nothing_to_review(
    open_review: Opener,
) -> None:
    async with running(open_review(salma=SALMA[:1], huda=SALMA[:1])) as hands:
        assert "agree" in hands.shown("#item")
        await hands.press("enter")
        assert "all items are decided" in hands.status


async def test_names_are_hidden_until_asked_for(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        assert "salma" not in hands.text
        await hands.press(";", "v")
        assert "huda, salma" in hands.shown("#versions")


async def test_an_item_can_be_left_for_later(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "p")
        assert "left for later; 3 items left" in hands.status
        assert decisions(hands.app._project) == [("defer", "rana")]


async def test_a_reason_and_a_comment_are_kept_with_the_decision(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("enter", ";", "y")
        assert hands.menu[0].startswith("Why was «")
        await hands.press("1")
        await hands.type("see 3.2")
        await hands.press("enter", "shift+tab")
        last = desk_of(hands).session.ledger.decisions[-1]
        assert (last.action, last.reason, last.comment) == ("take", "guideline", "see 3.2")
        assert stored(hands) == [("source", SOURCE)]
        assert "because: against the guideline, see 3.2" in hands.shown("#versions")


async def test_a_filter_leaves_the_items_of_one_kind(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "s")
        line = next(number for number, text in enumerate(hands.menu) if text.startswith("label"))
        await hands.press(*["down"] * (line - 1), "enter")
        assert "1 undecided" in hands.shown("#item")
        assert "item 2 of 4" in hands.shown("#item")
        await hands.press("enter")
        assert "the filter leaves nothing more here" in hands.status


async def test_one_annotators_versions_can_be_taken_for_all_that_is_left(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press(";", "v", ";", "w")
        line = hands.menu.index(next(text for text in hands.menu if "omar" in text))
        await hands.press(*["down"] * (line - 1), "enter")
        assert stored(hands) == [("source", SHORTER), ("source", BRIDGE), ("source", TOWN)]
        await hands.press("u")
        assert stored(hands) == []


async def test_done_asks_about_what_is_left(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("d")
        assert hands.menu[0] == "4 items are not decided"
        await hands.press("1")
        assert [text for _, text in stored(hands)] == [SOURCE, BRIDGE, TOWN]
        assert "all items are decided" in hands.status


async def test_a_document_goes_back_to_an_annotator_with_a_note(open_review: Opener) -> None:
    async with running(open_review()) as hands:
        await hands.press("f", "1")
        await hands.type("look again")
        await hands.press("enter")
        assert "sent back to huda" in hands.status
        project = hands.app._project
        assert AnnotationSession(project, "huda", 1).returned_note == "look again"
        assert AnnotationSession(project, "omar", 1).returned_note is None


async def test_a_relation_comes_with_the_version_that_has_it(open_review: Opener) -> None:
    both = (("s1", "source", SOURCE), ("c1", "claim", BRIDGE))
    async with running(open_review(relations=(("c1", "s1"),), salma=both, omar=both)) as hands:
        assert "relation" in hands.shown("#item") or "agree" in hands.shown("#item")
        while desk_of(hands).waiting:
            versions = desk_of(hands).versions
            number = next((n for n, version in enumerate(versions, 1) if version.votes[0].links), 1)
            await hands.press(str(number))
        (relation,) = desk_of(hands).session.state.relations
        assert relation.label == "attributed_to"


async def test_an_item_that_an_annotator_changed_since_is_open_again_and_says_so(open_review: Opener) -> None:
    app = open_review()
    async with running(app) as hands:
        await hands.press("enter")
        salma = AnnotationSession(app._project, "salma", 1)
        salma.execute(edits.remove(salma.state, "s1"))
        await hands.press("q", "enter", "shift+tab")
        assert "item 1 of 4" in hands.shown("#item")
        assert "changed since it was decided" in hands.shown("#item")
        assert stored(hands) == [("source", SOURCE)]


async def test_gold_may_stay_as_it_was_decided_whatever_annotators_did_since(open_review: Opener) -> None:
    app = open_review()
    async with running(app) as hands:
        await hands.press("enter", ";", "k")
        assert "there is nothing to keep" in hands.status
        salma = AnnotationSession(app._project, "salma", 1)
        salma.execute(edits.remove(salma.state, "s1"))
        await hands.press("q", "enter", "shift+tab", ";", "k")
        assert "the gold stays; 3 items left" in hands.status
        assert stored(hands) == [("source", SOURCE)]


async def test_the_list_shows_what_is_left_and_how_far_annotators_agree(open_review: Opener) -> None:
    async with running(open_review(is_listed=True)) as hands:
        assert "F1 0." in hands.text
        assert "the worst first" in hands.status
        await hands.press("enter", "enter", "q")
        row = next(line for line in hands.lines if "F1" in line)
        assert row.split()[:3] == ["open", "3", "4"]


async def test_the_document_turns_so_that_a_long_item_is_in_sight(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    lines = [f"سطر رقم {number} من النص" for number in range(60)]
    text = "\n".join(lines)
    project = make_project()
    part = "\n".join(lines[7:14])
    import_record(project, text, ("a", "boilerplate", part), annotator="salma")
    import_record(project, text, ("a", "boilerplate", lines[7]), annotator="omar")
    documents = survey(project, "rana")
    async with running(ReviewApp(project, "rana", documents, documents[0].id), size=(80, 24)) as hands:
        assert lines[13].split()[2] in hands.shown("#document")


async def test_the_screen_speaks_arabic(open_review: Opener) -> None:
    app = open_review()
    language.use("ar")
    async with running(app) as hands:
        assert "undecided" not in hands.text
        assert "take" not in hands.shown("#hints")


def test_a_filter_goes_by_kind_label_and_pair(make_project: ProjectMaker, import_record: RecordImporter) -> None:
    project = make_project()
    for name, marks in (("salma", SALMA), ("omar", OMAR)):
        import_record(project, SHORT, *marks, annotator=name)
    (document,) = survey(project, "rana")
    kept = {
        kind: sum(ItemFilter(kind=kind).fits(item) for item in document.items)
        for kind in ("boundary", "label", "missed", "split")
    }
    assert kept == {"boundary": 1, "label": 1, "missed": 1, "split": 0}
    assert sum(ItemFilter(pair=("omar", "salma")).fits(item) for item in document.items) == 3
    assert not any(ItemFilter(pair=("huda", "omar")).fits(item) for item in document.items)
