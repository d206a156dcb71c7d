"""export-national: the data for the national database of a period, as JSON or as a workbook to look at."""

from __future__ import annotations

import argparse
import tomllib
from datetime import date
from pathlib import Path

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.law import national_mapping
from tcd_desktop.reports.national import FIELDS, Codes, payload, write_json
from tcd_desktop.reports.national_tables import write_workbook

OWN_MAPPING = "national-mapping.toml"
"""The office's own mapping, in its folder."""


def export_national(options: argparse.Namespace, output: Output) -> Exit:
    """export-national FILE --since DATE --until DATE [--mapping TOML]: counts of what was written."""
    since, until = _day(options.since), _day(options.until)
    if until < since:
        raise Refused("period_turned")
    target = Path(options.file)
    office = opened(options)
    try:
        own = Path(options.mapping) if options.mapping else office.home / OWN_MAPPING
        if options.mapping and not own.is_file():
            raise Refused("mapping_not_read", file=own.name)
        codes = _codes(own)
        value = payload(office.store, codes, since=since, until=until, made_on=office.today())
    finally:
        office.close()
    try:
        (write_workbook if target.suffix.lower() == ".xlsx" else write_json)(target, value)
    except OSError as error:
        raise Refused("file_unwritable", file=target.name) from error
    counts = {table: len(value[table]) for table in FIELDS}
    lines = [f"{table}\t{count}" for table, count in counts.items()]
    if codes.unconfirmed():
        lines.append(_("Codes nobody has confirmed yet: {tables}").format(tables=", ".join(codes.unconfirmed())))
    output.answer({"file": str(target), "unconfirmed": codes.unconfirmed(), **counts}, lines)
    return Exit.DONE


def _codes(own: Path) -> Codes:
    try:
        return Codes(national_mapping(own))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused("mapping_not_read", file=own.name) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("not_a_date") from error
