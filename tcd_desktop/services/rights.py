"""What an officer's right allows, asked by the desks themselves: a window that forgot to ask changes nothing."""

from __future__ import annotations

from tcd_desktop.domain.cases.procedure import OFFICE_RIGHTS
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficerRight


def require_writing(officer: Officer) -> None:
    """Raises Refused("only_reads") for who may only look (người xem)."""
    if officer.right is OfficerRight.VIEWER:
        raise Refused("only_reads")


def require_reveal(officer: Officer) -> None:
    """Raises Refused("reveal_right") for who has no part in a denunciation (Luật Tố cáo Điều 56; NĐ 154 Điều 12(2))."""
    if officer.right not in OFFICE_RIGHTS:
        raise Refused("reveal_right")
