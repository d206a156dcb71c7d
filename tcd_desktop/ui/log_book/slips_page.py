"""The slips of several visits at once: what will be printed, what not and why, then all of them with one dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.documents.raster import joined_pdf
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.receptions.slip_desk import PrintedSlip, SlipBatch
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.form_fields import CheckField, ChoiceField
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.log_book.entrance import MOST, Ids
from tcd_desktop.ui.log_book.work_strip import WorkStrip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.columns import short_date, shown_name
from tcd_desktop.ui.receptions.printing import Printing, PrintRun, SystemPrinting, print_pdf, save_pdf
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

NONE = State(
    lazy("No visit is chosen"),
    lazy("Go back, choose visits with Ctrl or Shift, or narrow the list to those whose slips you need."),
    icon="printer",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A visit of the selection. `why` is the code of what stands against a slip, "" = it gets one; `now` after it."""

    id: str
    number: str
    day: date | None
    name: str
    papers: int
    slips: int
    why: str = ""
    now: str = ""


class SlipsPage(Page):
    """Esc goes back, Ctrl+P prints. `ids` are the visits in the order in which the paper comes out."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        ids: Ids,
        *,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._ids = office, runner, ids
        self._printing = printing or SystemPrinting()
        self.lines: tuple[Line, ...] = ()
        self._more = False
        self.rows = FixedRows()
        model = PagedModel(self.rows, _columns(office.today), runner=runner, parent=self)
        self.list = ListView("slips-of-selection", model, keeper, empty=NONE)
        self.list.openRequest.connect(lambda visit: self.goRequest.emit("receptions", visit))
        self.again = CheckField(_("Also those that have a slip, marked as reprints"))
        self.again.changed.connect(lambda _on: self._judge())
        self.copies = ChoiceField(
            _("Copies of each"),
            [
                (0, _("2 copies, of a denunciation 3")),
                (1, _("1 copy")),
                (2, _("2 copies")),
                (3, _("3 copies")),
            ],
            style="combo",
        )
        self.copies.set_value(0)
        self.jobs = ChoiceField(
            _("In the print queue"), [(False, _("One job")), (True, _("A job for each"))], style="segments"
        )
        self.jobs.set_value(False)
        self.strip = WorkStrip()
        self.strip.busyChanged.connect(lambda _on: self._show_buttons())
        self.print = QPushButton()
        self.print.setProperty("kind", "primary")
        icons.dress(self.print, "printer", "on_accent", 18)
        self.print.clicked.connect(self.print_slips)
        key = QShortcut(QKeySequence("Ctrl+P"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.print_slips)
        self._lay_out()
        self.setFocusProxy(self.print)
        self._show_buttons()
        runner.read(self._read, done=self._arrived, failed=self.strip.failed)

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        head.addWidget(self.print)
        row = QHBoxLayout()
        row.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        row.setSpacing(now.px(16))
        for field in (self.copies, self.jobs, self.again):
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(row)
        lines.addWidget(self.strip)
        lines.addWidget(self.list, 1)

    @property
    def title(self) -> str:
        """What is made here."""
        return _("Print the slips of these visits")

    # -- what is in the selection -------------------------------------------------------------------

    def _read(self, _progress: Progress) -> tuple[list[Line], bool]:
        ids = list(self._ids())
        store, office = self._office.store, self._office.office.id
        found = []
        for one in ids[:MOST]:
            visit = store.find(Reception, one)
            if visit is not None:
                good = [print_ for print_ in self._office.slips.printed(visit.id) if not print_.spoilt]
                found.append(_line(visit, len(good), own=visit.office == office))
        return found, len(ids) > MOST

    def _arrived(self, answer: tuple[list[Line], bool]) -> None:
        lines, self._more = answer
        self.lines = tuple(lines)
        if self._more:
            told = _("Only the first {n} visits are taken. Narrow the list by days or filters for the others.")
            self.strip.message.tell(told.format(n=MOST), "warning")
        self._judge()
        (self.print if self.print.isEnabled() else self.list.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        """Who gets a slip, after what was ticked."""
        again = bool(self.again.value())
        self.lines = tuple(
            replace(line, why="" if again and line.why == "slip_printed" else line.why or _printed_why(line, again))
            for line in self.lines
        )
        self._show()

    def _show(self) -> None:
        self.rows.rows = self.lines
        self.list.show_query(None, filtered=False)
        self._show_buttons()

    def _wanted(self) -> list[Line]:
        return [line for line in self.lines if not line.why and not line.now]

    def _show_buttons(self) -> None:
        count = len(self._wanted())
        words = ngettext("Print {n} slip  Ctrl+P", "Print {n} slips  Ctrl+P", count)
        self.print.setText(words.format(n=count) if count else _("Print  Ctrl+P"))
        self.print.setEnabled(bool(count) and not self.strip.busy)
        for field in (self.copies, self.jobs, self.again):
            field.setEnabled(not self.strip.busy)

    # -- printing --------------------------------------------------------------------------------------

    def can_close(self) -> bool:
        """While slips are being printed it can be cancelled, not left."""
        return not self.strip.busy

    def print_slips(self, _checked: bool = False) -> None:
        """Asks for a printer once; each slip is entered in the register as it is printed."""
        wanted = self._wanted()
        if not wanted or self.strip.busy:
            return
        target: Any = None
        if self._printing.available():
            target = self._printing.ask(1, "02/TCD", self)
        else:
            target = self._printing.ask_file(f"bien-nhan-{self._office.today().isoformat()}.pdf", self)
        if target is None:
            return
        copies, each = self.copies.value() or None, bool(self.jobs.value())
        ids, again, desk = [line.id for line in wanted], bool(self.again.value()), self._office.slips
        self.strip.begin(_("Printing slips:"))

        def work(progress: Progress) -> SlipBatch:
            with _sending(target, each=each) as send:
                return desk.print_all(ids, send=send, progress=progress, copies=copies, again=again)

        self.strip.started(
            self._runner.write(work, done=self._printed, failed=self.strip.failed, progress=self.strip.step)
        )

    def _printed(self, batch: SlipBatch) -> None:
        made = {document.number for document in batch.printed}
        left = {one.number: one.code for one in batch.left_out}
        self.lines = tuple(
            replace(line, now="failed" if line.number == batch.failed else "printed")
            if line.number in made and not line.now
            else replace(line, why=left.get(line.number, line.why))
            for line in self.lines
        )
        sentence, tone = batch_words(batch)
        self.strip.tell(sentence, tone)
        self._show()


@contextmanager
def _sending(target: Any, *, each: bool) -> Iterator[Callable[[PrintedSlip], None]]:
    """Where the papers go: one job, a job for each, or (a path) all in one PDF."""
    if not isinstance(target, QPrinter):
        papers: list[bytes] = []
        yield lambda slip: papers.append(slip.pdf)
        if papers:
            save_pdf(joined_pdf(papers), target)
    elif each:
        yield lambda slip: _job(slip, target)
    else:
        with PrintRun(target) as run:
            yield lambda slip: _sheets(run, slip)


def _sheets(run: PrintRun, slip: PrintedSlip) -> None:
    run.add(slip.pdf, copies=slip.document.copies)


def _job(slip: PrintedSlip, printer: QPrinter) -> None:
    printer.setDocName(f"02/TCD {slip.document.number}")
    printer.setCopyCount(slip.document.copies)
    print_pdf(slip.pdf, printer)


def batch_words(batch: SlipBatch) -> tuple[str, str]:
    """(what became of a selection, its tone)."""
    made = len(batch.printed)
    told = ngettext("{n} slip was printed and entered in the register.", "{n} slips were printed and entered.", made)
    sentence = told.format(n=made)
    if batch.left_out:
        left = ngettext("{n} visit was left out.", "{n} visits were left out.", len(batch.left_out))
        sentence = f"{sentence} {left.format(n=len(batch.left_out))}"
    if batch.failed:
        why = _("The printer stopped at {number}: print it again, or enter that print as spoilt.")
        return f"{sentence} {why.format(number=batch.failed)}", "danger"
    if batch.cancelled:
        then = _("Then it was cancelled.")
        return f"{sentence} {then}", "warning"
    return sentence, "success"


def _line(visit: Reception, slips: int, *, own: bool) -> Line:
    why = "other_office" if not own else "removed_already" if visit.removed else ""
    return Line(
        id=visit.id,
        number=visit.book_number,
        day=visit.date,
        name=shown_name(visit.name, visit.classification),
        papers=len(visit.documents),
        slips=slips,
        why=why or ("" if visit.documents else "no_documents"),
    )


def _printed_why(line: Line, again: bool) -> str:
    return "slip_printed" if line.slips and not again and not line.now else ""


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("number", lazy("Number"), 96, text=lambda line: line.number, align="right", strong=True),
        Column("day", lazy("Day"), 96, text=lambda line: short_date(line.day, today()) if line.day else ""),
        Column("name", lazy("Full name"), 230, text=lambda line: line.name),
        Column("papers", lazy("Documents"), 90, text=lambda line: str(line.papers or ""), align="right"),
        Column("slips", lazy("Slips so far"), 104, text=lambda line: str(line.slips or ""), align="right"),
        Column("state", lazy("State"), 180, text=lambda line: "", chip=_chip),
        Column("why", lazy("Why"), 240, text=_why, tooltip=_why, stretch=True),
    )


def _chip(line: Line) -> Chip:
    if line.now == "printed":
        return Chip(_("Printed"), "success", "circle-check")
    if line.now:
        return Chip(_("Not on paper"), "danger", "circle-alert")
    if line.why:
        return Chip(_("Left out"), "closed", "circle-x")
    return Chip(_("Reprint") if line.slips else _("Will be printed"), "accent", "printer")


def _why(line: Line) -> str:
    if line.why == "slip_printed":
        return _("It has a slip already.")
    if line.why == "no_documents":
        return _("No documents were handed over, so no slip is needed.")
    return refusal_sentence(Refused(line.why)) if line.why else ""
