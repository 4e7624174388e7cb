"""Questions and answers: what is said behind a dash that follows a question, and who says it."""

from __future__ import annotations

import re
from dataclasses import replace

from annotator.suggest.attribution.claims import Claim
from annotator.suggest.attribution.statement import Statement


_DASHES = ("-", "–", "—", "_", "ـ")
_IN_LINE = re.compile(r"[؟?]\s*[-–—_ـ]\s")
_QUESTION = re.compile(r"[؟?]|(?:^|\s)[*•]\s")


class Interview:
    """Knows, line by line, whether somebody answers: behind a dash after a question, until the next question."""

    def __init__(self) -> None:
        self._asked = False
        self._answering = False

    def is_answered(self, line: str) -> bool:
        """Whether a line starts within an answer; to be asked for each line in turn."""
        text = line.strip()
        if not text:
            return False
        answers = text.startswith(_DASHES) if self._asked else self._answering and not text.startswith(("*", "•"))
        self._asked = text.endswith(("؟", "?"))
        self._answering = (answers or _IN_LINE.search(text) is not None) and not self._asked
        return answers


def answered(line: str, found: list[Statement], *, is_answer: bool) -> list[Statement]:
    """The statements of a line, those of the outlet's own voice that stand in an answer as answers.

    Args:
        line: The line.
        found: Its statements.
        is_answer: Whether the line starts within an answer.
    """
    if not is_answer and not _IN_LINE.search(line):
        return found
    edges = [(match.start(), False) for match in _QUESTION.finditer(line)]
    edges = sorted([(0, is_answer), *edges, *((match.end(), True) for match in _IN_LINE.finditer(line))])
    return [_as_answer(one) if _is_within(edges, one) else one for one in found]


def _is_within(edges: list[tuple[int, bool]], statement: Statement) -> bool:
    if statement.kind not in ("own", "resumed"):
        return False
    return [answers for edge, answers in edges if edge <= statement.claims[0].start][-1]


def _as_answer(statement: Statement) -> Statement:
    claims = [Claim(claim.start, claim.end, "direct") for claim in statement.claims]
    return replace(statement, claims=claims, kind="answer", inherits=True)
