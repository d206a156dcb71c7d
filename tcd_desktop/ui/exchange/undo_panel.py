"""Hoàn tác một lần nhập: what would leave the books, what rests on it, the reason, then the act; or leave it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal.undo_merge import Blocker, UndoPlan
from tcd_desktop.sync.undo_import import MOST_REASON
from tcd_desktop.ui.cases.case_words import moment, short_office
from tcd_desktop.ui.exchange.arrivals import TOUCHED
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.exchange.work_card import WorkCard, label
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.acts import act_name


class UndoPanel(QWidget):
    """`undone` carries what changed; `left` is the wish to go back (button or Esc)."""

    undone = Signal(object)
    left = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._office = office
        self._bundle = ""
        self._names: dict[str, str] = {}
        self.card = WorkCard(_("Take an import back"), "", _("Undo this import"), "undo-2", runner)
        self.card.pressed.connect(self.undo)
        self.leave = QPushButton(_("Leave it"))
        self.leave.clicked.connect(self.left)
        icons.dress(self.leave, "arrow-left", "text", 16)
        self.card.add_button(self.leave)
        self.facts = label("")
        self.reason = QLineEdit()
        self.reason.setMaxLength(MOST_REASON)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why the import is taken back; the ward reads it in the next answer"))
        self.reason.textChanged.connect(self._offer)
        self.reason.returnPressed.connect(self._entered)
        self.card.lines.insertWidget(2, self.facts)
        self.card.lines.insertWidget(3, self.reason)
        inside = QWidget()
        inside.setProperty("box", "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(now.px(16), now.px(8), now.px(16), now.px(16))
        column.addWidget(self.card)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(area)
        self.plan: UndoPlan | None = None

    def show_import(self, bundle: str) -> None:
        """Reads what taking the import of a bundle back would do."""
        self._bundle, self.plan = bundle, None
        office = self._office
        self.facts.setText("")
        self.reason.clear()
        self.card.sentence.setText("")

        def work(_progress: Progress) -> tuple[UndoPlan, dict[str, str]]:
            return office.undo_import.preview(bundle), office_names(office)

        self.card.run(work, self._planned, doing=_("Looking what rests on it…"), failed=self._refused)
        self._offer()

    def _refused(self, _sentence: str) -> None:
        self.reason.hide()
        self._offer()
        self.leave.setFocus()

    def _planned(self, answer: tuple[UndoPlan, dict[str, str]]) -> None:
        self.plan, self._names = answer
        plan = self.plan
        entries = ngettext("{n} entry", "{n} entries", plan.entries).format(n=plan.entries)
        self.card.sentence.setText(
            _(
                "{entries} of {office}, imported at {when}. Nothing has been changed yet. The ward learns it from the "
                "next answer and sends the entries again; the same stick can be imported again."
            ).format(
                entries=entries, office=self._name(plan.chain.office), when=moment(plan.line.at, self._office.today())
            )
        )
        self.facts.setText("\n".join([*_counts(plan), *self._blocker_lines(plan.blockers)]))
        self.reason.setVisible(not plan.blockers)
        self._offer()
        (self.leave if plan.blockers else self.reason).setFocus()

    def _blocker_lines(self, blockers: list[Blocker]) -> list[str]:
        if not blockers:
            return []
        return [_("It cannot be taken back, because this rests on it:"), *(f"• {self._said(one)}" for one in blockers)]

    def _said(self, one: Blocker) -> str:
        when = moment(datetime.fromisoformat(one.at).replace(tzinfo=None), self._office.today()) if one.at else ""
        if one.kind == "import":
            return _("the import of entries {first}–{last} at {when}; take that one back first").format(
                first=one.first, last=one.last, when=when
            )
        if one.kind == "epoch":
            return _("the books this PC began anew afterwards (entries {first}–{last})").format(
                first=one.first, last=one.last
            )
        return _("{office}, {when}: {act} ({kind})").format(
            office=self._name(one.office), when=when, act=act_name(one.act), kind=kind_word(one.table)
        )

    def _name(self, code: str) -> str:
        return short_office(self._names.get(code, code))

    def _offer(self, _text: str = "") -> None:
        ready = self.plan is not None and not self.plan.blockers and bool(self.reason.text().strip())
        self.card.button.setEnabled(ready and not self.card.busy())

    def _entered(self) -> None:
        if self.card.button.isEnabled():
            self.undo()

    def undo(self) -> None:
        """Takes the import back."""
        desk, bundle, reason = self._office.undo_import, self._bundle, self.reason.text()
        self.card.run(lambda _progress: desk.undo(bundle, reason), self._done, doing=_("Taking back…"))

    def _done(self, _done: object) -> None:
        self._office.refresh()
        self.plan = None
        self.reason.hide()
        self.facts.setText("")
        self.card.sentence.setText(
            _("The import was taken back. Write the receipts, so that the ward sends its entries again.")
        )
        self._offer()
        self.leave.setFocus()
        self.undone.emit(TOUCHED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape and not self.card.busy():
            self.left.emit()
            return
        super().keyPressEvent(event)


def _counts(plan: UndoPlan) -> list[str]:
    gone = [f"{kind_word(table)} {count}" for table, count in sorted(plan.gone.items())]
    back = [f"{kind_word(table)} {count}" for table, count in sorted(plan.back.items())]
    lines = []
    if gone:
        lines.append(_("Leaves the books: {records}").format(records=", ".join(gone)))
    if back:
        lines.append(_("Gets its earlier values back: {records}").format(records=", ".join(back)))
    return lines
