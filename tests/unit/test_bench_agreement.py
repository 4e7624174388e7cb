"""What the benchmarks of agreement ask, of whom, and what they tell of the answers."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from annotator.agreement import krippendorff_alpha
from annotator.services.measuring import study_documents
from annotator.services.project import open_project
from bench import agreement_alpha, agreement_gamma, agreement_peers, agreement_report, made_up_study, process_tree
from bench.agreement_gamma import EXACT, FAST
from bench.agreement_peers import ALPHA, GAMMA, KRIPPENDORFF, NLTK, PYGAMMA, Answer, Library, Running
from bench.agreement_report import Work
from bench.page import performance_page
from bench.process_tree import TreeCost, tree_cost_of
from bench.report import Figure, Row
from tests.support.continua import continuum


FAKE = """
import json, os, sys, time
print(json.dumps({"seconds": 3, "megabytes": 7}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    if question.get("fail"):
        sys.exit(1)
    time.sleep(question.get("wait", 0))
    answer = {"seconds": 1, "cpu_seconds": 1, "megabytes": question["megabytes"], "value": os.getpid()}
    print(json.dumps(answer), flush=True)
"""


def answer(seconds: float = 1, value: float = 0.5, megabytes: float = 80, observed: float | None = None) -> Answer:
    return Answer(seconds, seconds / 2, megabytes, value, observed)


class TestLibraries:
    def test_the_version_is_that_of_its_environment(self, tmp_path: Path) -> None:
        (tmp_path / "lib" / "python3.11" / "site-packages" / "some_peer-1.2.3.dist-info").mkdir(parents=True)
        assert Library("peer", "some-peer", tmp_path).version == "1.2.3"

    def test_what_was_not_installed_has_no_version(self, tmp_path: Path) -> None:
        assert not Library("peer", "some-peer", tmp_path).version

    def test_this_program_is_always_there(self) -> None:
        assert ALPHA.version == GAMMA.version == "0.1.0"
        assert str(ALPHA.python) == sys.executable

    def test_it_is_told_which_are_there_and_which_are_not(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "lib" / "x" / "site-packages" / "nltk-3.1.dist-info").mkdir(parents=True)
        monkeypatch.setattr(agreement_peers, "NLTK", Library("nltk", "nltk", tmp_path))
        monkeypatch.setattr(agreement_peers, "KRIPPENDORFF", Library("k", "krippendorff", tmp_path))
        monkeypatch.setattr(agreement_peers, "PYGAMMA", Library("p", "pygamma-agreement", tmp_path))
        assert agreement_peers.described() == "without krippendorff, nltk 3.1, without pygamma-agreement"


class TestRunning:
    @pytest.fixture
    def fake(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Running]:
        (tmp_path / "measures.py").write_text(FAKE, "utf-8")
        monkeypatch.setattr(agreement_peers, "PROGRAMS", tmp_path)
        with Running(ALPHA) as running:
            yield running

    def test_it_stays_loaded_from_one_question_to_the_next(self, fake: Running) -> None:
        first, second = fake.ask({"megabytes": 1}), fake.ask({"megabytes": 1})
        assert first is not None
        assert first == second

    def test_it_tells_what_loading_took_and_the_greatest_memory(self, fake: Running) -> None:
        fake.ask({"megabytes": 90})
        fake.ask({"megabytes": 20})
        assert (fake.load_seconds, fake.peak) == (3, 90)

    def test_it_is_given_up_after_the_limit_and_loaded_again_for_the_next_question(self, fake: Running) -> None:
        before = fake.ask({"megabytes": 1})
        assert fake.ask({"megabytes": 1, "wait": 60}, limit=0.05) is None
        after = fake.ask({"megabytes": 1})
        assert before is not None
        assert after is not None
        assert before.value != after.value

    def test_one_that_ends_is_an_error(self, fake: Running) -> None:
        with pytest.raises(RuntimeError, match="annotator ended without an answer"):
            fake.ask({"fail": True})


@pytest.fixture(scope="module")
def alpha() -> Iterator[Running]:
    with Running(ALPHA) as running:
        yield running


class TestMeasures:
    @pytest.mark.parametrize("form", agreement_alpha.FORMS)
    def test_alpha_is_that_of_the_values_written(self, alpha: Running, form: str, tmp_path: Path) -> None:
        file = agreement_alpha.written(tmp_path, 500, form)
        codes = np.load(file)
        found = alpha.ask({"file": file, "form": form})
        assert found is not None
        assert found.value == krippendorff_alpha([[None if one < 0 else one for one in row] for row in codes.tolist()])
        assert found.seconds > 0
        assert 10 < found.megabytes <= alpha.peak

    @pytest.mark.parametrize("other", [KRIPPENDORFF, NLTK], ids=lambda one: one.package)
    def test_the_others_are_asked_the_same(self, alpha: Running, other: Library, tmp_path: Path) -> None:
        if not other.version:
            pytest.skip(f"needs {other.package}: make bench-peers")
        question = {"file": agreement_alpha.written(tmp_path, 300, "holes"), "form": "holes"}
        with Running(other) as running:
            ours, theirs = alpha.ask(question), running.ask(question)
        assert ours is not None
        assert theirs is not None
        assert theirs.value == pytest.approx(ours.value, abs=1e-12)

    def test_gamma_is_that_of_the_document_written(self, tmp_path: Path) -> None:
        marked = continuum(2, 8)
        with Running(GAMMA) as running:
            found, same = (running.ask({"file": agreement_gamma.written(tmp_path, marked)}) for _ in range(2))
        assert found is not None
        assert same is not None
        assert (found.value, found.observed) == (same.value, same.observed)
        assert found.observed is not None
        assert 0 < found.observed < 1
        assert 0 < found.value < 1


class TestValues:
    def test_they_are_the_same_each_time(self, tmp_path: Path) -> None:
        first = np.load(agreement_alpha.written(tmp_path, 50, "holes"))
        assert (np.load(agreement_alpha.written(tmp_path, 50, "holes")) == first).all()

    def test_a_tenth_is_missing_where_there_are_holes(self, tmp_path: Path) -> None:
        codes = np.load(agreement_alpha.written(tmp_path, 10_000, "holes"))
        assert codes.shape == (3, 10_000)
        assert (codes < 0).mean() == pytest.approx(0.1, abs=0.01)
        assert (np.load(agreement_alpha.written(tmp_path, 10_000, "whole")) >= 0).all()

    def test_two_annotators_differ_about_as_much_as_the_noise_says(self, tmp_path: Path) -> None:
        one, other, _ = np.load(agreement_alpha.written(tmp_path, 20_000, "whole"))
        alike = 0.88**2 + 4 * 0.03**2  # 15 % take any of 5 values, a fifth of them the right one
        assert (one == other).mean() == pytest.approx(alike, abs=0.02)


def alpha_case(units: int, ours: Sequence[Answer], others: Sequence[Answer] = ()) -> agreement_alpha.Compared:
    return agreement_alpha.Compared(agreement_alpha.Case(units, "whole", KRIPPENDORFF), ours, others)


class TestAlphaTold:
    def test_times_stand_beside_those_of_the_other_program(self) -> None:
        found = [alpha_case(1000, [answer(0.02, megabytes=40)], [answer(0.1, megabytes=80)])]
        assert list(agreement_alpha.rows(found)) == [
            Row("α, 3 × 1,000, integers, beside krippendorff: ms, median / p95", "20 / 20", "100 / 100", "0.20"),
        ]

    def test_without_the_other_program_it_stands_alone(self) -> None:
        row = next(agreement_alpha.rows([alpha_case(1000, [answer(0.02)])]))
        assert row == Row("α, 3 × 1,000, integers: ms, median / p95", "20 / 20")

    def test_the_table_has_times_and_memory_of_both_and_how_far_their_values_are_apart(self) -> None:
        found = [alpha_case(1000, [answer(0.02), answer(0.04)], [answer(0.1), answer(0.1, 0.5 + 2**-40)])]
        assert agreement_alpha.table(found).lines == [
            (
                "3 × 1,000, integers",
                "0.03 s, CPU 0.015 s (×2), 80 MB",
                "krippendorff",
                "0.1 s, CPU 0.05 s (×2), 80 MB",
                "9e-13",
            )
        ]

    def test_without_the_other_program_the_table_has_dashes(self) -> None:
        assert agreement_alpha.table([alpha_case(1000, [answer(0.02)])]).lines[0][2:] == ("krippendorff", "–", "–")

    def test_only_the_million_decides_whether_it_is_quick(self) -> None:
        found = [alpha_case(1_000_000, [answer(0.5)]), alpha_case(1000, [answer(9)])]
        assert list(agreement_alpha.figures(found)) == [
            Figure("α, 3 × 1,000,000 units, an array", "≤ 0.6 s", "0.50 s", held=True)
        ]

    def test_a_million_that_takes_longer_is_not_held(self) -> None:
        assert not next(agreement_alpha.figures([alpha_case(1_000_000, [answer(0.7)])])).held

    @pytest.mark.parametrize(("value", "held"), [(0.5, True), (0.5 + 1e-11, False)])
    def test_another_value_is_not_held(self, value: float, held: bool) -> None:
        found = [alpha_case(1_000_000, [answer(0.1)], [answer(1), answer(1, value)])]
        _, same = agreement_alpha.figures(found)
        assert (same.what, same.held) == ("α, difference from krippendorff", held)


class Counting(Running):
    """A library that only counts its questions, and gives up the exact mode if it is told to."""

    def __init__(self, library: Library, gives_up: bool = False) -> None:
        super().__init__(library)
        self.modes: list[object] = []
        self.gives_up = gives_up

    def ask(self, question: object, limit: float = 0) -> Answer | None:
        assert isinstance(question, dict)
        self.modes.append({True: FAST, False: EXACT, None: "ours"}[question.get("fast")])
        return None if self.gives_up and self.modes[-1] == EXACT else answer(observed=0.25)


class TestGammaMeasured:
    def test_the_other_program_is_asked_in_turn_as_often_as_a_case_says(self, tmp_path: Path) -> None:
        ours, other = Counting(GAMMA), Counting(PYGAMMA)
        found = agreement_gamma.measured(tmp_path, {GAMMA: ours, PYGAMMA: other})
        assert ours.modes == ["ours"] * agreement_gamma.ROUNDS * len(agreement_gamma.CASES)
        assert other.modes == [mode for case in agreement_gamma.CASES for mode in case.modes * case.rounds]
        assert [len(one.others[FAST]) for one in found] == [case.rounds for case in agreement_gamma.CASES]

    def test_the_exact_mode_is_never_asked_for_more_than_ten_million_alignments(self) -> None:
        exact = [case for case in agreement_gamma.CASES if EXACT in case.modes]
        assert exact
        assert all((case.spans + 1) ** case.annotators < 10_000_000 for case in exact)

    def test_without_the_other_program_ours_is_measured_alone(self, tmp_path: Path) -> None:
        found = agreement_gamma.measured(tmp_path, {GAMMA: Counting(GAMMA)})
        assert all(len(one.ours) == agreement_gamma.ROUNDS and not one.others for one in found)

    def test_what_is_written_is_read_back_as_the_document(self, tmp_path: Path) -> None:
        marked = continuum(2, 3)
        written = json.loads(agreement_gamma.written(tmp_path, marked).read_bytes())
        assert [[tuple(unit) for unit in units] for units in written] == marked


def gamma_case(
    ours: Sequence[Answer], exact: Sequence[Answer | None] = (), fast: Sequence[Answer | None] = (), spans: int = 200
) -> agreement_gamma.Compared:
    others = {mode: list(answers) for mode, answers in ((FAST, fast), (EXACT, exact)) if answers}
    return agreement_gamma.Compared(agreement_gamma.Case(3, spans, 1), 570, list(ours), others)


class TestGammaTold:
    def test_each_mode_of_the_other_program_has_a_row(self) -> None:
        found = [gamma_case([answer(1)], exact=[answer(4)], fast=[answer(2)])]
        assert list(agreement_gamma.rows(found)) == [
            Row(
                "γ, 3 × 200 spans, beside pygamma-agreement, fast: s, median / p95",
                "1.00 / 1.00",
                "2.00 / 2.00",
                "0.50",
            ),
            Row(
                "γ, 3 × 200 spans, beside pygamma-agreement, exact: s, median / p95",
                "1.00 / 1.00",
                "4.00 / 4.00",
                "0.25",
            ),
        ]

    def test_a_mode_that_was_given_up_took_more_than_the_limit(self) -> None:
        (row,) = agreement_gamma.rows([gamma_case([answer(0.6)], exact=[None])])
        assert (row.ours, row.baseline, row.ratio) == ("0.60 / 0.60", "> 60", "< 0.010")

    def test_without_the_other_program_it_stands_alone(self) -> None:
        assert list(agreement_gamma.rows([gamma_case([answer(1)])])) == [
            Row("γ, 3 × 200 spans: s, median / p95", "1.00 / 1.00")
        ]

    @pytest.mark.parametrize(("seconds", "held"), [(2, True), (2.1, False)])
    def test_three_annotators_with_200_spans_have_two_seconds(self, seconds: float, held: bool) -> None:
        (figure,) = agreement_gamma.figures([gamma_case([answer(seconds)])])
        assert (figure.what, figure.held) == ("γ, 3 × 200 spans, 30 samples", held)

    @pytest.mark.parametrize(("disorder", "held"), [(0.25 * (1 + 5e-7), True), (0.2501, False)])
    def test_another_disorder_than_the_exact_one_is_not_held(self, disorder: float, held: bool) -> None:
        found = gamma_case([answer(observed=0.25)], exact=[answer(observed=disorder)], spans=100)
        (figure,) = agreement_gamma.figures([found])
        assert figure.held == held

    def test_the_fast_mode_does_not_decide_about_the_disorder(self) -> None:
        found = gamma_case([answer(observed=0.25)], fast=[answer(observed=0.9)], spans=100)
        assert list(agreement_gamma.figures([found])) == []

    def test_the_table_has_times_and_memory_and_values_of_all_three(self) -> None:
        found = gamma_case(
            [answer(1, 0.74, 90, 0.417), answer(3, 0.74, 91, 0.417)],
            exact=[None],
            fast=[answer(6, 0.745, 373, 0.418)],
        )
        assert agreement_gamma.table([found]).lines == [
            (
                "3 × 200 spans",
                "570",
                "2 s, CPU 1 s (×2), 91 MB",
                "> 60 s",
                "6 s, CPU 3 s (×1), 373 MB",
                "0.4170 / – / 0.4180",
                "0.7400 / – / 0.7450",
            )
        ]

    def test_what_was_not_tried_is_a_dash(self) -> None:
        assert agreement_gamma.cell([]) == "–"


def spans_of(record: dict[str, object]) -> list[tuple[int, int, str]]:
    return [(one["start"], one["end"], one["label"]) for one in record["spans"]]  # type: ignore[attr-defined]


class TestMadeUpStudy:
    @pytest.mark.parametrize("number", range(5))
    def test_spans_are_whole_words_and_none_lies_over_another(self, number: int) -> None:
        for record in made_up_study.records(number):
            text, spans = str(record["text"]), spans_of(record)
            words = list(re.finditer(r"\S+", text))
            assert {start for start, _, _ in spans} <= {word.start() for word in words}
            assert {end for _, end, _ in spans} <= {word.end() for word in words}
            assert all(one[1] < other[0] for one, other in pairwise(spans))

    def test_annotators_have_the_same_text_and_mark_most_of_its_spans_their_own_way(self) -> None:
        records = list(made_up_study.records(1))
        assert len({record["text"] for record in records}) == 1
        assert [record["annotator"] for record in records] == list(made_up_study.ANNOTATORS)
        found = [set(spans_of(record)) for record in records]
        assert all(20 <= len(spans) <= 35 for spans in found)
        assert found[0] & found[1]
        assert found[0] != found[1]

    def test_documents_differ_and_are_the_same_each_time(self) -> None:
        assert list(made_up_study.records(3)) == list(made_up_study.records(3))
        assert next(made_up_study.records(3))["text"] != next(made_up_study.records(4))["text"]

    def test_claims_are_attributed_to_the_last_source_before_them(self) -> None:
        for record in made_up_study.records(2):
            order = [str(one["id"]) for one in record["spans"]]  # type: ignore[attr-defined]
            label = {str(one["id"]): one["label"] for one in record["spans"]}  # type: ignore[attr-defined]
            relations = [(one["head"], one["tail"]) for one in record["relations"]]  # type: ignore[attr-defined]
            assert relations
            for head, tail in relations:
                between = order[order.index(tail) + 1 : order.index(head)]
                assert (label[head], label[tail]) == ("claim", "source")
                assert "source" not in [label[one] for one in between]

    def test_the_project_holds_the_work_of_all_as_it_was_made(self, tmp_path: Path) -> None:
        made_up_study.fill(tmp_path / "study.db", 2)
        with open_project(str(tmp_path / "study.db")) as project:
            documents = list(study_documents(project))
        for number, document in enumerate(documents):
            for record in made_up_study.records(number):
                state = document.work[str(record["annotator"])]
                assert [(one.start, one.end, one.label) for one in state.annotations] == spans_of(record)
                assert document.text == record["text"]
                assert state.status == "done"
        assert len(documents) == 2


PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "held = bytes(1) * 60_000_000; input()"], stdin=subprocess.PIPE)
try:
    child.wait(0.6)
except subprocess.TimeoutExpired:
    child.communicate(b"\\n")
"""


class TestProcessTree:
    @pytest.fixture(autouse=True)
    def _look_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process_tree, "EVERY", 0.02)

    def test_the_memory_of_those_below_counts(self) -> None:
        cost = tree_cost_of([sys.executable, "-c", PARENT])
        assert cost.processes == 2
        assert 60 < cost.megabytes < 120
        assert cost.seconds > 0.5

    def test_the_work_of_those_below_counts_waiting_does_not(self) -> None:
        code = "import time; time.sleep(0.3); sum(range(9_000_000))"
        cost = tree_cost_of(
            [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{code}'])"]
        )
        assert 0.05 < cost.cpu_seconds < cost.seconds

    def test_a_command_that_fails_is_no_measurement(self) -> None:
        with pytest.raises(RuntimeError, match="exit code 3"):
            tree_cost_of([sys.executable, "-c", "raise SystemExit(3)"])

    def test_a_process_that_is_gone_has_no_memory(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(process_tree, "PROC", tmp_path)
        assert tree_cost_of([sys.executable, "-c", "pass"]).megabytes == 0


class TestReport:
    def test_all_work_stands_beside_reading(self) -> None:
        (row,) = agreement_report.rows(200, [Work("report", 20, 35)], 2)
        assert row == Row("report: s (CPU 35.0 s, 10 documents/s)", "20.0", "2.0", "10.00")

    def test_speed_and_growth_decide(self) -> None:
        fast = agreement_report.figures(200, TreeCost(20, 35, 330, 4), TreeCost(9, 10, 300, 4))
        assert [(one.measured, one.held) for one in fast] == [("10.0", True), ("1.10 ×", True)]
        slow = agreement_report.figures(200, TreeCost(40, 35, 900, 4), TreeCost(9, 10, 300, 4))
        assert [(one.measured, one.held) for one in slow] == [("5.0", False), ("3.00 ×", False)]

    def test_a_review_of_the_project_has_something_to_list_and_to_merge(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made_up_study.fill(tmp_path / "study.db", 1)
        seen: list[object] = []

        def carry_out(action: Callable[[], object]) -> float:
            seen.append(action())
            return 1000

        monkeypatch.setattr(agreement_report, "milliseconds", carry_out)
        reading, works = agreement_report.reviewed(tmp_path / "study.db")
        assert (reading, [work.seconds for work in works]) == (1, [1] * 4)
        read, before, first, again, after = seen[agreement_report.READINGS - 1 :]
        assert read == 1
        assert first.items > 0  # type: ignore[attr-defined]
        assert again.items == 0  # type: ignore[attr-defined]
        assert after[0].undecided < before[0].undecided  # type: ignore[index]

    def test_the_report_is_written_and_its_cost_told(self, tmp_path: Path) -> None:
        made_up_study.fill(tmp_path / "study.db", 2)
        cost = agreement_report.report(tmp_path / "study.db", "--samples", "2")
        assert "<svg" in (tmp_path / "study.html").read_text("utf-8")
        assert cost.megabytes > 50

    def test_a_report_without_plots_is_not_the_whole_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "study.html").write_text("<html>", "utf-8")
        monkeypatch.setattr(agreement_report, "annotator", lambda *_: [sys.executable, "-c", "pass"])
        with pytest.raises(RuntimeError, match="no plots"):
            agreement_report.report(tmp_path / "study.db")


def test_the_page_says_how_the_others_are_installed() -> None:
    page = performance_page([], "2 CPU", "")
    assert "`make bench-peers-gamma`" in page
    assert agreement_report.BENCH_DOCUMENTS in page
