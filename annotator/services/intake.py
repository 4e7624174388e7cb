"""From what a reader delivers to documents and annotations: pure steps of the import."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.errors import DataError, OffsetError, OperationError
from annotator.formats.items import SourceText
from annotator.formats.record import Record, RecordSpan
from annotator.model.annotation import Annotation, DocumentLabel, Note, Relation, Slot, Status, Value
from annotator.model.document import Document
from annotator.model.edits import imported
from annotator.model.operations import Operation, apply
from annotator.model.relating import relate
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.model.validation import check_annotation, check_overlap
from annotator.services.main_spans import main_spans
from annotator.text.cleaning import CLEANER, clean
from annotator.text.headline import find_headline, shortened
from annotator.text.offsets import OffsetMap


def sha256(text: str) -> str:
    """Hex SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_from_text(item: SourceText) -> Document:
    """Clean a raw text into a document.

    Raises:
        DataError: Nothing visible is left of it.
    """
    cleaned = clean(item.raw)
    text = cleaned.text
    if not text:
        raise DataError("empty: there is no visible text in it")
    raw_sha256 = sha256(item.raw)
    if item.title:
        title = one_line(item.title)
        span = _place_of_title(title, text)
    else:
        start, end = find_headline(text)
        title = shortened(text[start:end])
        span = (start, end) if title == text[start:end] else None
    return Document(
        doc_id=item.doc_id or item.url or f"{item.stem}-{raw_sha256[:8]}",
        title=title or shortened(text.partition("\n")[0]),
        text=text,
        raw=item.raw,
        map=cleaned.map,
        text_sha256=raw_sha256 if text == item.raw else sha256(text),
        raw_sha256=raw_sha256,
        source_sha256=item.source_sha256,
        cleaner=CLEANER,
        title_span=span,
        meta=item.meta,
        main_text=None if item.main_text is None else main_spans(item.main_text, text),
    )


def _place_of_title(title: str, text: str) -> tuple[int, int] | None:
    """Where a title that came with a text stands in it: at its beginning, or as a whole line."""
    if not title or text.startswith(title):
        return (0, len(title)) if title else None
    before = f"\n{text}\n".find(f"\n{title}\n")
    return None if before < 0 else (before, before + len(title))


def one_line(text: str) -> str:
    """A title as it is stored and shown: cleaned, on one line."""
    return " ".join(clean(text).text.split())


def document_from_record(record: Record) -> Document:
    """The document that a record carries; its text is final.

    Raises:
        DataError: The record contradicts itself.
    """
    text = record.text or ""
    if not text.strip():
        raise DataError("empty: there is no visible text in it")
    raw = text if record.raw_text is None else record.raw_text
    text_sha256, raw_sha256 = sha256(text), sha256(raw)
    if record.text_sha256 not in {"", text_sha256}:
        raise DataError("text_sha256 is not the hash of text")
    if record.raw_text is not None and record.raw_sha256 not in {"", raw_sha256}:
        raise DataError("raw_sha256 is not the hash of raw_text")
    title = one_line(record.title)
    return Document(
        doc_id=record.doc_id or f"record-{raw_sha256[:8]}",
        title=title or shortened(text.strip().partition("\n")[0]),
        text=text,
        raw=raw,
        map=_record_map(record, text, raw),
        text_sha256=text_sha256,
        raw_sha256=raw_sha256,
        cleaner=record.cleaner,
        title_span=(0, len(title)) if title and text.startswith(title) else None,
        meta=record.meta,
    )


def _record_map(record: Record, text: str, raw: str) -> OffsetMap:
    if raw == text:
        return OffsetMap.identity(len(text))
    if record.raw_edits is None:
        raise DataError("raw_text differs from text, and raw_edits is missing")
    try:
        offsets = OffsetMap(len(raw), len(text), record.raw_edits)
    except OffsetError as error:
        raise DataError(f"raw_edits: {error.message}") from None
    source = target = 0
    for source_start, source_end, target_start, target_end in (*record.raw_edits, (len(raw), 0, len(text), 0)):
        if raw[source:source_start] != text[target:target_start]:
            raise DataError("raw_edits do not lead from raw_text to text")
        source, target = source_end, target_end
    return offsets


def annotations_from_record(record: Record, document: Document, schema: Schema, digest: str) -> list[Annotation]:
    """A record's spans as annotations of a document.

    Raises:
        DataError: A span is outside the text, does not say the text that stands there, or breaks the schema.
    """
    annotations = []
    for index, span in enumerate(record.spans):
        try:
            annotation = _annotation(span, document)
            annotation = replace(
                annotation,
                id=span.id or f"{digest[:8]}-{index}",
                schema_version=record.schema_version or schema.version,
            )
            check_annotation(annotation, schema, len(document.text))
        except (OffsetError, OperationError) as error:
            raise DataError(f"span {span.id or index}: {error.message}", hint=error.hint) from None
        annotations.append(annotation)
    return annotations


def place_of(span: RecordSpan, document: Document) -> tuple[int, int, tuple[int, int] | None]:
    """Where a record's span stands in a document, and in its raw text where the record says that.

    Raises:
        OffsetError: It is outside the text, or does not say the text that stands there.
    """
    raw: tuple[int, int] | None = None
    if span.raw_start is not None and span.raw_end is not None:
        raw = (span.raw_start, span.raw_end)
    if span.start is not None and span.end is not None:
        start, end = span.start, span.end
        _check_text(span, document.text, start, end, "text")
    else:
        assert raw is not None  # noqa: S101  # the parser saw to it that one pair is there
        start, end = document.map.to_target(*raw)
        _check_text(span, document.raw, *raw, "raw text")
    return start, end, raw


def _annotation(span: RecordSpan, document: Document) -> Annotation:
    start, end, raw = place_of(span, document)
    hidden = start == end
    return Annotation(span.id, start, end, span.label, span.attributes, span.origin, raw=raw if hidden else None)


def _check_text(span: RecordSpan, text: str, start: int, end: int, what: str) -> None:
    if not 0 <= start <= end <= len(text):
        raise OffsetError(f"{start}–{end} lies outside the {what} of {len(text)} characters")
    if span.text is not None and span.text != text[start:end]:
        raise OffsetError(f"the {what} at {start}–{end} is {text[start:end]!r}, not {span.text!r}")


def import_operation(
    record: Record,
    annotations: list[Annotation],
    state: AnnotationState,
    held: Mapping[Slot, Sequence[Value]],
    schema: Schema,
    digest: str,
) -> Operation | None:
    """What a record adds to an annotator's work in a document; None where it adds nothing.

    A span is known if the annotator has it, or if their journal ever held it under its id just as it is in the
    record: then it was imported or made before, and edited or removed since. A relation is known if the journal ever
    held it between these spans.

    Args:
        record: The parsed record.
        annotations: Its spans.
        state: The present state.
        held: Every version of every annotation and relation that the journal has held.
        schema: The project's schema.
        digest: The record's hash, which makes new ids where one is taken by another value.

    Raises:
        DataError: The schema does not allow it.
    """
    new, ids = _new_annotations(annotations, state, held, digest)
    after = AnnotationState.of([*state.values.values(), *new])
    values: list[Value] = [*new]
    try:
        for annotation in new:
            check_overlap(annotation, after, schema)
        for relation in _new_relations(record, ids, held, digest):
            if after.annotation(relation.head) and after.annotation(relation.tail):
                values.append(relation)
                after, _ = apply(after, relate(after, schema, relation))
    except OperationError as error:
        raise DataError(error.message, hint=error.hint) from None
    values += [DocumentLabel(label) for label in _new_document_labels(record, state, schema)]
    if record.note and not state.note:
        values.append(Note(record.note))
    if record.status != "open" and state.status == "open":
        values.append(Status(record.status))
    return imported(values) if values else None


def _new_annotations(
    annotations: list[Annotation], state: AnnotationState, held: Mapping[Slot, Sequence[Value]], digest: str
) -> tuple[list[Annotation], dict[str, str]]:
    """The annotations that are not known, and for every id of the record the id that it has here."""
    present = {_content(annotation): annotation.id for annotation in state.annotations}
    new: list[Annotation] = []
    ids: dict[str, str] = {}
    for annotation in annotations:
        content = _content(annotation)
        versions = held.get(annotation.slot, ())
        if any(isinstance(version, Annotation) and _content(version) == content for version in versions):
            ids[annotation.id] = annotation.id
        elif content in present:
            ids[annotation.id] = present[content]
        else:
            ids[annotation.id] = f"{digest[:8]}-{annotation.id}" if versions else annotation.id
            new.append(replace(annotation, id=ids[annotation.id]))
    return new, ids


def _content(annotation: Annotation) -> tuple[object, ...]:
    """What makes two annotations of one annotator the same, whatever their ids."""
    return annotation.start, annotation.end, annotation.label, annotation.attributes, annotation.raw


def _new_relations(
    record: Record, ids: Mapping[str, str], held: Mapping[Slot, Sequence[Value]], digest: str
) -> Iterator[Relation]:
    """The relations that are not known, between the ids that their ends have here."""
    known = {
        (version.label, version.head, version.tail)
        for versions in held.values()
        for version in versions
        if isinstance(version, Relation)
    }
    for index, relation in enumerate(record.relations):
        head, tail = ids[relation.head], ids[relation.tail]
        if (relation.label, head, tail) not in known:
            is_taken = not relation.id or relation.slot in held
            relation_id = f"{digest[:8]}-{relation.id or f'r{index}'}" if is_taken else relation.id
            yield replace(relation, id=relation_id, head=head, tail=tail)


def _new_document_labels(record: Record, state: AnnotationState, schema: Schema) -> list[str]:
    known = {label.id for label in schema.document_labels}
    for label in record.document_labels:
        if label not in known:
            raise DataError(f"document label {label!r} is not in schema {schema.name}")
    return [label for label in dict.fromkeys(record.document_labels) if label not in state.document_labels]
