"""python -m tcd_desktop: a command when there is one, else the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_WINDOW_OPTIONS = ("--home",)


def wants_window(arguments: Sequence[str]) -> bool:
    """No command: nothing at all, or just an office folder."""
    return not arguments or (len(arguments) == 2 and arguments[0] in _WINDOW_OPTIONS)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if wants_window(given):
        from tcd_desktop.app import open_window

        return open_window(Path(given[1]) if given else None)
    from tcd_desktop.cli.main import main as run_command

    return run_command(given)


if __name__ == "__main__":
    sys.exit(main())
