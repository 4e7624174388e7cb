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
from annotator.model.annotation import Annotation
from annotator.model.document import Document
from annotator.model.history import JournalEntry
from annotator.services import intake
from annotator.services.project import Project, now
from annotator.store import annotators, documents, journal
from annotator.store.engine import Connection


BATCH_DOCUMENTS = 1000
BATCH_CHARACTERS = 4_000_000


@dataclass
class ImportReport:
    """What came of an import.

    Attributes:
        imported: Documents that are new.
        unchanged: Documents, and records with annotations, that were there already.
        annotations: New annotations.
        rejected: What could not be taken, with a reason each.
        encodings: Files that were not UTF-8, with what they were read as.
        doc_ids: The documents that were read, new or not.
    """

    imported: int = 0
    unchanged: int = 0
    annotations: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    encodings: list[tuple[str, str]] = field(default_factory=list)
    doc_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read: see `read_sources`. `update` takes a known id with another text as a new document."""

    format: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    max_size: int = 64 * 1024 * 1024
    update: bool = False


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
        DataError: A path is missing, or a folder holds nothing that can be read.
        StoreError: The database cannot be written; whole batches before are kept.
    """
    report = ImportReport()
    importer = _Importer(project, options, report)
    for batch in _batches(_units(_read(paths, options), report)):
        importer.store(batch)
        on_batch(report)
    return report


def _read(paths: Sequence[Path], options: ImportOptions) -> Iterator[Item]:
    return read_sources(paths, format=options.format, mapping=options.mapping, max_size=options.max_size)


def _units(items: Iterable[Item], report: ImportReport) -> Iterator[_Unit]:
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
                    record = parse_record(item.data)
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
        ids = chain.from_iterable((document.doc_id, _updated_id(document)) for document in found)
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
            self.report.doc_ids.append(document.doc_id)
        if new:
            documents.add(connection, list(new.values()), at)

    def _placed(self, document: Document, known: Mapping[str, str]) -> Document:
        """The document under the id that it has, or is to have, in the database."""
        if known.get(document.doc_id, document.raw_sha256) == document.raw_sha256:
            return document
        updated = replace(document, doc_id=_updated_id(document), replaces=document.doc_id)
        if updated.doc_id in known or self.options.update:
            return updated
        raise DataError(
            f"document {document.doc_id!r} is stored with another text; with --update the new text becomes "
            "a new document"
        )

    def _store_record(self, connection: Connection, unit: _Unit, record: Record, at: str) -> None:
        savepoint = connection.begin_nested()
        try:
            imported, annotations, doc_id = self._take_record(connection, unit, record, at)
        except AnnotatorError as error:
            savepoint.rollback()
            self.report.rejected.append(Rejected(unit.source, unit.line, error.message))
            return
        savepoint.commit()
        self.report.imported += imported
        self.report.unchanged += not imported and not annotations
        self.report.annotations += annotations
        self.report.doc_ids.append(doc_id)

    def _take_record(self, connection: Connection, unit: _Unit, record: Record, at: str) -> tuple[int, int, str]:
        """Store a record's document and annotations; returns how many of each are new, and the document's id."""
        identity = self._stored(connection, record, unit.document)
        imported = 0
        if identity is None:
            if unit.document is None:
                name = record.doc_id or record.raw_sha256 or "(no doc_id)"
                raise DataError(f"the record has no text, and no document {name!r} is stored")
            documents.add(connection, [unit.document], at)
            identity = next(documents.identities(connection, [unit.document.doc_id]))
            imported = 1
        if not record.is_annotated:
            return imported, 0, identity.doc_id
        document = unit.document if imported and unit.document else documents.load(connection, identity.id)
        annotator_id = annotators.ensure(connection, record.annotator, at)
        number = self._take_annotations(connection, (annotator_id, identity.id), document, record, unit.digest, at)
        return imported, number, identity.doc_id

    def _stored(self, connection: Connection, record: Record, document: Document | None) -> documents.Identity | None:
        """The stored document that a record is about, if there is one."""
        doc_id = document.doc_id if document else record.doc_id
        identity = next(documents.identities(connection, [doc_id]), None) if doc_id else None
        if identity is None and document is None and record.raw_sha256:
            twins = documents.with_raw(connection, record.raw_sha256)
            if len(twins) > 1:
                raise DataError(f"{len(twins)} documents have this raw_sha256: the record must name one by doc_id")
            identity = twins[0] if twins else None
        if identity and document and identity.text_sha256 != document.text_sha256:
            raise DataError(f"document {identity.doc_id!r} is stored with another text")
        return identity

    def _take_annotations(
        self, connection: Connection, place: journal.Place, document: Document, record: Record, hash_: str, at: str
    ) -> int:
        schema = self.project.schema
        op_id = f"import-{hash_}"
        if journal.has_entry(connection, place[0], op_id):
            return 0
        annotations = intake.annotations_from_record(record, document, schema, hash_)
        known = _versions(connection, place)
        state = journal.load_state(connection, place)
        operation = intake.import_operation(record, annotations, state, known, schema, hash_)
        if operation is None:
            return 0
        journal.append(connection, place, JournalEntry(op_id, operation, "import"), schema.version, at)
        return sum(isinstance(change.after, Annotation) for change in operation.changes)


def _updated_id(document: Document) -> str:
    return f"{document.doc_id}@{document.raw_sha256[:8]}"


def _versions(connection: Connection, place: journal.Place) -> dict[str, list[Annotation]]:
    """Every version of every annotation that the journal has held."""
    versions: dict[str, list[Annotation]] = {}
    for entry in journal.entries(connection, place):
        for change in entry.operation.changes:
            if isinstance(change.after, Annotation):
                versions.setdefault(change.after.id, []).append(intake.comparable(change.after))
    return versions
