"""Reports that are sent (báo cáo gửi đi): what is typed, the frozen report, its sending, what changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.reports.report_entry import COUNTING, ReportEntry
from tcd_desktop.domain.reports.report_period import ReportPeriod, ReportRules, period_from_code
from tcd_desktop.domain.reports.sent_report import FigureRow, NarrativePart, ReportKind, SentReport
from tcd_desktop.jobs import Progress, SilentProgress
from tcd_desktop.services.done import Done
from tcd_desktop.services.reports.report_figures import (
    Compared,
    Difference,
    Earlier,
    Origin,
    differences,
    odd_places,
    places,
)
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

Count = Callable[[ReportPeriod, tuple[str, ...], Progress], tuple[FigureRow, ...]]
"""(period, choices of counting, progress) -> the figures of the six tables as the books tell them now."""

HIGHEST: Final = 10**12
LONGEST_NUMBER: Final = 60
LONGEST_PART: Final = 20_000
EMPTIED: Final = "Bỏ trống"
"""Why an entry lies aside when it was emptied: official data are Vietnamese."""
BACK: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=10)
"""So long after its day a report that was not sent is still asked for, and so long before."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """A lawful report that nobody has sent yet. `made`: it is frozen and waits to be sent."""

    period: ReportPeriod
    due: date
    made: bool


class ReportDesk:
    """The reports of this office; at a superior they hold its wards' figures as well."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        rules: ReportRules,
        count: Count,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._rules = rules
        self._count = count
        self._today = today

    @property
    def rules(self) -> ReportRules:
        """When reports are due and what belongs to them."""
        return self._rules

    # -- what is typed ------------------------------------------------------------------------------

    def entries(self, period: str, *, office: str = "") -> list[ReportEntry]:
        """What is in force of a period, of this office or of another one whose books are here."""
        condition = "office = ? AND period = ? AND removed = '' ORDER BY form, \"column\", id"
        return self._store.all(ReportEntry, condition, (office or self._office.id, period))

    def type_figures(self, period: str, form: str, figures: Mapping[str, int | None]) -> Done[list[ReportEntry]]:
        """Keeps typed figures of a table, by column; None empties one.

        Raises DraftRefused naming the columns, Refused("unknown_period").
        """
        problems = {
            column: Problem("figure_range", {"low": 0, "high": HIGHEST})
            for column, value in figures.items()
            if value is not None and not 0 <= value <= HIGHEST
        }
        if problems:
            raise DraftRefused(problems)
        code = period_from_code(period).code
        return self._keep("report.type", code, form, {column: (value, "") for column, value in figures.items()})

    def write_part(self, period: str, form: str, column: str, text: str) -> Done[list[ReportEntry]]:
        """Keeps the words of a section; empty words bring the proposed ones back.

        Raises DraftRefused("text"), Refused("unknown_period").
        """
        text = clean_block(text)
        if len(text) > LONGEST_PART:
            raise DraftRefused({"text": Problem("too_long", {"limit": LONGEST_PART, "length": len(text)})})
        code = period_from_code(period).code
        return self._keep("report.write", code, form, {column: (0 if text else None, text)})

    def _keep(
        self, act: str, period: str, form: str, typed: Mapping[str, tuple[int | None, str]]
    ) -> Done[list[ReportEntry]]:
        held = {one.column: one for one in self.entries(period) if one.form == form}
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            kept = []
            for column, (value, text) in typed.items():
                known = held.get(column)
                if value is None:
                    if known is not None:
                        unit.change(known, removed=EMPTIED)
                elif known is not None:
                    kept.append(unit.change(known, value=value, text=text))
                else:
                    new = ReportEntry(
                        id=new_id(),
                        office=unit.office,
                        period=period,
                        form=form,
                        column=column,
                        value=value,
                        text=text,
                    )
                    kept.append(unit.put(new))
            return Done(act, kept, unit.commit(), unit.entry)

    # -- choices of counting ------------------------------------------------------------------------

    def counting(self, period: str) -> tuple[str, ...]:
        """The choices of a period as codes ("matters=visit"): chosen for it, or those of the last report made."""
        chosen = tuple(f"{one.column}={one.text}" for one in self.entries(period) if one.form == COUNTING)
        if chosen:
            return chosen
        condition = "office = ? AND removed = '' AND counting <> '[]' ORDER BY made_on DESC, id DESC LIMIT 1"
        return next((one.counting for one in self._store.all(SentReport, condition, (self._office.id,))), ())

    def choose(self, period: str, counting: Sequence[str]) -> Done[list[ReportEntry]]:
        """Keeps how this period is counted where the circular leaves it open. Raises Refused("unknown_period")."""
        code, chosen = period_from_code(period).code, dict[str, tuple[int | None, str]]()
        for choice in counting:
            name, _sign, value = choice.partition("=")
            chosen[name] = (0, value)
        return self._keep("report.choose", code, COUNTING, chosen)

    # -- the frozen report --------------------------------------------------------------------------

    def make(
        self,
        period: ReportPeriod,
        *,
        kind: ReportKind = ReportKind.CIRCULAR,
        figures: Sequence[FigureRow],
        narrative: Sequence[NarrativePart] = (),
        counting: Sequence[str] = (),
        note: str = "",
    ) -> Done[SentReport]:
        """Freezes a report as it is now; what changes later in the books shows as a difference.

        Raises Refused("period_not_begun" | "nothing_to_report").
        """
        today = self._today()
        if period.first > today:
            raise Refused("period_not_begun", first=period.first)
        if not figures and not narrative:
            raise Refused("nothing_to_report")
        report = SentReport(
            id=new_id(),
            office=self._office.id,
            kind=kind,
            period=period.code,
            first=period.first,
            last=period.last,
            made_on=today,
            counting=tuple(counting),
            figures=tuple(figures),
            narrative=tuple(replace(part, text=clean_block(part.text)) for part in narrative),
            note=clean_block(note),
        )
        with self._store.unit(act="report.make", officer=self._officer.id) as unit:
            made = unit.put(report)
            return Done("report.make", made, unit.commit(), unit.entry)

    def send(self, report_id: str, *, number: str, on: date, letter: str | None = None) -> Done[SentReport]:
        """Records that it went out, under the number of its letter.

        Raises DraftRefused (number, on), Refused("unknown_record" | "other_office" | "report_sent" |
        "report_withdrawn").
        """
        current = self._own(report_id)
        if current.sent_on is not None:
            raise Refused("report_sent", on=current.sent_on)
        number, problems = clean_line(number), dict[str, Problem]()
        if not number:
            problems["number"] = Problem("missing")
        elif len(number) > LONGEST_NUMBER:
            problems["number"] = Problem("too_long", {"limit": LONGEST_NUMBER, "length": len(number)})
        if on > self._today():
            problems["on"] = Problem("future_date", {"today": self._today()})
        elif on < current.made_on:
            problems["on"] = Problem("before_step", {"date": current.made_on})
        if problems:
            raise DraftRefused(problems)
        with self._store.unit(act="report.send", officer=self._officer.id) as unit:
            sent = unit.change(current, sent_on=on, number=number, letter=letter)
            return Done("report.send", sent, unit.commit(), unit.entry)

    def withdraw(self, report_id: str, reason: str) -> Done[SentReport]:
        """Takes a report back with the reason; it stays readable, and another one may be made.

        Raises Refused("unknown_record" | "other_office" | "reason_needed" | "report_withdrawn").
        """
        current, reason = self._own(report_id), clean_line(reason)
        if not reason:
            raise Refused("reason_needed")
        with self._store.unit(act="report.withdraw", officer=self._officer.id) as unit:
            taken = unit.change(current, removed=reason)
            return Done("report.withdraw", taken, unit.commit(), unit.entry)

    def _own(self, report_id: str) -> SentReport:
        found = self.find(report_id)
        if found is None:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        if found.removed:
            raise Refused("report_withdrawn")
        return found

    def find(self, report_id: str) -> SentReport | None:
        """A report of this office or of one whose books are here."""
        return self._store.find(SentReport, report_id)

    def reports(self) -> list[SentReport]:
        """All reports of this office, withdrawn ones too, and those that wards sent; the newest first."""
        return self._store.all(SentReport, "1 = 1 ORDER BY last DESC, made_on DESC, id DESC")

    def standing(self, period: str, kind: ReportKind = ReportKind.CIRCULAR, *, office: str = "") -> SentReport | None:
        """The report of a period that is in force: the sent one, or the newest that waits to be sent."""
        condition = "office = ? AND period = ? AND kind = ? AND removed = '' ORDER BY sent_on IS NULL, id DESC"
        found = self._store.all(SentReport, condition, (office or self._office.id, period, kind.value))
        return found[0] if found else None

    # -- what is due, what changed ------------------------------------------------------------------

    def due(self) -> list[DueReport]:
        """The lawful reports that were not sent: of the last month, and those due within the next days."""
        today, kind = self._today(), self._office.kind
        found = []
        for period in self._rules.asked(today, kind, back=BACK, ahead=AHEAD):
            due, standing = self._rules.due_on(period, kind), self.standing(period.code)
            if due is not None and (standing is None or standing.sent_on is None):
                found.append(DueReport(period, due, standing is not None))
        return found

    def count(
        self, period: ReportPeriod, counting: Sequence[str] = (), progress: Progress | None = None
    ) -> tuple[FigureRow, ...]:
        """The figures as the books tell them now, with what was typed."""
        return self._count(period, tuple(counting), progress or SilentProgress())

    def differences(self, report: SentReport, progress: Progress | None = None) -> tuple[Difference, ...]:
        """What the books say today against what was sent, counted by the report's own choices."""
        return differences(report.figures, self.count(period_from_code(report.period), report.counting, progress))

    def compare(
        self,
        period: ReportPeriod,
        figures: Sequence[FigureRow],
        counting: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Compared:
        """The figures of the period before and of the same one a year ago, and the odd jumps."""
        before = self._earlier(period.before(), counting, progress)
        year = period.year_before()
        same = before if year == before.period else self._earlier(year, counting, progress)
        return Compared(before, same, odd_places(places(figures), (before, same), self._rules.jump))

    def _earlier(self, period: ReportPeriod, counting: Sequence[str], progress: Progress | None) -> Earlier:
        """As it was sent, if it was: that is what the reader has in hand."""
        standing = self.standing(period.code)
        if standing is not None and standing.sent_on is not None:
            return Earlier(period, Origin.SENT, places(standing.figures))
        return Earlier(period, Origin.BOOKS, places(self.count(period, counting, progress)))
