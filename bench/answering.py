"""Labelling a page in the annotator with suggestions: going through it, and accepting at once what is right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from annotator.model.schema import Schema
from annotator.services.project import Project
from annotator.tui.app import AnnotatorApp
from bench.comparing import Problem
from bench.hands import SIZE, SPANS, Hands, Pressed
from bench.reference import Reference
from bench.solving import Solver


MOST_PROBLEMS = 300

Bulk = Literal["", "y", ";y"]
"""What is accepted at once: nothing, all page furniture, all."""

Way = tuple[Bulk, Bulk]
"""What is accepted at once before, and behind, going through the page."""

ALL_AT_ONCE: tuple[Way, ...] = (("", ";y"), (";y", ""))
ONE_BY_ONE: tuple[Way, ...] = (("", "y"), ("y", ""), ("", ""))
"""Those by which every claim and every source is answered by itself."""

WAYS = (*ALL_AT_ONCE, *ONE_BY_ONE)

AT_ONCE = "accept at once"


@dataclass
class Answered:
    """What was pressed.

    Attributes:
        pressed: All of it.
        costs: How many keys each thing took that was to be done.
        pending: How many suggestions wait at the end.
    """

    pressed: Pressed
    costs: Counter[str] = field(default_factory=Counter)
    pending: int = 0


class TooManyKeysError(Exception):
    """A way takes more keys than were allowed."""


async def answer(
    project: Project, annotator: str, document_id: int, reference: Reference, way: Way, most: int | None = None
) -> Answered:
    """Answer what is suggested for a document, and label the rest, until it holds what a reference wants.

    Args:
        project: Where the document is.
        annotator: Who works.
        document_id: The document's row.
        reference: What is wanted.
        way: One of WAYS.
        most: The most keys.

    Raises:
        RuntimeError: A key did not lead where it should.
        TooManyKeysError: It takes more keys.
    """
    app = AnnotatorApp(project, annotator, document_id)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        hands = Hands(app)
        answerer = _Answerer(hands, reference, most)
        before, behind = way
        await answerer.accept_at_once(before)
        await answerer.go_through(behind)
        if behind:
            await answerer.accept_at_once(behind)
            await answerer.go_through("")
        return Answered(hands.pressed, answerer.costs, len(hands.desk.session.pending.suggestions))


class _Answerer:
    def __init__(self, hands: Hands, reference: Reference, most: int | None) -> None:
        self._hands, self._most = hands, most
        self._solver = Solver(hands, reference)
        self.costs = Counter[str]()

    async def accept_at_once(self, bulk: Bulk) -> None:
        session = self._hands.desk.session
        labels = labels_of(bulk, session.schema)
        if any(one.label in labels for one in session.pending.suggestions):
            self._hands.part = SPANS
            await self._hands.press(*bulk)
            self.costs[AT_ONCE] += len(bulk)

    async def go_through(self, behind: Bulk) -> None:
        """Solve problem after problem; what is accepted at once in the end is left."""
        left = labels_of(behind, self._hands.desk.session.schema)
        for _ in range(MOST_PROBLEMS):
            problems = self._solver.compared().problems(left)
            if not problems:
                return
            problem = min(problems, key=self._urgency)
            before = len(self._hands.pressed.keys)
            await self._solver.solve(problem)
            self.costs[described(problem)] += len(self._hands.pressed.keys) - before
            if self._most is not None and len(self._hands.pressed.keys) > self._most:
                raise TooManyKeysError
            if problem in self._solver.compared().problems(left):
                raise RuntimeError(f"still there: {problem}")
        raise RuntimeError("there is no end of problems")

    def _urgency(self, problem: Problem) -> tuple[bool, bool, int]:
        """What is at hand first, then in the order of the text from here, then from its start."""
        desk = self._hands.desk
        ids = {item.annotation.id for item in problem.items}
        if problem.relation is not None:
            ids |= {problem.relation.head, problem.relation.tail}
        if problem.link is not None:
            ids |= {one.id for end in problem.link[1:] if (one := self._hands.annotation(end)) is not None}
        return desk.focused not in ids, problem.place < desk.cursor, problem.place


def labels_of(bulk: Bulk, schema: Schema) -> frozenset[str]:
    """The labels whose suggestions are accepted at once."""
    match bulk:
        case "y":
            return schema.furniture()
        case ";y":
            return frozenset(label.id for label in schema.labels)
    return frozenset()


def described(problem: Problem) -> str:
    """A problem in words: what is to be done with which label where."""
    if problem.target is not None:
        what = problem.kind if problem.kind != "label" else ("mend" if problem.items else "missed")
        return f"{what} {problem.target.label} {problem.target.start}–{problem.target.end}"
    if problem.link is not None:
        return f"relate {problem.link[1].start} to {problem.link[2].start}"
    if problem.items:
        one = problem.items[0].annotation
        return f"{problem.kind} {one.label} {one.start}–{one.end}"
    return f"{problem.kind} at {problem.place}"
