"""Erasing a record's content by a decision (xóa dữ liệu theo quyết định): what goes, what stays in its place.

The decision is a record of its own that is never undone. In the place of the erased one stays what tells nothing of a
person: its number and day, its kind, what it belonged to; and a sentence that names the decision.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

ACT: Final = "record.erase"
LONGEST_NUMBER: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Xóa nội dung một bản ghi theo quyết định. `unit` is the office whose record it is, `kind` its table.

    `number`, `decided_on` and `reason` are those of the decision; `label` is the record's number in its book. `kept`
    is what stands in its place from now on: its fields as canonical JSON.
    """

    id: str
    office: str
    unit: str
    kind: str
    record: str
    number: str
    decided_on: date
    reason: str
    label: str = ""
    kept: str


KEPT: Final[dict[str, frozenset[str]]] = {
    table: frozenset(names.split())
    for table, names in {
        "reception": "date time end_time kind classification year number series case sitting direction batch",
        "petition": "source received_on classification year number series reception case direction",
        "case_file": "year number series classification opened_on state closed_on received_on instance field people "
        "result reception",
        "attachment": "case reception added_on",
        "issued_document": "form instrument issued_at print_no copies reception case letter report signed_at",
        "letter": "kind instrument year number series sign dated state reception petition case sitting target",
        "case_step": "case act frm to on part",
        "obligation": "kind case issued_on state",
        "protection_request": "case reception asked_on",
        "disclosure": "reception officer",
        "citizen": "",
    }.items()
}
"""Table whose records can be erased -> the fields that stay: none of them tells of a person."""

CHOSEN: Final = frozenset({"reception", "petition", "case_file", "letter", "attachment", "citizen"})
"""Those a person erases by themselves; of the others goes what hangs on one of these."""

_TOLD: Final = {
    "case_file": "title",
    "attachment": "name",
    "letter": "about",
    "citizen": "name",
    "disclosure": "reason",
}
"""Table -> the field lists show: it says what became of the record."""


def sentence(number: str) -> str:
    """What stands in the place of the content."""
    return f"Đã xóa theo quyết định {number}"


def kept_fields(table: str, record: Any, number: str) -> dict[str, Any]:
    """The fields that stay of a record, with the sentence where lists show it; the others have their default."""
    told = sentence(number)
    kept: dict[str, Any] = {}
    for f in dataclasses.fields(record):
        if f.name in ("id", "office"):
            continue
        value = getattr(record, f.name)
        if f.name == "removed" or f.name == _TOLD.get(table):
            kept[f.name] = told
        elif f.name in KEPT[table]:
            if f.default is dataclasses.MISSING or value != f.default:
                kept[f.name] = value
        elif f.default is dataclasses.MISSING:
            kept[f.name] = _nothing(value)
    return kept


def _nothing(value: Any) -> Any:
    """An empty value of a mandatory field that may not stay."""
    if isinstance(value, str):
        return ""
    if isinstance(value, int):
        return 0
    raise TypeError(f"no empty {type(value).__name__}")
