"""The chosen citizen: who it is, what was merged, who may be the same person, the visits, the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.i18n import _, lazy
from tcd_desktop.services.people.citizens import FIELDS, CitizenView
from tcd_desktop.store.journal.journal import FieldChange, HistoryLine
from tcd_desktop.store.lists.citizens import AlikePair
from tcd_desktop.store.lists.pages import ReceptionRow
from tcd_desktop.ui.citizens.citizen_rows import merged_chip, one_line, shown_value, visits_words
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.link_line import link_line, short_link
from tcd_desktop.ui.receptions.columns import due_chip, short_date
from tcd_desktop.words.likeness import reason_words

ACTS = {
    "reception.log": lazy("A visit was logged"),
    "citizen.amend": lazy("Corrected"),
    "citizen.merge": lazy("Merged"),
    "citizen.split": lazy("Parted"),
}
VISITS = 12
"""So many of the last visits are named; the rest stand in the log."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a pane needs beside the citizen: whose it is, names of officers, the day."""

    today: date
    office_name: Callable[[str], str]
    officers: dict[str, str]


class CitizenPane(Inspector):
    """Shows a `CitizenView`; everything that can be done is a signal."""

    visitRequest = Signal(str)
    citizenRequest = Signal(str)
    amendRequest = Signal()
    mergeRequest = Signal(str)
    """Merge the shown citizen with the one of this id ("" = somebody to be chosen)."""
    splitRequest = Signal(str)
    apartRequest = Signal(str)
    """The citizen of this id is another person."""
    logRequest = Signal(str)
    """All visits of this citizen, in the log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: CitizenView | None = None
        self.show_nobody()

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self.view = None
        self.set_actions([])
        self.show_nothing(_("Choose a citizen to see the visits and the history."))

    def show_citizen(self, view: CitizenView, around: Surroundings) -> None:
        """Shows a citizen with everything that belongs to him."""
        self.view = view
        citizen = view.citizen
        chips = [Chip(visits_words(view.count.value, capped=view.count.capped), "accent")]
        if citizen.merged_into:
            chips.append(merged_chip())
        self.set_actions(self._acts(view))
        facts = [(words.field_name(name), _fact(citizen, name)) for name in FIELDS if name != "name"]
        extra = [self._merging(view), self._alike(view, around), self._visits(view, around), _history(view, around)]
        self.show_record(
            citizen.name,
            "" if view.own else around.office_name(citizen.office),
            chips=chips,
            groups=[("", facts)],
            extra=[block for block in extra if block is not None],
        )

    def _acts(self, view: CitizenView) -> list[QWidget]:
        if not view.own:
            return []
        amend = _button(_("Amend"), "pencil", f"{_('Amend')}  Ctrl+E")
        amend.clicked.connect(partial(_emit, self.amendRequest.emit))
        if view.citizen.merged_into:
            split = _button(_("Part again"), "unlink", f"{_('Part again')}  Ctrl+T")
            split.clicked.connect(partial(self._split, view.citizen.id))
            return [amend, split]
        merge = _button(_("Merge with…"), "link", f"{_('Merge with…')}  Ctrl+G")
        merge.clicked.connect(partial(self._merge, ""))
        return [amend, merge]

    def _merging(self, view: CitizenView) -> QWidget | None:
        if view.keeper is None and not view.merged:
            return None
        block, lines = _block(_("Merged into") if view.keeper else _("Merged with"))
        for citizen in (view.keeper,) if view.keeper else view.merged:
            row = QHBoxLayout()
            row.addWidget(link_line(one_line(citizen), "user-round", partial(self._citizen, citizen.id)), 1)
            if view.own and view.keeper is None:
                part = short_link(_("Part"), "unlink", partial(self._split, citizen.id))
                part.setAccessibleName(_("Part from {name}").format(name=citizen.name))
                row.addWidget(part)
            lines.addLayout(row)
        return block

    def _alike(self, view: CitizenView, around: Surroundings) -> QWidget | None:
        if not view.alike:
            return None
        block, lines = _block(_("Possibly the same person"))
        for pair in view.alike:
            ward = "" if pair[1].office == view.citizen.office else around.office_name(pair[1].office)
            lines.addWidget(self._alike_card(pair, ward, own=view.own))
        return block

    def _alike_card(self, pair: AlikePair, ward: str, *, own: bool) -> QWidget:
        _one, other, reason = pair
        now = look.current()
        card = QWidget()
        lines = QVBoxLayout(card)
        lines.setContentsMargins(0, 0, 0, now.px(4))
        lines.setSpacing(0)
        lines.addWidget(link_line(one_line(other), "user-round", partial(self._citizen, other.id)))
        lines.addWidget(_text(" · ".join(filter(None, (reason_words(reason, {}), ward))), "small"))
        if own:
            row = QHBoxLayout()
            merge = short_link(_("Compare and merge"), "link", partial(self._merge, other.id))
            apart = short_link(_("Two people"), "unlink", partial(self._apart, other.id))
            for button in (merge, apart):
                row.addWidget(button)
            row.addStretch()
            lines.addLayout(row)
        return card

    def _visits(self, view: CitizenView, around: Surroundings) -> QWidget | None:
        if not view.visits:
            return None
        block, lines = _block(_("Visits"))
        for row in view.visits[:VISITS]:
            lines.addWidget(link_line(_visit_line(row, around.today), "file-text", partial(self._visit, row.id)))
            lines.addWidget(_text(" ".join(row.content.split())[:140], "small"))
        if view.count.value > VISITS or view.count.capped:
            whole = link_line(_("All visits in the log"), "book-open", partial(self._log, view.citizen.id))
            lines.addWidget(whole)
        return block

    def _visit(self, visit: str, _checked: bool = False) -> None:
        self.visitRequest.emit(visit)

    def _citizen(self, citizen: str, _checked: bool = False) -> None:
        self.citizenRequest.emit(citizen)

    def _merge(self, other: str, _checked: bool = False) -> None:
        self.mergeRequest.emit(other)

    def _split(self, citizen: str, _checked: bool = False) -> None:
        self.splitRequest.emit(citizen)

    def _apart(self, other: str, _checked: bool = False) -> None:
        self.apartRequest.emit(other)

    def _log(self, citizen: str, _checked: bool = False) -> None:
        self.logRequest.emit(citizen)


def _emit(signal: Callable[[], object], _checked: bool = False) -> None:
    signal()


def _fact(citizen: Citizen, name: str) -> str:
    value = getattr(citizen, name)
    return shown_value(name, value) if value not in (None, "") else ""


def _visit_line(row: ReceptionRow, today: date) -> str:
    chip = due_chip(row.answer_due, row.answered_on, today)
    parts = (row.number, short_date(row.date, today), words.label(row.classification), chip.text if chip else "")
    return " · ".join(filter(None, parts))


def _history(view: CitizenView, around: Surroundings) -> QWidget:
    block, lines = _block(_("History"))
    for line in reversed(view.history):
        lines.addWidget(_text(_act(line), "label"))
        at = line.at.astimezone()
        lines.addWidget(
            _text(" · ".join(filter(None, (f"{at:%d/%m/%Y %H:%M}", around.officers.get(line.officer, "")))), "small")
        )
        for change in () if line.created else line.changes:
            if told := _change(change):
                lines.addWidget(_text(told, "small"))
    return block


def _act(line: HistoryLine) -> str:
    act = line.act.removesuffix(".undo").removesuffix(".redo")
    known = _("Known since this visit") if line.created else str(ACTS.get(act) or _("Changed"))
    return _("Undone: {act}.").format(act=known) if line.act.endswith(".undo") else known


def _change(change: FieldChange) -> str:
    if change.name not in FIELDS:
        return ""
    name = words.field_name(change.name)
    return f"{name}: {shown_value(change.name, change.before)} → {shown_value(change.name, change.after)}"


def _block(title: str) -> tuple[QWidget, QVBoxLayout]:
    now = look.current()
    block = QWidget()
    lines = QVBoxLayout(block)
    lines.setContentsMargins(0, now.px(6), 0, 0)
    lines.setSpacing(now.px(2))
    lines.addWidget(_text(title, "heading"))
    return block, lines


def _text(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setProperty("ink", ink)
    return label


def _button(text: str, icon: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    icons.dress(button, icon, "text", 18)
    button.setToolTip(tip)
    return button
