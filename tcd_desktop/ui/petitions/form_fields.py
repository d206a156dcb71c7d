"""The fields of a petition's form, and which of them show for a source, a class, a direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tcd_desktop import words
from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.cases.petition_rules import PASSED_ON
from tcd_desktop.domain.terms import Classification, IdKind, PetitionDirection, PetitionSource, Sex
from tcd_desktop.i18n import Text, _
from tcd_desktop.law import case_grounds, classification_buckets
from tcd_desktop.ui.forms.form_fields import (
    BirthField,
    Card,
    CheckField,
    ChoiceField,
    DateField,
    Field,
    IntField,
    LineField,
    TextField,
)
from tcd_desktop.ui.petitions.rows_field import petitioners_field, subjects_field
from tcd_desktop.ui.petitions.ticks_field import TicksField

PERSON = (
    *("name", "birth_date", "sex", "id_kind", "id_number", "address", "phone", "represented", "members", "signers"),
    "anonymous",
)
SHARED = (
    *PERSON,
    *("source", "sender", "incoming_number", "incoming_on", "petition_date", "received_on", "original_papers"),
)
"""What is the same in every content of one letter."""

MOST_TAGS = 4
WITH_ADDRESS = frozenset({PetitionDirection.GUIDE, PetitionDirection.FORWARD, PetitionDirection.REQUIRE_LOWER})
WITH_REASON = frozenset({PetitionDirection.FILE, PetitionDirection.REFUSE, PetitionDirection.RETURN})


class Tick(CheckField):
    """A tick at the right of a card's heading, no higher than its box."""

    def __init__(self, label: Text) -> None:
        super().__init__(label)
        self.note.hide()
        self._hint.hide()


def make_fields(today: Callable[[], date]) -> dict[str, Field]:
    """Field of the draft -> its editor, in the order in which an envelope is opened."""
    return {
        "source": ChoiceField(_("Source"), list(words.options(PetitionSource)), style="combo", required=True),
        "received_on": DateField(_("Received on"), today=today, past=True, required=True),
        "petition_date": DateField(_("Written on"), today=today, past=True),
        "sender": LineField(_("Sent on by"), required=True),
        "incoming_number": LineField(_("Number of their letter"), max_length=200),
        "incoming_on": DateField(_("Date of their letter"), today=today, past=True),
        "anonymous": Tick(_("Anonymous: no name and address")),
        "original_papers": Tick(_("Original papers came with it")),
        "name": LineField(_("Full name or organisation")),
        "birth_date": BirthField(_("Born"), today=today),
        "sex": ChoiceField(_("Sex"), list(words.options(Sex))),
        "id_kind": ChoiceField(_("Identity paper"), list(words.options(IdKind)), style="combo"),
        "id_number": LineField(_("ID number"), max_length=40),
        "phone": LineField(_("Telephone"), max_length=40),
        "address": LineField(_("Address")),
        "represented": LineField(_("On behalf of")),
        "signers": IntField(_("People who signed"), least=1, empty=1),
        "members": petitioners_field(_("Signed with")),
        "classification": ChoiceField(_("Classification"), list(words.options(Classification)), required=True),
        "instance": ChoiceField(_("First or again"), [(1, _("First")), (2, _("Second, again"))]),
        "field": ChoiceField(_("Field of the report"), [], style="combo"),
        "tag": LineField(_("Tag of the office"), max_length=80),
        "content": TextField(_("Content"), lines=4, required=True),
        "request": TextField(_("Request"), lines=2),
        "subjects": subjects_field(_("About whom")),
        "eligible": ChoiceField(_("Eligible for processing"), [(True, _("Yes")), (False, _("No"))]),
        "ineligible": TicksField(_("Grounds against it"), required=True),
        "within_competence": ChoiceField(_("Competence"), [(True, _("Ours")), (False, _("Not ours"))]),
        "direction": ChoiceField(_("Handling"), list(words.options(PetitionDirection)), style="combo"),
        "directed_to": LineField(_("To which office"), required=True),
        "direction_number": LineField(_("Number of the letter"), max_length=200),
        "direction_on": DateField(_("Date of the letter"), today=today, past=True),
        "direction_reason": TextField(_("Reason"), lines=2, required=True),
        "note": LineField(_("Note")),
    }


def cards(fields: Mapping[str, Field]) -> tuple[list[Card], list[Card]]:
    """Left: where it came from and who wrote it. Right: what it says and what is done."""
    origin = Card(_("Where it came from"))
    origin.add_row((fields["source"], 4), (fields["received_on"], 3), (fields["petition_date"], 3))
    origin.add_row((fields["sender"], 1))
    origin.add_row((fields["incoming_number"], 3), (fields["incoming_on"], 2))
    who = Card(_("Who wrote it"))
    origin.add_head(fields["original_papers"])
    who.add_head(fields["anonymous"])
    who.add_row((fields["name"], 5), (fields["birth_date"], 3))
    who.add_row((fields["id_kind"], 4), (fields["id_number"], 3), (fields["phone"], 3))
    who.add_row((fields["sex"], 2), (fields["address"], 5))
    who.add_row((fields["represented"], 3), (fields["signers"], 2))
    who.add_row((fields["members"], 1))
    what = Card(_("What it says"))
    what.add_row((fields["classification"], 1))
    what.add_row((fields["content"], 1))
    what.add_row((fields["request"], 1))
    what.add_row((fields["subjects"], 1))
    what.add_row((fields["field"], 3), (fields["tag"], 3), (fields["instance"], 3))
    judged = Card(_("Judgement and handling"))
    judged.add_row((fields["eligible"], 1), (fields["within_competence"], 1))
    judged.add_row((fields["ineligible"], 1))
    judged.add_row((fields["direction"], 3), (fields["directed_to"], 4))
    judged.add_row((fields["direction_number"], 3), (fields["direction_on"], 2))
    judged.add_row((fields["direction_reason"], 1))
    judged.add_row((fields["note"], 1))
    return [origin, who], [what, judged]


def follow(fields: Mapping[str, Field], draft: PetitionDraft, tags: Mapping[str, str], *, masked: bool) -> None:
    """Shows what source, class and judgement ask for. `masked`: the identity is sealed and not shown."""
    for name in ("sender", "incoming_number", "incoming_on"):
        fields[name].setVisible(draft.source in PASSED_ON)
    for name in PERSON:
        fields[name].setVisible(not masked and (name == "anonymous" or not draft.anonymous))
    fields["members"].setVisible(not masked and not draft.anonymous and (draft.signers > 1 or bool(draft.members)))
    fields["instance"].setVisible(draft.classification in (Classification.COMPLAINT, Classification.DENUNCIATION))
    fields["ineligible"].setVisible(draft.eligible is False)
    fields["directed_to"].setVisible(draft.direction in WITH_ADDRESS)
    fields["direction_reason"].setVisible(draft.direction in WITH_REASON)
    for name in ("direction_number", "direction_on"):
        fields[name].setVisible(draft.direction is not None)
    if draft.classification is None:
        return
    bucket, grounds = fields["field"], fields["ineligible"]
    assert isinstance(bucket, ChoiceField) and isinstance(grounds, TicksField)
    bucket.set_options([(one.code, one.text) for one in classification_buckets(draft.classification).fields])
    bucket.set_value(draft.field)
    grounds.offer(case_grounds("not_eligible", draft.classification))
    grounds.set_value(draft.ineligible)
    offered = tuple(name for name, code in tags.items() if draft.field in ("", code))[:MOST_TAGS]
    if fields["tag"].property("offered") != offered:
        fields["tag"].setProperty("offered", offered)
        fields["tag"].set_suggestions(offered)


def fitting(draft: PetitionDraft) -> dict[str, Any]:
    """What does not fit a class that was chosen anew, and its empty value: a field and grounds of another class."""
    if draft.classification is None:
        return {}
    codes = {one.code for one in classification_buckets(draft.classification).fields}
    grounds = {one.code for one in case_grounds("not_eligible", draft.classification)}
    kept = tuple(code for code in draft.ineligible if code in grounds)
    values: dict[str, Any] = {}
    if draft.field and draft.field not in codes:
        values |= {"field": "", "tag": ""}
    if kept != draft.ineligible:
        values["ineligible"] = kept
    if draft.eligible and draft.ineligible:
        values["ineligible"] = ()
    return values
