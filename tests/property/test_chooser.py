"""A menu shows the rows that fit, the current line among them, whatever is pressed."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.geometry import Size

from annotator.tui.palette import Palette
from annotator.tui.steps import Item, Menu
from annotator.tui.widgets.chooser import MOST_ROWS, Chooser
from tests.support.model import SCHEMA


PALETTE = Palette(SCHEMA, 1 << 24)
MOVES = ("up", "down", "pageup", "pagedown", "home", "end")
NARROWINGS = ("", "1", "11", "line", "none of them")
WIDTH = 40


class Alone(Chooser):
    """A chooser without an app, on a screen of some height."""

    def __init__(self, height: int) -> None:
        super().__init__(PALETTE)
        self.window = Size(WIDTH, height)

    @property
    def screen(self) -> SimpleNamespace:  # type: ignore[override]
        return SimpleNamespace(size=self.window)

    @property
    def size(self) -> Size:
        assert self.styles.height is not None
        return Size(WIDTH, int(self.styles.height.value))

    def drawn(self) -> list[tuple[str, bool]]:
        """The text of each line below the title, and whether it looks like the current one."""
        strips = [self.render_line(y) for y in range(1, self.size.height)]
        ground = PALETTE.selection.bgcolor
        return [
            (strip.text.strip(), any(part.style is not None and part.style.bgcolor == ground for part in strip))
            for strip in strips
        ]


def menu_of(count: int, current: int, *, is_searched: bool) -> Menu:
    items = tuple(Item(f"line {number}", lambda: "") for number in range(count))
    return Menu("title", items, current, is_searched=is_searched)


menus = st.integers(1, 40).flatmap(
    lambda count: st.builds(menu_of, st.just(count), st.integers(0, count - 1), is_searched=st.booleans())
)
steps = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(MOVES)),
    st.tuples(st.just("narrow"), st.sampled_from(NARROWINGS)),
    st.tuples(st.just("resize"), st.integers(1, 60)),
)


@settings(deadline=None, max_examples=100)
@given(menus, st.integers(1, 60), st.lists(steps, max_size=20))
def test_the_rows_are_those_that_fit_and_the_current_line_is_one_of_them(
    menu: Menu, height: int, taken: list[tuple[str, str | int]]
) -> None:
    chooser, words = Alone(height), ""
    chooser.open(menu)
    for kind, value in (("press", "f5"), *taken):
        if kind == "press":
            chooser.press(events.Key(str(value), None))
        elif kind == "narrow":
            words = str(value)
            chooser.narrow(words)
        else:
            chooser.window = Size(WIDTH, int(value))
            chooser.fit()
        found = [item for item in menu.items if words in item.text]
        drawn = chooser.drawn()
        assert len(drawn) == max(min(len(found), MOST_ROWS, chooser.window.height - 6), 1)
        assert all(text for text, _ in drawn) == bool(found)
        chosen = chooser.press(events.Key("enter", "\r"))
        assert (chosen in found) if found else chosen is None
        assert [text for text, is_current in drawn if is_current] == ([chosen.text] if chosen else [])


@settings(deadline=None, max_examples=100)
@given(menus, st.lists(st.sampled_from(MOVES), max_size=20))
def test_arrows_go_line_by_line_and_pages_stay_within_the_menu(menu: Menu, keys: list[str]) -> None:
    chooser, here, last = Alone(20), menu.current, len(menu.items) - 1
    chooser.open(menu)
    page = max(len(chooser.drawn()) - 1, 1)
    steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}
    for key in keys:
        chooser.press(events.Key(key, None))
        here = max(0, min(here + steps[key], last))
        assert chooser.press(events.Key("enter", "\r")) == menu.items[here]
