"""The form of a directive: who issued it, what has to be done until when, by whom, about which cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import LONG_TEXT, TEXT, DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.follow_up.directive_desk import draft_of
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.directives.cases_field import CasesField
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.units_field import UnitsField
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, DraftModel, Field, LineField, TextField
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import options

OFFERED = 3
"""Issuers offered under their field."""


class DirectiveFormPage(DeskForm):
    """`directive` "" = a new one, begun with what `task` tells."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        directive: str = "",
        *,
        task: FollowTask | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, parent)
        self._office, self._directive = office, directive
        self._names = office_names(office)
        saved = office.store.find(Directive, directive) if directive else None
        self.fields = self._make_fields()
        first = draft_of(saved) if saved else self._blank(task)
        self.model = DraftModel(first, lambda draft: draft.problems(office.today()))
        self._build()
        self.binding.changed.connect(self._follow)
        if saved is not None:
            self.units.lock_others(saved.units)
        self._follow("level")

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Change the directive") if self._directive else _("A directive")

    def _blank(self, task: FollowTask | None) -> DirectiveDraft:
        own = self._office.office.id
        units = () if self._office.is_superior else (own,)
        if task is None or not task.case:
            return DirectiveDraft(units=units)
        return DirectiveDraft(units=(task.office or own,), cases=(task.case,))

    def _units(self) -> list[tuple[str, str]]:
        """The wards by code, then this office itself."""
        own = self._office.office.id
        if not self._office.is_superior:
            return [(own, short_office(self._office.office.name))]
        wards = [(line.office, short_office(line.name)) for line in self._office.board.wards()]
        return [*wards, (own, short_office(self._office.office.name))]

    def _make_fields(self) -> dict[str, Field]:
        today = self._office.today
        self.units = UnitsField(_("Who has to act"), self._units(), required=True)
        self.cases = CasesField(_("Cases concerned"), self._office, self._runner, self._names)
        content = TextField(_("Content of the directive"), lines=6, required=True)
        content.set_limit(LONG_TEXT)
        return {
            "level": ChoiceField(_("Level"), list(options(DirectiveLevel)), style="combo", required=True),
            "issuer": LineField(_("Who directs"), max_length=TEXT, required=True),
            "number": LineField(_("Number of the document"), max_length=TEXT, hint=_("empty = by word of mouth")),
            "issued_on": DateField(_("Date of the document"), today=today, past=True, required=True),
            "due": DateField(_("To be carried out by"), today=today),
            "content": content,
            "units": self.units,
            "cases": self.cases,
        }

    def _build(self) -> None:
        fields = self.fields
        document = Card(_("The document"))
        document.add_row((fields["level"], 1), (fields["number"], 1))
        document.add_row((fields["issuer"], 1))
        document.add_row((fields["issued_on"], 1), (fields["due"], 1))
        document.add_row((fields["content"], 1))
        who = Card(_("Who acts, about what"))
        if self._office.is_superior:
            who.add_row((self.units, 1))
        else:
            self.units.setParent(who)
            self.units.hide()
        who.add_row((self.cases, 1))
        self.begin([document], [who], "level")

    def _follow(self, name: str) -> None:
        """Issuers of the level are offered; the office of a chosen case has to act as well."""
        draft: DirectiveDraft = self.model.draft
        if name == "level":
            self.fields["issuer"].set_suggestions(self._office.directives.issuers(draft.level)[:OFFERED])
        if name == "cases" and self._office.is_superior and not self._directive:
            missing = [code for code in self.cases.offices() if code not in draft.units]
            if missing:
                self.binding.apply(units=(*draft.units, *missing))
        superior = self._office.is_superior
        self.told.setText(
            _("It travels to the offices that have to act with the next answer on the stick.") if superior else ""
        )

    def act(self) -> Callable[[], Done[Directive]]:
        """Issues or changes."""
        desk, draft = self._office.directives, replace(self.model.draft)
        return partial(desk.change, self._directive, draft) if self._directive else partial(desk.issue, draft)
