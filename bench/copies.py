"""Finding near-duplicates among very many documents, and labels on the way to a changed copy."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from annotator.duplicates.clusters import THRESHOLD, Clusters, clusters
from annotator.duplicates.minhash import LEAST_WORDS, PERMUTATIONS, SHINGLE_WORDS
from annotator.duplicates.passages import shared_passages
from annotator.duplicates.projection import LEAST_COVERED, project
from annotator.text.cleaning import clean
from bench import inputs
from bench.changed_copies import Rates, Trial, changed_copy, trials
from bench.report import Figure, Result, Row, Table


NAME = "copies"

BENCH_COPIES = "BENCH_COPIES"
"""The variable that asks for another number of documents."""

DOCUMENTS = 100_000
MOST_SECONDS = 15
MOST_MEGABYTES = 500

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
WORDS = 48
FAMILIES = (1, 1, 2, 3, 4, 5)
"""How many documents come from one text."""
CHANGED = 0.05

ARTICLES = 200
SPANS = 24
RATES = (("5 %", Rates()), ("12 %", Rates(0.12, 0.05, 0.05)))


@dataclass(frozen=True, slots=True)
class Found:
    """What finding clusters took, and how good they are.

    Attributes:
        seconds: From the texts to the clusters.
        megabytes: The peak of the process above what it had before.
        clusters: How many there are.
        precision: The share of the pairs in one cluster that come from one text.
        recall: The share of the pairs whose shingles are alike enough that are in one cluster.
    """

    seconds: float
    megabytes: float
    clusters: int
    precision: float
    recall: float


def run(work: Path) -> Result:
    """Measure; nothing is written to the folder."""
    del work
    number = int(os.environ.get(BENCH_COPIES, DOCUMENTS))
    found = Found(**json.loads(_process("ours", number)))
    peer = json.loads(_process("rensa", number)) if find_spec("rensa") else None
    texts, _ = made_up(1000)
    return Result(
        NAME,
        "rensa's `digest_matrix_from_token_sets` and `RMinHashLSH.query_all` on word shingles made in Python, where it "
        "is installed",
        f"{number:,} made-up documents of {sum(map(len, texts)) / len(texts):.0f} characters, of which {CHANGED:.0%} "
        "of the words of each copy are changed, each program in a process of its own, once; memory is the peak above "
        f"what the process had with all texts. The baseline gives candidates only. {BENCH_COPIES}=N asks for another "
        "number. Spans are projected to copies with known changes of articles.",
        rows(number, found, peer),
        figures(number, found),
        [projection_table()],
    )


def rows(number: int, found: Found, peer: dict[str, float] | None) -> list[Row]:
    """Seconds, memory and quality."""
    what = f"near-duplicates among {number:,} documents"
    if peer is None:
        seconds, megabytes = Row(f"{what}: s", f"{found.seconds:.1f}"), Row(f"{what}: MB", f"{found.megabytes:.0f}")
    else:
        seconds, megabytes = (
            Row(f"{what}: {unit}", f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.2f}")
            for unit, ours, theirs in (
                ("s", found.seconds, peer["seconds"]),
                ("MB", found.megabytes, peer["megabytes"]),
            )
        )
    quality = f"{found.precision:.4f} / {found.recall:.4f}"
    return [seconds, megabytes, Row(f"{what}: precision / recall of pairs", quality)]


def figures(number: int, found: Found) -> list[Figure]:
    """Whether it is quick, and its memory small."""
    what = f"near-duplicates among {number:,} documents"
    seconds, megabytes = found.seconds, found.megabytes
    return [
        Figure(what, f"≤ {MOST_SECONDS} s", f"{seconds:.1f} s", seconds <= MOST_SECONDS),
        Figure(f"{what}: memory", f"≤ {MOST_MEGABYTES} MB", f"{megabytes:.0f} MB", megabytes <= MOST_MEGABYTES),
    ]


def made_up(number: int, seed: int = 7) -> tuple[list[str], list[int]]:
    """Texts of random words, and which of them come from the same text."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(3, 7))) for _ in range(20_000)]
    texts: list[tuple[str, int]] = []
    while len(texts) < number:
        first = [vocabulary[int(len(vocabulary) * chance.random() ** 2)] for _ in range(WORDS)]
        family = len(texts)
        for copy in range(chance.choice(FAMILIES)):
            some = [chance.choice(vocabulary) if copy and chance.random() < CHANGED else word for word in first]
            texts.append((" ".join(some), family))
    chance.shuffle(texts)
    return [text for text, _ in texts[:number]], [family for _, family in texts[:number]]


def quality(texts: list[str], families: list[int], found: Clusters[int]) -> tuple[float, float]:
    """Precision and recall of pairs; alike enough are those of one text that share the threshold of their shingles."""
    sizes = [Counter(families[member.key] for member in cluster.members) for cluster in found.clusters]
    right = sum(size * (size - 1) // 2 for counts in sizes for size in counts.values())
    pairs = sum(counts.total() * (counts.total() - 1) // 2 for counts in sizes)
    members: dict[int, list[int]] = {}
    for key, family in enumerate(families):
        members.setdefault(family, []).append(key)
    alike = reached = 0
    for one, other in (pair for keys in members.values() for pair in combinations(keys, 2)):
        if _similarity(texts[one], texts[other]) >= THRESHOLD:
            alike += 1
            reached += found.by_key.get(one) is not None and found.by_key.get(one) is found.by_key.get(other)
    return right / max(1, pairs), reached / max(1, alike)


def _similarity(one: str, other: str) -> float:
    mine, theirs = set(_shingles(one)), set(_shingles(other))
    return len(mine & theirs) / len(mine | theirs)


def _shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1)]


def projection_table() -> Table:
    """Spans that came out wrong, and that were missed, among those of changed copies."""
    lines = []
    for name, rates in RATES:
        for swap in (False, True):
            number, wrong, missed, took = projected(ARTICLES, rates, swap=swap)
            order = "swapped" if swap else "in order"
            cells = (f"{number:,}", f"{wrong / number:.2%}", f"{missed / number:.2%}", f"{took / ARTICLES:.1f}")
            lines.append((f"{name} of the words changed, paragraphs {order}", *cells))
    return Table(
        "Labels projected to changed copies",
        ("copy", "spans", "wrong", "missed", "ms / article"),
        lines,
        "Words are also put in and left out, paragraphs put in and left out, half of them spelled another way. A span\n"
        "of 1 to 25 words is wrong where it does not reach from the first of its words that is there to the last,\n"
        f"missed where {LEAST_COVERED:.0%} of its letters are there and it is not projected.",
    )


def projected(articles: int, rates: Rates, *, swap: bool) -> tuple[int, int, int, float]:
    """How many spans were projected to copies of articles, how many wrongly or not at all, and the milliseconds."""
    chance = random.Random(3)
    texts = [clean(article["content"]).text for _, article in zip(range(5000), inputs.articles(), strict=False)]
    texts = [text for text in texts if sum(len(line) > 80 for line in text.split("\n")) >= 4]
    number = wrong = missed = 0
    took = 0.0
    for text in (chance.choice(texts) for _ in range(articles)):
        others = [line for line in chance.choice(texts).split("\n") if len(line) > 80]
        copy = changed_copy(text, others, chance, rates, swap=swap)
        asked = trials(copy, chance, SPANS)
        start = time.perf_counter()
        found = project([one.source for one in asked], text, copy.text, shared_passages(text, copy.text))
        took += (time.perf_counter() - start) * 1000
        number += len(asked)
        wrong += sum(map(is_wrong, asked, found))
        missed += sum(map(is_missed, asked, found))
    return number, wrong, missed, took


def is_wrong(trial: Trial, found: tuple[int, int] | None) -> bool:
    """Whether a span was projected to another place than its own."""
    return found is not None and found != trial.target


def is_missed(trial: Trial, found: tuple[int, int] | None) -> bool:
    """Whether a span that is nearly whole in the copy was not projected."""
    return found is None and trial.kept >= LEAST_COVERED


def _process(which: str, number: int) -> bytes:
    argv = [sys.executable, "-m", "bench.copies", which, str(number)]
    return subprocess.run(argv, check=True, capture_output=True, cwd=inputs.ROOT).stdout


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text("ascii")  # ru_maxrss would begin at what the starting process had
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _megabytes() -> float:
    """What the process has now: less than its peak once the making of the texts is over."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _ours(texts: list[str], families: list[int]) -> dict[str, float]:
    before, start = _megabytes(), time.perf_counter()
    found = clusters(enumerate(texts))
    seconds, megabytes = time.perf_counter() - start, _peak_megabytes() - before
    precision, recall = quality(texts, families, found)
    return {
        "seconds": seconds,
        "megabytes": megabytes,
        "clusters": len(found.clusters),
        "precision": precision,
        "recall": recall,
    }


def _rensa(texts: list[str]) -> dict[str, float]:
    from rensa import RMinHash, RMinHashLSH

    before, start = _megabytes(), time.perf_counter()
    long = [text for text in texts if len(text.split()) >= LEAST_WORDS]
    found = RMinHash.from_token_sets([_shingles(text) for text in long], PERMUTATIONS, 1)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 4)
    index.insert_many(found)
    index.query_all(found)
    return {"seconds": time.perf_counter() - start, "megabytes": _peak_megabytes() - before}


if __name__ == "__main__":
    some, origins = made_up(int(sys.argv[2]))
    print(json.dumps(_ours(some, origins) if sys.argv[1] == "ours" else _rensa(some)))
