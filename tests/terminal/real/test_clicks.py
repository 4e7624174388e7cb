"""A click selects the letter that the terminal draws there: in real terminals, each also around a tmux."""

from __future__ import annotations

import pytest

from tests.terminal.real.display import PIXEL, XDisplay
from tests.terminal.real.terminals import TERMINALS, missing
from tests.terminal.real.trial import ROWS, Trial, trial


REORDERING = ("VTE", "mlterm")
"""Terminals that reorder by themselves where nobody asks them not to."""


def need(*names: str) -> None:
    if reason := missing(*names):
        pytest.skip(reason)


@pytest.mark.parametrize("terminal", TERMINALS)
def test_a_click_goes_to_what_is_drawn_there(display: XDisplay, terminal: str) -> None:
    need(terminal)
    with trial(display, terminal) as running:
        assert len(running.places) > 800
        assert running.misses(running.places[::10]) == []


@pytest.mark.parametrize("terminal", TERMINALS)
def test_around_tmux_too(display: XDisplay, terminal: str) -> None:
    need(terminal, "tmux")
    with trial(display, terminal, in_tmux=True) as running:
        assert running.misses(running.places[::10]) == []


def test_around_tmux_every_row_looks_as_without(display: XDisplay) -> None:
    need("VTE", "tmux")  # it alone keeps for each row whether to reorder it
    with trial(display, "VTE") as running:
        alone = picture(running)
    with trial(display, "VTE", in_tmux=True) as running:
        around = picture(running)
    # The last row says that around tmux the order is forced.
    assert [y for y in range(ROWS - 1) if difference(alone[y], around[y]) > 0.02] == []


def picture(running: Trial) -> list[bytes]:
    """Each row of the screen, its pixels 1 where they are bright and 0 elsewhere; the cursor at a known place."""
    assert running.misses(running.places[:1]) == []
    pixels = b"".join(line[1::PIXEL] for line in running.window.pixels)
    length = len(pixels) // ROWS
    return [bytes(green > 127 for green in pixels[y * length : (y + 1) * length]) for y in range(ROWS)]


def difference(one: bytes, other: bytes) -> float:
    """In which share of its pixels a row differs."""
    return sum(pixel != there for pixel, there in zip(one, other, strict=True)) / len(one)


@pytest.mark.parametrize("terminal", REORDERING)
def test_a_terminal_that_nobody_asked_not_to_reorder_is_found_out(display: XDisplay, terminal: str) -> None:
    need(terminal)
    with trial(display, terminal, asked=False) as running:
        chosen = running.places[5::150]
        assert len(running.misses(chosen, patience=0.3)) > len(chosen) // 2


@pytest.mark.parametrize("mode", ["override", "terminal"])
def test_where_a_terminal_cannot_be_asked_another_mode_is_as_good(display: XDisplay, mode: str) -> None:
    need("VTE")
    with trial(display, "VTE", asked=False, options=["--bidi", mode]) as running:
        assert running.misses(running.places[5::25]) == []
