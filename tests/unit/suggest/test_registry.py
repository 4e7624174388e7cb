from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.errors import UsageError
from annotator.suggest.contract import Suggester
from annotator.suggest.registry import BUILT_IN, RESERVED, built_in, find, rule_suggesters
from tests.support.suggesters import Fixed


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_suggester_has_the_name_under_which_it_is_found(name: str) -> None:
    suggester = built_in(name)
    assert isinstance(suggester, Suggester)
    assert suggester.name == name


def test_the_rule_suggesters_are_all_built_in_ones() -> None:
    assert [one.name for one in rule_suggesters()] == list(BUILT_IN)


def test_suggesters_are_found_in_the_order_of_their_names_and_once() -> None:
    mine, yours = Fixed(name="mine"), Fixed(name="yours")
    assert find(["yours", "mine", "yours"], [mine, yours]) == [yours, mine]


def test_a_built_in_suggester_is_found_beside_others() -> None:
    assert [one.name for one in find(["mine", "spillover"], [Fixed(name="mine")])] == ["mine", "spillover"]


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as error:
        find(["nobody"], [Fixed(name="mine")])
    assert error.value.one_line == (
        "there is no suggester 'nobody'. Known are: attribution, furniture, mine, spillover."
    )


def test_two_others_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="two suggesters have the same name"):
        find([], [Fixed(name="mine"), Fixed(name="mine")])


def test_names_of_built_in_suggesters_and_of_labels_made_by_hand_are_reserved() -> None:
    assert {*BUILT_IN, "manual"} <= RESERVED


def test_asking_which_suggesters_there_are_loads_none_of_them() -> None:
    modules = [target.partition(":")[0] for target in BUILT_IN.values()]
    program = f"import sys, annotator.suggest.registry; assert not set({modules!r}) & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
