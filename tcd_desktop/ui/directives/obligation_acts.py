"""What can be done with an obligation: assign, write the progress, end it; at the district: remind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from tcd_desktop.domain.cases.obligation_rules import amounts_problem, is_open
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationState, ReminderAbout
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.services.cases.obligation_desk import ObligationLine, draft_of
from tcd_desktop.services.done import Done
from tcd_desktop.ui.directives.amounts_field import AmountsField
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.directives.obligation_rows import ObligationBook, number_words
from tcd_desktop.ui.directives.reminding import ask_reminder
from tcd_desktop.ui.forms.form_fields import DateField, Field, LineField, TextField


class ObligationActs(DeskActs):
    """`line` is the chosen obligation, `book` what was read with it."""

    area = "obligation"
    names = ("tell", "assign", "finish", "give_up", "reopen", "remind", "letter", "change", "case")
    line: ObligationLine | None = None
    book: ObligationBook | None = None

    def fit(self) -> set[str]:
        """A ward acts on its own; the district reads those of its wards and reminds."""
        line, book = self.line, self.book
        if line is None or book is None:
            return set()
        one = line.obligation
        own, open_ = one.office == book.office, is_open(one)
        wanted = {
            "tell": own and one.state is not ObligationState.DONE,
            "assign": own and open_,
            "finish": own and open_,
            "give_up": own and open_,
            "reopen": own and not open_,
            "remind": not own and open_,
            "letter": any(reminder.office == book.office for reminder in line.reminders),
            "change": own,
            "case": one.case in book.cases,
        }
        return {act for act, there in wanted.items() if there}

    def likely(self) -> str:
        """What waits is assigned, what is under way is told of."""
        fitting = self.fit()
        if self.line is None:
            return ""
        if "assign" in fitting and self.line.obligation.state is ObligationState.WAITING:
            return "assign"
        order = ("remind", "tell", "case", "change")
        return next((act for act in order if act in fitting), "")

    def start(self, act: str) -> None:
        """Begins an act with the chosen obligation."""
        line, book = self.line, self.book
        assert line is not None and book is not None
        asks: Mapping[str, Callable[[], object]] = {
            "tell": partial(self._ask_progress, line),
            "assign": partial(self._ask_assigning, line),
            "finish": partial(self._ask_end, line),
            "give_up": partial(self._ask_reason, line, act),
            "reopen": partial(self._ask_reason, line, act),
            "remind": partial(self._ask_reminder, line, book),
            "letter": partial(self._write_reminder, line, book),
            "change": partial(self.changeRequest.emit, line.id),
            "case": partial(self.caseRequest.emit, line.obligation.case or ""),
        }
        asks[act]()

    def _heading(self, words: str, line: ObligationLine) -> str:
        return f"{words}: {number_words(line.obligation)}"

    # -- asking ---------------------------------------------------------------------------------------

    def _ask_assigning(self, line: ObligationLine) -> None:
        one, desk, today = line.obligation, self._office.obligations, self._office.today
        responsible = LineField(
            _("Who carries it out"), max_length=300, required=True, suggestions=desk.responsibles()[:3]
        )
        responsible.set_value(one.responsible)
        number = LineField(_("Number of the letter"), max_length=100, placeholder="…/UBND")
        number.set_value(one.assigned_number)
        on, due = self.day_field(_("Date of the letter")), DateField(_("To be carried out by"), today=today)
        on.set_value(one.assigned_on or today())
        due.set_value(one.due)
        fields: dict[str, Field] = {
            "responsible": responsible,
            "assigned_number": number,
            "assigned_on": on,
            "due": due,
        }

        def check(values: Mapping[str, Any]) -> Problems:
            found = replace(draft_of(one), **values).problems(today())
            return {name: problem for name, problem in found.items() if name in fields}

        def act(values: Mapping[str, Any]) -> Done[Any]:
            letter = {"number": values["assigned_number"], "on": values["assigned_on"], "due": values["due"]}
            return desk.assign(one.id, responsible=values["responsible"], **letter)

        self.ask_for(
            self._heading(_("Assign the execution"), line),
            _("The case moves on to “being carried out” when that is its next step."),
            _("Assign"),
            fields,
            act,
            needed=("responsible", "assigned_on"),
            check=check,
        )

    def _ask_progress(self, line: ObligationLine) -> None:
        one, desk = line.obligation, self._office.obligations
        fields: dict[str, Field] = {
            "progress": TextField(_("What was done so far"), lines=3, required=True),
            "reason": TextField(_("Why it is late or held up"), lines=2),
        }
        if one.amounts:
            fields["amounts"] = AmountsField(_("Figures"), fixed=True)
        for name, field in fields.items():
            field.set_value(getattr(one, name))

        def check(values: Mapping[str, Any]) -> Problems:
            problem = amounts_problem(values.get("amounts", ()))
            return {"amounts": problem} if problem else {}

        self.ask_for(
            self._heading(_("Write the progress"), line),
            "",
            _("Save"),
            fields,
            lambda values: desk.tell(one.id, **values),
            needed=("progress",),
            check=check,
        )

    def _ask_end(self, line: ObligationLine) -> None:
        one, desk, today = line.obligation, self._office.obligations, self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            return _day_problem(values["on"], one.issued_on, today())

        self.ask_for(
            self._heading(_("Was carried out"), line),
            _("All figures count as done, and the case moves on when that is its next step."),
            _("Was carried out"),
            {"on": self.day_field(_("Done on")), "progress": TextField(_("Result"), lines=3)},
            lambda values: desk.finish(one.id, values["on"], progress=values["progress"]),
            needed=("on",),
            check=check,
        )

    def _ask_reason(self, line: ObligationLine, act: str) -> None:
        desk = self._office.obligations
        titles = {"give_up": _("Cannot be carried out"), "reopen": _("Go on with it")}
        act_of = {"give_up": desk.give_up, "reopen": desk.reopen}[act]
        self.ask_for(
            self._heading(titles[act], line),
            _("The reason is reported to the superior office."),
            titles[act],
            {"reason": TextField(_("Reason"), lines=3, required=True)},
            lambda values: act_of(line.id, values["reason"]),
            needed=("reason",),
        )

    def _ask_reminder(self, line: ObligationLine, book: ObligationBook) -> None:
        code = line.obligation.office
        send = partial(self._office.reminders.remind_all, ReminderAbout.OBLIGATION, line.id)
        title = self._heading(_("Reminder"), line)
        ask_reminder(self, title, [(code, book.name(code))], line.reminders, self._office.today, send)

    def _write_reminder(self, line: ObligationLine, book: ObligationBook) -> None:
        mine = [one for one in line.reminders if one.office == book.office]
        self.letters.write_reminder(mine, book.name)


def _day_problem(on: date | None, issued: date, today: date) -> dict[str, Problem]:
    if on is not None and on > today:
        return {"on": Problem("future_date", {"today": today})}
    if on is not None and on < issued:
        return {"on": Problem("before_document", {"date": issued})}
    return {}
