"""`python -m bench`: all benchmarks and docs/performance.md; `python -m bench NAME…`: only these, and only printed."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import (
    agreement,
    agreement_report,
    copies,
    export,
    help_,
    import_,
    inputs,
    key_kinds,
    keys,
    keystrokes,
    large_page,
    layout,
    learning,
    long_paragraph,
    machine,
    reviewing,
    slow_line,
    start_up,
    suggesting,
)
from bench.page import performance_page
from bench.report import FIGURE_HEAD, ROW_HEAD, Result, figure_cells, row_cells, text_table


BENCHES: dict[str, Callable[[Path], Result]] = {
    module.NAME: module.run
    for module in (
        keys,
        large_page,
        long_paragraph,
        key_kinds,
        slow_line,
        keystrokes,
        reviewing,
        start_up,
        help_,
        layout,
        import_,
        export,
        agreement,
        agreement_report,
        suggesting,
        learning,
        copies,
    )
}
PAGE = inputs.ROOT / "docs" / "performance.md"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"one of: {', '.join(BENCHES)}")
    names = parser.parse_args(arguments).names
    if unknown := set(names) - set(BENCHES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results = [_run(name) for name in names or BENCHES]
    print(text_table(ROW_HEAD, row_cells(results)))
    print(text_table(FIGURE_HEAD, figure_cells(results)))
    for table in (table for result in results for table in result.tables):
        print(f"{table.title}\n{text_table(table.head, table.lines)}")
    print(f"{machine.described()}\n{inputs.described()}")
    if not names:
        PAGE.write_text(performance_page(results, machine.described(), inputs.described()), "utf-8")
        print(f"written: {PAGE.relative_to(inputs.ROOT)}")


def _run(name: str) -> Result:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        result = BENCHES[name](Path(folder))
    print(f"{name}: measured in {time.perf_counter() - start:.0f} s", flush=True)
    return result


if __name__ == "__main__":
    main()
