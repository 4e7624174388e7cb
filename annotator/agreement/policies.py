"""Policies: what may become gold without a reviewer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.agreement.itemizing import versions
from annotator.agreement.items import Item
from annotator.errors import UsageError


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule under a name and a version, which decisions record.

    Attributes:
        choose: Whose version of an item becomes gold, or nobody's where a person is to decide.
    """

    name: str
    version: int
    about: str
    choose: Callable[[Item], tuple[str, ...]]

    @property
    def decides(self) -> bool:
        """Whether anything ever becomes gold by it."""
        return self.choose is not _nobody

    @property
    def signature(self) -> str:
        """The name and the version as decisions record them."""
        return f"{self.name}/{self.version}"


def _nobody(item: Item) -> tuple[str, ...]:
    return ()


def _unanimous(item: Item) -> tuple[str, ...]:
    if item.is_disputed or len(item.votes) < 2:
        return ()
    return tuple(vote.annotator for vote in item.votes)


def _majority(item: Item) -> tuple[str, ...]:
    filled = [version for version in versions(item) if not version.is_empty]
    if len(filled) != 1 or len(filled[0].annotators) < 2 or 2 * len(filled[0].annotators) <= len(item.votes):
        return ()
    return filled[0].annotators


def _trivial(item: Item) -> tuple[str, ...]:
    if not item.is_disputed:
        return _unanimous(item)
    if not all(one.kind == "boundary" and one.is_trivial for one in item.differences):
        return ()
    longest = max(versions(item), key=lambda version: sum(one.end - one.start for one in version.annotations))
    return longest.annotators


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("unanimous", 1, "what all annotators of the document marked exactly alike", _unanimous),
        Policy(
            "majority", 1, "what more than half, and at least two, marked exactly alike, and nobody else", _majority
        ),
        Policy("trivial", 1, "as unanimous; of boundaries that differ trivially, the longest version", _trivial),
        Policy("none", 1, "nothing: a reviewer decides everything", _nobody),
    )
}


def find_policy(name: str) -> Policy:
    """The policy with a name.

    Raises:
        UsageError: There is none.
    """
    policy = POLICIES.get(name)
    if policy is None:
        raise UsageError(f"there is no policy {name!r}", hint=f"The policies are: {', '.join(POLICIES)}.")
    return policy
