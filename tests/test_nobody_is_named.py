"""After a day of work with people who must stay unknown, a stranger looks everywhere that is open to him.

One real ward and one real district: visits, a group, a letter, an old book, papers, cases, sittings, amendments,
undo, the recycle bin, drafts, bundles. Then every file, every column of every table, every page of the real windows,
every command and every exported table is searched for the words of the people who denounced.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tcd_desktop import settings
from tcd_desktop.cli.main import main
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.old_book.old_book_columns import recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, read_lines
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.old_books.book_file import open_book, read_sheet
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.old_book.old_book_desk import Source
from tcd_desktop.settings import Keeper
from tcd_desktop.store.search import search
from tcd_desktop.sync.bundle_parser import ForgetfulSink
from tcd_desktop.sync.bundle_reader import read_bundle
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.inspection import Inspection
from tcd_desktop.ui.conflicts.conflicts_page import ConflictsPage
from tcd_desktop.ui.exchange.arrivals import Arriving
from tcd_desktop.ui.exchange.district_page import PARTS, DistrictExchangePage
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.quick_search import read_hits
from tcd_desktop.ui.look import look
from tcd_desktop.ui.old_book.book_page import OldBookPage
from tcd_desktop.ui.petitions.petition_page import PetitionPage
from tcd_desktop.ui.phrases.phrases_page import PhrasesPage
from tcd_desktop.ui.receptions.drafts_page import DraftsPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.recent_offers import read_recent
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.recycle.bin_page import RecyclePage
from tcd_desktop.ui.reports.reports_page import ReportsPage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.documents.reading import whole_text
from tests.offices import DRAFT, PASSWORD, enrol, make_district, make_office
from tests.old_books_made import make_excel
from tests.papers_with_text import a_docx, a_pdf
from tests.secret_people import (
    ALONE,
    BY_POST,
    GROUP,
    OLD_LINES,
    SECRETS,
    SPOKEN_FOR,
    SYLLABLES,
    TODAY,
    named_in,
    named_in_bytes,
)

pytestmark = pytest.mark.qt_log_ignore(
    "does not support raise|propagateSizeHints|openDocument|grabbing the keyboard", extend=True
)
WHY = "Theo yêu cầu của chủ tịch"


@dataclass
class Day:
    """What was done, and where it lies."""

    ward: OpenOffice
    district: OpenOffice
    folder: Path
    secret: dict[str, str] = field(default_factory=dict)
    case: str = ""
    sitting: str = ""
    letters: dict[str, str] = field(default_factory=dict)
    bundles: list[Path] = field(default_factory=list)
    rehearsed: list[ImportResult] = field(default_factory=list)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The day, done once."""
    folder = tmp_path_factory.mktemp("day")
    (folder / "stick").mkdir()
    (folder / "temp").mkdir()
    kept, tempfile.tempdir = tempfile.tempdir, str(folder / "temp")
    made = Day(make_office(folder / "ward"), make_district(folder / "district"), folder)
    enrol(made.ward, made.district, folder / "stick")
    _receive(made)
    _handle(made)
    _write_letters(made)
    _old_book(made)
    _send(made)
    yield made
    made.ward.close()
    made.district.close()
    tempfile.tempdir = kept


def _receive(day: Day) -> None:
    """Everybody comes: openly and not."""
    office = day.ward
    office.receptions.log(DRAFT, open_case=True)
    for name, draft in (("alone", ALONE), ("group", GROUP), ("spoken", SPOKEN_FOR)):
        office.receptions.save_draft(f"new-{name}", draft)
        office.staged.add(f"new-{name}", f"Đơn của {draft.name}.docx", a_docx(f"Tôi là {draft.name}", draft.address))
        visit = office.receptions.log(draft, open_case=name != "spoken").value
        office.staged.settle(f"new-{name}", visit.id)
        office.receptions.drop_draft(f"new-{name}")
        day.secret[name] = visit.id
    day.secret["post"] = office.petitions.register(BY_POST, open_case=True).value.id
    day.secret["removed"] = office.receptions.log(replace(ALONE, content="Tố cáo việc khác hẳn.")).value.id
    office.slips.print(day.secret["alone"])
    alone = office.receptions.find(day.secret["alone"])
    assert alone is not None and alone.case
    day.case = alone.case
    for secret in (ALONE, BY_POST):
        office.attachments.add(f"CCCD {secret.name}.pdf", a_pdf(f"{secret.name} {secret.id_number}"), case=day.case)
    office.paper_reader.read_all(SilentProgress())


def _handle(day: Day) -> None:
    """What follows: amended, answered, opened, removed, undone, concluded."""
    office, alone = day.ward, day.secret["alone"]
    office.receptions.reveal(alone, WHY)
    office.receptions.amend(alone, replace(ALONE, request="Đề nghị xác minh sớm."))
    office.receptions.amend(alone, replace(ALONE, phone=f"{ALONE.phone}", name=f"{ALONE.name} A"))
    office.undo.undo()
    office.undo.redo()
    office.undo.undo()
    masked = office.receptions.find(day.secret["group"])
    assert masked is not None and not masked.members
    office.receptions.answer(alone, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=TODAY)
    told = frozenset(one.code for one in office.recycle.consequences("reception", day.secret["removed"]))
    office.recycle.remove("reception", day.secret["removed"], "ghi nhầm hai lần", told=told)
    case = office.cases.find(day.case)
    assert case is not None
    step = next(iter(office.steps.choices(case)))
    office.steps.take(
        day.case, step.act, StepDraft(on=TODAY, body="Thanh tra", number="1", dated=TODAY, reason="x y z")
    )
    office.petitions.change(day.secret["post"], replace(BY_POST, note="Đã xem"))
    _sit(day)
    office.links.propose(ALONE)
    logged = office.receptions.log(replace(ALONE, content="Tố cáo lần nữa")).value
    office.undo.undo(reason="Hoàn tác")
    day.secret["undone"] = logged.id
    office.receptions.save_draft("visit:left", GROUP)
    office.drafts.put_back(office.drafts.discard(["visit:left"]))


def _sit(day: Day) -> None:
    from tcd_desktop.domain.sittings.sitting_rules import SittingDraft

    office = day.ward
    draft = SittingDraft(day=TODAY, start=time(8), leader="Trần Chủ Tịch", place="Phòng tiếp công dân")
    sitting = office.sittings.add(draft).value
    day.sitting = sitting.id
    visit = office.receptions.log(replace(ALONE, sitting=sitting.id, content="Tố cáo tại buổi tiếp")).value
    day.secret["sitting"] = visit.id
    blank = office.conclusions.blank(sitting)
    office.conclusions.add(
        replace(blank, reception=visit.id, content="Giao Thanh tra xác minh", responsible="Thanh tra", due=TODAY)
    )


def _write_letters(day: Day) -> None:
    """What is passed on, and what goes to who denounced: kept, issued, printed, spoilt, typed."""
    desk, alone, group = day.ward.letters, day.secret["alone"], day.secret["group"]
    sent = desk.issue(desk.draft("forward-denunciation", LetterSubject.RECEPTION, alone), on=TODAY).value
    desk.print(sent)
    day.letters["sent"] = sent.id
    for name, visit in (("kept", alone), ("told", group), ("spoilt", group)):
        opened = desk.open_identity(LetterSubject.RECEPTION, visit, WHY)
        made = desk.draft("citizen-invitation", LetterSubject.RECEPTION, visit, opened=opened)
        assert named_in("\n".join(made.body)) or named_in("\n".join(made.addressees)), "it goes to them by name"
        desk.drafts.keep(replace(made, note=f"gọi {ALONE.phone}"))
        if name == "kept":
            desk.save(replace(made, note=f"gọi {ALONE.phone}"))
        else:
            done = desk.issue(made, on=TODAY).value
            desk.print(done)
            if name == "spoilt":
                desk.spoil(done.id, "In sai nơi nhận")
        day.letters[name] = made.id
    typed = desk.draft(
        "citizen-invitation",
        LetterSubject.RECEPTION,
        alone,
        opened=day.ward.letters.open_identity(LetterSubject.RECEPTION, alone, WHY),
    )
    desk.drafts.keep(typed)


def _old_book(day: Day) -> None:
    path = make_excel(day.folder / "temp" / "So cu.xlsx", OLD_LINES)
    sheet = read_sheet(open_book(path), 0)
    lines = list(read_lines(sheet, recognise(sheet), BookFacts(2026)))
    day.ward.old_books.take(day.ward.old_books.plan(lines), Source("So cu.xlsx", "ab" * 32))
    path.unlink()


def _send(day: Day) -> None:
    day.bundles = [one.path for one in day.ward.outbox.export(day.folder / "stick")]
    day.rehearsed = day.district.inbox.take(day.bundles, dry_run=True)
    results = day.district.inbox.take(day.bundles)
    assert [one.outcome for one in results] == ["applied"]
    day.bundles += [one.path for one in day.district.outbox.export(day.folder / "stick")]


# -- the people are really there -----------------------------------------------------------------------


def test_the_day_had_all_of_them(day: Day) -> None:
    office = day.ward
    opened = office.receptions.reveal(day.secret["group"], WHY)
    assert opened.members == GROUP.members and opened.representation_number == GROUP.representation_number
    assert office.receptions.reveal(day.secret["spoken"], WHY).represented == SPOKEN_FOR.represented
    assert office.receptions.reveal(day.secret["alone"], WHY).name == ALONE.name
    assert office.drafts.all()[0].draft == GROUP == office.receptions.drafts()["visit:left"]
    assert office.petitions.reveal(day.secret["post"], WHY).name == BY_POST.name
    assert len(SECRETS) > 45
    assert len(office.store.all(Reception, "sealed IS NOT NULL")) == 7
    assert named_in(f"x {ALONE.name} y") and named_in("nhà ở ngõ kín mít số 17") and named_in("sinh 29/07/1961")
    assert named_in_bytes(f"..{GROUP.phone}..".encode()) and named_in_bytes(ALONE.name.encode("utf-16-le"))


# -- files -----------------------------------------------------------------------------------------------


def test_no_file_names_anybody(day: Day, own_home: Path) -> None:
    searched = 0
    for root in (day.folder, own_home):
        for path in root.rglob("*"):
            assert not named_in(path.name), path
            if path.is_file():
                searched += 1
                assert not named_in_bytes(path.read_bytes()), path
                if zipfile.is_zipfile(path):
                    assert not named_in_bytes(_unpacked(path)), path
    assert searched > 12


def _unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


# -- the opened database ---------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["ward", "district"])
def test_no_column_of_no_table_names_anybody(day: Day, where: str) -> None:
    office: OpenOffice = getattr(day, where)
    rows = 0
    with office.store.reading() as connection:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_search%' ESCAPE '\\' "
        tables = [row[0] for row in connection.exec_driver_sql(sql + "AND name NOT LIKE '%\\_exact%' ESCAPE '\\'")]
        for table in tables:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                rows += 1
                for value in row:
                    data = value if isinstance(value, bytes) else str(value).encode()
                    assert not named_in_bytes(data), table
                    assert not isinstance(value, str) or not named_in(value), table
    assert rows > 60 and {"reception", "journal", "draft", "petition", "fact"} <= set(tables)


@pytest.mark.parametrize("where", ["ward", "district"])
def test_no_index_holds_a_syllable_of_them(day: Day, where: str) -> None:
    office: OpenOffice = getattr(day, where)
    found: set[str] = set()
    with office.store.writing() as connection:
        sql = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        indexes = [row[0] for row in connection.exec_driver_sql(sql)]
        for index in indexes:
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.v_{index} USING fts5vocab(main, {index}, 'row')")
            words = {row[0] for row in connection.exec_driver_sql(f"SELECT term FROM temp.v_{index}")}
            connection.exec_driver_sql(f"DROP TABLE temp.v_{index}")
            found |= words
    assert {"khieu", "nguyen"} & found or where == "district"
    assert len(indexes) >= 4 and not (SYLLABLES & {word.casefold() for word in found})
    assert not [word for word in found if named_in(word)]


def test_the_index_made_anew_holds_none_either(day: Day) -> None:
    with day.ward.store.writing() as connection:
        search.rebuild(connection)
    test_no_index_holds_a_syllable_of_them(day, "ward")


def test_nobody_is_found_by_a_secret_word(day: Day) -> None:
    for office in (day.ward, day.district):
        for word in SECRETS:
            hits = read_hits(office, word, TODAY)
            assert not any(named_in(f"{hit.title} {hit.detail}") for hit in hits), word
            assert not {hit.id for hit in hits} & set(day.secret.values()), word


# -- bundles -------------------------------------------------------------------------------------------------


class _Kept(ForgetfulSink):
    def __init__(self) -> None:
        self.data = b""

    def meta(self, data: bytes) -> None:
        self.data += data + b"\n"

    def operations(self, block: Any) -> None:
        self.data += b"\n".join(bytes(line) for line in block.lines) + b"\n"

    def blob(self, entry: Any, offset: int, data: bytes) -> None:
        self.data += repr(entry).encode()


def test_no_bundle_names_anybody_once_it_is_decrypted(day: Day) -> None:
    assert len(day.bundles) == 2
    for path, reader in zip(day.bundles, (day.district, day.ward), strict=True):
        assert not named_in_bytes(path.read_bytes())
        sink = _Kept()
        from tcd_desktop.sync.keyring import load_membership

        member = load_membership(reader.store)
        assert member is not None
        expect = reader.inbox._expectations(member)
        read_bundle(path, reader.keyring.boxes(), expect=expect, sink=sink)
        assert (
            len(sink.data) > 100 and not named_in_bytes(sink.data) and not named_in(sink.data.decode("utf-8", "ignore"))
        )


# -- the windows ---------------------------------------------------------------------------------------------------


@pytest.fixture
def windows(day: Day, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[dict[str, OfficeWindow]]:
    look.apply(qapp, "light", 100)
    made = {}
    for name, office in (("ward", day.ward), ("district", day.district)):
        window = OfficeWindow(office, InlineRunner(), Keeper(settings.Settings(), tmp_path / f"{name}.json"))
        qtbot.addWidget(window)
        window.show()
        made[name] = window
    yield made
    for window in made.values():
        window.close()


ROLES = [Qt.ItemDataRole(role) for role in (0, 2, 3, 4, 5, 11, 12)]


def said(widget: QWidget) -> Iterator[str]:
    """Everything a widget and what is in it says, to the eye, to a pointer at rest, to a screen reader."""
    for one in [widget, *widget.findChildren(QWidget)]:
        yield from said_by(one)


def said_by(one: QWidget) -> Iterator[str]:
    """What one widget says."""
    yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.statusTip(), one.whatsThis())
    yield from (one.windowTitle(), one.objectName())
    for name in ("text", "placeholderText", "title", "toPlainText", "currentText"):
        ask = getattr(one, name, None)
        if callable(ask):
            answer = ask()
            yield answer if isinstance(answer, str) else ""
    for action in one.actions():
        yield f"{action.text()} {action.toolTip()}"
    model = getattr(one, "model", None)
    if callable(model) and isinstance(found := model(), QAbstractItemModel):
        yield from _cells(found)
    if isinstance(one, QComboBox):
        yield from _cells(one.model())
    if isinstance(one, QLineEdit) and one.completer() is not None:
        yield from _cells(one.completer().model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            at = model.index(row, column)
            for role in ROLES:
                value = model.data(at, role)
                if value is not None:
                    yield str(value)


def looked_over(window: QWidget, where: str) -> int:
    """How many texts a window says; fails when one names somebody."""
    count = 0
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for text in said(window):
        count += bool(text)
        assert not named_in(text), f"{where}: {text[:200]!r} {holders(window, text)}"
    return count


def holders(window: QWidget, text: str) -> list[str]:
    """Which widgets say it, for whoever has to mend that."""
    found = [one for one in window.findChildren(QWidget) if not callable(getattr(one, "model", None))]
    return [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}, seen: {one.isVisible()}"
        for one in found
        if text in set(said_by(one))
    ]


def test_no_page_of_the_windows_names_anybody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    seen = 0
    for name, window in windows.items():
        for desk in window._desks:
            window.show_desk(desk)
            seen += looked_over(window, f"{name} {desk}")
            page = window.page()
            listed = getattr(page, "list", None)
            if listed is not None and hasattr(listed, "table"):
                model = listed.table.model()
                for row in range(min(model.rowCount(), 14)):
                    listed.table.selectRow(row)
                    seen += looked_over(window, f"{name} {desk} {row}")
    assert seen > 3000


def test_no_record_opened_as_a_page_names_anybody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    for name, window in windows.items():
        for kind, record in day.secret.items():
            if kind == "post":
                continue
            window.show_desk("receptions", record)
            assert isinstance(window.page(), VisitPage)
            looked_over(window, f"{name} visit {kind}")
        window.show_desk("cases", day.case)
        looked_over(window, f"{name} case")
    for name, window in windows.items():
        for kind, letter in day.letters.items():
            if name == "ward" or kind != "kept":
                window.push(LetterPage(window._office, InlineRunner(), letter))
                looked_over(window, f"{name} letter {kind}")
    ward = windows["ward"]
    ward.show_desk("calendar", day.sitting)
    looked_over(ward, "sitting")
    for page in (
        ConflictsPage(*ward._parts()),
        RecyclePage(*ward._parts()),
        DraftsPage(*ward._parts()),
        PhrasesPage(day.ward, InlineRunner()),
    ):
        ward.push(page)
        looked_over(ward, type(page).__name__)
    ward.show_recent()
    looked_over(ward, "recent acts")
    ward.back.panel.close()


def test_an_identity_that_was_looked_at_is_gone_with_the_next_line(
    day: Day, windows: dict[str, OfficeWindow], qtbot: QtBot
) -> None:
    window = windows["ward"]
    window.show_desk("receptions")
    page = window.page()
    assert isinstance(page, ReceptionsPage)
    assert page.list.choose(day.secret["group"])
    page.acts._reveal(day.secret["group"], WHY)
    assert any(named_in(text) for text in said(window)), "the identity was not shown at all"
    page.list.table.selectRow(0 if page.list.table.currentIndex().row() else 1)
    qtbot.waitUntil(lambda: page.view is not None and page.view.visit.id != day.secret["group"])
    looked_over(window, "another line")
    page.list.choose(day.secret["group"])
    qtbot.waitUntil(lambda: page.view is not None and page.view.visit.id == day.secret["group"])
    looked_over(window, "the same line again")
    window.show_desk("receptions", day.secret["alone"])
    opened = window.page()
    assert isinstance(opened, VisitPage)
    opened.acts._reveal(day.secret["alone"], WHY)
    assert any(named_in(text) for text in said(opened))
    window.show_desk("today")
    window.show_desk("receptions")
    looked_over(window, "back from elsewhere")


def test_an_identity_in_the_petition_book_is_closed_when_another_page_is_shown(
    day: Day, windows: dict[str, OfficeWindow], qtbot: QtBot
) -> None:
    window = windows["ward"]
    window.show_desk("petitions", day.secret["post"])
    page = window.page()
    assert isinstance(page, PetitionPage)
    qtbot.waitUntil(lambda: page.hands.shown == day.secret["post"])
    looked_over(window, "petition")
    page.hands._reveal(day.secret["post"], WHY)
    assert any(named_in(text) for text in said(page))
    window.show_desk("today")
    looked_over(window, "elsewhere")
    window.show_desk("petitions")
    looked_over(window, "back")
    page.hands.change()
    looked_over(window, "changing the petition")


def test_no_screen_of_the_exchange_names_anybody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    """Preview, records of a bundle, board, kept aside, receipts, keys, ledger, taking back; at a ward the stick."""
    (rehearsed,) = day.rehearsed
    assert len(rehearsed.records) > 10
    district, ward = windows["district"], windows["ward"]
    district.show_desk("exchange")
    page = district.page()
    assert isinstance(page, DistrictExchangePage)
    page.receive._looked_into([Arriving(day.bundles[0], "P-01", Inspection(signature="valid"), rehearsed, True)])
    seen = looked_over(district, "preview")
    page.receive._show_records(page.receive.shown[0])
    assert page.receive.records.view.model.rowCount() == len(rehearsed.records)
    seen += looked_over(district, "records of a bundle")
    _keep_one_aside(day)
    for part in PARTS:
        page.show_part(part)
        for view in page.findChildren(ListView):
            for row in range(view.model.rowCount() if view.isVisible() else 0):
                view.table.selectRow(row)
                seen += looked_over(district, f"{part} {row}")
        seen += looked_over(district, part)
    page.ledger.show_line(page.ledger.rows.rows[-1])
    page.ledger.show_undo()
    seen += looked_over(district, "taking back")
    ward.show_desk("exchange")
    here = ward.page()
    assert isinstance(here, WardExchangePage)
    here.receive.look_into_files([day.bundles[1]])
    assert here.stick.isVisible() and here.stick.rows.rows
    seen += looked_over(ward, "stick")
    here.leave_stick()
    seen += looked_over(ward, "exchange")
    assert seen > 500


def _keep_one_aside(day: Day) -> None:
    """A change of a denunciation is kept aside at the district."""
    with day.district.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO quarantine (hash, device, epoch, seq, code, line, at) "
            "SELECT j.hash, c.device, c.epoch, j.seq, 'E_RANGE', j.line, '2026-11-23T09:00:00' FROM journal j "
            "JOIN chain c ON c.id = j.chain WHERE j.record = ? AND c.own = 0",
            (day.secret["alone"],),
        )


def test_a_form_that_amends_a_denunciation_shows_and_keeps_nothing(day: Day, windows: dict[str, OfficeWindow]) -> None:
    window = windows["ward"]
    window.show_desk("receptions")
    page = window.page()
    assert isinstance(page, ReceptionsPage)
    page.amend_visit(day.secret["group"])
    looked_over(window, "amending")
    form = window.page()
    assert form is not None
    form.amending._reveal(WHY)  # type: ignore[attr-defined]
    form.autosave.changed(form.binding.model.draft)  # type: ignore[attr-defined]
    form.autosave.keep()  # type: ignore[attr-defined]
    form.can_close()  # type: ignore[attr-defined]
    test_no_column_of_no_table_names_anybody(day, "ward")


def test_what_is_offered_while_typing_comes_from_nobody_secret(day: Day) -> None:
    offers = read_recent(day.ward)
    assert not named_in(json.dumps(offers, default=str, ensure_ascii=False))
    drafts = [replace(DRAFT, name=ALONE.name), replace(DRAFT, content=ALONE.content), ALONE, GROUP]
    for draft in drafts:
        for one in day.ward.links.propose(draft):
            assert not named_in(repr(one))
    assert day.ward.receptions.known_citizen(ALONE.id_number) is None
    assert day.ward.citizens.search(GROUP.name, most=9) == []


def test_the_wizard_and_its_file_of_refused_rows_name_nobody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    window = windows["ward"]
    book = make_excel(day.folder / "temp" / "So hai.xlsx", OLD_LINES)
    page = OldBookPage(*window._parts())
    window.show_desk("receptions")
    window.push(page)
    page.open_path(book)
    looked_over(window, "columns")
    page.go_on()
    for view in range(3):
        page.preview._show_view(view)
        looked_over(window, f"preview {view}")
    for ending in (".xlsx", ".csv"):
        target = day.folder / "temp" / f"Dong bi tu choi{ending}"
        page.write_refused(target)
        data = _unpacked(target) if ending == ".xlsx" else target.read_bytes()
        assert not named_in_bytes(data) and not named_in(data.decode("utf-8", "ignore"))
        assert "Vũ Thị Hường" in data.decode("utf-8"), "open rows stay as they are"
        assert "Tố cáo việc chặt cây" in data.decode("utf-8")
    page.popRequest.emit()
    book.unlink()


# -- tables, the clipboard, the terminal -----------------------------------------------------------------


def test_no_table_file_names_anybody(day: Day, windows: dict[str, OfficeWindow], tmp_path: Path) -> None:
    saved = 0
    for name, window in windows.items():
        for desk in window._desks:
            window.show_desk(desk)
            for page in [window.page(), *window.findChildren(QWidget)]:
                export, save = getattr(page, "export", None), getattr(page, "save_table", None)
                if export is None or save is None or not hasattr(export, "ask"):
                    continue
                target = tmp_path / f"{name}-{desk}-{saved}.xlsx"
                export.ask = lambda _name, _parent, target=target: target
                save()
                if not target.exists():  # an empty list of the district
                    continue
                saved += 1
                data = _unpacked(target)
                assert not named_in_bytes(data) and not named_in(data.decode("utf-8", "ignore")), target
    assert saved >= 4


def test_no_copied_table_names_anybody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    window = windows["ward"]
    window.show_desk("calendar")
    for page in window.findChildren(QWidget):
        copy = getattr(page, "copy_table", None)
        if callable(copy):
            copy()
    mime = QApplication.clipboard().mimeData()
    told = mime.text() + mime.html()
    del mime
    QApplication.clipboard().clear()  # what lies there when the program ends brings it down
    assert not named_in(told)


COMMANDS = (
    ("reception", "list", "--limit", "500"),
    ("--json", "reception", "list", "--limit", "500"),
    ("check",),
    ("--json", "check"),
)


def test_no_command_names_anybody(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    shown = [
        (*json_, "reception", "show", day.secret[name]) for name in ("alone", "group") for json_ in ((), ("--json",))
    ]
    found = [("--json", "reception", "list", "--search", word) for word in (ALONE.name, GROUP.phone)]
    for command in [*COMMANDS, *shown, *found]:
        main(["--home", str(day.ward.home), *command])
        captured = capsys.readouterr()
        assert captured.out
        told = (captured.out + captured.err).replace(command[-1], "")
        assert not named_in(told) and not named_in_bytes(told.encode()), command


def test_no_report_names_anybody(day: Day, windows: dict[str, OfficeWindow]) -> None:
    """Every record behind every figure, behind every check, and the month."""
    listed = 0
    for name, window in windows.items():
        window.show_desk("reports")
        desk = window.page()
        assert isinstance(desk, ReportsPage)
        for code, table in desk.tables.items():
            desk.tabs.setCurrentWidget(table)
            for column in range(table.figures.columnCount()):
                at = table.figures.index(table.figures.rowCount() - 1, column)
                if table.figures.value(at):
                    desk.open_figure(at)
                    listed += looked_over(window, f"{name} {code} {column + 1}")
                    window.pop()
        for line in desk.check_source.rows:
            desk.open_check(line.id)
            listed += looked_over(window, f"{name} {line.words}")
            window.pop()
        desk.open_monthly()
        listed += looked_over(window, f"{name} month")
        window.pop()
        assert window.page() is desk
    assert listed > 2000


def test_no_file_of_a_report_names_anybody(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    for office in (day.ward, day.district):
        for step in ("circular", "monthly"):
            folder = tmp_path / office.office.id
            period = "2026-9m" if TODAY.month < 6 else "2026-y"
            assert main(["--home", str(office.home), "--json", "report", step, str(folder), "--period", period]) == 0
            told = capsys.readouterr().out
            assert not named_in(told) and '"total"' in told
        files = list(folder.iterdir())
        assert len(files) == 5
        for file in files:
            words = whole_text(file.read_bytes()) if file.suffix == ".pdf" else ""
            data = file.read_bytes() if file.suffix == ".pdf" else _unpacked(file)
            assert not named_in(words) and not named_in_bytes(data), file


def test_a_broken_line_of_a_visit_file_is_told_without_names(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    source = tmp_path / "a.json"
    wrong = {"name": ALONE.name, "phone": GROUP.phone, "classification": "denunciation", "content": "x", "people": -4}
    source.write_text(json.dumps([wrong]), encoding="utf-8")
    assert main(["--home", str(day.ward.home), "--json", "reception", "add", "--json-file", str(source)]) != 0
    captured = capsys.readouterr()
    assert not named_in(captured.out + captured.err)


def test_titles_and_texts_that_hold_the_writers_name_are_pointed_out() -> None:
    from tcd_desktop.domain.cases.petition_rules import petition_problems
    from tcd_desktop.domain.receptions.reception_rules import reception_problems

    loud = replace(ALONE, content=f"Tôi là ngạc thị khuynh, tố cáo ông X. Gọi {ALONE.phone}.", note=ALONE.address)
    problems = reception_problems(loud, TODAY)
    assert problems["content"].code == "names_denouncer" and problems["content"].warning
    assert problems["note"].code == "names_denouncer"
    assert "content" not in reception_problems(ALONE, TODAY)
    of_group = replace(GROUP, content=f"Chúng tôi và bà {GROUP.members[1].name} tố cáo")
    assert reception_problems(of_group, TODAY)["content"].code == "names_denouncer"
    letter = replace(BY_POST, content=f"{BY_POST.name} tố cáo")
    assert petition_problems(letter, TODAY)["content"].code == "names_denouncer"
    open_one = replace(DRAFT, content=f"{DRAFT.name} khiếu nại")
    assert "content" not in reception_problems(open_one, TODAY)
