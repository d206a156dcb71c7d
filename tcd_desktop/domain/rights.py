"""Who may do what (quyền của người dùng): one table, asked by every act before it writes anything.

An act is named "area.verb"; the undo and redo of an act need the right of the act itself. Steps of a matter have finer
rights of their own, beside their procedure (`procedure.Step.rights`).
"""

from __future__ import annotations

from typing import Final

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficerRight

EVERYBODY_WHO_WRITES: Final = frozenset(OfficerRight) - {OfficerRight.VIEWER}
"""Chỉ xem: who only looks changes nothing."""
RECEIVERS: Final = EVERYBODY_WHO_WRITES - {OfficerRight.CLERK}
"""Those who receive citizens, their head, the administrator: who handles a denunciation (Luật Tố cáo Điều 9, 12)."""
DECIDERS: Final = frozenset({OfficerRight.ADMIN, OfficerRight.HEAD})
"""Người đứng đầu và quản trị."""
ADMINISTRATOR: Final = frozenset({OfficerRight.ADMIN})

AREAS: Final[dict[str, frozenset[OfficerRight]]] = dict.fromkeys(
    (
        "attachment",
        "balance",
        "calendar",
        "case",
        "citizen",
        "class_tag",
        "conclusion",
        "conflict",
        "directive",
        "inspection",
        "issued_document",
        "letter",
        "link",
        "number",
        "obligation",
        "old_book",
        "own_text",
        "petition",
        "phrase",
        "protection",
        "reception",
        "reminder",
        "report",
        "review",
        "sitting",
        "slip",
    ),
    EVERYBODY_WHO_WRITES,
)
"""The part of an act's name before the first point -> who may."""

ACTS: Final[dict[str, frozenset[OfficerRight]]] = {
    "denunciation.reveal": RECEIVERS,
    "denunciation.reveal_book": RECEIVERS,
    "office.found": ADMINISTRATOR,
    "officer.add": ADMINISTRATOR,
    "enrol.grant": RECEIVERS,
    "enrol.again": RECEIVERS,
    "enrol.accept": RECEIVERS,
    "enrol.withdraw": RECEIVERS,
    "keys.renew": RECEIVERS,
    "keys.revoke": RECEIVERS,
    "keys.give_back": RECEIVERS,
    "keys.take_in": RECEIVERS,
    "keys.leave_out": RECEIVERS,
    "keys.one_history": RECEIVERS,
    "keys.reseal": RECEIVERS,
    "keys.rotate_device": ADMINISTRATOR,
    "keys.rotate_office": ADMINISTRATOR,
    "keys.rotate_root": ADMINISTRATOR,
    "keys.print": ADMINISTRATOR,
    "exchange.undo_import": RECEIVERS,
    "record.erase": DECIDERS,
    "updates.make": ADMINISTRATOR,
    "updates.install": RECEIVERS,
    "updates.back": RECEIVERS,
}
"""Acts with rights of their own."""


def rights_of(act: str) -> frozenset[OfficerRight]:
    """Who may do an act, undo it and redo it. Every act must stand in this table; who only looks does none."""
    while act.endswith((".undo", ".redo")):
        act = act.rpartition(".")[0]
    return ACTS.get(act) or AREAS.get(act.partition(".")[0], EVERYBODY_WHO_WRITES)


def may(right: OfficerRight, act: str) -> bool:
    """Whether somebody with this right may do the act."""
    return right in rights_of(act)


def may_write(right: OfficerRight) -> bool:
    """Whether this right is more than a look."""
    return right in EVERYBODY_WHO_WRITES


def check_right(right: OfficerRight, act: str) -> None:
    """Raises Refused("not_allowed" | "only_reads")."""
    if not may(right, act):
        raise Refused("not_allowed" if may_write(right) else "only_reads")
