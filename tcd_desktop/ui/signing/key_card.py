"""Opening a key to sign with: a key file and its password, or a token and its PIN; then whose certificate it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.signature import TokenFacts
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.settings import Keeper
from tcd_desktop.signatures import key_file, token
from tcd_desktop.signatures.keys import OpenKey
from tcd_desktop.ui.forms.field import Field, LineField, is_enter
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.signing.asking import ask_key_file, ask_library
from tcd_desktop.ui.signing.file_field import FileField
from tcd_desktop.ui.signing.held_key import HeldKey
from tcd_desktop.ui.signing.signature_words import issued_words, signer_words
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike

FILE, TOKEN = "file", "token"
IDLE_MS = 5 * 60_000
"""An opened key that nobody signs with is closed after so long."""


class KeyCard(Card):
    """`changed` when a key was opened or closed; `told` carries a sentence and its tone.

    What was typed is forgotten as soon as it was tried; only the places of file and library are remembered.
    """

    changed = Signal()
    told = Signal(str, str)

    def __init__(
        self, runner: RunnerLike, keeper: Keeper, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Key to sign with"), parent)
        self._runner, self._keeper, self._now = runner, keeper, now
        self._held = HeldKey()
        self._looking: Job | None = None
        self.opening = False
        self._make_fields()
        self._lay_out()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._too_long)
        self._show_source()

    def _make_fields(self) -> None:
        kept = self._keeper.value
        self.source = ChoiceField(_("Where the key is"), [(FILE, lazy("Key file")), (TOKEN, lazy("Token (USB)"))])
        self.source.set_value(kept.sign_source)
        self.source.changed.connect(self._choose_source)
        self.file = FileField(_("Key file (.p12, .pfx)"), ask_key_file, required=True)
        self.file.set_value(kept.sign_key_file)
        self.password = LineField(_("Password of the key file"), password=True)
        self.library = FileField(_("Library of the token (PKCS#11)"), ask_library, required=True)
        self.library.set_value(kept.sign_library or next((str(one) for one in token.likely_libraries()), ""))
        self.look_button = QPushButton(_("Look for the token"))
        icons.dress(self.look_button, "refresh-cw", "text", 16)
        self.look_button.clicked.connect(self.look_for_tokens)
        self.token = ChoiceField(_("Token"), [], style="combo", required=True)
        self.pin = LineField(_("PIN"), password=True, required=True, max_length=64)
        self.open_button = QPushButton(_("Open the key  Enter"))
        icons.dress(self.open_button, "lock", "text", 18)
        self.open_button.clicked.connect(self.open_key)
        self.certificate = ChoiceField(_("Certificate"), [], style="combo")
        self.certificate.changed.connect(self._choose_certificate)
        for field in (self.file, self.password, self.library, self.pin):
            field.editor.installEventFilter(self)
            field.changed.connect(partial(_forgive, field))
        for secret in (self.password, self.pin):
            hints = Qt.InputMethodHint
            secret.editor.setInputMethodHints(
                hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase | hints.ImhHiddenText
            )

    def _lay_out(self) -> None:
        self.by_file = _stack(self.file, self.password)
        self.by_token = _stack(self.library, self.look_button, self.token, self.pin)
        self.whose, self.issued = QLabel(), QLabel()
        self.whose.setProperty("ink", "strong")
        self.issued.setProperty("ink", "muted")
        for label in (self.whose, self.issued):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.other = QPushButton(_("Use another key"))
        self.other.setProperty("kind", "link")
        self.other.clicked.connect(self.close_key)
        self.opened = _stack(self.certificate, self.whose, self.issued, self.other)
        for part in (self.source, self.by_file, self.by_token, self.opened):
            self.lines.addWidget(part)
        self.lines.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignRight)

    # -- which key -------------------------------------------------------------------------------

    @property
    def key(self) -> OpenKey | None:
        """The key that is open."""
        return self._held.key

    def first(self) -> QWidget:
        """Where the keyboard begins: the first thing that is missing."""
        if self.key is not None:
            return self.other
        fields = (self.file, self.password) if self.source.value() == FILE else (self.library, self.token, self.pin)
        missing = next((field for field in fields if not field.value()), fields[-1])
        return missing.focusProxy() or missing

    def _choose_source(self, source: str) -> None:
        self._keeper.update(sign_source=source)
        self._show_source()
        known = self._keeper.value.sign_library
        if source == TOKEN and known and self.library.value() == known and not self.token.value():
            self.look_for_tokens()

    def _show_source(self) -> None:
        is_open = self.key is not None
        by_file = self.source.value() != TOKEN
        self.source.setVisible(not is_open)
        self.by_file.setVisible(not is_open and by_file)
        self.by_token.setVisible(not is_open and not by_file)
        self.opened.setVisible(is_open)
        self.open_button.setVisible(not is_open)
        self.open_button.setEnabled(not self.opening)

    def look_for_tokens(self, _checked: bool = False) -> None:
        """Loads the library that was chosen and asks it for its tokens."""
        path = Path(self.library.value())
        if not self.library.value():
            self.library.set_problem(_("Choose the library that came with the token."))
            self.library.setFocus()
            return
        if self._looking is not None:
            self._looking.forget()
        self.look_button.setEnabled(False)
        self.library.set_problem("")

        def work(_progress: Progress) -> tuple[TokenFacts, ...]:
            return token.tokens(path)

        self._looking = self._runner.read(work, done=self._found, failed=self._not_found)

    def _found(self, found: tuple[TokenFacts, ...]) -> None:
        self._looking = None
        self.look_button.setEnabled(True)
        self.token.set_problem("")
        self._keeper.update(sign_library=self.library.value())
        self.token.set_options([(one.serial, " · ".join(filter(None, (one.label, one.serial)))) for one in found])
        if len(found) == 1:
            self.token.set_value(found[0].serial)
        (self.pin if self.token.value() else self.token).setFocus()

    def _not_found(self, error: Exception) -> None:
        self._looking = None
        self.look_button.setEnabled(True)
        self._tell(error)

    # -- opening ---------------------------------------------------------------------------------

    def open_key(self, _checked: bool = False) -> None:
        """Opens the key with what was typed, in a reader's thread."""
        if self.opening or self.key is not None:
            return
        work = self._from_file() if self.source.value() != TOKEN else self._from_token()
        if work is None:
            return
        self.opening = True
        self._show_source()
        ticket, held = self._held.turn, self._held

        def opened(_progress: Progress) -> bool:
            return held.keep(ticket, work())

        self._runner.read(opened, done=self._opened, failed=self._not_opened)

    def _from_file(self) -> Callable[[], OpenKey] | None:
        path = self.file.value()
        if not path:
            self.file.set_problem(_("Choose the key file."))
            self.file.setFocus()
            return None
        return partial(key_file.open_key_file, Path(path), self.password.value())

    def _from_token(self) -> Callable[[], OpenKey] | None:
        if not self.token.value():
            self.look_for_tokens()
            return None
        if not self.pin.value():
            self.pin.set_problem(_("Type the PIN of the token."))
            self.pin.setFocus()
            return None
        serial, pin = self.token.value(), self.pin.value()
        return partial(token.open_token, Path(self.library.value()), serial, pin, at=self._now())

    def _opened(self, kept: bool) -> None:
        self.opening = False
        self.forget_typed()
        key = self.key if kept else None
        if key is not None:
            self._keeper.update(sign_key_file=self.file.value())
            self.certificate.set_options([(one.serial, signer_words(one)) for one in key.certificates])
            self.certificate.set_value(key.certificate.serial)
            self.certificate.setVisible(len(key.certificates) > 1)
            self._show_certificate()
            self._idle.start()
        self._show_source()
        self.changed.emit()

    def _choose_certificate(self, serial: str) -> None:
        key = self.key
        if key is not None:
            key.choose([one.serial for one in key.certificates].index(serial))
            self._show_certificate()
            self.changed.emit()

    def _show_certificate(self) -> None:
        assert self.key is not None
        facts = self.key.certificate
        self.whose.setText(signer_words(facts))
        self.issued.setText(issued_words(facts))

    def _not_opened(self, error: Exception) -> None:
        self.opening = False
        self.forget_typed()
        self._show_source()
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        """Beside the field that it is about, or in the page's bar."""
        sentence, tone = failure(error)
        field = self._field_of(error.code) if isinstance(error, Refused) else None
        if field is None or not field.isVisibleTo(self):
            self.told.emit(sentence, tone)
            return
        field.set_problem(sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_of(self, code: str) -> Field | None:
        if code == "key_password_wrong":
            return self.password
        if code.startswith("key_file"):
            return self.file
        if code == "token_library":
            return self.library
        if code.startswith("token_pin"):
            return self.pin
        return self.token if code in ("token_missing", "token_no_certificate", "token_failed") else None

    # -- closing ---------------------------------------------------------------------------------

    def close_key(self, _checked: bool = False) -> None:
        """Forgets the key and what was typed; a token is logged out."""
        self._idle.stop()
        key = self._held.take()
        self.opening = False
        self.forget_typed()
        self._show_source()
        if key is not None:
            self._runner.read(lambda _progress: key.close())  # a token may take its time
            self.changed.emit()

    def _too_long(self) -> None:
        self.close_key()
        self.told.emit(_("The key was closed because nobody signed with it for five minutes."), "neutral")

    def forget_typed(self) -> None:
        """Nothing that was typed stays, neither in a field nor in what Ctrl+Z brings back."""
        for secret in (self.password, self.pin):
            secret.editor.clear()
            secret.editor.setText("")  # also forgets the steps of typing
            secret.set_problem("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line goes on, in the last one it opens the key."""
        if is_enter(event):
            if watched in (self.password.editor, self.pin.editor):
                self.open_key()
                return True
            if watched is self.file.editor:
                self.password.setFocus()
                return True
            if watched is self.library.editor:
                self.look_for_tokens()
                return True
        return super().eventFilter(watched, event)


def _forgive(field: Field, _value: object) -> None:
    """Whoever types again has read what was wrong."""
    field.set_problem("")


def _stack(*widgets: QWidget) -> QWidget:
    """Widgets one under the other, without a frame."""
    place = QWidget()
    lines = QVBoxLayout(place)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(look.current().px(6))
    for widget in widgets:
        if isinstance(widget, QPushButton):
            lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            lines.addWidget(widget)
    return place
