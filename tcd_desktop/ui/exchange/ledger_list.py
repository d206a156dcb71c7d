"""The ledger of files: every bundle written here and every one that was offered, with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import why_and_next
from tcd_desktop.settings import Keeper
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.sync.answer_told import kept_told
from tcd_desktop.sync.undo_import import ACT
from tcd_desktop.ui.cases.case_words import moment, short_office
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.outcomes import PARTS, breakable, outcome_chip
from tcd_desktop.ui.exchange.record_words import by_kind
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.stick import told_lines
from tcd_desktop.ui.exchange.undo_panel import UndoPanel
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

Told = dict[str, list[tuple[str, str]]]
"""Bundle of an answer -> what it told: (what, in words)."""
EMPTY = State(
    lazy("No file has come or gone yet"),
    lazy("Every bundle that is written or read here is entered in this ledger, refused ones too."),
    icon="archive",
)


def direction_chip(line: LedgerLine) -> Chip:
    """Out or in."""
    return (
        Chip(_("Sent"), "neutral", "upload") if line.direction == "out" else Chip(_("Came in"), "neutral", "download")
    )


def span(line: LedgerLine) -> str:
    """The numbers of the entries a bundle carries."""
    return f"{line.first}–{line.last}" if line.kind == "ops" and line.last >= line.first > 0 else ""


def ledger_columns(today: Callable[[], date], name: Callable[[str], str]) -> tuple[Column, ...]:
    """Columns of the ledger; `name` gives an office's name by code."""
    return (
        Column("at", lazy("When"), 110, text=lambda line: moment(line.at, today())),
        Column("direction", lazy("Direction"), 108, text=lambda line: "", chip=direction_chip),
        Column("office", lazy("Office"), 160, text=lambda line: name(line.office)),
        Column("file", lazy("File"), 140, text=lambda line: line.file, stretch=True),
        Column("span", lazy("Entries"), 84, text=span, align="right"),
        Column("outcome", lazy("Result"), 140, text=lambda line: "", chip=lambda line: outcome_chip(line.outcome)),
    )


class LedgerList(QWidget):
    """`refresh` reads the ledger again; `undone` after an import was taken back."""

    undone = Signal(object)

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._names: dict[str, str] = {}
        self._told: Told = {}
        self._chosen = ""
        self.rows = FixedRows()
        model = PagedModel(
            self.rows, ledger_columns(office.today, self._name), runner=runner, row_id=_line_id, parent=self
        )
        self._pane = Inspector()
        self._pane.show_nothing(_("Choose a file to see what became of it."))
        self.view = ListView("ledger", model, keeper, empty=EMPTY, inspector=self._pane)
        self.view.keep_inspector()
        self.view.currentChanged.connect(self._show)
        self.undo = UndoPanel(office, runner)
        self.undo.left.connect(self._to_list)
        self.undo.undone.connect(self.undone)
        self.take_back = QPushButton(_("Take this import back…"))
        icons.dress(self.take_back, "undo-2", "text", 16)
        self.take_back.clicked.connect(self.show_undo)
        self._pane.set_actions([self.take_back])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.undo)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._stack)
        self.refresh()

    def show_undo(self) -> None:
        """What taking the chosen import back would do."""
        if self._chosen:
            self._stack.setCurrentWidget(self.undo)
            self.undo.show_import(self._chosen)

    def _to_list(self) -> None:
        self._stack.setCurrentWidget(self.view)
        self.refresh()
        self.view.focus_list()

    def refresh(self) -> None:
        """Reads the ledger."""
        office = self._office

        def read(_progress: Progress) -> tuple[list[LedgerLine], dict[str, str], Told]:
            return office.inbox.ledger(), office_names(office), _told(office)

        self._runner.read(read, done=self._read)

    def _read(self, answer: tuple[list[LedgerLine], dict[str, str], Told]) -> None:
        lines, self._names, self._told = answer
        self.rows.rows = tuple(lines)
        self.view.show_query(None, filtered=False)

    def _name(self, code: str) -> str:
        return short_office(self._names.get(code, code))

    def _show(self, line_id: str) -> None:
        line = next((line for line in self.rows.rows if _line_id(line) == line_id), None)
        if line is None:
            self._chosen = ""
            self._pane.show_nothing(_("Choose a file to see what became of it."))
            return
        self.show_line(line)

    def show_line(self, line: LedgerLine) -> None:
        """A line of the ledger in the pane."""
        why, next_step = why_and_next(line.code, {}) if line.code else ("", "")
        undoable = line.direction == "in" and line.outcome == "applied" and line.kind == "ops" and not line.undone
        self._chosen = line.bundle if undoable and self._office.may(ACT) else ""
        self.take_back.setVisible(bool(self._chosen))
        if line.undone:
            why = _("The import was taken back at {when}.").format(
                when=moment(datetime.fromisoformat(line.undone), self._office.today())
            )
        balance = line.balance
        counts = [(words, str(getattr(balance, name))) for name, words in PARTS] if balance else []
        received = [(_("Received"), str(balance.received))] if balance else []
        self._pane.show_record(
            breakable(line.file),
            moment(line.at, self._office.today()),
            chips=[direction_chip(line), outcome_chip(line.outcome)],
            groups=[
                (_("Why"), [(_("What happened"), why), (_("Next step"), next_step)]),
                (_("From the superior office"), self._told.get(line.bundle, [])),
                (_("Balance"), [*received, *counts]),
                (_("By kind of record"), by_kind(balance) if balance else []),
                (
                    _("File"),
                    [
                        (_("Office"), self._name(line.office)),
                        (_("Entries"), span(line)),
                        (_("Code"), line.code),
                        (
                            "SHA-256",
                            " ".join(line.sha256[at : at + 8] for at in range(0, len(line.sha256), 8)),
                        ),
                    ],
                ),
            ],
        )


def _told(office: OpenOffice) -> Told:
    """What the answers of the superior told when they were read."""
    with office.store.reading() as connection:
        return {
            bundle: [
                (one.chip.text, f"{one.about}. {one.detail}") for one in told_lines(connection, office.office.id, told)
            ]
            for bundle, told in kept_told(connection).items()
        }


def _line_id(line: LedgerLine) -> str:
    return f"{line.direction} {line.at.isoformat()} {line.file} {line.outcome}"
