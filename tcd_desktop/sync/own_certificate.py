"""Where the certificate of this PC stands: until when, and whether it waits for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tcd_desktop.store.store import Store
from tcd_desktop.sync.keyring import Keyring, load_membership
from tcd_desktop.sync.renewal import is_due

NEAR: Final = timedelta(days=30)
"""So long before its end everybody is told every morning."""


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """`ends` is the last day; `state` valid, due (the next one is asked for with every bundle), near, ended.

    `new_keys`: this PC has made itself keys for which the certificate has not come yet.
    """

    ends: date
    today: date
    state: Literal["valid", "due", "near", "ended"]
    new_keys: bool

    @property
    def days(self) -> int:
        """Days left; below 0 once it has ended."""
        return (self.ends - self.today).days

    @property
    def asks(self) -> bool:
        """Whether a request for the next certificate waits for its answer."""
        return self.new_keys or self.state != "valid"

    @property
    def urgent(self) -> bool:
        """Whether it is told on the first screen."""
        return self.state in ("near", "ended")


def own_certificate(store: Store, keyring: Keyring, today: date) -> OwnCertificate | None:
    """The certificate this PC signs with; None before it has joined."""
    member = load_membership(store)
    pair = keyring.pair_for(member.certificate) if member else None
    if member is None or pair is None:
        return None
    ends = date.fromisoformat(member.certificate.not_after)
    state: Literal["valid", "due", "near", "ended"] = "valid"
    if today > ends:
        state = "ended"
    elif today + NEAR >= ends:
        state = "near"
    elif is_due(member.certificate, today):
        state = "due"
    return OwnCertificate(ends, today, state, keyring.newest != pair)
