"""Examining the digital signatures of a PDF that came from elsewhere (kiểm tra chữ ký số)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.documents.raster import page_count
from tcd_desktop.domain.letters.signature import SignatureCheck
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.signatures import extra
from tcd_desktop.ui.forms.page_frame import column, page_head, scrolled
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.signing.asking import ask_pdf
from tcd_desktop.ui.signing.signature_words import summary
from tcd_desktop.ui.signing.signatures_card import SignaturesCard, unavailable_note
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

LARGEST = 60_000_000
"""Bytes of a file that is examined."""

NOTHING = State(
    lazy("Is a signed file genuine?"),
    lazy(
        "Choose a PDF that came with digital signatures. It is shown who signed it, when, and whether it was changed "
        "since. The file itself stays as it is."
    ),
    lazy("Choose a PDF…  Ctrl+O"),
    icon="badge-check",
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was read, and its signatures."""

    name: str
    pdf: bytes
    checks: tuple[SignatureCheck, ...]


class CheckPage(Page):
    """`ask` gives the file; one can also be dropped on the page."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._path: Path | None = None
        self._job: Job | None = None
        self.ask = ask_pdf
        self.examined: Examined | None = None
        self.available = extra.installed()
        self.message = MessageBar()
        self.result = MessageBar()
        self.signatures = SignaturesCard(office, runner)
        self.signatures.told.connect(self.message.tell)
        self.signatures.trusted.connect(self._again)
        self.signatures.keys_on(self)
        self.preview = SlipPreview(lambda pdf: pdf, runner, name=_("The examined file"))
        self.empty = EmptyState(NOTHING)
        self.empty.actionRequest.connect(self.choose)
        self.setAcceptDrops(self.available)
        self._lay_out()
        shortcut = QShortcut(QKeySequence(row("signature.open").shortcut), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.choose)
        self._show()

    def _lay_out(self) -> None:
        now = look.current()
        self._heading = QLabel(self.title)
        head, self.back = page_head(self._heading)
        self.back.clicked.connect(self.popRequest)
        self.open_button = QPushButton(f"{row('signature.open').text}  {key_text('signature.open')}")
        icons.dress(self.open_button, "folder-open", "text", 18)
        self.open_button.clicked.connect(self.choose)
        head.addWidget(self.open_button)
        self._missing = unavailable_note()
        side = QWidget()
        stack = column(self.result, self.signatures)
        stack.setContentsMargins(0, 0, now.px(6), 0)
        side.setLayout(stack)
        self.found = QWidget()
        body = QHBoxLayout(self.found)
        body.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        body.setSpacing(now.px(14))
        body.addWidget(scrolled(side), 5)
        body.addWidget(self.preview, 6)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), now.px(6))
        bars.addWidget(self.message)
        bars.addWidget(self._missing)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.empty, 1)
        lines.addWidget(self.found, 1)
        self._rest = QWidget()
        lines.addWidget(self._rest, 1)

    @property
    def title(self) -> str:
        """What is done here, with the name of the file."""
        words = _("Examine digital signatures")
        return f"{words} · {self.examined.name}" if self.examined is not None else words

    def _show(self) -> None:
        found = self.examined is not None
        self._heading.setText(self.title)
        self._missing.setVisible(not self.available)
        self._rest.setVisible(not self.available)
        self.empty.setVisible(self.available and not found)
        self.found.setVisible(found)
        self.open_button.setVisible(found)
        self.setFocusProxy(self.open_button if found else self.empty.button if self.available else self.back)

    # -- examining ----------------------------------------------------------------------------------

    def choose(self, _checked: bool = False) -> None:
        """Asks for a file."""
        if not self.available:
            return
        path = self.ask(self, str(self._path or ""))
        if path is not None:
            self.examine(path)

    def examine(self, path: Path) -> None:
        """Reads a file and shows what its signatures are worth."""
        self._path = path
        if self._job is not None:
            self._job.forget()
        self.message.clear()
        desk = self._office.signing

        def work(_progress: Progress) -> Examined:
            pdf = read_pdf(path)
            return Examined(path.name, pdf, desk.check_file(pdf))

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _again(self) -> None:
        if self._path is not None:
            self.examine(self._path)

    def _arrived(self, examined: Examined) -> None:
        self._job = None
        fresh = self.examined is None or self.examined.pdf != examined.pdf
        self.examined = examined
        self.signatures.show_checks(examined.checks, _("Nobody has signed this file digitally."))
        self.result.tell(*summary(examined.checks), closable=False)
        self._show()
        if fresh:
            self.preview.show_pdf(examined.pdf)
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._job, self.examined = None, None
        self._show()
        self.message.tell(*failure(error))

    def can_close(self) -> bool:
        """Nothing is lost by leaving."""
        self.preview.stop()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this PC."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if it had been chosen."""
        event.acceptProposedAction()
        self.examine(Path(event.mimeData().urls()[0].toLocalFile()))


def read_pdf(path: Path) -> bytes:
    """The bytes of a file that has pages. Raises Refused("file_unreadable" | "file_too_big" | "pdf_not_read")."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error
    if len(data) > LARGEST:
        raise Refused("file_too_big", file=path.name)
    try:
        page_count(data)
    except ValueError as error:
        raise Refused("pdf_not_read") from error
    return data
