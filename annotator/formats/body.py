"""The body of a document: its text without what a record labels as page furniture, offsets remapped."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from annotator.text.offsets import OffsetMap


def body_view(record: dict[str, Any], furniture: Collection[str]) -> dict[str, Any]:
    """A record whose text leaves out the spans with a furniture label, marked so that nobody imports it.

    A line of which nothing is left goes whole. Annotations of which nothing is left go, and relations that end at
    them; of gold also the votes and decisions. Raw offsets stay as they are; `raw_edits`, which would no longer lead
    to this text, goes too.
    """
    text: str = record["text"]
    cuts = _merged(
        _with_line_break(text, span["start"], span["end"]) for span in record["spans"] if span["label"] in furniture
    )
    offsets = _deletions(cuts, len(text))
    body = _without(text, cuts)
    spans = []
    for span in record["spans"]:
        start, end = offsets.to_target(span["start"], span["end"])
        if span["label"] not in furniture and start < end:
            spans.append(_moved_votes(span, offsets) | {"start": start, "end": end, "text": body[start:end]})
    kept = {span["id"] for span in spans}
    relations = [
        _moved_votes(relation, offsets)
        for relation in record["relations"]
        if {relation["head"], relation["tail"]} <= kept
    ]
    view = record | {
        "text": body,
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
        "view": "body",
        "spans": spans,
        "relations": relations,
    }
    view.pop("raw_edits", None)
    if "decisions" in record:
        view["decisions"] = [
            moved
            for decision in record["decisions"]
            if _has_spans(moved := _moved(decision, offsets)) or not _has_spans(decision)
        ]
    return view


def _moved_votes(value: dict[str, Any], offsets: OffsetMap) -> dict[str, Any]:
    """A span or relation with its provenance by the offsets of the body, where it has one."""
    provenance = value.get("provenance")
    return value if provenance is None else value | {"provenance": _moved(provenance, offsets)}


def _moved(decision: dict[str, Any], offsets: OffsetMap) -> dict[str, Any]:
    """A decision whose votes are by the offsets of the body, without spans of which nothing is left."""
    votes = []
    for vote in decision["votes"]:
        spans = []
        for span in vote["spans"]:
            start, end = offsets.to_target(span["start"], span["end"])
            if start < end:
                spans.append(span | {"start": start, "end": end})
        votes.append(vote | {"spans": spans})
    return decision | {"votes": votes}


def _has_spans(decision: dict[str, Any]) -> bool:
    return any(vote["spans"] for vote in decision["votes"])


def _with_line_break(text: str, start: int, end: int) -> tuple[int, int]:
    starts_line = start == 0 or text[start - 1] == "\n"
    if starts_line and text[end : end + 1] == "\n":
        return start, end + 1
    if end == len(text) and start > 0 and starts_line:
        return start - 1, end
    return start, end


def _merged(spans: Any) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _deletions(cuts: list[tuple[int, int]], length: int) -> OffsetMap:
    edits = []
    gone = 0
    for start, end in cuts:
        edits.append((start, end, start - gone, start - gone))
        gone += end - start
    return OffsetMap(length, length - gone, tuple(edits))


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    pieces, kept = [], 0
    for start, end in cuts:
        pieces.append(text[kept:start])
        kept = end
    return "".join((*pieces, text[kept:]))
