"""The balance of an import: received = new + updated + identical + in conflict + refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.store.journal.merge import Balance
from tcd_desktop.ui.exchange.outcomes import PARTS
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped


class BalanceSheet(QFrame):
    """Six figures in the form of their sum."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self.figures: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(18), now.px(8), now.px(18), now.px(10))
        row.setSpacing(now.px(14))
        row.addLayout(self._figure("received", _("Received")))
        for number, (name, words) in enumerate(PARTS):
            sign = QLabel("=" if number == 0 else "+")
            sign.setProperty("ink", "title")
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addLayout(self._figure(name, str(words)))
        row.addStretch()
        self._mark = QLabel()
        self._words = QLabel()
        row.addWidget(self._mark)
        row.addWidget(self._words)

    def _figure(self, name: str, words: str) -> QVBoxLayout:
        figure, caption = QLabel("0"), QLabel(words)
        figure.setProperty("ink", "title")
        caption.setProperty("ink", "small")
        for label in (figure, caption):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.figures[name] = figure
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(figure)
        lines.addWidget(caption)
        return lines

    def show_balance(self, balance: Balance) -> None:
        """Shows a balance."""
        for name, label in self.figures.items():
            label.setText(grouped(getattr(balance, name)))
        good = balance.adds_up
        icons.dress(self._mark, "circle-check" if good else "circle-x", "success" if good else "danger", 18)
        self._words.setText(_("Adds up") if good else _("Does not add up"))
        look.set_property(self._words, "ink", "success" if good else "problem")
        said = ", ".join(f"{words} {getattr(balance, name)}" for name, words in PARTS)
        self.setAccessibleName(_("Received {n}: {parts}").format(n=balance.received, parts=said))
