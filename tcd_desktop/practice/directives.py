"""Directives of the practice district, what its wards report on them, and decisions the wards have to carry out.

`issue` comes before the wards send anything, `attach` and `report` while they do, `register` at the end of a ward's
story. What becomes of a directive in a ward is chance of the seed, so the same world is made twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, Protocol

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.obligation import Amount
from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ObligationKind, ReminderAbout
from tcd_desktop.open_office import OpenOffice

_GOVERNMENT, _MINISTRY = DirectiveLevel.GOVERNMENT, DirectiveLevel.MINISTRY
_CITY, _DISTRICT = DirectiveLevel.CITY, DirectiveLevel.DISTRICT
_CHAIR = "Chủ tịch UBND thành phố"
_HEAD = "Chủ tịch UBND quận"


@dataclass(frozen=True, slots=True)
class Told:
    """A practice directive: `ago` and `due` in days before the last day; `step` takes each so manieth ward."""

    level: DirectiveLevel
    issuer: str
    number: str
    ago: int
    due: int | None
    step: int
    content: str
    reminded: int = 0
    closed: int | None = None
    cases: bool = False


DIRECTIVES: Final = (
    Told(
        _GOVERNMENT,
        "Phó Thủ tướng Thường trực Chính phủ",
        "1094/VPCP-V.I",
        150,
        60,
        1,
        "Nâng cao trách nhiệm người đứng đầu trong việc tiếp công dân, đối thoại và giải quyết kiến nghị của công dân. "
        "Tập trung giải quyết dứt điểm các vụ việc đông người, phức tạp, kéo dài; báo cáo kết quả.",
        closed=52,
    ),
    Told(
        _MINISTRY,
        "Thanh tra Chính phủ",
        "363/KH-TTCP",
        120,
        20,
        2,
        "Kiểm tra, rà soát, giải quyết các vụ việc khiếu nại, tố cáo đông người, phức tạp, kéo dài trên địa bàn. "
        "Lập danh sách từng vụ việc, nêu phương án giải quyết và thời hạn hoàn thành.",
        reminded=2,
        cases=True,
    ),
    Told(
        _CITY,
        _CHAIR,
        "191/KH-UBND",
        110,
        25,
        1,
        "Rà soát các quyết định giải quyết khiếu nại, kết luận nội dung tố cáo đã có hiệu lực pháp luật nhưng chưa "
        "thực hiện xong; báo cáo lý do và đề xuất biện pháp.",
        reminded=1,
    ),
    Told(
        _CITY,
        _CHAIR,
        "1094/UBND-BTCD",
        75,
        10,
        3,
        "Đối thoại trực tiếp với các hộ dân có đơn về bồi thường, hỗ trợ khi thu hồi đất; báo cáo kết quả đối thoại.",
        reminded=1,
        cases=True,
    ),
    Told(
        _CITY,
        "Ban Tiếp công dân thành phố",
        "87/BTCD-NV",
        45,
        None,
        6,
        "Phối hợp vận động công dân không tập trung đông người tại trụ sở tiếp công dân của thành phố.",
    ),
    Told(
        _DISTRICT,
        _HEAD,
        "446/UBND-TTr",
        40,
        3,
        1,
        "Quán triệt, thực hiện nghiêm trách nhiệm người đứng đầu trong việc tiếp công dân. Rà soát, tổng hợp, đẩy "
        "nhanh tiến độ giải quyết các vụ việc; định kỳ hằng tháng báo cáo UBND quận kết quả thực hiện.",
        reminded=1,
        cases=True,
    ),
    Told(
        _DISTRICT,
        "Chánh Thanh tra quận",
        "58/TTr-KNTC",
        33,
        -4,
        2,
        "Báo cáo tình hình thực hiện các kết luận của Tổ công tác thành lập theo Quyết định số 1849/QĐ-TTg.",
    ),
    Told(
        _DISTRICT,
        _HEAD,
        "512/UBND-TNMT",
        28,
        -6,
        3,
        "Kiểm tra, xử lý dứt điểm phản ánh về lấn chiếm vỉa hè, đổ phế thải xây dựng; trả lời công dân bằng văn bản.",
        cases=True,
    ),
    Told(
        _DISTRICT,
        _HEAD,
        "530/UBND-TTr",
        20,
        -15,
        1,
        "Chuẩn bị báo cáo công tác tiếp công dân, giải quyết khiếu nại, tố cáo quý IV và cả năm.",
    ),
    Told(
        _DISTRICT,
        "Phó Chủ tịch UBND quận",
        "",
        12,
        -2,
        5,
        "Tại buổi tiếp công dân, giao UBND phường xác minh nội dung công dân trình bày và báo cáo trong 10 ngày.",
        cases=True,
    ),
    Told(
        _DISTRICT,
        "Ban Tiếp công dân quận",
        "61/BTCD",
        90,
        70,
        4,
        "Niêm yết lịch tiếp công dân của Chủ tịch UBND phường tại trụ sở và trên trang thông tin điện tử.",
        closed=66,
    ),
    Told(
        _MINISTRY,
        "Bộ Tài nguyên và Môi trường",
        "2207/BTNMT-TTr",
        60,
        -20,
        4,
        "Giải quyết đơn của công dân về cấp giấy chứng nhận quyền sử dụng đất còn tồn đọng; báo cáo kết quả.",
    ),
)
"""A dozen: some overdue, some reminded, some closed."""

_DONE = (
    "Đã thực hiện xong, có báo cáo bằng văn bản gửi kèm.",
    "Đã tổ chức đối thoại, công dân đồng ý và cam kết rút đơn.",
    "Đã rà soát, trên địa bàn phường không còn vụ việc tồn đọng.",
)
_UNDER_WAY = (
    "Đã giao Công chức Địa chính - Xây dựng kiểm tra; dự kiến hoàn thành trong tuần tới.",
    "Đang phối hợp với Công an phường xác minh, chưa có kết quả cuối cùng.",
    "Đã làm việc với các hộ dân, còn 02 hộ chưa thống nhất.",
)
_WHO = ("Công chức Địa chính - Xây dựng", "Công an phường", "Ban quản lý chợ", "Công chức Văn hóa - Xã hội")
_WHY_NOT = "Người phải thi hành không còn cư trú tại địa phương, chưa xác định được nơi ở mới."
_HELD_UP = "Hai hộ liên quan chưa bàn giao mặt bằng, đang vận động."
ATTACHED: Final = 2
"""Cases of a ward that directives name."""
_MORNING = time(8, 30)
RECENT: Final = timedelta(days=200)
"""What was assigned before is carried out by now."""


class SetClock(Protocol):
    """An office clock that is set."""

    moment: datetime


def issue(district: OpenOffice, clock: SetClock, wards: Sequence[str], until: date) -> list[Directive]:
    """The district enters its directives on their days, reminds and closes some of them."""
    made: list[Directive] = []
    events: list[tuple[date, int, str, Told]] = []
    for number, told in enumerate(DIRECTIVES):
        events.append((until - timedelta(days=told.ago), number, "issue", told))
        if told.due is not None:
            day = until - timedelta(days=told.due)
            events += [(day + timedelta(days=1 + 8 * nth), number, "remind", told) for nth in range(told.reminded)]
        if told.closed is not None:
            events.append((until - timedelta(days=told.closed), number, "close", told))
    by_number: dict[int, Directive] = {}
    for day, number, what, told in sorted(events, key=lambda event: (event[0], event[1], event[2])):
        if day > until:
            continue
        clock.moment = datetime.combine(day, _MORNING)
        if what == "issue":
            by_number[number] = district.directives.issue(_draft(told, wards, until)).value
            made.append(by_number[number])
        elif what == "close":
            district.directives.close(by_number[number].id, day)
        else:
            late = [code for code in by_number[number].units if not _diligent(by_number[number].number, code)]
            if late:
                _remind(district, by_number[number], late, day)
    return made


def _draft(told: Told, wards: Sequence[str], until: date) -> DirectiveDraft:
    return DirectiveDraft(
        level=told.level,
        issuer=told.issuer,
        number=told.number,
        issued_on=until - timedelta(days=told.ago),
        content=told.content,
        due=None if told.due is None else until - timedelta(days=told.due),
        units=tuple(wards[:: told.step]),
    )


def _remind(district: OpenOffice, directive: Directive, late: list[str], day: date) -> None:
    number = f"{day.timetuple().tm_yday}/UBND-TTr"
    about = ReminderAbout.DIRECTIVE
    content = "Đề nghị báo cáo ngay kết quả thực hiện, nêu rõ lý do chậm."
    due = day + timedelta(days=7)
    district.reminders.remind_all(about, directive.id, late, on=day, number=number, content=content, due=due)


def _diligent(number: str, ward: str) -> bool:
    """Whether a ward carries a directive out in time."""
    return Random(f"{number}/{ward}/diligent").random() < 0.45


def attach(district: OpenOffice, ward: str) -> None:
    """Directives that are about single matters name open cases of a ward, as soon as its book is at the district."""
    where = "office = ? AND state <> 'closed' AND removed = '' ORDER BY opened_on DESC, number DESC LIMIT ?"
    cases = district.store.all(CaseFile, where, (ward, ATTACHED))
    about = {told.number for told in DIRECTIVES if told.cases}
    lines = [line for line in district.directives.lines() if ward in line.directive.units]
    wanted = [line.directive for line in lines if line.directive.number in about and line.directive.closed_on is None]
    for case, directive in zip(cases, wanted, strict=False):
        district.directives.attach(directive.id, case.id)


def report(ward: OpenOffice, seed: str) -> None:
    """What a ward tells of the directives that came with the stick."""
    today, mine = ward.today(), ward.office.id
    for line in ward.directives.lines():
        directive = line.directive
        if directive.office == mine:
            continue
        chance = Random(f"{seed}/{directive.number}/{directive.issued_on}")
        done = directive.closed_on is not None or _diligent(directive.number, mine)
        if not done and chance.random() < 0.5:
            continue
        day = min(directive.issued_on + timedelta(days=chance.randint(6, 25)), today)
        ward.directives.report(directive.id, on=day, content=chance.choice(_UNDER_WAY))
        if done:
            day = min(max(day, directive.due or day) - timedelta(days=chance.randint(0, 2)), today)
            ward.directives.report(
                directive.id, on=max(day, directive.issued_on), content=chance.choice(_DONE), done=True
            )


def register(ward: OpenOffice, calendar: WorkingCalendar, seed: str) -> None:
    """What decided complaints oblige to, and one conclusion of a working group; done, late, held up."""
    today, chance = ward.today(), Random(f"{seed}/obligations")
    where = "office = ? AND classification = 'complaint' AND result IN ('right', 'partly') AND removed = ''"
    cases = ward.store.all(CaseFile, f"{where} ORDER BY opened_on DESC, number DESC LIMIT 4", (ward.office.id,))
    for number, case in enumerate(cases):
        draft = ward.obligations.from_case(case.id)
        if draft.issued_on is None:
            continue
        given = min(calendar.add_working_days(draft.issued_on, 5)[0], today)
        due = calendar.add_working_days(given, 15 + chance.randint(0, 10))[0]
        who = chance.choice(_WHO)
        amounts = (Amount("people_money", chance.randint(20, 400) * 500_000), Amount("people", chance.randint(1, 4)))
        made = ward.obligations.register(
            replace(
                draft,
                duty=f"Giao {who} tổ chức thực hiện quyết định, báo cáo Chủ tịch UBND phường.",
                responsible=who,
                assigned_number=f"{chance.randint(20, 190)}/UBND",
                assigned_on=given,
                due=due,
                amounts=amounts if number % 2 else (),
            )
        ).value
        if number == 0 or given < today - RECENT:
            ward.obligations.finish(made.id, min(due, today), progress="Đã thực hiện xong, có biên bản bàn giao.")
        elif number % 2:
            part = tuple(replace(one, done=one.due // 2) for one in amounts)
            ward.obligations.tell(made.id, progress="Đã chi trả một phần.", reason=_HELD_UP, amounts=part)
        else:
            ward.obligations.give_up(made.id, _WHY_NOT)
    _conclusion(ward, calendar, chance)


def _conclusion(ward: OpenOffice, calendar: WorkingCalendar, chance: Random) -> None:
    issued = calendar.previous_working(ward.today() - timedelta(days=chance.randint(60, 90)))
    due = calendar.add_working_days(ward.today() - timedelta(days=20), chance.randint(3, 25))[0]
    ward.obligations.register(
        ObligationDraft(
            kind=ObligationKind.TASK_FORCE_CONCLUSION,
            number=f"{chance.randint(10, 60)}/KL-TCT",
            issued_on=issued,
            issuer="Tổ công tác theo Quyết định số 1849/QĐ-TTg",
            summary="Kiểm tra việc quản lý, sử dụng đất công tại khu tập thể",
            duty="Thu hồi diện tích đất bị lấn chiếm, giao UBND phường quản lý.",
            received_on=min(calendar.add_working_days(issued, 4)[0], ward.today()),
            due=due,
            amounts=(Amount("state_land", chance.randint(4, 30) * 10),),
        )
    )
