from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.duplicates.clusters import Cluster, Clusters, Member, clusters
from annotator.text.words import words
from bench import copies, inputs
from bench.changed_copies import OTHER_SPELLING, Copy, Rates, Trial, changed_copy, trials


TEXT = """عنوان الخبر

قال وزير الصحة أحمد سالم لوكالة "رويترز" إن المستشفى الجديد في المدينة سيفتح أبوابه يوم الأحد المقبل.

وأضاف الوزير أن العام الدراسي الجديد سيبدأ في موعده المقرر في كل المدن والقرى من دون استثناء."""
OTHER = ["وافتتح المحافظ أمس الجسر الجديد على النهر بعد أعمال استمرت ثلاث سنوات وكلفت ملايين كثيرة."]
NOTHING = Rates(0, 0, 0, 0)
ALL = (NOTHING, Rates(), Rates(0.3, 0.2, 0.2, 0.5))


def some_copies(rates: Rates, *, swap: bool = False) -> list[Copy]:
    return [changed_copy(TEXT, OTHER, random.Random(seed), rates, swap=swap) for seed in range(20)]


class TestChangedCopies:
    def test_without_changes_only_the_spelling_differs(self) -> None:
        for copy in some_copies(NOTHING):
            assert copy.text.translate(OTHER_SPELLING) == TEXT.translate(OTHER_SPELLING)
            assert all(word.source == word.target and word.kept for line in copy.paragraphs for word in line)
        assert len({copy.text for copy in some_copies(NOTHING)}) > 1

    @pytest.mark.parametrize("rates", ALL)
    @pytest.mark.parametrize("swap", [False, True])
    def test_the_words_of_a_text_are_followed_into_its_copy(self, rates: Rates, swap: bool) -> None:
        for copy in some_copies(rates, swap=swap):
            found = [word for line in copy.paragraphs for word in line]
            assert [word.source for word in found] == words(TEXT)
            targets = [word.target for word in found if word.target]
            assert len(set(targets)) == len(targets)
            assert set(targets) <= set(words(copy.text))
            for word in found:
                pieces = [
                    text[slice(*span)] for text, span in ((TEXT, word.source), (copy.text, word.target or (0, 0)))
                ]
                same = pieces[0].translate(OTHER_SPELLING) == pieces[1].translate(OTHER_SPELLING)
                assert same == word.kept

    def test_words_and_paragraphs_are_changed_left_out_and_put_in(self) -> None:
        found = [word for copy in some_copies(Rates()) for line in copy.paragraphs for word in line]
        assert any(word.target is None for word in found)
        assert any(word.target is not None and not word.kept for word in found)
        lines = [copy.text.split("\n") for copy in some_copies(Rates())]
        assert {len(some) for some in lines} > {5}
        assert any(OTHER[0] in some for some in lines)

    def test_two_long_paragraphs_change_places(self) -> None:
        lines = some_copies(NOTHING, swap=True)[0].text.translate(OTHER_SPELLING).split("\n")
        before = TEXT.translate(OTHER_SPELLING).split("\n")
        assert lines == [before[0], before[1], before[4], before[3], before[2]]

    def test_trials_are_runs_of_words_of_one_paragraph_with_their_place(self) -> None:
        copy = changed_copy(TEXT, OTHER, random.Random(4), NOTHING)
        found = trials(copy, random.Random(5), 50)
        starts, ends = ({span[side] for span in words(TEXT)} for side in (0, 1))
        assert len(found) == 50
        for trial in found:
            assert trial.source == trial.target
            assert trial.kept == 1
            assert trial.source[0] in starts
            assert trial.source[1] in ends
            assert "\n" not in TEXT[slice(*trial.source)]
            assert trial.source[0] > len("عنوان الخبر")

    def test_the_place_reaches_from_the_first_word_that_is_there_to_the_last(self) -> None:
        for copy in some_copies(ALL[2]):
            for trial in trials(copy, random.Random(6), 20):
                inside = [
                    word
                    for line in copy.paragraphs
                    for word in line
                    if trial.source[0] <= word.source[0] < trial.source[1]
                ]
                there = [word.target for word in inside if word.target]
                assert trial.target == ((there[0][0], there[-1][1]) if there else None)
                assert (trial.kept == 1) == all(word.kept for word in inside)


class TestCopies:
    def test_made_up_texts_are_as_long_and_alike_as_told(self) -> None:
        texts, families = copies.made_up(500)
        assert len(texts) == len(families) == 500
        assert {len(text.split()) for text in texts} == {copies.WORDS}
        assert 250 < sum(map(len, texts)) / 500 < 320
        assert 100 < len(set(families)) < 300
        assert copies.made_up(500) == (texts, families)

    def test_their_families_are_found(self) -> None:
        texts, families = copies.made_up(500)
        precision, recall = copies.quality(texts, families, clusters(enumerate(texts)))
        assert precision == 1
        assert recall > 0.97

    def test_pairs_that_are_wrong_or_not_found_count(self) -> None:
        texts, families = ["1 2 3 4 5 6 7 8"] * 3 + ["أ ب ج د"], [0, 0, 0, 1]
        found = Clusters((Cluster((Member(0, 1.0), Member(1, 1.0), Member(3, 1.0))),))
        assert copies.quality(texts, families, found) == (1 / 3, 1 / 3)

    def test_a_span_elsewhere_is_wrong_and_one_that_is_nowhere_missed_if_it_is_there(self) -> None:
        whole, half = Trial((0, 5), (2, 7), 1.0), Trial((0, 5), (2, 7), 0.5)
        assert [copies.is_wrong(whole, found) for found in ((2, 7), (2, 8), None)] == [False, True, False]
        assert [copies.is_missed(trial, None) for trial in (whole, half)] == [True, False]
        assert not copies.is_missed(whole, (2, 8))

    def test_spans_of_articles_are_projected_and_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = "\n".join([*TEXT.split("\n")[2:], *OTHER, OTHER[0].replace("المحافظ", "الوزير")])
        monkeypatch.setattr(inputs, "articles", lambda: iter([{"content": lines}] * 5))
        number, wrong, missed, took = copies.projected(10, Rates(), swap=False)
        assert number == 10 * copies.SPANS
        assert wrong + missed < number / 10
        assert took > 0

    def test_rows_and_figures_tell_seconds_memory_and_quality(self) -> None:
        found = copies.Found(16.0, 120.0, 7, 1.0, 0.99)
        rows = copies.rows(1000, found, {"seconds": 8.0, "megabytes": 480.0})
        assert [(row.ours, row.baseline, row.ratio) for row in rows] == [
            ("16.0", "8.0", "2.00"),
            ("120.0", "480.0", "0.25"),
            ("1.0000 / 0.9900", "–", "–"),
        ]
        assert [(row.ours, row.baseline) for row in copies.rows(1000, found, None)][:2] == [("16.0", "–"), ("120", "–")]
        assert [figure.held for figure in copies.figures(1000, found)] == [False, True]

    def test_each_program_is_measured_in_a_process_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv(copies.BENCH_COPIES, "300")
        monkeypatch.setattr(copies, "ARTICLES", 2)
        result = copies.run(tmp_path)
        assert "300 made-up documents" in result.how
        assert [figure.held for figure in result.figures] == [True, True]
        assert result.rows[-1].ours.startswith("1.0000 / ")
        assert len(result.tables[0].lines) == 4
