"""One ward's fourth quarter of 2026 (15/9 to 14/12) worked out by hand: every record and what it does in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState, ObligationState, SettlementResult
from tcd_desktop.domain.follow_up.inspection import Finding, InspectionRound
from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.reports.report_counting import (
    CountingChoices,
    DayCounting,
    HeadTakes,
    MatterCounting,
    RefusedVisits,
)
from tcd_desktop.domain.reports.report_period import quarter
from tcd_desktop.domain.terms import (
    CaseState,
    Classification,
    Direction,
    LinkKind,
    PetitionDirection,
    SittingKind,
    SittingState,
)
from tcd_desktop.reports.circular.figures import broken_rules, count, count_all, left_out, members
from tcd_desktop.reports.circular.tables import table, tables
from tcd_desktop.store.store import Store
from tests.reports.circular_books import (
    WARD,
    amounts,
    case,
    handed_over,
    new_id,
    new_store,
    obligation,
    petition,
    put,
    sitting,
    step,
    visit,
)

PERIOD = quarter(2026, 4)
MILLION = 1_000_000
FEEDBACK, PETITION = Classification.FEEDBACK, Classification.PETITION
DENUNCIATION, COMPLAINT = Classification.DENUNCIATION, Classification.COMPLAINT


def d(day: int, month: int) -> date:
    """A day of 2026, as it is said in Vietnam."""
    return date(2026, month, day)


# --- the cases ---------------------------------------------------------------------------------------

K1 = case(d(7, 10), "complaint", field="land", title="Lấn chiếm lối đi chung")
K2 = case(d(5, 11), "denunciation", field="administrative")
K3 = case(d(1, 10), "complaint", field="land")
K4 = case(d(8, 9), "complaint", field="policy", instance=2)
K5 = case(d(3, 11), "denunciation", field="corruption", instance=2)
K6 = case(d(4, 11), "complaint", field="policy")
K7 = case(d(1, 8), "complaint", result=SettlementResult.WRONG)
K8 = case(d(1, 7), "complaint")
K9 = case(d(1, 10), "complaint", removed="Mở nhầm hồ sơ")
K11 = case(d(1, 8), "denunciation")

# --- 01/TCD: the visits --------------------------------------------------------------------------------

V1 = visit(d(5, 10))  # officer: 1 visit, 1 person, a matter
V2 = visit(
    d(6, 10), people=12, classification=FEEDBACK, direction=Direction.FORWARD, forwarded_on=d(6, 10), has_petition=True
)  # officer: a crowd of 12
V3 = visit(d(7, 10), people=3, case=K1.id, direction=Direction.ACCEPT, has_petition=True)
# officer: 1 visit, 3 people; its matter K1 goes to the head on 20/10, so it is no matter of column 7
V4 = visit(d(20, 10), rank="head", people=3, case=K1.id)  # head: the same matter K1
V5 = visit(
    d(20, 10), rank="head", people=6, classification=PETITION, direction=Direction.ACCEPT, has_petition=True
)  # head: a crowd of 6
V6 = visit(
    d(5, 11), rank="delegate", classification=DENUNCIATION, case=K2.id, direction=Direction.ACCEPT, has_petition=True
)  # delegate
V7 = visit(d(6, 11), direction=Direction.REFUSE)  # refused: nobody was received
V8 = visit(d(9, 11))  # officer: two contents of one visit ...
V9 = visit(d(9, 11), same_visit=V8.id, direction=Direction.FORWARD, forwarded_on=d(11, 11), has_petition=True)
# ... the second one is no visit of its own but a matter of its own
V10 = visit(d(10, 11), removed="Nhập trùng")  # recycle bin
V11 = visit(d(14, 9), direction=Direction.TO_HEAD, has_petition=True)  # the day before the period
V12 = visit(d(15, 12))  # the day after it
V13 = visit(d(1, 12))  # officer: goes on with V1 (linked): a visit, the same matter
V14 = visit(d(14, 12), people=5, classification=FEEDBACK)  # officer: the last day, five people are a crowd
CONTINUED = Link(id=new_id(), office=WARD, kind=LinkKind.CONTINUATION, earlier=V1.id, later=V13.id)
OTHER = Link(id=new_id(), office=WARD, kind=LinkKind.NOT_DUPLICATE, earlier=V1.id, later=V8.id)  # joins nothing

SITTINGS = [
    sitting(d(20, 10)),  # announced and held: a day of the head
    sitting(d(20, 11), state=SittingState.NOBODY_CAME),  # announced, nobody came: a day all the same
    sitting(d(20, 11)),  # a second sitting of the same day
    sitting(d(5, 11), delegate="Phó Chủ tịch"),  # a day of the delegate
    sitting(d(10, 12), state=SittingState.POSTPONED, reason="Họp đột xuất"),  # put off
    sitting(d(3, 12), state=SittingState.PLANNED, posted_on=None),  # never announced
    sitting(d(12, 11), kind=SittingKind.DIALOGUE),  # a dialogue is no reception of the head
    sitting(d(11, 12), state=SittingState.POSTED),  # announced, not entered as held yet
]

VISITS = {
    "regular": (6, 23, 5, 2, 17),
    # 5: V1 V2 V3 V8 V13 V14 · 6: 1+12+3+1+1+5 · 7: {V1,V13} V2 V8 V9 V14 · 8, 9: V2 V14, 12+5
    "head": (3, 2, 9, 2, 1, 6),
    # 10: 20/10, 20/11, 11/12 · 11: V4 V5 · 12: 3+6 · 13: K1 V5 · 14, 15: V5
    "delegate": (1, 1, 1, 1, 0, 0),
    # 16: 05/11 · 17 to 19: V6
}
TCD = (
    9,  # 6+2+1
    33,  # 23+9+1
    8,  # 5+2+1
    3,  # 2+1+0
    *VISITS["regular"],
    *VISITS["head"],
    *VISITS["delegate"],
)

# --- 02/XLD: the petitions -----------------------------------------------------------------------------

ACCEPT, FORWARD, GUIDE = PetitionDirection.ACCEPT, PetitionDirection.FORWARD, PetitionDirection.GUIDE
FILE, REFUSE = PetitionDirection.FILE, PetitionDirection.REFUSE
P2 = handed_over(V2)  # forwarded on the spot: eligible, outside, 25
P3 = handed_over(V3)  # accepted, K1: complaint, first, land
P5 = handed_over(V5)  # accepted petition (kiến nghị), no field: "Khác"
P6 = handed_over(V6)  # accepted, K2: denunciation, first, administrative
P9 = handed_over(V9)  # forwarded on 11/11: 25
P11 = handed_over(V11)  # waits for the head since 14/9: carried over, not processed
D1 = petition(d(1, 10), direction=ACCEPT, direction_on=d(5, 10), field="land", case=K3.id)  # complaint, first, land
D2 = petition(d(2, 10), direction=FILE, duplicate_of=D1.id, case=K3.id)  # a repeat, filed away: 1 and 2 only
D3 = petition(d(8, 9), direction=ACCEPT, direction_on=d(20, 9), field="policy", instance=2, case=K4.id)
# received before, processed now: complaint, second instance, policy
D4 = petition(d(8, 9), direction=ACCEPT, direction_on=d(14, 9))  # processed on the last day of the period before
D5 = petition(d(12, 10), "denunciation", direction=FORWARD, direction_on=d(13, 10), within_competence=False)  # 25
D6 = petition(d(13, 10), direction=GUIDE, direction_on=d(15, 10), within_competence=False)  # 24
D7 = petition(d(20, 10), "denunciation", direction=FILE, eligible=False, anonymous=True)  # not eligible: 1 and 2
D8 = petition(d(10, 12), "petition")  # nobody has looked at it: 1 only
D9 = petition(d(2, 12), direction=ACCEPT, direction_on=d(16, 12))  # processed after the period: 1 only
D10 = petition(d(5, 10), direction=ACCEPT, removed="Nhập nhầm")  # recycle bin
D11 = petition(
    d(3, 11), "denunciation", direction=ACCEPT, direction_on=d(5, 11), field="corruption", instance=2, case=K5.id
)  # tố cáo tiếp, corruption
D12 = petition(d(4, 11), direction=ACCEPT, field="policy", case=K6.id)  # complaint, first, policy
D13 = petition(d(5, 11), direction=REFUSE, within_competence=True, field="other")  # not accepted, "Khác"
D14 = petition(d(6, 11), "feedback", direction=ACCEPT, field="land")  # feedback about land
D15 = petition(d(20, 11), direction=ACCEPT, field="land", duplicate_of=D1.id, case=K3.id)  # a petition of K3 again
OPENINGS = [
    OpeningBalance(id=new_id(), office=WARD, on=d(1, 10), form="02/XLD", column="1", value=4),
    OpeningBalance(id=new_id(), office=WARD, on=d(1, 10), form="05/KQTH", column="16", value=2),
    OpeningBalance(id=new_id(), office=WARD, on=d(14, 9), form="02/XLD", column="1", value=90),  # the period before
    OpeningBalance(id=new_id(), office=WARD, on=d(1, 10), form="01/TCD", column="5", value=50, removed="Bỏ số dư"),
]

XLD = (
    23,  # P2 P3 P5 P6 P9 P11, D1 D2 D3 D5 D6 D7 D8 D9 D11 D12 D13 D14 D15: 19, and 4 of the balance
    16,  # all of these but P11 D8 D9
    14,  # without D2 D7
    10,  # P3 P5 P6 D1 D3 D11 D12 D13 D14 D15
    9,  # K1, P5, K2, K3 (D1 and D15), K4, K5, K6, D13, D14
    *(6, 5, 1, 3, 2, 1),  # complaints P3 D1 D3 D12 D13 D15; second D3; land P3 D1 D15; policy D3 D12; other D13
    *(2, 1, 1, 1, 1, 0, 0),  # denunciations P6 D11; again D11; administrative P6; corruption D11
    *(2, 0, 1, 1),  # P5 D14; land D14; other P5
    *(4, 1, 3),  # P2 P9 D5 D6; guided D6; forwarded P2 P9 D5
)

# --- 03/GQKN, 04/GQTC: how far they are ------------------------------------------------------------------

STEPS = [
    step(K1, "accept", d(12, 10)),
    step(K1, "withdraw_part", d(20, 10), part="Rút nội dung thứ hai"),  # a part only: K1 stays accepted
    step(K1, "decide", d(11, 12), dated=d(10, 12), result="right"),
    step(K3, "examine", d(5, 10)),  # K3 is still under examination
    step(K4, "accept", d(25, 9)),
    step(K4, "decide", d(1, 12), result="upheld"),  # second instance; nobody has registered what to carry out
    step(K6, "accept", d(10, 11)),
    step(K6, "end", d(20, 11)),  # withdrawn as a whole: ended
    step(K7, "decide", d(1, 10)),  # of an earlier quarter; its result stands in the file; column 7 and 9 only
    step(K7, "close", d(5, 12)),  # nothing was registered: carried out when closed
    step(K8, "decide", d(10, 9), result="right"),  # before the period
    step(K9, "decide", d(2, 10), result="right"),  # of a case in the bin
    step(K2, "accept", d(15, 11)),
    step(K2, "conclude", d(8, 12), result="partly"),
    step(K5, "accept", d(12, 11)),
    step(K11, "conclude", d(20, 9), result="right"),
    step(K11, "close", d(14, 11)),
    step(K11, "conclude", d(1, 12), result="wrong", removed="Ghi nhầm bước"),  # taken back
]
OBLIGATIONS = [
    obligation(
        K1,
        d(10, 12),
        number="15/QĐ-UBND",
        amounts=amounts(
            state_money=(200 * MILLION, 50 * MILLION),
            state_land=(30, 0),
            organisations_money=(10 * MILLION, 0),
            people_money=(40 * MILLION, 40 * MILLION),
            people_land=(25, 0),
            organisations=(1, 0),
            people=(2, 2),
            handled_people=(3, 1),
            handled_officials=(2, 1),
            prosecuted_cases=(1, 0),
            prosecuted_people=(1, 0),
        ),
    ),
    obligation(K8, d(10, 9), done_on=d(1, 11), amounts=amounts(state_money=(7 * MILLION, 7 * MILLION))),  # done now
    obligation(None, d(1, 8), done_on=d(14, 9)),  # done before the period
    obligation(None, d(20, 7), state=ObligationState.IMPOSSIBLE, amounts=amounts(people_land=(12, 0))),  # stays to do
    obligation(K2, d(8, 12), amounts=amounts(
        state_money=(5 * MILLION, 5 * MILLION), handled_organisations=(1, 1), handled_people=(2, 1),
        handled_officials=(1, 1))),
]  # fmt: skip

GQKN = (
    6,  # = 02/XLD column 6
    5,  # K1 K3 K4 K6 D13
    *(1, 2, 1, 1),  # K3; K1 K4; D13; K6
    3,  # K1 (dated 10/12), K4, K7
    *(1, 1, 0),  # right K1, wrong K7
    *(1, 0),  # upheld K4
    *(200 * MILLION, 30),
    *(50 * MILLION, 25, 1, 2),  # 10 + 40 million; 25 m2; 1 organisation, 2 people
    *(3, 2),
    *(1, 1, 0),
)
GQTC = (
    2,  # = 02/XLD column 12
    2,  # K2 K5
    *(0, 2, 0, 0),
    2,  # K2, K11
    *(1, 0, 1),  # right K11, partly K2
    *(0, 0, 0),
    *(5 * MILLION, 0),
    *(0, 0, 0, 0),
    *(1, 2, 1),
    *(0, 0, 0),
)
KQTH = (
    5,  # obligations of K1, K8 and the impossible one; K4 and K7 without an obligation
    2,  # K8 done on 1/11, K7 closed on 5/12
    *(207 * MILLION, 30, 57 * MILLION, 0),  # 200+7, 50+7
    *(50 * MILLION, 37, 40 * MILLION, 0),  # 25+12 m2
    *(1, 1),
    *(0, 0, 0),
    4,  # K2, K11, and 2 of the balance
    1,  # K11 closed on 14/11
    *(5 * MILLION, 0, 5 * MILLION, 0),
    *(0, 0, 0, 0),
    *(1, 1, 1),
    *(0, 0, 0),
)

# --- 06/QLKNTC: inspections ------------------------------------------------------------------------------


def inspection(begun: date, closed: date | None = None, **more: Any) -> InspectionRound:
    """A round of inspection of this office."""
    values = {"id": new_id(), "unit": "P-02", "since": d(1, 1), "until": begun, "begun_on": begun}
    return InspectionRound(office=WARD, closed_on=closed, **{**values, **more})


R1 = inspection(d(1, 8), d(20, 10))  # from before, concluded now, carried out on 30/11: 6, 7, 8, 13
R2 = inspection(d(10, 11))  # begun now: 6, 7
R3 = inspection(d(1, 6), d(10, 9))  # concluded before, a finding is still open: 13
R4 = inspection(d(5, 5), d(1, 7))  # concluded before without findings: nothing to carry out
R5 = inspection(d(20, 12))  # after the period
R6 = inspection(d(10, 10), removed="Nhập nhầm")  # recycle bin
FINDINGS = [
    Finding(
        id=new_id(),
        office=WARD,
        round=R1.id,
        unit="P-02",
        text="Chậm trả lời",
        state=FindingState.CORRECTED,
        corrected_on=d(30, 11),
    ),
    Finding(id=new_id(), office=WARD, round=R3.id, unit="P-02", text="Chậm trả lời", state=FindingState.ASKED),
]
QLKNTC = (0, 0, 0, 0, 0, 2, 2, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0)

EXPECTED = {"01/TCD": TCD, "02/XLD": XLD, "03/GQKN": GQKN, "04/GQTC": GQTC, "05/KQTH": KQTH, "06/QLKNTC": QLKNTC}


@pytest.fixture(scope="module")
def ward() -> Iterator[Store]:
    store = new_store()
    cases = [K1, K2, K3, K4, K5, K6, K7, K8, K9, K11]
    visits = [V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14]
    petitions = [P2, P3, P5, P6, P9, P11, D1, D2, D3, D4, D5, D6, D7, D8, D9, D10, D11, D12, D13, D14, D15]
    put(store, [*cases, *visits, *petitions, CONTINUED, OTHER, *SITTINGS, *STEPS, *OBLIGATIONS, *OPENINGS])
    put(store, [R1, R2, R3, R4, R5, R6, *FINDINGS])
    yield store
    store.close()


@pytest.mark.parametrize("form", EXPECTED)
def test_a_table_is_what_was_worked_out_by_hand(ward: Store, form: str) -> None:
    with ward.reading() as connection:
        counted = count(connection, table(form), PERIOD, (WARD,))
    wrong = {
        at: (ours, theirs)
        for at, (ours, theirs) in enumerate(zip(counted.rows[WARD], EXPECTED[form], strict=True), start=1)
        if ours != theirs
    }
    assert not wrong, f"column: (counted, by hand): {wrong}"
    assert counted.total == EXPECTED[form]


def test_the_six_tables_add_up(ward: Store) -> None:
    with ward.reading() as connection:
        assert not broken_rules(count_all(connection, PERIOD, (WARD,)))


def ids(ward: Store, form: str, column: int) -> set[str]:
    with ward.reading() as connection:
        return {one.id for one in members(connection, table(form), column, (WARD,), PERIOD).rows}


def test_a_figure_opens_the_records_it_counts(ward: Store) -> None:
    assert ids(ward, "01/TCD", 5) == {V1.id, V2.id, V3.id, V8.id, V13.id, V14.id}
    assert ids(ward, "01/TCD", 13) == {K1.id, V5.id}
    assert ids(ward, "02/XLD", 9) == {P3.id, D1.id, D15.id}
    assert ids(ward, "02/XLD", 5) == {K1.id, P5.id, K2.id, K3.id, K4.id, K5.id, K6.id, D13.id, D14.id}
    assert ids(ward, "02/XLD", 25) == {P2.id, P9.id, D5.id}
    assert ids(ward, "03/GQKN", 7) == {K1.id, K4.id, K7.id}
    assert ids(ward, "03/GQKN", 6) == {K6.id}
    assert ids(ward, "05/KQTH", 2) == {OBLIGATIONS[1].id, K7.id}
    assert ids(ward, "05/KQTH", 16) == {OBLIGATIONS[4].id, K11.id, OPENINGS[1].id}
    assert ids(ward, "06/QLKNTC", 13) == {R1.id, R3.id}


def test_what_is_shown_of_a_record_never_tells_what_a_denunciation_is_about(ward: Store) -> None:
    with ward.reading() as connection:
        shown = members(connection, table("04/GQTC"), 7, (WARD,), PERIOD).rows
        money = members(connection, table("04/GQTC"), 14, (WARD,), PERIOD).rows
        open_one = members(connection, table("03/GQKN"), 8, (WARD,), PERIOD).rows
        visits = members(connection, table("01/TCD"), 17, (WARD,), PERIOD).rows
        letters = members(connection, table("02/XLD"), 14, (WARD,), PERIOD).rows
    for one in (*shown, *money, *visits, *letters):
        assert one.secret and not one.title
    assert [(one.number, one.title) for one in open_one] == [(K1.book_number, K1.title)]
    assert {one.number for one in shown} == {K2.book_number, K11.book_number}
    assert [one.number for one in letters] == [D11.book_number]


REASONS = {
    "01/TCD": {
        ("removed", V10.id),
        ("refused", V7.id),
        ("same_visit", V9.id),
        ("under_head", V3.id),
        ("put_off", SITTINGS[4].id),
        ("not_announced", SITTINGS[5].id),
        ("dialogue", SITTINGS[6].id),
    },
    "02/XLD": {
        ("removed", D10.id),
        ("not_processed", P11.id),
        ("not_processed", D8.id),
        ("not_processed", D9.id),
        ("not_eligible", D2.id),
        ("not_eligible", D7.id),
        ("no_field", P5.id),
        ("repeat", D15.id),
    },
    "03/GQKN": {
        ("removed", K9.id),
        ("withdrawn_part", K1.id),
        ("not_registered", K4.id),
        ("not_registered", K7.id),
    },
    "04/GQTC": {("not_registered", K11.id)},
    "05/KQTH": {
        ("not_registered", K4.id),
        ("not_registered", K7.id),
        ("not_registered", K11.id),
        ("impossible", OBLIGATIONS[3].id),
    },
    "06/QLKNTC": {("removed", R6.id)},
}


@pytest.mark.parametrize("form", REASONS)
def test_what_a_table_leaves_out_is_told_with_its_reason(ward: Store, form: str) -> None:
    with ward.reading() as connection:
        found = left_out(connection, table(form), (WARD,), PERIOD)
    assert {(one.reason, one.member.id) for one in found} == REASONS[form]
    told = {one.member.id: one.detail for one in found}
    assert told.get(V10.id, "Nhập trùng") == "Nhập trùng"
    assert told.get(SITTINGS[4].id, "Họp đột xuất") == "Họp đột xuất"


def test_what_was_written_about_a_denunciation_is_not_told_as_a_reason() -> None:
    store = new_store()
    held = case(d(1, 10), "denunciation")
    told = "Ông Nguyễn Văn Kín rút phần tố cáo về đất"
    line = visit(d(1, 10), classification=DENUNCIATION, removed="Bà Phạm Thị Kín xin bỏ")
    put(store, [held, step(held, "withdraw_part", d(2, 10), part=told), line])
    with store.reading() as connection:
        found = [*left_out(connection, table("04/GQTC"), (WARD,), PERIOD)]
        found += left_out(connection, table("01/TCD"), (WARD,), PERIOD)
    assert [(one.reason, one.detail, one.member.title) for one in found] == [
        ("withdrawn_part", "", ""),
        ("removed", "", ""),
    ]
    store.close()


def counted_with(ward: Store, **choices: Any) -> tuple[int, ...]:
    with ward.reading() as connection:
        return count(connection, table("01/TCD"), PERIOD, (WARD,), CountingChoices(**choices)).rows[WARD]


def changed(ward: Store, **choices: Any) -> dict[int, int]:
    """Column -> by how much a choice changes it, the sums left aside."""
    chosen = counted_with(ward, **choices)
    return {at: new - old for at, (new, old) in enumerate(zip(chosen, TCD, strict=True), 1) if new != old and at > 4}


def test_a_matter_may_count_as_often_as_it_was_received(ward: Store) -> None:
    # V13 goes on with V1, and V3 and V4 are both of K1: each visit its own matter
    assert changed(ward, matters=MatterCounting.VISIT) == {7: 2}


def test_the_head_may_take_the_regular_visits_of_his_matters_too(ward: Store) -> None:
    assert changed(ward, head=HeadTakes.VISITS) == {5: -1, 6: -3}  # V3


def test_days_may_count_only_when_they_were_held(ward: Store) -> None:
    assert changed(ward, days=DayCounting.HELD) == {10: -1}  # 11/12 was announced only


def test_refused_visits_may_count(ward: Store) -> None:
    assert changed(ward, refused=RefusedVisits.COUNTED) == {5: 1, 6: 1, 7: 1}  # V7


def test_the_sums_of_the_visits_follow_every_choice(ward: Store) -> None:
    chosen = counted_with(ward, matters=MatterCounting.VISIT, refused=RefusedVisits.COUNTED)
    assert chosen[:4] == tuple(chosen[at] + chosen[at + 6] + chosen[at + 12] for at in (4, 5, 6, 7))


def test_the_choices_of_a_report_are_kept_as_codes_and_read_back() -> None:
    choices = CountingChoices(matters=MatterCounting.VISIT, days=DayCounting.HELD)
    assert CountingChoices.from_codes(choices.codes()) == choices
    assert CountingChoices.from_codes(("matters=who knows", "later=yes", "head=visits")) == CountingChoices(
        head=HeadTakes.VISITS
    )


def test_pages_of_records_follow_one_another_without_a_gap(ward: Store) -> None:
    with ward.reading() as connection:
        for form in tables():
            for column in form.columns:
                whole = members(connection, form, column.number, (WARD,), PERIOD).rows
                after, found = None, []
                for _turn in range(len(whole) + 2):
                    page = members(connection, form, column.number, (WARD,), PERIOD, after=after, limit=2)
                    found += page.rows
                    after = page.next
                    if after is None:
                        break
                assert tuple(found) == whole


def test_a_step_of_the_last_day_counts_and_one_of_the_next_day_does_not() -> None:
    store = new_store()
    held = case(d(1, 10))
    letter = petition(d(1, 10), direction=ACCEPT, case=held.id)
    late = step(held, "accept", d(15, 12), frm=CaseState.UNDER_REVIEW, to=CaseState.ACCEPTED)
    put(store, [held, letter, late])
    with store.reading() as connection:
        assert count(connection, table("03/GQKN"), PERIOD, (WARD,)).rows[WARD][2:6] == (1, 0, 0, 0)
    put(store, [step(held, "accept", d(14, 12))])
    with store.reading() as connection:
        assert count(connection, table("03/GQKN"), PERIOD, (WARD,)).rows[WARD][2:6] == (0, 1, 0, 0)
    store.close()
