"""Groups, refusals and mixed contents at the desk: what is kept, computed, sealed and refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.matters import next_matter
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import (
    AnswerChannel,
    AnswerKind,
    Classification,
    Direction,
    RepresentationKind,
    Role,
    Signing,
)
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()
MEMBER_WORDS = ("Vũ Thị Ẩn Danh", "Ngách Không Tên 77", "001170099887", "0966000777")
MEMBERS = (
    Member(SECRET.name, address="Số 9 ngách Bí Mật", speaks=True, signed=True),
    Member(MEMBER_WORDS[0], MEMBER_WORDS[1], MEMBER_WORDS[2], "1970", MEMBER_WORDS[3], signed=True),
)
GROUP = {
    "role": Role.GROUP_REPRESENTATIVE,
    "people": 2,
    "members": MEMBERS,
    "representation_kind": RepresentationKind.APPOINTMENT,
}
REFUSED = replace(
    DRAFT,
    direction=Direction.REFUSE,
    refusal_ground="L9.3",
    earlier_answer="QĐ số 12/QĐ-UBND ngày 3/2/2025",
)
FEEDBACK = replace(
    next_matter(DRAFT),
    content="Đèn đường trước nhà hỏng đã hai tháng.",
    request="Đề nghị sửa đèn.",
    classification=Classification.FEEDBACK,
    has_petition=True,
    direction=Direction.FORWARD,
    forwarded_to="Công ty Chiếu sáng",
)
DENOUNCED = replace(
    FEEDBACK, classification=Classification.DENUNCIATION, direction=Direction.GUIDE, content="Tố cáo thu tiền."
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def everything_open(office: OpenOffice) -> str:
    """All that stands in the books without the secrecy key: rows, journal, search index."""
    with office.store.reading() as connection:
        tables = [
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ]
        cells = []
        for table in tables:
            cells += [str(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()]
    return "\n".join(cells)


# --- groups -----------------------------------------------------------------------------------------


def test_a_group_keeps_its_people_and_they_count(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, **{**GROUP, "people": 1, "members": MEMBERS})).value
    kept = office.receptions.find(visit.id)
    assert kept is not None and kept.members == MEMBERS
    assert kept.people == 2, "a list of two people is a visit of two"
    assert kept.members_signed, "all of the list have signed"


def test_empty_lines_of_a_list_are_left_out_and_names_are_cleaned(office: OpenOffice) -> None:
    typed = (Member("  Lê  Văn\u200b Một ", speaks=True), Member(""), Member("Lê Văn Hai"))
    visit = office.receptions.log(replace(DRAFT, **{**GROUP, "members": typed})).value
    assert [member.name for member in visit.members] == ["Lê Văn Một", "Lê Văn Hai"]


def test_the_people_of_a_group_that_denounces_are_found_nowhere_in_the_open(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(SECRET, **GROUP)).value
    assert visit.members == () and visit.sealed
    written = everything_open(office)
    for word in (*MEMBER_WORDS, *SECRET_WORDS):
        assert word not in written
    opened = office.receptions.reveal(visit.id, "đối chiếu danh sách")
    assert opened.members == MEMBERS


def test_an_amended_denunciation_keeps_its_sealed_people(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(SECRET, **GROUP)).value
    masked = ReceptionDraft(**{name: getattr(visit, name) for name in ReceptionDraft.__dataclass_fields__})
    after = office.receptions.amend(visit.id, replace(masked, content="Nội dung sửa lại.")).value
    assert after.members == ()
    assert office.receptions.reveal(visit.id, "đối chiếu danh sách").members == MEMBERS


# --- the statement ----------------------------------------------------------------------------------


def test_who_received_wrote_the_statement_down_unless_told_otherwise(office: OpenOffice) -> None:
    told = replace(DRAFT, has_petition=False, read_back=True, signing=Signing.SIGNED)
    assert office.receptions.log(told).value.recorded_by == "Lê Thị Thử"
    assert office.receptions.log(replace(told, recorded_by="Bà Ghi")).value.recorded_by == "Bà Ghi"
    assert office.receptions.log(DRAFT).value.recorded_by == "", "a petition speaks for itself"


def test_what_was_told_is_answered_after_it_was_read_back_and_signed(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, has_petition=False)).value
    answer = {"kind": AnswerKind.ACCEPTED, "channel": AnswerChannel.IN_PERSON, "on": TODAY}
    with pytest.raises(Refused, match="statement_open"):
        office.receptions.answer(visit.id, **answer)
    signed = replace(DRAFT, has_petition=False, read_back=True, signing=Signing.FINGERPRINT)
    office.receptions.amend(visit.id, signed)
    assert office.receptions.answer(visit.id, **answer).value.answered_on == TODAY


# --- refusals ---------------------------------------------------------------------------------------


def test_a_written_refusal_is_due_within_three_working_days(office: OpenOffice) -> None:
    visit = office.receptions.log(REFUSED).value
    assert visit.refusal_due == date(2026, 11, 27), "24/11 is a holiday: 25, 26, 27"
    assert visit.answer_due is None
    later = replace(REFUSED, date=date(2026, 11, 16), refusal_grounds_on=date(2026, 11, 19))
    assert office.receptions.log(later).value.refusal_due == date(2026, 11, 25), "20, 23, 25: from the grounds"


def test_a_refusal_by_word_owes_no_notice(office: OpenOffice) -> None:
    spoken = replace(REFUSED, refusal_ground="L9.2", refusal_explained=True)
    visit = office.receptions.log(spoken).value
    assert visit.refusal_due is None
    with pytest.raises(Refused, match="no_notice_needed"):
        office.receptions.issue_refusal_notice(visit.id, number="1/TB", on=TODAY)


def test_before_the_decree_there_was_no_clock_for_notices(office: OpenOffice) -> None:
    assert office.receptions.log(replace(REFUSED, date=date(2026, 6, 29))).value.refusal_due is None


def test_the_notice_is_recorded_with_number_and_day(office: OpenOffice) -> None:
    visit = office.receptions.log(REFUSED).value
    after = office.receptions.issue_refusal_notice(visit.id, number="  7/TB-UBND ", on=TODAY).value
    assert (after.refusal_notice_number, after.refusal_notice_on) == ("7/TB-UBND", TODAY)
    assert [line.act for line in office.cases.history(visit.id)][-1] == "reception.refusal_notice"


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [
        (" ", TODAY, "notice_number"),
        ("7/TB", date(2026, 11, 24), "notice_in_future"),
        ("7/TB", date(2026, 11, 20), "notice_before_visit"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(office: OpenOffice, number: str, on: date, code: str) -> None:
    visit = office.receptions.log(REFUSED).value
    with pytest.raises(Refused, match=code):
        office.receptions.issue_refusal_notice(visit.id, number=number, on=on)


def test_an_amendment_moves_the_clocks(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    refused = office.receptions.amend(visit.id, REFUSED).value
    assert (refused.answer_due, refused.refusal_due) == (None, date(2026, 11, 27))
    back = office.receptions.amend(visit.id, DRAFT).value
    assert (back.answer_due, back.refusal_due) == (date(2026, 12, 8), None)


# --- mixed contents ---------------------------------------------------------------------------------


def test_one_visit_with_two_contents_is_two_lines_in_one_act(office: OpenOffice) -> None:
    done = office.receptions.log_visit([DRAFT, replace(FEEDBACK, name="Ai Khác")], open_cases=[True])
    first, second = done.value
    assert [first.number, second.number] == [1, 2]
    assert (first.same_visit, second.same_visit) == (None, first.id)
    assert second.name == first.name == DRAFT.name, "the person is the first one's"
    assert (second.content, second.classification) == (FEEDBACK.content, Classification.FEEDBACK)
    assert second.citizen == first.citizen
    assert first.case is not None and second.case is None
    assert {one.entry for one in office.undo.recent() if one.act == "reception.log"} == {done.entry}
    assert office.receptions.matters(second) == [first, second] == office.receptions.matters(first)


def test_all_contents_are_written_or_none(office: OpenOffice) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.receptions.log_visit([DRAFT, replace(FEEDBACK, content="")])
    assert refused.value.row == 1
    assert office.store.all(Reception) == []


def test_taking_the_act_back_takes_all_its_lines_back(office: OpenOffice) -> None:
    done = office.receptions.log_visit([DRAFT, FEEDBACK])
    office.undo.undo(done.entry)
    assert all(visit.removed for visit in office.store.all(Reception))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_no_open_line_refers_to_a_denunciation_of_the_same_visit(office: OpenOffice, order: tuple[int, ...]) -> None:
    drafts = [DRAFT, DENOUNCED, FEEDBACK]
    visits = office.receptions.log_visit([replace(drafts[at], name=DRAFT.name) for at in order]).value
    secret = next(visit for visit in visits if visit.is_secret)
    assert secret.same_visit is None and secret.sealed and secret.name == "" and secret.citizen is None
    assert all(visit.same_visit != secret.id for visit in visits)
    assert office.receptions.matters(secret) == [secret]
    plain = [visit for visit in visits if not visit.is_secret]
    assert office.receptions.matters(plain[0]) == plain


def test_further_contents_are_split_from_a_saved_visit(office: OpenOffice) -> None:
    first = office.receptions.log(DRAFT).value
    second = office.receptions.split(first.id, [FEEDBACK], open_cases=[True]).value[0]
    third = office.receptions.split(second.id, [replace(FEEDBACK, content="Rác không được thu gom.")]).value[0]
    assert second.same_visit == third.same_visit == first.id
    assert second.name == DRAFT.name and second.date == DRAFT.date
    assert office.store.find(CaseFile, second.case or "")
    assert [visit.number for visit in office.receptions.matters(third)] == [1, 2, 3]


def test_a_denunciation_split_from_an_open_visit_is_sealed_and_unlinked(office: OpenOffice) -> None:
    first = office.receptions.log(DRAFT).value
    secret = office.receptions.split(first.id, [DENOUNCED]).value[0]
    assert secret.same_visit is None and secret.name == "" and secret.sealed
    assert office.receptions.reveal(secret.id, "kiểm tra thử").name == DRAFT.name


def test_nothing_open_is_split_from_a_denunciation(office: OpenOffice) -> None:
    secret = office.receptions.log(SECRET).value
    with pytest.raises(Refused, match="split_secret"):
        office.receptions.split(secret.id, [FEEDBACK])
    other = office.receptions.split(secret.id, [replace(DENOUNCED, content="Tố cáo việc khác.")]).value[0]
    assert other.same_visit == secret.id and other.name == ""
    assert all(word not in everything_open(office) for word in SECRET_WORDS)
