"""What was decided about a PC, for the page of keys: the day, what, why, who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop.domain.key_decision import KeyDecision, KeyStep
from tcd_desktop.domain.office import Officer
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.key_words import reason_words


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with who took it and when."""

    decision: KeyDecision
    at: datetime
    officer: str


def decisions(office: OpenOffice) -> list[Decided]:
    """Every decision of this office about a PC, the newest first."""
    found = office.store.all(KeyDecision, "office = ?", (office.office.id,))
    names = {one.id: one.name for one in office.store.all(Officer)}
    with office.store.reading() as connection:
        told = [(one, journal.history(connection, one.id)[0]) for one in found]
    made = [Decided(one, line.at.astimezone().replace(tzinfo=None), names.get(line.officer, "")) for one, line in told]
    return sorted(made, key=lambda one: one.at, reverse=True)


def history_facts(decided: list[Decided], device: str, today: date) -> list[tuple[str, str]]:
    """(when and who, what and why) of one PC."""
    return [
        (" · ".join(filter(None, (moment(one.at, today), one.officer))), decision_words(one.decision))
        for one in decided
        if one.decision.device == device
    ]


def decision_words(one: KeyDecision) -> str:
    """One decision in a sentence."""
    if one.step is KeyStep.REVOKED:
        said = _("Revoked ({why}); trusted up to entry {n}.").format(why=reason_words(one.why), n=one.last)
    elif one.step is KeyStep.TAKEN_IN:
        said = _("Entries {first}–{last}, written later, were taken in.").format(first=one.first, last=one.last)
    elif one.step is KeyStep.LEFT_OUT:
        said = _("Entries {first}–{last}, written later, were left out.").format(first=one.first, last=one.last)
    else:
        said = _("Of two histories the first goes on, from entry {n}.").format(n=one.first)
    return f"{said} {one.reason}".strip()
