"""Protection of a denouncer (bảo vệ người tố cáo: Luật Tố cáo Chương VI)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionRequest:
    """Yêu cầu áp dụng biện pháp bảo vệ. Who asked is the sealed identity of the visit or petition it names.

    `measures` are codes of the law's measures (Điều 56-58) asked for; `granted` None until it was decided.
    """

    id: str
    office: str
    case: str | None = None
    reception: str | None = None
    asked_on: date
    measures: tuple[str, ...] = ()
    granted: bool | None = None
    decided_on: date | None = None
    number: str = ""
    ended_on: date | None = None
    note: str = ""
    removed: str = ""
