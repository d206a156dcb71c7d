"""What stands behind a figure, a broken rule or a reason, as lists of records that a page can show."""

from __future__ import annotations

from collections.abc import Sequence

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.figures import BrokenRule, left_out, members, suspects
from tcd_desktop.reports.circular.tables import table
from tcd_desktop.reports.circular_sheets.sheet_facts import printed, unit_name
from tcd_desktop.services.reports.report_figures import Place
from tcd_desktop.store.figures.circular.sources import Member
from tcd_desktop.store.figures.circular_figures import described
from tcd_desktop.ui.reports.records_page import MOST, RecordList
from tcd_desktop.ui.reports.report_reading import ShownReport
from tcd_desktop.words.report_words import omitted_words, period_name

Found = tuple[Sequence[tuple[Member, str]], bool]


def behind_figure(office: OpenOffice, shown: ShownReport, place: Place, value: int) -> RecordList:
    """The records that a figure counts."""
    form, column = table(place[0]), table(place[0]).column(place[2])
    units = _units(shown, place[1])

    def read(_progress: Progress) -> Found:
        with office.store.reading() as connection:
            page = members(connection, form, column.number, units, shown.period, shown.counting, limit=MOST)
            rows = described(connection, page.rows)
        return [(member, "") for member in rows], page.next is not None

    title = _("{form}, column {number}: {figure} {unit}").format(
        form=form.code, number=column.number, figure=printed(column, value), unit=column.unit_word
    )
    told = (_named(shown, place[1]), " › ".join(column.path), period_name(shown.period))
    return RecordList(title, "  ·  ".join(filter(None, told)), read, column, _several(shown, place[1]))


def behind_rule(office: OpenOffice, shown: ShownReport, broken: BrokenRule) -> RecordList:
    """The records on one side of a rule only."""

    def read(_progress: Progress) -> Found:
        with office.store.reading() as connection:
            rows = described(connection, suspects(connection, broken, shown.period, shown.counting))
        return [(member, _("counts on one side only")) for member in rows], False

    title = _("{form}: columns {rule} do not add up").format(form=broken.table, rule=broken.rule.text)
    told = (_named(shown, broken.unit), f"{broken.left} {broken.rule.sign} {broken.right}")
    return RecordList(title, "  ·  ".join(filter(None, told)), read)


def left_out_for(office: OpenOffice, shown: ShownReport, code: str, unit: str, reason: str) -> RecordList:
    """The records that a table leaves out for one reason."""

    def read(_progress: Progress) -> Found:
        with office.store.reading() as connection:
            found = left_out(connection, table(code), _units(shown, unit), shown.period, shown.counting, limit=MOST)
        rows = [(one.member, one.detail or omitted_words(one.reason)) for one in found if one.reason == reason]
        return rows, len(rows) >= MOST

    title = _("{form}: {why}").format(form=code, why=omitted_words(reason))
    return RecordList(
        title,
        "  ·  ".join(filter(None, (_named(shown, unit), period_name(shown.period)))),
        read,
        offices=_several(shown, unit),
    )


def _units(shown: ShownReport, unit: str) -> tuple[str, ...]:
    return (unit,) if unit else tuple(code for code, _name in shown.units)


def _several(shown: ShownReport, unit: str) -> bool:
    return not unit and len(shown.units) > 1


def _named(shown: ShownReport, unit: str) -> str:
    if len(shown.units) == 1:
        return ""
    return unit_name(shown.names.get(unit, unit)) if unit else _("Sum of the offices")
