"""What can be done with a report: make it, record its sending, withdraw it; each asks what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.domain.reports.report_period import ReportPeriod, period_from_code
from tcd_desktop.domain.reports.sent_report import FigureRow, NarrativePart, ReportKind, SentReport
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.done import Done
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, Field, LineField, TextField
from tcd_desktop.words.report_words import report_name


class ReportActs(AskingActs):
    """Asks, and does it away from the window's thread. `done` when the books have changed."""

    done = Signal(object)
    """The report as it is now."""

    def make(
        self,
        period: ReportPeriod,
        figures: Sequence[FigureRow],
        *,
        kind: ReportKind = ReportKind.CIRCULAR,
        narrative: Sequence[NarrativePart] = (),
        counting: Sequence[str] = (),
        urgent: int = 0,
    ) -> None:
        """Freezes the report as it is shown; what does not add up is told once more, and stops nothing."""
        told = [_("The figures are kept as they are now. What changes in the books afterwards shows as a difference.")]
        if urgent:
            more = ngettext("{n} thing is still to be looked at.", "{n} things are still to be looked at.", urgent)
            told.insert(0, more.format(n=urgent))
        if period.last >= self._office.today():
            told.insert(0, _("The period is not over yet."))
        note = LineField(_("Note for this report"), max_length=300)
        self._ask(
            _("Make the report"),
            " ".join(told),
            _("Make the report"),
            {"note": note},
            (),
            None,
            lambda desk, values: desk.make(
                period, kind=kind, figures=figures, narrative=narrative, counting=counting, note=values["note"]
            ),
        )

    def send(self, report: SentReport) -> None:
        """How it went out."""
        today = self._office.today
        letters = self._issued(report)
        options = [("", _("none in the books")), *((one.id, _told(one)) for one in letters)]
        number = LineField(_("Number of the report"), required=True, max_length=60, placeholder="12/BC-UBND")
        letter = ChoiceField(_("Went out with the letter"), options, style="combo")
        on = DateField(_("Sent on"), today=today, required=True)
        letter.set_value("")
        on.set_value(today())

        def chosen(_value: object = None) -> None:
            found = next((one for one in letters if one.id == letter.value()), None)
            if found is not None and not str(number.value() or "").strip():
                number.set_value(_number(found))

        def check(values: Mapping[str, Any]) -> Problems:
            day = values["on"]
            if day is not None and day > today():
                return {"on": Problem("future_date", {"today": today()})}
            if day is not None and day < report.made_on:
                return {"on": Problem("before_step", {"date": report.made_on})}
            return {}

        letter.changed.connect(chosen)
        self._ask(
            _("Record the sending"),
            report_name(period_from_code(report.period), report.kind),
            _("Record the sending"),
            {"number": number, "on": on, **({"letter": letter} if letters else {})},
            ("number", "on"),
            check,
            lambda desk, values: desk.send(
                report.id, number=values["number"], on=values["on"], letter=values.get("letter") or None
            ),
        )

    def _issued(self, report: SentReport) -> list[Letter]:
        """Letters that were issued since the report was made, the newest first."""
        condition = (
            "office = ? AND state = 'issued' AND removed = '' AND dated >= ? ORDER BY dated DESC, number DESC LIMIT 100"
        )
        return self._office.store.all(Letter, condition, (self._office.office.id, report.made_on.isoformat()))

    def withdraw(self, report: SentReport) -> None:
        """Takes a report back; the reason stays with it."""
        self._ask(
            _("Withdraw the report"),
            _("The report stays readable with the reason, and another one can be made for the period."),
            _("Withdraw"),
            {"reason": TextField(_("Reason"), lines=2, required=True)},
            ("reason",),
            None,
            lambda desk, values: desk.withdraw(report.id, values["reason"]),
        )

    def _ask(
        self,
        title: str,
        sentence: str,
        take: str,
        fields: Mapping[str, Field],
        needed: tuple[str, ...],
        check: Callable[[Mapping[str, Any]], Problems] | None,
        act: Callable[[Any, Mapping[str, Any]], Done[Any]],
    ) -> None:
        desk = self._office.reports
        self.ask_for(title, sentence, take, fields, partial(act, desk), needed=needed, check=check)

    def performed(self, done: Done[Any]) -> None:
        """The books have changed."""
        self.done.emit(done.value)


def _number(letter: Letter) -> str:
    return f"{letter.number:02d}/{letter.sign}" if letter.sign else f"{letter.number:02d}"


def _told(letter: Letter) -> str:
    """Its number, day and subject; a letter that would tell who denounced has none."""
    day = f"{letter.dated:%d/%m/%Y}" if letter.dated else ""
    return "  ".join(filter(None, (_number(letter), day, letter.about)))[:120]
