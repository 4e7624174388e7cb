"""Exporting many annotated documents, checks and reading back included, against a loop that trusts what it reads."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from pathlib import Path

from annotator.services.exporting import ExportOptions
from annotator.services.exporting import export as export_project
from annotator.services.importing import ImportOptions, import_sources
from annotator.services.project import Project, open_or_create
from annotator.store import documents
from bench import inputs
from bench.measure import in_turns, median_ratio, milliseconds
from bench.programs import plain_export
from bench.report import Figure, Result, compared


NAME = "export"
ROUNDS = 7
DOCUMENTS = 500
ANNOTATORS = ("amal", "salma")
MOST_SPANS = 24
LABELS = ("claim", "source")


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away.

    Raises:
        RuntimeError: The two files differ.
    """
    database, ours, baseline = work / "export.db", work / "export.jsonl", work / "plain.jsonl"
    with open_or_create(str(database), None) as project:
        _fill(project, work)
        schema = {"name": project.schema.name, "version": project.schema.version}
        mine, others = in_turns(
            ROUNDS,
            partial(milliseconds, lambda: export_project(project, ours, ExportOptions())),
            partial(milliseconds, lambda: plain_export.export(database, baseline, schema)),
        )
    if ours.read_bytes() != baseline.read_bytes():
        raise RuntimeError("the export and its baseline are not the same bytes")
    ratio = median_ratio(mine, others)
    number = ours.read_bytes().count(b"\n")
    return Result(
        NAME,
        "a plain loop over Core rows that builds the same dictionaries and dumps them with orjson, unchecked",
        f"{number:,} records of {DOCUMENTS:,} documents, {ours.stat().st_size:,} bytes; {ROUNDS} rounds in turn, one "
        "process. The annotator's time includes syncing the file to disk and reading it back. Both wrote the same "
        "bytes.",
        [compared("export: ms", ".0f", mine, others)],
        [Figure("export against a plain loop over Core rows", "≤ 2 ×", f"{ratio:.2f} ×", ratio <= 2)],
    )


def _fill(project: Project, work: Path) -> None:
    """Import articles, then records with annotations of them."""
    articles, records = work / "articles.jsonl", work / "records.jsonl"
    inputs.write_jsonl(articles, islice((one for one in inputs.articles() if one["content"].strip()), DOCUMENTS))
    import_sources(project, [articles], ImportOptions())
    with project.store.read() as connection:
        texts = [
            (document.doc_id, documents.load(connection, document.id).text)
            for document in documents.summaries(connection, None)
        ]
    inputs.write_jsonl(records, (annotated(*text, name) for text in texts for name in ANNOTATORS))
    report = import_sources(project, [records], ImportOptions())
    if report.rejected:
        raise RuntimeError(report.rejected[0].reason)


def annotated(doc_id: str, text: str, annotator: str) -> dict[str, object]:
    """A record of claims and sources by turns, from the first words of a text, each related to the one before."""
    words = islice(re.finditer(r"\w+(?: \w+)?", text), MOST_SPANS)
    spans: list[dict[str, object]] = [
        {"id": f"s{index}", "start": word.start(), "end": word.end(), "label": LABELS[index % 2]}
        for index, word in enumerate(words)
    ]
    relations = [
        {"id": f"r{index}", "label": "attributed_to", "head": f"s{index}", "tail": f"s{index + 1}"}
        for index in range(0, len(spans) - 1, 2)
    ]
    return {
        "format": "annotator/1",
        "doc_id": doc_id,
        "annotator": annotator,
        "status": "done",
        "spans": spans,
        "relations": relations,
    }
