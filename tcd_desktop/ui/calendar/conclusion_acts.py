"""What can be done with a conclusion of the head: enter, change, issue its notice, write down what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tcd_desktop.domain.problems import Problems
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.services.done import Done
from tcd_desktop.ui.cases.case_words import due_chip, full_day, short_day
from tcd_desktop.ui.dialogs.act_dialog import reason_sentence
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, Field, LineField, TextField
from tcd_desktop.ui.lists.paged_model import Chip, Column
from tcd_desktop.ui.receptions.columns import shown_name

WORDS: dict[str, tuple[LazyText, str, str]] = {
    "finish": (lazy("Record the result"), "Ctrl+D", "check-check"),
    "letter": (lazy("Write the notice"), "", "send"),
    "issue": (lazy("Record the notice"), "Ctrl+I", "stamp"),
    "change": (lazy("Change"), "", "pencil"),
    "remove": (lazy("Remove"), "", "trash-2"),
}
"""Id of an act -> its words, key and icon."""


def progress_chip(conclusion: Conclusion, today: date) -> Chip:
    """Carried out, or how near its day is."""
    if conclusion.done_on is not None:
        return Chip(_("Done {day}").format(day=short_day(conclusion.done_on, today)), "success", "circle-check")
    return due_chip(conclusion.due, today) or Chip(_("No deadline"), "neutral", "clock")


def conclusion_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """The list under a sitting."""

    def progress(one: Conclusion) -> Chip:
        return progress_chip(one, today())

    def notice(one: Conclusion) -> str:
        return " · ".join(filter(None, (one.number, short_day(one.issued_on, today()))))

    return (
        Column("content", lazy("Content"), 160, text=_content, tooltip=_content, stretch=True),
        Column("responsible", lazy("Responsible unit"), 178, text=lambda one: one.responsible, tooltip=_contact),
        Column("progress", lazy("Deadline"), 140, text=lambda one: "", chip=progress),
        Column("notice", lazy("Notice no."), 130, text=notice),
    )


def _content(one: Conclusion) -> str:
    return one.content.split("\n", 1)[0][:300]


def _contact(one: Conclusion) -> str:
    return "\n".join(filter(None, (one.responsible, one.contact, one.result)))


class ConclusionActs(AskingActs):
    """Dialogs over `host`; what was done comes back as a change of the store."""

    def enter(
        self,
        sitting: Sitting,
        visits: Sequence[Reception],
        units: Sequence[str],
        conclusion: Conclusion | None = None,
    ) -> None:
        """A conclusion, new or changed. `units` were named before and are offered."""
        desk, today = self._office.conclusions, self._office.today
        known = conclusion or desk.blank(sitting)
        fields: dict[str, Field] = {
            "content": TextField(_("What the head directed"), lines=3, required=True),
            "responsible": LineField(
                _("Responsible unit or person"), required=True, max_length=200, suggestions=list(units[:3])
            ),
            "contact": LineField(_("Whom the citizen may ask"), max_length=200),
            "due": DateField(_("To be done by"), today=today),
        }
        if visits:
            options = [(None, _("All visits of the sitting"))] + [(visit.id, _visit(visit)) for visit in visits]
            fields["reception"] = ChoiceField(_("About"), options, style="combo")
        for name, field in fields.items():
            field.set_value(getattr(known, name))

        def wanted(values: Mapping[str, Any]) -> Conclusion:
            case = next((visit.case for visit in visits if visit.id == values.get("reception")), sitting.case)
            return replace(known, **values, case=case)

        def check(values: Mapping[str, Any]) -> Problems:
            return desk.problems(wanted(values))

        def act(values: Mapping[str, Any]) -> Done[Any]:
            return desk.change(wanted(values)) if conclusion else desk.add(wanted(values))

        title = _("Conclusion of the sitting") + f": {full_day(sitting.day)}"
        self.ask_for(title, "", _("Save"), fields, act, check=check, about=("sitting", sitting.id))

    def do(self, act: str, conclusion: Conclusion) -> None:
        """Issue, finish or remove."""
        {"issue": self._issue, "finish": self._finish, "remove": self._remove}[act](conclusion)

    def _issue(self, one: Conclusion) -> None:
        number = LineField(_("Number of the notice"), required=True, max_length=100, placeholder="…/TB-UBND")
        number.set_value(one.number)
        self.ask_for(
            _("Notice of conclusion"),
            _("The notice goes to the units concerned; they send the result to the citizen (Decree 154/2026, 25(2))."),
            _("Record the notice"),
            {"number": number, "on": self.day_field(_("Issued on"))},
            lambda values: self._office.conclusions.issue(one.id, number=values["number"], on=values["on"]),
            needed=("number", "on"),
        )

    def _finish(self, one: Conclusion) -> None:
        self.ask_for(
            _("The conclusion was carried out"),
            f"{one.responsible}: {_content(one)}",
            _("Record the result"),
            {"result": TextField(_("Result"), lines=3, required=True), "on": self.day_field(_("Done on"))},
            lambda values: self._office.conclusions.finish(one.id, on=values["on"], result=values["result"]),
            needed=("result", "on"),
            about=("conclusion", one.id),
        )

    def _remove(self, one: Conclusion) -> None:
        self.ask_for(
            _("Remove the conclusion"),
            reason_sentence(),
            _("Remove"),
            {"reason": LineField(_("Reason"), required=True, max_length=200)},
            lambda values: self._office.conclusions.remove(one.id, values["reason"]),
            needed=("reason",),
            about=("conclusion", one.id),
        )


def _visit(visit: Reception) -> str:
    return f"{visit.book_number} · {shown_name(visit.name, visit.classification)}"
