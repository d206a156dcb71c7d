"""Để riêng: entries that were received and do not count, with the reason and the next step; tried again at a press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import why_and_next
from tcd_desktop.settings import Keeper
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.kept_aside import Kept, kept_aside
from tcd_desktop.ui.cases.case_words import moment, short_office
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.acts import act_name

NOTHING = State(
    lazy("Nothing is kept aside"), lazy("Every entry that came is in the books."), icon="check-check", tone="success"
)


def _columns(today: Callable[[], date], name: Callable[[str], str]) -> tuple[Column, ...]:
    return (
        Column("at", lazy("Since"), 110, text=lambda row: moment(row.at, today())),
        Column("office", lazy("Office"), 160, text=lambda row: name(row.office), strong=True),
        Column("kind", lazy("Kind"), 150, text=lambda row: kind_word(row.table)),
        Column("seq", lazy("Entry"), 70, text=lambda row: str(row.seq), align="right"),
        Column("why", lazy("Why"), 250, text=lambda row: why_and_next(row.code, {})[0], stretch=True),
    )


class KeptPanel(QWidget):
    """`changed` after something was taken over."""

    changed = Signal(object)

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._office, self._runner = office, runner
        self._names: dict[str, str] = {}
        self.card = WorkCard(
            _("Kept aside"),
            _("These entries do not count yet. They are tried again by themselves with every import."),
            _("Try again now"),
            "refresh-cw",
            runner,
            primary=False,
        )
        self.card.pressed.connect(self.try_again)
        self.rows = FixedRows()
        model = PagedModel(
            self.rows,
            _columns(office.today, self._name),
            runner=runner,
            row_id=lambda row: str(row.hash),
            parent=self,
        )
        self.pane = Inspector()
        self.pane.show_nothing(_("Choose an entry to see why it is kept aside."))
        self.view = ListView("kept_aside", model, keeper, empty=NOTHING, inspector=self.pane)
        self.view.currentChanged.connect(self._show)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        head.addWidget(self.card)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def refresh(self) -> None:
        """Reads the list."""
        office = self._office

        def read(_progress: Progress) -> tuple[list[Kept], dict[str, str]]:
            return office.store.read(kept_aside), office_names(office)

        self._runner.read(read, done=self._read)

    def _read(self, answer: tuple[list[Kept], dict[str, str]]) -> None:
        found, self._names = answer
        self.rows.rows = tuple(found)
        self.view.show_query(None, filtered=False)

    def try_again(self) -> None:
        """Looks again at everything that waits or is kept aside."""
        desk, store, before = self._office.inbox, self._office.store, len(self.rows.rows)

        def work(progress: Progress) -> tuple[list[ImportResult], int]:
            results = desk.try_again(progress)
            return results, max(before - len(store.read(kept_aside)), 0)

        self.card.run(work, self._tried, doing=_("Looking again…"))

    def _tried(self, answer: tuple[list[ImportResult], int]) -> None:
        results, taken = answer
        words = [ngettext("{n} entry counts now.", "{n} entries count now.", taken).format(n=taken)]
        if results:
            words.append(ngettext("{n} bundle went on.", "{n} bundles went on.", len(results)).format(n=len(results)))
        self.card.message.tell(" ".join(words), "success" if taken or results else "neutral")
        self.refresh()
        self.changed.emit(results)

    def _name(self, code: str) -> str:
        return short_office(self._names.get(code, code))

    def _show(self, digest: str) -> None:
        row = next((row for row in self.rows.rows if row.hash == digest), None)
        if row is None:
            self.pane.show_nothing(_("Choose an entry to see why it is kept aside."))
            return
        why, next_step = why_and_next(row.code, {})
        self.pane.show_record(
            kind_word(row.table),
            self._name(row.office),
            groups=[
                (_("Why"), [(_("What happened"), why), (_("Next step"), next_step)]),
                (
                    _("Entry"),
                    [
                        (_("Act"), act_name(row.act)),
                        (_("Number"), str(row.seq)),
                        (_("Since"), moment(row.at, self._office.today())),
                        (_("Code"), row.code),
                    ],
                ),
            ],
        )
