"""deadline RULE --from DATE: the date and why."""

from __future__ import annotations

import argparse
from datetime import date

from tcd_desktop import law
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.clocks.calendar import WEEKEND
from tcd_desktop.domain.clocks.deadlines import compute
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _


def deadline(options: argparse.Namespace, output: Output) -> Exit:
    """Computes one clock of the law with the shipped calendar."""
    try:
        start = date.fromisoformat(options.start)
    except ValueError as error:
        raise Refused("not_a_date") from error
    found = compute(
        law.law_book(),
        options.rule,
        start,
        law.calendar_around(start),
        complex=options.complex,
        very_complex=options.very_complex,
        remote=options.remote,
    )
    value = found.as_json()
    lines = [f"{found.due:%d/%m/%Y}", found.article]
    weekend = _("weekend")
    for day, reason in found.skipped:
        lines.append(f"  {day:%d/%m/%Y}  {weekend if reason == WEEKEND else reason}")
    output.answer(value, lines)
    return Exit.DONE
