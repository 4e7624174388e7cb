"""Running suggesters over the documents of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DataError
from annotator.services import suggesting
from annotator.services.looking import find_document
from annotator.services.project import Project
from annotator.services.suggesters import chosen_suggesters, known_suggesters
from annotator.services.suggesting import PIECE, all_documents, not_looked_at, sites_of, suggest
from annotator.store import suggestions
from annotator.suggest.contract import DocumentView, Link, Proposals
from annotator.suggest.registry import BUILT_IN
from tests.support.projects import BODY, CLAIM, SOURCE, create, take_records
from tests.support.suggesters import Fixed, proposal
from tests.support.suggestions import loaded


ATTRIBUTED = Proposals(
    (proposal(CLAIM, key="c", score=0.5, attributes={"quote": "direct"}), proposal(SOURCE, "source", key="s")),
    (Link("attributed_to", "c", "s"),),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, *({"id": name, "text": f"{BODY}\n{name}"} for name in "abc"))
        yield project


def fail(_view: DocumentView) -> Proposals:
    raise DataError("no model", hint="Get one.")


def labels(project: Project, doc_id: str) -> list[tuple[str, str]]:
    """Origin and label of what is proposed for a document."""
    return [(one.origin, one.label) for one in loaded(project, doc_id).suggestions]


def test_what_suggesters_propose_is_stored_with_all_that_belongs_to_it(project: Project) -> None:
    report = suggest(project, [Fixed(ATTRIBUTED)], all_documents(project))
    found = loaded(project, "b")
    source, claim = found.suggestions
    assert (claim.start, claim.end, claim.score, claim.reason) == (*CLAIM, 0.5, "a verb of saying")
    assert claim.attributes[0] == ("quote", "direct")
    assert [(one.head, one.tail) for one in found.relations] == [(claim.id, source.id)]
    assert (report.documents, report.suggestions) == (3, {("fixed", "claim"): 3, ("fixed", "source"): 3})


def test_a_suggester_sees_the_document_and_the_schema(project: Project, tmp_path: Path) -> None:
    page = {"id": "d", "url": "https://www.x.example/1", "title": "عنوان", "text": BODY, "published": "2026-01-01"}
    take_records(project, tmp_path, page)
    watching = Fixed(Proposals())
    suggest(project, [watching], [find_document(project, "d")])
    view = watching.given[0]
    assert (view.doc_id, view.title, view.site) == ("d", "عنوان", "x.example")
    assert view.text[slice(*view.title_span or (0, 0))] == "عنوان"
    assert view.meta["published"] == "2026-01-01"
    assert view.labels == {"claim", "source", "boilerplate", "spillover"}
    assert view.relations == {"attributed_to"}
    assert view.main_text is None


def test_a_suggester_sees_what_the_pages_of_the_site_share(project: Project, tmp_path: Path) -> None:
    pages = [{"url": f"https://y.example/{word}", "text": f"شارك\n{word}"} for word in ("واحد", "اثنان", "ثلاثة")]
    take_records(project, tmp_path, *pages)
    watching = Fixed(Proposals())
    suggest(project, [watching], all_documents(project))
    assert [dict(view.site_lines) for view in watching.given] == [{}] * 3 + [{"شارك": 3}] * 3


def test_one_that_fails_is_told_and_the_others_are_kept(project: Project) -> None:
    report = suggest(project, [Fixed(fail, "broken"), Fixed(ATTRIBUTED)], all_documents(project))
    assert labels(project, "a") == [("fixed@1", "source"), ("fixed@1", "claim")]
    assert report.failures == {"broken": ("broken: no model. Get one.", 3)}
    with project.store.read() as connection:
        assert suggestions.failures(connection, find_document(project, "c")) == {"broken": "broken: no model. Get one."}


def test_one_that_fails_on_some_documents_is_kept_on_the_others(project: Project) -> None:
    def picky(view: DocumentView) -> Proposals:
        return fail(view) if view.doc_id == "b" else ATTRIBUTED

    report = suggest(project, [Fixed(picky)], all_documents(project))
    assert [len(labels(project, name)) for name in "abc"] == [2, 0, 2]
    assert report.failures["fixed"][1] == 1


def test_what_breaks_the_contract_is_counted(project: Project) -> None:
    wrong = Proposals((proposal((5, 5)), proposal((0, 9999)), proposal(CLAIM)))
    report = suggest(project, [Fixed(wrong)], all_documents(project)[:1])
    assert (sum(report.refused.values()), {name for name, _ in report.refused}) == (2, {"fixed"})
    assert labels(project, "a") == [("fixed@1", "claim")]


def test_labels_that_the_schema_lacks_are_not_stored(project: Project) -> None:
    report = suggest(project, [Fixed(Proposals((proposal(label="rumour"),)))], all_documents(project))
    assert (labels(project, "a"), report.refused) == ([], {})


def test_running_it_again_replaces_what_it_said(project: Project) -> None:
    ids = all_documents(project)
    suggest(project, [Fixed(ATTRIBUTED)], ids)
    suggest(project, [Fixed(Proposals((proposal((0, 3)),)), version="2")], ids)
    assert labels(project, "a") == [("fixed@2", "claim")]


def test_ids_are_the_same_in_every_version(project: Project) -> None:
    ids = all_documents(project)
    suggest(project, [Fixed(ATTRIBUTED)], ids)
    before = [one.id for one in loaded(project, "a").suggestions]
    suggest(project, [Fixed(ATTRIBUTED, version="2")], ids)
    assert [one.id for one in loaded(project, "a").suggestions] == before
    assert before != [one.id for one in loaded(project, "b").suggestions]


def test_documents_are_looked_at_in_the_order_of_import_across_pieces(project: Project, tmp_path: Path) -> None:
    names = [f"d{number:02}" for number in range(2 * PIECE + 1)]
    take_records(project, tmp_path, *({"id": name, "text": f"{BODY} {name}"} for name in names))
    watching = Fixed(Proposals())
    suggest(project, [watching], all_documents(project))
    assert [view.doc_id for view in watching.given] == ["a", "b", "c", *names]


def test_no_documents_are_no_error(project: Project) -> None:
    assert suggest(project, [Fixed(ATTRIBUTED)], []).documents == 0


def test_how_far_it_is_is_told_once_it_is_stored(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "WRITE_SECONDS", -1.0)
    told: list[tuple[int, int]] = []

    def on_document(done: int) -> None:
        told.append((done, sum(len(labels(project, name)) > 0 for name in "abc")))

    suggest(project, [Fixed(ATTRIBUTED)], all_documents(project), on_document=on_document)
    assert told == [(1, 1), (2, 2), (3, 3)]


def test_it_stops_where_it_is_told_to_and_keeps_what_it_has(project: Project) -> None:
    answers = iter([False, True])
    report = suggest(project, [Fixed(ATTRIBUTED)], all_documents(project), stop=lambda: next(answers))
    assert (report.documents, [len(labels(project, name)) for name in "abc"]) == (2, [2, 2, 0])


def test_known_sites_are_not_counted_again(project: Project, tmp_path: Path) -> None:
    sites = sites_of(project)
    words = ("واحد", "اثنان", "ثلاثة")
    take_records(project, tmp_path, *({"url": f"https://z.example/{one}", "text": f"شارك\n{one}"} for one in words))
    watching = Fixed(Proposals())
    suggest(project, [watching], all_documents(project)[3:], sites=sites)
    assert [dict(view.site_lines) for view in watching.given] == [{}] * 3


class TestNotLookedAt:
    def test_a_document_that_came_later(self, project: Project, tmp_path: Path) -> None:
        some = [Fixed(ATTRIBUTED)]
        suggest(project, some, all_documents(project))
        take_records(project, tmp_path / "new", {"id": "later", "text": BODY})
        assert not_looked_at(project, some) == [find_document(project, "later")]

    def test_all_where_there_is_a_new_version_or_a_new_suggester(self, project: Project) -> None:
        suggest(project, [Fixed(ATTRIBUTED)], all_documents(project))
        assert not_looked_at(project, [Fixed(version="2")]) == all_documents(project)
        assert not_looked_at(project, [Fixed(), Fixed(name="new")]) == all_documents(project)

    def test_one_that_failed_is_tried_again_when_that_is_asked_for(self, project: Project) -> None:
        broken = [Fixed(fail)]
        suggest(project, broken, all_documents(project))
        assert not_looked_at(project, broken) == []
        assert not_looked_at(project, broken, failed_too=True) == all_documents(project)


class TestSuggesters:
    @pytest.fixture(autouse=True)
    def _plugins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given: Any = ([Fixed(ATTRIBUTED, "plug-in")], [])
        monkeypatch.setattr("annotator.services.suggesters.load_plugins", lambda: given)

    def test_rules_and_plug_ins_run_by_themselves(self, project: Project) -> None:
        assert [one.name for one in known_suggesters(project).suggesters] == [*BUILT_IN, "plug-in"]

    def test_some_are_chosen_by_name(self, project: Project) -> None:
        assert [one.name for one in chosen_suggesters(project, ["plug-in", "furniture"])] == ["plug-in", "furniture"]

    def test_the_rules_find_the_claim_and_its_source(self, project: Project) -> None:
        suggest(project, known_suggesters(project).suggesters, all_documents(project))
        found = {label for origin, label in labels(project, "a") if origin.startswith("attribution@")}
        assert found == {"claim", "source"}
