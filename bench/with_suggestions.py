"""How many keys a page takes with suggestions: alone, and as one of several that are labelled one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.model.suggestion import SuggestionSet
from annotator.services.copies import NAME as COPIES
from annotator.services.copies import VERSION
from annotator.services.looking import find_document, list_documents
from annotator.services.project import Project, open_project
from annotator.services.session import AnnotationSession
from annotator.store import suggestions as store
from annotator.store.copies import neighbours
from bench.answering import ALL_AT_ONCE, ONE_BY_ONE, WAYS, Answered, TooManyKeysError, Way, answer
from bench.comparing import Quality, quality
from bench.hands import Pressed
from bench.reference import Reference
from bench.replaying import ANNOTATOR, compare, copied, holds, id_of, imported, replay
from bench.suggestion_tables import Page


def measure(work: Path, references: Sequence[Reference], without: Sequence[Pressed]) -> list[Page]:
    """Count the keys of some pages with suggestions, and press them in the program.

    Args:
        work: An empty folder.
        references: The pages and their labels.
        without: What each took without suggestions.

    Raises:
        RuntimeError: The program did not come to hold what was wanted.
    """
    alone = [_alone(work / reference.name, reference) for reference in references]
    in_turn = _in_turn(work, references, alone)
    return [
        Page(reference, plain, one.answered, one.read, turned, one.quality)
        for reference, plain, one, turned in zip(references, without, alone, in_turn, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Alone:
    answered: Answered
    read: Answered
    quality: Quality
    suggested: SuggestionSet


def _alone(work: Path, reference: Reference) -> _Alone:
    database = imported(work / "suggested.db", [reference.page], suggested=True)
    suggested = _suggested(database, reference)
    read = cheapest(database, reference, ONE_BY_ONE)
    answered = cheapest(database, reference, ALL_AT_ONCE, read)
    replay(database, reference.page, answered.pressed.keys, partial(holds, reference=reference))
    compare(database, [reference])
    with open_project(str(database)) as project:
        return _Alone(answered, read, quality(reference, suggested, project.schema), suggested)


def _in_turn(work: Path, references: Sequence[Reference], alone: Sequence[_Alone]) -> list[Answered]:
    """Label all pages in one project, one after the other; what one says of its copies is there for the next."""
    database = imported(work / "all.db", [reference.page for reference in references], suggested=True)
    found = []
    for reference, single in zip(references, alone, strict=True):
        is_known = _suggested(database, reference) == single.suggested
        answered = single.answered if is_known else cheapest(database, reference, WAYS)
        done = ["d", "enter"] if answered.pending else ["d"]
        replay(database, reference.page, [*answered.pressed.keys, *done], partial(_is_done, reference=reference))
        found.append(answered)
    compare(database, references)
    return found


def _is_done(project: Project, reference: Reference) -> bool:
    """Whether a page holds its labels, is done, and its copies have heard of that."""
    document = next(one for one in list_documents(project, ANNOTATOR) if one.doc_id == id_of(project, reference))
    with project.store.read() as connection:
        near = neighbours(connection, document.id)
        deaf = {*store.without(connection, {COPIES: VERSION})} & {*near}
    return document.status == "done" and not deaf and holds(project, reference)


def _suggested(database: Path, reference: Reference) -> SuggestionSet:
    """What waits for an answer on a page; the project is left as it is."""
    with open_project(str(copied(database, "looked-at.db"))) as project:
        return AnnotationSession(project, ANNOTATOR, find_document(project, id_of(project, reference))).pending


def cheapest(database: Path, reference: Reference, ways: Sequence[Way], best: Answered | None = None) -> Answered:
    """The way through a page that takes the fewest keys; the project is left as it is.

    Args:
        database: The project.
        reference: What the page is to hold.
        ways: Those that are tried.
        best: What has been found by other ways.

    Raises:
        RuntimeError: None leads to the labels of the reference.
    """
    failures: list[RuntimeError] = []
    for way in ways:
        most = None if best is None else len(best.pressed.keys) - 1
        try:
            best = _tried(copied(database, "planned.db"), reference, way, most)
        except TooManyKeysError:
            continue
        except RuntimeError as failure:  # such as a key to what is gone by then; others may get through
            failures.append(failure)
    if best is None:
        raise failures[0]
    return best


def _tried(database: Path, reference: Reference, way: Way, most: int | None) -> Answered:
    with open_project(str(database)) as project:
        row = find_document(project, id_of(project, reference))
        found = asyncio.run(answer(project, ANNOTATOR, row, reference, way, most))
    compare(database, [reference])
    return found
