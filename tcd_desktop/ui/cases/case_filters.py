"""What the list of cases can be narrowed by, and every case of a list for a table file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.i18n import lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CaseQuery, CaseRow
from tcd_desktop.ui.filters.dimensions import Dimension, Values, days_of, from_terms, period
from tcd_desktop.ui.receptions.list_filters import ALWAYS, STRETCHES

SOON = timedelta(days=7)
ALL, OPEN, DUE, OVERDUE = range(4)
"""The buttons above the list."""

WHICH = "which"
"""The key under which a saved filter keeps the button that was down."""


def dimensions() -> tuple[Dimension, ...]:
    """The filters in the order of their menu."""
    return (
        period(lazy("Opened")),
        from_terms("classification", lazy("Classification"), Classification),
        from_terms("state", lazy("State"), CaseState),
    )


def button_of(query: CaseQuery, today: date) -> int:
    """The button that says best what is shown."""
    if query.due_by is not None:
        return OVERDUE if query.due_by < today else DUE
    return OPEN if query.open_only else ALL


def with_button(query: CaseQuery, index: int, today: date) -> CaseQuery:
    """The same question with another button down."""
    until = {DUE: today + SOON, OVERDUE: today - timedelta(days=1)}.get(index)
    return replace(query, open_only=index != ALL, due_by=until)


def with_values(query: CaseQuery, values: Mapping[str, str], today: date) -> CaseQuery:
    """The same question with these filters; what is not understood any more is left out."""
    since, until = days_of(values, today)
    states = {str(member): member for member in CaseState}
    kinds = {str(member): member for member in Classification}
    changed = replace(
        query,
        since=since,
        until=until,
        state=states.get(values.get("state", "")),
        classification=kinds.get(values.get("classification", "")),
    )
    which = values.get(WHICH, "0")
    return with_button(changed, int(which) if which in "0123" else ALL, today)


def values_of(query: CaseQuery, today: date, chosen: Mapping[str, str]) -> Values:
    """The filters of a question as texts; days keep the period they were `chosen` by, when they are still its days."""
    days = {key: chosen[key] for key in ("period", "since", "until") if key in chosen}
    if days_of(days, today) != (query.since, query.until):
        named = (("since", query.since), ("until", query.until))
        days = {key: day.isoformat() for key, day in named if day is not None}
    found: Values = dict(days)
    if query.classification is not None:
        found["classification"] = str(query.classification)
    if query.state is not None:
        found["state"] = str(query.state)
    which = button_of(query, today)
    if which != ALL:
        found[WHICH] = str(which)
    return found


def divider(before: CaseRow | None, row: CaseRow) -> str:
    """The words above a row where another stretch of answers begins."""
    if (before is not None and before.found == row.found) or (before is None and row.found not in ALWAYS):
        return ""
    words = STRETCHES.get(row.found)
    return str(words) if words else ""


def every_case(office: OpenOffice, query: CaseQuery) -> Iterator[CaseRow]:
    """Every case of a list, from one state of the data. For a reader thread."""
    with office.store.reading() as connection:
        cursor = None
        while True:
            page = office.cases.pages.page(connection, query, before=cursor, size=1000)
            yield from page.rows
            cursor = page.next
            if cursor is None:
                return
