"""Suggesters that other installed packages bring, by the entry points of the group `annotator.suggesters`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from annotator.errors import UsageError
from annotator.suggest.contract import Suggester
from annotator.suggest.naming import origin_of
from annotator.suggest.registry import RESERVED
from annotator.suggest.running import one_line


GROUP = "annotator.suggesters"


@dataclass(frozen=True, slots=True)
class Problem:
    """A plug-in that cannot be used: the entry point with its package, and why."""

    plugin: str
    why: str


def load_plugins() -> tuple[list[Suggester], list[Problem]]:
    """The suggesters of all installed packages, in the order of their entry points' names.

    An entry point names a class or another callable that gives a suggester without arguments. One that cannot be
    loaded, that gives something else, or whose name is reserved or that of another plug-in is a problem and no more.
    """
    try:
        points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, _shown(point)))
    except Exception as error:  # a broken package elsewhere can do this
        return [], [Problem(GROUP, f"the installed packages cannot be listed: {one_line(error)}")]
    loaded: list[tuple[EntryPoint, Suggester]] = []
    problems: list[Problem] = []
    for point in points:
        try:
            loaded.append((point, _load(point)))
        except (Exception, SystemExit) as error:  # a script may end the program when it is imported
            problems.append(Problem(_shown(point), one_line(error)))
    names = Counter(suggester.name for _, suggester in loaded)
    for point, suggester in loaded:
        if names[suggester.name] > 1:
            problems.append(Problem(_shown(point), f"another plug-in is called {suggester.name!r} too"))
    return [suggester for _, suggester in loaded if names[suggester.name] == 1], problems


def _load(point: EntryPoint) -> Suggester:
    suggester = point.load()()
    if isinstance(suggester, type) or not isinstance(suggester, Suggester):
        raise UsageError("gives no suggester", hint="It needs a name, a version and a method suggest.")
    origin_of(suggester)
    if suggester.name in RESERVED:
        raise UsageError(f"the name {suggester.name!r} is taken", hint="Give the suggester another name.")
    return suggester


def _shown(point: EntryPoint) -> str:
    return f"{point.name} ({point.dist.name})" if point.dist else point.name
