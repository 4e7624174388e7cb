"""What a reviewer who knows the truth wants of each item, and the keys that lead there."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Sequence

from annotator.agreement.items import Item, Link, Vote, content
from annotator.agreement.joining import likeness
from annotator.agreement.kinds import spans_agree
from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState
from annotator.tui.desk import Edge
from annotator.tui.review_desk import ReviewDesk
from tests.terminal.pty_program import ENTER, LEFT, RIGHT


MOVES = {b"w": "next_word", b"W": "previous_word", LEFT: "left", RIGHT: "right"}
MOST_MOVES = 6
NOTHING = b"x"

Keys = list[bytes]


def wanted_votes(items: Sequence[Item], truth: AnnotationState) -> dict[str, Vote]:
    """What the truth has in each item, by its key, as if it had voted; what nobody has marked is in none."""
    home = {true.id: item for true in truth.annotations if (item := _home(items, true)) is not None}
    agreed = {item.key: spans_agree([vote.annotations for vote in item.votes]) for item in items}
    links: dict[str, list[Link]] = {}
    for relation in truth.relations:
        head, tail = home.get(relation.head), home.get(relation.tail)
        if head is not None and tail is not None:
            is_at_tail = agreed[head.key] and not agreed[tail.key]
            owner, other = (tail, head) if is_at_tail else (head, tail)
            link = Link(relation.id, relation.label, relation.head, relation.tail, relation.attributes, other.key)
            links.setdefault(owner.key, []).append(link)
    return {
        item.key: Vote(
            "truth",
            tuple(true for true in truth.annotations if home.get(true.id) is item),
            tuple(links.get(item.key, ())),
        )
        for item in items
    }


def _home(items: Sequence[Item], true: Annotation) -> Item | None:
    """The item that a true annotation belongs to: the one with the annotation that is most like it."""

    def alike(item: Item) -> float:
        marked = [one for vote in item.votes for one in vote.annotations]
        return max((_alike(true, one) for one in marked), default=0)

    best = max(items, key=alike, default=None)
    return best if best is not None and alike(best) else None


def _alike(one: Annotation, other: Annotation) -> float:
    shared = likeness(one, other)
    return shared + (one.label == other.label) / 2 if shared else 0


def the_key(desk: ReviewDesk, wanted: Vote) -> bytes:
    """The one key that decides the item of a desk as it is wanted; b"" where no version is right."""
    right = [number for number, version in enumerate(desk.versions, 1) if content(version.votes[0]) == content(wanted)]
    if right:
        return ENTER if right == [desk.starred] else str(right[0]).encode()
    return b"" if wanted.annotations else NOTHING


def closest(desk: ReviewDesk, wanted: Vote) -> int:
    """The number of the version that takes the fewest changes."""

    def alike(number: int) -> float:
        marked = desk.versions[number - 1].annotations
        likenesses = [max((_alike(true, one) for one in marked), default=0) for true in wanted.annotations]
        is_same = content(desk.versions[number - 1].votes[0])[0] == content(wanted)[0]
        return sum(likenesses) - abs(len(marked) - len(wanted.annotations)) + is_same

    return max(range(1, len(desk.versions) + 1), key=lambda number: (alike(number), number == desk.starred))


def is_as_wanted(desk: ReviewDesk, wanted: Vote) -> bool:
    """Whether the gold of the item of a desk is what is wanted, but for relations."""
    return desk.item is not None and content(Vote("gold", desk.session.gold_of(desk.item)))[0] == content(wanted)[0]


def edge_keys(desk: ReviewDesk, edge: Edge, offset: int) -> Keys:
    """The keys that move an edge of the focused gold, which is settled already, to a place and keep it there.

    Raises:
        LookupError: A few moves do not lead there.
    """
    desk.start_edge(edge)
    ways: deque[tuple[Keys, ReviewDesk]] = deque([([], desk)])
    while ways:
        keys, here = ways.popleft()
        span = here.view().state.annotation(here.focused or "")
        if span is not None and (span.start if edge == "start" else span.end) == offset:
            return [b"[" if edge == "start" else b"]", *keys, ENTER]
        if len(keys) < MOST_MOVES:
            for key, where in MOVES.items():
                there = copy.copy(here)
                there.move(where)
                if there.cursor != here.cursor:
                    ways.append(([*keys, key], there))
    raise LookupError(f"no way to {offset}")


def attribute_keys(desk: ReviewDesk, gold: Annotation, wanted: Annotation) -> Keys:
    """The keys that mend the first wrong attribute of the focused gold; where they are three, a menu stays open."""
    label = desk.session.schema.label(gold.label)
    assert label is not None
    present, right = dict(gold.attributes), dict(wanted.attributes)
    number, attribute = next(
        (number, one) for number, one in enumerate(label.attributes, 1) if present[one.id] != right[one.id]
    )
    value = str(attribute.values.index(right[attribute.id]) + 1).encode()
    if len(label.attributes) == 1 and not desk.session.state.relations_of(gold.id):
        return [ENTER, value]
    return [ENTER, str(number).encode(), value]
