"""import-book FILE: the wizard for the old book without a window."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.old_book.old_book_columns import BookColumn, Layout, layout_at, recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, read_lines, year_of_book
from tcd_desktop.domain.old_book.old_book_sheet import Sheet
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.old_books.book_file import BookFile, open_book, read_sheet
from tcd_desktop.old_books.refused_rows import write_refused
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.old_book.old_book_desk import Source, Waiting
from tcd_desktop.services.old_book.old_book_plan import Fate, Plan
from tcd_desktop.words.old_book_words import sentences

LARGEST_MAPPING = 1_000_000


def import_book(options: argparse.Namespace, output: Output) -> Exit:
    """import-book FILE [--dry-run] [--mapping JSON] [--refused FILE] [--waiting running|all|none]

    The mapping: {"sheet": "2025", "heading_row": 4, "year": 2025, "receiver": "…", "columns": {"A": "number",
    "Ngày tiếp": "date", …}}; a column is named by its letter or its heading, what is not named is recognised.
    """
    mapping = _mapping(Path(options.mapping)) if options.mapping else {}
    book = open_book(Path(options.file))
    sheet = read_sheet(book, _sheet_index(book, mapping))
    layout = _layout(sheet, mapping)
    office = opened(options)
    try:
        return _take(office, book, sheet, layout, mapping, options, output)
    finally:
        office.close()


def _take(
    office: OpenOffice,
    book: BookFile,
    sheet: Sheet,
    layout: Layout,
    mapping: dict[str, Any],
    options: argparse.Namespace,
    output: Output,
) -> Exit:
    year = mapping.get("year") or year_of_book(sheet, layout, book.name)
    facts = BookFacts(year if isinstance(year, int) else None, str(mapping.get("receiver", "")))
    plan = office.old_books.plan(read_lines(sheet, layout, facts))
    value = {
        "file": book.name,
        "sheet": sheet.name,
        "heading_row": layout.last + 1,
        "columns": {_name(layout, at): column.value for at, column in enumerate(layout.columns)},
        "year": facts.year,
        **{fate.value: plan.count(fate) for fate in Fate},
        "mended_cells": plan.mended,
        "taken": 0,
        "import": None,
        "rows": _told(plan),
    }
    if options.refused and plan.count(Fate.REFUSED):
        write_refused(Path(options.refused), sheet, layout, _refused(plan))
        value["refused_file"] = str(options.refused)
    if not options.dry_run:
        source = Source(book.name, book.sha256, json.dumps(value["columns"], ensure_ascii=False))
        done = office.old_books.take(plan, source, waiting=Waiting(options.waiting))
        value |= {"taken": done.value.taken, "import": done.value.id}
    output.answer(value, _lines(value))
    return Exit.DONE


def _told(plan: Plan) -> list[dict[str, Any]]:
    """The lines that need a look; no names, so that a log of this command tells nobody's secret."""
    return [
        {
            "row": planned.line.row,
            "number": planned.number or None,
            "state": planned.fate.value,
            "problems": [
                {"field": doubt.field, "code": doubt.problem.code}
                for doubt in (planned.line.stops if planned.fate is Fate.REFUSED else planned.line.doubts)
            ],
        }
        for planned in plan.lines
        if planned.fate is not Fate.READY
    ]


def _refused(plan: Plan) -> list[tuple[int, str]]:
    return [
        (row, sentences(planned.line.stops) if row == planned.line.rows[0] else "")
        for planned in plan.lines
        if planned.fate is Fate.REFUSED
        for row in planned.line.rows
    ]


def _lines(value: dict[str, Any]) -> list[str]:
    said = _("{ready} ready, {doubtful} with doubts, {refused} refused, {known} in the log already.")
    lines = [said.format(**{fate.value: value[fate.value] for fate in Fate})]
    if value["import"]:
        lines.append(_("{n} visits were written into the log.").format(n=value["taken"]))
    else:
        lines.append(_("Nothing was changed."))
    if value.get("refused_file"):
        lines.append(str(value["refused_file"]))
    return lines


def _mapping(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_MAPPING:
            raise Refused("file_too_big", file=path.name)
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Refused("file_missing", file=path.name) from error
    except (ValueError, RecursionError) as error:
        raise Refused("file_not_json", file=path.name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error
    columns = found.get("columns", {}) if isinstance(found, dict) else None
    known = {column.value for column in BookColumn}
    if not isinstance(columns, dict) or not all(
        isinstance(value, str) and value in known for value in columns.values()
    ):
        raise Refused("book_mapping", file=path.name, known=", ".join(sorted(known)))
    return dict(found)


def _sheet_index(book: BookFile, mapping: dict[str, Any]) -> int:
    wanted = mapping.get("sheet")
    if wanted is None:
        return 0
    if wanted not in book.sheets:
        raise Refused("book_no_sheet", file=book.name, sheet=str(wanted))
    return book.sheets.index(wanted)


def _layout(sheet: Sheet, mapping: dict[str, Any]) -> Layout:
    row = mapping.get("heading_row")
    layout = recognise(sheet)
    if isinstance(row, int) and 0 < row <= len(sheet.rows) and row - 1 != layout.last:
        layout = layout_at(sheet, row - 1, row - 1)
    columns = list(layout.columns)
    wanted = {fold(name): BookColumn(value) for name, value in mapping.get("columns", {}).items()}
    for at in range(len(columns)):
        chosen = wanted.get(fold(layout.headings[at])) or wanted.get(fold(letter(at)))
        if chosen is not None:
            columns = [BookColumn.IGNORE if column is chosen else column for column in columns]
            columns[at] = chosen
    return replace(layout, columns=tuple(columns))


def _name(layout: Layout, at: int) -> str:
    return f"{letter(at)} {layout.headings[at]}".strip()


def letter(at: int) -> str:
    """The letters of a column as Excel writes them: 0 -> "A", 27 -> "AB"."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
