"""What is measured on: pages made of the project's own samples; real articles where they lie beside the checkout."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ARTICLES = SHARED / "corpus" / "arabic-news-2015-07.jsonl.gz"

PAGE_PARTS = ("tv-doubled-lists", "health-study")
"""The sample pages that make a page of 7 kB: a long list of page furniture, an article with marks and quotes."""

BENCH_PAGE = "BENCH_PAGE"
"""The variable that names another page to measure, a text file in UTF-8."""

LARGE_BYTES = 1_000_000
PARAGRAPH_CHARACTERS = 50_000
REPEATED_BYTES = 12_000_000

Article = dict[str, str]


def page_text() -> str:
    """The text of a page of 7 kB, or of the page that was asked for."""
    if chosen := os.environ.get(BENCH_PAGE):
        return Path(chosen).read_text("utf-8")
    return "\n".join(sample(name) for name in PAGE_PARTS)


def sample(name: str) -> str:
    """The text of a sample page."""
    return (ROOT / "samples" / "pages" / f"{name}.txt").read_text("utf-8")


def large_text() -> str:
    """A text of 1 MB: the page again and again."""
    text = page_text().strip() + "\n"
    return text * (LARGE_BYTES // len(text.encode()) + 1)


def paragraph_text() -> str:
    """A single paragraph of 50,000 characters: the lines of the page, again and again."""
    line = " ".join(page_text().split()) + " "
    return (line * (PARAGRAPH_CHARACTERS // len(line) + 1))[:PARAGRAPH_CHARACTERS].strip()


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
    parts = " and ".join(f"`samples/pages/{name}.txt`" for name in PAGE_PARTS)
    kind = "one that was asked for" if os.environ.get(BENCH_PAGE) else f"made of {parts}"
    corpus = "8,409 real articles" if ARTICLES.exists() else "the sample articles, repeated under urls of their own"
    return f"The page is {kind}, {len(page_text().encode()):,} bytes; the corpus is {corpus}."
