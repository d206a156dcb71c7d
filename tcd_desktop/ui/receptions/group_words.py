"""How many may speak for a group, and how far its list has come, in a sentence that follows the typing."""

from __future__ import annotations

from collections.abc import Sequence

from tcd_desktop.domain.people.group_rules import LARGE, SMALL, most_speakers
from tcd_desktop.domain.people.person import Member
from tcd_desktop.i18n import _, ngettext


def rule_sentence(people: int) -> str:
    """What Điều 29 of the law asks of so many people."""
    if people < 2:
        return _("List the people of the group.")
    if people < SMALL:
        return _("{people} people: one of them speaks for all.").format(people=people)
    if people <= LARGE:
        return _("{people} people: one or two of them speak for all.").format(people=people)
    return _("{people} people: one to {high} of them speak for all.").format(people=people, high=most_speakers(people))


def state_sentence(members: Sequence[Member]) -> str:
    """How many are listed, speak, have signed."""
    if not members:
        return _("Nobody is listed yet.")
    listed = ngettext("{n} is listed", "{n} are listed", len(members)).format(n=len(members))
    speak = sum(member.speaks for member in members)
    speaking = ngettext("{n} speaks", "{n} speak", speak).format(n=speak)
    signed = sum(member.signed for member in members)
    signing = _("{n} of {all} have signed").format(n=signed, all=len(members))
    return " · ".join((listed, speaking, signing))


def too_many(people: int, members: Sequence[Member]) -> bool:
    """True when more speak than the law allows."""
    return sum(member.speaks for member in members) > most_speakers(max(people, len(members)))
