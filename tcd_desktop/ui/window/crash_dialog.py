"""The dialog of a mistake: what happened, what is safe, the report, and the way on. Imported when it is needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look


class CrashDialog(QDialog):
    """What happened, what is safe, the report, and the ways on."""

    def __init__(self, report: str, kept: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setWindowTitle(_("The program made a mistake"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(now.px(560))
        sign = QLabel()
        icons.dress(sign, "bug", "danger", 36)
        title = QLabel(_("The program made a mistake"))
        title.setProperty("ink", "title")
        saved = QLabel(
            _(
                "What was saved before is safe. The report below tells where it happened; it holds no names, "
                "numbers or texts of citizens. Please give it to those who look after the program."
            )
        )
        saved.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(now.px(170))
        self.report.setAccessibleName(_("Error report"))
        where = QLabel(_("Kept as {file}").format(file=kept.name) if kept else "")
        where.setProperty("ink", "small")
        self.copy = QPushButton(_("Copy the report"))
        icons.dress(self.copy, "copy", "text", 16)
        self.copy.clicked.connect(self._copy)
        self.go_on = QPushButton(_("Go on working"))
        self.go_on.setProperty("kind", "primary")
        self.go_on.clicked.connect(self.accept)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(saved)
        head = QHBoxLayout()
        head.setSpacing(now.px(14))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.addWidget(where)
        foot.addStretch()
        foot.addWidget(self.copy)
        foot.addWidget(self.go_on)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(20), now.px(18), now.px(20), now.px(16))
        lines.setSpacing(now.px(12))
        lines.addLayout(head)
        lines.addWidget(self.report, 1)
        lines.addLayout(foot)
        self.go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
