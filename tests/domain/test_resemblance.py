"""When two visits resemble each other, how much, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.people.resemblance import (
    PROPOSE_AT,
    STRONG_AT,
    Resemblance,
    Telling,
    address_percent,
    compare,
    compare_births,
    compare_numbers,
    content_percent,
    folded_words,
    telling,
)
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Classification

CONTENT = (
    "Hàng xóm tại số 14 ngõ 34 phố Thử Nghiệm xây nhà lấn ra ngõ đi chung từ tháng 3, "
    "tổ dân phố đã góp ý 2 lần nhưng không được, đề nghị phường kiểm tra."
)
OTHER = "Xin cấp lại giấy khai sinh cho cháu nội bị mất khi chuyển nhà, đã nộp hồ sơ mà chưa có kết quả trả lời."
VISIT = ReceptionDraft(
    name="Nguyễn Văn Đức",
    birth_date="1956-03-02",
    id_number="001056012345",
    address="Số 12 ngõ 34 phố Thử Nghiệm, phường Mẫu",
    phone="0912345678",
    content=CONTENT,
    classification=Classification.COMPLAINT,
)


def likeness(one: ReceptionDraft, other: ReceptionDraft, **known: object) -> Resemblance:
    return compare(telling(one), telling(other), **known)  # type: ignore[arg-type]


def codes(found: Resemblance) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_the_same_visit_again_scores_one_hundred_with_its_reasons() -> None:
    found = likeness(VISIT, replace(VISIT))
    assert found.score == 100 and found.strong
    assert {"same_id", "same_name_birth", "same_name_address", "same_phone", "similar_content"} == set(codes(found))


def test_a_visit_typed_without_accents_is_the_same() -> None:
    bare = replace(VISIT, name="NGUYEN VAN DUC", content=CONTENT.upper(), id_number="001 056 012 345")
    assert likeness(VISIT, bare).score == 100


def test_the_same_person_with_another_matter_is_no_duplicate() -> None:
    found = likeness(VISIT, replace(VISIT, content=OTHER))
    assert not found.proposed and found.score == 25


def test_while_the_content_is_not_typed_yet_the_person_alone_is_proposed() -> None:
    found = likeness(VISIT, replace(VISIT, content=""))
    assert found.proposed and not found.strong and codes(found)[0] == "same_id"


def test_a_common_name_alone_proposes_nothing_and_a_rare_one_is_a_weak_reason() -> None:
    namesake = ReceptionDraft(name=VISIT.name, content=OTHER)
    assert likeness(VISIT, namesake).reasons == ()
    found = likeness(VISIT, namesake, name_is_rare=True)
    assert codes(found) == ["rare_name"] and not found.proposed


def test_two_people_of_one_name_and_birthday_are_told_apart_by_their_numbers() -> None:
    namesake = replace(VISIT, id_number="001056777777", address="Số 9 phố Khác", phone="", content="")
    assert likeness(VISIT, namesake).score == 0
    slip = replace(namesake, id_number="001056012354")
    assert codes(likeness(VISIT, slip)) == ["same_name_birth", "near_id"]


def test_an_old_and_a_new_paper_may_be_one_person() -> None:
    found = likeness(VISIT, replace(VISIT, id_number="012345678", phone="", address=""))
    assert codes(found) == ["similar_content", "same_name_birth"]


def test_a_neighbour_with_the_same_matter_is_proposed_for_the_content() -> None:
    neighbour = ReceptionDraft(name="Trần Thị Ẩn", id_number="001166000001", address="Số 16 ngõ 34", content=CONTENT)
    found = likeness(VISIT, neighbour)
    assert codes(found) == ["similar_content"] and found.score == 50


def test_letters_of_one_pattern_about_another_place_are_not_proposed() -> None:
    pattern = CONTENT.replace("14", "208").replace("34", "7").replace("tháng 3", "tháng 9").replace("2 lần", "5 lần")
    found = likeness(VISIT, ReceptionDraft(name="Lê Thị Mẫu", content=pattern))
    assert codes(found) == ["same_pattern"] and not found.proposed


def test_rare_words_in_common_are_a_reason_with_the_words() -> None:
    one = ReceptionDraft(content="Nước thải của xưởng Hồng Kim chảy vào ngõ 34 cả tuần nay, mùi rất khó chịu.")
    other = ReceptionDraft(content="Xe của Hồng Kim chở hàng ban đêm gây ồn, dân không ngủ được, mong phường xử lý.")
    found = likeness(one, other, rare_words={"hong", "kim", "xuong"})
    assert codes(found) == ["same_matter"] and found.reasons[0].facts["words"] == "hong, kim"


def test_merged_citizens_count_as_one_person() -> None:
    other = ReceptionDraft(name="Nguyễn Văn Được", id_number="001056999999")
    assert codes(likeness(VISIT, other, same_citizen=True)) == ["same_citizen"]


def test_of_a_denunciation_nothing_but_the_content_is_compared() -> None:
    secret = replace(VISIT, classification=Classification.DENUNCIATION)
    told = telling(secret)
    assert told == Telling(words=folded_words(CONTENT + "\n"), secret=True)
    assert likeness(secret, replace(VISIT, content=OTHER)) == Resemblance()
    assert codes(likeness(secret, VISIT)) == ["similar_content"] and likeness(secret, VISIT).score == 100


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("001056012345", "001056012345", "same"),
        ("001056012345", "001056012354", "near"),
        ("001056012345", "001056012346", "near"),
        ("001056012345", "001056912349", "other"),
        ("001056012345", "012345678", "unknown"),
        ("", "001056012345", "unknown"),
        ("57", "57", "unknown"),
    ],
)
def test_numbers(one: str, other: str, expected: str) -> None:
    assert compare_numbers(one, other) == compare_numbers(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1956-03-02", "1956-03-02", "same_day"),
        ("1956-03-02", "1956", "same_year"),
        ("1956", "1956", "same_year"),
        ("1956-03-02", "1956-03-03", "other"),
        ("1956", "1957-01-01", "other"),
        ("", "1956", "unknown"),
    ],
)
def test_births(one: str, other: str, expected: str) -> None:
    assert compare_births(one, other) == compare_births(other, one) == expected


def test_another_house_in_the_same_lane_is_another_address() -> None:
    assert address_percent("so 12 ngo 34 pho thu nghiem", "so 14 ngo 34 pho thu nghiem") == 0
    assert address_percent("12 ngo 34, thu nghiem", "ngo 34 thu nghiem, 12") == 100


def test_a_content_told_in_another_order_or_with_slips_is_still_like_it() -> None:
    words = folded_words(CONTENT)
    turned = words[len(words) // 2 :] + words[: len(words) // 2]
    assert content_percent(words, turned) >= 90
    slips = tuple(word[:-1] + "x" if len(word) > 4 else word for word in words)
    assert content_percent(words, slips) >= 60


TEXT = st.text(alphabet="aăđeêngtrhịớ 0123456789", max_size=60)
DRAFTS = st.builds(
    ReceptionDraft,
    name=st.sampled_from(("", "Nguyễn Văn Đức", "Nguyen Van Duc", "Trần Thị Ẩn")),
    birth_date=st.sampled_from(("", "1956", "1956-03-02", "1970-01-01")),
    id_number=st.sampled_from(("", "001056012345", "001056012354", "012345678", "034170000001")),
    address=st.sampled_from(("", "Số 12 ngõ 34", "12 ngõ 34", "Số 5 phố Mẫu")),
    phone=st.sampled_from(("", "0912345678", "0987000111")),
    content=st.one_of(TEXT, st.sampled_from((CONTENT, OTHER, CONTENT + " " + OTHER))),
    classification=st.sampled_from(Classification),
)


@given(DRAFTS, DRAFTS, st.booleans(), st.booleans())
def test_the_score_is_symmetric_and_between_0_and_100(
    one: ReceptionDraft, other: ReceptionDraft, rare: bool, same: bool
) -> None:
    known = {"rare_words": {"ngo", "lan", "giay"}, "name_is_rare": rare, "same_citizen": same}
    found = likeness(one, other, **known)
    assert found == likeness(other, one, **known)
    assert 0 <= found.score <= 100
    assert found.proposed is (found.score >= PROPOSE_AT) and found.strong is (found.score >= STRONG_AT)
    assert bool(found.reasons) or found.score == 0


@given(DRAFTS.filter(lambda draft: bool(draft.content.split()) and any(c.isalnum() for c in draft.content)))
def test_whoever_tells_the_same_scores_one_hundred(draft: ReceptionDraft) -> None:
    if draft.name or draft.is_secret:
        assert likeness(draft, draft).score == 100


SYLLABLES = st.text(alphabet="abcdeghiklmnopqrstuvxy", min_size=2, max_size=5)


WORDS = st.lists(SYLLABLES, min_size=15, max_size=40, unique=True)


@given(WORDS, WORDS)
def test_noise_proposes_nothing(one: list[str], other: list[str]) -> None:
    if len(set(one) & set(other)) > 4:
        return
    first = ReceptionDraft(name="Nguyễn Văn Một", content=" ".join(one), phone="0911111111", id_number="001056000001")
    second = ReceptionDraft(name="Trần Thị Hai", content=" ".join(other), phone="0922222222", id_number="034170111112")
    assert not likeness(first, second).proposed


@given(DRAFTS, DRAFTS)
def test_no_reason_for_a_denunciation_names_the_person(one: ReceptionDraft, other: ReceptionDraft) -> None:
    secret = replace(one, classification=Classification.DENUNCIATION)
    assert set(codes(likeness(secret, other))) <= {"similar_content"}
