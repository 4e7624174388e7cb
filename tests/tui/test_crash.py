"""A crash ends the program in an orderly way and tells nothing of the article."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.strip import Strip

from annotator.services.looking import show
from annotator.tui.app import AnnotatorApp
from annotator.tui.widgets.document_view import DocumentView
from tests.tui.conftest import ProjectMaker
from tests.tui.hands import running


Crash = Callable[[], Awaitable[tuple[AnnotatorApp, str]]]

SECRET = "الجملة السرية في متن الخبر"


class BrokenError(Exception):
    """What a mistake in the program would raise."""


def broken(self: DocumentView, y: int) -> Strip:
    secret = str(self._view)  # a variable that a report with variables would show
    raise BrokenError(len(secret))


@pytest.fixture
def crashed(make_project: ProjectMaker, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Crash:
    """Runs an app that labels a word and then breaks."""

    async def run() -> tuple[AnnotatorApp, str]:
        app = AnnotatorApp(make_project(SECRET), "me", 1)

        async def label_and_break() -> None:
            async with running(app) as hands:
                await hands.press("c")
                monkeypatch.setattr(DocumentView, "render_line", broken)
                hands.send("w", "s")
                await hands.pilot.pause()

        with pytest.raises(BrokenError):
            await label_and_break()
        captured = capfd.readouterr()
        return app, captured.out + captured.err

    return run


async def test_the_error_is_kept_for_the_caller(crashed: Crash) -> None:
    app, _ = await crashed()
    assert isinstance(app.crash, BrokenError)
    assert app.return_code == 1


async def test_nothing_of_the_article_is_printed(crashed: Crash) -> None:
    _, printed = await crashed()
    assert "السرية" not in printed
    assert "render_line" not in printed


async def test_what_was_saved_is_still_there(crashed: Crash) -> None:
    app, _ = await crashed()
    document = next(iter(app._queue.documents))
    spans = show(app._project, document.doc_id, "me", raw=False)["spans"]
    assert ("claim", "الجملة") in [(span["label"], span["text"]) for span in spans]


async def test_an_error_in_a_key_ends_the_program_too(
    make_project: ProjectMaker, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    app = AnnotatorApp(make_project(SECRET), "me", 1)

    def fail() -> None:
        raise BrokenError(SECRET)

    async def press_a_broken_key() -> None:
        async with running(app) as hands:
            monkeypatch.setattr(hands.desk, "grow", fail)
            hands.send("space")
            await hands.pilot.pause()

    with pytest.raises(BrokenError):
        await press_a_broken_key()
    assert isinstance(app.crash, BrokenError)
    assert "السرية" not in "".join(capfd.readouterr())
