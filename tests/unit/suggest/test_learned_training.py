from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.suggest.contract import DocumentView, Proposal, Proposals
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.figures import Figures
from annotator.suggest.learned.model import ENOUGH_HELD_OUT, Model
from annotator.suggest.learned.training import measure, split, train
from tests.support.labelled_pages import Builder, page, pages


class Quiet:
    """Proposes nothing."""

    name, version = "quiet", "1"

    def suggest(self, document: DocumentView) -> Proposals:
        return Proposals()


class Knowing:
    """Proposes all that was labelled."""

    name, version = "knowing", "1"

    def __init__(self, examples: list[Example]) -> None:
        self._known = {one.view.doc_id: one.spans for one in examples}

    def suggest(self, document: DocumentView) -> Proposals:
        known = self._known[document.doc_id]
        return Proposals(tuple(Proposal(span.start, span.end, span.label, "") for span in known))


@pytest.fixture(scope="module")
def model() -> Model:
    return train(pages(30), baselines=[Quiet()], trained_at="2025-01-01T00:00:00Z", seed=3)


class TestSplit:
    def test_a_fifth_is_held_out(self) -> None:
        assert len(split(pages(30), seed=0)) == 6

    def test_two_documents_are_held_out_where_there_are_few(self) -> None:
        assert len(split(pages(8), seed=0)) == 2

    def test_the_same_documents_are_split_in_the_same_way_in_any_order(self) -> None:
        assert split(pages(20), seed=1) == split(pages(20)[::-1], seed=1)

    def test_another_seed_splits_otherwise(self) -> None:
        assert split(pages(40), seed=1) != split(pages(40), seed=2)

    @pytest.mark.parametrize("seed", range(20))
    def test_copies_stay_together(self, seed: int) -> None:
        examples = [page(number, group=f"cluster {number // 3}") for number in range(24)]
        held_out = split(examples, seed)
        clusters = [{one.view.doc_id for one in examples[first : first + 3]} for first in range(0, 24, 3)]
        assert all(cluster <= held_out or not cluster & held_out for cluster in clusters)

    @pytest.mark.parametrize("seed", range(20))
    def test_a_group_of_more_than_half_is_never_held_out(self, seed: int) -> None:
        examples = [page(number, group="one story" if number < 6 else "") for number in range(10)]
        assert not split(examples, seed) & {f"page-{number}" for number in range(6)}

    def test_the_work_of_two_annotators_on_a_document_stays_together(self) -> None:
        assert split(pages(10) * 2, seed=0) == split(pages(10), seed=0)

    def test_two_annotators_do_not_make_two_documents(self) -> None:
        with pytest.raises(OperationError, match="at least 8 finished documents; there are 7"):
            split(pages(7) * 2, seed=0)

    def test_copies_of_one_text_are_refused(self) -> None:
        with pytest.raises(OperationError, match="copies of one another"):
            split([page(number, group="one story") for number in range(10)], seed=0)


class TestTraining:
    def test_the_same_documents_give_the_same_model(self, model: Model) -> None:
        again = train(pages(30), seed=3)
        assert (again.lines, dict(again.layers)) == (model.lines, dict(model.layers))

    def test_the_model_that_is_kept_does_not_depend_on_what_was_held_out(self, model: Model) -> None:
        assert train(pages(30), seed=4).version == model.version

    def test_other_documents_give_another_model(self, model: Model) -> None:
        assert train(pages(31), seed=3).version != model.version

    def test_no_documents_are_refused(self) -> None:
        with pytest.raises(OperationError, match="there are 0"):
            train([])

    @pytest.mark.parametrize("answers", [1, 5, 25, 60])
    def test_it_can_be_stopped_at_any_time(self, answers: int) -> None:
        asked = iter(range(answers))
        with pytest.raises(OperationError, match="the training was stopped"):
            train(pages(20), stop=lambda: next(asked, None) is None)

    def test_nothing_is_printed(self, capfd: pytest.CaptureFixture[str]) -> None:
        train(pages(8))
        assert capfd.readouterr() == ("", "")

    def test_pages_without_labels_give_a_model_without_parts(self) -> None:
        model = train([Example(one.view, ()) for one in pages(8)])
        assert (model.lines, model.layers) == (b"", {})

    def test_labels_of_other_schemas_are_learned_as_well(self) -> None:
        examples = [
            Example(one.view, tuple(span._replace(label=f"my-{span.label}") for span in one.spans)) for one in pages(8)
        ]
        model = train(examples, furniture=["my-boilerplate"])
        assert (bool(model.lines), set(model.layers)) == (True, {"my-claim", "my-source"})

    def test_blank_and_empty_documents_do_no_harm(self) -> None:
        blank = [Builder().example("empty"), Example(DocumentView("blank", " \n\n "), ())]
        assert train([*pages(8), *blank]).card.documents == 10


class TestCard:
    def test_it_counts_what_was_learned_from(self, model: Model) -> None:
        card = model.card
        assert (card.documents, card.lines) == (30, 30 * 14)
        assert card.labels == {"boilerplate": 30 * 7, "claim": 90, "source": 90}
        assert card.tokens > 30 * 7 * 4

    def test_it_tells_when_with_what_and_how(self, model: Model) -> None:
        assert (model.card.trained_at, model.card.seed) == ("2025-01-01T00:00:00Z", 3)
        assert model.card.tool
        assert model.card.seconds > 0

    def test_its_documents_are_those_that_were_held_out(self, model: Model) -> None:
        assert model.card.held_out == sorted(split(pages(30), 3))

    def test_figures_are_of_the_held_out_documents_only(self, model: Model) -> None:
        assert model.card.figures["source"].wanted == 6 * 3

    def test_patterns_are_learned(self, model: Model) -> None:
        assert model.card.figures["source"].exact_f1 > 0.9
        assert model.card.figures["claim"].exact_f1 > 0.9
        assert model.card.figures["boilerplate"].line_f1 > 0.95

    def test_figures_of_the_others_stand_beside(self, model: Model) -> None:
        assert model.card.baseline["boilerplate"] == Figures(wanted=6 * 7, lines_wanted=6 * 7)

    def test_without_others_there_is_no_baseline(self) -> None:
        assert train(pages(8)).card.baseline == {}

    def test_a_model_that_finds_more_than_the_others_is_ahead(self, model: Model) -> None:
        card = replace(model.card, held_out=[str(number) for number in range(ENOUGH_HELD_OUT)])
        assert card.is_ahead("lines")
        assert card.is_ahead("tokens")

    def test_on_a_few_documents_no_model_is_ahead(self, model: Model) -> None:
        assert len(model.card.held_out) < ENOUGH_HELD_OUT
        assert not model.card.is_ahead("lines")
        assert not model.card.is_ahead("tokens")

    def test_a_model_is_not_ahead_of_others_that_find_everything(self) -> None:
        card = train(pages(10), baselines=[Knowing(pages(10))]).card
        assert not card.is_ahead("lines")
        assert not card.is_ahead("tokens")

    def test_a_model_of_nothing_is_not_ahead(self) -> None:
        card = train([Example(one.view, ()) for one in pages(8)], baselines=[Quiet()]).card
        assert not card.is_ahead("lines")
        assert not card.is_ahead("tokens")


class TestMeasure:
    def test_proposals_of_all_suggesters_count_together_and_once(self) -> None:
        examples = pages(3)
        figures = measure(examples, [Knowing(examples), Quiet(), Knowing(examples)], ["source", "boilerplate"])
        assert figures["source"] == Figures(
            9, 9, 9, 9, 9, figures["source"].lines_wanted, *[figures["source"].lines_both] * 2
        )
        assert (figures["source"].exact_f1, figures["boilerplate"].line_f1) == (1, 1)

    def test_labels_are_told_apart(self) -> None:
        examples = pages(2)
        wrong = [Example(one.view, tuple(span._replace(label="claim") for span in one.spans)) for one in examples]
        assert measure(examples, [Knowing(wrong)], ["source"])["source"].proposed == 0
