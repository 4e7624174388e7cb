"""What is measured on: the project's own samples, or real pages and articles where they lie beside the checkout."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ARTICLES = SHARED / "corpus" / "arabic-news-2015-07.jsonl.gz"

PAGE_BYTES = 7_000
LARGE_BYTES = 1_000_000
REPEATED_BYTES = 12_000_000

Article = dict[str, str]


def page() -> Path:
    """The text page whose size is nearest to 7 kB."""
    found = [*(ROOT / "samples" / "pages").glob("*.txt"), *(SHARED / "seeds").glob("*.txt")]
    return min(found, key=lambda path: (abs(path.stat().st_size - PAGE_BYTES), path.name))


def page_text() -> str:
    """The text of that page."""
    return page().read_text("utf-8")


def large_text() -> str:
    """A text of 1 MB: the page again and again."""
    text = page_text().strip() + "\n"
    return text * (LARGE_BYTES // len(text.encode()) + 1)


def articles() -> Iterator[Article]:
    """Real articles, else the sample's ones repeated to some megabytes; each has a url of its own, title, content."""
    if ARTICLES.exists():
        with gzip.open(ARTICLES, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)
        return
    samples = map(json.loads, (ROOT / "samples" / "articles.jsonl").read_bytes().splitlines())
    plain = [{"url": sample["url"], "title": sample["headline"], "content": sample["body"]} for sample in samples]
    yield from repeated(plain, REPEATED_BYTES // sum(len(json.dumps(a, ensure_ascii=False).encode()) for a in plain))


def repeated(some: list[Article], times: int) -> Iterator[Article]:
    """Articles again and again, each time under other urls."""
    for number in range(times):
        for article in some:
            yield {**article, "url": f"{article['url']}?{number}"}


def write_jsonl(path: Path, records: Iterator[dict[str, object]] | Iterator[Article]) -> int:
    """Write records, and count the characters of their titles and contents."""
    characters = 0
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            characters += len(str(record.get("title") or "")) + len(str(record.get("content") or ""))
    return characters


def described() -> str:
    """What these inputs are, in words."""
    kind = "a real scraped page" if page().is_relative_to(SHARED) else f"`samples/pages/{page().name}`"
    corpus = "8,409 real articles" if ARTICLES.exists() else "the sample articles, repeated under urls of their own"
    return f"The page is {kind} of {page().stat().st_size:,} bytes; the corpus is {corpus}."
