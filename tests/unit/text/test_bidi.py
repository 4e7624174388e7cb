from __future__ import annotations

import gzip
import itertools

import pytest

from annotator.text.bidi import Levels, line_levels, mirrored, resolve, visual_order
from tests.conformance import run_bidi
from tests.conformance.run_bidi import character_cases, class_cases
from tests.support.shared import shared_file


LRM, RLM = "\u200e", "\u200f"
LRE, RLE, PDF, LRO, RLO = "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
FATHA, ZWNJ = "\u064e", "\u200c"


def levels(text: str, base: int | None = None) -> list[int]:
    return list(resolve(text, base).levels)


def displayed(text: str, base: int) -> str:
    """The paragraph as one line, from left to right."""
    line = line_levels(text, resolve(text, base), 0, len(text))
    return "".join(mirrored(text[index]) if line[index] % 2 else text[index] for index in visual_order(line))


def test_the_whole_of_bidi_character_test_passes():
    results = [case.passes() for case in character_cases(shared_file("unicode", "BidiCharacterTest.txt.gz").parent)]
    assert (results.count(True), len(results)) == (91_707, 91_707)


def test_a_sample_of_bidi_test_passes():
    results = [case.passes() for case in class_cases(shared_file("unicode", "BidiTest.txt.gz").parent, every=32)]
    assert (results.count(True), len(results)) == (24_043, 24_043)


def test_a_conformance_case_with_a_wrong_level_does_not_pass():
    case = next(character_cases(shared_file("unicode", "BidiCharacterTest.txt.gz").parent))
    case.levels[0] = 3
    assert not case.passes()


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", 0),
        ("12 !", 0),
        ("abc", 0),
        ("خبر", 1),
        ("12: خبر abc", 1),
        ("abc خبر", 0),
        (f"{RLM}abc", 1),
        (f"{LRM}خبر", 0),
        (f"{RLI}خبر{PDI} abc", 0),
        (f"{LRI}abc{PDI} خبر", 1),
        (f"{LRI}abc خبر", 0),
        (f"{PDI}خبر", 1),
        (f"{LRI}{RLI}a{PDI}b{PDI}خبر", 1),
        (f"{LRE}خبر", 1),
    ],
)
def test_the_base_is_that_of_the_first_strong_character_outside_isolates(text, base):
    assert resolve(text).base == base


@pytest.mark.parametrize("base", [0, 1])
def test_a_given_base_is_kept_whatever_the_text_says(base):
    assert resolve("abc", base).base == resolve("خبر", base).base == base


def test_an_empty_paragraph_has_no_levels():
    assert resolve("", 1) == Levels(1, b"")


def test_arabic_with_a_number_and_latin_in_a_right_to_left_paragraph():
    assert levels("خبر 12 abc", 1) == [1] * 4 + [2] * 2 + [1] + [2] * 3


def test_latin_with_arabic_in_a_left_to_right_paragraph():
    assert levels("ab خبر cd", 0) == [0] * 3 + [1] * 3 + [0] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 12/06/2024 كان", "ناك 12/06/2024 يف"),
        ("نسبة 3.5% فقط", "طقف %3.5 ةبسن"),
        ("شركة (IBM) هنا", "انه (IBM) ةكرش"),
        ("قال «نعم»", "«معن» لاق"),
        ("موقع https://a.b/c?d=1 هنا", "انه https://a.b/c?d=1 عقوم"),
        ("حساب @user نشر", "رشن user@ باسح"),
        ("[ألف (باء)]", "[(ءاب) فلأ]"),
        ("عام ٢٠٢٤م", "م٢٠٢٤ ماع"),
    ],
)
def test_a_line_of_news_as_it_is_read(text, expected):
    assert displayed(text, 1) == expected


def test_a_bracket_pair_follows_the_text_in_it_and_not_only_its_neighbours():
    assert levels("خبر (abc) d", 1)[4:9] == [1, 2, 2, 2, 1]


def test_canonically_equivalent_brackets_pair():
    assert levels("ا\u2329b\u3009", 0) == levels("ا\u2329b\u232a", 0) == levels("ا\u3008b\u232a", 0)


def test_a_mark_takes_the_direction_that_its_bracket_got():
    assert levels(f"a(b){FATHA}ب", 1) == [2, 2, 2, 2, 2, 1]
    assert levels("a(b)!ب", 1) == [2, 2, 2, 2, 1, 1]


def test_the_64th_open_bracket_ends_the_search_for_pairs():
    def last_level(count: int) -> int:
        return levels("a" + "(" * count + "b" + ")" * count, 1)[-1]

    assert (last_level(63), last_level(64)) == (2, 1)


@pytest.mark.parametrize(("opening", "inner"), [(LRE, 2), (RLE, 3), (LRO, 2), (RLO, 3), (LRI, 2), (RLI, 3), (FSI, 2)])
def test_explicit_formatting_raises_the_level(opening, inner):
    closing = PDI if opening in (LRI, RLI, FSI) else PDF
    result = levels(f"ا{opening}a{closing}ب", 1)
    assert (result[0], result[4]) == (1, 1)
    assert result[2] == inner + (opening == RLE) + (opening == RLI)


def test_an_override_turns_latin_around():
    assert displayed(f"{RLO}abc{PDF}", 0).strip(RLO + PDF) == "cba"


def test_a_removed_character_has_the_level_of_the_one_before_it_or_the_base():
    assert levels(f"{RLE}a{PDF}{PDF}", 0) == [0, 2, 2, 2]
    assert levels(f"12{ZWNJ}خ", 1) == [2, 2, 2, 1]
    assert levels(f"{ZWNJ}12", 1) == [1, 2, 2]


def test_embeddings_deeper_than_125_are_ignored():
    assert max(levels(RLE * 200 + "ب" + PDF * 200, 0)) == 125
    assert levels((LRE + RLE) * 100 + "ب", 1)[-1] == 125


def test_an_isolate_does_not_change_what_stands_around_it():
    assert levels(f"ab {LRI}خبر{PDI} cd", 0)[-3:] == [0, 0, 0]
    assert levels(f"ا{RLI}abc{PDI}1", 1)[-1] == 2


def test_a_paragraph_separator_ends_every_embedding():
    assert levels(f"{RLE}{RLO}a\u2029b", 0) == [0, 0, 3, 0, 0]


@pytest.mark.parametrize(
    ("char", "like"),
    [
        ("\u05ff", "א"),
        ("\U00010fff", "א"),
        ("\u07b9", "א"),
        ("\u074c", "א"),
        ("\u0378", "a"),
        ("\u20cf", "$"),
        ("\ufdd0", ZWNJ),
        ("\U0002ffff", ZWNJ),
        ("\U000e0080", ZWNJ),
        ("\ud800", "a"),
    ],
)
def test_a_code_point_without_a_class_has_the_default_of_its_block(char, like):
    for context in ("a{}1", "1{}b", "ب {}1", "{}"):
        assert levels(context.format(char), 0) == levels(context.format(like), 0)


def test_blanks_at_the_end_of_a_line_get_the_base_level():
    text = "خبر abc def"
    resolved = resolve(text, 1)
    assert list(resolved.levels[4:8]) == [2, 2, 2, 2]
    assert list(line_levels(text, resolved, 0, 8)) == [1, 1, 1, 1, 2, 2, 2, 1]
    assert list(line_levels(text, resolved, 8, 11)) == [2, 2, 2]


def test_blanks_before_a_tab_get_the_base_level():
    text = "ab  \tcd"
    assert list(line_levels(text, resolve(text, 1), 0, 7)) == [2, 2, 1, 1, 1, 2, 2]


def test_isolates_and_removed_characters_count_as_blanks_at_the_end_of_a_line():
    text = f"ab {LRI}{PDI}{ZWNJ}{RLE}"
    assert list(line_levels(text, resolve(text, 1), 0, len(text))) == [2, 2, 1, 1, 1, 1, 1]


def test_the_end_of_a_line_is_judged_by_the_classes_before_any_override():
    text = f"{LRO}a \t b"
    assert list(line_levels(text, resolve(text, 1), 1, 4)) == [2, 1, 1]


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ([], []),
        ([0, 0, 0], [0, 1, 2]),
        ([1, 1, 1], [2, 1, 0]),
        ([2, 2, 2], [0, 1, 2]),
        ([1, 2, 2, 1], [3, 1, 2, 0]),
        ([0, 1, 1, 0, 2, 1], [0, 2, 1, 3, 5, 4]),
        ([0, 3, 3, 0], [0, 2, 1, 3]),
        ([1, 4, 4, 3, 1], [4, 3, 1, 2, 0]),
    ],
)
def test_visual_order(line, order):
    assert visual_order(line) == visual_order(bytes(line)) == order


def test_mirrored_swaps_brackets_and_guillemets_and_leaves_the_rest():
    assert [mirrored(char) for char in "()«»<≤a؟\u201c"] == list(")(»«>≥a؟\u201c")


HOSTILE = [
    *["a", "ب", "א", "1", "١", "+", "$", ",", FATHA, ZWNJ, " ", "\t", "!", "(", ")"],
    *[LRE, RLE, LRO, RLO, PDF, LRI, RLI, FSI, PDI, "\u2029"],
    *["()", "(a)", "(ب)", f"({FATHA}", f"{FSI} ", f"{FSI}a{PDI}", f"{RLE}a{PDF}", "1$ ", "$+", "1+", "a ", "ب "],
]


@pytest.mark.parametrize(("unit", "base"), itertools.product(HOSTILE, [0, 1]))
def test_a_long_paragraph_of_one_thing_repeats_its_middle(unit, base):
    # Any rule that took quadratic time would keep this test busy for minutes.
    count = 20_000 // len(unit)
    resolved = resolve(unit * count, base).levels
    assert len(resolved) == len(unit) * count
    assert resolved[len(unit) * 300 :][: len(unit)] == resolved[len(unit) * (count // 2) :][: len(unit)]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30_000 + ")" * 30_000,
        "[" * 62 + ")" * 60_000,
        "(" * 60 + "(ب)" * 20_000 + ")" * 60,
        FSI * 30_000 + PDI * 30_000,
        f"{FSI} " * 20_000 + PDI * 20_000,
        (RLE + "a" + LRE + "a") * 15_000,
    ],
    ids=["brackets", "closers", "pairs in pairs", "isolates", "isolates with blanks", "embeddings"],
)
def test_a_long_nested_paragraph_is_resolved(text):
    assert len(resolve(text).levels) == len(text)


@pytest.mark.parametrize(
    ("latin", "embedded", "passed", "status"), [(2, 2, (1, 2), 0), (1, 2, (0, 2), 1), (2, 0, (1, 0), 1)]
)
def test_the_conformance_runner_counts_what_passes(tmp_path, capsys, latin, embedded, passed, status):
    files = {
        "BidiCharacterTest": f"# comment\n\n05D0 0061;1;1;1 {latin};1 0\n",
        "BidiTest": f"@Levels: x {embedded} 2\n@Reorder: 1 2\nLRE L EN; 3\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode()))
    assert run_bidi.main(tmp_path) == status
    out = capsys.readouterr().out
    assert f"BidiCharacterTest {passed[0]} of 1\n" in out
    assert f"BidiTest {passed[1]} of 2\n" in out
