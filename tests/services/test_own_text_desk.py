"""The words an office uses instead of the shipped ones: from a day on, checked, taken back; issued letters stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.open_office import OpenOffice
from tests.offices import make_office
from tests.services.letters import TODAY, drafted, guidance, visit_of

RECEPTION = LetterSubject.RECEPTION


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield office
    office.close()


def test_a_new_letter_has_the_offices_own_words_and_an_issued_one_keeps_what_it_had(ward: OpenOffice) -> None:
    visit = visit_of(ward)
    before = guidance(ward, visit)
    own = replace(ward.own_texts.blank("guidance"), body=("Kính mong {citizen_name} xem trên cổng thông tin.",))
    saved = ward.own_texts.save(own).value
    made = drafted(ward, "guidance", RECEPTION, visit.id)
    assert made.adapted and made.body == ("Kính mong Nguyễn Văn Đức xem trên cổng thông tin.",)
    assert made.addressees and made.about
    kept = ward.letters.find(before.id)
    assert kept is not None and kept.body == before.body and not kept.adapted
    assert ward.own_texts.kinds() == {"guidance"} and ward.own_texts.in_force("guidance", TODAY) == saved


def test_words_for_a_day_to_come_wait_for_it(ward: OpenOffice) -> None:
    later = replace(ward.own_texts.blank("guidance"), body=("Mới.",), since=TODAY + timedelta(days=3))
    ward.own_texts.save(later)
    assert not drafted(ward, "guidance", RECEPTION, visit_of(ward).id).adapted
    assert ward.own_texts.in_force("guidance", TODAY + timedelta(days=3)) is not None


def test_words_of_the_same_day_replace_each_other(ward: OpenOffice) -> None:
    for words in ("Một.", "Hai."):
        ward.own_texts.save(replace(ward.own_texts.blank("guidance"), body=(words,)))
    assert [one.body for one in ward.own_texts.of_kind("guidance")] == [("Hai.",)]


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [("Ông {citizen_nme}", "unknown_variable", "{citizen_nme}"), ("Một {", "lone_brace", ""), ("", "missing", "")],
)
def test_a_variable_that_nothing_fills_is_named_before_anything_is_printed(
    ward: OpenOffice, words: str, code: str, named: str
) -> None:
    own = replace(ward.own_texts.blank("guidance"), body=(words,) if words else ())
    with pytest.raises(DraftRefused) as told:
        ward.own_texts.save(own)
    problem = told.value.problems["body"]
    assert problem.code == code and named in str(problem.facts.get("names", ""))
    assert ward.own_texts.of_kind("guidance") == []


def test_back_to_the_shipped_words_and_back_again_by_undo(ward: OpenOffice) -> None:
    visit = visit_of(ward)
    saved = ward.own_texts.save(replace(ward.own_texts.blank("guidance"), body=("Riêng.",))).value
    ward.own_texts.withdraw(saved.id, "dùng mẫu gốc")
    assert not drafted(ward, "guidance", RECEPTION, visit.id).adapted
    with pytest.raises(Refused) as told:
        ward.own_texts.withdraw(saved.id, "lần nữa")
    assert told.value.code == "unknown_record"
    ward.undo.undo()
    assert ward.own_texts.in_force("guidance", TODAY) is not None


def test_the_shipped_words_of_a_kind_that_is_not_there_are_refused(ward: OpenOffice) -> None:
    with pytest.raises(Refused) as told:
        ward.own_texts.blank("khong-co")
    assert told.value.code == "no_form"
    assert ward.own_texts.in_force("guidance", date(2020, 1, 1)) is None
