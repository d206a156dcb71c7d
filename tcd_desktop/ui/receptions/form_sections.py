"""The cards of the form in the order of the conversation: who - what - papers - what we do.

When and where stands in a card of its own that is folded while its usual values fit.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from tcd_desktop.domain.people.citizen_card import PLACE_2021, PLACE_2024
from tcd_desktop.domain.terms import ReceptionForm
from tcd_desktop.i18n import _
from tcd_desktop.law import refusal_grounds
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, PapersField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.receptions.columns import secret_chip
from tcd_desktop.ui.receptions.form_completion import complete
from tcd_desktop.ui.receptions.form_questions import OTHERS, Fields
from tcd_desktop.ui.window.actions import key_text


class VisitCard(Card):
    """When, where, who receives: folded while the usual values fit."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("The visit"))
        f = fields
        rows = [
            [(f["date"], 2), (f["time"], 1), (f["end_time"], 1), (f["kind"], 3), (f["form"], 3)],
            [(f["sitting"], 1)],  # it tells who receives where
            [(f["receiver_name"], 3), (f["receiver_title"], 3), (f["receiver_rank"], 2)],
            [(f["delegated_by"], 2), (f["host"], 2), (f["place"], 4), (f["attendees"], 3), (f["recorded_by"], 2)],
        ]
        for row in rows:
            if look.current().text_size > 125:  # large letters: half as many in a row
                self.add_row(*row[:3] if len(row) == 5 else row[:2])
                row = row[3:] if len(row) == 5 else row[2:]
            if row:
                self.add_row(*row)
        self.online = QLabel(
            _(
                "Online (NĐ 154/2026 Điều 16–24): the citizen was told at least 5 working days before, the line was "
                "tested the day before and stands an hour before; cameras are on; sound and picture are recorded and "
                "kept; a group sends its representatives."
            )
        )
        self.online.setProperty("ink", "small")
        self.online.setWordWrap(True)
        self.online.hide()
        self.lines.addWidget(self.online)

    def show_form(self, form: ReceptionForm | None) -> None:
        """The duties of an online reception stand under its choice."""
        self.online.setVisible(form is ReceptionForm.ONLINE)


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
        self.add_row((f["name"], 1))
        self.add_row((f["birth_date"], 1), (f["sex"], 0))
        if look.current().text_size > 125:  # large letters: the number shows its twelve figures in a row of its own
            self.add_row((f["id_kind"], 1))
            self.add_row((f["id_number"], 1))
        else:
            self.add_row((f["id_kind"], 5), (f["id_number"], 6))
        self.add_row((f["id_issued"], 4), (f["id_place"], 6))
        self.add_row((f["address"], 1))
        self.add_row((f["phone"], 5), (f["people"], 3))
        self.add_row((f["role"], 1))
        complete(f["id_place"], (PLACE_2024, PLACE_2021))
        kind = f["id_kind"]
        if isinstance(kind, ChoiceField) and kind.combo is not None:
            kind.combo.setMinimumContentsLength(5)  # the number beside it must show its twelve figures


class WhatCard(Card):
    """What the citizen says and asks for, and how that was written down."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("What"))
        f = fields
        self.further = QPushButton(f"{_('Another content')}  {key_text('form.content')}")
        self.further.setProperty("kind", "link")
        self.further.setToolTip(_("The same citizen speaks of something else as well: it gets a line of its own"))
        icons.dress(self.further, "plus", "accent", 16)
        self.add_head(self.further)
        self.add_row((f["classification"], 1))
        self.lines.addWidget(f["content"], 3)
        self.lines.addWidget(f["request"], 1)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        ticks.addWidget(f["has_petition"])
        ticks.addWidget(f["read_back"])
        record = QHBoxLayout()
        record.setSpacing(look.current().px(12))
        record.addLayout(ticks, 1)
        record.addWidget(f["signing"], 0, Qt.AlignmentFlag.AlignTop)
        self.lines.addLayout(record)
        self.add_row((f["unsigned_reason"], 1))


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
        self.add_row((f["refusal_explained"], 1))
        self.add_row((f["earlier_answer"], 1))
        self.add_row((f["refusal_grounds_on"], 1))
        self.add_row((f["refusal_notice_number"], 1))  # side by side their names would not fit beside a long form
        self.add_row((f["refusal_notice_on"], 1))
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
        self.toggle = QPushButton("  ".join((_("More"), key_text("form.more"))))
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

    def enter(self) -> None:
        """Shows the fields, the keyboard in the first of them."""
        self.unfold()
        self._fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _unfold(self, shown: bool) -> None:
        icons.dress(self.toggle, "minus" if shown else "plus", "accent", 16)
        for field in self._fields:
            field.setVisible(shown)
        if shown and self.toggle.hasFocus():
            self._fields[0].setFocus(Qt.FocusReason.TabFocusReason)
