"""A document: text that never changes once it is stored, with its way back to the raw text."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.text.offsets import OffsetMap


@dataclass(frozen=True, slots=True)
class Document:
    """An immutable cleaned text with what is known about it. All offsets are code points into `text`.

    Attributes:
        doc_id: The identity of the document for its users.
        map: From the raw text (source) to `text` (target).
        text_sha256, raw_sha256: Hex SHA-256 of the texts' UTF-8.
        source_sha256: Hex SHA-256 of the bytes an HTML page was extracted from, else "".
        cleaner: The version of the cleaning that made `text`; "" where the text came as final.
        title_span: Where in `text` the title stands; None where the title is not part of it.
        meta: Such as source, url, published.
        main_text: Spans of `text`, in order, that an extractor took for the article of an HTML page; None where none
            looked.
        replaces: The doc_id of the document that this one is a newer version of, else "".
    """

    doc_id: str
    title: str
    text: str
    raw: str
    map: OffsetMap
    text_sha256: str
    raw_sha256: str
    source_sha256: str = ""
    cleaner: str = ""
    title_span: tuple[int, int] | None = None
    meta: dict[str, str] = field(default_factory=dict)
    replaces: str = ""
    main_text: tuple[tuple[int, int], ...] | None = None
