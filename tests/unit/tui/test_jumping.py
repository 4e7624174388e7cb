from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.tui import jumping
from annotator.tui.desk import Desk
from annotator.tui.steps import HINT_LETTERS, Ask, Hints, Step
from tests.support.flows import ALL, TEXT, FlowDesks, answer, hinted, point, rows


def hints_of(step: Step) -> Hints:
    assert isinstance(step, Hints)
    return step


def at(desk: Desk, word: str) -> Desk:
    desk.go(desk.layout.text.index(word))
    return desk


# To a word


def test_a_hint_stands_at_the_start_of_every_word_in_sight(desks: FlowDesks) -> None:
    desk = desks.desk("قال وزير.\n\nثم (سكت)")
    step = jumping.jump(desk, rows(desk))
    assert [desk.layout.text[hint.offset :].split()[0] for hint in hints_of(step).hints] == ["وزير.", "ثم", "سكت)"]


def test_words_out_of_sight_have_no_hint(desks: FlowDesks) -> None:
    desk = desks.desk()
    words = hinted(desk, jumping.jump(desk, rows(desk, first=1, count=1))).values()
    assert list(words) == ["وذكرت", "الهيئة", "أن", "العمل", "انتهى."]


def test_the_nearest_words_have_the_letters_that_are_reached_best(desks: FlowDesks) -> None:
    desk = at(desks.desk("واحد اثنان ثلاثة أربعة خمسة"), "ثلاثة")
    words = hinted(desk, jumping.jump(desk, rows(desk)))
    assert [words[letter] for letter in HINT_LETTERS[:2]] == ["أربعة", "اثنان"]
    assert set(words) == set(HINT_LETTERS[:4])


def test_no_hints_letters_begin_those_of_another(desks: FlowDesks) -> None:
    desk = desks.desk(" ".join(f"كلمة{number}" for number in range(200)))
    letters = list(hinted(desk, jumping.jump(desk, rows(desk, count=40))))
    assert len(letters) == 199
    assert not [one for one in letters for other in letters if one != other and other.startswith(one)]


def test_a_page_with_more_words_than_letters_has_hints_on_the_nearest(desks: FlowDesks) -> None:
    desk = desks.desk(" ".join(["كلمة"] * 700))
    desk.go(len(desk.layout.text) // 2)
    step = hints_of(jumping.jump(desk, rows(desk, count=100)))
    assert len(step.hints) == len(HINT_LETTERS) ** 2
    assert max(abs(hint.offset - desk.cursor) for hint in step.hints) < 5 * 300


def test_a_word_that_a_row_cuts_has_one_hint(desks: FlowDesks) -> None:
    desk = desks.desk("أ " + "ب" * 30)
    step = hints_of(jumping.jump(desk, rows(desk, width=10)))
    assert [hint.offset for hint in step.hints] == [2]


def test_choosing_goes_there(desks: FlowDesks) -> None:
    desk = desks.desk()
    assert point(desk, jumping.jump(desk, rows(desk)), "الهيئة") == ""
    assert desk.cursor == TEXT.index("الهيئة")


def test_with_a_mark_the_selection_goes_along(desks: FlowDesks) -> None:
    desk = at(desks.desk(), "الجسر")
    desk.mark()
    point(desk, jumping.jump(desk, rows(desk)), "وأضاف")
    assert desk.selection.span == (TEXT.index("الجسر"), TEXT.index(" وزير المال"))


def test_before_a_mark_the_selection_goes_to_the_first_letter_of_the_word(desks: FlowDesks) -> None:
    desk = at(desks.desk(), "آمن")
    desk.mark()
    point(desk, jumping.jump(desk, rows(desk)), "الجسر")
    assert desk.selection.span == (TEXT.index("الجسر"), TEXT.index("آمن") + 1)


def test_a_fold_has_one_hint_at_its_beginning_which_unfolds_it(desks: FlowDesks) -> None:
    desk = desks.desk("شارك الخبر\nفي كل مكان\nقال الوزير", ("b", "boilerplate", "شارك الخبر\nفي كل مكان"))
    assert len(desk.layout.folds) == 1
    step = jumping.jump(desk, rows(desk))
    assert sorted(hinted(desk, step).values()) == ["الوزير", "شارك"]
    point(desk, step, "شارك")
    assert (desk.cursor, desk.layout.folds) == (0, ())


@pytest.mark.parametrize("text", ["قال", "… ؟ !"])
def test_where_there_is_no_other_word_it_says_so(desks: FlowDesks, text: str) -> None:
    desk = desks.desk(text)
    assert jumping.jump(desk, rows(desk)) == "there is no other word in sight"


# To what has no label


def test_the_next_sentence_without_a_label_is_gone_to(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    assert jumping.unlabelled(desk) == ""
    assert desk.cursor == TEXT.index("ولم ترد")
    assert jumping.unlabelled(desk) == ""
    assert desk.cursor == TEXT.index("شارك")


def test_the_sentence_of_the_cursor_is_passed(desks: FlowDesks) -> None:
    desk = at(desks.desk(), "الجسر")
    jumping.unlabelled(desk)
    assert desk.cursor == TEXT.index("وأضاف")


def test_behind_the_last_sentence_it_goes_on_from_the_start(desks: FlowDesks) -> None:
    desk = at(desks.desk(TEXT, ("c", "claim", "قال")), "شارك")
    assert jumping.unlabelled(desk) == "on from the start of the document"
    assert desk.cursor == TEXT.index("وأضاف")


def test_the_cursors_own_sentence_is_the_last_that_is_looked_at(desks: FlowDesks) -> None:
    text = "قال الوزير نعم. ثم سكت."
    desk = at(desks.desk(text, ("c", "claim", "ثم سكت")), "نعم")
    jumping.unlabelled(desk)
    assert desk.cursor == 0


def test_where_every_sentence_has_a_label_it_says_so_and_stays(desks: FlowDesks) -> None:
    text = "قال الوزير نعم. ثم سكت.\n\n***\nشارك"
    parts = (("a", "claim", "نعم"), ("b", "claim", "ثم"), ("c", "boilerplate", "شارك"))
    desk = at(desks.desk(text, *parts), "نعم")
    assert jumping.unlabelled(desk) == "every sentence has a label"
    assert desk.cursor == text.index("نعم")


def test_folded_furniture_is_passed_and_stays_folded(desks: FlowDesks) -> None:
    text = "قال الوزير.\nشارك الخبر\nثم سكت."
    desk = desks.desk(text, ("b", "boilerplate", "شارك الخبر"))
    jumping.unlabelled(desk)
    assert desk.cursor == text.index("ثم")
    assert len(desk.layout.folds) == 1


def test_an_annotation_over_several_lines_labels_their_sentences(desks: FlowDesks) -> None:
    text = "قال الوزير.\nثم سكت.\nثم عاد.\nانتهى"
    desk = desks.desk(text, ("c", "claim", "ثم سكت.\nثم عاد"))
    jumping.unlabelled(desk)
    assert desk.cursor == text.index("انتهى")


# To a line


def test_a_line_is_asked_for_with_what_is_possible_and_where_one_is(desks: FlowDesks) -> None:
    step = jumping.line(at(desks.desk(), "الهيئة"))
    assert isinstance(step, Ask)
    assert step.prompt == "Line (1–4, this is 2):"


@pytest.mark.parametrize("typed", ["3", "٣", "۳", "03", " 3 "])
def test_a_number_in_any_digits_goes_to_the_line(desks: FlowDesks, typed: str) -> None:
    desk = desks.desk()
    assert answer(jumping.line(desk), typed) == ""
    assert desk.cursor == TEXT.index("ولم")


def test_a_folded_line_is_unfolded(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("b", "boilerplate", "شارك الخبر"))
    answer(jumping.line(desk), "4")
    assert (desk.cursor, desk.layout.folds) == (TEXT.index("شارك"), ())


def test_nothing_typed_goes_nowhere(desks: FlowDesks) -> None:
    desk = at(desks.desk(), "الهيئة")
    assert answer(jumping.line(desk), "") == ""
    assert desk.cursor == TEXT.index("الهيئة")


@pytest.mark.parametrize("typed", ["0", "5", "-1", "+2", "1_0", "٢.٥", "سطر", "²", "9" * 5000])
def test_what_is_no_line_is_refused_with_what_is_allowed(desks: FlowDesks, typed: str) -> None:
    desk = desks.desk()
    with pytest.raises(OperationError, match="a number from 1 to 4"):
        answer(jumping.line(desk), typed)
    assert desk.cursor == 0
