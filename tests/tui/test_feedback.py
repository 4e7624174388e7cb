"""The page on what reviewers changed, and documents that were sent back."""

from __future__ import annotations

import pytest

from annotator.agreement.decisions import Ruling
from annotator.model import edits
from annotator.services.adjudicating import GoldSession
from annotator.services.feedback import feedback
from annotator.services.looking import list_documents
from annotator.services.preferences import Settings
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.tui.app import AnnotatorApp
from annotator.tui.feedback import feedback_lines
from annotator.tui.palette import Palette
from annotator.tui.queue import Queue
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from tests.tui.conftest import ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.test_help import drawn


TEXT = "قال وزير النقل إن الجسر آمن تماما. وأضاف أن الكلفة زادت."
CLAIM, SHORTER, SOURCE = "الجسر آمن تماما", "الجسر آمن", "وزير النقل"
NOTE = "انظر إلى المصدر"


@pytest.fixture
def project(make_project: ProjectMaker, import_record: RecordImporter) -> Project:
    """One document with a claim of two annotators, the shorter one with a source."""
    project = make_project()
    import_record(project, TEXT, ("c", "claim", CLAIM))
    spans = ("c", "claim", SHORTER), ("s", "source", SOURCE)
    import_record(project, TEXT, *spans, relations=(("c", "s"),), annotator="other")
    return project


def review(project: Project, document_id: int = 1) -> GoldSession:
    return GoldSession(project, "huda", document_id)


def decide(project: Project, name: str, reason: str = "", comment: str = "") -> None:
    """One annotator's versions become gold."""
    desk = review(project)
    rulings = []
    for item in desk.items:
        vote = next(vote for vote in item.votes if vote.annotator == name)
        has_any = vote.annotations or vote.document_labels
        taken = (name,) if has_any else ()
        rulings.append(Ruling(item, "take" if has_any else "reject", taken, reason, comment))  # type: ignore[arg-type]
    desk.settle(rulings)


def page(project: Project, name: str = "me") -> list[str]:
    """The lines of the page."""
    palette = Palette(project.schema, 0)
    return [line.text for line in feedback_lines(feedback(project, name), project.schema, palette) if line.text]


# The page


def test_where_nothing_was_decided_it_says_so(project: Project) -> None:
    assert page(project)[1:] == ["No reviewer has decided anything about your work yet."]


def test_a_correction_is_said_in_words(project: Project) -> None:
    decide(project, "other", "guideline", "بلا الحال")
    at = feedback(project, "me").corrections[0].at[:10]
    assert page(project)[1:] == [
        "items decided: 2 · kept as you marked them: 0 · changed: 2",
        "missed: 1 · boundary: 1",
        TEXT,
        "id: record",
        "missed",
        "yours: nothing",
        "gold: Source",
        SOURCE,
        "because: against the guideline",
        "comment: بلا الحال",
        f"huda · {at}",
        "boundary · at the end",
        "yours: Claim",
        CLAIM,
        "gold: Claim",
        SHORTER,
        "because: against the guideline",
        "comment: بلا الحال",
        f"huda · {at}",
    ]


def test_what_was_kept_is_a_number(project: Project) -> None:
    decide(project, "other")
    assert page(project, "other")[1:] == ["items decided: 2 · kept as you marked them: 2 · changed: 0"]


def test_what_is_not_in_the_gold_is_called_so(project: Project) -> None:
    decide(project, "me")
    lines = page(project, "other")
    assert lines[2] == "not in the gold: 1 · boundary: 1"
    assert lines[5:9] == ["not in the gold", "yours: Source", SOURCE, "gold: nothing"]


def test_attributes_are_named_where_they_were_chosen(project: Project) -> None:
    own = AnnotationSession(project, "me", 1)
    claim = own.schema.label("claim")
    assert claim is not None
    own.execute(edits.set_attribute(own.state, own.schema, "c", claim.attributes[0].id, "direct"))
    decide(project, "other")
    assert "yours: Claim · Quotation: Direct" in page(project)
    assert "gold: Claim" in page(project)


def test_a_document_label_is_named(project: Project) -> None:
    own = AnnotationSession(project, "me", 1)
    own.execute(edits.toggle_document_label(own.state, own.schema, "opinion"))
    decide(project, "other")
    lines = page(project)
    assert "yours: Opinion" in lines
    assert lines[lines.index("yours: Opinion") + 1] == "gold: nothing"


def test_a_relation_is_said_from_the_span_in_the_item(project: Project) -> None:
    own = AnnotationSession(project, "me", 1)
    source = next(label for label in own.schema.labels if label.id == "source")
    start = TEXT.index(SOURCE)
    mine = edits.new_annotation("s", start, start + len(SOURCE), source, own.schema)
    own.execute(edits.add(own.state, own.schema, mine, len(TEXT)))
    decide(project, "other")
    assert f"→ attributed to: {SOURCE}" in page(project)


def test_labels_that_the_schema_lacks_are_called_by_their_ids(project: Project) -> None:
    decide(project, "other")
    bare = project.schema.__class__(name="bare", version=1, language="ar", direction="rtl", labels=())
    lines = [line.text for line in feedback_lines(feedback(project, "me"), bare, Palette(bare, 0))]
    assert "gold: source" in lines


def test_what_was_sent_back_stands_first_with_its_note(project: Project) -> None:
    decide(project, "other")
    review(project).send_back("me", NOTE)
    at = feedback(project, "me").sent_back[0].at[:10]
    lines = page(project)
    assert lines[3:7] == ["Sent back to you", TEXT, f"sent back: {NOTE}", f"huda · {at} · open"]


async def test_the_menu_of_the_list_opens_the_page_and_a_key_closes_it(project: Project) -> None:
    decide(project, "other")
    async with running(AnnotatorApp(project, "me"), size=(100, 30)) as hands:
        await hands.press(";", "v")
        assert isinstance(hands.app.screen, HelpScreen)
        assert "items decided: 2" in hands.text
        assert drawn(SHORTER) in hands.text
        await hands.press("escape")
        assert isinstance(hands.app.screen, QueueScreen)


async def test_a_long_page_scrolls_in_a_small_window(project: Project) -> None:
    decide(project, "other")
    async with running(AnnotatorApp(project, "me"), size=(60, 10)) as hands:
        await hands.press(";", "v")
        assert "boundary · at the end" not in hands.text
        await hands.press("pagedown", "pagedown")
        assert "boundary · at the end" in hands.text


async def test_an_arabic_page_reads_from_the_right(project: Project) -> None:
    decide(project, "other")
    async with running(AnnotatorApp(project, "me", None, Settings(language="ar")), size=(100, 30)) as hands:
        await hands.press(";", "v")
        (row,) = [line for line in hands.lines if line.strip() == drawn(SHORTER)]
        assert row.endswith(f"{drawn(SHORTER)} ")
        assert drawn("ادعاء") in hands.text


# Sent back


async def send_back_first(hands: Hands, project: Project) -> None:
    """Finish the first document; a reviewer sends it back."""
    await hands.press("c", "d")
    review(project).send_back("me", NOTE)
    await hands.press("q")


async def test_the_list_calls_it_returned_and_n_opens_it_first(make_project: ProjectMaker) -> None:
    project = make_project(TEXT, TEXT + " نعم.", TEXT + " لا.")
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await send_back_first(hands, project)
        rows = [line.split()[0] for line in hands.shown("#documents").split("\n")[1:4]]
        assert rows == ["returned", "new", "new"]
        await hands.press("down", "n")
        assert hands.screen.document_id == 1


async def test_it_is_a_status_to_filter_by(make_project: ProjectMaker) -> None:
    project = make_project(TEXT, TEXT + " نعم.")
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await send_back_first(hands, project)
        await hands.press("t", "t")
        assert "status returned" in hands.status
        assert "1 shown" in hands.status


def test_by_status_it_stands_before_what_is_open(make_project: ProjectMaker) -> None:
    project = make_project(TEXT, TEXT + " نعم.")
    for number in (1, 2):
        own = AnnotationSession(project, "me", number)
        own.execute(edits.set_status(own.state, "flagged" if number == 2 else "done"))
    AnnotationSession(project, "me", 2).undo()
    review(project).send_back("me", NOTE)
    queue = Queue(tuple(list_documents(project, "me")), sort="status")
    assert [one.status for one in queue.shown()] == ["returned", "open"]


def test_next_open_is_what_was_sent_back_wherever_it_stands(make_project: ProjectMaker) -> None:
    project = make_project(TEXT, TEXT + " نعم.", TEXT + " لا.")
    own = AnnotationSession(project, "me", 3)
    own.execute(edits.set_status(own.state, "done"))
    review(project, 3).send_back("me", NOTE)
    queue = Queue(tuple(list_documents(project, "me")))
    found = [queue.open_from(1), queue.open_from(3), queue.next_open(1), queue.next_open(2, -1), queue.next_open(None)]
    assert [one.id if one else None for one in found] == [3] * 5


def test_without_any_sent_back_the_document_itself_is_opened_first(make_project: ProjectMaker) -> None:
    project = make_project(TEXT, TEXT + " نعم.")
    queue = Queue(tuple(list_documents(project, "me")))
    found = [queue.open_from(2), queue.open_from(None), queue.next_open(2)]
    assert [one.id if one else None for one in found] == [2, 1, 1]


@pytest.mark.parametrize("size", [(80, 24), (140, 30)])
async def test_opening_it_says_why_it_was_sent_back_as_a_warning_once(
    make_project: ProjectMaker, size: tuple[int, int]
) -> None:
    project = make_project(TEXT)
    async with running(AnnotatorApp(project, "me", 1), size=size) as hands:
        await send_back_first(hands, project)
        await hands.press("enter")
        assert "sent back: " in hands.status
        assert drawn(NOTE) in hands.status
        y = hands.app.screen.query_one("#status").region.y
        assert hands.columns(y)[1].style.bgcolor == hands.app.palette.warning.bgcolor
        await hands.press("w")
        assert "sent back: " not in hands.status


@pytest.mark.parametrize(("size", "part"), [((80, 24), "#focus"), ((140, 30), "#inspector")])
async def test_the_note_stays_beside_the_text_until_it_is_done_again(
    make_project: ProjectMaker, size: tuple[int, int], part: str
) -> None:
    project = make_project(TEXT)
    async with running(AnnotatorApp(project, "me", 1), size=size) as hands:
        await send_back_first(hands, project)
        await hands.press("enter", "escape", "w")
        assert "sent back" in hands.shown(part)
        await hands.press("d")
        assert "sent back" not in hands.shown(part)
        await hands.press("q")
        assert hands.shown("#documents").split("\n")[1].split()[0] == "done"
