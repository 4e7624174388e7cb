from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import export, full_screen, help_, inputs, key_kinds, large_page, layout, pty_program, slow_line, start_up
from bench.full_screen import DOWN, SLATE_KEYS, Player
from bench.measure import Summary, in_turns, median_ratio, milliseconds, summarize
from bench.page import performance_page
from bench.processes import cost_of
from bench.program import baseline
from bench.pty_program import Burst, PtyProgram
from bench.report import (
    FIGURE_HEAD,
    Figure,
    Result,
    Row,
    Table,
    compared,
    figure_cells,
    markdown_table,
    row_cells,
    text_table,
)


RESULT = Result(
    "walk",
    "a run",
    "Ten steps.",
    [Row("steps: s", "10", "5", "2.00"), Row("shoes", "2")],
    [Figure("a walk", "≤ 3 ×", "2.00 ×", held=True), Figure("a mile", "≤ 1 s", "9 s", held=False)],
)


class TestStatistics:
    def test_p95_is_the_least_value_that_95_of_100_do_not_exceed(self) -> None:
        assert summarize(range(1, 101)) == Summary(100, 50.5, 95)

    @pytest.mark.parametrize(("count", "rank"), [(1, 1), (19, 19), (20, 19), (21, 20), (39, 38), (40, 38)])
    def test_p95_of_few_values_is_the_nearest_rank(self, count: int, rank: int) -> None:
        assert summarize(range(1, count + 1)).p95 == rank

    def test_the_order_of_values_does_not_matter(self) -> None:
        values = [float(number) for number in range(50)]
        shuffled = random.Random(7).sample(values, len(values))
        assert summarize(shuffled) == summarize(values)

    def test_no_values_are_no_measurement(self) -> None:
        with pytest.raises(ValueError, match="nothing was measured"):
            summarize([])

    def test_a_ratio_is_of_the_medians_so_that_one_slow_run_does_not_count(self) -> None:
        assert median_ratio([2, 2, 900], [1, 1, 1]) == 2

    def test_actions_take_turns(self) -> None:
        order: list[str] = []

        def act(name: str) -> int:
            order.append(name)
            return len(order)

        assert in_turns(3, lambda: act("a"), lambda: act("b")) == [[1, 3, 5], [2, 4, 6]]
        assert order == ["a", "b", "a", "b", "a", "b"]

    def test_an_action_is_carried_out_once_to_be_timed(self) -> None:
        calls: list[int] = []
        assert milliseconds(lambda: calls.append(1)) >= 0
        assert calls == [1]


class TestTables:
    def test_a_comparison_gives_median_and_p95_of_each_and_the_ratio_of_the_medians(self) -> None:
        row = compared("walk: ms", ".1f", [4.0, 6.0, 5.0], [10.0, 10.0, 40.0])
        assert row == Row("walk: ms, median / p95", "5.0 / 6.0", "10.0 / 40.0", "0.50")

    def test_without_a_baseline_nothing_is_compared(self) -> None:
        assert compared("walk: bytes", ",.0f", [1000, 3000]) == Row("walk: bytes, median / p95", "2,000 / 3,000")

    def test_each_measurement_is_a_line_with_the_name_of_its_benchmark(self) -> None:
        assert row_cells([RESULT]) == [("walk", "steps: s", "10", "5", "2.00"), ("walk", "shoes", "2", "–", "–")]

    def test_a_figure_says_whether_it_was_held(self) -> None:
        assert [cells[-1] for cells in figure_cells([RESULT])] == ["held", "**not held**"]

    def test_columns_are_as_wide_as_their_widest_cell(self) -> None:
        assert text_table(("a", "bb"), [("long", "x"), ("s", "y")]) == "a     bb\n----  --\nlong  x\ns     y\n"

    def test_a_table_without_rows_is_its_head(self) -> None:
        assert text_table(("a", "bb"), []) == "a  bb\n-  --\n"

    def test_a_bar_ends_no_markdown_cell(self) -> None:
        assert markdown_table(("a",), [("x|y",)]) == "| a |\n| --- |\n| x\\|y |\n"

    def test_the_page_holds_figures_measurements_machine_and_how_to_repeat(self) -> None:
        page = performance_page([RESULT], "2 CPU", "The page is short.")
        assert markdown_table(FIGURE_HEAD, figure_cells([RESULT])) in page
        assert "| walk | steps: s | 10 | 5 | 2.00 |" in page
        assert "Measured on: 2 CPU." in page
        assert "- **walk**, against a run. Ten steps." in page
        assert "python -m bench keys      # one of: walk;" in page

    def test_a_table_of_its_own_stands_under_its_title_with_what_is_to_be_said_of_it(self) -> None:
        table = Table("Steps of all kinds", ("kind", "s"), [("long", "2"), ("short", "1")], "Seconds.")
        page = performance_page([Result("walk", "a run", "", [], tables=[table])], "2 CPU", "")
        assert f"## Steps of all kinds\n\n{markdown_table(table.head, table.lines)}\nSeconds.\n" in page


class TestInputs:
    @pytest.fixture(autouse=True)
    def _no_other_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(inputs.BENCH_PAGE, raising=False)

    def test_the_page_is_made_of_samples_and_has_about_7_kb(self) -> None:
        assert 6_500 < len(inputs.page_text().encode()) < 7_500
        assert all(inputs.sample(name) in inputs.page_text() for name in inputs.PAGE_PARTS)
        assert all(f"samples/pages/{name}.txt" in inputs.described() for name in inputs.PAGE_PARTS)

    def test_another_page_can_be_asked_for(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text("خبر", "utf-8")
        monkeypatch.setenv(inputs.BENCH_PAGE, str(tmp_path / "page.txt"))
        assert inputs.page_text() == "خبر"
        assert "asked for, 6 bytes" in inputs.described()

    def test_a_clone_alone_has_a_corpus_of_megabytes_under_urls_of_their_own(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(inputs, "ARTICLES", tmp_path / "none.jsonl.gz")
        articles = list(inputs.articles())
        assert sum(len(article["content"].encode()) for article in articles) > 8_000_000
        assert len({article["url"] for article in articles}) == len(articles)
        assert all(article["content"].strip() and article["title"] for article in articles)

    def test_the_long_paragraph_is_one_line_of_50_000_characters(self) -> None:
        text = inputs.paragraph_text()
        assert 49_900 < len(text) <= 50_000
        assert "\n" not in text

    def test_the_large_text_is_a_megabyte(self) -> None:
        assert 1_000_000 <= len(inputs.large_text().encode()) < 1_020_000

    def test_repeated_articles_differ_in_their_urls_only(self) -> None:
        found = list(inputs.repeated([{"url": "a", "content": "x"}, {"url": "b", "content": "y"}], 2))
        assert [article["url"] for article in found] == ["a?0", "b?0", "a?1", "b?1"]
        assert [article["content"] for article in found] == ["x", "y", "x", "y"]

    def test_characters_are_those_of_titles_and_contents(self, tmp_path: Path) -> None:
        records: Iterator[dict[str, object]] = iter([{"title": "خبر", "content": "نص\n"}, {"url": "u", "title": None}])
        assert inputs.write_jsonl(tmp_path / "a.jsonl", records) == 6
        assert [json.loads(line) for line in (tmp_path / "a.jsonl").read_bytes().splitlines()] == [
            {"title": "خبر", "content": "نص\n"},
            {"url": "u", "title": None},
        ]

    def test_the_annotations_of_the_large_text_are_as_many_as_asked_for_and_lie_in_it(self) -> None:
        record = large_page.annotated("كلمة " * 100, 50)
        spans = record["spans"]
        assert isinstance(spans, list)
        assert len({span["id"] for span in spans}) == 50
        assert all(0 <= span["start"] < span["end"] <= 500 for span in spans)

    def test_exported_records_relate_claims_to_sources(self) -> None:
        record = export.annotated("d1", "قالت الوزارة إن العمل بدأ أمس في كل المدارس", "amal")
        labels = {span["id"]: span["label"] for span in record["spans"]}  # type: ignore[attr-defined]
        ends = [(labels[one["head"]], labels[one["tail"]]) for one in record["relations"]]  # type: ignore[attr-defined]
        assert ends == [("claim", "source")] * 2


class TestWhatIsSeen:
    def test_words_are_searched_as_they_are_drawn(self) -> None:
        # seen meem, dal, yeh, noon, teh marbuta: the last letter comes first on the screen
        assert start_up.drawn_words("مدينة من") == {"\ufe94\ufee8\ufef3\ufeaa\ufee3".encode()}

    def test_words_with_marks_are_not_searched(self) -> None:
        assert start_up.drawn_words("مَدِينَةٌ") == set()

    def test_the_text_is_visible_once_enough_words_were_written(self) -> None:
        words = [f"word{number}".encode() for number in range(9)]
        shown = start_up.shows_words(set(words))
        assert not shown(b" ".join(words[: start_up.ENOUGH_WORDS - 1]))
        assert not shown(words[0] * 20)
        assert shown(b" ".join(words[: start_up.ENOUGH_WORDS]))

    def test_a_key_that_does_nothing_is_no_measurement(self) -> None:
        drawn = Burst(1, 2, 3)
        assert full_screen.answered(iter([drawn, Burst(0, 0, 0)])) == [drawn]

    def test_each_other_program_has_rows_of_bytes_and_milliseconds(self) -> None:
        rows = full_screen.rows_of("move", [[Burst(1, 2, 80)], [Burst(1, 8, 8000)], [Burst(1, 4, 2000)]])
        assert rows == [
            Row("move, beside the TextArea: bytes, median / p95", "80 / 80", "8,000 / 8,000", "0.01"),
            Row("move, beside the TextArea: ms, median / p95", "2.0 / 2.0", "8.0 / 8.0", "0.25"),
            Row("move, beside SLATE: bytes, median / p95", "80 / 80", "2,000 / 2,000", "0.04"),
            Row("move, beside SLATE: ms, median / p95", "2.0 / 2.0", "4.0 / 4.0", "0.50"),
        ]

    def test_a_program_that_is_not_there_has_no_rows(self) -> None:
        rows = full_screen.rows_of("move", [[Burst(1, 2, 80)], [Burst(1, 8, 8000)]])
        assert [row.what.split(":")[0] for row in rows] == ["move, beside the TextArea"] * 2

    def test_what_some_keys_cost_is_told_in_short_and_what_is_slow_is_bold(self) -> None:
        assert key_kinds.cell([Burst(1, 2, 80), Burst(1, 4, 1200)]) == "3.0 / 4.0 ms, 640 B"
        assert key_kinds.cell([Burst(1, 2, 80), Burst(1, 90, 80)]) == "46.0 / **90** ms, 80 B"
        assert key_kinds.cell([]) == "–"

    def test_each_kind_of_key_is_a_line_with_what_each_text_took(self) -> None:
        found = {kind.name: [Burst(1, 2, 80)] for kind in key_kinds.KINDS}
        lines = key_kinds.table([found, {}]).lines
        assert [line[0] for line in lines] == [kind.name for kind in key_kinds.KINDS]
        assert all(line[1:] == ("2.0 / 2.0 ms, 80 B", "–") for line in lines)

    def test_the_slow_line_tells_medians_of_bytes_and_milliseconds(self) -> None:
        assert slow_line.cells([Burst(1, 90, 80), Burst(1, 100, 90), Burst(1, 1000, 90)]) == ("90", "100")
        assert slow_line.cells([]) == ("–", "–")


ECHO = """
import os, signal, sys, tty
tty.setraw(0)
signal.signal(signal.SIGWINCH, lambda *_: os.write(1, b"size:%d,%d." % os.get_terminal_size(0)))
os.write(1, b"ready")
while key := os.read(0, 1):
    if key == b"d":
        os.write(1, b"drawn")
    elif key in b"q?":
        os.write(1, b"\\x1b[c" if key == b"q" else b"\\x1b[?2048$p")
        reply = b""
        while not reply.endswith((b"c", b"y")):
            reply += os.read(0, 1)
        os.write(1, b"got:" + reply.replace(b"\\x1b", b"ESC"))
"""


class TestPtyProgram:
    @pytest.fixture
    def echo(self) -> Iterator[PtyProgram]:
        with PtyProgram([sys.executable, "-c", ECHO], columns=70, rows=20) as program:
            assert program.seconds_until(lambda written: b"ready" in written) > 0
            yield program

    def test_what_a_key_draws_is_counted_and_timed(self, echo: PtyProgram) -> None:
        burst = echo.press(b"d")
        assert burst.size == 5
        assert 0 < burst.first_ms <= burst.last_ms < 5000

    def test_a_player_is_sent_its_own_keys(self, echo: PtyProgram) -> None:
        Player(echo, {DOWN: b"d"}).press(DOWN)
        assert echo.written.endswith(b"drawn")
        assert SLATE_KEYS[DOWN] == b"o"

    def test_what_a_program_draws_by_itself_is_counted_too(self) -> None:
        code = "import time; print('ready', flush=True); time.sleep(0.1); print('drawn', flush=True); input()"
        with PtyProgram([sys.executable, "-c", code]) as program:
            program.seconds_until(lambda written: b"ready" in written)
            assert program.drawn(quiet=2).size >= len("drawn\r\n")

    def test_a_key_that_draws_nothing_is_told_apart(self, echo: PtyProgram, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pty_program, "SILENT", 0.05)
        assert echo.press(b"x") == Burst(0, 0, 0)

    def test_device_attributes_are_answered(self, echo: PtyProgram) -> None:
        echo.press(b"q")
        echo.seconds_until(lambda written: b"got:ESC[?62;22c" in written)

    def test_a_mode_that_is_not_known_is_answered_so(self, echo: PtyProgram) -> None:
        echo.press(b"?")
        echo.seconds_until(lambda written: b"got:ESC[?2048;0$y" in written)

    def test_a_resize_reaches_the_program(self, echo: PtyProgram, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pty_program, "RESIZE_QUIET", 0.1)
        burst = echo.resize(50, 10)
        assert echo.written.endswith(b"size:50,10.")
        assert burst.size == len("size:50,10.")

    def test_a_program_that_ends_never_shows_anything(self) -> None:
        with (
            PtyProgram([sys.executable, "-c", "print('bye')"]) as program,
            pytest.raises(RuntimeError, match="bye"),
        ):
            program.seconds_until(lambda written: b"hello" in written)

    def test_a_program_has_settled_when_it_has_the_whole_screen_and_is_quiet(self) -> None:
        code = "import time; print('wait', flush=True); time.sleep(0.2); print('\\x1b[?1049h', flush=True); input()"
        with PtyProgram([sys.executable, "-c", code]) as program:
            program.settle(quiet=0.05)
            assert program.written == b"wait\r\n\x1b[?1049h\r\n"

    def test_a_program_that_draws_without_end_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pty_program, "LIMIT", 0.1)
        with (
            PtyProgram([sys.executable, "-c", "while True: print('\\x1b[?1049h', flush=True)"]) as program,
            pytest.raises(RuntimeError, match="without end"),
        ):
            program.settle(quiet=5)

    def test_the_terminal_does_not_depend_on_who_measures(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TMUX", "/tmp/tmux")
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setenv("ANNOTATOR_CONFIG", "/home/me/preferences.toml")
        names = "os.environ['TERM'], 'TMUX' in os.environ, os.environ['ANNOTATOR_CONFIG']"
        with PtyProgram([sys.executable, "-c", f"import os; print('TERM is', {names})"]) as program:
            program.seconds_until(lambda written: b"TERM is xterm-256color False /dev/null" in written)


SPEAK = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"ready %d,%d." % os.get_terminal_size(0))
key = os.read(0, 9)
os.write(1, key + b"x" * 480)
os.read(0, 1)
"""


class TestSlowLine:
    def test_bytes_arrive_no_faster_than_the_line_carries_them(self) -> None:
        with PtyProgram(baseline("slow_line", "960", sys.executable, "-c", SPEAK)) as program:
            program.seconds_until(lambda written: b"ready" in written)
            program.drawn(quiet=0.3)
            burst = program.press(b"key", quiet=0.3, silent=20)
        assert burst.size == len("key") + 480
        assert burst.last_ms >= 480 / 0.96

    def test_keys_go_through_as_they_are_and_the_terminal_has_its_size(self) -> None:
        argv = baseline("slow_line", "9600", sys.executable, "-c", SPEAK)
        with PtyProgram(argv, columns=70, rows=20) as program:
            program.seconds_until(lambda written: b"ready 70,20." in written)
            program.press(b"\r\x1b[A")
            program.seconds_until(lambda written: b"\r\x1b[Axxx" in written)


class TestPrograms:
    def test_a_process_is_measured_with_its_memory(self) -> None:
        cost = cost_of([sys.executable, "-c", "x = b'x' * 50_000_000"])
        assert cost.seconds > 0
        assert 50 < cost.megabytes < 90

    def test_a_process_that_fails_is_no_measurement(self) -> None:
        with pytest.raises(RuntimeError, match="exit code 7"):
            cost_of([sys.executable, "-c", "raise SystemExit(7)"])

    def test_the_plain_import_stores_every_record(self, tmp_path: Path) -> None:
        some = [{"url": "u", "title": "خبر", "content": "نص"}] * 1500
        inputs.write_jsonl(tmp_path / "a.jsonl", iter(some))
        subprocess.run(baseline("plain_import", tmp_path / "a.jsonl", tmp_path / "a.db"), check=True)
        connection = sqlite3.connect(tmp_path / "a.db")
        try:
            assert connection.execute("SELECT count(*), max(content) FROM document").fetchone() == (1500, "نص")
        finally:
            connection.close()


class TestBenchmarks:
    def test_help_is_measured_beside_an_empty_program(self, tmp_path: Path) -> None:
        result = help_.run(tmp_path, rounds=2)
        assert [row.what for row in result.rows] == ["annotator --help: ms, median / p95"]
        assert float(result.rows[0].ratio) > 1
        assert [figure.wanted for figure in result.figures] == ["≤ 10 ×"]

    def test_both_exports_write_the_same_bytes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(export, "DOCUMENTS", 5)
        monkeypatch.setattr(export, "ROUNDS", 1)
        result = export.run(tmp_path)
        assert result.how.startswith("10 records of 5 documents")
        assert (tmp_path / "plain.jsonl").read_bytes() == (tmp_path / "export.jsonl").read_bytes()

    def test_every_paragraph_is_laid_out(self) -> None:
        assert layout.lay_out(["كلمة " * 50, ""]) == 4


class TestCommand:
    @pytest.fixture
    def page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(command, "BENCHES", {"walk": lambda _: RESULT, "rest": lambda _: RESULT})
        monkeypatch.setattr(inputs, "ROOT", tmp_path)
        monkeypatch.setattr(command, "PAGE", tmp_path / "performance.md")
        monkeypatch.setattr(inputs, "described", lambda: "The page is short.")
        return tmp_path / "performance.md"

    def test_all_benchmarks_write_the_page(self, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
        command.main([])
        assert page.read_text("utf-8").count("- **walk**") == 2
        assert "written: performance.md" in capsys.readouterr().out

    def test_one_benchmark_leaves_the_page_as_it_is(self, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
        command.main(["walk"])
        assert not page.exists()
        assert "steps: s" in capsys.readouterr().out

    @pytest.mark.usefixtures("page")
    def test_an_unknown_name_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="2"):
            command.main(["walk", "fly"])
        assert "no such benchmark: fly" in capsys.readouterr().err

    def test_names_on_the_command_line_are_those_of_the_modules(self) -> None:
        assert list(command.BENCHES) == [
            "keys",
            "large-page",
            "long-paragraph",
            "key-kinds",
            "slow-line",
            "keystrokes",
            "reviewing",
            "start-up",
            "help",
            "layout",
            "import",
            "export",
            "agreement",
            "report",
            "suggesting",
            "learning",
            "copies",
        ]
