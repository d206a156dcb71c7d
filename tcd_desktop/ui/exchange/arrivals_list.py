"""The list of files in a preview or after an import, with the reason and the next step of each beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.sentences import why_and_next
from tcd_desktop.settings import Keeper
from tcd_desktop.sync.return_meta import ReturnMeta
from tcd_desktop.ui.cases.case_words import moment, short_office
from tcd_desktop.ui.exchange.arrivals import Arriving
from tcd_desktop.ui.exchange.outcomes import PARTS, breakable, outcome_chip
from tcd_desktop.ui.exchange.record_words import by_kind
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

NO_FILES = State(
    lazy("No bundle there"), lazy("Choose the stick's folder or the files of the wards."), icon="package-x"
)


def signature_chip(row: Arriving) -> Chip:
    """Whether who sent it is proven."""
    if row.seen.signature == "valid":
        return Chip(_("Signature right"), "success", "shield-check")
    if row.seen.signature == "invalid":
        return Chip(_("Signature wrong"), "danger", "shield-alert")
    return Chip(_("Cannot be read here"), "neutral", "lock")


def _count(name: str) -> Callable[[Arriving], str]:
    def text(row: Arriving) -> str:
        number = getattr(row.result.balance, name)
        return str(number) if number or row.result.outcome == "applied" else ""

    return text


def arrival_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Who, when, how many, what would change."""

    def made(row: Arriving) -> str:
        return moment(row.created, today()) if row.created else ""

    def outcome(row: Arriving) -> Chip:
        return outcome_chip(row.result.outcome, preview=row.preview)

    return (
        Column(
            "ward",
            lazy("From"),
            160,
            text=lambda row: short_office(row.name) or row.file.name,
            strong=True,
            stretch=True,
        ),
        Column("outcome", lazy("Result"), 160, text=lambda row: "", chip=outcome),
        Column("created", lazy("Made at"), 112, text=made),
        Column("received", lazy("Received"), 60, text=_count("received"), align="right"),
        *(
            Column(name, words, width, text=_count(name), align="right")
            for (name, words), width in zip(PARTS, (48, 78, 62, 76, 64), strict=True)
        ),
    )


def answer_facts(answer: ReturnMeta | None) -> list[tuple[str, str]]:
    """What a superior's answer says of our entries."""
    if answer is None:
        return []
    confirmed = ", ".join(str(ack.seq) for ack in answer.acks)
    missing = ", ".join(f"{want.first}–{want.last}" for want in answer.wants)
    return [
        (_("Confirmed up to"), confirmed),
        (_("Kept aside"), str(len(answer.rejects)) if answer.rejects else ""),
        (_("Asked for again"), missing),
    ]


class ArrivalsList(QWidget):
    """`show_files` shows a preview or results; `listed` is the wish to see the records of a bundle."""

    listed = Signal(object)

    def __init__(
        self, today: Callable[[], date], runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.rows = FixedRows()
        model = PagedModel(
            self.rows, arrival_columns(today), runner=runner, row_id=lambda row: str(row.file), parent=self
        )
        model.loaded.connect(self._choose_first)
        self.pane = Inspector()
        self._chosen: Arriving | None = None
        self.open_records = QPushButton(_("Show the records…"))
        icons.dress(self.open_records, "list", "text", 16)
        self.open_records.clicked.connect(self.list_records)
        self.pane.set_actions([self.open_records])
        self.view = ListView("arrivals", model, keeper, empty=NO_FILES, inspector=self.pane)
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(self._open)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.view)

    def show_files(self, files: Sequence[Arriving]) -> None:
        """Shows files; the first that needs a person's eye is chosen."""
        self.rows.rows = tuple(files)
        self.view.show_query(None, filtered=False)

    def list_records(self) -> None:
        """Asks for the records of the chosen bundle."""
        if self._chosen is not None and self._chosen.result.records:
            self.listed.emit(self._chosen)

    def _open(self, file: str) -> None:
        self._show(file)
        self.list_records()

    def _choose_first(self) -> None:
        rows = self.rows.rows
        doubtful = next((row for row in rows if row.result.outcome in ("refused", "parked")), None)
        first = doubtful or next(iter(rows), None)
        if first is not None:
            self.view.choose(str(first.file))
            self._show(str(first.file))

    def _show(self, file: str) -> None:
        row = next((row for row in self.rows.rows if str(row.file) == file), None)
        if row is None:
            self.pane.show_nothing(_("Choose a file to see what it would change."))
            return
        result, seen = row.result, row.seen
        self._chosen = row
        self.open_records.setVisible(bool(result.records))
        why, next_step = why_and_next(result.code, result.facts) if result.code else ("", "")
        if result.outcome == "already":
            why = _("It was imported at {when}.").format(when=moment(result.facts["at"], self._today()))
        span = f"{seen.first}–{seen.last}" if seen.first and seen.last else ""
        have = ""
        if result.code == "E_GAP" and "have" in result.facts:
            have = _("entry {have}; this bundle begins at {need}").format(
                have=result.facts["have"], need=result.facts.get("need", "?")
            )
        self.pane.show_record(
            row.name or breakable(row.file.name),
            breakable(row.file.name),
            chips=[outcome_chip(result.outcome, preview=row.preview), signature_chip(row)],
            groups=[
                (_("Why"), [(_("What happened"), why), (_("Here up to"), have), (_("Next step"), next_step)]),
                (
                    _("What would change") if row.preview else _("What changed"),
                    [
                        (words, str(getattr(result.balance, name)))
                        for name, words in (("received", lazy("Received")), *PARTS)
                        if result.balance.received
                    ],
                ),
                (_("By kind of record"), by_kind(result.balance)),
                (_("The answer says"), answer_facts(result.answer)),
                (
                    _("Bundle"),
                    [
                        (_("Made at"), moment(row.created, self._today()) if row.created else ""),
                        (_("Entries"), span),
                        (_("Code"), result.code),
                    ],
                ),
            ],
        )
