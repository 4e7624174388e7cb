"""Which lines the pages of a site share: what is printed on several of them is hardly part of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from annotator.store import documents
from annotator.store.engine import Connection
from annotator.suggest.lines import line_key


LEAST_PAGES = 3
"""Pages of a site that have a line before it counts as the site's."""

MOST_PAGES = 200
"""Pages of a site that are looked at."""

LONGEST = 120
"""Code points of a line that may be furniture; a longer one on several pages is an agency's text."""


def site_of(meta: Mapping[str, str]) -> str:
    """The site of a document: the host of its url, else its source, else "" where neither is known."""
    try:
        host = urlsplit(meta.get("url", "")).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or meta.get("source", "")


class Sites:
    """The lines that each site repeats, counted when they are first asked for.

    Args:
        connection: To the database.
    """

    def __init__(self, connection: Connection) -> None:
        self._pages: dict[str, list[int]] = {}
        for document_id, meta in documents.metas(connection):
            self._pages.setdefault(site_of(meta), []).append(document_id)
        self._lines: dict[str, Mapping[str, int]] = {"": {}}

    def lines(self, connection: Connection, site: str) -> Mapping[str, int]:
        """Folded lines of a site, and on how many of the pages looked at each stands."""
        if site not in self._lines:
            pages = self._pages.get(site, [])
            self._lines[site] = _repeated(connection, pages[:MOST_PAGES]) if len(pages) >= LEAST_PAGES else {}
        return self._lines[site]


def _repeated(connection: Connection, pages: list[int]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for reading in documents.readings(connection, pages):
        counts.update({line_key(line) for line in reading.text.split("\n") if 0 < len(line) <= LONGEST})
    return {line: count for line, count in counts.items() if count >= LEAST_PAGES}
