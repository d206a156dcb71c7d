"""Petitions by post stand in a book of their own, judged, directed once, sealed when they denounce."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Disclosure, Petition, PetitionDraft, Subject
from tcd_desktop.domain.cases.petition_rules import petition_problems
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import Classification, OfficerRight, PetitionDirection, PetitionSource
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.petition_pages import PetitionQuery
from tcd_desktop.store.search.petition_search import stale_petitions
from tests.offices import DRAFT, MONDAY, SECRET_WORDS, make_office

TODAY = MONDAY.date()
POST = PetitionDraft(
    source=PetitionSource.POST,
    received_on=date(2026, 11, 20),
    petition_date=date(2026, 11, 18),
    classification=Classification.COMPLAINT,
    name="Trần Thị Bưởi",
    address="Số 5 phố Thử Nghiệm",
    content="Khiếu nại quyết định xử phạt xây dựng",
    subjects=(Subject("UBND phường P-01"),),
    eligible=True,
    within_competence=True,
)
SECRET = replace(
    POST,
    classification=Classification.DENUNCIATION,
    name=SECRET_WORDS[0],
    address=SECRET_WORDS[2],
    phone=SECRET_WORDS[3],
    content="Tố cáo việc thu tiền không có biên lai",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"content": ""}, "content", "missing"),
        ({"classification": None}, "classification", "missing"),
        ({"received_on": date(2026, 11, 24)}, "received_on", "future_date"),
        ({"petition_date": date(2026, 11, 21)}, "petition_date", "written_after"),
        ({"source": PetitionSource.DEPUTY}, "sender", "missing"),
        ({"eligible": False}, "ineligible", "missing"),
        ({"ineligible": ("identity",)}, "ineligible", "eligible_grounds"),
        (
            {"eligible": False, "ineligible": ("several",), "direction": PetitionDirection.ACCEPT},
            "direction",
            "accept_not_eligible",
        ),
        ({"within_competence": False, "direction": PetitionDirection.ACCEPT}, "direction", "accept_outside"),
        ({"direction": PetitionDirection.FORWARD}, "directed_to", "missing"),
        ({"direction": PetitionDirection.FILE}, "direction_reason", "missing"),
        ({"signers": 0}, "signers", "signers_range"),
    ],
)
def test_what_cannot_be_is_stopped(change: dict[str, object], field: str, code: str) -> None:
    problem = petition_problems(replace(POST, **change), TODAY)[field]  # type: ignore[arg-type]
    assert (problem.code, problem.warning) == (code, False)


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (replace(POST, name=""), "name", "no_petitioner"),
        (replace(POST, original_papers=True), "original_papers", "original_papers"),
        (replace(SECRET, name="", anonymous=True, direction=PetitionDirection.ACCEPT), "direction", "anonymous_accept"),
        (
            replace(SECRET, direction=PetitionDirection.GUIDE, directed_to="Công an"),
            "direction",
            "denunciation_forward",
        ),
    ],
)
def test_what_is_doubtful_is_said_and_does_not_stop(draft: PetitionDraft, field: str, code: str) -> None:
    problem = petition_problems(draft, TODAY)[field]
    assert (problem.code, problem.warning) == (code, True)


def test_petitions_have_numbers_of_their_own_and_open_a_case_with_its_clock(office: OpenOffice) -> None:
    assert office.petitions.register(POST).value.book_number == "Đ 1/2026"
    second = office.petitions.register(POST, open_case=True).value
    assert second.book_number == "Đ 2/2026" and second.case is not None
    case = office.cases.find(second.case)
    assert case is not None and case.subjects == POST.subjects and case.received_on == POST.received_on
    # received Fri 20/11: 23 | 24 off | 25 26 27 | 30 1 2; no visit, so nobody waits for the answer of a reception
    assert (case.due_rule, case.due) == ("KN1.accept", date(2026, 12, 2))


def test_a_petition_with_several_contents_becomes_several_in_one_act(office: OpenOffice) -> None:
    parts = [POST, replace(POST, classification=Classification.FEEDBACK, content="Phản ánh đường ngập")]
    done = office.petitions.register_all(parts)
    assert [one.book_number for one in done.value] == ["Đ 1/2026", "Đ 2/2026"]
    office.undo.undo()
    assert all(one.removed for one in office.store.all(Petition))
    with pytest.raises(DraftRefused) as refused:
        office.petitions.register_all([POST, replace(POST, content="")])
    assert refused.value.row == 1


def test_who_denounces_by_post_is_sealed_and_stays_sealed_when_it_is_judged(office: OpenOffice) -> None:
    made = office.petitions.register(SECRET, open_case=True).value
    assert made.sealed and not (made.name or made.address or made.phone)
    judged = replace(
        SECRET, name="", address="", phone="", direction=PetitionDirection.FORWARD, directed_to="UBND thành phố"
    )
    after = office.petitions.change(made.id, judged).value
    assert after.sealed == made.sealed and after.directed_to == "UBND thành phố"
    with office.store.reading() as connection:
        lines = b"".join(row[0] for row in connection.exec_driver_sql("SELECT line FROM journal"))
    assert not any(word.encode() in lines for word in SECRET_WORDS)


def test_a_denunciation_does_not_become_an_open_petition(office: OpenOffice) -> None:
    made = office.petitions.register(SECRET).value
    with pytest.raises(Refused) as refused:
        office.petitions.change(made.id, POST)
    assert refused.value.code == "amend_secret"


def test_the_same_content_is_guided_once(office: OpenOffice) -> None:
    guided = replace(
        POST, within_competence=False, direction=PetitionDirection.GUIDE, directed_to="Tòa án nhân dân khu vực"
    )
    first = office.petitions.register(guided, open_case=True).value
    with pytest.raises(Refused) as refused:
        office.petitions.register(replace(guided, duplicate_of=first.id))
    assert (refused.value.code, refused.value.facts["number"]) == ("guided_before", "Đ 1/2026")
    again = office.petitions.register(replace(POST, duplicate_of=first.id)).value
    assert again.case == first.case and office.petitions.repeats_of(first.id) == [again]
    assert [one.id for one in office.petitions.of_case(first.case or "")] == [first.id, again.id]


def as_right(office: OpenOffice, right: OfficerRight) -> None:
    office.officer = replace(office.officer, right=right)
    for name in ("petitions", "receptions", "steps", "protections"):
        office.__dict__.pop(name, None)


def test_looking_at_who_denounced_needs_a_right_and_a_reason_and_leaves_a_line(office: OpenOffice) -> None:
    made = office.petitions.register(SECRET).value
    with pytest.raises(Refused) as refused:
        office.petitions.reveal(made.id, "xem")
    assert refused.value.code == "reason_needed" and not office.store.all(Disclosure)
    opened = office.petitions.reveal(made.id, "Xác minh danh tính người tố cáo")
    assert (opened.name, opened.address) == (SECRET_WORDS[0], SECRET_WORDS[2])
    (line,) = office.store.all(Disclosure)
    assert (line.reception, line.reason) == (made.id, "Xác minh danh tính người tố cáo")
    for right in (OfficerRight.VIEWER, OfficerRight.CLERK):
        as_right(office, right)
        with pytest.raises(Refused) as refused:
            office.petitions.reveal(made.id, "Tôi muốn biết ai tố cáo")
        assert refused.value.code == "reveal_right"
    assert len(office.store.all(Disclosure)) == 1


def test_who_only_looks_changes_nothing(office: OpenOffice) -> None:
    made = office.petitions.register(POST).value
    as_right(office, OfficerRight.VIEWER)
    acts = (
        lambda: office.petitions.register(POST),
        lambda: office.petitions.change(made.id, POST),
        lambda: office.petitions.open_case(made.id),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "only_reads"


def test_a_case_is_opened_later_with_the_field_and_the_instance(office: OpenOffice) -> None:
    made = office.petitions.register(replace(POST, field="land", tag="Giải phóng mặt bằng", instance=2)).value
    case = office.petitions.open_case(made.id).value
    assert (case.field, case.tag, case.instance, case.due_rule) == ("land", "Giải phóng mặt bằng", 2, "KN2.accept")
    with pytest.raises(Refused) as refused:
        office.petitions.open_case(made.id)
    assert refused.value.code == "petition_has_case"


def rows(office: OpenOffice, **asked: object) -> list[str]:
    query = PetitionQuery(**asked)  # type: ignore[arg-type]
    with office.store.reading() as connection:
        page = office.petitions.pages.page(connection, query)
        assert office.petitions.pages.count(connection, query).value == len(page.rows)
        return [row.number for row in page.rows]


def test_the_book_is_searched_and_narrowed(office: OpenOffice) -> None:
    office.petitions.register(POST)
    office.petitions.register(replace(POST, source=PetitionSource.TRANSFER, sender="Ban Tiếp công dân", eligible=None))
    office.petitions.register(replace(SECRET, received_on=date(2026, 11, 19)))
    office.receptions.log(DRAFT)
    assert rows(office) == ["1/2026", "Đ 2/2026", "Đ 1/2026", "Đ 3/2026"]
    assert sorted(rows(office, text="buoi tran")) == ["Đ 1/2026", "Đ 2/2026"], "of one day in any order"
    assert rows(office, text="Đ 2/2026") == ["Đ 2/2026"] and rows(office, text="bien lai") == ["Đ 3/2026"]
    assert rows(office, text=SECRET_WORDS[0]) == [] and rows(office, text=SECRET_WORDS[3]) == []
    assert rows(office, source=PetitionSource.TRANSFER) == rows(office, unexamined=True, text="tran") == ["Đ 2/2026"]
    assert rows(office, classification=Classification.DENUNCIATION) == ["Đ 3/2026"]
    assert rows(office, direction=PetitionDirection.ACCEPT) == ["1/2026"], (
        "the direction of a visit's petition is the visit's"
    )
    assert rows(office, until=date(2026, 11, 19)) == ["Đ 3/2026"]
    with office.store.reading() as connection:
        found = office.petitions.pages.page(connection, PetitionQuery())
        assert [row.name for row in found.rows] == [DRAFT.name, POST.name, POST.name, ""]
        assert stale_petitions(connection) == 0


@pytest.mark.parametrize("text", ["", "don thu"])
def test_pages_follow_each_other_without_gap_or_repeat(office: OpenOffice, text: str) -> None:
    days = (date(2026, 11, 10), date(2026, 11, 20))
    drafts = [replace(POST, content=f"Đơn thứ {n}", petition_date=None, received_on=days[n % 2]) for n in range(7)]
    office.petitions.register_all(drafts)
    query = PetitionQuery(text=text)
    seen: list[str] = []
    received: list[date] = []
    cursor = None
    with office.store.reading() as connection:
        while True:
            page = office.petitions.pages.page(connection, query, before=cursor, size=3)
            seen += [row.id for row in page.rows]
            received += [row.received_on for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        assert len(office.petitions.pages.anchors(connection, query, every=3)) == 2
    assert received == sorted(received, reverse=True), "the newest first"
    assert len(seen) == len(set(seen)) == 7


def test_what_may_be_the_same_is_offered_and_nothing_open_beside_a_denunciation(office: OpenOffice) -> None:
    office.petitions.register(POST)
    office.petitions.register(replace(SECRET, content="Tố cáo cán bộ thu tiền không biên lai tại chợ"))
    named = replace(POST, content="Việc khác hẳn")
    assert [row.number for row in office.petitions.alike(named)] == ["Đ 1/2026"]
    same = replace(POST, name="Người Khác", content="Khiếu nại về quyết định xử phạt xây dựng")
    assert [row.number for row in office.petitions.alike(same)] == ["Đ 1/2026"]
    secret = replace(SECRET, name=POST.name, content="Tố cáo thu tiền không biên lai")
    assert [row.number for row in office.petitions.alike(secret)] == ["Đ 2/2026"]
    open_one = replace(POST, content="Thu tiền không biên lai tại chợ", name=SECRET_WORDS[0])
    assert office.petitions.alike(open_one) == []


def test_a_petition_whose_day_was_corrected_is_found_at_its_new_place(office: OpenOffice) -> None:
    made = office.petitions.register(replace(POST, petition_date=None)).value
    office.petitions.register(replace(POST, received_on=date(2026, 11, 19), petition_date=None))
    assert rows(office, text="tran") == ["Đ 1/2026", "Đ 2/2026"]
    office.petitions.change(made.id, replace(POST, received_on=date(2026, 11, 18), petition_date=None))
    assert rows(office, text="tran") == ["Đ 2/2026", "Đ 1/2026"]
    with office.store.reading() as connection:
        assert stale_petitions(connection) == 0
