from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from annotator.errors import AnnotatorError, DataError, UsageError
from annotator.suggest import line_process
from annotator.suggest.checking import Refusal
from annotator.suggest.contract import Link, Proposal, Proposals, Suggester
from annotator.suggest.external import MOST_FAILURES, ExternalSuggester
from annotator.suggest.fields import LONGEST
from annotator.suggest.running import run
from tests.support.model import SCHEMA
from tests.support.suggesters import TEXT, view


PRELUDE = """
import json, os, signal, sys, time
def requests():
    for line in sys.stdin.buffer:
        yield json.loads(line)
def answer(**fields):
    print(json.dumps(fields), flush=True)
"""
ECHO = """
for one in requests():
    answer(id=one["id"], spans=[{"start": 0, "end": 3, "label": "claim", "reason": json.dumps(one)}])
"""
BRIEF = """
for one in requests():
    answer(id=one["id"], spans=[{"start": 0, "end": len(one["text"]), "label": "claim"}])
"""

Make = Callable[..., ExternalSuggester]


@pytest.fixture
def program() -> Iterator[Make]:
    """Makes suggesters of Python programs, and ends them."""
    made: list[ExternalSuggester] = []

    def make(source: str, timeout: float = 20, **fields: Any) -> ExternalSuggester:
        made.append(ExternalSuggester("outside", [sys.executable, "-SEc", PRELUDE + source], timeout, **fields))
        return made[-1]

    yield make
    for suggester in made:
        suggester.close()


def failure(suggester: ExternalSuggester, text: str = TEXT) -> str:
    with pytest.raises(DataError) as error:
        suggester.suggest(view(text))
    return error.value.one_line


def process_id(suggester: ExternalSuggester) -> int:
    (span,) = suggester.suggest(view()).spans
    return int(span.reason)


TELL_ID = 'for one in requests(): answer(id=one["id"], spans=[{"reason": str(os.getpid())}])'


def is_running(process: int) -> bool:
    """Whether there is such a process; one that has ended and that nobody has waited for does not count."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(process: int) -> None:
    """What was killed may take a moment to go where its parent has gone before."""
    deadline = monotonic() + 10
    while is_running(process):
        assert monotonic() < deadline, "the process is still there"
        threading.Event().wait(0.01)


# Asking and answering


def test_it_is_a_suggester(program: Make) -> None:
    assert isinstance(program(ECHO), Suggester)


def test_the_program_is_told_all_about_the_document(program: Make) -> None:
    source = 'for one in requests(): answer(id=one["id"], spans=[{"reason": one}])'
    document = view("ع👍\u2028ab", title="ab", title_span=(3, 5), meta={"source": "وكالة"}, labels=frozenset("ba"))
    (span,) = program(source).suggest(document).spans
    told: Any = span.reason
    assert told == {
        "id": 1,
        "doc_id": "d1",
        "text": "ع👍\u2028ab",
        "title": "ab",
        "title_span": [3, 5],
        "meta": {"source": "وكالة"},
        "labels": ["a", "b"],
        "relations": ["attributed_to", "repeats"],
        "offset_unit": "codepoint",
    }


def test_its_spans_and_relations_are_proposals(program: Make) -> None:
    source = """
for one in requests():
    claim = {"start": 14, "end": 28, "label": "claim", "reason": "r", "evidence": "e", "score": 0.5,
             "attributes": {"quote": "direct"}, "key": "c"}
    answer(id=one["id"], spans=[claim, {"start": 4, "end": 10, "label": "source", "key": "s"}],
           relations=[{"label": "attributed_to", "head": "c", "tail": "s"}])
"""
    claim = Proposal(14, 28, "claim", "r", "e", 0.5, {"quote": "direct"}, "c")
    source_span = Proposal(4, 10, "source", "", key="s")
    assert program(source).suggest(view()) == Proposals((claim, source_span), (Link("attributed_to", "c", "s"),))


@pytest.mark.parametrize("fields", ["", ", spans=[]", ", spans=[], relations=[]"])
def test_an_answer_may_be_empty(program: Make, fields: str) -> None:
    assert program(f'for one in requests(): answer(id=one["id"]{fields})').suggest(view()) == Proposals()


def test_fields_that_are_null_are_as_if_left_out(program: Make) -> None:
    nulls = "dict.fromkeys(['reason', 'evidence', 'score', 'attributes', 'key'])"
    source = (
        f'for one in requests(): answer(id=one["id"], spans=[{{"start": 0, "end": 3, "label": "claim", **{nulls}}}])'
    )
    assert program(source).suggest(view()).spans == (Proposal(0, 3, "claim", ""),)


def test_one_program_answers_for_all_documents(program: Make) -> None:
    suggester = program(TELL_ID)
    assert process_id(suggester) == process_id(suggester)


def test_large_documents_and_answers_pass_the_pipes(program: Make) -> None:
    source = 'for one in requests(): answer(id=one["id"], spans=[{"start": 0, "end": 1, "reason": one["text"]}])'
    text = "نص طويل 👍\n" * 100_000
    (span,) = program(source).suggest(view(text)).spans
    assert span.reason == text


def test_a_program_that_writes_much_before_it_reads_all_does_not_block(program: Make) -> None:
    source = """
while True:
    first = sys.stdin.buffer.read(1)
    if not first: break
    print("x" * 300_000, flush=True)
    print("y" * 300_000, file=sys.stderr, flush=True)
    answer(id=json.loads(first + sys.stdin.buffer.readline())["id"])
"""
    suggester = program(source)
    for _ in range(3):
        assert suggester.suggest(view("ا" * 200_000)) == Proposals()


@pytest.mark.parametrize(
    "garbage",
    [
        "b'Loading ...'",
        "b''",
        "b'[1]'",
        "b'null'",
        "b'\\xff\\xfe'",
        "b'{\"id\": 99}'",
        "b'{'",
        "b'[' * 100_000",
        "b'1' * 9999",
    ],
)
def test_other_lines_on_the_output_are_passed_over(program: Make, garbage: str) -> None:
    source = f"""
for one in requests():
    os.write(1, {garbage} + b"\\n")
    answer(id=one["id"], spans=[{{"start": 0, "end": 3, "label": "claim"}}])
"""
    assert len(program(source).suggest(view()).spans) == 1


def test_an_answer_ends_at_a_line_feed_and_nowhere_else(program: Make) -> None:
    source = """
for one in requests():
    print(json.dumps({"id": one["id"], "spans": [{"reason": "a\\u2028b\\x85c"}]}, ensure_ascii=False), flush=True)
"""
    (span,) = program(f"sys.stdout.reconfigure(encoding='utf-8')\n{source}").suggest(view()).spans
    assert span.reason == "a\u2028b\x85c"


def test_an_answer_in_pieces_is_put_together(program: Make) -> None:
    source = """
for one in requests():
    for byte in json.dumps({"id": one["id"], "spans": []}).encode() + b"\\n":
        os.write(1, bytes([byte]))
"""
    assert program(source).suggest(view()) == Proposals()


def test_threads_take_turns(program: Make) -> None:
    suggester, lengths = program(BRIEF), range(1, 21)
    found: dict[int, int] = {}

    def ask(length: int) -> None:
        found[length] = suggester.suggest(view("ا" * length)).spans[0].end

    threads = [threading.Thread(target=ask, args=[length]) for length in lengths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {length: length for length in lengths}


# Versions


def test_the_version_is_the_one_that_the_program_tells(program: Make) -> None:
    suggester = program('for one in requests(): answer(id=one["id"], version="2.5")')
    assert suggester.version == "0"
    suggester.suggest(view())
    assert suggester.version == "2.5"


def test_a_version_that_is_given_stays(program: Make) -> None:
    suggester = program('for one in requests(): answer(id=one["id"], version="2.5")', version="7")
    suggester.suggest(view())
    assert suggester.version == "7"


def test_what_it_proposes_has_the_version_of_the_same_answer(program: Make) -> None:
    source = (
        'for one in requests(): answer(id=one["id"], version="3", spans=[{"start": 0, "end": 3, "label": "claim"}])'
    )
    (found,) = run([program(source)], view(), SCHEMA).suggestions.suggestions
    assert found.origin == "outside@3"


def test_a_version_that_is_none_fails_when_it_is_run(program: Make) -> None:
    (one,) = run([program('for one in requests(): answer(id=one["id"], version=3)')], view(), SCHEMA).runs
    assert one.failure.startswith("outside: '3' is no version of a suggester")


# Answers that are wrong


def test_an_error_is_told_and_the_program_goes_on(program: Make) -> None:
    suggester = program("""
for one in requests():
    answer(id=one["id"], **({"error": "no\\nArabic"} if one["id"] == 1 else {}))
""")
    assert failure(suggester) == "the program says: no Arabic"
    assert suggester.suggest(view()) == Proposals()


@pytest.mark.parametrize("name", ["spans", "relations"])
@pytest.mark.parametrize("value", ["{}", "None", "'none'", "3"])
def test_spans_and_relations_that_are_no_list_are_an_error(program: Make, name: str, value: str) -> None:
    suggester = program(f'for one in requests(): answer(id=one["id"], {name}={value})')
    assert failure(suggester) == f"the program's {name} are no list"


def test_fields_of_wrong_types_are_refused_one_by_one(program: Make) -> None:
    source = """
for one in requests():
    good = {"start": 0, "end": 3, "label": "claim"}
    answer(id=one["id"], spans=[good, 5, {}, {**good, "start": 0.5}, {**good, "score": float("nan")}], relations=["x"])
"""
    (one,) = run([program(source)], view(), SCHEMA).runs
    assert one.failure == ""
    assert len(one.suggestions.suggestions) == 1
    assert one.refused == (
        Refusal("span 2", "is no Proposal but of type int"),
        Refusal("span 3", "its label is no string but of type NoneType"),
        Refusal("span 4 (claim)", "its start is no whole number but of type float"),
        Refusal("span 5 (claim)", "its score is not from 0 to 1"),
        Refusal("relation 1", "is no Link but of type str"),
    )


# Programs that are late


@pytest.mark.parametrize(
    "source",
    [
        "for one in requests(): time.sleep(60)",  # reads and says nothing
        "time.sleep(60)",  # reads nothing
        "for one in requests(): answer(id=one['id'] + 1)",  # answers another
        "while True: print('working')",  # says other things for ever
        "for one in requests(): print('{\"id\": 1', end='', flush=True)",  # begins to answer
        "sys.stdin.close(); os.close(0); time.sleep(60)",  # closes its input
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
        "while True: print('x' * 1000, file=sys.stderr)",
    ],
)
@pytest.mark.parametrize("length", [20, 300_000])
def test_a_program_that_does_not_answer_in_time_is_ended(program: Make, source: str, length: int) -> None:
    suggester = program(source, timeout=0.2)
    started = monotonic()
    assert failure(suggester, "ا" * length).startswith("the program gave no answer within 0.2 s")
    assert monotonic() - started < 10


def test_the_next_document_starts_a_new_program(program: Make, tmp_path: Path) -> None:
    source = f"""
late = not os.path.exists({str(tmp_path / "seen")!r})
for one in requests():
    if late:
        open({str(tmp_path / "seen")!r}, "w").close()
        time.sleep(60)
    answer(id=one["id"])
"""
    suggester = program(source, timeout=2.5)
    assert "no answer" in failure(suggester)
    assert suggester.suggest(view()) == Proposals()


def test_what_the_program_has_started_is_ended_with_it(program: Make, tmp_path: Path) -> None:
    source = f"""
child = os.fork()
if not child:
    time.sleep(60)
open({str(tmp_path / "child")!r}, "w").write(str(child))
for one in requests(): answer(id=one["id"])
"""
    suggester = program(source)
    suggester.suggest(view())
    child = int((tmp_path / "child").read_text())
    assert is_running(child)
    suggester.close()
    wait_until_gone(child)


def test_a_line_without_an_end_is_not_kept_for_ever(program: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_process, "LONGEST_LINE", 1_000_000)
    assert failure(program("while True: os.write(1, b'x' * 10_000)")).startswith(
        "the program wrote a line of more than 1000000 bytes"
    )


# Programs that crash


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("sys.exit(3)", "the program ended with exit code 3"),
        ("sys.stdin.buffer.readline(); sys.exit(0)", "the program ended with exit code 0"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "the program ended by signal 11"),
        (
            "sys.stdin.buffer.read(1); sys.exit('out of\\nmemory')",
            "ended with exit code 1; its last words: out of memory",
        ),
        ("os.write(2, b'\\x1b[2J\\xff'); sys.exit(4)", "exit code 4; its last words: \ufffd[2J\ufffd"),
    ],
)
@pytest.mark.parametrize("length", [20, 300_000])
def test_a_crash_is_told_with_the_last_words(program: Make, source: str, said: str, length: int) -> None:
    assert failure(program(source), "ا" * length).endswith(said)


def test_only_the_end_of_many_words_is_told(program: Make) -> None:
    (one,) = run([program("sys.exit('a' * 100_000 + 'the end')")], view(), SCHEMA).runs
    assert one.failure.endswith("athe end")
    assert len(one.failure) <= LONGEST


def test_a_crash_costs_one_document(program: Make) -> None:
    suggester = program("""
for one in requests():
    if one["text"] == "bad": sys.exit(1)
    answer(id=one["id"])
""")
    for _ in range(MOST_FAILURES + 1):  # in a row they would be too many
        assert suggester.suggest(view()) == Proposals()
        assert failure(suggester, "bad") == "the program ended with exit code 1"
    assert suggester.suggest(view()) == Proposals()


def test_after_some_crashes_in_a_row_the_program_is_given_up(program: Make, tmp_path: Path) -> None:
    log = tmp_path / "starts"
    suggester = program(f"open({str(log)!r}, 'a').write('x'); sys.exit('no model')")
    for _ in range(MOST_FAILURES):
        assert "no model" in failure(suggester)
    said = failure(suggester)
    assert said.startswith(f"the program is not started again: {MOST_FAILURES} failures in a row, the last one: ")
    assert "no model" in said
    assert log.read_text() == "x" * MOST_FAILURES


@pytest.mark.parametrize("command", ["/no/such/program", "no-such-program-anywhere", "/", "a\0b"])
def test_a_program_that_cannot_be_started_is_told_and_not_tried_again(command: str) -> None:
    suggester = ExternalSuggester("outside", [command])
    assert "cannot be started" in failure(suggester)
    assert failure(suggester).startswith("the program is not started again: ")


# Starting and ending


def test_nothing_is_started_before_the_first_document(program: Make, tmp_path: Path) -> None:
    program(f"open({str(tmp_path / 'started')!r}, 'w')")
    assert not (tmp_path / "started").exists()


def test_the_program_is_ended_at_the_end_of_a_with_block(program: Make) -> None:
    with program(TELL_ID) as suggester:
        process = process_id(suggester)
        assert is_running(process)
    assert not is_running(process)


def test_a_program_may_finish_its_work_when_its_input_ends(program: Make, tmp_path: Path) -> None:
    suggester = program(f"{TELL_ID}\nopen({str(tmp_path / 'done')!r}, 'w')")
    suggester.suggest(view())
    suggester.close()
    assert (tmp_path / "done").exists()


def test_a_program_that_does_not_mind_the_end_of_its_input_is_killed(program: Make) -> None:
    suggester = program(f"{TELL_ID}\ntime.sleep(60)")
    process = process_id(suggester)
    suggester.close()
    assert not is_running(process)


def test_the_program_goes_with_its_suggester() -> None:
    suggester = ExternalSuggester("outside", [sys.executable, "-SEc", PRELUDE + TELL_ID])
    process = process_id(suggester)
    del suggester
    gc.collect()
    assert not is_running(process)


def test_closing_twice_or_before_the_start_does_nothing(program: Make) -> None:
    suggester = program(TELL_ID)
    suggester.close()
    suggester.suggest(view())
    suggester.close()
    suggester.close()


def test_a_closed_one_starts_again_with_the_next_document(program: Make) -> None:
    suggester = program(TELL_ID)
    first = process_id(suggester)
    suggester.close()
    assert process_id(suggester) != first


def test_a_key_that_interrupts_reaches_the_caller_and_not_the_program(program: Make) -> None:
    suggester = program(TELL_ID)
    process = process_id(suggester)
    assert os.getpgid(process) == process
    assert os.getsid(process) != os.getsid(0)


def test_an_interrupted_question_does_not_mix_up_the_next_answers(program: Make) -> None:
    suggester = program("""
for one in requests():
    time.sleep(0.3 if one["id"] == 2 else 0)
    answer(id=one["id"], spans=[{"reason": str(one["id"])}])
""")
    suggester.suggest(view())

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            suggester.suggest(view())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert suggester.suggest(view()).spans[0].reason == "3"


def test_it_runs_where_it_is_told_to_with_the_environment_as_it_is(
    program: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL", "small")
    told = 'for one in requests(): answer(id=one["id"], spans=[{"reason": os.environ["MODEL"] + os.getcwd()}])'
    (span,) = program(told, cwd=tmp_path).suggest(view()).spans
    assert span.reason == f"small{tmp_path.resolve()}"


def test_nothing_in_a_command_is_for_a_shell() -> None:
    command = [
        sys.executable,
        "-SEc",
        PRELUDE + 'for one in requests(): answer(id=one["id"], spans=[{"reason": sys.argv[1]}])',
    ]
    with ExternalSuggester("outside", [*command, "$HOME; `id` *"]) as suggester:
        assert suggester.suggest(view()).spans[0].reason == "$HOME; `id` *"


@pytest.mark.parametrize(
    ("name", "command", "timeout"),
    [
        ("Out Side", ["cat"], 1),
        ("outside", "cat", 1),
        ("outside", [], 1),
        ("outside", ["cat", 3], 1),
        ("outside", ["cat"], 0),
        ("outside", ["cat"], -1),
        ("outside", ["cat"], float("nan")),
        ("outside", ["cat"], float("inf")),
    ],
)
def test_what_cannot_be_a_program_is_refused_at_once(name: str, command: Any, timeout: float) -> None:
    with pytest.raises(UsageError) as error:
        ExternalSuggester(name, command, timeout)
    assert isinstance(error.value, AnnotatorError)
    assert error.value.hint
