"""Proposes the text of other articles on a page as spill-over."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView, Proposal, Proposals
from annotator.suggest.furniture import runs
from annotator.suggest.zones.zoned import Zone
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
        return Proposals(
            tuple(
                Proposal(run[0].line.start, run[-1].line.end, self.label, run[0].reason, run[0].evidence, run[0].score)
                for run in runs(zoning_of(document), Zone.SPILLOVER)
            )
        )
