"""Whether a ward has sent its books: never, lately, or not for a week."""

from __future__ import annotations

from datetime import date, timedelta

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.board import WardLine
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.lists.paged_model import Chip

LATE_AFTER = timedelta(days=7)
"""A ward brings its stick once a week; without one for longer than this it counts as "chưa nộp"."""


def is_missing(line: WardLine | ComparedWard, today: date) -> bool:
    """True when nothing has come, or nothing lately."""
    return line.last is None or today - line.last.at.date() > LATE_AFTER


def state_chip(line: WardLine | ComparedWard, today: date) -> Chip:
    """Chưa nộp, or when the last bundle came."""
    if line.last is None:
        return Chip(_("Never sent"), "danger", "package-x")
    days = (today - line.last.at.date()).days
    if is_missing(line, today):
        return Chip(ngettext("Not for {n} day", "Not for {n} days", days).format(n=days), "warning", "hourglass")
    return Chip(_("Has sent"), "success", "circle-check")


def last_words(line: WardLine | ComparedWard, today: date) -> str:
    """When the last bundle was imported; "" when none was."""
    return moment(line.last.at, today) if line.last else ""


def span_words(line: WardLine | ComparedWard) -> str:
    """Up to which entry of the ward's journal the books here go."""
    return str(line.last.last) if line.last else ""
