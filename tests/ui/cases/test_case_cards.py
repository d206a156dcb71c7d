"""Every clock explains itself; petitions, field and protection of a case stand on its page, masked where they must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Classification, OfficerRight, PetitionSource
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.calendar.day_import_page import DayImportPage
from tcd_desktop.ui.calendar.days_off_view import DaysOffView
from tcd_desktop.ui.cases.case_cards import FieldCard
from tcd_desktop.ui.cases.case_page import CasePage
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.cases.clocks_card import ClocksCard
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.cases.protection_dialogs import AskProtectionDialog, DecideProtectionDialog, EndProtectionDialog
from tcd_desktop.ui.cases.steps_card import StepsCard
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tcd_desktop.words import label as label_of
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


class Shown:
    """A case's page and where it went."""

    def __init__(self, office: OpenOffice, case: str, folder: Path, qtbot: QtBot) -> None:
        self.runner = InlineRunner()
        self.files = OpenedFiles()
        self.page = CasePage(office, self.runner, Keeper(Settings(), folder / "s.json"), self.files, case)
        self.runner.changed.connect(self.page.store_changed)
        self.went: list[tuple[str, object]] = []
        self.page.goRequest.connect(lambda desk, argument: self.went.append((desk, argument)))
        qtbot.addWidget(self.page)
        self.page.resize(1180, 640)
        self.page.show()

    def words(self) -> str:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        body = self.page.view.widget()
        texts = [label.text() for label in body.findChildren(QLabel)]
        return "\n".join(texts + [button.text() for button in body.findChildren(QPushButton)])


def test_every_clock_tells_rule_start_skipped_days_and_circumstances(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    case = ward.receptions.log(DRAFT, open_case=True).value.case or ""
    ward.steps.describe(case, complexity=["a"], remote=False)
    ward.steps.take(case, "accept", StepDraft(on=TODAY, number="1/TB", dated=TODAY))
    shown = Shown(ward, case, tmp_path, qtbot)
    card = shown.page.view.findChild(ClocksCard)
    assert card is not None and {"KN1.accept", "KN1.settle"} <= set(card.why)
    button = card.why["KN1.settle"]
    button.click()
    words = shown.words()
    assert "a complex matter" in words and "45 calendar days" in words
    assert "Accept" in words and "Điều 28 Luật Khiếu nại" in words and "since 01/07/2026" in words
    shown.files.close()


def test_a_suspension_is_told_in_the_clock_it_lengthened(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    from tcd_desktop.domain.cases.case_clocks import Clock
    from tcd_desktop.ui.cases.clocks_card import clock_lines

    told = dict(clock_lines(Clock("KN1.settle", TODAY, "accept", suspended=((TODAY, date(2026, 11, 30)),))))
    assert told["Suspended"].startswith("from 23/11/2026 to 30/11/2026")


def test_the_petitions_of_a_denunciation_stand_there_without_a_name(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    made = ward.petitions.register(
        PetitionDraft(
            source=PetitionSource.POST,
            received_on=TODAY,
            classification=Classification.DENUNCIATION,
            name=SECRET_WORDS[0],
            address=SECRET_WORDS[2],
            content="Tố cáo thu tiền",
        ),
        open_case=True,
    ).value
    shown = Shown(ward, made.case or "", tmp_path, qtbot)
    words = shown.words()
    assert "Đ 1/2026" in words and "Kept secret" in words and not any(word in words for word in SECRET_WORDS)
    next(b for b in shown.page.findChildren(QPushButton) if b.text().startswith("Đ 1/2026")).click()
    assert shown.went == [("petitions", made.id)]
    shown.files.close()


def test_the_field_and_tag_of_a_case_are_chosen_on_its_page(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = ward.receptions.log(DRAFT, open_case=True).value.case or ""
    ward.tags.add("Tranh chấp ngõ", classification=Classification.COMPLAINT, field="land", since=date(2026, 1, 1))
    shown = Shown(ward, case, tmp_path, qtbot)
    card = shown.page.view.field
    assert card is not None
    card.tag.set_value("Tranh chấp ngõ")
    card.tag.left.emit()
    found = ward.cases.find(case)
    assert found is not None and (found.field, found.tag) == ("land", "Tranh chấp ngõ")
    assert "Field: Đất đai" in shown.words()
    shown.files.close()


def test_protection_is_asked_for_decided_and_ended_in_dialogs(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = ward.receptions.log(SECRET, open_case=True).value.case or ""
    shown = Shown(ward, case, tmp_path, qtbot)
    view = shown.page.view
    assert view.protection is not None
    view.protection.buttons["ask"].click()
    ask = shown.page.findChild(AskProtectionDialog)
    assert ask is not None
    ask.accept_values()
    assert ask.fields["measures"].problem() and not ward.protections.all()
    ask.fields["measures"].set_value(("work",))
    ask.accept_values()
    assert view.protection is not None
    view.protection.buttons["decide"].click()
    decide = shown.page.findChild(DecideProtectionDialog)
    assert decide is not None
    decide.fields["granted"].set_value(True)
    decide.accept_values()
    assert decide.fields["number"].problem()
    decide.fields["number"].set_value("3/QĐ-UBND")
    decide.accept_values()
    assert "Protected since 23/11/2026 (3/QĐ-UBND)" in shown.words()
    view.protection.buttons["end"].click()
    end = shown.page.findChild(EndProtectionDialog)
    assert end is not None
    end.accept_values()
    assert ward.protections.of_case(case)[0].ended_on == TODAY
    shown.files.close()


def test_an_open_case_has_no_protection(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = ward.receptions.log(replace(DRAFT, content="Việc mở"), open_case=True).value.case or ""
    shown = Shown(ward, case, tmp_path, qtbot)
    assert shown.page.view.protection is None and shown.page.view.field is not None
    shown.files.close()


def test_a_day_off_and_an_imported_table_move_the_dates_and_say_which(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    ward.receptions.log(DRAFT, open_case=True)
    runner = InlineRunner()
    view = DaysOffView(ward, runner, Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(view)
    view.show()
    view.day.set_value(date(2026, 12, 1))
    view.reason.set_value("Nghỉ theo thông báo")
    view.add()
    words = view.moved.words()
    assert "2 dates moved" in words and "03/12 → 04/12" in words and "08/12 → 09/12" in words
    table = tmp_path / "ngay.csv"
    table.write_text("Ngày,Loại,Lý do\n01/12/2026,Nghỉ,Đã có\n02/12/2026,Nghỉ,Thêm\n", encoding="utf-8")
    pushed: list[Page] = []
    view.pushRequest.connect(pushed.append)
    view.open_file(table)
    (page,) = pushed
    assert isinstance(page, DayImportPage)
    qtbot.addWidget(page)
    assert [line.verdict for line in page.lines] == ["known", "new"] and "1 day" in page.told.text()
    assert len(ward.calendar.days()) == 1, "a preview changes nothing"
    page.save()
    assert len(ward.calendar.days()) == 2
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "04/12 → 07/12" in view.moved.words()


def test_what_was_done_stands_with_its_document_result_and_day(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    case = ward.receptions.log(DRAFT, open_case=True).value.case or ""
    ward.steps.take(case, "accept", StepDraft(on=TODAY, number="1/TB-UBND", dated=TODAY))
    ward.steps.take(
        case, "decide", StepDraft(on=TODAY, number="12/QĐ-UBND", dated=TODAY, result="partly", signer="Phạm Văn Thử")
    )
    shown = Shown(ward, case, tmp_path, qtbot)
    card = shown.page.view.findChild(StepsCard)
    assert card is not None
    lines = [label.text() for label in card.findChildren(QLabel)]
    assert lines[1].endswith("Issue the decision") and lines.index(lines[1]) < lines.index(
        "no. 1/TB-UBND, dated 23/11/2026, form 03/NĐ124"
    )
    assert "no. 12/QĐ-UBND, dated 23/11/2026, form 15/NĐ124" in lines
    assert label_of(SettlementResult.PARTLY) in lines and "partly" not in lines
    assert "Signed by Phạm Văn Thử" in lines
    shown.files.close()


@pytest.mark.parametrize("draft", [DRAFT, SECRET])
def test_nothing_of_a_case_is_cut_off_beside_the_list(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot, draft: ReceptionDraft
) -> None:
    i18n.set_language("vi")
    case = ward.receptions.log(draft, open_case=True).value.case or ""
    kind = draft.classification or Classification.COMPLAINT
    ward.tags.add("Bồi thường, hỗ trợ, tái định cư", classification=kind, field="other", since=date(2026, 1, 1))
    page = CasesPage(ward, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"), files=OpenedFiles())
    qtbot.addWidget(page)
    page.resize(1182, 640)
    page.show()
    page.hands.show(case)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    body = page.pane.widget()
    assert body.findChild(FieldCard) is not None
    assert body.minimumSizeHint().width() <= page.pane.viewport().width()


@pytest.mark.parametrize("draft", [DRAFT, SECRET], ids=["complaint", "denunciation"])
def test_a_viewer_reads_a_case_and_is_offered_no_act_and_no_field(
    draft: ReceptionDraft, ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    case = ward.receptions.log(draft, open_case=True).value.case or ""
    ward.tags.classify(case, field="", tag="Tranh chấp ngõ")
    ward.officer = replace(ward.officer, right=OfficerRight.VIEWER)
    shown = Shown(ward, case, tmp_path, qtbot)
    body = shown.page.view.widget()
    assert "Tag of the office: Tranh chấp ngõ" in shown.words()
    fields = [*body.findChildren(QLineEdit), *body.findChildren(QCheckBox), *body.findChildren(QComboBox)]
    assert not [one for one in fields if one.isVisibleTo(body)]
    offered = {button.text().split("  ")[0] for button in body.findChildren(QPushButton) if button.isVisibleTo(body)}
    assert offered <= {"Why this day?", "1/2026", "at a visit"}
    shown.files.close()


def test_the_measures_of_protection_are_read_to_their_end(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = AskProtectionDialog("HS 1/2026", lambda: TODAY, parent := QWidget())
    qtbot.addWidget(parent)
    dialog.open()
    QApplication.processEvents()
    texts = [label for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog) and label.text()]
    assert len(texts) > 10
    assert not [label.text() for label in texts if label.height() < label.heightForWidth(label.width())]
    note = dialog.fields["note"]
    assert note.height() < 2 * note.sizeHint().height(), "room that nobody needs"
