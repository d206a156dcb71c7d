"""As whom a print is signed, and whether a picture is seen on the paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.letters.signature import SignatureCheck, SignerRole
from tcd_desktop.i18n import _, lazy
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.signing.asking import ask_picture
from tcd_desktop.ui.signing.file_field import FileField
from tcd_desktop.ui.signing.signature_words import ROLES

HIDDEN, SHOWN = "hidden", "shown"


class HowCard(Card):
    """The person signs before the office (NĐ 30/2020/NĐ-CP Điều 5, 18): another order is told, not stopped."""

    changed = Signal()

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(_("How it is signed"), parent)
        self._keeper = keeper
        self._signed: frozenset[SignerRole] = frozenset()
        self._named = self._bearer = ""
        self.role = ChoiceField(_("Signature of"), list(ROLES.items()), required=True)
        self.role.set_value(SignerRole.PERSON)
        self.role.changed.connect(lambda _value: self._role_chosen())
        self.seen = ChoiceField(
            _("On the paper"), [(HIDDEN, lazy("Nothing is seen")), (SHOWN, lazy("A picture at its place"))]
        )
        self.seen.set_value(HIDDEN)
        self.seen.changed.connect(lambda _value: self._show())
        self.picture = FileField(_("Picture (PNG)"), ask_picture, required=True)
        self.picture.changed.connect(lambda _value: self.picture.set_problem(""))
        self.place = QLabel()
        self.place.setProperty("ink", "small")
        self.place.setWordWrap(True)
        choices = QWidget()
        flow = FlowLayout(look.current().px(16), choices)
        flow.addWidget(self.role)
        flow.addWidget(self.seen)
        self.lines.addWidget(choices)
        self.add_row((self.picture, 1))
        self.lines.addWidget(self.place)
        self._role_chosen()

    def show_key(self, bearer: str) -> None:
        """Whose certificate is open, "" for none."""
        self._bearer = bearer
        self._show_order()

    def show_signed(self, checks: tuple[SignatureCheck, ...], named: str = "") -> None:
        """Offers what comes next: the office once a person has signed. `named` is printed under the signature."""
        self._named = named
        signed = frozenset(check.role for check in checks if check.role is not None)
        if signed != self._signed:
            self._signed = signed
            self.role.set_value(SignerRole.OFFICE if SignerRole.PERSON in signed else SignerRole.PERSON)
        self._role_chosen()

    def _role_chosen(self) -> None:
        kept = self._keeper.value
        office = self.role.value() is SignerRole.OFFICE
        self.picture.set_value(kept.sign_stamp if office else kept.sign_picture)
        self.picture.set_problem("")
        self._show_order()
        self._show()
        self.changed.emit()

    def _show_order(self) -> None:
        office = self.role.value() is SignerRole.OFFICE
        if office and SignerRole.PERSON not in self._signed:
            told = _("The person in authority signs first, the office after that.")
        elif not office and SignerRole.OFFICE in self._signed:
            told = _("The office has signed already; a person signs before it.")
        elif not office and self._bearer and self._named and fold(self._bearer) != fold(self._named):
            told = _("The paper names {named}, the certificate is that of {bearer}.").format(
                named=self._named, bearer=self._bearer
            )
        else:
            told = ""
        self.role.set_problem(told, warning=True)

    def _show(self) -> None:
        shown = self.seen.value() == SHOWN
        office = self.role.value() is SignerRole.OFFICE
        self.picture.setVisible(shown)
        self.place.setVisible(shown)
        self.place.setText(
            _("The stamp lies over a third of the person's signature, in its real size: the PNG must tell its dpi.")
            if office
            else _("The picture stands above the printed name of the signer.")
        )

    def picture_path(self) -> str | None:
        """The picture to be shown, "" when it is wanted and not chosen, None when nothing is seen."""
        return str(self.picture.value()) if self.seen.value() == SHOWN else None

    def remember(self) -> None:
        """The picture was used: it is offered next time."""
        if path := self.picture_path():
            name = "sign_stamp" if self.role.value() is SignerRole.OFFICE else "sign_picture"
            self._keeper.update(**{name: path})
