"""What a reviewer does in one document, without a screen: a desk over the gold, and the items to settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from annotator.agreement.decisions import Action, Reason, Ruling
from annotator.agreement.itemizing import suggested, versions
from annotator.agreement.items import Item, Version
from annotator.errors import N_, OperationError
from annotator.model import edits
from annotator.model.annotation import Annotation
from annotator.model.operations import Change, Operation, apply
from annotator.model.schema import Label
from annotator.services.adjudicating import GoldSession
from annotator.services.reviewing import ItemFacts, item_facts
from annotator.text.navigation import Span
from annotator.tui.desk import Desk, Edge
from annotator.tui.language import _, named, ngettext
from annotator.tui.steps import Hint
from annotator.tui.view import View


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a reviewer wants to see; "" and () are all.

    Attributes:
        kind: A kind of disagreement that is in it.
        label: A label that somebody gave.
        pair: Two annotators who differ about it, sorted.
    """

    kind: str = ""
    label: str = ""
    pair: tuple[str, ...] = ()

    def fits(self, facts: ItemFacts) -> bool:
        """Whether an item is to be seen."""
        return (
            (not self.kind or self.kind in facts.kinds)
            and (not self.label or self.label in facts.labels)
            and (not self.pair or self.pair in facts.pairs)
        )


class ReviewDesk(Desk):
    """One reviewer's hands on the gold of one document.

    Attributes:
        session: The gold, the votes and the decisions.
        item: The item under review, or None where there is none.
        filter: Which items are walked through.
        is_named: Whether the annotators' names are shown.
    """

    session: GoldSession

    def __init__(self, session: GoldSession, filter_: ItemFilter = ItemFilter(), *, is_named: bool = False) -> None:
        self.item: Item | None = None
        self.filter = filter_
        self.is_named = is_named
        self._is_taken_for_edge = False
        super().__init__(session)
        self.show_item(self._nearest())

    # Items

    def fits(self, item: Item) -> bool:
        """Whether the filter lets an item through."""
        return self.filter.fits(item_facts(item, self.session.standing(item).name))

    @property
    def waiting(self) -> tuple[Item, ...]:
        """The undecided items that the filter lets through."""
        return self._fitting(self.session.undecided)

    @property
    def deferred(self) -> tuple[Item, ...]:
        """The items left for later that the filter lets through."""
        return self._fitting(self.session.deferred)

    def _fitting(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        return items if self.filter == ItemFilter() else tuple(item for item in items if self.fits(item))

    @property
    def is_undecided(self) -> bool:
        """Whether the item under review is to be decided."""
        return self.item is not None and self.session.standing(self.item).is_undecided

    @property
    def is_unsettled(self) -> bool:
        """Whether the item under review is to be decided, or was left for later."""
        return self.item is not None and self.session.standing(self.item).name != "settled"

    def show_item(self, item: Item | None) -> None:
        """Review an item: its text comes into sight, what is gold of it is focused."""
        if item is not None:
            gold = self.session.gold_of(item)
            if gold and not self.session.standing(item).is_undecided:
                self.unfold([(gold[0].start, gold[0].end)])
                self.focus(gold[0])
            elif item.group != "document":
                self.unfold([(item.start, item.end)])
                self.go(item.start)
        self.item = item

    def next_item(self, step: int) -> str:
        """Go to the next undecided item, or to the item before, whatever its standing; round the end.

        Where all are decided, the next one is one that was left for later.
        """
        found = self.waiting or self.deferred if step > 0 else self._fitting(self.session.items)
        if not found:
            return self._nothing_left()
        self.show_item(self._beside(found, step))
        return ""

    def _beside(self, found: Sequence[Item], step: int) -> Item:
        """Of some items the first one behind the item under review, or the last one before it; round the end."""
        places = {item.key: number for number, item in enumerate(self.session.items)}
        here = places.get(self.item.key) if self.item else None
        if here is None:  # nothing under review yet, or somebody changed it
            here = sum(item.start < self.cursor for item in self.session.items) - (step > 0)
        if step > 0:
            return next((item for item in found if places[item.key] > here), found[0])
        return next((item for item in reversed(found) if places[item.key] < here), found[-1])

    def _nearest(self) -> Item | None:
        """The first undecided item behind the one under review, round the end; else the first one at all."""
        if self.waiting:
            return self._beside(self.waiting, 1)
        return next(iter(self.session.items), None)

    def focus_at(self, offset: int) -> None:
        """Put the cursor on a character; the smallest item there is reviewed, the gold there is focused."""
        here = [item for item in self.session.items if item.start <= offset < item.end]
        super().focus_at(offset)
        if here and self.edge is None:
            self.item = min(here, key=lambda item: item.end - item.start)

    def focus(self, annotation: Annotation) -> None:
        """Put the cursor on gold, focus it, and review its item."""
        super().focus(annotation)
        self.item = self.session.item_of(annotation.id) or self.item

    def _go(self, offset: int) -> None:
        """Where the cursor comes to another item, that one is reviewed."""
        super()._go(offset)
        item = self.item
        if self.edge is not None or self.selection.mark is not None:
            return
        if item is None or not item.start <= self.cursor < item.end:
            here = [one for one in self.session.items if one.start <= self.cursor < one.end]
            self.item = min(here, key=lambda one: one.end - one.start) if here else item

    # Versions

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions of the item: those of most annotators first, the others in an order that betrays nobody."""
        item = self.item
        if item is None:
            return ()
        found = versions(item)

        def order(version: Version) -> tuple[int, bool, str]:
            first = version.votes[0]
            spans = [(one.start, one.end, one.label, one.attributes) for one in first.annotations]
            said = f"{item.key} {spans} {first.document_labels}"
            return -len(version.votes), version.is_empty, sha256(said.encode()).hexdigest()

        return tuple(sorted(found, key=order))

    @property
    def starred(self) -> int | None:
        """The number of the version to offer, from 1."""
        best = suggested(self.item) if self.item else None
        numbers = {version.annotators: number for number, version in enumerate(self.versions, 1)}
        return numbers.get(best.annotators) if best else None

    def take(self, number: int) -> str:
        """Make a version gold."""
        version = dict(enumerate(self.versions, 1)).get(number)
        if version is None:
            raise OperationError(N_("there is no version {number} here"), number=number)
        action: Action = "reject" if version.is_empty else "take"
        self._rule(action, () if version.is_empty else version.annotators)
        if version.is_empty:
            return self._advanced(_("saved: nothing belongs here"))
        return self._advanced(_("saved: version {number}", number=number))

    def take_starred(self) -> str:
        """Make the offered version gold."""
        if self.starred is None:
            raise OperationError(N_("there is no version to offer here: choose one by its number"))
        return self.take(self.starred)

    def reject(self) -> str:
        """Decide that nothing belongs here."""
        self._rule("reject", ())
        return self._advanced(_("saved: nothing belongs here"))

    def defer(self) -> str:
        """Leave the item for later."""
        self._rule("defer", ())
        return self._advanced(_("saved: left for later"))

    def keep(self) -> str:
        """Let the gold of an item stand that annotators changed since it was decided."""
        if self.item is None or self.session.standing(self.item).name != "reopened":
            raise OperationError(N_("there is nothing to keep: this item did not change since it was decided"))
        self.session.explain(self.item, "", "")
        return self._advanced(_("saved: the gold stays"))

    def take_all_of(self, annotator: str) -> str:
        """Make one annotator's version gold of every undecided item that the filter lets through."""
        rulings = []
        for item in self.waiting:
            version = next(one for one in versions(item) if annotator in one.annotators)
            # That annotator's own ids come first: relations go by them.
            names = (annotator, *(name for name in version.annotators if name != annotator))
            rulings.append(Ruling(item, "reject") if version.is_empty else Ruling(item, "take", names))
        return self._settle_many(rulings)

    def take_all_starred(self) -> str:
        """Make the offered version gold of every undecided item that the filter lets through."""
        rulings = []
        for item in self.waiting:
            best = suggested(item)
            if best is not None:
                rulings.append(Ruling(item, "reject") if best.is_empty else Ruling(item, "take", best.annotators))
        return self._settle_many(rulings)

    def defer_all(self) -> str:
        """Leave every undecided item that the filter lets through for later."""
        return self._settle_many([Ruling(item, "defer") for item in self.waiting])

    def explain(self, item: Item, reason: Reason, comment: str) -> str:
        """Say why an item was decided as it was."""
        self.session.explain(item, reason, comment)
        return _("saved: the reason")

    def _rule(self, action: Action, taken: tuple[str, ...]) -> None:
        if self.item is None:
            raise OperationError(N_("there is no item here"))
        self.unfold(self.session.settle([Ruling(self.item, action, taken)]))

    def _settle_many(self, rulings: list[Ruling]) -> str:
        if not rulings:
            raise OperationError(N_("there is nothing left to decide here"))
        self.unfold(self.session.settle(rulings))
        return self._advanced(ngettext("saved: {n} item decided", "saved: {n} items decided", len(rulings)))

    def _advanced(self, message: str) -> str:
        """Go on to the next undecided item."""
        left = len(self.waiting)
        if not left:
            self.show_item(self.item)
            return _("{message}; {rest}", message=message, rest=self._nothing_left())
        self.show_item(self._nearest())
        return ngettext("{message}; {n} item left", "{message}; {n} items left", left, message=message)

    def _nothing_left(self) -> str:
        if self.session.undecided:
            return _("the filter leaves nothing more here; n opens the next document")
        deferred = len(self.deferred)
        if deferred:
            return ngettext("{n} item was left for later: Tab", "{n} items were left for later: Tab", deferred)
        return _("all items are decided; n opens the next document")

    # What a desk does, on gold that may still have to be taken

    def label(self, label: Label) -> str:
        """Label the selection; else make the offered version of an undecided item gold with this label."""
        item, offered = self.item, self._to_edit()
        if self.selection.span is not None or item is None or offered is None:
            return super().label(label)
        if offered.annotations[0].label == label.id:
            return self.take_starred()
        ruling = Ruling(item, "edit", offered.annotators)
        schema = self.session.schema
        self.unfold(self.session.settle_edited(ruling, lambda state, gold: edits.relabel(state, schema, gold, label)))
        return self._advanced(_("saved: now {label}", label=named(label)))

    def start_edge(self, edge: Edge) -> str:
        """Move an edge of the gold; of an undecided item the offered version is taken first."""
        item, offered = self.item, self._to_edit()
        self._is_taken_for_edge = item is not None and offered is not None
        if item is not None and offered is not None:
            self._rule("take", offered.annotators)
            self.focus(self.session.gold_of(item)[0])
        return super().start_edge(edge)

    def finish_edge(self) -> str:
        """Store the moved edge."""
        message = super().finish_edge()
        self._is_taken_for_edge = False
        return message

    def escape(self) -> str:
        """Let go of the innermost thing; a version that was taken only to move its edge is given back."""
        item, was_taken = self.item, self.edge is not None and self._is_taken_for_edge
        message = super().escape()
        if was_taken:
            self._is_taken_for_edge = False
            self.session.undo()
            self.focused = None
            self.show_item(item)
            return _("the item is undecided, as it was")
        return message

    def _to_edit(self) -> Version | None:
        """The offered version, if the item here is not settled, nothing else is focused, and it has content."""
        item = self.item
        if not self.is_unsettled or self.focused is not None or item is None:
            return None
        best = suggested(item)
        is_here = item.start <= self.cursor < item.end
        return best if best is not None and best.annotations and is_here else None

    def undo(self) -> str:
        """Take back the latest decision or edit, and review its item; what a policy decided is not undone."""
        undoable = self.session.history.undoable
        latest = undoable[-1].op_id if undoable else ""
        if any(one.op_id == latest and one.action == "auto" for one in self.session.ledger.decisions):
            return _("nothing of a reviewer to undo: what comes before was merged without one")
        return self._turned(super().undo)

    def redo(self) -> str:
        """Repeat what was taken back last, and review its item."""
        return self._turned(super().redo)

    def _turned(self, turn: Callable[[], str]) -> str:
        before = {item.key: self.session.standing(item) for item in self.session.items}
        message = turn()
        changed = [item for item in self.session.items if self.session.standing(item) != before.get(item.key)]
        if changed:
            self.show_item(changed[0])
        return message

    # What is to be seen

    def view(self, hints: tuple[Hint, ...] = ()) -> View:
        """The gold, with the offered version in the place of an undecided item, and marks where versions differ."""
        view = super().view(hints)
        item = self.item
        if item is None or self.edge is not None:
            return view
        view = replace(
            view, whole=(item.start, item.end) if item.end else None, hits=view.hits or self._differing(item)
        )
        offered = self._offered
        if not self.is_unsettled or not offered:
            return view
        changes = edits.removal(view.state, self.session.gold_of(item)).changes
        state, _spans = apply(
            view.state, Operation("decide", (*changes, *(Change(None, annotation) for annotation in offered)))
        )
        focused = view.focused or (None if view.hits else offered[0].id)
        return replace(view, state=state, focused=focused)

    @property
    def _offered(self) -> tuple[Annotation, ...]:
        """The annotations of the offered version, under ids that the gold does not have."""
        number = self.starred
        found = self.versions[number - 1].annotations if number else ()
        return tuple(replace(one, id=f"offered {index}") for index, one in enumerate(found))

    def _differing(self, item: Item) -> tuple[Span, ...]:
        """The pieces of the text that some versions cover and others do not.

        That some have nothing here at all is no difference to mark, unless that is what is offered.
        """
        found = [version for version in versions(item) if not version.is_empty or not self._offered]
        edges = sorted({edge for version in found for one in version.annotations for edge in (one.start, one.end)})
        return tuple(
            (start, end)
            for start, end in pairwise(edges)
            if len({any(one.start <= start < one.end for one in version.annotations) for version in found}) > 1
        )
