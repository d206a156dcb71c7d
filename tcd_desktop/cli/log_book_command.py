"""log-book: the log book of a period (sổ tiếp công dân, Mẫu số 03/TCD) as a PDF or a table file."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.log_book import BookQuery, Receivers
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.log_book import write_pdf, write_xlsx


def log_book(options: argparse.Namespace, output: Output) -> Exit:
    """log-book FILE --since DATE --until DATE: writes the book; tells its lines, and its pages when it is a PDF."""
    target = Path(options.file)
    ending = target.suffix.lower()
    if ending not in (".pdf", ".xlsx"):
        raise Refused("book_ending", file=target.name)
    if not target.parent.is_dir():
        raise Refused("file_unwritable", file=target.name)
    office = opened(options)
    try:
        query = _query(options, office)
        reason = options.identities or ""
        desk = office.log_books
        book = desk.book(query, reason=reason)
        count = desk.disclose(query, reason) if options.identities is not None else desk.count(query)
        write = write_pdf if ending == ".pdf" else write_xlsx
        progress = SilentProgress() if output.machine else _Told(output)
        with closing(desk.lines(query, opened=options.identities is not None)) as lines:
            made = write(target, book, lines, total=count.lines, progress=progress)
    except OSError as error:
        raise Refused("file_unwritable", file=target.name) from error
    finally:
        office.close()
    value: dict[str, object] = {"file": str(target), "lines": count.lines, "denunciations": count.secret}
    value |= {"pages": made} if ending == ".pdf" else {}
    value["identities"] = options.identities is not None
    output.answer(value, [str(target)])
    return Exit.DONE


def _query(options: argparse.Namespace, office: OpenOffice) -> BookQuery:
    return BookQuery(
        office=options.office or office.office.id,
        since=_day(options.since),
        until=_day(options.until),
        receivers=Receivers(options.receivers),
        classification=Classification(options.content) if options.content else None,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("not_a_date") from error


class _Told:
    """Long books tell how far they are, on standard error."""

    EVERY = 10_000

    def __init__(self, output: Output) -> None:
        self._output = output

    def step(self, done: int, total: int, text: str = "") -> None:
        """Every ten thousand lines."""
        if done and done % self.EVERY == 0:
            self._output.tell(_("{done} of {total}").format(done=done, total=total))

    def cancelled(self) -> bool:
        """Ctrl+C ends the program; what is half written is thrown away."""
        return False
