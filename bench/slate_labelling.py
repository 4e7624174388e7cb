"""Labelling a page in SLATE by the keys that `bench.slate_plan` finds, in the running program; keys are counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench import slate
from bench.pty_program import PtyProgram
from bench.reference import Reference
from bench.slate_plan import keys_for_labels, keys_for_links
from bench.slate_units import Units


QUIET = 5
"""Seconds of quiet behind the last key, which ends it."""


class Mode(NamedTuple):
    """A manner of using SLATE.

    Attributes:
        title: What the table calls it.
        scope: What spans are made of.
        most: The greatest number that is typed before a key.
    """

    title: str
    scope: str
    most: int


MODES = (
    Mode("SLATE, words, every number known", "token", 100_000),
    Mode("SLATE, words, numbers to 9", "token", 9),
    Mode("SLATE, words, no numbers", "token", 1),
    Mode("SLATE, letters, every number known", "character", 100_000),
)


class Counts(NamedTuple):
    """SLATE's keys for the parts that it can do; None where it is not there."""

    spans: int | None
    relations: int | None

    @property
    def together(self) -> int | None:
        """For both parts."""
        return None if self.spans is None or self.relations is None else self.spans + self.relations


def label_and_link(work: Path, reference: Reference, text: str, mode: Mode) -> Counts:
    """Label the spans and link them, as the reference wants.

    Raises:
        RuntimeError: What SLATE stored is something else.
    """
    words = slate.Words(text)
    units = Units(words, mode.scope)
    spans = [words.places(target.start, target.end, mode.scope) for target in reference.targets]
    labels = [target.label for target in reference.targets]
    keys = keys_for_labels(units, spans, [slate.LABEL_KEYS[one] for one in labels], most=mode.most) + "q"
    wanted = [slate.Item((span,), label) for span, label in zip(spans, labels, strict=True)]
    _press(work, text, keys, wanted, ["-s", mode.scope])
    tokens = Units(words, "token")
    links = [(words.place(head.start), words.place(tail.start)) for _, head, tail in reference.links]
    link_keys = keys_for_links(tokens, links, most=mode.most) + "q"
    linked = [slate.Item(((head, head), (tail, tail))) for head, tail in links]
    _press(work, text, link_keys, linked, ["-t", "link"])
    return Counts(len(keys), len(link_keys))


def _press(work: Path, text: str, keys: str, wanted: Sequence[slate.Item], options: Sequence[str]) -> None:
    page = work / "slate.txt"
    page.write_text(text, "utf-8", newline="")
    stored = page.with_name("slate.txt.annotations")
    stored.unlink(missing_ok=True)
    with PtyProgram(slate.call(page, *options), folder=work) as program:
        program.settle(0.2)
        program.press(keys.encode(), QUIET)
    if sorted(map(repr, slate.read(stored))) != sorted(map(repr, wanted)):
        raise RuntimeError(f"SLATE did not come to hold what was wanted by {keys}")


def exact(reference: Reference, words: slate.Words) -> int:
    """How many spans SLATE holds as they are where it takes whole words."""
    return sum(
        words.span(*words.places(target.start, target.end)) == (target.start, target.end)
        for target in reference.targets
    )
