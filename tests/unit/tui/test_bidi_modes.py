from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from annotator.services.preferences import BIDI_MODES, BidiMode
from annotator.tui import bidi_modes
from annotator.tui.bidi_modes import FORCE_ORDER, in_mode, pointed_at, use, with_order_forced
from annotator.tui.logical_rows import BLANK, JOINER, MARK
from annotator.tui.tight_update import SHOWN, TightUpdate


PLAIN = Style()
WIDTH = 8
TOP, BOTTOM = "│ ﻢﻠﺳ ab", "│ cd ﻢﻛ"
"""Two rows as they are seen."""


@pytest.fixture(autouse=True)
def _app_mode(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The mode is the process's: give it back as it was."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    use("app", "")
    yield
    use("app", "")


def strip_of(text: str) -> Strip:
    return Strip([Segment(text, PLAIN)])


def whole(*rows: str) -> LayoutUpdate:
    """A full update."""
    return LayoutUpdate([[strip_of(row[:3]), strip_of(row[3:])] for row in rows], Region(0, 0, WIDTH, len(rows)))


def part(x: int, y: int, text: str, *, rows: int = 2) -> ChopsUpdate:
    """A partial update of some columns of a row that is one widget."""
    shown = (TOP, BOTTOM)[y]
    row = strip_of(shown[:x] + text + shown[x + len(text) :])
    chops = [{0: row if number == y else None} for number in range(rows)]
    return ChopsUpdate(chops, [(y, x, x + len(text))], [[WIDTH]] * rows)


def sent(update: object) -> dict[tuple[int, int], str]:
    """What goes to the terminal: at which column and row, what."""
    console = Console(file=io.StringIO(), color_system=None, force_terminal=True)
    data = update.render_segments(console)  # type: ignore[attr-defined]
    found = re.findall(r"\x1b\[(\d+);(\d+)H([^\x1b]*)", data)
    assert "".join(f"\x1b[{y};{x}H{text}" for y, x, text in found) == data
    return {(int(x) - 1, int(y) - 1): text for y, x, text in found}


def test_in_the_mode_app_rows_go_out_as_they_are_seen() -> None:
    assert sent(in_mode(whole(TOP, BOTTOM))) == {(0, 0): TOP, (0, 1): BOTTOM}
    assert sent(in_mode(part(6, 0, "x"))) == {(6, 0): "x"}


def test_and_clicks_come_in_as_they_are() -> None:
    sent(in_mode(whole(TOP, BOTTOM)))
    assert [pointed_at(x, 0) for x in range(WIDTH)] == list(range(WIDTH))


def test_in_the_mode_override_each_rows_first_column_forces_the_order() -> None:
    use("override")
    assert sent(in_mode(whole(TOP, BOTTOM))) == {
        (0, 0): f"│{FORCE_ORDER}{TOP[1:]}",
        (0, 1): f"│{FORCE_ORDER}{BOTTOM[1:]}",
    }


def test_a_partial_update_forces_it_only_where_it_writes_that_column() -> None:
    use("override")
    sent(in_mode(whole(TOP, BOTTOM)))
    assert sent(in_mode(part(6, 0, "x"))) == {(6, 0): "x"}
    assert sent(in_mode(part(0, 1, "█"))) == {(0, 1): f"█{FORCE_ORDER}"}


def test_clicks_need_no_change_in_the_mode_override() -> None:
    use("override")
    sent(in_mode(whole(TOP, BOTTOM)))
    assert pointed_at(2, 0) == 2


def test_what_forces_the_order_stands_behind_the_marks_of_a_letter() -> None:
    marked = Strip([Segment("", PLAIN), Segment("ﺑ\u064e\u0651", PLAIN), Segment("ab", PLAIN)])
    forced = with_order_forced(marked)
    assert [segment.text for segment in forced] == ["", f"ﺑ\u064e\u0651{FORCE_ORDER}", "ab"]
    assert forced.cell_length == 3
    assert with_order_forced(strip_of("日a")).text == f"日{FORCE_ORDER}a"


def test_an_empty_row_forces_nothing() -> None:
    assert with_order_forced(Strip([], 0)).text == ""


TURNED_TOP = f"│{MARK}{BLANK}ﺳﻠ{JOINER}ﻢ{MARK} ab"


def test_in_the_mode_terminal_rows_go_out_turned_round() -> None:
    use("terminal")
    assert sent(in_mode(whole(TOP, BOTTOM))) == {(0, 0): TURNED_TOP, (0, 1): f"│{MARK} cd ﻛﻢ{MARK}"}


def test_a_row_in_which_something_has_changed_is_written_whole() -> None:
    use("terminal")
    sent(in_mode(whole(TOP, BOTTOM)))
    assert sent(in_mode(part(6, 0, "x"))) == {(0, 0): TURNED_TOP.replace("ab", "xb")}


def test_nothing_is_written_where_nothing_has_changed() -> None:
    use("terminal")
    sent(in_mode(whole(TOP, BOTTOM)))
    assert sent(in_mode(part(6, 0, "a"))) == {}
    assert sent(in_mode(whole(TOP, BOTTOM))) == {}


def test_a_click_comes_from_the_column_where_the_letter_was_written_and_means_the_one_where_it_is_seen() -> None:
    use("terminal")
    sent(in_mode(whole(TOP, BOTTOM)))
    assert [pointed_at(x, 0) for x in range(WIDTH)] == [0, 1, 4, 3, 2, 5, 6, 7]
    assert pointed_at(WIDTH, 0) == WIDTH
    assert pointed_at(2, 7) == 2


def test_clicks_go_by_the_row_as_it_is_now() -> None:
    use("terminal")
    sent(in_mode(whole(TOP, BOTTOM)))
    sent(in_mode(part(2, 0, "abc")))
    assert [pointed_at(x, 0) for x in range(WIDTH)] == list(range(WIDTH))


def test_an_update_that_is_never_written_changes_nothing() -> None:
    use("terminal")
    sent(in_mode(whole(TOP, BOTTOM)))
    in_mode(part(2, 0, "abc"))
    assert pointed_at(2, 0) == 4


def test_inside_tmux_no_joiner_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    use("terminal")
    assert sent(in_mode(whole(TOP)))[0, 0] == TURNED_TOP.replace(JOINER, "")


@pytest.mark.parametrize("terminal", ["konsole", "tmux-konsole"])
def test_konsole_gets_quotation_marks_as_they_are_seen(terminal: str) -> None:
    use("terminal", terminal)
    assert sent(in_mode(whole("│ ﻥ«ﻡ ab")))[0, 0] == f"│{MARK}{BLANK}ﻥ{MARK}«ﻡ{MARK} ab"
    use("terminal", "putty")
    assert sent(in_mode(whole("│ ﻥ«ﻡ ab")))[0, 0] == f"│{MARK}{BLANK}ﻡ»ﻥ{MARK} ab"


def test_another_mode_keeps_the_terminal_and_writes_everything_anew() -> None:
    use("terminal", "konsole")
    sent(in_mode(whole(TOP, BOTTOM)))
    use("app")
    assert bidi_modes.mode() == "app"
    assert sent(in_mode(whole(TOP, BOTTOM))) == {(0, 0): TOP, (0, 1): BOTTOM}
    use("terminal")
    assert sent(in_mode(whole("│ ﻥ«ﻡ ab")))[0, 0] == f"│{MARK}{BLANK}ﻥ{MARK}«ﻡ{MARK} ab"


@pytest.mark.parametrize("mode", BIDI_MODES)
def test_what_is_no_update_of_the_screen_is_left_alone(mode: BidiMode) -> None:
    use(mode)
    text = Text("a")
    assert in_mode(text) is text
    assert in_mode(None) is None
    tight = TightUpdate([{0: strip_of(TOP)}], [(0, 0, WIDTH)], [[WIDTH]])
    assert in_mode(tight) is tight


def test_a_row_of_which_only_a_part_is_known_is_blank_elsewhere() -> None:
    use("terminal")
    SHOWN.forget()
    assert sent(in_mode(part(6, 0, "x"))) == {(0, 0): "      x"}
