"""The columns of the list of visits, and the chips for classification, secrecy and the answer's state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tcd_desktop import words
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.store.lists.pages import ReceptionRow
from tcd_desktop.ui.lists.paged_model import Chip, Column, Tone

SOON = 2
"""Days before the answer is due from which the date is shown in amber."""

CLASS_TONES: dict[Classification, Tone] = {Classification.DENUNCIATION: "secret"}
CLASS_ICONS = {Classification.DENUNCIATION: "lock"}


def short_date(day: date | None, today: date) -> str:
    """ "23/11", with the year when it is not this one."""
    if day is None:
        return ""
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m}/{day.year:04d}"


def class_chip(classification: Classification | None) -> Chip | None:
    """The classification as a chip; violet with a lock for a denunciation."""
    if classification is None:
        return None
    tone = CLASS_TONES.get(classification, "neutral")
    return Chip(words.label(classification), tone, CLASS_ICONS.get(classification, ""))


def secret_chip() -> Chip:
    """What stands for the name of a denouncer."""
    return Chip(_("secret"), "secret", "eye-off")


def due_chip(due: date | None, answered_on: date | None, today: date) -> Chip | None:
    """The answer to the citizen: green answered, red overdue, amber due; None when nothing runs."""
    if answered_on is not None:
        return Chip(_("Answered {day}").format(day=short_date(answered_on, today)), "success", "check")
    if due is None:
        return None
    left = (due - today).days
    if left < 0:
        return Chip(_("Overdue {day}").format(day=short_date(due, today)), "danger", "circle-alert")
    if left == 0:
        return Chip(_("Due today"), "warning", "clock")
    if left <= SOON:
        return Chip(ngettext("{n} day left", "{n} days left", left).format(n=left), "warning", "clock")
    return Chip(_("Due {day}").format(day=short_date(due, today)), "neutral")


def shown_name(name: str, classification: Classification | None) -> str:
    """The name as lists show it: a denouncer's never stands there."""
    return words.masked_name(classification) if classification is Classification.DENUNCIATION or not name else name


def columns(today: Callable[[], date], office_name: Callable[[str], str], *, wards: bool = False) -> tuple[Column, ...]:
    """The columns; `wards` adds the one that says whose visit it is."""
    found = [
        Column("number", lazy("No."), 104, text=_number, align="right", tooltip=_number_told),
        Column("date", lazy("Date"), 108, text=lambda row: _when(row, today()), value=lambda row: row.date),
        Column("time", lazy("Time"), 70, text=lambda row: row.time, shown=False),
        Column("person", lazy("Citizen"), 146, text=_person, chip=_person_chip, strong=True),
        Column(
            "people", lazy("People"), 78, text=lambda row: str(row.people), align="right", shown=False, value=_people
        ),
        Column("represented", lazy("On behalf of"), 150, text=lambda row: row.represented, shown=False),
        Column("address", lazy("Address"), 180, text=lambda row: row.address, tooltip=_address, shown=False),
        Column(
            "content",
            lazy("Content"),
            118,
            text=lambda row: " ".join(row.content.split()),
            tooltip=lambda row: row.content,
            stretch=True,
            value=lambda row: row.content,
        ),
        Column(
            "request",
            lazy("Request"),
            180,
            text=lambda row: " ".join(row.request.split()),
            tooltip=lambda row: row.request,
            shown=False,
            value=lambda row: row.request,
        ),
        Column("kind", lazy("Kind of reception"), 110, text=lambda row: words.label(row.kind), shown=False),
        Column("receiver", lazy("Received by"), 140, text=lambda row: row.receiver, shown=False),
        Column(
            "classification",
            lazy("Classification"),
            98,
            text=lambda row: words.label(row.classification),
            chip=lambda row: class_chip(row.classification),
        ),
        Column("direction", lazy("Handling"), 104, text=lambda row: words.label(row.direction)),
        Column(
            "due",
            lazy("Answer"),
            166,
            text=lambda row: _due_text(row, today()),
            chip=lambda row: due_chip(row.answer_due, row.answered_on, today()),
        ),
        _day_column("answer_due", lazy("Answer due by"), today, lambda row: row.answer_due),
        _day_column("answered_on", lazy("Answered on"), today, lambda row: row.answered_on),
        Column(
            "follow_up",
            lazy("Follow-up of the result"),
            180,
            text=lambda row: " ".join(row.follow_up.split()),
            tooltip=lambda row: row.follow_up,
            shown=False,
            value=lambda row: row.follow_up,
        ),
        Column("slip", lazy("Receipt slip"), 100, text=lambda row: row.slip, shown=False),
    ]
    if wards:
        found.insert(1, Column("office", lazy("Ward"), 150, text=lambda row: office_name(row.office)))
    return tuple(found)


def _day_column(
    key: str, title: LazyText, today: Callable[[], date], day: Callable[[ReceptionRow], date | None]
) -> Column:
    return Column(
        key, title, 110, text=lambda row: short_date(day(row), today()), align="right", shown=False, value=day
    )


def _people(row: ReceptionRow) -> int:
    return row.people


def _address(row: ReceptionRow) -> str:
    return row.address


def _number(row: ReceptionRow) -> str:
    """The number; a star marks a line that was corrected after it was logged."""
    return f"{row.number}*" if row.amended else row.number


def _number_told(row: ReceptionRow) -> str:
    return _("* corrected after it was logged; the first version stands in its history") if row.amended else ""


def _when(row: ReceptionRow, today: date) -> str:
    """The day with its time; of another year the day alone."""
    day = short_date(row.date, today)
    return f"{day}  {row.time}".rstrip() if row.date.year == today.year else day


def _person(row: ReceptionRow) -> str:
    if row.people > 1 and row.classification is not Classification.DENUNCIATION:
        return f"{shown_name(row.name, row.classification)} (+{row.people - 1})"
    return shown_name(row.name, row.classification)


def _person_chip(row: ReceptionRow) -> Chip | None:
    return secret_chip() if row.classification is Classification.DENUNCIATION else None


def _due_text(row: ReceptionRow, today: date) -> str:
    chip = due_chip(row.answer_due, row.answered_on, today)
    return chip.text if chip else ""
