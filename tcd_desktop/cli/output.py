"""What a command says: one JSON object or a few lines on stdout, sentences on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from tcd_desktop.domain.problems import Refused


class Exit(IntEnum):
    """The exit status of every command."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    OUR_FAULT = 3


class Output:
    """`machine`: one JSON object on stdout instead of lines for people."""

    def __init__(self, *, machine: bool) -> None:
        self.machine = machine

    def answer(self, value: dict[str, Any], lines: Iterable[str]) -> None:
        """The command's answer in both forms."""
        if self.machine:
            lines = (json.dumps(value, ensure_ascii=False, default=str),)
        try:
            for line in lines:
                print(line)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            _drop_standard_output()
            raise
        except OSError as error:
            _drop_standard_output()
            raise Refused("answer_unwritable") from error

    def refuse(self, code: str, sentence: str) -> None:
        """Why nothing was done: the sentence for people, the object for machines."""
        self.tell(sentence)
        if self.machine:
            self.answer({"error": {"code": code, "message": sentence}}, ())

    @staticmethod
    def tell(text: str) -> None:
        """A sentence for a person."""
        print(text, file=sys.stderr)


def _drop_standard_output() -> None:
    """Nobody reads on: what is left in the buffer is thrown away instead of failing again at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Windows consoles and pipes default to other encodings; without a console there is nothing to set."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
