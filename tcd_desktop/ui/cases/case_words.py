"""How a case is shown in a line: its state and its deadline as chips, its dates as people say them."""

from __future__ import annotations

from datetime import date, datetime

from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.lists.paged_model import Chip, Tone
from tcd_desktop.words import word

SOON = 7
"""Days before a deadline from which it is shown in amber."""

_STATES: dict[CaseState, tuple[Tone, str]] = {
    CaseState.RECEIVED: ("accent", "inbox"),
    CaseState.UNDER_REVIEW: ("warning", "search"),
    CaseState.AWAITING_PAPERS: ("warning", "files"),
    CaseState.ACCEPTED: ("accent", "clipboard-check"),
    CaseState.VERIFYING: ("accent", "search"),
    CaseState.DIALOGUE: ("accent", "handshake"),
    CaseState.SUSPENDED: ("closed", "hourglass"),
    CaseState.ENDED: ("closed", "circle-x"),
    CaseState.RETURNED: ("closed", "rotate-ccw"),
    CaseState.FILED: ("closed", "archive"),
    CaseState.DECIDED: ("success", "stamp"),
    CaseState.ESCALATED: ("warning", "arrow-right"),
    CaseState.IN_EFFECT: ("warning", "badge-check"),
    CaseState.CONCLUDED: ("success", "stamp"),
    CaseState.HANDLED: ("success", "clipboard-pen"),
    CaseState.PUBLISHED: ("success", "megaphone"),
    CaseState.INSPECTED: ("closed", "search"),
    CaseState.INVESTIGATION: ("warning", "shield-alert"),
    CaseState.EXECUTING: ("warning", "user-check"),
    CaseState.EXECUTED: ("success", "check-check"),
    CaseState.NOT_ACCEPTED: ("closed", "ban"),
    CaseState.GUIDED: ("success", "message-square-text"),
    CaseState.FORWARDED: ("success", "send"),
    CaseState.ANSWERED: ("success", "circle-check"),
    CaseState.CLOSED: ("closed", "archive"),
}
_CLASSES: dict[Classification, tuple[Tone, str]] = {
    Classification.COMPLAINT: ("neutral", "scale"),
    Classification.DENUNCIATION: ("secret", "lock"),
    Classification.PETITION: ("neutral", "message-square"),
    Classification.FEEDBACK: ("neutral", "megaphone"),
}


def state_chip(state: CaseState) -> Chip:
    """The state of a case."""
    tone, icon = _STATES[state]
    return Chip(word(state), tone, icon)


def class_chip(classification: Classification) -> Chip:
    """The class of a matter; violet for a denunciation."""
    tone, icon = _CLASSES[classification]
    return Chip(word(classification), tone, icon)


def due_chip(due: date | None, today: date) -> Chip | None:
    """How near a deadline is; None when no clock runs."""
    if due is None:
        return None
    days = (due - today).days
    if days < 0:
        late = ngettext("{n} day overdue", "{n} days overdue", -days).format(n=-days)
        return Chip(late, "danger", "triangle-alert")
    if days == 0:
        return Chip(_("Due today"), "warning", "alarm-clock")
    left = ngettext("{n} day left", "{n} days left", days).format(n=days)
    return Chip(left, "warning", "clock") if days <= SOON else Chip(left, "neutral", "clock")


def short_day(day: date | None, today: date) -> str:
    """ "23/11", with the year when it is not this one; "" for none."""
    if day is None:
        return ""
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m}/{day.year}"


def full_day(day: date | None) -> str:
    """ "thứ Hai, 23/11/2026"; "" for none."""
    return f"{weekday(day)}, {day:%d/%m}/{day.year}" if day else ""


def weekday(day: date) -> str:
    """The name of the day of the week."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def moment(at: datetime, today: date) -> str:
    """ "10:20 23/11", in the PC's own time when the moment knows its zone."""
    local = at.astimezone() if at.tzinfo else at
    return f"{local:%H:%M} {short_day(local.date(), today)}"


def short_office(name: str) -> str:
    """An office in a narrow column: "UBND phường Nguyễn Du" as "Phường Nguyễn Du"."""
    rest = name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    return rest[:1].upper() + rest[1:]
