"""Which clocks of the law run in a matter, and which have been met: told by its steps alone.

Nothing is kept but the steps: when a holiday, a rule or a step changes, the same reading gives the new dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.procedure import Procedure, Step
from tcd_desktop.domain.clocks.deadlines import Deadline
from tcd_desktop.domain.terms import CaseState

WAITING_PERIODS = frozenset({"KN.effect", "KN2.lodge"})
"""Nobody has to do anything by their end: it is waited for (a decision's legal effect, a second complaint)."""


class Compute(Protocol):
    """The deadline of a clock: `domain.clocks.deadlines.compute` with law, calendar and circumstances filled in."""

    def __call__(
        self, rule: str, start: date, *, suspended: tuple[tuple[date, date], ...], extensions: tuple[int, ...]
    ) -> Deadline:
        """The deadline."""
        ...


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a matter. `act` started it ("" = the receipt). `met` is the day on which it was stopped, by a step
    that keeps it or by closing the file.

    `paused` is the day since which the matter is suspended (tạm đình chỉ): while it is, there is no due date to keep.
    """

    rule: str
    start: date
    act: str = ""
    met: date | None = None
    paused: date | None = None
    suspended: tuple[tuple[date, date], ...] = ()
    extensions: tuple[int, ...] = ()
    deadline: Deadline | None = None

    @property
    def running(self) -> bool:
        """Whether somebody has to keep it now."""
        return self.met is None and self.paused is None

    def late_by(self, today: date) -> int:
        """Days past the due date: at the end of a clock that was met, else today; 0 = in time, or only waited for."""
        if self.deadline is None or self.paused is not None or self.rule in WAITING_PERIODS:
            return 0
        return max(((self.met or today) - self.deadline.due).days, 0)


def clocks_of(
    procedure: Procedure,
    steps: Iterable[CaseStep],
    *,
    received: date,
    compute: Compute,
    initial: tuple[str, ...] | None = None,
) -> tuple[Clock, ...]:
    """Every clock of a matter in the order in which they began.

    `initial` are the clocks of the receipt when they are not those of the procedure (an old matter, a petition by
    post has no TCD.answer). Steps in the recycle bin do not count. Raises what `compute` raises.
    """
    clocks = [Clock(rule, received) for rule in (procedure.clocks if initial is None else initial)]
    acts = {(one.act, state): one for one in procedure.steps for state in one.frm}
    for taken in sorted((one for one in steps if not one.removed), key=lambda one: (one.on, one.id)):
        step = acts.get((taken.act, taken.frm))
        if step is not None:
            clocks = [_after(clock, step, taken) for clock in clocks]
            clocks += [Clock(rule, taken.on, taken.act) for rule in step.starts]
    return tuple(_dated(clock, compute) for clock in clocks)


def _after(clock: Clock, step: Step, taken: CaseStep) -> Clock:
    if clock.met is not None:
        return clock
    if clock.rule in step.stops or taken.to is CaseState.CLOSED:  # nothing is owed in a closed file
        return replace(clock, met=taken.on)
    if clock.rule in step.pauses and clock.paused is None:
        return replace(clock, paused=taken.on)
    if clock.rule in step.continues and clock.paused is not None:
        return replace(clock, paused=None, suspended=(*clock.suspended, (clock.paused, taken.on)))
    if clock.rule in step.extends and taken.days:
        return replace(clock, extensions=(*clock.extensions, taken.days))
    return clock


def _dated(clock: Clock, compute: Compute) -> Clock:
    if clock.paused is not None:
        return clock
    deadline = compute(clock.rule, clock.start, suspended=clock.suspended, extensions=clock.extensions)
    return replace(clock, deadline=deadline)


def next_due(clocks: Iterable[Clock]) -> Clock | None:
    """The running clock that has to be kept first; None when nothing has to be done."""
    running = [clock for clock in clocks if clock.running and clock.deadline and clock.rule not in WAITING_PERIODS]
    return min(running, key=lambda clock: clock.deadline.due if clock.deadline else date.max, default=None)
