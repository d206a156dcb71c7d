"""The head's receptions of a year: the picture of the year, the list, and the chosen sitting with its acts."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.calendar_table import export_columns, for_clipboard, table
from tcd_desktop.ui.calendar.plan_page import PlanPage
from tcd_desktop.ui.calendar.sitting_acts import SittingActs
from tcd_desktop.ui.calendar.sitting_facts import groups_of
from tcd_desktop.ui.calendar.sitting_form_page import SittingFormPage
from tcd_desktop.ui.calendar.sitting_page import SittingPage
from tcd_desktop.ui.calendar.sitting_rows import (
    SittingRow,
    SittingYear,
    duty_sentence,
    marks,
    notes,
    notice_chip,
    read_year,
    sitting_columns,
    state_chip,
)
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.calendar.year_picture import YearPicture
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.actions import row as action_row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

NO_SITTINGS = State(
    lazy("No receptions of the head in this year yet"),
    lazy("Say once on which days the head receives; the calendar of the year follows, with days off moved."),
    lazy("Plan the year  Ctrl+G"),
    icon="calendar-days",
)
TABLES = frozenset({"sitting", "conclusion", "day_off", "reception"})
LARGE_TEXT = 110
"""Above this size of letters the buttons stand under the sentence about the year, in as many rows as they need."""
PICTURE = 252
"""Width of the picture of the year at 100 %."""


class SittingsView(Page):
    """`open` takes the id of a sitting or "plan"."""

    yearChanged = Signal(int)
    """A sitting of another year was opened or planned."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._year = office.today().year
        self._job: Job | None = None
        self.read: SittingYear | None = None
        self.rows = FixedRows()
        self.inspector = Inspector()
        model = PagedModel(self.rows, sitting_columns(office.today), runner=runner, parent=self)
        self.list = ListView(
            "sittings",
            model,
            keeper,
            empty=NO_SITTINGS.for_one_who(office.may("sitting.plan")),
            inspector=self.inspector,
        )
        px = look.current().px
        self.list.splitter.setSizes([px(648), px(284)])
        self.acts = SittingActs(office, runner, self)
        self.picture = YearPicture(across=2)
        self.message = MessageBar()
        self._build()
        self._connect()
        self._nothing_chosen()
        self.refresh()

    def _build(self) -> None:
        now = look.current()
        self.duty = label("", "muted")
        self.copy = self._button(_("Copy as a table"), "copy", "Ctrl+Shift+C")
        self.file = self._button("", "download", key_text("list.export"))
        self.file.setToolTip(f"{_('Save the list as a table file')}  {key_text('list.export')}")
        self.file.setAccessibleName(_("Save the list as a table file"))
        self.export = ListExport(self._runner)
        poster = action_row("sitting.poster")
        self.poster = self._button(str(poster.text), poster.icon, key_text(poster.id))
        self.plan = self._button(_("Plan the year"), "calendar-days", "Ctrl+G")
        self.add = self._button(_("Add a sitting"), "plus", "Ins", primary=True)
        writes = self._office.officer.right is not OfficerRight.VIEWER
        for button in (self.poster, self.plan, self.add):
            if not writes:  # shown before it has a parent it would be a window for a moment
                button.hide()
        large = now.text_size > LARGE_TEXT
        bar = QVBoxLayout() if large else QHBoxLayout()
        bar.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        bar.setSpacing(now.px(8))
        bar.addWidget(self.duty, 0 if large else 1)
        buttons = FlowLayout(now.px(8)) if large else bar
        for button in (self.copy, self.file, self.poster, self.plan, self.add):
            buttons.addWidget(button)
        if large:
            bar.addLayout(buttons)
        inside = QWidget()
        inside.setProperty("box", "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(now.px(12), now.px(2), now.px(6), now.px(8))
        column.addWidget(self.picture)
        column.addStretch()
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setWidget(inside)
        self._side.setFixedWidth(now.px(PICTURE))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.list, 1)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(bar)
        lines.addLayout(bars)
        lines.addLayout(row, 1)
        lines.addWidget(self.export)
        self.setFocusProxy(self.list.table)

    @staticmethod
    def _button(words: str, icon: str, key: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        if primary:
            button.setProperty("kind", "primary")
        icons.dress(button, icon, "on_accent" if primary else "text", 18)
        button.setToolTip(f"{words}  {key}")
        return button

    def _connect(self) -> None:
        self.list.model.loaded.connect(self._loaded)
        self.list.currentChanged.connect(self._chosen)
        self.list.openRequest.connect(self.open)
        self.list.emptyActionRequest.connect(self.plan_year)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._menu)
        self.picture.dayChosen.connect(self._picked)
        self.copy.clicked.connect(self.copy_table)
        self.file.clicked.connect(self.save_table)
        self.poster.clicked.connect(self.write_poster)
        self.plan.clicked.connect(self.plan_year)
        self.add.clicked.connect(partial(self.add_sitting, None))
        for key, slot in (
            ("Ctrl+Shift+C", self.copy_table),
            (action_row("list.export").shortcut, self.save_table),
            ("Ctrl+G", self.plan_year),
            (action_row("sitting.poster").shortcut, self.write_poster),
            ("Ins", partial(self.add_sitting, None)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(slot)
        self.acts.told.connect(self.message.tell)
        self.acts.openRequest.connect(self.open)
        self.acts.changeRequest.connect(self.change_sitting)
        self.acts.visitRequest.connect(self.log_visit)
        self.acts.conclusionRequest.connect(self._conclude)
        self.acts.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))

    @property
    def title(self) -> str:
        """The heading."""
        return _("Receptions of the head")

    def write_poster(self, _checked: bool = False) -> None:
        """The calendar of a month to be put up: of the chosen sitting's, else of the one that is posted next."""
        row = self.acts.row
        self.acts.letters.write_calendar(row.sitting.day if row is not None else None)

    # -- what is shown -------------------------------------------------------------------------------

    def show_year(self, year: int) -> None:
        """Shows another year."""
        if year != self._year:
            self._year = year
            self.refresh()

    def refresh(self) -> None:
        """Reads the year again."""
        if self._job is not None:
            self._job.forget()
        office, year = self._office, self._year

        def work(_progress: Progress) -> SittingYear:
            return read_year(office, year)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, read: SittingYear) -> None:
        self._job = None
        same = self.read is not None and self.read.year.year == read.year.year
        self.read, today = read, self._office.today()
        self.rows.rows = read.rows
        self.list.refresh() if same else self.list.show_query(read.year.year, filtered=False)
        self.picture.show_year(read.year, today, marks=marks(read.rows, today), notes=notes(read.duty))
        for button in (self.copy, self.file):
            button.setEnabled(bool(read.rows))
        sentence, ink = duty_sentence(read.duty, today) if read.rows else ("", "muted")
        self.duty.setText(sentence)
        look.set_property(self.duty, "ink", ink)
        if self.list.current_id():
            self._chosen(self.list.current_id())

    def _loaded(self) -> None:
        """Begins on the next sitting."""
        if not self.list.current_id() and (nearest := self._nearest(self._office.today())):
            self.list.choose(nearest)
            QTimer.singleShot(0, self._show_chosen)

    def _show_chosen(self) -> None:
        table = self.list.table
        table.scrollTo(table.currentIndex(), table.ScrollHint.PositionAtCenter)

    def _nearest(self, today: date) -> str:
        """The next sitting of the year that is shown, else the last one."""
        rows = self.read.rows if self.read else ()
        coming = next((row.id for row in rows if row.sitting.day >= today), "")
        return coming or (rows[-1].id if rows else "")

    def row(self, sitting: str) -> SittingRow | None:
        """A row of the year that is shown."""
        rows = self.read.rows if self.read else ()
        return next((row for row in rows if row.id == sitting), None)

    def _chosen(self, sitting: str) -> None:
        row = self.row(sitting)
        self.acts.row = row
        self.picture.choose(row.sitting.day if row else None)
        if row is None:
            self._nothing_chosen()
            return
        today = self._office.today()
        chips = [chip for chip in (state_chip(row.sitting, today), notice_chip(row, today, alone=True)) if chip]
        self.inspector.set_actions(self.acts.buttons())
        self.inspector.show_record(full_day(row.sitting.day), "", chips=chips, groups=groups_of(row, today))

    def _nothing_chosen(self) -> None:
        self.acts.row = None
        self.inspector.set_actions([])
        self.inspector.show_nothing(_("Choose a sitting to see it here."))

    def _picked(self, day: date) -> None:
        """A day of the picture: its sitting, or a new one there."""
        rows = self.read.rows if self.read else ()
        found = next((row.id for row in reversed(rows) if row.sitting.day == day), "")
        if found:
            self.list.choose(found)
            self.list.focus_list()
        else:
            self.picture.choose(day)
            self.add_sitting(day)

    def _menu(self, at: QPoint) -> None:
        if self.list.table.indexAt(at).isValid() and self.acts.row is not None:
            self.acts.menu(with_open=True).popup(self.list.table.viewport().mapToGlobal(at))

    # -- acts ----------------------------------------------------------------------------------------

    def open(self, wanted: object) -> None:
        """The page of a sitting, by its id or with the act that comes next; "plan" is the generator."""
        if wanted == "plan":
            self.plan_year()
        elif isinstance(wanted, SittingTask):
            self._push_sitting(wanted.sitting, task=wanted if wanted.act else None)
        elif isinstance(wanted, str):
            self._push_sitting(wanted)

    def _conclude(self, sitting: str) -> None:
        """The page of a sitting with an empty conclusion."""
        self._push_sitting(sitting, conclude=True)

    def _push_sitting(self, sitting: str, *, conclude: bool = False, task: SittingTask | None = None) -> None:
        page = SittingPage(self._office, self._runner, self._keeper, sitting, conclude=conclude, task=task)
        page.acts.changeRequest.connect(self.change_sitting)
        page.acts.visitRequest.connect(self.log_visit)
        self.pushRequest.emit(page)

    def plan_year(self, _checked: bool = False) -> None:
        """The generator."""
        if self._office.officer.right is OfficerRight.VIEWER:
            return
        page = PlanPage(self._office, self._runner, self._keeper, self._year)
        page.planned.connect(self.yearChanged)
        self.pushRequest.emit(page)

    def add_sitting(self, day: date | None, _checked: bool = False) -> None:
        """The form of one sitting."""
        if self._office.officer.right is not OfficerRight.VIEWER:
            self.pushRequest.emit(SittingFormPage(self._office, self._runner, day=day))

    def change_sitting(self, sitting: str) -> None:
        """The form with a saved sitting."""
        self.pushRequest.emit(SittingFormPage(self._office, self._runner, sitting))

    def log_visit(self, draft: ReceptionDraft) -> None:
        """The form of a visit for the chosen sitting."""
        from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

        self.pushRequest.emit(ReceptionFormPage(self._office, self._runner, self._keeper, start=draft))

    def copy_table(self, _checked: bool = False) -> None:
        """The year's list into the clipboard, for a document or a spreadsheet."""
        if self.read and self.read.rows:
            QGuiApplication.clipboard().setMimeData(for_clipboard(self.read.rows))
            self.messageRequest.emit(
                _("The calendar was copied. Paste it into a document or a spreadsheet."), "success"
            )

    def save_table(self, _checked: bool = False) -> None:
        """The same as a table file."""
        read = self.read
        if read is None or not read.rows:
            return
        lines, year = table(read.rows), read.year.year
        title = _("Receptions of the head in {year}").format(year=year)
        head = TableHead(self._office.office.name, title, tuple(told_above("", (), self._office)))
        name = _("reception-calendar-{year}").format(year=year) + ".xlsx"
        self.export.start(Export(name, head, export_columns(), lambda: iter(lines), len(lines)))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        from tcd_desktop.sentences import refusal_sentence

        self.message.tell(refusal_sentence(error), "danger")

    # -- the window's questions ----------------------------------------------------------------------

    def store_changed(self, changes: Any) -> None:
        """Sittings, days off or visits changed."""
        if not changes or any(change.table in TABLES for change in changes):
            self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.list.focus_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three columns, the picture gives way."""
        self._side.setVisible(self.width() >= look.current().px(PICTURE + 920))
        super().resizeEvent(event)
