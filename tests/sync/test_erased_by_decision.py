"""The content of a record erased by a decision is nowhere any more, at no office and no PC, and never comes back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tcd_desktop.domain.erasure import CHOSEN, KEPT, Erasure, kept_fields
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import DATABASE, OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.store.journal import erasing, journal
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.sync import books_compared
from tests.bad_inputs import TEXTS
from tests.offices import DRAFT, SECRET, enrol, make_office, reopen

WORDS = ("Đặng Quỳnh Xanhlơ", "001056777888", "Ngõ Biếncđi", "Kêu vềviệc zặng")
TOLD = replace(DRAFT, name=WORDS[0], id_number=WORDS[1], address=WORDS[2], content=WORDS[3])
DAY = date(2026, 11, 20)
PAGE, RESERVED, VECTOR = 4096, 80, 16


def erase(office: OpenOffice, visit: Reception) -> list[Erasure]:
    return office.erasing.erase(
        "reception", visit.id, number="12/QĐ-UBND", decided_on=DAY, reason="Theo yêu cầu của chủ thể dữ liệu"
    ).value


def plain(office: OpenOffice) -> bytes:
    """Every page of the database, used or free, decrypted as SQLCipher lays it out, and its write-ahead log."""
    key = bytes.fromhex(KEYS[office.home])
    found = []
    data = (office.home / DATABASE).read_bytes()
    for start in range(0, len(data), PAGE):
        page = data[start + (VECTOR if start == 0 else 0) : start + PAGE]
        found.append(decrypted(page, key))
    log = office.home / f"{DATABASE}-wal"
    frames = log.read_bytes()[32:] if log.exists() else b""
    for start in range(0, len(frames), PAGE + 24):
        found.append(decrypted(frames[start + 24 : start + 24 + PAGE], key))
    return b"".join(found)


def decrypted(page: bytes, key: bytes) -> bytes:
    body, vector = page[:-RESERVED], page[-RESERVED : -RESERVED + VECTOR]
    reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return reader.update(body) + reader.finalize()


KEYS: dict[Path, str] = {}


@pytest.fixture(autouse=True)
def keys_are_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys under which databases are opened, so that a test can look at their pages."""
    from tcd_desktop.store import engine

    prepare = engine._prepare

    def noting(connection: Any, key: bytes, *, in_memory: bool) -> None:
        prepare(connection, key, in_memory=in_memory)
        if not in_memory:
            (row,) = connection.execute("PRAGMA database_list").fetchall()
            KEYS[Path(row[2]).parent] = key.hex()

    monkeypatch.setattr(engine, "_prepare", noting)
    monkeypatch.setattr(engine, "BUSY_MS", 500)  # a test here waits for it in vain
    yield
    KEYS.clear()


def forms(word: str) -> set[bytes]:
    from tcd_desktop.domain.language.text import fold

    return {word.encode(), fold(word).encode(), *(part.encode() for part in fold(word).split() if len(part) > 5)}


def found_words(office: OpenOffice) -> set[str]:
    pages = plain(office)
    assert b"CREATE TABLE" in pages, "the pages are read"
    return {word for word in WORDS if any(form in pages for form in forms(word))}


def carry(ward: OpenOffice, district: OpenOffice, stick: Path, *, full: bool = False) -> None:
    up = district.inbox.take([one.path for one in ward.outbox.export(stick, full=full)])
    assert [(one.outcome, one.code) for one in up] == [("applied", "")] * len(up)
    down = ward.inbox.take([one.path for one in district.outbox.export(stick)])
    assert [(one.outcome, one.code) for one in down] == [("applied", "")] * len(down)


def test_s5_the_words_are_in_no_page_of_any_database_and_the_chain_still_verifies(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    visit = ward.receptions.log(TOLD).value
    ward.receptions.amend(visit.id, replace(TOLD, request=f"{WORDS[3]} một lần nữa"))
    ward.recycle.remove("reception", visit.id, "ghi nhầm người")
    carry(ward, district, stick)
    assert found_words(ward) == found_words(district) == set(WORDS)
    made = erase(ward, visit)
    assert {"reception", "citizen"} <= {one.kind for one in made}
    assert found_words(ward) == set()
    assert ward.check() == []
    carry(ward, district, stick)
    assert found_words(district) == set()
    assert district.check() == []
    for office in (ward, district):
        left = office.store.find(Reception, visit.id)
        assert left is not None and (left.name, left.number) == ("", visit.number) and "12/QĐ-UBND" in left.removed
    assert ward.store.read(lambda c: ROWS["reception"].some(c, "1")) == district.store.read(
        lambda c: ROWS["reception"].some(c, "1")
    )


def test_s5_an_office_that_never_had_the_record_gets_only_the_hashes(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    visit = ward.receptions.log(TOLD).value
    erase(ward, visit)
    carry(ward, district, stick)
    assert found_words(district) == set() and district.check() == []
    carry(ward, district, stick, full=True)
    assert ward.store.read(erasing.pending) is None and district.store.read(erasing.pending) is None


def test_s5_a_decision_of_the_superior_erases_at_the_ward_too(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    visit = ward.receptions.log(TOLD).value
    carry(ward, district, stick)
    erase(district, visit)
    assert found_words(district) == set()
    ward.receptions.log(DRAFT)
    carry(ward, district, stick)
    assert found_words(ward) == set() and ward.check() == [] and district.check() == []
    for full in (False, True):
        ward.receptions.log(DRAFT)
        carry(ward, district, stick, full=full)
        assert district.check() == []
        assert district.store.read(books_compared.differences) == {}
        assert ward.store.read(books_compared.difference) is None


def test_s5_what_another_pc_writes_later_of_the_record_is_kept_as_a_hash_only(
    tmp_path: Path, ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    second = make_office(tmp_path / "second")
    enrol(second, district, stick)
    try:
        second.receptions.log(DRAFT)
        assert ward.inbox.take([one.path for one in second.outbox.export(stick)])[0].outcome == "applied"
        ward.receptions.log(DRAFT)
        visit = ward.receptions.log(TOLD).value
        to_second = ward.outbox.export(stick)
        assert second.inbox.take([one.path for one in to_second])[0].outcome == "applied"
        district.inbox.take([one.path for one in to_second])
        erase(ward, visit)
        second.receptions.amend(visit.id, replace(TOLD, note=f"{WORDS[0]} lại đến"))
        late = second.outbox.export(stick)
        assert district.inbox.take([one.path for one in ward.outbox.export(stick)])[0].outcome == "applied"
        assert district.inbox.take([one.path for one in late])[0].outcome == "applied"
        assert found_words(district) == set() and district.check() == []
        assert ward.inbox.take([one.path for one in late])[0].outcome == "applied"
        assert found_words(ward) == set() and ward.check() == []
        taken = second.inbox.take([one.path for one in ward.outbox.export(stick, full=True)])
        assert taken[0].outcome == "applied"
        assert found_words(second) <= {"001056777888"} and second.check() == []
        with pytest.raises(Refused, match="erased"):
            second.receptions.amend(visit.id, TOLD)
        assert district.inbox.take([one.path for one in second.outbox.export(stick, full=True)])[0].outcome == "applied"
        assert found_words(district) == set() and district.check() == []
    finally:
        second.close()


def test_s5_papers_go_unless_another_record_holds_the_same_content(ward: OpenOffice) -> None:
    visit, other = ward.receptions.log(TOLD).value, ward.receptions.log(DRAFT).value
    alone = paper(ward, visit, b"alone")
    both = paper(ward, visit, b"both")
    assert paper(ward, other, b"both") == both
    erase(ward, visit)
    assert not ward.blobs.has(alone) and ward.blobs.has(both)
    assert ward.check() == []


def paper(office: OpenOffice, visit: Reception, content: bytes) -> str:
    return office.attachments.add("giay.txt", content, reception=visit.id).value.sha256


def test_s5_what_a_reader_kept_from_being_scoured_is_scoured_when_the_office_is_opened(ward: OpenOffice) -> None:
    ward.receptions.log(DRAFT)
    visit = ward.receptions.log(TOLD).value
    with ward.store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM reception").scalar_one()
        erase(ward, visit)
        assert ward.store.read(erasing.pending) is not None
    opened = reopen(ward)
    try:
        assert opened.store.read(erasing.pending) is None and found_words(opened) == set()
    finally:
        opened.close()


def test_a_denunciations_identity_goes_with_it(ward: OpenOffice) -> None:
    visit = ward.receptions.log(SECRET).value
    erase(ward, visit)
    left = ward.store.find(Reception, visit.id)
    assert left is not None and left.sealed is None and left.is_secret
    assert ward.check() == []


def test_a_decision_needs_its_number_its_day_and_its_reason_and_is_never_undone(ward: OpenOffice) -> None:
    visit = ward.receptions.log(TOLD).value
    given: dict[str, Any] = {"number": "1/QĐ", "decided_on": DAY, "reason": "đủ chữ"}
    for wrong, code in (
        ({"number": " "}, "decision_needed"),
        ({"decided_on": date(2027, 1, 1)}, "decision_future"),
        ({"reason": "x"}, "reason_needed"),
    ):
        with pytest.raises(Refused, match=code):
            ward.erasing.erase("reception", visit.id, **{**given, **wrong})
    ward.erasing.erase("reception", visit.id, **given)
    with pytest.raises(Refused, match="erased"):
        ward.erasing.erase("reception", visit.id, **given)
    with pytest.raises(Refused, match="erased"):
        ward.recycle.restore("reception", visit.id)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_whatever_is_typed_as_number_and_reason_erases_or_is_refused_with_a_sentence(
    ward: OpenOffice, name: str
) -> None:
    visit = ward.receptions.log(TOLD).value
    try:
        ward.erasing.erase("reception", visit.id, number=TEXTS[name], decided_on=DAY, reason=TEXTS[name])
    except Refused as refused:
        assert refusal_sentence(refused)
        assert ward.store.find(Reception, visit.id) == visit
    else:
        assert found_words(ward) == set()
    assert ward.check() == []


def test_an_import_that_brought_a_decision_is_not_taken_back(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(TOLD).value
    erase(ward, visit)
    carry(ward, district, stick)
    (line,) = [one for one in district.inbox.ledger() if one.kind == "ops"]
    with pytest.raises(Refused, match="undo_erased"):
        district.undo_import.undo(line.bundle, "nhập nhầm")


def test_s5_a_ward_that_withholds_entries_without_a_decision_is_found_out(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(TOLD).value
    erase(ward, visit)
    with ward.store.writing() as connection:
        connection.exec_driver_sql("UPDATE erasure SET record = ?", ("0" * 32,))
    district.inbox.take([one.path for one in ward.outbox.export(stick)])
    with district.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM erasure")
    assert "erased_without_decision" in {fault.code for fault in district.check()}


@pytest.mark.parametrize("unit", ["P-01", "P-02"])
def test_s5_a_ward_has_no_power_over_another_wards_records(
    ward: OpenOffice, district: OpenOffice, stick: Path, tmp_path: Path, unit: str
) -> None:
    visit = ward.receptions.log(TOLD).value
    carry(ward, district, stick)
    other = make_office(tmp_path / "other", code="P-02")
    try:
        enrol(other, district, stick)
        own = other.receptions.log(DRAFT).value
        kept = erasing.kept_text("reception", kept_fields("reception", own, "1/QĐ"))
        fake = Erasure(
            id="e" * 32, office="P-02", unit="P-02", kind="reception", record=own.id, number="1/QĐ",
            decided_on=DAY, reason="giả mạo", kept=kept,
        )  # fmt: skip
        monkey = replace(fake, unit=unit, record=visit.id)
        with other.store.unit(act="record.erase", officer="") as made:
            made.put(monkey)
            made.commit()
        result = district.inbox.take([one.path for one in other.outbox.export(stick)])[0]
        assert (result.outcome, result.balance.refused) == ("applied", 1)
        left = district.store.find(Reception, visit.id)
        assert left is not None and left.name == WORDS[0]
        lines = district.store.read(lambda c: journal.entries_of(c, "P-01", visit.id))
        assert lines and district.store.read(erasing.pending) is None
    finally:
        other.close()


def test_nothing_that_stays_of_a_record_tells_of_a_person() -> None:
    from tcd_desktop.domain.people.person import IDENTITY_FIELDS

    for table, names in KEPT.items():
        fields = {f.name for f in dataclasses.fields(RECORDS[table])}
        assert names <= fields and not names & set(IDENTITY_FIELDS), table
    assert KEPT.keys() >= CHOSEN


def test_lines_of_an_erased_record_are_read_as_what_stands_in_their_place(ward: OpenOffice) -> None:
    visit = ward.receptions.log(TOLD).value
    erase(ward, visit)
    lines = ward.store.read(lambda c: list(journal.lines_after(c, journal.own_chain(c), 0)))
    marks = [line for line in lines if line.startswith(b'{"erased"')]
    assert marks and all(visit.id.encode() in line or b"withheld" in line for line in marks)
