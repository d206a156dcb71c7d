"""The data for the national database of a period: which days, what kind of file, what was written."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.law import national_mapping
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.national import FIELDS, Codes, payload, write_json
from tcd_desktop.reports.national_tables import SHEETS, write_workbook
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField
from tcd_desktop.ui.forms.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

OWN_MAPPING = "national-mapping.toml"


class NationalPage(Page):
    """Asks for the period and the file, writes it behind the window and says how much it holds."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        today = office.today()
        self.since = DateField(_("From"), today=office.today, past=True, required=True)
        self.until = DateField(_("To"), today=office.today, past=True, required=True)
        self.since.set_value(today.replace(month=1, day=1))
        self.until.set_value(today)
        kinds = [("json", _("JSON, for the national database")), ("xlsx", _("Workbook, to look at"))]
        self.kind = ChoiceField(_("Kind of file"), kinds, required=True)
        self.kind.set_value("json")
        self.message = MessageBar()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._lay_out()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Data for the national database")

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        card = Card(_("What is written"))
        words = QLabel(
            _(
                "Visits, petitions, cases, steps, results and what was carried out, with the codes of the mapping. Who "
                "denounced is not in the file. Codes nobody has confirmed are marked as such."
            )
        )
        words.setWordWrap(True)
        words.setProperty("ink", "muted")
        card.lines.addWidget(words)
        card.add_row((self.since, 1), (self.until, 1))
        card.lines.addWidget(self.kind)
        card.lines.addWidget(self.told)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(12))
        lines.addWidget(self.message)
        lines.addLayout(column(card))
        inside.setMaximumWidth(now.px(720))
        self.take, note = QPushButton(_("Write the file  Ctrl+S")), QLabel()
        self.take.clicked.connect(self.choose_file)
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.choose_file)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(scrolled(inside), 1)
        page.addWidget(page_foot(self.take, note))
        self.setFocusProxy(self.since)

    def choose_file(self, _checked: bool = False) -> None:
        """Asks where to write."""
        since, until = self.since.value(), self.until.value()
        self.since.set_problem("" if since else _("This is needed."))
        self.until.set_problem("" if until else _("This is needed."))
        if not since or not until:
            return
        if until < since:
            self.until.set_problem(_("The period ends before it begins."))
            return
        ending = self.kind.value() or "json"
        name = f"du-lieu-quoc-gia-{since.isoformat()}-{until.isoformat()}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.title, name, f"*.{ending}")
        if chosen:
            self.write(Path(chosen), since, until)

    def write(self, target: Path, since: date, until: date) -> None:
        """Writes the file behind the window."""
        self.take.setEnabled(False)
        self._runner.read(partial(self._work, target, since, until), done=self._written, failed=self._failed)

    def _work(self, target: Path, since: date, until: date, progress: Progress) -> dict[str, Any]:
        office = self._office
        codes = Codes(national_mapping(office.home / OWN_MAPPING))
        value = payload(office.store, codes, since=since, until=until, made_on=office.today(), progress=progress)
        (write_workbook if target.suffix.lower() == ".xlsx" else write_json)(target, value)
        return {"file": target.name, "unconfirmed": codes.unconfirmed(), **{name: len(value[name]) for name in FIELDS}}

    def _written(self, found: dict[str, Any]) -> None:
        self.take.setEnabled(True)
        counts = " · ".join(f"{SHEETS[name]}: {found[name]}" for name in FIELDS)
        words = [_("Written: {file}.").format(file=found["file"]), counts]
        if found["unconfirmed"]:
            words.append(_("Codes nobody has confirmed yet: {tables}").format(tables=", ".join(found["unconfirmed"])))
        self.told.setText("\n".join(words))

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        if isinstance(error, (OSError, ValueError)):  # a place that cannot be written, a mapping that is no TOML
            self.message.tell(
                _("The file could not be written. Choose another place, or look at the mapping."), "danger"
            )
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
