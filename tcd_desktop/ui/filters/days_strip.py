"""First and last day of a list, typed as people write days: "5/9", "hôm qua"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.filters.dimensions import days_of
from tcd_desktop.ui.forms.typed_dates import parse_date, show_date
from tcd_desktop.ui.look import look


class DaysStrip(QFrame):
    """Hidden until `open`. Enter takes the days, Esc leaves them; what is no day is said beside the fields."""

    chosen = Signal(object, object)
    """First and last day, None = open."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        now = look.current()
        self.since, self.until = self._field(_("From day")), self._field(_("To day"))
        self.problem = QLabel()
        self.problem.setProperty("ink", "problem")
        take, leave = QPushButton(_("Show these days")), QPushButton(_("Cancel"))
        take.clicked.connect(self.take)
        leave.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(8))
        for widget in (QLabel(_("From day")), self.since, QLabel(_("To day")), self.until, take, leave, self.problem):
            row.addWidget(widget)
        row.addStretch()
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText("5/9")
        field.setFixedWidth(look.current().px(116))
        field.installEventFilter(self)
        return field

    def open(self, values: Mapping[str, str]) -> None:
        """Shows the fields with the days chosen now, the keyboard in the first."""
        since, until = days_of(values, self._today())
        self.since.setText(show_date(since))
        self.until.setText(show_date(until))
        self.problem.clear()
        self.show()
        self._told()
        self.since.setFocus(Qt.FocusReason.OtherFocusReason)
        self.since.selectAll()

    def take(self) -> None:
        """Tells the days, or what is wrong with them."""
        days: list[date | None] = []
        for field in (self.since, self.until):
            day = parse_date(field.text(), self._today()) if field.text().strip() else None
            wrong = day is None and bool(field.text().strip())
            look.set_property(field, "state", "problem" if wrong else "")
            if wrong:
                self.problem.setText(_("Type a day like 5/9 or 05/09/2026."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            days.append(day)
        since, until = days
        if since and until and since > until:
            since, until = until, since
        self.leave()
        self.chosen.emit(since, until)

    def leave(self) -> None:
        """Closes without changing anything."""
        self.hide()
        self._told()

    def _told(self) -> None:
        bar = self.parent()
        told = getattr(bar, "showing_changed", None)
        if told is not None:
            told()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the days, Esc leaves; the key ends here, it is not meant for what has the keyboard then."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
