"""The recycle bin: what goes and comes together, what must be told first, whose numbers are missing and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.recycle.binned_words import BinnedWords
from tcd_desktop.store.journal.lines import RECORDS, own_fields
from tcd_desktop.store.lists.pages import ReceptionQuery
from tcd_desktop.store.lists.recycle import BIN_TABLES
from tcd_desktop.ui.recycle.bin_words import KINDS
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_office, reopen
from tests.papers import scan_pdf

WHY = "Ghi trùng lượt 1/2026"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def listed(office: OpenOffice, text: str = "") -> list[str]:
    with office.store.reading() as connection:
        page = office.receptions.pages.page(connection, ReceptionQuery(text=text), before=None, size=50)
        return [row.number for row in page.rows]


def codes(office: OpenOffice, table: str, identity: str) -> set[str]:
    return {one.code for one in office.recycle.consequences(table, identity)}


def test_a_removed_visit_leaves_lists_and_search_and_comes_back_with_its_petition(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    office.recycle.remove("reception", visit.id, WHY)
    assert listed(office) == [] and listed(office, "nguyen van duc") == []
    assert [p.removed for p in office.store.all(Petition)] == [WHY]
    assert [c.removed for c in office.store.all(Citizen)] == [WHY], "nobody else's visit names this citizen"
    office.recycle.restore("reception", visit.id)
    assert listed(office) == ["1/2026"] == listed(office, "nguyen van duc")
    assert office.receptions.find(visit.id) == visit
    assert not any(record.removed for kind in (Petition, Citizen) for record in office.store.all(kind))


def test_a_citizen_who_came_twice_stays_known(office: OpenOffice) -> None:
    first = office.receptions.log(DRAFT).value
    office.receptions.log(DRAFT)
    office.recycle.remove("reception", first.id, WHY)
    assert [c.removed for c in office.store.all(Citizen)] == [""]


def test_the_number_of_a_removed_visit_is_given_to_nobody_else(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    office.recycle.remove("reception", visit.id, WHY)
    assert office.receptions.log(DRAFT).value.book_number == "2/2026"


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_needed"), ("abc ", "reason_needed"), ("x" * 301, "reason_too_long")]
)
def test_a_removal_needs_a_reason(office: OpenOffice, reason: str, code: str) -> None:
    visit = office.receptions.log(DRAFT).value
    with pytest.raises(Refused) as refused:
        office.recycle.remove("reception", visit.id, reason)
    assert refused.value.code == code
    assert listed(office) == ["1/2026"]


def test_a_visit_with_slip_answer_or_case_goes_only_when_the_consequences_were_told(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    office.slips.print(visit.id)
    office.receptions.answer(visit.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=MONDAY.date())
    must = {"slip_printed", "answered", "case_goes"}
    assert codes(office, "reception", visit.id) == {"number_kept", *must}
    for told in (frozenset(), frozenset({"slip_printed", "answered"})):
        with pytest.raises(Refused) as refused:
            office.recycle.remove("reception", visit.id, WHY, told=told)
        assert refused.value.code == "consequences_untold"
    office.recycle.remove("reception", visit.id, WHY, told=frozenset(must))
    assert office.store.all(CaseFile)[0].removed == WHY
    office.recycle.restore("reception", visit.id)
    assert office.store.all(CaseFile)[0].removed == "", "the case of this visit alone comes back with it"


def test_a_case_with_another_visit_stays_when_one_of_them_goes(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    office.receptions.log(DRAFT, case=visit.case)
    assert "case_stays" in codes(office, "reception", visit.id)
    office.recycle.remove("reception", visit.id, WHY, told=frozenset({"case_stays"}))
    assert office.store.all(CaseFile)[0].removed == ""


def test_a_removed_case_lets_its_visits_go_and_has_them_again_afterwards(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    other = office.receptions.log(DRAFT, case=visit.case).value
    case = visit.case
    office.recycle.remove("case_file", case, "Mở nhầm hồ sơ")
    assert [office.receptions.find(one.id).case for one in (visit, other)] == [None, None]
    assert {petition.case for petition in office.store.all(Petition)} == {None}
    later = office.cases.open_from(other.id).value
    office.recycle.restore("case_file", case)
    assert office.receptions.find(visit.id).case == case
    assert office.receptions.find(other.id).case == later.id, "it has another case by now"


def test_restoring_a_case_alone_brings_its_visit_along_when_they_went_together(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    office.recycle.remove("reception", visit.id, WHY, told=frozenset({"case_goes"}))
    office.recycle.restore("case_file", visit.case)
    assert office.receptions.find(visit.id).removed == ""


def test_a_paper_does_not_come_back_to_a_visit_that_is_gone(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    paper = office.attachments.add("Đơn.pdf", scan_pdf(), case=visit.case).value
    office.recycle.remove("attachment", paper.id, "Đính kèm nhầm")
    assert [(line.table, line.name, line.why) for line in office.recycle.bin.lines()] == [
        ("attachment", paper.name, "Đính kèm nhầm")
    ]
    office.recycle.remove("reception", visit.id, WHY, told=frozenset({"case_goes"}))
    with pytest.raises(Refused) as refused:
        office.recycle.restore("attachment", paper.id)
    assert refused.value.code == "owner_removed"
    office.recycle.restore("reception", visit.id)
    office.recycle.restore("attachment", paper.id)
    assert office.recycle.bin.lines() == []


def test_the_bin_says_what_who_when_and_why_and_hides_denouncers(office: OpenOffice) -> None:
    open_one = office.receptions.log(DRAFT).value
    secret = office.receptions.log(SECRET).value
    for visit in (open_one, secret):
        office.recycle.remove("reception", visit.id, WHY)
    latest, first = office.recycle.bin.lines()
    assert (first.number, first.name, first.why, first.who) == ("1/2026", "Nguyễn Văn Đức", WHY, "Lê Thị Thử")
    assert first.at is not None and first.at.astimezone().date() == MONDAY.date()
    assert (latest.number, latest.name, latest.secret) == ("2/2026", "", True)
    assert not any(word in repr(office.recycle.bin.lines()) for word in SECRET_WORDS)


def test_every_record_that_can_be_removed_has_words_and_lies_in_the_bin() -> None:
    with_reason = {table for table, record in RECORDS.items() if "removed" in {one.name for one in own_fields(record)}}
    assert set(BIN_TABLES) == with_reason == set(KINDS)
    assert {RECORDS[table] for table in BIN_TABLES} == set(BinnedWords(None)._words)  # type: ignore[arg-type]


def test_a_directive_taken_back_lies_in_the_bin_and_comes_back(office: OpenOffice) -> None:
    draft = DirectiveDraft(
        level=DirectiveLevel.DISTRICT,
        issuer="UBND quận",
        number="12/CV",
        issued_on=MONDAY.date(),
        content="Báo cáo việc lấn ngõ",
        units=(office.office.id,),
    )
    done = office.directives.issue(draft)
    office.undo.undo(done.entry)
    (line,) = office.recycle.bin.lines()
    assert (line.table, line.number, line.name, line.who) == (
        "directive",
        "12/CV",
        "Báo cáo việc lấn ngõ",
        "Lê Thị Thử",
    )
    office.recycle.restore("directive", done.value.id)
    assert office.recycle.bin.lines() == [] and office.store.all(Directive)[0].removed == ""
    office.undo.undo()
    assert len(office.recycle.bin.lines()) == 1, "the restoring can be undone like any act"


def test_a_step_comes_back_with_the_state_it_gave_the_case_or_not_at_all(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    told = StepDraft(on=MONDAY.date(), number="12/QĐ-UBND", dated=MONDAY.date(), reason="Có căn cứ", body="Tổ xác minh")
    taken = office.steps.take(visit.case, "accept", told)
    moved = office.store.find_own(CaseFile, visit.case)
    office.undo.undo(taken.entry)
    (line,) = office.recycle.bin.lines()
    assert (line.table, line.code) == ("case_step", "accept")
    assert office.store.find_own(CaseFile, visit.case) != moved
    office.recycle.restore("case_step", line.id)
    assert office.store.find_own(CaseFile, visit.case) == moved and office.recycle.bin.lines() == []


def test_nothing_comes_back_beside_what_took_its_place(office: OpenOffice) -> None:
    add = partial(
        office.tags.add, "đèn đường", classification=Classification.COMPLAINT, field="land", since=MONDAY.date()
    )
    first = add().value
    office.tags.remove(first)
    add()
    with pytest.raises(Refused) as refused:
        office.recycle.restore("class_tag", first.id)
    assert refused.value.code == "place_taken"


def test_what_another_pc_took_out_is_restored_there(office: OpenOffice) -> None:
    with office.store.unit(act="directive.issue", officer=office.officer.id) as unit:
        unit.put(
            Directive(
                id="d" * 32,
                office=unit.office,
                level=DirectiveLevel.DISTRICT,
                issuer="UBND quận",
                issued_on=MONDAY.date(),
                content="Báo cáo",
            )
        )
        unit.commit()
    with office.store.writing() as connection:  # as a bundle writes it
        connection.exec_driver_sql("UPDATE directive SET removed = 'Hoàn tác'")
    with pytest.raises(Refused) as refused:
        office.recycle.restore("directive", "d" * 32)
    assert refused.value.code == "removed_elsewhere"


def test_what_belongs_to_a_denunciation_has_no_words_in_the_bin(office: OpenOffice) -> None:
    secret = office.receptions.log(SECRET, open_case=True).value
    paper = office.attachments.add("Đơn của Phạm Thị Kín.pdf", scan_pdf(), case=secret.case).value
    sitting = office.sittings.add(
        replace(office.sittings.blank(), day=MONDAY.date(), leader="Phạm Tiến Vinh", place="Phòng tiếp")
    ).value
    told = office.conclusions.add(
        replace(
            office.conclusions.blank(sitting),
            reception=secret.id,
            case=secret.case,
            responsible="Tổ 5",
            content="Trả lời bà Phạm Thị Kín",
        )
    ).value
    office.recycle.remove("attachment", paper.id, WHY)
    office.recycle.remove("conclusion", told.id, WHY)
    lines = office.recycle.bin.lines()
    assert {line.table for line in lines} == {"attachment", "conclusion"}
    assert all(line.secret and line.name == "" for line in lines)


def test_the_bin_shows_so_many_of_each_kind_and_counts_all(office: OpenOffice) -> None:
    for _each in range(4):
        office.recycle.remove("reception", office.receptions.log(DRAFT).value.id, WHY)
    bin_ = office.recycle.bin
    assert (len(bin_.lines(most=3)), bin_.count()) == (3, 4)
    assert len(bin_.lines(most=5)) == 4


def test_every_missing_number_of_a_year_is_explained(office: OpenOffice) -> None:
    visits = [office.receptions.log(DRAFT).value for _ in range(4)]
    office.recycle.remove("reception", visits[1].id, WHY)
    (gap,) = office.recycle.bin.gaps("reception", 2026)
    assert (gap.series, gap.first, gap.last, gap.state, gap.line.why) == ("A", 2, 2, "removed", WHY)
    with office.store.writing() as connection:  # as after an older copy was put back on the other PC
        connection.exec_driver_sql("UPDATE counter SET last = 9 WHERE book = 'reception'")
        connection.exec_driver_sql("INSERT INTO counter (book, year, series, last) VALUES ('case', 2026, 'A', 56)")
    office.receptions.log(DRAFT, open_case=True)
    assert [(g.first, g.last, g.state) for g in office.recycle.bin.gaps("reception", 2026)] == [
        (2, 2, "removed"),
        (5, 9, "absent"),
    ]
    assert [(g.first, g.last, g.state) for g in office.recycle.bin.gaps("case_file", 2026)] == [(1, 56, "before")]
    assert office.recycle.bin.years() == [2026]


def test_a_removal_is_undone_and_redone_like_every_act(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    office.recycle.remove("reception", visit.id, WHY, told=frozenset({"case_goes"}))
    office.undo.undo()
    assert office.receptions.find(visit.id).removed == "" == office.store.all(CaseFile)[0].removed
    office.undo.redo()
    assert office.receptions.find(visit.id).removed == WHY == office.store.all(CaseFile)[0].removed


def test_an_undone_visit_can_be_restored_from_the_bin(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    office.undo.undo(reason="Hoàn tác: ghi lượt tiếp 1/2026")
    again = reopen(office)
    try:
        assert {line.why for line in again.recycle.bin.lines()} == {"Hoàn tác: ghi lượt tiếp 1/2026"}
        again.recycle.restore("reception", visit.id)
        assert again.receptions.find(visit.id) == visit
        assert again.store.all(CaseFile)[0].removed == ""
    finally:
        again.close()


def test_nothing_is_removed_twice_nor_restored_when_it_is_there(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    with pytest.raises(Refused) as refused:
        office.recycle.restore("reception", visit.id)
    assert refused.value.code == "not_removed"
    office.recycle.remove("reception", visit.id, WHY)
    with pytest.raises(Refused) as refused:
        office.recycle.remove("reception", visit.id, WHY)
    assert refused.value.code == "removed_already"


def test_a_visit_of_another_office_is_not_removed_here(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    with office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE reception SET office = 'P-02'")
    with pytest.raises(Refused) as refused:
        office.recycle.remove("reception", visit.id, WHY)
    assert refused.value.code == "other_office"
    assert replace(visit, office="P-02") == office.receptions.find(visit.id)
