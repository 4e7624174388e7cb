"""The examples of suggesters in docs/suggestions.md are the files in docs/examples, and do what the page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.suggest.contract import DocumentView
from annotator.suggest.external import ExternalSuggester
from annotator.suggest.running import run
from tests.support.cli import ROOT


PAGE = (ROOT / "docs" / "suggestions.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs" / "examples" / "suggesters"
HEADLINES = EXAMPLES / "headlines.py"
SCHEMA = parse_schema(*read_schema_source("news"))


def block(name: str) -> str:
    (found,) = re.findall(rf"^```\w+ {re.escape(name)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.mark.parametrize(
    "file", ["figures/figures.py", "figures/pyproject.toml", "figures/test_figures.py", "headlines.py"]
)
def test_the_page_shows_the_example_as_it_is(file: str) -> None:
    assert block(Path(file).name) == (EXAMPLES / file).read_text(encoding="utf-8")


# The plug-in


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plug-in as pip installs it, without what is there already."""
    pytest.importorskip("hatchling", reason="building the plug-in without a network needs hatchling")
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    shutil.copytree(EXAMPLES / "figures", source / "figures")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    python(*pip[1:], "--target", str(target), str(source / "figures"), folder=source)
    return target


def python(*arguments: str, folder: Path, path: Path | None = None) -> str:
    """What Python prints in a folder, with another one before the project on its path; it must succeed."""
    paths = os.pathsep.join(str(one) for one in (path, ROOT) if one)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


USE = """
import json
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.suggest.contract import DocumentView
from annotator.suggest.plugins import load_plugins
from annotator.suggest.running import run
suggesters, problems = load_plugins()
text = "قال المدير إن الميناء جاهز. وارتفع عدد السفن بنسبة 3.5% هذا العام، بحسب المدير. وانتهى الخبر."
found = run([one for one in suggesters if one.name == "figures"], DocumentView("d", text),
            parse_schema(*read_schema_source("news")))
print(json.dumps({
    "problems": [one.plugin for one in problems],
    "refused": [one.why for run in found.runs for one in run.refused],
    "found": [[text[o.start:o.end], o.label, o.origin, o.evidence, dict(o.attributes)]
              for o in found.suggestions.suggestions],
}))
"""


def test_the_plugin_is_found_where_it_is_installed_and_proposes(installed: Path, tmp_path: Path) -> None:
    said = json.loads(python("-c", USE, folder=tmp_path, path=installed))
    assert not [one for one in said["problems"] if "figures" in one]
    assert said["refused"] == []
    assert said["found"] == [
        [
            "وارتفع عدد السفن بنسبة 3.5% هذا العام، بحسب المدير",
            "claim",
            "figures@1.0",
            "3.5%",
            {"quote": "none", "check_worthy": "yes"},
        ]
    ]


def test_the_tests_of_the_plugin_pass(installed: Path, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "figures" / "test_figures.py", tmp_path)
    said = python("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_figures.py", folder=tmp_path, path=installed)
    assert re.search(r"\b[1-9]\d* passed", said)


# The program


def test_the_program_answers_the_document_of_the_page_as_the_page_says() -> None:
    request = json.dumps(json.loads(block("request.json")))
    done = subprocess.run(
        [sys.executable, str(HEADLINES)], input=request + "\n", capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == json.loads(block("answer.json"))


ECHO = """
import json, sys
for line in sys.stdin:
    open(sys.argv[1], "w").write(line)
    print(json.dumps({"id": json.loads(line)["id"]}), flush=True)
"""


def test_the_document_of_the_page_has_the_fields_that_a_program_gets(tmp_path: Path) -> None:
    shown = json.loads(block("request.json"))
    document = DocumentView(
        shown["doc_id"],
        shown["text"],
        shown["title"],
        tuple(shown["title_span"]),
        shown["meta"],
        frozenset(shown["labels"]),
        frozenset(shown["relations"]),
    )
    (tmp_path / "echo.py").write_text(ECHO, encoding="utf-8")
    with ExternalSuggester("echo", [sys.executable, str(tmp_path / "echo.py"), str(tmp_path / "seen.json")]) as program:
        program.suggest(document)
    assert json.loads((tmp_path / "seen.json").read_text(encoding="utf-8")) == shown


def test_the_program_suggests_a_source_a_claim_and_their_relation() -> None:
    shown = json.loads(block("request.json"))
    document = DocumentView("d", shown["text"], shown["title"], tuple(shown["title_span"]))
    with ExternalSuggester("headlines", [sys.executable, str(HEADLINES)]) as program:
        found = run([program], document, SCHEMA)
    (only,) = found.runs
    assert (only.failure, only.refused, only.origin) == ("", (), "headlines@1.0")
    source, claim = found.suggestions.suggestions
    (relation,) = found.suggestions.relations
    texts = {one.id: document.text[one.start : one.end] for one in (source, claim)}
    assert texts == {source.id: "مدير الميناء", claim.id: "الرصيف الجديد جاهز"}
    assert (relation.label, relation.head, relation.tail) == ("attributed_to", claim.id, source.id)


def test_the_lines_to_try_the_program_do(tmp_path: Path) -> None:
    shutil.copy(HEADLINES, tmp_path)
    said = python("-c", block("try_headlines.py").replace('"python3"', repr(sys.executable)), folder=tmp_path)
    assert said.splitlines() == ["source مدير الميناء", "claim الرصيف الجديد جاهز"]


def test_the_program_has_nothing_to_say_of_other_documents() -> None:
    with ExternalSuggester("headlines", [sys.executable, str(HEADLINES)]) as program:
        for text in ("", "عنوان بلا نقطتين", "نقطتان بلا عنوان: هنا"):
            assert program.suggest(DocumentView("d", text)).spans == ()
