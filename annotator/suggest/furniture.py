"""Proposes the furniture of a page as boilerplate, with its kind."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView, Proposal, Proposals
from annotator.suggest.zones.zoned import Zone, Zoned
from annotator.suggest.zones.zoning import zoning_of


class FurnitureSuggester:
    """Furniture by rules; neighbouring lines of one kind are one proposal, as the guideline has it."""

    name = "furniture"
    version = "1"
    label = "boilerplate"

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose the furniture of a document, in order."""
        if document.labels and self.label not in document.labels:
            return Proposals()
        return Proposals(tuple(self._proposal(run) for run in runs(zoning_of(document), Zone.FURNITURE)))

    def _proposal(self, run: list[Zoned]) -> Proposal:
        surest = max(run, key=lambda zoned: zoned.score)
        score = sum(zoned.score for zoned in run) / len(run)
        attributes = {"kind": run[0].kind}
        return Proposal(
            run[0].line.start, run[-1].line.end, self.label, surest.reason, surest.evidence, round(score, 2), attributes
        )


def runs(zoned: list[Zoned], zone: Zone) -> list[list[Zoned]]:
    """The lines of a zone, those of one kind that follow one another together."""
    found: list[list[Zoned]] = []
    for one in zoned:
        if one.zone is not zone:
            continue
        if found and found[-1][-1].line.number == one.line.number - 1 and found[-1][-1].kind == one.kind:
            found[-1].append(one)
        else:
            found.append([one])
    return found
