from __future__ import annotations

import pytest

from annotator.duplicates.folding import fold_same_length


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("أإآٱا", "ااااا", id="alef forms"),
        pytest.param("مسؤول هيئة", "مسوول هييه", id="hamza on its carrier, teh marbuta"),
        pytest.param("مستشفى", "مستشفي", id="final yeh"),
        pytest.param("یک", "يك", id="Farsi yeh and keheh"),
        pytest.param("“نعم” «لا» ‹ربما› „إذا‟", '"نعم" "لا" "ربما" "اذا"', id="quotes of all styles"),
        pytest.param("‘نعم’", "'نعم'", id="single quotes"),
        pytest.param("العراق – أكد — قال", "العراق - اكد - قال", id="dashes"),
        pytest.param("قال\xa0له\tهو", "قال له هو", id="spaces"),
        pytest.param("٢٠٢٥ ۱۲", "2025 12", id="digits"),
        pytest.param("AFP É", "afp é", id="case"),
    ],
)
def test_spellings_of_a_character_become_one(text: str, folded: str) -> None:
    assert fold_same_length(text) == folded


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("مُحَمَّدٌ", id="tashkeel"),
        pytest.param("قالـــت", id="tatweel"),
        pytest.param("\u200fقال\u061c\u200c", id="invisible characters"),
        pytest.param("ﷲﻻß", id="what would widen"),
        pytest.param("سطر\nسطر\n", id="line feeds"),
    ],
)
def test_what_would_change_the_length_stays(text: str) -> None:
    assert fold_same_length(text) == text
