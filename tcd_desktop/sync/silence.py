"""How long a ward has had no word from its superior, told from clocks that may lie.

Two clocks say when the newest answer came: this PC's, when it was read, and the superior's, when it was signed. An
answer is read after it is signed, so the later of the two counts; a time that lies ahead of today is a lie and counts
for nothing. When both lie ahead, this PC's own date is behind the truth: then no number of days is told at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.keyring import Membership
from tcd_desktop.sync.manifest import BundleKind

QUIET_DAYS: Final = 30
"""A ward brings its stick every week or every month; after that long somebody asks."""
POLICY: Final = "quiet_days"
"""The name in the policy of the root with which its keepers set another number."""
BELIEVABLE: Final = 366
"""More days than that are rather a wrong clock."""


@dataclass(frozen=True, slots=True)
class Silence:
    """`days` since the last word, None when this PC's date lies before it. `since`: the day of the last word.

    `answered`: that word was an answer; otherwise it was the certificate with which this PC was enrolled.
    """

    superior: str
    since: date
    days: int | None
    answered: bool
    limit: int

    @property
    def clock_in_doubt(self) -> bool:
        """Whether this PC's date should be looked at."""
        return self.days is None or self.days > BELIEVABLE

    @property
    def to_tell(self) -> bool:
        """Whether a banner says so."""
        return self.days is None or self.days > self.limit


def silence(connection: Connection, member: Membership, today: date) -> Silence:
    """How it stands today with an office that has joined."""
    where = "direction = 'in' AND kind = ? AND outcome = 'applied'"
    answers = ledger.lines(connection, where, (BundleKind.RETURN.value,), limit=1)
    if answers:
        told = [answers[0].at.date()]
        if answers[0].created:
            told.append(stamp_time(answers[0].created).astimezone().date())
    else:
        told = [date.fromisoformat(member.certificate.not_before)]
    return judged(member.superior_name, told, today, answered=bool(answers), limit=_limit(member))


def judged(superior: str, told: list[date], today: date, *, answered: bool, limit: int = QUIET_DAYS) -> Silence:
    """`told`: the days that the clocks give for the last word."""
    possible = [day for day in told if day <= today]
    if not possible:
        return Silence(superior, min(told), None, answered, limit)
    since = max(possible)
    return Silence(superior, since, (today - since).days, answered, limit)


def _limit(member: Membership) -> int:
    return max(member.root.metadata.policy.get(POLICY, QUIET_DAYS), 1)
