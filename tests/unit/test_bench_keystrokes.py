"""Keys for a labelling: the references, the ways found at a desk, and a page labelled in the running screen."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import list_documents, show
from annotator.services.project import open_or_create
from annotator.text.cleaning import clean
from annotator.text.navigation import Span
from annotator.tui.desk import Desk
from annotator.tui.jumping import land, unlabelled
from bench import hands, keystrokes, planning, reference
from bench.hands import Pressed, key_event
from bench.labelling import attribute_keys, label
from bench.planning import is_chosen, reach, trial, way_to, way_to_end, way_to_select
from bench.reference import SEEDS, Reference, Target, of_record, references
from bench.replaying import chunks
from bench.slate_labelling import Counts
from bench.steps import JUMP_COST, MOVES, PLAIN_MOVES, Jump, Means, Search, Steps, cost, length
from tests.support.shared import shared_file
from tests.tui.desks import desk_of, focused, press, span


TEXT = (
    "قال وزير النقل إن الطريق سالكة منذ الصباح. وأضاف أن الجسر مغلق.\n\n"
    "المصدر: صدى السلسال\n"
    "إقرأ أيضا\n"
    "فقرة طويلة تأتي بعد ذلك كله ولا يهم أحدا ما فيها، لكنها تملأ السطر حتى يكون وراءه سطر آخر."
)
PAGE = 20


def means(desk: Desk, moves: dict[str, str] = MOVES, rows: int = 100) -> Means:
    sight, row = set(), desk.layout.row_at(0)
    for _ in range(rows):
        sight.add(row)
        row = desk.layout.next(row) or row
    return Means(moves, frozenset(sight), PAGE)


def span_of(text: str) -> Span:
    return TEXT.index(text), TEXT.index(text) + len(text)


def take(desk: Desk, steps: Steps) -> None:
    """Do at a desk what the steps' keys do."""
    for step in steps:
        match step:
            case Jump(offset):
                land(desk, offset)
            case Search(needle):
                desk.search(needle)
            case "space":
                desk.grow()
            case "m":
                desk.mark()
            case ",":
                unlabelled(desk)
            case _:
                desk.move(MOVES[step], PAGE)


class TestSteps:
    def test_a_key_counts_one_and_a_search_its_letters_too(self) -> None:
        assert cost("w") == 1
        assert cost(Search("من")) == 4
        assert length(("w", Jump(7), "m")) == 2 + JUMP_COST

    def test_plain_moves_take_no_look_at_rows(self) -> None:
        assert not {"up", "down", "home", "end"} & PLAIN_MOVES.keys()
        assert PLAIN_MOVES.items() <= MOVES.items()


class TestWays:
    @pytest.mark.parametrize(
        ("part", "keys"),
        [
            ("قال", ()),
            ("وزير", ("w",)),
            ("قال وزير النقل إن الطريق سالكة منذ الصباح", ("space", "space")),
            ("وزير النقل", ("w", "m", "w", "w")),
        ],
    )
    def test_the_shortest_one_is_found(self, part: str, keys: Steps) -> None:
        desk = desk_of(TEXT)
        assert way_to_select(desk, span_of(part), means(desk)) == keys

    def test_a_line_far_down_is_reached_by_a_jump_and_grown(self) -> None:
        desk = desk_of(TEXT)
        steps = way_to_select(desk, span_of("إقرأ أيضا"), means(desk, PLAIN_MOVES))
        assert steps == (Jump(TEXT.index("إقرأ")), "space", "space")

    def test_the_end_of_a_row_is_used_where_a_span_ends_there(self) -> None:
        desk = desk_of(TEXT, cursor=TEXT.index("سالكة"))
        moves = {key: MOVES[key] for key in ("w", "end", "left")}
        found = way_to_select(desk, span_of("منذ الصباح. وأضاف أن الجسر مغلق."), means(desk, moves))
        assert found == ("w", "m", "end")

    def test_what_is_out_of_sight_is_searched_for(self) -> None:
        desk = desk_of(TEXT, width=20)
        found = way_to(desk, TEXT.index("السطر"), means(desk, PLAIN_MOVES, rows=3), most=8)
        assert found is not None
        assert isinstance(found[0], Search)

    def test_the_next_sentence_without_a_label_is_one_key_away(self) -> None:
        desk = desk_of(TEXT)
        press(desk, "c")
        desk.go(TEXT.index("سالكة"))
        assert way_to(desk, TEXT.index("وأضاف"), means(desk), most=3) == (",",)

    def test_a_word_that_is_focused_would_be_relabelled_and_is_selected_instead(self) -> None:
        desk = desk_of(TEXT)
        press(desk, "c")
        assert way_to_select(desk, span_of("قال"), means(desk)) == ("space",)

    def test_no_way_is_longer_than_it_may_be(self) -> None:
        desk = desk_of(TEXT)
        assert way_to(desk, TEXT.index("تأتي"), means(desk, PLAIN_MOVES), most=2) is None
        assert reach(desk, lambda _: False, range(10), means(desk), most=2) is None

    def test_the_desk_is_left_as_it_is(self) -> None:
        desk = desk_of(TEXT)
        way_to_select(desk, span_of("الجسر مغلق"), means(desk))
        assert (desk.cursor, desk.selection.span, desk.view().hits) == (0, None, ())

    def test_tab_leads_to_an_annotation_far_away(self) -> None:
        desk = desk_of(TEXT, span(TEXT, "السطر"))
        tabs = Means(PLAIN_MOVES, frozenset(), PAGE, tabs=True)
        found = reach(desk, lambda there: focused(there) == "السطر", range(0), tabs, most=3)
        assert found is not None
        assert found[0] == ("tab",)

    def test_what_a_trial_unfolds_stays_folded_on_the_desk(self) -> None:
        desk = desk_of(TEXT, span(TEXT, "المصدر: صدى السلسال", "boilerplate"))
        desk.fold_furniture()
        folds = desk.layout.folds
        trial(desk).go(TEXT.index("السلسال"))
        assert desk.layout.folds == folds != ()

    def test_from_a_mark_the_rest_of_a_span_is_found(self) -> None:
        desk = desk_of(TEXT)
        desk.mark()
        rest = way_to_end(desk, span_of("قال وزير النقل"), means(desk))
        assert rest is not None
        take(desk, rest)
        assert is_chosen(desk, span_of("قال وزير النقل"))

    def test_from_a_mark_a_jump_takes_in_the_whole_word(self) -> None:
        desk = desk_of(TEXT)
        desk.mark()
        jumps = means(desk, {})
        assert way_to_end(desk, span_of("قال وزير النقل إن الطريق"), jumps) == (Jump(TEXT.index("الطريق")),)

    @pytest.mark.parametrize("moves", [MOVES, PLAIN_MOVES], ids=["all moves", "plain moves"])
    def test_the_steps_select_what_was_wanted_wherever_that_is(self, moves: dict[str, str]) -> None:
        chance = random.Random(3)
        for _ in range(25):
            start, end = sorted(chance.choices(range(len(TEXT) + 1), k=2))
            desk = desk_of(TEXT, cursor=chance.randrange(len(TEXT)), width=40)
            span = planning.trimmed(desk, (start, end))
            if span[0] < span[1]:
                steps = way_to_select(desk, span, means(desk, moves))
                if steps is not None:
                    take(desk, steps)
                    assert is_chosen(desk, span)

    def test_fewer_moves_never_make_a_way_shorter(self) -> None:
        chance = random.Random(4)
        for _ in range(10):
            words = sorted(
                chance.choices([word for word in TEXT.split() if TEXT.count(word) == 1], k=2), key=TEXT.index
            )
            desk = desk_of(TEXT, width=40)
            span = span_of(words[0])[0], span_of(words[1])[1]
            plain = way_to_select(desk, span, means(desk, PLAIN_MOVES))
            shortest = way_to_select(desk, span, means(desk))
            assert shortest is not None
            assert plain is None or length(shortest) <= length(plain)


class TestAttributes:
    CLAIM = {"quote": (("none", "direct", "indirect"), "none"), "check": (("unsure", "yes"), "unsure")}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("values", "keys"),
        [
            ((("quote", "none"), ("check", "unsure")), []),
            ((("quote", "indirect"), ("check", "unsure")), ["1", "3"]),
            ((("quote", "direct"), ("check", "yes")), ["1", "2", "2", "2"]),
        ],
    )
    def test_only_what_is_not_the_default_is_chosen(self, values: reference.Attributes, keys: list[str]) -> None:
        assert attribute_keys(values, self.CLAIM) == keys

    def test_what_has_a_value_already_is_left(self) -> None:
        wanted = (("quote", "direct"), ("check", "unsure"))
        assert attribute_keys(wanted, self.CLAIM, (("quote", "direct"), ("check", "yes"))) == ["2", "1"]

    def test_keys_come_as_a_terminal_sends_them(self) -> None:
        assert (key_event("'").key, key_event("'").character) == ("apostrophe", "'")
        assert (key_event("space").key, key_event("space").character) == ("space", " ")
        assert key_event("pagedown").character is None


class TestReferences:
    RECORD = {  # noqa: RUF012
        "spans": [
            {"id": "b", "start": 5, "end": 9, "label": "claim", "attributes": [{"key": "quote", "value": "direct"}]},
            {"id": "c", "start": 0, "end": 4, "label": "claim", "attributes": []},
            {"id": "a", "start": 0, "end": 9, "label": "source", "attributes": []},
        ],
        "relations": [{"label": "attributed_to", "head": "b", "tail": "a"}],
    }

    def test_spans_stand_in_reading_order_outer_ones_first(self) -> None:
        found = of_record("page", Path("page.txt"), self.RECORD)
        assert [(target.start, target.end) for target in found.targets] == [(0, 9), (0, 4), (5, 9)]
        assert found.targets[2].attributes == (("quote", "direct"),)
        assert found.links == (("attributed_to", found.targets[2], found.targets[0]),)

    def test_a_clone_alone_has_a_page_with_spans_and_relations(self) -> None:
        found = next(references())
        assert found.name == found.page.stem == "wire-flat"
        assert len(found.targets) == 20
        assert len(found.links) == 7

    @pytest.mark.parametrize("name", SEEDS)
    def test_a_reference_holds_no_text_of_a_page(self, name: str) -> None:
        assert (reference.FOLDER / f"{name}.jsonl").read_text("utf-8").isascii()

    @pytest.mark.parametrize("name", SEEDS)
    def test_the_labels_of_a_real_page_lie_inside_its_text_and_relations_lead_from_claims_to_sources(
        self, name: str
    ) -> None:
        shared_file("seeds")
        (seed,) = [one for one in references() if one.name == name]
        length = len(clean(seed.page.read_bytes().decode()).text)
        assert seed.targets
        assert all(0 <= target.start < target.end <= length for target in seed.targets)
        assert all((head.label, tail.label) == ("claim", "source") for _, head, tail in seed.links)

    def test_the_real_page_has_ten_claims_each_with_a_source_and_all_its_furniture_in_whole_lines(self) -> None:
        shared_file("seeds")
        found = [one for one in references() if one.name == "seed-001"]
        if not found:
            pytest.skip("needs the seed page of the reference beside the checkout")
        (seed,) = found
        text = clean(seed.page.read_bytes().decode()).text
        record = json.loads((reference.FOLDER / "seed-001.jsonl").read_text("utf-8"))
        assert hashlib.sha256(text.encode()).hexdigest() == record["text_sha256"]
        claims = [target for target in seed.targets if target.label == "claim"]
        assert len(claims) == 10
        assert {head for _, head, _ in seed.links} == set(claims)
        assert all(tail.label == "source" for _, _, tail in seed.links)
        furniture = [target for target in seed.targets if target.label == "boilerplate"]
        assert all(text[start - 1 : start] in ("", "\n") for start in (target.start for target in furniture))
        assert all(text[end : end + 1] in ("", "\n") for end in (target.end for target in furniture))


class TestLabelling:
    def test_a_page_comes_to_hold_its_reference_and_every_key_is_counted(self, tmp_path: Path) -> None:
        wanted = next(references())
        with open_or_create(str(tmp_path / "a.db"), None) as project:
            import_sources(project, [wanted.page], ImportOptions())
            (document,) = list_documents(project, "me")
            pressed = asyncio.run(label(project, "me", document.id, wanted))
            record = show(project, document.doc_id, "me", raw=False)
        found = of_record(wanted.name, wanted.page, record)
        assert found.targets == wanted.targets
        assert set(found.links) == set(wanted.links)
        assert sum(pressed.counts.values()) == len(pressed.keys)
        assert pressed.counts[hands.SPANS] <= pressed.plain
        assert pressed.counts[hands.RELATIONS] >= 2 * len(wanted.links)


class TestKeystrokes:
    WANTED = Reference("page", Path("p"), (Target(0, 3, "claim", ()),), ())
    PRESSED = Pressed(list("abcdef"), Counter({"spans": 3, "relations": 2, "attributes": 1}), 4)

    def test_keys_are_cut_behind_each_escape(self) -> None:
        assert list(chunks(["w", "enter", "escape", "a", "down"])) == [b"w\r\x1b", b"a\x1b[B"]

    def test_each_part_is_a_line_and_what_both_can_do_another(self) -> None:
        others = [Counts(10, 20)] * len(keystrokes.MODES)
        lines = keystrokes.lines_of(self.WANTED, self.PRESSED, others, 1)
        assert [line[2:5] for line in lines] == [("3", "4", "10"), ("2", "2", "20"), ("1", "1", "–"), ("5", "6", "30")]
        assert lines[0][1] == "1 spans, 1 of them whole words"

    def test_without_slate_its_cells_are_empty(self) -> None:
        lines = keystrokes.lines_of(self.WANTED, self.PRESSED, [], 1)
        assert all(line[4:] == ("–",) * len(keystrokes.MODES) for line in lines)
