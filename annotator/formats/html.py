"""An HTML page → its visible text, title and date.

Everything that a reader of the page sees is kept in reading order, menus and other furniture too: what of it is
article is for annotators to say. Block elements begin lines, list items get a bullet or a number, as in text that
other scrapers wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.formats.decoding import decode
from annotator.formats.main_text import main_text


if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, HTMLTree


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page says.

    Attributes:
        text: The visible text, "" if there is none.
        title: `og:title`, else `<title>`, else the first `<h1>`, on one line; "" if none.
        published: The date of publication as the page writes it; "" if none.
        encoding: The encoding of the page's bytes, named as `decode` does.
        main_text: The lines of the article, as `formats.main_text` finds them; None where nothing could find them.
    """

    text: str
    title: str
    published: str
    encoding: str
    main_text: tuple[str, ...] | None = None


_HEAD = 4096
"""Bytes in which a page names its encoding: the HTML standard looks at 1,024, pages are laxer."""

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_EMPTY_RAW_TEXT = re.compile(r"<(script|style|title|textarea|iframe)\b([^<>]*)/>", re.IGNORECASE)

_HIDDEN = ("[hidden]", '[style*="display:none" i]', '[style*="display: none" i]')
_UNSEEN = (
    *("img", "area", "svg", "canvas", "object", "embed", "iframe", "audio", "video", "rp"),
    *(f"{hidden}:not(html, body)" for hidden in _HIDDEN),
)
"""Elements without text to read. A page hidden as a whole is one that its script would show."""

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
)
"""Names under which `<meta>` gives the date of publication, the most exact first."""

_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')


def read_html(data: bytes, source: str = "") -> HtmlPage:
    """Read a page.

    Args:
        data: The page's bytes.
        source: File name, for the error.

    Raises:
        DataError: The bytes are no text, or in an unknown encoding.
    """
    from resiliparse.parse.html import HTMLTree  # here, for only HTML needs it

    declared = _CHARSET.search(data, 0, _HEAD)
    markup, encoding = decode(data, source, declared=declared[1].decode("ascii") if declared else "")
    if markup.startswith("<?xml"):  # XHTML may close an empty <script/>; an HTML parser would take the page for script
        markup = _EMPTY_RAW_TEXT.sub(r"<\1\2></\1>", markup)
    tree = HTMLTree.parse(markup)
    meta = _meta(tree)
    return HtmlPage(_visible_text(tree), _title(tree, meta), _published(tree, meta), encoding, main_text(markup))


def _visible_text(tree: HTMLTree) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(
        tree,
        main_content=False,
        preserve_formatting=True,
        list_bullets=True,
        alt_texts=True,  # without it a <figure> goes with its caption; the images themselves are unseen
        links=False,
        form_fields=False,
        noscript=False,
        skip_elements=_UNSEEN,
    )


def _meta(tree: HTMLTree) -> dict[str, str]:
    """What the page's `<meta>` elements say, by name, property or itemprop in lower case; the first of a name."""
    values: dict[str, str] = {}
    for element in _select(tree, "meta[content]"):
        value = (element.getattr("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.getattr(attribute) or "").strip().lower()
            if name and value:
                values.setdefault(name, value)
    return values


def _title(tree: HTMLTree, meta: dict[str, str]) -> str:
    heading = "".join(element.text or "" for element in _select(tree, "h1")[:1])
    titles = (meta.get("og:title", ""), tree.title or "", heading)
    return next((line for title in titles if (line := " ".join(title.split()))), "")


def _published(tree: HTMLTree, meta: dict[str, str]) -> str:
    """The date of a `<meta>`, of an element marked up as the date, of the JSON-LD, or of a `<time>`, in this order."""
    named = next((meta[name] for name in _PUBLISHED if name in meta), "")
    return named or _marked_date(tree, '[itemprop="datePublished" i]') or _json_ld_date(tree) or _time(tree)


def _json_ld_date(tree: HTMLTree) -> str:
    scripts = _select(tree, 'script[type="application/ld+json" i]')
    return next((found[1] for script in scripts if (found := _JSON_LD_DATE.search(script.text or ""))), "")


def _time(tree: HTMLTree) -> str:
    return _marked_date(tree, "article time[datetime]") or _marked_date(tree, "time[datetime]")


def _marked_date(tree: HTMLTree, selector: str) -> str:
    dates = ((element.getattr("datetime") or element.text or "").strip() for element in _select(tree, selector))
    return next(filter(None, dates), "")


def _select(tree: HTMLTree, selector: str) -> list[ElementNode]:
    """The elements; through `values()`, for to iterate over the collection itself takes quadratic time."""
    return list(tree.document.query_selector_all(selector).values()) if tree.document else []
