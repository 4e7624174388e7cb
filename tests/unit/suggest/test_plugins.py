from __future__ import annotations

import importlib
import importlib.metadata
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.suggest.plugins import GROUP, Problem, load_plugins
from annotator.suggest.registry import RESERVED


GOOD = """
from annotator.suggest.contract import Proposals
class Good:
    name, version = "{name}", "1"
    def suggest(self, document):
        return Proposals()
"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Makes packages of one module each, as an installer leaves them on the path."""
    monkeypatch.syspath_prepend(tmp_path)
    modules: list[str] = []
    numbers = itertools.count()

    def make(source: str, target: str = "{module}:Good", point: str = "good", package: str = "") -> None:
        module = f"plugin_for_a_test_{next(numbers)}"
        modules.append(module)
        (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"{(package or module).replace('-', '_')}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package or module}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{point} = {target.format(module=module)}\n")
        importlib.invalidate_caches()

    yield make
    for module in modules:
        sys.modules.pop(module, None)


def named(name: str) -> str:
    return GOOD.format(name=name)


def mine() -> tuple[list[str], list[Problem]]:
    """The names of what the packages of this test give; others may be installed."""
    suggesters, problems = load_plugins()
    names = [one.name for one in suggesters if type(one).__module__.startswith("plugin_for_a_test")]
    return names, [one for one in problems if "(test-" in one.plugin or "plugin_for_a_test" in one.plugin]


def why(problems: list[Problem]) -> str:
    (problem,) = problems
    return problem.why


def test_an_installed_class_is_a_suggester(install: Install) -> None:
    install(named("good"))
    assert mine() == (["good"], [])


def test_a_function_may_make_the_suggester(install: Install) -> None:
    install(named("good") + "def make():\n    return Good()\n", "{module}:make")
    assert mine() == (["good"], [])


def test_plugins_come_in_the_order_of_their_entry_points(install: Install) -> None:
    install(named("one"), point="zz")
    install(named("two"), point="aa")
    assert mine() == (["two", "one"], [])


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("import no_such_module", "{module}:Good", "No module named 'no_such_module'"),
        ("raise RuntimeError('no\\nlicence')", "{module}:Good", "RuntimeError: no licence"),
        ("raise SystemExit(3)", "{module}:Good", "SystemExit: 3"),
        ("class Good(", "{module}:Good", "SyntaxError"),
        ("", "{module}:Good", "has no attribute 'Good'"),
        ("", "no_such_module:Good", "No module named 'no_such_module'"),
        ("", "not an object", ""),
        ("Good = 3", "{module}:Good", "'int' object is not callable"),
        ("class Good:\n    def __init__(self, path): ...", "{module}:Good", "missing 1 required positional argument"),
        ("class Good:\n    name = version = 'a'", "{module}:Good", "gives no suggester"),
        (named("a") + "def make():\n    return Good", "{module}:make", "gives no suggester"),
        (named("No Name"), "{module}:Good", "'No Name' is no name for a suggester"),
        (named("good").replace('"1"', "1"), "{module}:Good", "'1' is no version of a suggester"),
    ],
)
def test_a_faulty_plugin_is_a_problem_and_the_others_are_there(
    install: Install, source: str, target: str, reason: str
) -> None:
    install(source, target, point="bad", package="test-bad")
    install(named("good"))
    names, problems = mine()
    assert names == ["good"]
    assert [one.plugin for one in problems] == ["bad (test-bad)"]
    assert reason in why(problems)
    assert "\n" not in why(problems)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_the_name_of_a_built_in_suggester_is_taken(install: Install, name: str) -> None:
    install(named(name), package="test-bad")
    names, problems = mine()
    assert names == []
    assert f"the name {name!r} is taken" in why(problems)


def test_two_plugins_of_one_name_are_both_refused(install: Install) -> None:
    install(named("same"), point="one", package="test-one")
    install(named("same"), point="two", package="test-two")
    install(named("other"), point="three")
    names, problems = mine()
    assert names == ["other"]
    assert problems == [
        Problem("one (test-one)", "another plug-in is called 'same' too"),
        Problem("two (test-two)", "another plug-in is called 'same' too"),
    ]


def test_packages_that_cannot_be_listed_are_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: str) -> None:
        raise TypeError("no = in entry_points.txt")

    monkeypatch.setattr("annotator.suggest.plugins.entry_points", broken)
    suggesters, problems = load_plugins()
    assert suggesters == []
    assert "cannot be listed: TypeError: no = in entry_points.txt" in why(problems)


def test_a_key_that_interrupts_the_loading_passes(install: Install) -> None:
    install("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        load_plugins()
