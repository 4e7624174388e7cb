from __future__ import annotations

from typing import Any

import pytest

from annotator.errors import DataError
from annotator.model.suggestion import SuggestionSet
from annotator.suggest.contract import DocumentView, Proposals
from annotator.suggest.running import Outcome, one_line, run
from tests.support.model import SCHEMA
from tests.support.suggesters import COMPANY, Fixed, attributed, proposal, view


def outcome(*suggesters: Any) -> Outcome:
    return run(suggesters, view(), SCHEMA)


def raising(error: BaseException, name: str = "broken") -> Fixed:
    def fail(_: DocumentView) -> Proposals:
        raise error

    return Fixed(fail, name)


GOOD = Proposals((proposal(COMPANY, "source"),))


def test_the_suggestions_of_all_come_together_in_reading_order() -> None:
    result = outcome(Fixed(GOOD, "late"), Fixed(attributed(), "early"))
    assert [one.origin for one in result.suggestions.suggestions] == ["early@1", "early@1", "late@1"]
    assert len(result.suggestions.relations) == 1
    assert [one.name for one in result.runs] == ["late", "early"]


def test_each_run_has_its_own_suggestions_refusals_and_time() -> None:
    faulty = Proposals((proposal(), proposal((3, 3)), proposal(label="cue")))
    first, second = outcome(Fixed(faulty, "one"), Fixed(GOOD, "two")).runs
    assert (len(first.suggestions.suggestions), len(first.refused), first.dropped) == (1, 1, 1)
    assert (len(second.suggestions.suggestions), second.refused, second.dropped) == (1, (), 0)
    assert first.seconds > 0
    assert first.failure == second.failure == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("no model"), "broken: ValueError: no model"),
        (DataError("no model", hint="Fetch it."), "broken: no model. Fetch it."),
        (RuntimeError("a\nb\x1b[2J"), "broken: RuntimeError: a b\ufffd[2J"),
        (RecursionError(), "broken: RecursionError"),
        (MemoryError(), "broken: MemoryError"),
        (KeyError("x"), "broken: KeyError: 'x'"),
    ],
)
def test_a_failing_suggester_is_named_and_stops_no_other(error: Exception, said: str) -> None:
    result = outcome(Fixed(attributed(), "first"), raising(error), Fixed(GOOD, "last"))
    assert [one.failure for one in result.runs] == ["", said, ""]
    assert len(result.suggestions.suggestions) == 3


@pytest.mark.parametrize("error", [KeyboardInterrupt(), GeneratorExit()])
def test_what_is_no_exception_passes(error: BaseException) -> None:
    with pytest.raises(type(error)):
        outcome(raising(error))


def test_an_exception_without_a_text_of_its_own_is_told_all_the_same() -> None:
    class OddError(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert one_line(OddError()).endswith("OddError: <exception str() failed>")


@pytest.mark.parametrize("name", ["", "Two Words", None])
def test_a_suggester_without_a_usable_name_fails_under_that_of_its_class(name: Any) -> None:
    (one,) = outcome(Fixed(GOOD, name)).runs
    assert one.name == "Fixed"
    assert "no name for a suggester" in one.failure
    assert not one.suggestions.suggestions


def test_a_suggester_without_a_usable_version_fails() -> None:
    (one,) = outcome(Fixed(GOOD, "odd", version=2)).runs
    assert one.failure.startswith("odd: '2' is no version of a suggester")


def test_what_is_no_suggester_at_all_fails() -> None:
    result = outcome(object(), Fixed(GOOD))
    assert result.runs[0].failure.startswith("object: AttributeError")
    assert len(result.suggestions.suggestions) == 1


def test_a_second_suggester_of_a_name_fails() -> None:
    result = outcome(Fixed(GOOD), Fixed(attributed()))
    assert [one.failure for one in result.runs] == ["", "fixed: another suggester with this name has run before it"]
    assert len(result.suggestions.suggestions) == 1


def test_an_answer_that_is_none_is_a_refusal_and_no_failure() -> None:
    (one,) = outcome(Fixed(None)).runs
    assert (one.failure, len(one.refused)) == ("", 1)


def test_a_suggester_cannot_change_what_the_next_one_sees() -> None:
    def meddle(document: Any) -> Proposals:
        document.meta["source"] = "changed"
        return GOOD

    last = Fixed(GOOD, "last")
    seen = view(meta={"source": "وكالة"}, site_lines={"شارك": 3})
    result = run([Fixed(meddle, "meddler"), last], seen, SCHEMA)
    assert result.runs[0].failure.startswith("meddler: TypeError")
    assert dict(last.given[0].meta) == {"source": "وكالة"}


def test_no_suggester_gives_nothing() -> None:
    assert outcome() == Outcome(SuggestionSet(), ())
