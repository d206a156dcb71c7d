"""Kiến nghị, phản ánh: answered here, or forwarded (Luật Tiếp công dân Điều 26(2); TT 05/2021/TT-TTCP)."""

from __future__ import annotations

from typing import Any

from tcd_desktop.domain.cases.procedure import CLERK_RIGHTS, HEAD_RIGHTS, Procedure, Step
from tcd_desktop.domain.terms import CaseState as S
from tcd_desktop.domain.terms import Classification

_OPEN = (S.RECEIVED, S.UNDER_REVIEW)
_FIRST = ("TCD.answer", "DON.limit")
"""Ten working days for what was told at a reception; what came by post waits 45 days at most."""


def _step(act: str, frm: tuple[S, ...], to: S | None, **more: Any) -> Step:
    return Step(act=act, frm=frozenset(frm), to=to, **more)


STEPS = (
    _step("examine", (S.RECEIVED,), S.UNDER_REVIEW, article="Luật Tiếp công dân Điều 26(2)"),
    _step("file", _OPEN, S.FILED, stops=_FIRST, needs=("reason",), article="TT 05/2021/TT-TTCP Điều 28"),
    _step(
        "guide",
        _OPEN,
        S.GUIDED,
        document="02/TT05",
        stops=_FIRST,
        needs=("body",),
        once=True,
        article="TT 05/2021/TT-TTCP",
    ),
    _step(
        "forward",
        _OPEN,
        S.FORWARDED,
        document="04/TT05",
        stops=_FIRST,
        needs=("body", "number", "date"),
        article="Luật Tiếp công dân Điều 26(2)b",
    ),
    _step(
        "accept",
        _OPEN,
        S.ACCEPTED,
        document="01/TT05",
        stops=_FIRST,
        rights=HEAD_RIGHTS,
        signed=True,
        article="Luật Tiếp công dân Điều 26(2)a",
    ),
    _step(
        "answer",
        (*_OPEN, S.ACCEPTED, S.FORWARDED),
        S.ANSWERED,
        stops=_FIRST,
        needs=("date", "result"),
        article="Luật Tiếp công dân Điều 28",
    ),
    _step(
        "close",
        (S.FILED, S.GUIDED, S.FORWARDED, S.ANSWERED),
        S.CLOSED,
        rights=CLERK_RIGHTS,
        article="Luật Tiếp công dân Điều 28",
    ),
    _step("reopen", (S.CLOSED,), S.UNDER_REVIEW, needs=("reason",), article="NĐ 124/2020/NĐ-CP Điều 38"),
)

FEEDBACK = Procedure(kinds=frozenset({Classification.PETITION, Classification.FEEDBACK}), steps=STEPS, clocks=_FIRST)
