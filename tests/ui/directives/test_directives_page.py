"""The desk of directives in the window: entered, reported, chased and closed by keys; cases stay masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.obligation import Amount, Obligation
from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ObligationKind, ObligationState, ReminderAbout
from tcd_desktop.domain.office import Device
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.dialogs.act_dialog import ActDialog
from tcd_desktop.ui.directives.directive_form_page import DirectiveFormPage
from tcd_desktop.ui.directives.directive_rows import OPEN, OVERDUE
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.directives_page import DirectivesPage
from tcd_desktop.ui.directives.obligation_form_page import ObligationFormPage
from tcd_desktop.ui.directives.obligation_rows import STUCK
from tcd_desktop.ui.directives.record_page import RecordPage
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_district, make_office

P = TypeVar("P", bound=QWidget)
TODAY = MONDAY.date()
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TOLD = DirectiveDraft(
    level=DirectiveLevel.CITY,
    issuer="Chủ tịch UBND thành phố",
    number="1094/UBND-BTCD",
    issued_on=date(2026, 11, 2),
    content="Giải quyết dứt điểm vụ việc, báo cáo kết quả",
    due=date(2026, 11, 13),
    units=("P-01", "P-02"),
)
DUTY = ObligationDraft(
    kind=ObligationKind.TASK_FORCE_CONCLUSION,
    number="12/KL-TCT",
    issued_on=date(2026, 10, 1),
    summary="Thu hồi đất lấn chiếm",
    due=date(2026, 11, 13),
    amounts=(Amount("people_money", due=25_500_000),),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


def with_wards(office: OpenOffice) -> OpenOffice:
    """Two wards are enrolled, as the desk of enrolment writes it."""
    with office.store.unit(act="enrol.grant", officer="") as unit:
        for code in ("P-01", "P-02"):
            unit.put(
                Device(
                    id=f"{code}-pc",
                    office=office.office.id,
                    unit=code,
                    name=f"UBND phường {code}",
                    sign_pub=b"s",
                    box_pub=b"b",
                    certificate=b"c",
                    granted_on=TODAY,
                    fingerprint_checked=True,
                )
            )
        unit.commit()
    return office


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    office = with_wards(make_district(tmp_path / "district"))
    yield office
    office.close()


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


class Desk:
    """The desk with the pages it pushed; each is shown, and hears of every change."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self._bot = office, qtbot
        self.runner = InlineRunner()
        self.page = DirectivesPage(office, self.runner, Keeper(Settings(), folder / "s.json"))
        self.pushed: list[Page] = []
        self.gone: list[tuple[str, object]] = []
        self._show(self.page)

    def _show(self, page: Page) -> None:
        self.runner.changed.connect(page.store_changed)
        page.pushRequest.connect(self._push)
        page.goRequest.connect(lambda desk, argument: self.gone.append((desk, argument)))
        self._bot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.activateWindow()
        self._bot.waitUntil(page.isActiveWindow)
        page.setFocus()

    def _push(self, page: Any) -> None:
        self.pushed.append(page)
        self._show(page)

    def last(self, kind: type[P]) -> P:
        found = self.pushed[-1]
        assert isinstance(found, kind)
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL, on: QWidget | None = None) -> None:
        target = on or self.page
        target.window().activateWindow()
        self._bot.waitUntil(target.window().isActiveWindow)
        self._bot.keyClick(target, key, modifier)

    def dialog(self) -> ActDialog:
        dialogs = [one for top in (self.page, *self.pushed) for one in top.findChildren(ActDialog) if one.isVisible()]
        assert dialogs
        return dialogs[-1]

    def choose(self, record: str) -> None:
        view = self.page.view
        assert view.list.choose(record)
        self._bot.waitUntil(lambda: getattr(view.acts, "line", None) is not None and view.acts.line.id == record)

    def shown(self) -> list[str]:
        return [row.id for row in self.page.view.rows.rows]


@pytest.fixture
def desk(district: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(district, tmp_path, qtbot)


def typed(widget: QWidget, text: str) -> None:
    """Letters with marks come through the input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def words_in(widget: QWidget) -> str:
    """Everything a person can read, or a screen reader say, in a widget."""

    QApplication.processEvents()

    def there(kind: type[P]) -> list[P]:
        return [one for one in widget.findChildren(kind) if one.isVisibleTo(widget)]

    found = [label.text() for label in there(QLabel)]
    found += [f"{one.text()} {one.toolTip()} {one.accessibleName()}" for one in there(QPushButton)]
    found += [chip.accessibleName() for chip in there(ChipLabel)]
    return "\n".join(found)


def issue(office: OpenOffice, **more: Any) -> Directive:
    return office.directives.issue(replace(TOLD, **more)).value


# -- directives --------------------------------------------------------------------------------------------


def test_the_first_directive_is_entered_by_keys_alone(desk: Desk, qtbot: QtBot) -> None:
    assert desk.page.directives.list._empty.isVisible()
    desk.press(Qt.Key.Key_Insert, NONE)
    form = desk.last(DirectiveFormPage)
    fields = form.fields
    fields["level"].combo.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClicks(fields["level"].combo, "ci")  # type: ignore[attr-defined]
    for name, text in (("issuer", "Chủ tịch UBND thành phố"), ("number", "446/UBND-TTr"), ("content", "Rà soát")):
        fields[name].setFocus()
        typed(fields[name].editor, text)  # type: ignore[attr-defined]
    fields["issued_on"].editor.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClicks(fields["issued_on"].editor, "20/11")  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_S, on=form)
    assert fields["units"].problem(), "nobody has to act yet"
    form.units.all.setFocus()
    qtbot.keyClick(form.units.all, Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_S, on=form)
    (made,) = desk.office.store.all(Directive)
    assert (made.level, made.number, made.units) == (DirectiveLevel.CITY, "446/UBND-TTr", ("P-01", "P-02", "Q"))
    assert made.issued_on == date(2026, 11, 20) and desk.shown() == [made.id]


def test_what_a_list_says_of_a_directive(desk: Desk) -> None:
    late = issue(desk.office)
    desk.office.reminders.remind(ReminderAbout.DIRECTIVE, late.id, "P-01", on=TODAY)
    desk.page.store_changed(())
    model = desk.page.directives.list.model
    row = model.record(0)
    told = {column.key: (column.text(row), column.chip(row) if column.chip else None) for column in model.columns}
    assert told["due"][1] is not None and (told["due"][1].text, told["due"][1].tone) == ("10 days overdue", "danger")
    assert told["reports"][1] is not None and told["reports"][1].text == "0/2"
    assert (told["reminders"][0], told["number"][0], told["level"][0]) == ("1", TOLD.number, "City")


def test_buttons_filters_and_search_narrow_the_list(desk: Desk) -> None:
    late = issue(desk.office)
    soon = issue(desk.office, number="58/TTr", level=DirectiveLevel.DISTRICT, due=date(2026, 12, 1), units=("P-02",))
    closed = issue(desk.office, number="9/UBND", content="Niêm yết lịch")
    desk.office.directives.close(closed.id, TODAY)
    desk.page.store_changed(())
    view = desk.page.directives
    assert desk.shown() == [late.id, soon.id, closed.id]
    view.show_button(OPEN)
    assert desk.shown() == [late.id, soon.id]
    view.show_button(OVERDUE)
    assert desk.shown() == [late.id]
    view.show_all()
    view.narrow.changed.emit({"level": "district"})
    assert desk.shown() == [soon.id]
    view.narrow.changed.emit({"unit": "P-01"})
    assert desk.shown() == [late.id, closed.id]
    view.show_all()
    assert desk.page.search("niem yet") and desk.shown() == [closed.id]
    view.narrow.changed.emit({"level": "ministry"})
    assert view.list._none_found.isVisible()


def test_one_letter_to_several_offices_is_one_reminder_and_one_line(desk: Desk) -> None:
    late = issue(desk.office)
    desk.office.reminders.remind_all(ReminderAbout.DIRECTIVE, late.id, ["P-01", "P-02"], on=TODAY, number="12/UBND")
    desk.page.store_changed(())
    desk.choose(late.id)
    row = desk.page.directives.list.model.record(0)
    column = next(one for one in desk.page.directives.list.model.columns if one.key == "reminders")
    assert column.text(row) == "1"
    told = words_in(desk.page.directives.pane)
    assert "Reminded 1 time" in told
    assert "Reminder no. 1 · Phường P-01, Phường P-02 · 12/UBND, 23/11/2026" in told


def test_a_directive_just_entered_is_the_chosen_one(desk: Desk, qtbot: QtBot) -> None:
    first = issue(desk.office)
    desk.page.store_changed(())
    desk.choose(first.id)
    desk.page.directives.add_new()
    form = desk.last(DirectiveFormPage)
    draft = replace(TOLD, number="999/UBND", due=date(2027, 1, 5))
    form.model.load(draft, dirty=True)
    form.save()
    made = next(one for one in desk.office.store.all(Directive) if one.number == "999/UBND")
    qtbot.waitUntil(lambda: desk.page.directives.list.current_id() == made.id)


def test_one_key_reminds_everybody_who_waits_and_says_which_letter_it_is(desk: Desk, qtbot: QtBot) -> None:
    late = issue(desk.office)
    desk.office.reminders.remind(ReminderAbout.DIRECTIVE, late.id, "P-01", on=TODAY)
    desk.page.store_changed(())
    desk.choose(late.id)
    desk.press(Qt.Key.Key_T)
    dialog = desk.dialog()
    unit = dialog.fields["unit"]
    assert unit._hint.text() == "reminder no. 1–2"  # each office has its own count
    qtbot.keyClicks(dialog.fields["number"].editor, "12/UBND")  # type: ignore[attr-defined]
    qtbot.keyClicks(dialog.fields["due"].editor, "1/11")  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert dialog.isVisible() and dialog.fields["due"].problem(), "a date before the letter stops"
    dialog.fields["due"].editor.clear()  # type: ignore[attr-defined]
    qtbot.keyClicks(dialog.fields["due"].editor, "30/11/2026")  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Return, on=dialog)
    sent = desk.office.directives.line(late.id).reminders
    told = [(one.unit, one.nth, one.number) for one in sent if one.number]
    assert told == [("P-02", 1, "12/UBND"), ("P-01", 2, "12/UBND")]
    assert "Reminder no. 2 · Phường P-01 · 12/UBND, 23/11/2026 · by 30/11/2026" in words_in(desk.page.directives.pane)


def test_a_fourth_reminder_is_doubted_and_still_written(desk: Desk, qtbot: QtBot) -> None:
    late = issue(desk.office, units=("P-01",))
    for _nth in range(3):
        desk.office.reminders.remind(ReminderAbout.DIRECTIVE, late.id, "P-01", on=TODAY)
    desk.page.store_changed(())
    desk.choose(late.id)
    desk.press(Qt.Key.Key_T)
    dialog = desk.dialog()
    assert "3 times" in dialog.fields["unit"].problem()
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert len(desk.office.directives.line(late.id).reminders) == 4


def test_who_waits_stands_before_who_is_done_and_closing_says_how_many_wait(desk: Desk) -> None:
    made = issue(desk.office, units=("Q", "P-01"))
    desk.office.directives.report(made.id, on=TODAY - timedelta(2), content="Đang làm")
    desk.office.directives.report(made.id, on=TODAY, content="Đã đối thoại xong", done=True)
    desk.page.store_changed(())
    desk.choose(made.id)
    told = words_in(desk.page.directives.pane)
    assert told.index("Phường P-01") < told.index("Quận Thử Nghiệm")
    assert told.index("23/11/2026: Đã đối thoại xong") < told.index("21/11/2026: Đang làm"), "newest first"
    desk.press(Qt.Key.Key_D)
    dialog = desk.dialog()
    assert any("1 office has not" in label.text() for label in dialog.findChildren(QLabel))
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert desk.office.directives.line(made.id).directive.closed_on == TODAY


def test_a_change_adds_no_office(desk: Desk) -> None:
    made = issue(desk.office, units=("P-01",))
    desk.page.store_changed(())
    desk.choose(made.id)
    desk.press(Qt.Key.Key_E)
    form = desk.last(DirectiveFormPage)
    assert form.units.boxes["P-01"].isEnabled() and not form.units.boxes["P-02"].isEnabled()
    form.units.all.click()
    assert form.units.value() == ()
    form.units.all.click()
    assert form.units.value() == ("P-01",), "all that may be ticked"
    typed(form.fields["content"].editor, "Bổ sung: ")  # type: ignore[attr-defined]
    assert not form.can_close() and form.can_close(), "the first Esc says that nothing was saved"
    form.save()
    assert "Bổ sung" in desk.office.directives.line(made.id).directive.content


def test_enter_opens_a_page_with_the_same_acts(desk: Desk, qtbot: QtBot) -> None:
    made = issue(desk.office)
    desk.page.store_changed(())
    desk.choose(made.id)
    qtbot.keyClick(desk.page.directives.list.table, Qt.Key.Key_Return)
    page = desk.last(RecordPage)
    assert TOLD.content in words_in(page.pane)
    desk.press(Qt.Key.Key_D, on=page)
    desk.press(Qt.Key.Key_Return, on=desk.dialog())
    assert "Closed 23/11" in words_in(page.pane)


def test_cases_are_found_by_typing_and_a_denunciation_is_named_by_its_number_only(desk: Desk, qtbot: QtBot) -> None:
    open_case = desk.office.receptions.log(DRAFT, open_case=True).value.case
    secret = desk.office.receptions.log(SECRET, open_case=True).value.case
    assert open_case and secret
    desk.press(Qt.Key.Key_Insert, NONE)
    form = desk.last(DirectiveFormPage)
    field = form.cases
    for wanted in ("lan ra ngo", "HS 2/2026"):
        field.editor.setFocus()
        qtbot.keyClicks(field.editor, wanted)
        field.look_up()
        assert not field.found.isHidden() and field.found.count() == 1
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == (open_case, secret)
    assert form.model.draft.units == ("Q",), "the office of a chosen case has to act"
    told = words_in(form)
    assert "Hàng xóm xây nhà" in told and "Denunciation (kept secret)" in told
    assert not any(word in told for word in (*SECRET_WORDS, SECRET.content))
    field.drop(open_case)
    assert form.model.draft.cases == (secret,)


def test_the_links_of_a_directive_lead_to_its_cases_and_mask_a_denunciation(desk: Desk) -> None:
    secret = desk.office.receptions.log(SECRET, open_case=True).value.case
    assert secret
    made = issue(desk.office, units=("Q",), cases=(secret, "of-another-pc"))
    desk.page.store_changed(())
    desk.choose(made.id)
    told = words_in(desk.page.directives.pane)
    assert "Denunciation (kept secret)" in told and "1 case is not on this PC." in told
    assert not any(word in told for word in (*SECRET_WORDS, SECRET.content))
    desk.press(Qt.Key.Key_O)
    assert desk.gone == [("cases", secret)]


def test_a_ward_reports_by_keys_and_is_done_when_it_says_so(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    made = issue(ward, units=("P-01",))
    desk = Desk(ward, tmp_path, qtbot)
    desk.page.activated(FollowTask("directives", made.id, "report"))
    dialog = desk.dialog()
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert dialog.fields["content"].problem() and dialog.isVisible()
    typed(dialog.fields["content"].editor, "Đã đối thoại, công dân rút đơn")  # type: ignore[attr-defined]
    qtbot.keyClick(dialog.fields["done"].box, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Return, on=dialog)
    (report,) = ward.directives.line(made.id).reports
    assert (report.content, report.done) == ("Đã đối thoại, công dân rút đơn", True)
    assert "Carried out" in words_in(desk.page.directives.pane)


# -- obligations -------------------------------------------------------------------------------------------


def test_a_decided_case_is_registered_with_what_its_file_tells(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    from tcd_desktop.domain.cases.case_step_rules import StepDraft

    case = ward.receptions.log(DRAFT, open_case=True).value.case
    assert case
    for act in ("accept", "decide"):
        told = StepDraft(on=TODAY, number="7/QĐ-UBND", dated=TODAY, result="right")
        ward.steps.take(case, act, told)
    desk = Desk(ward, tmp_path, qtbot)
    desk.press(Qt.Key.Key_2)
    assert desk.page.view is desk.page.obligations
    desk.press(Qt.Key.Key_Insert, NONE)
    form = desk.last(ObligationFormPage)
    combo = form.fields["case"].combo  # type: ignore[attr-defined]
    assert combo.count() == 2
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert (form.model.draft.case, form.model.draft.number) == (case, "7/QĐ-UBND")
    assert form.model.draft.kind is ObligationKind.COMPLAINT_DECISION
    desk.press(Qt.Key.Key_S, on=form)
    (made,) = ward.obligations.of_case(case)
    assert desk.shown() == [made.id]
    desk.press(Qt.Key.Key_O)
    assert desk.gone == [("cases", case)]


def test_figures_are_typed_in_million_and_kept_in_dong(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(ward, tmp_path, qtbot)
    desk.page.activated(FollowTask("obligations", act="new"))
    form = desk.last(ObligationFormPage)
    field = form.fields["amounts"]
    more = field.more  # type: ignore[attr-defined]
    more.setFocus()
    more.setCurrentIndex(more.findData("people_money"))
    more.activated.emit(more.currentIndex())
    line = field._rows[0]  # type: ignore[attr-defined]
    editors = [line.due, line.done]
    qtbot.keyClicks(editors[0], "1.025,5")
    assert form.model.draft.amounts == (Amount("people_money", 1_025_500_000, 0),)
    qtbot.keyClicks(editors[1], "12x")
    assert field.own_problem() == "Type million đồng, for example 25,5."
    form.save()
    assert not ward.store.all(Obligation), "what is no number stops"


def test_an_execution_is_assigned_told_of_and_given_up_by_keys(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    made = ward.obligations.register(DUTY).value
    desk = Desk(ward, tmp_path, qtbot)
    desk.page.show_view(1)
    desk.choose(made.id)
    desk.press(Qt.Key.Key_G)
    dialog = desk.dialog()
    typed(dialog.fields["responsible"].editor, "Ban quản lý chợ")  # type: ignore[attr-defined]
    dialog.fields["due"].editor.clear()  # type: ignore[attr-defined]
    qtbot.keyClicks(dialog.fields["due"].editor, "1/12/2026")  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Return, on=dialog)
    now = ward.obligations.line(made.id).obligation
    assert (now.responsible, now.due, now.state) == ("Ban quản lý chợ", date(2026, 12, 1), ObligationState.IN_PROGRESS)
    desk.press(Qt.Key.Key_R)
    dialog = desk.dialog()
    typed(dialog.fields["progress"].editor, "Đã chi trả một hộ")  # type: ignore[attr-defined]
    typed(dialog.fields["reason"].editor, "Một hộ đi vắng")  # type: ignore[attr-defined]
    done = [one for one in dialog.fields["amounts"].findChildren(QLineEdit) if not one.isReadOnly()]
    qtbot.keyClicks(done[0], "10")
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert ward.obligations.line(made.id).obligation.amounts == (Amount("people_money", 25_500_000, 10_000_000),)
    told = words_in(desk.page.obligations.pane)
    assert "10 / 25,5 million đồng" in told and "Một hộ đi vắng" in told
    desk.page.obligations.show_button(STUCK)
    assert desk.shown() == [made.id]
    desk.press(Qt.Key.Key_H)
    dialog = desk.dialog()
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert dialog.fields["reason"].problem()
    typed(dialog.findChildren(QPlainTextEdit)[0], "Người phải thi hành đã chết")
    desk.press(Qt.Key.Key_Return, on=dialog)
    assert ward.obligations.line(made.id).obligation.state is ObligationState.IMPOSSIBLE


def test_the_list_is_narrowed_to_one_responsible(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    first = ward.obligations.register(replace(DUTY, responsible="Công an phường")).value
    ward.obligations.register(replace(DUTY, number="13/KL", responsible="Ban quản lý chợ"))
    desk = Desk(ward, tmp_path, qtbot)
    desk.page.show_view(1)
    view = desk.page.obligations
    assert [value for value, _text in view.narrow.dimension("responsible").options] == [
        "Ban quản lý chợ",
        "Công an phường",
    ]
    view.narrow.changed.emit({"responsible": "Công an phường"})
    assert desk.shown() == [first.id]


def test_a_viewer_is_offered_only_the_way_to_the_case(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    from tcd_desktop.domain.terms import OfficerRight

    case = ward.receptions.log(DRAFT, open_case=True).value.case
    made = issue(ward, units=("P-01",), cases=(case,))
    ward.officer = replace(ward.officer, right=OfficerRight.VIEWER)
    desk = Desk(ward, tmp_path, qtbot)
    desk.choose(made.id)
    assert desk.page.directives.acts.acts() == ["case"]
    desk.press(Qt.Key.Key_Insert, NONE)
    assert desk.pushed == [] and desk.page.directives.add.isHidden()


# -- the periodic reports ----------------------------------------------------------------------------------


def saved_table(desk: Desk, folder: Path) -> list[tuple[Any, ...]]:
    """Ctrl+Shift+X, and what the file then holds."""
    from openpyxl import load_workbook

    target = folder / "table.xlsx"
    target.unlink(missing_ok=True)
    desk.page.view.export.ask = lambda _name, _parent: target
    desk.press(Qt.Key.Key_X, CTRL | Qt.KeyboardModifier.ShiftModifier)
    return list(load_workbook(target).active.iter_rows(values_only=True))


def by_heading(rows: list[tuple[Any, ...]], heading: str) -> list[dict[Any, Any]]:
    """The lines below the headings."""
    at = next(number for number, row in enumerate(rows) if heading in row)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if any(row)]


def test_the_report_on_what_was_carried_out_tells_how_far_it_is_and_why_not(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    late = ward.obligations.register(DUTY).value
    ward.obligations.register(replace(DUTY, number="13/KL-TCT", due=TODAY + timedelta(days=9)))
    ward.obligations.tell(late.id, progress="Đã chi trả một phần", reason="Hai hộ chưa bàn giao")
    desk = Desk(ward, tmp_path, qtbot)
    desk.page.activated(FollowTask("obligations", act="overdue"))
    rows = saved_table(desk, tmp_path)
    assert any("Filter: Overdue" in str(cell) for row in rows for cell in row)
    (line,) = by_heading(rows, "Days overdue")
    assert line["Number"] == "12/KL-TCT" and line["Days overdue"] == (TODAY - date(2026, 11, 13)).days
    assert (line["Progress"], line["Why not"]) == ("Đã chi trả một phần", "Hai hộ chưa bàn giao")
    assert "0 / 25,5" in line["Done / ordered"]


def test_the_report_on_directives_says_who_told_what_and_who_still_has_to_act(desk: Desk, tmp_path: Path) -> None:
    issue(desk.office)
    desk.page.store_changed(())
    (line,) = by_heading(saved_table(desk, tmp_path), "Not done yet")
    assert line["Number"] == "1094/UBND-BTCD" and line["Reported"] == 0 and line["Progress"] is None
    assert (
        line["Not done yet"].split(", ") == line["Office that has to act"].split(", ")
        and "P-02" in line["Not done yet"]
    )
