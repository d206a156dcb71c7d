"""Where the list of visits comes from, and what it may be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from tcd_desktop.domain.office import Office
from tcd_desktop.domain.terms import Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.pages import Count, Page, ReceptionQuery, ReceptionRow
from tcd_desktop.ui.paged_model import EVERY

EVER = timedelta(days=3660)
"""Later than any deadline that runs now: "waiting" means every visit that is not answered."""


class Waiting(StrEnum):
    """Which visits the list shows: all, those without an answer, those whose answer is late."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What the officer asked the list for: words, and the filters above it."""

    text: str = ""
    waiting: Waiting = Waiting.ALL
    classification: Classification | None = None
    office: str = ""
    citizen: str = ""

    @property
    def filtered(self) -> bool:
        """True when it is not the whole log."""
        return replace(self, text=self.text.strip()) != ListChoice()

    def query(self, today: date) -> ReceptionQuery:
        """The same as a question to the store."""
        until = {Waiting.ALL: None, Waiting.OPEN: today + EVER, Waiting.OVERDUE: today - timedelta(days=1)}
        return ReceptionQuery(
            text=self.text,
            waiting_by=until[self.waiting],
            classification=self.classification,
            offices=(self.office,) if self.office else (),
            citizen=self.citizen or None,
        )


@dataclass(slots=True)
class OfficeNames:
    """Code of an office -> its name, read once and again after an exchange. Used in reader threads."""

    office: OpenOffice
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The office's name; its code while nothing else is known."""
        if not self._names:
            self._names = {one.id: one.name for one in self.office.store.all(Office)}
        return self._names.get(code, code)

    def all(self) -> list[tuple[str, str]]:
        """(code, name) of every office known here, by code."""
        self.name("")
        return sorted(self._names.items())

    def forget(self) -> None:
        """Names may have changed."""
        self._names = {}


class ReceptionSource:
    """The log of an office (at the superior: of all its wards) as pages; each call has its own connection."""

    def __init__(self, office: OpenOffice) -> None:
        self._store = office.store
        self._pages = office.receptions.pages

    def page(self, query: ReceptionQuery, *, before: int | None, size: int) -> Page[ReceptionRow]:
        """`size` visits that follow a cursor, newest first."""
        with self._store.reading() as connection:
            return self._pages.page(connection, query, before=before, size=size)

    def count(self, query: ReceptionQuery, cap: int) -> Count:
        """How many visits there are."""
        with self._store.reading() as connection:
            return self._pages.count(connection, query, cap=cap)

    def anchors(self, query: ReceptionQuery, every: int = EVERY) -> Sequence[int]:
        """A cursor for every so many visits."""
        with self._store.reading() as connection:
            return self._pages.anchors(connection, query, every=every)
