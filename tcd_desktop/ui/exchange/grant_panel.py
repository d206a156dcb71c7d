"""Ghi danh máy phường: open the request, TYPE the digits the ward reads, write the answer, read our own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.done import Done
from tcd_desktop.sync.enrolment import Grant, Request
from tcd_desktop.sync.enrolment_files import REQUEST_SUFFIX
from tcd_desktop.ui.exchange.digits import DigitsEdit, DigitsView
from tcd_desktop.ui.exchange.work_card import WorkCard, label, numbered
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.runner import RunnerLike


class GrantPanel(QWidget):
    """`granted` once the answer is on the stick. The request's digits are never shown here, only typed."""

    granted = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.request: Request | None = None
        self.card = WorkCard(
            _("Enrol a PC of a ward"),
            _("The ward brings a request file and reads its digits to you by telephone."),
            _("Write the answer onto the stick…"),
            "badge-check",
            runner,
        )
        self.open_button = QPushButton(_("Open the request…"))
        icons.dress(self.open_button, "folder-open", "text", 18)
        self.open_button.clicked.connect(self._choose_request)
        self._who = QLabel()
        self._who.setProperty("ink", "strong")
        self._who.setWordWrap(True)
        self._who.hide()
        self.typed = DigitsEdit(_("Digits the ward reads from its screen"))
        self.typed.changed.connect(self._ready)
        steps = (
            numbered(1, _("Open the request on the ward's stick."), [self.open_button, self._who]),
            numbered(
                2,
                _("Call the ward by a number you know and type the digits it reads. Never take them from the stick."),
                [self.typed],
            ),
            numbered(3, _("Write the answer onto the stick and read your own digits to the ward."), []),
        )
        for place, step in enumerate(steps, start=2):
            self.card.lines.insertWidget(place, step)
        self.card.pressed.connect(self._choose_target)
        own = Card(_("Digits of this office"))
        own.lines.addWidget(
            label(_("Every ward that joins types these once. Read them aloud; they never change."), "muted")
        )
        self.own_digits = DigitsView()
        own.lines.addWidget(self.own_digits)
        own.lines.addStretch()
        now = look.current()
        row = QHBoxLayout()
        row.setSpacing(now.px(12))
        row.addWidget(self.card, 3)
        row.addWidget(own, 2)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), 0, now.px(16), now.px(16))
        lines.addLayout(row)
        lines.addStretch()
        self._ready()
        self._runner.read(lambda _progress: office.enrolment.digits(), done=self.own_digits.show_digits)

    def _choose_request(self) -> None:
        kinds = _("Requests of wards ({pattern})").format(pattern=f"*{REQUEST_SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Request of a ward"), str(Path.home()), kinds)
        if chosen:
            self.open_request(Path(chosen))

    def open_request(self, file: Path) -> None:
        """Reads who asks."""
        self.card.message.clear()
        desk = self._office.enrolment
        self._runner.read(lambda _progress: desk.read_request(file), done=self._opened, failed=self._not_opened)

    def _opened(self, request: Request) -> None:
        self.request = request
        self._who.setText(
            _("{name} ({code}) asks, with the PC {device}.").format(
                name=request.unit_name, code=request.unit, device=request.device[:8]
            )
        )
        self._who.show()
        self.typed.setFocus()
        self._ready()

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self.request = None
        self._who.hide()
        self.card.message.tell(refusal_sentence(error), "danger")
        self._ready()

    def _choose_target(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.grant(Path(chosen))

    def grant(self, folder: Path) -> None:
        """Compares the digits and writes the answer."""
        request, typed, desk = self.request, self.typed.typed(), self._office.enrolment
        if request is None:
            return
        self.card.run(
            lambda _progress: desk.grant(request.path, folder, typed=typed),
            self._granted,
            doing=_("Comparing the digits and signing…"),
            failed=lambda _sentence: self._ready(),
        )

    def _granted(self, done: Done[Grant]) -> None:
        self.card.message.tell(
            _(
                "{name} is enrolled. The answer is on the stick as {file}; now read the digits of "
                "this office "
                "to the ward."
            ).format(name=done.value.device.name, file=done.value.path.name),
            "success",
        )
        self.request = None
        self.typed.set_typed("")
        self._who.hide()
        self._ready()
        self.granted.emit()

    def _ready(self) -> None:
        self.card.button.setEnabled(self.request is not None and self.typed.complete())
