"""The narrative of a report: its sections at the left, the words of one at the right, what is missing named."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.reports.circular_sheets.narrative import Section
from tcd_desktop.ui.look import icons, look

KEEP_MS = 1500
"""So long after the last letter what was typed is kept."""
ROLE_CODE = Qt.ItemDataRole.UserRole + 1


class NarrativeView(QWidget):
    """`partWritten` (code, words): a section was written and is to be kept; "" brings the proposed words back."""

    partWritten = Signal(str, str)

    def __init__(self, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = editable
        self.sections: tuple[Section, ...] = ()
        self._code = ""
        self._filling = False
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(_("Sections of the narrative"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.heading, self.guide, self.told = QLabel(), QLabel(), QLabel()
        self.editor = QPlainTextEdit()
        self.editor.setReadOnly(not editable)
        self.editor.setMinimumHeight(look.current().px(44))
        self.editor.setTabChangesFocus(True)
        self.editor.textChanged.connect(self._typed)
        self.again = QPushButton(_("Bring the proposed words back"))
        self.again.setProperty("kind", "quiet")
        icons.dress(self.again, "rotate-ccw", "text", 16)
        self.again.clicked.connect(self._bring_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._lay_out()

    def _lay_out(self) -> None:
        px = look.current().px
        self.heading.setProperty("ink", "heading")
        for label in (self.heading, self.guide):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.guide.setProperty("ink", "muted")
        self.told.setProperty("ink", "small")
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(px(16), px(10), px(16), px(10))
        lines.setSpacing(px(8))
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.again)
        for widget in (self.heading, self.guide):
            lines.addWidget(widget)
        lines.addWidget(self.editor, 1)
        lines.addLayout(foot)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setSizes([px(360), px(700)])
        splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    # -- showing -------------------------------------------------------------------------------------

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Shows the outline; what is being typed is never taken away."""
        same = [one.code for one in sections] == [one.code for one in self.sections]
        self.sections = sections
        if not same:
            self.model.clear()
            for one in sections:
                item = QStandardItem()
                item.setData(one.code, ROLE_CODE)
                self.model.appendRow(item)
        for row, one in enumerate(sections):
            item = self.model.item(row)
            item.setText(("● " if one.missing else "") + one.heading)
            item.setFont(look.font(strong=not one.writable))
            item.setData(
                ", ".join((one.heading, _("still to be written"))) if one.missing else one.heading,
                Qt.ItemDataRole.AccessibleTextRole,
            )
        if not self._code or not same:
            first = next((row for row, one in enumerate(sections) if one.missing), 1 if len(sections) > 1 else 0)
            if sections:
                self.list.setCurrentIndex(self.model.index(first, 0))
        else:
            self._refresh()

    def missing(self) -> tuple[Section, ...]:
        """Sections that somebody has still to write."""
        return tuple(one for one in self.sections if one.missing)

    def show_section(self, code: str) -> None:
        """Goes to a section."""
        for row, one in enumerate(self.sections):
            if one.code == code:
                self.list.setCurrentIndex(self.model.index(row, 0))

    def _section(self) -> Section | None:
        return next((one for one in self.sections if one.code == self._code), None)

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.keep()
        self._code = str(current.data(ROLE_CODE) or "")
        self._fill()

    def _refresh(self) -> None:
        """New figures fill a section that nobody is writing in."""
        section = self._section()
        if section is not None and not self._timer.isActive() and self.editor.toPlainText() != section.text:
            self._fill()
        self._tell()

    def _fill(self) -> None:
        section = self._section()
        self._filling = True
        self.heading.setText(section.heading if section else "")
        self.guide.setText(section.guide if section else "")
        self.guide.setVisible(bool(section and section.guide))
        self.editor.setPlainText(section.text if section else "")
        self.editor.setAccessibleName(section.heading if section else "")
        self.editor.setVisible(bool(section and section.writable))
        self._filling = False
        self._tell()

    def _tell(self) -> None:
        section = self._section()
        self.again.setVisible(bool(self._editable and section and section.typed and section.proposed))
        if section is None or not section.writable:
            self.told.setText("")
        elif section.missing:
            self.told.setText(_("Still to be written."))
        elif section.typed:
            self.told.setText(_("Written by hand; figures in it no longer follow the books."))
        else:
            self.told.setText(_("Proposed words; the figures follow the books until you change the text."))

    def summary(self) -> str:
        """ "3 sections are still to be written"."""
        count = len(self.missing())
        words = ngettext("{n} section is not written yet", "{n} sections are not written yet", count)
        return words.format(n=count) if count else ""

    # -- writing ---------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if not self._filling and self._editable:
            self._timer.start()

    def keep(self) -> None:
        """Keeps what was typed now, not in a moment."""
        self._timer.stop()
        section = self._section()
        if section is None or self._filling or not section.writable or not self._editable:
            return
        text = self.editor.toPlainText().strip()
        if text == section.text.strip():
            return
        typed = "" if text == section.proposed.strip() else text
        self.sections = tuple(replace(one, typed=typed) if one is section else one for one in self.sections)
        self.partWritten.emit(section.code, typed)

    def _bring_back(self, _checked: bool = False) -> None:
        self._timer.stop()
        section = self._section()
        if section is not None:
            self._filling = True
            self.editor.setPlainText(section.proposed)
            self._filling = False
            self.partWritten.emit(section.code, "")

    def focus_list(self) -> None:
        """The keyboard goes into the outline."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
