"""Trả biên nhận: the signed receipts of the district, one return bundle for each ward, onto the stick."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.books_compared import differences
from tcd_desktop.sync.given_down import GivenDown, given_down
from tcd_desktop.sync.outbox import Exported
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.make_update_card import MakeUpdateCard
from tcd_desktop.ui.exchange.work_card import WorkCard, label
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.runner import RunnerLike


class AnswerPanel(QWidget):
    """`written` after at least one return bundle is whole on the stick."""

    written = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._full = False
        self.card = WorkCard(
            _("Write the receipts onto the stick"),
            _(
                "Each ward whose bundles were imported since its last receipt gets a file of its own, "
                "signed by "
                "this office and readable only there. Give the stick back; the ward turns green when it has "
                "read it."
            ),
            _("Write the receipts…"),
            "stamp",
            runner,
        )
        self.everything = QPushButton(_("Write all of them again…"))
        self.everything.setProperty("kind", "quiet")
        self.everything.clicked.connect(self._choose_everything)
        self.card.add_button(self.everything)
        self.card.pressed.connect(self._choose)
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), 0, now.px(16), now.px(16))
        lines.setSpacing(now.px(12))
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines.addWidget(self.card)
        self._written = QVBoxLayout()
        lines.addLayout(self._written)
        self._wards = Card(_("What each ward has read of this office's records"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(now.px(16))
        self._grid.setVerticalSpacing(now.px(4))
        self._wards.lines.addLayout(self._grid)
        lines.addWidget(self._wards)
        self.update_card = MakeUpdateCard(office, runner)
        lines.addWidget(self.update_card)
        lines.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Reads again how it stands with each ward."""
        office = self._office

        def read(_progress: Progress) -> tuple[list[GivenDown], dict[str, str]]:
            return given_down(office.store, office.office.id), office_names(office)

        self._runner.read(read, done=self._show_wards)

    def _show_wards(self, answer: tuple[list[GivenDown], dict[str, str]]) -> None:
        found, names = answer
        empty_out(self._grid)
        self._wards.setVisible(bool(found))
        for place, one in enumerate(found):
            name = label(names.get(one.unit, one.unit), wrap=False)
            told = label(given_words(one, self._office.today()), "muted")
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(told, place, 1)

    def _choose(self) -> None:
        self._full = False
        self._ask()

    def _choose_everything(self) -> None:
        self._full = True
        self._ask()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.write(Path(chosen), full=self._full)

    def write(self, folder: Path, *, full: bool = False) -> None:
        """Writes the receipts into a folder."""
        office = self._office

        def work(progress: Progress) -> tuple[list[Exported], dict[str, str], list[str]]:
            written = office.outbox.export(folder, full=full, progress=progress)
            return written, office_names(office), sorted(office.store.read(differences))

        self.card.run(work, self._done, doing=_("Writing, then reading back… Leave the stick in."))

    def _done(self, answer: tuple[list[Exported], dict[str, str], list[str]]) -> None:
        written, names, differ = answer
        empty_out(self._written)
        self.refresh()
        if not written:
            self.card.message.tell(_("Every ward has its newest receipt already."), "neutral")
            return
        count = len(written)
        words = ngettext(
            "You may take the stick out. {n} receipt was written, read back and compared.",
            "You may take the stick out. {n} receipts were written, read back and compared.",
            count,
        )
        told, tone = words.format(n=count), "success"
        if differ:
            named = ", ".join(names.get(unit, unit) for unit in differ)
            words = _("The books of {offices} differ from the copy here: see “Who has not sent”.")
            told, tone = f"{told} {words.format(offices=named)}", "danger"
        self.card.message.tell(told, tone)
        for one in written:
            line = f"{names.get(one.office, one.office)}  ·  {one.path.name}"
            self._written.addWidget(label(line, "muted"))
        self.written.emit()


def given_words(one: GivenDown, today: date) -> str:
    """How it stands with what was meant for a ward: to be written, on a stick, read."""
    if one.all_read:
        return _("Everything was read and is in its books.")
    sentences = []
    if one.on_stick:
        when = moment(one.written_at, today) if one.written_at else ""
        words = ngettext(
            "{n} entry on the stick of {when}: its next bundle tells when it was read.",
            "{n} entries on the stick of {when}: its next bundle tells when they were read.",
            one.on_stick,
        )
        sentences.append(words.format(n=one.on_stick, when=when))
    if one.waiting:
        words = ngettext("{n} entry is to be written.", "{n} entries are to be written.", one.waiting)
        sentences.append(words.format(n=one.waiting))
    return " ".join(sentences)


def empty_out(layout: QLayout) -> None:
    """Takes the widgets out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget:
            widget.hide()
            widget.deleteLater()
