"""Which site a document comes from, and which lines its pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services.project import Project
from annotator.services.sites import LEAST_PAGES, LONGEST, Sites, site_of
from tests.support.projects import create, take_records


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        yield project


def take_pages(project: Project, folder: Path, *texts: str, site: str = "news.example") -> None:
    """Import pages of a site."""
    pages = [{"url": f"https://{site}/{number}", "text": text} for number, text in enumerate(texts)]
    take_records(project, folder, *pages)


def lines_of(project: Project, site: str = "news.example") -> dict[str, int]:
    with project.store.read() as connection:
        return dict(Sites(connection).lines(connection, site))


@pytest.mark.parametrize(
    ("meta", "site"),
    [
        ({"url": "https://www.example.org/a/b?c"}, "example.org"),
        ({"url": "https://News.Example.org:8080/"}, "news.example.org"),
        ({"url": "https://example.org/a", "source": "Agency"}, "example.org"),
        ({"url": "page 7", "source": "Agency"}, "Agency"),
        ({"url": "http://[broken/", "source": "Agency"}, "Agency"),
        ({"source": "Agency"}, "Agency"),
        ({}, ""),
    ],
)
def test_the_site_is_the_host_of_the_url_else_the_source(meta: dict[str, str], site: str) -> None:
    assert site_of(meta) == site


def test_lines_on_several_pages_of_a_site_are_counted_folded(project: Project, tmp_path: Path) -> None:
    texts = [f"الرئيسية\nخبر رقم {word}\nأقرأ  أيضًا" for word in ("واحد", "اثنين")] + ["الرئيسيه\nاقرا ايضا\nآخر"]
    take_pages(project, tmp_path, *texts)
    assert sorted(lines_of(project).values()) == [3, 3]


def test_a_line_twice_on_one_page_counts_once(project: Project, tmp_path: Path) -> None:
    take_pages(project, tmp_path, *(f"شارك\nشارك\n{word}" for word in ("واحد", "اثنان", "ثلاثة")))
    assert list(lines_of(project).values()) == [3]


def test_lines_on_fewer_pages_do_not_count(project: Project, tmp_path: Path) -> None:
    take_pages(project, tmp_path, "شارك\nواحد", "شارك\nاثنان", "ثلاثة")
    assert lines_of(project) == {}


def test_a_site_of_few_pages_has_no_lines(project: Project, tmp_path: Path) -> None:
    take_pages(project, tmp_path, *(f"شارك\n{word}" for word in ("واحد", "اثنان")[: LEAST_PAGES - 1]))
    assert lines_of(project) == {}


def test_long_lines_are_an_agencys(project: Project, tmp_path: Path) -> None:
    long = ("كلمة " * LONGEST)[: LONGEST + 1].strip() + "ن"
    take_pages(project, tmp_path, *(f"{long}\n{word}" for word in ("واحد", "اثنان", "ثلاثة")))
    assert lines_of(project) == {}


def test_sites_do_not_share_lines(project: Project, tmp_path: Path) -> None:
    take_pages(project, tmp_path, "شارك\nواحد", "شارك\nاثنان")
    take_pages(project, tmp_path / "other", "شارك\nثلاثة", "شارك\nأربعة", site="other.example")
    assert (lines_of(project), lines_of(project, "other.example")) == ({}, {})


def test_documents_of_unknown_sites_share_nothing(project: Project, tmp_path: Path) -> None:
    take_records(project, tmp_path, *({"id": word, "text": f"شارك\n{word}"} for word in ("واحد", "اثنان", "ثلاثة")))
    assert lines_of(project, "") == {}


def test_lines_are_counted_once_for_each_site(project: Project, tmp_path: Path) -> None:
    take_pages(project, tmp_path, *(f"شارك\n{word}" for word in ("واحد", "اثنان", "ثلاثة")))
    with project.store.read() as connection:
        sites = Sites(connection)
        assert sites.lines(connection, "news.example") is sites.lines(connection, "news.example")
