"""A program of its own: opens an office, types half a visit, and is killed from outside. See test_drafts.py."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.open_office import open_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import Runner
from tests.offices import PASSWORD

MEMBERS = (Member(name="Trần Thị Bưởi", signed=True), Member(name="Đỗ Văn Ẩm"))
PAPERS = (Paper("Đơn kiến nghị tập thể", 3), Paper("Danh sách chữ ký", 2))
CONTENT = "Kiến nghị sửa đường thoát nước; đang gõ dở thì mất đ"


def main(home: Path) -> None:
    app = QApplication([])
    office = open_office(home, PASSWORD, now=lambda: datetime(2026, 11, 23, 9, 12))
    runner = Runner()
    page = ReceptionFormPage(office, runner, Keeper(Settings(), home / "settings.json"))
    page.autosave.kept.connect(lambda _at: print("kept", flush=True))
    page.show()
    page.binding.apply(
        name="Nguyễn Thị Ẩn", people=3, members=MEMBERS, documents=PAPERS, content=CONTENT, has_petition=True
    )
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
