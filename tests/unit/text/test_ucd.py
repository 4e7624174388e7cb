from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import annotator.text.ucd
from annotator.text.ucd import BRACKETS, JOINING, MIRROR
from tests.support.make_ucd import ranges, render
from tests.support.shared import shared_file


def test_the_module_is_what_the_unicode_files_give():
    folder = shared_file("unicode", "ArabicShaping.txt.gz").parent
    assert Path(annotator.text.ucd.__file__).read_text(encoding="utf-8") == render(folder)


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("ب", "D"),
        ("ا", "R"),
        ("ـ", "C"),
        ("\u200d", "C"),
        ("\u200c", "U"),
        ("ء", "U"),
        ("\ua872", "L"),
        ("\u0600", "U"),
        ("\u070f", "T"),
        ("\U0001e943", "D"),
    ],
)
def test_joining_types(char, kind):
    assert JOINING[ord(char)] == kind


def test_joining_leaves_marks_and_latin_to_the_default():
    assert not {ord("\u064b"), ord("\u0651"), ord("a"), ord(" ")} & JOINING.keys()


def test_every_arabic_letter_has_a_joining_type():
    block = [*range(0x620, 0x700), *range(0x750, 0x780)]
    assert all(code in JOINING for code in block if unicodedata.category(chr(code)) == "Lo")


def test_brackets_come_in_pairs_of_an_opening_and_a_closing_one():
    assert BRACKETS["("] == (")", "o")
    assert BRACKETS["】"] == ("【", "c")
    for bracket, (pair, kind) in BRACKETS.items():
        assert BRACKETS[pair] == (bracket, "c" if kind == "o" else "o")


def test_brackets_are_neutral_and_mirror_to_their_pair():
    for bracket, (pair, _) in BRACKETS.items():
        assert unicodedata.bidirectional(bracket) == "ON"
        assert MIRROR[bracket] == pair


def test_ornate_parentheses_are_not_brackets():
    assert "\ufd3e" not in BRACKETS


def test_mirroring_is_its_own_inverse_and_only_of_mirrored_characters():
    for char, image in MIRROR.items():
        assert MIRROR[image] == char
        assert char != image
        assert unicodedata.mirrored(char)


def test_ranges_join_neighbours():
    assert list(ranges([0x627, 0x622, 0x623, 0x10FFFF])) == ["0622-0623", "0627", "10FFFF"]
