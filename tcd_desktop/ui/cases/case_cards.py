"""Smaller cards of a case: its petitions, the field it counts in, protection of who denounced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.law import case_grounds, classification_buckets
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.forms.field import LineField
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.words import label, masked_name

NARROW = 24
"""So many letters of a suggestion fit beside the list."""


class PetitionsCard(QFrame):
    """The petitions of a case; who denounced is not named."""

    petitionRequest = Signal(str)

    def __init__(self, petitions: Sequence[Petition], case: CaseFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = _card(self, ngettext("{n} petition", "{n} petitions", len(petitions)).format(n=len(petitions)))
        self.buttons: list[QPushButton] = []
        for one in petitions:
            secret = one.is_secret or case.classification is Classification.DENUNCIATION
            who = masked_name(Classification.DENUNCIATION) if secret else one.name
            parts = (one.book_number or _("at a visit"), show_date(one.received_on), label(one.source), who)
            button = link_line("  ·  ".join(filter(None, parts)), "inbox", partial(self._open, one.id))
            button.setToolTip(_("Open this petition"))
            self.buttons.append(button)
            lines.addWidget(button)

    def _open(self, petition_id: str, _checked: bool = False) -> None:
        self.petitionRequest.emit(petition_id)


class FieldCard(QFrame):
    """`classifyRequest(field, tag)` as soon as one is chosen or typed. Beside a list (not `wide`) it is narrow."""

    classifyRequest = Signal(str, str)

    def __init__(
        self,
        case: CaseFile,
        tags: Mapping[str, str],
        *,
        editable: bool,
        wide: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._case, self._tags = case, tags
        lines = _card(self, _("Field of the report"))
        if not editable:
            self._tell_only(lines)
            return
        options = [(one.code, one.text) for one in classification_buckets(case.classification).fields]
        self.bucket = ChoiceField(_("Counts in"), options, style="auto" if wide else "combo")
        self.bucket.set_value(case.field)
        self.bucket.changed.connect(self._chosen)
        self.tag = LineField(_("Tag of the office"), max_length=80)
        self.tag.set_value(case.tag)
        frequent = [name for name, code in tags.items() if case.field in ("", code)][:3]
        self.tag.set_suggestions(frequent if wide else [name for name in frequent[:1] if len(name) <= NARROW])
        self.tag.left.connect(self._left)
        for field in (self.bucket, self.tag):
            lines.addWidget(field)

    def _tell_only(self, lines: QVBoxLayout) -> None:
        """Who only reads sees words, no fields."""
        names = {one.code: one.text for one in classification_buckets(self._case.classification).fields}
        known = ((_("Counts in"), names.get(self._case.field, "")), (_("Tag of the office"), self._case.tag))
        for title, words in known:
            if words:
                lines.addWidget(_words(f"{title}: {words}", ""))

    def _chosen(self, code: str) -> None:
        tag = self.tag.value() if self._tags.get(self.tag.value(), code) == code else ""
        self._tell(code, tag)

    def _left(self) -> None:
        tag = self.tag.value()
        self._tell(self._tags.get(tag, self.bucket.value() or ""), tag)

    def _tell(self, code: str, tag: str) -> None:
        if (code, tag) != (self._case.field, self._case.tag):
            self.classifyRequest.emit(code, tag)


class ProtectionCard(QFrame):
    """Requests for protection. `actRequest(act, id)`: "ask" | "letter" | "decide" | "end", id of the request.

    Luật Tố cáo Điều 50(2): who cannot protect asks the body that can, in writing.
    """

    actRequest = Signal(str, str)

    def __init__(self, requests: Sequence[ProtectionRequest], *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = _card(self, _("Protection of the denouncer"))
        self.buttons: dict[str, QPushButton] = {}
        texts = {one.code: one.text for one in case_grounds("protection", Classification.DENUNCIATION)}
        for one in requests:
            lines.addWidget(_words(protection_state(one), "strong"))
            for code in one.measures:
                lines.addWidget(_words(f"– {texts.get(code, code)}", ""))
            if one.note:
                lines.addWidget(_words(one.note, "muted"))
            if editable and one.decided_on is None:
                self._act(lines, _("Write the request for protection"), "letter", one.id, "send")
                self._act(lines, _("Enter the decision"), "decide", one.id, "stamp")
            elif editable and one.granted and one.ended_on is None:
                self._act(lines, _("The protection ends"), "end", one.id, "circle-x")
        if not requests:
            lines.addWidget(_words(_("Nobody has asked for protection."), "muted"))
        if editable:
            self._act(lines, _("Enter a request for protection"), "ask", "", "shield-check")

    def _act(self, lines: QVBoxLayout, words: str, act: str, record: str, icon: str) -> None:
        button = _link(words, icon)
        button.clicked.connect(lambda _checked=False: self.actRequest.emit(act, record))
        self.buttons[act] = button
        lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def protection_state(request: ProtectionRequest) -> str:
    """Where a request stands, in a sentence."""
    asked = show_date(request.asked_on)
    if request.decided_on is None:
        return _("Asked on {day}, not decided yet").format(day=asked)
    day = show_date(request.decided_on)
    if not request.granted:
        return _("Asked on {asked}, refused on {day}").format(asked=asked, day=day)
    if request.ended_on is not None:
        return _("Protected from {day} to {end}").format(day=day, end=show_date(request.ended_on))
    return _("Protected since {day} ({number})").format(day=day, number=request.number)


def _card(frame: QFrame, title: str) -> QVBoxLayout:
    now = look.current()
    frame.setProperty("box", "card")
    lines = QVBoxLayout(frame)
    lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
    lines.setSpacing(now.px(4))
    lines.addWidget(_words(title, "heading"))
    return lines


def _link(words: str, icon: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "link")
    icons.dress(button, icon, "accent", 16)
    return button


def _words(text: str, ink: str) -> QLabel:
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setWordWrap(True)
    if ink:
        found.setProperty("ink", ink)
    return found
