"""What one cue says: its source, its claims."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.suggest.attribution.claims import Claim
from annotator.text.offsets import Span


@dataclass(slots=True)
class Statement:
    """A cue, and what belongs to it. Spans are offsets in the line.

    Attributes:
        cue: The span of the cue; empty, at the claim, where none is written.
        sources: Who is named beside it.
        claims: What it introduces; may be none.
        carriers: Agencies and newspapers that only carry the words.
        kind: How it is told who speaks, a key of `answer.REASONS`; "met" or "introduced" where nothing is said yet.
        feminine: The gender of the verb; None where it does not tell.
        inherits: Whether it is said by whoever spoke before, where no source is named.
    """

    cue: Span
    sources: list[Span]
    claims: list[Claim]
    kind: str
    carriers: list[Span] = field(default_factory=list)
    feminine: bool | None = None
    inherits: bool = True
