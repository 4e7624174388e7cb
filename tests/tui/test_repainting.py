"""Only what changes is written again, and after any keys the terminal shows what a full repaint would."""

from __future__ import annotations

import random

import pyte
import pytest
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.app import App

from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running, strips
from tests.tui.texts import PAGE


MOVES = ("left", "right", "up", "down", "home", "end", "w", "W", "w", "down", "pagedown", "pageup", "comma", "minus")
SELECTIONS = ("space", "space", "backspace", "m", "shift+left", "shift+down", "escape", "escape")
CHANGES = ("c", "s", "b", "r", ".", "c", "s", "x", "*", "u", "U", "u", "[", "]", "enter", "d")
FOCUS = ("tab", "shift+tab", "tab", "tab", "z", "N", "P", "ctrl+home", "ctrl+end")
HINTS = ("'", "a", "f", "j", "d", "escape")
KEYS = (*MOVES, *SELECTIONS, *CHANGES, *FOCUS, *HINTS)


Cells = list[list[pyte.screens.Char]]


class Terminal:
    """What a terminal shows of the updates that an app writes, whole ones and partial ones."""

    def __init__(self, app: AnnotatorApp) -> None:
        self.written = 0
        self.resize(*app.size)
        for y, strip in enumerate(strips(app)):
            self.write(Control.move_to(0, y).segment.text + strip.render(app.console))

    def resize(self, columns: int, lines: int) -> None:
        """Take another size, with nothing on the screen."""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)

    def write(self, text: str) -> None:
        """Show what is written."""
        self.written += len(text.encode())
        self._stream.feed(text)

    def cells(self) -> Cells:
        """All cells with their looks."""
        return [[self.screen.buffer[y][x] for x in range(self.screen.columns)] for y in range(self.screen.lines)]


@pytest.fixture
def terminals(monkeypatch: pytest.MonkeyPatch) -> dict[App[None], Terminal]:
    """The terminals of apps that run without one."""
    found: dict[App[None], Terminal] = {}

    def display(app: App[None], screen: object, renderable: object) -> None:
        if app in found and isinstance(renderable, CompositorUpdate):
            found[app].write(renderable.render_segments(app.console))

    monkeypatch.setattr(App, "_display", display)
    return found


async def stale(hands: Hands, terminal: Terminal) -> list[tuple[int, int, object, object]]:
    """The cells, by column and row, that a terminal shows otherwise than after a full repaint, with both looks."""
    shown = terminal.cells()
    for widget in (hands.app.screen, *hands.app.screen.walk_children()):
        widget.refresh()
    await hands.settled()
    both = enumerate(zip(shown, Terminal(hands.app).cells(), strict=True))
    pairs = [(x, y, *cells) for y, rows in both for x, cells in enumerate(zip(*rows, strict=True))]
    return [found for found in pairs if found[2] != found[3]]


@pytest.fixture
def app(make_project: ProjectMaker, import_record: RecordImporter) -> AnnotatorApp:
    """A page with claims in claims, sources, relations and furniture."""
    project = make_project()
    sentence = "قالت وزيرة النقل سلمى حداد إن الجسر سيخدم عشرين ألف سيارة كل يوم."
    import_record(
        project,
        PAGE,
        ("outer", "claim", sentence),
        ("inner", "claim", "الجسر سيخدم"),
        ("minister", "source", "وزيرة النقل سلمى حداد"),
        ("head", "source", "رئيس البلدية"),
        ("other", "claim", "العمل انتهى"),
        ("top", "boilerplate", PAGE[: PAGE.index("\n\n")]),
        relations=(("inner", "minister"), ("outer", "minister"), ("other", "head")),
    )
    return AnnotatorApp(project, "me", 1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [(80, 14), (130, 40)])
async def test_what_is_seen_is_what_there_is(
    app: AnnotatorApp, terminals: dict[App[None], Terminal], seed: int, size: tuple[int, int]
) -> None:
    choose = random.Random(seed)
    async with running(app, size=size) as hands:
        terminal = terminals[app] = Terminal(app)
        await hands.press("/", *"ال", "enter")
        for step in range(9):
            keys = choose.choices(KEYS, k=5)
            await hands.press(*keys)
            if step % 4 == 3:
                columns, lines = (now + choose.choice((-3, 4, 9)) for now in app.size)
                terminal.resize(columns, lines)
                await hands.resize(columns, lines)
            assert await stale(hands, terminal) == [], keys


SCRIPT = (
    *("z", "/", *"كلفته", "enter", "c", "u", "U", "s", "left", "x", "'", "escape", "'", "f", "space", "c", "left"),
    *("/", *"الأرضية", "enter", "c", "left", "b", "r", "tab", "tab", "shift+tab", "a", "escape", "a", "f", "u"),
    *("ctrl+home", "z", "ctrl+end", "z", "shift+tab", "]", "W", "enter", "down", "escape", "m", "up", "*", "u"),
)


async def test_after_every_key_the_terminal_shows_what_a_full_repaint_would(
    app: AnnotatorApp, terminals: dict[App[None], Terminal]
) -> None:
    async with running(app, size=(90, 30)) as hands:
        terminal = terminals[app] = Terminal(app)
        for number, key in enumerate(SCRIPT):
            await hands.press(key)
            assert await stale(hands, terminal) == [], SCRIPT[: number + 1]


async def written_by(hands: Hands, terminal: Terminal, *keys: str) -> int:
    """How many bytes the document costs for some keys."""
    before = terminal.written
    await hands.press(*keys)
    return terminal.written - before


async def test_a_move_inside_a_row_writes_two_cells(make_app: AppMaker, terminals: dict[App[None], Terminal]) -> None:
    app = make_app(PAGE)
    async with running(app, size=(100, 30)) as hands:
        terminal = terminals[app] = Terminal(app)
        await hands.press("down", "left", "left")
        assert await written_by(hands, terminal, "left") <= 200


async def test_an_edit_writes_only_what_changed_of_margins_and_overview(
    app: AnnotatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(app, size=(100, 30)) as hands:
        await hands.press("z", "ctrl+end", "W", "W")
        regions: list[object] = []
        refresh = hands.screen.main.refresh
        monkeypatch.setattr(
            hands.screen.main, "refresh", lambda *some, **options: (regions.extend(some), refresh(*some, **options))
        )
        await hands.press("c")
        assert regions
        assert sum(region.area for region in regions) < 40  # type: ignore[attr-defined]
        regions.clear()
        await hands.press("left", "escape")
        rows = {region.x for region in regions if region.x < 2}  # type: ignore[attr-defined]
        assert rows == set()


@pytest.mark.parametrize("document", [1, None])
async def test_ctrl_l_draws_over_whatever_else_was_written_there(
    make_app: AppMaker, terminals: dict[App[None], Terminal], document: int | None
) -> None:
    app = make_app(PAGE, document=document)
    async with running(app) as hands:
        terminal = terminals[app] = Terminal(app)
        wanted = terminal.cells()
        terminal.write("\x1b[H" + "You have new mail. " * 80)
        assert terminal.cells() != wanted
        await hands.press("ctrl+l")
        assert terminal.cells() == wanted
