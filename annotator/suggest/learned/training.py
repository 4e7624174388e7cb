"""Training: first on a part of the documents, to see on the others what is learned; then on all of them."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import version

from annotator.errors import OperationError
from annotator.suggest.contract import Suggester
from annotator.suggest.learned.crf import STOPPED, Items, fit
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.figures import Figures, compare
from annotator.suggest.learned.model import FEATURES, Model, ModelCard
from annotator.suggest.learned.reading import pieces_of_line, pieces_of_lines
from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens
from annotator.suggest.learned.tags import OUT, line_tags, outermost, token_tags
from annotator.suggest.lines import lines


FURNITURE = ("boilerplate", "spillover")
LEAST_DOCUMENTS = 8
HELD_OUT = 0.2
LEAST_HELD_OUT = 2

Sequences = list[tuple[Items, list[str]]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An example in the form that CRFsuite learns from: sequences of lines, and of tokens for each label."""

    doc_id: str
    lines: Sequences
    layers: dict[str, Sequences]
    line_count: int
    token_count: int


def train(
    examples: Sequence[Example],
    *,
    seed: int = 0,
    stop: Callable[[], bool] = lambda: False,
    baselines: Sequence[Suggester] = (),
    furniture: Collection[str] = FURNITURE,
    trained_at: str = "",
) -> Model:
    """Learn from finished documents; the same documents in the same order give the same model.

    Args:
        examples: The documents, in any number of annotators' hands.
        seed: Decides which documents are held out for the figures of the card.
        stop: Asked again and again whether to give up.
        baselines: Suggesters, such as the rules, whose figures on the same documents stand beside those of the model.
        furniture: The labels that are on whole lines.
        trained_at: What the card is to say about when.

    Raises:
        OperationError: There are too few documents, they are all copies of one another, or it was stopped.
    """
    started = time.perf_counter()
    held_out = split(examples, seed)
    labels = dict(sorted(Counter(span.label for one in examples for span in one.spans).items()))
    layers = [label for label in labels if label not in furniture]
    prepared = [_prepare(one, layers, furniture) for one in _unless(stop, examples)]
    card = ModelCard(
        trained_at=trained_at,
        tool=version("annotator"),
        features=FEATURES,
        seed=seed,
        documents=len({one.view.doc_id for one in examples}),
        lines=sum(one.line_count for one in prepared),
        tokens=sum(one.token_count for one in prepared),
        labels=labels,
        furniture=sorted(furniture),
        held_out=sorted(held_out),
        figures={},
        baseline={},
        seconds=0,
    )
    trial = Model(*_learn([one for one in prepared if one.doc_id not in held_out], layers, stop), card)
    tested = [one for one in examples if one.view.doc_id in held_out]
    figures = measure(_unless(stop, tested), (LearnedLines(trial), LearnedTokens(trial)), labels)
    baseline = measure(_unless(stop, tested), baselines, labels) if baselines else {}
    parts = _learn(prepared, layers, stop)
    seconds = round(time.perf_counter() - started, 2)
    return Model(*parts, replace(card, figures=figures, baseline=baseline, seconds=seconds))


def split(examples: Sequence[Example], seed: int) -> frozenset[str]:
    """The ids of the documents to hold out: about a fifth, two at least, and no group of which others are kept.

    Groups come in the order of a hash of their names, so that most documents stay on their side when others join them.

    Raises:
        OperationError: There are too few documents, or they are all copies of one another.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for one in examples:
        groups[one.together].add(one.view.doc_id)
    total = len({one.view.doc_id for one in examples})
    if total < LEAST_DOCUMENTS:
        raise OperationError(
            "a model needs at least {least} finished documents; there are {total}",
            hint="Finish some more, then train again.",
            least=LEAST_DOCUMENTS,
            total=total,
        )
    wanted = max(LEAST_HELD_OUT, round(HELD_OUT * total))
    held_out: set[str] = set()
    for name in sorted(groups, key=lambda name: blake2b(f"{seed} {name}".encode(), digest_size=8).digest()):
        if len(held_out) < wanted and len(held_out | groups[name]) * 2 <= total:
            held_out |= groups[name]
    if not held_out:
        raise OperationError(
            "nearly all finished documents are copies of one another", hint="Finish some others, then train again."
        )
    return frozenset(held_out)


def measure(examples: Iterable[Example], suggesters: Sequence[Suggester], labels: Iterable[str]) -> dict[str, Figures]:
    """For each label how well what the suggesters propose, all together, agrees with what was labelled."""
    figures = dict.fromkeys(sorted(labels), Figures())
    for one in examples:
        proposals = [span for suggester in suggesters for span in suggester.suggest(one.view).spans]
        some = lines(one.view.text)
        for label in figures:
            wanted = [(span.start, span.end) for span in one.spans if span.label == label]
            proposed = [(span.start, span.end) for span in proposals if span.label == label]
            figures[label] += compare(some, wanted, proposed)
    return figures


def _prepare(example: Example, layers: Sequence[str], furniture: Collection[str]) -> _Prepared:
    view, some = example.view, lines(example.view.text)
    tags = line_tags(some, example.spans, furniture)
    pieces = [piece for line, tag in zip(some, tags, strict=True) if tag == OUT for piece in pieces_of_line(view, line)]
    spans = {label: outermost(example.spans, label) for label in layers}
    return _Prepared(
        view.doc_id,
        [(items, tags[which]) for which, items in pieces_of_lines(view, some)],
        {
            label: [(piece.items, token_tags(piece.tokens, piece.offset, spans[label])) for piece in pieces]
            for label in layers
        },
        len(some),
        sum(len(piece.tokens) for piece in pieces),
    )


def _learn(
    prepared: Sequence[_Prepared], layers: Sequence[str], stop: Callable[[], bool]
) -> tuple[bytes, dict[str, bytes]]:
    """The model of lines and the models of tokens, without those for which there is nothing to learn."""
    line_model = _learn_one([sequence for one in prepared for sequence in one.lines], stop)
    models = {
        label: _learn_one([sequence for one in prepared for sequence in one.layers[label]], stop) for label in layers
    }
    return line_model, {label: model for label, model in models.items() if model}


def _learn_one(sequences: Sequences, stop: Callable[[], bool]) -> bytes:
    return fit(sequences, stop) if any(tag != OUT for _, tags in sequences for tag in tags) else b""


def _unless(stop: Callable[[], bool], examples: Sequence[Example]) -> Iterator[Example]:
    """The examples one by one.

    Raises:
        OperationError: It was stopped.
    """
    for one in examples:
        if stop():
            raise OperationError(STOPPED)
        yield one
