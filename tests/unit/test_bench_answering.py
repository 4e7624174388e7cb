"""Keys for a labelling with suggestions: what is still to be done, what a key means, and whole pages answered."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.annotation import Annotation, Relation
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import list_documents, show
from annotator.services.project import Project, open_or_create
from annotator.services.suggesting import suggest
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.tui.desk import Desk
from bench import meaning
from bench.answering import (
    ALL_AT_ONCE,
    AT_ONCE,
    ONE_BY_ONE,
    WAYS,
    Answered,
    TooManyKeysError,
    Way,
    answer,
    described,
    labels_of,
)
from bench.comparing import Comparison, Item, Problem, Quality, quality
from bench.hands import Pressed
from bench.keystrokes import suggested_figures, suggested_rows
from bench.labelling import label
from bench.reference import SEEDS, Reference, Target, of_record, references
from bench.replaying import ANNOTATOR, BYTES, copied, holds, id_of, is_same
from bench.suggestion_tables import Page, tables
from bench.with_suggestions import cheapest
from tests.support.model import BOILERPLATE, CLAIM, SCHEMA, SOURCE
from tests.tui.desks import desk_of


ATTRIBUTES = {label.id: label.defaults() for label in (CLAIM, SOURCE, BOILERPLATE)}
TEXT = "قال الوزير إن الطريق سالكة منذ الصباح.\nإقرأ أيضا\nسطر آخر"


def target(start: int, end: int, label: str = "claim", **changed: str) -> Target:
    attributes = dict(ATTRIBUTES[label]) | changed
    return Target(start, end, label, tuple(attributes.items()))


def made(start: int, end: int, label: str = "claim", **changed: str) -> Annotation:
    wanted = target(start, end, label, **changed)
    return Annotation(f"{label} {start} {end}", start, end, label, wanted.attributes)


def proposed(start: int, end: int, label: str = "claim", **changed: str) -> Suggestion:
    one = made(start, end, label, **changed)
    return Suggestion(one.id, start, end, label, one.attributes, "rules@1")


def wanted(*targets: Target, links: Sequence[tuple[str, Target, Target]] = ()) -> Reference:
    return Reference("page", Path("page.txt"), targets, tuple(links))


def kinds(
    reference: Reference, annotations: Sequence[Annotation | Relation], suggestions: Sequence[Suggestion], *left: str
) -> list[str]:
    """What is to be done, in words."""
    compared = Comparison(reference, AnnotationState.of(annotations), SuggestionSet.of(suggestions), SCHEMA)
    return [described(problem) for problem in compared.problems(left)]


class TestComparison:
    def test_what_is_as_it_should_be_is_no_problem(self) -> None:
        assert kinds(wanted(target(0, 5)), [made(0, 5)], []) == []

    def test_a_right_suggestion_is_accepted_unless_that_is_left_to_one_key(self) -> None:
        assert kinds(wanted(target(0, 5)), [], [proposed(0, 5)]) == ["accept claim 0–5"]
        assert kinds(wanted(target(0, 5)), [], [proposed(0, 5)], "claim") == []

    def test_a_wrong_suggestion_is_rejected_only_before_it_would_be_accepted(self) -> None:
        assert kinds(wanted(), [], [proposed(0, 5)]) == []
        assert kinds(wanted(), [], [proposed(0, 5)], "claim") == ["reject claim 0–5"]

    def test_a_wrong_annotation_is_removed(self) -> None:
        assert kinds(wanted(), [made(0, 5)], []) == ["reject claim 0–5"]

    def test_a_wrong_edge_is_mended_and_what_nothing_lies_on_is_missed(self) -> None:
        assert kinds(wanted(target(0, 5), target(10, 15)), [], [proposed(0, 7)]) == [
            "mend claim 0–5",
            "missed claim 10–15",
        ]

    def test_a_suggestion_of_another_label_is_mended_only_on_the_same_span(self) -> None:
        assert kinds(wanted(target(0, 5)), [], [proposed(0, 5, "source")]) == ["mend claim 0–5"]
        assert kinds(wanted(target(0, 5)), [], [proposed(0, 4, "source")]) == ["missed claim 0–5"]

    def test_a_wrong_attribute_is_changed(self) -> None:
        found = kinds(wanted(target(0, 5, quote="direct")), [], [proposed(0, 5)], "claim")
        assert found == ["change claim 0–5"]

    def test_it_is_changed_later_where_another_suggestion_would_step_aside_for_it(self) -> None:
        nested = wanted(target(0, 9), target(2, 5, quote="direct"))
        assert kinds(nested, [], [proposed(0, 9), proposed(2, 5)], "claim") == []
        assert kinds(nested, [made(0, 9), made(2, 5)], []) == ["change claim 2–5"]

    def test_the_last_part_of_a_suggestion_over_two_spans_waits_for_the_first_to_be_made_smaller(self) -> None:
        two = wanted(target(0, 9, "boilerplate"), target(10, 12, "boilerplate"))
        assert kinds(two, [], [proposed(0, 12, "boilerplate")]) == ["mend boilerplate 0–9"]

    def test_a_wrong_suggestion_that_will_step_aside_needs_no_answer(self) -> None:
        one = wanted(target(0, 20, "boilerplate"))
        found = kinds(one, [], [proposed(0, 8, "boilerplate"), proposed(9, 20, "boilerplate")], "boilerplate")
        assert found == ["mend boilerplate 0–20"]

    def test_relations_are_made_and_unmade_between_annotations_that_are_right(self) -> None:
        head, tail = target(0, 5), target(6, 9, "source")
        ends = [made(0, 5), made(6, 9, "source")]
        related = Relation("r", "attributed_to", ends[0].id, ends[1].id)
        linked = wanted(head, tail, links=[("attributed_to", head, tail)])
        assert kinds(linked, ends, []) == ["relate 0 to 6"]
        assert kinds(linked, [*ends, related], []) == []
        assert kinds(wanted(head, tail), [*ends, related], []) == ["unrelate at 0"]
        assert kinds(linked, [ends[0]], [proposed(6, 9, "source")], "source") == []

    def test_quality_counts_each_suggestion_once(self) -> None:
        head, tail = target(0, 5), target(6, 9, "source")
        reference = wanted(head, tail, target(20, 30), target(40, 50, quote="direct"), target(60, 70))
        found = [proposed(0, 5), proposed(6, 9, "source"), proposed(20, 25), proposed(26, 29), proposed(40, 50)]
        found.append(proposed(80, 90))
        related = SuggestedRelation("attributed_to", found[0].id, found[1].id)
        linked = replace(reference, links=(("attributed_to", head, tail),))
        measured = quality(linked, SuggestionSet.of(found, [related]), SCHEMA)
        assert measured == Quality(exact=2, attributes=1, edges=1, missed=1, false=2, relations=1)


class TestMeaning:
    def desk(self, *suggestions: Suggestion, cursor: int = 0) -> Desk:
        desk = desk_of(TEXT, cursor=cursor)
        desk.session.suggested = SuggestionSet.of(suggestions)
        desk.fold_furniture()
        return desk

    def test_a_digit_means_what_is_focused_and_enter_what_the_cursor_is_on(self) -> None:
        desk = self.desk(proposed(4, 10, "source"), cursor=5)
        item = Item(made(4, 10, "source"), True)
        assert meaning.would_accept(desk, item)
        assert meaning.would_remove(desk, item)
        assert not meaning.is_focused(desk, item)
        assert not meaning.would_move(desk, item)
        desk.focus_next(-1)
        assert meaning.is_focused(desk, item)
        assert meaning.would_move(desk, item)
        assert not meaning.would_relate(desk, item)

    def test_enter_on_a_fold_unfolds_and_accepts_nothing_that_is_not_focused(self) -> None:
        start = TEXT.index("إقرأ")
        desk = self.desk(proposed(start, start + 9, "boilerplate"), cursor=start)
        item = Item(made(start, start + 9, "boilerplate"), True)
        assert desk.layout.folds
        assert not meaning.would_accept(desk, item)
        desk.focus_next(1)
        assert meaning.would_accept(desk, item)

    def test_only_edges_that_are_elsewhere_are_moved(self) -> None:
        item = Item(made(3, 9), True)
        assert meaning.edges_to_move(item, target(3, 9)) == []
        assert meaning.edges_to_move(item, target(2, 9)) == ["start"]
        assert meaning.edges_to_move(item, target(2, 8)) == ["start", "end"]

    def test_an_edge_is_where_it_should_be_when_a_key_would_leave_it_there(self) -> None:
        start, end = TEXT.index("الطريق"), TEXT.index("سالكة") + 5
        desk = self.desk(proposed(start, TEXT.index("الصباح") + 6), cursor=start)
        desk.focus_next(1)
        desk.start_edge("end")
        is_there, place = meaning.goal_of_edge("end", target(start, end))
        assert not is_there(desk)
        desk.move("previous_word")
        desk.move("previous_word")
        assert is_there(desk)
        assert place == end - 1
        desk.finish_edge()
        assert [(one.start, one.end) for one in desk.session.state.annotations] == [(start, end)]


class Spoilt:
    """Proposes what a reference wants, some of it spoilt: other edges, other attributes, missing, too much."""

    name, version = "spoilt", "1"

    def __init__(self, reference: Reference, share: float, seed: int) -> None:
        self._reference, self._share, self._chance = reference, share, random.Random(seed)

    def suggest(self, document: DocumentView) -> Proposals:
        kept = {one: key for key, one in enumerate(self._reference.targets) if not self._is_spoilt()}
        spans = [self._proposal(one, str(key), document.text) for one, key in kept.items()]
        links = [
            Link(kind, str(kept[head]), str(kept[tail]))
            for kind, head, tail in self._reference.links
            if {head, tail} <= kept.keys() and not self._is_spoilt()
        ]
        return Proposals(tuple(spans), tuple(links))

    def _is_spoilt(self) -> bool:
        return self._chance.random() < self._share

    def _proposal(self, one: Target, key: str, text: str) -> Proposal:
        end, attributes = one.end, dict(one.attributes)
        if self._is_spoilt() and " " in text[one.start : one.end]:
            end = text.rindex(" ", one.start, one.end)
        if self._is_spoilt() and "quote" in attributes:
            attributes["quote"] = "none"
        return Proposal(one.start, end, one.label, "because", attributes=attributes, key=key)


def answered(folder: Path, share: float, way: Way, most: int | None = None) -> tuple[Answered, Reference, Reference]:
    """A page answered: how, what it holds, and what it should."""
    reference = next(references())
    with open_or_create(str(folder / "a.db"), None) as project:
        import_sources(project, [reference.page], ImportOptions())
        (document,) = list_documents(project, "me")
        suggest(project, [Spoilt(reference, share, seed=5)], [document.id])
        found = asyncio.run(answer(project, "me", document.id, reference, way, most))
        return found, held(project, reference), reference


def held(project: Project, reference: Reference) -> Reference:
    (document,) = list_documents(project, "me")
    return of_record(reference.name, reference.page, show(project, document.doc_id, "me", raw=False))


class TestAnswering:
    @pytest.mark.parametrize("way", WAYS, ids=str)
    def test_a_page_comes_to_hold_its_reference_whatever_is_suggested(self, way: Way, tmp_path: Path) -> None:
        found, have, want = answered(tmp_path, 0.3, way)
        assert is_same(have, want)
        assert sum(found.pressed.counts.values()) == len(found.pressed.keys) == found.costs.total()

    def test_where_all_is_right_two_keys_are_enough(self, tmp_path: Path) -> None:
        found, have, want = answered(tmp_path, 0, ("", ";y"))
        assert is_same(have, want)
        assert found.pressed.keys == [";", "y"]
        assert found.costs == {AT_ONCE: 2}
        assert found.pending == 0

    def test_one_after_the_other_each_right_suggestion_is_an_enter(self, tmp_path: Path) -> None:
        found, have, want = answered(tmp_path, 0, ("", ""))
        assert is_same(have, want)
        assert found.pressed.keys.count("enter") == len(want.targets)

    def test_a_way_that_takes_more_keys_than_allowed_is_given_up(self, tmp_path: Path) -> None:
        with pytest.raises(TooManyKeysError):
            answered(tmp_path, 0.3, ("", ""), most=10)

    def test_y_accepts_page_furniture_and_the_menu_all(self) -> None:
        assert labels_of("y", SCHEMA) == {"boilerplate"}
        assert labels_of(";y", SCHEMA) == {label.id for label in SCHEMA.labels}
        assert labels_of("", SCHEMA) == frozenset()

    def test_a_rejected_item_is_described_by_its_place(self) -> None:
        problem = Problem("reject", 3, (Item(made(3, 9), True),))
        assert described(problem) == "reject claim 3–9"


class TestReplaying:
    def test_a_project_holds_a_reference_once_all_its_labels_are_there(self, tmp_path: Path) -> None:
        reference = next(references())
        with open_or_create(str(tmp_path / "a.db"), None) as project:
            import_sources(project, [reference.page.with_name("health-study.txt"), reference.page], ImportOptions())
            ids = {one.doc_id: one.id for one in list_documents(project, ANNOTATOR)}
            document = ids[id_of(project, reference)]
            assert not holds(project, reference)
            asyncio.run(label(project, ANNOTATOR, document, reference))
            assert holds(project, reference)

    def test_one_wrong_attribute_is_a_difference(self) -> None:
        one = wanted(target(0, 5), target(6, 9, "source"))
        other = wanted(target(0, 5, quote="direct"), target(6, 9, "source"))
        assert is_same(one, one)
        assert not is_same(one, other)

    def test_a_copy_of_a_project_stands_beside_it(self, tmp_path: Path) -> None:
        (tmp_path / "a.db").write_bytes(b"project")
        assert copied(tmp_path / "a.db", "b.db").read_bytes() == b"project"
        assert (tmp_path / "a.db").exists()


class TestCheapest:
    def test_of_all_ways_the_one_with_the_fewest_keys_is_taken_and_the_project_left(self, tmp_path: Path) -> None:
        reference = next(references())
        database = tmp_path / "a.db"
        with open_or_create(str(database), None) as project:
            import_sources(project, [reference.page], ImportOptions())
            (document,) = list_documents(project, ANNOTATOR)
            suggest(project, [Spoilt(reference, 0, seed=5)], [document.id])
        read = cheapest(database, reference, ONE_BY_ONE)
        assert read.pressed.keys.count("enter") == sum(one.label in {"claim", "source"} for one in reference.targets)
        assert cheapest(database, reference, ALL_AT_ONCE, read).pressed.keys == [";", "y"]
        assert cheapest(database, reference, ONE_BY_ONE, read) is read
        with open_or_create(str(database), None) as project:
            assert not holds(project, reference)


def page(name: str, without: int, alone: int, in_turn: int) -> Page:
    def pressed(keys: int) -> Pressed:
        return Pressed(["w"] * keys, Counter({"spans": keys - 1, "relations": 1}))

    one = Reference(name, Path(name), (target(0, 3),), ())
    costs = Counter({"mend claim 0–3": 7, AT_ONCE: 2})
    read = Answered(pressed(2 * alone))
    found = Answered(pressed(alone), costs, 3)
    return Page(one, pressed(without), found, read, Answered(pressed(in_turn)), Quality(1, 2, 3, 4, 5, 0))


class TestTables:
    PAGES = [page(name, 60, 20 - number, 10) for number, name in enumerate(SEEDS)]  # noqa: RUF012

    def test_each_part_of_each_page_is_a_line_and_all_together_the_last(self) -> None:
        lines = tables(self.PAGES)[0].lines
        assert len(lines) == 4 * len(SEEDS) + 1
        assert lines[3] == (SEEDS[0], "all", "60", "20", "0.33", "40", "0.67", "10", "0.17")
        assert lines[-1] == ("all pages", "all", "300", "90", "0.30", "180", "0.60", "50", "0.17")

    def test_the_quality_and_the_dearest_things_of_each_page_are_told(self) -> None:
        _, qualities, costs = tables(self.PAGES)
        assert qualities.lines[0] == (SEEDS[0], "1", "1", "2", "3", "4", "5", "0 of 0", "3", "0")
        assert costs.lines[0] == (SEEDS[0], "mend claim 0–3", "7")
        assert all(len(line) == len(table.head) for table in (qualities, costs) for line in table.lines)

    def test_the_figure_holds_up_to_a_third_and_only_for_all_pages(self) -> None:
        (figure,) = suggested_figures(self.PAGES)
        assert figure.held
        (figure,) = suggested_figures([page(name, 60, 21, 10) for name in SEEDS])
        assert not figure.held
        assert suggested_figures(self.PAGES[1:]) == []

    def test_the_rows_compare_with_what_it_takes_without(self) -> None:
        alone, read, in_turn = suggested_rows(self.PAGES)
        assert (alone.ours, alone.baseline, alone.ratio) == ("90", "300", "0.30")
        assert (read.ours, read.ratio) == ("180", "0.60")
        assert (in_turn.ours, in_turn.ratio) == ("50", "0.17")
        assert suggested_rows([]) == []

    def test_tab_goes_to_a_terminal_as_its_own_character(self) -> None:
        assert (BYTES["tab"], BYTES["shift+tab"]) == (b"\t", b"\x1b[Z")
