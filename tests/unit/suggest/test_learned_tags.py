from __future__ import annotations

import pytest

from annotator.suggest.learned.examples import Labelled
from annotator.suggest.learned.tags import OUT, Tagged, line_spans, line_tags, outermost, token_spans, token_tags
from annotator.suggest.learned.token_features import tokens
from annotator.suggest.lines import lines


LINE = 'وذكر رئيس البلدية ومدير الدفاع أن "الطريق سالكة".'


def sure(tags: list[str]) -> list[Tagged]:
    return [Tagged(tag, 0.9) for tag in tags]


def labelled(piece: str, label: str = "source", **attributes: str) -> Labelled:
    start = LINE.index(piece)
    return Labelled(start, start + len(piece), label, attributes)


def tags_of(*spans: Labelled, offset: int = 0) -> list[str]:
    moved = [span._replace(start=span.start + offset, end=span.end + offset) for span in spans]
    return token_tags(tokens(LINE), offset, moved)


class TestTokenTags:
    def test_spans_begin_with_b_and_go_on_with_i(self) -> None:
        assert tags_of(labelled("رئيس البلدية"))[:4] == [OUT, "B", "I", OUT]

    def test_a_span_behind_a_prefix_begins_with_p(self) -> None:
        assert tags_of(labelled("رئيس البلدية"), labelled("مدير الدفاع"))[1:5] == ["B", "I", "P", "I"]

    def test_the_value_of_the_learned_attribute_is_part_of_the_tags(self) -> None:
        claim = labelled("الطريق سالكة", "claim", quote="mixed", check_worthy="yes")
        assert tags_of(claim)[-5:] == [OUT, "B=mixed", "I=mixed", OUT, OUT]

    def test_offsets_are_of_the_document(self) -> None:
        assert tags_of(labelled("رئيس البلدية"), offset=50) == tags_of(labelled("رئيس البلدية"))

    def test_spans_elsewhere_leave_no_tags(self) -> None:
        assert set(token_tags(tokens(LINE), 100, [Labelled(0, 90, "source"), Labelled(400, 500, "source")])) == {OUT}

    def test_no_tokens_have_no_tags(self) -> None:
        assert token_tags([], 0, [Labelled(0, 3, "source")]) == []

    @pytest.mark.parametrize(
        "piece", ["رئيس البلدية", "مدير الدفاع", "البلدية", '"الطريق سالكة"', "الطريق سالكة", LINE]
    )
    def test_spans_come_back_from_their_tags(self, piece: str) -> None:
        span = labelled(piece, "claim", quote="direct")
        (found,) = token_spans(tokens(LINE), 7, "claim", sure(tags_of(span, offset=7)))
        assert found == (span.start + 7, span.end + 7, "claim", "direct", 0.9)

    def test_neighbouring_spans_stay_two(self) -> None:
        spans = [labelled("رئيس البلدية"), labelled("مدير الدفاع")]
        found = token_spans(tokens(LINE), 0, "source", sure(tags_of(*spans)))
        assert [(one.start, one.end) for one in found] == [(span.start, span.end) for span in spans]

    def test_a_span_may_begin_with_i(self) -> None:
        (found,) = token_spans(tokens("قال المدير"), 0, "source", sure([OUT, "I"]))
        assert (found.start, found.end) == (4, 10)

    def test_a_span_is_as_sure_as_its_least_sure_token(self) -> None:
        tagged = [Tagged("B", 0.9), Tagged("I", 0.6), Tagged(OUT, 0.8)]
        (found,) = token_spans(tokens("مدير الميناء أمس"), 0, "source", tagged)
        assert found.probability == 0.6

    def test_a_span_is_no_surer_than_the_token_behind_it(self) -> None:
        tagged = [Tagged("B", 0.9), Tagged("I", 0.9), Tagged(OUT, 0.5)]
        (found,) = token_spans(tokens("مدير الميناء أمس"), 0, "source", tagged)
        assert found.probability == 0.5


class TestOutermost:
    def test_inner_spans_of_the_label_are_left_out(self) -> None:
        outer, inner, next_one = Labelled(0, 20, "claim"), Labelled(5, 20, "claim"), Labelled(20, 25, "claim")
        assert outermost([inner, next_one, outer], "claim") == [outer, next_one]

    def test_other_labels_are_left_out(self) -> None:
        assert outermost([Labelled(0, 20, "source")], "claim") == []


class TestLines:
    TEXT = "menu\nshare\n\nbody of it\nmore\nrights"

    def tags(self, *spans: Labelled) -> list[str]:
        return line_tags(lines(self.TEXT), spans, ["boilerplate", "spillover"])

    def test_lines_have_the_label_and_its_kind(self) -> None:
        spans = [Labelled(0, 4, "boilerplate", {"kind": "share"}), Labelled(23, 34, "spillover")]
        assert self.tags(*spans) == ["boilerplate=share", OUT, OUT, "spillover", "spillover"]

    def test_a_line_that_is_held_by_less_than_half_has_none(self) -> None:
        assert self.tags(Labelled(0, 7, "spillover")) == ["spillover", OUT, OUT, OUT, OUT]

    def test_other_labels_are_no_tags_of_lines(self) -> None:
        assert set(self.tags(Labelled(12, 22, "claim"))) == {OUT}

    def test_neighbouring_lines_of_one_tag_are_one_span(self) -> None:
        some = lines(self.TEXT)
        found = list(line_spans(some, sure(["boilerplate=share"] * 3 + ["spillover", OUT]), 0.5))
        assert [(one.start, one.end, one.label, one.value) for one in found] == [
            (0, 22, "boilerplate", "share"),
            (23, 27, "spillover", ""),
        ]

    def test_another_kind_is_another_span(self) -> None:
        tagged = sure(["boilerplate=share", "boilerplate=related", OUT, OUT, OUT])
        assert [one.value for one in line_spans(lines(self.TEXT), tagged, 0.5)] == ["share", "related"]

    def test_a_span_is_as_sure_as_its_least_sure_line(self) -> None:
        tagged = [Tagged("spillover", 0.9), Tagged("spillover", 0.7), *sure([OUT] * 3)]
        assert [one.probability for one in line_spans(lines(self.TEXT), tagged, 0.5)] == [0.7]

    def test_an_unsure_line_parts_its_neighbours(self) -> None:
        tagged = [Tagged("spillover", 0.9), Tagged("spillover", 0.4), Tagged("spillover", 0.9), *sure([OUT] * 2)]
        assert [(one.start, one.end) for one in line_spans(lines(self.TEXT), tagged, 0.5)] == [(0, 4), (12, 22)]
