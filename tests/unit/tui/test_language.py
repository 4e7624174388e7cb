"""Values in sentences stay in one piece; what the catalogue holds has tests of its own."""

from __future__ import annotations

import pytest

from annotator.tui.language import _, ngettext
from tests.support.reordering import as_drawn
from tests.support.texts import plain


LEFT, RIGHT = "\u200e", "\u200f"


@pytest.mark.parametrize("value", ["Claim", "ادعاء", "a b", "12", "", 7])
def test_a_value_between_letters_or_digits_is_put_in_as_it_is(value: object) -> None:
    assert _("saved: {what}", what=value) == f"saved: {value}"


@pytest.mark.parametrize(
    ("value", "mark"),
    [("Claim «ا»", LEFT), ("«ا» of b", RIGHT), ("(a)", LEFT), ("—", LEFT), ("…ا", RIGHT), ("12 ا.", RIGHT)],
)
def test_other_values_stand_between_marks_of_their_first_strong_letter(value: str, mark: str) -> None:
    assert _("saved: {value}", value=value) == f"saved: {mark}{value}{mark}"
    assert plain(_("saved: {value}", value=value)) == f"saved: {value}"


def test_sentences_of_our_own_have_none() -> None:
    assert _("saved: {what}", what="relate: «ا» of «ب»") == "saved: relate: «ا» of «ب»"


def test_values_beside_a_number_have_marks_too() -> None:
    assert ngettext("{n} {value}", "{n} {value}", 2, value="(a)") == f"2 {LEFT}(a){LEFT}"


def test_a_stop_at_the_end_of_an_arabic_value_stays_on_its_left() -> None:
    assert plain(as_drawn("قال. of")) == "لاق. of"
    assert plain(as_drawn(_("{value} of", value="قال."))) == ".لاق of"
