"""Proposes the furniture of a page as boilerplate, with its kind."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView, Proposal, Proposals
from annotator.suggest.written import as_written
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
        found = runs(zoning_of(document), Zone.FURNITURE)
        return Proposals(tuple(self._proposal(run, document.text) for run in found))

    def _proposal(self, run: list[Zoned], text: str) -> Proposal:
        surest = max(run, key=lambda zoned: zoned.score)
        score = sum(zoned.score for zoned in run) / len(run)
        attributes = {"kind": run[0].kind}
        start, end = run[0].line.start, run[-1].line.end
        evidence = as_written(text, (surest.line.start, surest.line.end), surest.evidence)
        return Proposal(start, end, self.label, surest.reason, evidence, round(score, 2), attributes)


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
