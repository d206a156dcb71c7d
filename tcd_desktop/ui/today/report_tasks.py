"""Reports of the morning: the lawful ones that are due within days, or late; each opens the desk at its period."""

from __future__ import annotations

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.cases.case_words import due_chip
from tcd_desktop.ui.today.follow_tasks import FollowLine
from tcd_desktop.words.report_words import days_words, report_name


def report_lines(office: OpenOffice) -> list[FollowLine]:
    """What this office has to report; nothing for who may not make a report."""
    if not office.may("report.make"):
        return []
    today = office.today()
    return [
        FollowLine(
            f"report:{one.period.code}",
            due_chip(one.due, today),
            report_name(one.period),
            days_words(one.period),
            _("Record the sending") if one.made else _("Make the report"),
            ("reports", one.period.code),
        )
        for one in office.reports.due()
    ]
