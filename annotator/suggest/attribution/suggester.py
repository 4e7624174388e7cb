"""Proposes claims, who makes them, and that the one is attributed to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.suggest.attribution.answer import Answer
from annotator.suggest.attribution.headlines import headline_statement
from annotator.suggest.attribution.interviews import Interview, answered
from annotator.suggest.attribution.own_voice import own_headline, own_statements
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.statements import statements
from annotator.suggest.attribution.tokens import tokens_of
from annotator.suggest.attribution.verbs import THAT
from annotator.suggest.contract import DocumentView, Proposals


_PROSE_WORDS, _LONG_WORDS = 5, 20
_PROSE_END = re.compile('[.؟!?…»”"]["”»)]*\\s*\\Z')


class AttributionSuggester:
    """Finds claims by their cues: verbs of saying, phrases, quotation marks, colons of headlines.

    Where the schema has a label `cue`, cues are proposed too, and agencies that only carry the words of others. A
    sentence of prose without any cue is proposed, at a low score, as a claim in the outlet's own voice.

    Attributes:
        own_voice: Whether sentences without a cue are read: as speech that goes on, else in the outlet's own voice.
    """

    name = "attribution"
    version = "1"

    def __init__(self, *, own_voice: bool = True) -> None:
        self.own_voice = own_voice

    def suggest(self, document: DocumentView) -> Proposals:
        """Propose claims, sources and their relations in the headline and in lines of prose."""
        answer = Answer(document)
        for start, found in self._statements(document):
            for statement in found:
                answer.add(start, statement)
        return answer.proposals()

    def _statements(self, document: DocumentView) -> Iterator[tuple[int, list[Statement]]]:
        """The statements of the headline and of each line of prose at its first printing, with the line's start."""
        headline = document.title_span[0] if document.title_span else -1
        seen: set[str] = set()
        interview = Interview()
        start = 0
        for text in document.text.split("\n"):
            is_answer = interview.is_answered(text)
            if text and text not in seen:
                is_prose = _is_prose(text)
                if start == headline or is_prose:
                    seen.add(text)
                    found = self._of_line(text, is_headline=start == headline, is_prose=is_prose)
                    yield start, answered(text, found, is_answer=is_answer)
            start += len(text) + 1

    def _of_line(self, text: str, *, is_headline: bool, is_prose: bool) -> list[Statement]:
        line = tokens_of(text)
        statement = headline_statement(line) if is_headline else None
        if statement:
            return [statement]
        found = statements(line)
        if not self.own_voice:
            return found
        if is_headline and not is_prose:
            return found if THAT & set(line.keys) else own_headline(line)
        return sorted([*found, *own_statements(line, found)], key=lambda one: one.cue[0])


def _is_prose(text: str) -> bool:
    number = text.count(" ") + 1
    return number >= _LONG_WORDS or (number >= _PROSE_WORDS and _PROSE_END.search(text[-12:]) is not None)
