"""Desks on a database for the flows of the annotate screen, and hands that answer what a flow asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from annotator.services.looking import find_document
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.text.pages import RowId
from annotator.tui.desk import Desk
from annotator.tui.steps import Ask, Hints, Item, Menu, Step
from tests.support.projects import create, reasons, record, span, take_records, write
from tests.support.texts import plain


SCHEMA = """
name: flows
version: 2
language: ar
direction: rtl
labels:
  - id: claim
    key: c
    colour: blue
    name: {en: Claim, ar: ادعاء}
    attributes:
      - id: quotation
        type: enum
        values: ["none", direct, indirect]
        value_names: {direct: {en: Direct, ar: مباشر}, none: {en: None, ar: بلا نقل}}
        default: "none"
        name: {en: Quotation, ar: النقل}
      - {id: worthy, type: bool, default: "false", name: {en: Worth checking, ar: يستحق}}
      - {id: comment, type: text, default: "", name: {en: Comment, ar: تعليق}}
  - id: source
    key: s
    colour: green
    name: {en: Source, ar: مصدر}
    attributes:
      - {id: kind, type: enum, values: [person, agency], default: person, name: {en: Kind, ar: نوع}}
  - {id: cue, key: v, colour: cyan, name: {en: Cue, ar: لفظ}}
  - {id: boilerplate, key: b, colour: yellow, furniture: true, overlap: none, name: {en: Boilerplate, ar: حشو}}
relations:
  - {id: attributed_to, head: [claim], tail: [source], max: 2, name: {en: attributed to, ar: منسوب إلى}}
  - {id: has_cue, head: [claim], tail: [cue], name: {en: has cue, ar: لفظ إسناده}}
  - {id: reported_via, head: [claim], tail: [source], name: {en: reported via, ar: منقول عبر}}
  - {id: repeats, head: [claim], tail: [claim], name: {en: repeats, ar: يكرر}}
document_labels:
  - {id: opinion, name: {en: Opinion, ar: رأي}}
  - {id: broken, name: {en: Broken page, ar: صفحة تالفة}}
"""

TEXT = """\
قال وزير النقل إن الجسر آمن. وأضاف وزير المال أن الكلفة زادت.
وذكرت الهيئة أن العمل انتهى.
ولم ترد البلدية على السؤال.
شارك الخبر"""
"""Two claims with a source each on the first line, one on the second."""

ALL = (
    ("s1", "source", "وزير النقل"),
    ("c1", "claim", "الجسر آمن"),
    ("v2", "cue", "أضاف"),
    ("s2", "source", "وزير المال"),
    ("c2", "claim", "الكلفة زادت"),
    ("s3", "source", "الهيئة"),
    ("c3", "claim", "العمل انتهى"),
)
"""Annotations of TEXT: id, label, text."""

Labelled = tuple[str, str, str]
Related = tuple[str, str, str]


class FlowDesks:
    """A project on disk, and desks on documents in it."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project, self.folder = project, folder
        self._desks: list[tuple[Desk, int]] = []

    def desk(
        self, text: str = TEXT, *annotations: Labelled, relations: tuple[Related, ...] = (), focused: str = ""
    ) -> Desk:
        """A desk on a new document.

        Args:
            text: Its text.
            annotations: What came with it: id, label, text; its first place is meant, attributes are the defaults.
            relations: Type, head, tail.
            focused: The id of the annotation that is focused.
        """
        spans = [self._span(id_, label, part, text.index(part)) for id_, label, part in annotations]
        related = [
            {"id": f"{kind} {head} {tail}", "label": kind, "head": head, "tail": tail} for kind, head, tail in relations
        ]
        name = f"document {len(self._desks)}"
        given = record(doc_id=name, text=text, spans=spans, relations=related)
        report = take_records(self.project, self.folder, given)
        assert not report.rejected, reasons(report)
        number = find_document(self.project, name)
        desk = Desk(AnnotationSession(self.project, "salma", number))
        self._desks.append((desk, number))
        if focused:
            annotation = desk.session.state.annotation(focused)
            assert annotation is not None
            desk.focus(annotation)
        return desk

    def _span(self, id_: str, label_id: str, part: str, start: int) -> dict[str, object]:
        label = self.project.schema.label(label_id)
        attributes = [{"key": key, "value": value} for key, value in (label.defaults() if label else ())]
        return span(start, start + len(part), label_id, id=id_, attributes=attributes)

    def again(self, desk: Desk) -> Desk:
        """A desk on the same document, as after a restart."""
        number = next(number for known, number in self._desks if known is desk)
        return Desk(AnnotationSession(self.project, "salma", number))

    def check(self) -> None:
        """What the desks know is what is on disk, and the journal folds to it."""
        for desk, _ in self._desks:
            assert self.again(desk).session.state == desk.session.state
        assert check(self.project) == []


@contextmanager
def flow_desks(folder: Path) -> Iterator[FlowDesks]:
    """Desks in a folder; what they leave is checked in the end."""
    with create(folder / "annotator.db", str(write(folder / "flows.yaml", SCHEMA))) as project:
        desks = FlowDesks(project, folder)
        yield desks
        desks.check()


def rows(desk: Desk, first: int = 0, count: int = 20, width: int = 80) -> tuple[RowId, ...]:
    """Rows in sight, from the first row of a line on."""
    desk.layout.resize(width)
    found = [desk.layout.visible_id(RowId(first))]
    while len(found) < count and (below := desk.layout.next(found[-1])) is not None:
        found.append(below)
    return tuple(found)


# Answers


def menu(step: Step) -> Menu:
    """A step that is a menu, as it is read."""
    assert isinstance(step, Menu), step
    items = tuple(replace(item, text=plain(item.text)) for item in step.items)
    return replace(step, title=plain(step.title), items=items, said=plain(step.said))


def said(step: Step) -> str:
    """What a step says that ends a flow, as it is read."""
    assert isinstance(step, str), step
    return plain(step)


def lines(step: Step) -> list[str]:
    """The lines of a menu with their keys: "1 ● kind: person"."""
    shown = (f"{item.key} {'● ' if item.is_on else ''}{item.text}" for item in menu(step).items)
    return [line.strip() for line in shown]


def item_of(step: Step, words: str) -> Item:
    """The line of a menu that has some words, or the other key of hints."""
    items = step.others if isinstance(step, Hints) else menu(step).items
    return next(item for item in items if words in item.text)


def choose(step: Step, *words: str) -> Step:
    """Choose lines by some of their words, one menu after the other."""
    for each in words:
        step = item_of(step, each).do()
    return step


def answer(step: Step, typed: str) -> Step:
    """Type a text."""
    assert isinstance(step, Ask), step
    return step.then(typed)


def hinted(desk: Desk, step: Step) -> dict[str, str]:
    """What stands at the place of each hint, up to the next space, by its letters."""
    assert isinstance(step, Hints), step
    return {hint.letters: desk.layout.text[hint.offset :].split()[0] for hint in step.hints}


def point(desk: Desk, step: Step, word: str) -> Step:
    """Choose the hint at a word."""
    assert isinstance(step, Hints), step
    return step.then(next(hint for hint in step.hints if desk.layout.text.startswith(word, hint.offset)))


def related(desk: Desk) -> list[Related]:
    """Type, head and tail of all relations."""
    return [(relation.label, relation.head, relation.tail) for relation in desk.session.state.relations]
