"""What there is to do, in sections; Enter opens the act that comes next, and Esc comes back to the same line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.today.tasks import Section, Task
from tcd_desktop.ui.window.runner import RunnerLike

ALL_DONE = State(
    lazy("Nothing waits this morning"),
    lazy("No answer, notice, conclusion or paper is due. What becomes due stands here, each line with its next act."),
    lazy("Log a visit  Ctrl+N"),
    icon="circle-check",
    tone="success",
)

LARGE = 125
"""Text sizes above this leave no room for the content: it stands in the tooltip and behind Enter."""


def task_columns() -> tuple[Column, ...]:
    """Section, how urgent, who, what, and the act that comes next."""
    if look.current().text_size > LARGE:
        return (
            Column("section", lazy("To do"), 156, text=lambda task: task.heading, strong=True),
            Column("chip", lazy("State"), 178, text=lambda task: "", chip=_chip),
            Column("title", lazy("Who or when"), 140, text=lambda task: task.title, tooltip=_whole, stretch=True),
            Column("act", lazy("Enter"), 178, text=lambda task: task.act),
        )
    return (
        Column("section", lazy("To do"), 168, text=lambda task: task.heading, strong=True),
        Column("chip", lazy("State"), 190, text=lambda task: "", chip=_chip),
        Column("title", lazy("Who or when"), 196, text=lambda task: task.title, tooltip=_whole, strong=True),
        Column("detail", lazy("Content"), 120, text=lambda task: task.detail, tooltip=_whole, stretch=True),
        Column("act", lazy("Enter"), 176, text=lambda task: task.act),
    )


def _chip(task: Task) -> Chip | None:
    return task.chip


def _whole(task: Task) -> str:
    return "\n".join(filter(None, (task.title, task.detail)))


class WorkList(QFrame):
    """`taskRequest` carries the chosen `Task`, `newRequest` the button of an empty morning."""

    taskRequest = Signal(object)
    newRequest = Signal()

    def __init__(
        self, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None, *, writes: bool = True
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self._row = -1
        self.rows = FixedRows()
        model = PagedModel(self.rows, task_columns(), runner=runner, parent=self)
        name = "today-large" if look.current().text_size > LARGE else "today"
        self.view = ListView(name, model, keeper, empty=ALL_DONE.for_one_who(writes))
        self.view.openRequest.connect(self._open)
        self.view.emptyActionRequest.connect(self.newRequest)
        self.view.table.selectionModel().currentRowChanged.connect(self._moved)
        model.loaded.connect(self._loaded)
        heading = QLabel(_("What there is to do"))
        heading.setProperty("ink", "heading")
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(14), now.px(8), now.px(14), now.px(2))
        head.setSpacing(now.px(10))
        head.addWidget(heading)
        head.addWidget(self.count)
        head.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, now.px(6))
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def show_tasks(self, tasks: tuple[Task, ...]) -> None:
        """Shows the lines; the chosen one stays chosen, and when it was done the next one is."""
        self.rows.rows = tasks
        total = sum(task.total for task in tasks if task.first)
        self.count.setText(ngettext("{n} thing", "{n} things", total).format(n=grouped(total)) if total else "")
        self.view.show_query(None, filtered=False)

    def section(self, section: Section) -> list[Task]:
        """The lines of a section."""
        return [task for task in self.rows.rows if task.section is section]

    def _moved(self, current: object, _previous: object) -> None:
        row = getattr(current, "row", lambda: -1)()
        if row >= 0:
            self._row = row

    def _loaded(self) -> None:
        """The place of a line that was done is taken by the next; at first it is the first line."""
        if not self.view.table.currentIndex().isValid() and self.rows.rows:
            self.view.choose(self.rows.rows[min(max(self._row, 0), len(self.rows.rows) - 1)].id)

    def _open(self, identity: str) -> None:
        task = next((task for task in self.rows.rows if task.id == identity), None)
        if task is not None:
            self.taskRequest.emit(task)
