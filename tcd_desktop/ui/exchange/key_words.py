"""Keys and certificates in words for people."""

from __future__ import annotations

from tcd_desktop.i18n import lazy
from tcd_desktop.sync.key_facts import DeviceStanding
from tcd_desktop.ui.lists.paged_model import Chip

STATES = {
    "valid": (lazy("Valid"), "success", "badge-check"),
    "due": (lazy("Ends soon"), "warning", "hourglass"),
    "expired": (lazy("Has ended, still accepted"), "warning", "hourglass"),
    "revoked": (lazy("Revoked"), "danger", "unlink"),
}
REASONS = (
    ("lost", lazy("Lost or burnt")),
    ("stolen", lazy("Stolen")),
    ("retired", lazy("Taken out of use")),
    ("forked", lazy("Copied: two histories")),
)


def state_chip(one: DeviceStanding) -> Chip:
    """Where a certificate stands."""
    words, tone, icon = STATES[one.state]
    return Chip(str(words), tone, icon)  # type: ignore[arg-type]


def reason_words(code: str) -> str:
    """Why a PC was revoked."""
    return str(dict(REASONS).get(code, ""))
