"""The editors into which people type: what is pasted is cleaned and can be undone, files dropped go to the page.

Typing tools are left alone: UniKey and Telex compose through the input method, or on Windows send a backspace and a
letter; nothing is rewritten before the field is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.ui.look import look

_ROW_ENDS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def pasted_line(text: str) -> str:
    """A text for one line: NFC, rows joined, no tabs, no bidi or invisible marks; a blank at either end stays."""
    body = clean_line(_ROW_ENDS.sub(" ", text.strip("\r\n\t\u2028\u2029")))
    if not body:
        return ""
    before = " " if text[:1] == " " else ""
    after = " " if text[-1:] == " " else ""
    return f"{before}{body}{after}"


def pasted_block(text: str) -> str:
    """A text for several lines: NFC, one kind of line end, tabs as blanks, no bidi or invisible marks."""
    lines = clean_block(text.replace("\t", " "))
    return lines if not text[:1].isspace() or "\n" in text[:1] else f" {lines}"


class Line(QLineEdit):
    """One line. `raw` for passwords: nothing is cleaned."""

    def __init__(self, parent: QWidget | None = None, *, raw: bool = False) -> None:
        super().__init__(parent)
        self._raw = raw

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting by any key for it."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._raw and not self.isReadOnly():
            self.paste_clean()
            return
        super().keyPressEvent(event)

    def paste_clean(self) -> None:
        """The clipboard's text, cleaned, in one step of undo."""
        text = pasted_line(QGuiApplication.clipboard().text())
        if text:
            self._end_step()
            self.insert(text)
            self._end_step()

    def _end_step(self) -> None:
        """What was typed before and what comes now are taken back separately: Qt ends a step when the cursor moves."""
        at = self.cursorPosition()
        if self.text() and not self.hasSelectedText():
            self.setCursorPosition(at - 1 if at else 1)
            self.setCursorPosition(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's menu, with our pasting."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() == "edit-paste" and not self._raw:
                action.triggered.disconnect()
                action.triggered.connect(self.paste_clean)
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are not for a line of text."""
        if _holds_files(event.mimeData()):
            event.ignore()
            return
        super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped text is cleaned as a pasted one."""
        data = event.mimeData()
        if _holds_files(data):
            event.ignore()
        elif data.hasText() and event.source() is None and not self._raw and not self.isReadOnly():
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self.insert(pasted_line(data.text()))
            event.acceptProposedAction()
        else:
            super().dropEvent(event)


class Block(QPlainTextEdit):
    """Several lines; asks for no more height than its field gives it."""

    def sizeHint(self) -> QSize:
        """As tall as the least."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; files go to the page."""
        return source.hasText() and not _holds_files(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted or dropped, cleaned, in one step of undo."""
        if self.canInsertFromMimeData(source):
            self.textCursor().insertText(pasted_block(source.text()))
            self.ensureCursorVisible()


def replace_text(editor: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Another text in a step that Ctrl+Z takes back. The caller keeps its own listeners quiet."""
    if isinstance(editor, QLineEdit):
        editor.selectAll()
        if text:
            editor.insert(text)
        else:
            editor.del_()
        editor.deselect()
        return
    cursor = QTextCursor(editor.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText(text)


def _holds_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())


class Note(QLabel):
    """A few quiet words beside a label: the longest of several ways to say them that has room, or nothing.

    It never asks for room itself, so that nothing moves while somebody types.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: tuple[str, ...] = ()
        self._tone = "muted"

    def say(self, *ways: str, tone: str = "muted") -> None:
        """What to say, the fullest way first."""
        self._ways, self._tone = tuple(filter(None, ways)), tone
        self.setAccessibleName(self._ways[0] if self._ways else "")
        self.setToolTip(self._ways[0] if self._ways else "")
        self.update()

    def words(self) -> str:
        """The fullest way."""
        return self._ways[0] if self._ways else ""

    def shown(self) -> str:
        """The way that has room."""
        measure = QFontMetrics(look.font(-1))
        return fitting(self._ways, measure, self.width())

    def sizeHint(self) -> QSize:
        """No width of its own."""
        return QSize(0, QFontMetrics(look.font(-1)).height())

    def minimumSizeHint(self) -> QSize:
        """No width of its own."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """At the right."""
        words = self.shown()
        if not words:
            return
        painter = QPainter(self)
        theme = look.current().theme
        painter.setFont(look.font(-1))
        painter.setPen(look.color("muted") if self._tone == "muted" else getattr(theme, self._tone).ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def fitting(ways: Sequence[str], measure: QFontMetrics, room: int) -> str:
    """The first way that is not wider than the room, "" when none is."""
    return next((way for way in ways if measure.horizontalAdvance(way) <= room), "")
