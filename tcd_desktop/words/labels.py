"""The words of every closed list of the law, and the names of the fields of a visit."""

from __future__ import annotations

from enum import Enum, StrEnum

from tcd_desktop.domain.terms import (
    AnswerChannel,
    AnswerKind,
    CaseState,
    Classification,
    Direction,
    HostBody,
    IdKind,
    LinkKind,
    OfficeKind,
    OfficerRight,
    PaperCondition,
    PetitionSource,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    RepresentationKind,
    Role,
    Sex,
    Signing,
    SittingKind,
    SittingState,
)
from tcd_desktop.i18n import LazyText, lazy

_LABELS: tuple[tuple[StrEnum, LazyText], ...] = (
    (RepresentationKind.NOTARISED, lazy("Notarised power of attorney")),
    (RepresentationKind.CERTIFIED, lazy("Certified power of attorney")),
    (RepresentationKind.ORGANISATION, lazy("Authorisation by the organisation")),
    (RepresentationKind.GUARDIAN, lazy("Proof of legal representation")),
    (RepresentationKind.LEGAL_REQUEST, lazy("Request for legal help")),
    (RepresentationKind.AID_ASSIGNMENT, lazy("Assignment of legal aid")),
    (RepresentationKind.APPOINTMENT, lazy("Appointment of representatives")),
    (RepresentationKind.OTHER, lazy("Other paper")),
    (SittingKind.PERIODIC, lazy("Scheduled sitting")),
    (SittingKind.AD_HOC, lazy("Unscheduled sitting")),
    (SittingKind.DIALOGUE, lazy("Dialogue")),
    (SittingState.PLANNED, lazy("Planned")),
    (SittingState.POSTED, lazy("Posted")),
    (SittingState.HELD, lazy("Held")),
    (SittingState.POSTPONED, lazy("Postponed")),
    (SittingState.NOBODY_CAME, lazy("Nobody came")),
    (LinkKind.DUPLICATE, lazy("Duplicate")),
    (LinkKind.SECOND_INSTANCE, lazy("Second instance")),
    (LinkKind.SAME_MATTER, lazy("Same matter")),
    (LinkKind.CONTINUATION, lazy("Continuation")),
    (LinkKind.NOT_DUPLICATE, lazy("Not a duplicate")),
    (ReceptionKind.REGULAR, lazy("Regular reception")),
    (ReceptionKind.SCHEDULED, lazy("Scheduled reception")),
    (ReceptionKind.AD_HOC, lazy("Ad hoc reception")),
    (ReceptionForm.DIRECT, lazy("In person")),
    (ReceptionForm.ONLINE, lazy("Online")),
    (ReceiverRank.OFFICER, lazy("Officer")),
    (ReceiverRank.HEAD, lazy("Head of the office")),
    (ReceiverRank.DELEGATE, lazy("Delegated receiver")),
    (HostBody.COMMITTEE, lazy("People's Committee")),
    (HostBody.COUNCIL, lazy("People's Council")),
    (HostBody.PARTY, lazy("Party committee")),
    (Classification.COMPLAINT, lazy("Complaint")),
    (Classification.DENUNCIATION, lazy("Denunciation")),
    (Classification.PETITION, lazy("Recommendation")),
    (Classification.FEEDBACK, lazy("Feedback")),
    (Direction.ACCEPT, lazy("Accept for settlement")),
    (Direction.GUIDE, lazy("Give guidance")),
    (Direction.FORWARD, lazy("Forward the petition")),
    (Direction.REQUIRE_LOWER, lazy("Require the office below to settle")),
    (Direction.EXPLAIN, lazy("Explain on the spot")),
    (Direction.TO_HEAD, lazy("Pass to the head")),
    (Direction.REFUSE, lazy("Refuse reception")),
    (Sex.MALE, lazy("Male")),
    (Sex.FEMALE, lazy("Female")),
    (IdKind.CITIZEN_CARD, lazy("Citizen card")),
    (IdKind.IDENTITY_CERTIFICATE, lazy("Identity certificate")),
    (IdKind.PERSONAL_NUMBER, lazy("Personal number")),
    (IdKind.PASSPORT, lazy("Passport")),
    (IdKind.OTHER, lazy("Other paper")),
    (Role.SELF, lazy("For themselves")),
    (Role.ORGANISATION_HEAD, lazy("Head of an organisation")),
    (Role.AUTHORISED, lazy("Authorised person")),
    (Role.LEGAL_REPRESENTATIVE, lazy("Legal representative")),
    (Role.LAWYER, lazy("Lawyer")),
    (Role.LEGAL_AID, lazy("Legal aid officer")),
    (Role.GROUP_REPRESENTATIVE, lazy("Representative of a group")),
    (Role.RELATED, lazy("Related person")),
    (Signing.SIGNED, lazy("Signed")),
    (Signing.FINGERPRINT, lazy("Fingerprint")),
    (Signing.UNSIGNED, lazy("Not signed")),
    (PaperCondition.PHOTOCOPY, lazy("Photocopy")),
    (PaperCondition.CERTIFIED_COPY, lazy("Certified copy")),
    (PaperCondition.ORIGINAL, lazy("Original")),
    (PaperCondition.OTHER, lazy("Other condition")),
    (AnswerKind.ACCEPTED, lazy("Accepted for settlement")),
    (AnswerKind.EXTENDED, lazy("Extended for verification")),
    (AnswerKind.NOT_ACCEPTED, lazy("Settlement refused")),
    (AnswerKind.FORWARDED, lazy("Forwarded to the competent office")),
    (AnswerChannel.IN_PERSON, lazy("Answered in person")),
    (AnswerChannel.WRITTEN, lazy("Answered in writing")),
    (CaseState.RECEIVED, lazy("Newly received")),
    (CaseState.UNDER_REVIEW, lazy("Under review")),
    (CaseState.ACCEPTED, lazy("Accepted")),
    (CaseState.NOT_ACCEPTED, lazy("Not accepted")),
    (CaseState.GUIDED, lazy("Guided")),
    (CaseState.FORWARDED, lazy("Forwarded")),
    (CaseState.ANSWERED, lazy("Answered")),
    (CaseState.CLOSED, lazy("Closed")),
    (PetitionSource.RECEPTION, lazy("Received at a visit")),
    (PetitionSource.POST, lazy("By post")),
    (PetitionSource.TRANSFER, lazy("Forwarded by another office")),
    (OfficeKind.WARD, lazy("Ward office")),
    (OfficeKind.DISTRICT, lazy("District office")),
    (OfficerRight.RECEPTION, lazy("Reception officer")),
    (OfficerRight.HEAD, lazy("Leader")),
    (OfficerRight.CLERK, lazy("Filing clerk")),
    (OfficerRight.ADMIN, lazy("Administrator")),
    (OfficerRight.VIEWER, lazy("Viewer")),
)

LABELS: dict[tuple[type[Enum], str], LazyText] = {(type(member), member.value): text for member, text in _LABELS}
"""(list, stored value) -> words. Two lists may share a stored value, and then their members are equal as
texts."""

FIELD_NAMES: dict[str, LazyText] = {
    "date": lazy("Date of the visit"),
    "time": lazy("From"),
    "end_time": lazy("To"),
    "kind": lazy("Kind of reception"),
    "form": lazy("Form of reception"),
    "place": lazy("Place"),
    "host": lazy("Receiving body"),
    "receiver": lazy("Receiver"),
    "receiver_name": lazy("Receiver"),
    "receiver_title": lazy("Position"),
    "receiver_rank": lazy("Receives as"),
    "delegated_by": lazy("Delegated by"),
    "attendees": lazy("Others present"),
    "people": lazy("Number of people"),
    "name": lazy("Full name"),
    "birth_date": lazy("Date of birth"),
    "sex": lazy("Sex"),
    "id_kind": lazy("Kind of identity paper"),
    "id_number": lazy("Number of the identity paper"),
    "id_issued": lazy("Date of issue"),
    "id_place": lazy("Place of issue"),
    "address": lazy("Address"),
    "phone": lazy("Telephone"),
    "role": lazy("Comes as"),
    "represented": lazy("On behalf of"),
    "representation_paper": lazy("Paper of representation"),
    "content": lazy("Content of the matter"),
    "request": lazy("Request"),
    "settled_by": lazy("Offices that have settled it"),
    "classification": lazy("Classification"),
    "has_petition": lazy("There is a written petition"),
    "read_back": lazy("The record was read back"),
    "signing": lazy("Signature on the record"),
    "unsigned_reason": lazy("Why it is not signed"),
    "interpreter": lazy("Interpreter"),
    "direction": lazy("Handling"),
    "guided_to": lazy("Guided to"),
    "guidance_number": lazy("Number of the guidance letter"),
    "forwarded_to": lazy("Forwarded to"),
    "forwarding_number": lazy("Number of the forwarding letter"),
    "forwarded_on": lazy("Date of forwarding"),
    "refusal_ground": lazy("Ground of refusal"),
    "follow_up": lazy("Follow-up of the result"),
    "note": lazy("Note"),
    "documents": lazy("Documents handed over"),
    "pages": lazy("Pages"),
    "condition": lazy("Condition"),
    "code": lazy("Code"),
    "password": lazy("Password"),
}
"""Fields of a visit as the form, messages and histories name them."""


def label(member: Enum | None) -> str:
    """The words of a member of one of the closed lists; "" for None."""
    if member is None:
        return ""
    return str(LABELS[type(member), member.value])


def options(kind: type[StrEnum]) -> list[tuple[StrEnum, str]]:
    """Every member of a list with its words, in the order of the law: for choices."""
    return [(member, label(member)) for member in kind]


def field_name(name: str) -> str:
    """The words for a field's name; "documents.0.pages" says which document."""
    parts = name.split(".")
    last = FIELD_NAMES.get(parts[-1])
    words = str(last) if last else name
    if len(parts) == 3 and parts[1].isdigit():
        return f"{FIELD_NAMES['documents']} {int(parts[1]) + 1}, {words}"
    return words
