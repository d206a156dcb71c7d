"""The papers of a case: add by button or by dropping files, open, save a copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.case_file import Attachment
from tcd_desktop.i18n import _
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.cases.file_names import can_open, safe_name, size_words


class Attachments(QFrame):
    """Lines of papers. The page does the acts; `editable` is False for another office's case."""

    addRequest = Signal(list)
    """Paths (list[Path]) of files chosen or dropped."""
    openRequest = Signal(object)
    saveRequest = Signal(object, object)
    """Attachment and the path to save to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self._editable = False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        self._lines.setSpacing(now.px(4))
        head = QHBoxLayout()
        self._title = QLabel()
        self._title.setProperty("ink", "heading")
        self.add_button = QPushButton(_("Add a file"))
        icons.dress(self.add_button, "paperclip", "text", 16)
        self.add_button.clicked.connect(self._choose)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.add_button)
        self._lines.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lines.addLayout(self._rows)
        self._hint = QLabel()
        self._hint.setProperty("ink", "small")
        self._hint.setWordWrap(True)
        self._lines.addWidget(self._hint)

    def show_papers(self, papers: Sequence[Attachment], *, editable: bool) -> None:
        """Shows the papers of a case."""
        self._editable = editable
        self.setAcceptDrops(editable)
        self.add_button.setVisible(editable)
        self._title.setText(_("Papers ({n})").format(n=len(papers)) if papers else _("Papers"))
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for paper in papers:
            self._rows.addWidget(self._row(paper))
        self._hint.setText(_("Drop files here to add them.") if editable else "")
        if not papers and not editable:
            self._hint.setText(_("No papers."))
        self._hint.setVisible(bool(self._hint.text()))

    def _row(self, paper: Attachment) -> QWidget:
        now = look.current()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, now.px(2), 0, now.px(2))
        row.setSpacing(now.px(8))
        picture = QLabel()
        icons.dress(picture, "file-text", "muted", 18)
        name = QLabel(paper.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        size = QLabel(size_words(paper.length))
        size.setProperty("ink", "small")
        row.addWidget(picture)
        row.addWidget(name, 1)
        row.addWidget(size)
        if can_open(paper.name):
            row.addWidget(self._button("eye", _("Open {name}").format(name=paper.name), partial(self._open, paper)))
        row.addWidget(
            self._button("save", _("Save a copy of {name}").format(name=paper.name), partial(self._save, paper))
        )
        return line

    def _button(self, icon: str, words: str, act: object) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "quiet")
        icons.dress(button, icon, "muted", 16)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        return button

    def _open(self, paper: Attachment, _checked: bool = False) -> None:
        self.openRequest.emit(paper)

    def _save(self, paper: Attachment, _checked: bool = False) -> None:
        suggested = str(Path.home() / safe_name(paper.name))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), suggested)
        if chosen:
            self.saveRequest.emit(paper, Path(chosen))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add papers to the case"), str(Path.home()))
        if chosen:
            self.addRequest.emit([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if self._editable and any(url.isLocalFile() for url in event.mimeData().urls()):
            look.set_property(self, "state", "drop")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        look.set_property(self, "state", "")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the files that were dropped."""
        look.set_property(self, "state", "")
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        files = [file for file in files if file.is_file()]
        if files:
            event.acceptProposedAction()
            self.addRequest.emit(files)
