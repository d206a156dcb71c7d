"""What stands around the figures of a report: the office, the period, the lines of offices, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from tcd_desktop.documents.circular_sheet import CircularPaper, CircularTable, TableLine, circular_words
from tcd_desktop.domain.reports.merged_heads import HeadCell
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import Column, Table, table

PREFIXES: Final = ("UBND ", "Ủy ban nhân dân ")
"""What a line of a table leaves out of an office's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """`units` are (code, name) in the order of the lines; `notes` the line "Ghi chú" by table."""

    superior: str
    office: str
    place: str
    first: date
    last: date
    made_on: date
    units: tuple[tuple[str, str], ...]
    number: str = ""
    sent_on: date | None = None
    maker: str = ""
    signer_title: str = ""
    signer: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


def unit_name(name: str) -> str:
    """ "UBND phường Nguyễn Du" as "Phường Nguyễn Du"."""
    for prefix in PREFIXES:
        name = name.removeprefix(prefix)
    return name[:1].upper() + name[1:]


def printed(column: Column, value: int) -> str:
    """A figure as it stands in a table: "1.234", money in triệu đồng with a comma ("12,5")."""
    if column.scale == 1:
        return f"{value:,}".replace(",", ".")
    exact = f"{Decimal(value) / column.scale:,.6f}".rstrip("0").rstrip(".")
    return exact.replace(",", "\0").replace(".", ",").replace("\0", ".")


def heads_of(form: Table) -> tuple[HeadCell, ...]:
    """The headings over the figures; the column of offices is drawn apart."""
    return tuple(
        HeadCell(cell.text, cell.row, cell.column - 1, cell.rows, cell.columns)
        for cell in form.heading()
        if cell.column
    )


def lines_of(figures: TableFigures, facts: SheetFacts) -> list[tuple[str, tuple[int, ...], bool]]:
    """(name, figures, whether it adds up) of every line; a single office has no line that adds up."""
    lines = [(unit_name(name), figures.rows[code], False) for code, name in facts.units if code in figures.rows]
    if len(lines) > 1:
        lines.append((circular_words()["total"], figures.total, True))
    return lines


def circular_table(figures: TableFigures, facts: SheetFacts) -> CircularTable:
    """One table as it is printed."""
    form = table(figures.table)
    return CircularTable(
        form=form.code,
        title=form.title,
        heads=heads_of(form),
        formulas=tuple(column.mark for column in form.columns),
        lines=tuple(
            TableLine(
                name,
                tuple(printed(column, value) for column, value in zip(form.columns, values, strict=True)),
                total,
            )
            for name, values, total in lines_of(figures, facts)
        ),
        note_number=str(form.note_line),
        note=facts.notes.get(form.code, ""),
    )


def circular_paper(tables: tuple[TableFigures, ...], facts: SheetFacts) -> CircularPaper:
    """All tables of a report as they are printed."""
    return CircularPaper(
        superior=facts.superior,
        office=facts.office,
        place=facts.place,
        first=facts.first,
        last=facts.last,
        made_on=facts.made_on,
        number=facts.number,
        sent_on=facts.sent_on,
        maker=facts.maker,
        signer_title=facts.signer_title,
        signer=facts.signer,
        tables=tuple(circular_table(one, facts) for one in tables),
    )
