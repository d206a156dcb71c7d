"""Where the list of citizens comes from, its columns, and a citizen's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tcd_desktop import words
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.citizens import CitizenQuery, CitizenRow
from tcd_desktop.store.lists.pages import Count, Page
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.forms.typed_dates import show_birth, show_date
from tcd_desktop.ui.lists.list_columns import EVERY, Chip, Column
from tcd_desktop.ui.receptions.columns import short_date


class CitizenSource:
    """The citizens of an office (at the superior: of all its wards) as pages; each call has its own connection."""

    def __init__(self, office: OpenOffice) -> None:
        self._store = office.store
        self._pages = office.citizens.pages

    def page(self, query: CitizenQuery, *, before: int | None, size: int) -> Page[CitizenRow]:
        """`size` citizens that follow a cursor, the last registered first."""
        with self._store.reading() as connection:
            return self._pages.page(connection, query, before=before, size=size)

    def count(self, query: CitizenQuery, cap: int) -> Count:
        """How many citizens there are."""
        with self._store.reading() as connection:
            return self._pages.count(connection, query, cap=cap)

    def anchors(self, query: CitizenQuery, every: int = EVERY) -> Sequence[int]:
        """A cursor for every so many citizens."""
        with self._store.reading() as connection:
            return self._pages.anchors(connection, query, every=every)


def merged_chip() -> Chip:
    """Stands beside a citizen that was merged into another."""
    return Chip(_("Merged"), "closed", "link")


def citizen_columns(today: Callable[[], date], office_name: Callable[[str], str], *, wards: bool) -> tuple[Column, ...]:
    """The columns; `wards` adds the one that says whose citizen it is."""
    found = [
        Column("name", lazy("Full name"), 180, text=lambda row: row.name, strong=True),
        Column("birth", lazy("Born"), 108, text=lambda row: show_birth(row.birth_date)),
        Column("number", lazy("Identity paper"), 134, text=lambda row: row.id_number),
        Column("address", lazy("Address"), 96, text=_address, tooltip=_address, stretch=True),
        Column("phone", lazy("Telephone"), 116, text=lambda row: row.phone),
        Column("visits", lazy("Times"), 72, text=lambda row: str(row.visits), align="right"),
        Column(
            "last",
            lazy("Last time"),
            100,
            text=lambda row: short_date(row.last_visit, today()),
            align="right",
            chip=_merged,
        ),
    ]
    if wards:
        del found[4]  # the telephone stands in the pane; the ward needs the room
        found.insert(1, Column("office", lazy("Ward"), 122, text=lambda row: short_office(office_name(row.office))))
    return tuple(found)


def _address(row: CitizenRow) -> str:
    return row.address


def _merged(row: CitizenRow) -> Chip | None:
    return merged_chip() if row.merged_into else None


def shown_value(name: str, value: object) -> str:
    """A field of a citizen as people read it; "–" for nothing."""
    if name == "birth_date":
        return show_birth(str(value or "")) or "–"
    if isinstance(value, date):
        return show_date(value)
    return words.show(value) if value not in (None, "") else "–"


def one_line(citizen: Citizen) -> str:
    """A citizen in one line, for choosing: name, birth, number, address."""
    parts = (citizen.name, show_birth(citizen.birth_date), citizen.id_number, citizen.address)
    return " · ".join(filter(None, parts))


def visits_words(count: int, *, capped: bool = False) -> str:
    """ "3 visits"."""
    told = ngettext("{n} visit", "{n} visits", count).format(n=count)
    return _("more than {count}").format(count=told) if capped else told
