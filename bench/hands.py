"""Hands at the annotator's screen: they press keys, which are counted, and find the shortest way to what they want.

The screen is the real one, without a terminal; what it was sent can be sent to the program on a terminal afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from textual import events
from textual.keys import _character_to_key

from annotator.model.annotation import Annotation, Relation
from annotator.text.navigation import Span
from annotator.tui.app import AnnotatorApp
from annotator.tui.desk import Desk
from annotator.tui.screens.annotate import AnnotateScreen
from bench.planning import FEW, MOST, is_chosen, reach, way_to, way_to_end, way_to_select
from bench.reference import Target
from bench.steps import JUMP_COST, MOVES, PLAIN_MOVES, Jump, Means, Search, Step, Steps, length


SIZE = (100, 30)

NAMED = {"space": " ", "enter": "\r", "escape": "\x1b"}
"""Keys with a name that come with a character."""

PARTS = SPANS, RELATIONS, ATTRIBUTES = "spans", "relations", "attributes"


@dataclass
class Pressed:
    """What was pressed.

    Attributes:
        keys: Every key in order, by Textual's names.
        counts: How many of them for each of PARTS.
        plain: How many the spans would take whoever moves by words, letters and pages only.
    """

    keys: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    plain: int = 0


class Hands:
    """Hands at the screen of an app on which a document is open.

    Attributes:
        desk: What they work at.
        part: What the next keys are for, one of PARTS.
        pressed: What they have pressed.
    """

    def __init__(self, app: AnnotatorApp) -> None:
        assert isinstance(app.screen, AnnotateScreen)
        self._screen = app.screen
        self.desk: Desk = app.screen.desk
        self.part = SPANS
        self.pressed = Pressed()

    def means(self, *, plain: bool = False) -> Means:
        """What there is to move with now."""
        view = self._screen.main
        rows = frozenset(view.rows_in_sight)
        page = max(view.size.height - 2, 1)
        return Means(PLAIN_MOVES, rows, page) if plain else Means(MOVES, rows, page, tabs=True)

    async def press(self, *keys: str) -> None:
        """Press keys, by Textual's names."""
        self.pressed.keys += keys
        self.pressed.counts[self.part] += len(keys)
        for key in keys:
            await self._screen.take(key_event(key))

    async def take(self, steps: Iterable[Step]) -> None:
        """Press the keys of steps."""
        for step in steps:
            match step:
                case Jump(offset):
                    await self.press("'")
                    await self.press(*self._letters(lambda place, wanted=offset: place == wanted))
                case Search(needle):
                    await self.press("/", *needle, "enter")
                case _:
                    await self.press(step)

    def _letters(self, is_wanted: Callable[[int], bool]) -> str:
        letters = next((hint.letters for hint in self._screen.hints if is_wanted(hint.offset)), None)
        if letters is None:
            raise RuntimeError("no hint stands where it is wanted")
        return letters

    # Selecting

    async def select(self, span: Span, *, counts_plain: bool = False) -> None:
        """Select a span.

        Args:
            span: What to select.
            counts_plain: Whether to find out how many keys it takes with plain moves, too.

        Raises:
            RuntimeError: The way that was found did not lead there.
        """
        desk = self.desk
        await self.bring_into_sight(span[0])
        plain = way_to_select(desk, span, self.means(plain=True)) if counts_plain else None
        steps = way_to_select(desk, span, self.means())
        if steps is None:
            steps = await self._mark_start(span)
        self.pressed.plain += length(plain or steps) + 1
        await self.take(steps)
        if not is_chosen(desk, span):
            raise RuntimeError(f"{steps} did not select {span} but {desk.selection.span}")

    async def _mark_start(self, span: Span) -> Steps:
        """Set a mark at the start of a long span and turn pages until its end is in sight.

        Returns:
            The rest of the way.
        """
        way = way_to(self.desk, span[0], self.means(), most=MOST)
        if way is None:
            raise RuntimeError(f"no way to {span[0]}")
        await self.take((*way, "m"))
        await self.bring_into_sight(span[1] - 1)
        rest = way_to_end(self.desk, span, self.means(), most=MOST)
        if rest is None:
            raise RuntimeError(f"no way to the end of {span}")
        return rest

    async def bring_into_sight(self, offset: int) -> None:
        """Turn pages forwards, unless the way to a place is as short as a page key and a jump."""
        while offset > self.desk.cursor:
            means = self.means()
            if means.sees(self.desk, offset) or way_to(self.desk, offset, means, most=1 + JUMP_COST) is not None:
                return
            await self.press("pagedown")

    # Relating

    async def relate(self, kind: str, other: Target, head: Target, tail: Target) -> None:
        """Relate the annotation that is meant here to another one.

        Raises:
            RuntimeError: They are not related then.
        """
        await self.press("a")
        await self.press(*self._letters(lambda offset: other.start <= offset < other.end))
        ends = [self.annotation(head), self.annotation(tail)]
        relations = self.desk.session.state.values.values()
        found = [(one.label, one.head, one.tail) for one in relations if isinstance(one, Relation)]
        if (kind, *(end.id for end in ends if end)) not in found:
            raise RuntimeError(f"{head} was not related to {tail}")

    def annotation(self, target: Target) -> Annotation | None:
        """The annotation of a span that is wanted, whatever its attributes."""
        wanted = target.start, target.end, target.label
        annotations = self.desk.session.state.annotations
        return next((one for one in annotations if (one.start, one.end, one.label) == wanted), None)

    # Finding

    async def find(self, is_there: Callable[[Desk], bool], offset: int) -> Steps:
        """The shortest way after which a desk is as wanted; pages are turned to a place that is far away.

        Raises:
            RuntimeError: There is none.
        """
        for _turn in range(MOST):
            way = self.way(is_there, offset)
            if way is not None:
                return way
            await self.press("pagedown" if offset > self.desk.cursor else "pageup")
        raise RuntimeError(f"no way to {offset}")

    def way(self, is_there: Callable[[Desk], bool], offset: int, desk: Desk | None = None) -> Steps | None:
        """The shortest way after which a desk is as wanted, near a place; only a short one to what is out of sight."""
        desk = desk or self.desk
        near = range(max(offset - NEAR, 0), offset + NEAR)
        found = reach(desk, is_there, near, self.means(), most=self.most_to(offset, desk))
        return None if found is None else found[0]

    def most_to(self, offset: int, desk: Desk) -> int:
        """The most keys that are thought of on the way to a place: fewer where it is out of sight."""
        is_folded = desk.layout.fold_at(desk.layout.paragraph_at(offset)) is not None
        return MOST if self.means().sees(desk, offset) and not is_folded else FEW


NEAR = 16
"""Characters on both sides of a place whose words are worth a jump on the way there."""


def key_event(key: str) -> events.Key:
    """What a terminal's key is to Textual: a character, or one of its names."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, NAMED.get(key))
