"""Importing a corpus: characters per second of a whole process, and its memory."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bench import inputs
from bench.measure import in_turns, summarize
from bench.processes import cost_of
from bench.program import annotator, baseline
from bench.report import Figure, Result, Row, compared


NAME = "import"
ROUNDS = 3
TIMES = 4
"""How many times the records are imported to see whether memory is flat."""

ALLOWED_GROWTH = 1.05


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    file = work / "corpus.jsonl"
    articles = list(inputs.articles())
    characters = inputs.write_jsonl(file, iter(articles))
    number = count()
    mine, others = in_turns(
        ROUNDS,
        lambda: cost_of(annotator("import", file, "--db", work / f"import-{next(number)}.db")),
        lambda: cost_of(baseline("plain_import", file, work / f"plain-{next(number)}.db")),
    )
    mine_s, others_s = [cost.seconds for cost in mine], [cost.seconds for cost in others]
    speed, plain_speed = (characters / summarize(found).median / 1e6 for found in (mine_s, others_s))
    mine_mb, others_mb = [cost.megabytes for cost in mine], [cost.megabytes for cost in others]
    many_mb = _peak_of_many(work, articles)
    growth = many_mb / summarize(mine_mb).median
    return Result(
        NAME,
        "`json.loads` and `sqlite3` `executemany` in a loop: nothing cleaned, hashed, mapped or checked",
        f"{len(articles):,} records, {characters:,} characters, {ROUNDS} whole processes of each in turn, start-up "
        f"included. For the memory the same records {TIMES} times, under urls of their own.",
        [
            compared("import: s", ".2f", mine_s, others_s),
            Row("import: million characters/s", f"{speed:.2f}", f"{plain_speed:.2f}"),
            compared("import: peak memory, MB", ".0f", mine_mb, others_mb),
            Row(f"import of {TIMES} × the records: peak memory, MB", f"{many_mb:.0f}"),
        ],
        [
            Figure(
                "import of a corpus, one process, with start-up",
                "≥ 1.5 million characters/s",
                f"{speed:.2f} million",
                speed >= 1.5,
            ),
            Figure(
                f"memory of an import, {TIMES} × the records against 1 ×",
                f"flat (≤ {ALLOWED_GROWTH} ×)",
                f"{growth:.2f} ×",
                growth <= ALLOWED_GROWTH,
            ),
        ],
    )


def _peak_of_many(work: Path, articles: list[inputs.Article]) -> float:
    file = work / "many.jsonl"
    inputs.write_jsonl(file, inputs.repeated(articles, TIMES))
    return cost_of(annotator("import", file, "--db", work / "many.db")).megabytes
