"""The board as it is shown, as data for the printed sheet: the same figures in the same order."""

from __future__ import annotations

from collections.abc import Sequence

from tcd_desktop.documents.board_sheet import BoardLine, BoardSheet
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard, Comparison
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.wards.board_columns import COLUMNS, is_bad


def sheet_of(office: OpenOffice, shown: Comparison, wards: Sequence[ComparedWard], total: ComparedWard) -> BoardSheet:
    """The sheet of some wards and their sum, as of today."""
    today = office.today()

    def line(ward: ComparedWard) -> BoardLine:
        figures = {column.key: column.figure(ward, today) for column in COLUMNS}
        return BoardLine(
            name=short_office(ward.name).removeprefix("Phường "),
            figures={
                key: ("-" if ward.office else "") if value is None else grouped(value) for key, value in figures.items()
            },
            bad=frozenset(column.key for column in COLUMNS if is_bad(column, ward, today)),
            visits=ward.figures.visits,
            late=ward.figures.answers_overdue + ward.figures.cases_overdue,
        )

    return BoardSheet(
        office=office.office.name,
        superior=office.office.superior_name,
        officer=office.officer.name,
        since=shown.since,
        until=shown.until,
        today=today,
        lines=tuple(line(ward) for ward in wards),
        total=line(total),
        months=tuple(zip(shown.months, total.months, strict=True)),
        running=shown.running,
    )
