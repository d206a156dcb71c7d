"""`tcd-desktop log-book`: the book of a period without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.open_office import open_office
from tests.documents.reading import whole_text
from tests.test_command_line import VISIT, Terminal, add

DENUNCIATION = {**VISIT, "classification": "denunciation", "name": "Phạm Thị Kín", "id_number": "001166054321"}
PERIOD = ("--since", "2026-11-01", "--until", "2026-11-30")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TCD_PASSWORD", "practice")
    return Terminal(capsys)


@pytest.fixture
def ward(run: Terminal, tmp_path: Path) -> Path:
    home = tmp_path / "ward"
    run("--home", home, "init", "ward", "--name", "UBND phường Thử", "--code", "P-01", "--officer", "Lê Thị Thử")
    add(run, home, [VISIT, {**VISIT, "name": "Trần Văn Bưởi", "date": "2026-11-19"}, DENUNCIATION])
    return home


def cells(path: Path) -> str:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    finally:
        book.close()


def test_the_book_is_written_as_a_pdf_and_as_a_table(run: Terminal, ward: Path, tmp_path: Path) -> None:
    pdf, table = tmp_path / "so.pdf", tmp_path / "so.xlsx"
    told = run("--home", ward, "--json", "log-book", pdf, *PERIOD)
    assert told == {"file": str(pdf), "lines": 3, "denunciations": 1, "pages": 2, "identities": False}
    text = whole_text(pdf.read_bytes())
    assert "SỔ TIẾP CÔNG DÂN" in text and "Trần Văn Bưởi" in text and "Kín" not in text
    run("--home", ward, "--json", "log-book", table, *PERIOD)
    assert "Trần Văn Bưởi" in cells(table) and "Kín" not in cells(table)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith("so")) == ["so.pdf", "so.xlsx"]


def test_identities_stand_in_the_book_only_with_a_reason_that_is_kept(
    run: Terminal, ward: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "so.pdf"
    refused = run("--home", ward, "--json", "log-book", pdf, *PERIOD, "--identities", "vì", status=1)
    assert refused["error"]["code"] == "reason_needed" and not pdf.exists()
    run("--home", ward, "--json", "log-book", pdf, *PERIOD, "--identities", "Thanh tra huyện yêu cầu")
    assert "Phạm Thị Kín" in whole_text(pdf.read_bytes())
    office = open_office(ward, "practice")
    try:
        (kept,) = office.store.all(Disclosure)
        assert "Thanh tra huyện yêu cầu" in kept.reason and "Kín" not in kept.reason
    finally:
        office.close()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("so.pdf", "--since", "2026-11-30", "--until", "2026-11-01"), "period_turned"),
        (("so.pdf", "--since", "hôm qua", "--until", "2026-11-01"), "not_a_date"),
        (("so.docx", *PERIOD), "book_ending"),
        (("nowhere/so.pdf", *PERIOD), "file_unwritable"),
        (("so.pdf", *PERIOD, "--office", "P-99"), "unknown_record"),
    ],
)
def test_what_cannot_be_written_gets_its_sentence(
    run: Terminal, ward: Path, tmp_path: Path, more: tuple[str, ...], code: str
) -> None:
    answer: Any = run("--home", ward, "--json", "log-book", tmp_path / more[0], *more[1:], status=1)
    assert answer["error"]["code"] == code and answer["error"]["message"]
    assert not list(tmp_path.glob("so.*")) and not list(tmp_path.glob(".tcd-*"))
