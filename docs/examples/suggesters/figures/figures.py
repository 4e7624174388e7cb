"""Proposes sentences that state a percentage as claims: they can be checked."""

import re

from annotator.suggest.contract import DocumentView, Proposal, Proposals


PERCENTAGE = re.compile(r"[0-9٠-٩]+(?:[.,٫][0-9٠-٩]+)?\s?(?:%|٪|في المئة|بالمئة)")
SENTENCE = re.compile(r"(?:[^.؟!\n]|\.(?=[0-9]))+")


class FiguresSuggester:
    """Its reason quotes the percentage."""

    name = "figures"
    version = "1.0"

    def suggest(self, document: DocumentView) -> Proposals:
        """One span for each sentence with a percentage, without its full stop."""
        spans = []
        for sentence in SENTENCE.finditer(document.text):
            figure = PERCENTAGE.search(document.text, *sentence.span())
            if figure:
                spans.append(
                    Proposal(
                        start=sentence.start(),
                        end=sentence.end(),
                        label="claim",
                        reason="states a percentage",
                        evidence=figure[0],
                        attributes={"check_worthy": "yes"},
                    )
                )
        return Proposals(tuple(spans))
