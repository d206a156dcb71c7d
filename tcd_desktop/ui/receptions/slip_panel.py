"""The receipt slip of a saved visit: its picture, print and reprint, save as PDF, the register of prints."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.documents.form_pack import form_for
from tcd_desktop.documents.receipt_slip import FORM, slip_file_name
from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.receipt_slip import default_copies
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.receptions.slip_desk import PrintedSlip
from tcd_desktop.ui.forms.form_fields import IntField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.asking import SpoilDialog
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, print_pdf, save_pdf
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.signing.sign_act import Signable, may_sign, signable_print
from tcd_desktop.ui.signing.signature_words import signed_words
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class SlipPanel(QFrame):
    """The slip of a saved visit, as a card.

    For a denunciation the picture has no name unless the identity was revealed; the paper always has it.
    """

    printed = Signal()
    handedOver = Signal(str)
    """Id of the print of which the citizen has a copy now."""
    signRequest = Signal(object)
    """A `Signable`: this print is to be signed digitally."""
    told = Signal(str, str)
    """A sentence for the page's bar, and its tone."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._office, self._runner = office, runner
        self._printing: Printing = printing or SystemPrinting()
        self._visit: Reception | None = None
        self._prints: tuple[IssuedDocument, ...] = ()
        self._open = True
        self._printing_now = False
        self._printer: Any = None
        self._saving: IssuedDocument | None = None
        self._sent: IssuedDocument | None = None
        self._own = False
        self.setProperty("box", "card")
        self.preview = SlipPreview(self._render, runner)
        self.preview.setMinimumHeight(now.px(76))  # leaves room for the register where letters are large
        title = QLabel(_("Receipt slip"))
        title.setProperty("ink", "heading")
        self.none = QLabel(_("No documents were handed over, so no slip is needed."))
        self.none.setProperty("ink", "muted")
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.masked = QLabel(_("The picture leaves out the denouncer's name; the paper has it."))
        self.masked.setProperty("ink", "small")
        self.masked.setWordWrap(True)
        self.wording = QLabel(_("Nobody has compared these words with the published form yet."))
        self.wording.setProperty("ink", "small")
        self.wording.setWordWrap(True)
        self.copies = IntField(_("Copies"), least=1, most=20)
        self.print_button = QPushButton()
        self.print_button.setProperty("kind", "primary")
        icons.dress(self.print_button, "printer", "on_accent", 18)
        self.print_button.clicked.connect(self.print_slip)
        self.save_button = QPushButton(_("Save as PDF…"))
        icons.dress(self.save_button, "download", "text", 18)
        self.save_button.clicked.connect(self.save_slip)
        self.register = QVBoxLayout()
        self.register.setSpacing(now.px(2))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.copies, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        row.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.copies.editor.setFixedWidth(now.px(64))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(10), now.px(14), now.px(12))
        lines.setSpacing(now.px(8))
        lines.addWidget(title)
        lines.addWidget(self.none, 1)
        lines.addWidget(self.preview, 1)
        lines.addWidget(self.masked)
        lines.addWidget(self.wording)
        lines.addLayout(self.register)
        lines.addWidget(self._buttons)
        for widget in (self.none, self.preview, self.masked, self.wording, self._buttons):
            widget.hide()

    # -- showing --------------------------------------------------------

    def show_visit(
        self,
        visit: Reception,
        prints: tuple[IssuedDocument, ...],
        *,
        own: bool,
        opened: Reception | None = None,
    ) -> None:
        """Shows the slip of a visit; `opened` is the same visit with the identity that was revealed."""
        fresh = self._visit is None or self._visit.id != visit.id
        self._visit, self._prints, self._own = visit, prints, own
        self._open = not visit.is_secret or opened is not None
        has = bool(visit.documents)
        for widget, shown in (
            (self.none, not has),
            (self.preview, has),
            (self.masked, has and not self._open),
            (self.wording, has and _unconfirmed(visit)),
            (self._buttons, has and own),
        ):
            widget.setVisible(shown)
        if fresh:
            self.copies.set_value(default_copies(denunciation=visit.is_secret))
        self.print_button.setText(_("Print again  Ctrl+P") if prints else _("Print  Ctrl+P"))
        self.save_button.setVisible(bool(prints) and self._open)
        self._show_register()
        if has:
            self.preview.show_slip(opened or visit, now=True)

    def _render(self, draft: ReceptionDraft) -> bytes:
        return self._office.slips.preview(draft)

    def _show_register(self) -> None:
        while self.register.count():
            item = self.register.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for document in reversed(self._prints):
            self.register.addWidget(self._register_line(document))

    def _register_line(self, document: IssuedDocument) -> QWidget:
        line = QWidget()
        both, row, acts = QVBoxLayout(line), QHBoxLayout(), QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(row)
        both.addLayout(acts)
        text = QLabel(register_words(document))
        text.setProperty("ink", "small")
        text.setWordWrap(True)
        show = QPushButton(_("Show"))
        show.setProperty("kind", "link")
        show.setAccessibleName(_("Show what was printed: {line}").format(line=text.text()))
        show.setVisible(self._open)
        show.clicked.connect(partial(self._show_stored, document))
        row.addWidget(text, 1)
        if document.spoilt:
            why = QLabel(_("spoilt: {why}").format(why=document.spoilt))
            why.setProperty("ink", "small")
            why.setWordWrap(True)
            row.addWidget(why, 1)
        else:
            acts.addWidget(self._handing(document))
            acts.addStretch()
            acts.addWidget(self._signing(document))
            acts.addWidget(self._spoiling(document))
        row.addWidget(show)
        return line

    def _spoiling(self, document: IssuedDocument) -> QWidget:
        """Bản in hỏng: entered with a reason."""
        link = QPushButton(_("Spoilt…"))
        link.setProperty("kind", "link")
        link.setAccessibleName(_("Enter as spoilt: {line}").format(line=register_words(document)))
        link.setVisible(self._own)
        link.clicked.connect(partial(self._ask_why, document))
        return link

    def _ask_why(self, document: IssuedDocument, _checked: bool = False) -> None:
        secret = self._visit is not None and self._visit.is_secret
        dialog = SpoilDialog(document.number, self, secret=secret)
        dialog.reasoned.connect(partial(self._spoil, document.id))
        dialog.open()

    def _spoil(self, document_id: str, reason: str) -> None:
        def work(_progress: Progress) -> Done[IssuedDocument]:
            return self._office.slips.spoil(document_id, reason)

        self._runner.write(work, failed=self._failed)

    def _signing(self, document: IssuedDocument) -> QWidget:
        """Ký số: this print, on a page of its own."""
        link = QPushButton(_("Sign…"))
        link.setProperty("kind", "link")
        link.setAccessibleName(_("Sign digitally: {line}").format(line=register_words(document)))
        link.setToolTip(key_text("signature.sign"))
        link.setVisible(self._open and may_sign(self._office, document))
        link.clicked.connect(partial(self.sign, document))
        return link

    def sign(self, document: IssuedDocument | None = None, _checked: bool = False) -> None:
        """Asks for the signing page of a print, the last good one when none is named."""
        document = document or signable_print(self._prints)
        visit = self._visit
        if document is not None and visit is not None and self._open and may_sign(self._office, document):
            name = slip_file_name(document.number, document.issued_at, print_no=document.print_no)
            self.signRequest.emit(Signable(document, name, secret=visit.is_secret))

    def _handing(self, document: IssuedDocument) -> QWidget:
        """Đã giao công dân: a tick that is set once and then stands in words."""
        if document.handed_over:
            done = QLabel(_("given to the citizen"))
            done.setProperty("ink", "success")
            return done
        tick = QCheckBox(_("given to the citizen"))
        tick.setAccessibleName(f"{register_words(document)}: {tick.text()}")
        tick.clicked.connect(partial(self._hand_over, document.id))
        return tick

    def _hand_over(self, document_id: str, _checked: bool = False) -> None:
        self.handedOver.emit(document_id)

    def _show_stored(self, document: IssuedDocument, _checked: bool = False) -> None:
        self._stored(document, self.preview.show_pdf)

    def _stored(self, document: IssuedDocument, done: Callable[[bytes], object]) -> None:
        def work(_progress: Progress) -> bytes:
            return self._office.slips.stored_pdf(document)

        self._runner.read(work, done=done, failed=self._failed)

    # -- printing -------------------------------------------------------

    def print_slip(self) -> None:
        """Asks for a printer, enters the print in the register, sends the paper."""
        visit = self._visit
        if visit is None or not visit.documents or self._printing_now:
            return
        copies = self.copies.value() or default_copies(denunciation=visit.is_secret)
        if not self._printing.available():
            told = _("This PC has no printer. Save the slip as a PDF and print it elsewhere.")
            self.told.emit(told, "warning")
            self._print_to(None, copies)
            return
        printer = self._printing.ask(copies, f"02/TCD {visit.book_number}", self)
        if printer is not None:
            self._print_to(printer, copies)

    def _print_to(self, printer: Any, copies: int) -> None:
        visit = self._visit
        assert visit is not None
        self._printing_now = True
        self.print_button.setEnabled(False)
        self._printer = printer

        def work(_progress: Progress) -> Done[PrintedSlip]:
            return self._office.slips.print(visit.id, copies=copies)

        self._runner.write(work, done=self._made, failed=self._failed)

    def _made(self, done: Done[PrintedSlip]) -> None:
        slip, printer = done.value, self._printer
        self._printer = None
        if self._open:
            self.preview.show_pdf(slip.pdf)
        self.printed.emit()
        if printer is None:
            self._release()
            self._save_printed(slip)
            return
        self._sent = slip.document

        def work(_progress: Progress) -> int:
            return print_pdf(slip.pdf, printer)

        self._runner.read(work, done=self._was_sent, failed=self._failed)

    def _was_sent(self, _sheets: int) -> None:
        self._release()
        if self._sent is not None:
            self.told.emit(sent_words(self._sent), "success")

    def _save_printed(self, slip: PrintedSlip) -> None:
        try:
            self._save(slip.document, slip.pdf)
        except Refused as error:
            self._failed(error)

    def _release(self) -> None:
        self._printing_now = False
        self.print_button.setEnabled(True)

    # -- saving ---------------------------------------------------------

    def save_slip(self) -> None:
        """Saves the latest print as a PDF."""
        if self._prints:
            self._saving = self._prints[-1]
            self._stored(self._saving, self._save_stored)

    def _save_stored(self, pdf: bytes) -> None:
        if self._saving is None:
            return
        try:
            self._save(self._saving, pdf)
        except Refused as error:
            self._failed(error)

    def _save(self, document: IssuedDocument, pdf: bytes) -> None:
        name = slip_file_name(document.number, document.issued_at, print_no=document.print_no)
        path = self._printing.ask_file(name, self)
        if path is not None:
            save_pdf(pdf, path)
            self.told.emit(_("Saved as {file}.").format(file=path.name), "success")

    def _failed(self, error: Exception) -> None:
        self._release()
        if isinstance(error, Refused) and error.code == "print_failed":
            self.told.emit(_("The printer took nothing. Look at it, then print again."), "danger")
            return
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)


def _unconfirmed(visit: Reception) -> bool:
    """Whether the words of the slip on the visit's day were never compared with the published form."""
    try:
        return visit.date is not None and form_for(FORM, visit.date).unconfirmed
    except Refused:
        return False


def register_words(document: IssuedDocument) -> str:
    """A line of the register of prints."""
    at = document.issued_at
    again = document.print_no - 1
    name = _("Reprint {n}").format(n=again) if again else _("First print")
    copies = ngettext("{n} copy", "{n} copies", document.copies).format(n=document.copies)
    line = f"{name} · {at:%d/%m/%Y %H:%M} · {copies}"
    return "\n".join(filter(None, (line, signed_words(document))))


def sent_words(document: IssuedDocument) -> str:
    """What is told after printing."""
    if document.print_no > 1:
        return _("Sent to the printer, marked as reprint {n}.").format(n=document.print_no - 1)
    copies = ngettext("{n} copy", "{n} copies", document.copies).format(n=document.copies)
    return _("Sent to the printer: {copies}. One copy is for the citizen.").format(copies=copies)
