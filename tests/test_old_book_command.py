"""import-book: rehearsed, carried out, mapped by a file, and silent about a denouncer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.cli.main import main
from tests.old_books_made import LINES, SECRET_WORDS, make_excel


class Terminal:
    """Runs commands with --json."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.said = ""

    def __call__(self, *words: object, status: int = 0) -> Any:
        found = main([str(word) for word in words])
        captured = self._capsys.readouterr()
        self.said = captured.out + captured.err
        assert found == status, captured.err
        return json.loads(captured.out) if captured.out.startswith("{") else captured.out


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TCD_PASSWORD", "practice")
    return Terminal(capsys)


@pytest.fixture
def ward(run: Terminal, tmp_path: Path) -> Path:
    run("--home", tmp_path / "w", "init", "ward", "--name", "UBND phường Thử", "--code", "P-01", "--officer", "Lê Thử")
    return tmp_path / "w"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_excel(tmp_path / "So 2026.xlsx", LINES)


def listed(run: Terminal, ward: Path) -> int:
    return int(run("--home", ward, "--json", "reception", "list")["total"])


def test_a_rehearsal_changes_nothing_and_the_import_says_the_same(run: Terminal, ward: Path, book: Path) -> None:
    before = run("--home", ward, "--json", "import-book", book, "--dry-run")
    assert (before["taken"], before["import"], listed(run, ward)) == (0, None, 0)
    after = run("--home", ward, "--json", "import-book", book)
    assert after["taken"] == 4 == listed(run, ward) and after["refused"] == before["refused"] == 2
    assert after["year"] == 2026 and after["heading_row"] == 5
    again = run("--home", ward, "--json", "import-book", book, status=1)
    assert again["error"]["code"] == "old_book_nothing" and listed(run, ward) == 4


def test_nobody_s_secret_is_told(run: Terminal, ward: Path, book: Path) -> None:
    for words in (("--json",), ()):
        run("--home", ward, *words, "import-book", book, "--dry-run")
        assert not any(word in run.said for word in SECRET_WORDS)


def test_refused_rows_go_to_a_file(run: Terminal, ward: Path, book: Path, tmp_path: Path) -> None:
    run("--home", ward, "import-book", book, "--dry-run", "--refused", tmp_path / "rest.csv")
    text = (tmp_path / "rest.csv").read_text(encoding="utf-8-sig")
    assert "không rõ" in text and "Lý do chưa nhập được" in text and "Nguyễn Thị Ẩn" not in text


def test_a_mapping_names_columns_by_letter_or_heading(run: Terminal, ward: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("A;Hôm;Ai;Gì\n1;5/9;Nguyễn Văn Ẩn;Kiến nghị\n", encoding="utf-8")
    (tmp_path / "m.json").write_text(
        json.dumps({"heading_row": 1, "year": 2026, "columns": {"B": "date", "Ai": "name", "gì": "content"}}), "utf-8"
    )
    run("--home", ward, "import-book", tmp_path / "a.csv", status=1)
    done = run("--home", ward, "--json", "import-book", tmp_path / "a.csv", "--mapping", tmp_path / "m.json")
    assert done["taken"] == 1
    found = run("--home", ward, "--json", "reception", "show", "1/2026")
    assert (found["name"], found["date"]) == ("Nguyễn Văn Ẩn", "2026-09-05")


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("[", "file_not_json"),
        ("[]", "book_mapping"),
        ('{"columns": {"A": "colour"}}', "book_mapping"),
        ('{"columns": {"A": ["x"]}}', "book_mapping"),
        ('{"sheet": "Khác"}', "book_no_sheet"),
    ],
)
def test_a_mapping_that_is_not_understood_is_told(
    run: Terminal, ward: Path, book: Path, tmp_path: Path, mapping: str, code: str
) -> None:
    (tmp_path / "m.json").write_text(mapping, encoding="utf-8")
    refused = run("--home", ward, "--json", "import-book", book, "--mapping", tmp_path / "m.json", status=1)
    assert refused["error"]["code"] == code and "{" not in refused["error"]["message"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b""), ("b.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("c", b"\0\1\2" * 50)]
)
def test_hostile_files_get_a_sentence(run: Terminal, ward: Path, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    run("--home", ward, "import-book", tmp_path / name, status=1)
    assert run.said.strip() and "Traceback" not in run.said
    run("--home", ward, "import-book", tmp_path, status=1)
