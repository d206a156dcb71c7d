"""The fields of a visit and the cards they stand in, in the order of the conversation.

Who - what - papers - what we do; when and where stands in a card of its own that is folded while its usual
values fit. Every field is named as in `ReceptionDraft`, so that binding and problems find it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from tcd_desktop import words
from tcd_desktop.domain.citizen_card import PLACE_2021, PLACE_2024
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    HostBody,
    IdKind,
    PaperCondition,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    Role,
    Sex,
    Signing,
)
from tcd_desktop.i18n import _
from tcd_desktop.law import refusal_grounds
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.chips import ChipLabel
from tcd_desktop.ui.field import is_enter
from tcd_desktop.ui.form_fields import (
    BirthField,
    Card,
    CheckField,
    ChoiceField,
    DateField,
    Field,
    IntField,
    LineField,
    PapersField,
    TextField,
    TimeField,
)
from tcd_desktop.ui.receptions.columns import secret_chip

Today = Callable[[], date]
Fields = Mapping[str, Field]

VISIT = (
    "date",
    "time",
    "end_time",
    "kind",
    "form",
    "receiver_name",
    "receiver_title",
    "receiver_rank",
    "delegated_by",
    "host",
    "place",
    "attendees",
)
OTHERS = ("settled_by", "interpreter", "follow_up", "note")


def make_fields(today: Today) -> dict[str, Field]:
    """All fields by name, in the order in which the keyboard visits them."""
    fields = _all_fields(today)
    for field in fields.values():
        if isinstance(field, TextField):  # as high as its lines, and what is left over
            field.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            column = field.layout()
            assert isinstance(column, QVBoxLayout)
            column.setStretchFactor(field.editor, 1)
            field.setMaximumHeight(look.current().px(300))
        elif isinstance(field, CheckField):  # no empty line above the tick
            for label in field.findChildren(QLabel):
                label.setVisible(bool(label.text()) and not label.isHidden())
    return fields


def _all_fields(today: Today) -> dict[str, Field]:
    return {
        **_visit_fields(today),
        **_person_fields(today),
        **_matter_fields(),
        "documents": PapersField(_("Documents handed over"), options(PaperCondition)),
        **_handling_fields(today),
        **_other_fields(),
    }


def options(kind: type[StrEnum]) -> list[tuple[Any, str]]:
    """Members of a closed list with their words."""
    return list(words.options(kind))


def _visit_fields(today: Today) -> dict[str, Field]:
    return {
        "date": DateField(_("Date"), today=today, required=True),
        "time": TimeField(_("From")),
        "end_time": TimeField(_("To")),
        "kind": ChoiceField(_("Kind of reception"), options(ReceptionKind), style="combo", required=True),
        "form": ChoiceField(_("Form"), options(ReceptionForm), required=True),
        "receiver_name": LineField(_("Receiver"), required=True),
        "receiver_title": LineField(_("Position")),
        "receiver_rank": ChoiceField(_("Receives as"), options(ReceiverRank), style="combo"),
        "delegated_by": LineField(_("Delegated by"), required=True),
        "host": ChoiceField(_("Receiving body"), options(HostBody), style="combo"),
        "place": LineField(_("Place")),
        "attendees": LineField(_("Others present")),
    }


def _person_fields(today: Today) -> dict[str, Field]:
    return {
        "name": LineField(_("Full name"), required=True),
        "birth_date": BirthField(_("Date of birth"), today=today),
        "sex": ChoiceField(_("Sex"), options(Sex)),
        "id_kind": ChoiceField(_("Identity paper"), options(IdKind), style="combo", required=True),
        "id_number": LineField(_("Number"), max_length=40, required=True),
        "id_issued": DateField(_("Date of issue"), today=today, past=True),
        "id_place": LineField(_("Place of issue")),
        "address": LineField(_("Address"), required=True),
        "phone": LineField(_("Telephone"), max_length=80),
        "people": IntField(_("People"), least=1, most=100_000, empty=1),
        "role": ChoiceField(_("Comes as"), options(Role), style="combo"),
        "represented": LineField(_("On behalf of"), required=True),
        "representation_paper": LineField(_("Paper of representation"), required=True),
    }


def _matter_fields() -> dict[str, Field]:
    return {
        "classification": ChoiceField(_("Classification"), options(Classification), required=True),
        "content": TextField(_("What the citizen says"), lines=4, required=True),
        "request": TextField(_("What the citizen asks for"), lines=2, required=True),
        "has_petition": CheckField(_("Brought a written petition")),
        "read_back": CheckField(_("The record was read back")),
        "signing": ChoiceField(_("The citizen's signature on the record"), options(Signing)),
        "unsigned_reason": LineField(_("Why it is not signed"), required=True),
    }


def _handling_fields(today: Today) -> dict[str, Field]:
    grounds = [(ground.code, ground.short) for ground in refusal_grounds()]
    return {
        "direction": ChoiceField(_("Handling"), options(Direction), style="combo", required=True),
        "guided_to": LineField(_("Guided to"), required=True),
        "guidance_number": LineField(_("Number of the guidance letter"), max_length=80),
        "forwarded_to": LineField(_("Forwarded to"), required=True),
        "forwarding_number": LineField(_("Number of the letter"), max_length=80),
        "forwarded_on": DateField(_("Date of forwarding"), today=today),
        "refusal_ground": ChoiceField(_("Ground of refusal"), grounds, style="combo", required=True),
    }


def _other_fields() -> dict[str, Field]:
    return {
        "settled_by": LineField(_("Offices that have settled it")),
        "interpreter": LineField(_("Interpreter")),
        "follow_up": TextField(_("Follow-up of the result"), lines=2),
        "note": TextField(_("Note"), lines=2),
    }


# --- cards ------------------------------------------------------------


class VisitCard(Card):
    """When, where, who receives: folded while the usual values fit."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("The visit"))
        f = fields
        rows = [
            [(f["date"], 2), (f["time"], 1), (f["end_time"], 1), (f["kind"], 3), (f["form"], 3)],
            [(f["receiver_name"], 3), (f["receiver_title"], 3), (f["receiver_rank"], 2)],
            [(f["delegated_by"], 2), (f["host"], 2), (f["place"], 4), (f["attendees"], 3)],
        ]
        for row in rows:
            if look.current().text_size > 125:  # large letters: half as many in a row
                self.add_row(*row[:3] if len(row) == 5 else row[:2])
                row = row[3:] if len(row) == 5 else row[2:]
            self.add_row(*row)


class WhoCard(Card):
    """The person. `scan_place` is where a card's or known citizen's notice goes."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("Who"))
        f = fields
        self.secret = ChipLabel(secret_chip())
        self.secret.hide()
        self.add_head(self.secret)
        self.sealed = QLabel(_("The identity is sealed and stays as it is."))
        self.sealed.setProperty("ink", "muted")
        self.sealed.setWordWrap(True)
        self.sealed.hide()
        self.lines.addWidget(self.sealed)
        self.reveal = QPushButton(_("Look at the identity…"))
        icons.dress(self.reveal, "eye", "text", 16)
        self.reveal.hide()
        self.lines.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows = [
            self.add_row((f["name"], 1)),
            self.add_row((f["birth_date"], 1), (f["sex"], 0)),
            self.add_row((f["id_kind"], 1), (f["id_number"], 1)),
            self.add_row((f["id_issued"], 4), (f["id_place"], 6)),
            self.add_row((f["address"], 1)),
            self.add_row((f["phone"], 5), (f["people"], 3)),
            self.add_row((f["role"], 1)),
            self.add_row((f["represented"], 1)),
            self.add_row((f["representation_paper"], 1)),
        ]
        complete(f["id_place"], (PLACE_2024, PLACE_2021))
        kind = f["id_kind"]
        if isinstance(kind, ChoiceField) and kind.combo is not None:
            kind.combo.setMinimumContentsLength(5)  # the number beside it must show its twelve figures


class WhatCard(Card):
    """What the citizen says and asks for, and how that was written down."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("What"))
        f = fields
        self.add_row((f["classification"], 1))
        self.lines.addWidget(f["content"], 3)
        self.lines.addWidget(f["request"], 1)
        self.add_row((f["has_petition"], 1), (f["read_back"], 1))
        self.add_row((f["signing"], 0), (f["unsigned_reason"], 1))


class PapersCard(Card):
    """The documents the citizen leaves here."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("")
        field = fields["documents"]
        assert isinstance(field, PapersField)
        self._field = field
        self.add_row((field, 1))
        self.fit()

    def fit(self) -> None:
        """Leaves the room to the names: in a column of the form it is scarce."""
        now = look.current()
        for line in self._field.lines:
            line.pages.setFixedWidth(now.px(60))
            line.condition.setFixedWidth(now.px(178))
            line.remove.setFixedWidth(now.px(34))
            if not line.name.hasFocus():
                line.name.setCursorPosition(0)


class HandlingCard(Card):
    """What the office does with the matter."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("What we do"))
        f = fields
        self.add_row((f["direction"], 1))
        self.add_row((f["guided_to"], 1))
        self.add_row((f["guidance_number"], 1))
        self.add_row((f["forwarded_to"], 1))
        self.add_row((f["forwarding_number"], 3), (f["forwarded_on"], 2))
        self.add_row((f["refusal_ground"], 1))
        self.ground_text = QLabel()
        self.ground_text.setProperty("ink", "small")
        self.ground_text.setWordWrap(True)
        self.ground_text.hide()
        self.lines.addWidget(self.ground_text)
        self.open_case = QCheckBox(_("Open a case file"))
        self.lines.addWidget(self.open_case)

    def show_ground(self, code: str) -> None:
        """The text of the law under the chosen ground."""
        found = next((one for one in refusal_grounds() if one.code == code), None)
        self.ground_text.setText(f"{found.text} ({found.article})." if found else "")
        self.ground_text.setVisible(found is not None)


class OtherCard(Card):
    """What is seldom needed, folded until asked for."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("")
        self.toggle = QPushButton(_("More"))
        self.toggle.setToolTip(_("Settled before, interpreter, follow-up, note"))
        self.toggle.setProperty("kind", "link")
        self.toggle.setCheckable(True)
        icons.dress(self.toggle, "plus", "accent", 16)
        self.toggle.toggled.connect(self._unfold)
        self.lines.addWidget(self.toggle)
        self._fields = [fields[name] for name in OTHERS]
        for field in self._fields:
            self.add_row((field, 1))
            field.hide()
        margins = self.lines.contentsMargins()
        self.lines.setContentsMargins(margins.left(), look.current().px(6), margins.right(), look.current().px(6))

    def unfold(self) -> None:
        """Shows the fields."""
        self.toggle.setChecked(True)

    def _unfold(self, shown: bool) -> None:
        icons.dress(self.toggle, "minus" if shown else "plus", "accent", 16)
        for field in self._fields:
            field.setVisible(shown)


class EnterThrough(QObject):
    """Enter while a list of proposals is open and none is chosen: what was typed is meant, and goes on."""

    def __init__(self, line: QLineEdit, popup: QAbstractItemView, parent: QObject) -> None:
        super().__init__(parent)
        self._line, self._popup = line, popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hands Enter to the line."""
        if watched is self._popup and is_enter(event) and not self._popup.currentIndex().isValid():
            self._popup.hide()
            QApplication.sendEvent(self._line, event)
            return True
        return super().eventFilter(watched, event)


def complete(field: Field, values: Sequence[str]) -> None:
    """Offers values under a line while it is typed; nothing is rewritten until one is chosen."""
    assert isinstance(field, LineField)
    completer = QCompleter(list(values), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    field.editor.setCompleter(completer)

    def taken(text: str) -> None:
        field.set_value(text)
        field.changed.emit(field.value())

    completer.activated.connect(taken)
    popup = completer.popup()
    if popup is not None:
        EnterThrough(field.editor, popup, completer)
