"""Scans in the form of a visit: safe with the draft, the visit's own once it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tcd_desktop import i18n
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import Direction, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import PapersField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.papers.page import PapersPage
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.side_card import ScansCard
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.papers import CARD, card_picture, scan_pdf
from tests.ui.papers.conftest import Table, drop, mime_of
from tests.ui.receptions.conftest import a_draft, logged

Show = Callable[[QWidget], Any]


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    return page


def card_of(form: ReceptionFormPage) -> ScansCard:
    return form.findChildren(ScansCard)[0]


def surface(form: ReceptionFormPage) -> QWidget:
    """The page of fields, as side cards know it."""
    return card_of(form).around.form


def panel_of(form: ReceptionFormPage) -> PapersPanel:
    return card_of(form).panel


def test_a_scan_dropped_anywhere_on_the_form_is_the_visits_own_after_saving(
    form: ReceptionFormPage, office: OpenOffice, table: Table
) -> None:
    form.binding.load(a_draft(date=office.today(), receiver_name="Đỗ Thị Quỹ"), dirty=True)
    assert drop(surface(form), mime_of(table.file("Đơn khiếu nại.pdf", scan_pdf(2))))
    panel = panel_of(form)
    assert [paper.name for paper in panel.papers()] == ["Đơn khiếu nại.pdf"]
    name = form.autosave.name
    assert office.staged.papers(name)
    form.save(print_slip=False)
    visit = form.after.view.visit if form.after.view else None
    assert visit is not None, (form.message.text(), dict(form.model.problems))
    kept = office.attachments.papers(reception=visit.id)
    assert [(one.pages, one.name.endswith("_01_Don-khieu-nai.pdf")) for one in kept] == [(2, True)]
    assert office.staged.papers(name) == []
    assert [paper.id for paper in form.after.papers.papers()] == [kept[0].id]
    form.begin_new()
    assert panel.papers() == [], "the next citizen's papers are others"


def test_scanning_first_keeps_the_draft_and_a_crash_loses_nothing(
    form: ReceptionFormPage, office: OpenOffice, runner: InlineRunner, keeper: Keeper, table: Table, shown: Show
) -> None:
    drop(surface(form), mime_of(table.file("Đơn.pdf", scan_pdf())))
    form.autosave.keep()
    name = form.autosave.name
    assert name in office.receptions.drafts(), "a scan alone is worth keeping"
    later: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    later.autosave.name = "form.20261123-235900"
    later.beginning.resume(name, a_draft(date=office.today()))
    assert [paper.name for paper in panel_of(later).papers()] == ["Đơn.pdf"]


def test_scans_and_documents_fill_each_other(form: ReceptionFormPage, table: Table) -> None:
    drop(surface(form), mime_of(table.file("Đơn khiếu nại.pdf", scan_pdf(2)), table.file("Biên bản.pdf", scan_pdf(3))))
    panel = panel_of(form)
    panel.do("papers.fill")
    assert form.model.draft.documents == (Paper("Đơn khiếu nại", 2), Paper("Biên bản", 3))
    field = form.fields["documents"]
    assert isinstance(field, PapersField)
    assert [line.scan_mark.isVisible() for line in field.lines] == [True, True, False]
    form.binding.undo()
    assert form.model.draft.documents == ()


def test_the_code_of_a_photographed_card_fills_the_person(form: ReceptionFormPage, table: Table) -> None:
    drop(surface(form), mime_of(table.file("the.png", card_picture())))
    panel = panel_of(form)
    panel.ask.way_out.click()
    assert form.model.draft.id_number == CARD[:12] and panel.papers() == []


def test_the_large_preview_stands_above_the_form(form: ReceptionFormPage, table: Table, qtbot: Any) -> None:
    drop(surface(form), mime_of(table.file("Đơn.pdf", scan_pdf(2))))
    with qtbot.waitSignal(form.pushRequest) as pushed:
        panel_of(form).do("papers.preview")
    page = pushed.args[0]
    qtbot.addWidget(page)
    assert isinstance(page, PapersPage)


def test_an_amended_visit_shows_its_own_papers(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office)
    office.attachments.add("a.pdf", scan_pdf(), reception=visit.id)
    form: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    assert len(panel_of(form).papers()) == 1


def test_the_fullest_form_fits_beside_the_rail_of_a_small_screen(
    qapp: QApplication, office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, table: Table
) -> None:
    """A lawyer whose client is refused in writing, with a scan that waits to be listed: no column is cut off."""
    look.apply(qapp, "light", 100)
    i18n.set_language("vi")
    page = shown(ReceptionFormPage(office, runner, keeper))
    page.resize(1182, 606)
    refused = {"direction": Direction.REFUSE, "refusal_ground": "L9.3", "role": Role.LAWYER, "id_number": CARD[:12]}
    page.binding.load(a_draft(date=office.today(), **refused), dirty=True)
    assert drop(surface(page), mime_of(table.file("Đơn khiếu nại.pdf", scan_pdf(1))))
    assert page.findChildren(ScansCard)[0].panel.fill.isVisibleTo(page)
    QApplication.processEvents()
    assert page.layout_.columns() == 3
    assert page.layout_._body.minimumSizeHint().width() <= page.layout_.area.viewport().width()
    editor = page.fields["id_number"].editor
    assert editor.contentsRect().width() > editor.fontMetrics().horizontalAdvance(CARD[:12]) + 8, "all twelve figures"
