"""Importing: idempotent, a bad record never stops the rest and is never half stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from annotator.errors import AnnotatorError, DataError
from annotator.formats.items import Item, Rejected, SourceRecord, SourceText
from annotator.formats.record import Record, digest, parse_record
from annotator.formats.sources import read_sources
from annotator.model.annotation import Annotation, Relation, Slot, Value
from annotator.model.document import Document
from annotator.model.history import JournalEntry
from annotator.model.operations import Operation
from annotator.model.state import AnnotationState
from annotator.services import intake
from annotator.services.project import Project, now
from annotator.services.record_suggestions import (
    VERSION_DIGITS,
    check_suggester,
    suggestions_from_record,
    what_was_left_out,
)
from annotator.store import active_time, annotators, documents, journal, suggestions
from annotator.store.engine import Connection
from annotator.suggest.checking import Checked


BATCH_DOCUMENTS = 1000
BATCH_CHARACTERS = 4_000_000


@dataclass
class ImportReport:
    """What came of an import.

    Attributes:
        imported: Documents that are new.
        unchanged: Documents, and records with annotations, that were there already.
        annotations: New annotations.
        suggestions: What records propose now; None where their spans are annotations.
        rejected: What could not be taken, with a reason each.
        encodings: Files that were not UTF-8, with what they were read as.
        doc_ids: The documents that were read, new or not; the first two of them, for there may be a million.
    """

    imported: int = 0
    unchanged: int = 0
    annotations: int = 0
    suggestions: int | None = None
    rejected: list[Rejected] = field(default_factory=list)
    encodings: list[tuple[str, str]] = field(default_factory=list)
    doc_ids: list[str] = field(default_factory=list)

    def note(self, doc_id: str) -> None:
        """Keep the id of a document that was read, as long as it tells whether there was only one."""
        if len(self.doc_ids) < 2 and doc_id not in self.doc_ids:
            self.doc_ids.append(doc_id)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read: see `read_sources`.

    Attributes:
        update: Take a known id with another text as a new document.
        suggester: What proposes the spans of records, which are then suggestions; None where they are annotations.
    """

    format: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    max_size: int = 64 * 1024 * 1024
    update: bool = False
    suggester: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A document to store, a record to take annotations from, or both."""

    source: str
    line: int
    document: Document | None
    record: Record | None = None
    digest: str = ""


def check_sources(paths: Sequence[Path], options: ImportOptions) -> None:
    """Refuse sources that are not there, before a database is made for them.

    Raises:
        UsageError: The suggester may not be called so.
        DataError: A path is missing, or a folder holds nothing that can be read.
    """
    _read(paths, options)


def import_sources(
    project: Project,
    paths: Sequence[Path],
    options: ImportOptions,
    on_batch: Callable[[ImportReport], None] = lambda _: None,
) -> ImportReport:
    """Import files and folders, batch by batch.

    Raises:
        UsageError: The suggester may not be called so.
        DataError: A path is missing, or a folder holds nothing that can be read.
        StoreError: The database cannot be written; whole batches before are kept.
    """
    report = ImportReport(suggestions=None if options.suggester is None else 0)
    importer = _Importer(project, options, report)
    for batch in _batches(_units(_read(paths, options), report, options)):
        importer.store(batch)
        on_batch(report)
    return report


def _read(paths: Sequence[Path], options: ImportOptions) -> Iterator[Item]:
    if options.suggester is not None:
        check_suggester(options.suggester)
    return read_sources(paths, format=options.format, mapping=options.mapping, max_size=options.max_size)


def _units(items: Iterable[Item], report: ImportReport, options: ImportOptions) -> Iterator[_Unit]:
    for item in items:
        try:
            match item:
                case Rejected():
                    report.rejected.append(item)
                case SourceText():
                    if item.encoding not in {"", "utf-8"}:
                        report.encodings.append((item.source, item.encoding))
                    yield _Unit(item.source, item.line, intake.document_from_text(item))
                case SourceRecord():
                    record = parse_record(item.data, needs_annotator=options.suggester is None)
                    document = None if record.text is None else intake.document_from_record(record)
                    yield _Unit(item.source, item.line, document, record, digest(item.data))
        except DataError as error:
            report.rejected.append(Rejected(item.source, item.line, error.message))


def _batches(units: Iterator[_Unit]) -> Iterator[list[_Unit]]:
    """Units in groups that are small enough to hold in memory and large enough to be worth a sync."""
    batch: list[_Unit] = []
    characters = 0
    for unit in units:
        batch.append(unit)
        characters += len(unit.document.raw) if unit.document else 0
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    yield batch


class _Importer:
    """Stores batches of units, each in one transaction."""

    def __init__(self, project: Project, options: ImportOptions, report: ImportReport) -> None:
        self.project, self.options, self.report = project, options, report

    def store(self, batch: list[_Unit]) -> None:
        """Store a batch, all or nothing but for what is rejected."""
        with self.project.store.write() as connection:
            at = now()
            plain = [unit for unit in batch if unit.record is None]
            self._store_documents(connection, plain, at)
            for unit in batch:
                if unit.record is not None:
                    self._store_record(connection, unit, unit.record, at)

    def _store_documents(self, connection: Connection, units: list[_Unit], at: str) -> None:
        new: dict[str, Document] = {}
        found = [unit.document for unit in units if unit.document]
        ids = chain.from_iterable((document.doc_id, _updated(document).doc_id) for document in found)
        known = {identity.doc_id: identity.raw_sha256 for identity in documents.identities(connection, list(ids))}
        for unit in units:
            if unit.document is None:
                continue
            try:
                document = self._placed(unit.document, known)
            except DataError as error:
                self.report.rejected.append(Rejected(unit.source, unit.line, error.message))
                continue
            if document.doc_id in known:
                self.report.unchanged += 1
            else:
                new[document.doc_id] = document
                known[document.doc_id] = document.raw_sha256
                self.report.imported += 1
            self.report.note(document.doc_id)
        if new:
            documents.add(connection, list(new.values()), at)

    def _placed(self, document: Document, known: Mapping[str, str]) -> Document:
        """The document under the id that it has, or is to have, in the database."""
        if known.get(document.doc_id, document.raw_sha256) == document.raw_sha256:
            return document
        updated = _updated(document)
        if updated.doc_id in known or self.options.update:
            return updated
        raise _another_text(document)

    def _store_record(self, connection: Connection, unit: _Unit, record: Record, at: str) -> None:
        savepoint = connection.begin_nested()
        try:
            identity, document, is_new = self._find_document(connection, record, unit.document, at)
            taken = self._take(connection, unit, record, identity.id, document, at)
        except AnnotatorError as error:
            savepoint.rollback()
            self.report.rejected.append(Rejected(unit.source, unit.line, error.message))
            return
        savepoint.commit()
        self.report.imported += is_new
        self.report.unchanged += not is_new and taken is None
        if isinstance(taken, Operation):
            self.report.annotations += sum(isinstance(change.after, Annotation) for change in taken.changes)
        elif taken is not None:
            self._count_suggestions(unit, taken)
        self.report.note(identity.doc_id)

    def _take(  # a record, and what is known of its document
        self,
        connection: Connection,
        unit: _Unit,
        record: Record,
        document_id: int,
        document: Document | None,
        at: str,
    ) -> Operation | Checked | None:
        """Store what a record says of its document, as annotations or suggestions; None where that is nothing new."""
        name = self.options.suggester
        if not (record.is_annotated if name is None else record.spans):
            return None
        document = document or documents.load(connection, document_id)
        if name is not None:
            return self._take_suggestions(connection, (name, document_id), document, record, unit.digest, at)
        place = (annotators.ensure(connection, record.annotator, at), document_id)
        operation = self._take_annotations(connection, place, document, record, unit.digest, at)
        if active_ms := round(record.active_seconds * 1000):
            active_time.raise_time(connection, place, active_ms, at)
        return operation

    def _take_suggestions(
        self, connection: Connection, who: tuple[str, int], document: Document, record: Record, hash_: str, at: str
    ) -> Checked:
        """Store what a record proposes, in the place of what its suggester proposed before.

        Args:
            connection: To the database.
            who: The suggester's name and the document's row.
            document: What the record is about.
            record: The parsed record.
            hash_: Its hash, from which the suggester has its version.
            at: The time.
        """
        (name, document_id), version = who, hash_[:VERSION_DIGITS]
        checked = suggestions_from_record(record, document, self.project.schema, f"{name}@{version}")
        suggestions.put(connection, [suggestions.Run(document_id, name, version, checked.suggestions)], at)
        return checked

    def _count_suggestions(self, unit: _Unit, checked: Checked) -> None:
        """Count what a record proposes, and tell of what in it does not count."""
        self.report.suggestions = (self.report.suggestions or 0) + len(checked.suggestions.suggestions)
        if left_out := what_was_left_out(checked, self.project.schema):
            self.report.rejected.append(Rejected(unit.source, unit.line, f"{left_out}; the rest was taken"))

    def _find_document(
        self, connection: Connection, record: Record, document: Document | None, at: str
    ) -> tuple[documents.Identity, Document | None, bool]:
        """The stored document that a record is about, which is stored now if it is new.

        Returns:
            Its identity; itself, where the record holds it; whether it is new.
        """
        if document is None:
            return _named_document(connection, record), None, False
        identity = next(documents.identities(connection, [document.doc_id]), None)
        if identity and identity.text_sha256 != document.text_sha256:
            updated = _updated(document)
            identity = next(documents.identities(connection, [updated.doc_id]), None)
            if identity is None and not self.options.update:
                raise _another_text(document)
            document = updated
        if identity is not None:
            return identity, None, False
        documents.add(connection, [document], at)
        return next(documents.identities(connection, [document.doc_id])), document, True

    def _take_annotations(
        self, connection: Connection, place: journal.Place, document: Document, record: Record, hash_: str, at: str
    ) -> Operation | None:
        """Store what is new of a record's annotations; returns the operation that did, if any."""
        schema = self.project.schema
        op_id = f"import-{hash_}"
        if journal.has_entry(connection, place[0], op_id):
            return None
        annotations = intake.annotations_from_record(record, document, schema, hash_)
        entries = list(journal.entries(connection, place))
        state = journal.load_state(connection, place) if entries else AnnotationState()
        operation = intake.import_operation(record, annotations, state, _held(entries), schema, hash_)
        if operation is not None:
            journal.append(connection, place, JournalEntry(op_id, operation, "import"), schema.version, at)
        return operation


def _updated(document: Document) -> Document:
    """A document as the newer version of the one that has its id."""
    return replace(document, doc_id=f"{document.doc_id}@{document.raw_sha256[:8]}", replaces=document.doc_id)


def _another_text(document: Document) -> DataError:
    return DataError(
        f"document {document.doc_id!r} is stored with another text; with --update the new text becomes a new document"
    )


def _named_document(connection: Connection, record: Record) -> documents.Identity:
    """The stored document that a record without text names, by doc_id or raw_sha256."""
    identity = next(documents.identities(connection, [record.doc_id]), None) if record.doc_id else None
    if identity is None and record.raw_sha256:
        twins = documents.with_raw(connection, record.raw_sha256)
        if len(twins) > 1:
            raise DataError(f"{len(twins)} documents have this raw_sha256: the record must name one by doc_id")
        identity = twins[0] if twins else None
    if identity is None:
        name = record.doc_id or record.raw_sha256 or "(no doc_id)"
        raise DataError(f"the record has no text, and no document {name!r} is stored")
    return identity


def _held(entries: Iterable[JournalEntry]) -> dict[Slot, list[Value]]:
    """Every version of every annotation and relation that the journal has held."""
    held: dict[Slot, list[Value]] = {}
    for entry in entries:
        for change in entry.operation.changes:
            if isinstance(change.after, Annotation | Relation):
                held.setdefault(change.slot, []).append(change.after)
    return held
