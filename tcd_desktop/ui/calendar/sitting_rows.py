"""How a sitting is shown in a line: its day and hours, who receives, its state and its notice as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.sittings.sitting_duty import DutyMonth
from tcd_desktop.domain.sittings.sitting_rules import OPEN_STATES, needs_outcome
from tcd_desktop.domain.terms import ReceptionForm, SittingKind, SittingState
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.calendar.calendar_rows import CalendarYear, calendar_year
from tcd_desktop.ui.calendar.year_picture import Mark, MonthNote
from tcd_desktop.ui.cases.case_words import full_day, short_day
from tcd_desktop.ui.lists.paged_model import Chip, Column, Tone
from tcd_desktop.words import show, word

_STATES: dict[SittingState, tuple[Tone, str]] = {
    SittingState.PLANNED: ("neutral", "pencil"),
    SittingState.POSTED: ("accent", "megaphone"),
    SittingState.HELD: ("success", "circle-check"),
    SittingState.POSTPONED: ("closed", "calendar-off"),
    SittingState.NOBODY_CAME: ("closed", "circle"),
}
_SHAPES = {
    SittingState.PLANNED: "ring",
    SittingState.POSTED: "solid",
    SittingState.HELD: "done",
    SittingState.POSTPONED: "struck",
    SittingState.NOBODY_CAME: "quiet",
}


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A sitting with what the list says beside it: by when its notice must be up, and how many visits it had."""

    sitting: Sitting
    post_by: date | None
    visits: int

    @property
    def id(self) -> str:
        """The sitting's id."""
        return self.sitting.id


@dataclass(frozen=True, slots=True)
class SittingYear:
    """A year of sittings with its calendar and the head's duty."""

    year: CalendarYear
    rows: tuple[SittingRow, ...]
    duty: tuple[DutyMonth, ...]


def read_year(office: OpenOffice, year: int) -> SittingYear:
    """Reads a year, in a reader thread."""
    desk = office.sittings
    since, until = date(year, 1, 1), date(year, 12, 31)
    visits = desk.visit_counts(since, until)
    rows = tuple(read_row(office, one, visits.get(one.id, 0)) for one in desk.between(since, until))
    return SittingYear(calendar_year(year, office.calendar.in_force(), office.office.id), rows, desk.duty(year))


def read_row(office: OpenOffice, sitting: Sitting, visits: int) -> SittingRow:
    """A sitting with its posting day."""
    return SittingRow(sitting, office.sittings.post_by(sitting.kind, sitting.day), visits)


def hours(start: time | None, end: time | None) -> str:
    """ "8:00–11:30"; "" when none are given."""
    return "–".join(f"{at.hour}:{at.minute:02d}" for at in (start, end) if at)


def short_weekday(day: date) -> str:
    """ "T5" for Thursday, as calendars print it."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def receiver(sitting: Sitting) -> str:
    """Who receives; of a dialogue, who leads it."""
    if sitting.delegate:
        return _("{name} (delegated)").format(name=sitting.delegate)
    return sitting.leader


def kind_words(sitting: Sitting) -> str:
    """The kind, and that it is online."""
    kind = word(sitting.kind)
    return f"{kind}, {word(sitting.form).lower()}" if sitting.form is ReceptionForm.ONLINE else kind


def state_chip(sitting: Sitting, today: date) -> Chip:
    """The state; one whose day went by without a word asks what happened."""
    if needs_outcome(sitting, today):
        return Chip(_("What happened?"), "warning", "circle-help")
    tone, icon = _STATES[sitting.state]
    return Chip(word(sitting.state), tone, icon)


def notice_chip(row: SittingRow, today: date, *, alone: bool = False) -> Chip | None:
    """By when the notice must be up, or when it went up; red only when it is late. `alone`: not in its column."""
    sitting, due = row.sitting, row.post_by
    if sitting.posted_on is not None:
        day = short_day(sitting.posted_on, today)
        words = _("Posted {day}").format(day=day) if alone else day
        late = due is not None and sitting.posted_on > due
        return Chip(words, "warning" if late else "success", "triangle-alert" if late else "check")
    if due is None or sitting.state not in OPEN_STATES or sitting.day < today:
        return None
    if due < today:
        return Chip(_("Posting late"), "danger", "triangle-alert")
    day = short_day(due, today)
    words = _("To be posted by {day}").format(day=day) if alone else _("Post by {day}").format(day=day)
    return Chip(words, "warning" if (due - today).days <= 7 else "neutral", "clock")


def sitting_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """The list of a year."""

    def day(row: SittingRow) -> str:
        return f"{short_weekday(row.sitting.day)} {row.sitting.day:%d/%m}"

    def state(row: SittingRow) -> Chip:
        chip = state_chip(row.sitting, today())
        if not row.visits:
            return chip
        words = ngettext("{state}, {n} visit", "{state}, {n} visits", row.visits)
        return replace(chip, text=words.format(state=chip.text, n=row.visits))

    def notice(row: SittingRow) -> Chip | None:
        return notice_chip(row, today())

    return (
        Column("day", lazy("Day"), 88, text=day, strong=True, tooltip=tooltip),
        Column("hours", lazy("Hours"), 106, text=lambda row: hours(row.sitting.start, row.sitting.end)),
        Column("kind", lazy("Kind"), 100, text=short_kind, tooltip=lambda row: receiver(row.sitting), stretch=True),
        Column("state", lazy("State"), 192, text=lambda row: "", chip=state),
        Column("notice", lazy("Notice"), 130, text=lambda row: "", chip=notice),
    )


def short_kind(row: SittingRow) -> str:
    """The kind in a narrow column."""
    return short_kind_of(row.sitting)


def short_kind_of(sitting: Sitting) -> str:
    """That a delegate receives says more than that it is periodic."""
    if sitting.delegate and sitting.kind is not SittingKind.DIALOGUE:
        return _("Delegated")
    return kind_words(sitting)


def tooltip(row: SittingRow) -> str:
    """The whole day, and why it is not the day of the rule."""
    return "\n".join(filter(None, (full_day(row.sitting.day), moved_words(row.sitting))))


def moved_words(sitting: Sitting) -> str:
    """ "Moved from 20/02/2026: Mùng bốn Tết"; of a postponed one, its reason."""
    if sitting.state is SittingState.POSTPONED:
        return _("Postponed: {reason}").format(reason=sitting.reason)
    if sitting.moved_from is None:
        return ""
    if sitting.reason:
        return _("Moved from {day}: {reason}").format(day=show(sitting.moved_from), reason=off_words(sitting.reason))
    return _("In place of {day}").format(day=show(sitting.moved_from))


def off_words(reason: str) -> str:
    """A reason of the calendar in words."""
    return {"weekend": _("weekend"), "taken": _("another sitting stands there")}.get(reason, reason)


def marks(rows: Sequence[SittingRow], today: date) -> dict[date, Mark]:
    """Day -> its mark in the picture of the year."""
    found: dict[date, Mark] = {}
    for row in rows:
        sitting = row.sitting
        if sitting.state is SittingState.POSTPONED and sitting.day in found:
            continue
        words = " · ".join(filter(None, (state_chip(sitting, today).text, hours(sitting.start, sitting.end))))
        found[sitting.day] = Mark(_SHAPES[sitting.state], f"{full_day(sitting.day)}: {words}")  # type: ignore[arg-type]
    return found


def notes(duty: Sequence[DutyMonth]) -> dict[int, MonthNote]:
    """Month -> "1/2" beside its name."""
    return {
        one.month.month: MonthNote(f"{one.done + one.coming}/{one.wanted}", duty_words(one), one.short > 0)
        for one in duty
        if one.duty is not None
    }


def duty_words(one: DutyMonth) -> str:
    """What the law wants of the month and what there is."""
    if one.duty is None:
        return ""
    if one.duty.per == "week":
        law = _("At least 1 day a week ({article})").format(article=one.duty.article)
    else:
        law = ngettext("At least {n} day a month ({article})", "At least {n} days a month ({article})", one.wanted)
        law = law.format(n=one.wanted, article=one.duty.article)
    done = _("received {done}, planned {coming}").format(done=one.done, coming=one.coming)
    return f"{law}: {done}"


def short_months(duty: Sequence[DutyMonth], today: date) -> tuple[list[int], list[int]]:
    """(months gone by in which too little was received, months to come in which too little is planned)."""
    this = today.replace(day=1)
    past = [one.month.month for one in duty if one.short and one.month < this]
    coming = [one.month.month for one in duty if one.short and one.month >= this]
    return past, coming


def duty_sentence(duty: Sequence[DutyMonth], today: date) -> tuple[str, str]:
    """(sentence, ink) above the list: which months fall short."""
    past, coming = short_months(duty, today)
    if coming:
        months = ", ".join(map(str, coming))
        return _("Too few days planned for the head in person, months: {months}.").format(months=months), "warning"
    if past:
        months = ", ".join(map(str, past))
        return _("Planned from now on as the law asks; too few days were held in months: {months}.").format(
            months=months
        ), "muted"
    return _("In every month the head receives as often as the law asks."), "success"
