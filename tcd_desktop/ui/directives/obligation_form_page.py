"""The form of a decision or conclusion to be carried out: filled in from its case, or by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.obligation_desk import draft_of
from tcd_desktop.services.done import Done
from tcd_desktop.ui.directives.amounts_field import AmountsField
from tcd_desktop.ui.directives.case_links import link_to
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, DraftModel, Field, LineField, TextField
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import options

BY_HAND = ""
"""The choice of no case: the document came from another body."""


class CaseChoice(ChoiceField):
    """The decided cases of the office; the value is an id or None."""

    def value(self) -> str | None:
        """The id of the case."""
        return super().value() or None

    def set_value(self, value: object) -> None:
        """Shows a case, or that there is none."""
        super().set_value(value or BY_HAND)


class ObligationFormPage(DeskForm):
    """`obligation` "" = a new one, filled in from `task.case` when that is known."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        obligation: str = "",
        *,
        task: FollowTask | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, parent)
        self._office, self._obligation = office, obligation
        saved = office.store.find_own(Obligation, obligation) if obligation else None
        first = ObligationDraft(received_on=office.today())
        if saved is not None:
            first = draft_of(saved)
        elif task is not None and task.case:
            first = office.obligations.from_case(task.case)
        self.fields = self._make_fields()
        self.model = DraftModel(first, lambda draft: draft.problems(office.today()))
        self._build()
        self.binding.changed.connect(self._follow)
        runner.read(self._read_cases, done=self._offer)

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Change the entry") if self._obligation else _("A decision or conclusion to be carried out")

    def _make_fields(self) -> dict[str, Field]:
        desk, today = self._office.obligations, self._office.today

        def day(words: str) -> DateField:
            return DateField(words, today=today, past=True)

        return {
            "case": CaseChoice(_("Case"), [(BY_HAND, _("Document of another body, entered by hand"))], style="combo"),
            "kind": ChoiceField(_("Kind of document"), list(options(ObligationKind)), style="combo", required=True),
            "number": LineField(_("Number"), max_length=100, placeholder="…/QĐ-UBND"),
            "issued_on": DateField(_("Date of the document"), today=today, past=True, required=True),
            "issuer": LineField(_("Issuing body"), max_length=300, suggestions=desk.issuers()[:2]),
            "effective_on": day(_("In legal effect from")),
            "received_on": day(_("Received on")),
            "summary": TextField(_("Subject of the document"), lines=2, required=True),
            "duty": TextField(_("What has to be carried out"), lines=4),
            "responsible": LineField(_("Who carries it out"), max_length=300, suggestions=desk.responsibles()[:2]),
            "assigned_number": LineField(_("Number of the letter of assignment"), max_length=100, placeholder="…/UBND"),
            "assigned_on": day(_("Date of the letter")),
            "due": DateField(_("To be carried out by"), today=today),
            "amounts": AmountsField(_("Figures (form 05/KQTH)")),
        }

    def _build(self) -> None:
        fields = self.fields
        document = Card(_("The document"))
        document.add_row((fields["case"], 1))
        document.add_row((fields["kind"], 3), (fields["number"], 2))
        document.add_row((fields["issuer"], 1))
        document.add_row((fields["issued_on"], 1), (fields["effective_on"], 1), (fields["received_on"], 1))
        document.add_row((fields["summary"], 1))
        document.add_row((fields["duty"], 1))
        execution = Card(_("Execution"))
        execution.add_row((fields["responsible"], 1))
        execution.add_row((fields["assigned_number"], 3), (fields["assigned_on"], 2))
        execution.add_row((fields["due"], 1))
        execution.add_row((fields["amounts"], 1))
        self.begin([document], [execution], "kind" if self.model.draft.case else "case")

    # -- cases ----------------------------------------------------------------------------------------

    def _read_cases(self, _progress: Progress) -> list[tuple[str, str]]:
        """The decided cases without a line of their own, and the one that is chosen."""
        cases = self._office.obligations.unregistered()
        chosen = self.model.draft.case
        if chosen and chosen not in {case.id for case in cases}:
            found = self._office.store.find_own(CaseFile, chosen)
            cases = [*([found] if found else []), *cases]
        return [(case.id, link_to(case, self._office, {}).words) for case in cases]

    def _offer(self, cases: list[tuple[str, str]]) -> None:
        field = self.fields["case"]
        assert isinstance(field, CaseChoice)
        field.set_options([(BY_HAND, _("Document of another body, entered by hand")), *cases])
        field.set_value(self.model.draft.case)
        ready = len(cases)
        self.told.setText(
            _("Decided cases that are not registered yet: {n}.").format(n=ready)
            if ready and not self._obligation
            else ""
        )

    def _follow(self, name: str) -> None:
        """A chosen case fills in what its file tells; what was typed by hand stays."""
        if name != "case" or self._obligation or not self.model.draft.case:
            return
        told = self._office.obligations.from_case(self.model.draft.case)
        names = ("kind", "number", "issued_on", "issuer", "summary", "effective_on")
        more = ("responsible", "assigned_number", "assigned_on")
        values = {one: getattr(told, one) for one in names}
        values |= {one: getattr(told, one) for one in more if not getattr(self.model.draft, one)}
        self.binding.apply(**values)

    def act(self) -> Callable[[], Done[Obligation]]:
        """Registers or changes."""
        desk, draft = self._office.obligations, self.model.draft
        return partial(desk.change, self._obligation, draft) if self._obligation else partial(desk.register, draft)
