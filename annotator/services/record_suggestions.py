"""Records whose spans are suggestions: what somebody else's program proposes, in the project's own format."""

from __future__ import annotations

from annotator.errors import DataError, OffsetError, UsageError
from annotator.formats.record import Record, RecordSpan
from annotator.model.document import Document
from annotator.model.schema import Schema
from annotator.services.intake import place_of
from annotator.suggest.checking import Checked, check
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from annotator.suggest.naming import check_name
from annotator.suggest.registry import RESERVED


VERSION_DIGITS = 8
"""Digits of a record's hash that are the version of the suggester."""


def check_suggester(name: str) -> None:
    """See that what is imported may be called so.

    Raises:
        UsageError: It is no name for a suggester, or that of one that comes with the program.
    """
    if check_name(name) in RESERVED:
        raise UsageError(f"the name {name!r} is taken", hint=f"These are: {', '.join(sorted(RESERVED))}.")


def suggestions_from_record(record: Record, document: Document, schema: Schema, origin: str) -> Checked:
    """A record's spans and relations as suggestions for a document, as far as its text and the schema allow them.

    Args:
        record: The parsed record.
        document: What it is about.
        schema: The project's schema.
        origin: Name and version of the suggester, `name@version`.

    Raises:
        DataError: A span is outside the text or does not say the text that stands there, or nothing at all counts.
    """
    proposals = []
    for index, span in enumerate(record.spans):
        try:
            proposals.append(_proposal(span, document))
        except OffsetError as error:
            raise DataError(f"span {span.id or index}: {error.message}", hint=error.hint) from None
    links = tuple(Link(one.label, one.head, one.tail) for one in record.relations)
    checked = check(Proposals(tuple(proposals), links), DocumentView(document.doc_id, document.text), schema, origin)
    if record.spans and not checked.suggestions.suggestions:
        raise DataError(what_was_left_out(checked, schema))
    return checked


def _proposal(span: RecordSpan, document: Document) -> Proposal:
    start, end, _ = place_of(span, document)
    return Proposal(start, end, span.label, span.reason, "", span.score, dict(span.attributes), span.id)


def what_was_left_out(checked: Checked, schema: Schema) -> str:
    """Why parts of a record do not count, in a line; "" where all of them do."""
    parts = [f"{one.what} {one.why}" for one in checked.refused[:1]]
    if len(checked.refused) > 1:
        parts.append(f"{len(checked.refused) - 1} more like it")
    if checked.dropped:
        parts.append(f"{checked.dropped} of its spans and relations have labels that schema {schema.name} lacks")
    return ", ".join(parts)
