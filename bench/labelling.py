"""Labelling a page in the annotator by the keys that `bench.planning` finds, and counting them.

The screen is the real one, without a terminal; what it was sent can be sent to the program on a terminal afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from textual import events
from textual.keys import _character_to_key

from annotator.model.annotation import Annotation, Relation
from annotator.services.project import Project
from annotator.text.navigation import Span
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.annotate import AnnotateScreen
from bench.planning import MOST, is_chosen, way_to, way_to_end, way_to_select
from bench.reference import Reference, Target
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


async def label(project: Project, annotator: str, document_id: int, reference: Reference) -> Pressed:
    """Label a document until it holds what a reference wants.

    Raises:
        RuntimeError: A key did not lead where it should.
    """
    app = AnnotatorApp(project, annotator, document_id)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        labeller = _Labeller(app, reference)
        for target in reference.targets:
            await labeller.label(target)
        return labeller.pressed


class _Labeller:
    def __init__(self, app: AnnotatorApp, reference: Reference) -> None:
        assert isinstance(app.screen, AnnotateScreen)
        self._screen = app.screen
        self._desk = app.screen.desk
        self._reference = reference
        self._part = SPANS
        self.pressed = Pressed()

    async def label(self, target: Target) -> None:
        """Label one span, give it its attributes, and relate it to what is labelled already."""
        schema = self._desk.session.schema
        label = schema.label(target.label)
        assert label is not None
        self._part = SPANS
        await self._select((target.start, target.end))
        await self._press(label.key)
        self._part = ATTRIBUTES
        await self._press(*attribute_keys(target, {one.id: (one.values, one.default) for one in label.attributes}))
        self._part = RELATIONS
        for kind, head, tail in self._reference.links:
            other = {head: tail, tail: head}.get(target)
            if other is not None and self._annotation(other) is not None:
                await self._relate(kind, other, head, tail)

    # Selecting

    async def _select(self, span: Span) -> None:
        desk = self._desk
        await self._bring_into_sight(span[0])
        plain = way_to_select(desk, span, self._means(plain=True))
        steps = way_to_select(desk, span, self._means())
        if steps is None:
            steps = await self._mark_start(span)
        self.pressed.plain += length(plain or steps) + 1
        await self._take(steps)
        if not is_chosen(desk, span):
            raise RuntimeError(f"{steps} did not select {span} but {desk.selection.span}")

    async def _mark_start(self, span: Span) -> Steps:
        """Set a mark at the start of a long span and turn pages until its end is in sight.

        Returns:
            The rest of the way.
        """
        way = way_to(self._desk, span[0], self._means(), most=MOST)
        if way is None:
            raise RuntimeError(f"no way to {span[0]}")
        await self._take((*way, "m"))
        await self._bring_into_sight(span[1] - 1)
        rest = way_to_end(self._desk, span, self._means(), most=MOST)
        if rest is None:
            raise RuntimeError(f"no way to the end of {span}")
        return rest

    async def _bring_into_sight(self, offset: int) -> None:
        """Turn pages forwards, unless the way to a place is as short as a page key and a jump."""
        while offset > self._desk.cursor:
            means = self._means()
            if means.sees(self._desk, offset) or way_to(self._desk, offset, means, most=1 + JUMP_COST) is not None:
                return
            await self._press("pagedown")

    def _means(self, *, plain: bool = False) -> Means:
        view = self._screen.main
        rows = frozenset(view.rows_in_sight)
        return Means(PLAIN_MOVES if plain else MOVES, rows, max(view.size.height - 2, 1))

    # Relating

    async def _relate(self, kind: str, other: Target, head: Target, tail: Target) -> None:
        await self._press("a")
        here = [hint for hint in self._screen.hints if other.start <= hint.offset < other.end]
        if not here:
            raise RuntimeError(f"no hint for {other}")
        await self._press(*here[0].letters)
        ends = [self._annotation(head), self._annotation(tail)]
        values = self._desk.session.state.values.values()
        found = [(one.label, one.head, one.tail) for one in values if isinstance(one, Relation)]
        if (kind, *(end.id for end in ends if end)) not in found:
            raise RuntimeError(f"{head} was not related to {tail}")

    def _annotation(self, target: Target) -> Annotation | None:
        """The annotation of a span that is wanted."""
        wanted = target.start, target.end, target.label
        annotations = self._desk.session.state.annotations
        return next((one for one in annotations if (one.start, one.end, one.label) == wanted), None)

    # Pressing

    async def _take(self, steps: Iterable[Step]) -> None:
        for step in steps:
            match step:
                case Jump(offset):
                    await self._press("'")
                    letters = next(hint.letters for hint in self._screen.hints if hint.offset == offset)
                    await self._press(*letters)
                case Search(needle):
                    await self._press("/", *needle, "enter")
                case _:
                    await self._press(step)

    async def _press(self, *keys: str) -> None:
        self.pressed.keys += keys
        self.pressed.counts[self._part] += len(keys)
        for key in keys:
            await self._screen.take(key_event(key))


def key_event(key: str) -> events.Key:
    """What a terminal's key is to Textual: a character, or one of its names."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, NAMED.get(key))


def attribute_keys(target: Target, domains: Mapping[str, tuple[tuple[str, ...], str]]) -> list[str]:
    """The keys that give a focused annotation without relations its attributes.

    Args:
        target: What is wanted.
        domains: The attributes of its label, in order: the values, and the default.
    """
    names = list(domains)
    keys: list[str] = []
    for name, value in target.attributes:
        values, default = domains[name]
        if value != default:
            choice = str(values.index(value) + 1)
            keys += [choice] if len(names) == 1 else [str(names.index(name) + 1), choice]
    if not keys:
        return []
    return ["enter", *keys] if len(names) == 1 else ["enter", *keys, "escape"]
