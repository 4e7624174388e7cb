"""Copies of a text: finding them, and taking labels from one to the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from operator import itemgetter
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from annotator.model.accepting import reject
from annotator.model.annotation import Annotation, Relation, Status, Value
from annotator.model.history import JournalEntry
from annotator.model.operations import Change, Operation
from annotator.services.copies import (
    find_copies,
    is_outdated,
    list_copies,
    project_everywhere,
    project_from,
)
from annotator.services.looking import find_document
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.services.suggesting import all_documents, suggest
from annotator.store import annotators, copies, journal
from annotator.suggest.lines import line_key, lines
from annotator.suggest.registry import built_in
from tests.support.cli import ROOT
from tests.support.projects import create, session, take, take_records
from tests.support.shared import shared_file
from tests.support.suggestions import loaded, put, suggestion


MINISTER = "قال وزير النقل سامر الحداد إن الجسر الجديد سيفتح أمام السيارات قبل نهاية العام الجاري."
WORKS = "وأضافت بلدية المدينة أن أعمال الرصف في الشارع الرئيسي انتهت في موعدها المحدد من دون تأخير."
DRIVERS = "وطالبت نقابة السائقين بتخفيض رسوم العبور على الجسر القديم إلى حين انتهاء جميع الأعمال."
SPORT = "فاز فريق الشباب على ضيفه في مباراة مثيرة أقيمت مساء أمس على ملعب المدينة الرياضية بهدفين."
HARVEST = "يتوقع المزارعون موسما وفيرا من الزيتون بعد الأمطار التي هطلت على الجبال في الأسابيع الماضية."
FISH = "ارتفعت أسعار السمك في سوق المرفأ القديم ارتفاعا كبيرا بسبب العاصفة التي منعت القوارب من الإبحار."

INLAND = "\n".join((MINISTER, WORKS, DRIVERS))
HARBOUR = "\n".join((FISH, MINISTER, WORKS, DRIVERS, SPORT))
OTHER = "\n".join((SPORT, HARVEST, FISH))
THE_CLAIM, THE_SOURCE = "الجسر الجديد سيفتح أمام السيارات قبل نهاية العام الجاري", "وزير النقل سامر الحداد"
WORKS_CLAIM = "أعمال الرصف في الشارع الرئيسي انتهت في موعدها المحدد من دون تأخير"

NUMBERS = count()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An agency's text inland and at the harbour, and something else."""
    with create(tmp_path / "annotator.db") as project:
        texts = {"inland": INLAND, "harbour": HARBOUR, "other": OTHER}
        take_records(project, tmp_path, *({"id": name, "title": "", "text": text} for name, text in texts.items()))
        find_copies(project)
        yield project


def letters(text: str) -> str:
    """What is compared of a text that another site has set with other signs."""
    return "".join(character for character in line_key(text) if character.isalnum())


def row(project: Project, doc_id: str) -> int:
    return find_document(project, doc_id)


def label(
    project: Project, doc_id: str, piece: str, name: str = "claim", *, who: str = "salma", **attributes: str
) -> str:
    """Label a piece of a document; the annotation's id."""
    desk = session(project, doc_id, who)
    start = desk.document.text.index(piece)
    known = desk.schema.label(name)
    assert known is not None
    values = tuple((key, attributes.get(key, value)) for key, value in known.defaults())
    made = Annotation(f"{who}{next(NUMBERS)}", start, start + len(piece), name, values)
    desk.execute(Operation("add", (Change(None, made),)))
    return made.id


def change(desk: AnnotationSession, before: Value | None, after: Value | None) -> None:
    desk.execute(Operation("remove", (Change(before, after),)))


def proposed(project: Project, doc_id: str) -> list[tuple[str, str]]:
    """Label and text of what is suggested for a document because of copies."""
    text = session(project, doc_id, "reader").document.text
    found = loaded(project, doc_id).suggestions
    return [(one.label, text[one.start : one.end]) for one in found if one.suggester == "copies"]


class TestFinding:
    def test_copies_are_in_one_cluster_in_the_order_of_import(self, project: Project) -> None:
        groups = list_copies(project)
        assert [[one.doc_id for one in group] for group in groups] == [["inland", "harbour"]]
        assert groups[0][0].likeness == 1
        assert 0.5 <= groups[0][1].likeness < 1

    def test_documents_that_share_a_paragraph_only_are_neighbours_too(self, project: Project) -> None:
        with project.store.read() as connection:
            found = copies.neighbours(connection, row(project, "harbour"))
        assert found == [row(project, "inland"), row(project, "other")]

    def test_it_is_outdated_when_documents_came(self, project: Project, tmp_path: Path) -> None:
        assert not is_outdated(project)
        take_records(project, tmp_path / "new", {"id": "late", "text": INLAND + "\n" + HARVEST})
        assert is_outdated(project)
        find_copies(project)
        assert not is_outdated(project)
        assert [[one.doc_id for one in group] for group in list_copies(project)] == [["inland", "harbour", "late"]]

    def test_a_new_project_is_outdated_and_has_no_copies(self, tmp_path: Path) -> None:
        with create(tmp_path / "new.db") as project:
            assert is_outdated(project)
            find_copies(project)
            assert list_copies(project) == []

    def test_larger_clusters_come_first(self, project: Project, tmp_path: Path) -> None:
        more = [{"id": f"sport{number}", "text": f"{OTHER}\n{number}"} for number in range(2)]
        take_records(project, tmp_path / "new", *more)
        find_copies(project)
        assert [len(group) for group in list_copies(project)] == [3, 2]

    def test_what_is_suggested_as_furniture_is_no_part_of_the_body(self, tmp_path: Path) -> None:
        menu = "\n".join((SPORT, HARVEST, FISH, DRIVERS, WORKS))
        with create(tmp_path / "menus.db") as project:
            articles = {"a": MINISTER, "b": "وصلت أمس إلى المطار بعثة طبية دولية تحمل لقاحات للأطفال في القرى."}
            take_records(project, tmp_path, *({"id": name, "text": f"{menu}\n{t}"} for name, t in articles.items()))
            find_copies(project)
            assert len(list_copies(project)) == 1
            for name in articles:
                put(project, name, [suggestion(name, 0, len(menu), "boilerplate")], suggester="furniture")
            find_copies(project)
            assert list_copies(project) == []

    def test_how_far_it_is_is_told(self, project: Project) -> None:
        told: list[int] = []
        find_copies(project, on_document=told.append)
        assert told == [1, 2, 3]


class TestProjecting:
    def test_labels_of_one_copy_appear_on_the_other_exactly(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM, quote="direct")
        label(project, "inland", THE_SOURCE, "source", type="official")
        assert project_from(project, row(project, "inland")) == [row(project, "harbour")]
        assert proposed(project, "harbour") == [("source", THE_SOURCE), ("claim", THE_CLAIM)]
        source, claim = loaded(project, "harbour").suggestions
        assert (dict(claim.attributes)["quote"], dict(source.attributes)["type"]) == ("direct", "official")

    def test_they_say_from_where(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM)
        project_everywhere(project)
        found = loaded(project, "harbour").suggestions[0]
        assert (found.origin, found.reason) == ("copies@1", "labelled so in another copy of this text")
        assert "inland" in found.evidence

    def test_relations_come_along(self, project: Project) -> None:
        claim, source = label(project, "inland", THE_CLAIM), label(project, "inland", THE_SOURCE, "source")
        change(session(project, "inland"), None, Relation("r", "attributed_to", claim, source))
        project_everywhere(project)
        found = loaded(project, "harbour")
        ends = [(found.by_id[one.head].label, found.by_id[one.tail].label) for one in found.relations]
        assert ends == [("claim", "source")]

    def test_what_is_not_shared_does_not(self, project: Project) -> None:
        label(project, "harbour", "أسعار السمك")
        label(project, "harbour", THE_CLAIM)
        project_everywhere(project)
        assert proposed(project, "inland") == [("claim", THE_CLAIM)]
        assert proposed(project, "other") == [("claim", "أسعار السمك")]

    def test_the_document_itself_is_none_of_its_copies(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM)
        project_everywhere(project)
        assert proposed(project, "inland") == []

    def test_spill_over_is_not_taken_along(self, project: Project) -> None:
        label(project, "harbour", MINISTER, "spillover")
        label(project, "harbour", THE_SOURCE, "source")
        project_everywhere(project)
        assert proposed(project, "inland") == [("source", THE_SOURCE)]

    def test_nothing_happens_where_nobody_labelled_anything(self, project: Project) -> None:
        session(project, "inland")
        assert project_everywhere(project) == []
        assert not session(project, "harbour").is_looked_at

    def test_a_paragraph_takes_the_labels_of_finished_work_before_unfinished(
        self, project: Project, tmp_path: Path
    ) -> None:
        take_records(project, tmp_path / "new", {"id": "third", "text": INLAND + "\n" + HARVEST})
        find_copies(project)
        label(project, "inland", THE_CLAIM)
        change(session(project, "inland"), None, Status("done"))
        label(project, "third", "سيفتح أمام السيارات")  # later, and not done
        project_everywhere(project)
        assert proposed(project, "harbour") == [("claim", THE_CLAIM)]

    def test_the_latest_of_the_unfinished_comes_first(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path / "new", {"id": "third", "text": INLAND + "\n" + HARVEST})
        find_copies(project)
        label(project, "inland", THE_CLAIM)
        label(project, "third", "سيفتح أمام السيارات")
        with project.store.write() as connection:
            third = row(project, "third")
            connection.exec_driver_sql(f"UPDATE progress SET changed_at = '2099' WHERE document_id = {third}")
        project_everywhere(project)
        assert proposed(project, "harbour") == [("claim", "سيفتح أمام السيارات")]

    def test_the_gold_comes_before_all(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM)
        change(session(project, "inland"), None, Status("done"))
        self.decide(project, "inland", "سيفتح أمام السيارات")
        project_everywhere(project)
        assert proposed(project, "harbour") == [("claim", "سيفتح أمام السيارات")]

    def decide(self, project: Project, doc_id: str, piece: str) -> None:
        """Make a piece of a document the gold."""
        start = INLAND.index(piece)
        made = Operation("decide", (Change(None, Annotation("g", start, start + len(piece), "claim")),))
        at = "2026-01-01T00:00:00.000Z"
        with project.store.write() as connection:
            place = annotators.ensure_gold(connection, at), row(project, doc_id)
            journal.append(connection, place, JournalEntry("op", made), 1, at)

    def test_other_paragraphs_take_those_of_other_copies(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path / "new", {"id": "third", "text": f"{HARVEST}\n{WORKS}\n{SPORT}"})
        find_copies(project)
        label(project, "inland", THE_CLAIM)
        change(session(project, "inland"), None, Status("done"))
        label(project, "third", "ملعب المدينة الرياضية")
        project_everywhere(project)
        assert proposed(project, "harbour") == [("claim", THE_CLAIM), ("claim", "ملعب المدينة الرياضية")]

    def test_labels_that_changed_change_what_is_suggested(self, project: Project) -> None:
        made = label(project, "inland", THE_CLAIM)
        label(project, "inland", WORKS_CLAIM)
        project_from(project, row(project, "inland"))
        desk = session(project, "inland")
        change(desk, desk.state.annotation(made), None)
        project_from(project, row(project, "inland"))
        assert proposed(project, "harbour") == [("claim", WORKS_CLAIM)]

    @pytest.mark.parametrize("everywhere", [True, False])
    def test_where_all_labels_are_gone_so_are_the_suggestions(self, project: Project, everywhere: bool) -> None:
        made = label(project, "inland", THE_CLAIM)
        project_everywhere(project)
        desk = session(project, "inland")
        change(desk, desk.state.annotation(made), None)
        harbour = row(project, "harbour")
        done = project_everywhere(project) if everywhere else project_from(project, row(project, "inland"))
        assert (done, proposed(project, "harbour")) == ([harbour], [])
        assert project_everywhere(project) == []

    def test_doing_it_again_changes_nothing(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM)
        project_everywhere(project)
        before = loaded(project, "harbour")
        project_everywhere(project)
        assert loaded(project, "harbour") == before

    def test_what_was_rejected_stays_rejected(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM)
        project_everywhere(project)
        desk = session(project, "harbour")
        desk.execute(reject(desk.pending.suggestions))
        project_everywhere(project)
        assert session(project, "harbour").pending.suggestions == ()

    def test_they_rest_on_the_labels_of_who_made_them(self, project: Project) -> None:
        label(project, "inland", THE_CLAIM, who="nour")
        project_everywhere(project)
        with project.store.read() as connection:
            whose = annotators.require(connection, "nour")
            found = connection.exec_driver_sql("SELECT DISTINCT made_by FROM suggestion").scalars().all()
        assert found == [whose]


class TestSeeds:
    """Two real pages with one agency's text: everything that was labelled in its paragraphs goes along exactly."""

    @pytest.fixture
    def seeds(self, tmp_path: Path) -> Iterator[Project]:
        with create(tmp_path / "seeds.db") as project:
            take(project, *sorted(shared_file("seeds").glob("00[03]_*.txt")))
            suggest(project, [built_in("furniture")], all_documents(project))
            find_copies(project)
            desk = AnnotationSession(project, "salma", all_documents(project)[0])
            record = json.loads((ROOT / "bench" / "reference" / "seed-000.jsonl").read_text("utf-8"))
            made: list[Value] = [
                Annotation(
                    one["id"],
                    one["start"],
                    one["end"],
                    one["label"],
                    tuple((a["key"], a["value"]) for a in one["attributes"]),
                )
                for one in record["spans"]
            ]
            made += [Relation(one["id"], one["label"], one["head"], one["tail"]) for one in record["relations"]]
            desk.execute(Operation("import", tuple(Change(None, value) for value in made)))
            yield project

    def test_all_spans_of_the_shared_paragraphs_and_none_elsewhere(self, seeds: Project) -> None:
        first, second = all_documents(seeds)
        assert project_from(seeds, first) == [second]
        source, target = (AnnotationSession(seeds, "salma", one) for one in (first, second))
        here, there = source.document.text, target.document.text
        pairs = [
            (one, other)
            for one in lines(here)
            for other in lines(there)
            if len(one.text) > 50 and fuzz.ratio(one.key, other.key) > 80
        ]
        wanted = [
            (one.label, letters(here[one.start : one.end]), other.number)
            for own, other in pairs
            for one in source.state.annotations
            if own.start <= one.start and one.end <= own.end and one.label != "spillover"
        ]
        found = [
            (one.label, letters(there[one.start : one.end]), other.number)
            for one in target.suggested.suggestions
            for other in lines(there)
            if one.suggester == "copies" and other.start <= one.start and one.end <= other.end
        ]
        assert len(found) == sum(one.suggester == "copies" for one in target.suggested.suggestions) == len(wanted)
        for one, other in zip(sorted(found, key=itemgetter(2, 0)), sorted(wanted, key=itemgetter(2, 0)), strict=True):
            assert (one[0], one[2]) == (other[0], other[2])
            assert fuzz.ratio(one[1], other[1]) > 98  # the other site has changed a word or two

    def test_relations_within_the_shared_paragraphs_come_along(self, seeds: Project) -> None:
        first, second = all_documents(seeds)
        project_from(seeds, first)
        target = AnnotationSession(seeds, "salma", second)
        found = [one for one in target.suggested.relations if one.head in target.suggested.by_id]
        assert found
        assert {target.suggested.by_id[one.tail].label for one in found} == {"source"}
