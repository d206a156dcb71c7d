"""Who receives: officers on ordinary days, the chairman or his deputy on his days and when it burns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.receptions.reception import CROWD
from tcd_desktop.domain.terms import ReceiverRank, ReceptionForm, ReceptionKind
from tcd_desktop.practice.names import Chance, pick
from tcd_desktop.practice.wards import PracticeOfficer, PracticeWard

ONLINE_SINCE = date(2026, 7, 1)
"""Online reception begins with Luật 136/2025/QH15 and NĐ 154/2026 Điều 16."""

_ATTENDEES = (
    "Phó Chủ tịch UBND phường; Công chức Địa chính - Xây dựng; Công an phường",
    "Công chức Tư pháp - Hộ tịch; Chủ tịch Ủy ban MTTQ phường",
    "Công chức Địa chính - Xây dựng; Tổ trưởng tổ dân phố; Công an phường",
    "Phó Chủ tịch UBND phường; Công chức Văn hóa - Xã hội",
)

_ON_HEAD_DAY = 0.55
_AD_HOC, _AD_HOC_CROWD = 0.008, 0.15
_DELEGATED = 0.15
_ONLINE = 0.08


@dataclass(frozen=True, slots=True)
class Session:
    """The kind of a reception, who receives, and who else is there."""

    kind: ReceptionKind
    form: ReceptionForm
    receiver: PracticeOfficer
    rank: ReceiverRank
    delegated_by: str = ""
    attendees: str = ""


class Sessions:
    """The receptions of one ward."""

    def __init__(self, ward: PracticeWard, chance: Chance) -> None:
        self._chance = chance
        self._delegated: dict[date, bool] = {}
        self._head, self._deputy = ward.officer("head"), ward.officer("deputy")
        first, second = ward.officer("reception-1"), ward.officer("reception-2")
        self._regular = tuple(
            Session(ReceptionKind.REGULAR, ReceptionForm.DIRECT, officer, ReceiverRank.OFFICER)
            for officer in (first, first, second)
        )

    def session(self, day: date, people: int, *, head_day: bool) -> Session:
        """Who receives so many people on that day."""
        chance = self._chance
        if head_day and chance() < _ON_HEAD_DAY:
            online = day >= ONLINE_SINCE and people < CROWD and chance() < _ONLINE
            form = ReceptionForm.ONLINE if online else ReceptionForm.DIRECT
            return self._by_head(ReceptionKind.SCHEDULED, form, day)
        if chance() < (_AD_HOC_CROWD if people >= CROWD else _AD_HOC):
            return self._by_head(ReceptionKind.AD_HOC, ReceptionForm.DIRECT, day)
        return pick(chance, self._regular)

    def _by_head(self, kind: ReceptionKind, form: ReceptionForm, day: date) -> Session:
        """On one day it is the head for everybody, or his deputy for everybody."""
        attendees = pick(self._chance, _ATTENDEES)
        if self._delegated.setdefault(day, self._chance() < _DELEGATED):
            return Session(kind, form, self._deputy, ReceiverRank.DELEGATE, self._head.name, attendees)
        return Session(kind, form, self._head, ReceiverRank.HEAD, "", attendees)
