"""A citizen who was here before: found by the number of the identity paper, shown with the last visits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from tcd_desktop import words
from tcd_desktop.domain.person import Citizen, Person
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.pages import Count, ReceptionQuery, ReceptionRow
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.receptions.columns import due_chip, short_date

SHOWN = 2
"""So many of the last visits are named."""


@dataclass(frozen=True, slots=True)
class KnownCitizen:
    """What the office knows of somebody who has come before."""

    citizen: Citizen
    count: Count
    visits: tuple[ReceptionRow, ...]

    def person(self) -> Person:
        """The same as a person, to fill the form from."""
        names = {f.name for f in fields(Citizen)} & {f.name for f in fields(Person)}
        return Person(**{name: getattr(self.citizen, name) for name in names})


def find_known(office: OpenOffice, id_number: str) -> KnownCitizen | None:
    """Somebody with that number, or None. For a reader thread."""
    citizen = office.receptions.known_citizen(id_number)
    if citizen is None:
        return None
    query = ReceptionQuery(citizen=citizen.id)
    with office.store.reading() as connection:
        pages = office.receptions.pages
        return KnownCitizen(citizen, pages.count(connection, query), pages.page(connection, query, size=SHOWN).rows)


class KnownCard(QFrame):
    """The citizen in two lines, and the offer to fill in what is known."""

    fillRequest = Signal(object)
    """The KnownCitizen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "neutral")
        self.known: KnownCitizen | None = None
        picture = QLabel()
        icons.dress(picture, "user-check", "neutral", 18)
        self._title, self._lines = ElidedLabel(), ElidedLabel()
        self._title.setProperty("ink", "strong")
        self.fill = QPushButton(_("Fill in  F6"))
        self.fill.setProperty("kind", "link")
        self.fill.clicked.connect(self._fill)
        grid = QGridLayout(self)
        grid.setContentsMargins(now.px(10), now.px(5), now.px(6), now.px(6))
        grid.setHorizontalSpacing(now.px(8))
        grid.setVerticalSpacing(now.px(1))
        grid.addWidget(picture, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self.fill, 0, 2)
        grid.addWidget(self._lines, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.hide()

    def show_known(self, known: KnownCitizen | None, today: date, *, fillable: bool) -> None:
        """Shows a citizen; `fillable` when something would change by filling in."""
        self.known = known
        self.setVisible(known is not None)
        if known is None:
            return
        count = known.count.value
        times = ngettext("came {n} time before", "came {n} times before", count).format(n=count)
        last = f"{_head(known.visits[0], today)}" if known.visits else ""
        self._title.setText(known.citizen.name)
        self._lines.setText(": ".join(filter(None, (times, last))))
        self.setToolTip("\n".join(_line(row, today) for row in known.visits))
        self.fill.setVisible(fillable)
        self.setAccessibleName(f"{self._title.text()}. {self._lines.text()}")

    def text(self) -> str:
        """What is shown, "" when hidden."""
        return "" if self.isHidden() else f"{self._title.text()}\n{self._lines.text()}"

    def _fill(self) -> None:
        if self.known is not None:
            self.fillRequest.emit(self.known)


def _head(row: ReceptionRow, today: date) -> str:
    chip = due_chip(row.answer_due, row.answered_on, today)
    parts = [short_date(row.date, today), words.label(row.classification), chip.text if chip else ""]
    return " · ".join(filter(None, parts))


def _line(row: ReceptionRow, today: date) -> str:
    content = " ".join(row.content.split())
    return f"{_head(row, today)}: {content[:90].rstrip()}{'…' if len(content) > 90 else ''}"


class ElidedLabel(QLabel):
    """One line that is shortened where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """No width is too small."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line with an ellipsis."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
