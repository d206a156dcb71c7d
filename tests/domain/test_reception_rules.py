"""What stops the saving of a visit and what is only doubtful."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time
from typing import Any

import pytest

from tcd_desktop.domain.problems import Problem, blocking
from tcd_desktop.domain.receptions.reception import REQUIRED, Paper, ReceptionDraft
from tcd_desktop.domain.receptions.reception_rules import (
    GROUND_KINDS,
    LONG_TEXTS,
    REFUSAL_GROUNDS,
    WRITTEN_GROUNDS,
)
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    IdKind,
    PaperCondition,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    Sex,
    Signing,
)
from tcd_desktop.law import refusal_grounds

TODAY = date(2026, 11, 23)
GOOD = ReceptionDraft(
    name="Nguyễn Thị Hồng Đức",
    birth_date="1985-09-02",
    sex=Sex.FEMALE,
    id_kind=IdKind.CITIZEN_CARD,
    id_number="001185012345",
    id_issued=date(2022, 4, 15),
    id_place="Bộ Công an",
    address="Số 12, ngõ 5, phường Bạch Mai, Hà Nội",
    phone="0912 345 678",
    date=TODAY,
    time=time(8, 30),
    end_time=time(9, 0),
    receiver_name="Trần Văn An",
    content="Khiếu nại việc thu hồi đất.\nLần thứ nhất.",
    request="Xem xét lại.",
    classification=Classification.COMPLAINT,
    has_petition=True,
    direction=Direction.ACCEPT,
    documents=(Paper("Đơn khiếu nại", 2),),
)


def problems(**changes: Any) -> dict[str, Problem]:
    return dict(replace(GOOD, **changes).problems(TODAY))


def stops(field: str, code: str, **changes: Any) -> None:
    found = problems(**changes)
    assert found[field].code == code and not found[field].warning


def warns(field: str, code: str, **changes: Any) -> None:
    found = problems(**changes)
    assert found[field].code == code and found[field].warning
    assert not blocking(found)


def test_a_complete_visit_has_no_problem() -> None:
    assert problems() == {}


def test_an_empty_draft_names_every_field_of_the_form() -> None:
    found = blocking(ReceptionDraft(kind=None, form=None, date=None).problems(TODAY))
    assert set(found) == set(REQUIRED)
    assert {problem.code for problem in found.values()} == {"missing"}


def test_blanks_are_nothing() -> None:
    stops("content", "missing", content=" \n ")


# --- days ---------------------------------------------------------------------------------------------


def test_a_visit_of_tomorrow_is_stopped() -> None:
    stops("date", "future_date", date=date(2026, 11, 24))


def test_a_visit_of_long_ago_is_doubtful() -> None:
    warns("date", "old_date", date=date(2025, 11, 21))
    assert problems(date=date(2025, 11, 23)) == {}


def test_a_visit_does_not_end_before_it_begins() -> None:
    stops("end_time", "end_before_start", end_time=time(8, 29))
    assert problems(end_time=time(8, 30)) == {}


# --- identity -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("birth", ["02/09/1985", "85", "1985-13-01", "1985-02-30", "1985-9-2", "19850902"])
def test_a_birth_date_is_a_year_or_a_day(birth: str) -> None:
    stops("birth_date", "birth_date_form", birth_date=birth)


def test_a_birth_date_may_be_a_year_or_nothing() -> None:
    assert problems(birth_date="1985") == {}
    assert problems(birth_date="") == {}


def test_nobody_is_born_tomorrow_and_hardly_anybody_is_130() -> None:
    stops("birth_date", "future_date", birth_date="2026-11-24")
    warns("birth_date", "birth_date_old", birth_date="1896", id_number="C1234567", id_kind=IdKind.PASSPORT)


def test_a_missing_number_stops_whatever_the_note_says() -> None:
    stops("id_number", "missing", id_number="", note="Quên ở nhà")


def test_a_missing_number_passes_with_another_paper_and_a_reason() -> None:
    stops("id_number", "id_reason_needed", id_number="", id_kind=IdKind.OTHER)
    warns("id_number", "no_id_number", id_number="", id_kind=IdKind.OTHER, note="Mất giấy tờ, có xác nhận")


def test_a_doubtful_number_or_telephone_only_warns() -> None:
    warns("id_number", "id_birth_year", birth_date="1958-09-02", id_issued=None)
    warns("phone", "phone_form", phone="12345")


def test_a_paper_is_not_issued_tomorrow_nor_before_the_birth() -> None:
    stops("id_issued", "future_date", id_issued=date(2026, 11, 24))
    warns("id_issued", "issued_before_birth", id_issued=date(1984, 1, 1))


# --- roles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "high"), [(5, 2), (10, 2), (11, 5)])
def test_five_people_or_more_appoint_representatives(people: int, high: int) -> None:
    warns("role", "group_representatives", people=people)
    assert problems(people=people)["role"].facts == {"people": people, "high": high}
    assert problems(people=4) == {}


@pytest.mark.parametrize("people", [0, -1, 100_001])
def test_the_number_of_people_is_possible(people: int) -> None:
    stops("people", "people_range", people=people)


# --- denunciations ------------------------------------------------------------------------------------

SECRET = {"classification": Classification.DENUNCIATION}


def test_a_denunciation_online_and_one_forwarded_by_word_of_mouth_are_doubtful() -> None:
    warns("form", "denunciation_online", form=ReceptionForm.ONLINE, **SECRET)
    told = {"has_petition": False, "read_back": True, "signing": Signing.SIGNED}
    forward = {"direction": Direction.FORWARD, "forwarded_to": "Công an phường"}
    warns("direction", "denunciation_guide", **told, **forward, **SECRET)


# --- who received, what was recorded -------------------------------------------------------------------


def test_a_delegate_names_who_delegated() -> None:
    stops("delegated_by", "missing", receiver_rank=ReceiverRank.DELEGATE)
    assert problems(receiver_rank=ReceiverRank.DELEGATE, delegated_by="Chủ tịch UBND phường") == {}


@pytest.mark.parametrize("kind", [ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC])
def test_a_reception_of_the_head_by_an_officer_is_doubtful(kind: ReceptionKind) -> None:
    warns("receiver_rank", "head_receives", kind=kind)
    assert problems(kind=kind, receiver_rank=ReceiverRank.HEAD) == {}


def test_what_was_told_is_read_back_and_signed() -> None:
    found = problems(has_petition=False)
    assert {name: problem.code for name, problem in found.items()} == {
        "read_back": "read_back_needed",
        "signing": "signing_needed",
    }
    assert not blocking(found)
    assert problems(has_petition=False, read_back=True, signing=Signing.FINGERPRINT) == {}


def test_a_record_that_nobody_signed_says_why() -> None:
    told = {"has_petition": False, "read_back": True, "signing": Signing.UNSIGNED}
    stops("unsigned_reason", "missing", **told)
    assert problems(**told, unsigned_reason="Công dân bỏ về") == {}


# --- directions ---------------------------------------------------------------------------------------


def test_guidance_and_forwarding_ask_for_the_office_and_stop_nothing() -> None:
    warns("guided_to", "missing", direction=Direction.GUIDE)
    warns("forwarded_to", "missing", direction=Direction.FORWARD)


def test_a_letter_is_not_forwarded_tomorrow_nor_before_the_visit() -> None:
    forward = {"direction": Direction.FORWARD, "forwarded_to": "UBND thành phố"}
    stops("forwarded_on", "future_date", **forward, forwarded_on=date(2026, 11, 24))
    stops("forwarded_on", "before_visit", **forward, forwarded_on=date(2026, 11, 20))
    assert problems(**forward, forwarded_on=TODAY) == {}


def test_grounds_here_and_grounds_of_the_data_are_the_same() -> None:
    grounds = refusal_grounds()
    assert {ground.code for ground in grounds} == REFUSAL_GROUNDS
    assert {ground.code for ground in grounds if ground.written} == WRITTEN_GROUNDS
    limited = {g.code: g.applies_to for g in grounds if g.applies_to != tuple(Classification)}
    assert limited == GROUND_KINDS


# --- papers and texts ---------------------------------------------------------------------------------


def test_each_paper_is_named_and_counted() -> None:
    papers = (Paper("Đơn"), Paper(" "), Paper("Ảnh", 0), Paper("Sổ đỏ", 4, PaperCondition.ORIGINAL))
    found = problems(documents=papers)
    assert {name: (problem.code, problem.warning) for name, problem in found.items()} == {
        "documents.1.name": ("missing", False),
        "documents.2.pages": ("pages_range", False),
        "documents.3.condition": ("original_paper", True),
    }


def test_a_papers_name_is_text_like_any_other() -> None:
    assert problems(documents=(Paper("a\x00b"),))["documents.0.name"].code == "bad_character"
    assert problems(documents=(Paper("a" * 501),))["documents.0.name"].code == "too_long"


@pytest.mark.parametrize("name", [f.name for f in fields(ReceptionDraft) if f.type == "str" and f.name != "birth_date"])
def test_no_text_is_endless_or_hides_characters(name: str) -> None:
    limit = LONG_TEXTS.get(name, 500)
    assert problems(**{name: "a" * (limit + 1)})[name].code == "too_long"
    assert name not in blocking(problems(**{name: "a" * limit}))
    assert problems(**{name: "a\u202eb"})[name].code == "bad_character"
    assert problems(**{name: "a\0b"})[name].code == "bad_character"


def test_a_name_has_one_line_and_content_many() -> None:
    stops("name", "bad_character", name="Nguyễn\nVăn A")
    assert problems(content="một\n\thai") == {}


def test_what_stops_is_told_before_what_is_doubtful() -> None:
    stops("phone", "bad_character", phone="123\0")
