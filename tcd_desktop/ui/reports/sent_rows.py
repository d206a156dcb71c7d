"""The reports that were made, as rows of a list."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.domain.reports.report_period import period_from_code
from tcd_desktop.domain.reports.sent_report import ReportKind, SentReport
from tcd_desktop.i18n import lazy
from tcd_desktop.reports.circular_sheets.sheet_facts import unit_name
from tcd_desktop.ui.lists.paged_model import Chip, Column
from tcd_desktop.words.report_words import period_name, standing_words

ICONS = {"success": "send", "warning": "hourglass", "closed": "archive", "neutral": "circle"}


@dataclass(frozen=True, slots=True)
class SentRow:
    """A report with the name of its office."""

    report: SentReport
    office: str

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id


def standing_chip(report: SentReport | None) -> Chip:
    """What happened to it."""
    words, tone = standing_words(report)
    return Chip(words, tone, ICONS[tone])  # type: ignore[arg-type]


def sent_columns(*, offices: bool) -> tuple[Column, ...]:
    """The columns of the list."""
    columns = [
        Column("period", lazy("Reporting period"), 190, text=lambda row: _period(row.report), strong=True),
        Column("standing", lazy("Standing"), 250, text=lambda row: "", chip=lambda row: standing_chip(row.report)),
        Column("made", lazy("Made on"), 108, text=lambda row: f"{row.report.made_on:%d/%m/%Y}"),
        Column("note", lazy("Note"), 240, text=_note, tooltip=_note, stretch=True),
    ]
    if offices:
        columns.insert(0, Column("office", lazy("Office"), 150, text=lambda row: unit_name(row.office)))
    return tuple(columns)


def _period(report: SentReport) -> str:
    name = period_name(period_from_code(report.period))
    return name if report.kind is ReportKind.CIRCULAR else f"{name} ({_MONTHLY})"


_MONTHLY = lazy("monthly report")


def _note(row: SentRow) -> str:
    """Why it was withdrawn, or what was noted."""
    return row.report.removed or row.report.note
