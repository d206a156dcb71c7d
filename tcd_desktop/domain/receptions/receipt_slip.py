"""The content of Mẫu số 02/TCD, giấy biên nhận thông tin, tài liệu (NĐ 154/2026), without its layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.reception import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSlip:
    """Everything the paper says (domain 2.2 and 6.6).

    `print_no` 1 is the first print; from 2 on the paper says "In lại lần n" (n = print_no - 1).
    `number` is the practice number of the slip; the decree's form has no number line. `code` is printed as a small QR
    at the foot ("" = none; `domain/papers/paper_code.py`).
    """

    superior_name: str
    office_name: str
    locality: str
    at: datetime
    place: str
    receiver_name: str
    receiver_title: str
    giver: Person
    papers: tuple[Paper, ...]
    copies: int = 2
    number: str = ""
    print_no: int = 1
    practice: bool = False
    code: str = ""


def default_copies(*, denunciation: bool) -> int:
    """Two copies; three for a denunciation (the old rule, kept as an editable default since 2026)."""
    return 3 if denunciation else 2
