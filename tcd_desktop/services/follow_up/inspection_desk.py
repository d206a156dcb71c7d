"""Inspection of responsibility (thanh tra, kiểm tra trách nhiệm): what an office's books tell, asked and followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import Finding, FindingReply, InspectionRound
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.sittings.sitting_duty import Duty, duty_of_year
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.services.follow_up.found_records import FoundRecord, found_records
from tcd_desktop.store.figures.shortcomings import Shortcoming, shortcomings
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

DUTY_CODE = "head_days"
"""The head has received on fewer days than the law asks (domain.sitting_duty)."""
_FIRST_YEAR = 2014
"""The law on citizen reception has been in force since 01/07/2014; there is no duty to count before."""


@dataclass(frozen=True, slots=True)
class RoundLine:
    """An inspection with its findings in the order they were made; `replies` by finding, newest first."""

    round: InspectionRound
    findings: tuple[Finding, ...]
    replies: Mapping[str, tuple[FindingReply, ...]] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Findings that are neither corrected nor refuted."""
        return tuple(one for one in self.findings if one.state in (FindingState.FOUND, FindingState.ASKED))

    def overdue(self, today: date) -> tuple[Finding, ...]:
        """Open findings whose correction was asked for by a day that is past."""
        return tuple(one for one in self.open if one.due is not None and one.due < today)


class InspectionDesk:
    """Rounds of this office over another one (or itself): at the district over its wards."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        clocks: Clocks,
        duties: Sequence[Duty],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._duties = tuple(duties)
        self._today = today

    def look(self, unit: str, since: date, until: date) -> list[Shortcoming]:
        """What the books of an office tell of a period, before anything is written down."""
        today = self._today()
        found = self._store.read(lambda connection: shortcomings(connection, unit, since, until, today))
        short = self._short_months(unit, since, until)
        if short:
            found.append(Shortcoming(DUTY_CODE, "sitting", len(short), tuple(month.isoformat() for month in short)))
        return found

    def begin(
        self, unit_code: str, since: date, until: date, *, lead: str = "", decision_number: str = ""
    ) -> Done[RoundLine]:
        """Begins a round over an office: every shortcoming its books tell becomes a finding.

        Raises DraftRefused (since, until).
        """
        problems = self._period_problems(since, until)
        if problems:
            raise DraftRefused(problems)
        found = self.look(unit_code, since, until)
        with self._store.unit(act="inspection.begin", officer=self._officer.id) as unit:
            made = unit.put(
                InspectionRound(
                    id=new_id(),
                    office=unit.office,
                    unit=unit_code,
                    since=since,
                    until=until,
                    begun_on=self._today(),
                    lead=clean_line(lead),
                    decision_number=clean_line(decision_number),
                )
            )
            findings = tuple(self._finding(unit, made, one) for one in found)
            return Done("inspection.begin", RoundLine(made, findings), unit.commit(), unit.entry)

    def add(self, round_id: str, text: str) -> Done[Finding]:
        """Adds what a person found. Raises DraftRefused, Refused("unknown_record" | "round_closed")."""
        held = self._open_round(round_id)
        text = clean_block(text)
        if not text:
            raise DraftRefused({"text": Problem("missing")})
        with self._store.unit(act="inspection.add", officer=self._officer.id) as unit:
            made = unit.put(Finding(id=new_id(), office=unit.office, round=held.id, unit=held.unit, text=text))
            return Done("inspection.add", made, unit.commit(), unit.entry)

    def ask(self, finding_ids: Sequence[str], due: date) -> Done[list[Finding]]:
        """Asks the office to correct what was found by a day. Raises Refused("unknown_record" | "due_in_past")."""
        today = self._today()
        if due < today:
            raise Refused("due_in_past", today=today)
        return self._change(
            "inspection.ask", finding_ids, state=FindingState.ASKED, asked_on=today, due=due, corrected_on=None
        )

    def settle(self, finding_id: str, state: FindingState, *, reply: str, on: date) -> Done[list[Finding]]:
        """Enters what the office answered: corrected, or not so. Raises DraftRefused, Refused("date_in_future")."""
        if on > self._today():
            raise Refused("date_in_future", today=self._today())
        reply = clean_block(reply)
        if not reply:
            raise DraftRefused({"reply": Problem("missing")})
        return self._change("inspection.settle", [finding_id], state=state, reply=reply, corrected_on=on)

    def reply(self, finding_id: str, *, on: date, content: str, corrected: bool) -> Done[FindingReply]:
        """What this office answers to a finding about it; it travels up with the next bundle.

        Raises DraftRefused (content, on), Refused("unknown_record").
        """
        finding = self._store.find(Finding, finding_id)
        if finding is None or finding.removed or finding.unit != self._office.id:
            raise Refused("unknown_record")
        content = clean_block(content)
        problems = {} if content else {"content": Problem("missing")}
        if on > self._today():
            problems["on"] = Problem("future_date", {"today": self._today()})
        if problems:
            raise DraftRefused(problems)
        with self._store.unit(act="inspection.reply", officer=self._officer.id) as unit:
            made = FindingReply(
                id=new_id(), office=unit.office, finding=finding_id, on=on, content=content, corrected=corrected
            )
            unit.put(made)
            return Done("inspection.reply", made, unit.commit(), unit.entry)

    def close(self, round_id: str, conclusion: str, on: date) -> Done[InspectionRound]:
        """Ends a round with its conclusion. Raises DraftRefused, Refused("unknown_record" | "round_closed")."""
        held = self._open_round(round_id)
        conclusion = clean_block(conclusion)
        if not conclusion:
            raise DraftRefused({"conclusion": Problem("missing")})
        with self._store.unit(act="inspection.close", officer=self._officer.id) as unit:
            after = unit.change(held, conclusion=conclusion, closed_on=on)
            return Done("inspection.close", after, unit.commit(), unit.entry)

    def rounds(self, unit_code: str = "") -> list[RoundLine]:
        """All rounds, or those over one office, the newest first."""
        condition, values = "removed = ''", list[str]()
        if unit_code:
            condition, values = condition + " AND unit = ?", [unit_code]
        held = self._store.all(InspectionRound, f"{condition} ORDER BY begun_on DESC, id DESC", tuple(values))
        return [self.line(one) for one in held]

    def line(self, held: InspectionRound) -> RoundLine:
        """A round with its findings."""
        findings = self._store.all(Finding, "round = ? AND removed = '' ORDER BY id", (held.id,))
        replies: dict[str, list[FindingReply]] = {}
        condition = "removed = '' AND finding IN (SELECT id FROM finding WHERE round = ?) ORDER BY \"on\" DESC, id DESC"
        for told in self._store.all(FindingReply, condition, (held.id,)):
            replies.setdefault(told.finding, []).append(told)
        return RoundLine(held, tuple(findings), {finding: tuple(told) for finding, told in replies.items()})

    def again(self, held: InspectionRound) -> dict[str, Shortcoming]:
        """What the books tell of the period of a round as they stand now, by code."""
        return {one.code: one for one in self.look(held.unit, held.since, held.until)}

    def records(self, found: Shortcoming) -> list[FoundRecord]:
        """The records behind a shortcoming, at most `store.figures.shortcomings.SHOWN`."""
        return found_records(self._store, found)

    def _finding(self, unit: Unit, held: InspectionRound, one: Shortcoming) -> Finding:
        return unit.put(
            Finding(
                id=new_id(), office=unit.office, round=held.id, unit=held.unit, code=one.code, text="", count=one.count
            )
        )

    def _change(self, act: str, ids: Sequence[str], **values: object) -> Done[list[Finding]]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = []
            for identity in ids:
                current = unit.get(Finding, identity)
                if current is None or current.removed:
                    raise Refused("unknown_record")
                after.append(unit.change(current, **values))
            return Done(act, after, unit.commit(), unit.entry)

    def _open_round(self, round_id: str) -> InspectionRound:
        held = self._store.find_own(InspectionRound, round_id)
        if held is None or held.removed:
            raise Refused("unknown_record")
        if held.closed_on is not None:
            raise Refused("round_closed")
        return held

    def _period_problems(self, since: date, until: date) -> dict[str, Problem]:
        if since > self._today():
            return {"since": Problem("future_date", {"today": self._today()})}
        return {"until": Problem("end_before_start", {"start": since})} if until < since else {}

    def _short_months(self, unit: str, since: date, until: date) -> list[date]:
        """Months of the period, over by now, in which the head received too seldom."""
        today = self._today()
        office = next(iter(self._store.all(Office, "id = ?", (unit,))), self._office)
        short = []
        for year in range(max(since.year, _FIRST_YEAR), min(until.year, today.year) + 1):
            first, last = date(year - 1, 12, 1).isoformat(), date(year + 1, 1, 31).isoformat()
            condition = "office = ? AND removed = '' AND day BETWEEN ? AND ?"
            sittings = self._store.all(Sitting, condition, (unit, first, last))
            months = duty_of_year(
                year, sittings, self._duties, self._clocks.calendar(year), kind=office.kind, today=today
            )
            short += [one.month for one in months if one.short and since <= one.month <= until]
        return [month for month in short if (month.year, month.month) < (today.year, today.month)]
