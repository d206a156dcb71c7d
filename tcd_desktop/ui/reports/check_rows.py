"""What to look at before a report is sent: what does not add up, odd jumps, what is left out, what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.reports.circular.figures import BrokenRule
from tcd_desktop.reports.circular.tables import table
from tcd_desktop.reports.circular_sheets.sheet_facts import printed, unit_name
from tcd_desktop.services.reports.report_figures import TOTAL, Place
from tcd_desktop.ui.lists.paged_model import Chip, Column
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.reports.report_reading import MOST_LEFT_OUT, ShownReport
from tcd_desktop.words.report_words import SERIOUS, change_words, omitted_words


class Check(Enum):
    """In the order in which they are looked at."""

    BROKEN = "broken"
    MEND = "mend"
    ODD = "odd"
    CHANGED = "changed"
    COUNTED = "counted"


CHIPS: Final[dict[Check, tuple[LazyText, str, str]]] = {
    Check.BROKEN: (lazy("Does not add up"), "danger", "circle-alert"),
    Check.MEND: (lazy("To be completed"), "warning", "triangle-alert"),
    Check.ODD: (lazy("Odd change"), "warning", "history"),
    Check.CHANGED: (lazy("Changed since"), "accent", "pencil"),
    Check.COUNTED: (lazy("How it counts"), "neutral", "info"),
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing to look at. `place` is the figure it is about, `reason` of records that are left out."""

    number: int
    check: Check
    form: str
    unit: str
    office: str
    words: str
    place: Place | None = None
    broken: BrokenRule | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        """Unique in the list."""
        return str(self.number)


def check_rows(shown: ShownReport) -> tuple[CheckRow, ...]:
    """Everything there is to look at, the most urgent first."""
    found = [*_broken(shown), *_left_out(shown, serious=True), *_odd(shown), *_changed(shown)]
    found += _left_out(shown, serious=False)
    return tuple(replace(one, number=number) for number, one in enumerate(found))


def urgent(rows: tuple[CheckRow, ...]) -> int:
    """How many should be mended before sending."""
    return sum(one.check in (Check.BROKEN, Check.MEND) for one in rows)


def _office(shown: ShownReport, unit: str) -> str:
    return unit_name(shown.names.get(unit, unit)) if unit else ""


def _broken(shown: ShownReport) -> list[CheckRow]:
    """ "3=4+23: 12 and 10"."""
    signs = {"=": "≠", "<=": ">", ">=": "<"}
    return [
        CheckRow(
            0,
            Check.BROKEN,
            one.table,
            one.unit,
            _office(shown, one.unit),
            _("Columns {rule}: {left} {sign} {right}").format(
                rule=one.rule.text,
                left=printed(table(one.table).column(one.rule.left.column), one.left),
                sign=signs[one.rule.sign],
                right=printed(table(one.table).column(one.rule.left.column), one.right),
            ),
            broken=one,
        )
        for one in shown.broken
    ]


def _odd(shown: ShownReport) -> list[CheckRow]:
    if shown.compared is None:
        return []
    compared, found = shown.compared, []
    for place in sorted(compared.odd, key=lambda one: (one[0], one[1], one[2])):
        form, unit, number = place
        column = table(form).column(number)
        if unit == TOTAL or column.sum:
            continue  # its parts are told
        now = shown.figures(form).value(unit, number)
        words = [
            pattern.format(figure=printed(column, then), change=change_words(now, then))
            for earlier, pattern in (
                (compared.before, _("period before {figure}, {change}")),
                (compared.year_before, _("a year ago {figure}, {change}")),
            )
            if earlier.known
            for then in (earlier.values.get(place, 0),)
        ]
        told = _("Column {number}, {heading}: {figure}").format(
            number=number, heading=" › ".join(column.path), figure=printed(column, now)
        )
        found.append(
            CheckRow(0, Check.ODD, form, unit, _office(shown, unit), "; ".join((told, *dict.fromkeys(words))), place)
        )
    return found


def changed_rows(shown: ShownReport) -> list[CheckRow]:
    """What the books tell otherwise than it was sent."""
    return [replace(one, number=number) for number, one in enumerate(_changed(shown))]


def _changed(shown: ShownReport) -> list[CheckRow]:
    found = []
    for one in shown.changed:
        column = table(one.form).column(one.column)
        words = _("Column {number}, {heading}: sent as {sent}, now {now}").format(
            number=one.column,
            heading=" › ".join(column.path),
            sent=printed(column, one.sent),
            now=printed(column, one.now),
        )
        place = (one.form, one.unit, one.column)
        found.append(CheckRow(0, Check.CHANGED, one.form, one.unit, _office(shown, one.unit), words, place))
    return found


def _left_out(shown: ShownReport, *, serious: bool) -> list[CheckRow]:
    """One line for each table and reason, with how many records; the list behind it names the offices."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for form, one in shown.omitted:
        counted.setdefault((form, one.reason), Counter())[one.member.office] += 1
    found = []
    for (form, reason), offices in counted.items():
        if (reason in SERIOUS) is not serious:
            continue
        number, unit = offices.total(), next(iter(offices)) if len(offices) == 1 else ""
        words = ngettext("{n} record: {why}", "{n} records: {why}", number)
        told = ngettext("{n} office", "{n} offices", len(offices)).format(n=len(offices))
        found.append(
            CheckRow(
                0,
                Check.MEND if serious else Check.COUNTED,
                form,
                unit,
                _office(shown, unit) if unit else told,
                words.format(n=_many(number), why=omitted_words(reason)),
                reason=reason,
            )
        )
    return found


def _many(number: int) -> str:
    """No more than so many are read of each reason."""
    return f"{grouped(number)}+" if number >= MOST_LEFT_OUT else grouped(number)


def _chip(row: CheckRow) -> Chip:
    words, tone, icon = CHIPS[row.check]
    return Chip(str(words), tone, icon)  # type: ignore[arg-type]


def check_columns(*, offices: bool) -> tuple[Column, ...]:
    """The columns of the list."""
    columns = [
        Column("check", lazy("Look at"), 168, text=lambda row: "", chip=_chip),
        Column("form", lazy("Table"), 108, text=lambda row: row.form, strong=True),
        Column("words", lazy("What"), 420, text=lambda row: row.words, tooltip=lambda row: row.words, stretch=True),
    ]
    if offices:
        columns.insert(2, Column("office", lazy("Office"), 156, text=lambda row: row.office))
    return tuple(columns)
