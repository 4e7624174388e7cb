"""What is built and handed on: the wheel, its version, its licence, and no word of where packages come from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.cli import ROOT


PACKAGE_INDEX = r"index-url|https?://[^[:space:]]+/simple"


def run(*command: str | Path, cwd: Path, **environ: str) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("build", "hatchling"):
        if find_spec(module) is None:
            pytest.skip(f"building a wheel without a network needs {module}")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile")
    run(*pip, "--target", folder, wheel, cwd=folder)
    return folder


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def files(folder: str) -> set[str]:
    """The files of a folder of the project, but for what Python leaves behind."""
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_holds_the_whole_package(wheel: Path) -> None:
    assert files("annotator") <= names(wheel)


@pytest.mark.parametrize("folder", ["schemas", "samples"])
def test_the_wheel_holds_what_is_shipped_beside_the_package(wheel: Path, folder: str) -> None:
    expected = {f"annotator/{name}" for name in files(folder)}
    assert expected
    assert {name for name in names(wheel) if name.startswith(f"annotator/{folder}/")} == expected


@pytest.mark.parametrize(
    "name",
    [
        "annotator/py.typed",
        "annotator/tui/app.tcss",
        "annotator/schemas/news.yaml",
        "annotator/samples/examples.jsonl",
        "annotator/store/migrations/env.py",
        "annotator/store/migrations/versions/0001_baseline.py",
    ],
)
def test_the_wheel_holds_files_that_only_a_running_program_misses(wheel: Path, name: str) -> None:
    assert name in names(wheel)


def test_the_wheel_holds_nothing_but_the_package_and_what_describes_it(wheel: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert {name.partition("/")[0] for name in names(wheel)} == {"annotator", f"annotator-{version}.dist-info"}


def test_the_wheel_holds_the_licence_and_the_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        assert b"annotator = annotator.cli.app:main" in archive.read(f"{info}/entry_points.txt")


def test_an_installed_program_finds_its_schemas_from_any_folder(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "bin" / "annotator", "schema", "show", "news", cwd=tmp_path, PYTHONPATH=str(installed))
    assert shown == (ROOT / "schemas" / "news.yaml").read_text(encoding="utf-8")


def test_an_installed_program_imports_and_exports_from_any_folder(installed: Path, tmp_path: Path) -> None:
    program = (sys.executable, "-m", "annotator")
    run(*program, "import", installed / "annotator" / "samples", cwd=tmp_path, PYTHONPATH=str(installed))
    out = run(*program, "export", "-", cwd=tmp_path, PYTHONPATH=str(installed))
    assert len(out.splitlines()) == 10


def test_these_tests_run_the_installed_package_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import annotator; print(annotator.__file__)"
    assert run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).startswith(str(installed))


def test_the_changelog_has_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == version


def test_the_licence_is_the_gpl_3() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    head = [line.strip() for line in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[:2]]
    assert project["license"] == "GPL-3.0-or-later"
    assert head == ["GNU GENERAL PUBLIC LICENSE", "Version 3, 29 June 2007"]


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["test"], *groups["lint"]]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.sub(r"[-_.]+", "-", pin.partition("==")[0]).lower() for pin in pins}
    assert {re.sub(r"[-_.]+", "-", re.split("[^A-Za-z0-9._-]", name)[0]).lower() for name in wanted} <= pinned


def test_no_file_names_a_package_index() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("only a checkout tells which files are the project's")
    this = Path(__file__).relative_to(ROOT).as_posix()
    grep = ("git", "grep", "--untracked", "-nIE", PACKAGE_INDEX, "--", ".", f":!{this}")
    found = subprocess.run(grep, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (1, "")


def test_make_annotates_under_the_login_name_or_the_one_that_is_given() -> None:
    """GNU make has an AS of its own, the assembler, so the variable must be another one."""

    def recipe(*words: str) -> str:
        return subprocess.run(
            ["make", "-n", *words, "annotate"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

    login = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    assert f'--as "{login}"' in recipe()
    assert '--as "salma"' in recipe("WHO=salma")
