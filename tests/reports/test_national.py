"""The national payload: every documented field is there, codes are marked, nobody who denounced is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tcd_desktop.cli.main import main
from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.terms import Classification, PetitionSource
from tcd_desktop.law import national_mapping
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.paths import shipped
from tcd_desktop.reports.national import FIELDS, Codes, payload, write_json
from tcd_desktop.reports.national_tables import SHEETS, cell_text, write_workbook
from tests.offices import DRAFT, MONDAY, PASSWORD, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
POST = PetitionDraft(
    source=PetitionSource.POST,
    received_on=TODAY,
    classification=Classification.COMPLAINT,
    field="land",
    name="Trần Thị Bưởi",
    address="Số 5 phố Thử Nghiệm",
    content="Khiếu nại quyết định xử phạt",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    case = made.receptions.log(DRAFT, open_case=True).value.case or ""
    made.receptions.log(SECRET, open_case=True)
    made.petitions.register(POST)
    made.petitions.register(
        replace(
            POST,
            classification=Classification.DENUNCIATION,
            field="other",
            name=SECRET_WORDS[0],
            address=SECRET_WORDS[2],
            phone=SECRET_WORDS[3],
        )
    )
    for act in ("accept", "verify", "decide"):
        told = StepDraft(
            on=TODAY, number="9/QĐ-UBND", dated=TODAY, reason="Đủ căn cứ", body="Tổ xác minh", result="partly"
        )
        made.steps.take(case, act, told)
    yield made
    made.close()


def made(office: OpenOffice, codes: Codes | None = None) -> dict[str, list[dict[str, object]]]:
    return payload(
        office.store, codes or Codes(national_mapping()), since=YEAR[0], until=YEAR[1], made_on=office.today()
    )


def test_every_record_has_exactly_the_documented_fields(office: OpenOffice) -> None:
    value = made(office)
    for table, fields in FIELDS.items():
        assert all(tuple(record) == fields for record in value[table]), table
    assert [len(value[table]) for table in FIELDS][:5] == [2, 4, 2, 3, 1]
    (result,) = value["results"]
    assert (result["result"], result["number"]) == (
        {"own": "partly", "code": "02", "confirmed": False},
        "9/QĐ-UBND",
    )


def test_the_manual_describes_every_field() -> None:
    text = shipped("resources", "help", "xuat-du-lieu.md").read_text(encoding="utf-8")
    for table, fields in FIELDS.items():
        assert f"`{table}`" in text
        assert [name for name in fields if f"`{name}`" not in text] == []


def test_every_code_of_the_closed_lists_is_mapped_and_marked_as_unconfirmed(office: OpenOffice) -> None:
    codes = Codes(national_mapping())
    assert {"classification", "source", "direction", "field", "result", "state"} <= set(codes.unconfirmed())

    def values(found: object) -> Iterator[dict[str, object]]:
        if isinstance(found, dict) and set(found) == {"own", "code", "confirmed"}:
            yield found
        elif isinstance(found, dict):
            for part in found.values():
                yield from values(part)
        elif isinstance(found, list):
            for part in found:
                yield from values(part)

    seen = list(values(made(office)))
    assert len(seen) > 20 and all(one["code"] and not one["confirmed"] for one in seen)


def test_who_denounced_is_nowhere_in_the_files(office: OpenOffice, tmp_path: Path) -> None:
    value = made(office)
    write_json(tmp_path / "a.json", value)
    write_workbook(tmp_path / "a.xlsx", value)
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert DRAFT.name in text and not any(word in text for word in SECRET_WORDS)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == list(SHEETS.values())
    cells = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert DRAFT.name in cells and not any(word in cells for word in SECRET_WORDS)
    masked = [one for one in value["petitions"] if one["masked"]]
    assert len(masked) == 2 and all(one["name"] is None and one["people"] == 1 for one in masked)
    assert list(tmp_path.glob("*.part")) == []


def test_the_period_and_the_office_s_own_mapping_count(office: OpenOffice, tmp_path: Path) -> None:
    codes = Codes(national_mapping())
    early = payload(office.store, codes, since=date(2025, 1, 1), until=date(2025, 12, 31), made_on=TODAY)
    assert all(early[table] == [] for table in FIELDS)
    own = tmp_path / "own.toml"
    own.write_text('[classification]\nconfirmed = true\ncodes = { complaint = "X1" }\n', encoding="utf-8")
    value = made(office, Codes(national_mapping(own)))
    (visit,) = [one for one in value["receptions"] if one["classification"]["own"] == "complaint"]
    assert visit["classification"] == {"own": "complaint", "code": "X1", "confirmed": True}
    assert visit["kind"] == {"own": "regular", "code": None, "confirmed": False}
    assert cell_text(visit["classification"]) == "complaint (X1)"


def test_the_command_writes_the_file(
    office: OpenOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(office.home)
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    target = tmp_path / "ra.json"
    period = ["--since", "2026-01-01", "--until", "2026-12-31"]
    assert main(["--home", home, "--json", "export-national", str(target), *period]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["receptions"], said["petitions"], said["results"]) == (2, 4, 1) and "field" in said["unconfirmed"]
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "tcd-desktop/national"
    assert main(["--home", home, "export-national", str(target), "--since", "2026-02-01", "--until", "2026-01-01"]) != 0
    assert main(["--home", home, "export-national", str(target), "--since", "x", "--until", "2026-01-01"]) != 0
    missing = ["--mapping", str(tmp_path / "none.toml")]
    assert main(["--home", home, "export-national", str(target), *period, *missing]) != 0
