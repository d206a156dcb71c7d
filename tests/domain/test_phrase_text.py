"""What calls a phrase, which fit, and what their variables stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import VARIABLES, as_key, call_in, filled, fitting, is_key, values_of
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.receptions.reception_rules import MULTILINE_FIELDS
from tcd_desktop.domain.terms import Classification, Sex
from tcd_desktop.phrases import shipped_phrases

TODAY = date(2026, 11, 23)
DRAFT = ReceptionDraft(
    name="Nguyễn Thị Ẩn", sex=Sex.FEMALE, birth_date="1968-09-05", classification=Classification.COMPLAINT,
    id_number="001168012345", date=date(2026, 9, 5), time=time(8, 30), receiver_name="Đỗ Thị Quỹ",
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "call"),
    [("/", ""), ("/thu", "thu"), ("Nội dung: /kn-", "kn-"), ("(/x", "x"), ("\t/đất", "đất"), ("a, /b", "b")],
)
def test_a_slash_at_the_beginning_of_a_word_calls(before: str, call: str) -> None:
    assert call_in(before) == call


@pytest.mark.parametrize("before", ["", "và/hoặc", "5/9", "/thu ly", "http://", "a/", "/thu/", "1/"])
def test_a_slash_elsewhere_calls_nothing(before: str) -> None:
    assert call_in(before) is None


def phrase(key: str, text: str = "Nội dung", fields: str = "") -> Phrase:
    return Phrase(id=key, office="P", key=key, text=text, fields=fields)


def test_what_is_meant_for_the_field_and_begins_so_comes_first() -> None:
    known = [phrase("b-thu", fields="note"), phrase("thu-b"), phrase("thu-a", fields="content"), phrase("x", "Thụ lý")]
    assert [one.key for one in fitting(known, "thu", "content")] == ["thu-a", "thu-b", "x", "b-thu"]
    assert [one.key for one in fitting(known, "THỤ", "note")] == ["b-thu", "thu-b", "x", "thu-a"]
    assert len(fitting(known, "", "note")) == 4 and not fitting(known, "zz", "note")


def test_variables_are_filled_and_unknown_ones_left_blank() -> None:
    values = values_of(DRAFT, TODAY)
    told = filled("{ong_ba} {ten} ({nam_sinh}) ngày {ngay} lúc {gio}, gặp {can_bo}: {dia_chi} {khac} {", values)
    assert told == "Bà Nguyễn Thị Ẩn (1968) ngày 05/09/2026 lúc 08:30, gặp Đỗ Thị Quỹ: … {khac} {"


def test_a_braced_value_is_not_filled_again() -> None:
    values = values_of(replace(DRAFT, name="{dia_chi}", address="Bí mật"), TODAY)
    assert filled("{ten}", values) == "{dia_chi}"


@pytest.mark.parametrize("classification", [None, Classification.DENUNCIATION])
def test_nothing_of_a_denouncer_gets_into_a_text(classification: Classification | None) -> None:
    draft = replace(DRAFT, classification=classification, address="Số 9", phone="0987654321")
    told = filled(" ".join(f"{{{name}}}" for name in VARIABLES), values_of(draft, TODAY))
    for secret in (draft.name, draft.id_number, "1968", "Số 9", "0987", "Bà"):
        assert secret not in told
    assert "05/09/2026" in told


def test_names_can_be_typed_with_every_typing_tool() -> None:
    assert is_key("kn-lan2") and not is_key("thụ-lý") and not is_key("Thu") and not is_key("") and not is_key("a b")
    assert as_key("  Thụ lý, đơn!") == "thu-ly-don"


def test_the_shipped_phrases_are_well_made() -> None:
    shipped = shipped_phrases()
    assert len(shipped) >= 20 and len({one.key for one in shipped}) == len(shipped)
    for one in shipped:
        assert is_key(one.key) and one.text and not one.id
        assert set(one.fields.split()) <= MULTILINE_FIELDS
        assert "{" not in filled(one.text, {}), one.key
        for word in ("ww", "aa", "dd", "ee", "oo"):
            assert word not in one.key, "Telex would change the name while it is typed"
