"""A first-time officer's walk: every kind of visit of the law, by keys alone, from the empty form to the book.

A script is what the officer types: plain text goes into what has the keyboard; a word in "<>" is a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    IdKind,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    RepresentationKind,
    Role,
    Signing,
    SittingState,
)
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.sitting_page import SittingPage
from tcd_desktop.ui.forms.form_fields import LineField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.actions import ACTIONS
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import CARD, OFFSCREEN, PaperTray, a_draft, logged, press, type_here

Show = Callable[[Any], Any]
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
KEYS = {
    "E": (Qt.Key.Key_Return, NONE),
    "T": (Qt.Key.Key_Tab, NONE),
    "S": (Qt.Key.Key_Space, NONE),
    "D": (Qt.Key.Key_Down, NONE),
    "R": (Qt.Key.Key_Right, NONE),
    "F4": (Qt.Key.Key_F4, NONE),
    "F11": (Qt.Key.Key_F11, NONE),
    "SAVE": (Qt.Key.Key_S, CTRL),
    "PEOPLE": (Qt.Key.Key_D, CTRL),
    "PASTE": (Qt.Key.Key_V, CTRL),
    "SIGNED": (Qt.Key.Key_G, CTRL),
    "BACK": (Qt.Key.Key_Return, CTRL),
    "MORE": (Qt.Key.Key_N, CTRL | SHIFT),
}
MOST_KEYS = 220
"""A hand of 40 words a minute types so much in less than a minute."""

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


def hit(script: str) -> int:
    """Types a script; how many keys it took."""
    count = 0
    for part in re.findall(r"<[A-Z0-9]+>|[^<]+", script):
        if part.startswith("<"):
            press(*KEYS[part[1:-1]])
            QApplication.processEvents()
            count += 1
        else:
            type_here(part)
            count += len(part)
    return count


WHO = "Lê Văn Bé<E>1968<E>m<E><E>001068012346<E><E><E>Số 5 phố Huế<E>0912345678<E>"
"""From the empty form into the number of people."""
ALONE = f"{WHO}<E><E>"
MATTER = "Đèn đường hỏng<T>Sửa đèn<T>"
PETITION = "<S><E><E>"
"""Brought a petition, leaves no papers: the keyboard is on the handling then."""


@dataclass(frozen=True)
class Kind:
    """A kind of visit: what is typed and what must stand in the book."""

    name: str
    typed: str
    stands: dict[str, Any]
    lines: int = 1
    clipboard: str = ""
    also: Callable[[Reception], bool] = field(default=lambda _visit: True)


def people(count: int) -> str:
    """A list as it stands in a table of the people themselves."""
    lines = [f"Nguyễn Văn A{n}\t{1950 + n}\t0010{50 + n}{100000 + n}\tSố {n} phố Huế" for n in range(1, count)]
    return "\n".join(["Họ và tên\tNăm sinh\tSố CCCD\tĐịa chỉ", *lines])


def group(count: int, then: str = "<E>") -> str:
    """The people of a group from the clipboard, all signed, and back: the keyboard is on the list's button."""
    return (
        f"{WHO}{count}<E><D><D><D><D><D><D><E>các hộ ngõ 5<E><E>1/CU<E>20/11/2026<E>"
        f"<PEOPLE><PASTE><SIGNED><BACK><E><E>{then}<E>"
    )


KINDS = (
    Kind(
        "complaint with petition and a document",
        f"{ALONE}c<E>{MATTER}<S><E>Đơn<E>2<E><E>a<SAVE>",
        {"classification": Classification.COMPLAINT, "has_petition": True, "direction": Direction.ACCEPT},
        also=lambda visit: [one.name for one in visit.documents] == ["Đơn"] and visit.case is not None,
    ),
    Kind(
        "told and signed",
        f"{ALONE}c<E>{MATTER}<E><S><E>s<E><E>a<SAVE>",
        {"has_petition": False, "read_back": True, "signing": Signing.SIGNED},
    ),
    Kind(
        "told and fingerprinted",
        f"{ALONE}c<E>{MATTER}<E><S><E>f<E><E>a<SAVE>",
        {"read_back": True, "signing": Signing.FINGERPRINT},
    ),
    Kind(
        "told and not signed",
        f"{ALONE}c<E>{MATTER}<E><S><E><R><R><E>tay đau<E><E>a<SAVE>",
        {"signing": Signing.UNSIGNED, "unsigned_reason": "tay đau"},
    ),
    Kind(
        "feedback forwarded",
        f"{ALONE}f<E>{MATTER}{PETITION}<D><D><D><E>Công an<E>45/CV<E>23/11<SAVE>",
        {"classification": Classification.FEEDBACK, "direction": Direction.FORWARD, "forwarded_to": "Công an"},
    ),
    Kind(
        "petition guided",
        f"{ALONE}<R><R><E>{MATTER}{PETITION}<D><D><E>Tòa án<E>12/HD<SAVE>",
        {"classification": Classification.PETITION, "direction": Direction.GUIDE, "guided_to": "Tòa án"},
    ),
    Kind(
        "denunciation",
        f"{ALONE}d<E>{MATTER}{PETITION}a<SAVE>",
        {"classification": Classification.DENUNCIATION, "is_secret": True},
    ),
    Kind(
        "head of an organisation",
        f"{WHO}<E><D><E>Công ty Sen<E>Phố Huế<E><E><R><R><E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.ORGANISATION_HEAD, "represented": "Công ty Sen"},
    ),
    Kind(
        "authorised by a certified paper",
        f"{WHO}<E><D><D><E>Vũ Cư<E>Phố Huế<E><D><E>7/UQ<E>1/11/2026<E>đất<E>c<E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.AUTHORISED, "representation_kind": RepresentationKind.CERTIFIED, "representation_scope": "đất"},
    ),
    Kind(
        "legal representative of a minor",
        f"{WHO}<E><D><D><D><E>Cháu Nhỏ<E>Phố Huế<E><D><E>KS 5<E>1/1/2015<E>c<E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.LEGAL_REPRESENTATIVE, "represented": "Cháu Nhỏ"},
    ),
    Kind(
        "lawyer",
        f"{WHO}<E><D><D><D><D><E>Vũ Cư<E>Phố Huế<E><D><E>7/YC<E>1/11/2026<E>99/LS<E>c<E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.LAWYER, "professional_card": "99/LS"},
    ),
    Kind(
        "legal-aid officer",
        f"{WHO}<E><D><D><D><D><D><E>Vũ Cư<E>Phố Huế<E><D><E>7/QD<E>1/11/2026<E>9/TG<E>c<E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.LEGAL_AID, "professional_card": "9/TG"},
    ),
    Kind(
        "group of three",
        f"{group(3)}c<E>{MATTER}{PETITION}a<SAVE>",
        {"role": Role.GROUP_REPRESENTATIVE, "people": 3, "is_crowd": False, "members_signed": True},
        clipboard=people(3),
        also=lambda visit: len(visit.members) == 3,
    ),
    Kind(
        "group of seven",
        f"{group(7)}c<E>{MATTER}{PETITION}a<SAVE>",
        {"people": 7, "is_crowd": True},
        clipboard=people(7),
        also=lambda visit: all(one.signed for one in visit.members),
    ),
    Kind(
        "crowd of twenty-five, the police were told",
        f"{group(25, '<S><E>ồn ào')}c<E>{MATTER}{PETITION}a<SAVE>",
        {"people": 25, "police_informed": True, "order_note": "ồn ào"},
        clipboard=people(25),
        also=lambda visit: len(visit.members) == 25,
    ),
    Kind(
        "refused by word",
        f"{ALONE}c<E>{MATTER}{PETITION}<D><D><D><D><D><D><D><E><D><D><D><D><D><D><E><S><SAVE>",
        {"direction": Direction.REFUSE, "refusal_ground": "D4.1c", "refusal_explained": True},
    ),
    Kind(
        "refused in writing",
        f"{ALONE}c<E>{MATTER}{PETITION}<D><D><D><D><D><D><D><E><D><D><D><E>1/TB<E>20/11/2026<E>5/TB-TCD<E>23/11<SAVE>",
        {"refusal_ground": "L9.3", "earlier_answer": "1/TB", "refusal_notice_number": "5/TB-TCD"},
    ),
    Kind(
        "two contents",
        f"{ALONE}c<E>{MATTER}{PETITION}a<MORE>f<E>Rác<T>Dọn rác<T>{PETITION}a<SAVE>",
        {"classification": Classification.COMPLAINT},
        lines=2,
    ),
    Kind(
        "scheduled reception",
        f"{ALONE}c<E>{MATTER}{PETITION}a<F4><E><E><E><D><SAVE>",
        {"kind": ReceptionKind.SCHEDULED},
    ),
    Kind(
        "online",
        f"{ALONE}c<E>{MATTER}{PETITION}a<F4><E><E><E><E><R><SAVE>",
        {"form": ReceptionForm.ONLINE},
    ),
    Kind(
        "with an interpreter",
        f"{ALONE}c<E>{MATTER}{PETITION}a<F11><E>Giàng A Páo<SAVE>",
        {"interpreter": "Giàng A Páo", "settled_by": ""},
    ),
)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, printing=tray))
    return page


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "1 ORDER BY number")


def keyboard() -> QWidget:
    """What has it."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.replace(" ", "-"))
def test_each_kind_of_visit_is_logged_by_keys_alone(form: ReceptionFormPage, office: OpenOffice, kind: Kind) -> None:
    QApplication.clipboard().setText(kind.clipboard)
    keys = hit(kind.typed)
    told = {name: problem.code for name, problem in form.model.problems.items() if not problem.warning}
    found = visits(office)
    assert len(found) == kind.lines, (told, form.model.draft)
    visit = found[0]
    assert {name: getattr(visit, name) for name in kind.stands} == kind.stands
    who = ("", "") if visit.is_secret else ("Lê Văn Bé", "001068012346")
    assert (visit.name, visit.id_number, visit.content) == (*who, "Đèn đường hỏng")
    assert kind.also(visit)
    assert keys <= MOST_KEYS, f"{keys} keys"
    assert form.stack.currentWidget() is form.after
    if visit.is_secret:
        assert not any("Lê Văn Bé" in label.text() for label in form.after.findChildren(QLabel))


def test_what_is_seldom_asked_lies_on_the_way_of_tab(form: ReceptionFormPage) -> None:
    """From the handling through the case, the answer's day and "More" into its fields, never back to the top."""
    form.fields["direction"].setFocus()
    hit("a")
    QApplication.processEvents()
    hit("<T>")
    assert keyboard() is form.handling.open_case
    hit("<T><T>")
    assert keyboard() is form.other.toggle
    hit("<S>")
    assert form.fields["settled_by"].isAncestorOf(keyboard()), "opened by its key: the keyboard is in its first field"
    hit("<E>")
    assert form.fields["interpreter"].isAncestorOf(keyboard())


def test_a_field_that_is_put_off_by_a_key_is_no_problem_yet(form: ReceptionFormPage) -> None:
    hit("<F4>")
    assert form.fields["date"].isAncestorOf(keyboard()) and not form.fields["name"].problem()
    form.fields["name"].setFocus()
    hit("<T>")
    assert form.fields["name"].problem(), "passed over by Tab it is"


def test_a_visit_joins_the_sitting_of_the_head_and_gets_its_conclusion_by_keys_alone(
    form: ReceptionFormPage, office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, qtbot: Any
) -> None:
    """Domain 3.5: the sitting tells who receives where; after it the head's direction with unit and day is entered."""
    draft = replace(
        office.sittings.blank(),
        day=office.today(),
        start=time(8, 0),
        end=time(11, 30),
        leader="Phạm Tiến Vinh",
        leader_title="Chủ tịch",
        place="Phòng tiếp công dân",
    )
    sitting = office.sittings.add(draft).value
    hit(f"<F4><E><E><E><D><E><E><D><E>{'<E>' * 7}")
    assert form.fields["name"].isAncestorOf(keyboard()), "from the circumstances the keyboard goes on to the person"
    hit(f"{ALONE}c<E>{MATTER}{PETITION}a<SAVE>")
    (visit,) = visits(office)
    assert (visit.sitting, visit.kind, visit.receiver_rank, visit.receiver_name, visit.place) == (
        *(sitting.id, ReceptionKind.SCHEDULED, ReceiverRank.HEAD),
        *("Phạm Tiến Vinh", "Phòng tiếp công dân"),
    )
    page = shown(SittingPage(office, runner, keeper, sitting.id))
    press(Qt.Key.Key_R, CTRL)
    press(Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit), timeout=2000)
    hit("Sửa đèn trước Tết<T>Tổ 5<E>Bà Cúc<E>30/11<E><D><BACK>")
    (told,) = office.conclusions.of_sitting(sitting.id)
    assert (told.content, told.responsible, told.contact) == ("Sửa đèn trước Tết", "Tổ 5", "Bà Cúc")
    assert (told.due, told.reception, told.case) == (date(2026, 11, 30), visit.id, visit.case)
    found = office.sittings.find(sitting.id)
    assert found is not None and found.state is SittingState.HELD
    assert page.isVisible()


def test_without_an_identity_paper_the_form_says_what_to_do_and_goes_there(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    hit("Lê Văn Bé<E>1968<E>m<E><E><E><E><E>Số 5 phố Huế<E><E><E><E>f<E>Đèn đường hỏng<T>Sửa đèn<T><S><E><E>a<SAVE>")
    told = form.fields["id_number"].problem()
    assert "Other paper" in told and "note" in told
    assert form.fields["id_number"].isAncestorOf(keyboard())
    form.fields["id_kind"].setFocus()
    hit("o<SAVE>")
    assert form.fields["note"].isAncestorOf(keyboard()), "the reason is typed where the keyboard is"
    hit("không mang theo<SAVE>")
    (visit,) = visits(office)
    assert (visit.id_kind, visit.id_number, visit.note) == (IdKind.OTHER, "", "không mang theo")


def test_the_next_visit_begins_without_anything_of_the_last_one(form: ReceptionFormPage, office: OpenOffice) -> None:
    """Neither the mark of the card that was scanned nor a problem of the field in which the last one was saved."""
    hit(f"{ALONE}c<E>{MATTER}{PETITION}a")
    form.fields["id_place"].set_hint("card")
    form.fields["direction"].setFocus()
    hit("<SAVE>")
    assert len(visits(office)) == 1 and form.stack.currentWidget() is form.after
    form.activateWindow()
    # Qt gives the keyboard back to the field that had it, before the form can put it on the first one
    form.stack.currentChanged.connect(lambda _index: form.fields["direction"].left.emit())
    form.begin_new()
    QApplication.processEvents()
    assert form.fields["name"].isAncestorOf(keyboard())
    assert [name for name, one in form.fields.items() if one.problem()] == []
    assert form.fields["id_place"]._hint.text() == ""


def test_a_word_with_a_space_chooses_in_a_list(form: ReceptionFormPage) -> None:
    form.fields["role"].setFocus()
    hit("legal r")
    assert form.model.draft.role is Role.LEGAL_REPRESENTATIVE
    assert QApplication.activePopupWidget() is None


def test_every_problem_is_read_whole_where_it_stands(form: ReceptionFormPage) -> None:
    hit("<SAVE>")
    QApplication.processEvents()
    for name in ("content", "request"):
        one = form.fields[name]
        assert one.problem()
        assert one.height() >= one.minimumSizeHint().height(), f"{name} is squeezed"


def test_the_offer_of_a_draft_makes_room_and_is_taken_up_by_its_key(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    office.receptions.save_draft("visit:2026-11-23T08:00:00/1", a_draft(name="Phạm Thị Dở"))
    page = shown(ReceptionFormPage(office, runner, keeper))
    assert "Phạm Thị Dở" in page.recovered.text()
    hit("Lê")
    assert page.recovered.text() == "", "another visit is being typed"
    assert len(office.receptions.drafts()) >= 1, "and the draft is kept"
    again = shown(ReceptionFormPage(office, runner, keeper))
    assert "Phạm Thị Dở" in again.recovered.text()
    press(Qt.Key.Key_F12)
    assert again.model.draft.name == "Phạm Thị Dở"
    for one in (page, again):
        one.can_close()


def test_a_new_visit_is_the_chosen_one_when_the_officer_comes_back(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, qtbot: Any
) -> None:
    old = logged(office)
    page: ReceptionsPage = shown(ReceptionsPage(office, runner, keeper))
    runner.changed.connect(page.store_changed)
    assert page.list.choose(old.id)
    new = logged(office, name="Lê Văn Bé", id_number="001068012346")
    page._saved(new.id)
    page.store_changed(())
    qtbot.waitUntil(lambda: page.list.current_id() == new.id, timeout=2000)


def test_contents_of_one_visit_are_no_duplicates_of_each_other(office: OpenOffice) -> None:
    both = office.receptions.log_visit([a_draft(), a_draft(classification=Classification.PETITION)]).value
    assert [office.links.propose(visit) for visit in both] == [[], []]


def test_beside_a_denunciation_a_link_names_nobody(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    from tcd_desktop.domain.terms import LinkKind

    open_one = logged(office, name="Phạm Thị Kín")
    secret = logged(office, name="Phạm Thị Kín", classification=Classification.DENUNCIATION)
    office.links.link(open_one.id, secret.id, LinkKind.SAME_MATTER)
    page = shown(VisitPage(office, runner, keeper, secret.id))
    words = [label.text() for label in page.findChildren(QLabel)]
    assert any("23/11" in text or "20/11" in text for text in words)
    assert not any("Kín" in text for text in words)


def test_after_an_amendment_the_keyboard_is_on_the_visit_that_is_seen(form: ReceptionFormPage) -> None:
    hit(KINDS[1].typed)
    assert form.stack.currentWidget() is form.after
    form.focus_list()
    assert form.after.isAncestorOf(keyboard())
    form.after.setFocus()
    assert form.after.isAncestorOf(keyboard()), "also without a slip to print"


def test_with_large_letters_the_number_shows_its_twelve_figures(
    qapp: QApplication, office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    look.apply(qapp, "dark", 150)
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    QApplication.processEvents()
    number = page.fields["id_number"]
    assert isinstance(number, LineField)
    assert number.editor.width() > number.editor.fontMetrics().horizontalAdvance("001168012345") + 16


def test_a_good_word_passes_and_a_problem_stays(form: ReceptionFormPage, qtbot: Any) -> None:
    form.passing.setInterval(1)
    form.scan.scanned.emit(CARD)
    assert form.message.text()
    qtbot.waitUntil(lambda: not form.message.text(), timeout=2000)
    hit("<SAVE>")
    assert form.message.text() and not form.passing.isActive()


def test_every_key_of_the_form_is_a_key_of_the_table(form: ReceptionFormPage) -> None:
    """One key, one act: nothing in the form listens to a key twice, or to one that the sheet of keys does not tell."""
    listened = [one.key().toString() for one in form.view.findChildren(QShortcut) if one.parent() is form.view]
    assert len(listened) == len(set(listened)), listened
    told = {QKeySequence(row.shortcut).toString() for row in ACTIONS} | {"Ctrl+Enter"}
    assert set(listened) <= told, set(listened) - told


def test_a_warning_of_two_lines_lies_beside_no_text(form: ReceptionFormPage) -> None:
    """A denouncer's name in the request: the sentence under it stays readable however the block is left."""
    form.resize(1182, 656)
    hit(f"{ALONE}d<E>Nhận tiền<T>Gọi lại cho ông Lê Văn Bé số 0912345678<T>")
    for _pass in range(2):
        QApplication.processEvents()
        request = form.fields["request"]
        assert request.problem()
        sentence = next(one for one in request.findChildren(QLabel) if one.text() == request.problem())
        assert sentence.height() >= sentence.heightForWidth(sentence.width()), "the sentence is cut"
        block = request.findChildren(QPlainTextEdit)[0]
        assert not block.geometry().intersects(sentence.geometry())
        hit("<SAVE>" if not _pass else "")
