"""Learned suggestions: how long training takes, how many documents a second are read, and that something is learned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.suggest.contract import Suggester
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.model import Model
from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens
from annotator.suggest.learned.training import train
from annotator.suggest.registry import rule_suggesters
from bench import inputs
from bench.made_up_pages import labelled_pages, plain_pages
from bench.measure import in_turns, milliseconds, summarize
from bench.report import Figure, Result, Row, Table, compared


NAME = "learning"
ROUNDS = 3
READ = 200
"""Documents that are read in a round."""

LIMITS = {50: 5.0, 500: 60.0}
"""Finished articles → seconds that training may take."""

LEAST_SPEED = 15


def run(work: Path) -> Result:
    """Measure, on labels made by rules."""
    articles = list(inputs.articles())
    pages = labelled_pages(articles, max(LIMITS))
    models = {count: train(pages[:count], baselines=rule_suggesters()) for count in LIMITS}
    model = models[max(LIMITS)]
    unseen = plain_pages(articles, READ)
    mine, others = in_turns(
        ROUNDS,
        lambda: _milliseconds_each((LearnedLines(model), LearnedTokens(model)), unseen),
        lambda: _milliseconds_each(rule_suggesters(), unseen),
    )
    speed = 1000 / summarize(mine).median
    characters = sum(len(one.view.text) for one in pages) // len(pages)
    return Result(
        NAME,
        "the rules, on the same documents",
        f"Articles of {characters:,} characters on average, page furniture and other articles around them included, "
        "with labels made by rules: they tell how long it takes, not how well it does on pages labelled by hand. "
        "Training is one process, the figures on documents held out included, those of the rules too. "
        f"{READ} plain articles are read {ROUNDS} times.",
        [
            *(Row(f"training on {count} articles: s", f"{one.card.seconds:.1f}") for count, one in models.items()),
            *(
                Row(f"model of {count} articles: MB", f"{len(one.to_bytes()) / 1e6:.1f}")
                for count, one in models.items()
            ),
            compared("suggestions for an article: ms", ".1f", mine, others),
        ],
        [
            *(
                Figure(
                    f"training on {count} finished articles, figures included",
                    f"≤ {limit:.0f} s",
                    f"{models[count].card.seconds:.1f} s",
                    models[count].card.seconds <= limit,
                )
                for count, limit in LIMITS.items()
            ),
            Figure("learned suggestions", f"≥ {LEAST_SPEED} documents/s", f"{speed:.0f}", speed >= LEAST_SPEED),
        ],
        [_table(model)],
    )


def _megabytes(model: Model) -> float:
    return len(model.to_bytes()) / 1e6


def _milliseconds_each(suggesters: Sequence[Suggester], pages: Sequence[Example]) -> float:
    return milliseconds(lambda: [one.suggest(page.view) for page in pages for one in suggesters]) / len(pages)


def _table(model: Model) -> Table:
    card = model.card
    lines = []
    for label, wanted in card.labels.items():
        cells = [label, str(wanted)]
        for figures in (card.figures[label], card.baseline[label]):
            cells += [f"{figures.exact_f1:.2f}", f"{figures.overlap_f1:.2f}"]
            cells.append(f"{figures.line_f1:.2f}" if label in card.furniture else "–")
        lines.append(cells)
    head = ("label", "spans", "exact F1", "overlap F1", "line F1", "rules: exact", "rules: overlap", "rules: line")
    return Table(
        "What is learned from labels made by rules",
        head,
        lines,
        f"{card.documents} documents, {len(card.held_out)} of them held out, on which these figures were taken.",
    )
