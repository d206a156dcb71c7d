"""The last visits of a citizen as a short list: day, class and handling at the left, what became of it at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tcd_desktop import words
from tcd_desktop.i18n import _
from tcd_desktop.store.lists.citizen_history import PastVisit
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import chip_size, paint_chip
from tcd_desktop.ui.receptions.columns import due_chip, short_date

ROLE_VISIT = int(Qt.ItemDataRole.UserRole)
ROLE_CHIP = ROLE_VISIT + 1
LINE = 28


def visit_line(visit: PastVisit, today: date) -> str:
    """ "20/11 · Khiếu nại · Thụ lý"."""
    parts = (short_date(visit.date, today), words.label(visit.classification), words.label(visit.direction))
    return " · ".join(filter(None, parts))


def visit_details(visit: PastVisit, today: date) -> str:
    """Everything about a visit that has room in a tooltip, and what a screen reader says."""
    chip = due_chip(visit.answer_due, visit.answered_on, today)
    case = f"{visit.case_number}: {words.label(visit.case_state)}" if visit.case_number else ""
    content = " ".join(visit.content.split())
    lines = (
        _("Visit {number}").format(number=visit.number) + f": {visit_line(visit, today)}",
        chip.text if chip else "",
        case,
        content[:200] + ("…" if len(content) > 200 else ""),
    )
    return "\n".join(filter(None, lines))


def _state(visit: PastVisit, today: date) -> Chip | None:
    """The answer's state in little room: a tick when it was given (the tooltip says when), else when it is due."""
    chip = due_chip(visit.answer_due, visit.answered_on, today)
    return Chip("", chip.tone, chip.icon) if chip is not None and visit.answered_on is not None else chip


class PastVisits(QListWidget):
    """Enter opens the chosen visit above the form."""

    opened = Signal(str)
    """Id of the visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_VisitLine(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Last visits of this citizen"))
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(ROLE_VISIT).id))

    def show_visits(self, visits: Sequence[PastVisit], today: date) -> None:
        """Shows the visits, the newest first and chosen."""
        self.clear()
        for visit in visits:
            item = QListWidgetItem(visit_line(visit, today))
            item.setData(ROLE_VISIT, visit)
            item.setData(ROLE_CHIP, _state(visit, today))
            item.setToolTip(visit_details(visit, today))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, visit_details(visit, today))
            self.addItem(item)
        self.setCurrentRow(0)
        self.setFixedHeight(len(visits) * look.current().px(LINE) + 4)

    def visit(self) -> PastVisit | None:
        """The chosen visit."""
        item = self.currentItem()
        found = item.data(ROLE_VISIT) if item is not None else None
        return found if isinstance(found, PastVisit) else None

    def event(self, event: QEvent) -> bool:
        """Esc leaves the list; it is not the window's while the list has the keyboard."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return bool(super().event(event))
        if event.key() != Qt.Key.Key_Escape:
            return bool(super().event(event))
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the list is left by Tab and Esc like a field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            visit = self.visit()
            if visit is not None:
                self.opened.emit(visit.id)
            return
        super().keyPressEvent(event)


class _VisitLine(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, look.current().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The background as every list has it, text left, chip right."""
        self.initStyleOption(option, index)
        text, chip = str(index.data(Qt.ItemDataRole.DisplayRole)), index.data(ROLE_CHIP)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        now = look.current()
        room = QRect(option.rect).adjusted(now.px(8), 0, -now.px(6), 0)
        if isinstance(chip, Chip) and not chip.text:
            edge = now.px(16)
            at = QPoint(room.right() - edge, room.center().y() - edge // 2)
            painter.drawPixmap(at, icons.pixmap(chip.icon, chip.tone, edge))
            room.setRight(room.right() - edge - now.px(6))
        elif isinstance(chip, Chip):
            width = min(chip_size(chip).width(), room.width() // 2)
            paint_chip(painter, QRect(room.right() - width, room.top(), width, room.height()), chip)
            room.setRight(room.right() - width - now.px(6))
        painter.save()
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(now.theme.on_selection if chosen else now.theme.text)
        painter.drawText(
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
        )
        painter.restore()
