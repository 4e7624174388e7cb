"""What a suggester is given and what it gives back.

A suggester may be written by anybody: see docs/suggestions.md. What it proposes is checked before it counts, so that a
faulty one harms nothing but its own proposals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What a suggester sees of a document. Offsets are code points of `text`.

    Attributes:
        doc_id: The identity of the document.
        text: The cleaned text. Its lines end with a line feed.
        title: Its title, or "".
        title_span: Where in the text the title stands, or None where it is not known to stand there.
        meta: Such as source, url, published.
        labels: The ids of the schema's labels; proposals with others are dropped.
        relations: The ids of the schema's relations; others are dropped.
        site: Where the document comes from, such as the host of its url, or "".
        site_lines: Short lines that stand in several documents of the same site, as `suggest.lines.line_key` folds
            them, and in how many.
        main_text: The spans that an extractor took for the article when the page was read from HTML, in order; None
            where there was no HTML or no extractor.
    """

    doc_id: str
    text: str
    title: str = ""
    title_span: tuple[int, int] | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    site: str = ""
    site_lines: Mapping[str, int] = field(default_factory=dict)
    main_text: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span that a suggester proposes.

    Attributes:
        start, end: The span [start, end), code points; not empty, inside the text.
        label: The id of a label.
        reason: Why, in a few words; the built-in suggesters mark theirs for translation.
        evidence: The piece of text that the reason speaks of, such as a cue, or "".
        score: How sure the suggester is, 0 to 1, or None.
        attributes: Values of attributes of the label; those that are not given have their defaults.
        key: A name for `Link`, unique among the proposals for the document; "" where none is needed.
    """

    start: int
    end: int
    label: str
    reason: str
    evidence: str = ""
    score: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, head → tail, between two proposals of the same answer, by their keys."""

    label: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """A suggester's answer for one document; nothing where it has nothing to say."""

    spans: tuple[Proposal, ...] = ()
    links: tuple[Link, ...] = ()


@runtime_checkable
class Suggester(Protocol):
    """Proposes spans for documents.

    Attributes:
        name: Lower-case letters, digits, `-`, `_`, `.` and `:`; with the version it is the origin of what it proposes.
        version: Changes whenever the proposals for some document might.
    """

    name: str
    version: str

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose spans for a document. The same document gives the same proposals; any exception is contained."""
        ...
