"""Chứng thư của máy này: until when, the request for the next one, new keys; each state says what happens next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.own_certificate import OwnCertificate
from tcd_desktop.ui.exchange.certificate_words import certificate_words
from tcd_desktop.ui.exchange.key_dialogs import PasswordDialog
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.window.runner import RunnerLike


class OwnKeyCard(WorkCard):
    """Opens by itself when something waits; `changed` after an act."""

    changed = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Certificate of this PC"),
            "",
            _("Write the request onto a stick…"),
            "badge-check",
            runner,
            primary=False,
            parent=parent,
        )
        self._office = office
        self.at: OwnCertificate | None = None
        self.asked_for = False
        """Somebody opened the card; it stays until it is closed."""
        self.pressed.connect(self._choose_folder)
        self.change = QPushButton(_("Change the keys of this PC…"))
        self.change.setProperty("kind", "quiet")
        self.change.clicked.connect(self._ask_change)
        self.add_button(self.change)
        self.hide()

    def show_certificate(self, at: OwnCertificate | None) -> None:
        """Where the certificate stands now; when the next one has come, that is told."""
        before, self.at = self.at, at
        if at is None:
            self.hide()
            return
        self.sentence.setText(certificate_words(at))
        self.button.setEnabled(at.asks and not self.busy())
        self.change.setEnabled(not at.new_keys and not self.busy())
        if before is not None and before.asks and not at.asks:
            self.asked_for = True
            words = _("The next certificate has come. It is valid until {day}; nothing is left to do.")
            self.message.tell(words.format(day=f"{at.ends:%d/%m/%Y}"), "success")
        self.setVisible(self.asked_for or at.urgent or at.new_keys)

    def open_up(self, opened: bool = True) -> None:
        """Shown because somebody asked for it, or closed again."""
        self.asked_for = opened
        if self.at is not None:
            self.setVisible(opened or self.at.urgent or self.at.new_keys)

    def _work(self, act: Callable[[], Any], done: Callable[[Any], None], doing: str) -> None:
        """When it fails the buttons are again what the certificate allows."""
        self.run(lambda _progress: act(), done, doing=doing, failed=self._failed_act)

    def _failed_act(self, _sentence: str) -> None:
        self.show_certificate(self.at)

    # -- the request -----------------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.write_request(Path(chosen))

    def write_request(self, folder: Path) -> None:
        """The request as a file, for when no bundle goes up soon."""
        keys = self._office.keys
        self._work(lambda: keys.write_renewal(folder), self._written, _("Writing the request…"))

    def _written(self, path: Path) -> None:
        words = _(
            "The request is on the stick as {file}. The superior office reads it under Keys and PCs and grants it; the "
            "certificate comes with its next receipt, which you read here."
        )
        self.message.tell(words.format(file=path.name), "success")
        self.changed.emit()

    # -- new keys --------------------------------------------------------------------------------------------

    def _ask_change(self) -> None:
        said = _(
            "When somebody else may have used this PC. The old keys sign until the certificate for the new ones has "
            "come; no entry is lost and the numbers go on."
        )
        dialog = PasswordDialog(_("Change the keys of this PC"), said, _("Change the keys"), self)
        dialog.accepted.connect(lambda: self.change_keys(str(dialog.password.value())))
        dialog.open()

    def change_keys(self, password: str) -> None:
        """Makes new keys; the request for their certificate goes along with the next bundle."""
        keys = self._office.keys
        self._work(lambda: keys.new_device_keys(password), self._changed, _("Making new keys…"))

    def _changed(self, _nothing: None) -> None:
        words = _(
            "New keys are made. The request for their certificate goes along with the next bundle; or write it onto a "
            "stick now. The certificate comes with a receipt."
        )
        self.message.tell(words, "success")
        self.changed.emit()
