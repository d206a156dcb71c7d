"""An entry the superior keeps aside is told until it is corrected and the correction is confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.not_taken import NotTaken, not_taken
from tests.attacks.books import Books
from tests.offices import DRAFT


@pytest.fixture
def refused(books: Books) -> Reception:
    """A visit whose change of note the superior keeps aside, and the ward has read that."""
    visit = books.ward.receptions.log(DRAFT).value
    books.ward.receptions.amend(visit.id, replace(DRAFT, note="sai"))
    books.send()
    keep_aside_last(books)
    answer(books)
    return visit


def keep_aside_last(books: Books) -> None:
    """As if the last entry of the ward had held a day nobody can mean."""
    with books.ward.store.reading() as connection:
        chain = journal.own_chain(connection)
        sql = "SELECT hash, line FROM journal WHERE chain = ? AND seq = ?"
        digest, line = connection.exec_driver_sql(sql, (chain.id, chain.seq)).one()
    with books.district.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO quarantine (hash, device, epoch, seq, code, line, at) VALUES (?, ?, ?, ?, 'E_FOREIGN', ?, ?)",
            (digest, chain.device, chain.epoch, chain.seq, line, "2026-11-23T09:00:00"),
        )


def answer(books: Books) -> None:
    answers = [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]
    assert [one.outcome for one in books.ward.inbox.take(answers)] == ["applied"]


def told(books: Books, record: str = "") -> list[NotTaken]:
    return books.ward.store.read(lambda connection: not_taken(connection, record))


def test_it_is_told_of_its_record_and_of_no_other(books: Books, refused: Reception) -> None:
    (one,) = told(books, refused.id)
    assert (one.table, one.record, one.corrected) == ("reception", refused.id, False)
    assert told(books) == [one] and told(books, "another") == []


def test_another_field_written_later_mends_nothing(books: Books, refused: Reception) -> None:
    books.ward.receptions.amend(refused.id, replace(DRAFT, note="sai", request="Xin trả lời sớm"))
    (one,) = told(books, refused.id)
    assert not one.corrected


def test_the_same_field_written_anew_is_corrected_and_gone_with_the_receipt(books: Books, refused: Reception) -> None:
    books.ward.receptions.amend(refused.id, replace(DRAFT, note="đúng"))
    (one,) = told(books, refused.id)
    assert one.corrected, "on its way"
    books.send()
    assert told(books, refused.id)[0].corrected, "a written stick is not yet an answer"
    answer(books)
    assert told(books) == [], "although the superior still keeps the old entry aside"
    assert len(books.quarantined()) == 1
