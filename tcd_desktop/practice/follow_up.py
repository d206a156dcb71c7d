"""What the practice district follows up: some cases under review, and one inspection of a ward that has sent."""

from __future__ import annotations

from datetime import date, timedelta

from tcd_desktop.domain.clocks.periods import quarter_span, report_quarter
from tcd_desktop.domain.follow_up.follow_up_terms import FindingState, ReviewPlan, ReviewSource, ReviewState
from tcd_desktop.domain.follow_up.inspection import Finding
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.review_desk import Proposal

LISTED = 8
"""So many proposals are on the list; the one after them was not taken on, the others wait for a decision."""

LEAD = "Thanh tra quận"
_DAY = timedelta(days=1)
_PLANS = (ReviewPlan.PERSUADE, ReviewPlan.SETTLE_ANEW, ReviewPlan.END_NOTICE, ReviewPlan.REPORT_UP)
_SOURCES = (ReviewSource.PLAN_191, ReviewSource.DISTRICT, ReviewSource.PLAN_363)
_MEASURES = (
    "Chủ tịch UBND phường đối thoại trực tiếp với các hộ, có Mặt trận Tổ quốc cùng dự.",
    "Rà soát lại hồ sơ địa chính, kiểm tra hiện trạng rồi trả lời dứt điểm bằng văn bản.",
    "Lập hồ sơ báo cáo UBND quận ra thông báo chấm dứt xem xét, giải quyết.",
    "Báo cáo UBND thành phố xin ý kiến về chính sách hỗ trợ.",
)
_PROGRESS = (
    "Đã mời các hộ đến đối thoại; thống nhất được phần lối đi chung.",
    "Đã kiểm tra hiện trạng, đang chờ trích lục bản đồ địa chính.",
    "Công dân đề nghị xem xét thêm mức hỗ trợ; phường đang tổng hợp.",
)
_OBSTACLE = "Hồ sơ địa chính trước năm 1993 không còn đủ, các bên trình bày khác nhau."


def follow_up(district: OpenOffice, until: date) -> None:
    """Writes the review list and the round as a district does, from what its wards have sent; nothing without that."""
    proposals = district.reviews.proposals()
    listed = proposals[:LISTED]
    for number, proposal in enumerate(listed):
        _review(district, proposal, number, until, ends=0 < number == len(listed) - 1)
    if len(proposals) > LISTED:
        reason = "Phường đã có văn bản trả lời, công dân đồng ý, đang chờ hết thời hiệu."
        district.reviews.decide(proposals[LISTED], listed=False, note=reason)
    if proposals:
        _inspect(district, proposals[0].measure.office, until)


def _review(district: OpenOffice, proposal: Proposal, number: int, until: date, *, ends: bool) -> None:
    desk = district.reviews
    entry = desk.decide(proposal, listed=True).value
    desk.change(
        entry.id,
        source=_SOURCES[number % len(_SOURCES)],
        plan=_PLANS[number % len(_PLANS)],
        measure=_MEASURES[number % len(_MEASURES)],
        responsible="UBND phường, Thanh tra quận",
        leader="Phó Chủ tịch UBND quận",
        due=until + timedelta(days=number * 9 - 12),
        state=ReviewState.IN_PROGRESS if number % 4 else ReviewState.STUCK,
        obstacles=_OBSTACLE if number % 2 else "",
    )
    for back in range(number % 3):
        day = until - timedelta(days=6 + 25 * back)
        desk.tell(entry.id, on=day, content=_PROGRESS[(number + back) % len(_PROGRESS)])
    if ends:
        result = "Công dân nhất trí với kết quả đối thoại, đã rút đơn."
        ended = {"closing_number": "BB 03/BB-UBND", "closed_on": until - _DAY}
        desk.change(entry.id, state=ReviewState.WITHDRAWN, result=result, **ended)


def _inspect(district: OpenOffice, ward: str, until: date) -> None:
    """The last report quarter of a ward: a correction that is asked for, one that was made."""
    this, _last = quarter_span(*report_quarter(until))
    since, ended = quarter_span(*report_quarter(this - _DAY))
    desk = district.inspections
    held = desk.begin(ward, since, ended, lead=LEAD, decision_number="21/QĐ-TTr").value
    desk.add(held.round.id, "Nội quy phòng tiếp công dân niêm yết đã cũ, chưa theo Nghị định 154/2026.")
    findings: tuple[Finding, ...] = desk.line(held.round).findings
    for number, finding in enumerate(findings):
        if number % 3 != 2:
            desk.ask([finding.id], until + timedelta(days=7 + 5 * number))
    reply = "Phường đã niêm yết nội quy mới tại phòng tiếp công dân."
    desk.settle(findings[-1].id, FindingState.CORRECTED, reply=reply, on=until)
