"""Tố cáo: from the denunciation to the carried out conclusion (Luật Tố cáo as amended; NĐ 31/2019, NĐ 156/2026)."""

from __future__ import annotations

from typing import Any

from tcd_desktop.domain.cases.procedure import CLERK_RIGHTS, HEAD_RIGHTS, Procedure, Step
from tcd_desktop.domain.terms import CaseState as S
from tcd_desktop.domain.terms import Classification

_OPEN = (S.RECEIVED, S.UNDER_REVIEW)
_SETTLING = (S.ACCEPTED, S.VERIFYING)
_CONCLUDED = (S.CONCLUDED, S.HANDLED, S.PUBLISHED, S.EXECUTING, S.EXECUTED, S.INVESTIGATION)
_FIRST = ("TC.first", "TC.forward", "TC.again", "TCD.answer")
"""The clocks of a denunciation that nobody has decided on yet: new, or brought again."""


def _step(act: str, frm: tuple[S, ...], to: S | None, **more: Any) -> Step:
    return Step(act=act, frm=frozenset(frm), to=to, **more)


def _signed(act: str, frm: tuple[S, ...], to: S | None, **more: Any) -> Step:
    return _step(act, frm, to, rights=HEAD_RIGHTS, signed=True, **more)


STEPS = (
    _step("examine", (S.RECEIVED,), S.UNDER_REVIEW, article="Luật Tố cáo Điều 24(1)"),
    _step(
        "file",
        _OPEN,
        S.FILED,
        stops=_FIRST,
        needs=("reason",),
        article="Luật Tố cáo Điều 24(3), 25(1)",
    ),
    _signed(
        "inspect",
        _OPEN,
        S.INSPECTED,
        stops=_FIRST,
        needs=("body",),
        article="Luật Tố cáo Điều 25(2)",
    ),
    _step(
        "guide",
        _OPEN,
        S.GUIDED,
        stops=_FIRST,
        needs=("body",),
        article="Luật Tố cáo Điều 24(2)",
    ),
    _step(
        "forward",
        _OPEN,
        S.FORWARDED,
        document="03/TT05",
        stops=_FIRST,
        needs=("body", "number", "date"),
        once=True,
        article="TT 05/2021/TT-TTCP Điều 14(1)",
    ),
    _signed(
        "refuse",
        _OPEN,
        S.NOT_ACCEPTED,
        stops=_FIRST,
        needs=("reason",),
        article="Luật Tố cáo Điều 24(1), 29",
    ),
    _signed(
        "accept",
        _OPEN,
        S.ACCEPTED,
        document="04/NĐ31",
        starts=("TC.settle", "TC.notice"),
        stops=_FIRST,
        needs=("number", "date"),
        article="Luật Tố cáo Điều 29",
    ),
    _step(
        "notify",  # late is better than never: it can be told of as long as the file is open
        (*_SETTLING, *_CONCLUDED),
        None,
        document="05/NĐ31",
        stops=("TC.notice",),
        needs=("date",),
        rights=CLERK_RIGHTS,
        article="Luật Tố cáo Điều 29(3)",
    ),
    _signed("verify", (S.ACCEPTED,), S.VERIFYING, document="07/NĐ31", article="Luật Tố cáo Điều 31"),
    _signed(
        "extend",
        _SETTLING,
        None,
        document="01/NĐ31",
        extends=("TC.settle",),
        needs=("reason", "days", "number", "date"),
        article="Luật Tố cáo Điều 30(2), (3)",
    ),
    _signed(
        "suspend",
        _SETTLING,
        S.SUSPENDED,
        starts=("TC.suspend",),
        pauses=("TC.settle",),
        needs=("reason", "number", "date"),
        article="Luật Tố cáo Điều 34(1)",
    ),
    _signed(
        "resume",
        (S.SUSPENDED,),
        None,
        continues=("TC.settle",),
        stops=("TC.suspend",),
        needs=("number", "date"),
        article="Luật Tố cáo Điều 34(2)",
    ),
    _step(
        "withdraw_part",
        (*_OPEN, *_SETTLING),
        None,
        document="02/NĐ31",
        needs=("part", "date"),
        article="Luật Tố cáo Điều 33",
    ),
    _signed(
        "end",
        (*_OPEN, *_SETTLING, S.SUSPENDED),
        S.ENDED,
        stops=(*_FIRST, "TC.settle", "TC.notice", "TC.suspend"),
        needs=("reason", "number", "date"),
        article="Luật Tố cáo Điều 34(3)",
    ),
    _signed(
        "conclude",
        (S.VERIFYING,),
        S.CONCLUDED,
        document="12/NĐ31",
        starts=("TC.send", "TC.act", "TC.publish"),
        stops=("TC.settle",),
        needs=("number", "date", "result"),
        article="Luật Tố cáo Điều 35",
    ),
    _step(
        "send",
        _CONCLUDED,
        None,
        stops=("TC.send",),
        needs=("date",),
        rights=CLERK_RIGHTS,
        article="Luật Tố cáo Điều 35(3)",
    ),
    _signed(
        "handle",
        (S.CONCLUDED,),
        S.HANDLED,
        starts=("TC.act.result",),
        stops=("TC.act",),
        needs=("number", "date"),
        article="Luật Tố cáo Điều 36",
    ),
    _signed(
        "to_investigators",
        (*_OPEN, *_SETTLING, S.CONCLUDED),
        S.INVESTIGATION,
        stops=(*_FIRST, "TC.settle", "TC.act", "TC.publish"),
        needs=("body", "number", "date"),
        article="Luật Tố cáo Điều 27(1), 36(2)",
    ),
    _step(
        "publish",
        (S.HANDLED,),
        S.PUBLISHED,
        stops=("TC.publish",),
        needs=("date",),
        rights=CLERK_RIGHTS,
        article="Luật Tố cáo Điều 40",
    ),
    _step(
        "publish",
        (S.EXECUTING, S.EXECUTED),
        None,
        stops=("TC.publish",),
        needs=("date",),
        rights=CLERK_RIGHTS,
        article="Luật Tố cáo Điều 40",
    ),
    _signed(
        "execute",
        (S.HANDLED, S.PUBLISHED),
        S.EXECUTING,
        needs=("body", "date"),
        article="NĐ 31/2019/NĐ-CP Điều 18",
    ),
    _step("executed", (S.EXECUTING,), S.EXECUTED, stops=("TC.act.result",), needs=("date",), article="Điều 36(3)"),
    _step(
        "denounced_again",  # what was owed to the earlier conclusion is decided on anew
        (S.CONCLUDED, S.HANDLED, S.PUBLISHED, S.EXECUTING, S.EXECUTED, S.NOT_ACCEPTED, S.CLOSED),
        S.UNDER_REVIEW,
        starts=("TC.again",),
        stops=("TC.notice", "TC.send", "TC.act", "TC.act.result", "TC.publish"),
        needs=("date",),
        article="Luật Tố cáo Điều 37",
    ),
    _step(
        "close",
        (
            S.FILED,
            S.INSPECTED,
            S.GUIDED,
            S.FORWARDED,
            S.NOT_ACCEPTED,
            S.ENDED,
            S.INVESTIGATION,
            S.PUBLISHED,
            S.EXECUTED,
        ),
        S.CLOSED,
        rights=CLERK_RIGHTS,
        article="Luật Tố cáo Điều 39",
    ),
)

DENUNCIATION = Procedure(kinds=frozenset({Classification.DENUNCIATION}), steps=STEPS, clocks=("TCD.answer", "TC.first"))
