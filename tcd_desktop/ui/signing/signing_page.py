"""Signing a print digitally (ký số): what it is and who has signed at the left, the paper at the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.signature import SignatureCheck
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.letters.signing_desk import SignedPaper
from tcd_desktop.settings import Keeper
from tcd_desktop.signatures import extra
from tcd_desktop.signatures.picture_place import LARGEST
from tcd_desktop.ui.forms.page_frame import column, page_head, scrolled
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, save_pdf
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.signing.how_card import HowCard
from tcd_desktop.ui.signing.key_card import KeyCard
from tcd_desktop.ui.signing.signatures_card import SignaturesCard, unavailable_note
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike


@dataclass(frozen=True, slots=True)
class PaperState:
    """A print as it is stored now, with its signatures (none are examined without the libraries)."""

    document: IssuedDocument
    pdf: bytes
    checks: tuple[SignatureCheck, ...]
    named: str
    """Whose name is printed under the signature, "" for nobody."""


class SigningPage(Page):
    """`file_name` is what a saved PDF is called. `closed_when_left`: the paper names somebody who stays secret, so it
    is shown only as long as nobody leaves the page."""

    signed = Signal()

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        document: IssuedDocument,
        *,
        file_name: str,
        closed_when_left: bool = False,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._document, self._file_name, self._secret = document, file_name, closed_when_left
        self._printing: Printing = printing or SystemPrinting()
        self._busy = self._closed = False
        self.state: PaperState | None = None
        self.available = extra.installed()
        self.message = MessageBar()
        self.signatures = SignaturesCard(office, runner)
        self.keys = KeyCard(runner, keeper, office.signing.now)
        self.how = HowCard(keeper)
        self.preview = SlipPreview(lambda pdf: pdf, runner, name=_("Preview of the document"))
        self._lay_out()
        self.signatures.told.connect(self.message.tell)
        self.signatures.trusted.connect(self.refresh)
        self.signatures.keys_on(self)
        self.keys.told.connect(self.message.tell)
        self.keys.changed.connect(self._key_changed)
        for key, slot in (("signature.do", self.sign), ("signature.save", self.save)):
            shortcut = QShortcut(QKeySequence(row(key).shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.refresh()

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.save_button = QPushButton(f"{row('signature.save').text}  {key_text('signature.save')}")
        icons.dress(self.save_button, "download", "text", 18)
        self.save_button.clicked.connect(self.save)
        self.sign_button = QPushButton(f"{row('signature.do').text}  {key_text('signature.do')}")
        self.sign_button.setProperty("kind", "primary")
        icons.dress(self.sign_button, "signature", "on_accent", 18)
        self.sign_button.clicked.connect(self.sign)
        self.missing = unavailable_note()
        self.missing.setVisible(not self.available)
        for card in (self.keys, self.how, self.signatures):
            card.setVisible(self.available)
        self._side = scrolled(_framed(column(self.missing, self.signatures, self.keys, self.how)))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch()
        foot.addWidget(self.sign_button)
        left = QVBoxLayout()
        left.setSpacing(now.px(10))
        left.addWidget(self._side, 1)
        left.addLayout(foot)
        body = QHBoxLayout()
        body.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        body.setSpacing(now.px(14))
        body.addLayout(left, 5)
        body.addWidget(self.preview, 6)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), now.px(6))
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(body, 1)
        self.setFocusProxy(self.keys.first() if self.available else self.back)

    @property
    def title(self) -> str:
        """Which print."""
        again = self._document.print_no - 1
        name = " ".join(filter(None, (self._document.form, self._document.number)))
        words = _("Digital signature: {name}").format(name=name)
        return f"{words} · {_('Reprint {n}').format(n=again)}" if again > 0 else words

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What has the keyboard is seen."""
        if now is not None and self._side.isAncestorOf(now):
            self._side.ensureWidgetVisible(now, 0, look.current().px(60))

    # -- showing ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the print and examines it."""
        if self._closed:
            return
        self._show_buttons()
        desk, store, document, examine = self._office.signing, self._office.store, self._document, self.available

        def work(_progress: Progress) -> PaperState:
            found = store.find(IssuedDocument, document.id) or document
            checks = desk.check(found) if examine else ()
            return PaperState(found, desk.pdf_of(found), checks, desk.printed_signer(found))

        self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, state: PaperState) -> None:
        if self._closed:
            return
        fresh = self.state is None or self.state.pdf != state.pdf
        self.state = state
        self.signatures.show_checks(state.checks, _("Nobody has signed this print digitally yet."))
        self.how.show_signed(state.checks, state.named)
        if fresh:
            self.preview.show_pdf(state.pdf)
        self._show_buttons()

    def _show_buttons(self) -> None:
        ready = self.state is not None and not self._busy
        self.save_button.setEnabled(ready and self.state is not None and bool(self.state.document.signed_sha256))
        allowed = self.available and self._office.may("issued_document.sign")
        self.sign_button.setVisible(allowed)
        self.sign_button.setEnabled(ready and self.keys.key is not None)

    def _key_changed(self) -> None:
        self.how.show_key(self.keys.key.certificate.name if self.keys.key is not None else "")
        self._show_buttons()
        target = self.sign_button if self.keys.key is not None else self.keys.first()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def store_changed(self, changes: Any) -> None:
        """Reads again when a print changed."""
        if not self._busy and (not changes or any(change.table == "issued_document" for change in changes)):
            self.refresh()

    def left(self) -> None:
        """The key is closed with the page, and so is what only one look was allowed at."""
        if not self._busy:
            self.keys.close_key()
        if self._secret and self.state is not None:
            self._closed, self.state = True, None
            self.preview.stop()
            self.preview.hide()
            self.signatures.show_nothing(_("The paper names somebody who stays secret. Open it again with a reason."))
            self._show_buttons()

    def can_close(self) -> bool:
        """A signature that is being made is waited for; nothing else is lost by leaving."""
        if self._busy:
            self.message.tell(_("The signature is being made. Wait a moment."), "neutral")
            return False
        self.preview.stop()
        self.keys.close_key()
        return True

    # -- acts ---------------------------------------------------------------------------------------

    def sign(self, _checked: bool = False) -> None:
        """Signs with the key that is open; without one, opening it comes first."""
        if not self.available or self._busy or self.state is None or not self._office.may("issued_document.sign"):
            return
        key, path = self.keys.key, self.how.picture_path()
        if key is None:
            self.keys.open_key()
            return
        if path == "":
            self.how.picture.set_problem(_("Choose the picture, or let nothing be seen."))
            self.how.picture.setFocus()
            return
        self._busy = True
        self.message.clear()
        self._show_buttons()
        desk, document, role = self._office.signing, self.state.document, self.how.role.value()

        def work(_progress: Progress) -> Done[SignedPaper]:
            return desk.sign(document.id, key, role=role, picture=read_picture(Path(path)) if path else None)

        self._runner.write(work, done=self._was_signed, failed=self._not_signed)

    def _was_signed(self, done: Done[SignedPaper]) -> None:
        self._busy = False
        self.how.remember()
        self.keys.close_key()  # that it was signed, the window tells
        self.signed.emit()
        self.refresh()
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_signed(self, error: Exception) -> None:
        self._busy = False
        self._show_buttons()
        if isinstance(error, Refused) and error.code.startswith("picture_"):
            self.how.picture.set_problem(failure(error)[0])
            self.how.picture.setFocus()
            return
        if isinstance(error, Refused) and error.code == "token_failed":
            self.keys.close_key()
        self._failed(error)

    def save(self, _checked: bool = False) -> None:
        """The PDF with its signatures, as a file."""
        if self.state is None or not self.save_button.isEnabled():
            return
        path = self._printing.ask_file(f"{Path(self._file_name).stem}-ky-so.pdf", self)
        if path is not None:
            self._runner.read(
                partial(_written, self.state.pdf, path), done=partial(self._saved, path.name), failed=self._failed
            )

    def _saved(self, name: str, _nothing: None) -> None:
        self.message.tell(_("Saved as {file}.").format(file=name), "success")

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)


def _written(pdf: bytes, path: Path, _progress: Progress) -> None:
    save_pdf(pdf, path)


def read_picture(path: Path) -> bytes:
    """The bytes of a picture. Raises Refused("picture_not_read")."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise Refused("picture_not_read") from error
    return data


def _framed(lines: QVBoxLayout) -> QWidget:
    inside = QWidget()
    lines.setContentsMargins(0, 0, look.current().px(6), 0)
    inside.setLayout(lines)
    return inside
