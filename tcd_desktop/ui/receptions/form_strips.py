"""Strips over the whole width, for visits that ask for more: whom one speaks for, the people of a group.

They stand under the columns, next to "comes as", and hide with their fields.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.people.representation_rules import papers_of
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import RepresentationKind, Role
from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.receptions.form_questions import Fields
from tcd_desktop.ui.receptions.group_words import rule_sentence, too_many

LARGE_TEXT = 125
"""Above this size of letters a row of a strip is broken into two."""


class Strip(Card):
    """A card of full width, hidden while none of its fields is asked."""

    def __init__(self, title: str, rows: list[list[tuple[QWidget, int]]]) -> None:
        super().__init__(title)
        self._cells = [cell for row in rows for cell, _share in row]
        for row in rows:
            pieces = [row[:2], row[2:]] if look.current().text_size > LARGE_TEXT and len(row) > 2 else [row]
            for piece in pieces:
                self.add_row(*piece)

    def fit(self) -> None:
        """Shows itself with its fields."""
        self.setVisible(any(not cell.isHidden() for cell in self._cells))


class RepresentationStrip(Strip):
    """Người đại diện, người được ủy quyền, luật sư, trợ giúp viên: for whom, with which paper."""

    def __init__(self, fields: Fields) -> None:
        f = fields
        super().__init__(
            "",
            [
                [
                    (f["represented"], 4),
                    (f["represented_address"], 4),
                    (f["representation_kind"], 4),
                    (f["representation_number"], 2),
                    (f["representation_on"], 2),
                ],
                [
                    (f["professional_card"], 2),
                    (f["representation_scope"], 5),
                    (f["representation_paper"], 4),
                ],
            ],
        )
        self._fields = fields
        kind = f["representation_kind"]
        if isinstance(kind, ChoiceField) and kind.combo is not None:
            kind.combo.setMinimumContentsLength(12)

    def show_role(self, draft: ReceptionDraft) -> None:
        """The papers that prove this role; what was chosen for another role stays to be seen."""
        kinds = papers_of(draft.role)
        held = draft.representation_kind
        offered = kinds if held is None or held in kinds else (*kinds, held)
        field = self._fields["representation_kind"]
        assert isinstance(field, ChoiceField)
        field.set_options([(kind, words.label(kind)) for kind in offered])
        field.set_value(held)
        group = draft.role is Role.GROUP_REPRESENTATIVE
        self._fields["represented"].set_required(not group)
        self._fields["represented"].label.setText(_for_whom(draft))
        self._fields["representation_paper"].set_required(held is RepresentationKind.OTHER)
        self.fit()


def _for_whom(draft: ReceptionDraft) -> str:
    if draft.role is Role.GROUP_REPRESENTATIVE:
        return _("Which group")
    if draft.role is Role.ORGANISATION_HEAD or draft.representation_kind is RepresentationKind.ORGANISATION:
        return _("Organisation")
    return _("On behalf of")


class GroupStrip(Strip):
    """Đoàn: the list, the paper all sign, order at the reception place; the rule follows the number of people."""

    def __init__(self, fields: Fields) -> None:
        f = fields
        super().__init__(
            _("The group"),
            [[(f["members"], 6), (f["members_signed"], 4), (f["police_informed"], 3), (f["order_note"], 4)]],
        )
        self.rule = ChipLabel(Chip("", "neutral", "users"))
        self.add_head(self.rule)

    def show_group(self, draft: ReceptionDraft) -> None:
        """The rule for so many people, amber when more speak than it allows."""
        people = max(draft.people, len(draft.members))
        words_of = rule_sentence(people)
        over = too_many(draft.people, draft.members)
        self.rule.set_chip(Chip(words_of, "warning", "triangle-alert") if over else Chip(words_of, "neutral", "users"))
        self.fit()
