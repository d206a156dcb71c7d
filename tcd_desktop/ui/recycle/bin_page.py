"""The recycle bin (thùng rác): what left the lists, who put it there, when and why; everything can come back.

The second view explains every number that a year's book does not show. At the superior office both are read only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.recycle.recycle_bin import MOST, Binned
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.recycle.bin_words import kind_chip, what
from tcd_desktop.ui.recycle.erasing import Erasing, can_erase
from tcd_desktop.ui.recycle.gaps_view import GapsView
from tcd_desktop.ui.recycle.removing import Removing
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(
    lazy("The recycle bin is empty"),
    lazy("Whatever was entered by mistake comes here with its reason, and can be restored."),
    icon="trash-2",
)
WHERE = {"reception": "receptions", "case_file": "cases"}
"""Which desk opens a record of a table."""
BIN, GAPS = range(2)
ERASE_KEY = row("bin.erase").shortcut


def bin_columns(today: Callable[[], date], office_name: Callable[[str], str], *, wards: bool) -> tuple[Column, ...]:
    """Columns of the bin; `wards` adds whose record it is."""
    found = [
        Column("at", lazy("Removed"), 104, text=lambda line: moment(line.at, today()) if line.at else ""),
        Column("kind", lazy("Kind"), 144, text=lambda line: "", chip=lambda line: kind_chip(line.table)),
        Column("number", lazy("No."), 122, text=lambda line: line.number, align="right", strong=True),
        Column("what", lazy("What"), 156, text=what, chip=_secret_chip),
        Column("why", lazy("Why"), 136, text=lambda line: line.why, tooltip=lambda line: line.why, stretch=True),
        Column("who", lazy("Done by"), 126, text=lambda line: line.who),
    ]
    if wards:
        found.insert(1, Column("office", lazy("Ward"), 150, text=lambda line: office_name(line.office)))
    return tuple(found)


def _secret_chip(line: Binned) -> Chip | None:
    return Chip(_("secret"), "secret", "eye-off") if line.secret else None


class RecyclePage(Page):
    """`gaps` begins with the missing numbers."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        gaps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._wards = office.is_superior
        self._names: dict[str, str] = {}
        self._most, self._all = MOST, 0
        self.removing = Removing(office, runner, self)
        self.message = MessageBar()
        self.removing.told.connect(self.message.tell)
        self.erasing = Erasing(office, runner, self)
        self.erasing.told.connect(self.message.tell)
        self.rows = FixedRows()
        self.pane = Inspector()
        columns = bin_columns(office.today, lambda code: self._names.get(code, code), wards=self._wards)
        model = PagedModel(self.rows, columns, runner=runner, row_id=_line_id, parent=self)
        self.list = ListView("recycle", model, keeper, empty=EMPTY, inspector=self.pane)
        self.gaps = GapsView(office, runner, keeper)
        self.gaps.openRequest.connect(self._open)
        self._build()
        self._connect()
        self.views.set_index(GAPS if gaps else BIN)
        self._view_chosen(GAPS if gaps else BIN)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Recycle bin")

    def _build(self) -> None:
        now = look.current()
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.more = QPushButton(_("Show more"))
        self.more.setProperty("kind", "link")
        self.more.hide()
        self.views = Segments([_("Recycle bin"), _("Missing numbers")])
        if self._wards:
            self.views.hide()
        self.views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head, self.back = page_head(QLabel(self.title), self.count, self.more)
        head.addWidget(self.views)
        self.open, self.restore = self._open_button(), self._restore_button()
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.gaps)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.stack, 1)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        self.back.clicked.connect(self.popRequest)
        self.views.chosen.connect(self._view_chosen)
        self.more.clicked.connect(self.show_more)
        self.list.currentChanged.connect(self._show)
        self.list.openRequest.connect(self._open_line)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.restore_chosen)
        erase = QShortcut(QKeySequence(ERASE_KEY), self)
        erase.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        erase.activated.connect(self.erase_chosen)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._menu)

    def _view_chosen(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self._tell_count()

    # -- reading ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the bin."""
        office, everywhere, most = self._office, self._wards, self._most

        def read(_progress: Progress) -> tuple[list[Binned], int, dict[str, str]]:
            lines, names = office.recycle.bin, office_names(office) if everywhere else {}
            return lines.lines(everywhere=everywhere, most=most), lines.count(everywhere=everywhere), names

        self._runner.read(read, done=self._read)
        self.gaps.refresh()

    def show_more(self, _checked: bool = False) -> None:
        """So many more of each kind."""
        self._most += MOST
        self.refresh()

    def _read(self, answer: tuple[list[Binned], int, dict[str, str]]) -> None:
        lines, self._all, self._names = answer
        self.rows.rows = tuple(lines)
        self.list.show_query(None, filtered=False)
        self._tell_count()
        self._show(self.list.current_id())

    def _tell_count(self) -> None:
        """Also that not all are shown, with the button for more."""
        count = len(self.rows.rows)
        shown = self.stack.currentIndex() == BIN and count > 0
        words = ngettext("{n} record", "{n} records", count).format(n=grouped(count))
        if count < self._all:
            words = _("{n} of {all} records, the latest of each kind").format(n=grouped(count), all=grouped(self._all))
        self.count.setText(words if shown else "")
        self.more.setVisible(shown and count < self._all)

    def store_changed(self, changes: Any) -> None:
        """Something may have come or gone."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard comes into the list."""
        self.list.focus_list()

    # -- the chosen line ----------------------------------------------------------------------------

    def chosen(self) -> Binned | None:
        """The line under the cursor."""
        wanted = self.list.current_id()
        return next((line for line in self.rows.rows if _line_id(line) == wanted), None)

    def _show(self, _line_id: str) -> None:
        line = self.chosen()
        if line is None:
            self.pane.set_actions([])
            self.pane.show_nothing(_("Choose a line to see why it lies here."))
            return
        self.open, self.restore = self._open_button(), self._restore_button()  # the pane throws away those it had
        buttons: list[QWidget] = [self.open] if line.table in WHERE else []
        if self._office.writes_in(line.office) and not line.erased:
            buttons.append(self.restore)
        self.pane.set_actions(buttons)
        self.pane.show_record(
            line.number or what(line),
            what(line) if line.number else "",
            chips=[chip for chip in (kind_chip(line.table), _secret_chip(line)) if chip],
            groups=[
                (
                    _("Removal"),
                    [
                        (_("Reason"), line.why),
                        (_("When"), moment(line.at, self._office.today()) if line.at else ""),
                        (_("Done by"), line.who),
                        (_("Ward"), self._names.get(line.office, "")),
                    ],
                )
            ],
            extra=[self._erase_button()] if can_erase(self._office, line) else [],
        )

    def _open_button(self) -> QPushButton:
        button = QPushButton(_("Open"))
        icons.dress(button, "panel-right", "text", 18)
        button.clicked.connect(lambda _checked=False: self._open_line(self.list.current_id()))
        return button

    def _restore_button(self) -> QPushButton:
        button = QPushButton(_("Restore") + "  Ctrl+Enter")
        button.setProperty("kind", "primary")
        icons.dress(button, "undo-2", "on_accent", 18)
        button.clicked.connect(self.restore_chosen)
        return button

    def _erase_button(self) -> QPushButton:
        button = QPushButton(_("Erase for ever…"))
        button.setProperty("kind", "danger")
        words = _("By a decision only; asks for its number, its date and the reason.")
        button.setToolTip(f"{words}  {ERASE_KEY}")
        button.clicked.connect(self.erase_chosen)
        return button

    def erase_chosen(self, _checked: bool = False) -> None:
        """Asks for the decision by which the chosen record is erased."""
        line = self.chosen()
        if self.stack.currentIndex() == BIN and line is not None and can_erase(self._office, line):
            self.erasing.ask(line)

    def restore_chosen(self, _checked: bool = False) -> None:
        """Takes the chosen record out of the bin."""
        line = self.chosen()
        if self.stack.currentIndex() == BIN and line is not None and self._office.writes_in(line.office):
            self.removing.restore(line.table, line.id)

    def _open_line(self, _line_id: str) -> None:
        line = self.chosen()
        if line is not None:
            self._open(line)

    def _open(self, line: Binned) -> None:
        if line.table in WHERE:
            self.goRequest.emit(WHERE[line.table], line.id)

    def _menu(self, at: QPoint) -> None:
        line = self.chosen()
        if line is None or not self.list.table.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if can_erase(self._office, line):
            menu.addAction(icons.icon("trash-2"), _("Erase for ever…") + f"\t{ERASE_KEY}").triggered.connect(
                self.erase_chosen
            )
        if self._office.writes_in(line.office) and not line.erased:
            menu.addAction(icons.icon("undo-2"), _("Restore") + "\tCtrl+Enter").triggered.connect(self.restore_chosen)
        if line.table in WHERE:
            menu.addAction(icons.icon("panel-right"), _("Open") + "\tEnter").triggered.connect(
                partial(self._open, line)
            )
        menu.popup(self.list.table.viewport().mapToGlobal(at))


def _line_id(line: Binned) -> str:
    return f"{line.table} {line.office} {line.id}"
