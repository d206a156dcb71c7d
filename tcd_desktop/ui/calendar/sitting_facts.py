"""A sitting in facts, for the inspector and its page."""

from __future__ import annotations

from datetime import date

from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import HostBody, SittingKind, SittingState
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.calendar.sitting_rows import SittingRow, hours, kind_words, moved_words
from tcd_desktop.ui.cases.case_words import full_day, short_day
from tcd_desktop.ui.lists.inspector import Facts
from tcd_desktop.words import word


def groups_of(
    row: SittingRow, today: date, *, came_from: Sitting | None = None, moved_to: Sitting | None = None
) -> list[tuple[Text, Facts]]:
    """The groups of facts; `came_from` and `moved_to` are the other ends of postponements."""
    one = row.sitting
    dialogue = one.kind is SittingKind.DIALOGUE
    when: Facts = [
        (_("Kind"), kind_words(one)),
        (_("Hours"), hours(one.start, one.end)),
        (_("Place"), one.place),
        (_("Host"), "" if one.host is HostBody.COMMITTEE else word(one.host)),
        (_("Why this day"), "" if one.state is SittingState.POSTPONED else moved_words(one)),
    ]
    who: Facts = [
        (_("Head"), ", ".join(filter(None, (one.leader, one.leader_title)))),
        (_("Delegated to"), one.delegate),
        (_("Participants"), one.attendees),
        (_("Content of the dialogue") if dialogue else _("Expected content"), one.expected),
    ]
    notice: Facts = [
        (_("Post by"), full_day(row.post_by) if one.posted_on is None else ""),
        (_("Posted on"), _posted(one)),
        (_("Postponed because"), one.reason if one.state is SittingState.POSTPONED else ""),
        (_("New day"), full_day(moved_to.day) if moved_to else ""),
        (_("In place of"), f"{full_day(came_from.day)}: {came_from.reason}" if came_from else ""),
    ]
    written: Facts = [
        (_("Visits"), str(row.visits or "")),
        (_("Minutes"), one.minutes),
        (_("Result"), one.result),
    ]
    return [(_("Sitting"), when), (_("People and content"), who), (_("Notice"), notice), (_("What happened"), written)]


def _posted(one: Sitting) -> str:
    if one.posted_on is None:
        return ""
    where = _("reception place and portal") if one.posted_online else _("reception place")
    return f"{short_day(one.posted_on, one.day)}, {where}"
