"""What a program that knows many pages, trafilatura, takes for the article of an HTML page.

It comes with the extra `html`; without it nobody looks, and pages are read all the same. See Barbaresi, "Trafilatura: A
Web Scraping Library and Command-Line Tool for Text Discovery and Extraction", ACL 2021.
"""

from __future__ import annotations


LARGEST = 500_000
"""Characters of the longest page that is looked at: its time grows faster than the page, and nothing can stop it."""


def main_text(markup: str) -> tuple[str, ...] | None:
    """The lines of a page's article, in order; None where nobody could look, or nothing was found.

    The page is all that is looked at: nothing is fetched, and the same page gives the same lines.
    """
    if len(markup) > LARGEST:
        return None
    try:
        from trafilatura import extract

        found = extract(markup, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # an opinion is not worth a page; not to be installed is one way to fail
        return None
    lines = tuple(line for line in (found or "").split("\n") if line.strip())
    return lines or None
