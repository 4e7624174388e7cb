"""Pages with the labels that a labeller is to arrive at: a sample, and real pages where they lie beside the checkout.

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
SAMPLE = "wire-flat"
SEEDS = tuple(f"seed-{number:03}" for number in range(5))
FOLDER = Path(__file__).parent / "reference"

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

    @property
    def page_hash(self) -> str:
        """The SHA-256 of the page, in hexadecimal."""
        return hashlib.sha256(self.page.read_bytes()).hexdigest()


def references() -> Iterator[Reference]:
    """The references whose pages are there: the sample, then the seeds in their order."""
    samples = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in (SAMPLES / "pages").glob("*.txt")}
    for record in _records(SAMPLES / "examples.jsonl"):
        page = samples.get(record["raw_sha256"])
        if page is not None and page.stem == SAMPLE:
            yield of_record(SAMPLE, page, record)
    seeds = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in (inputs.SHARED / "seeds").glob("*.txt")}
    for name in SEEDS:
        for record in _records(FOLDER / f"{name}.jsonl"):
            if record["raw_sha256"] in seeds:
                yield of_record(name, seeds[record["raw_sha256"]], record)


def _records(file: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, file.read_text("utf-8").splitlines())


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
