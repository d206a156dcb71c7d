"""W19: what a revoked PC wrote later is taken in up to a place or left out, by a person; both leave a line."""

from __future__ import annotations

import pytest

from tcd_desktop.domain.key_decision import KeyDecision, KeyStep
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.journal import digest, journal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.refusals import BundleRefused
from tcd_desktop.sync.scope import WARD_TABLES
from tests.attacks.books import Books, forge, history_of, line
from tests.offices import reopen


def revoked(books: Books, later: int = 2) -> tuple[str, int, list[str]]:
    """A lost PC: (its id, its last trusted entry, the visits it logged afterwards, which have come and are aside)."""
    books.log()
    books.send()
    device, trusted = books.ward.keyring.device_id, history_of(books.ward)[0].seq
    books.district.keys.revoke(device, reason="lost", note="Mất khi chuyển trụ sở")
    visits = [books.log().id for _number in range(later)]
    assert books.send().outcome == "applied"
    assert {code for code, _seq in books.quarantined()} == {"E_REVOKED"}
    return device, trusted, visits


def decisions(books: Books) -> list[KeyDecision]:
    return sorted(books.district.store.all(KeyDecision), key=lambda one: one.id)


def steps(books: Books) -> set[tuple[KeyStep, str]]:
    return {(one.step, one.reason) for one in decisions(books)}


def trusted_through(books: Books, device: str) -> int | None:
    return required_membership(books.district.store).revocations.trusted_through(device, 1)


def test_w19_a_revocation_is_a_line_of_the_journal_with_who_which_pc_why_and_when(books: Books) -> None:
    device, trusted, _visits = revoked(books)
    (line_of_it,) = decisions(books)
    assert (line_of_it.step, line_of_it.device, line_of_it.unit) == (KeyStep.REVOKED, device, "P-01")
    assert (line_of_it.why, line_of_it.last) == ("lost", trusted) and "trụ sở" in line_of_it.reason
    (told,) = books.district.store.read(lambda connection: journal.history(connection, line_of_it.id))
    assert told.act == "keys.revoke" and told.officer == books.district.officer.id
    assert told.at.year == 2026
    assert books.district.check() == []


def test_w19_entries_are_taken_in_up_to_a_place_and_the_trust_now_ends_there(books: Books) -> None:
    device, trusted, visits = revoked(books)
    aside = [seq for _code, seq in books.quarantined()]
    middle = aside[len(aside) // 2 - 1]
    version = required_membership(books.district.store).revocations.version
    done = books.district.keys.take_in(device, 1, middle, reason="Đã đối chiếu với sổ giấy").value
    assert done.received == middle - trusted == done.new + done.updated
    assert visits[0] in books.visits() and visits[1] not in books.visits()
    assert trusted_through(books, device) == middle
    assert required_membership(books.district.store).revocations.version == version + 1
    assert [seq for _code, seq in books.quarantined()] == aside[aside.index(middle) + 1 :]
    books.district.keys.take_in(device, 1, aside[-1], reason="Cũng đã đối chiếu")
    assert set(visits) <= set(books.visits()) and books.quarantined() == []
    assert (KeyStep.TAKEN_IN, "Đã đối chiếu với sổ giấy") in steps(books)
    books.district = reopen(books.district)
    assert books.district.check() == []
    before = books.state()
    assert books.send(full=True).outcome in ("applied", "already") and books.state() == before, "twice is once"


def test_w19_what_is_left_out_stays_kept_with_its_reason_and_can_be_taken_in_after_all(books: Books) -> None:
    device, trusted, visits = revoked(books)
    left = books.district.keys.leave_out(device, 1, trusted + 1, reason="Ghi sau khi máy mất").value
    assert left == len(books.quarantined()) and {code for code, _seq in books.quarantined()} == {"E_LEFT_OUT"}
    assert (KeyStep.LEFT_OUT, "Ghi sau khi máy mất") in steps(books) and trusted_through(books, device) == trusted
    before = books.state()
    books.send(full=True)
    assert books.state() == before, "the same stick again does not bring them back"
    books.district.inbox.try_again()
    assert {code for code, _seq in books.quarantined()} == {"E_LEFT_OUT"}
    books.district.keys.take_in(device, 1, trusted + left, reason="Tìm lại được máy")
    assert set(visits) <= set(books.visits()) and books.quarantined() == [] and books.district.check() == []


def test_what_is_left_out_hides_no_table_from_the_sums_of_the_books(books: Books) -> None:
    device, trusted, _visits = revoked(books)
    with books.district.store.reading() as connection:
        before = digest.sums(connection, "P-01", WARD_TABLES)
    books.district.keys.leave_out(device, 1, trusted + 1, reason="Ghi sau khi máy mất")
    with books.district.store.reading() as connection:
        assert digest.sums(connection, "P-01", WARD_TABLES) == before
    assert "reception" in before


def test_w19_nothing_is_decided_without_a_reason_nor_about_entries_that_are_not_there(books: Books) -> None:
    device, _trusted, _visits = revoked(books)
    last = books.quarantined()[-1][1]
    before = books.state()
    for act in (books.district.keys.take_in, books.district.keys.leave_out):
        with pytest.raises(Refused, match="reason_needed"):
            act(device, 1, last, reason="  ")
        with pytest.raises(Refused, match="nothing_kept"):
            act(device, 1, last + 7, reason="x" * 20)
        with pytest.raises(Refused, match="nothing_kept"):
            act(new_id(), 1, last, reason="x" * 20)
    with pytest.raises(Refused, match="not_superior"):
        books.ward.keys.take_in(device, 1, last, reason="x" * 20)
    assert books.state() == before


def test_w19_taking_in_gives_a_revoked_pc_no_more_than_a_bundle_would(books: Books) -> None:
    books.log()
    books.send()
    chain, true = history_of(books.ward)
    books.district.keys.revoke(chain.device, reason="stolen")
    foreign = line("device", "d" * 32, chain.seq + 1, after={"unit": "P-02", "series": "C"})
    assert books.take(forge(books.ward, books.stick / "f.tcdb", [foreign], whole=true)).code == "E_SCOPE"
    wrong = line("reception", "e" * 32, chain.seq + 1, after={"content": "x", "number": -1, "year": 2026})
    books.take(forge(books.ward, books.stick / "g.tcdb", [wrong], whole=true))
    done = books.district.keys.take_in(chain.device, 1, chain.seq + 1, reason="Đã xem từng dòng").value
    assert done.refused == 1 and books.quarantined() == [("E_RANGE", chain.seq + 1)]
    assert "e" * 32 not in books.visits() and books.district.check() == []


def test_w19_entries_that_were_changed_where_they_are_kept_are_not_taken_in(books: Books) -> None:
    device, _trusted, _visits = revoked(books)
    aside = books.quarantined()
    with books.district.store.writing() as connection:
        connection.exec_driver_sql("UPDATE quarantine SET line = ? WHERE seq = ?", (b"{}", aside[-1][1]))
    before = books.state()
    with pytest.raises(BundleRefused, match="E_CHAIN"):
        books.district.keys.take_in(device, 1, aside[-1][1], reason="Đã đối chiếu")
    assert books.state() == before


@pytest.mark.parametrize("text", ["\x00\x07 lý do", "\u202egnơưhp", "a\u0301" * 20, "\ud800 nửa chữ", "<b>&\n\t" * 900])
def test_w19_any_text_as_a_reason_is_kept_cleanly_or_refused_and_then_nothing_is_changed(
    books: Books, text: str
) -> None:
    device, trusted, _visits = revoked(books)
    before = books.state()
    try:
        books.district.keys.take_in(device, 1, trusted + 1, reason=text)
    except Refused:
        assert books.state() == before
    else:
        assert books.district.check() == [] and len(decisions(books)) == 2
