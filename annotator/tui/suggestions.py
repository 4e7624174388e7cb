"""Answering suggestions: one, all of a label, all furniture of the page, or all. Each is one undo."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from annotator.errors import N_, OperationError
from annotator.model import accepting
from annotator.model.accepting import annotation_of
from annotator.model.state import reading_order
from annotator.model.suggestion import Suggestion
from annotator.tui.desk import Desk
from annotator.tui.flows import leave_edge
from annotator.tui.language import _, ngettext
from annotator.tui.steps import Item, Menu, Step


def here(desk: Desk) -> Suggestion | None:
    """The suggestion that a command means: the focused one; else, where there is no annotation, the smallest one."""
    focused = desk.suggestion()
    if focused is not None or desk.target() is not None:
        return focused
    found = next(iter(desk.suggested.at(desk.cursor)), None)
    return desk.session.pending.by_id[found.id] if found else None


def accept(desk: Desk, suggestion: Suggestion) -> Step:
    """Make an annotation of a suggestion, and go on to the next suggestion; behind the last one stay with it."""
    _accept(desk, [suggestion])
    desk.focused = suggestion.id
    _go_on(desk, suggestion)
    said = _("saved: {label}", label=desk.label_name(suggestion.label))
    return said if _waiting(desk) else _("{done}; no suggestion is left", done=said)


def reject(desk: Desk, suggestion: Suggestion) -> Step:
    """Answer a suggestion with no, and go on to the next one."""
    _reject(desk, [suggestion])
    _go_on(desk, suggestion)
    said = _("saved: suggestion rejected: {label}", label=desk.label_name(suggestion.label))
    return said if _waiting(desk) else _("{done}; no suggestion is left", done=said)


def reject_alike(desk: Desk, suggestion: Suggestion) -> Step:
    """Answer all suggestions of a label with no."""
    return _reject_all(desk, [one for one in _waiting(desk) if one.label == suggestion.label])


def accept_furniture(desk: Desk) -> Step:
    """Accept all that is suggested as page furniture, folded as it is.

    Raises:
        OperationError: Nothing is.
    """
    furniture = desk.session.schema.furniture()
    found = [one for one in _waiting(desk) if one.label in furniture]
    if not found:
        raise OperationError(N_("no page furniture is suggested here"))
    return _accept_all(desk, found)


def accept_all(desk: Desk) -> Step:
    """Accept all suggestions.

    Raises:
        OperationError: There is none.
    """
    return _accept_all(desk, _waiting(desk))


def reject_all(desk: Desk) -> Step:
    """Reject all suggestions.

    Raises:
        OperationError: There is none.
    """
    return _reject_all(desk, _waiting(desk))


def before_done(desk: Desk, finish: Callable[[], str]) -> Step:
    """Ask what becomes of the suggestions that wait, where there are any, and finish.

    Args:
        desk: The document.
        finish: Makes the document done, and says so.
    """
    asked = _waiting(desk)  # what comes while somebody makes up their mind, nobody has seen
    count = len(asked)
    if not count:
        return finish()

    def after(
        answer: Callable[[Desk, Sequence[Suggestion]], int | None], said: Callable[[int], str]
    ) -> Callable[[], Step]:
        def act() -> Step:
            skipped = answer(desk, asked)
            return _("{first}; {then}", first=said(count - (skipped or 0)), then=finish())

        return act

    items = (
        Item(ngettext("accept it", "accept all {n}", count), after(_accept, _accepted), "1"),
        Item(ngettext("reject it", "reject all {n}", count), after(_reject, _rejected), "2"),
        Item(_("leave them unanswered"), finish, "3"),
    )
    return Menu(ngettext("{n} suggestion waits", "{n} suggestions wait", count), items, current=2)


def _accepted(number: int) -> str:
    return ngettext("{n} suggestion accepted", "{n} suggestions accepted", number)


def _rejected(number: int) -> str:
    return ngettext("{n} suggestion rejected", "{n} suggestions rejected", number)


def _waiting(desk: Desk) -> tuple[Suggestion, ...]:
    return desk.session.pending.suggestions


def _go_on(desk: Desk, answered: Suggestion) -> None:
    """Focus the first suggestion behind one that was answered; others may have stepped aside for it."""
    place = reading_order(annotation_of(answered, desk.session.schema))
    waiting = desk.suggested.annotations
    index = bisect_right(waiting, place, key=reading_order)
    if index < len(waiting):
        desk.focus(waiting[index])


def _accept_all(desk: Desk, found: Sequence[Suggestion]) -> str:
    skipped = _accept(desk, found)
    done = _accepted(len(found) - skipped)
    if not skipped:
        return _("saved: {done}; u takes it back", done=done)
    left = ngettext("{n} skipped (labelled already)", "{n} skipped (labelled already)", skipped)
    return _("saved: {done}, {left}; u takes it back", done=done, left=left)


def _accept(desk: Desk, found: Sequence[Suggestion]) -> int:
    """Accept suggestions; what is folded stays so. Returns how many did not fit."""
    session = desk.session
    leave_edge(desk)
    length = len(desk.layout.text)
    operation, skipped = accepting.accept(session.state, session.schema, found, session.suggested, length)
    session.execute(operation)
    desk.focused = None
    return skipped


def _reject_all(desk: Desk, found: Sequence[Suggestion]) -> str:
    _reject(desk, found)
    done = _rejected(len(found))
    return _("saved: {done}; u takes it back", done=done)


def _reject(desk: Desk, found: Sequence[Suggestion]) -> None:
    """Reject suggestions; what was folded because of them is in sight."""
    leave_edge(desk)
    desk.execute(accepting.reject(found))
    desk.unfold((one.start, one.end) for one in found)
    desk.focused = None
