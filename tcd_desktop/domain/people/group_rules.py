"""Several people with the same content (đoàn): who speaks for them (Luật Tiếp công dân Điều 29; domain 3.4, 6.3).

Blocking codes:

    missing                 a member's name ("members.0.name")
    too_many_speak          members: {people, speakers, high} more than ten people appoint at most five
    too_many_members        members: {limit}
    too_long, bad_character, not_nfc    texts of a member ("members.0.address"), see `text.text_problem`

Warnings:

    missing                 representation_kind of a group: the paper that names its representatives
    group_representatives   role: {people, high} five people or more appoint representatives
    group_needs_people      people: one person is no group
    too_many_speak          members: {people, speakers, high} up to ten people appoint one or two
    nobody_speaks           members: the list does not say who speaks
    speaker_not_member      members: who speaks must be one of the people of the list
    members_count           members: {members, people} the list has fewer people than the visit
    members_named           members: {members, people} a denunciation names everybody (Luật Tố cáo Điều 23)
    member_twice            members: {row, other} the same person twice
    members_sign            members_signed: all sign the paper that names their representatives
    some_not_signed         members_signed: {count} of the list have not signed
    group_petition          has_petition: a group's complaint is accepted with a petition that all signed (NĐ 155/2026)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcd_desktop.domain.findings import Findings
from tcd_desktop.domain.language.text import fold, text_problem
from tcd_desktop.domain.terms import Classification, Direction, Role

if TYPE_CHECKING:
    from tcd_desktop.domain.receptions.reception import ReceptionDraft

SMALL, LARGE = 5, 10
"""Five people are a crowd; up to and with ten people one or two speak, above ten up to five."""

MAX_MEMBERS: Final = 500
"""So many are listed by name; a larger crowd is counted, and its list attached."""

MEMBER_TEXTS: Final = {"name": 200, "address": 500, "id_number": 40, "birth_date": 40, "phone": 80}


def most_speakers(people: int) -> int:
    """How many representatives so many people may appoint at most."""
    return 2 if people <= LARGE else 5


def check_group(draft: ReceptionDraft, found: Findings) -> None:
    """Adds what is wrong with a group and the list of its people."""
    grouped = draft.role is Role.GROUP_REPRESENTATIVE
    if not grouped and draft.people >= SMALL:
        found.doubt("role", "group_representatives", people=draft.people, high=most_speakers(draft.people))
    if not (grouped or draft.members):
        return
    _check_members(draft, found)
    if grouped:
        _check_appointment(draft, found)
        _check_petition(draft, found)
    if grouped and draft.people < 2:
        found.doubt("people", "group_needs_people")


def _check_members(draft: ReceptionDraft, found: Findings) -> None:
    members = draft.members
    if len(members) > MAX_MEMBERS:
        found.stop("members", "too_many_members", limit=MAX_MEMBERS)
    for row, member in enumerate(members):
        for name, limit in MEMBER_TEXTS.items():
            text = getattr(member, name)
            if problem := text_problem(text, limit):
                found.add(f"members.{row}.{name}", problem)
        if not member.name.strip():
            found.stop(f"members.{row}.name", "missing")
    _check_speakers(draft, found)
    _check_same(draft, found)
    if draft.is_secret and len(members) < draft.people and draft.people > 1:
        found.doubt("members", "members_named", members=len(members), people=draft.people)
    elif members and len(members) < draft.people:
        found.doubt("members", "members_count", members=len(members), people=draft.people)


def _check_speakers(draft: ReceptionDraft, found: Findings) -> None:
    """n < 5 and 5-10: one or two, a doubt; above ten: more than five stop (domain 3.4)."""
    if not draft.members:
        return
    speakers = [member for member in draft.members if member.speaks]
    people = max(draft.people, len(draft.members))
    high = most_speakers(people)
    if not speakers:
        found.doubt("members", "nobody_speaks")
    elif len(speakers) > high and people > LARGE:
        found.stop("members", "too_many_speak", people=people, speakers=len(speakers), high=high)
    elif len(speakers) > high:
        found.doubt("members", "too_many_speak", people=people, speakers=len(speakers), high=high)
    elif draft.name.strip() and fold(draft.name) not in {fold(member.name) for member in draft.members}:
        found.doubt("members", "speaker_not_member")


def _check_same(draft: ReceptionDraft, found: Findings) -> None:
    """Rows are named by their place: a problem never carries the name of a denouncer."""
    seen: dict[tuple[str, str], int] = {}
    for row, member in enumerate(draft.members, start=1):
        key = (fold(member.name), member.id_number or f"{fold(member.birth_date)} {fold(member.address)}")
        if member.name and seen.setdefault(key, row) != row:
            found.doubt("members", "member_twice", row=row, other=seen[key])
            return


def _check_appointment(draft: ReceptionDraft, found: Findings) -> None:
    """Văn bản cử người đại diện, with the signatures of all."""
    if draft.representation_kind is None and not draft.representation_paper.strip():
        found.demand(draft, "representation_kind", stops=False)
        return
    unsigned = sum(not member.signed for member in draft.members)
    if not draft.members_signed and (unsigned or not draft.members):
        found.doubt("members_signed", "members_sign")
    elif draft.members_signed and 0 < unsigned < len(draft.members):
        found.doubt("members_signed", "some_not_signed", count=unsigned)


def _check_petition(draft: ReceptionDraft, found: Findings) -> None:
    complaint = draft.classification is Classification.COMPLAINT
    if complaint and draft.direction is Direction.ACCEPT and not draft.has_petition:
        found.doubt("has_petition", "group_petition")
