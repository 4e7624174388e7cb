"""Spans as tags of lines and tokens, and tags as spans.

A line has the label of the furniture that it is, or `OUT`. A token has, for one label: `B` where a span starts, `P`
where one starts behind its first letter (a prefix that is written with the word, as و and ل are), `I` inside a span,
and `OUT`. This is BIO: Ramshaw and Marcus, "Text chunking using transformation-based learning", 1995, with a `P`. What
stands behind "=" is the value of the label's one attribute that is learned with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.suggest.learned.cover import mostly_inside, overlapping
from annotator.suggest.learned.examples import Labelled
from annotator.suggest.learned.token_features import Token
from annotator.suggest.lines import Line


OUT = "O"
ATTRIBUTES: Mapping[str, str] = {"boilerplate": "kind", "claim": "quote"}
"""Label → the attribute that is learned with it; others keep their defaults."""


class Tagged(NamedTuple):
    """The tag of an item, in the likeliest sequence of tags, and how probable its name is, whatever its value."""

    tag: str
    probability: float


class Found(NamedTuple):
    """A span [start, end) that tags speak of, with the value of the learned attribute or "", and how sure they are."""

    start: int
    end: int
    label: str
    value: str
    probability: float


def tag_of(name: str, value: str) -> str:
    """A tag with a value, or without."""
    return f"{name}={value}" if value else name


def parts_of(tag: str) -> tuple[str, str]:
    """The name of a tag, and its value or ""."""
    name, _, value = tag.partition("=")
    return name, value


def line_tags(lines: Sequence[Line], spans: Collection[Labelled], furniture: Collection[str]) -> list[str]:
    """For each line the label of furniture that holds more than half of it, or `OUT`."""
    tags = [OUT] * len(lines)
    for span in spans:
        if span.label in furniture:
            for number in mostly_inside(lines, span.start, span.end):
                tags[number] = tag_of(span.label, _value(span))
    return tags


def outermost(spans: Collection[Labelled], label: str) -> list[Labelled]:
    """The spans of a label that no other of its spans holds or cuts, in order; tags cannot tell of the inner ones."""
    found: list[Labelled] = []
    for span in sorted((one for one in spans if one.label == label), key=lambda one: (one.start, -one.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def token_tags(tokens: Sequence[Token], offset: int, spans: Sequence[Labelled]) -> list[str]:
    """For each token its tag.

    Args:
        tokens: Tokens of one line.
        offset: Where the line starts.
        spans: The spans of one label, in order and disjoint.
    """
    tags = [OUT] * len(tokens)
    if tokens:
        for _, span in overlapping(spans, offset + tokens[0].start, offset + tokens[-1].end):
            start, name = span.start - offset, ""
            for number, token in overlapping(tokens, start, span.end - offset):
                name = "I" if name or token.start > start + 1 else "P" if token.start < start else "B"
                tags[number] = tag_of(name, _value(span))
    return tags


def line_spans(lines: Sequence[Line], tagged: Sequence[Tagged], threshold: float) -> Iterator[Found]:
    """The spans of furniture: neighbouring lines of one tag are one, as sure as the least sure of them.

    Lines that are less sure than the threshold are left out.
    """
    tags = [one.tag if one.probability >= threshold else OUT for one in tagged]
    start = 0
    for number, tag in enumerate(tags):
        if number + 1 < len(tags) and tags[number + 1] == tag:
            continue
        if tag != OUT:
            label, value = parts_of(tag)
            least = min(one.probability for one in tagged[start : number + 1])
            yield Found(lines[start].start, lines[number].end, label, value, least)
        start = number + 1


def token_spans(tokens: Sequence[Token], offset: int, label: str, tagged: Sequence[Tagged]) -> Iterator[Found]:
    """The spans of one label, each as sure as the least sure of its tokens and of the one behind them.

    Args:
        tokens: Tokens of one line.
        offset: Where the line starts.
        label: The label.
        tagged: The tags of the tokens for this label.
    """
    start = None
    names = [parts_of(one.tag)[0] for one in tagged]
    for number, name in enumerate([*names, OUT]):
        if start is not None and name != "I":
            least = min(one.probability for one in tagged[start : number + 1])
            first = tokens[start].start + (names[start] == "P")
            yield Found(offset + first, offset + tokens[number - 1].end, label, parts_of(tagged[start].tag)[1], least)
            start = None
        if name != OUT and start is None:
            start = number


def _value(span: Labelled) -> str:
    return span.attributes.get(ATTRIBUTES.get(span.label, ""), "")
