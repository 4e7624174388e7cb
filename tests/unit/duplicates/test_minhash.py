from __future__ import annotations

import random

import numpy as np
import pytest

from annotator.duplicates import minhash
from annotator.duplicates.minhash import PERMUTATIONS, is_empty, signatures, similarities


WORDS = [f"كلمة{number}" for number in range(5000)]


def pair(chance: random.Random, changed: float) -> tuple[str, str, float]:
    """A text, a copy with changed words, and how similar their shingles are."""
    one = chance.sample(WORDS, 60)
    other = [chance.choice(WORDS) if chance.random() < changed else word for word in one]
    mine, theirs = ({tuple(words[place : place + 3]) for place in range(58)} for words in (one, other))
    return " ".join(one), " ".join(other), len(mine & theirs) / len(mine | theirs)


def test_signatures_are_a_row_for_each_text() -> None:
    found = signatures(iter(["قال وزير النفط إن العمل بدأ أمس في كل المدن", "قصير"]))
    assert found.shape == (2, PERMUTATIONS)
    assert found.dtype == np.uint32
    assert is_empty(found).tolist() == [False, True]


def test_no_texts_have_no_signatures() -> None:
    assert signatures([]).shape == (0, PERMUTATIONS)


def test_a_text_of_eight_words_has_a_signature_and_one_of_seven_has_none() -> None:
    words = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية"
    assert is_empty(signatures([words, words.rpartition(" ")[0]])).tolist() == [False, True]


def test_a_signature_does_not_depend_on_the_texts_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    texts = [" ".join(chance.sample(WORDS, chance.randrange(30))) for _ in range(40)]
    together = signatures(texts)
    monkeypatch.setattr(minhash, "_CHARACTERS_AT_ONCE", 300)
    assert (signatures(texts) == together).all()
    assert (np.concatenate([signatures([text]) for text in texts]) == together).all()


def test_the_estimate_is_right_on_the_average_and_its_error_small() -> None:
    chance = random.Random(11)
    pairs = [pair(chance, chance.random() * 0.2) for _ in range(400)]
    found = signatures([one for one, _, _ in pairs] + [other for _, other, _ in pairs])
    numbers = np.arange(len(pairs))
    errors = similarities(found, numbers, numbers + len(pairs)) - np.array([exact for _, _, exact in pairs])
    assert abs(errors.mean()) < 0.01
    assert errors.std() < 0.05


def test_equal_texts_are_wholly_similar_and_unlike_ones_hardly() -> None:
    chance = random.Random(3)
    one, other = (" ".join(chance.sample(WORDS, 60)) for _ in range(2))
    found = signatures([one, one, other])
    assert similarities(found, np.array([0, 0]), np.array([1, 2])).tolist() == [1, pytest.approx(0, abs=0.05)]


def test_many_pairs_are_compared_as_few_are() -> None:
    chance = random.Random(4)
    found = signatures([" ".join(chance.sample(WORDS[:80], 60)) for _ in range(30)])
    one, other = (np.array(chance.choices(range(30), k=20_500)) for _ in range(2))
    assert (similarities(found, one, other) == (found[one] == found[other]).mean(axis=1)).all()
