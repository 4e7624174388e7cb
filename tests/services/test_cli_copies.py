"""`annotator copies`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import annotator, program
from tests.support.projects import project_with, reopened, take_records
from tests.support.suggestions import loaded


LINES = (
    "أعلنت وزارة الصحة وصول مليون جرعة من اللقاح إلى المستودع المركزي صباح يوم الثلاثاء.",
    "وأضافت الوزارة أن التوزيع على المراكز الصحية في القرى يبدأ مطلع الأسبوع المقبل.",
    "وكان الأطباء قد طالبوا بتقديم الموعد خوفا من انتشار المرض في المدارس قبل العطلة.",
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    body = "\n".join(LINES)
    other = "انتهى الموسم الرياضي بفوز الفريق المحلي."
    texts = {"agency": body, "copy": f"{body}\nخاص بالموقع الثاني.", "other": other}
    records = [{"id": name, "title": f"عنوان {name}", "text": text} for name, text in texts.items()]
    return project_with(tmp_path / "annotator.db", *records)


def test_clusters_are_listed_with_how_alike_their_documents_are(db: Path) -> None:
    result = annotator("copies", db=db)
    head, blank, first, second = result.text.splitlines()
    assert (result.code, head, blank) == (0, "1 cluster with 2 documents", "")
    assert first == "100 %  agency  عنوان agency"
    assert second.split()[2:] == ["copy", "عنوان", "copy"]


def test_as_json(db: Path) -> None:
    groups = annotator("copies", "--json", db=db).json
    assert [[one["doc_id"] for one in group] for group in groups] == [["agency", "copy"]]
    assert groups[0][0] == {"doc_id": "agency", "title": "عنوان agency", "likeness": 1.0}
    assert 0.5 < groups[0][1]["likeness"] < 1


def test_documents_that_came_later_are_looked_at(db: Path, tmp_path: Path) -> None:
    annotator("copies", db=db)
    with reopened(db) as project:
        take_records(project, tmp_path / "new", {"id": "late", "text": "\n".join((*LINES, "نشر متأخرا."))})
    assert annotator("copies", db=db).text.startswith("1 cluster with 3 documents\n")


def test_what_is_furniture_is_found_out_first(db: Path) -> None:
    annotator("copies", db=db)
    with reopened(db) as project:
        assert loaded(project, "agency").suggestions


def test_where_there_are_none_that_is_said(tmp_path: Path) -> None:
    db = project_with(tmp_path / "annotator.db", {"id": "a", "text": LINES[0]})
    assert annotator("copies", db=db).text == "0 clusters with 0 documents\n"
    assert annotator("copies", "--json", db=db).json == []


def test_without_a_database_there_is_nothing_to_list(tmp_path: Path) -> None:
    assert annotator("copies", db=tmp_path / "none.db").code == 4


def test_on_a_terminal_it_counts(db: Path) -> None:
    assert "3 documents" in annotator("copies", db=db, tty=True).err


def test_as_a_program_of_its_own(db: Path) -> None:
    result = program("copies", "--json", db=db)
    assert (result.code, result.err, len(result.json)) == (0, "", 1)
