"""A report's figures, computed by hand, and held against the measures that they stand for."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from annotator.agreement.alpha import krippendorff_alpha
from annotator.agreement.gammas import corpus_gamma, disorder_sums, gamma, gamma_of
from annotator.agreement.report.against_gold import annotators, count_against_gold
from annotator.agreement.report.building import build_report, named_figures
from annotator.agreement.report.counting import DocumentCounts, count_document
from annotator.agreement.report.joint_counting import gamma_seed
from annotator.agreement.report.tables import Estimate, Report, to_plain
from annotator.agreement.report.tally import Settings
from annotator.agreement.spans import span_f1
from annotator.agreement.study import StudyDocument, Unit, units
from annotator.agreement.unitizing import alpha_u, unitized_alpha
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.annotation import Annotation, Attributes, DocumentLabel, Relation, Value
from annotator.model.state import AnnotationState


NEWS = parse_schema(*read_schema_source("news"))
QUICK = Settings(samples=0, resamples=200)
LETTERS = "قالالوزيرانالاسعارانخفضت" * 10


def state(spans: Sequence[Unit | tuple[int, int, str, Attributes]], *others: Value) -> AnnotationState:
    """Spans (start, end, label), perhaps with attributes; their ids are s0, s1, …"""
    made = [Annotation(f"s{n}", span[0], span[1], span[2], *span[3:]) for n, span in enumerate(spans)]
    return AnnotationState.of([*made, *others])


def document(doc_id: str, length: int = 100, **work: Any) -> StudyDocument:
    """A document of letters; work is given as spans or as states."""
    states = {name: one if isinstance(one, AnnotationState) else state(one) for name, one in work.items()}
    return StudyDocument(doc_id, f"title of {doc_id}", LETTERS[:length], states, {}, {})


def report_of(*documents: StudyDocument, settings: Settings = QUICK, **more: Any) -> Report:
    return build_report([count_document(one, NEWS, settings) for one in documents], NEWS, settings, **more)


def value(report: Report, name: str) -> float:
    found = named_figures(report)[name].value
    assert found is not None
    return found


def rows(report: Report, table: str) -> list[dict[str, Any]]:
    """The rows of a table, of estimates their values."""
    found: list[dict[str, Any]] = to_plain(report)["tables"][table]
    return [{name: cell["value"] if isinstance(cell, dict) else cell for name, cell in row.items()} for row in found]


def drawn(number: int, seed: int = 1, names: Sequence[str] = ("a", "b", "c")) -> list[StudyDocument]:
    """Documents with random spans that do not overlap."""
    rng = random.Random(seed)
    labels = [label.id for label in NEWS.labels]
    return [
        document(
            f"d{index:03}",
            200,
            **{
                name: [
                    (start + rng.randint(0, 2), start + rng.randint(6, 9), rng.choice(labels[:2]))
                    for start in range(0, 190, 20)
                    if rng.random() < 0.8
                ]
                for name in names
            },
        )
        for index in range(number)
    ]


@pytest.fixture(scope="module")
def small() -> Report:
    """Two annotators, two documents of 100 and 50 characters; the second is empty for b."""
    return report_of(
        document(
            "one",
            a=[(0, 10, "claim"), (20, 30, "source")],
            b=[(0, 10, "claim"), (20, 25, "source"), (40, 50, "claim")],
        ),
        document("two", 50, a=[(0, 20, "claim")], b=[]),
    )


class TestHandComputed:
    def test_f1_is_of_the_counts_of_all_documents(self, small: Report) -> None:
        # Exact: 1 of 3 and 3. By overlap also the source, of which half is shared. Characters: 15 of 40 and 25.
        assert value(small, "f1_exact") == pytest.approx(2 / 6)
        assert value(small, "f1_overlap") == pytest.approx(4 / 6)
        assert value(small, "f1_character") == pytest.approx(30 / 65)

    def test_labels_have_figures_of_their_own(self, small: Report) -> None:
        claim, source = rows(small, "labels")
        assert claim["label"] == "claim"
        assert claim["f1_exact"] == pytest.approx(2 / 4)
        assert claim["spans"] == 4
        assert source["f1_exact"] == 0
        assert source["f1_overlap"] == 1
        # 150 characters: 10 claimed by both, 30 by one, 110 by none. alpha = 1 - 299 * 60 / (2 * 50 * 250).
        assert claim["alpha"] == pytest.approx(1 - 299 * 60 / 25000)

    def test_pairs_count_their_documents(self, small: Report) -> None:
        (pair,) = rows(small, "pairs")
        assert (pair["one"], pair["other"], pair["documents"]) == ("a", "b", 2)
        assert pair["f1_exact"] == pytest.approx(1 / 3)

    def test_documents_are_listed_worst_first(self, small: Report) -> None:
        assert [(row["doc_id"], row["f1"], row["items"], row["disputed"]) for row in rows(small, "documents")] == [
            ("two", 0.0, 1, 1),
            ("one", pytest.approx(0.4), 3, 2),
        ]

    def test_kinds_count_items_by_label(self, small: Report) -> None:
        claim, source = rows(small, "kinds")
        assert {name: count for name, count in claim.items() if count} == {"label": "claim", "agree": 1, "missed": 2}
        assert {name: count for name, count in source.items() if count} == {"label": "source", "boundary": 1}

    def test_pairs_have_kinds_too(self, small: Report) -> None:
        (pair,) = rows(small, "pair_kinds")
        assert (pair["agree"], pair["missed"], pair["boundary"]) == (1, 2, 1)

    def test_confusions_have_a_row_and_a_column_for_none(self, small: Report) -> None:
        assert rows(small, "confusion") == [
            {"label": "claim", "claim": 1, "source": 0, "none": 2},
            {"label": "source", "claim": 0, "source": 1, "none": 0},
            {"label": "none", "claim": 2, "source": 0, "none": None},
        ]

    def test_edges_are_signed(self, small: Report) -> None:
        assert rows(small, "edges") == [{"edge": "end", "difference": -5, "count": 1}]

    def test_lengths_are_per_thousand_characters(self, small: Report) -> None:
        assert [(row["annotator"], row["spans"], row["per_thousand"]) for row in rows(small, "lengths")] == [
            ("a", 3, pytest.approx(20)),
            ("b", 3, pytest.approx(20)),
        ]

    def test_the_facts_say_what_was_measured(self, small: Report) -> None:
        facts = small.facts
        assert (facts["documents"], facts["annotators"], facts["spans"]) == (2, "a, b", 6)
        assert facts["schema"] == f"news {NEWS.version}"
        assert facts["offset_unit"] == "codepoint"
        assert facts["bootstrap_resamples"] == 200

    def test_few_documents_have_no_intervals_and_a_note_says_so(self, small: Report) -> None:
        assert all(found.low is None for found in named_figures(small).values())
        assert "fewer than 10 documents" in " ".join(small.table("overall").notes)

    def test_rows_lead_to_what_they_are_about(self, small: Report) -> None:
        assert small.table("labels").keys[0] == (("label", "claim"),)
        assert small.table("pairs").keys == ((("annotator", "a"), ("annotator", "b")),)
        assert small.table("documents").keys[0] == (("document", "two"),)


class TestAgainstTheMeasures:
    """Figures of many documents equal the measures of everything together."""

    def test_f1_of_three_annotators_is_the_mean_over_pairs(self) -> None:
        documents = drawn(6)
        together = {name: list[Unit]() for name in "abc"}
        for number, one in enumerate(documents):
            for name, made in together.items():
                made += [
                    (start + 1000 * number, end + 1000 * number, label) for start, end, label in units(one.work[name])
                ]
        for match in ("exact", "overlap", "character"):
            pairs = [span_f1(together[one], together[other], match) for one, other in ("ab", "ac", "bc")]  # type: ignore[arg-type]
            assert value(report_of(*documents), f"f1_{match}") == pytest.approx(np.mean(pairs))

    def test_alpha_is_that_of_all_characters(self) -> None:
        documents = drawn(4)
        ratings: list[list[str]] = []
        for name in "abc":
            row: list[str] = []
            for one in documents:
                labels = [""] * len(one.text)
                for start, end, label in units(one.work[name]):
                    labels[start:end] = [label] * (end - start)
                row += labels
            ratings.append(row)
        report = report_of(*documents)
        assert value(report, "alpha") == pytest.approx(krippendorff_alpha(ratings), abs=1e-12)
        claimed = [[label == "claim" for label in row] for row in ratings]
        assert rows(report, "labels")[0]["alpha"] == pytest.approx(krippendorff_alpha(claimed), abs=1e-12)

    def test_unitizing_alphas_of_one_document_are_those_of_the_measure(self) -> None:
        (one,) = drawn(1)
        annotators_ = [units(one.work[name]) for name in "abc"]
        report = report_of(one)
        assert value(report, "u_alpha") == pytest.approx(unitized_alpha(annotators_, 200))
        assert value(report, "u_alpha_binary") == pytest.approx(unitized_alpha(annotators_, 200, binary=True))
        further = rows(report, "further_labels")[0]
        assert further["alpha_u"] == pytest.approx(alpha_u(annotators_, 200, "claim"))
        assert further["u_alpha"] == pytest.approx(unitized_alpha(annotators_, 200, label="claim"))

    def test_gamma_is_that_of_the_corpus(self) -> None:
        documents = drawn(3)
        settings = Settings(samples=5, seed=4)
        counted = [count_document(one, NEWS, settings) for one in documents]
        report = build_report(counted, NEWS, settings)
        found = [
            gamma([units(one.work[name]) for name in "abc"], samples=5, seed=gamma_seed(one.doc_id, 4))
            for one in documents
        ]
        assert value(report, "gamma") == pytest.approx(corpus_gamma(found), abs=1e-12)
        assert named_figures(report)["gamma"].error == pytest.approx(corpus_gamma(found).error)
        cat = gamma_of(np.sum([disorder_sums(one.gamma_cat) for one in found], axis=0))
        assert value(report, "gamma_cat") == pytest.approx(float(cat), abs=1e-12)
        listed = {row["doc_id"]: row["gamma"] for row in rows(report, "documents")}
        assert listed == {one.doc_id: of_one.value for one, of_one in zip(documents, found, strict=True)}

    def test_gamma_can_be_left_out(self) -> None:
        found = named_figures(report_of(*drawn(2)))["gamma"]
        assert (found.value, found.note) == (None, "left out")


class TestStudy:
    def test_the_order_of_documents_does_not_matter(self) -> None:
        documents = drawn(14)
        settings = replace(QUICK, samples=2)
        counted = [count_document(one, NEWS, settings) for one in documents]
        wanted = json.dumps(to_plain(build_report(counted, NEWS, settings)))
        for seed in range(3):
            random.Random(seed).shuffle(counted)
            assert json.dumps(to_plain(build_report(counted, NEWS, settings))) == wanted

    def test_the_order_of_annotators_does_not_matter(self) -> None:
        documents = drawn(3)
        turned = [replace(one, work=dict(reversed(list(one.work.items())))) for one in documents]
        assert to_plain(report_of(*turned)) == to_plain(report_of(*documents))

    def test_ten_documents_have_intervals_around_their_values(self) -> None:
        report = report_of(*drawn(10))
        for name in ("f1_exact", "f1_overlap", "f1_character", "alpha", "u_alpha"):
            found = named_figures(report)[name]
            assert found.value is not None
            assert found.low is not None
            assert found.high is not None
            assert found.low < found.value < found.high

    def test_another_seed_draws_other_documents(self) -> None:
        documents = drawn(12)
        one, other = (report_of(*documents, settings=replace(QUICK, seed=seed)) for seed in (0, 1))
        assert value(one, "f1_exact") == value(other, "f1_exact")
        assert named_figures(one)["f1_exact"].low != named_figures(other)["f1_exact"].low

    def test_documents_where_nobody_marked_anything_are_not_counted_in_means(self) -> None:
        empty = document("zero", a=[], b=[], c=[])
        documents = drawn(3)
        assert value(report_of(*documents, empty), "f1_exact") == value(report_of(*documents), "f1_exact")
        assert rows(report_of(*documents, empty), "documents")[-1]["f1"] is None

    def test_pairs_with_other_documents_are_measured_on_their_own(self) -> None:
        same, other = [(0, 5, "claim")], [(0, 6, "claim")]
        report = report_of(document("one", a=same, b=same), document("two", b=same, c=other))
        assert [(row["one"], row["other"], row["f1_exact"]) for row in rows(report, "pairs")] == [
            ("a", "b", 1.0),
            ("b", "c", 0.0),
        ]
        assert value(report, "f1_exact") == 0.5

    def test_only_the_chosen_labels_are_looked_at(self, small: Report) -> None:
        one = document("one", a=[(0, 9, "claim"), (20, 30, "source")], b=[(0, 9, "claim")])
        report = report_of(one, settings=replace(QUICK, labels=("claim",)))
        assert value(report, "f1_exact") == 1
        assert [row["label"] for row in rows(report, "labels")] == ["claim"]
        assert report.facts["spans"] == 2
        assert report.facts["labels"] == "claim"

    def test_relations_to_labels_that_are_left_out_go_with_them(self) -> None:
        made = state([(0, 9, "claim"), (20, 30, "source")], Relation("r", "attributed_to", "s0", "s1"))
        counts = count_document(document("one", a=made, b=made), NEWS, replace(QUICK, labels=("claim",)))
        assert not [key for key in counts.sums if key[:2] == ("f1", "relation exact")]

    def test_hidden_spans_are_counted_as_left_out(self) -> None:
        hidden = Annotation("h", 3, 3, "claim", raw=(3, 5))
        report = report_of(document("one", a=state([(0, 5, "claim")], hidden), b=[(0, 5, "claim")]))
        assert report.facts["hidden_spans_left_out"] == 1
        assert value(report, "f1_exact") == 1

    def test_no_documents_make_a_report_without_values(self) -> None:
        report = report_of()
        assert {found.value for found in named_figures(report).values()} == {None}
        assert report.facts["documents"] == 0

    def test_a_label_that_the_schema_lacks_is_listed_last(self) -> None:
        spans = [(0, 5, "older"), (10, 15, "source")]
        assert [row["label"] for row in rows(report_of(document("one", a=spans, b=spans)), "labels")] == [
            "source",
            "older",
        ]


class TestKinds:
    def test_trivial_boundaries_are_boundaries_and_counted_apart(self) -> None:
        one = StudyDocument(
            "one", "", "قال الوزير أمس.", {"a": state([(4, 10, "source")]), "b": state([(6, 10, "source")])}, {}, {}
        )
        report = report_of(one)
        (row,) = rows(report, "kinds")
        assert (row["boundary"], row["trivial"]) == (1, 1)
        assert value(report, "f1_exact") == 0
        assert value(report, "f1_trivial") == 1

    def test_far_edges_share_an_outer_bin(self) -> None:
        one = document("one", 200, a=[(0, 100, "claim")], b=[(30, 100, "claim")])
        assert rows(report_of(one), "edges") == [{"edge": "start", "difference": "≥ 20", "count": 1}]

    def test_another_label_on_the_same_place_is_a_confusion_both_ways(self) -> None:
        one = document("one", a=[(0, 10, "claim")], b=[(0, 10, "source")])
        assert rows(report_of(one), "confusion")[:2] == [
            {"label": "claim", "claim": 0, "source": 1, "none": 0},
            {"label": "source", "claim": 1, "source": 0, "none": 0},
        ]

    def test_nested_spans_of_two_labels_are_no_confusion(self) -> None:
        spans = [(0, 10, "claim"), (0, 10, "source")]
        first, second, _ = rows(report_of(document("one", a=spans, b=spans)), "confusion")
        assert (first["claim"], first["source"], second["source"]) == (1, 0, 1)

    def test_labels_may_have_the_names_of_columns(self) -> None:
        one = document("one", a=[(0, 10, "none"), (20, 30, "label")], b=[(0, 10, "none")])
        assert rows(report_of(one), "confusion") == [
            {"label": "label", "label (label)": 0, "none (label)": 0, "none": 1},
            {"label": "none", "label (label)": 0, "none (label)": 1, "none": 0},
            {"label": "none", "label (label)": 1, "none (label)": 0, "none": None},
        ]

    def test_labels_of_the_whole_document_are_an_item(self) -> None:
        one = document("one", a=state([], DocumentLabel("opinion")), b=state([]))
        (row,) = rows(report_of(one), "kinds")
        assert (row["label"], row["document label"]) == ("(document)", 1)


class TestRatings:
    def test_attributes_are_compared_on_what_both_marked(self) -> None:
        direct, indirect = (("quote", "direct"),), (("quote", "indirect"),)
        given = [(direct, direct), (direct, indirect), (indirect, indirect), (indirect, indirect)]
        one = document(
            "one",
            a=[*((20 * n, 20 * n + 8, "claim", mine) for n, (mine, _) in enumerate(given)), (90, 95, "claim", direct)],
            b=[(20 * n, 20 * n + 9, "claim", its) for n, (_, its) in enumerate(given)],
        )
        report = report_of(one)
        row = next(row for row in to_plain(report)["tables"]["attributes"] if row["attribute"] == "claim.quote")
        ratings = [["d", "d", "i", "i", "d"], ["d", "i", "i", "i", None]]
        assert row["alpha"]["value"] == pytest.approx(krippendorff_alpha(ratings))
        assert row["alpha"]["coverage"] == pytest.approx(0.8)
        assert row["cohen"]["value"] == pytest.approx(0.5)  # Ao 3/4, Ae 1/2·1/4 + 1/2·3/4

    def test_an_attribute_that_was_not_set_has_its_default(self) -> None:
        default = NEWS.labels[0].attributes[0]
        own = ((default.id, default.default),)
        one = document("one", a=[(0, 9, "claim")], b=[(0, 9, "claim", own)])
        counts = count_document(one, NEWS, QUICK)
        ((rating, number),) = counts.ratings["attribute", "claim", default.id].items()
        assert (dict(rating), number) == ({"a": default.default, "b": default.default}, 1)

    def test_document_labels_are_compared_over_documents(self) -> None:
        yes, no = state([], DocumentLabel("opinion")), state([])
        pairs = [(yes, yes), (yes, no), (no, no), (no, no)]
        report = report_of(*(document(f"d{n}", a=one, b=other) for n, (one, other) in enumerate(pairs)))
        row = next(row for row in rows(report, "document_labels") if row["label"] == "opinion")
        assert row["alpha"] == pytest.approx(krippendorff_alpha([[1, 1, 0, 0], [1, 0, 0, 0]]))

    def test_cohen_is_for_two_annotators(self) -> None:
        assert "cohen" not in {column.id for column in report_of(*drawn(1)).table("attributes").columns}


class TestParts:
    @staticmethod
    def dated(*days: str, versions: Sequence[dict[str, int]] = ()) -> Report:
        made = [
            replace(
                document(f"d{n}", a=[(0, 5, "claim")], b=[(0, 5 + n % 2, "claim")]),
                changed_at={"a": "2024-12-01T00:00:00.000+00:00", "b": f"{day}T10:00:00.000+00:00"},
                schema_versions=versions[n] if versions else {},
            )
            for n, day in enumerate(days)
        ]
        return report_of(*made)

    def test_a_short_study_is_shown_by_week(self) -> None:
        found = rows(self.dated("2025-01-01", "2025-01-07", "2025-01-08"), "time")
        assert [(row["period"], row["f1_exact"], row["documents"]) for row in found] == [
            ("2025-W01", 1.0, 1),
            ("2025-W02", 0.5, 2),
        ]

    def test_a_long_study_is_shown_by_month(self) -> None:
        found = rows(self.dated("2025-01-01", "2025-02-07", "2025-03-08", "2025-04-01"), "time")
        assert [row["period"] for row in found] == ["2025-01", "2025-02", "2025-03", "2025-04"]

    def test_guidelines_are_the_versions_that_both_worked_under(self) -> None:
        days = ["2025-01-01"] * 3
        found = rows(self.dated(*days, versions=[{"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 1, "b": 2}]), "guidelines")
        assert [(row["version"], row["f1_exact"]) for row in found] == [("1", 1.0), ("1 and 2", 1.0), ("2", 0.0)]


class TestPlaces:
    def test_the_gravest_places_of_a_document_come_first(self) -> None:
        one = document(
            "one",
            240,
            a=[(0, 10, "claim"), (30, 40, "claim"), (70, 80, "claim"), (100, 110, "claim"), (130, 140, "source")],
            b=[(0, 10, "claim"), (30, 44, "claim"), (100, 110, "source"), (130, 140, "source")],
        )
        assert [(place.kind, place.start) for place in report_of(one).excerpts] == [
            ("missed", 10),
            ("boundary", 0),
            ("label", 40),
        ]

    def test_an_excerpt_has_sixty_characters_around_and_marks_inside(self) -> None:
        one = document("one", 240, a=[(100, 110, "claim")], b=[])
        (place,) = report_of(one).excerpts
        (mark,) = place.marks
        assert (place.start, place.text) == (40, LETTERS[40:170])
        assert (mark.start, mark.end, mark.annotator, mark.label) == (60, 70, "a", "claim")

    def test_a_long_place_is_cut_and_its_marks_with_it(self) -> None:
        one = replace(document("one", a=[(0, 900, "boilerplate")], b=[]), text="ا" * 1000)
        (place,) = report_of(one).excerpts
        assert len(place.text) == 460
        assert place.marks[0].end == 460

    def test_three_places_of_the_worst_twenty_documents(self) -> None:
        places = report_of(*drawn(25)).excerpts
        assert len({place.doc_id for place in places}) == 20
        assert len(places) == 60

    def test_the_worst_documents_come_first(self) -> None:
        report = report_of(*drawn(25))
        worst = [row["doc_id"] for row in rows(report, "documents")[:20]]
        assert list(dict.fromkeys(place.doc_id for place in report.excerpts)) == worst


class TestGold:
    @staticmethod
    def against(**work: list[Unit]) -> dict[str, dict[str, Any]]:
        counts = count_against_gold(document("one", **work), "gold", QUICK)
        table = annotators([counts], QUICK)
        report = Report("", {}, (table,))
        return {row["annotator"]: row for row in rows(report, "annotators")}

    def test_precision_and_recall_are_of_exact_spans(self) -> None:
        gold = [(0, 10, "claim"), (20, 30, "claim"), (40, 50, "claim"), (60, 70, "source")]
        found = self.against(gold=gold, a=[*gold[:3], (80, 90, "claim"), (92, 95, "claim")])
        assert found["a"]["precision"] == pytest.approx(3 / 5)
        assert found["a"]["recall"] == pytest.approx(3 / 4)
        assert found["a"]["f1_exact"] == pytest.approx(6 / 9)

    def test_bias_is_the_mean_of_signed_edges_with_equal_ones(self) -> None:
        gold = [(0, 10, "claim"), (20, 30, "claim")]
        found = self.against(gold=gold, a=[(0, 10, "claim"), (22, 29, "claim")])
        assert (found["a"]["bias_start"], found["a"]["bias_end"]) == (1.0, -0.5)

    def test_the_most_frequent_error_is_from_the_gold_to_the_annotator(self) -> None:
        gold = [(0, 10, "claim"), (20, 30, "claim"), (40, 50, "source")]
        found = self.against(gold=gold, a=[(0, 10, "source"), (20, 30, "source")], b=gold)
        assert found["a"]["confusion"] == "claim → source (2)"
        assert found["b"]["confusion"] == ""

    def test_missing_spans_are_an_error_too(self) -> None:
        assert self.against(gold=[(0, 10, "claim")], a=[])["a"]["confusion"] == "claim → none (1)"

    def test_gold_is_in_the_report_where_there_is_any(self) -> None:
        spans = [(0, 10, "claim")]
        counts = count_against_gold(document("one", gold=spans, a=spans), "gold", QUICK)
        report = report_of(*drawn(1), gold=[counts])
        assert report.facts["documents_with_gold"] == 1
        assert rows(report, "annotators")[0]["f1_exact"] == 1
        assert "annotators" not in {table.id for table in report_of(*drawn(1)).tables}


def test_counts_of_a_document_do_not_depend_on_other_documents() -> None:
    settings = replace(QUICK, samples=3)
    one, other = drawn(2)
    again: DocumentCounts = count_document(one, NEWS, settings)
    count_document(other, NEWS, settings)
    assert count_document(one, NEWS, settings) == again


def test_every_estimate_says_what_it_rests_on() -> None:
    report = report_of(*drawn(3), settings=replace(QUICK, samples=2))
    for table in report.tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Estimate) and cell.value is not None:
                    assert cell.n > 0
                    assert cell.of
