"""Duplicates proposed, links made and taken back, "not a duplicate" remembered, secrecy kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Classification, LinkKind, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.people.links import KINDS, allowed_kinds
from tests.offices import DRAFT, SECRET, SECRET_WORDS, make_office

LATER = replace(
    DRAFT,
    time=None,
    content="Hàng xóm lại tiếp tục xây nhà lấn ra ngõ đi chung, đã góp ý nhiều lần vẫn không được.",
    documents=(),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def proposed(office: OpenOffice, draft: ReceptionDraft, **known: object) -> list[str]:
    return [one.visit.id for one in office.links.propose(draft, **known)]  # type: ignore[arg-type]


def test_a_visit_like_one_in_the_book_is_proposed_with_score_and_reasons(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    (found,) = office.links.propose(LATER)
    assert found.visit.id == visit.id and found.visit.number == visit.book_number
    assert found.resemblance.score >= 80
    codes = {reason.code for reason in found.resemblance.reasons}
    assert {"same_id", "same_name_birth", "similar_content"} <= codes


@pytest.mark.parametrize(
    "typed",
    [
        ReceptionDraft(id_number=DRAFT.id_number),
        ReceptionDraft(id_number="001 056 012 345"),
        ReceptionDraft(name="nguyen van duc", birth_date="1956"),
        ReceptionDraft(name=DRAFT.name, address="12 ngõ 34, phố Thử Nghiệm"),
        ReceptionDraft(content=DRAFT.content),
    ],
    ids=["number", "number with blanks", "name and year", "name and address", "content"],
)
def test_each_kind_of_likeness_is_found_while_typing(office: OpenOffice, typed: ReceptionDraft) -> None:
    visit = office.receptions.log(DRAFT).value
    office.receptions.log(
        replace(DRAFT, name="Vũ Thị Xa", id_number="034170000001", content="Xin khai sinh.", phone="")
    )
    assert proposed(office, typed) == [visit.id]


def test_somebody_who_speaks_for_another_is_found_too(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, role=Role.RELATED)).value
    assert visit.citizen is None
    assert proposed(office, ReceptionDraft(name=DRAFT.name, birth_date=DRAFT.birth_date)) == [visit.id]


def test_a_visit_in_the_recycle_bin_is_not_proposed(office: OpenOffice) -> None:
    done = office.receptions.log(DRAFT)
    office.undo.undo(done.entry)
    assert proposed(office, LATER) == []


def test_a_saved_visit_does_not_propose_itself(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    again = office.receptions.log(LATER).value
    assert proposed(office, visit) == [again.id]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_link_goes_from_the_earlier_to_the_later_visit_and_back(
    office: OpenOffice, kind: LinkKind
) -> None:
    first, second = office.receptions.log(DRAFT).value, office.receptions.log(LATER).value
    done = office.links.link(second.id, first.id, kind, note="  Cùng   ngõ ")
    earlier, later = sorted((first, second), key=lambda visit: (visit.time is not None, visit.id))
    assert (done.value.earlier, done.value.later, done.value.kind) == (earlier.id, later.id, kind)
    (seen,) = office.links.links_of(later.id)
    assert (seen.other, seen.earlier) == (earlier, True)
    assert proposed(office, second) == []
    office.links.unlink(done.value.id, reason="Nhầm")
    assert office.links.links_of(first.id) == office.links.links_of(second.id) == []
    assert office.store.all(Link)[0].removed == "Nhầm"
    assert proposed(office, second) == [first.id]
    assert [line.act for line in office.cases.history(done.value.id)] == ["link.make", "link.take_back"]


def test_not_a_duplicate_is_remembered_in_both_directions_and_can_be_taken_back(office: OpenOffice) -> None:
    first, second = office.receptions.log(DRAFT).value, office.receptions.log(LATER).value
    done = office.links.mark_not_duplicate(first.id, second.id)
    assert proposed(office, first) == proposed(office, second) == []
    assert office.links.links_of(first.id) == []
    office.undo.undo(done.entry)
    assert proposed(office, first) == [second.id]


def test_another_kind_replaces_the_one_before_and_undo_brings_it_back(office: OpenOffice) -> None:
    first, second = office.receptions.log(DRAFT).value, office.receptions.log(LATER).value
    office.links.link(first.id, second.id, LinkKind.DUPLICATE)
    with pytest.raises(Refused, match="link_known"):
        office.links.link(second.id, first.id, LinkKind.DUPLICATE)
    office.links.link(first.id, second.id, LinkKind.CONTINUATION)
    assert [one.link.kind for one in office.links.links_of(first.id)] == [LinkKind.CONTINUATION]
    office.undo.undo()
    assert [one.link.kind for one in office.links.links_of(first.id)] == [LinkKind.DUPLICATE]


def test_decisions_on_an_unsaved_draft_are_not_proposed_again(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    assert proposed(office, LATER, without=(visit.id,)) == []


def test_links_that_make_no_sense_are_refused(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    for one, other, code in ((visit.id, visit.id, "link_self"), (visit.id, "nowhere", "unknown_record")):
        with pytest.raises(Refused) as refused:
            office.links.link(one, other, LinkKind.DUPLICATE)
        assert refused.value.code == code
    with pytest.raises(Refused, match="unknown_record"):
        office.links.unlink("nowhere")


# --- secrecy -------------------------------------------------------------------------------------------


def test_a_denunciation_is_found_by_its_content_alone_and_proposed_without_a_name(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    person = replace(SECRET, classification=Classification.COMPLAINT, content="Xin khai sinh cho cháu nội.")
    assert office.links.propose(person) == []
    told = ReceptionDraft(content=SECRET.content + " " + SECRET.request)
    (found,) = office.links.propose(replace(told, classification=Classification.DENUNCIATION))
    assert (found.visit.id, found.visit.name, found.visit.citizen) == (visit.id, "", None)
    assert [reason.code for reason in found.resemblance.reasons] == ["similar_content"]
    assert not any(word in repr(found) for word in SECRET_WORDS)


def test_the_same_words_in_an_open_visit_do_not_tell_who_denounced(office: OpenOffice) -> None:
    secret = office.receptions.log(SECRET).value
    visit = office.receptions.log(replace(SECRET, classification=Classification.COMPLAINT)).value
    assert visit.name == SECRET.name
    for asked in (secret, visit, SECRET, replace(SECRET, classification=None)):
        seen = office.links.propose(asked)
        assert all((one.visit.name == "") == asked.is_secret for one in seen), seen
    assert office.links.propose(secret) == office.links.propose(visit) == []


def test_who_denounces_is_not_laid_beside_their_open_visits_or_other_denunciations(office: OpenOffice) -> None:
    office.receptions.log(replace(SECRET, classification=Classification.COMPLAINT, content="Xin khai sinh cho cháu."))
    office.receptions.log(replace(SECRET, content="Tố cáo cán bộ nhận quà của doanh nghiệp xây dựng."))
    draft = replace(SECRET, content="Việc khác hẳn: nước thải của xưởng chảy ra đường cả tuần.", request="")
    assert office.links.propose(draft) == []
    assert office.links.propose(replace(draft, content="")) == []


def test_a_denunciation_and_an_open_visit_are_never_called_one_persons(office: OpenOffice) -> None:
    secret = office.receptions.log(SECRET).value
    visit = office.receptions.log(DRAFT).value
    for kind in set(LinkKind) - {LinkKind.SAME_MATTER}:
        with pytest.raises(Refused, match="link_secret"):
            office.links.link(secret.id, visit.id, kind)
    assert office.links.link(secret.id, visit.id, LinkKind.SAME_MATTER).value.kind is LinkKind.SAME_MATTER
    assert allowed_kinds(True, Classification.COMPLAINT) == allowed_kinds(False, Classification.DENUNCIATION)
    assert allowed_kinds(True, Classification.COMPLAINT) == (LinkKind.SAME_MATTER,)
    assert allowed_kinds(True, Classification.DENUNCIATION) == KINDS


def test_two_denunciations_may_be_linked_in_every_way(office: OpenOffice) -> None:
    first, second = office.receptions.log(SECRET).value, office.receptions.log(SECRET).value
    for kind in KINDS:
        office.links.link(first.id, second.id, kind)
    assert [one.link.kind for one in office.links.links_of(first.id)] == [KINDS[-1]]
