"""The register of decisions in legal effect and conclusions, with the chosen one beside it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.directives.desk_list import DeskList
from tcd_desktop.ui.directives.desk_parts import ListParts
from tcd_desktop.ui.directives.desk_report import obligation_report
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.obligation_acts import ObligationActs
from tcd_desktop.ui.directives.obligation_facts import show_obligation
from tcd_desktop.ui.directives.obligation_form_page import ObligationFormPage
from tcd_desktop.ui.directives.obligation_rows import (
    ObligationBook,
    dimensions,
    fits,
    obligation_columns,
    read_book,
    responsibles,
)
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

TABLES = frozenset({"obligation", "case_file", "case_step", "reminder", "office", "device"})
NONE_HERE = State(
    lazy("Nothing to be carried out yet"),
    lazy(
        "Decisions on complaints in legal effect, conclusions on denunciations and of working groups are registered "
        "here: who carries them out, until when, how far it is, and why not."
    ),
    lazy("Register a decision  Ins"),
    icon="stamp",
)


class ObligationsView(DeskList):
    """`open` takes a `FollowTask`."""

    acts: ObligationActs

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        wards = office.is_superior
        self._names = office_names(office) if wards else {}
        offices = [(line.office, short_office(line.name)) for line in office.board.wards()] if wards else []
        parts = ListParts(
            name="obligations-district" if wards else "obligations",
            file_name="so-thi-hanh",
            columns=obligation_columns(office.today, self._name, wards=wards),
            buttons=(_("All"), _("Not carried out"), _("Overdue"), _("Held up")),
            dimensions=dimensions(offices),
            empty=NONE_HERE,
            add="obligation.add",
            nothing=_("Choose a line to see the document, the execution and its figures."),
            tables=TABLES,
        )
        super().__init__(office, runner, keeper, parts, ObligationActs, parent)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Execution")

    def _name(self, code: str) -> str:
        names = self.book.names if self.book else self._names
        return str(names.get(code, code))

    def read_book(self) -> ObligationBook:
        """Everything, in a reader thread."""
        return read_book(self._office)

    def fitting(self, book: ObligationBook) -> list[Any]:
        """The lines that the filters leave."""
        self.narrow.set_options("responsible", responsibles(book.lines))
        left = partial(fits, button=self.button, values=self.values, text=self.text, today=book.today)
        return [line for line in book.lines if left(line)]

    def show_line(self, pane: Inspector, acts: DeskActs, book: ObligationBook, record: str) -> None:
        """Puts a line into a pane."""
        assert isinstance(acts, ObligationActs)
        acts.book, acts.line = book, book.line(record)
        if acts.line is None:
            pane.set_actions([])
            pane.show_nothing(self.parts.nothing)
            return
        pane.set_actions(acts.buttons())
        show_obligation(pane, acts.line, book, self.go_to_case)

    def page_title(self) -> str:
        """The heading of a line's own page."""
        return _("A decision or conclusion to be carried out")

    def counted(self, number: int) -> str:
        """How many the list shows."""
        return ngettext("{n} document", "{n} documents", number).format(n=number)

    def report_columns(self, book: ObligationBook) -> tuple[Column, ...]:
        """What a table file tells of a line."""
        return obligation_report(book)

    def form(self, record: str, task: FollowTask | None) -> ObligationFormPage:
        """The form of a new or saved one."""
        return ObligationFormPage(self._office, self._runner, record, task=task)
