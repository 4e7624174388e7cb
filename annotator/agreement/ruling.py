"""What rulings make of the gold: one operation on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.agreement.decisions import Ledger, Ruling, gold_by_item, vote_of
from annotator.agreement.items import Item, Link
from annotator.agreement.joining import likeness
from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Attributes, DocumentLabel, Relation, Slot, Value
from annotator.model.operations import Change, Operation, apply
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.model.validation import check_overlap, check_relation


BY_HAND = ("edit", "add")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rulings come to: one operation on the gold, and the ids of the values that stand for each ruling then."""

    operation: Operation
    gold: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A relation of a taken version between gold annotations.

    Attributes:
        ruling: The number of the ruling that it is recorded with.
        is_owned: Whether that is about the item that decides about it.
        is_due: Whether the gold gets it where it lacks it, because of what is decided now; else a reviewer has removed
            it by hand.
    """

    ruling: int
    attributes: Attributes
    is_owned: bool
    is_due: bool


Ends = tuple[str, str, str]
"""Type, head and tail of a relation."""


def rule(  # all that a decision depends on
    state: AnnotationState,
    schema: Schema,
    items: Sequence[Item],
    ledger: Ledger,
    rulings: Sequence[Ruling],
    new_id: Callable[[], str],
) -> Outcome:
    """Carry rulings out on the gold of a document.

    What stood for the items gives way to the taken versions; gold keeps its id where it overlaps what takes its place.
    A relation of a taken version comes in as soon as the gold holds both its ends, and goes when one of them is decided
    without it. Relations that a reviewer made by hand about other items stay as long as the schema allows them.

    Args:
        state: The gold so far.
        schema: The project's schema.
        items: All items of the document.
        ledger: The decisions in force.
        rulings: At most one for each item.
        new_id: Makes ids for gold.

    Raises:
        OperationError: An item is not as it was when it was ruled on, or the schema does not allow a taken annotation
            beside the gold of other items.
    """
    gold = gold_by_item(state, items, ledger)
    if any(ruling.item.key not in gold for ruling in rulings):
        raise OperationError("this document was changed in another window")
    values = dict(state.values)
    touched: set[str] = set()
    made: list[list[str]] = []
    for ruling in rulings:
        before, after = gold[ruling.item.key], _taken(ruling, gold[ruling.item.key], new_id)
        for one in before:
            del values[one.slot]
        values |= {one.slot: one for one in after}
        touched |= {one.id for one in (*before, *after)}
        gold[ruling.item.key] = after
        made.append([one.id for one in after])
        if ruling.item.group == "document":
            _relabel_document(values, ruling)
    present = {relation.id: relation for id_ in touched for relation in state.relations_of(id_)}
    for relation in present.values():
        del values[relation.slot]
    without = AnnotationState(values)
    _check_overlaps(without, schema, [one for ruling in rulings for one in gold[ruling.item.key]])
    wanted = _wanted(state, items, ledger, rulings, gold)
    kept = _kept([present[id_] for id_ in sorted(present)], wanted, ledger, rulings)
    final = _with_relations(without, schema, [*kept, *_missing(wanted, present, new_id)])
    for relation in final.relations:
        found = wanted.get(_ends(relation))
        if found is not None and (found.is_owned or relation.id not in present):
            made[found.ruling].append(relation.id)
    return Outcome(_operation(state.values, final.values), tuple(map(tuple, made)))


def _taken(ruling: Ruling, before: Sequence[Annotation], new_id: Callable[[], str]) -> list[Annotation]:
    """The annotations of the taken version, under the ids of the gold before that they are most like."""
    vote = ruling.vote
    if vote is None:
        return []
    pairs = [(likeness(one, old), number, old.id) for number, one in enumerate(vote.annotations) for old in before]
    ids: dict[int, str] = {}
    for alike, number, id_ in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if alike and number not in ids and id_ not in ids.values():
            ids[number] = id_
    return [replace(one, id=ids.get(number) or new_id()) for number, one in enumerate(vote.annotations)]


def _relabel_document(values: dict[Slot, Value], ruling: Ruling) -> None:
    for slot in [slot for slot in values if slot[0] == "document_label"]:
        del values[slot]
    labels = ruling.vote.document_labels if ruling.vote else ()
    values |= {label.slot: label for label in map(DocumentLabel, labels)}


def _check_overlaps(state: AnnotationState, schema: Schema, new: Sequence[Annotation]) -> None:
    for one in new:
        check_overlap(one, state, schema)


def _wanted(
    state: AnnotationState,
    items: Sequence[Item],
    ledger: Ledger,
    rulings: Sequence[Ruling],
    gold: Mapping[str, Sequence[Annotation]],
) -> dict[Ends, _Wanted]:
    """The relations of all taken versions, of those at least one of whose items is ruled on."""
    ruled = {ruling.item.key: number for number, ruling in enumerate(rulings)}
    home = {(vote.annotator, one.id): (item, one) for item in items for vote in item.votes for one in vote.annotations}
    found: dict[Ends, _Wanted] = {}
    for annotator, link, owner in _taken_links(items, ledger, rulings):
        number = ruled.get(owner.key, ruled.get(link.other))
        if number is None or (annotator, link.head) not in home or (annotator, link.tail) not in home:
            continue
        (head_item, own_head), (tail_item, own_tail) = home[annotator, link.head], home[annotator, link.tail]
        head, tail = _counterpart(own_head, gold[head_item.key]), _counterpart(own_tail, gold[tail_item.key])
        if head is None or tail is None:
            continue
        is_new = head.slot not in state.values or tail.slot not in state.values
        is_due = is_new or owner.key in ruled or head_item.key in ruled
        new = _Wanted(number, link.attributes, owner.key in ruled, is_due)
        found.setdefault((link.label, head.id, tail.id), new)
    return found


def _taken_links(items: Sequence[Item], ledger: Ledger, rulings: Sequence[Ruling]) -> Iterator[tuple[str, Link, Item]]:
    """The relations of every version that is taken, with its annotator and the item that owns it."""
    ruling_of = {ruling.item.key: ruling for ruling in rulings}
    for item in items:
        if item.key in ruling_of:
            vote = ruling_of[item.key].vote
        else:
            decision = ledger.standing(item).decision
            vote = vote_of(item.votes, decision.taken) if decision else None
        if vote is not None:
            yield from ((vote.annotator, link, item) for link in vote.links)


def _counterpart(own: Annotation, gold: Sequence[Annotation]) -> Annotation | None:
    """The gold annotation that stands for an annotator's one: of its item the one that is most like it."""
    best = max(gold, key=lambda one: (likeness(own, one), one.id), default=None)
    return best if best is not None and likeness(own, best) > 0 else None


def _kept(
    present: Sequence[Relation], wanted: Mapping[Ends, _Wanted], ledger: Ledger, rulings: Sequence[Ruling]
) -> Iterator[Relation]:
    """What stays of the relations at the items that are ruled on."""
    ruled = {id(decision) for ruling in rulings for decision in ledger.concerning(ruling.item)}
    for relation in present:
        decision, found = ledger.by_gold.get(relation.id), wanted.get(_ends(relation))
        if found is not None:
            yield replace(relation, attributes=found.attributes) if found.is_owned else relation
        elif decision is not None and decision.action in BY_HAND and id(decision) not in ruled:
            yield relation


def _missing(
    wanted: Mapping[Ends, _Wanted], present: Mapping[str, Relation], new_id: Callable[[], str]
) -> Iterator[Relation]:
    there = {_ends(relation) for relation in present.values()}
    for (label, head, tail), found in wanted.items():
        if found.is_due and (label, head, tail) not in there:
            yield Relation(new_id(), label, head, tail, found.attributes)


def _with_relations(state: AnnotationState, schema: Schema, relations: Sequence[Relation]) -> AnnotationState:
    """A state with those of some relations whose ends it has, and that the schema allows."""
    for relation in relations:
        try:
            check_relation(relation, state, schema)
        except OperationError:
            continue
        state, _spans = apply(state, Operation("relate", (Change(None, relation),)))
    return state


def _ends(relation: Relation) -> Ends:
    return relation.label, relation.head, relation.tail


def _operation(before: Mapping[Slot, Value], after: Mapping[Slot, Value]) -> Operation:
    """What leads from some values to others: relations go first and come last."""
    changed = [slot for slot in {**before, **after} if before.get(slot) != after.get(slot)]

    def order(slot: Slot) -> tuple[int, Slot]:
        return (1 if slot[0] != "relation" else 2 if slot in after else 0), slot

    return Operation("decide", tuple(Change(before.get(slot), after.get(slot)) for slot in sorted(changed, key=order)))
