"""The records behind a figure: what it counts, each with what it adds; Enter opens the record, Esc comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.tables import Column as Figure
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.store.figures.circular.sources import Member
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.reports.record_rows import RecordRow, page_of, record_columns
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

MOST = 5000
"""Records that are listed; the sum of the first tells how many more there are."""
NOTHING = State(
    lazy("No record behind this figure"),
    lazy("It is 0, or it is typed by hand and no book holds it."),
    icon="table",
)


@dataclass(frozen=True, slots=True)
class RecordList:
    """What a page of records shows: its heading, what is said beside it, and how the records are read.

    `read` gives the records (each with why it is listed, "" = it is counted) and whether there are more; `offices`
    when they are of several.
    """

    title: str
    told: str
    read: Callable[[Progress], tuple[Sequence[tuple[Member, str]], bool]]
    figure: Figure | None = None
    offices: bool = False


class RecordsPage(Page):
    """On top of the report. Read-only."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        files: OpenedFiles,
        listed: RecordList,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper, self._files = office, runner, keeper, files
        self._list = listed
        self._names = dict(office.report_units())
        self.rows = FixedRows()
        model = PagedModel(self.rows, self._columns(), runner=runner, parent=self)
        self.view = ListView("report-records", model, keeper, empty=NOTHING)
        self.view.openRequest.connect(self.open_record)
        self.told = QLabel(listed.told)
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.export = ListExport(runner)
        self.file = QPushButton(_("Save as a table file") + f"  {key_text('list.export')}")
        icons.dress(self.file, "download", "text", 18)
        self.file.clicked.connect(self.save_table)
        shortcut = QShortcut(QKeySequence(key_text("list.export")), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_table)
        self._lay_out()
        self.setFocusProxy(self.view.table)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return self._list.title

    def _columns(self) -> tuple[Column, ...]:
        return record_columns(self._list.figure, offices=self._list.offices)

    def _lay_out(self) -> None:
        px = look.current().px
        heading = QLabel(self.title)
        head, self.back = page_head(heading)
        self.back.clicked.connect(self.popRequest)
        head.addWidget(self.file)
        self.told.setContentsMargins(px(16), 0, px(16), px(8))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.told)
        lines.addWidget(self.export)
        lines.addWidget(self.view, 1)

    def refresh(self) -> None:
        """Reads the records, in a reader's thread."""
        self._runner.read(self._list.read, done=self._arrived)

    def _arrived(self, found: tuple[Sequence[tuple[Member, str]], bool]) -> None:
        members, more = found
        names = self._names
        self.rows.rows = tuple(
            RecordRow(number, member, names.get(member.office, member.office), why)
            for number, (member, why) in enumerate(members)
        )
        words = ngettext("{n} record", "{n} records", len(members)).format(n=grouped(len(members)))
        if more:
            words = _("the first {n} records").format(n=grouped(len(members)))
        self.told.setText("  ·  ".join(filter(None, (self._list.told, words))))
        self.view.show_query(None, filtered=False)

    def open_record(self, row_id: str) -> None:
        """Opens the record above the list, or on its own desk."""
        if not row_id.isdigit():
            return
        shown = page_of(self.rows.rows[int(row_id)].member, self._office, self._runner, self._keeper, self._files)
        if isinstance(shown, tuple):
            self.goRequest.emit(*shown)
        else:
            self.pushRequest.emit(shown)

    def save_table(self, _checked: bool = False) -> None:
        """The records as a table file."""
        rows: tuple[RecordRow, ...] = self.rows.rows
        head = TableHead(
            self._office.office.name, self._list.title, (self._list.told, *told_above("", (), self._office))
        )

        def lines() -> Iterator[Any]:
            yield from rows

        name = _("report-records-{day}").format(day=f"{self._office.today():%Y-%m-%d}") + ".xlsx"
        self.export.start(Export(name, head, self._columns(), lines, len(rows)))

    def store_changed(self, changes: Any) -> None:
        """A record may count elsewhere now."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
