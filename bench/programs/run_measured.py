"""Run a command and print its seconds and its peak memory as JSON.

A process of its own, without any import that is large: a child's peak counts from its parent's size at the fork.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> None:
    """Run the command that the arguments are; its output is thrown away."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.execv(sys.argv[1], sys.argv[1:])
    _, status, usage = os.wait4(child, 0)
    taken = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({"seconds": taken, "kilobytes": usage.ru_maxrss, "code": code}))


if __name__ == "__main__":
    main()
