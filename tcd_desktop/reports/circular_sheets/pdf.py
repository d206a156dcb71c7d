"""The tables of a report as one PDF, each on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts, circular_paper


def circular_pdf(tables: Sequence[TableFigures], facts: SheetFacts) -> bytes:
    """PDF bytes; the same report gives the same bytes."""
    from tcd_desktop.documents.circular_sheet import draw_circular

    return draw_circular(circular_paper(tuple(tables), facts))
