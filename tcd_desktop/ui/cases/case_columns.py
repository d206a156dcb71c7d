"""The columns of the list of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from tcd_desktop.i18n import lazy
from tcd_desktop.store.lists.pages import CaseRow
from tcd_desktop.ui.cases.case_words import class_chip, due_chip, full_day, short_day, short_office, state_chip
from tcd_desktop.ui.lists.paged_model import Chip, Column


def case_columns(today: Callable[[], date], offices: Mapping[str, str]) -> tuple[Column, ...]:
    """`offices` names the wards by code; when it is empty (a ward's own list) there is no such column."""

    def day(row: CaseRow) -> str:
        return short_day(row.opened_on, today())

    def due(row: CaseRow) -> str:
        return short_day(row.due, today())

    def closed(row: CaseRow) -> str:
        return short_day(row.closed_on, today())

    def ward(row: CaseRow) -> str:
        return short_office(offices.get(row.office, row.office))

    columns = [
        Column("number", lazy("Case"), 122, text=lambda row: row.number, strong=True),
        Column("title", lazy("Matter"), 96 if offices else 122, text=_title, tooltip=_title, stretch=True),
        Column(
            "due",
            lazy("Deadline"),
            168,
            text=due,
            chip=lambda row: due_chip(row.due, today()),
            tooltip=lambda row: full_day(row.due),
        ),
        Column("state", lazy("State"), 168, text=lambda row: "", chip=lambda row: state_chip(row.state)),
        Column("class", lazy("Classification"), 116, text=lambda row: "", chip=_class),
        # at the district the day of opening stands in the pane: a matter in words needs the room
        Column(
            "opened", lazy("Opened"), 98, text=day, align="right", shown=not offices, value=lambda row: row.opened_on
        ),
        Column(
            "closed", lazy("Closed on"), 98, text=closed, align="right", shown=False, value=lambda row: row.closed_on
        ),
        Column("due_day", lazy("Deadline (day)"), 98, text=due, align="right", shown=False, value=lambda row: row.due),
        Column("people", lazy("People"), 78, text=_people, align="right", shown=False, value=lambda row: row.people),
        Column("handler", lazy("Handler"), 150, text=lambda row: row.handler, shown=False),
    ]
    if offices:
        columns.insert(1, Column("ward", lazy("Ward"), 132, text=ward))
    return tuple(columns)


def _people(row: CaseRow) -> str:
    return str(row.people)


def _title(row: CaseRow) -> str:
    return row.title


def _class(row: CaseRow) -> Chip | None:
    return class_chip(row.classification)
