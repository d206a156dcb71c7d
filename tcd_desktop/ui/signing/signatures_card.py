"""The signatures of a file, one under the other: who, when, what each is worth; and the issuers trusted here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.signature import CertificateFacts, SignatureCheck
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.signatures.extra import COMMAND
from tcd_desktop.ui.forms.form_fields import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.signing.asking import ask_issuer
from tcd_desktop.ui.signing.signature_words import explained, issued_words, signer_words, verdict, when_words
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class SignaturesCard(Card):
    """`trusted` when another issuer is trusted: what is shown is to be examined again."""

    trusted = Signal()
    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(_("Digital signatures"), parent)
        self._office, self._runner = office, runner
        self.ask = ask_issuer
        self.checks: tuple[SignatureCheck, ...] = ()
        self.trust = QPushButton(str(row("signature.trust").text))
        self.trust.setProperty("kind", "link")
        words = _("Adds the certificate of who issues certificates, from a file")
        self.trust.setToolTip(f"{words}  {key_text('signature.trust')}")
        self.trust.clicked.connect(self.choose_issuer)
        self.trust.setVisible(office.may("issued_document.sign"))
        self.add_head(self.trust)
        self._none = QLabel()
        self._none.setProperty("ink", "muted")
        self._none.setWordWrap(True)
        self._note = QLabel(
            _("Examined without a network: whether an issuer has withdrawn a certificate since is not asked.")
        )
        self._note.setProperty("ink", "small")
        self._note.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.current().px(8))
        self.lines.addWidget(self._none)
        self.lines.addLayout(self._rows)
        self.lines.addWidget(self._note)
        self.show_nothing("")

    def keys_on(self, page: QWidget) -> None:
        """The key of trusting an issuer works everywhere on a page."""
        shortcut = QShortcut(QKeySequence(row("signature.trust").shortcut), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.choose_issuer)

    def show_nothing(self, sentence: str) -> None:
        """Only a sentence."""
        self.checks = ()
        self._clear()
        self._none.setText(sentence)
        self._none.setVisible(bool(sentence))
        self._note.hide()

    def show_checks(self, checks: tuple[SignatureCheck, ...], nobody: str) -> None:
        """The signatures in their order; `nobody` is told when there is none."""
        self.show_nothing("" if checks else nobody)
        self.checks = checks
        for check in checks:
            self._rows.addWidget(_block(check))
        self._note.setVisible(bool(checks))

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def choose_issuer(self, _checked: bool = False) -> None:
        """Asks for the certificate of an issuer and trusts it from now on."""
        if not self.trust.isVisibleTo(self):
            return
        path = self.ask(self, "")
        if path is None:
            return
        folder = self._office.issuers_folder

        def work(_progress: Progress) -> CertificateFacts:
            return _trust(folder, path)

        self._runner.read(work, done=self._is_trusted, failed=self._failed)

    def _is_trusted(self, facts: CertificateFacts) -> None:
        self.trusted.emit()
        self.told.emit(_("{issuer} is trusted on this PC from now on.").format(issuer=signer_words(facts)), "success")

    def _failed(self, error: Exception) -> None:
        self.told.emit(*failure(error))


def _trust(folder: Path, path: Path) -> CertificateFacts:
    from tcd_desktop.signatures.issuers import trust_issuer

    return trust_issuer(folder, path)


def _block(check: SignatureCheck) -> QFrame:
    """One signature."""
    px = look.current().px
    chip = ChipLabel(verdict(check))
    who, when = QLabel(signer_words(check.certificate)), QLabel(when_words(check))
    issued, told = QLabel(issued_words(check.certificate)), QLabel(explained(check))
    who.setProperty("ink", "strong")
    when.setProperty("ink", "small")
    issued.setProperty("ink", "small")
    head = QHBoxLayout()
    head.setSpacing(px(8))
    head.addWidget(who, 1)
    head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    block = QFrame()
    block.setAccessibleName(". ".join((who.text(), verdict(check).text, told.text())))
    lines = QVBoxLayout(block)
    lines.setContentsMargins(0, px(4), 0, px(4))
    lines.setSpacing(px(2))
    lines.addLayout(head)
    for label in (when, issued, told):
        lines.addWidget(label)
    for label in (who, when, issued, told):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
    return block


def unavailable_note() -> QFrame:
    """What is shown where the libraries of signing are not installed."""
    sentence, _tone = failure(Refused("signing_not_installed", command=COMMAND))
    px = look.current().px
    frame = QFrame()
    frame.setProperty("box", "card")
    icon, words = QLabel(), QLabel(sentence)
    icons.dress(icon, "info", "muted", 24)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line = QHBoxLayout(frame)
    line.setContentsMargins(px(14), px(12), px(14), px(12))
    line.setSpacing(px(10))
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return frame
