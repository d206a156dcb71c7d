"""Khiếu nại: from the paper to the executed decision (Luật Khiếu nại as amended by Luật 136/2025/QH15; NĐ 155/2026)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tcd_desktop.domain.cases.procedure import CLERK_RIGHTS, HEAD_RIGHTS, Procedure, Step
from tcd_desktop.domain.terms import CaseState as S
from tcd_desktop.domain.terms import Classification

_OPEN = (S.RECEIVED, S.UNDER_REVIEW, S.AWAITING_PAPERS)
_SETTLING = (S.ACCEPTED, S.VERIFYING, S.DIALOGUE)
_DECIDED = (S.DECIDED, S.IN_EFFECT, S.ESCALATED, S.EXECUTING, S.EXECUTED)


def _step(act: str, frm: tuple[S, ...], to: S | None, **more: Any) -> Step:
    return Step(act=act, frm=frozenset(frm), to=to, **more)


def _signed(act: str, frm: tuple[S, ...], to: S | None, **more: Any) -> Step:
    return _step(act, frm, to, rights=HEAD_RIGHTS, signed=True, **more)


STEPS = (
    _step("examine", (S.RECEIVED, S.AWAITING_PAPERS), S.UNDER_REVIEW, article="TT 05/2021/TT-TTCP Điều 6"),
    _step(
        "ask_papers",
        (S.RECEIVED, S.UNDER_REVIEW),
        S.AWAITING_PAPERS,
        document="02/TT05",
        needs=("reason",),
        article="TT 05/2021/TT-TTCP",
    ),
    _step(
        "file",
        _OPEN,
        S.FILED,
        stops=("KN1.accept", "TCD.answer"),
        needs=("reason",),
        article="TT 05/2021/TT-TTCP Điều 28",
    ),
    _step(
        "guide",
        _OPEN,
        S.GUIDED,
        document="02/TT05",
        stops=("KN1.accept", "TCD.answer"),
        needs=("body",),
        once=True,
        article="Luật Tiếp công dân Điều 26(1)b",
    ),
    _step(
        "forward",
        _OPEN,
        S.FORWARDED,
        stops=("KN1.accept", "TCD.answer"),
        needs=("body", "number", "date"),
        article="Luật Tiếp công dân Điều 26(1)b",
    ),
    _step(
        "return",
        _OPEN,
        S.RETURNED,
        stops=("KN1.accept", "TCD.answer"),
        needs=("body", "reason"),
        article="TT 05/2021/TT-TTCP",
    ),
    _signed(
        "refuse",
        _OPEN,
        S.NOT_ACCEPTED,
        document="04/NĐ124",
        stops=("KN1.accept", "TCD.answer"),
        needs=("reason",),
        article="Luật Khiếu nại Điều 11, 27",
    ),
    _signed(
        "accept",
        _OPEN,
        S.ACCEPTED,
        document="03/NĐ124",
        starts=("KN1.settle",),
        stops=("KN1.accept", "TCD.answer"),
        article="Luật Khiếu nại Điều 27",
    ),
    _signed("verify", (S.ACCEPTED,), S.VERIFYING, document="05/NĐ124", article="Luật Khiếu nại Điều 29"),
    _step(
        "dialogue",
        (S.ACCEPTED, S.VERIFYING),
        S.DIALOGUE,
        document="14/NĐ124",
        needs=("date",),
        article="Luật Khiếu nại Điều 30",
    ),
    _signed(
        "decide",
        _SETTLING,
        S.DECIDED,
        document="15/NĐ124",
        starts=("KN1.send", "KN.effect", "KN2.lodge"),
        stops=("KN1.settle",),
        needs=("number", "date", "result"),
        article="Luật Khiếu nại Điều 31",
    ),
    _step(
        "send",  # late is better than never: it can be told of as long as the file is open
        _DECIDED,
        None,
        stops=("KN1.send",),
        needs=("date",),
        rights=CLERK_RIGHTS,
        article="Luật Khiếu nại Điều 32",
    ),
    _signed(
        "suspend",
        _SETTLING,
        S.SUSPENDED,
        document="14a/NĐ124",
        pauses=("KN1.settle",),
        needs=("reason", "number", "date"),
        article="Luật Khiếu nại Điều 11a(1)",
    ),
    _signed(
        "resume",
        (S.SUSPENDED,),
        None,
        document="14b/NĐ124",
        continues=("KN1.settle",),
        needs=("number", "date"),
        article="Luật Khiếu nại Điều 11a(4)",
    ),
    _step(
        "withdraw_part",
        (*_OPEN, *_SETTLING),
        None,
        needs=("part", "date"),
        article="NĐ 155/2026/NĐ-CP Điều 7a",
    ),
    _signed(
        "end",
        (*_OPEN, *_SETTLING, S.SUSPENDED),
        S.ENDED,
        document="14a/NĐ124",
        stops=("KN1.accept", "KN1.settle", "TCD.answer"),
        needs=("reason", "number", "date"),
        article="Luật Khiếu nại Điều 11a(2)",
    ),
    _step(
        "second_complaint",
        (S.DECIDED,),
        S.ESCALATED,
        stops=("KN2.lodge", "KN.effect"),
        needs=("date", "body"),
        article="Luật Khiếu nại Điều 33",
    ),
    _step("sue", (S.DECIDED, S.IN_EFFECT), S.ESCALATED, needs=("date", "body"), article="Luật Khiếu nại Điều 33, 42"),
    _step(
        "take_effect",
        (S.DECIDED,),
        S.IN_EFFECT,
        stops=("KN.effect", "KN2.lodge"),
        article="Luật Khiếu nại Điều 44",
    ),
    _signed("execute", (S.IN_EFFECT,), S.EXECUTING, needs=("body", "number", "date"), article="Luật Khiếu nại Điều 46"),
    _step("executed", (S.EXECUTING,), S.EXECUTED, needs=("date",), article="Luật Khiếu nại Điều 46"),
    _step(
        "close",
        (S.FILED, S.GUIDED, S.FORWARDED, S.RETURNED, S.NOT_ACCEPTED, S.ENDED, S.ESCALATED, S.IN_EFFECT, S.EXECUTED),
        S.CLOSED,
        rights=CLERK_RIGHTS,
        article="Luật Khiếu nại Điều 34",
    ),
    _signed("reopen", (S.CLOSED,), S.UNDER_REVIEW, needs=("reason",), article="NĐ 124/2020/NĐ-CP Điều 38"),
)

_KINDS = frozenset({Classification.COMPLAINT})
COMPLAINT = Procedure(kinds=_KINDS, steps=STEPS, clocks=("TCD.answer", "KN1.accept"))


def _second(step: Step) -> Step:
    """The same step when a complaint is settled the second time (khiếu nại lần hai: Luật Khiếu nại Điều 33-41)."""

    def second(clocks: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(clock.replace("KN1.", "KN2.") for clock in clocks)

    step = replace(
        step,
        starts=second(step.starts),
        stops=second(step.stops),
        pauses=second(step.pauses),
        continues=second(step.continues),
    )
    if step.act == "decide":  # dialogue is a duty in the second instance
        starts = ("KN2.send", "KN2.publish", "KN.effect")
        return replace(step, frm=frozenset({S.DIALOGUE}), document="16/NĐ124", starts=starts, article="Điều 39, 40")
    if step.act == "take_effect":
        return replace(step, stops=("KN.effect",))
    return step


SECOND_COMPLAINT = Procedure(
    kinds=_KINDS,
    steps=(
        *(_second(step) for step in STEPS if step.act != "second_complaint"),
        _step(
            "publish",
            _DECIDED,
            None,
            stops=("KN2.publish",),
            needs=("date",),
            rights=CLERK_RIGHTS,
            article="Luật Khiếu nại Điều 41",
        ),
    ),
    clocks=("TCD.answer", "KN2.accept"),
    instance=2,
)
