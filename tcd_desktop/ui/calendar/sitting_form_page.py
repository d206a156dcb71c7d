"""The form of one sitting: a periodic or unscheduled reception of the head, or a dialogue about a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.problems import Problems
from tcd_desktop.domain.sittings.sitting_rules import SittingDraft, draft_of
from tcd_desktop.domain.terms import HostBody, ReceptionForm, SittingKind
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.forms.form_fields import (
    Card,
    ChoiceField,
    DateField,
    DraftModel,
    Field,
    LineField,
    TextField,
    TimeField,
)
from tcd_desktop.ui.window.runner import RunnerLike

CASES = 200
"""Open complaints that are offered for a dialogue, the youngest first."""


class CaseField(ChoiceField):
    """A choice whose cases are read after the form is shown."""

    def offer(self, cases: Sequence[CaseFile], chosen: str | None) -> None:
        """Shows these cases and keeps the choice."""
        assert self.combo is not None
        self._values = [case.id for case in cases]
        self.combo.clear()
        self.combo.addItems([f"{case.book_number} · {case.title}" for case in cases])
        self.set_value(chosen)


class SittingFormPage(DeskForm):
    """`sitting` "" = a new one, on `day` when that is known, about `case` when it is a dialogue."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        sitting: str = "",
        *,
        day: date | None = None,
        case: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, parent)
        self._office, self._sitting = office, sitting
        self.fields = self._make_fields()
        self.model: DraftModel[SittingDraft] = DraftModel(self._first(sitting, day, case), self._problems)
        self.begin(*self._cards(), "day")
        self.binding.changed.connect(self._follow)
        self._follow("")
        runner.read(self._read_cases, done=self._offer_cases)

    def _first(self, sitting: str, day: date | None, case: str | None) -> SittingDraft:
        saved = self._office.sittings.find(sitting) if sitting else None
        if saved is not None:
            return draft_of(saved)
        kind = SittingKind.DIALOGUE if case else SittingKind.PERIODIC
        return replace(self._office.sittings.blank(), day=day, case=case, kind=kind, start=time(8), end=time(11, 30))

    def _make_fields(self) -> dict[str, Field]:
        return {
            "kind": ChoiceField(_("Kind"), list(words.options(SittingKind)), required=True),
            "day": DateField(_("Day"), today=self._office.today, required=True),
            "start": TimeField(_("From")),
            "end": TimeField(_("To")),
            "case": CaseField(_("Case of the dialogue"), [], style="combo", required=True),
            "form": ChoiceField(_("Form"), list(words.options(ReceptionForm))),
            "host": ChoiceField(_("Receiving body"), list(words.options(HostBody))),
            "place": LineField(_("Place"), required=True),
            "leader": LineField(_("Head"), required=True),
            "leader_title": LineField(_("Position")),
            "delegate": LineField(_("Delegated to"), hint=_("only when the head cannot come")),
            "attendees": TextField(_("Participants"), lines=3, placeholder=_("posted with the calendar")),
            "expected": TextField(_("Expected content"), lines=3, placeholder=_("posted with the calendar")),
        }

    def _cards(self) -> tuple[list[Card], list[Card]]:
        fields = self.fields
        when = Card(_("When and where"))
        when.add_row((fields["kind"], 1))
        when.add_row((fields["day"], 3), (fields["start"], 2), (fields["end"], 2))
        when.add_row((fields["case"], 1))
        when.add_row((fields["place"], 1))
        when.add_row((fields["form"], 2), (fields["host"], 3))
        who = Card(_("Who and what"))
        who.add_row((fields["leader"], 1), (fields["leader_title"], 1))
        who.add_row((fields["delegate"], 1))
        who.add_row((fields["attendees"], 1))
        who.add_row((fields["expected"], 1))
        return [when], [who]

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Change the sitting") if self._sitting else _("A sitting of the head")

    def _read_cases(self, _progress: Progress) -> list[CaseFile]:
        where = (
            "office = ? AND classification = 'complaint' AND removed = '' AND (state <> 'closed' OR id = ?) "
            f"ORDER BY opened_on DESC, id DESC LIMIT {CASES}"
        )
        return self._office.store.all(CaseFile, where, (self._office.office.id, self.model.draft.case or ""))

    def _offer_cases(self, cases: list[CaseFile]) -> None:
        field = self.fields["case"]
        assert isinstance(field, CaseField)
        field.offer(cases, self.model.draft.case)

    def _problems(self, draft: SittingDraft) -> Problems:
        return self._office.sittings.problems(draft, but=self._sitting)

    def _follow(self, _name: str) -> None:
        """What depends on the kind and the day."""
        draft, today = self.model.draft, self._office.today()
        dialogue = draft.kind is SittingKind.DIALOGUE
        self.fields["case"].setVisible(dialogue)
        self.fields["host"].setVisible(not dialogue)
        due = self._office.sittings.post_by(draft.kind, draft.day) if draft.day else None
        self.fields["day"].set_hint(_("post by {day}").format(day=short_day(due, today)) if due else "")
        if due is None:
            told = ""
        elif dialogue:
            told = _("Send the notice to all who take part by {day} (Decree 155/2026, article 11).")
        elif due < today:
            told = _("The notice had to be posted by {day}. Post it today.")
        else:
            told = _("Post the notice by {day}, five working days before (Law on Citizen Reception, article 24).")
        self.told.setText(told.format(day=short_day(due, today)))

    def act(self) -> Callable[[], Done[Any]]:
        """Adds or changes; only a dialogue is about a case."""
        desk, draft = self._office.sittings, self.model.draft
        if draft.kind is not SittingKind.DIALOGUE:
            draft = replace(draft, case=None)
        return partial(desk.change, self._sitting, draft) if self._sitting else partial(desk.add, draft)
