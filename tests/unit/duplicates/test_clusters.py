from __future__ import annotations

import random
from itertools import combinations

import pytest

from annotator.duplicates.clusters import Cluster, Clusters, Member, clusters


WORDS = [f"كلمة{number}" for number in range(5000)]


def text(chance: random.Random, words: int = 60) -> str:
    return " ".join(chance.sample(WORDS, words))


def changed(one: str, chance: random.Random, number: int) -> str:
    """A copy with so many words changed, far from one another."""
    words = one.split()
    for place in range(number):
        words[place * len(words) // number] = chance.choice(WORDS)
    return " ".join(words)


def keys_of(found: Clusters[int] | Clusters[str]) -> list[list[int | str]]:
    return [[member.key for member in cluster.members] for cluster in found.clusters]


@pytest.fixture
def chance() -> random.Random:
    return random.Random(2015)


def test_copies_are_one_cluster_and_others_in_none(chance: random.Random) -> None:
    one, other, alone = text(chance), text(chance), text(chance)
    bodies = [one, alone, changed(one, chance, 2), other, changed(other, chance, 1)]
    assert keys_of(clusters(enumerate(bodies))) == [[0, 2], [3, 4]]


def test_the_id_of_a_cluster_is_its_least_key_in_whatever_order_texts_come(chance: random.Random) -> None:
    one = text(chance)
    bodies = [(key, changed(one, chance, 2)) for key in ("ج", "أ", "ب")] + [("د", text(chance))]
    found = clusters(bodies)
    assert [cluster.id for cluster in found.clusters] == ["أ"]
    assert keys_of(found) == [["أ", "ب", "ج"]]
    assert all(clusters(chance.sample(bodies, len(bodies))) == found for _ in range(5))


def test_the_id_stays_when_documents_with_greater_keys_come(chance: random.Random) -> None:
    one = text(chance)
    bodies = [(4, one), (7, changed(one, chance, 1))]
    more = [*bodies, (9, changed(one, chance, 2)), (10, text(chance))]
    assert [cluster.id for cluster in clusters(more).clusters] == [cluster.id for cluster in clusters(bodies).clusters]


def test_the_similarity_is_to_the_first_document(chance: random.Random) -> None:
    one = text(chance)
    (cluster,) = clusters(enumerate([one, changed(one, chance, 4), one])).clusters
    assert [member.similarity for member in cluster.members] == [1, pytest.approx(46 / 70, abs=0.15), 1]


def test_a_copy_of_a_copy_is_in_the_cluster_though_unlike_the_first(chance: random.Random) -> None:
    words = chance.sample(WORDS, 90)
    bodies = [" ".join(words[start : start + 50]) for start in (0, 10, 20, 30, 40)]
    (cluster,) = clusters(enumerate(bodies)).clusters
    assert [member.key for member in cluster.members] == [0, 1, 2, 3, 4]
    assert cluster.members[-1].similarity < 0.3


def test_a_higher_threshold_keeps_looser_copies_apart(chance: random.Random) -> None:
    one = text(chance)
    bodies = [one, changed(one, chance, 1), changed(one, chance, 5)]
    assert keys_of(clusters(enumerate(bodies), threshold=0.5)) == [[0, 1, 2]]
    assert keys_of(clusters(enumerate(bodies), threshold=0.8)) == [[0, 1]]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9, 1.0])
def test_equal_texts_are_copies_at_any_threshold(chance: random.Random, threshold: float) -> None:
    one = text(chance)
    assert keys_of(clusters([(1, one), (2, text(chance)), (3, one)], threshold)) == [[1, 3]]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7])
def test_pairs_well_above_the_threshold_are_found_and_those_well_below_are_not(
    chance: random.Random, threshold: float
) -> None:
    bodies = []
    for _ in range(60):
        words = chance.sample(WORDS, 400)
        shared = round(200 * 2 * (threshold + 0.15) / (1 + threshold + 0.15))
        fewer = round(200 * 2 * (threshold - 0.15) / (1 + threshold - 0.15))
        bodies += [" ".join(words[:200]), " ".join(words[200 - shared : 400 - shared])]
        words = chance.sample(WORDS, 400)
        bodies += [" ".join(words[:200]), " ".join(words[200 - fewer : 400 - fewer])]
    found = clusters(enumerate(bodies), threshold)
    assert keys_of(found) == [[place, place + 1] for place in range(0, 240, 4)]


def test_spelling_and_quotes_do_not_keep_copies_apart() -> None:
    one = "قال مسؤول في وزارة الصحة «إن المستشفى الجديد» سيفتح أبوابه يوم الأحد المقبل في بغداد"
    other = "قال مسئول فى وزاره الصحه “ان المستشفي الجديد” سيفتح ابوابه يوم الاحد المقبل في بغداد"
    assert keys_of(clusters([(1, one), (2, other.replace("مسئول", "مسؤول"))])) == [[1, 2]]


def test_texts_of_a_few_words_are_in_no_cluster() -> None:
    assert clusters([(1, "عاجل من بغداد"), (2, "عاجل من بغداد"), (3, ""), (4, "")]).clusters == ()


def test_no_texts_have_no_clusters() -> None:
    nothing: list[tuple[int, str]] = []
    assert clusters(nothing) == Clusters(())


def test_the_cluster_of_a_document_is_found_by_its_key() -> None:
    cluster = Cluster((Member("أ", 1.0), Member("ب", 0.7)))
    found = Clusters((cluster,))
    assert found.by_key == {"أ": cluster, "ب": cluster}


def test_thousands_of_equal_texts_are_compared_as_often_as_there_are_of_them(
    chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.duplicates import clusters as module

    compared = []
    real = module.similarities
    monkeypatch.setattr(module, "similarities", lambda *some: compared.append(len(some[1])) or real(*some))
    one = text(chance)
    (cluster,) = clusters((number, one) for number in range(5000)).clusters
    assert len(cluster.members) == 5000
    assert sum(compared) <= 3 * 5000


def test_thousands_of_texts_that_are_nearly_alike_are_compared_a_few_times_each(
    chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.duplicates import clusters as module

    compared = []
    real = module.similarities
    monkeypatch.setattr(module, "similarities", lambda *some: compared.append(len(some[1])) or real(*some))
    one = text(chance)
    found = clusters((number, changed(one, chance, 14)) for number in range(2000))
    assert sum(compared) <= 200 * 2000 < len(list(combinations(range(2000), 2)))
    assert all(len(cluster.members) > 1 for cluster in found.clusters)


def test_texts_are_read_once_and_not_kept(chance: random.Random) -> None:
    import weakref

    class Body(str):
        __slots__ = ("__weakref__",)

    alive: list[weakref.ref[Body]] = []

    def bodies() -> list[tuple[int, str]]:
        one = Body(text(chance))
        alive.append(weakref.ref(one))
        return [(1, one), (2, one)]

    found = clusters(iter(bodies()))
    assert keys_of(found) == [[1, 2]]
    assert alive[0]() is None
