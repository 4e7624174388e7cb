"""Bytes that no keyboard sends do not end the program."""

from __future__ import annotations

import os
from threading import Event
from typing import cast

import pytest
from textual import events
from textual.app import App
from textual.message import Message

from annotator.tui.driver import AnnotatorDriver


class Listener(AnnotatorDriver):
    """A driver that reads keys from a pipe until it has heard q."""

    def __init__(self, fileno: int) -> None:
        self.fileno, self.exit_event, self.heard = fileno, Event(), ""
        self._app = cast("App[None]", None)
        self._debug = False

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Key):
            self.heard += message.character or ""
            if message.character == "q":
                self.exit_event.set()


def heard(*chunks: bytes) -> str:
    """The characters that arrive from some bytes."""
    read, write = os.pipe()
    try:
        listener = Listener(read)
        for chunk in chunks:
            os.write(write, chunk)
        os.close(write)
        listener.run_input_thread()
        return listener.heard
    finally:
        os.close(read)


@pytest.mark.parametrize("noise", [b"\xff", b"\xfe\xff", b"\xd9", b"\xe3\xe4", b"\xc0\x80", b"\xf0\x9f"])
def test_noise_between_keys_is_passed_over(noise: bytes) -> None:
    assert heard(b"w" + noise + b"cq").replace("\ufffd", "") == "wcq"


def test_arabic_letters_arrive_whole() -> None:
    assert heard("ؤلاq".encode()) == "ؤلاq"
