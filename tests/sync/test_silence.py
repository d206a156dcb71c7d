"""How long there was no word from above, told rightly when clocks lie: this PC's, the superior's, both."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tcd_desktop import i18n
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.silence import BELIEVABLE, QUIET_DAYS, judged, silence
from tcd_desktop.ui.exchange.standing import silence_words, standing
from tests.attacks.books import Books

TODAY = date(2026, 11, 24)
LONG_AGO = date(1980, 1, 1)
FAR = date(2099, 1, 1)


def after(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("read_on", "signed_on", "days"),
    [
        (after(40), after(42), 40),  # both clocks are right: it was read after it was signed
        (after(0), after(3), 0),
        (FAR, after(42), 42),  # this PC's clock ran ahead when it read, and was set right since
        (LONG_AGO, after(42), 42),  # this PC's clock was behind when it read
        (after(40), FAR, 40),  # the superior's clock runs ahead
        (after(40), LONG_AGO, 40),  # the superior's clock is behind
        (FAR, FAR, None),  # nothing believable is left
    ],
)
def test_the_days_are_counted_from_what_can_be_true(read_on: date, signed_on: date, days: int | None) -> None:
    assert judged("Quận", [read_on, signed_on], TODAY, answered=True).days == days


def test_a_pc_whose_date_lies_before_the_last_word_tells_no_number_but_is_told() -> None:
    quiet = judged("Quận", [after(5), after(6)], LONG_AGO, answered=True)
    assert quiet.days is None and quiet.clock_in_doubt and quiet.to_tell
    i18n.set_language("en")
    words = silence_words(quiet, LONG_AGO)
    i18n.set_language(i18n.DEFAULT)
    assert "01/01/1980" in words and "18/11/2026" in words and "Set the date right" in words


@pytest.mark.parametrize(("days", "told"), [(0, False), (QUIET_DAYS, False), (QUIET_DAYS + 1, True), (400, True)])
def test_the_banner_begins_after_the_limit(days: int, told: bool) -> None:
    quiet = judged("Quận", [after(days)], TODAY, answered=True)
    assert quiet.to_tell is told and bool(silence_words(quiet, TODAY)) is told
    assert quiet.clock_in_doubt is (days > BELIEVABLE)


def test_more_than_a_year_is_rather_a_wrong_date_and_says_so() -> None:
    i18n.set_language("en")
    words = [silence_words(judged("Quận", [after(days)], TODAY, answered=True), TODAY) for days in (45, 26_000)]
    i18n.set_language(i18n.DEFAULT)
    assert "for 45 days" in words[0] and "24/11/2026" in words[0] and "Take a stick there" in words[0]
    assert "If that date is wrong" in words[1]


def test_a_ward_counts_from_its_joining_then_from_each_answer(tmp_path: Path) -> None:
    books = Books(tmp_path)
    member = required_membership(books.ward.store)
    joined = date.fromisoformat(member.certificate.not_before)

    def quiet(today: date) -> tuple[bool, int | None]:
        with books.ward.store.reading() as connection:
            found = silence(connection, member, today)
        return found.answered, found.days

    assert quiet(joined + timedelta(days=33)) == (False, 33)
    books.send()
    answers = [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]
    assert [one.outcome for one in books.ward.inbox.take(answers)] == ["applied"]
    read = books.ward.inbox.ledger()[0].at.date()
    assert quiet(read + timedelta(days=31)) == (True, 31)
    at = standing(books.ward)
    assert at.silence is not None and not at.silence.to_tell
    books.close()
