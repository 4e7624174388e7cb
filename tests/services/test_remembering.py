"""The file of preferences: where it is, and how it is written without harm to what people keep in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Barrier, Thread

import pytest

from annotator.errors import UsageError
from annotator.services.preferences import THEMES, Preferences
from annotator.services.remembering import load, preferences_path, remember
from annotator.tui.language import explain
from tests.support.cli import without_privileges
from tests.support.texts import plain


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "preferences.toml"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refused(path: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        remember(path, theme="light")
    return caught.value


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A device, which root could replace by a file: a test that fails must not do that to the machine."""

    def refuse(_part: Path, target: Path) -> None:
        raise AssertionError(f"{target} would have been replaced")

    monkeypatch.setattr(Path, "replace", refuse)
    return Path(os.devnull)


class TestPlace:
    def test_is_the_one_of_the_system(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert preferences_path({}) == tmp_path / "annotator" / "preferences.toml"

    def test_is_in_the_home_folder_otherwise(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))
        assert preferences_path({}).is_relative_to(tmp_path)

    def test_is_the_one_that_the_environment_names(self) -> None:
        assert preferences_path({"ANNOTATOR_CONFIG": "mine.toml"}) == Path("mine.toml")

    def test_may_be_named_from_the_home_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/salma")
        assert preferences_path({"ANNOTATOR_CONFIG": "~/mine.toml"}) == Path("/home/salma/mine.toml")

    def test_is_not_named_by_an_empty_variable(self) -> None:
        assert preferences_path({"ANNOTATOR_CONFIG": ""}) == preferences_path({})


class TestLoading:
    def test_a_missing_file_prefers_nothing(self, path: Path) -> None:
        assert load(path) == Preferences()

    def test_a_device_that_holds_nothing_prefers_nothing(self) -> None:
        assert load(Path(os.devnull)) == Preferences()

    def test_an_error_names_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "p.toml"
        path.write_text("theme = 1\n", encoding="utf-8")
        with pytest.raises(UsageError, match=f"^{path}: theme: 1 is not one of"):
            load(path)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=f"cannot read the preferences {tmp_path}: Is a directory") as caught:
            load(tmp_path)
        assert "ANNOTATOR_CONFIG" in caught.value.hint

    def test_a_file_that_may_not_be_read_is_an_error(self) -> None:
        with without_privileges() as folder:
            path = folder / "p.toml"
            path.touch(mode=0o000)
            with pytest.raises(UsageError, match="Permission denied"):
                load(path)


class TestRemembering:
    def test_what_was_remembered_is_loaded(self, path: Path) -> None:
        remember(path, language="ar", theme="safe", bidi={"mlterm": "override"})
        assert load(path) == Preferences("ar", "safe", {"mlterm": "override"})

    def test_one_choice_keeps_the_others(self, path: Path) -> None:
        remember(path, language="ar")
        remember(path, theme="safe")
        remember(path, bidi={"kitty": "app"})
        remember(path, bidi={"mlterm": "override", "kitty": None})
        assert load(path) == Preferences("ar", "safe", {"mlterm": "override"})

    def test_comments_and_order_stay(self, path: Path) -> None:
        path.parent.mkdir()
        text = '# mine\ntheme = "dark"  # at night\n\n[keys.annotate]  # fewer\ndone = ["f5"]\n'
        path.write_text(text, encoding="utf-8")
        remember(path, theme="light")
        assert path.read_text(encoding="utf-8") == text.replace('"dark"', '"light"')

    def test_a_new_file_and_its_folder_are_their_owners_alone(self, path: Path) -> None:
        remember(path, language="ar")
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)

    def test_the_rights_of_a_file_that_was_there_stay(self, path: Path) -> None:
        path.parent.mkdir(mode=0o755)
        path.touch()
        path.chmod(0o644)
        remember(path, language="ar")
        assert (mode(path), mode(path.parent)) == (0o644, 0o755)

    def test_nothing_else_is_left_in_the_folder(self, path: Path) -> None:
        remember(path, language="ar")
        assert list(path.parent.iterdir()) == [path]

    def test_the_same_choice_again_does_not_touch_the_file(self, path: Path) -> None:
        remember(path, language="ar")
        before = path.stat()
        remember(path, language="ar")
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_the_file_is_replaced_and_never_half_written(self, path: Path) -> None:
        remember(path, language="ar")
        with path.open("rb") as reader:
            remember(path, language="en")
            assert reader.read() == b'language = "ar"\n'


class TestLinks:
    def test_a_link_goes_on_leading_to_the_file(self, path: Path, tmp_path: Path) -> None:
        real = tmp_path / "dotfiles" / "annotator.toml"
        real.parent.mkdir()
        real.write_text("# kept in git\n", encoding="utf-8")
        path.parent.mkdir()
        path.symlink_to(real)
        remember(path, language="ar")
        assert path.is_symlink()
        assert real.read_text(encoding="utf-8") == '# kept in git\nlanguage = "ar"\n'

    def test_a_link_to_nothing_has_its_file_made(self, path: Path, tmp_path: Path) -> None:
        path.parent.mkdir()
        path.symlink_to(tmp_path / "later" / "annotator.toml")
        remember(path, language="ar")
        assert path.is_symlink()
        assert load(tmp_path / "later" / "annotator.toml").language == "ar"

    def test_a_link_to_itself_is_refused(self, path: Path) -> None:
        path.parent.mkdir()
        path.symlink_to(path)
        assert "symbolic links" in refused(path).message


class TestRefusals:
    def test_a_folder_that_may_not_be_written(self) -> None:
        with without_privileges() as folder:
            path = folder / "preferences.toml"
            path.write_text('theme = "dark"\n', encoding="utf-8")
            folder.chmod(0o500)
            error = refused(path)
            folder.chmod(0o700)
            assert error.message == f"not remembered for the next time: cannot write {path}: Permission denied"
            assert path.read_text(encoding="utf-8") == 'theme = "dark"\n'
            assert list(folder.iterdir()) == [path]

    def test_a_folder_that_cannot_be_made(self) -> None:
        with without_privileges() as folder:
            folder.chmod(0o500)
            assert "Permission denied" in refused(folder / "annotator" / "preferences.toml").message
            folder.chmod(0o700)

    def test_a_file_that_its_owner_made_read_only(self) -> None:
        with without_privileges() as folder:
            path = folder / "preferences.toml"
            path.touch(mode=0o400)
            assert "Permission denied" in refused(path).message
            assert path.read_bytes() == b""

    def test_a_device(self, device: Path) -> None:
        assert refused(device).message.endswith(f"cannot write {device}: it is no regular file")

    def test_a_file_in_the_place_of_the_folder(self, path: Path) -> None:
        path.parent.touch()
        assert "Not a directory" in refused(path).message

    def test_a_full_disk_leaves_the_old_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        remember(path, theme="dark")

        def full(_descriptor: int) -> None:
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr(os, "fsync", full)
        assert "No space left on device" in refused(path).message
        assert load(path).theme == "dark"
        assert list(path.parent.iterdir()) == [path]

    def test_a_file_that_somebody_broke_meanwhile(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("theme = \n", encoding="utf-8")
        assert f"{path}:1:9: this is no TOML" in refused(path).message
        assert path.read_text(encoding="utf-8") == "theme = \n"

    def test_they_can_be_told_on_a_screen(self, tmp_path: Path) -> None:
        assert plain(explain(refused(tmp_path))) == (
            f"not remembered for the next time: cannot write {tmp_path}: it is no regular file. "
            "Make the file and its folder writable."
        )


def test_of_writers_at_the_same_time_one_wins_with_a_whole_file(path: Path) -> None:
    remember(path, language="ar")
    start = Barrier(len(THEMES))
    failures: list[BaseException] = []

    def write(number: int) -> None:
        start.wait()
        try:
            for turn in range(10):
                remember(path, theme=THEMES[(number + turn) % len(THEMES)])
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=write, args=(number,)) for number in range(len(THEMES))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert path.read_text(encoding="utf-8") in {f'language = "ar"\ntheme = "{theme}"\n' for theme in THEMES}
    assert list(path.parent.iterdir()) == [path]
