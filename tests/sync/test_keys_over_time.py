"""W3, W4, W11, W12, W14: certificates that end, keys that change, PCs that are revoked, through real bundles."""

from __future__ import annotations

from datetime import datetime

import pypdfium2 as pdfium
import pytest

from tcd_desktop.documents.key_sheet import KeySheet, draw_key_sheet
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.open_office.regain import regain
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.paper_key import row_is_right, rows_of, secret_of
from tcd_desktop.sync.refusals import BundleRefused
from tcd_desktop.sync.renewal import make_renewal, open_renewal
from tests.attacks.books import Books
from tests.offices import MONDAY, PASSWORD, SECRET, SECRET_WORDS, Clock, reopen

LATER = datetime(2029, 10, 1, 9, 0)
"""Within ninety days of the end of certificates issued on 23/11/2026."""


def set_clocks(books: Books, moment: datetime) -> None:
    for office in (books.ward, books.district):
        office.clock.moment = moment  # type: ignore[attr-defined]
        office.make_anew()


def up(books: Books) -> list[str]:
    files = [written.path for written in books.ward.outbox.export(books.stick)]
    return [result.outcome for result in books.district.inbox.take(files)]


def down(books: Books) -> list[str]:
    files = [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]
    outcomes = [result.outcome for result in books.ward.inbox.take(files)]
    books.ward.refresh()
    return outcomes


def certificate_end(office: OpenOffice) -> str:
    return required_membership(office.store).certificate.not_after


def test_w4_a_certificate_near_its_end_is_asked_for_in_the_bundle_and_comes_with_the_answer(books: Books) -> None:
    set_clocks(books, LATER)
    before = certificate_end(books.ward)
    books.log()
    assert up(books) == ["applied"]
    own, asking = [one for one in books.district.keys.devices() if one.wants]
    assert asking.device.unit == "P-01" and asking.state == "due" and not asking.new_keys
    assert own.device.unit == "Q", "an office that enrols others renews its own PC with the same button"
    assert len(books.district.keys.renew().value) == 2 and certificate_end(books.district) > before
    assert down(books) == ["applied"]
    assert certificate_end(books.ward) > before
    books.log()
    assert up(books) == ["applied"] and not any(one.wants for one in books.district.keys.devices())


def test_w4_a_certificate_that_has_ended_stops_nobody_and_the_page_says_so(books: Books) -> None:
    set_clocks(books, LATER.replace(year=2035))
    visit = books.log()
    assert up(books) == ["applied"] and visit.id in books.visits()
    assert {one.state for one in books.district.keys.devices()} == {"expired"}


def test_w4_a_request_for_renewal_can_be_carried_as_a_file(books: Books) -> None:
    with pytest.raises(Refused, match="no_renewal_due"):
        books.ward.keys.write_renewal(books.stick)
    set_clocks(books, LATER)
    file = books.ward.keys.write_renewal(books.stick)
    assert books.district.keys.read_renewal(file) == books.ward.keyring.device_id
    books.district.keys.renew()
    assert down(books) == ["applied"] and certificate_end(books.ward) == "2032-10-01"


def test_w11_a_pc_changes_its_keys_and_its_history_goes_on_in_the_same_epoch(books: Books) -> None:
    first = books.log()
    up(books)
    identity, old = books.ward.keyring.device_id, books.ward.keyring.device
    books.ward.keys.new_device_keys(PASSWORD)
    second = books.log()
    assert up(books) == ["applied"], "until the answer comes the old keys sign"
    (asking,) = [one for one in books.district.keys.devices() if one.wants]
    assert asking.new_keys
    books.district.keys.renew()
    assert down(books) == ["applied"]
    books.ward = reopen(books.ward)
    certificate = required_membership(books.ward.store).certificate
    assert certificate.device == identity and certificate.prior == old.signing.key_id
    assert certificate.sign_pub == books.ward.keyring.newest.sign_pub.hex() != old.sign_pub.hex()
    third = books.log()
    assert up(books) == ["applied"] and set(books.visits()) == {first.id, second.id, third.id}
    assert books.ward.store.read(journal.own_chain).epoch == 1 and down(books) == ["applied"]
    assert books.district.check() == [] and books.ward.outbox.waiting().operations == 0


def test_w11_a_bundle_signed_before_the_change_is_taken_after_it(books: Books) -> None:
    books.log()
    (early,) = books.ward.outbox.export(books.stick)
    late = books.stick / "late.tcdb"
    early.path.rename(late)
    books.ward.keys.new_device_keys(PASSWORD)
    up(books)
    books.district.keys.renew()
    down(books)
    books.log()
    assert up(books) == ["applied"] and books.take(late).outcome == "applied", "both certificates are valid"


def test_w11_new_keys_that_the_old_key_did_not_sign_for_are_refused(books: Books) -> None:
    known = required_membership(books.ward.store).certificate
    thief = DeviceKeys.generate()
    with pytest.raises(BundleRefused) as refused:
        open_renewal(make_renewal(known, thief, thief), known)
    assert refused.value.code == "E_SIGNATURE"
    file = books.stick / "thief.ren"
    file.write_bytes(make_renewal(known, thief, thief))
    with pytest.raises(BundleRefused):
        books.district.keys.read_renewal(file)
    assert not any(one.wants for one in books.district.keys.devices())


def test_w11_what_was_sealed_before_the_change_still_opens(books: Books) -> None:
    visit = books.ward.receptions.log(SECRET).value
    up(books)
    books.ward.keys.new_device_keys(PASSWORD)
    books.log()
    up(books)
    books.district.keys.renew()
    down(books)
    books.ward = reopen(books.ward)
    found = books.ward.store.find_own(Reception, visit.id)
    assert found is not None and books.ward._secrecy.open(found).name == SECRET_WORDS[0]


def test_w12_the_office_changes_its_keys_and_sticks_from_drawers_still_open(books: Books) -> None:
    secret = books.ward.receptions.log(SECRET).value
    (drawer,) = books.ward.outbox.export(books.stick)
    old = books.stick / "drawer.tcdb"
    drawer.path.rename(old)
    for _year in range(3):
        books.district.keys.rotate_office_keys(PASSWORD)
    assert books.take(old).outcome == "applied"
    found = books.district.store.find(Reception, secret.id)
    assert found is not None and books.district._secrecy.open(found).name == SECRET_WORDS[0]
    assert down(books) == ["applied"]
    receiver = required_membership(books.ward.store).receiver
    assert receiver.version == 4 and receiver.list == books.district.keys.office_keys()
    books.log()
    assert up(books) == ["applied"]


def test_w12_a_wrong_password_changes_no_key(books: Books) -> None:
    before = (books.district.home / "device.key").read_bytes()
    for act in (
        books.district.keys.rotate_office_keys,
        books.district.keys.rotate_root,
        books.district.keys.print_keys,
        books.district.keys.new_device_keys,
    ):
        with pytest.raises(Refused, match="wrong_password"):
            act("không phải mật khẩu")
    assert (books.district.home / "device.key").read_bytes() == before
    assert books.district.keys.root_version() == books.district.keys.office_keys().version == 1


def test_w14_a_new_root_travels_in_the_answers_and_is_trusted_step_by_step(books: Books) -> None:
    books.log()
    up(books)
    books.district.keys.rotate_root(PASSWORD)
    books.district.keys.rotate_root(PASSWORD, roles=True)
    assert down(books) == ["applied"]
    member = required_membership(books.ward.store)
    assert member.root.version == 3 and len(member.root.chain) == 3
    books.district = reopen(books.district)
    books.log()
    assert up(books) == ["applied"] and down(books) == ["applied"], "certificates of the old enroller still count"


def test_w3_a_lost_pc_is_revoked_and_what_it_writes_later_is_kept_aside_and_shown(books: Books) -> None:
    known = books.log()
    up(books)
    device = books.ward.keyring.device_id
    trusted = next(one for one in books.district.keys.devices() if one.device.id == device).seq
    books.district.keys.revoke(device, reason="stolen")
    late = books.log()
    assert up(books) == ["applied"] and set(books.visits()) == {known.id}
    (shown,) = [one for one in books.district.keys.devices() if one.device.id == device]
    assert (shown.state, shown.reason, shown.trusted) == ("revoked", "stolen", trusted)
    aside = books.district.keys.kept_aside(device)
    assert shown.kept_aside == len(aside) > 0 and {one.act for one in aside} == {"reception.log"}
    assert {one.seq for one in aside} == set(range(trusted + 1, trusted + 1 + len(aside)))
    assert late.name not in repr(aside)
    answers = books.district.outbox.export(books.stick, full=True)
    assert all(one.office != "P-01" for one in answers), "a stolen PC gets no more answers"
    with pytest.raises(Refused, match="already_revoked"):
        books.district.keys.revoke(device, reason="lost")


def test_w3_the_list_of_revoked_pcs_travels_in_the_answers_to_others(books: Books) -> None:
    books.send(books.other)
    device = books.ward.keyring.device_id
    books.district.keys.revoke(device, reason="lost", last_trusted=0)
    (answer,) = [one for one in books.district.outbox.export(books.stick) if one.office == "P-02"]
    assert [result.outcome for result in books.other.inbox.take([answer.path])] == ["applied"]
    assert required_membership(books.other.store).revocations.trusted_through(device, 7) == 0


def test_a_key_on_paper_comes_back_and_every_single_typing_error_is_found_in_its_row() -> None:
    secret = bytes(range(200, 232))
    rows = rows_of(secret)
    assert secret_of([row.replace(" ", "") for row in rows]) == secret
    for place, row in enumerate(rows):
        for at, sign in enumerate(row):
            for digit in "0123456789":
                if sign != " " and digit != sign:
                    assert not row_is_right(place, row[:at] + digit + row[at + 1 :])
    swapped = [rows[1], rows[0], *rows[2:]]
    with pytest.raises(Refused, match="paper_row"):
        secret_of(swapped)


def paper_of(books: Books) -> tuple[bytes, bytes]:
    paper = books.district.keys.print_keys(PASSWORD)
    return secret_of(paper.root), secret_of(paper.recovery)


def test_w12_an_office_whose_pc_burnt_is_put_together_from_its_database_and_the_sealed_paper(books: Books) -> None:
    books.log()
    up(books)
    root, recovery = paper_of(books)
    assert books.district.keys.printed() == (1, MONDAY.date())
    assert down(books) == ["applied"], "wards encrypt to the key in the safe from now on"
    secret = books.ward.receptions.log(SECRET).value
    (drawer,) = books.ward.outbox.export(books.stick)
    kept = books.stick / "kept.tcdb"
    drawer.path.rename(kept)
    home = books.district.home
    books.district.close()
    (home / "device.key").unlink()
    with pytest.raises(Refused, match="paper_other_key"):
        regain(home, PASSWORD, root=bytes(32), recovery=recovery, now=Clock())
    assert regain(home, PASSWORD, root=root, recovery=recovery, now=Clock()) == 2
    with pytest.raises(Refused, match="keys_are_there"):
        regain(home, PASSWORD, root=root, recovery=recovery, now=Clock())
    books.district = open_office(home, PASSWORD, now=Clock())
    assert books.take(kept).outcome == "applied", "what was encrypted before still opens"
    found = books.district.store.find(Reception, secret.id)
    assert found is not None and books.district._secrecy.open(found).name == SECRET_WORDS[0]
    assert set(down(books)) == {"applied"}
    member = required_membership(books.ward.store)
    assert member.root.version == 2
    books.log()
    assert up(books) == ["applied"] and set(down(books)) == {"applied"}
    assert books.ward.outbox.waiting().operations == 0 and books.district.check() == []


def test_the_sealed_paper_is_one_page_with_the_digits_and_lies_in_no_file(books: Books) -> None:
    paper = books.district.keys.print_keys(PASSWORD)
    pdf = draw_key_sheet(
        KeySheet(
            office=paper.office,
            code=paper.code,
            version=paper.version,
            day=paper.day,
            check=paper.check,
            root=paper.root,
            recovery=paper.recovery,
        )
    )
    document = pdfium.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    assert len(document) == 1 and all(" ".join(row.split()) in " ".join(text.split()) for row in paper.root)
    secrets = (secret_of(paper.root), secret_of(paper.recovery))
    for file in books.district.home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(secret in content or secret.hex().encode() in content for secret in secrets)
