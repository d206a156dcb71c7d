"""reception add | list | show, and slip."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import msgspec

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.cli.visit_file import read_visits
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import ReceptionQuery, ReceptionRow
from tcd_desktop.words import masked_name

_PAGE = 1000
_BOOK_NUMBER = re.compile(r"(?P<number>[0-9]{1,9})(?:-(?P<series>[A-Z]))?/(?P<year>[0-9]{4})")


def reception(options: argparse.Namespace, output: Output) -> Exit:
    """reception add --json-file F | list | show ID"""
    office = opened(options)
    try:
        steps = {"add": _add, "list": _list, "show": _show}
        return steps[options.step](office, options, output)
    finally:
        office.close()


def _add(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    visits = read_visits(Path(options.json_file))
    done = office.receptions.log_all([draft for draft, _open in visits], open_cases=[wish for _draft, wish in visits])
    added = [{"id": visit.id, "number": visit.book_number, "answer_due": visit.answer_due} for visit in done.value]
    output.answer({"receptions": added, "total": len(added)}, [f"{line['number']}\t{line['id']}" for line in added])
    return Exit.DONE


def _list(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    query = ReceptionQuery(text=options.search or "")
    pages = office.receptions.pages
    rows: list[ReceptionRow] = []
    with office.store.reading() as connection:
        total = pages.count(connection, query, cap=1_000_000_000).value
        cursor = None
        while len(rows) < options.limit:
            page = pages.page(connection, query, before=cursor, size=min(_PAGE, options.limit - len(rows)))
            rows += page.rows
            cursor = page.next
            if cursor is None:
                break
    listed = [_line(row) for row in rows]
    lines = ["\t".join(str(value or "") for value in line.values()) for line in listed]
    output.answer({"receptions": listed, "total": total}, lines)
    return Exit.DONE


def _line(row: ReceptionRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "date": row.date.isoformat(),
        "name": row.name or masked_name(row.classification),
        "classification": row.classification,
        "direction": row.direction,
        "content": row.content,
        "office": row.office,
    }


def _show(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    visit = find_visit(office, options.id)
    value = msgspec.to_builtins(visit)
    del value["sealed"]
    value |= {"number": visit.book_number, "name": visit.name or masked_name(visit.classification)}
    value["receiver"] = visit.receiver_name
    lines = [f"{name}: {given}" for name, given in value.items() if given not in ("", None, [], False)]
    output.answer(value, lines)
    return Exit.DONE


def find_visit(office: OpenOffice, wanted: str) -> Reception:
    """A visit by id, or by its number in this office's book ("57/2026"). Raises Refused("unknown_record")."""
    visit = office.receptions.find(wanted)
    number = _BOOK_NUMBER.fullmatch(wanted)
    if visit is None and number:
        found = office.store.all(
            Reception,
            "office = ? AND year = ? AND number = ? AND series = ?",
            (office.office.id, int(number["year"]), int(number["number"]), number["series"] or "A"),
        )
        visit = found[0] if found else None
    if visit is None:
        raise Refused("unknown_record")
    return visit


def slip(options: argparse.Namespace, output: Output) -> Exit:
    """slip RECEPTION --out FILE.pdf: prints the official receipt slip into a file."""
    target = Path(options.out)
    office = opened(options)
    try:
        visit = find_visit(office, options.reception)
        part = _place_for(target)
        try:
            done = office.slips.print(visit.id, copies=options.copies)
            _write(part, target, done.value.pdf)
        finally:
            part.unlink(missing_ok=True)
    finally:
        office.close()
    document = done.value.document
    value = {
        "file": str(target),
        "number": document.number,
        "print_no": document.print_no,
        "copies": document.copies,
        "sha256": document.sha256,
    }
    output.answer(value, [str(target)])
    return Exit.DONE


def _place_for(target: Path) -> Path:
    """An empty file beside the target: every print is numbered, so the place is tried before it is made."""
    try:
        if target.is_dir():
            raise IsADirectoryError(target.name)
        part = target.with_name(target.name + ".part")
        part.write_bytes(b"")
    except OSError as error:
        raise Refused("file_unwritable", file=target.name) from error
    return part


def _write(part: Path, target: Path, content: bytes) -> None:
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise Refused("file_unwritable", file=target.name) from error
