"""What annotators chose among given values."""

from __future__ import annotations

from typing import Any

from annotator.agreement.itemizing import items_of
from annotator.agreement.report.rating import attribute_ratings, document_ratings
from annotator.agreement.study import StudyDocument
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.annotation import Annotation, DocumentLabel
from annotator.model.state import AnnotationState


NEWS = parse_schema(*read_schema_source("news"))
QUOTE = ("attribute", "claim", "quote")


def claim(start: int, end: int, quote: str) -> Annotation:
    return Annotation(f"{start}-{end}-{quote}", start, end, "claim", (("quote", quote),))


def document(**work: list[Any]) -> StudyDocument:
    return StudyDocument("d", "", "ا" * 100, {name: AnnotationState.of(made) for name, made in work.items()}, {}, {})


def quotes(**work: list[Any]) -> dict[tuple[tuple[str, str], ...], int]:
    return dict(attribute_ratings(items_of(document(**work), NEWS), NEWS)[QUOTE])


def test_one_thing_has_one_rating_wherever_its_edges_are() -> None:
    assert quotes(a=[claim(0, 10, "direct")], b=[claim(2, 12, "indirect")]) == {(("a", "direct"), ("b", "indirect")): 1}


def test_what_one_annotator_alone_marked_is_a_rating_too() -> None:
    assert quotes(a=[claim(0, 10, "direct")], b=[]) == {(("a", "direct"),): 1}


def test_equal_ratings_are_counted() -> None:
    made = [claim(0, 10, "direct"), claim(20, 30, "direct")]
    assert quotes(a=made, b=made) == {(("a", "direct"), ("b", "direct")): 2}


def test_where_somebody_has_two_spans_of_a_label_only_equal_places_are_compared() -> None:
    found = quotes(a=[claim(0, 30, "direct")], b=[claim(0, 14, "direct"), claim(15, 30, "indirect")])
    assert found == {(("a", "direct"),): 1, (("b", "direct"),): 1, (("b", "indirect"),): 1}


def test_another_label_on_the_same_place_is_not_compared() -> None:
    source = Annotation("s", 0, 10, "source")
    assert quotes(a=[claim(0, 10, "direct")], b=[source]) == {(("a", "direct"),): 1}


def test_texts_that_annotators_write_are_left_out() -> None:
    texts = {(label.id, one.id) for label in NEWS.labels for one in label.attributes if one.type == "text"}
    made = [Annotation(label.id, 0, 10, label.id, label.defaults()) for label in NEWS.labels]
    rated = {key[1:] for key in attribute_ratings(items_of(document(a=made, b=made), NEWS), NEWS)}
    assert rated
    assert not rated & texts


def test_each_document_label_is_given_or_not() -> None:
    one = document(a=[DocumentLabel("opinion")], b=[])
    assert document_ratings(one, ["opinion", "broken_page"]) == {
        ("document label", "opinion"): {(("a", "yes"), ("b", "no")): 1},
        ("document label", "broken_page"): {(("a", "no"), ("b", "no")): 1},
    }
