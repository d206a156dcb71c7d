"""The act of signing a print: what is kept, what is refused; with stand-ins, and with the real libraries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pytest import RaisesExc

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.signature import (
    CertificateFacts,
    Picture,
    Place,
    SignatureCheck,
    SignerRole,
    SigningRequest,
    Trust,
)
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.letters.signing_desk import SigningDesk
from tcd_desktop.signatures.issuers import trust_issuer, trusted_issuers
from tcd_desktop.signatures.key_file import open_key_file
from tests.offices import DRAFT, MONDAY, SECRET, make_office
from tests.signatures.issuers import PASSWORD, authority, issue, key_file, needs_extra, root_of

FACTS = CertificateFacts(name="Trần Thị Ẩn", since=datetime(2020, 1, 1), until=datetime(2030, 1, 1))
PERSON, OFFICE = SignerRole.PERSON, SignerRole.OFFICE


class StandIn:
    """A key whose signature is its name at the end of the file."""

    def __init__(self, facts: CertificateFacts = FACTS) -> None:
        self.certificate = facts

    def close(self) -> None:
        """Nothing is held."""


def sign(pdf: bytes, key: StandIn, request: SigningRequest) -> bytes:
    assert request.at == MONDAY and request.location == "Thử Nghiệm"
    return pdf + f"|{key.certificate.name}".encode()


def check(pdf: bytes) -> tuple[SignatureCheck, ...]:
    names = [part.decode("utf-8", "replace") for part in pdf.split(b"|")[1:]]
    return tuple(
        SignatureCheck(
            certificate=replace(FACTS, name=name),
            role=None,
            at=MONDAY,
            intact=True,
            changed_after=False,
            trust=Trust.UNKNOWN,
        )
        for name in names
    )


def picture_on(_pdf: bytes, png: bytes, _role: SignerRole, name: str) -> Picture:
    assert name == "Lê Thị Thử"
    return Picture(png, Place(0, 1, 2, 3, 4))


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


def desk_of(ward: OpenOffice, officer: Officer | None = None, *, checks: object = check) -> SigningDesk:
    # pipes of a PDF would be taken for signatures
    return SigningDesk(
        ward.store,
        ward.blobs,
        office=ward.office,
        officer=officer or ward.officer,
        sign=sign,
        check=checks,  # type: ignore[arg-type]
        picture_on=picture_on,
        now=ward.now,
    )


def printed(ward: OpenOffice, draft: object = DRAFT) -> IssuedDocument:
    visit = ward.receptions.log(draft).value  # type: ignore[arg-type]
    return ward.slips.print(visit.id).value.document


def plain(ward: OpenOffice, document: IssuedDocument) -> IssuedDocument:
    """The same print with content that holds no pipe."""
    with ward.store.unit(act="slip.print", officer=ward.officer.id) as unit:
        after = unit.change(document, sha256=ward.blobs.put(b"PDF"))
        unit.commit()
    return after


def refused(code: str) -> RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_signature_is_one_act_beside_the_print_and_the_printed_pdf_stays(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    desk = desk_of(ward)
    done = desk.sign(document.id, StandIn(), role=PERSON)
    after = done.value.document
    assert (after.signed_by, after.signed_at) == ("Trần Thị Ẩn", MONDAY)
    assert done.act == "issued_document.sign" and done.entry
    assert ward.blobs.get(after.sha256) == b"PDF"
    assert desk.pdf_of(after) == done.value.pdf != b"PDF"
    assert ward.check() == []


def test_the_office_signs_what_the_person_has_signed_and_both_are_named(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    desk = desk_of(ward)
    desk.sign(document.id, StandIn(), role=PERSON)
    after = desk.sign(document.id, StandIn(replace(FACTS, name="UBND phường")), role=OFFICE).value.document
    assert after.signed_by == "Trần Thị Ẩn; UBND phường"
    assert [one.certificate.name for one in desk.check(after)] == ["Trần Thị Ẩn", "UBND phường"]


def test_a_signature_is_never_taken_back(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    desk_of(ward).sign(document.id, StandIn(), role=PERSON)
    step = ward.undo.next_undo()
    assert step is not None and step.act == "issued_document.sign" and step.fixed
    with refused("not_reversible"):
        ward.undo.undo(step.entry)


def test_a_picture_is_placed_over_the_name_that_is_printed(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    seen: list[SigningRequest] = []

    def watching(pdf: bytes, key: StandIn, request: SigningRequest) -> bytes:
        seen.append(request)
        return sign(pdf, key, request)

    desk = SigningDesk(
        ward.store,
        ward.blobs,
        office=ward.office,
        officer=ward.officer,
        sign=watching,
        check=check,
        picture_on=picture_on,
        now=ward.now,
    )
    desk.sign(document.id, StandIn(), role=PERSON, picture=b"PNG")
    assert seen[0].picture == Picture(b"PNG", Place(0, 1, 2, 3, 4))


def test_what_does_not_hold_when_examined_is_not_kept(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    for wrong in (lambda _pdf: (), lambda pdf: tuple(replace(one, intact=False) for one in check(pdf))):
        with refused("signing_failed"):
            desk_of(ward, checks=wrong).sign(document.id, StandIn(), role=PERSON)
    assert ward.store.find(IssuedDocument, document.id) == document


def test_who_only_looks_signs_nothing_and_a_clerk_no_denunciation(ward: OpenOffice) -> None:
    looker = replace(ward.officer, right=OfficerRight.VIEWER)
    clerk = replace(ward.officer, right=OfficerRight.CLERK)
    document, secret = plain(ward, printed(ward)), plain(ward, printed(ward, SECRET))
    with refused("only_reads"):
        desk_of(ward, looker).sign(document.id, StandIn(), role=PERSON)
    with refused("reveal_right"):
        desk_of(ward, clerk).sign(secret.id, StandIn(), role=PERSON)
    with refused("unknown_record"):
        desk_of(ward).sign("f" * 32, StandIn(), role=PERSON)
    assert desk_of(ward).sign(secret.id, StandIn(), role=PERSON).value.document.signed_by == "Trần Thị Ẩn"


def test_a_spoilt_print_is_not_signed(ward: OpenOffice) -> None:
    document = plain(ward, printed(ward))
    with ward.store.unit(act="slip.spoil", officer=ward.officer.id) as unit:
        unit.change(document, spoilt="giấy kẹt trong máy in")
        unit.commit()
    with refused("print_spoilt"):
        desk_of(ward).sign(document.id, StandIn(), role=PERSON)


@needs_extra
def test_with_the_real_libraries_a_slip_is_signed_and_the_issuer_trusted_when_told_so(
    ward: OpenOffice, tmp_path: Path
) -> None:
    issuer = authority()
    document = printed(ward)
    person = issue(issuer, "Lê Thị Thử")
    with open_key_file(key_file(tmp_path / "k.p12", person, issuer), PASSWORD) as key:
        after = ward.signing.sign(document.id, key, role=PERSON, picture=png()).value.document
        with refused("already_signed"):
            ward.signing.sign(document.id, key, role=PERSON)
    (before,) = ward.signing.check(after)
    assert before.trust is Trust.UNKNOWN and before.intact and not before.changed_after
    assert trusted_issuers(ward.issuers_folder) == ()
    certificate = tmp_path / "ca.cer"
    certificate.write_bytes(root_of(issuer))
    assert trust_issuer(ward.issuers_folder, certificate).name == "Cơ quan cấp chứng thư thử"
    assert ward.signing.check(after)[0].good
    assert ward.check() == []


@needs_extra
def test_the_stamp_of_the_office_covers_a_third_of_the_signature(ward: OpenOffice, tmp_path: Path) -> None:
    import pypdf

    issuer, document = authority(), printed(ward)
    files = {role: tmp_path / f"{role}.p12" for role in SignerRole}
    for role, name in ((PERSON, "Lê Thị Thử"), (OFFICE, "UBND phường P-01")):
        key_file(files[role], issue(issuer, name), issuer)
    with open_key_file(files[OFFICE], PASSWORD) as stamp:
        with refused("picture_no_place"):
            ward.signing.sign(document.id, stamp, role=OFFICE, picture=png((425, 425), dpi=300))
        with refused("picture_no_size"):
            ward.signing.sign(document.id, stamp, role=OFFICE, picture=png((425, 425)))
    with open_key_file(files[PERSON], PASSWORD) as key:
        ward.signing.sign(document.id, key, role=PERSON, picture=png())
    with open_key_file(files[OFFICE], PASSWORD) as stamp:
        done = ward.signing.sign(document.id, stamp, role=OFFICE, picture=png((425, 425), dpi=300))
    assert [one.role for one in ward.signing.check(done.value.document)] == [PERSON, OFFICE]
    page = pypdf.PdfReader(BytesIO(done.value.pdf)).pages[0]
    name, seal = ([float(edge) for edge in one.get_object()["/Rect"]] for one in page["/Annots"])  # type: ignore[attr-defined]
    assert 34 < (seal[2] - seal[0]) / 72 * 25.4 < 38, "36 mm of 425 points at 300 dpi"
    assert 0.25 < (seal[2] - name[0]) / (name[2] - name[0]) < 0.4


@needs_extra
@pytest.mark.parametrize("png_bytes", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\0" * 40])
def test_a_picture_that_is_none_is_told_so(ward: OpenOffice, tmp_path: Path, png_bytes: bytes) -> None:
    issuer, document = authority(), printed(ward)
    with (
        open_key_file(key_file(tmp_path / "k.p12", issue(issuer, "Lê Thị Thử"), issuer), PASSWORD) as key,
        refused("picture_not_read"),
    ):
        ward.signing.sign(document.id, key, role=PERSON, picture=png_bytes or b"x")


def png(size: tuple[int, int] = (400, 160), *, dpi: int = 0) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGBA", size, (0, 0, 200, 160)).save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()
