"""report circular, report monthly: the files of a report of a period, and what does not add up in it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reports.report_entry import NOTES
from tcd_desktop.domain.reports.report_period import PeriodKind, ReportPeriod, period_from_code, period_of
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import file_name, sheet_facts
from tcd_desktop.reports.circular.figures import BrokenRule, TableFigures, broken_rules
from tcd_desktop.words.report_words import period_name

SETTLING: Final = timedelta(days=10)
"""So long into a period the one before is still the one that is reported."""


def report(options: argparse.Namespace, output: Output) -> Exit:
    """report circular|monthly FOLDER [--period CODE]"""
    folder = Path(options.folder)
    office = opened(options)
    try:
        kind = PeriodKind.MONTH if options.step == "monthly" else PeriodKind.QUARTER
        period = period_from_code(options.period) if options.period else period_of(kind, office.today() - SETTLING)
        _COMMANDS[options.step](office, period, folder, output)
    finally:
        office.close()
    return Exit.DONE


def _circular(office: OpenOffice, period: ReportPeriod, folder: Path, output: Output) -> None:
    from tcd_desktop.documents.report_paper import render_report
    from tcd_desktop.reports.circular_sheets.narrative_paper import narrative_paper
    from tcd_desktop.reports.circular_sheets.pdf import circular_pdf
    from tcd_desktop.reports.circular_sheets.xlsx import write_circular

    desk, units = office.reports, office.report_units()
    counting = desk.counting(period.code)
    tables = office.report_tables(period, counting, SilentProgress())
    notes = {one.form: one.text for one in desk.entries(period.code) if one.column == NOTES}
    facts = sheet_facts(office, period, units, None, notes)
    earlier = desk.compare(period, _rows(tables), counting).year_before
    paper = narrative_paper(period, office.narrative(period, tables, earlier.values), facts)
    files = [
        _written(folder, period, "bieu", ".pdf", lambda target: target.write_bytes(circular_pdf(tables, facts))),
        _written(folder, period, "bieu", ".xlsx", lambda target: write_circular(target, tables, facts)),
    ]
    if desk.rules.has_narrative(period):
        made = render_report(paper)
        files.append(_written(folder, period, "thuyet-minh", ".pdf", lambda target: target.write_bytes(made)))
    _answer(period, files, tables, broken_rules(tables), output)


def _monthly(office: OpenOffice, period: ReportPeriod, folder: Path, output: Output) -> None:
    from tcd_desktop.open_office.monthly_facts import monthly_facts
    from tcd_desktop.reports.monthly.paper import monthly_pdf
    from tcd_desktop.reports.monthly.report import report_of
    from tcd_desktop.reports.monthly.xlsx import write_monthly

    facts = monthly_facts(office, period, SilentProgress())
    made = report_of(facts)
    files = [
        _written(folder, period, "thang", ".pdf", lambda target: target.write_bytes(monthly_pdf(made))),
        _written(folder, period, "thang", ".xlsx", lambda target: write_monthly(target, made)),
    ]
    tables = tuple(facts.tables.values())
    _answer(period, files, tables, broken_rules(tables), output)


_COMMANDS: Final[dict[str, Callable[[OpenOffice, ReportPeriod, Path, Output], None]]] = {
    "circular": _circular,
    "monthly": _monthly,
}


def _rows(tables: tuple[TableFigures, ...]) -> tuple[Any, ...]:
    return tuple(row for one in tables for row in one.kept())


def _written(folder: Path, period: ReportPeriod, what: str, ending: str, write: Callable[[Path], object]) -> Path:
    """A file of the folder, which is made when it is not there. Raises Refused("file_unwritable")."""
    target = folder / file_name(period, what, ending)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write(target)
    except OSError as error:
        raise Refused("file_unwritable", file=target.name) from error
    return target


def _answer(
    period: ReportPeriod,
    files: list[Path],
    tables: tuple[TableFigures, ...],
    broken: list[BrokenRule],
    output: Output,
) -> None:
    lines = [period_name(period), *(str(file) for file in files)]
    if broken:
        words = ngettext(
            "{n} rule of the circular is not kept:", "{n} rules of the circular are not kept:", len(broken)
        )
        lines.append(words.format(n=len(broken)))
        lines += [f"{one.table}\t{one.unit}\t{one.rule.text}\t{one.left}\t{one.right}" for one in broken]
    else:
        lines.append(_("All figures add up."))
    value = {
        "period": period.code,
        "first": period.first,
        "last": period.last,
        "files": [str(file) for file in files],
        "tables": {one.table: {"offices": dict(one.rows), "total": one.total} for one in tables},
        "broken": [
            {"table": one.table, "office": one.unit, "rule": one.rule.text, "left": one.left, "right": one.right}
            for one in broken
        ],
    }
    output.answer(value, lines)
