"""The practice district: it is made once, with progress; then any of its offices can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.start.office_folders import FolderFace
from tcd_desktop.ui.window.bars import MessageBar

WIDTH = 780


class PracticePage(QWidget):
    """Shows progress while the district is made, then its offices."""

    stopRequest = Signal()
    backRequest = Signal()
    openRequest = Signal(object)
    """The folder (Path) of the office to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "page")
        px = look.current().px
        self.title, self.sentence = QLabel(), QLabel()
        self.title.setProperty("ink", "hero")
        self.sentence.setProperty("ink", "muted")
        self.sentence.setWordWrap(True)
        self.message = MessageBar()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.doing = QLabel()
        self.doing.setProperty("ink", "small")
        self.stop = QPushButton(_("Stop"))
        self.stop.clicked.connect(self.stopRequest)
        self.offices = QWidget()
        self._grid = QVBoxLayout(self.offices)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(10))
        self.back = QPushButton(_("Back"))
        icons.dress(self.back, "arrow-left", "text", 18)
        self.back.clicked.connect(self.backRequest)
        inner = QWidget()
        inner.setMaximumWidth(px(WIDTH))
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(10))
        for widget in (self.title, self.sentence, self.message, self.bar, self.doing, self.offices):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.stop)
        column.addLayout(foot)
        _centre(self, inner)

    def show_making(self) -> None:
        """The district is being made."""
        self.title.setText(_("The practice district is being made"))
        self.sentence.setText(
            _(
                "Eighteen wards with four years of visits by invented people. "
                "This is done once and takes a minute or two."
            )
        )
        self.message.clear()
        self.bar.setRange(0, 0)
        for widget, shown in ((self.bar, True), (self.doing, True), (self.stop, True), (self.offices, False)):
            widget.setVisible(shown)
        self.back.hide()

    def show_step(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.doing.setText(f"{text}  ·  {done}/{total}" if total else text)

    def show_offices(self, offices: Sequence[FolderFace]) -> None:
        """The district is there: which office shall it be?"""
        self.title.setText(_("Practice district"))
        self.sentence.setText(_("Choose where you sit today. All people and matters are invented; nothing can break."))
        for widget in (self.bar, self.doing, self.stop):
            widget.hide()
        self.offices.show()
        self.back.show()
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item else None
            if old:
                old.hide()
                old.deleteLater()
        districts = [face for face in offices if face.kind is OfficeKind.DISTRICT]
        wards = [face for face in offices if face.kind is OfficeKind.WARD]
        for face in districts:
            self._grid.addWidget(self._button(face, "landmark"))
        grid = QWidget()
        lines = QGridLayout(grid)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(8))
        for place, face in enumerate(wards):
            lines.addWidget(self._button(face, "building-2"), place // 3, place % 3)
        self._grid.addWidget(grid)

    def _button(self, face: FolderFace, icon: str) -> QPushButton:
        district = face.kind is OfficeKind.DISTRICT
        button = QPushButton(f" {face.name}")
        if district:
            button.setProperty("kind", "primary")
        button.setMinimumHeight(look.current().px(44))
        icons.dress(button, icon, "on_accent" if district else "accent", 20)
        button.clicked.connect(partial(self._open, face.home))
        return button

    def _open(self, home: Path, _checked: bool = False) -> None:
        self.openRequest.emit(home)

    def refused(self, sentence: str) -> None:
        """It could not be made."""
        self.message.tell(sentence, "danger")
        self.bar.hide()
        self.doing.hide()
        self.stop.hide()
        self.back.show()


def _centre(page: QWidget, inner: QWidget) -> None:
    holder = QWidget()
    holder.setProperty("box", "scroll")
    centred = QHBoxLayout()
    centred.addStretch(1)
    centred.addWidget(inner, 20)
    centred.addStretch(1)
    rows = QVBoxLayout(holder)
    rows.addStretch(2)
    rows.addLayout(centred)
    rows.addStretch(3)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
