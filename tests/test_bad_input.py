"""Whatever is typed or brought: a sentence or a saved record, never a crash, never half a record, and in good time."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tcd_desktop import settings
from tcd_desktop.cli.visit_file import read_visits
from tcd_desktop.documents.report_paper import render_report
from tcd_desktop.domain.cases.case_file import PetitionDraft, Subject
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReviewSource
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.old_book.old_book_columns import recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, read_lines
from tcd_desktop.domain.people.citizen_card import read_card
from tcd_desktop.domain.people.member_list import members_from_text
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.reports.report_period import quarter
from tcd_desktop.domain.reports.sent_report import FigureRow, NarrativePart
from tcd_desktop.domain.sittings.sitting_rules import SittingDraft
from tcd_desktop.domain.terms import Classification, LinkKind, PetitionSource, Role
from tcd_desktop.old_books.book_file import open_book, read_sheet
from tcd_desktop.old_books.day_table import read_day_table
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import sheet_facts
from tcd_desktop.reports.circular_sheets.narrative import kept_sections
from tcd_desktop.reports.circular_sheets.narrative_paper import narrative_paper
from tcd_desktop.reports.monthly.paper import monthly_pdf
from tcd_desktop.reports.monthly.report import kept_report
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.people.member_files import read_members
from tcd_desktop.settings import Keeper
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal.lines import MAX_LINE
from tcd_desktop.store.lists.pages import CaseQuery, ReceptionQuery
from tcd_desktop.sync.paper_key import ROWS, secret_of
from tcd_desktop.sync.refusals import BundleRefused
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.forms.field import LineField, TextField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.card_picture import load_picture
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.bad_inputs import CONTENTS, TEXTS, places, write
from tests.offices import DRAFT, MONDAY, SECRET, enrol, make_district, make_office

TODAY = MONDAY.date()
PATIENCE = 6.0
"""Seconds that anything may take, on the slowest machine that runs tests."""


@dataclass
class World:
    """One office for all cases, with a record of every kind."""

    office: OpenOffice
    district: OpenOffice
    ids: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def entries(self) -> int:
        """How many operations were written."""
        with self.office.store.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("bad")
    office = make_office(folder / "ward")
    made = World(office, make_district(folder / "district"))
    first = office.receptions.log(DRAFT, open_case=True).value
    second = office.receptions.log(replace(DRAFT, id_number="001080011111", name="Trần Hai")).value
    secret = office.receptions.log(SECRET, open_case=True).value
    sitting = office.sittings.add(SittingDraft(day=TODAY, leader="Chủ tịch", place="Phòng tiếp dân")).value
    blank = replace(office.conclusions.blank(sitting), content="Giao xác minh", responsible="Thanh tra", due=TODAY)
    conclusion = office.conclusions.add(blank).value
    paper = office.attachments.add("a.txt", "chữ".encode(), reception=first.id).value
    post = PetitionDraft(
        source=PetitionSource.POST, received_on=TODAY, classification=Classification.COMPLAINT, name="A B", content="x"
    )
    petition = office.petitions.register(post).value
    issued = office.directives.issue(_directive("Kiểm tra")).value
    letter = office.letters.draft("guidance", LetterSubject.RECEPTION, first.id)
    office.letters.save(letter)
    figures = (FigureRow(form="01/TCD", unit="P-01", values=(1, 2)),)
    report = office.reports.make(quarter(2026, 4), figures=figures).value
    made.ids = {
        "visit": first.id, "other": second.id, "secret": secret.id, "case": first.case or "", "paper": paper.id,
        "citizen": first.citizen or "", "twin": second.citizen or "", "sitting": sitting.id, "petition": petition.id,
        "conclusion": conclusion.id, "directive": issued.id, "secret case": secret.case or "", "letter": letter.id,
        "report": report.id,
    }  # fmt: skip
    yield made
    assert office.check() == []
    made.district.close()
    office.close()


def _directive(text: str, **more: Any) -> DirectiveDraft:
    values = {"level": DirectiveLevel.DISTRICT, "issuer": "Chủ tịch", "content": text, "issued_on": TODAY}
    return DirectiveDraft(**{**values, "units": ("P-01",), **more})


Act = Callable[[World, str], Any]


def with_text(draft: Any, name: str, text: str) -> Any:
    """The draft with one text."""
    assert isinstance(getattr(draft, name), str), name
    return replace(draft, **{name: text})


def visit_with(name: str) -> Act:
    return lambda world, text: world.office.receptions.log(with_text(DRAFT, name, text))


def secret_with(name: str) -> Act:
    return lambda world, text: world.office.receptions.log(with_text(SECRET, name, text))


def letter_with(name: str) -> Act:
    """A letter that is seen, if it can be, and kept."""

    def act(world: World, text: str) -> Any:
        desk = world.office.letters
        made = desk.draft("guidance", LetterSubject.RECEPTION, world.ids["visit"])
        changes: dict[str, Any] = {name: text if isinstance(getattr(made, name), str) else (text, text)}
        typed = replace(made, **changes)
        desk.drafts.keep(typed)
        if not desk.problems(typed):
            assert desk.preview(typed).startswith(b"%PDF")
        return desk.save(typed)

    return act


def own_text_with(name: str) -> Act:
    def act(world: World, text: str) -> Any:
        desk = world.office.own_texts
        blank = desk.blank("guidance")
        changes: dict[str, Any] = {name: text if isinstance(getattr(blank, name), str) else (text,)}
        return desk.save(replace(blank, **changes, since=TODAY + timedelta(days=400)))

    return act


def petition_with(name: str) -> Act:
    def act(world: World, text: str) -> Any:
        known = world.office.petitions.find(world.ids["petition"])
        assert known is not None
        draft = PetitionDraft(
            source=PetitionSource.POST, received_on=TODAY, classification=Classification.COMPLAINT, content="x y z"
        )
        return world.office.petitions.register(with_text(draft, name, text))

    return act


VISIT_FIELDS = (
    "name", "birth_date", "id_number", "id_place", "address", "phone", "represented", "representation_paper",
    "representation_number", "representation_scope", "professional_card", "content", "request", "note", "guided_to",
    "forwarded_to", "place", "attendees", "order_note", "earlier_answer", "refusal_notice_number", "recorded_by",
    "receiver_name", "interpreter", "unsigned_reason",
)  # fmt: skip
ACTS: dict[str, Act] = {
    "rows of a sealed paper": lambda world, text: secret_of([text] * ROWS),
    "reason of a decision about a PC": lambda world, text: world.office.keys.let_first_go_on("0" * 32, reason=text),
    **{f"visit: {name}": visit_with(name) for name in VISIT_FIELDS},
    **{f"denunciation: {name}": secret_with(name) for name in ("name", "address", "note")},
    **{
        f"petition: {name}": petition_with(name)
        for name in ("name", "content", "sender", "directed_to", "note", "incoming_number", "tag", "field")
    },
    **{
        f"letter: {name}": letter_with(name)
        for name in ("about", "addressees", "body", "recipients", "signer", "signer_title", "sign", "note")
    },
    **{f"own text: {name}": own_text_with(name) for name in ("about", "body", "recipients", "note")},
    "letter thrown away": lambda w, t: w.office.letters.discard(w.ids["letter"], t),
    "letter opened": lambda w, t: w.office.letters.open_identity(LetterSubject.RECEPTION, w.ids["secret"], t),
    "member: name": lambda w, t: w.office.receptions.log(
        replace(DRAFT, role=Role.GROUP_REPRESENTATIVE, members=(Member(t, t, t, t, t), Member("Lê B")))
    ),
    "paper: name": lambda w, t: w.office.receptions.log(replace(DRAFT, documents=(Paper(t, 1),))),
    "petition: subject": lambda w, t: w.office.petitions.register(
        PetitionDraft(
            source=PetitionSource.POST,
            received_on=TODAY,
            classification=Classification.COMPLAINT,
            content="x",
            subjects=(Subject(t, t, t),),
        )
    ),
    "reveal": lambda w, t: w.office.receptions.reveal(w.ids["secret"], t),
    "amend": lambda w, t: w.office.receptions.amend(w.ids["visit"], replace(DRAFT, request=t, note=t)),
    "remove": lambda w, t: w.office.recycle.remove("sitting", w.ids["sitting"], t, told=frozenset({"has_visits"})),
    "undo": lambda w, t: w.office.undo.undo("no-such-entry", reason=t),
    "phrase": lambda w, t: w.office.phrases.add("moi", t, "content"),
    "phrase key": lambda w, t: w.office.phrases.add(t, "Một câu", t),
    "sitting": lambda w, t: w.office.sittings.add(
        SittingDraft(day=TODAY, leader=t, place=t, attendees=t, expected=t, leader_title=t)
    ),
    "minutes": lambda w, t: w.office.sittings.hold(w.ids["sitting"], minutes=t, result=t),
    "conclusion": lambda w, t: w.office.conclusions.change(
        replace(_found(w.office.conclusions.find(w.ids["conclusion"])), content=t, responsible=t, contact=t)
    ),
    "conclusion number": lambda w, t: w.office.conclusions.issue(w.ids["conclusion"], number=t, on=TODAY),
    "conclusion result": lambda w, t: w.office.conclusions.finish(w.ids["conclusion"], on=TODAY, result=t),
    "refusal notice": lambda w, t: w.office.receptions.issue_refusal_notice(w.ids["visit"], number=t, on=TODAY),
    "link note": lambda w, t: w.office.links.link(w.ids["visit"], w.ids["other"], LinkKind.SAME_MATTER, note=t),
    "merge reason": lambda w, t: w.office.citizens.merge(w.ids["citizen"], w.ids["twin"], reason=t),
    "citizen": lambda w, t: w.office.citizens.amend(w.ids["citizen"], name=t, address=t, phone=t, birth_date=t),
    "paper file name": lambda w, t: w.office.attachments.add(t, f"chữ {w.count}".encode(), reception=w.ids["other"]),
    "paper rename": lambda w, t: w.office.attachments.rename(w.ids["paper"], t),
    "paper tie": lambda w, t: w.office.attachments.tie(w.ids["paper"], t),
    "paper remove": lambda w, t: w.office.attachments.remove("no-such-paper", t),
    "staged name": lambda w, t: w.office.staged.add("visit:x/1", t, f"nháp {w.count}".encode(), paper=t),
    "day off": lambda w, t: w.office.calendar.add(date(2026, 12, 1), working=False, reason=t, decision=t),
    "case title": lambda w, t: w.office.cases.open_from(w.ids["other"], title=t, field=t),
    "step": lambda w, t: w.office.steps.take(
        w.ids["case"], "accept", StepDraft(on=TODAY, number=t, signer=t, reason=t, body=t, note=t, part=t)
    ),
    "step act": lambda w, t: w.office.steps.take(w.ids["case"], t, StepDraft(on=TODAY)),
    "step result": lambda w, t: w.office.steps.take(w.ids["case"], "refuse", StepDraft(on=TODAY, result=t, reason=t)),
    "complexity": lambda w, t: w.office.steps.describe(w.ids["case"], complexity=[t], remote=False),
    "directive": lambda w, t: w.office.directives.issue(_directive(t, issuer=t, number=t)),
    "directive unit": lambda w, t: w.office.directives.issue(_directive("x y", units=(t,), cases=(t,))),
    "directive report": lambda w, t: w.office.directives.report(w.ids["directive"], on=TODAY, content=t),
    "review": lambda w, t: w.office.reviews.add(w.ids["case"], source=ReviewSource.DISTRICT, note=t),
    "inspection": lambda w, t: w.office.inspections.begin("P-01", date(2026, 1, 1), TODAY, lead=t, decision_number=t),
    "finding": lambda w, t: w.office.inspections.add("no-such-round", t),
    "balance": lambda w, t: w.office.balances.set({("01", "1"): 1}, on=date(2025, 12, 31), today=TODAY, note=t),
    "report words": lambda w, t: w.office.reports.write_part("2026-q4", "02", "I.1", t),
    "report period": lambda w, t: w.office.reports.type_figures(t, "06/QLKNTC", {"1": 1}),
    "report note": lambda w, t: w.office.reports.make(
        quarter(2026, 4), figures=(FigureRow(form="01/TCD", unit="P-01", values=(1,)),), note=t
    ),
    "report number": lambda w, t: w.office.reports.send(w.ids["report"], number=t, on=TODAY),
    "report withdrawn": lambda w, t: w.office.reports.withdraw(w.ids["report"], t),
    "report made of it": lambda w, t: _papers_of_a_report(w, t),
    "draft name": lambda w, t: w.office.receptions.save_draft("visit:bad/1", replace(SECRET, name=t, content=t)),
    "wrong id": lambda w, t: w.office.receptions.answer(t, kind=None, channel=None, on=TODAY),  # type: ignore[arg-type]
    "slip preview": lambda w, t: w.office.slips.preview(
        replace(DRAFT, name=t[:600], address=t[:600], documents=(Paper(t[:600] or "x", 1),))
    ),
    "import taken back": lambda w, t: w.district.undo_import.undo(t, t),
    "difference decided": lambda w, t: w.office.conflicts.take("reception", w.ids["visit"], "note", t),
    "difference of a record": lambda w, t: w.office.conflicts.take("reception", t, t, t),
    "number right twice": lambda w, t: w.office.numbers.keep("reception", (w.ids["visit"], w.ids["other"]), t),
    "number given anew": lambda w, t: w.office.numbers.renew("reception", w.ids["secret"], t),
    "search visits": lambda w, t: _page(w, t),
    "search citizens": lambda w, t: w.office.citizens.search(t, most=5),
    "duplicates": lambda w, t: w.office.links.propose(replace(DRAFT, name=t[:20_000], content=t[:20_000])),
    "known citizen": lambda w, t: w.office.receptions.known_citizen(t),
    "card": lambda w, t: read_card(t),
    "pasted list": lambda w, t: members_from_text(t),
}


def _papers_of_a_report(world: World, text: str) -> None:
    """Whatever was kept is drawn: as the narrative, as the month's report, read again from what was frozen."""
    kept = kept_sections([NarrativePart(code="I.1", text=text[:4_000])])
    period = quarter(2026, 4)
    paper = narrative_paper(period, kept, sheet_facts(world.office, period, (), None, {"01/TCD": text[:4_000]}))
    assert render_report(paper).startswith(b"%PDF")
    parts = tuple(NarrativePart(code=code, text=text[:4_000]) for code in ("visits", "reviews", "assessment"))
    report = replace(_found(world.office.reports.find(world.ids["report"])), narrative=parts)
    assert monthly_pdf(kept_report(report, world.office.office)).startswith(b"%PDF")


def _found(record: Any) -> Any:
    assert record is not None
    return record


def _page(world: World, text: str) -> None:
    with world.office.store.reading() as connection:
        world.office.receptions.pages.page(connection, ReceptionQuery(text=text), size=5)
        world.office.receptions.pages.count(connection, ReceptionQuery(text=text), cap=100)
        world.office.cases.pages.page(connection, CaseQuery(text=text), size=5)


def told(error: Exception) -> str:
    """What the officer reads; a test fails when there is no sentence."""
    if isinstance(error, DraftRefused):
        from tcd_desktop.words import problem_sentence

        sentences = [problem_sentence(problem) for problem in error.problems.values()]
        assert sentences and all(sentences)
        named = [str(problem.facts.get("names", "")) for problem in error.problems.values()]  # {variables} are shown
        sentences = [one.replace(names, "") for one, names in zip(sentences, named, strict=True)]
        assert not any("{" in one and "}" in one and "__" not in one for one in sentences), sentences
        return " ".join(sentences)
    assert isinstance(error, Refused | StoreUnavailable | BundleRefused), repr(error)
    from tcd_desktop.ui.window.messages import failure

    sentence, _tone = failure(error)
    assert len(sentence) > 10 and "Traceback" not in sentence
    assert not isinstance(error, Refused) or isinstance(error, BundleRefused) or refusal_sentence(error)
    return sentence


@pytest.mark.parametrize("act", ACTS)
def test_any_text_anywhere_is_saved_cleanly_or_refused_with_a_sentence(world: World, act: str) -> None:
    for name, text in TEXTS.items():
        world.count += 1
        before, began = world.entries(), clock.monotonic()
        try:
            ACTS[act](world, text)
        except (Refused, StoreUnavailable) as error:
            assert told(error), name
            assert world.entries() == before, f"{name}: half saved"
        except Exception as error:
            raise AssertionError(f"{act}, {name}: {error!r}") from error
        assert clock.monotonic() - began < PATIENCE, name
    with world.office.store.reading() as connection:
        longest = connection.exec_driver_sql("SELECT max(length(line)) FROM journal").scalar_one()
    assert longest <= MAX_LINE


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) * len(ACTS) + len(CONTENTS) * len(READERS) > 2000
    assert len(TEXTS) + len(CONTENTS) + len(NUMBERS) + len(ACTS) + len(READERS) > 150


# -- numbers and days --------------------------------------------------------------------------------------

FAR = (date(1, 1, 1), date(9999, 12, 31), date(1582, 10, 15), date(2027, 2, 29 - 1))
NUMBERS: dict[str, dict[str, Any]] = {
    **{f"people {n}": {"people": n} for n in (-1, 0, 100_001, 10**9, -(2**63), 2**63, 10**30)},
    **{f"pages {n}": {"documents": (Paper("Đơn", n),)} for n in (-1, 0, 10**9, 2**63, 10**30)},
    **{f"visit on {day}": {"date": day} for day in FAR},
    **{f"card of {day}": {"id_issued": day} for day in FAR},
    **{f"paper of {day}": {"representation_on": day} for day in FAR},
    **{f"forwarded on {day}": {"forwarded_on": day} for day in FAR},
    "born in year 0": {"birth_date": "0000"},
    "born in year 9999": {"birth_date": "9999-12-31"},
    "born on 30 February": {"birth_date": "1999-02-30"},
    "born in figures of another script": {"birth_date": "١٩٩٩"},
    "an end before the beginning": {"time": time(9), "end_time": time(8)},
    "five thousand people": {
        "role": Role.GROUP_REPRESENTATIVE,
        "people": 5000,
        "members": tuple(Member(f"Nguyễn Văn {n}", f"Số {n} phố X") for n in range(5000)),
    },
    "five thousand papers": {"documents": tuple(Paper(f"Giấy {n}", 1) for n in range(5000))},
    "the same person a thousand times": {
        "role": Role.GROUP_REPRESENTATIVE,
        "members": tuple(Member("Lê A", "x", "001090000001") for _ in range(1000)),
    },
}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("base", [DRAFT, SECRET], ids=["open", "secret"])
def test_any_number_and_day_is_saved_or_refused(world: World, name: str, base: Any) -> None:
    before, began = world.entries(), clock.monotonic()
    try:
        world.office.receptions.log(replace(base, **NUMBERS[name]))
    except (Refused, StoreUnavailable) as error:
        assert told(error)
        assert world.entries() == before
    assert clock.monotonic() - began < PATIENCE


@pytest.mark.parametrize("day", FAR)
def test_days_far_away_are_answered_everywhere(world: World, day: date) -> None:
    office, ids = world.office, world.ids
    for act in (
        lambda: office.sittings.add(SittingDraft(day=day, leader="A", place="B")),
        lambda: office.conclusions.finish(ids["conclusion"], on=day, result="xong"),
        lambda: office.calendar.add(day, working=False, reason="nghỉ"),
        lambda: office.directives.issue(_directive("x y", issued_on=day, due=day)),
        lambda: office.steps.take(ids["case"], "accept", StepDraft(on=day, dated=day, days=10**9)),
        lambda: office.petitions.register(
            PetitionDraft(received_on=day, petition_date=day, classification=Classification.COMPLAINT, content="x")
        ),
        lambda: office.inspections.begin("P-01", day, day),
        lambda: office.balances.set({("01", "1"): 10**30}, on=day, today=TODAY),
        lambda: office.board.compare(day, day),
        lambda: office.sittings.between(day, day),
    ):
        before = world.entries()
        try:
            act()
        except (Refused, StoreUnavailable) as error:
            assert told(error)
            assert world.entries() == before


# -- files ---------------------------------------------------------------------------------------------


def _whole_book(_world: World, path: Path) -> Any:
    sheet = read_sheet(open_book(path), 0)
    return list(read_lines(sheet, recognise(sheet), BookFacts(2026)))


def _stage(world: World, path: Path) -> Any:
    done = world.office.attachments.add_file(path, reception=world.ids["visit"])
    world.office.paper_reader.read_all(_Silent())
    return done


class _Silent:
    def step(self, *_args: object) -> None:
        """Says nothing."""

    def cancelled(self) -> bool:
        """Never."""
        return False


READERS: dict[str, tuple[str, Callable[[World, Path], Any]]] = {
    "list of people .xlsx": (".xlsx", lambda w, p: read_members(p)),
    "list of people .xls": (".xls", lambda w, p: read_members(p)),
    "list of people .csv": (".csv", lambda w, p: read_members(p)),
    "list of people .txt": (".txt", lambda w, p: read_members(p)),
    "old book": (".xlsx", _whole_book),
    "old book .csv": (".csv", _whole_book),
    "table of days": (".csv", lambda w, p: read_day_table(p)),
    "table of days .toml": (".toml", lambda w, p: read_day_table(p)),
    "paper": (".pdf", _stage),
    "paper .docx": (".docx", _stage),
    "picture of a card": (".png", lambda w, p: load_picture(p)),
    "visits": (".json", lambda w, p: read_visits(p)),
    "bundle": (".tcdb", lambda w, p: w.office.inbox.inspect(p)),
    "bundle taken": (".tcdb", lambda w, p: w.district.inbox.take([p])),
    "enrolment": (".tcdr", lambda w, p: w.district.enrolment.grant(p, p.parent, typed="1")),
    "answer": (".tcda", lambda w, p: w.office.enrolment.accept(p, typed="1")),
    "settings": (".json", lambda w, p: settings.load(p)),
}
BOTH = [(reader, kind) for reader in READERS for kind in (*CONTENTS, "places")]


@pytest.mark.qt_log_ignore("JFIF|marker|JPEG|Corrupt|libpng|IHDR", extend=True)
@pytest.mark.parametrize(("reader", "kind"), BOTH)
def test_any_file_is_read_or_refused_with_a_sentence(
    world: World, reader: str, kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ending, read = READERS[reader]
    if kind == "places":
        paths = list(places(tmp_path, ending).items())
    else:
        paths = [(kind, write(tmp_path / f"Tệp lạ{ending}", kind))]
    for name, path in paths:
        before, began = world.entries(), clock.monotonic()
        try:
            read(world, path)
        except (Refused, StoreUnavailable, BundleRefused) as error:
            assert told(error)
            assert world.entries() == before, name
        except Exception as error:
            raise AssertionError(f"{reader}, {name}: {error!r}") from error
        assert clock.monotonic() - began < PATIENCE, name


def test_a_list_of_five_thousand_is_cut_or_refused_not_stuck(tmp_path: Path) -> None:
    path = write(tmp_path / "Danh sách.csv", "five thousand people")
    began = clock.monotonic()
    assert len(read_members(path).members) >= 500
    assert clock.monotonic() - began < PATIENCE


# -- the form ---------------------------------------------------------------------------------------------------------


def type_into(one: LineField | TextField, text: str) -> None:
    """As if it was pasted."""
    if isinstance(one, LineField):
        one.editor.setText(text)
    else:
        one.set_value(text)


@pytest.mark.qt_log_ignore("does not support|propagateSizeHints", extend=True)
def test_the_form_takes_any_text_in_every_field(world: World, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    look.apply(qapp, "light", 100)
    page = ReceptionFormPage(world.office, InlineRunner(), Keeper(settings.Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    page.show()
    fields = {name: one for name, one in page.fields.items() if isinstance(one, LineField | TextField)}
    assert len(fields) > 12
    usual = [name for name, text in TEXTS.items() if len(text) < 5_000]
    for name in usual:
        for one in fields.values():
            type_into(one, TEXTS[name])
        before = world.entries()
        page.save(print_slip=False)
        QApplication.processEvents()
        assert world.entries() >= before
    began = clock.monotonic()
    fields["content"].set_value(TEXTS["a megabyte"])
    assert clock.monotonic() - began < PATIENCE
    page.autosave.drop(page.autosave.name)
    page.can_close()


# -- the exchange ------------------------------------------------------------------------------------------


def test_every_field_of_the_exchange_takes_any_text_and_writes_nothing(
    world: World, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    look.apply(qapp, "light", 100)
    keeper, runner = Keeper(settings.Settings(), tmp_path / "s.json"), InlineRunner()
    pages = (DistrictExchangePage(world.district, runner, keeper), WardExchangePage(world.office, runner, keeper))
    pages[0].resize(1180, 700)
    typed = 0
    for page in pages:
        qtbot.addWidget(page)
        page.show()
        for editor in page.findChildren(QLineEdit):
            if editor.isReadOnly():
                continue
            for text in (one for one in TEXTS.values() if len(one) < 5_000):
                editor.setText(text)
                typed += 1
        QApplication.processEvents()
    before = world.entries()
    assert typed > 100 and world.entries() == before


@pytest.mark.parametrize("where", ["ward", "district"])
def test_any_file_on_a_stick_is_told_at_the_ward_and_at_the_district(
    world: World, where: str, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keeper, runner = Keeper(settings.Settings(), tmp_path / "s.json"), InlineRunner()
    for number, name in enumerate(CONTENTS):
        write(stick / f"TCD_Q_R{number:06d}_P-01.tcdb", name)
    files = sorted(stick.iterdir())
    began = clock.monotonic()
    if where == "district":
        district = DistrictExchangePage(world.district, runner, keeper)
        qtbot.addWidget(district)
        district.receive.look_into(files)
        found = [one.result for one in district.receive.shown]
        assert {one.outcome for one in found} == {"refused"} and all(one.code for one in found)
    else:
        joined = make_office(tmp_path / "joined")
        enrol(joined, world.district, tmp_path)
        ward = WardExchangePage(joined, runner, keeper)
        qtbot.addWidget(ward)
        ward.receive.look_into_files(files)
        assert ward.stick.stick is None and ward.receive.message.text().count("\n") == len(files) - 1
        joined.close()
    assert clock.monotonic() - began < PATIENCE * 4
