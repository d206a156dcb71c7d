"""The log book (sổ tiếp công dân) for the printer: its lines, and opening the identities of denouncers in it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.receptions.log_book import BookCount, BookLine, BookQuery, LogBook
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.services.rights import require_reveal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists import log_book
from tcd_desktop.store.store import Store

ACT = "denunciation.reveal_book"


class LogBookDesk:
    """Of the own book, and at the superior office of the books of its wards."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        secrecy: Secrecy,
        today: Callable[[], date],
        practice: bool,
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._secrecy = secrecy
        self._today = today
        self._practice = practice
        self._opened_books: set[BookQuery] = set()

    def book(self, query: BookQuery, *, reason: str = "") -> LogBook:
        """What stands on the first page. Raises Refused("period_turned" | "unknown_record")."""
        if query.until < query.since:
            raise Refused("period_turned")
        office = self._store.find(Office, query.office)
        if office is None:
            raise Refused("unknown_record")
        return LogBook(
            query=query,
            superior_name=office.superior_name,
            office_name=office.name,
            locality=office.locality,
            made_on=self._today(),
            officer=self._officer.name,
            reason=clean_line(reason),
            practice=self._practice,
        )

    def count(self, query: BookQuery) -> BookCount:
        """How many lines, and how many of them are denunciations."""
        return self._store.read(lambda connection: log_book.count_lines(connection, query))

    def lines(self, query: BookQuery, *, opened: bool = False) -> Generator[BookLine, None, None]:
        """Every line from one state of the data, the oldest first; `opened` only between `disclose` and `close`.

        An identity that was sealed for others stays closed. Raises Refused("reason_needed").
        """
        if opened and query not in self._opened_books:
            raise Refused("reason_needed")
        with self._store.reading() as connection:
            for line in log_book.book_lines(connection, query):
                yield self._opened(line) if opened else line

    def _opened(self, line: BookLine) -> BookLine:
        if line.visit.sealed is None or line.visit.removed:
            return line
        try:
            return replace(line, visit=self._secrecy.open(line.visit))
        except Refused:
            return line

    def disclose(self, query: BookQuery, reason: str) -> BookCount:
        """Notes in the journal that the identities of this book's denunciations are opened: by whom, why, how many.

        One act for the whole book, whose reason names the period and the number, before a page of it is made.
        Raises Refused("reveal_right" | "reason_needed" | "reason_too_long" | "nothing_secret").
        """
        require_reveal(self._officer)
        reason = reason_line(reason)
        count = self.count(query)
        if not count.secret:
            raise Refused("nothing_secret")
        told = f"Sổ tiếp công dân {query.since:%d/%m/%Y} - {query.until:%d/%m/%Y}, {count.secret} tố cáo: {reason}"
        with self._store.unit(act=ACT, officer=self._officer.id) as unit:
            unit.put(
                Disclosure(
                    id=new_id(), office=unit.office, reception=query.office, officer=self._officer.id, reason=told
                )
            )
            unit.commit()
        self._opened_books.add(query)
        return count

    def close(self) -> None:
        """The page is left: the next book asks for a reason again."""
        self._opened_books.clear()
