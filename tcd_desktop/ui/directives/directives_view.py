"""The list of directives with its filters and the chosen one beside it."""

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
from tcd_desktop.ui.directives.desk_report import directive_report
from tcd_desktop.ui.directives.directive_acts import DirectiveActs
from tcd_desktop.ui.directives.directive_facts import show_directive
from tcd_desktop.ui.directives.directive_form_page import DirectiveFormPage
from tcd_desktop.ui.directives.directive_rows import (
    DirectiveBook,
    dimensions,
    directive_columns,
    fits,
    read_book,
)
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

TABLES = frozenset({"directive", "directive_progress", "reminder", "case_file", "office", "device"})
NONE_ISSUED = State(
    lazy("No directives yet"),
    lazy(
        "Directives of the Government, ministries, the city and the district stand here with their deadlines. What you "
        "enter travels to the wards with the next answer on the stick; their reports come back with their bundles."
    ),
    lazy("Enter a directive  Ins"),
    icon="megaphone",
)
NONE_RECEIVED = State(
    lazy("No directives yet"),
    lazy(
        "Directives of the district come with the answers on the stick. One that reached this office directly is "
        "entered here; its deadline then stands on the morning's list."
    ),
    lazy("Enter a directive  Ins"),
    icon="megaphone",
)


class DirectivesView(DeskList):
    """`open` takes a `FollowTask`."""

    acts: DirectiveActs

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        wards = office.is_superior
        units = [(line.office, short_office(line.name)) for line in office.board.wards()] if wards else []
        parts = ListParts(
            name="directives-district" if wards else "directives",
            file_name="so-chi-dao",
            columns=directive_columns(office.office.id, office.today, wards=wards),
            buttons=(_("All"), _("Open"), _("Overdue")),
            dimensions=dimensions(units),
            empty=NONE_ISSUED if wards else NONE_RECEIVED,
            add="directive.add",
            nothing=_("Choose a directive to see its text, cases and reports."),
            tables=TABLES,
        )
        super().__init__(office, runner, keeper, parts, DirectiveActs, parent)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Directives")

    def read_book(self) -> DirectiveBook:
        """Everything, in a reader thread."""
        return read_book(self._office)

    def fitting(self, book: DirectiveBook) -> list[Any]:
        """The lines that the filters leave."""
        left = partial(
            fits, button=self.button, values=self.values, text=self.text, office=book.office, today=book.today
        )
        return [line for line in book.lines if left(line)]

    def show_line(self, pane: Inspector, acts: DeskActs, book: DirectiveBook, record: str) -> None:
        """Puts a line into a pane."""
        assert isinstance(acts, DirectiveActs)
        acts.book, acts.line = book, book.line(record)
        if acts.line is None:
            pane.set_actions([])
            pane.show_nothing(self.parts.nothing)
            return
        pane.set_actions(acts.buttons())
        show_directive(pane, acts.line, book, self.go_to_case)

    def page_title(self) -> str:
        """The heading of a line's own page."""
        return _("A directive")

    def counted(self, number: int) -> str:
        """How many the list shows."""
        return ngettext("{n} directive", "{n} directives", number).format(n=number)

    def report_columns(self, book: DirectiveBook) -> tuple[Column, ...]:
        """What a table file tells of a line."""
        return directive_report(book)

    def form(self, record: str, task: FollowTask | None) -> DirectiveFormPage:
        """The form of a new or saved one."""
        return DirectiveFormPage(self._office, self._runner, record, task=task)
