"""Simulated annotators: what is true of a page by simple rules, and what people with usual errors make of it.

All is drawn from a seed: the same page, seed and name give the same work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any

from annotator.errors import OperationError
from annotator.formats.record import to_record
from annotator.model import edits, relating
from annotator.model.annotation import Annotation, Relation, Status
from annotator.model.document import Document
from annotator.model.operations import apply
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.text.offsets import Span
from annotator.text.sentences import sentences
from annotator.text.words import words


NAMES = ("huda", "omar", "rana")

SAYING = re.compile("[وف]?(?:ت|ي)?(?:قال|قول|أكد|أعلن|أضاف|أوضح|أشار|ذكر|نقل|صرح|كشف|أفاد|شدد|لفت|ذكر)ت?")
THAT = re.compile("(?:ب?أن|إن)")
"""«That» between who speaks and what they say."""

LONGEST_SOURCE = 12
"""Words between the verb and «that»."""

STILL_SPEAKING = 0.4
"""How often a sentence that names nobody is still said by the source before it."""

SHORT_LINE = 8
"""Lines with fewer words and no full stop are furniture; longer ones are headlines."""

MOST_LINES = 4
"""Lines of furniture under one annotation."""

STOPS, QUOTES = ".؟!…:،؛ ", "\"“”«»'"
PROCLITIC = re.compile("[وفبل](?=\\w{3})|ال(?=\\w{3})")
OTHER_LABEL = {"claim": "source", "source": "claim", "boilerplate": "spillover", "spillover": "boilerplate"}


@dataclass(frozen=True, slots=True)
class Rates:
    """How often somebody errs, for each true span or relation.

    Attributes:
        missed: It is not marked.
        boundary: An edge is off by a word, a proclitic or a quotation mark.
        label: It has another label.
        split: It is marked in two pieces.
        attribute: An attribute has another value.
        extra: Something else is marked that is nothing.
        unrelated: A relation is missing.
        target: A relation leads to another source.
    """

    missed: float = 0.08
    boundary: float = 0.12
    label: float = 0.05
    split: float = 0.03
    attribute: float = 0.04
    extra: float = 0.03
    unrelated: float = 0.02
    target: float = 0.04


def true_work(text: str, schema: Schema, seed: int) -> AnnotationState:
    """What is true of a text: furniture in lines, sources and their claims in sentences, headlines."""
    rng = Random(f"truth {seed} {text}")
    state = AnnotationState()
    for start, end in _furniture(text):
        state, _ = _with(state, schema, text, rng, (start, end), "boilerplate")
    source: Annotation | None = None
    for start, end in _sentences(text):
        said = _attribution(text, start, end)
        if said is not None:
            state, source = _with(state, schema, text, rng, said[0], "source")
        elif rng.random() >= STILL_SPEAKING:
            source = None
        state, claim = _with(state, schema, text, rng, said[1] if said else (start, end), "claim")
        if source and claim:
            state = _related(state, schema, claim.id, source.id)
    return state


def work_of(text: str, truth: AnnotationState, schema: Schema, rng: Random, rates: Rates = Rates()) -> AnnotationState:
    """What somebody makes of a text of which something is true; they are done with it."""
    state = AnnotationState.of([Status("done")])
    made: dict[str, Annotation] = {}
    for true in truth.annotations:
        for piece in _seen(text, true, schema, rng, rates):
            state, marked = _added(state, schema, text, piece)
            if marked is not None:
                made.setdefault(true.id, marked)
        if rng.random() < rates.extra:
            state, _ = _with(state, schema, text, rng, _somewhere(text, rng), rng.choice(["claim", "source"]))
    for relation in truth.relations:
        if relation.head in made and relation.tail in made and rng.random() >= rates.unrelated:
            tail = made[relation.tail]
            if rng.random() < rates.target:
                tail = rng.choice([one for one in made.values() if one.label == "source"] or [tail])
            state = _related(state, schema, made[relation.head].id, tail.id)
    return state


def records_of(
    documents: Iterable[Document], schema: Schema, seed: int, names: Sequence[str] = NAMES
) -> Iterator[dict[str, Any]]:
    """A record of each annotator for each document, as `import` takes it."""
    for document in documents:
        truth = true_work(document.text, schema, seed)
        for name in names:
            state = work_of(document.text, truth, schema, Random(f"{name} {seed} {document.text}"))
            yield to_record(document, name, state, schema, raw=False)


# What is true


def _lines(text: str) -> Iterator[Span]:
    """The lines that are not blank, without the spaces around them."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        if line[0].strip():
            yield start, start + len(line[0].strip())


def _is_furniture(line: str) -> bool:
    return len(words(line)) < SHORT_LINE and not re.search(rf"[.؟!…][{QUOTES})]*\Z", line)


def _furniture(text: str) -> Iterator[Span]:
    """Stretches of some lines of furniture."""
    block: list[Span] = []
    for start, end in _lines(text):
        if _is_furniture(text[start:end]):
            block.append((start, end))
        if block and (block[-1] != (start, end) or len(block) == MOST_LINES):
            yield block[0][0], block[-1][1]
            block = []
    if block:
        yield block[0][0], block[-1][1]


def _sentences(text: str) -> Iterator[Span]:
    """The sentences and headlines, without their stops and the quotation marks around them."""
    for first, last in _lines(text):
        if not _is_furniture(text[first:last]):
            for start, end in sentences(text[first:last]):
                yield _stripped(text, first + start, first + end)


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    start += len(part) - len(part.lstrip(STOPS + QUOTES))
    return start, max(start + len(part.strip(STOPS + QUOTES)), start)


def _attribution(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """The source and the claim of a sentence in which somebody says something."""
    found = [(start + first, start + last) for first, last in words(text[start:end])]
    spoken = [text[first:last] for first, last in found]
    verb = next((number for number, word in enumerate(spoken) if SAYING.fullmatch(word)), None)
    if verb is None or verb + 2 >= len(found):
        return None
    those = range(verb + 2, min(verb + LONGEST_SOURCE, len(found) - 1))
    that = next((number for number in those if THAT.fullmatch(spoken[number])), None)
    if that is None:  # the claim is then the whole sentence, its source in it
        return (found[verb + 1][0], found[verb + 2][1]), (start, end)
    return (found[verb + 1][0], found[that - 1][1]), _stripped(text, found[that + 1][0], end)


# What somebody makes of it


def _seen(text: str, true: Annotation, schema: Schema, rng: Random, rates: Rates) -> list[Annotation]:
    """A true annotation as somebody sees it: not at all, in one piece or in two."""
    chance = rng.random()
    if chance < rates.missed:
        return []
    if chance < rates.missed + rates.split:
        return _pieces(text, true, rng)
    seen = true
    if rng.random() < rates.boundary:
        seen = _shifted(text, seen, rng)
    label = schema.label(OTHER_LABEL[true.label])
    if rng.random() < rates.label and label is not None:
        seen = edits.with_label(seen, label, schema)
    elif rng.random() < rates.attribute:
        seen = _with_other_value(seen, schema, rng)
    return [seen]


def _pieces(text: str, true: Annotation, rng: Random) -> list[Annotation]:
    found = words(text[true.start : true.end])
    if len(found) < 4:
        return [true]
    before, after = rng.choice(list(pairwise(found))[1:-1])
    return [replace(true, end=true.start + before[1]), replace(true, start=true.start + after[0])]


def _shifted(text: str, true: Annotation, rng: Random) -> Annotation:
    """An annotation with one edge off by a word, a proclitic or a quotation mark."""
    start, end = true.start, true.end
    found = words(text[start:end])
    shifts = []
    if len(found) > 2:
        shifts += [(start + found[1][0], end), (start, start + found[-2][1])]
    shifts += [(start - before, end) for before in _word_before(text, start)]
    if proclitic := PROCLITIC.match(text, start):
        shifts.append((proclitic.end(), end))
    if start and text[start - 1] in QUOTES:
        shifts.append((start - 1, end))
    if text[end : end + 1] and text[end] in QUOTES + ".":
        shifts.append((start, end + 1))
    start, end = rng.choice(shifts or [(start, end)])
    return replace(true, start=start, end=end)


def _word_before(text: str, start: int) -> list[int]:
    found = re.search(r"(?<!\S)\w+ \Z", text[max(start - 30, 0) : start])
    return [len(found[0])] if found else []


def _with_other_value(true: Annotation, schema: Schema, rng: Random) -> Annotation:
    label = schema.label(true.label)
    if label is None or not label.attributes:
        return true
    attribute = rng.choice(label.attributes)
    value = rng.choice([one for one in attribute.values if one != dict(true.attributes)[attribute.id]])
    return replace(true, attributes=tuple((key, value if key == attribute.id else old) for key, old in true.attributes))


def _somewhere(text: str, rng: Random) -> Span:
    """Two to five words of a line."""
    start, end = rng.choice(list(_lines(text)))
    found = words(text[start:end]) or [(0, end - start)]
    first = rng.randrange(len(found))
    return start + found[first][0], start + found[min(first + rng.randint(1, 4), len(found) - 1)][1]


# Putting it together


def _with(
    state: AnnotationState, schema: Schema, text: str, rng: Random, span: Span, label_id: str
) -> tuple[AnnotationState, Annotation | None]:
    """A state with one more annotation with some values; without it where the schema does not allow it."""
    label = schema.label(label_id)
    if label is None or span[0] >= span[1]:
        return state, None
    annotation = edits.new_annotation("", *span, label, schema)
    values = tuple((one.id, rng.choice([one.default, one.default, *one.values])) for one in label.attributes)
    return _added(state, schema, text, replace(annotation, attributes=values))


def _added(
    state: AnnotationState, schema: Schema, text: str, annotation: Annotation
) -> tuple[AnnotationState, Annotation | None]:
    annotation = replace(annotation, id=f"s{len(state.annotations) + 1}")
    with suppress(OperationError):
        return apply(state, edits.add(state, schema, annotation, len(text)))[0], annotation
    return state, None


def _related(state: AnnotationState, schema: Schema, head: str, tail: str) -> AnnotationState:
    relation = Relation(f"r{len(state.relations) + 1}", "attributed_to", head, tail)
    with suppress(OperationError):
        return apply(state, relating.relate(state, schema, relation))[0]
    return state
