"""Proposes the text of other articles on a page as spill-over."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView, Proposal, Proposals
from annotator.suggest.furniture import runs
from annotator.suggest.written import as_written
from annotator.suggest.zones.zoned import Zone, Zoned
from annotator.suggest.zones.zoning import zoning_of


class SpilloverSuggester:
    """Spill-over by rules; neighbouring lines are one proposal."""

    name = "spillover"
    version = "1"
    label = "spillover"

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose the spill-over of a document, in order."""
        if document.labels and self.label not in document.labels:
            return Proposals()
        found = runs(zoning_of(document), Zone.SPILLOVER)
        return Proposals(tuple(self._proposal(run, document.text) for run in found))

    def _proposal(self, run: list[Zoned], text: str) -> Proposal:
        first = run[0]
        evidence = as_written(text, (first.line.start, first.line.end), first.evidence)
        return Proposal(first.line.start, run[-1].line.end, self.label, first.reason, evidence, first.score)
