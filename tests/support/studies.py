"""Studies with known disagreements: annotators who agree on everything but what is planted.

Every sentence reads "<verb> <source> و<source> إن <claim> <claim>.", and each claim is attributed to the first source.
In a sentence with something planted one annotator has one thing otherwise than all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from annotator.agreement.items import Edge, KindName
from annotator.agreement.study import StudyDocument
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.annotation import Annotation, Attributes, DocumentLabel, Relation, Value
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState


NEWS = parse_schema(*read_schema_source("news"))
"""The shipped schema that the studies are made under."""

NAMES = ("amal", "basim", "dalia", "faris", "hind")
VERBS = ("قال", "أكد", "أوضح", "أعلن", "ذكر")
SOURCES = ("وزير المالية", "مدير الهيئة", "رئيس البلدية", "خبير الطاقة", "مصدر أمني")
WORDS = (
    "الأسعار",
    "انخفضت",
    "أمس",
    "خلال",
    "شهر",
    "نسبة",
    "كبيرة",
    "مقارنة",
    "مع",
    "عام",
    "مضى",
    "تراجع",
    "طلب",
    "إنتاج",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A disagreement that was planted.

    Attributes:
        what: Its name in `ERRORS`.
        annotator: Who has it otherwise than all others.
        start, end: From the first start to the last end of what anybody has there.
    """

    doc_id: str
    what: str
    annotator: str
    start: int
    end: int
    kind: KindName
    edge: Edge
    is_trivial: bool


@dataclass(frozen=True, slots=True)
class MadeStudy:
    """Documents, and all that is disputed in them."""

    documents: tuple[StudyDocument, ...]
    schema: Schema
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be marked in a sentence: two claims, of which the first has a source in it where `nested` is given."""

    claim: Annotation
    second: Annotation
    source: Annotation
    other_source: Annotation
    relation: Relation
    second_relation: Relation
    nested: Annotation | None = None

    @property
    def values(self) -> list[Value]:
        """All of it."""
        marks = [self.claim, self.second, self.source, self.other_source, *([self.nested] if self.nested else [])]
        return [*marks, self.relation, self.second_relation]


Mistake = Callable[[Sentence, str, Random], list[Value]]
"""What one annotator makes of a sentence of a text."""


def _without(sentence: Sentence, *gone: Value | None) -> list[Value]:
    return [value for value in sentence.values if value not in gone]


def _instead(sentence: Sentence, *claims: Annotation) -> list[Value]:
    """Other claims for the first one."""
    return [*claims, *_without(sentence, sentence.claim)]


def _related(sentence: Sentence, *relations: Relation) -> list[Value]:
    """Other relations for the first claim's."""
    return [*relations, *_without(sentence, sentence.relation)]


def _start_later(claim: Annotation, text: str, random: Random) -> int:
    """Behind the first word, or the first two."""
    words = text[claim.start : claim.end].split(" ")
    return claim.start + sum(len(word) + 1 for word in words[: random.choice((1, 2))])


def _start_elsewhere(claim: Annotation, text: str, random: Random) -> int:
    """Behind the first words, or at the إن before the claim."""
    return random.choice((_start_later(claim, text, random), claim.start - len("إن ")))


def _end_earlier(claim: Annotation, text: str) -> int:
    return text.rindex(" ", claim.start, claim.end)


def _missed(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _without(sentence, sentence.claim, sentence.relation)


def _nested_missed(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _without(sentence, sentence.nested)


def _shifted_start(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _instead(sentence, replace(sentence.claim, start=_start_elsewhere(sentence.claim, text, random)))


def _shifted_end(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _instead(sentence, replace(sentence.claim, end=_end_earlier(sentence.claim, text)))


def _shifted_both(sentence: Sentence, text: str, random: Random) -> list[Value]:
    start, end = _start_elsewhere(sentence.claim, text, random), _end_earlier(sentence.claim, text)
    return _instead(sentence, replace(sentence.claim, start=start, end=end))


def _trivial_start(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _instead(sentence, replace(sentence.claim, start=sentence.claim.start + 1))


def _trivial_end(sentence: Sentence, text: str, random: Random) -> list[Value]:
    stop = replace(sentence.second, end=sentence.second.end + 1)
    return [stop, *_without(sentence, sentence.second)]


def _relabelled(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _instead(sentence, replace(sentence.claim, label="source"))


def _relabelled_and_shifted(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _instead(sentence, replace(sentence.claim, label="source", end=_end_earlier(sentence.claim, text)))


def _split(sentence: Sentence, text: str, random: Random) -> list[Value]:
    claim = sentence.claim
    space = text.index(" ", (claim.start + claim.end) // 2)
    return _instead(sentence, replace(claim, end=space), replace(claim, id=f"{claim.id}b", start=space + 1))


def _merged(sentence: Sentence, text: str, random: Random) -> list[Value]:
    merged = replace(sentence.claim, end=sentence.second.end)
    return [merged, *_without(sentence, sentence.claim, sentence.second, sentence.second_relation)]


def _attribute(sentence: Sentence, text: str, random: Random) -> list[Value]:
    values = dict(sentence.claim.attributes) | {"quote": random.choice(("direct", "mixed"))}
    return _instead(sentence, replace(sentence.claim, attributes=tuple(values.items())))


def _relation_missing(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _related(sentence)


def _relation_target(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _related(sentence, replace(sentence.relation, tail=sentence.other_source.id))


def _relation_type(sentence: Sentence, text: str, random: Random) -> list[Value]:
    return _related(sentence, replace(sentence.relation, label="reported_via"))


ERRORS: Mapping[str, tuple[Mistake, KindName, Edge, bool]] = {
    "missed": (_missed, "missed", "", False),
    "nested missed": (_nested_missed, "missed", "", False),
    "shifted start": (_shifted_start, "boundary", "start", False),
    "shifted end": (_shifted_end, "boundary", "end", False),
    "shifted both": (_shifted_both, "boundary", "both", False),
    "trivial start": (_trivial_start, "boundary", "start", True),
    "trivial end": (_trivial_end, "boundary", "end", True),
    "relabelled": (_relabelled, "label", "", False),
    "relabelled and shifted": (_relabelled_and_shifted, "boundary and label", "", False),
    "split": (_split, "split", "", False),
    "merged": (_merged, "split", "", False),
    "attribute": (_attribute, "attribute", "", False),
    "relation missing": (_relation_missing, "relation", "", False),
    "relation target": (_relation_target, "relation", "", False),
    "relation type": (_relation_type, "relation", "", False),
}
"""By name: how it is made, and the kind, the edge and whether it is trivial, as it is to be told."""

UNTOUCHED = ("", "nested")
"""Sentences in which all annotators agree, without a source inside a claim and with one."""


def made_study(
    seed: int,
    *,
    annotators: int = 2,
    documents: int = 1,
    errors: Mapping[str, int] | None = None,
    untouched: int = 4,
) -> MadeStudy:
    """A study under the schema news.

    Args:
        seed: The same seed makes the same study.
        annotators: 2 to 5; all of them have worked on all documents.
        documents: How many.
        errors: How often each of `ERRORS` is planted in each document; each once if None.
        untouched: In each document, how many sentences of either kind of `UNTOUCHED` there are.
    """
    random = Random(seed)
    planted: list[Planted] = []
    made = [
        _document(random, f"doc-{number}", NAMES[:annotators], errors, untouched, planted)
        for number in range(documents)
    ]
    return MadeStudy(tuple(made), NEWS, tuple(planted))


@dataclass(slots=True)
class _Page:
    """A text while it is written."""

    doc_id: str
    random: Random
    text: str = ""
    work: dict[str, list[Value]] = field(default_factory=dict)

    def write(self, words: str) -> tuple[int, int]:
        """Add some words; their span."""
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def sentence(self, number: int, proclitic: str, nested: bool) -> Sentence:
        """Write a sentence whose first claim starts with a proclitic."""
        source, other = self.random.sample(SOURCES, 2)
        self.write(f"{self.random.choice(VERBS)} ")
        first = self.write(source)
        self.write(" و")
        second = self.write(other)
        self.write(" إن ")
        start, inner = len(self.text), None
        self.write(proclitic + self.words(4))
        if nested:
            self.write(" ")
            inner = self.write(self.random.choice(SOURCES))
            self.write(" " + self.words(4))
        claim = (start, len(self.text))
        self.write(" ")
        second_claim = self.write(self.words(5))
        self.write(".\n" if self.random.random() < 0.3 else ". ")
        return _marked(number, claim, second_claim, first, second, inner)

    def words(self, fewest: int) -> str:
        """Some words."""
        return " ".join(self.random.choices(WORDS, k=self.random.randint(fewest, fewest + 6)))


def _marked(
    number: int,
    claim: tuple[int, int],
    second: tuple[int, int],
    source: tuple[int, int],
    other: tuple[int, int],
    nested: tuple[int, int] | None,
) -> Sentence:
    def mark(letter: str, span: tuple[int, int], label: str) -> Annotation:
        return Annotation(f"{letter}{number}", *span, label, _defaults(label))

    return Sentence(
        mark("c", claim, "claim"),
        mark("d", second, "claim"),
        mark("s", source, "source"),
        mark("t", other, "source"),
        Relation(f"r{number}", "attributed_to", f"c{number}", f"s{number}"),
        Relation(f"q{number}", "attributed_to", f"d{number}", f"s{number}"),
        mark("n", nested, "source") if nested else None,
    )


def _defaults(label: str) -> Attributes:
    known = NEWS.label(label)
    return known.defaults() if known else ()


def _document(
    random: Random,
    doc_id: str,
    names: Sequence[str],
    errors: Mapping[str, int] | None,
    untouched: int,
    planted: list[Planted],
) -> StudyDocument:
    counts = dict.fromkeys(ERRORS, 1) if errors is None else errors
    plan = [what for what, count in counts.items() for _ in range(count)] + [*UNTOUCHED] * untouched
    random.shuffle(plan)
    page = _Page(doc_id, random, work={name: [DocumentLabel("opinion")] for name in names})
    _write_furniture(page, "الرئيسية / أخبار\n", "boilerplate", "top")
    first = len(page.text)
    for number, what in enumerate(plan):
        is_nested = what.startswith("nested")
        sentence = page.sentence(number, "و" if what == "trivial start" else "", is_nested)
        erring = random.choice(names)
        for name in names:
            made = sentence.values
            if name == erring and what in ERRORS:
                made = ERRORS[what][0](sentence, page.text, random)
                planted.append(_planted(doc_id, what, name, sentence, made))
            page.work[name] += made
    for value in page.work.values():
        value.append(Annotation("over", first, len(page.text), "spillover"))
    _write_furniture(page, "تابعونا على المنصات", "boilerplate", "bottom")
    work = {name: AnnotationState.of(_own(value, name) for value in page.work[name]) for name in names}
    return StudyDocument(doc_id, f"خبر {doc_id}", page.text, work, {}, {})


def _write_furniture(page: _Page, words: str, label: str, annotation_id: str) -> None:
    start, end = page.write(words)
    for values in page.work.values():
        values.append(Annotation(annotation_id, start, end, label, _defaults(label)))


def _own(value: Value, name: str) -> Value:
    """A value with ids of one annotator's own."""
    match value:
        case Annotation():
            return replace(value, id=f"{name}-{value.id}")
        case Relation():
            return replace(value, id=f"{name}-{value.id}", head=f"{name}-{value.head}", tail=f"{name}-{value.tail}")
        case _:
            return value


def _planted(doc_id: str, what: str, name: str, sentence: Sentence, made: Sequence[Value]) -> Planted:
    changed = set(sentence.values) ^ set(made)
    touched = [value for value in changed if isinstance(value, Annotation)] or [sentence.claim]
    _, kind, edge, is_trivial = ERRORS[what]
    start, end = min(one.start for one in touched), max(one.end for one in touched)
    return Planted(doc_id, what, name, start, end, kind, edge, is_trivial)
