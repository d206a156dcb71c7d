"""The records of one bundle, one line each: what becomes of it, what it is about, which fields change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.settings import Keeper
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.sync.bundle_contents import BundleRecord
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.record_words import about, kind_word, record_chip
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import field_name
from tcd_desktop.words.acts import act_name

NO_RECORDS = State(
    lazy("No record changes"), lazy("Everything in this bundle is in the books already."), icon="check-check"
)


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    def when(row: BundleRecord) -> str:
        return moment(stamp_time(row.at).astimezone().replace(tzinfo=None), today())

    return (
        Column(
            "outcome", lazy("What becomes of it"), 150, text=lambda row: "", chip=lambda row: record_chip(row.outcome)
        ),
        Column("kind", lazy("Kind"), 150, text=lambda row: kind_word(row.table)),
        Column("about", lazy("Number, name"), 240, text=about, strong=True, stretch=True),
        Column("act", lazy("Act"), 200, text=lambda row: act_name(row.act)),
        Column("fields", lazy("Fields"), 200, text=lambda row: ", ".join(field_name(name) for name in row.fields)),
        Column("at", lazy("When"), 110, text=when),
    )


class RecordsList(QWidget):
    """`show_records` shows those of a bundle; `back` is the wish to leave (button or Esc)."""

    back = Signal()

    def __init__(
        self, today: Callable[[], date], runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self.rows = FixedRows()
        model = PagedModel(
            self.rows,
            _columns(today),
            runner=runner,
            row_id=lambda row: f"{row.table} {row.record}",
            parent=self,
        )
        self.view = ListView("bundle_records", model, keeper, empty=NO_RECORDS)
        self.heading = label("", "heading", wrap=False)
        self.leave = QPushButton(_("Back to the bundles"))
        icons.dress(self.leave, "arrow-left", "text", 16)
        self.leave.clicked.connect(self.back)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(6), now.px(16), now.px(8))
        head.addWidget(self.heading, 1)
        head.addWidget(self.leave)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def show_records(self, whose: str, records: Sequence[BundleRecord]) -> None:
        """The records of a bundle of somebody."""
        count = ngettext("{n} record", "{n} records", len(records)).format(n=len(records))
        if len(records) >= DEFAULT.listed:
            count = _("the first {n} records").format(n=len(records))
        self.heading.setText(f"{whose}: {count}")
        self.rows.rows = tuple(records)
        self.view.show_query(None, filtered=False)
        self.view.focus_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)
