"""Labelling a page in the annotator, where nothing is suggested, by the keys that `bench.planning` finds."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.services.project import Project
from annotator.tui.app import AnnotatorApp
from bench.hands import ATTRIBUTES, RELATIONS, SIZE, SPANS, Hands, Pressed
from bench.reference import Attributes, Reference, Target


Domains = Mapping[str, tuple[tuple[str, ...], str]]
"""The attributes of a label in the order of the schema: the values, and the default."""


async def label(project: Project, annotator: str, document_id: int, reference: Reference) -> Pressed:
    """Label a document until it holds what a reference wants.

    Raises:
        RuntimeError: A key did not lead where it should.
    """
    app = AnnotatorApp(project, annotator, document_id)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        hands = Hands(app)
        for target in reference.targets:
            await _label(hands, reference, target)
        return hands.pressed


async def _label(hands: Hands, reference: Reference, target: Target) -> None:
    """Label one span, give it its attributes, and relate it to what is labelled already."""
    label = hands.desk.session.schema.label(target.label)
    assert label is not None
    hands.part = SPANS
    await hands.select((target.start, target.end), counts_plain=True)
    await hands.press(label.key)
    hands.part = ATTRIBUTES
    domains = {one.id: (one.values, one.default) for one in label.attributes}
    await hands.press(*attribute_keys(target.attributes, domains))
    hands.part = RELATIONS
    for kind, head, tail in reference.links:
        other = {head: tail, tail: head}.get(target)
        if other is not None and hands.annotation(other) is not None:
            await hands.relate(kind, other, head, tail)


def attribute_keys(wanted: Attributes, domains: Domains, present: Attributes | None = None) -> list[str]:
    """The keys that give what is focused its attributes.

    Args:
        wanted: The attributes that are wanted.
        domains: Those of its label.
        present: Those that it has; the defaults where nothing is given.
    """
    here = {name: default for name, (_, default) in domains.items()} if present is None else dict(present)
    keys: list[str] = []
    for number, (name, (values, _)) in enumerate(domains.items(), 1):
        value = dict(wanted).get(name)
        if value is not None and value != here.get(name):
            keys += [str(number), str(values.index(value) + 1)]
    return keys
