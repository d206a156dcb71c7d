"""A case shows the directives that name it and what it obliges to; the district attaches it to a directive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReviewSource
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.cases.case_page import CasePage
from tcd_desktop.ui.cases.follow_up import FollowUpCard
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.dialogs.act_dialog import ActDialog
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, make_district, make_office

TODAY = MONDAY.date()
TOLD = DirectiveDraft(
    level=DirectiveLevel.CITY,
    issuer="Chủ tịch UBND thành phố",
    number="1094/UBND-BTCD",
    issued_on=TODAY,
    content="Giải quyết dứt điểm vụ việc",
    units=("Q",),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_district(tmp_path / "district")
    yield office
    office.close()


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


class Shown:
    """The page of a case, and where it wanted to go."""

    def __init__(self, office: OpenOffice, case: str, folder: Path, qtbot: QtBot) -> None:
        self.runner = InlineRunner()
        self.gone: list[tuple[str, object]] = []
        self.page = CasePage(office, self.runner, Keeper(Settings(), folder / "s.json"), OpenedFiles(), case)
        self.runner.changed.connect(self.page.store_changed)
        self.page.goRequest.connect(lambda desk, argument: self.gone.append((desk, argument)))
        qtbot.addWidget(self.page)
        self.page.resize(1180, 640)
        self.page.show()

    def cards(self) -> list[FollowUpCard]:
        QApplication.processEvents()
        return [one for one in self.page.findChildren(FollowUpCard) if one.isVisibleTo(self.page)]

    def chips(self) -> list[str]:
        QApplication.processEvents()
        return [one.accessibleName() for one in self.page.findChildren(ChipLabel) if one.isVisibleTo(self.page)]


def case_of(office: OpenOffice) -> str:
    case = office.receptions.log(DRAFT, open_case=True).value.case
    assert case
    return case


def test_the_district_attaches_a_case_and_the_case_says_so(district: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = case_of(district)
    made = district.directives.issue(TOLD).value
    shown = Shown(district, case, tmp_path, qtbot)
    assert "Directed" not in shown.chips()
    (card,) = shown.cards()
    card.acts["attach"].click()
    (dialog,) = [one for one in shown.page.findChildren(ActDialog) if one.isVisible()]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert district.directives.line(made.id).directive.cases == (case,)
    assert "Directed" in shown.chips()
    (card,) = shown.cards()
    assert set(card.acts) == {"new", "review"}, "it is attached to the only one"
    card.links[0].click()
    assert shown.gone == [("directives", FollowTask("directives", made.id))]
    card.acts["new"].click()
    assert shown.gone[-1] == ("directives", FollowTask("directives", "", "new", case, "Q"))


def test_a_directive_that_does_not_name_the_office_is_not_offered(
    district: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    from dataclasses import replace

    district.directives.issue(replace(TOLD, units=("P-01",)))
    shown = Shown(district, case_of(district), tmp_path, qtbot)
    (card,) = shown.cards()
    assert set(card.acts) == {"new", "review"}


def test_a_ward_registers_what_its_decided_case_orders(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = case_of(ward)
    shown = Shown(ward, case, tmp_path, qtbot)
    assert shown.cards() == [], "nothing is followed yet"
    for act in ("accept", "decide"):
        ward.steps.take(case, act, StepDraft(on=TODAY, number="7/QĐ", dated=TODAY, result="right"))
    shown.page.store_changed(())
    (card,) = shown.cards()
    card.acts["register"].click()
    assert shown.gone == [("directives", FollowTask("obligations", "", "new", case))]
    made = ward.obligations.register(ward.obligations.from_case(case)).value
    shown.page.store_changed(())
    (card,) = shown.cards()
    assert card.acts == {} and "Not begun" in shown.chips()
    card.links[0].click()
    assert shown.gone[-1] == ("directives", FollowTask("obligations", made.id))


def test_a_ward_sees_the_directive_and_attaches_nothing(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = case_of(ward)
    with ward.store.unit(act="directive.issue", officer="") as unit:
        unit.put(
            Directive(
                id="d", office="P-01", level=TOLD.level or DirectiveLevel.CITY, issuer="UBND quận", issued_on=TODAY,
                content="Báo cáo", units=("P-01",), cases=(case,),
            )
        )  # fmt: skip
        unit.commit()
    shown = Shown(ward, case, tmp_path, qtbot)
    (card,) = shown.cards()
    assert card.acts == {} and len(card.links) == 1 and "Directed" in shown.chips()


def test_the_district_puts_a_case_under_review_from_its_page(
    district: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    case = case_of(district)
    shown = Shown(district, case, tmp_path, qtbot)
    (card,) = shown.cards()
    card.acts["review"].click()
    assert shown.gone == [("reviews", FollowTask("reviews", "", "new", case))]
    made = district.reviews.add(case, source=ReviewSource.PLAN_363, note="Theo kế hoạch").value
    shown.page.store_changed(None)
    (card,) = shown.cards()
    assert "review" not in card.acts and "On the review list" in shown.chips()
    card.links[-1].click()
    assert shown.gone[-1] == ("reviews", FollowTask("reviews", made.id))
