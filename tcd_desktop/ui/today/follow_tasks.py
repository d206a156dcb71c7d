"""Directives, executions and reminders of the morning: what is late or due within a week, and who chases it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.directive import Directive, Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.cases.case_words import due_chip
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.words import label


@dataclass(frozen=True, slots=True)
class FollowLine:
    """A line of the morning, before it stands in its section; `target` is a desk with its argument."""

    id: str
    chip: Chip | None
    title: str
    detail: str
    act: str
    target: tuple[str, Any]


def follow_lines(office: OpenOffice, until: date) -> list[FollowLine]:
    """What this office has to report on or carry out by a day; a reminder stands in the place of what it is about."""
    today = office.today()
    reminders = office.reminders.unanswered()
    reminded = {(one.about, one.target) for one in reminders}
    found = [*_reminders(office, reminders, today)]
    for line in office.directives.waiting_here(until):
        if (ReminderAbout.DIRECTIVE, line.id) not in reminded:
            found.append(_directive(line, today))
    for one in office.obligations.waiting_here(until):
        if (ReminderAbout.OBLIGATION, one.id) not in reminded:
            found.append(_obligation(one, due_chip(one.due, today)))
    return found


def _directive(line: DirectiveLine, today: date) -> FollowLine:
    return _about_directive(line.directive, due_chip(line.directive.due, today))


def _about_directive(directive: Directive, chip: Chip | None) -> FollowLine:
    task = FollowTask("directives", directive.id, "report")
    return FollowLine(
        f"directive:{directive.id}",
        chip,
        directive.number or directive.issuer,
        directive.content.split("\n", 1)[0],
        _("Report the execution"),
        ("directives", task),
    )


def _obligation(one: Obligation, chip: Chip | None) -> FollowLine:
    act = "tell" if one.assigned_on else "assign"
    words = _("Write the progress") if one.assigned_on else _("Assign the execution")
    target = ("directives", FollowTask("obligations", one.id, act))
    return FollowLine(f"obligation:{one.id}", chip, one.number or one.issuer, one.summary, words, target)


def _reminders(office: OpenOffice, reminders: list[Reminder], today: date) -> Iterator[FollowLine]:
    for one in reminders:
        late = one.due is not None and one.due < today
        words = _("Reminder no. {n}").format(n=one.nth)
        chip = Chip(words, "danger" if late or one.nth > 1 else "warning", "alarm-clock")
        directive = office.store.find(Directive, one.target) if one.about is ReminderAbout.DIRECTIVE else None
        duty = office.store.find_own(Obligation, one.target) if one.about is ReminderAbout.OBLIGATION else None
        if directive is not None:
            yield _about_directive(directive, chip)
        elif duty is not None:
            yield _obligation(duty, chip)
        else:
            yield _other(one, chip)


def _other(one: Reminder, chip: Chip) -> FollowLine:
    """A reminder of a bundle, a case or a review."""
    target: tuple[str, Any] = ("cases", one.target) if one.about is ReminderAbout.CASE else ("exchange", None)
    detail = " · ".join(filter(None, (label(one.about), one.content.split("\n", 1)[0])))
    return FollowLine(f"reminder:{one.id}", chip, one.number or label(one.about), detail, _("Look at it"), target)
