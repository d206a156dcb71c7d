"""Records behind a figure as rows of a list, and the page on which each of them opens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.tables import Column as Figure
from tcd_desktop.reports.circular_sheets.sheet_facts import printed, unit_name
from tcd_desktop.settings import Keeper
from tcd_desktop.store.figures.circular.sources import Member
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.lists.paged_model import Chip, Column
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.report_words import record_name


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record of a list; `why` says what it has to do with the figure ("" = it is counted)."""

    number: int
    member: Member
    office: str
    why: str = ""

    @property
    def id(self) -> str:
        """Unique in its list."""
        return f"{self.number}"


def title_of(row: RecordRow) -> str:
    """What it is about; of a denunciation only that it is one."""
    if row.member.secret:
        return _("Denunciation, not shown here")
    return row.member.title


def record_columns(figure: Figure | None, *, offices: bool) -> tuple[Column, ...]:
    """The columns of a list of records; `figure` shows what each one adds to it."""
    columns = [
        Column("kind", lazy("Kind"), 122, text=lambda row: record_name(row.member.table)),
        Column("number", lazy("Number"), 116, text=lambda row: row.member.number, strong=True),
        Column(
            "day", lazy("Day"), 104, text=lambda row: f"{row.member.day:%d/%m/%Y}", value=lambda row: row.member.day
        ),
        Column(
            "title",
            lazy("Content"),
            300,
            text=lambda row: "" if row.member.secret else " ".join(title_of(row).split()),
            chip=lambda row: Chip(_("Denunciation"), "secret", "lock") if row.member.secret else None,
            tooltip=title_of,
            stretch=True,
        ),
    ]
    if offices:
        columns.insert(0, Column("office", lazy("Office"), 156, text=lambda row: unit_name(row.office)))
    if figure is None:
        columns.append(Column("why", lazy("Why"), 320, text=lambda row: row.why, tooltip=lambda row: row.why))
    else:
        columns.append(
            Column(
                "amount",
                lazy("Adds"),
                84,
                text=lambda row, figure=figure: printed(figure, row.member.amount),  # type: ignore[misc]
                align="right",
                value=lambda row: row.member.amount,
            )
        )
    return tuple(columns)


def page_of(
    member: Member, office: OpenOffice, runner: RunnerLike, keeper: Keeper, files: OpenedFiles
) -> QWidget | tuple[str, object]:
    """The page that shows a record above the list, or the desk and what it is to show."""
    if member.table == "reception":
        from tcd_desktop.ui.receptions.visit_page import VisitPage

        return VisitPage(office, runner, keeper, member.id)
    if member.table == "petition":
        from tcd_desktop.ui.petitions.petition_page import PetitionPage

        return PetitionPage(office, runner, keeper, member.id)
    if member.table == "case_file":
        from tcd_desktop.ui.cases.case_page import CasePage

        return CasePage(office, runner, keeper, files, member.id)
    if member.table == "opening_balance":
        from tcd_desktop.ui.old_book.balances_page import BalancesPage

        return BalancesPage(office, runner)
    if member.table == "obligation":
        from tcd_desktop.ui.directives.directive_task import FollowTask

        return "directives", FollowTask("obligations", member.id)
    return {"sitting": "calendar", "inspection_round": "inspections"}[member.table], member.id
