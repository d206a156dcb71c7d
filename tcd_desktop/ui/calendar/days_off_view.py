"""Days off: what the program knows of them, and the lines this office adds over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.calendar_rows import CalendarRow, CalendarYear, calendar_year, kind_chip, source_chip
from tcd_desktop.ui.calendar.moved_dates import MovedDates
from tcd_desktop.ui.calendar.year_picture import YearPicture
from tcd_desktop.ui.cases.case_words import weekday
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, LineField
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(
    lazy("No days off are known"), lazy("Add the days on which this office does not work."), icon="calendar-off"
)


def _columns() -> tuple[Column, ...]:
    return (
        Column("day", lazy("Day"), 72, text=lambda row: f"{row.day:%d/%m}", align="right", strong=True),
        Column("weekday", lazy("Weekday"), 90, text=lambda row: weekday(row.day)),
        Column("reason", lazy("Reason"), 150, text=lambda row: row.reason, tooltip=_basis, stretch=True),
        Column("kind", lazy("Kind"), 150, text=lambda row: "", chip=kind_chip),
        Column("source", lazy("Source"), 160, text=lambda row: "", chip=source_chip),
    )


def _basis(row: CalendarRow) -> str:
    return row.own.decision if row.own else row.reason


class DaysOffView(Page):
    """The table of the year; when a line of it comes or goes, the open dates are computed again."""

    yearChanged = Signal(int)
    """A day of another year was added, and that year is shown."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        this = office.today().year
        self._years = (this - 1, this, this + 1)
        self._year = this
        self.rows = FixedRows()
        model = PagedModel(self.rows, _columns(), runner=runner, parent=self)
        self.view = ListView("calendar", model, keeper, empty=EMPTY)
        self.view.currentChanged.connect(self._chosen)
        self.picture = YearPicture()
        self.picture.dayChosen.connect(self._picked)
        self.notice = MessageBar()
        self._form_fields(office.today)
        self._lay_out()
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Days off")

    def _form_fields(self, today: Callable[[], date]) -> None:
        self.day = DateField(_("Day"), today=today, required=True)
        self.working = ChoiceField(_("Kind"), [(False, _("Day off")), (True, _("Working day"))])
        self.working.set_value(False)
        self.reason = LineField(_("Reason"), required=True, max_length=200)
        self.decision = LineField(_("Decision"), max_length=200, hint=_("number and date"))
        self.add_button = QPushButton(_("Add the day"))
        self.add_button.setProperty("kind", "primary")
        icons.dress(self.add_button, "plus", "on_accent", 16)
        self.add_button.clicked.connect(self.add)
        entry = row("form.save")
        self.add_button.setToolTip(key_text(entry.id))
        if self._office.may("calendar.add"):
            QShortcut(QKeySequence(entry.shortcut), self, self.add)
        self.remove_button = QPushButton(_("Remove this line"))
        self.remove_button.setProperty("kind", "danger")
        icons.dress(self.remove_button, "trash-2", "danger", 16)
        self.remove_button.clicked.connect(self.remove)
        self.remove_button.hide()
        self.moved = MovedDates()
        self.file_button = QPushButton(_("Import a table of days…"))
        self.file_button.setProperty("kind", "link")
        icons.dress(self.file_button, "upload", "accent", 16)
        self.file_button.clicked.connect(self.choose_file)

    def _lay_out(self) -> None:
        now = look.current()
        left = QVBoxLayout()
        left.setSpacing(0)
        self._explained = label("", "muted")
        self._explained.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        left.addWidget(self._explained)
        left.addWidget(self.view, 1)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addLayout(left, 1)
        both.addWidget(self._side())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(both, 1)

    def _side(self) -> QWidget:
        now = look.current()
        form = Card(_("Add a line of this office"))
        form.add_row((self.day, 2), (self.working, 3))
        form.add_row((self.reason, 1))
        last = form.add_row((self.decision, 1))
        last.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        form.lines.addWidget(self.notice)
        form.lines.addWidget(self.moved)
        form.lines.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        form.lines.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        if not self._office.may("calendar.add"):
            form.hide()
        inside = QWidget()
        inside.setProperty("box", "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(now.px(14), now.px(4), now.px(14), now.px(12))
        column.setSpacing(now.px(12))
        column.addWidget(form)
        column.addWidget(self.picture)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.ensurePolished()
        bar = area.verticalScrollBar().sizeHint().width()
        area.setFixedWidth(max(now.px(370), inside.minimumSizeHint().width() + bar))
        return area

    # -- what is shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the table of the year again."""
        desk, year, office = self._office.calendar, self._year, self._office.office.id

        def read(_progress: Progress) -> CalendarYear:
            return calendar_year(year, desk.in_force(), office)

        self._runner.read(read, done=self._read)

    def _read(self, year: CalendarYear) -> None:
        self.rows.rows = year.rows
        self.view.show_query(year.year, filtered=False)
        self.picture.show_year(year, self._office.today())
        sentence = _(
            "Holidays and make-up days of the State come with the program; lines of this office stand over them. "
            "When a line comes or goes, every open date is computed again and told here."
        )
        if self._office.is_superior:
            sentence += " " + _("Lines with a decision go down to the wards with the next receipt.")
        if not year.announced:
            sentence += " " + _("The days of {year} are computed and may still move.").format(year=year.year)
        self._explained.setText(sentence)

    def show_year(self, year: int) -> None:
        """Shows another year."""
        if year != self._year:
            self._year = year
            self.refresh()

    def _row(self, row_id: str) -> CalendarRow | None:
        return next((row for row in self.rows.rows if row.id == row_id), None)

    def _chosen(self, row_id: str) -> None:
        row = self._row(row_id)
        self.picture.choose(row.day if row else None)
        self.remove_button.setVisible(row is not None and row.own is not None)

    def _picked(self, day: date) -> None:
        self.picture.choose(day)
        self.day.set_value(day)
        if not self.view.choose(day.isoformat()):
            self.remove_button.hide()
        self.reason.setFocus()

    # -- acts ---------------------------------------------------------------------------------------

    def add(self) -> None:
        """Adds the line that was typed."""
        day, desk = self.day.value(), self._office.calendar
        missing = _("This is needed.")
        self.day.set_problem("" if day else missing)
        self.reason.set_problem("" if self.reason.value() else missing)
        if not day or not self.reason.value():
            (self.reason if day else self.day).setFocus()
            return
        self.notice.clear()
        act = partial(
            desk.add,
            day,
            working=bool(self.working.value()),
            reason=self.reason.value(),
            decision=self.decision.value(),
        )
        self._runner.write(lambda _progress: act(), done=self._added, failed=self._failed)

    def _added(self, done: Done[Any]) -> None:
        for field in (self.day, self.reason, self.decision):
            field.set_value(None)
        year = done.value.day.year
        if year in self._years and year != self._year:
            self._year = year
            self.yearChanged.emit(year)
        self.refresh()
        self.recount()

    def recount(self, _done: object = None) -> None:
        """Open dates follow the table at once; which ones, and how, is told below the form."""
        desk = self._office.recounts
        self._runner.write(lambda _progress: desk.recount(), done=self._recounted, failed=self._failed)

    def _recounted(self, done: Done[Any]) -> None:
        self.moved.show_dates(done.value, self._office.today())

    def choose_file(self, _checked: bool = False) -> None:
        """Asks for the file with the days."""
        from PySide6.QtWidgets import QFileDialog

        kinds = _("Tables of days (*.csv *.xlsx *.xls *.toml)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Import a table of days"), "", kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Shows what the file holds before anything is taken over."""
        from tcd_desktop.ui.calendar.day_import_page import DayImportPage

        page = DayImportPage(self._office, self._runner, self._keeper, path)
        page.imported.connect(self.recount)
        self.pushRequest.emit(page)

    def remove(self) -> None:
        """Takes the chosen line of this office out."""
        row, desk = self._row(self.view.current_id()), self._office.calendar
        if row is None or row.own is None:
            return
        own = row.own
        self.remove_button.hide()
        self._runner.write(lambda _progress: desk.remove(own), done=self.recount, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self.notice.tell(refusal_sentence(error), "danger")

    def store_changed(self, changes: Any) -> None:
        """The table was changed, here or by an undo."""
        if not changes or any(change.table == "day_off" for change in changes):
            self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
