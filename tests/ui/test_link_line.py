"""A link on a line of its own: it never widens the pane it stands in, and loses no word for who cannot see it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.ui.look.link_line import link_line

LONG = "HS 15/2026 · Lối đi chung rộng 2,1 m vào nhà tôi bị gia đình bên cạnh xây bậc tam cấp lấn chiếm"


def test_a_long_link_ends_in_three_dots_and_does_not_widen_its_pane(qtbot: QtBot) -> None:
    opened: list[bool] = []
    pane = QWidget()
    qtbot.addWidget(pane)
    link = link_line(LONG, "folder-open", lambda: opened.append(True))
    lines = QVBoxLayout(pane)
    lines.addWidget(link)
    assert pane.minimumSizeHint().width() < 100
    pane.resize(280, 60)
    pane.show()
    assert link.text().startswith("HS 15/2026") and link.text().endswith("…")
    assert link.toolTip() == link.accessibleName() == LONG
    pane.resize(2000, 60)
    qtbot.waitUntil(lambda: link.text() == LONG)
    link.click()
    assert opened == [True]
