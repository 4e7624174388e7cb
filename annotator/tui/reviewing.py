"""What the keys of a review ask: filters, reasons, whose version, whom to send a document back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from annotator.agreement.decisions import REASONS, Reason
from annotator.agreement.items import Item as ReviewedItem
from annotator.errors import N_, OperationError
from annotator.services.reviewing import item_facts
from annotator.tui.flows import digit, excerpt
from annotator.tui.language import _, ngettext
from annotator.tui.review_desk import ItemFilter, ReviewDesk
from annotator.tui.review_wording import kind_name, reason_name
from annotator.tui.steps import Ask, Item, Menu, Run, Step


ABOUT = 30
"""Code points of an item's text in the title of a menu."""


def reject(desk: ReviewDesk) -> str:
    """Reject the item; where the focused gold belongs to no item, remove that."""
    gold = desk.annotation()
    decision = desk.session.ledger.by_gold.get(gold.id) if gold else None
    if gold is not None and (decision is None or not decision.item):
        return desk.remove()
    return desk.reject()


def reason(desk: ReviewDesk) -> Step:
    """Ask why the item, or where it is undecided the one decided last, was decided as it was."""
    item = desk.item if desk.item is not None and not desk.is_undecided else _decided_last(desk)
    if item is None:
        raise OperationError(N_("decide first, then say why"))

    def with_comment(code: Reason) -> Step:
        return Ask(_("Comment, or Enter for none:"), "", lambda text: desk.explain(item, code, text))

    decision = desk.session.standing(item).decision
    codes = [code for code in REASONS if code]
    items = (
        Item(
            reason_name(code),
            partial(with_comment, code),
            digit(number),
            is_on=decision is not None and decision.reason == code,
        )
        for number, code in enumerate(codes, 1)
    )
    text = excerpt(desk.layout.text, item.start, item.end, ABOUT)
    return Menu(_("Why was «{text}» decided so?", text=text), tuple(items))


def _decided_last(desk: ReviewDesk) -> ReviewedItem | None:
    decided = {item.key: item for item in desk.session.items}
    return next((decided[one.item] for one in reversed(desk.session.ledger.decisions) if one.item in decided), None)


def filters(desk: ReviewDesk) -> Menu:
    """Ask which items to walk through, with their numbers among the undecided ones, or among all where none is."""
    found = desk.session.undecided or desk.session.items
    facts = [item_facts(item, desk.session.standing(item).name) for item in found]
    kinds = Counter(kind for one in facts for kind in one.kinds)
    labels = Counter(label for one in facts for label in one.labels)
    pairs = Counter(pair for one in facts for pair in one.pairs)
    filter_ = desk.filter
    items = [Item(_("all items"), _filtering(desk, ItemFilter()), "a", is_on=filter_ == ItemFilter())]
    for kind, number in kinds.most_common():
        chosen = replace(filter_, kind=kind)
        items.append(Item(kind_name(kind), _filtering(desk, chosen), is_on=filter_.kind == kind, detail=str(number)))
    for label, number in labels.most_common():
        chosen = replace(filter_, label=label)
        name = desk.label_name(label)
        items.append(
            Item(name, _filtering(desk, chosen), label=label, is_on=filter_.label == label, detail=str(number))
        )
    if desk.is_named:
        for pair, number in pairs.most_common():
            chosen = replace(filter_, pair=pair)
            items.append(
                Item(" – ".join(pair), _filtering(desk, chosen), is_on=filter_.pair == pair, detail=str(number))
            )
    return Menu(_("Show only items with"), tuple(items))


def _filtering(desk: ReviewDesk, filter_: ItemFilter) -> Callable[[], Step]:
    def apply() -> str:
        desk.filter = filter_
        number = len(desk.waiting)
        if desk.waiting and (desk.item is None or not desk.fits(desk.item)):
            desk.show_item(desk.waiting[0])
        return ngettext("{n} undecided item", "{n} undecided items", number)

    return apply


def wholesale(desk: ReviewDesk) -> Menu:
    """Ask whose versions to take; who are not named are told by the version that they have of this item."""
    said = {
        name: name if desk.is_named else _("annotator of version {number}", number=number)
        for number, version in enumerate(desk.versions, 1)
        for name in version.annotators
    }
    items = [
        Item(text, partial(desk.take_all_of, name), digit(number))
        for number, (name, text) in enumerate(said.items(), 1)
    ]
    title = ngettext("Take all {n} undecided item from", "Take all {n} undecided items from", len(desk.waiting))
    return Menu(title, tuple(items))


def send_back(desk: ReviewDesk) -> Menu:
    """Ask whom to send the document back to, and what to write."""

    def to(name: str) -> Step:
        def send(note: str) -> str:
            desk.session.send_back(name, note)
            return _("saved: sent back to {annotator}", annotator=name)

        return Ask(_("Note to {annotator}:", annotator=name), "", send)

    names = sorted(desk.session.study.work)
    items = tuple(Item(name, partial(to, name), digit(number)) for number, name in enumerate(names, 1))
    return Menu(_("Send this document back to"), items)


def done(desk: ReviewDesk) -> Step:
    """Go on to the next document; where items are left, ask what becomes of them."""
    if not desk.waiting:
        return Run("document(1)")
    title = ngettext("{n} item is not decided", "{n} items are not decided", len(desk.waiting))
    return Menu(
        title,
        (
            Item(_("Take ★ of all of them"), desk.take_all_starred, "1"),
            Item(_("Leave them for later"), desk.defer_all, "2"),
            Item(_("Go on; they stay undecided"), lambda: Run("document(1)"), "3"),
        ),
    )
