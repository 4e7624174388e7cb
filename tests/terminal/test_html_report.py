"""The report's page in a real browser, which has no network and runs no script of the page."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image, ImageChops

from annotator.agreement.report.html import html_page
from annotator.agreement.report.tables import Report
from tests.support.reports import ATTACK, PLACE, excerpt, whole_report


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync"),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
    ),
)
NO_SCRIPTS = '{"profile": {"default_content_setting_values": {"javascript": 2}}}'
"""A person's settings; the option that turns scripts off would turn off those of the headless browser too."""
OWN = re.compile(r" (?:https?://)?(?!fonts\.|ajax\.)[\w.-]+\.(?:google|googleapis|gvt1)\.com\b")
"""Where the browser itself asks for the time and for updates; pages ask for fonts and scripts elsewhere."""

POLICY = re.compile(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
PICTURE = '<img src="http://pictures.invalid/spy.png">'

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@dataclass(frozen=True)
class Opened:
    """What became of a page: its elements as the browser has them, its picture, who it asked for something."""

    dom: str
    picture: Path
    requests: list[str]


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port on this machine, and the first lines of what a page sends to it, which is answered by hanging up."""
    asked: list[str] = []

    def listen() -> None:
        while True:
            connection, _ = server.accept()
            with connection:
                line = connection.recv(1000).decode("latin-1").partition("\r\n")[0]
            if line == "stop":
                return
            if not OWN.search(line):
                asked.append(line)

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = Thread(target=listen)
        thread.start()
        try:
            yield port, asked
        finally:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(b"stop\r\n")
            thread.join()


def opened(folder: Path, page: str, *, scripts: bool = False, width: int = 1200, height: int = 900) -> Opened:
    """Open a page from a file; everything that it or the browser asks for goes to a listener."""
    source, picture, profile = folder / "page.html", folder / "page.png", folder / "profile"
    (profile / "Default").mkdir(parents=True, exist_ok=True)
    (profile / "Default" / "Preferences").write_text("{}" if scripts else NO_SCRIPTS, encoding="utf-8")
    source.write_text(page, encoding="utf-8")
    with listener() as (port, requests):
        command = [
            *(
                CHROMIUM or "",
                *OPTIONS,
                f"--proxy-server=127.0.0.1:{port}",
                "--proxy-bypass-list=<-loopback>",
            ),
            *(f"--user-data-dir={profile}", f"--window-size={width},{height}"),
            *("--dump-dom", f"--screenshot={picture}", source.as_uri()),
        ]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
    return Opened(done.stdout, picture, requests)


@pytest.fixture(scope="module")
def page() -> str:
    return html_page(whole_report())


@pytest.fixture(scope="module")
def shown(page: str, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(tmp_path_factory.mktemp("page"), page)


def test_the_page_is_drawn_with_its_plots(shown: Opened) -> None:
    with Image.open(shown.picture) as picture:
        colours = picture.convert("RGB").getcolors(1 << 20) or []
        assert picture.size == (1200, 900)
        assert len(colours) > 50
        assert max(count for count, _ in colours) < 0.98 * 1200 * 900
    assert shown.dom.count("<svg viewBox") > 5


def test_markup_in_an_article_stays_text(shown: Opened) -> None:
    assert "<script" not in shown.dom
    assert ATTACK.replace("<", "&lt;").replace(">", "&gt;") in shown.dom


def test_the_page_asks_nobody_for_anything(shown: Opened) -> None:
    assert shown.requests == []


def test_a_picture_that_gets_into_the_page_is_not_fetched(page: str, tmp_path: Path) -> None:
    assert opened(tmp_path, page.replace("</h1>", f"</h1>{PICTURE}")).requests == []
    unguarded = POLICY.sub("", page).replace("</h1>", f"</h1>{PICTURE}")
    assert any("pictures.invalid" in line for line in opened(tmp_path, unguarded).requests), "the check sees nothing"


def test_marks_inside_words_leave_every_letter_as_it_is(tmp_path: Path) -> None:
    """Also where an edge parts a lam from its alif."""
    marks = ((2, 9, "salma", "claim"), (5, 13, "omar", "claim"), (33, 36, "mona", "claim"), (83, 84, "salma", "claim"))
    page = html_page(Report("R", {}, (), (excerpt(PLACE, *marks),)))
    marked = re.search(r'<p class="excerpt".*?</p>', page, flags=re.DOTALL)
    assert marked
    plain = re.sub(r"</?mark[^>]*>", "", marked[0])
    apart = marked[0].replace("<mark ", '<mark class="apart" ')
    assert marked[0].count("<mark") > 5
    style = "body { padding: 0 } mark { text-decoration: none } .apart { display: inline-block }"
    style += ".excerpt { height: 150px; margin: 0; overflow: hidden }"
    body = f"<style>{style}</style>{marked[0]}{plain}{apart}"
    head = page[: page.index("<body>")]
    picture = opened(tmp_path, f"{head}<body>{body}</body></html>", height=450).picture
    with Image.open(picture) as whole:
        bands = [ImageChops.invert(whole.convert("L").crop((0, top, 1200, top + 150))) for top in (0, 150, 300)]
    assert bands[1].getbbox()
    assert bands[0].getbbox() == bands[1].getbbox()
    # Where a mark starts, letters may be drawn a part of a pixel further on: greyer, but nowhere else.
    assert _largest_difference(bands[0], bands[1]) < 100
    assert _largest_difference(bands[2], bands[1]) > 200, "the check sees nothing"


def _largest_difference(one: Image.Image, other: Image.Image) -> int:
    return max(level for level, count in enumerate(ImageChops.difference(one, other).histogram()) if count)


MEASURE = """<script>
const text = document.querySelector(".excerpt"), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
const places = [], range = document.createRange();
for (let node; node = walker.nextNode();) for (let at = 0; at < node.length; at++) {
  range.setStart(node, at); range.setEnd(node, at + 1);
  const box = range.getBoundingClientRect(); places.push([box.left, box.top]);
}
const wide = [document.documentElement.scrollWidth, document.documentElement.clientWidth];
document.body.textContent = JSON.stringify({places, wide});
</script></body>"""


def test_an_excerpt_runs_from_right_to_left_and_the_page_fits_a_small_screen(page: str, tmp_path: Path) -> None:
    measured = POLICY.sub("", page).replace("</body>", MEASURE)
    dom = opened(tmp_path, measured, scripts=True, width=500).dom
    found = json.loads(re.search(r"\{\"places.*\}", dom)[0])  # type: ignore[index]
    places = found["places"]
    assert len(places) == len(PLACE)
    for (left, top), (next_left, next_top) in pairwise(places):
        assert next_left <= left or next_top > top
    assert places[0][0] - places[10][0] > 40
    scrolled, seen = found["wide"]
    assert scrolled <= seen
