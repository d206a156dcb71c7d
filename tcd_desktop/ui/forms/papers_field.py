"""The list of documents handed over (tài liệu): name, pages, condition, one line each, all by keyboard.

The last line is always empty: typing in it adds a document. Enter goes on to the next cell, Ctrl+Delete
removes a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import PaperCondition
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.choice_field import Combo
from tcd_desktop.ui.forms.field import Field, is_enter
from tcd_desktop.ui.forms.typing import Line, replace_text
from tcd_desktop.ui.look import icons, look

MOST_PAGES = 99_999


class PaperLine(QWidget):
    """One document."""

    edited = Signal()
    finished = Signal()
    """Enter in the last cell: on to the next line."""
    removed = Signal()

    def __init__(self, conditions: Sequence[tuple[PaperCondition, Text]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._conditions = [value for value, _words in conditions]
        self.name = Line()
        self.name.setMaxLength(300)
        self.name.setPlaceholderText(_("Name of a document"))
        self.name.setAccessibleName(_("Name of the document"))
        self.pages = Line()
        self.pages.setValidator(QIntValidator(1, MOST_PAGES, self))
        self.pages.setFixedWidth(now.px(64))
        self.pages.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.pages.setPlaceholderText(_("pages"))
        self.pages.setAccessibleName(_("Number of pages"))
        self.condition = Combo()
        self.condition.addItems([str(words) for _value, words in conditions])
        self.condition.setMinimumWidth(now.px(150))
        self.condition.setAccessibleName(_("Condition of the document"))
        self.remove = QToolButton()
        icons.dress(self.remove, "x", "muted", 16)
        self.remove.setToolTip(_("Remove this document (Ctrl+Delete)"))
        self.remove.setAccessibleName(_("Remove this document"))
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove.clicked.connect(self.removed)
        self.scan_mark = self.name.addAction(
            icons.icon("paperclip", "accent", now.px(16)), QLineEdit.ActionPosition.TrailingPosition
        )
        self.scan_mark.setToolTip(_("Its scan is kept with the visit"))
        self.scan_mark.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(6))
        row.addWidget(self.name, 1)
        row.addWidget(self.pages)
        row.addWidget(self.condition)
        row.addWidget(self.remove)
        self.name.textEdited.connect(lambda _text: self.edited.emit())
        self.pages.textEdited.connect(lambda _text: self.edited.emit())
        self.condition.activated.connect(lambda _index: self.edited.emit())
        for widget in self.cells():
            widget.installEventFilter(self)
        self.show_paper(None)

    def cells(self) -> tuple[QWidget, ...]:
        """The editors in the order of typing."""
        return (self.name, self.pages, self.condition)

    def paper(self) -> Paper | None:
        """The document, or None for an empty line."""
        name = clean_line(self.name.text())
        pages = int(self.pages.text()) if self.pages.text().isdigit() and int(self.pages.text()) > 0 else None
        if not name and pages is None:
            return None
        return Paper(name=name, pages=pages, condition=self._conditions[max(self.condition.currentIndex(), 0)])

    def show_paper(self, paper: Paper | None) -> None:
        """Shows a document, or an empty line."""
        self.name.setText(paper.name if paper else "")
        self.pages.setText(str(paper.pages) if paper and paper.pages else "")
        self.condition.setCurrentIndex(self._conditions.index(paper.condition) if paper else 0)

    def show_scanned(self, scanned: bool) -> None:
        """A paper clip in the line of a document whose scan is kept."""
        if self.scan_mark.isVisible() != scanned:
            self.scan_mark.setVisible(scanned)
            self.name.setAccessibleDescription(_("Its scan is kept with the visit") if scanned else "")

    def tidy(self) -> None:
        """Shows the cleaned name."""
        if clean_line(self.name.text()) != self.name.text():
            blocked = self.name.blockSignals(True)
            replace_text(self.name, clean_line(self.name.text()))
            self.name.blockSignals(blocked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Ctrl+Delete removes."""
        if is_enter(event) and watched in (self.name, self.pages):
            if watched is self.name and self.name.text().strip():
                self.pages.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.finished.emit()
            return True
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Delete
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.removed.emit()
            return True
        return super().eventFilter(watched, event)


class PapersField(Field):
    """Documents as a tuple of `Paper`. `conditions` are the states of a document with their words."""

    def __init__(
        self,
        label: Text,
        conditions: Sequence[tuple[PaperCondition, Text]],
        *,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._conditions = list(conditions)
        self._scanned: set[str] = set()
        self.lines: list[PaperLine] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.current().px(4))
        self._total = QLabel()
        self._total.setProperty("ink", "small")
        first = self._append(None)
        self._column.addWidget(self._total)
        self._place(holder, first.name)
        self._count()

    def value(self) -> Any:
        """The documents with a name or a number of pages."""
        return tuple(paper for paper in (line.paper() for line in self.lines) if paper is not None)

    def set_value(self, value: Any) -> None:
        """Shows documents; the lines being typed for the same documents are left alone."""
        if tuple(value) == self.value():
            return
        while len(self.lines) > len(value) + 1:
            self._take(self.lines[-1])
        while len(self.lines) < len(value) + 1:
            self._append(None)
        for line, paper in zip(self.lines, [*value, None], strict=True):
            line.show_paper(paper)
        self._count()

    def show_scans(self, names: set[str]) -> None:
        """Marks the documents of which there is a scan (bản quét kèm)."""
        self._scanned = set(names)
        self._mark()

    def _mark(self) -> None:
        for line in self.lines:
            line.show_scanned(clean_line(line.name.text()) in self._scanned)

    def tidy(self) -> None:
        """Cleans all names."""
        for line in self.lines:
            line.tidy()

    def _append(self, paper: Paper | None) -> PaperLine:
        line = PaperLine(self._conditions)
        line.show_paper(paper)
        line.edited.connect(self._edited)
        line.finished.connect(lambda: self._next(line))
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) - 1, line)
        for widget in line.cells():
            widget.installEventFilter(self)
        if self._editors:
            self._editors = [widget for one in self.lines for widget in one.cells()]
        return line

    def _edited(self) -> None:
        if self.lines[-1].paper() is not None:
            self._append(None)
        self._count()
        self.changed.emit(self.value())

    def _next(self, line: PaperLine) -> None:
        at = self.lines.index(line) + 1
        if at < len(self.lines):
            self.lines[at].name.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextChild()

    def _remove(self, line: PaperLine) -> None:
        at = self.lines.index(line)
        if line is self.lines[-1]:
            line.show_paper(None)
        else:
            self._take(line)
        self.lines[min(at, len(self.lines) - 1)].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count()
        self.changed.emit(self.value())

    def _take(self, line: PaperLine) -> None:
        self.lines.remove(line)
        self._editors = [widget for one in self.lines for widget in one.cells()]
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _count(self) -> None:
        self._mark()
        papers = self.value()
        pages = sum(paper.pages or 0 for paper in papers)
        self._total.setText(_("{documents} documents, {pages} pages").format(documents=len(papers), pages=pages))
        self._total.setVisible(len(papers) > 1)
        for line in self.lines:
            line.remove.setEnabled(line.paper() is not None)
