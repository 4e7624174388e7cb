from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import trafilatura

from annotator.formats.html import read_html
from annotator.formats.main_text import LARGEST, main_text


PAGES = Path(__file__).parents[3] / "samples" / "pages"


@pytest.fixture
def weather() -> str:
    return (PAGES / "weather.html").read_text(encoding="utf-8")


def test_the_article_is_found_without_menu_and_foot(weather: str) -> None:
    lines = main_text(weather)
    assert lines is not None
    assert lines[0] == "عاصفة رملية تضرب شرق سرندة وتغلق مطارين"
    assert any(line.startswith("وأرجأت وزارة التربية") for line in lines)
    assert not {"طقس نت", "توقعات الأسبوع", "أخبار ذات صلة"} & set(lines)


def test_the_same_page_gives_the_same_lines(weather: str) -> None:
    assert main_text(weather) == main_text(weather)


@pytest.mark.parametrize("markup", ["", "نص", "<html><body></body></html>", "<html><body><p> </p></body></html>", "<"])
def test_a_page_without_an_article_has_none(markup: str) -> None:
    assert main_text(markup) is None


def test_nothing_is_found_where_trafilatura_is_not_installed(weather: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert main_text(weather) is None
    page = read_html(weather.encode())
    assert page.main_text is None
    assert "وأرجأت وزارة التربية" in page.text


@pytest.mark.parametrize("error", [ValueError("broken"), RecursionError(), MemoryError(), AssertionError()])
def test_nothing_is_found_where_it_fails(weather: str, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def extract(*_: object, **__: object) -> str:
        raise error

    monkeypatch.setattr(trafilatura, "extract", extract)
    assert main_text(weather) is None


def test_a_page_that_is_too_large_is_not_looked_at(weather: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(trafilatura, "extract", lambda markup, **_: looked.append(markup))
    main_text(weather.ljust(LARGEST))
    assert len(looked) == 1
    assert main_text(weather.ljust(LARGEST + 1)) is None
    assert len(looked) == 1


def test_it_writes_nothing_on_the_screen() -> None:
    program = "from annotator.formats.main_text import main_text; main_text(''); main_text('<html')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_it_is_loaded_for_html_alone() -> None:
    program = "import sys, annotator.formats.sources; assert 'trafilatura' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
