"""The dialog of a reminder: to whom, under which number, until when; it says the how manieth it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.services.done import Done
from tcd_desktop.services.follow_up.reminder_desk import REPEATED
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, Field, LineField, TextField

EVERYBODY = ""
"""The choice of all offices at once."""


def ask_reminder(
    acts: DeskActs,
    title: str,
    units: Sequence[tuple[str, str]],
    before: Sequence[Reminder],
    today: Callable[[], date],
    send: Callable[..., Done[Any]],
) -> None:
    """Asks for a reminder to one of `units` (code, name) or to all; `send(codes, on=, number=, content=, due=)`."""
    counted = Counter(one.unit for one in before)
    options: list[tuple[str, str]] = list(units)
    if len(units) > 1:
        options.insert(0, (EVERYBODY, _("All {n} offices that wait").format(n=len(units))))
    unit = ChoiceField(_("To"), options, style="combo", required=True)
    unit.set_value(options[0][0])
    due = DateField(_("New date"), today=today)
    fields: dict[str, Field] = {
        "unit": unit,
        "number": LineField(_("Number of the letter"), max_length=100, placeholder="…/UBND-TTr"),
        "on": acts.day_field(_("Date of the letter")),
        "due": due,
        "content": TextField(_("What is asked for"), lines=2),
    }

    def check(values: Mapping[str, Any]) -> Problems:
        chosen = _chosen(values, units)
        each = sorted({counted[code] + 1 for code in chosen}) or [1]
        nth = each[-1]
        unit.set_hint(_("reminder no. {n}").format(n=nth if len(each) == 1 else f"{each[0]}–{nth}"))
        found: dict[str, Problem] = {}
        if values["on"] and values["on"] > today():
            found["on"] = Problem("future_date", {"today": today()})
        if values["on"] and values["due"] and values["due"] < values["on"]:
            found["due"] = Problem("before_reminder", {"date": values["on"]})
        if nth > REPEATED:
            found["unit"] = Problem("reminded_often", {"times": nth - 1}, warning=True)
        return found

    def act(values: Mapping[str, Any]) -> Done[Any]:
        told = {name: values[name] for name in ("on", "number", "content", "due")}
        return send(_chosen(values, units), **told)

    acts.ask_for(
        title,
        _("The reminder travels with the next answer on the stick and stands on the morning's list of the office."),
        _("Enter the reminder"),
        fields,
        act,
        needed=("on",),
        check=check,
    )


def _chosen(values: Mapping[str, Any], units: Sequence[tuple[str, str]]) -> list[str]:
    return [values["unit"]] if values["unit"] else [code for code, _name in units]


def nth_words(reminder: Reminder) -> str:
    """ "Reminder no. 2"."""
    return _("Reminder no. {n}").format(n=reminder.nth)
