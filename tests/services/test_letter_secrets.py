"""Who denounced stays unknown in letters: what goes elsewhere does not name them, what goes to them lies sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_rules import file_name
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice, add_officer, open_office
from tcd_desktop.store.lists.letter_pages import LetterQuery
from tests.offices import PASSWORD, SECRET, SECRET_WORDS, Clock, make_office
from tests.services.letters import TODAY, WHY, conclusion_of, drafted, issued, secret_visit, sitting_of, words_on

RECEPTION, CASE = LetterSubject.RECEPTION, LetterSubject.CASE
TO_OTHERS = ("forward-denunciation", "denunciation-acceptance", "denunciation-extension", "denunciation-notice-accused")


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield office
    office.close()


def texts(letter: Letter) -> str:
    parts = (letter.about, letter.note, letter.signer, letter.sign, *letter.body, *letter.addressees)
    return "\n".join((*parts, *letter.recipients))


def named(text: str) -> list[str]:
    return [word for word in SECRET_WORDS if word in text]


def test_what_goes_to_others_names_nobody(ward: OpenOffice) -> None:
    visit = secret_visit(ward)
    drafted_kinds = []
    for subject, record in ((RECEPTION, visit.id), (CASE, visit.case or "")):
        for one in ward.letters.kinds_for(subject, record):
            if not one.text.to_citizen:
                made = ward.letters.draft(one.kind, subject, record)
                assert named(texts(made)) == [], one.kind
                assert named(words_on(ward, made)) == [], one.kind
                assert named(str(ward.letters.values(made))) == [], one.kind
                drafted_kinds.append(one.kind)
    assert "forward-denunciation" in drafted_kinds and len(drafted_kinds) >= 4
    assert "Thanh tra quận Thử Nghiệm" in texts(ward.letters.draft("forward-denunciation", RECEPTION, visit.id))


@pytest.mark.parametrize("word", SECRET_WORDS)
@pytest.mark.parametrize("field", ["about", "body", "addressees", "recipients", "note", "signer"])
def test_a_letter_to_others_in_which_somebody_typed_who_it_was_is_not_even_kept(
    ward: OpenOffice, field: str, word: str
) -> None:
    made = drafted(ward, "forward-denunciation", RECEPTION, secret_visit(ward).id)
    typed = f"theo đơn của {word.lower()}, đã xem xét"
    changes: dict[str, Any] = {field: typed if isinstance(getattr(made, field), str) else (typed,)}
    acts: tuple[Callable[[Letter], Any], ...] = (ward.letters.save, lambda one: ward.letters.issue(one, on=TODAY))
    for act in acts:
        with pytest.raises(DraftRefused) as told:
            act(replace(made, **changes))
        assert told.value.problems[field].code == "letter_names_denouncer"
    assert ward.letters.find(made.id) is None


def test_a_letter_to_who_denounced_asks_first_why_the_identity_is_opened(ward: OpenOffice) -> None:
    visit = secret_visit(ward)
    kind = "denunciation-forwarded-notice"
    assert ward.letters.needs_identity(kind, RECEPTION, visit.id)
    with pytest.raises(Refused) as told:
        ward.letters.draft(kind, RECEPTION, visit.id)
    assert told.value.code == "letter_identity_needed"
    with pytest.raises(Refused) as told:
        ward.letters.open_identity(RECEPTION, visit.id, "  ")
    assert told.value.code == "reason_needed" and ward.store.all(Disclosure) == []
    made = drafted(ward, kind, RECEPTION, visit.id)
    assert SECRET.name in texts(made)
    assert [(one.reception, one.reason) for one in ward.store.all(Disclosure)] == [(visit.id, WHY)]


def test_its_words_lie_sealed_in_the_book_and_are_opened_with_a_reason(ward: OpenOffice) -> None:
    visit = secret_visit(ward)
    made = issued(ward, "denunciation-forwarded-notice", RECEPTION, visit.id)
    stored = ward.letters.find(made.id)
    assert stored is not None and stored.sealed and not stored.body and named(texts(stored)) == []
    with ward.store.reading() as connection:
        row = ward.letters.pages.page(connection, LetterQuery()).rows[0]
        found = ward.letters.pages.page(connection, LetterQuery(text="Phạm Thị Kín")).rows
    assert row.sealed and not row.about and not row.addressees and not found
    with pytest.raises(Refused) as told:
        ward.letters.print(stored)
    assert told.value.code == "letter_closed"
    before = len(ward.store.all(Disclosure))
    opened = ward.letters.open(made.id, "In lại cho người tố cáo")
    assert SECRET.name in texts(opened) and len(ward.store.all(Disclosure)) == before + 1
    assert SECRET.name in words_on(ward, opened)
    assert ward.letters.print(opened).value.document.print_no == 1
    assert not named(file_name("Thông báo", opened))


def test_nothing_of_it_is_readable_in_the_database_or_in_what_is_kept_against_a_crash(
    ward: OpenOffice, tmp_path: Path
) -> None:
    visit = secret_visit(ward)
    made = drafted(ward, "denunciation-forwarded-notice", RECEPTION, visit.id)
    ward.letters.drafts.keep(replace(made, note=f"gọi {SECRET.phone}"))
    assert [one.note for one in ward.letters.drafts.all()] == [f"gọi {SECRET.phone}"]
    ward.letters.save(made)
    ward.letters.save(replace(made, about="Về việc khác"))
    ward.letters.issue(made, on=TODAY)
    with ward.store.reading() as connection:
        tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                told = " ".join(one.decode("utf-8", "ignore") if isinstance(one, bytes) else str(one) for one in row)
                assert named(told) == [], table


def test_what_is_written_from_a_sitting_or_its_conclusion_names_nobody_who_denounced_there(ward: OpenOffice) -> None:
    sitting = sitting_of(ward)
    visit = secret_visit(ward, sitting=sitting.id)
    ward.sittings.hold(sitting.id)
    ward.sittings.write_minutes(sitting.id, minutes=f"{SECRET.name} trình bày", result="Giao xác minh")
    minutes = drafted(ward, "sitting-minutes", LetterSubject.SITTING, sitting.id)
    assert named(texts(minutes)) == [] and "Trần Văn Chủ Trì" in texts(minutes)
    conclusion = ward.conclusions.change(
        replace(conclusion_of(ward, sitting), content=f"Mời {SECRET.name} làm việc", reception=visit.id)
    ).value
    notice = drafted(ward, "conclusion-notice", LetterSubject.CONCLUSION, conclusion.id)
    assert named(texts(notice)) == []


def test_who_only_reads_opens_writes_and_prints_nothing(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    visit = secret_visit(office)
    made = issued(office, "denunciation-forwarded-notice", RECEPTION, visit.id)
    draft = drafted(office, "forward-denunciation", RECEPTION, visit.id)
    looker = Officer(id="c" * 32, office=office.office.id, name="Đỗ Thị Xem", right=OfficerRight.VIEWER)
    add_officer(office, looker, PASSWORD + "2", PASSWORD)
    office.close()
    looking = open_office(office.home, PASSWORD + "2", officer=looker.id, now=Clock())
    desk = looking.letters
    acts: tuple[Callable[[], Any], ...] = (
        lambda: desk.open(made.id, WHY),
        lambda: desk.open_identity(RECEPTION, visit.id, WHY),
        lambda: desk.save(draft),
        lambda: desk.issue(draft, on=TODAY),
        lambda: desk.print(made),
        lambda: desk.spoil(made.id, "In sai tên"),
        lambda: desk.discard(draft.id, "không cần"),
        lambda: looking.own_texts.save(looking.own_texts.blank("guidance")),
    )
    for number, act in enumerate(acts):
        with pytest.raises(Refused) as told:
            act()
        assert told.value.code in ("only_reads", "reveal_right"), number
    assert not looking.may("letter.save") and not looking.may("letter.print")
    looking.close()
