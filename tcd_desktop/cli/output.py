"""What a command says: one JSON object or a few lines on stdout, sentences on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import Any


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
            print(json.dumps(value, ensure_ascii=False, default=str))
        else:
            for line in lines:
                print(line)

    @staticmethod
    def tell(text: str) -> None:
        """A sentence for a person."""
        print(text, file=sys.stderr)


def speak_utf8() -> None:
    """Windows consoles and pipes default to other encodings; without a console there is nothing to set."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
