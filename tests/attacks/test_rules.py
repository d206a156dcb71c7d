"""R1 to R5, W10, W13, W16, and attacks that the design did not list: C15 to C19, W17, W18."""

from __future__ import annotations

import base64
import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop import i18n
from tcd_desktop.i18n import _
from tcd_desktop.sync.dsse import PayloadType, sign, verify
from tcd_desktop.sync.keys import DeviceKeys, OfficeKeys
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import REFUSAL_SENTENCES, Code
from tcd_desktop.sync.return_meta import ReturnMeta
from tests.attacks.books import Books, history_of, line
from tests.offices import DRAFT, SECRET, SECRET_WORDS, enrol, make_office
from tests.sync.offices import World, operations
from tests.sync.refusal import refused


def refuse(books: Books, forged: bytes | list[bytes], *codes: str) -> None:
    """The ward's own PC has signed it, and still nothing of the bundle is taken."""
    before = books.state()
    result = books.take(books.forge(books.ward, [forged] if isinstance(forged, bytes) else forged))
    assert (result.outcome, result.code in codes) == ("refused", True), result
    assert books.state() == before and books.district.check() == []


def next_of(books: Books) -> int:
    return history_of(books.ward)[0].seq + 1


def test_r1_a_refused_file_changes_nothing_but_the_ledger_of_files(books: Books) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    before, entries = books.state(), len(books.district.inbox.ledger())
    whole = written.path.read_bytes()
    broken = books.stick / "broken.tcdb"
    for content in (b"", whole[:-1], whole[:500] + b"\x00" * (len(whole) - 500), whole + b"x", b"%PDF-1.7"):
        broken.write_bytes(content)
        assert books.take(broken).outcome == "refused" and books.state() == before
    told = books.district.inbox.ledger()
    assert len(told) == entries + 5 and all(one.outcome == "refused" and one.code and one.sha256 for one in told[:5])
    assert not list((books.district.home / "inbox").glob("*.part"))


def test_r2_every_code_has_a_sentence_and_a_next_step_in_vietnamese() -> None:
    assert set(REFUSAL_SENTENCES) == set(Code)
    i18n.set_language("vi")
    for code, (what, step) in REFUSAL_SENTENCES.items():
        assert what.endswith(".") and step.endswith("."), code
        assert _(what) != "" and _(step) != "" and "E_" not in _(what) + _(step), code


def test_r3_nothing_received_is_deleted_from_the_stick(books: Books, tmp_path: Path) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    content = written.path.read_bytes()
    for _time in range(2):
        books.take(written.path)
        assert written.path.read_bytes() == content
    broken = books.stick / "broken.tcdb"
    broken.write_bytes(content[:-1])
    books.take(broken)
    assert broken.read_bytes() == content[:-1]


def test_r4_what_is_old_is_only_warned_of_and_what_is_forged_is_refused(world: World, tmp_path: Path) -> None:
    from datetime import date

    old = world.enrol(("HN", "HBT", "HBT-009"), not_before=date(2019, 1, 1), not_after=date(2020, 1, 1))
    world.write(tmp_path / "old.tcdb", operations(2), sender=old)
    assert world.read(tmp_path / "old.tcdb").flags.renew
    stranger = DeviceKeys.generate()
    world.write(
        tmp_path / "forged.tcdb", operations(2), sender=replace(world.ward, certificate=old.certificate, keys=old.keys)
    )
    with refused(Code.SIGNATURE):
        verify(
            sign(b"{}", PayloadType.MANIFEST, stranger.signing),
            PayloadType.MANIFEST,
            {old.keys.signing.key_id},
            limit=999,
        )


def test_r5_no_name_message_or_log_line_shows_a_denouncer(books: Books, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    books.ward.receptions.log(SECRET)
    (written,) = books.ward.outbox.export(books.stick)
    broken = books.stick / "broken.tcdb"
    broken.write_bytes(written.path.read_bytes()[:-1])
    told = [repr(books.take(broken)), repr(books.take(written.path)), caplog.text, repr(books.district.inbox.ledger())]
    told += [path.name for path in books.stick.iterdir()] + [repr(books.district.inbox.inspect(written.path))]
    assert not any(word in one for word in SECRET_WORDS for one in told)


def test_w10_a_burnt_pc_is_followed_by_a_new_one_and_what_was_confirmed_is_safe(books: Books, tmp_path: Path) -> None:
    visit = books.log()
    books.send()
    replacement = make_office(tmp_path / "new")
    try:
        enrol(replacement, books.district, books.stick)
        assert replacement.keyring.device.device_id != books.ward.keyring.device.device_id
        late = replacement.receptions.log(DRAFT).value
        files = [one.path for one in replacement.outbox.export(books.stick)]
        assert {one.outcome for one in books.district.inbox.take(files)} == {"applied"}
        assert {visit.id, late.id} <= set(books.visits()) and late.book_number != visit.book_number
    finally:
        replacement.close()


def test_w13_a_stolen_stick_shows_an_office_code_and_numbers_and_nothing_else(books: Books) -> None:
    books.ward.receptions.log(SECRET)
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    name = r"TCD_P-01_[0-9a-f]{8}_e1_\d{6}-\d{6}_v1of1\.tcdb"
    assert re.fullmatch(name, written.path.name)
    content = written.path.read_bytes()
    words = (*SECRET_WORDS, DRAFT.name, DRAFT.id_number, DRAFT.phone, "reception", "P-01", books.ward.keyring.device_id)
    for word in words:
        for shape in (word.encode("utf-8"), base64.b64encode(word.encode("utf-8"))[:-4]):
            assert shape not in content


def test_w16_a_stolen_key_of_the_office_opens_nothing_that_is_written_after_two_changes(
    world: World, tmp_path: Path
) -> None:
    stolen = OfficeKeys.generate()
    later = stolen.rotated().rotated()
    thief = replace(world.district, office_keys=stolen, keys=DeviceKeys.generate())
    before, after = tmp_path / "before.tcdb", tmp_path / "after.tcdb"
    world.write(before, operations(2), recipients=[stolen.current.public, stolen.next.public])
    world.write(after, operations(2), recipients=[later.current.public, later.next.public])
    assert world.read(before, reader=thief).manifest.last == 2, "an old stick is readable for the thief"
    with refused(Code.RECIPIENT):
        world.read(after, reader=thief)
    owner = replace(world.district, office_keys=later)
    assert world.read(before, reader=owner).manifest.last == world.read(after, reader=owner).manifest.last == 2


@pytest.mark.parametrize("record", ["return", "2026-11-23", "zz" * 16, "1", "A" * 40, "AB" * 16])
@pytest.mark.parametrize("at", [2, 4])
def test_c15_a_visit_or_case_whose_id_is_no_id_is_refused_and_stops_no_import(
    books: Books, record: str, at: int
) -> None:
    books.log()
    _chain, lines = history_of(books.ward)
    chosen = next(one for one in lines if json.loads(one)["table"] in ("reception", "petition")[at // 4 :])
    forged = json.loads(chosen) | {"record": record, "seq": next_of(books)}
    refuse(books, json.dumps(forged, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), "E_SCHEMA")


def test_c16_a_change_that_changes_nothing_is_refused(books: Books) -> None:
    visit = books.log()
    empty = line("reception", visit.id, next_of(books), kind="set", after={}, before={}, base={})
    refuse(books, empty, "E_SCHEMA")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_c17_a_day_of_another_age_is_kept_aside_and_stops_no_import(books: Books, day: str) -> None:
    visit = books.log()
    change = line(
        "reception", visit.id, next_of(books), kind="set", after={"date": day}, before={"date": visit.date.isoformat()}
    )
    seq = next_of(books)
    assert books.take(books.forge(books.ward, [change])).outcome == "applied"
    assert books.visits()[visit.id].date == visit.date and books.quarantined() == [("E_RANGE", seq)]
    assert books.district.check() == []


@pytest.mark.parametrize("field", ["roots", "revocations", "office_keys"])
def test_c18_an_answer_with_letters_where_a_signed_line_should_be_is_refused_with_a_code(
    books: Books, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.log()
    books.send()
    from tcd_desktop.sync import outbox

    def lying(meta: ReturnMeta) -> bytes:
        from tcd_desktop.sync.return_meta import encode_return_meta

        value: Any = ["Ủy ban"] if field == "roots" else "Ủy ban"
        return encode_return_meta(replace_field(meta, field, value))

    monkeypatch.setattr(outbox, "encode_return_meta", lying)
    answer = next(one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01")
    result = books.ward.inbox.take([answer])[0]
    assert (result.outcome, result.code) == ("refused", "E_SCHEMA")


def replace_field(meta: ReturnMeta, name: str, value: Any) -> ReturnMeta:
    import msgspec

    return msgspec.structs.replace(meta, **{name: value})


def test_w17_signatures_of_strangers_beside_the_right_one_change_nothing(world: World) -> None:
    payload, right = b'{"a":1}', world.ward.keys.signing
    strangers = [DeviceKeys.generate().signing for _ in range(DEFAULT.signatures)]
    found = verify(
        sign(payload, PayloadType.MANIFEST, right, *strangers[:3]), PayloadType.MANIFEST, {right.key_id}, limit=99_999
    )
    assert found.signers == {right.key_id}
    with refused(Code.SIGNATURE):
        verify(sign(payload, PayloadType.MANIFEST, *strangers[:3]), PayloadType.MANIFEST, {right.key_id}, limit=99_999)
    with refused(Code.LIMIT):
        verify(
            sign(payload, PayloadType.MANIFEST, right, *strangers), PayloadType.MANIFEST, {right.key_id}, limit=99_999
        )


def test_w18_a_file_name_that_lies_about_its_sender_is_believed_by_nobody(books: Books) -> None:
    visit = books.log(books.other)
    (written,) = books.other.outbox.export(books.stick)
    lying = written.path.with_name("TCD_P-01_00000000_e9_000001-999999_v1of1.tcdb")
    written.path.rename(lying)
    result = books.take(lying)
    assert (result.outcome, result.sender) == ("applied", "P-02") and books.visits()[visit.id].office == "P-02"
