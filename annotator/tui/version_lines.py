"""The versions of an item in words, as lines of a panel."""

from __future__ import annotations

from rich.style import Style

from annotator.agreement.decisions import Standing
from annotator.agreement.describing import Change, changes
from annotator.agreement.items import Link, Version, Vote
from annotator.model.annotation import Annotation
from annotator.text.layout import Paragraph
from annotator.tui.flows import NONE, excerpt, relation_name, value_name
from annotator.tui.language import _, named, ngettext
from annotator.tui.palette import Palette
from annotator.tui.review_desk import ItemFilter, ReviewDesk
from annotator.tui.review_wording import kind_name, reason_name, standing_name
from annotator.tui.widgets.bar import Part
from annotator.tui.widgets.panel import Line


TEXT = 200
"""Code points of a span's text, where there is room for so many; of a longer one the middle is left out."""

SHORT = 32
"""Code points of a text that has no line of its own."""

OTHER_END = 24
"""Code points of a text that is mentioned beside another."""


def item_line(desk: ReviewDesk, palette: Palette) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """What the item is about, and how many are left: the two sides of a bar."""
    item, session = desk.item, desk.session
    if item is None:
        return (Part(_(" nothing to decide in this document "), palette.bar),), ()
    kinds = [item.kind, *sorted({one.kind for one in item.differences} - {item.kind})]
    standing = session.standing(item).name
    number = session.items.index(item) + 1 if item in session.items else 0
    place = _(" item {number} of {total} ", number=number, total=len(session.items))
    first = [Part(place, palette.bar), Part(f" {_(', ').join(map(kind_name, kinds))} ", palette.bar_strong)]
    if standing != "open":
        style = palette.warning if standing == "reopened" else palette.bar
        first.append(Part(f" {standing_name(standing)} ", style))
    last = [Part(ngettext(" {n} undecided ", " {n} undecided ", len(desk.waiting)), palette.bar_strong)]
    if deferred := len(desk.deferred):
        last.append(Part(ngettext(" {n} for later ", " {n} for later ", deferred), palette.bar))
    if desk.filter != ItemFilter():
        last.insert(0, Part(_(" only: {what} ", what=_filter_name(desk)), palette.warning))
    return tuple(first), tuple(last)


def _filter_name(desk: ReviewDesk) -> str:
    filter_ = desk.filter
    names = [kind_name(filter_.kind)] if filter_.kind else []
    names += [desk.label_name(filter_.label)] if filter_.label else []
    if filter_.pair:
        names.append(" – ".join(filter_.pair) if desk.is_named else _("two annotators"))
    return _(", ").join(names)


def version_lines(desk: ReviewDesk, palette: Palette, columns: int, rows: int) -> tuple[Line, ...]:
    """Every version of the item with its number; the offered one has a star, the one that was taken a tick.

    Where they do not fit, texts are cut to a row each, and then only the offered version keeps its text.
    """
    if desk.item is None or columns < 1:
        return ()
    lines: tuple[Line, ...] = ()
    for room, of_all in ((TEXT, True), (columns, True), (columns, False)):
        lines = _lines(desk, palette, room, of_all=of_all)
        if sum(len(Paragraph(line.text, line.base).rows(columns)) for line in lines) <= rows:
            break
    return lines


def _lines(desk: ReviewDesk, palette: Palette, room: int, *, of_all: bool) -> tuple[Line, ...]:
    """The lines of all versions, their texts in `room` characters, or those of the offered one alone."""
    standing = desk.session.standing(desk.item) if desk.item else Standing("open")
    is_decided = standing.name in {"settled", "reopened"}
    lines = _gold_lines(desk, palette, room) if is_decided else []
    shown = {(one.start, one.end) for one in desk.session.gold_of(desk.item)} if desk.item and lines else set()
    for number, version in enumerate(desk.versions, 1):
        is_offered = number == desk.starred
        sign = "✓" if is_decided and _is_gold(desk, version) else "★" if is_offered else " "
        for place, (annotation, facts) in enumerate(_heads(desk, version)):
            before = f"{number} {sign}" if place == 0 else "   "
            if annotation is None:
                lines.append(Line(f"{before} {' · '.join(facts)}", palette.text + Style(bold=True)))
                continue
            text = desk.layout.text[annotation.start : annotation.end]
            is_new = (annotation.start, annotation.end) not in shown
            has_line = is_new and (of_all or is_offered)
            if is_new and not has_line:
                facts.insert(1, _("«{text}»", text=shortened(text, SHORT)))
            lines.append(Line(f"{before} {' · '.join(facts)}", palette.labels[annotation.label].name))
            if has_line:
                shown.add((annotation.start, annotation.end))
                lines.append(Line(shortened(text, room), palette.text, desk.layout.base))
    decision = standing.decision if is_decided else None
    if decision is not None and (decision.reason or decision.comment):
        said = [reason_name(decision.reason)] if decision.reason else []
        said += [decision.comment] if decision.comment else []
        lines.append(Line(_("because: {note}", note=_(", ").join(said)), palette.faint, None))
    return tuple(lines)


def _gold_lines(desk: ReviewDesk, palette: Palette, room: int) -> list[Line]:
    """What was decided, where it is none of the versions."""
    if any(_is_gold(desk, version) for version in desk.versions):
        return []
    found = desk.session.gold_of(desk.item) if desk.item else ()
    if not found:
        return [Line(_("✓ gold: nothing here"), palette.text + Style(bold=True))]
    lines = []
    for one in found:
        facts = [desk.label_name(one.label), f"{one.start}–{one.end}", *_attributes(desk, one)]
        lines.append(Line(_("✓ gold: {what}", what=" · ".join(facts)), palette.labels[one.label].name))
        lines.append(Line(shortened(desk.layout.text[one.start : one.end], room), palette.text, desk.layout.base))
    return lines


def _is_gold(desk: ReviewDesk, version: Version) -> bool:
    """Whether the gold of the item is just this version."""
    item = desk.item
    if item is not None and item.group == "document":
        return version.votes[0].document_labels == desk.session.state.document_labels
    gold = desk.session.gold_of(item) if item else ()
    return {_marked(one) for one in gold} == {_marked(one) for one in version.annotations}


def _marked(one: Annotation) -> tuple[int, int, str, frozenset[tuple[str, str]]]:
    return one.start, one.end, one.label, frozenset(one.attributes)


def _heads(desk: ReviewDesk, version: Version) -> list[tuple[Annotation | None, list[str]]]:
    """What there is to say of each annotation of a version, of the version as a whole beside its first one."""
    vote, total = version.votes[0], len(desk.item.votes) if desk.item else 0
    share = _("{number} of {total}", number=len(version.votes), total=total)
    about = [_(", ").join(version.annotators) if desk.is_named else share]
    about += _differences(desk, version)
    about += [_link(desk, vote, link) for link in vote.links]
    if version.is_empty:
        return [(None, [_("nothing here"), *about])]
    if vote.document_labels:
        return [(None, [_(", ").join(_document_label(desk, label) for label in vote.document_labels), *about])]
    return [
        (
            annotation,
            [
                desk.label_name(annotation.label),
                f"{annotation.start}–{annotation.end}",
                *_attributes(desk, annotation),
                *(about if place == 0 else ()),
            ],
        )
        for place, annotation in enumerate(vote.annotations)
    ]


def _attributes(desk: ReviewDesk, annotation: Annotation) -> list[str]:
    """The attributes that somebody chose: defaults go without saying, unless they are in dispute."""
    label = desk.session.schema.label(annotation.label)
    if label is None:
        return []
    defaults = dict(label.defaults())
    is_disputed = desk.item is not None and any(one.kind == "attribute" for one in desk.item.differences)
    values = dict(annotation.attributes)
    return [
        f"{named(attribute)}: {value_name(attribute, values.get(attribute.id))}"
        for attribute in label.attributes
        if is_disputed or values.get(attribute.id, attribute.default) != defaults[attribute.id]
    ]


def _differences(desk: ReviewDesk, version: Version) -> list[str]:
    """How a version differs from the offered one, where both are one span."""
    reference = desk.versions[(desk.starred or 1) - 1]
    if version == reference or len(version.annotations) != 1 or len(reference.annotations) != 1:
        return []
    found = changes(desk.layout.text, reference.annotations[0], version.annotations[0])
    return [said for change in found if (said := _said(change))]


def _said(change: Change) -> str:
    """A change of an edge in words; labels and attributes are to be read anyway."""
    text = excerpt(change.text, length=OTHER_END)
    n = change.by
    match change.what:
        case "starts earlier":
            said = ngettext("starts {n} earlier: «{text}»", "starts {n} earlier: «{text}»", n, text=text)
        case "starts later":
            said = ngettext("starts {n} later: without «{text}»", "starts {n} later: without «{text}»", n, text=text)
        case "ends earlier":
            said = ngettext("ends {n} earlier: without «{text}»", "ends {n} earlier: without «{text}»", n, text=text)
        case "ends later":
            said = ngettext("ends {n} later: «{text}»", "ends {n} later: «{text}»", n, text=text)
        case _:
            return ""
    return _("{what} (trivial)", what=said) if change.is_trivial else said


def _link(desk: ReviewDesk, vote: Vote, link: Link) -> str:
    """A relation of a version, seen from the span of it that is in the item."""
    own = {one.id for one in vote.annotations}
    state = desk.session.study.work[vote.annotator]
    is_head = link.head in own
    other = state.annotation(link.tail if is_head else link.head)
    text = NONE if other is None else excerpt(desk.layout.text, other.start, other.end, OTHER_END)
    name = relation_name(desk, link.label)
    if is_head:
        return _("→ {relation}: {excerpt}", relation=name, excerpt=text)
    return _("← {relation}: {excerpt}", relation=name, excerpt=text)


def _document_label(desk: ReviewDesk, label_id: str) -> str:
    kind = desk.session.schema.document_label(label_id)
    return named(kind) if kind else label_id


def shortened(text: str, room: int) -> str:
    """A text on one line without its middle, if it is long: both edges are what one looks at."""
    flat = text.replace("\n", " ⏎ ")
    if len(flat) <= room:
        return flat
    half = max(room // 2 - 2, 1)
    return f"{flat[:half]} … {flat[-half:]}"
