"""Compares shaping with arabic-reshaper over a corpus.

    python -m tests.conformance.run_shaping CORPUS

CORPUS is a gzipped JSONL file whose records have `content`. The exit status is 1 if any article differs.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from arabic_reshaper import ArabicReshaper

from annotator.text.shaping import shape


ZWJ = "\u200d"

RESHAPER = ArabicReshaper({"delete_harakat": False, "support_ligatures": False})


def articles(corpus: Path, every: int = 1) -> Iterator[str]:
    """The content of each article; with `every`, of each n-th."""
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        for line in islice(file, 0, None, every):
            yield json.loads(line)["content"]


def agrees(text: str) -> bool:
    """Whether both shape a text alike; the reshaper drops ZWJ."""
    return shape(text).replace(ZWJ, "") == RESHAPER.reshape(text)


def main(corpus: Path) -> int:
    results = [agrees(article) for article in articles(corpus)]
    print(f"articles shaped alike: {sum(results)} of {len(results)}")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
