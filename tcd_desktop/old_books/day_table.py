"""A yearly table of days off from a file: .csv, .xlsx, .xls, or .toml with [[day]] tables."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tcd_desktop.domain.clocks.day_lines import DayLine, lines_of_data, lines_of_sheet
from tcd_desktop.domain.problems import Refused
from tcd_desktop.old_books.book_file import open_book, read_sheet

LARGEST = 1_000_000
"""Bytes: a table of days is never longer."""


def read_day_table(path: Path) -> list[DayLine]:
    """The lines of the first sheet. Raises Refused("no_days_in_file" | "file_not_read" | those of `open_book`)."""
    found = _from_toml(path) if path.suffix.lower() == ".toml" else lines_of_sheet(read_sheet(open_book(path), 0))
    if not found:
        raise Refused("no_days_in_file", file=path.name)
    return found


def _from_toml(path: Path) -> list[DayLine]:
    try:
        if path.stat().st_size > LARGEST or not path.is_file():
            raise Refused("file_not_read", file=path.name)
        return lines_of_data(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, TypeError, RecursionError) as error:
        raise Refused("file_not_read", file=path.name) from error
