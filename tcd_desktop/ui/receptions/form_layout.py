"""Where the cards of the form stand: three columns on a usual screen, two or one where letters are large.

The slip's preview stands under the last column, or beside the form when there is room or it was enlarged (F9).
"""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.side_cards import Place
from tcd_desktop.ui.receptions.slip_preview import SlipPreview

THREE, TWO, WIDE = 1020, 640, 1560
"""Least widths in pixels at 100 % text for three and two columns, and for the preview in a column of its own."""

SHARES = {3: (29, 43, 28), 2: (46, 54), 1: (1,)}
ORDERS: dict[int, tuple[tuple[Place, ...], ...]] = {
    3: (("who",), ("what", "papers"), ("handling",)),
    2: (("who", "handling"), ("what", "papers")),
    1: (("who", "what", "papers", "handling"),),
}
"""Number of columns -> which places stand in each."""
SIDE = 430
"""Width of the preview beside the form, where there is room."""
FORM = 430
"""The form keeps so much."""


class PreviewCard(Card):
    """The slip's preview with the button that enlarges it."""

    enlargeRequest = Signal()

    def __init__(self, preview: SlipPreview) -> None:
        super().__init__(_("Receipt slip"))
        self.preview = preview
        self.button = QPushButton()
        self.button.setProperty("kind", "link")
        self.button.setShortcut(QKeySequence("F9"))
        self.button.clicked.connect(self.enlargeRequest)
        self.add_head(self.button)
        self.lines.addWidget(preview, 1)
        self.show_large(False)

    def show_large(self, large: bool) -> None:
        """Words of the button."""
        self.button.setText(_("Smaller  F9") if large else _("Larger  F9"))
        icons.dress(self.button, "minimize-2" if large else "maximize-2", "accent", 16)


class FormLayout(QWidget):
    """Arranges the cards by the width there is; "top" and "below" go over all columns.

    `add` puts a card under those of its place, at any time; the first one of "what" takes the room that is left over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview: PreviewCard | None = None
        self._sections: dict[Place, list[QWidget]] = {place: [] for place in get_args(Place)}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_keyboard)
        self.large = False
        self._shown: tuple[int, bool] = (0, False)
        now = look.current()
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self._body.setProperty("box", "scroll")
        self.area.setWidget(self._body)  # before it is filled: a tree that is moved whole is styled whole again
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(now.px(16), now.px(2), now.px(16), now.px(8))
        self._rows.setSpacing(now.px(10))
        self._over = {"top": QVBoxLayout(), "below": QVBoxLayout()}
        for lines in self._over.values():
            lines.setSpacing(now.px(10))
        self._rows.addLayout(self._over["top"])
        self._columns = QHBoxLayout()
        self._columns.setSpacing(now.px(10))
        self._rows.addLayout(self._columns, 1)
        self._rows.addLayout(self._over["below"])
        self._stacks: list[QVBoxLayout] = []
        for _number in range(3):
            stack = QVBoxLayout()
            stack.setSpacing(now.px(10))
            self._columns.addLayout(stack)
            self._stacks.append(stack)
        self._side = QVBoxLayout()
        self._side.setContentsMargins(0, now.px(2), now.px(16), now.px(10))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addLayout(self._side)
        self.arrange()

    def set_preview(self, preview: PreviewCard) -> None:
        """Gives the slip's preview its place; called once."""
        self.preview = preview
        preview.enlargeRequest.connect(self.toggle_preview)
        preview.preview.enlargeRequest.connect(self.toggle_preview)
        self._place(*self._shown)

    def add(self, place: Place, card: QWidget) -> None:
        """Puts a card under those of a place."""
        self._sections[place].append(card)
        if place in self._over:
            self._over[place].addWidget(card)
        elif self._shown[0]:
            self._place(*self._shown)

    def columns(self) -> int:
        """How many columns the form has now."""
        return self._shown[0]

    def preview_beside(self) -> bool:
        """True while the preview has a column of its own."""
        return self._shown[1]

    def toggle_preview(self) -> None:
        """Larger or smaller preview."""
        self.large = not self.large
        self.arrange()

    def arrange(self) -> None:
        """Puts the cards where they belong for the present width."""
        px = look.current().px
        beside = self.large or self.width() >= px(WIDE)
        side = min(px(SIDE), max(px(200), self.width() - px(FORM)))
        room = self.width() - (side + px(16) if beside else 0)
        count = 3 if room >= px(THREE) else 2 if room >= px(TWO) else 1
        if (count, beside) != self._shown:
            self._shown = (count, beside)
            self._place(count, beside)
        if beside and self.preview is not None:
            self.preview.setFixedWidth(side)

    def _place(self, count: int, beside: bool) -> None:
        for stack in self._stacks:
            self._clear(stack)
        growing = self._sections["what"][:1]
        groups = [[card for place in places for card in self._sections[place]] for places in ORDERS[count]]
        for number, stack in enumerate(self._stacks):
            shown = number < count
            self._columns.setStretch(number, SHARES[count][number] if shown else 0)
            for card in groups[number] if shown else ():
                stack.addWidget(card, 1 if count == 3 and card in growing else 0)
            if shown and number == count - 1 and not beside:
                self._place_preview(stack, beside=False)
            elif shown and not (count == 3 and set(growing) & set(groups[number])):
                stack.addStretch()
        if beside:
            self._place_preview(self._side, beside=True)

    def _place_preview(self, lines: QVBoxLayout, *, beside: bool) -> None:
        if (card := self.preview) is None:
            return
        self._side.removeWidget(card)
        lines.addWidget(card, 0 if beside else 1)
        if not beside:
            card.setMinimumWidth(0)
            card.setMaximumWidth(16_777_215)
        card.show_large(self.large)
        card.preview.set_cropped(not beside)
        card.button.setVisible(self.large or not beside)

    def _clear(self, stack: QVBoxLayout) -> None:
        """Takes the cards out by name: an item taken by number would keep its old sizes for good."""
        for card in (card for cards in self._sections.values() for card in cards):
            stack.removeWidget(card)
        if self.preview is not None:
            stack.removeWidget(self.preview)
        while stack.count():
            stack.takeAt(0)  # what stretched

    def follow_keyboard(self, widget: QWidget | None) -> None:
        """What has the keyboard is in sight, once everything has its place."""
        if widget is not None and self._body.isAncestorOf(widget):
            self._soon.start()

    def _show_keyboard(self) -> None:
        widget = self.window().focusWidget()
        if widget is not None and self._body.isAncestorOf(widget):
            self.area.ensureWidgetVisible(widget, 0, look.current().px(56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other columns."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, perhaps other columns."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange()
        super().changeEvent(event)
