"""The fields of a visit by name, in the order in which the keyboard visits them.

Every field is named as in `ReceptionDraft`, so that binding and problems find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

from tcd_desktop import words
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
from tcd_desktop.ui.forms.form_fields import (
    BirthField,
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
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.members_field import MembersField

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
    "recorded_by",
    "sitting",
)
OTHERS = ("settled_by", "interpreter", "follow_up", "note")


def fields_in_pieces(today: Today) -> Iterator[dict[str, Field]]:
    """All fields by name, in the order in which the keyboard visits them; one subject of the visit after the other."""
    makers: tuple[Callable[[], dict[str, Field]], ...] = (
        lambda: _visit_fields(today),
        lambda: _person_fields(today),
        lambda: {**_representation_fields(today), **_group_fields()},
        lambda: {**_matter_fields(), "documents": PapersField(_("Documents handed over"), options(PaperCondition))},
        lambda: {**_handling_fields(today), **_other_fields()},
    )
    for make in makers:
        fields = make()
        for field in fields.values():
            _dress(field)
        yield fields


def _dress(field: Field) -> None:
    if isinstance(field, TextField):  # as high as its lines, and what is left over
        field.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column = field.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(field.editor, 1)
        field.setMaximumHeight(look.current().px(300))
    elif isinstance(field, CheckField):  # no empty line above the tick
        for label in field.findChildren(QLabel):
            label.setVisible(bool(label.text()) and not label.isHidden())


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
        "sitting": ChoiceField(_("Sitting of the head"), [], style="combo"),
        "receiver_name": LineField(_("Receiver"), required=True),
        "receiver_title": LineField(_("Position")),
        "receiver_rank": ChoiceField(_("Receives as"), options(ReceiverRank), style="combo"),
        "delegated_by": LineField(_("Delegated by"), required=True),
        "host": ChoiceField(_("Receiving body"), options(HostBody), style="combo"),
        "place": LineField(_("Place")),
        "attendees": LineField(_("Others present")),
        "recorded_by": LineField(_("Written down by")),
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
    }


def _representation_fields(today: Today) -> dict[str, Field]:
    """Whom the citizen speaks for, and the paper that proves it (NĐ 154/2026 Điều 13)."""
    return {
        "represented": LineField(_("On behalf of"), required=True),
        "represented_address": LineField(_("Address of the represented")),
        "representation_kind": ChoiceField(_("Kind of the paper"), [], style="combo", required=True),
        "representation_number": LineField(_("Number of the paper"), max_length=80),
        "representation_on": DateField(_("Date of the paper"), today=today, past=True),
        "professional_card": LineField(_("Number of the professional card"), max_length=80, required=True),
        "representation_scope": LineField(_("Authorised for")),
        "representation_paper": LineField(_("Paper of representation")),
    }


def _group_fields() -> dict[str, Field]:
    """The people of a group and order at the reception place (Luật Tiếp công dân Điều 29, 30)."""
    return {
        "members": MembersField(_("People of the group")),
        "members_signed": CheckField(_("All have signed the appointment")),
        "police_informed": CheckField(_("The police were informed")),
        "order_note": LineField(_("Note on security and order")),
    }


def _matter_fields() -> dict[str, Field]:
    return {
        "classification": ChoiceField(_("Classification"), options(Classification), required=True),
        "content": TextField(_("What the citizen says"), lines=3, required=True),
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
        "refusal_explained": CheckField(_("The reason was explained to the citizen")),
        "earlier_answer": LineField(_("Earlier written answer")),
        "refusal_grounds_on": DateField(_("Grounds sufficient on"), today=today, past=True),
        "refusal_notice_number": LineField(_("Number of the refusal notice"), max_length=80),
        "refusal_notice_on": DateField(_("Date of the refusal notice"), today=today, past=True),
    }


def _other_fields() -> dict[str, Field]:
    return {
        "settled_by": LineField(_("Offices that have settled it")),
        "interpreter": LineField(_("Interpreter")),
        "follow_up": TextField(_("Follow-up of the result"), lines=2),
        "note": TextField(_("Note"), lines=2),
    }
