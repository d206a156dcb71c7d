"""Merging two citizens: choose the other one, see both side by side, choose each value, say why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop import words
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.services.people.citizens import CitizenDesk, MergePreview
from tcd_desktop.ui.citizens.citizen_rows import one_line, shown_value, visits_words
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.dialogs.reason_dialog import given_reason
from tcd_desktop.ui.forms.form_fields import LineField, TextField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike

PAUSE_MS = 150
VALUE = 250
"""Width of a value."""


class MergeDialog(AskDialog):
    """`mergeRequest` carries the one kept, the other, the fields taken from the other, the reason."""

    mergeRequest = Signal(str, str, object, str)

    def __init__(self, desk: CitizenDesk, runner: RunnerLike, citizen: Citizen, other: str, parent: QWidget) -> None:
        super().__init__(
            _("Merge citizens"),
            _("Two records are one person. Nothing is lost: they can be parted again at any time."),
            _("Merge"),
            parent,
        )
        self._desk, self._runner, self._citizen = desk, runner, citizen
        self._job: Job | None = None
        self.preview: MergePreview | None = None
        self.takes: dict[str, QRadioButton] = {}
        """Field -> the button that takes the other's value."""
        self.setMinimumWidth(look.current().px(760))
        self._build_chooser()
        self._build_comparison()
        self.reason = TextField(_("Reason"), lines=2, required=True)
        self.problem = QLabel()
        self.problem.setProperty("ink", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.body.addWidget(self.reason)
        self.body.addWidget(self.problem)
        self.show_fields(())
        self._show_chooser(not other)
        if other:
            self.compare(self._citizen.id, other)

    # -- choosing the other -------------------------------------------------------------------------

    def _build_chooser(self) -> None:
        self.chooser = QWidget()
        lines = QVBoxLayout(self.chooser)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(6))
        told = QLabel(_("{citizen} is the same person as:").format(citizen=one_line(self._citizen)))
        told.setWordWrap(True)
        lines.addWidget(told)
        self.search = LineField(_("Name, number or telephone of the other"), max_length=120)
        self.search.editor.installEventFilter(self)
        self.search.changed.connect(self._typed)
        lines.addWidget(self.search)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Citizens found"))
        self.found.setFixedHeight(look.current().px(196))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.itemActivated.connect(self._chosen)
        self.found.itemClicked.connect(self._chosen)
        lines.addWidget(self.found)
        self.body.addWidget(self.chooser)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._search)

    def _show_chooser(self, shown: bool) -> None:
        self.chooser.setVisible(shown)
        self.comparison.setVisible(not shown)
        self.reason.setVisible(not shown)
        self.take.setEnabled(not shown)
        if shown:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _typed(self, _text: str) -> None:
        self._soon.start()

    def _search(self) -> None:
        self._forget()
        text, own = self.search.value(), self._citizen.id

        def work(_progress: Progress) -> list[Citizen]:
            return self._desk.search(text, without=own) if text.strip() else []

        self._job = self._runner.read(work, done=self._show_found, failed=self._failed)

    def _show_found(self, citizens: list[Citizen]) -> None:
        self._job = None
        self.found.clear()
        for citizen in citizens:
            item = QListWidgetItem(one_line(citizen))
            item.setData(Qt.ItemDataRole.UserRole, citizen.id)
            item.setToolTip(one_line(citizen))
            self.found.addItem(item)
        if citizens:
            self.found.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem) -> None:
        self.compare(self._citizen.id, str(item.data(Qt.ItemDataRole.UserRole)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the list, Enter takes the first."""
        if watched is self.search.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.found.count():
                self.found.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                item = self.found.currentItem()
                if item is not None:
                    self._chosen(item)
                return True
        return super().eventFilter(watched, event)

    # -- both side by side --------------------------------------------------------------------------

    def _build_comparison(self) -> None:
        self.comparison = QWidget()
        self._table = QVBoxLayout(self.comparison)
        self._table.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.comparison)

    def compare(self, keeper: str, other: str) -> None:
        """Reads both and shows what differs."""
        self._forget()

        def work(_progress: Progress) -> MergePreview:
            return self._desk.preview(keeper, other)

        self._job = self._runner.read(work, done=self._show_preview, failed=self._failed)

    def swap(self, _checked: bool = False) -> None:
        """The other one is kept instead."""
        if self.preview is not None:
            self.compare(self.preview.other.id, self.preview.keeper.id)

    def _show_preview(self, preview: MergePreview) -> None:
        self._job, self.preview = None, preview
        self.takes = {}
        old = self._table.takeAt(0)
        if old is not None and (widget := old.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        self._table.addWidget(self._grid(preview))
        self.problem.hide()
        self._show_chooser(False)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self, preview: MergePreview) -> QWidget:
        now = look.current()
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(now.px(14))
        grid.setVerticalSpacing(now.px(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = (
            (_("Is kept"), preview.keeper, preview.keeper_visits),
            (_("Merged into it"), preview.other, preview.other_visits),
        )
        for column, (title, citizen, visits) in enumerate(heads, start=1):
            head = _label(f"{title}: {citizen.name}", "strong")
            grid.addWidget(head, 0, column)
            grid.addWidget(_label(visits_words(visits.value, capped=visits.capped), "small"), 1, column)
        swap = QPushButton(_("Keep the other"))
        swap.setProperty("kind", "link")
        icons.dress(swap, "arrow-left-right", "accent", 16)
        swap.clicked.connect(self.swap)
        grid.addWidget(swap, 0, 0, 2, 1)
        for row, choice in enumerate(preview.choices, start=2):
            grid.addWidget(_label(words.field_name(choice.name), "muted"), row, 0)
            kept, other = (_value(choice.name, value) for value in (choice.kept, choice.other))
            group = QButtonGroup(box)
            for column, button in ((1, kept), (2, other)):
                group.addButton(button)
                grid.addWidget(button, row, column)
                button.setAccessibleName(f"{words.field_name(choice.name)}: {button.toolTip()}")
            (other if choice.takes_other else kept).setChecked(True)
            self.takes[choice.name] = other
        if not preview.choices:
            grid.addWidget(_label(_("Both say the same in every field."), ""), 2, 0, 1, 3)
        return box

    # -- taking -------------------------------------------------------------------------------------

    def accept_values(self) -> None:
        """Told when the other is chosen and there is a reason."""
        if self.preview is None:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = given_reason(self.reason)
        if not reason:
            return
        take = tuple(name for name, button in self.takes.items() if button.isChecked())
        self.mergeRequest.emit(self.preview.keeper.id, self.preview.other.id, take, reason)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        sentence, _tone = failure(error)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _forget(self) -> None:
        self._soon.stop()
        if self._job is not None:
            self._job.forget()

    def done(self, result: int) -> None:
        """Nothing is looked for any more."""
        self._forget()
        super().done(result)


def _value(name: str, value: object) -> QRadioButton:
    """One of two values; a long one is shortened and stands whole in the tooltip."""
    text = shown_value(name, value)
    button = QRadioButton()
    button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, look.current().px(VALUE)))
    button.setToolTip(text)
    return button


def _label(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if ink:
        label.setProperty("ink", ink)
    return label
