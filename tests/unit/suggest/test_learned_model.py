from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from annotator.errors import DataError
from annotator.suggest.learned.crf import Tagger, fit, items_of
from annotator.suggest.learned.figures import Figures
from annotator.suggest.learned.model import Model, ModelCard
from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens
from annotator.suggest.learned.training import train
from tests.support.labelled_pages import page, pages


@pytest.fixture(scope="module")
def model() -> Model:
    return train(pages(12))


def rewritten(data: bytes, **changes: object) -> bytes:
    """A stored model with other values in its head."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, json.dumps({**json.loads(part), **changes}) if name == "card.json" else part)
    return buffer.getvalue()


class TestBytes:
    def test_a_model_comes_back(self, model: Model) -> None:
        back = Model.from_bytes(model.to_bytes())
        assert (back.lines, back.layers, back.version) == (model.lines, model.layers, model.version)

    def test_its_card_comes_back(self, model: Model) -> None:
        assert Model.from_bytes(model.to_bytes()).card == model.card

    def test_it_proposes_the_same(self, model: Model) -> None:
        back, view = Model.from_bytes(model.to_bytes()), page(99).view
        assert LearnedLines(back).suggest(view) == LearnedLines(model).suggest(view)
        assert LearnedTokens(back).suggest(view) == LearnedTokens(model).suggest(view)

    def test_the_same_model_is_the_same_bytes(self, model: Model) -> None:
        assert model.to_bytes() == Model.from_bytes(model.to_bytes()).to_bytes()

    def test_a_model_without_parts_comes_back(self, model: Model) -> None:
        assert Model.from_bytes(Model(b"", {}, model.card).to_bytes()) == Model(b"", {}, model.card)

    @pytest.mark.parametrize("data", [b"", b"PK", b"\x00" * 100, b"not a zip at all"])
    def test_what_is_no_model_is_refused(self, data: bytes) -> None:
        with pytest.raises(DataError, match="damaged"):
            Model.from_bytes(data)

    @pytest.mark.parametrize("percent", range(5, 95, 5))
    def test_a_changed_byte_is_noticed(self, model: Model, percent: int) -> None:
        data = bytearray(model.to_bytes())
        data[len(data) * percent // 100] ^= 0xFF
        with pytest.raises(DataError, match="damaged"):
            Model.from_bytes(bytes(data))

    def test_a_cut_model_is_refused(self, model: Model) -> None:
        with pytest.raises(DataError, match="damaged"):
            Model.from_bytes(model.to_bytes()[:-30])

    @pytest.mark.parametrize("key", ["format", "features"])
    def test_a_model_of_another_version_is_refused(self, model: Model, key: str) -> None:
        with pytest.raises(DataError, match="another version") as caught:
            Model.from_bytes(rewritten(model.to_bytes(), **{key: 99}))
        assert caught.value.hint == "Train it again."

    @pytest.mark.parametrize("card", [{}, {"more": 1}, None, {"figures": {"claim": {"wanted": 1, "odd": 2}}}])
    def test_a_model_with_a_wrong_card_is_refused(self, model: Model, card: object) -> None:
        with pytest.raises(DataError, match="damaged"):
            Model.from_bytes(rewritten(model.to_bytes(), card=card))

    def test_a_part_that_is_no_model_is_refused_when_it_is_used(self, model: Model) -> None:
        with pytest.raises(DataError, match="damaged"):
            LearnedLines(Model(b"nonsense", {}, model.card))


class TestVersion:
    def test_it_is_the_same_whenever_the_same_is_learned(self, model: Model) -> None:
        assert train(pages(12), trained_at="later").version == model.version

    def test_another_part_gives_another(self, model: Model) -> None:
        assert Model(b"", model.layers, model.card).version != model.version

    def test_it_is_short(self, model: Model) -> None:
        assert len(model.version) == 12


class TestCard:
    def test_json_has_all_of_it(self, model: Model) -> None:
        assert ModelCard.from_json(json.loads(json.dumps(model.card.to_json()))) == model.card

    def test_labels_are_pooled_by_what_proposes_them(self, model: Model) -> None:
        figures = {"boilerplate": Figures(wanted=1), "claim": Figures(wanted=10), "source": Figures(wanted=100)}
        card = replace(model.card, figures=figures, baseline={})
        assert (card.pooled("lines").wanted, card.pooled("tokens").wanted) == (1, 110)
        assert card.pooled("tokens", baseline=True) == Figures()


class TestCrf:
    SEQUENCES = tuple((items_of([["a"], ["b"], ["c"]]), ["O", "B=x", "I"]) for _ in range(5))

    def test_tags_come_with_probabilities(self) -> None:
        tagger = Tagger(fit(self.SEQUENCES, lambda: False))
        found = tagger.tag(items_of([["a"], ["b"], ["c"]]))
        assert [one.tag for one in found] == ["O", "B=x", "I"]
        assert all(0.5 < one.probability <= 1 for one in found)

    def test_the_values_of_a_tag_count_together(self) -> None:
        torn = [(items_of([["a"]]), [tag]) for tag in ("B=x", "B=y", "B=x", "B=y", "O")] * 5
        (found,) = Tagger(fit(torn, lambda: False)).tag(items_of([["a"]]))
        assert found.probability == pytest.approx(0.8, abs=0.05)

    def test_no_items_have_no_tags(self) -> None:
        assert Tagger(fit(self.SEQUENCES, lambda: False)).tag(items_of([])) == []

    def test_learning_is_deterministic(self) -> None:
        assert fit(self.SEQUENCES, lambda: False) == fit(self.SEQUENCES, lambda: False)
