"""The year's calendar as a table to paste into a document or a spreadsheet (lịch tiếp công dân để niêm yết)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

from tcd_desktop.domain.terms import SittingState
from tcd_desktop.i18n import _
from tcd_desktop.ui.calendar.sitting_rows import SittingRow, hours, kind_words, receiver
from tcd_desktop.ui.cases.case_words import weekday
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.words import show, word


def header() -> tuple[str, ...]:
    """The columns that the law asks for (Luật Tiếp công dân Điều 24(2)): when, where, who, what about."""
    return (
        _("No."),
        _("Day"),
        _("Weekday"),
        _("Hours"),
        _("Kind"),
        _("Receiver"),
        _("Place"),
        _("Participants"),
        _("Expected content"),
        _("State"),
    )


def table(rows: Sequence[SittingRow]) -> list[tuple[str, ...]]:
    """The lines below the header; what was postponed is left out, the day in its place stands there."""
    lines: list[tuple[str, ...]] = []
    for row in rows:
        one = row.sitting
        if one.state is SittingState.POSTPONED:
            continue
        line = (
            str(len(lines) + 1),
            show(one.day),
            weekday(one.day),
            hours(one.start, one.end),
            kind_words(one),
            ", ".join(filter(None, (receiver(one), "" if one.delegate else one.leader_title))),
            one.place,
            one.attendees,
            one.expected,
            word(one.state),
        )
        lines.append(line)
    return lines


def export_columns() -> tuple[Column, ...]:
    """The same for a table file."""
    widths = (40, 80, 80, 90, 120, 220, 220, 260, 260, 120)
    return tuple(
        Column(f"c{at}", title, width, text=lambda line, at=at: line[at])  # type: ignore[misc]
        for at, (title, width) in enumerate(zip(header(), widths, strict=True))
    )


def for_clipboard(rows: Sequence[SittingRow]) -> QMimeData:
    """The table as lines with tabs (spreadsheets) and as HTML (documents)."""
    lines = [header(), *table(rows)]
    data = QMimeData()
    data.setText("\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines))
    body = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(cell).replace(chr(10), '<br>')}</{tag}>" for cell in line) + "</tr>"
        for tag, line in (("th" if number == 0 else "td", line) for number, line in enumerate(lines))
    )
    data.setHtml(f'<table border="1" cellspacing="0" cellpadding="4">{body}</table>')
    return data
