from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.duplicates.clusters import clusters
from annotator.duplicates.folding import fold_same_length
from annotator.duplicates.passages import Passage, paragraph_keys, shared_passages
from annotator.duplicates.projection import project
from annotator.duplicates.shingles import shingled
from annotator.text.words import words
from tests.support.texts import raw_texts, spans_of


SENTENCE = "قال وزير الصحة إن المستشفى الجديد سيفتح أبوابه يوم الأحد في المدينة وأكد الوزير أمس «رويترز» 2015"
WORDS = SENTENCE.split(" ")


def lines() -> st.SearchStrategy[str]:
    """Lines of the same few words, so that many are alike, or of anything."""
    line = st.lists(st.sampled_from(WORDS), min_size=9, max_size=14).map(" ".join)
    return line | st.sampled_from([SENTENCE, " ".join(reversed(WORDS)), "عنوان", ""]) | raw_texts()


def texts() -> st.SearchStrategy[str]:
    return st.lists(lines(), max_size=6).map("\n".join)


def anywhere(text: str) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(spans_of(len(text)), max_size=12)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


@settings(deadline=None, max_examples=100)
@given(raw_texts() | st.text(max_size=40))
def test_a_folded_text_has_the_same_length_and_stays_when_folded_again(text: str) -> None:
    folded = fold_same_length(text)
    assert len(folded) == len(text)
    assert fold_same_length(folded) == folded


@settings(deadline=None, max_examples=100)
@given(st.lists(texts(), max_size=5), st.integers(1, 4))
def test_the_shingles_of_texts_are_those_of_each(some: list[str], size: int) -> None:
    together = shingled(some, size, 1)
    alone = [shingled([text], size, 1).hashes.tolist() for text in some]
    assert together.hashes.tolist() == [found for one in alone for found in one]
    assert [end - start for start, end in pairwise(together.offsets.tolist())] == [len(one) for one in alone]


@settings(deadline=None, max_examples=100)
@given(texts())
def test_all_paragraphs_of_a_text_are_shared_with_itself_in_place(text: str) -> None:
    passages = shared_passages(text, text)
    assert passages == [Passage(passage.one, passage.one, 1.0) for passage in passages]
    assert len(passages) >= len({line for line in text.split("\n") if sum(map(str.isalpha, line)) >= 40})


@settings(deadline=None, max_examples=100)
@given(texts(), texts())
def test_shared_paragraphs_are_disjoint_whole_and_alike(one: str, other: str) -> None:
    passages = shared_passages(one, other)
    assert all(before.one[1] < after.one[0] for before, after in pairwise(passages))
    theirs = sorted(passage.other for passage in passages)
    assert all(before[1] < after[0] for before, after in pairwise(theirs))
    for passage in passages:
        assert 0.6 <= passage.ratio <= 1
        for text, (start, end) in ((one, passage.one), (other, passage.other)):
            assert text[start:end].strip() == text[start:end]
            assert not text[text.rfind("\n", 0, start) + 1 : start].strip()
            assert not text[end:].partition("\n")[0].strip()
        same = fold_same_length(one[slice(*passage.one)]) == fold_same_length(other[slice(*passage.other)])
        assert same == (passage.ratio == 1)


@settings(deadline=None, max_examples=100)
@given(texts(), texts())
def test_paragraphs_that_are_the_same_give_the_same_keys(one: str, other: str) -> None:
    same = [one[slice(*passage.one)] for passage in shared_passages(one, other) if passage.ratio == 1]
    keys = {key for paragraph in same for key in paragraph_keys(paragraph)}
    assert keys <= set(paragraph_keys(one)) & set(paragraph_keys(other))


@settings(deadline=None, max_examples=100)
@given(st.data(), texts())
def test_projection_onto_the_same_text_changes_nothing(data: st.DataObject, text: str) -> None:
    passages = shared_passages(text, text)
    spans = data.draw(anywhere(text))
    for span, found in zip(spans, project(spans, text, text, passages), strict=True):
        start, end = trimmed(text, *span)
        inside = any(passage.one[0] <= start < end <= passage.one[1] for passage in passages)
        assert found == (start, end) if inside else found in (None, (start, end))


@settings(deadline=None, max_examples=200)
@given(st.data(), texts(), texts())
def test_projected_spans_lie_inside_shared_paragraphs_and_hold_something(
    data: st.DataObject, source: str, target: str
) -> None:
    passages = shared_passages(source, target)
    spans = data.draw(anywhere(source))
    for found in project(spans, source, target, passages):
        if found is None:
            continue
        start, end = found
        assert 0 <= start < end <= len(target)
        assert trimmed(target, start, end) == (start, end)
        assert any(passage.other[0] <= start < passage.other[1] for passage in passages)
        assert any(passage.other[0] < end <= passage.other[1] for passage in passages)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_words_are_never_cut_and_hardly_grow(data: st.DataObject) -> None:
    source = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=10, max_size=20)))
    kept = data.draw(st.lists(st.sampled_from([0, 1, 1, 1, 1, 2]), min_size=20, max_size=20))
    target = " ".join(" ".join([word] * times) for word, times in zip(source.split(), kept, strict=False))
    passage = Passage((0, len(source)), (0, len(target)), 0.6)
    edges = data.draw(st.lists(st.sampled_from(words(source)), min_size=2, max_size=2).map(sorted))
    span = edges[0][0], edges[1][1]
    (found,) = project([span], source, target, [passage])
    if found is not None:
        assert found[0] in {start for start, _ in words(target)}
        assert found[1] in {end for _, end in words(target)}
        assert found[1] - found[0] <= 1.6 * (span[1] - span[0])


@settings(deadline=None, max_examples=100)
@given(st.data(), st.lists(texts(), max_size=8))
def test_clusters_do_not_depend_on_the_order_of_the_texts(data: st.DataObject, some: list[str]) -> None:
    bodies = list(enumerate(some))
    found = clusters(bodies)
    assert clusters(data.draw(st.permutations(bodies))) == found
    keys = [member.key for cluster in found.clusters for member in cluster.members]
    assert len(keys) == len(set(keys))
    assert all(len(cluster.members) > 1 and cluster.members[0].similarity == 1 for cluster in found.clusters)
    assert all(cluster.id == min(member.key for member in cluster.members) for cluster in found.clusters)
