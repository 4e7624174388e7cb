"""Evidence as the page spells it."""

from __future__ import annotations

import pytest

from annotator.suggest.written import ABOVE, as_written
from annotator.text.folding import folded_text


@pytest.mark.parametrize("written", ["إقرأ أيضاً", "الرئيسية", "كلمات دلالية", "وَثيقة"])
def test_it_is_found_in_its_line_whatever_its_spelling(written: str) -> None:
    text = f"سطر قبله\n{written}: شيء\nسطر بعده"
    assert as_written(text, (9, 9 + len(written) + 5), folded_text(written)) == written


def test_it_is_found_in_a_heading_above() -> None:
    text = "أخبار ذات صلة\nخبر قديم"
    assert as_written(text, (14, 22), folded_text("أخبار ذات صلة")) == "أخبار ذات صلة"


def test_what_stands_nowhere_is_left_as_it_is() -> None:
    assert as_written("نص", (0, 2), "شيء اخر") == "شيء اخر"


def test_it_is_not_looked_for_far_above() -> None:
    text = "الرئيسية\n" + "ن" * ABOVE + "\nسطر"
    assert as_written(text, (len(text) - 3, len(text)), folded_text("الرئيسية")) == folded_text("الرئيسية")


def test_no_evidence_stays_none() -> None:
    assert as_written("نص", (0, 2), "") == ""
