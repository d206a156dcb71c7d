"""A ward's stick before and after it is read: the same list, first as what would come, then as what has come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.unit import Change
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.manifest import BundleKind
from tcd_desktop.ui.exchange.outcomes import added_up
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.standing import count_words
from tcd_desktop.ui.exchange.stick import Stick, StickLine, counted, moved_sentence, read_in
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

NO_LINES = State(lazy("No record changes"), lazy("The stick brings nothing that is not here."), icon="check-check")
DESKS = {
    "directive": "directives",
    "reminder": "directives",
    "inspection_round": "inspections",
    "review_entry": "reviews",
    "reception": "receptions",
    "case_file": "cases",
    "petition": "petitions",
    "citizen": "citizens",
}
"""Which desk shows a record of a table."""
COLUMNS = (
    Column("what", lazy("What becomes of it"), 140, text=lambda line: "", chip=lambda line: line.chip),
    Column(
        "about", lazy("Content"), 260, text=lambda line: line.about, tooltip=lambda line: line.about,
        strong=True, stretch=True,
    ),
    Column("detail", lazy("What it means"), 320, text=lambda line: line.detail, tooltip=lambda line: line.detail),
)  # fmt: skip


class StickPanel(QWidget):
    """`read` carries the changed records after the stick was read; `back` is the wish to leave; `openRequest` names a
    desk and a record."""

    read = Signal(object)
    back = Signal()
    openRequest = Signal(str, object)

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._office = office
        self.stick: Stick | None = None
        self.card = WorkCard(_("On the stick"), "", _("Read into the books"), "download", runner)
        self.card.pressed.connect(self.take)
        self.leave = QPushButton(_("Back  Esc"))
        icons.dress(self.leave, "arrow-left", "text", 16)
        self.leave.clicked.connect(self.back)
        self.card.add_button(self.leave)
        self.rows, self.pane = FixedRows(), Inspector()
        model = PagedModel(self.rows, COLUMNS, runner=runner, row_id=lambda line: line.id, parent=self)
        self.view = ListView("stick", model, keeper, empty=NO_LINES, inspector=self.pane)
        self.view.keep_inspector()
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(self.open_line)
        self.opening = QPushButton(_("Open"))
        icons.dress(self.opening, "panel-right", "text", 18)
        self.opening.clicked.connect(lambda _checked=False: self.open_line(self.view.current_id()))
        self.pane.set_actions([self.opening])
        top = QHBoxLayout()
        top.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(10))
        top.addWidget(self.card)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(top)
        lines.addWidget(self.view, 1)

    def show_stick(self, stick: Stick) -> None:
        """Shows what is on a stick, or what came from it."""
        self.stick = stick
        self.rows.rows = stick.lines
        self.view.show_query(None, filtered=False)
        self._show(self.view.current_id())
        self.card.set_title(_("The stick was read") if stick.read else _("On the stick"))
        self.card.sentence.setText(read_sentence(stick) if stick.read else seen_sentence(stick))
        self.card.button.setVisible(not stick.read)
        likely = self.leave if stick.read else self.card.button
        likely.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Reads what is shown into the books."""
        office, stick = self._office, self.stick
        if stick is not None and not stick.read:
            self.card.run(partial(read_in, office, stick), self._taken, doing=_("Reading into the books…"))

    def _taken(self, stick: Stick) -> None:
        self._office.refresh()
        self.show_stick(stick)
        refused = [line for line in stick.lines if line.id.startswith("file ") and line.chip.tone == "danger"]
        if refused:
            self.card.message.tell("\n".join(f"{line.about}: {line.detail}" for line in refused), "danger")
        else:
            self.card.message.clear()
        records = {(one.table, one.record) for result in stick.results for one in result.records}
        self.read.emit(tuple(Change(table, record) for table, record in sorted(records)))

    def focus_list(self) -> None:
        """The keyboard goes to what is done next, else into the list."""
        unread = self.stick is not None and not self.stick.read
        (self.card.button if unread else self.view.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line_id: str) -> StickLine | None:
        return next((line for line in self.rows.rows if line.id == line_id), None)

    def _show(self, line_id: str) -> None:
        line = self._line(line_id)
        if line is None:
            self.pane.show_nothing(_("Choose a line to read it whole."))
            return
        self.opening.setVisible(self._can_open(line))
        self.pane.show_record(line.about, line.detail, chips=[line.chip])

    def _can_open(self, line: StickLine) -> bool:
        """A record of ours is in the books already; what the stick brings, only after it was read."""
        here = self.stick is not None and (self.stick.read or line.id.startswith("aside "))
        return here and line.table in DESKS and bool(line.record)

    def open_line(self, line_id: str) -> None:
        """Shows the record of a line on its desk."""
        line = self._line(line_id)
        if line is not None and self._can_open(line):
            self.openRequest.emit(DESKS[line.table], line.record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape and not self.card.busy():
            self.back.emit()
            return
        super().keyPressEvent(event)


def seen_sentence(stick: Stick) -> str:
    """Before reading: that nothing is kept yet, and what would come."""
    return " ".join(filter(None, (_("Nothing has been changed yet."), _brings(stick))))


def _brings(stick: Stick) -> str:
    told = counted(stick)
    return _("The stick brings: {what}.").format(what=told) if told else ""


def read_sentence(stick: Stick) -> str:
    """After reading: the receipt, the changes of the other PCs, the dates that moved."""
    applied = [result for result in stick.results if result.outcome == "applied"]
    return " ".join(filter(None, (applied_sentence(applied), moved_sentence(stick.moved))))


def applied_sentence(applied: list[ImportResult]) -> str:
    """What was read: the receipt, the changes of the other PCs, or both."""
    beside = [result for result in applied if result.kind == BundleKind.OPS.value]
    books = [result for result in applied if result.kind == BundleKind.SNAPSHOT.value]
    sentences: list[str] = []
    if books:
        balance = added_up([result.balance for result in books])
        words = _("The books of this office have come back: {changes}.")
        sentences.append(words.format(changes=count_words(balance.new + balance.updated + balance.conflict)))
    if len(beside) + len(books) < len(applied):
        sentences.append(_("The receipt was read; its signature is right."))
    if beside:
        balance = added_up([result.balance for result in beside])
        words = _("From the other PCs of this office: {changes}.")
        sentences.append(words.format(changes=count_words(balance.new + balance.updated + balance.conflict)))
        if balance.conflict:
            words = ngettext(
                "{n} of them meets another value here: see the list of conflicts.",
                "{n} of them meet another value here: see the list of conflicts.",
                balance.conflict,
            )
            sentences.append(words.format(n=balance.conflict))
    return " ".join(sentences)
