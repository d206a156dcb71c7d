"""The papers as a list: small picture, name, pages and size, by keyboard and pointer alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.cases.file_names import size_words
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.papers.pictures import SmallPictures
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.window.actions import row

ROW = 44
"""Height of a line in pixels at 100 %."""
_ICONS = {"application/pdf": "file-text", "text/plain": "file-text"}
Index = QModelIndex | QPersistentModelIndex


def detail(paper: Held) -> str:
    """Pages, size, what it is the scan of: "2 pages · 340 KB · scan of: Đơn"."""
    parts = []
    if paper.presence != "here":
        parts.append(_("not received yet") if paper.presence == "awaited" else _("closed for the keys of others"))
    if paper.pages:
        parts.append(ngettext("{n} page", "{n} pages", paper.pages).format(n=paper.pages))
    parts.append(size_words(paper.length))
    if paper.paper:
        parts.append(_("scan of: {paper}").format(paper=paper.paper))
    if paper.is_card:
        parts.append(_("citizen card"))
    return " · ".join(parts)


class PaperModel(QAbstractListModel):
    """`papers` of one place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.papers: list[Held] = []

    def show_papers(self, papers: Sequence[Held]) -> None:
        """Other papers."""
        self.beginResetModel()
        self.papers = list(papers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self.papers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name; detail as tooltip; both for those who cannot see."""
        if not index.isValid() or index.row() >= len(self.papers):
            return None
        paper = self.papers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return paper.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{paper.name}\n{detail(paper)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{paper.name}, {detail(paper)}"
        return None


class PaperLook(QStyledItemDelegate):
    """Draws a line."""

    def __init__(self, pictures: SmallPictures, parent: PaperList) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are of one height."""
        return QSize(120, look.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture, name, detail."""
        now, paper = look.current(), self._list.model_.papers[index.row()]
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), now.px(6), now.px(6))
        if chosen and self._list.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.color("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), now.px(6), now.px(6))
        edge = now.px(34)
        box = QRect(area.left() + now.px(6), area.top() + (area.height() - edge) // 2, edge, edge)
        self._paint_picture(painter, box, paper)
        left = box.right() + now.px(10)
        room = area.right() - now.px(8) - left
        painter.setFont(look.font())
        painter.setPen(look.color("on_selection" if chosen else "text"))
        high = QFontMetrics(look.font()).height()
        small = QFontMetrics(look.font(-1)).height()
        top = area.top() + (area.height() - high - small) // 2
        name = QFontMetrics(look.font()).elidedText(paper.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRect(left, top, room, high), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look.font(-1))
        painter.setPen(look.color("on_selection" if chosen else "muted"))
        words = QFontMetrics(look.font(-1)).elidedText(detail(paper), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top + high, room, small), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, paper: Held) -> None:
        picture = self._pictures.of(paper, self._list.place) if self._list.place is not None else None
        if picture is None:
            icon = icons.pixmap(_ICONS.get(paper.media_type, "paperclip"), "muted", look.current().px(22))
            size = icon.deviceIndependentSize().toSize()
            painter.drawPixmap(box.center().x() - size.width() // 2, box.center().y() - size.height() // 2, icon)
            return
        size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, picture)
        painter.setPen(look.color("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target.adjusted(0, 0, -1, -1))


class PaperList(QListView):
    """The list. Its keys are the rows "papers.*" of the table of actions that have no Ctrl; `asked` names them."""

    asked = Signal(str)
    """Id of an action asked for by its key."""
    chosen = Signal(object)
    """The paper under the cursor, or None."""

    OWN_KEYS = ("preview", "rename", "remove", "turn_right", "turn_left", "tie", "open", "save_copy")

    def __init__(self, pictures: SmallPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place: PaperPlace | None = None
        self.model_ = PaperModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(PaperLook(pictures, self))
        pictures.arrived.connect(self.viewport().update)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Scans and pictures"))
        self.doubleClicked.connect(lambda _index: self.asked.emit("papers.preview"))
        self.selectionModel().currentChanged.connect(self._moved)

    def show_papers(self, place: PaperPlace, papers: Sequence[Held]) -> None:
        """Shows the papers of a place; the cursor stays on the same paper, or on its neighbour when it went away."""
        before, at = self.current(), self.currentIndex().row()
        self.place = place
        self.model_.show_papers(papers)
        numbers = [number for number, paper in enumerate(papers) if before is not None and paper.id == before.id]
        row_number = numbers[0] if numbers else min(max(at, 0), len(papers) - 1)
        if row_number >= 0:
            self.setCurrentIndex(self.model_.index(row_number))
        self.chosen.emit(self.current())

    def choose(self, identity: str) -> None:
        """Puts the cursor on a paper."""
        for number, paper in enumerate(self.model_.papers):
            if paper.id == identity:
                self.setCurrentIndex(self.model_.index(number))

    def current(self) -> Held | None:
        """The paper under the cursor."""
        at = self.currentIndex().row()
        return self.model_.papers[at] if 0 <= at < len(self.model_.papers) else None

    def event(self, event: QEvent) -> bool:
        """Keys of the list are not taken away by shortcuts of the page around it (F2, Enter)."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table; arrows move, and leave the list at its ends when they have nowhere to go."""
        meant = self._meant(event)
        if meant and self.current() is not None:
            self.asked.emit(meant)
            event.accept()
            return
        super().keyPressEvent(event)

    def _meant(self, event: QKeyEvent) -> str:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_Enter:
            pressed = QKeySequence("Return")
        for name in self.OWN_KEYS:
            if pressed == QKeySequence(row(f"papers.{name}").shortcut):
                return f"papers.{name}"
        return ""

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.current())
