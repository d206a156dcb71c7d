"""The size budget as a quiet bar: how much of the next USB bundle the papers fill, in words too."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from tcd_desktop.domain.papers.paper_rules import NEARLY
from tcd_desktop.i18n import _
from tcd_desktop.services.papers.attachment_desk import Room
from tcd_desktop.ui.cases.file_names import size_words
from tcd_desktop.ui.look import look


class BudgetBar(QWidget):
    """Hidden while there is nothing to carry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.words = QLabel()
        self.words.setProperty("ink", "small")
        self.state = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximum(1000)
        self.bar.setFixedWidth(now.px(72))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(8))
        row.addWidget(self.bar)
        row.addWidget(self.words)
        row.addWidget(self.state)
        row.addStretch()
        self.hide()

    def show_room(self, room: Room) -> None:
        """Shows how much of the next bundle is used."""
        used, most = room.bundle, room.limits.bundle
        self.words.setText(
            _("{used} of the {most} of the next USB bundle").format(used=size_words(used), most=size_words(most))
        )
        self.bar.setValue(min(1000, round(1000 * used / most)))
        over, near = used > most, used >= most * NEARLY
        self.state.setText(_("Too much for one bundle") if over else _("Nearly full") if near else "")
        look.set_property(self.state, "ink", "problem" if over else "warning")
        look.set_property(self.bar, "tone", "danger" if over else "warning" if near else "")
        self.setAccessibleName(" ".join(filter(None, (self.words.text(), self.state.text()))))
        self.setToolTip(
            _("Papers that no bundle has carried yet. A larger bundle takes longer and may not fit on a small stick.")
        )
        self.setVisible(used > 0)
