from __future__ import annotations

import time

import pytest

from annotator.suggest.conformance import SuggesterConformance
from annotator.suggest.contract import DocumentView, Link, Suggester
from annotator.suggest.learned import reading
from annotator.suggest.learned.model import Model
from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens, uncertainty
from annotator.suggest.learned.training import train
from tests.support.labelled_pages import Builder, page, pages


LARGE = 1_000_000


@pytest.fixture(scope="module")
def model() -> Model:
    return train(pages(30))


@pytest.fixture(scope="module")
def nothing() -> Model:
    return train([Builder().example(f"empty-{number}") for number in range(8)])


def proposed(suggester: Suggester, text: str) -> list[tuple[str, str]]:
    return [(one.label, text[one.start : one.end]) for one in suggester.suggest(DocumentView("new", text)).spans]


class TestLinesConformance(SuggesterConformance):
    @pytest.fixture
    def suggester(self, model: Model) -> Suggester:
        return LearnedLines(model)


class TestTokensConformance(SuggesterConformance):
    @pytest.fixture
    def suggester(self, model: Model) -> Suggester:
        return LearnedTokens(model)


class TestLines:
    def test_furniture_is_proposed_in_whole_lines_of_one_kind(self, model: Model) -> None:
        example = page(1000)
        found = LearnedLines(model).suggest(example.view).spans
        assert [example.view.text[one.start : one.end].split("\n")[0] for one in found if one.end < 40] == [
            "الرئيسية",
            example.view.text.split("\n")[1],
        ]

    def test_the_kind_is_proposed(self, model: Model) -> None:
        example = page(1000)
        kinds = [one.attributes["kind"] for one in LearnedLines(model).suggest(example.view).spans]
        assert kinds == ["navigation", "share", "related", "other"]

    def test_body_lines_are_left_alone(self, model: Model) -> None:
        example = page(1000)
        covered = LearnedLines(model).suggest(example.view).spans
        assert not any(
            one.start < span.end and span.start < one.end
            for span in example.spans
            if span.label == "claim"
            for one in covered
        )

    def test_less_sure_lines_are_not_proposed(self, model: Model) -> None:
        assert LearnedLines(model, threshold=1.1).suggest(page(1000).view).spans == ()

    def test_scores_are_probabilities_above_the_threshold(self, model: Model) -> None:
        scores = [one.score for one in LearnedLines(model, threshold=0.8).suggest(page(1000).view).spans]
        assert scores
        assert all(score is not None and 0.8 <= score <= 1 for score in scores)


class TestTokens:
    TEXT = "خبر جديد عن الميناء\nوأكد وزير الزراعة إن منسوب النهر لن يغلق هذا العام.\n"

    def test_source_and_claim_are_found_in_a_new_sentence(self, model: Model) -> None:
        found = proposed(LearnedTokens(model, threshold=0.3), self.TEXT)
        assert found == [("claim", "منسوب النهر لن يغلق هذا العام"), ("source", "وزير الزراعة")]

    def test_the_claim_is_related_to_its_source(self, model: Model) -> None:
        found = LearnedTokens(model, threshold=0.3).suggest(DocumentView("new", self.TEXT))
        keys = {one.label: one.key for one in found.spans}
        assert found.links == (Link("attributed_to", keys["claim"], keys["source"]),)

    def test_the_learned_attribute_is_proposed(self, model: Model) -> None:
        found = LearnedTokens(model, threshold=0.3).suggest(DocumentView("new", self.TEXT))
        assert {one.label: one.attributes for one in found.spans} == {"claim": {"quote": "indirect"}, "source": {}}

    def test_nothing_is_proposed_in_lines_of_furniture(self, model: Model) -> None:
        example = page(1000)
        tokens, lines = LearnedTokens(model).suggest(example.view), LearnedLines(model).suggest(example.view)
        assert tokens.spans
        assert not [
            one for one in tokens.spans for line in lines.spans if line.start < one.end and one.start < line.end
        ]

    def test_less_sure_spans_are_not_proposed(self, model: Model) -> None:
        assert LearnedTokens(model, threshold=1.1).suggest(page(1000).view).spans == ()


class TestBoth:
    def test_the_version_is_that_of_the_model(self, model: Model) -> None:
        assert LearnedLines(model).version == LearnedTokens(model).version == model.version

    def test_every_document_is_read_once(self, model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
        read: list[str] = []
        lines = reading.lines
        monkeypatch.setattr(reading, "lines", lambda text: read.append(text) or lines(text))
        view = page(1001).view
        LearnedLines(model).suggest(view)
        LearnedTokens(model).suggest(view)
        uncertainty(model, view)
        assert read == [view.text]

    def test_a_model_of_nothing_proposes_nothing(self, nothing: Model) -> None:
        view = page(1000).view
        assert [one.suggest(view).spans for one in (LearnedLines(nothing), LearnedTokens(nothing))] == [(), ()]

    @pytest.mark.parametrize("line", ["قال وزير النقل إن الطريق سيغلق. ", "قال وزير النقل إن الطريق سيغلق.\n", "أ\n"])
    def test_a_text_of_a_megabyte_is_read_piece_by_piece(self, model: Model, line: str) -> None:
        count = LARGE // len(line.encode())
        if line == "أ\n":
            count //= 8  # lines of one letter are no page; a megabyte of them only takes long
        started = time.process_time()
        found = LearnedTokens(model).suggest(DocumentView("large", line * count))
        assert time.process_time() - started < 120
        assert all(one.end <= len(line) * count for one in found.spans)

    def test_pieces_of_a_long_line_hold_all_its_tokens(self, model: Model) -> None:
        text = "قال المدير إن " * 1_000
        view = DocumentView("long", text)
        pieces = list(reading.pieces_of_line(view, reading.lines(text)[0]))
        assert [len(piece.tokens) for piece in pieces] == [400] * 7 + [200]


class TestUncertainty:
    def test_a_page_like_those_before_is_less_uncertain_than_an_unlike_one(self, model: Model) -> None:
        unlike = "فيلم قصير: رحلة\nكتب 12\nهل تعود الطيور؟ قد تعود، وقد يقول أحد إن شيئا تغير\nمشاركة قصة\nعن كتب"
        assert 0 <= uncertainty(model, page(1000).view) < uncertainty(model, DocumentView("unlike", unlike)) <= 1

    @pytest.mark.parametrize("text", ["", "\n\n", " "])
    def test_without_text_there_is_no_doubt(self, model: Model, text: str) -> None:
        assert uncertainty(model, DocumentView("blank", text)) == 0

    def test_a_model_of_nothing_has_no_doubt(self, nothing: Model) -> None:
        assert uncertainty(nothing, page(1000).view) == 0
