"""A report made by hand, with every kind of table, Arabic names and hostile texts."""

from __future__ import annotations

from annotator.agreement.report.tables import Cell, Column, Estimate, Excerpt, Mark, Report, Table


ATTACK = "<script>alert(1)</script>"
RUDE = f'</td>{ATTACK} \x1b[31m\u202egnp\x00 $x_1$ & "it\'s"'
"""What a scraped page may have in its title: markup, an escape, an override, a NUL, mathematics."""

LABELS = ("ادعاء", "مصدر", "boilerplate", "صلة")
KINDS = ("agree", "attribute", "relation", "other label", "boundary", "split", "boundary and label", "missed")
PLACE = "قالت وزارة الاقتصاد في بيان إن أسعار السلع ارتفعت خلال الشهر الماضي، وأضافت أن السلام"


def estimate(value: float | None, spread: float = 0.03, **more: object) -> Estimate:
    """A value with an interval around it; where there is none, the reason."""
    if value is None:
        return Estimate(None, n=0, of="spans", note="nobody used this label")
    return Estimate(value, value - spread, value + spread, n=240, of="spans", **more)  # type: ignore[arg-type]


def table(table_id: str, title: str, columns: str, *rows: tuple[Cell, ...], **more: object) -> Table:
    """A table whose columns are called as their ids are, separated by commas."""
    named = tuple(Column(name.strip(), name.strip().replace("_", " ")) for name in columns.split(","))
    return Table(table_id, title, named, rows, **more)  # type: ignore[arg-type]


def excerpt(text: str = PLACE, *marks: tuple[int, int, str, str], kind: str = "boundary") -> Excerpt:
    """A place with marks (start, end, annotator, label)."""
    return Excerpt("doc-1", 400, text, kind, tuple(Mark(*mark) for mark in marks))


def documents(number: int) -> Table:
    """The table of documents, worst first; the third one's title is an attack."""
    rows = [
        (
            f"doc-{place:04}",
            RUDE if place == 2 else f"ارتفاع أسعار النفط في الأسواق العالمية {place}",
            place / number,
            None,
            30,
            number - place,
        )
        for place in range(number)
    ]
    return table("documents", "Documents", "doc_id, title, f1, gamma, items, disputed", *rows)


def whole_report(number: int = 60) -> Report:
    """All tables, `number` documents, one table that nobody knows, and two disputed places."""
    overall = table(
        "overall",
        "Overall",
        "measure, value",
        ("span F1 exact", estimate(0.612345678901)),
        ("span F1 overlap", estimate(0.8125, coverage=0.973, note="3 documents of one annotator only")),
        ("γ", estimate(0.744, error=0.0022)),
        ("α relations", estimate(None)),
        is_headline=True,
        notes=("There is no accepted threshold for F1 or γ.",),
    )
    labels = table(
        "labels",
        "Labels",
        "label, f1_exact, f1_overlap, alpha, spans",
        *(
            (name, estimate(0.5 + step / 10), estimate(0.6 + step / 10), estimate(None), 1200 + step)
            for step, name in enumerate(LABELS)
        ),
        is_headline=True,
    )
    pairs = table(
        "pairs",
        "Pairs",
        "one, other, f1_exact, f1_overlap, alpha",
        ("salma", "منى", estimate(0.71), estimate(0.8), estimate(0.77)),
        ("salma", "omar", estimate(0.52), estimate(0.6), estimate(0.55)),
        ("منى", "omar", estimate(None), estimate(0.64), estimate(-0.05)),
    )
    kinds = table(
        "kinds",
        "Kinds of disagreement",
        f"label, {', '.join(KINDS)}, trivial",
        ("ادعاء", 120, 8, 3, 14, 40, 6, 9, 31, 17),
        ("مصدر", 90, 2, 12, 3, 21, 1, 2, 12, 8),
        ("boilerplate", 300, 0, 0, 5, 60, 12, 4, 7, 44),
        ("صلة", 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )
    confusion = table(
        "confusion",
        "Confusion of labels",
        f"label, {', '.join(LABELS)}, none",
        *((name, *(900 if name == other else len(name) * len(other) for other in LABELS), 31) for name in LABELS),
        ("none", 44, 12, 0, 7, None),
    )
    edges = table(
        "edges",
        "Edges",
        "edge, difference, count",
        *(
            (edge, {-20: "≤ -20", 20: "≥ 20"}.get(place, place), abs(place - shift) % 13 + max(0, 30 - 4 * abs(place)))
            for edge, shift in (("start", 3), ("end", -5))
            for place in range(-20, 21)
            if place
        ),
    )
    periods = (
        ("2025-01", 0.4),
        ("2025-02", 0.55),
        ("2025-03", None),
        ("2025-04", 0.6),
        ("2025-05", 0.68),
        ("2025-06", 0.7),
    )
    time = table(
        "time",
        "Over time",
        "period, f1_exact, documents",
        *((period, estimate(value, 0.06), 12) for period, value in periods),
    )
    guidelines = table(
        "guidelines",
        "Guidelines",
        "schema version, f1_exact, documents",
        ("1", estimate(0.5), 20),
        ("2", estimate(0.66), 40),
    )
    annotators = table(
        "annotators",
        "Annotators against gold",
        "annotator, precision, recall, f1, bias",
        ("salma", 0.9, 0.8, 0.847, -1.25),
        ("منى", 0.7, 0.9, 0.7875, 0.0),
        ("omar", None, None, None, None),
    )
    lengths = table(
        "lengths",
        "Spans per length",
        "annotator, spans, per_thousand",
        ("salma", 210, 4.2),
        ("منى", 411, 8.31),
        ("omar", 99, 1.98),
    )
    unheard = table("moon", RUDE, f"phase, {ATTACK.replace(',', '')}", (RUDE, 1), (None, 0.5))
    empty = table("nothing", "Nothing", "label, count")
    return Report(
        title="Agreement: أخبار",
        facts={
            "documents": number,
            "schema": "news 2",
            "γ samples": 30,
            "confidence": 0.95,
            "annotators": "salma, منى, omar",
        },
        tables=(
            pairs,
            overall,
            documents(number),
            labels,
            kinds,
            confusion,
            edges,
            time,
            guidelines,
            annotators,
            lengths,
            unheard,
            empty,
        ),
        excerpts=(
            excerpt(
                PLACE,
                (0, 18, "salma", "مصدر"),
                (5, 25, "منى", "مصدر"),
                (29, 68, "omar", "ادعاء"),
                (32, 84, "salma", "ادعاء"),
                (83, 85, "منى", "صلة"),
            ),
            excerpt(f"من {ATTACK} \u202eإلى\n{RUDE}", (3, 11, "salma", ATTACK), kind="missed"),
        ),
    )
