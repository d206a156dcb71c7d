"""The commands of reports: files in a folder, figures as JSON, sentences for what cannot be done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tcd_desktop.cli.main import main
from tests.documents.reading import whole_text
from tests.offices import PASSWORD, SECRET_WORDS
from tests.ui.reports.desk import make_world

Run = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    district, wards = make_world(tmp_path)
    for office in (*wards, district):
        office.close()
    return district.home


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)

    def command(*words: object, status: int = 0) -> Any:
        assert main(["--home", str(home), "--json", "report", *(str(word) for word in words)]) == status
        captured = capsys.readouterr()
        return json.loads(captured.out)

    return command


def test_the_tables_and_the_narrative_of_a_period_are_written(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "bao cao" / "quy"
    told = run("circular", target, "--period", "2026-y")
    assert [Path(file).name for file in told["files"]] == [
        "bao-cao-2026-y-bieu.pdf",
        "bao-cao-2026-y-bieu.xlsx",
        "bao-cao-2026-y-thuyet-minh.pdf",
    ]
    assert (told["first"], told["last"]) == ("2025-12-15", "2026-12-14")
    first = told["tables"]["01/TCD"]
    assert list(first["offices"]) == ["P-01", "P-02", "Q"] and first["total"][0] == 7
    assert first["total"] == [sum(values) for values in zip(*first["offices"].values(), strict=True)]
    assert told["broken"] == []
    sheet = openpyxl.load_workbook(told["files"][1])["01-TCD"]
    rows = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["Tổng cộng"] == 7
    assert "Tổng số lượt tiếp: 7 lượt" in whole_text(Path(told["files"][2]).read_bytes())


def test_the_months_report_is_written(run: Run, tmp_path: Path) -> None:
    told = run("monthly", tmp_path / "thang", "--period", "2026-11")
    assert told["period"] == "2026-m11"
    pdf, book = (Path(file) for file in told["files"])
    text = whole_text(pdf.read_bytes())
    assert "đã tiếp 7 lượt" in text and "tháng 11 năm 2026" in text
    assert openpyxl.load_workbook(book).sheetnames[0] == "I"


def test_no_file_and_no_answer_names_who_denounced(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for command in ("circular", "monthly"):
        told = run(command, tmp_path / "out", "--period", "2026-q4")
        said.append(json.dumps(told, ensure_ascii=False))
    for file in (tmp_path / "out").iterdir():
        if file.suffix == ".pdf":
            said.append(whole_text(file.read_bytes()))
        else:
            book = openpyxl.load_workbook(file)
            said += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(said) > 200
    assert not any(word in text for word in (*SECRET_WORDS, "biên lai") for text in said)


@pytest.mark.parametrize("period", ["x", "2026", "2026-q5", "2026-13", "0001-01", "2026-11-20..2026-11-31", "2026\0"])
def test_what_is_no_period_is_told(run: Run, tmp_path: Path, period: str) -> None:
    assert run("circular", tmp_path / "a", "--period", period, status=1)["error"]["code"] == "unknown_period"
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    for command in ("circular", "monthly"):
        told = run(command, tmp_path / "tep", "--period", "2026-q4", status=1)
        assert told["error"]["code"] == "file_unwritable" and "{" not in told["error"]["message"]


def test_without_a_period_it_is_the_one_that_is_due(run: Run, tmp_path: Path) -> None:
    assert run("circular", tmp_path / "a")["period"].split("-")[1].startswith("q")
    assert run("monthly", tmp_path / "a")["period"].split("-")[1].startswith("m")
