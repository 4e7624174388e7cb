"""Creating, opening and rehearsing projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import SchemaError, StoreError, UsageError
from annotator.formats.schema_yaml import read_schema_source
from annotator.services.project import exists, open_or_create, open_project, rehearse, schema_text
from annotator.store import project as store_project
from tests.support.projects import BODY, create, project_with, record, take_records, write


def test_a_new_project_has_the_news_schema(tmp_path: Path) -> None:
    with create(tmp_path / "a.db") as project:
        assert (project.schema.name, project.path) == ("news", tmp_path / "a.db")


@pytest.mark.parametrize("name", ["news", "attribution", "minimal"])
def test_a_shipped_schema_is_kept_word_for_word(tmp_path: Path, name: str) -> None:
    create(tmp_path / "a.db", name).close()
    with open_project(str(tmp_path / "a.db")) as project:
        assert project.schema.name == name
        assert schema_text(project) == read_schema_source(name)[0]


def test_a_schema_may_come_from_a_file(tmp_path: Path) -> None:
    text = read_schema_source("minimal")[0].replace("name: minimal", "name: mine")
    with create(tmp_path / "a.db", str(write(tmp_path / "mine.yaml", text))) as project:
        assert project.schema.name == "mine"


def test_a_wrong_schema_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        create(tmp_path / "a.db", str(write(tmp_path / "bad.yaml", "name: [")))
    assert not (tmp_path / "a.db").exists()


def test_the_same_schema_may_be_named_again(tmp_path: Path) -> None:
    project_with(tmp_path / "a.db", record(doc_id="a", text=BODY), schema="minimal")
    create(tmp_path / "a.db", "minimal").close()


def test_a_project_with_documents_keeps_its_schema(tmp_path: Path) -> None:
    project_with(tmp_path / "a.db", record(doc_id="a", text=BODY))
    with pytest.raises(UsageError, match=r"a\.db has schema news 1, not minimal"):
        create(tmp_path / "a.db", "minimal")


def test_a_project_without_documents_takes_another_schema(tmp_path: Path) -> None:
    create(tmp_path / "a.db").close()
    with create(tmp_path / "a.db", "minimal") as project:
        assert project.schema.name == "minimal"
    with open_project(str(tmp_path / "a.db")) as project:
        assert project.schema.name == "minimal"


def test_a_missing_project_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no database .*a\.db") as caught:
        open_project(str(tmp_path / "a.db"))
    assert "annotator import" in caught.value.hint
    assert not (tmp_path / "a.db").exists()


def test_an_empty_file_is_a_place_for_a_project(tmp_path: Path) -> None:
    write(tmp_path / "a.db", "")
    assert not exists(str(tmp_path / "a.db"))
    create(tmp_path / "a.db").close()
    assert exists(str(tmp_path / "a.db"))


@pytest.mark.parametrize("name", ["a b.db", "أخبار.db", "a?b#c%20.db", "it's.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    create(tmp_path / name).close()
    assert (tmp_path / name).stat().st_size > 0
    with open_project(str(tmp_path / name)) as project:
        assert project.schema.name == "news"


def test_a_database_may_be_named_by_url(tmp_path: Path) -> None:
    create(tmp_path / "a.db").close()
    assert exists(f"sqlite:///{tmp_path / 'a.db'}")


def test_another_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(UsageError, match="'postgresql' database is not supported") as caught:
        exists("postgresql://salma:secret@host/db")
    assert "secret" not in str(caught.value)


def test_the_second_of_two_that_create_a_project_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project_with(tmp_path / "a.db", record(doc_id="a", text=BODY))
    answers = iter([False, True])
    monkeypatch.setattr(store_project, "is_project", lambda _path: next(answers))
    with open_or_create(str(tmp_path / "a.db"), "news") as project, project.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM schema_version").scalar_one() == 1


def test_creation_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_project, "APPEND_ONLY", ("CREATE TRIGGER broken",))
    with pytest.raises(StoreError):
        create(tmp_path / "a.db")
    assert not exists(str(tmp_path / "a.db"))
    monkeypatch.undo()
    create(tmp_path / "a.db").close()


def test_a_rehearsal_has_what_the_project_has_and_changes_nothing(tmp_path: Path) -> None:
    project_with(tmp_path / "a.db", record(doc_id="a", text=BODY))
    before = (tmp_path / "a.db").read_bytes()
    with rehearse(str(tmp_path / "a.db"), None) as project:
        assert project.path.parent != tmp_path
        report = take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "b", "text": BODY})
        assert (report.imported, report.unchanged) == (1, 1)
        copy = project.path
    assert not copy.exists()
    assert (tmp_path / "a.db").read_bytes() == before


def test_a_rehearsal_without_a_project_leaves_none(tmp_path: Path) -> None:
    with rehearse(str(tmp_path / "a.db"), "minimal") as project:
        assert project.schema.name == "minimal"
    assert list(tmp_path.iterdir()) == []
