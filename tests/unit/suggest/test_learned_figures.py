from __future__ import annotations

import pytest

from annotator.suggest.learned.figures import Figures, compare
from annotator.suggest.lines import lines


LINES = lines("aaaa\nbbbb\n\ncccc\ndddd")


class TestCompare:
    def test_a_span_with_both_edges_right_is_exact(self) -> None:
        assert compare(LINES, [(0, 4), (5, 9)], [(0, 4), (5, 8)]).exact == 1

    def test_overlapping_spans_reach_one_another(self) -> None:
        found = compare(LINES, [(0, 4), (5, 9), (11, 15)], [(3, 6)])
        assert (found.reached, found.apt) == (2, 1)

    def test_spans_that_touch_do_not_overlap(self) -> None:
        found = compare(LINES, [(0, 4)], [(4, 6)])
        assert (found.reached, found.apt) == (0, 0)

    def test_a_span_inside_another_is_reached_with_it(self) -> None:
        assert compare(LINES, [(0, 9), (5, 6)], [(5, 7)]).reached == 2

    def test_the_same_proposal_twice_counts_once(self) -> None:
        assert compare(LINES, [(0, 4)], [(0, 4), (0, 4)]).proposed == 1

    def test_a_line_is_under_a_span_that_holds_more_than_half_of_it(self) -> None:
        found = compare(LINES, [(0, 8)], [(0, 4), (5, 7), (11, 20)])
        assert (found.lines_wanted, found.lines_proposed, found.lines_both) == (2, 3, 1)

    def test_nothing_and_nothing(self) -> None:
        assert compare(LINES, [], []) == Figures()


class TestF1:
    def test_it_is_the_harmonic_mean_of_recall_and_precision(self) -> None:
        assert Figures(wanted=4, proposed=2, exact=1).exact_f1 == pytest.approx(1 / 3)
        assert Figures(wanted=4, reached=4, proposed=2, apt=1).overlap_f1 == pytest.approx(2 / 3)
        assert Figures(lines_wanted=4, lines_proposed=2, lines_both=2).line_f1 == pytest.approx(2 / 3)

    def test_nothing_wanted_and_nothing_proposed_is_perfect(self) -> None:
        assert (Figures().exact_f1, Figures().overlap_f1, Figures().line_f1) == (1, 1, 1)

    @pytest.mark.parametrize("figures", [Figures(wanted=3), Figures(proposed=3)])
    def test_nothing_right_is_0(self, figures: Figures) -> None:
        assert (figures.exact_f1, figures.overlap_f1) == (0, 0)

    def test_figures_add_up(self) -> None:
        assert Figures(1, 2, 3, 4, 5, 6, 7, 8) + Figures(8, 7, 6, 5, 4, 3, 2, 1) == Figures(9, 9, 9, 9, 9, 9, 9, 9)
