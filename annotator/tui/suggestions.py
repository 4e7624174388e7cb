"""Answering suggestions: one, all of a label, all furniture of the page, or all. Each is one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.errors import N_, OperationError
from annotator.model import accepting
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
    following = _next(desk, suggestion)
    _accept(desk, [suggestion])
    desk.focused = suggestion.id
    if following is not None:
        _focus(desk, following)
    return _("saved: {label}", label=desk.label_name(suggestion.label))


def keep(desk: Desk, suggestion: Suggestion) -> None:
    """Make an annotation of a suggestion and focus it."""
    _accept(desk, [suggestion])
    desk.focused = suggestion.id


def reject(desk: Desk, suggestion: Suggestion) -> Step:
    """Answer a suggestion with no, and go on to the next one."""
    following = _next(desk, suggestion)
    _reject(desk, [suggestion])
    if following is not None:
        _focus(desk, following)
    return _("saved: suggestion rejected: {label}", label=desk.label_name(suggestion.label))


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
    count = len(_waiting(desk))
    if not count:
        return finish()

    def after(answer: Callable[[Desk], Step]) -> Callable[[], Step]:
        def act() -> Step:
            answer(desk)
            return finish()

        return act

    items = (
        Item(ngettext("accept it", "accept all {n}", count), after(accept_all), "1"),
        Item(ngettext("reject it", "reject all {n}", count), after(reject_all), "2"),
        Item(_("leave them unanswered"), finish, "3"),
    )
    return Menu(ngettext("{n} suggestion waits", "{n} suggestions wait", count), items, current=2)


def _waiting(desk: Desk) -> tuple[Suggestion, ...]:
    return desk.session.pending.suggestions


def _next(desk: Desk, suggestion: Suggestion) -> Suggestion | None:
    """The first suggestion behind another one that does not clash with it."""
    waiting = _waiting(desk)
    behind = waiting[waiting.index(suggestion) + 1 :]
    return next((one for one in behind if one.label != suggestion.label or one.start >= suggestion.end), None)


def _focus(desk: Desk, suggestion: Suggestion) -> None:
    annotation = desk.suggested.annotation(suggestion.id)
    if annotation is not None:  # it may have stepped aside for what was accepted
        desk.focus(annotation)


def _accept_all(desk: Desk, found: Sequence[Suggestion]) -> str:
    skipped = _accept(desk, found)
    done = ngettext("{n} suggestion accepted", "{n} suggestions accepted", len(found) - skipped)
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
    done = ngettext("{n} suggestion rejected", "{n} suggestions rejected", len(found))
    return _("saved: {done}; u takes it back", done=done)


def _reject(desk: Desk, found: Sequence[Suggestion]) -> None:
    """Reject suggestions; what was folded because of them is in sight."""
    leave_edge(desk)
    desk.execute(accepting.reject(found))
    desk.unfold((one.start, one.end) for one in found)
    desk.focused = None
