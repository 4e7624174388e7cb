from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotator.suggest.conformance import SuggesterConformance, _repeated
from annotator.suggest.contract import DocumentView, Link, Proposals, Suggester
from annotator.suggest.external import ExternalSuggester
from annotator.suggest.registry import BUILT_IN, built_in
from tests.support.suggesters import Fixed, proposal


FIRST_WORDS = """
import json, sys
for line in sys.stdin.buffer:
    request = json.loads(line)
    word = request["text"].split()[:1]
    start = request["text"].index(word[0]) if word else 0
    spans = [{"start": start, "end": start + len(word[0]), "label": "claim", "reason": "first"}] if word else []
    print(json.dumps({"id": request["id"], "version": "1", "spans": spans}), flush=True)
"""


@pytest.mark.parametrize("name", BUILT_IN)
class TestBuiltIn(SuggesterConformance):
    @pytest.fixture
    def suggester(self, name: str) -> Suggester:
        return built_in(name)


class TestExternal(SuggesterConformance):
    @pytest.fixture
    def suggester(self) -> Iterator[Suggester]:
        with ExternalSuggester("first-words", [sys.executable, "-SEc", FIRST_WORDS]) as external:
            yield external


def violations(suggester: Any) -> set[str]:
    """Which of the tests a suggester fails."""
    failed = set()
    for name in dir(SuggesterConformance):
        if name.startswith("test_"):
            try:
                getattr(SuggesterConformance(), name)(suggester)
            except Exception:
                failed.add(name)
    return failed


def outside(document: DocumentView) -> Proposals:
    return Proposals((proposal((0, len(document.text) + 1)),))


def meddling(document: Any) -> Proposals:
    document.meta["seen"] = "yes"
    return Proposals()


def quadratic(document: DocumentView) -> Proposals:
    text = document.text
    for _ in range(len(text) // 20):
        text.count("ً")
    return Proposals()


class Forgetful(Fixed):
    def suggest(self, document: DocumentView) -> Proposals:
        self.given.append(document)
        word = document.text.split()[:1]
        if not word:
            return Proposals()
        start = document.text.index(word[0])
        return Proposals((proposal((start, start + 1), reason=str(len(self.given))),))


COUNTS, REASON = "test_everything_that_it_proposes_counts", "test_everything_has_a_reason"
WORD = proposal((0, 1))


@pytest.mark.parametrize(
    ("suggester", "fails"),
    [
        (Fixed(Proposals()), set()),
        (Fixed(Proposals(), name="No Name"), {"test_name_and_version_are_well_formed"}),
        (Fixed(Proposals(), version=1), {"test_name_and_version_are_well_formed"}),
        (Fixed(outside), {COUNTS}),
        (Fixed(lambda one: Proposals((WORD, WORD) if one.text[0].isalpha() else ())), {COUNTS}),
        (Fixed(Proposals(links=(Link("attributed_to", "a", "b"),))), {COUNTS}),
        (Fixed(lambda one: Proposals((replace(WORD, reason=" "),) if one.text[0].isalpha() else ())), {REASON}),
        (Forgetful(), {"test_the_same_document_gives_the_same_proposals"}),
        (Fixed(meddling), {"test_the_document_is_not_changed"}),
        (Fixed(quadratic), {"test_time_grows_with_the_length"}),
        (object(), {name for name in dir(SuggesterConformance) if name.startswith("test_")}),
    ],
)
def test_a_fault_is_found_by_the_test_for_it_and_by_no_other(suggester: Any, fails: set[str]) -> None:
    assert violations(suggester) == fails


def test_what_needs_a_title_fails_where_little_is_known() -> None:
    def titled(document: DocumentView) -> Proposals:
        return Proposals() if document.labels else Proposals((proposal(document.title_span or ()),))  # type: ignore[arg-type]

    assert "test_a_document_of_which_little_is_known_is_taken" in violations(Fixed(titled))


@pytest.mark.parametrize("piece", ["و", "قال «: ", "سطر\n"])
def test_a_long_text_has_the_length_asked_for(piece: str) -> None:
    assert len(_repeated(piece, 1000)) == 1000


def test_it_is_imported_without_pytest() -> None:
    program = "import sys, annotator.suggest.conformance; assert 'pytest' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
