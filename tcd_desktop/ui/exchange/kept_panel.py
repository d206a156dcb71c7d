"""Để riêng: entries that were received and do not count, with the reason and the next step; tried again at a press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import why_and_next
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.store.journal.balance import Balance
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.kept_aside import Kept, kept_aside
from tcd_desktop.sync.refusals import Code
from tcd_desktop.ui.cases.case_words import moment, short_office
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import field_name
from tcd_desktop.words.acts import act_name

NOTHING = State(
    lazy("Nothing is kept aside"), lazy("Every entry that came is in the books."), icon="check-check", tone="success"
)


def _columns(today: Callable[[], date], name: Callable[[str], str]) -> tuple[Column, ...]:
    return (
        Column("at", lazy("Since"), 110, text=lambda row: moment(row.at, today())),
        Column("office", lazy("Office"), 130, text=lambda row: name(row.office), strong=True),
        Column("kind", lazy("Kind"), 110, text=lambda row: kind_word(row.table)),
        Column("about", lazy("Record concerned"), 170, text=_about),
        Column("seq", lazy("Entry"), 70, text=lambda row: str(row.seq), align="right"),
        Column("why", lazy("Why"), 200, text=lambda row: why_and_next(row.code, {})[0], stretch=True),
    )


def _about(row: Kept) -> str:
    """The record's number and name; nobody is named of a denunciation."""
    return " · ".join(filter(None, (row.number, "" if row.secret else " ".join(row.name.split()))))


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
            _(
                "These entries do not count yet. They are tried again by themselves with every import; about "
                "those of a revoked PC you decide."
            ),
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
        if row.of_revoked:
            next_step = _("Look at it and ask the ward whether it is right; then take it in or leave it out.")
        self.pane.show_record(
            kind_word(row.table),
            self._name(row.office),
            groups=[
                (_("Why"), [(_("What happened"), why), (_("Next step"), next_step)]),
                (
                    _("Entry"),
                    [
                        (
                            _("Record concerned"),
                            _about(row) or (_("Kept secret or not known here") if row.secret else ""),
                        ),
                        (_("Act"), act_name(row.act)),
                        (_("Changes"), ", ".join(map(field_name, row.fields))),
                        (_("Written by the PC on"), moment(row.written, self._office.today())),
                        (_("Number"), str(row.seq)),
                        (_("Since"), moment(row.at, self._office.today())),
                        (_("Code"), row.code),
                    ],
                ),
            ],
            extra=self._acts(row),
        )

    # -- what a revoked PC wrote later ---------------------------------------------------------------------

    def _acts(self, row: Kept) -> list[QWidget]:
        if not row.of_revoked:
            return []
        take = QPushButton(_("Take in up to here…"))
        icons.dress(take, "check-check", "text", 18)
        take.clicked.connect(lambda: self.ask_take_in(row))
        if row.code == Code.LEFT_OUT.value:
            return [take]
        leave = QPushButton(_("Leave out from here on…"))
        leave.clicked.connect(lambda: self.ask_leave_out(row))
        return [take, leave]

    def ask_take_in(self, row: Kept) -> None:
        """Asks for the reason why entries of a revoked PC count after all."""
        many = sum(one.seq <= row.seq for one in self._beside(row))
        said = ngettext(
            "{n} entry of this PC, up to number {last}, counts from now on; the trust in the PC then ends there. Look "
            "at it and ask the ward before you take it in.",
            "{n} entries of this PC, up to number {last}, count from now on; the trust in the PC then ends there. Look "
            "at each of them and ask the ward before you take them in.",
            many,
        ).format(n=many, last=row.seq)
        self._ask(_("Take in what was written later"), said, _("Take in"), partial(self.take_in, row))

    def ask_leave_out(self, row: Kept) -> None:
        """Asks for the reason why entries of a revoked PC never count."""
        many = sum(one.seq >= row.seq and one.code == row.code for one in self._beside(row))
        said = ngettext(
            "{n} entry of this PC, from number {first} on, stays out. It is kept here with your reason and can still "
            "be taken in.",
            "{n} entries of this PC, from number {first} on, stay out. They are kept here with your reason and can "
            "still be taken in.",
            many,
        ).format(n=many, first=row.seq)
        self._ask(_("Leave out what was written later"), said, _("Leave out"), partial(self.leave_out, row))

    def _ask(self, title: str, sentence: str, take: str, act: Callable[[str], None]) -> None:
        dialog = ReasonDialog(title, sentence, take, self)
        dialog.reasoned.connect(act)
        dialog.open()

    def _beside(self, row: Kept) -> list[Kept]:
        """Everything of the same history that waits for a person."""
        return [one for one in self.rows.rows if one.of_revoked and (one.device, one.epoch) == (row.device, row.epoch)]

    def take_in(self, row: Kept, reason: str) -> None:
        """Entries of a revoked PC up to this one count."""
        keys = self._office.keys

        def done(answer: Done[Balance]) -> None:
            taken = answer.value.received - answer.value.refused
            words = ngettext("{n} entry counts now.", "{n} entries count now.", taken).format(n=taken)
            if answer.value.refused:
                words += " " + _("{n} did not fit and stay kept aside.").format(n=answer.value.refused)
            self._decided(words)

        work = partial(keys.take_in, row.device, row.epoch, row.seq, reason=reason)
        self.card.run(lambda _progress: work(), done, doing=_("Taking in…"))

    def leave_out(self, row: Kept, reason: str) -> None:
        """Entries of a revoked PC from this one on never count."""
        keys = self._office.keys

        def done(answer: Done[int]) -> None:
            words = ngettext("{n} entry stays out.", "{n} entries stay out.", answer.value).format(n=answer.value)
            self._decided(words + " " + _("Who, when and why are in the history of the PC, under Keys and PCs."))

        work = partial(keys.leave_out, row.device, row.epoch, row.seq, reason=reason)
        self.card.run(lambda _progress: work(), done, doing=_("Working…"))

    def _decided(self, words: str) -> None:
        self.card.message.tell(words, "success")
        self.refresh()
        self.changed.emit([])
