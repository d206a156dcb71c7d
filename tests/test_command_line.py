"""The whole path by the command line: 18 wards, 2,000 receptions, bundles up and receipts down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.cli.main import main
from tcd_desktop.open_office import open_office
from tests.offices import SECRET, SECRET_WORDS

VISIT: dict[str, Any] = {
    "date": "2026-11-20",
    "time": "08:30",
    "kind": "regular",
    "form": "direct",
    "receiver": "",
    "name": "Nguyễn Văn Ẩn",
    "birth_date": "1956-03-02",
    "sex": "male",
    "id_kind": "citizen_card",
    "id_number": "001056012345",
    "id_issued": "2021-05-04",
    "id_place": "Cục Cảnh sát",
    "address": "Số 12 ngõ 34 phố Thử Nghiệm",
    "phone": "0912345678",
    "people": 1,
    "content": "Hàng xóm xây nhà lấn ra ngõ đi chung.",
    "request": "Đề nghị kiểm tra, xử lý.",
    "classification": "complaint",
    "has_petition": True,
    "direction": "accept",
    "documents": [{"name": "Đơn khiếu nại", "pages": 2, "condition": "photocopy"}],
    "note": "",
}


class Terminal:
    """Runs commands with --json and gives status and answer."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.told = ""

    def __call__(self, *words: object, status: int = 0) -> Any:
        found = main([str(word) for word in words])
        captured = self._capsys.readouterr()
        self.told = captured.err
        assert found == status, captured.err
        return json.loads(captured.out) if captured.out.startswith("{") else captured.out


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TCD_PASSWORD", "practice")
    return Terminal(capsys)


@pytest.fixture
def ward(run: Terminal, tmp_path: Path) -> Path:
    home = tmp_path / "ward"
    run("--home", home, "init", "ward", "--name", "UBND phường Thử", "--code", "P-01", "--officer", "Lê Thị Thử")
    return home


def add(run: Terminal, home: Path, visits: Any, *, status: int = 0) -> Any:
    file = home.parent / "visits.json"
    file.write_text(json.dumps(visits, ensure_ascii=False), encoding="utf-8")
    return run("--home", home, "--json", "reception", "add", "--json-file", file, status=status)


def test_18_wards_send_2000_receptions_and_read_their_receipts(run: Terminal, tmp_path: Path) -> None:
    world, stick = tmp_path / "world", tmp_path / "stick"
    stick.mkdir()
    made = run("demo", world, "--json")
    assert len(made["wards"]) == 18
    sent, homes = [], [Path(home) for home in made["wards"]]
    for home in homes:
        exported = run("--home", home, "--json", "export", "--to", stick)
        assert exported["operations"] == exported["last"] - exported["first"] + 1 > 0
        sent.append(exported)
    files = [exported["bundle"] for exported in sent]
    rehearsed = run("--home", made["district"], "--json", "import", *files, "--dry-run")["files"]
    balances = run("--home", made["district"], "--json", "import", *files)["files"]
    counts = ("received", "new", "updated", "identical", "conflict", "refused")
    for before, after, exported in zip(rehearsed, balances, sent, strict=True):
        assert after["outcome"] == "applied" and after["refused"] == after["conflict"] == 0
        assert after["received"] == exported["operations"] == sum(after[name] for name in counts[1:])
        assert [before[name] for name in counts] == [after[name] for name in counts]
    listed = run("--home", made["district"], "--json", "reception", "list", "--limit", "5000")
    assert listed["total"] == len(listed["receptions"]) == 2000
    wards = [run("--home", home, "--json", "reception", "list")["total"] for home in homes]
    assert sum(wards) == 2000
    again = run("--home", made["district"], "--json", "import", *files)["files"]
    assert {result["outcome"] for result in again} == {"already"}
    answers = run("--home", made["district"], "--json", "export", "--to", stick)["bundles"]
    assert sorted(answer["office"] for answer in answers) == [f"HBT-{number:02d}" for number in range(1, 19)]
    for home, answer in zip(homes, sorted(answers, key=lambda answer: answer["office"]), strict=True):
        (read,) = run("--home", home, "--json", "import", answer["bundle"])["files"]
        assert read["outcome"] == "applied"
        assert run("--home", home, "--json", "export", "--to", stick)["operations"] == 0
    for home in (made["district"], homes[0], homes[17]):
        assert run("--home", home, "--json", "check") == {"ok": True, "problems": []}


def test_a_district_and_a_ward_are_founded_and_enrolled_through_files(
    run: Terminal, ward: Path, tmp_path: Path
) -> None:
    district, stick = tmp_path / "district", tmp_path / "stick"
    stick.mkdir()
    run("--home", district, "init", "district", "--name", "UBND quận Thử", "--code", "Q")
    request = run("--home", ward, "--json", "enrol", "request", stick / "a.req")
    granted = run(
        "--home", district, "--json", "enrol", "grant", request["file"], stick / "a.ans",
        "--fingerprint", request["fingerprint"],
    )  # fmt: skip
    accepted = run(
        "--home", ward, "--json", "enrol", "accept", granted["file"], "--fingerprint", granted["root_fingerprint"]
    )
    assert granted["compared"] and accepted["compared"] and accepted["superior"] == "Q"
    add(run, ward, VISIT)
    bundle = run("--home", ward, "--json", "export", "--to", stick)["bundle"]
    seen = run("--home", district, "--json", "inspect", bundle)
    assert (seen["signature"], seen["sender"], seen["recipient"]) == ("valid", "P-01", "Q")
    assert run("--home", district, "--json", "import", bundle)["files"][0]["outcome"] == "applied"


def test_wrong_digits_enrol_nobody(run: Terminal, ward: Path, tmp_path: Path) -> None:
    district = tmp_path / "district"
    run("--home", district, "init", "district", "--name", "UBND quận Thử", "--code", "Q")
    request = run("--home", ward, "--json", "enrol", "request", tmp_path / "a.req")
    run("--home", district, "enrol", "grant", request["file"], tmp_path / "a.ans", "--fingerprint", "1", status=1)
    assert not (tmp_path / "a.ans").exists()


def test_enrolling_without_anybody_at_the_keyboard_says_that_nothing_was_compared(
    run: Terminal, ward: Path, tmp_path: Path
) -> None:
    district = tmp_path / "district"
    run("--home", district, "init", "district", "--name", "UBND quận Thử", "--code", "Q")
    request = run("--home", ward, "--json", "enrol", "request", tmp_path / "a.req")
    granted = run("--home", district, "--json", "enrol", "grant", request["file"], tmp_path / "a.ans")
    assert granted["compared"] is False and request["fingerprint"] in run.told


def test_receptions_are_added_listed_found_and_shown(run: Terminal, ward: Path) -> None:
    added = add(run, ward, [VISIT, {**VISIT, "name": "Trần Thị Bưởi", "content": "Ô nhiễm tiếng ồn"}])
    assert [line["number"] for line in added["receptions"]] == ["1/2026", "2/2026"]
    found = run("--home", ward, "--json", "reception", "list", "--search", "tran buoi")
    assert found["total"] == 1
    (line,) = found["receptions"]
    assert {"id", "number", "date", "name", "classification", "direction", "content"} <= set(line)
    shown = run("--home", ward, "--json", "reception", "show", line["id"])
    assert shown["name"] == "Trần Thị Bưởi" and shown["receiver"] == "Lê Thị Thử"
    assert shown["documents"] == [{"name": "Đơn khiếu nại", "pages": 2, "condition": "photocopy"}]
    assert run("--home", ward, "--json", "reception", "show", "2/2026")["id"] == line["id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"date": "20/11/2026"}, "date"),
        ({"date": "2099-01-01"}, "date"),
        ({"time": "25:00"}, "time"),
        ({"kind": "sometimes"}, "kind"),
        ({"people": "three"}, "people"),
        ({"people": 0}, "people"),
        ({"has_petition": "yes"}, "has_petition"),
        ({"documents": [{"name": "", "pages": 1}]}, "documents.0.name"),
        ({"documents": [{"title": "x"}]}, "documents"),
        ({"colour": "red"}, "colour"),
        ({"classification": None}, "classification"),
        ({"content": 5}, "content"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(
    run: Terminal, ward: Path, changes: dict[str, Any], field: str
) -> None:
    refused = add(run, ward, [VISIT, {**VISIT, **changes}], status=1)
    assert refused["error"]["row"] == 1
    assert field in [problem["field"] for problem in refused["error"]["problems"]]
    assert all(problem["message"] for problem in refused["error"]["problems"])
    assert run("--home", ward, "--json", "reception", "list")["total"] == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "[[]]", '"x"', "[" * 100_000])
def test_a_file_that_is_no_visit_is_refused_with_a_sentence(run: Terminal, ward: Path, content: str) -> None:
    file = ward.parent / "visits.json"
    file.write_text(content, encoding="utf-8")
    run("--home", ward, "reception", "add", "--json-file", file, status=1)
    assert run.told.strip() and "Traceback" not in run.told


def test_a_slip_becomes_a_pdf_and_its_reprint_says_so(run: Terminal, ward: Path, tmp_path: Path) -> None:
    visit = add(run, ward, VISIT)["receptions"][0]["id"]
    first = run("--home", ward, "--json", "slip", visit, "--out", tmp_path / "a.pdf")
    second = run("--home", ward, "--json", "slip", visit, "--out", tmp_path / "b.pdf")
    assert (first["print_no"], second["print_no"]) == (1, 2)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    run("--home", ward, "slip", "0" * 32, "--out", tmp_path / "c.pdf", status=1)
    run("--home", ward, "slip", visit, "--out", tmp_path / "no" / "folder.pdf", status=1)


def test_a_denouncer_is_shown_by_no_command(run: Terminal, ward: Path) -> None:
    secret = {**VISIT, "classification": "denunciation", "content": SECRET.content}
    secret |= dict(zip(("name", "id_number", "address", "phone"), SECRET_WORDS, strict=True))
    visit = add(run, ward, secret)["receptions"][0]["id"]
    spoken = [run("--home", ward, "reception", "list"), run("--home", ward, "reception", "show", visit), run.told]
    spoken.append(json.dumps(run("--home", ward, "--json", "reception", "list", "--search", "kin"), ensure_ascii=False))
    spoken.append(json.dumps(run("--home", ward, "--json", "reception", "show", visit), ensure_ascii=False))
    assert not any(words in text for words in SECRET_WORDS for text in spoken)


def test_a_deadline_explains_itself(run: Terminal) -> None:
    found = run("deadline", "KN1.accept", "--from", "2026-08-28", "--json")
    assert (found["due"], found["unit"]) == ("2026-09-11", "working")
    assert {"date", "reason"} == set(found["skipped"][0]) and found["article"]
    assert run("deadline", "KN1.settle", "--from", "2026-09-11", "--json")["due"] == "2026-10-12"
    assert run("deadline", "KN1.settle", "--from", "2026-09-11", "--complex", "--json")["due"] == "2026-10-26"
    run("deadline", "NO.SUCH", "--from", "2026-09-11", status=1)
    run("deadline", "KN1.accept", "--from", "soon", status=1)


def test_exit_statuses_tell_whose_business_it_is(
    run: Terminal, ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("no-such-command", status=2)
    run("slip", status=2)
    run("reception", "list", status=1)
    run("--home", tmp_path / "nowhere", "check", status=1)
    run("--home", ward, "export", "--to", tmp_path, status=1)
    run("--home", ward, "import", tmp_path / "x.tcdb", status=1)
    monkeypatch.setenv("TCD_PASSWORD", "not the password")
    refused = run("--home", ward, "--json", "check", status=1)
    assert refused["error"]["code"] == "wrong_password"
    monkeypatch.setattr("tcd_desktop.cli.office_commands.open_after_update", lambda *_, **__: 1 / 0)
    run("--home", ward, "check", status=3)


def test_self_check_passes(run: Terminal) -> None:
    assert run("self-check", "--json")["ok"] is True


def test_the_module_runs_as_a_program_with_vietnamese_on_any_terminal(ward: Path) -> None:
    environment = {**os.environ, "TCD_PASSWORD": "sai-mat-khau", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "tcd_desktop", "--home", str(ward), "check"], env=environment, capture_output=True
    )
    assert done.returncode == 1
    assert "Mật khẩu" in done.stderr.decode("utf-8")


def test_a_search_index_out_of_step_is_made_anew_when_asked(run: Terminal, ward: Path) -> None:
    add(run, ward, VISIT)
    office = open_office(ward, "practice")
    with office.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reception_search")
    office.close()
    assert run("--home", ward, "--json", "check", status=1)["problems"][0]["code"] == "search"
    assert run("--home", ward, "--json", "check", "--repair") == {"ok": True, "problems": []}
    assert run("--home", ward, "--json", "reception", "list", "--search", "nguyen an")["total"] == 1
