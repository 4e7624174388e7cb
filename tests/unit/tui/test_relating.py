from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.tui import language, relating
from annotator.tui.desk import Desk
from annotator.tui.language import explain
from annotator.tui.steps import HINT_LETTERS, Hint, Hints, Step
from tests.support.flows import ALL, TEXT, FlowDesks, choose, hinted, lines, menu, point, related, rows
from tests.support.texts import plain


def relate(desk: Desk, *, first: int = 0, count: int = 20) -> Step:
    return relating.relate(desk, rows(desk, first, count))


def asked(step: Step) -> Hints:
    assert isinstance(step, Hints)
    return step


# Asking


def test_hints_stand_on_what_the_first_type_of_the_schema_leads_to(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    assert sorted(hinted(desk, relate(desk)).values()) == sorted(["وزير", "وزير", "الهيئة"])


def test_the_nearest_have_the_letters_that_are_reached_best_whether_before_or_behind(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    offsets = {hint.letters: hint.offset for hint in asked(relate(desk)).hints}
    nearest = [TEXT.index(part) for part in ("وزير النقل", "وزير المال", "الهيئة")]
    assert [offsets[letter] for letter in HINT_LETTERS[:3]] == nearest


def test_a_tail_is_related_to_its_heads(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s2")
    step = relate(desk)
    assert sorted(hinted(desk, step).values()) == ["آمن.", "الجسر", "العمل", "الكلفة"][1:]
    assert asked(step).title.startswith("attributed to ←")


def test_the_title_says_what_is_asked_and_which_digits_lead_to_other_types(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    title = "attributed to → · 2 has cue · 3 reported via · 4 repeats"
    assert asked(relate(desk)).title == title


def test_a_type_without_candidates_is_passed_and_keeps_its_digit(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("c", "claim", "الجسر آمن"), ("v", "cue", "أضاف"), focused="c")
    step = asked(relate(desk))
    assert step.title == "has cue → · 1 attributed to · 3 reported via · 4 repeats"
    assert list(hinted(desk, step).values()) == ["أضاف"]


def test_a_digit_asks_for_the_other_end_of_another_type(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    step = choose(relate(desk), "repeats")
    assert sorted(hinted(desk, step).values()) == ["العمل", "الكلفة"]
    assert [item.key for item in asked(step).others] == ["1", "2", "3"]
    assert point(desk, step, "الكلفة") == "saved: repeats → الكلفة زادت"


def test_a_digit_for_a_type_without_candidates_says_what_it_needs(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("c", "claim", "الجسر آمن"), ("s", "source", "وزير النقل"), focused="c")
    step = relate(desk)
    with pytest.raises(OperationError, match="a Claim is related to: Cue; there is none here yet"):
        choose(step, "has cue")


def test_one_candidate_is_shown_before_it_is_related(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("v", "cue", "أضاف"), ("c", "claim", "الكلفة زادت"), focused="v")
    assert list(hinted(desk, relate(desk)).values()) == ["الكلفة"]
    assert related(desk) == []


def test_the_annotation_under_the_cursor_is_meant_and_focused_where_none_is(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    desk.go(TEXT.index("آمن"))
    relate(desk)
    assert desk.focused == "c1"
    assert desk.cursor == TEXT.index("آمن")


# Where the hints stand


def test_what_is_out_of_sight_is_told_by_its_text(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    hints = {hint.text for hint in asked(relate(desk, count=1)).hints}
    assert hints == {"", "Source «الهيئة»"}


def test_a_candidate_that_begins_above_has_its_hint_where_it_comes_into_sight(desks: FlowDesks) -> None:
    text = "قال الوزير\nثم سكت\nثم عاد"
    desk = desks.desk(text, ("c", "claim", "قال الوزير\nثم سكت"), ("s", "source", "عاد"), focused="s")
    (hint,) = asked(relate(desk, first=1)).hints
    assert (hint.offset, hint.text) == (text.index("ثم سكت"), "")


def test_candidates_with_one_start_have_hints_at_different_words(desks: FlowDesks) -> None:
    parts = (("s1", "source", "وزير النقل"), ("s2", "source", "وزير"), ("s3", "source", "وزير النقل إن"))
    desk = desks.desk(TEXT, *parts, ("c", "claim", "الجسر آمن"), focused="c")
    assert [hint.offset for hint in asked(relate(desk)).hints] == [TEXT.index(word) for word in ("وزير", "النقل", "إن")]


def test_a_candidate_without_a_word_of_its_own_is_told_by_its_text(desks: FlowDesks) -> None:
    parts = (("s1", "source", "وز"), ("s2", "source", "وزير"), ("c", "claim", "الجسر آمن"))
    desk = desks.desk(TEXT, *parts, focused="c")
    assert [hint.text for hint in asked(relate(desk)).hints] == ["", "Source «وزير»"]


def test_a_candidate_under_a_fold_is_told_by_its_text(desks: FlowDesks) -> None:
    text = "شارك الهيئة\nقال الوزير نعم"
    parts = (("b", "boilerplate", "شارك الهيئة"), ("s", "source", "الهيئة"), ("c", "claim", "نعم"))
    desk = desks.desk(text, *parts, focused="c")
    assert desk.layout.folds
    assert asked(relate(desk)).hints == (Hint(text.index("الهيئة"), "f", "Source «الهيئة»"),)


def test_of_more_candidates_than_letters_the_nearest_can_be_chosen(desks: FlowDesks) -> None:
    count = len(HINT_LETTERS) ** 2
    text = " ".join(f"مصدر{number}" for number in range(count + 50)) + " ادعاء"
    parts = [(f"s{number}", "source", f"مصدر{number}") for number in range(count + 50)]
    desk = desks.desk(text, *parts, ("c", "claim", "ادعاء"), focused="c")
    hints = asked(relate(desk, count=500)).hints
    assert len(hints) == len({hint.letters for hint in hints}) == count
    assert min(hint.offset for hint in hints) == text.index("مصدر50 ")


# Relating


def test_choosing_relates_and_leaves_the_focus_where_it_was(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c2")
    assert point(desk, relate(desk), "الهيئة") == "saved: attributed to → الهيئة"
    assert related(desk) == [("attributed_to", "c2", "s3")]
    assert (desk.focused, desk.cursor) == ("c2", TEXT.index("الكلفة"))


def test_from_a_tail_the_relation_leads_to_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s3")
    assert point(desk, relate(desk), "العمل") == "saved: attributed to ← العمل انتهى"
    assert related(desk) == [("attributed_to", "c3", "s3")]


def test_of_two_possible_directions_the_relation_leads_from_the_one_one_came_from(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c2")
    point(desk, choose(relate(desk), "repeats"), "الجسر")
    assert related(desk) == [("repeats", "c2", "c1")]


def test_where_only_the_other_direction_is_left_it_is_taken(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("repeats", "c2", "c1"),), focused="c2")
    assert point(desk, choose(relate(desk), "repeats"), "الجسر") == "saved: repeats ← الجسر آمن"
    assert related(desk) == [("repeats", "c1", "c2"), ("repeats", "c2", "c1")]


def test_what_is_related_already_is_no_candidate(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("attributed_to", "c1", "s1"),), focused="c1")
    offsets = [hint.offset for hint in asked(relate(desk)).hints]
    assert TEXT.index("وزير النقل") not in offsets
    assert len(offsets) == 2


def test_one_undo_takes_it_back(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c2")
    point(desk, relate(desk), "الهيئة")
    assert plain(desk.undo()) == "saved: undone: relate: «الكلفة زادت» attributed to «الهيئة»"
    assert related(desk) == []


# Refusing


def test_without_an_annotation_here_there_is_nothing_to_relate(desks: FlowDesks) -> None:
    desk = desks.desk()
    with pytest.raises(OperationError, match="no annotation here"):
        relate(desk)


def test_a_label_that_no_type_takes_says_so(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("b", "boilerplate", "شارك الخبر"), focused="b")
    with pytest.raises(OperationError, match="the schema has no relation for a Boilerplate"):
        relate(desk)


def test_without_another_end_it_says_which_labels_are_needed(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("c", "claim", "الجسر آمن"), focused="c")
    with pytest.raises(OperationError, match="a Claim is related to: Source, Cue, Claim; there is none here yet"):
        relate(desk)


def test_where_all_are_related_it_says_so(desks: FlowDesks) -> None:
    relations = (("attributed_to", "c", "s"), ("reported_via", "c", "s"))
    parts = (("c", "claim", "الجسر آمن"), ("s", "source", "وزير النقل"))
    desk = desks.desk(TEXT, *parts, relations=relations, focused="s")
    with pytest.raises(OperationError, match="related to all that it can be related to") as refused:
        relate(desk)
    assert explain(refused.value).endswith("Enter shows its relations")


def test_names_are_in_the_language_of_the_screens(desks: FlowDesks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language._Speech, "language", "ar")
    desk = desks.desk(TEXT, *ALL, focused="c1")
    step = relate(desk)
    assert "لفظ إسناده" in asked(step).title
    assert "منسوب إلى" in str(point(desk, step, "الهيئة"))


# Following


def test_the_only_relation_is_followed_at_once_from_either_end(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("attributed_to", "c1", "s3"),), focused="c1")
    assert relating.follow(desk) == "attributed to"
    assert (desk.focused, desk.cursor) == ("s3", TEXT.index("الهيئة"))
    relating.follow(desk)
    assert desk.focused == "c1"


def test_of_several_relations_one_is_chosen(desks: FlowDesks) -> None:
    relations = (("attributed_to", "c1", "s1"), ("has_cue", "c1", "v2"), ("repeats", "c2", "c1"))
    desk = desks.desk(TEXT, *ALL, relations=relations, focused="c1")
    step = relating.follow(desk)
    assert menu(step).title == "Claim «الجسر آمن»"
    assert lines(step) == [
        "1 → attributed to: وزير النقل",
        "2 → has cue: أضاف",
        "3 ← repeats: الكلفة زادت",
    ]
    assert [item.label for item in menu(step).items] == ["source", "cue", "claim"]
    choose(step, "repeats")
    assert desk.focused == "c2"


def test_an_end_under_a_fold_is_unfolded(desks: FlowDesks) -> None:
    text = "شارك الهيئة\nقال الوزير نعم"
    parts = (("b", "boilerplate", "شارك الهيئة"), ("s", "source", "الهيئة"), ("c", "claim", "نعم"))
    desk = desks.desk(text, *parts, relations=(("attributed_to", "c", "s"),), focused="c")
    relating.follow(desk)
    assert (desk.focused, desk.layout.folds) == ("s", ())


def test_an_annotation_without_a_relation_has_nothing_to_follow(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    with pytest.raises(OperationError, match="no relation; a relates it"):
        relating.follow(desk)


def test_without_an_annotation_here_there_is_nothing_to_follow(desks: FlowDesks) -> None:
    with pytest.raises(OperationError, match="no annotation here"):
        relating.follow(desks.desk())
