"""Run a full-screen program behind a slow line: `slow_line.py BYTES_PER_SECOND COMMAND…`.

What it writes arrives so many bytes a second, and so do the keys. A byte counts as arrived with its last bit.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty


CHUNK = 8
"""Bytes that are passed on at once: at 9,600 bit/s every 8 ms."""


def main() -> None:
    """Pass bytes both ways until the program ends."""
    speed, argv = float(sys.argv[1]), sys.argv[2:]
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
    tty.setraw(0)
    child, master = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(argv[0], argv)
    ways = {0: master, master: 1}
    while True:
        for source in select.select(list(ways), [], [])[0]:
            try:
                data = os.read(source, CHUNK)
            except OSError:  # so Linux says that the program has ended
                data = b""
            if not data:
                return
            time.sleep(len(data) / speed)
            os.write(ways[source], data)


if __name__ == "__main__":
    main()
