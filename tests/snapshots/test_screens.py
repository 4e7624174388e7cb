"""How the screens look. After a change that is meant: `pytest tests/snapshots --snapshot-update`, and look at them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from annotator.model.suggestion import SuggestedRelation
from annotator.services.looking import list_documents
from annotator.services.preferences import Settings
from annotator.services.project import Project
from annotator.services.reviewing import survey
from annotator.tui.app import AnnotatorApp
from annotator.tui.review_app import ReviewApp
from tests.support.suggestions import put, suggestion
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands


Compare = Callable[..., bool]

ARTICLE = """\
الرئيسية»اقتصاد»سرندة وتيماران تستأنفان العمل في سكة الحديد
فيسبوك واتساب تويتر طباعة

سرندة وتيماران تستأنفان العمل في سكة الحديد

استأنفت سرندة وتيماران، الإثنين، العمل في خط سكة الحديد الذي يربط بين عاصمتيهما، \
بعد توقف دام 6 سنوات بسبب خلاف على كلفة الجسور.

وقال وزير النقل سامر الدالي إن المرحلة الأولى "ستنجز قبل نهاية العام"، وإن طولها يبلغ 148 كيلومترا \
(من أصل 410). وتتحمل سرندة 55% من الكلفة، وفق بيان لشركة Zinatek Rail.

المصدر: صدى مرجانة
إقرأ أيضاً:
العثور على أرضية فسيفساء تحت سوق الغدير
قال باحثون إن الأرضية ترجع إلى القرن الخامس، وإنّها أقدمُ ما عُثر عليه في المدينة حتى اليوم.
"""
OTHERS = (
    "إضراب عمال الميناء ينتهي باتفاق على الأجور\nقال رئيس النقابة إن العمال عادوا صباح الأربعاء إلى أرصفتهم.",
    "محصول الزيتون الأدنى منذ خمسة عشر عاما\nتوقعت وزارة الزراعة محصولا من 61 ألف طن بسبب الجفاف.",
)

SMALL, LARGE, MIDDLE = (80, 24), (200, 60), (120, 30)

FURNITURE = (
    *("m", "down", "end", "b"),
    *("/", *"المصدر", "enter", "m", "down", "end", "b"),
    *("/", *"العثور", "enter", "m", "ctrl+end", "r", "escape", "ctrl+home"),
)
BODY = (
    *("/", *"استأنفت", "enter", "escape", "space", "space", "c"),
    *("/", *"وزير", "enter", "escape", "m", "w", "w", "w", "w", "s"),
    *("/", *"المرحلة", "enter", "escape", "m", "w", "w", "w", "w", "w", "w", "c"),
)


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Presses keys before the picture is taken."""

    async def press(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, AnnotatorApp)
        await Hands(pilot.app, pilot).press(*keys)

    return press


def test_a_document_that_was_just_opened(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE, *OTHERS), terminal_size=SMALL)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])
def test_a_labelled_page_with_a_focused_claim(make_app: AppMaker, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(ARTICLE, *OTHERS), run_before=pressing(*FURNITURE, *BODY), terminal_size=size)


def test_folded_furniture(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*FURNITURE, *BODY, "z"), terminal_size=SMALL)


def test_hits_of_a_search(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, "/", *"سكه", "enter", "N"), terminal_size=SMALL)


def test_a_selection_from_a_mark(make_app: AppMaker, snap_compare: Compare) -> None:
    keys = ["/", *"وزير", "enter", "escape", "m", "down", "left", "left"]
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*keys), terminal_size=SMALL)


def test_an_edge_on_its_way(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, "[", "W", "W"), terminal_size=MIDDLE)


def test_overlapping_labels(make_app: AppMaker, snap_compare: Compare) -> None:
    keys = [*BODY, "escape", "/", *"سامر", "enter", "escape", "m", "w", "w", "c", "down"]
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*keys), terminal_size=MIDDLE)


def test_a_note_that_is_being_typed(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing("f", *"الفقرة الأخيرة من خبر آخر"), terminal_size=SMALL)


def test_attributes_and_relations_in_a_menu(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, "a", "f", "enter"), terminal_size=SMALL)


def test_all_commands_that_have_a_word(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, "ctrl+p", *"label"), terminal_size=SMALL)


def test_hints_over_the_text(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, "escape", "'"), terminal_size=SMALL)


def test_the_screen_in_arabic(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, ";", "l", "2", ";"), terminal_size=SMALL)


def test_light_colours_and_a_guideline_beside_the_text(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY, ";", "t", "2", "f2"), terminal_size=MIDDLE)


def test_a_change_that_is_refused(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing("c", "W", "space", "c"), terminal_size=SMALL)


def test_the_list_of_documents(make_app: AppMaker, snap_compare: Compare) -> None:
    keys = ["c", "w", "s", "d", "n", "f", "enter", "q"]
    assert snap_compare(make_app(ARTICLE, *OTHERS), run_before=pressing(*keys), terminal_size=SMALL)


def test_the_help(make_app: AppMaker, snap_compare: Compare) -> None:
    assert snap_compare(make_app(ARTICLE), run_before=pressing("?"), terminal_size=MIDDLE)


def test_a_labelled_page_without_colours(
    make_app: AppMaker, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*BODY), terminal_size=SMALL)


def test_a_labelled_page_in_16_colours(
    make_app: AppMaker, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", "")
    assert snap_compare(make_app(ARTICLE), run_before=pressing(*FURNITURE, *BODY), terminal_size=SMALL)


CLAIM = 'المرحلة الأولى "ستنجز قبل نهاية العام"'
VERSIONS = {
    "salma": (("c", "claim", CLAIM), ("s", "source", "وزير النقل سامر الدالي")),
    "omar": (("c", "claim", CLAIM.removeprefix("ال")), ("s", "source", "سامر الدالي")),
    "huda": (("c", "source", CLAIM),),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])
def test_an_item_under_review(
    make_project: ProjectMaker, import_record: RecordImporter, snap_compare: Compare, size: tuple[int, int]
) -> None:
    project = make_project()
    for name, marks in VERSIONS.items():
        import_record(project, ARTICLE, *marks, annotator=name, status="done")
    documents = survey(project, "rana")
    app = ReviewApp(project, "rana", documents, documents[0].id)
    assert snap_compare(app, run_before=pressing("tab"), terminal_size=size)


SUGGESTED = (
    ("title", "boilerplate", ARTICLE[: ARTICLE.index("\n\n")]),
    ("end", "spillover", ARTICLE[ARTICLE.index("إقرأ") :].rstrip()),
    ("origin", "boilerplate", "المصدر: صدى مرجانة"),
    ("minister", "source", "وزير النقل سامر الدالي"),
    ("phase", "claim", 'المرحلة الأولى "ستنجز قبل نهاية العام"'),
    ("length", "claim", "طولها يبلغ 148 كيلومترا"),
    ("share", "claim", "تتحمل سرندة 55% من الكلفة"),
    ("company", "source", "شركة Zinatek Rail"),
)
ATTRIBUTED = (("phase", "minister"), ("length", "minister"), ("share", "company"))


def with_suggestions(project: Project) -> Project:
    """Have most of the article suggested."""
    made = []
    for id_, label_id, part in SUGGESTED:
        label, start = project.schema.label(label_id), ARTICLE.index(part)
        attributes = label.defaults() if label else ()
        more = {"evidence": "قال", "score": 0.9} if label_id in {"claim", "source"} else {"reason": "words of a menu"}
        made.append(suggestion(id_, start, start + len(part), label_id, attributes=attributes, **more))
    related = [SuggestedRelation("attributed_to", head, tail) for head, tail in ATTRIBUTED]
    put(project, list_documents(project, "me")[0].doc_id, made, related=related)
    return project


def test_a_document_that_opens_with_suggestions(make_project: ProjectMaker, snap_compare: Compare) -> None:
    app = AnnotatorApp(with_suggestions(make_project(ARTICLE, *OTHERS)), "me", 1)
    assert snap_compare(app, terminal_size=SMALL)


def test_a_focused_suggestion_beside_accepted_ones(make_project: ProjectMaker, snap_compare: Compare) -> None:
    project = with_suggestions(make_project(ARTICLE, *OTHERS))
    app = AnnotatorApp(project, "me", 1, Settings(theme="light"))
    keys = ["y", "tab", "enter", "enter", "tab", "shift+tab"]
    assert snap_compare(app, run_before=pressing(*keys), terminal_size=LARGE)
