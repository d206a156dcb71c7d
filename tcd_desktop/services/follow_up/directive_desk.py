"""Directives (ý kiến chỉ đạo): issued above, carried out and reported below, followed until they are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft, progress_problems
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReminderAbout
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.services.done import Done
from tcd_desktop.services.follow_up.reminder_desk import reminders_about
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

_OPEN_FIRST = "removed = '' ORDER BY closed_on IS NOT NULL, coalesce(\"due\", '9999'), issued_on DESC, id"


@dataclass(frozen=True, slots=True)
class DirectiveLine:
    """A directive with what came of it. `reports` are of every office, newest first; `reminders` in their order."""

    directive: Directive
    reports: tuple[DirectiveProgress, ...]
    reminders: tuple[Reminder, ...]

    @property
    def id(self) -> str:
        """The directive's id."""
        return self.directive.id

    @property
    def done_by(self) -> frozenset[str]:
        """Offices that have reported it carried out, and not taken it back since."""
        latest: dict[str, DirectiveProgress] = {}
        for report in reversed(self.reports):
            latest[report.office] = report
        return frozenset(code for code, report in latest.items() if report.done)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Offices that have to act and have not reported it carried out."""
        return tuple(unit for unit in self.directive.units if unit not in self.done_by)

    def overdue_by(self, today: date) -> int:
        """Days past the date it had to be carried out by; 0 when in time, done, closed or without a date."""
        directive = self.directive
        if directive.closed_on or directive.due is None or not self.waiting_for:
            return 0
        return max((today - directive.due).days, 0)


class DirectiveDesk:
    """Issues directives of this office, reports on those it was given."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._today = today

    def issue(self, draft: DirectiveDraft) -> Done[Directive]:
        """Enters a directive; it travels down with the next return bundles. Raises DraftRefused."""
        told = self._checked(draft)
        assert told.level is not None and told.issued_on is not None
        require_writing(self._officer)
        with self._store.unit(act="directive.issue", officer=self._officer.id) as unit:
            made = Directive(
                id=new_id(),
                office=unit.office,
                level=told.level,
                issued_on=told.issued_on,
                **{name: getattr(told, name) for name in ("issuer", "number", "content", "due", "units", "cases")},
            )
            unit.put(made)
            return Done("directive.issue", made, unit.commit(), unit.entry)

    def change(self, directive_id: str, draft: DirectiveDraft) -> Done[Directive]:
        """Corrects a directive of this office.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "directive_units"): an office that was not
        named before cannot be added, because it could not read what was written before; it gets one of its own.
        """
        current = self._own(directive_id)
        told = self._checked(draft)
        if not set(told.units) <= set(current.units):
            raise Refused("directive_units")
        values = {f.name: getattr(told, f.name) for f in fields(told)}
        require_writing(self._officer)
        with self._store.unit(act="directive.change", officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            return Done("directive.change", after, unit.commit(), unit.entry)

    def close(self, directive_id: str, on: date) -> Done[Directive]:
        """Finds a directive carried out. Raises Refused("unknown_record" | "other_office" | "date_in_future")."""
        if on > self._today():
            raise Refused("date_in_future", today=self._today())
        current = self._own(directive_id)
        require_writing(self._officer)
        with self._store.unit(act="directive.close", officer=self._officer.id) as unit:
            after = unit.change(current, closed_on=on)
            return Done("directive.close", after, unit.commit(), unit.entry)

    def report(self, directive_id: str, *, on: date, content: str, done: bool = False) -> Done[DirectiveProgress]:
        """Tells what this office has done about a directive. Raises DraftRefused, Refused("unknown_record")."""
        directive = self._store.find(Directive, directive_id)
        if directive is None or directive.removed:
            raise Refused("unknown_record")
        content = clean_block(content)
        problems = progress_problems(on, content, directive.issued_on, self._today())
        if problems:
            raise DraftRefused(problems)
        require_writing(self._officer)
        with self._store.unit(act="directive.report", officer=self._officer.id) as unit:
            made = unit.put(
                DirectiveProgress(
                    id=new_id(), office=unit.office, directive=directive_id, on=on, content=content, done=done
                )
            )
            return Done("directive.report", made, unit.commit(), unit.entry)

    def line(self, directive_id: str) -> DirectiveLine:
        """One directive with its reports and reminders. Raises Refused("unknown_record")."""
        directive = self._store.find(Directive, directive_id)
        if directive is None:
            raise Refused("unknown_record")
        return self._line(directive)

    def attach(self, directive_id: str, case_id: str) -> Done[Directive]:
        """Adds a case to those a directive of this office concerns; the office of the case must be one that acts.

        Raises Refused("unknown_record" | "other_office" | "directive_not_theirs").
        """
        current = self._own(directive_id)
        case = self._store.find(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if case.office not in current.units:
            raise Refused("directive_not_theirs")
        cases = tuple(dict.fromkeys((*current.cases, case_id)))
        require_writing(self._officer)
        with self._store.unit(act="directive.attach", officer=self._officer.id) as unit:
            after = unit.change(current, cases=cases)
            return Done("directive.attach", after, unit.commit(), unit.entry)

    def lines(self) -> list[DirectiveLine]:
        """Every directive known here: the open ones first, the earliest due at the top."""
        return self._lines(self._store.all(Directive, _OPEN_FIRST))

    def waiting_here(self, until: date) -> list[DirectiveLine]:
        """The open directives due by a day on which this office has to act and is not done, the earliest first."""
        condition = f"closed_on IS NULL AND due <= ? AND {_OPEN_FIRST}"
        mine = self._office.id
        found = [one for one in self._store.all(Directive, condition, (until.isoformat(),)) if mine in one.units]
        return [line for line in self._lines(found) if mine in line.waiting_for]

    def overdue(self) -> list[DirectiveLine]:
        """This office's own directives that somebody is late with, the latest first."""
        condition = f"closed_on IS NULL AND due < ? AND office = ? AND {_OPEN_FIRST}"
        today = self._today()
        found = self._store.all(Directive, condition, (today.isoformat(), self._office.id))
        return [line for line in self._lines(found) if line.overdue_by(today)]

    def issuers(self, level: DirectiveLevel | None = None) -> list[str]:
        """Who issued earlier ones (of a level), the most frequent first."""
        found = self._store.all(Directive, "removed = '' ORDER BY id DESC LIMIT 500")
        counted = Counter(one.issuer for one in found if level in (None, one.level))
        return [issuer for issuer, _count in counted.most_common(6)]

    def about_case(self, case_id: str) -> list[Directive]:
        """The directives that name a case."""
        return [line for line in self._store.all(Directive, _OPEN_FIRST) if case_id in line.cases]

    def _line(self, directive: Directive) -> DirectiveLine:
        condition = "directive = ? AND removed = '' ORDER BY \"on\" DESC, id DESC"
        reports = self._store.all(DirectiveProgress, condition, (directive.id,))
        reminders = reminders_about(self._store, ReminderAbout.DIRECTIVE, directive.id)
        return DirectiveLine(directive, tuple(reports), tuple(reminders))

    def _lines(self, directives: Sequence[Directive]) -> list[DirectiveLine]:
        """Many at once: one question for all reports, one for all reminders."""
        reports: dict[str, list[DirectiveProgress]] = {}
        for told in self._store.all(DirectiveProgress, "removed = '' ORDER BY \"on\" DESC, id DESC"):
            reports.setdefault(told.directive, []).append(told)
        reminders: dict[str, list[Reminder]] = {}
        condition = "about = ? AND removed = '' ORDER BY \"on\", nth, unit, id"
        for sent in self._store.all(Reminder, condition, (ReminderAbout.DIRECTIVE.value,)):
            reminders.setdefault(sent.target, []).append(sent)
        return [
            DirectiveLine(one, tuple(reports.get(one.id, ())), tuple(reminders.get(one.id, ()))) for one in directives
        ]

    def _checked(self, draft: DirectiveDraft) -> DirectiveDraft:
        told = replace(
            draft,
            issuer=clean_line(draft.issuer),
            number=clean_line(draft.number),
            content=clean_block(draft.content),
            units=tuple(dict.fromkeys(draft.units)),
            cases=tuple(dict.fromkeys(draft.cases)),
        )
        problems = told.problems(self._today())
        if problems:
            raise DraftRefused(problems)
        return told

    def _own(self, directive_id: str) -> Directive:
        found = self._store.find(Directive, directive_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found


def draft_of(directive: Directive) -> DirectiveDraft:
    """What was entered, for the form to change."""
    return DirectiveDraft(**{f.name: getattr(directive, f.name) for f in fields(DirectiveDraft)})
