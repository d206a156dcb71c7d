"""The head's own receptions (lịch tiếp công dân của lãnh đạo) and what was concluded there (domain 3.5, 6.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tcd_desktop.domain.terms import HostBody, ReceptionForm, SittingKind, SittingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Một buổi tiếp của lãnh đạo, hoặc một buổi đối thoại (`kind`).

    `posted_on` is the day the notice was put up (ngày niêm yết, at least 5 working days before: Luật Tiếp công dân
    Điều 24(4)); a postponed one names its reason and `moved_to`, the sitting that takes its place. `delegate` received
    instead of the head (ủy quyền tiếp). `case` is the matter of a dialogue, `minutes` what was said, `result` what was
    agreed and what was not (nội dung đã thống nhất, còn ý kiến khác). `removed`: reason, when in the recycle bin.
    """

    id: str
    office: str
    day: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    kind: SittingKind = SittingKind.PERIODIC
    form: ReceptionForm = ReceptionForm.DIRECT
    host: HostBody = HostBody.COMMITTEE
    leader: str = ""
    leader_title: str = ""
    delegate: str = ""
    place: str = ""
    attendees: str = ""
    expected: str = ""
    posted_on: dt.date | None = None
    posted_online: bool = False
    state: SittingState = SittingState.PLANNED
    reason: str = ""
    moved_from: dt.date | None = None
    moved_to: str | None = None
    case: str | None = None
    minutes: str = ""
    result: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """Kết luận tại buổi tiếp: what the head directed, who answers for it until when (NĐ 154/2026 Điều 25(2)).

    `responsible` is the unit or person, `contact` whom the citizen may ask; `number`, `issued_on` of the notice
    (thông báo kết luận việc tiếp công dân); `done_on` and `result` when it was carried out.
    """

    id: str
    office: str
    sitting: str
    reception: str | None = None
    case: str | None = None
    content: str
    responsible: str = ""
    contact: str = ""
    due: dt.date | None = None
    number: str = ""
    issued_on: dt.date | None = None
    done_on: dt.date | None = None
    result: str = ""
    removed: str = ""
