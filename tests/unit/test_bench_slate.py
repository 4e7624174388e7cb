"""SLATE's places, files and keys; where it is installed, the program itself is asked whether they are right."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from bench import slate, slate_labelling
from bench.full_screen import slate_items
from bench.pty_program import PtyProgram
from bench.reference import Reference, Target
from bench.slate import Item, Words
from bench.slate_labelling import MODES, exact, label_and_link
from bench.slate_plan import Selected, cheapest, keys_for_labels, keys_for_links, label_options, link_options
from bench.slate_units import Units


TEXT = "قال وزير النقل:\n\n“الطريق سالكة” اليوم.\nنص أطول من غيره بكثير وفيه كلمات\nآخر سطر في النص"
"""The number of the last word is that of its last letter: else SLATE never gets past it letter by letter, and hangs."""

ANY_NUMBER = 1000
KEY = re.compile(r"(\d*)(\D)")


def words() -> Words:
    return Words(TEXT)


@pytest.fixture
def program() -> None:
    if not slate.is_there():
        pytest.skip("needs SLATE: make bench-peers")


def reference(*spans: tuple[str, str], links: tuple[tuple[int, int], ...] = ()) -> Reference:
    targets = tuple(Target(TEXT.index(part), TEXT.index(part) + len(part), label, ()) for label, part in spans)
    pairs = tuple(("attributed_to", targets[head], targets[tail]) for head, tail in links)
    return Reference("page", Path("page.txt"), targets, pairs)


SPANS = (
    ("source", "وزير النقل"),
    ("claim", "الطريق سالكة"),
    ("claim", "نص أطول من غيره بكثير"),
    ("boilerplate", "نص أطول من غيره بكثير وفيه كلمات\nآخر سطر في النص"),
)


class TestPlaces:
    def test_words_are_counted_by_line_and_letters_by_word(self) -> None:
        offset = TEXT.index("سالكة")
        assert words().place(offset) == (2, 1)
        assert words().place(offset + 2, "character") == (2, 1, 2)

    def test_both_ends_of_a_span_are_inclusive(self) -> None:
        start = TEXT.index("وزير")
        assert words().places(start, start + len("وزير النقل"), "character") == ((0, 1, 0), (0, 2, 4))

    def test_a_span_of_words_takes_the_punctuation_at_them_in(self) -> None:
        start = TEXT.index("الطريق")
        span = words().span(*words().places(start, start + len("الطريق سالكة")))
        assert TEXT[slice(*span)] == "“الطريق سالكة”"

    @pytest.mark.parametrize("text", ["وزير النقل", "الطريق سالكة", "كلمات\nآخر", "ن"])
    def test_a_span_of_letters_comes_back_as_it_was(self, text: str) -> None:
        span = TEXT.index(text), TEXT.index(text) + len(text)
        assert words().span(*words().places(*span, "character")) == span

    def test_spans_that_are_whole_words_are_counted(self) -> None:
        assert exact(reference(*SPANS), words()) == 2

    def test_spans_of_a_record_lose_the_spaces_at_their_edges(self) -> None:
        record: dict[str, object] = {
            "spans": [{"start": 3, "end": 9, "label": "claim"}, {"start": 15, "end": 17, "label": "claim"}]
        }
        assert list(slate_items(TEXT, record)) == [Item((((0, 1), (0, 1)),), "claim")]


class TestFiles:
    ITEMS = (
        Item((((0, 1), (0, 2)),), "source"),
        Item((((2, 0, 1), (2, 1, 4)),), "claim"),
        Item((((0, 1), (0, 1)), ((2, 0), (2, 0)))),
    )

    def test_what_is_written_is_read_back(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text(slate.written(self.ITEMS), "utf-8")
        assert slate.read(tmp_path / "a") == [*self.ITEMS]

    def test_single_places_are_spans_of_one(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("(0, 1) - claim\n[(0, 1), (2, 0)] - \n", "utf-8")
        assert slate.read(tmp_path / "a") == [Item((((0, 1), (0, 1)),), "claim"), self.ITEMS[2]]

    def test_a_file_that_was_never_written_holds_nothing(self, tmp_path: Path) -> None:
        assert slate.read(tmp_path / "none") == []

    def test_code_in_a_file_is_not_carried_out(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("__import__('os').getpid() - claim\n", "utf-8")
        with pytest.raises(ValueError, match="malformed"):
            slate.read(tmp_path / "a")

    def test_no_key_of_its_configuration_has_two_meanings(self) -> None:
        lines = [line.split() for line in slate.configuration().splitlines() if line.startswith("Input:")]
        keys = [(mode, key) for _, _, mode, key in lines]
        assert len(set(keys)) == len(keys)


class TestUnits:
    def test_empty_lines_are_stepped_over(self) -> None:
        units = Units(words(), "token")
        assert units.places[units.below(units.index[0, 1], 1)] == (2, 1)

    def test_a_shorter_line_has_its_last_word_in_that_place(self) -> None:
        units = Units(words(), "token")
        assert units.places[units.below(units.index[3, 5], 1)] == (4, 3)
        assert units.places[units.below(units.index[3, 5], -1)] == (2, 2)

    def test_a_shorter_word_has_its_last_letter_in_that_place(self) -> None:
        units = Units(words(), "character")
        assert units.places[units.below(units.index[2, 0, 6], 1)] == (3, 0, 1)

    def test_nothing_leads_out_of_the_text(self) -> None:
        units = Units(words(), "token")
        last = len(units.places) - 1
        assert (units.moved(0, -3), units.moved(last, 9)) == (0, last)
        assert (units.below(0, -2), units.below(last, 2)) == (0, last)

    def test_a_line_has_a_first_and_a_last_unit(self) -> None:
        units = Units(words(), "token")
        here = units.index[2, 1]
        assert (units.places[units.line_start(here)], units.places[units.line_end(here)]) == ((2, 0), (2, 2))


class Hand:
    """Does what SLATE's keys do, one by one."""

    def __init__(self, units: Units, now: Selected) -> None:
        self.units, self.now = units, now

    def press(self, keys: str) -> Selected:
        for number, key in KEY.findall(keys):
            self._press(key, number)
        return self.now

    def _press(self, key: str, number: str) -> None:
        units, (first, last), times = self.units, self.now, int(number or 1)
        if number == "0":
            edges = {"/": (first, units.line_end(last)), "m": (units.line_start(first), last)}
            edges |= {"l": (first, units.line_start(last)), "k": (units.line_end(first), last)}
            self._keep(*edges[key])
        elif key in "/mlkv":
            square = times * times
            moved = {"/": (first, units.moved(last, times)), "m": (units.moved(first, -times), last)}
            moved |= {"l": (first, units.moved(last, -square)), "k": (units.moved(first, square), last)}
            moved |= {"v": (first, units.below(last, times))}
            self._keep(*moved[key])
        else:
            both = {
                ";": lambda unit: units.moved(unit, times),
                "j": lambda unit: units.moved(unit, -times),
                "o": lambda unit: units.below(unit, times),
                "i": lambda unit: units.below(unit, -times),
                "J": units.line_start,
                ":": units.line_end,
            }[key]
            if both(first) != first and both(last) != last:
                self._keep(both(first), both(last))

    def _keep(self, first: int, last: int) -> None:
        if first <= last:
            self.now = first, last


class TestKeys:
    @pytest.mark.parametrize("scope", ["token", "character"])
    @pytest.mark.parametrize("most", [1, 9, ANY_NUMBER])
    def test_the_keys_lead_from_any_selection_to_any_other(self, scope: str, most: int) -> None:
        units = Units(words(), scope)
        chance = random.Random(5)
        options = label_options(most=most)
        for _ in range(40):
            now, wanted = (sorted(chance.choices(range(len(units.places)), k=2)) for _ in range(2))
            keys = cheapest(units, (now[0], now[1]), (wanted[0], wanted[1]), options)
            assert Hand(units, (now[0], now[1])).press(keys) == (wanted[0], wanted[1])

    def test_whoever_knows_greater_numbers_needs_no_more_keys(self) -> None:
        units = Units(words(), "character")
        chance = random.Random(6)
        for _ in range(20):
            wanted = sorted(chance.choices(range(len(units.places)), k=2))
            lengths = [
                len(cheapest(units, (0, 0), (wanted[0], wanted[1]), label_options(most=most)))
                for most in (1, 9, ANY_NUMBER)
            ]
            assert lengths == sorted(lengths, reverse=True)

    def test_no_number_is_greater_than_it_may_be(self) -> None:
        units = Units(words(), "character")
        for most in (1, 9):
            keys = cheapest(units, (0, 0), (30, 60), label_options(most=most))
            assert all(int(number) <= most for number, _ in KEY.findall(keys) if number not in ("", "0"))
        assert "0" in cheapest(units, (0, 0), (0, units.line_end(0)), label_options(most=1))

    def test_where_the_selection_is_already_nothing_is_pressed(self) -> None:
        assert cheapest(Units(words(), "token"), (2, 4), (2, 4), label_options(most=1)) == ""

    def test_each_label_is_a_key_behind_its_selection(self) -> None:
        units = Units(words(), "token")
        spans = [((0, 0), (0, 0)), ((0, 0), (0, 2))]
        assert keys_for_labels(units, spans, ["c", "s"], most=ANY_NUMBER) == "c0/s"

    def test_a_link_moves_both_its_ends(self) -> None:
        units = Units(words(), "token")
        links = [((0, 2), (2, 0)), ((0, 2), (0, 0))]
        assert keys_for_links(units, links, most=ANY_NUMBER) == ";;ODID"

    def test_the_keys_of_a_link_are_its_own(self) -> None:
        units = Units(words(), "token")
        assert cheapest(units, (0, 0), (5, 5), link_options(("J", ":", "I", "O"), most=1)).strip(":O0") == ""


@pytest.mark.usefixtures("program")
class TestProgram:
    @pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.title)
    def test_it_comes_to_hold_the_spans_and_links(self, mode: slate_labelling.Mode, tmp_path: Path) -> None:
        wanted = reference(*SPANS, links=((1, 0), (2, 0)))
        counts = label_and_link(tmp_path, wanted, TEXT, mode)
        assert counts.spans is not None
        assert counts.relations is not None
        assert counts.together == counts.spans + counts.relations

    def test_what_it_holds_else_is_no_count(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(slate_labelling, "keys_for_labels", lambda *_, most: "c")
        with pytest.raises(RuntimeError, match="did not come to hold"):
            label_and_link(tmp_path, reference(*SPANS), TEXT, MODES[0])

    def test_it_shows_an_empty_screen_behind_the_first_one_of_a_long_line(self, tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        page.write_text("كلمة " * 2000, "utf-8")
        with PtyProgram(slate.call(page), folder=tmp_path) as running:
            running.settle()
            shown = running.press(b";")
            running.press(b"1500")
            behind = running.press(b";")
        assert shown.size > 2000
        assert behind.size < 100
