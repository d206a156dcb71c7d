"""A tired IT man at the terminal: whatever he types is answered with a sentence, the right status, and no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.cli.main import main
from tcd_desktop.open_office import open_office
from tests.offices import DRAFT, PASSWORD, enrol, make_district, make_office
from tests.test_command_line import VISIT


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """tmp_path/ward and tmp_path/district, enrolled, a visit logged, a stick with a Vietnamese name."""
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    (tmp_path / "USB của phường").mkdir()
    ward, district = make_office(tmp_path / "ward"), make_district(tmp_path / "district")
    enrol(ward, district, tmp_path / "USB của phường")
    ward.receptions.log(DRAFT)
    ward.close()
    district.close()
    return tmp_path


class Answer:
    """What a command said."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        self.status = main([str(word) for word in words])
        said = capsys.readouterr()
        self.out, self.err = said.out, said.err

    @property
    def object(self) -> Any:
        """The one object on standard output."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """Of the refusal; its sentence is told to people as well."""
        error = self.object["error"]
        assert error["message"] in self.err and "Traceback" not in self.err
        return str(error["code"])


WRONG_USAGE = [
    [],
    ["--json", "no-such-command"],
    ["export", "--json"],
    ["export", "--to", "", "--json"],
    ["--json", "import"],
    ["--json", "import", ""],
    ["--json", "--home", " ", "check"],
    ["--json", "reception"],
    ["--json", "reception", "list", "--limit", "-1"],
    ["--json", "reception", "list", "--limit", "nine"],
    ["--json", "reception", "list", "--limit", "9" * 30],
    ["--json", "slip", "1/2026", "--out", "x.pdf", "--copies", "0"],
    ["--json", "slip", "1/2026", "--out", "x.pdf", "--copies", "1000000"],
    ["--json", "init", "village", "--name", "x", "--code", "X"],
    ["--json", "demo", "", "--wards", "1"],
    ["--json", "demo", "x", "--wards", "0"],
]


@pytest.mark.parametrize("words", WRONG_USAGE)
def test_wrong_usage_is_status_2_with_a_sentence_and_an_object(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    answer = Answer(capsys, *(words or ["--json"]))
    assert answer.status == 2 and answer.code == "usage"
    assert "usage: tcd-desktop" in answer.err and "Lệnh còn thiếu hoặc chưa đúng" in answer.err


def test_options_may_stand_anywhere(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = offices / "ward"
    for words in (
        ("--home", home, "--json", "reception", "list"),
        ("reception", "list", "--json", "--home", home),
        ("reception", "--home", home, "list", "--json"),
        ("--json", "reception", "list", "--home", home),
    ):
        assert Answer(capsys, *words).object["total"] == 1


REFUSED = [
    (["reception", "show", "9" * 20 + "/2026"], "unknown_record"),
    (["reception", "show", "1/" + "9" * 20], "unknown_record"),
    (["reception", "show", "²/2026"], "unknown_record"),
    (["reception", "show", ""], "unknown_record"),
    (["export", "--to", "{stick}/không có"], "folder_missing"),
    (["slip", "1/2026", "--out", "{stick}"], "file_unwritable"),
    (["slip", "1/2026", "--out", "."], "file_unwritable"),
    (["slip", "1/2026", "--out", "{stick}/no/x.pdf"], "file_unwritable"),
    (["inspect", "{stick}"], "file_unreadable"),
    (["inspect", "{stick}/không có.tcdb"], "file_missing"),
    (["enrol", "request", "{stick}/no/x.req"], "file_unwritable"),
    (["enrol", "accept", "{stick}/ghi chú.txt"], "not_an_answer"),
    (["enrol", "grant", "{stick}/ghi chú.txt", "{stick}/x.ans"], "not_a_request"),
    (["reception", "add", "--json-file", "{stick}"], "file_unreadable"),
    (["reception", "add", "--json-file", "{stick}/ghi chú.txt"], "file_not_json"),
    (["init", "ward", "--name", "x", "--code", "X"], "folder_taken"),
]


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_a_refusal_is_status_1_with_a_sentence_and_an_object(
    offices: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    stick = offices / "USB của phường"
    (stick / "ghi chú.txt").write_text("Mua mực in", encoding="utf-8")
    given = [word.format(stick=stick) for word in words]
    answer = Answer(capsys, "--home", offices / "ward", "--json", *given)
    assert (answer.status, answer.code) == (1, code)


def test_a_file_with_spaces_and_vietnamese_letters_goes_all_the_way(
    offices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = offices / "USB của phường"
    bundle = Path(Answer(capsys, "--home", offices / "ward", "export", "--to", stick, "--json").object["bundle"])
    renamed = bundle.rename(stick / unicodedata.normalize("NFD", "gói tuần này.dat"))
    (result,) = Answer(capsys, "--home", offices / "district", "--json", "import", renamed).object["files"]
    assert result["outcome"] == "applied", "the name is a hint for people"
    pdf = stick / "phiếu số 1.pdf"
    assert Answer(capsys, "--home", offices / "ward", "slip", "1/2026", "--out", pdf, "--json").status == 0
    assert pdf.read_bytes().startswith(b"%PDF") and [file.name for file in stick.glob("*.part")] == []


def test_a_place_that_cannot_be_written_uses_up_no_print(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = offices / "ward"
    for _ in range(3):
        assert Answer(capsys, "--home", home, "slip", "1/2026", "--out", offices / "no" / "x.pdf").status == 1
    assert (
        Answer(capsys, "--home", home, "--json", "slip", "1/2026", "--out", offices / "x.pdf").object["print_no"] == 1
    )


def test_the_same_file_twice_in_one_call_is_told_as_it_was(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = Answer(capsys, "--home", offices / "ward", "--json", "export", "--to", offices).object["bundle"]
    answer = Answer(capsys, "--home", offices / "district", "--json", "import", bundle, offices / "no.tcdb", bundle)
    assert answer.status == 1
    assert [result["outcome"] for result in answer.object["files"]] == ["applied", "refused", "already"]


def test_a_file_that_is_no_bundle_is_inspected_with_a_reason(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (offices / "anh.tcdb").write_bytes(b"\x89PNG")
    answer = Answer(capsys, "--json", "inspect", offices / "anh.tcdb")
    assert (answer.status, answer.object["signature"]) == (1, "invalid") and "không phải gói dữ liệu" in answer.err


HOMES = {
    "no such folder": (lambda home: shutil.rmtree(home), "no_office"),
    "a broken face": (lambda home: (home / "office.json").write_text("{"), "office_file_damaged"),
    "no database": (lambda home: (home / "tcd.db").unlink(), "store_missing"),
    "an empty database": (lambda home: (home / "tcd.db").write_bytes(b""), "store_missing"),
    "a cut database": (lambda home: os.truncate(home / "tcd.db", 5000), "store_corrupt"),
    "a file of noise": (lambda home: (home / "tcd.db").write_bytes(b"noise" * 4000), "store_corrupt"),
    "no keys": (lambda home: (home / "device.key").unlink(), "keys_missing"),
    "short keys": (lambda home: (home / "device.key").write_bytes(b"x"), "keys_damaged"),
    "wrong keys": (lambda home: (home / "device.key").write_bytes(b"x" * 200), "keys_damaged"),
}


@pytest.mark.parametrize("what", HOMES)
def test_a_wrong_or_damaged_home_is_refused_with_the_next_step(
    offices: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    spoil, code = HOMES[what]
    home = offices / "ward"
    for file in home.glob("tcd.db-*"):
        file.unlink()
    spoil(home)  # type: ignore[no-untyped-call]
    answer = Answer(capsys, "--home", home, "--json", "check")
    assert (answer.status, answer.code) == (1, code)


def test_a_home_of_a_newer_program_is_left_alone(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = open_office(offices / "ward", PASSWORD)
    with office.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO schema_version VALUES (99)")
    office.close()
    assert Answer(capsys, "--home", offices / "ward", "--json", "check").code == "store_from_future"


@pytest.mark.parametrize("typed", ["", "x" * 100_000, "sai\udcff", "mat-khau-thử"])
def test_a_wrong_password_of_any_kind_is_a_wrong_password(
    offices: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("tcd_desktop.cli.office_commands.password", lambda **_: typed)
    assert Answer(capsys, "--home", offices / "ward", "--json", "check").code == "wrong_password"


def test_a_vietnamese_password_opens_however_its_letters_are_composed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--home", tmp_path / "w", "--json")
    monkeypatch.setenv("TCD_PASSWORD", unicodedata.normalize("NFD", "mật khẩu của phường"))
    assert Answer(capsys, *words, "init", "ward", "--name", "UBND phường", "--code", "P").status == 0
    monkeypatch.setenv("TCD_PASSWORD", unicodedata.normalize("NFC", "mật khẩu của phường"))
    assert Answer(capsys, *words, "check").object["ok"]


def program(home: Path, *words: object, **streams: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tcd_desktop", "--home", str(home), *map(str, words)]
    environment = {**os.environ, "TCD_PASSWORD": PASSWORD}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **streams)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_goes_away_ends_the_command_quietly(offices: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    process = program(offices / "ward", "reception", "list", stdout=write)
    os.close(write)
    _out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_said(offices: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = program(offices / "ward", "--json", "check", stdout=full)
        _out, err = process.communicate()
    assert process.returncode == 1 and b"Traceback" not in err and "Không ghi được câu trả lời" in err.decode("utf-8")


def test_without_a_keyboard_and_without_a_password_the_command_says_what_it_needs(offices: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TCD_PASSWORD"}
    done = subprocess.run(
        [sys.executable, "-m", "tcd_desktop", "--home", str(offices / "ward"), "check"],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1 and "TCD_PASSWORD" in done.stderr.decode("utf-8")


def test_commands_at_once_on_one_home_queue_and_give_every_visit_its_own_number(offices: Path) -> None:
    file = offices / "v.json"
    file.write_text(json.dumps([VISIT] * 20), encoding="utf-8")
    started = [
        program(offices / "ward", "--json", "reception", "add", "--json-file", file, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [json.loads(process.communicate()[0]) for process in started]
    numbers = [line["number"] for answer in answers for line in answer["receptions"]]
    assert sorted(numbers, key=lambda number: int(number.split("/")[0])) == [f"{n}/2026" for n in range(2, 62)]


TEXTS: list[tuple[dict[str, Any], str]] = [
    ({"content": "Đơn " * 1_300_000}, "content"),
    ({"name": "N" * 41_000}, "name"),
    ({"people": 10**30}, "people"),
    ({"documents": [{"name": "a", "pages": 10**25}]}, "documents"),
    ({"documents": [{"name": "a", "pages": -1}]}, "documents.0.pages"),
    ({"time": "08:30+07:00"}, "time"),
    ({"open_case": "yes"}, "open_case"),
    ({"name": {"a": 1}}, "name"),
    ({"kind": ["regular"]}, "kind"),
    ({"sealed": "AAAA"}, "sealed"),
]


@pytest.mark.parametrize(("changes", "field"), TEXTS)
def test_a_value_nobody_means_is_named(
    offices: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], field: str
) -> None:
    file = offices / "v.json"
    file.write_text(json.dumps({**VISIT, **changes}), encoding="utf-8")
    answer = Answer(capsys, "--home", offices / "ward", "--json", "reception", "add", "--json-file", file)
    (problem,) = answer.object["error"]["problems"]
    assert answer.status == 1 and problem["field"] == field and "(" not in problem["message"]
    assert Answer(capsys, "--home", offices / "ward", "--json", "reception", "list").object["total"] == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\u202eb\u2066c", "abc"),
        ("Nguyễn 😀", "Nguyễn 😀"),
        (unicodedata.normalize("NFD", "Ước nguyện"), "Ước nguyện"),
        ("a\ud800b", "ab"),
    ],
)
def test_signs_nobody_types_are_taken_out_and_letters_composed(
    offices: Path, capsys: pytest.CaptureFixture[str], given: str, kept: str
) -> None:
    file, ward, district = offices / "v.json", offices / "ward", offices / "district"
    file.write_text(json.dumps({**VISIT, "name": given, "content": given}), encoding="utf-8")
    added = Answer(capsys, "--home", ward, "--json", "reception", "add", "--json-file", file).object["receptions"][0]
    bundle = Answer(capsys, "--home", ward, "--json", "export", "--to", offices).object["bundle"]
    assert Answer(capsys, "--home", district, "import", bundle).status == 0
    seen = Answer(capsys, "--home", district, "--json", "reception", "show", added["id"]).object
    assert (seen["name"], seen["content"]) == (kept, kept)


def test_a_database_put_back_from_a_copy_is_said_once(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, file = offices / "ward", offices / "v.json"
    kept = (home / "tcd.db").read_bytes()
    assert not list(home.glob("tcd.db-wal"))
    file.write_text(json.dumps(VISIT), encoding="utf-8")
    Answer(capsys, "--home", home, "reception", "add", "--json-file", file)
    (home / "tcd.db").write_bytes(kept)
    assert "bản sao cũ" in Answer(capsys, "--home", home, "check").err
    assert Answer(capsys, "--home", home, "check").err == ""
