"""Recent acts (gần đây): the officer's acts of today, newest first; a row takes back all acts down to itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.forms.field import is_enter
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.words.acts import act_name, redo_label

WIDE, ROWS = 500, 9


class RecentPanel(QFrame):
    """A sheet under the button. Rows are steps of `services.recycle.undo`; those that stay done carry a lock."""

    undoRequest = Signal(str)
    """The entry down to which acts are taken back, in order."""
    redoRequest = Signal()
    binRequest = Signal()
    draftsRequest = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        now = look.current()
        self.setProperty("box", "card")
        self._steps: list[Any] = []
        heading = QLabel(_("Recent acts"))
        heading.setProperty("ink", "heading")
        self.note = QLabel()
        self.note.setProperty("ink", "small")
        self.note.setWordWrap(True)
        self.redo = QPushButton()
        icons.dress(self.redo, "redo-2", "text", 18)
        self.redo.clicked.connect(self._redo)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Recent acts"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.currentRowChanged.connect(self._mark)
        self.list.itemDoubleClicked.connect(lambda _item: self._undo())
        self.undo = QPushButton()
        self.undo.setProperty("kind", "primary")
        icons.dress(self.undo, "undo-2", "on_accent", 18)
        self.undo.clicked.connect(self._undo)
        self.bin = _quiet(_("Recycle bin"), "trash-2")
        self.bin.clicked.connect(self._to_bin)
        self.drafts = _quiet(_("Drafts"), "pencil")
        self.drafts.clicked.connect(self._to_drafts)
        foot = QHBoxLayout()
        foot.addWidget(self.bin)
        foot.addWidget(self.drafts)
        foot.addStretch()
        foot.addWidget(self.undo)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(12), now.px(14), now.px(12))
        lines.setSpacing(now.px(8))
        for widget in (heading, self.note, self.redo, self.list):
            lines.addWidget(widget)
        lines.addLayout(foot)

    def show_steps(self, steps: list[Any], redo: Any, under: QWidget) -> None:
        """Fills the sheet and shows it under a button."""
        now = look.current()
        self.setFixedWidth(now.px(WIDE))
        self._steps = steps
        self.redo.setVisible(redo is not None)
        if redo is not None:
            self.redo.setText(f"{redo_label(redo.act, redo.name, redo.count)}  {key_text('redo')}")
        self.list.clear()
        for step in steps:
            item = QListWidgetItem(f"{step.at.astimezone():%H:%M}   {act_name(step.act, step.name, step.count)}")
            item.setIcon(icons.icon("lock" if step.fixed else "check", "muted", now.px(16)))
            if step.fixed:
                item.setToolTip(_("This act stays done."))
            self.list.addItem(item)
        self.list.setVisible(bool(steps))
        row = max(self.list.sizeHintForRow(0), now.px(28))
        self.list.setFixedHeight(row * min(max(len(steps), 1), ROWS) + now.px(4))
        told = _("Choose an act: it and the newer ones above it are undone in order.")
        self.note.setText(told if steps else _("Nothing was done here today."))
        self.undo.setVisible(bool(steps))
        self.list.setCurrentRow(0)
        self._mark(0)
        self.adjustSize()
        place = under.mapToGlobal(QPoint(under.width() - self.width(), under.height() + now.px(4)))
        self.move(max(place.x(), 0), place.y())
        self.show()
        (self.list if steps else self.bin).setFocus(Qt.FocusReason.PopupFocusReason)

    def _mark(self, row: int) -> None:
        """Marks what would be undone: everything down to the row, without what stays done."""
        count = sum(1 for step in self._steps[: row + 1] if not step.fixed)
        for at in range(self.list.count()):
            font = look.font(strong=at <= row and not self._steps[at].fixed)
            self.list.item(at).setFont(font)
        self.undo.setText(ngettext("Undo {n} act", "Undo {n} acts", count).format(n=count) + "  Enter")
        self.undo.setEnabled(0 <= row < len(self._steps) and not self._steps[row].fixed)

    def _undo(self, _checked: bool = False) -> None:
        row = self.list.currentRow()
        if self.undo.isEnabled() and 0 <= row < len(self._steps):
            self.close()
            self.undoRequest.emit(self._steps[row].entry)

    def _redo(self, _checked: bool = False) -> None:
        self.close()
        self.redoRequest.emit()

    def _to_bin(self, _checked: bool = False) -> None:
        self.close()
        self.binRequest.emit()

    def _to_drafts(self, _checked: bool = False) -> None:
        self.close()
        self.draftsRequest.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, in the list it undoes; Esc closes, as popups do."""
        if is_enter(event):
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
            else:
                self._undo()
            return
        super().keyPressEvent(event)


def _quiet(words: str, icon: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "quiet")
    icons.dress(button, icon, "text", 18)
    return button
