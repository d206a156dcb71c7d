"""The national payload as a workbook to look at: a sheet for each table, our codes beside the national ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tcd_desktop.reports.national import FIELDS
from tcd_desktop.reports.table_file import LONGEST_CELL

SHEETS = {
    "receptions": "Lượt tiếp",
    "petitions": "Đơn",
    "cases": "Vụ việc",
    "steps": "Bước giải quyết",
    "results": "Kết quả",
    "executions": "Thi hành",
}


def write_workbook(target: Path, value: Mapping[str, Any]) -> None:
    """Writes the sheets beside the place and puts the file there when it is whole. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".tcd-", dir=target.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "national.xlsx"
        _write(part, name, value)
        os.replace(part, target)


def _write(part: Path, folder: str, value: Mapping[str, Any]) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(part), options)
    try:
        heading = book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 12})
        text = book.add_format({"num_format": "@", "font_name": "Times New Roman", "font_size": 12, "valign": "top"})
        quoted = book.add_format(
            {"num_format": "@", "font_name": "Times New Roman", "font_size": 12, "valign": "top", "quote_prefix": True}
        )
        for table, fields in FIELDS.items():
            sheet = book.add_worksheet(SHEETS[table])
            sheet.freeze_panes(1, 0)
            for at, field in enumerate(fields):
                sheet.write_string(0, at, field, heading)
                sheet.set_column(at, at, 18)
            for row, record in enumerate(value[table], start=1):
                for at, field in enumerate(fields):
                    words = cell_text(record[field])
                    form = quoted if words.lstrip()[:1] in ("=", "+", "-", "@") else text
                    if words:
                        sheet.write_string(row, at, words[:LONGEST_CELL], form)
    finally:
        book.close()


def cell_text(value: Any) -> str:
    """A value in one cell: "complaint (KN?)" where nobody confirmed the code; lists line by line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dict) and "own" in value:
        sign = "" if value["confirmed"] else "?"
        return f"{value['own']} ({value['code'] or ''}{sign})"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {cell_text(part)}" for name, part in value.items() if part not in ("", None))
    if isinstance(value, list):
        return "\n".join(map(cell_text, value))
    return str(value)
