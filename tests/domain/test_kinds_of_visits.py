"""Every kind of visit of the law (domain 3.2 to 3.4) as data: what was typed -> what is wrong or doubtful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tcd_desktop.domain.people.group_rules import MAX_MEMBERS, most_speakers
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.people.representation_rules import PAPERS_OF_ROLE, papers_of
from tcd_desktop.domain.problems import blocking
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import REFUSAL_GROUNDS, WRITTEN_GROUNDS, needs_notice
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    RepresentationKind,
    Role,
    Signing,
)
from tests.domain.test_reception_rules import GOOD, TODAY

FOR = {"represented": "Lê Văn Bình"}
SECRET = {"classification": Classification.DENUNCIATION}
TOLD = {"has_petition": False, "read_back": True, "signing": Signing.SIGNED, "recorded_by": "Trần Văn An"}
CERTIFIED = {
    "representation_kind": RepresentationKind.CERTIFIED,
    "representation_scope": "Khiếu nại quyết định thu hồi đất số 12",
}
CARD = {"professional_card": "1234/LS"}
APPOINTED = {"representation_kind": RepresentationKind.APPOINTMENT, "members_signed": True}


def people(count: int, *, speak: int = 1, signed: bool = True) -> tuple[Member, ...]:
    """So many members; the first is the citizen at the table."""
    names = [GOOD.name, *(f"Thành viên {number}" for number in range(2, count + 1))]
    return tuple(
        Member(name, address="Phố Thử", speaks=at < speak, signed=signed, birth_date=str(1950 + at % 50))
        for at, name in enumerate(names)
    )


def group(count: int, *, speak: int = 1, **more: Any) -> dict[str, Any]:
    """A group whose list is complete."""
    base = {"role": Role.GROUP_REPRESENTATIVE, "people": count, "members": people(count, speak=speak), **APPOINTED}
    return {**base, **more}


def refused(ground: str, **more: Any) -> dict[str, Any]:
    return {"direction": Direction.REFUSE, "refusal_ground": ground, "refusal_explained": True, **more}


KINDS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    # one person
    ("one person with a petition", {}, {}),
    ("one person without a petition, read back and signed", TOLD, {}),
    ("one person who told and did not sign yet", {"has_petition": False}, {
        "read_back": "?read_back_needed", "signing": "?signing_needed"}),
    ("a fingerprint instead of a signature", {**TOLD, "signing": Signing.FINGERPRINT}, {}),
    ("somebody who does not sign, without a reason", {**TOLD, "signing": Signing.UNSIGNED}, {
        "unsigned_reason": "!missing"}),
    ("with an interpreter", {"interpreter": "Bà H'Lan, tiếng Ê Đê"}, {}),
    # who receives, how
    ("the head's day", {"kind": ReceptionKind.SCHEDULED, "receiver_rank": ReceiverRank.HEAD}, {}),
    ("the head's day, received by a delegate", {
        "kind": ReceptionKind.SCHEDULED, "receiver_rank": ReceiverRank.DELEGATE, "delegated_by": "Chủ tịch"}, {}),
    ("a delegate of nobody", {"kind": ReceptionKind.AD_HOC, "receiver_rank": ReceiverRank.DELEGATE}, {
        "delegated_by": "!missing"}),
    ("ad hoc, received by an officer", {"kind": ReceptionKind.AD_HOC}, {"receiver_rank": "?head_receives"}),
    ("online", {"form": ReceptionForm.ONLINE}, {}),
    ("online before there was such a thing", {
        "form": ReceptionForm.ONLINE, "date": date(2026, 6, 30)}, {"form": "?online_not_yet"}),
    ("a denunciation online", {"form": ReceptionForm.ONLINE, **SECRET}, {"form": "?denunciation_online"}),
    # C1 organisations
    ("the head of an organisation", {
        "role": Role.ORGANISATION_HEAD, "represented": "Công ty An Bình", "represented_address": "Phố Thử"}, {}),
    ("the head of an organisation nobody named", {"role": Role.ORGANISATION_HEAD}, {
        "represented": "!missing", "represented_address": "?missing"}),
    ("somebody whom an organisation sent", {
        "role": Role.AUTHORISED, "represented": "Công ty An Bình", "represented_address": "Phố Thử",
        "representation_kind": RepresentationKind.ORGANISATION, "representation_scope": "Khiếu nại"}, {}),
    # C2, C4 authorised people and legal representatives
    ("an authorised person", {"role": Role.AUTHORISED, **FOR, **CERTIFIED}, {}),
    ("an authorised person without a paper", {"role": Role.AUTHORISED, **FOR}, {"representation_kind": "!missing"}),
    ("an authorised person for nobody", {"role": Role.AUTHORISED, **CERTIFIED}, {"represented": "!missing"}),
    ("authorised for what?", {"role": Role.AUTHORISED, **FOR, "representation_kind": RepresentationKind.CERTIFIED}, {
        "representation_scope": "?scope_needed"}),
    ("several who are authorised for one content", {"role": Role.AUTHORISED, "people": 2, **FOR, **CERTIFIED}, {
        "people": "?one_is_authorised"}),
    ("a paper described in an older book", {
        "role": Role.AUTHORISED, **FOR, "representation_paper": "Giấy ủy quyền 12/2025"}, {
        "representation_kind": "?paper_kind_needed"}),
    ("an authorised person with the paper of a lawyer", {
        "role": Role.AUTHORISED, **FOR, **CERTIFIED, "representation_kind": RepresentationKind.LEGAL_REQUEST}, {
        "representation_kind": "?paper_not_for_role"}),
    ("another paper nobody described", {
        "role": Role.LEGAL_REPRESENTATIVE, **FOR, "representation_kind": RepresentationKind.OTHER}, {
        "representation_paper": "!missing"}),
    ("the guardian of a child", {
        "role": Role.LEGAL_REPRESENTATIVE, **FOR, "representation_kind": RepresentationKind.GUARDIAN}, {}),
    ("a paper of tomorrow", {
        "role": Role.AUTHORISED, **FOR, **CERTIFIED, "representation_on": date(2026, 11, 24)}, {
        "representation_on": "!future_date"}),
    ("a paper made after the visit", {
        "role": Role.AUTHORISED, **FOR, **CERTIFIED, "date": date(2026, 11, 20),
        "representation_on": date(2026, 11, 23)}, {"representation_on": "?paper_after_visit"}),
    ("refused because there was no paper", {"role": Role.AUTHORISED, **FOR, **refused("D4.1e")}, {
        "representation_kind": "?missing"}),
    # C3 lawyers and legal aid
    ("a lawyer with request and card", {
        "role": Role.LAWYER, **FOR, **CARD, "representation_kind": RepresentationKind.LEGAL_REQUEST}, {}),
    ("a lawyer without the card", {
        "role": Role.LAWYER, **FOR, "representation_kind": RepresentationKind.LEGAL_REQUEST}, {
        "professional_card": "!missing"}),
    ("a legal-aid officer with assignment and card", {
        "role": Role.LEGAL_AID, **FOR, **CARD, "representation_kind": RepresentationKind.AID_ASSIGNMENT}, {}),
    # C5 denunciations
    ("a denunciation in person", SECRET, {}),
    ("a denunciation by an authorised person", {"role": Role.AUTHORISED, **FOR, **CERTIFIED, **SECRET}, {
        "role": "?denunciation_in_person"}),
    ("a denunciation told by word and forwarded", {
        **TOLD, **SECRET, "direction": Direction.FORWARD, "forwarded_to": "Công an"}, {
        "direction": "?denunciation_guide"}),
    # groups
    ("three neighbours, one speaks", group(3), {}),
    ("four neighbours, three speak", group(4, speak=3), {"members": "?too_many_speak"}),
    ("a crowd of five, two speak", group(5, speak=2), {}),
    ("ten people, three speak", group(10, speak=3), {"members": "?too_many_speak"}),
    ("eleven people, three speak", group(11, speak=3), {}),
    ("eleven people, six speak", group(11, speak=6), {"members": "!too_many_speak"}),
    ("a group in which nobody speaks", group(8, speak=0), {"members": "?nobody_speaks"}),
    ("a speaker who is not of the group", group(6, name="Người Ngoài Danh Sách"), {"members": "?speaker_not_member"}),
    ("a list that is not complete", group(7, members=people(6)), {"members": "?members_count"}),
    ("a group without the paper of appointment", group(7, representation_kind=None), {
        "representation_kind": "?missing"}),
    ("a group in which not all have signed", group(7, members_signed=False, members=people(7, signed=False)), {
        "members_signed": "?members_sign"}),
    ("a group of one", group(1), {"people": "?group_needs_people"}),
    ("a crowd without representatives", {"people": 12}, {"role": "?group_representatives"}),
    ("a group's complaint without a petition", group(6, **TOLD), {"has_petition": "?group_petition"}),
    ("a group that denounces, everybody named", group(6, **SECRET), {}),
    ("a group that denounces, not everybody named", group(6, members=people(3), **SECRET), {
        "members": "?members_named"}),
    # refusals
    ("refused without a ground", refused(""), {"refusal_ground": "!missing"}),
    ("refused on a ground nobody knows", refused("L9.4"), {"refusal_ground": "!unknown_ground"}),
    ("refused by word, explained", refused("L9.1"), {}),
    ("refused by word, not explained", refused("L9.2", refusal_explained=False), {
        "refusal_explained": "?explain_refusal"}),
    ("refused in writing, the notice is due", refused("L9.3", earlier_answer="QĐ 12/2024"), {
        "refusal_ground": "?written_refusal"}),
    ("refused in writing, no earlier answer named", refused("L9.3"), {
        "refusal_ground": "?written_refusal", "earlier_answer": "?earlier_answer_needed"}),
    ("refused in writing, the notice is out", refused(
        "L9.3", earlier_answer="QĐ 12/2024", refusal_notice_number="3/TB-UBND", refusal_notice_on=TODAY), {}),
    ("a notice without a number", refused("L9.3", earlier_answer="QĐ", refusal_notice_on=TODAY), {
        "refusal_notice_number": "?notice_number_needed"}),
    ("a notice without a day", refused("L9.3", earlier_answer="QĐ", refusal_notice_number="3/TB"), {
        "refusal_ground": "?written_refusal", "refusal_notice_on": "?notice_day_needed"}),
    ("a notice of tomorrow", refused(
        "L9.3", earlier_answer="QĐ", refusal_notice_number="3/TB", refusal_notice_on=date(2026, 11, 24)), {
        "refusal_notice_on": "!future_date"}),
    ("a notice before the visit", refused(
        "L9.3", earlier_answer="QĐ", refusal_notice_number="3/TB", refusal_notice_on=date(2026, 11, 20)), {
        "refusal_notice_on": "!before_visit"}),
    ("a notice before its grounds", refused(
        "L9.3", earlier_answer="QĐ", date=date(2026, 11, 16), refusal_notice_number="3/TB",
        refusal_grounds_on=date(2026, 11, 19), refusal_notice_on=date(2026, 11, 18)), {
        "refusal_notice_on": "!notice_before_grounds"}),
    ("grounds of tomorrow", refused("L9.3", earlier_answer="QĐ", refusal_grounds_on=date(2026, 11, 24)), {
        "refusal_ground": "?written_refusal", "refusal_grounds_on": "!future_date"}),
    ("a court has decided, the answer is not named", refused("D4.1i"), {"earlier_answer": "?earlier_answer_needed"}),
    ("feedback answered before", refused("D4.1h", classification=Classification.FEEDBACK), {
        "refusal_ground": "?written_refusal"}),
    ("a ground for other visits", refused("D4.1h"), {"refusal_ground": "?ground_not_for"}),
    ("a ground of the decree before it", refused("D4.1a", date=date(2026, 6, 30)), {
        "refusal_ground": "?ground_not_in_force"}),
    ("refused without a ground before the decree", refused("", date=date(2026, 6, 30)), {
        "refusal_ground": "?missing"}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_a_kind_of_visit(typed: dict[str, Any], expected: dict[str, str]) -> None:
    found = replace(GOOD, **typed).problems(TODAY)
    told = {name: f"{'?' if problem.warning else '!'}{problem.code}" for name, problem in found.items()}
    assert told == expected


def test_the_ordinary_kinds_could_all_be_saved() -> None:
    clean = [typed for _name, typed, expected in KINDS if not any(code[0] == "!" for code in expected.values())]
    assert len(clean) >= 40
    for typed in clean:
        assert not blocking(replace(GOOD, **typed).problems(TODAY))


@pytest.mark.parametrize(
    ("on", "visit", "codes"),
    [
        (None, date(2026, 12, 31), set()),
        (None, date(2027, 1, 1), {"notarised_lapsed"}),
        (date(2026, 12, 31), date(2027, 1, 4), set()),
        (date(2027, 1, 2), date(2027, 1, 4), {"notarised_lapsed"}),
    ],
)
def test_notarised_papers_end_with_2026(on: date | None, visit: date, codes: set[str]) -> None:
    kind = RepresentationKind.NOTARISED
    draft = replace(GOOD, date=visit, role=Role.AUTHORISED, **FOR, **CERTIFIED)
    found = replace(draft, representation_kind=kind, representation_on=on).problems(date(2027, 1, 4))
    assert {problem.code for problem in found.values()} == codes
    assert not blocking(found)


@pytest.mark.parametrize(("count", "high"), [(2, 2), (5, 2), (10, 2), (11, 5), (200, 5)])
def test_so_many_may_speak(count: int, high: int) -> None:
    assert most_speakers(count) == high


def test_every_role_offers_another_paper_last_and_the_usual_one_first() -> None:
    for role in PAPERS_OF_ROLE:
        assert papers_of(role)[-1] is RepresentationKind.OTHER
    assert papers_of(Role.LAWYER)[0] is RepresentationKind.LEGAL_REQUEST
    assert papers_of(Role.SELF) == papers_of(Role.RELATED) == ()


def test_the_same_member_twice_is_told_by_the_lines_and_never_by_the_name() -> None:
    twice = (*people(6), replace(people(6)[2], speaks=False))
    found = replace(GOOD, **group(7, members=twice)).problems(TODAY)
    assert found["members"].code == "member_twice"
    assert found["members"].facts == {"row": 7, "other": 3}


def test_two_people_of_one_name_in_one_house_are_two_when_their_numbers_differ() -> None:
    one, other = (Member("Nguyễn Văn Nam", "Phố Thử", number) for number in ("001056000001", "001056000002"))
    found = replace(GOOD, **group(8, members=(*people(6), one, other))).problems(TODAY)
    assert "members" not in found


def test_a_member_has_a_name_and_clean_texts() -> None:
    members = (*people(2), Member(""), Member("Lê\x00Văn"), Member("Lê Văn B", address="a" * 501))
    found = replace(GOOD, **group(5, members=members)).problems(TODAY)
    codes = {name: problem.code for name, problem in found.items() if name.startswith("members.")}
    assert codes == {
        "members.2.name": "missing",
        "members.3.name": "bad_character",
        "members.4.address": "too_long",
    }


def test_a_list_is_not_endless() -> None:
    found = replace(GOOD, **group(MAX_MEMBERS + 1)).problems(TODAY)
    assert found["members"].code == "too_many_members" and not found["members"].warning


def test_exactly_two_grounds_need_a_notice() -> None:
    for ground in REFUSAL_GROUNDS:
        draft = ReceptionDraft(direction=Direction.REFUSE, refusal_ground=ground)
        assert needs_notice(draft) == (ground in WRITTEN_GROUNDS) == (ground in ("L9.3", "D4.1h"))
        assert not needs_notice(replace(draft, direction=Direction.ACCEPT))
