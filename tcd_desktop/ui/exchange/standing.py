"""Where a ward stands with its superior at one glance; green only when the signed receipt was read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.sync.fingerprint import fingerprint
from tcd_desktop.sync.keyring import load_membership
from tcd_desktop.sync.return_notes import WENT_BACK
from tcd_desktop.sync.silence import Silence, silence
from tcd_desktop.sync.waiting import Waiting, read_waiting
from tcd_desktop.ui.cases.case_words import full_day, moment
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.look.look import ToneName

REQUEST_FACT = "enrolment.request"
Code = Literal["alone", "asked", "empty", "waiting", "on_stick", "confirmed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known. `digits` are those of this PC's own request, "" when it never asked."""

    code: Code
    superior: str
    digits: str
    waiting: Waiting
    sent: LedgerLine | None
    today: date
    silence: Silence | None = None


def standing(office: OpenOffice) -> Standing:
    """Reads where this ward stands."""
    member = load_membership(office.store)
    request = office.store.fact(REQUEST_FACT)
    waiting = read_waiting(office.store)
    written = office.store.read(lambda connection: ledger.lines(connection, "direction = 'out'", limit=1))
    sent = written[0] if written else None
    if member is not None and member.certificate.device != office.keyring.device_id:
        member = None  # a copy of another PC that got an identity of its own joins anew
    if member is None:
        code: Code = "asked" if request else "alone"
    elif waiting.operations == 0 and waiting.papers == 0 and waiting.others:
        code = "waiting"
    elif waiting.operations == 0 and waiting.papers == 0:
        code = "confirmed" if waiting.confirmed else "empty"
    else:
        back = office.store.fact(WENT_BACK)
        covered = (
            sent is not None
            and sent.at.isoformat(timespec="seconds") > back
            and sent.last >= waiting.confirmed + waiting.operations
            and not waiting.papers_left
        )
        code = "on_stick" if covered else "waiting"
    digits = fingerprint(request.encode("ascii")) if request else ""
    today = office.today()
    quiet = office.store.read(lambda connection: silence(connection, member, today)) if member is not None else None
    return Standing(code, member.superior_name if member else "", digits, waiting, sent, today, quiet)


@dataclass(frozen=True, slots=True)
class StandingWords:
    """The same for people."""

    tone: ToneName
    icon: str
    title: str
    sentence: str
    short: str


def standing_words(at: Standing) -> StandingWords:
    """One title, one sentence, and a few words for the status bar."""
    changes = carried_words(at.waiting.operations, at.waiting.papers)
    brief = count_words(at.waiting.operations) if at.waiting.operations else changes
    if at.code == "alone":
        return StandingWords(
            "warning",
            "unlink",
            _("This PC does not belong to a superior office yet"),
            _("Join once, then send the books on a stick. What is typed until then goes with it."),
            _("Not joined"),
        )
    if at.code == "asked":
        return StandingWords(
            "warning",
            "hourglass",
            _("The request is made; the answer of the superior office is awaited"),
            _("Read the digits below to the superior office and bring its answer file here."),
            _("Waiting to be joined"),
        )
    if at.code == "empty":
        return StandingWords(
            "neutral",
            "package",
            _("Joined to {superior}").format(superior=at.superior),
            _("There is nothing to send yet."),
            _("Nothing to send"),
        )
    if at.code == "on_stick":
        assert at.sent is not None
        return StandingWords(
            "warning",
            "usb",
            _("{changes} on the stick, not confirmed yet").format(changes=changes),
            _("Written at {when}. It counts as arrived when the receipt of {superior} was read here.").format(
                when=moment(at.sent.at, at.today), superior=at.superior
            ),
            _("On the stick: {changes}").format(changes=brief),
        )
    if at.code == "waiting":
        changes = carried_words(at.waiting.operations + at.waiting.others, at.waiting.papers)
        return StandingWords(
            "warning",
            "upload",
            _("{changes} wait to be sent").format(changes=changes),
            _last_confirmed(at) or _("{superior} has not confirmed anything yet.").format(superior=at.superior),
            _("Waiting: {changes}").format(changes=brief),
        )
    return StandingWords(
        "success",
        "badge-check",
        _("{superior} has confirmed everything").format(superior=at.superior),
        _("Its signed receipt up to entry {n} was read at {when}.").format(
            n=at.waiting.confirmed, when=_confirmed_when(at)
        ),
        _("Confirmed up to entry {n}").format(n=at.waiting.confirmed),
    )


def silence_words(quiet: Silence, today: date) -> str:
    """That there was no word for long, with both days, so that a wrong clock shows; "" when there is nothing to say."""
    if not quiet.to_tell:
        return ""
    days = {"superior": quiet.superior, "day": full_day(quiet.since), "today": full_day(today)}
    if quiet.days is None:
        return _(
            "The date of this PC ({today}) lies before the last word of {superior} ({day}). Set the date right: until "
            "then nobody can say how long there has been no word."
        ).format(**days)
    last = _("the last answer is of {day}") if quiet.answered else _("none since this PC was joined on {day}")
    words = ngettext(
        "No word from {superior} for {n} day: {last}; this PC's date is {today}.",
        "No word from {superior} for {n} days: {last}; this PC's date is {today}.",
        quiet.days,
    )
    told = words.format(n=grouped(quiet.days), last=last.format(**days), **days)
    next_step = (
        _("If that date is wrong, set it right first.")
        if quiet.clock_in_doubt
        else _("Take a stick there, or ask whether an answer is on its way.")
    )
    return f"{told} {next_step}"


def count_words(operations: int) -> str:
    """ "12 changes"."""
    return ngettext("{n} change", "{n} changes", operations).format(n=grouped(operations))


def carried_words(operations: int, papers: int) -> str:
    """ "12 changes", "3 papers", "12 changes and 3 papers"."""
    counted = ngettext("{n} paper", "{n} papers", papers).format(n=grouped(papers))
    if not papers:
        return count_words(operations)
    return (
        _("{changes} and {papers}").format(changes=count_words(operations), papers=counted) if operations else counted
    )


def _last_confirmed(at: Standing) -> str:
    if not at.waiting.confirmed:
        return ""
    return _("{superior} confirmed up to entry {n}; the receipt was read at {when}.").format(
        superior=at.superior, n=at.waiting.confirmed, when=_confirmed_when(at)
    )


def _confirmed_when(at: Standing) -> str:
    return moment(datetime.fromisoformat(at.waiting.confirmed_at), at.today) if at.waiting.confirmed_at else ""
