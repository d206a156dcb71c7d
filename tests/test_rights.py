"""Who may do what: every act stands in the table, and who only looks can do nothing, whichever desk they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import ACTS, AREAS, may, rights_of
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, LinkKind, OfficerRight
from tcd_desktop.open_office import OpenOffice, add_officer, open_office
from tcd_desktop.sentences import SENTENCES, refusal_sentence
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.journal import journal
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.facts import read_view
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.visit_acts import offered
from tcd_desktop.ui.reviews.review_parts import NONE_LISTED
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tcd_desktop.words.acts import ACT_NAMES
from tests.offices import DRAFT, MONDAY, PASSWORD, SECRET, Clock, make_office

LOOKER = "c" * 32
DAY = MONDAY.date()


def member(office: OpenOffice, right: OfficerRight) -> OpenOffice:
    """The same office with another officer signed in."""
    officer = Officer(id=LOOKER, office=office.office.id, name="Đỗ Thị Xem", right=right)
    add_officer(office, officer, PASSWORD + "2", PASSWORD)
    office.close()
    return open_office(office.home, PASSWORD + "2", officer=LOOKER, now=Clock())


@pytest.fixture
def records() -> dict[str, str]:
    return {}


@pytest.fixture
def looking(tmp_path: Path, records: dict[str, str]) -> Iterator[OpenOffice]:
    """A viewer in an office with a visit, a denunciation, a case, citizens, a link, a phrase, a paper in the bin."""
    office = make_office(tmp_path / "ward")
    first = office.receptions.log(DRAFT, open_case=True).value
    second = office.receptions.log(replace(DRAFT, name="Trần Văn Hai", id_number="001080011111")).value
    secret = office.receptions.log(SECRET).value
    link = office.links.link(second.id, first.id, LinkKind.CONTINUATION).value
    gone = office.receptions.log(replace(DRAFT, id_number="001080011112")).value
    told = frozenset(one.code for one in office.recycle.consequences("reception", gone.id))
    office.recycle.remove("reception", gone.id, "ghi nhầm hai lần", told=told)
    records.update(visit=first.id, other=second.id, secret=secret.id, case=first.case or "", link=link.id, gone=gone.id)
    records.update(citizen=first.citizen or "", twin=second.citizen or "")
    viewer = member(office, OfficerRight.VIEWER)
    yield viewer
    viewer.close()


def untold(office: OpenOffice, visit: str) -> frozenset[str]:
    return frozenset(one.code for one in office.recycle.consequences("reception", visit))


Act = Callable[[OpenOffice, dict[str, str]], Any]
FORBIDDEN: dict[str, Act] = {
    "reveal": lambda office, ids: office.receptions.reveal(ids["secret"], "vì tò mò mà xem"),
    "log": lambda office, ids: office.receptions.log(DRAFT),
    "log all": lambda office, ids: office.receptions.log_all([DRAFT]),
    "amend": lambda office, ids: office.receptions.amend(ids["visit"], replace(DRAFT, request="Khác")),
    "amend a denunciation": lambda office, ids: office.receptions.amend(
        ids["secret"], replace(SECRET, name="", content="Khác hẳn")
    ),
    "split": lambda office, ids: office.receptions.split(ids["visit"], [DRAFT]),
    "answer": lambda office, ids: office.receptions.answer(
        ids["visit"], kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=DAY
    ),
    "print": lambda office, ids: office.slips.print(ids["secret"]),
    "remove": lambda office, ids: office.recycle.remove(
        "reception", ids["visit"], "ghi nhầm hai lần", told=untold(office, ids["visit"])
    ),
    "restore": lambda office, ids: office.recycle.restore("reception", ids["gone"]),
    "open a case": lambda office, ids: office.cases.open_from(ids["other"]),
    "take a step": lambda office, ids: office.steps.take(ids["case"], "accept", StepDraft(on=DAY)),
    "describe": lambda office, ids: office.steps.describe(ids["case"], complexity=["a"], remote=True),
    "link": lambda office, ids: office.links.link(ids["visit"], ids["other"], LinkKind.SAME_MATTER),
    "unlink": lambda office, ids: office.links.unlink(ids["link"]),
    "merge": lambda office, ids: office.citizens.merge(ids["citizen"], ids["twin"], reason="cùng một người"),
    "attach": lambda office, ids: office.attachments.add("a.txt", b"chu", reception=ids["visit"]),
    "phrase": lambda office, ids: office.phrases.add("moi", "Một câu mới"),
    "day off": lambda office, ids: office.calendar.add(DAY + timedelta(days=9), working=False, reason="nghỉ"),
    "directive": lambda office, ids: office.directives.issue(
        DirectiveDraft(
            level=DirectiveLevel.DISTRICT, issuer="Chủ tịch", content="Kiểm tra ngay", issued_on=DAY, units=("P-01",)
        )
    ),
    "officer": lambda office, ids: add_officer(
        office, Officer(id="d" * 32, office=office.office.id, name="Kẻ Lạ"), PASSWORD, PASSWORD + "2"
    ),
}


def entries(office: OpenOffice) -> int:
    with office.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


@pytest.mark.parametrize("name", FORBIDDEN)
def test_who_only_reads_is_refused_with_a_sentence_and_nothing_is_written(
    looking: OpenOffice, records: dict[str, str], name: str
) -> None:
    before = entries(looking)
    with pytest.raises(Refused) as refused:
        FORBIDDEN[name](looking, records)
    assert refused.value.code in ("only_reads", "step_right", "reveal_right"), refused.value
    assert len(refusal_sentence(refused.value)) > 20
    assert entries(looking) == before


def test_who_only_reads_undoes_nobodys_act(looking: OpenOffice) -> None:
    assert looking.undo.recent() == []
    with pytest.raises(Refused):
        looking.undo.undo()
    with pytest.raises(Refused, match="only_reads"), looking.store.unit(act="link.make.undo.redo", officer=LOOKER):
        pass


def test_a_clerk_files_but_does_not_look_at_an_identity(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    secret = office.receptions.log(SECRET).value
    clerk = member(office, OfficerRight.CLERK)
    try:
        assert clerk.receptions.log(DRAFT).value.number == 2
        with pytest.raises(Refused, match="reveal_right"):
            clerk.receptions.reveal(secret.id, "để soạn phong bì")
    finally:
        clerk.close()


def test_every_act_has_its_rights() -> None:
    unknown = [act for act in ACT_NAMES if act not in ACTS and act.partition(".")[0] not in AREAS]
    assert unknown == []
    assert not any(may(OfficerRight.VIEWER, act) for act in [*ACT_NAMES, "something.else"])
    assert all(may(OfficerRight.ADMIN, act) for act in ACT_NAMES)
    assert rights_of("denunciation.reveal.undo") == ACTS["denunciation.reveal"]
    assert {"not_allowed", "only_reads"} <= set(SENTENCES)


def test_the_books_refuse_every_act_of_who_only_reads(looking: OpenOffice) -> None:
    before = entries(looking)
    for act in ACT_NAMES:
        for name in (act, act + ".undo", act + ".undo.redo"):
            with pytest.raises(Refused, match="only_reads"), looking.store.unit(act=name, officer=LOOKER):
                pytest.fail(f"{name} was let in")
    assert entries(looking) == before


KEPT_FOR_THE_ADMINISTRATOR = {
    "office.found",
    "officer.add",
    "keys.rotate_device",
    "keys.rotate_office",
    "keys.rotate_root",
    "keys.print",
    "updates.make",
}


@pytest.mark.parametrize(
    ("right", "closed"),
    [
        (OfficerRight.HEAD, KEPT_FOR_THE_ADMINISTRATOR),
        (OfficerRight.RECEPTION, KEPT_FOR_THE_ADMINISTRATOR | {"record.erase"}),
    ],
)
def test_the_books_keep_officers_and_keys_for_the_administrator(
    tmp_path: Path, right: OfficerRight, closed: set[str]
) -> None:
    office = member(make_office(tmp_path / "ward"), right)
    refused = set()
    for act in ACT_NAMES:
        try:
            with office.store.unit(act=act, officer=LOOKER):
                pass  # left without a commit: nothing is written
        except Refused as problem:
            assert problem.code == "not_allowed"
            refused.add(act)
    office.close()
    assert refused == closed


def test_the_window_of_who_only_reads_offers_nothing_that_writes(
    looking: OpenOffice, records: dict[str, str], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    look.apply(qapp, "light", 100)
    for one in ("visit", "secret", "gone"):
        view = read_view(looking, records[one], str)
        assert view is not None and set(offered(view)) <= {"go_case"}
    window = OfficeWindow(looking, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(window)
    window.show()
    window.new_visit()
    forms = window.findChildren(ReceptionFormPage)
    assert forms == [] and window.back._desk is None
    for desk in window._desks:
        window.show_desk(desk)
        page = window.page()
        assert page is not None
        primary = [b for b in page.findChildren(QPushButton) if b.property("kind") == "primary" and seen(b)]
        assert [one.text() for one in primary if one.text() != str(NONE_LISTED.action)] == [], desk  # that one looks
    window.close()


def seen(button: QAbstractButton) -> bool:
    return button.isVisible() and button.isEnabled()


def test_the_right_is_asked_of_the_books_not_of_the_desk(looking: OpenOffice) -> None:
    desk = looking.receptions
    desk._officer = replace(looking.officer, right=OfficerRight.ADMIN)
    with pytest.raises(Refused, match="only_reads"):
        desk.log(DRAFT)
    with looking.store.reading() as connection:
        assert journal.own_chain(connection).seq > 0
