"""What can be done with a directive: change, report, remind, close, go to its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from tcd_desktop.domain.follow_up.directive_rules import progress_problems
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.directives.directive_rows import DirectiveBook, number_words
from tcd_desktop.ui.directives.reminding import ask_reminder
from tcd_desktop.ui.forms.form_fields import CheckField, TextField


class DirectiveActs(DeskActs):
    """`line` is the chosen directive, `book` what was read with it."""

    area = "directive"
    names = ("report", "remind", "letter", "close", "change", "case")
    line: DirectiveLine | None = None
    book: DirectiveBook | None = None

    def fit(self) -> set[str]:
        """A superior's directive is reported on; one's own is followed as well."""
        line, book = self.line, self.book
        if line is None or book is None:
            return set()
        directive = line.directive
        own, open_ = directive.office == book.office, directive.closed_on is None
        others = [unit for unit in line.waiting_for if unit != book.office]
        wanted = {
            "report": book.office in directive.units and open_,
            "remind": own and open_ and bool(others),
            "letter": any(one.office == book.office for one in line.reminders),
            "close": own and open_,
            "change": own,
            "case": any(case in book.cases for case in directive.cases),
        }
        return {act for act, there in wanted.items() if there}

    def likely(self) -> str:
        """Late ones are chased, done ones closed; a ward reports."""
        line, fitting = self.line, self.fit()
        if line is None:
            return ""
        if "close" in fitting and not line.waiting_for:
            return "close"
        if "report" in fitting and "remind" not in fitting:
            return "report"
        return "remind" if "remind" in fitting else "change"

    def start(self, act: str) -> None:
        """Begins an act with the chosen directive."""
        line, book = self.line, self.book
        assert line is not None and book is not None
        match act:
            case "report":
                self._ask_report(line)
            case "remind":
                self._ask_reminder(line, book)
            case "letter":
                mine = [one for one in line.reminders if one.office == book.office]
                self.letters.write_reminder(mine, book.name)
            case "close":
                self._ask_closing(line)
            case "change":
                self.changeRequest.emit(line.id)
            case "case":
                self.caseRequest.emit(next(case for case in line.directive.cases if case in book.cases))

    def _heading(self, words: str, line: DirectiveLine) -> str:
        return f"{words}: {number_words(line)}"

    def _ask_report(self, line: DirectiveLine) -> None:
        issued, today = line.directive.issued_on, self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            return progress_problems(values["on"], values["content"], issued, today())

        def act(values: Mapping[str, Any]) -> Any:
            desk = self._office.directives
            return desk.report(line.id, on=values["on"], content=values["content"], done=bool(values["done"]))

        self.ask_for(
            self._heading(_("Report the execution"), line),
            _("The report travels up with the next bundle."),
            _("Enter the report"),
            {
                "content": TextField(_("What was done"), lines=4, required=True),
                "on": self.day_field(_("Day")),
                "done": CheckField(_("It is carried out; nothing is left to do")),
            },
            act,
            needed=("on",),
            check=check,
        )

    def _ask_reminder(self, line: DirectiveLine, book: DirectiveBook) -> None:
        units = [(unit, book.name(unit)) for unit in line.waiting_for if unit != book.office]
        send = partial(self._office.reminders.remind_all, ReminderAbout.DIRECTIVE, line.id)
        ask_reminder(self, self._heading(_("Reminder"), line), units, line.reminders, self._office.today, send)

    def _ask_closing(self, line: DirectiveLine) -> None:
        waiting = len(line.waiting_for)
        told = ngettext(
            "{n} office has not reported it carried out.", "{n} offices have not reported it carried out.", waiting
        ).format(n=waiting)
        issued, today = line.directive.issued_on, self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            return _day_problem(values["on"], issued, today())

        self.ask_for(
            self._heading(_("Close the directive"), line),
            told if waiting else _("Every office has reported it carried out."),
            _("Close the directive"),
            {"on": self.day_field(_("Found carried out on"))},
            lambda values: self._office.directives.close(line.id, values["on"]),
            needed=("on",),
            check=check,
        )


def _day_problem(on: date | None, issued: date, today: date) -> dict[str, Problem]:
    if on is not None and on > today:
        return {"on": Problem("future_date", {"today": today})}
    if on is not None and on < issued:
        return {"on": Problem("before_directive", {"date": issued})}
    return {}
