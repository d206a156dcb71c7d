"""A ward joins its superior without a network: request, digits read aloud, answer, the root's digits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.enrolment import Request
from tcd_desktop.sync.enrolment_files import ANSWER_SUFFIX
from tcd_desktop.sync.keyring import Membership
from tcd_desktop.ui.exchange.digits import DigitsEdit, DigitsView
from tcd_desktop.ui.exchange.standing import Standing
from tcd_desktop.ui.exchange.work_card import WorkCard, numbered
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike


class JoinCard(WorkCard):
    """`joined` once the answer was accepted; `asked` once the request file is on the stick."""

    joined = Signal()
    asked = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Join the superior office"),
            _("Done once for this PC, in three steps, with a stick and a telephone."),
            _("Join"),
            "handshake",
            runner,
            parent=parent,
        )
        self._office = office
        self.answer: Path | None = None
        self.request_button = QPushButton(_("Write the request onto a stick…"))
        icons.dress(self.request_button, "usb", "text", 18)
        self.request_button.clicked.connect(self._choose_folder)
        self.digits = DigitsView()
        self.answer_button = QPushButton(_("Choose the answer file…"))
        icons.dress(self.answer_button, "folder-open", "text", 18)
        self.answer_button.clicked.connect(self._choose_answer)
        self._answer_name = QLabel()
        self._answer_name.setProperty("ink", "strong")
        self._answer_name.hide()
        self.root = DigitsEdit(_("Digits the superior office reads from its screen"))
        self.root.changed.connect(self._ready)
        steps = (
            numbered(1, _("Take a request to the superior office."), [self.request_button]),
            numbered(2, _("Read these digits to the superior office by telephone."), [self.digits]),
            numbered(
                3,
                _("Bring its answer file back and type the digits it reads to you."),
                [self.answer_button, self._answer_name, self.root],
            ),
        )
        self._second = steps[1]
        for place, step in enumerate(steps, start=2):
            self.lines.insertWidget(place, step)
        self.pressed.connect(self.accept)
        self._ready()

    def show_standing(self, at: Standing) -> None:
        """Before and after the request."""
        self.digits.show_digits(at.digits)
        self._second.setVisible(bool(at.digits))
        self._ready()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.make_request(Path(chosen))

    def make_request(self, folder: Path) -> None:
        """Writes the request into a folder and shows its digits."""
        desk = self._office.enrolment
        self.run(lambda _progress: desk.request(folder), self._requested, doing=_("Writing the request…"))

    def _requested(self, made: Request) -> None:
        self.message.tell(_("The request is on the stick as {file}.").format(file=made.path.name), "success")
        self.asked.emit()

    def _choose_answer(self) -> None:
        kinds = _("Answers of the superior office ({pattern})").format(pattern=f"*{ANSWER_SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Answer file"), str(Path.home()), kinds)
        if chosen:
            self.choose_answer(Path(chosen))

    def choose_answer(self, file: Path) -> None:
        """Takes note of the answer file."""
        self.answer = file
        self._answer_name.setText(file.name)
        self._answer_name.show()
        self._ready()

    def accept(self) -> None:
        """Accepts the answer with the digits typed."""
        answer, typed, desk = self.answer, self.root.typed(), self._office.enrolment
        if answer is None:
            return
        self.run(
            lambda _progress: desk.accept(answer, typed=typed),
            self._accepted,
            doing=_("Checking the answer…"),
            failed=lambda _sentence: self._ready(),
        )

    def _accepted(self, member: Membership) -> None:
        self._office.refresh()
        self.message.tell(_("This PC now belongs to {name}.").format(name=member.superior_name), "success")
        self.joined.emit()

    def _ready(self) -> None:
        self.button.setEnabled(bool(self.digits.digits) and self.answer is not None and self.root.complete())
