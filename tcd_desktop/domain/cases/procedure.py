"""The way of a matter through the office (trình tự giải quyết), as a table of steps.

A procedure is data: which step leads from which states to which, which document it issues, which clocks of the law
it starts and stops, what must be told with it, who may take it, and the article it comes from. The help draws its
picture from the same table, the window offers what it allows, the desk refuses the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import CaseState, Classification, OfficerRight

OFFICE_RIGHTS = frozenset({OfficerRight.RECEPTION, OfficerRight.HEAD, OfficerRight.ADMIN})
"""Who prepares: registers, examines, proposes, guides."""

HEAD_RIGHTS = frozenset({OfficerRight.HEAD, OfficerRight.RECEPTION, OfficerRight.ADMIN})
"""What the head signs (thủ trưởng ký); the officer who handles the matter enters it for him."""

CLERK_RIGHTS = frozenset({OfficerRight.CLERK, *OFFICE_RIGHTS})
"""Sending, publishing, filing (văn thư)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `to` None returns to the state from which the matter was suspended; equal to `frm` stays there.

    `document` is the code of a form ("02/TT05") or "" when the step issues none. `starts`, `stops`, `pauses` (tạm
    đình chỉ), `continues` and `extends` (gia hạn) name clocks of the law data.
    `needs` are fields that must be told: number, date, reason, body, result, days, part.
    `signed` is True when the head signs. `once`: the law allows it one time for a matter.
    """

    act: str
    frm: frozenset[CaseState]
    to: CaseState | None
    document: str = ""
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    rights: frozenset[OfficerRight] = OFFICE_RIGHTS
    signed: bool = False
    once: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """All steps of one kind of matter. `begins` is the state of a new one, `clocks` run from its receipt."""

    kinds: frozenset[Classification]
    steps: tuple[Step, ...]
    clocks: tuple[str, ...]
    instance: int = 1
    begins: CaseState = CaseState.RECEIVED

    @property
    def states(self) -> tuple[CaseState, ...]:
        """Every state a matter of this kind can be in, in the order of the table."""
        found = [self.begins]
        for one in self.steps:
            found += [*sorted(one.frm), *((one.to,) if one.to else ())]
        return tuple(dict.fromkeys(found))

    @property
    def finals(self) -> frozenset[CaseState]:
        """States no step leads out of but the reopening (đóng hồ sơ, xem xét lại)."""
        left = {state for one in self.steps if one.act not in ("close", "reopen") for state in one.frm}
        return frozenset(self.states) - left

    def steps_from(self, state: CaseState, *, taken: Iterable[str] = ()) -> tuple[Step, ...]:
        """What may come next. `taken` are the acts done already: a step allowed once is not offered again."""
        done = frozenset(taken)
        return tuple(one for one in self.steps if state in one.frm and not (one.once and one.act in done))

    def step(self, act: str, state: CaseState, *, taken: Iterable[str] = ()) -> Step:
        """The step of that name from a state.

        Raises Refused("step_unknown", act), Refused("step_once", act, article) when it was done before and may not
        be done twice, Refused("step_not_now", act, state, article) when it does not lead out of this state.
        """
        named = [one for one in self.steps if one.act == act]
        if not named:
            raise Refused("step_unknown", act=act)
        fitting = next((one for one in named if state in one.frm), None)
        if fitting is None:
            raise Refused("step_not_now", act=act, state=state, article=named[0].article)
        if fitting.once and act in frozenset(taken):
            raise Refused("step_once", act=act, article=fitting.article)
        return fitting

    def unreachable(self) -> frozenset[CaseState]:
        """States that no way from the beginning leads to; empty in a sound table."""
        reached, waiting = {self.begins}, [self.begins]
        while waiting:
            for one in self.steps_from(waiting.pop()):
                if one.to is not None and one.to not in reached:
                    reached.add(one.to)
                    waiting.append(one.to)
        return frozenset(self.states) - reached
