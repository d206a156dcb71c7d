"""Step 1: which file. Chosen, or dropped here; below, the earlier imports with their undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.old_book.old_book import OldBook
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import LineField
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.window.bars import MessageBar

DROP = State(
    lazy("Bring the old book along"),
    lazy(
        "Choose the Excel or CSV file in which the visits were written until now, or drop it here. Old letters "
        "(TCVN3, VNI) are mended, and you see every change before anything is kept."
    ),
    lazy("Choose the file…"),
    icon="book-open",
)


class FileStep(QWidget):
    """`fileChosen` carries a Path; `takeBackRequest` an import and the reason, `putBackRequest` an import."""

    fileChosen = Signal(object)
    balancesRequest = Signal()
    takeBackRequest = Signal(object, str)
    putBackRequest = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        self.setAcceptDrops(True)
        self.drop = EmptyState(DROP)
        self.drop.actionRequest.connect(self.choose)
        self.balances = QPushButton(_("Opening figures of the reports…"))
        self.balances.setProperty("kind", "quiet")
        icons.dress(self.balances, "scale", "accent", 18)
        self.balances.clicked.connect(self.balancesRequest)
        inside = self.drop.layout()
        if isinstance(inside, QVBoxLayout):  # under the button, above the space at the foot
            inside.insertWidget(inside.count() - 1, self.balances, 0, Qt.AlignmentFlag.AlignHCenter)
        self.message = MessageBar()
        self.earlier = Card(_("Earlier imports"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(6))
        self.earlier.lines.addLayout(self._rows)
        holder = QWidget()
        holder.setProperty("box", "scroll")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(px(16), px(4), px(16), px(12))
        lines.setSpacing(px(10))
        lines.addWidget(self.message)
        lines.addWidget(self.drop, 1)
        lines.addWidget(self.earlier)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.rows: dict[str, ImportRow] = {}
        self.setFocusProxy(self.drop.button)

    def choose(self) -> None:
        """Asks the system for a file."""
        kinds = _("Old books ({pattern})").format(pattern="*.xlsx *.xlsm *.xls *.csv *.txt")
        every = _("All files ({pattern})").format(pattern="*")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Old book"), str(Path.home()), f"{kinds};;{every}")
        if chosen:
            self.fileChosen.emit(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file is taken."""
        event.acceptProposedAction()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.fileChosen.emit(Path(files[0]))

    def show_imports(self, books: list[OldBook]) -> None:
        """The earlier imports; the card is there only when there are some."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for book in books:
            row = ImportRow(book)
            row.takeBack.connect(partial(self.takeBackRequest.emit, book))
            row.putBack.connect(partial(self.putBackRequest.emit, book))
            self.rows[book.id] = row
            self._rows.addWidget(row)
        self.earlier.setVisible(bool(books))


class ImportRow(QWidget):
    """One import: file, day, how many visits; its undo asks for the reason in the same place."""

    takeBack = Signal(str)
    putBack = Signal()

    def __init__(self, book: OldBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        name = QLabel(book.file_name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("ink", "strong")
        told = ngettext("{n} visit", "{n} visits", book.taken).format(n=book.taken)
        facts = QLabel(f"{book.imported_on:%d/%m/%Y} · {told}")
        facts.setProperty("ink", "muted")
        self.button = QPushButton(_("Put back into the log") if book.removed else _("Take back the whole import…"))
        icons.dress(self.button, "redo-2" if book.removed else "undo-2", "text", 16)
        self.button.setAccessibleName(f"{self.button.text()} {book.file_name}")
        self.button.clicked.connect(self.putBack if book.removed else self._ask)
        first = QHBoxLayout()
        first.setSpacing(px(10))
        first.addWidget(name)
        first.addWidget(facts)
        if book.removed:
            chip = ChipLabel(Chip(_("Taken back"), "closed", "trash-2"))
            chip.setToolTip(book.removed)
            first.addWidget(chip)
        first.addStretch()
        first.addWidget(self.button)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setProperty("ink", "warning")
        self.warning.hide()
        self.reason = LineField(_("Why is it taken back?"), required=True, max_length=300)
        self.confirm = QPushButton(_("Take the import back"))
        self.confirm.setProperty("kind", "danger")
        self.confirm.clicked.connect(self._confirmed)
        self.keep = QPushButton(_("Keep it"))
        self.keep.clicked.connect(self.close_question)
        self.reason.editor.returnPressed.connect(self._confirmed)
        self._question = QWidget()
        second = QHBoxLayout(self._question)
        second.setContentsMargins(0, 0, 0, px(4))
        second.setSpacing(px(8))
        second.addWidget(self.reason, 1)
        beside = QVBoxLayout()  # level with the field, also when a problem stands under it
        beside.addSpacing(self.reason.label.sizeHint().height() + px(3))
        pair = QHBoxLayout()
        for button in (self.confirm, self.keep):
            pair.addWidget(button)
        beside.addLayout(pair)
        beside.addStretch()
        second.addLayout(beside)
        self._question.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(4))
        lines.addLayout(first)
        lines.addWidget(self.warning)
        lines.addWidget(self._question)

    def warn(self, worked_on: int) -> None:
        """Some visits have been worked on since."""
        if worked_on:
            said = ngettext(
                "{n} of these visits has got an answer, a case or a printed slip since; it goes too.",
                "{n} of these visits have got an answer, a case or a printed slip since; they go too.",
                worked_on,
            )
            self.warning.setText(said.format(n=worked_on))

    def _ask(self) -> None:
        self._question.show()
        self.warning.setVisible(bool(self.warning.text()))
        self.reason.setFocus()

    def close_question(self) -> None:
        """Nothing is taken back."""
        self._question.hide()
        self.warning.hide()
        self.button.setFocus()

    def _confirmed(self) -> None:
        reason = self.reason.value()
        if len(reason) < 5:
            self.reason.set_problem(_("Write why, in a few words: it stays in the recycle bin."))
            self.reason.setFocus()
            return
        self.reason.set_problem("")
        self.takeBack.emit(reason)
