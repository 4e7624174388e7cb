"""Pages with the labels that a labeller is to arrive at: a sample, and a real page where it lies beside the checkout.

A reference is a record as `annotator export` writes it, without any text: it names the page by its hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import inputs


SAMPLES = inputs.ROOT / "samples"
FILES = (SAMPLES / "examples.jsonl", Path(__file__).parent / "reference" / "seed-001.jsonl")
WANTED = ("wire-flat", "seed-001")

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A span that is to be labelled.

    Attributes:
        start, end: Its code points of the cleaned text.
        label: The id of its label.
        attributes: All its attributes, in the order of the schema.
    """

    start: int
    end: int
    label: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Reference:
    """What one page is to hold.

    Attributes:
        name: The page's.
        page: Its file.
        targets: The spans in reading order, outer ones first.
        links: Relations as (relation, head, tail).
    """

    name: str
    page: Path
    targets: tuple[Target, ...]
    links: tuple[tuple[str, Target, Target], ...]


def references() -> Iterator[Reference]:
    """The references whose pages are there."""
    pages = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in _pages()}
    for name, file in zip(WANTED, FILES, strict=True):
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            page = pages.get(record["raw_sha256"])
            if page is not None and (page.is_relative_to(inputs.SHARED) or page.stem == name):
                yield of_record(name, page, record)


def _pages() -> Iterator[Path]:
    yield from (SAMPLES / "pages").glob("*.txt")
    yield from (inputs.SHARED / "seeds").glob("*.txt")


def of_record(name: str, page: Path, record: dict[str, Any]) -> Reference:
    """What a record holds."""
    targets = {
        span["id"]: Target(
            span["start"],
            span["end"],
            span["label"],
            tuple((attribute["key"], attribute["value"]) for attribute in span["attributes"]),
        )
        for span in record["spans"]
    }
    return Reference(
        name,
        page,
        tuple(sorted(targets.values(), key=lambda target: (target.start, -target.end))),
        tuple((one["label"], targets[one["head"]], targets[one["tail"]]) for one in record["relations"]),
    )
