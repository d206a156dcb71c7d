"""Signing PDFs with a key file, and what is told when it cannot be done."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tcd_desktop.documents.receipt_slip import render_receipt_slip
from tcd_desktop.domain.letters.signature import Picture, Place, SignatureCheck, SignerRole, SigningRequest, Trust
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures import extra
from tcd_desktop.signatures.checking import check_pdf, trusted_root
from tcd_desktop.signatures.key_file import open_key_file
from tcd_desktop.signatures.keys import OpenKey
from tcd_desktop.signatures.signing import sign_pdf
from tests.documents.slips import SLIP
from tests.signatures.issuers import (
    NOW,
    PASSWORD,
    Issued,
    authority,
    issue,
    key_file,
    needs_extra,
    needs_pdfsig,
    root_of,
)

ROLE = SignerRole.PERSON
REQUEST = SigningRequest(role=ROLE, at=NOW, location="Thử Nghiệm")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_receipt_slip(SLIP)


@pytest.fixture(scope="module")
def issuer() -> Issued:
    return authority()


@pytest.fixture(scope="module")
def person(issuer: Issued) -> Issued:
    return issue(issuer)


@pytest.fixture
def key(tmp_path: Path, issuer: Issued, person: Issued) -> OpenKey:
    return open_key_file(key_file(tmp_path / "khóa.p12", person, issuer), PASSWORD)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.code


def one(pdf: bytes, *roots: bytes) -> SignatureCheck:
    checks = check_pdf(pdf, roots)
    assert len(checks) == 1
    return checks[0]


@needs_extra
def test_a_signed_pdf_begins_with_the_printed_one_and_says_who_signed_it_and_when(
    pdf: bytes, key: OpenKey, issuer: Issued
) -> None:
    signed = sign_pdf(pdf, key, REQUEST)
    assert signed.startswith(pdf) and len(signed) > len(pdf)
    check = one(signed, root_of(issuer))
    assert check.certificate.name == "Trần Thị Ẩn"
    assert check.certificate.organisation == "UBND phường Thử Nghiệm"
    assert check.certificate.issuer == "Cơ quan cấp chứng thư thử"
    assert (check.at, check.role) == (NOW, ROLE)
    assert check.good
    assert check_pdf(pdf) == ()


@needs_extra
def test_the_signature_is_pades_baseline(pdf: bytes, key: OpenKey) -> None:
    """ETSI EN 319 142-1: ETSI.CAdES.detached, the certificate bound by its hash, no signing time inside the CMS."""
    from asn1crypto import cms

    signed = sign_pdf(pdf, key, REQUEST)
    field = pypdf.PdfReader(BytesIO(signed)).get_fields() or {}
    value = field["ChuKyNguoiCoThamQuyen"]["/V"]
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"
    assert value["/M"] == "D:20261123093000+07'00'"
    inside = cms.ContentInfo.load(bytes(value["/Contents"]))["content"]
    kinds = {attribute["type"].native for attribute in inside["signer_infos"][0]["signed_attrs"]}
    assert "signing_certificate_v2" in kinds and "signing_time" not in kinds
    assert inside["signer_infos"][0]["digest_algorithm"]["algorithm"].native == "sha256"


@needs_extra
@needs_pdfsig
def test_poppler_agrees_that_the_signature_holds(pdf: bytes, key: OpenKey, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sign_pdf(pdf, key, REQUEST))
    told = pdfsig(path)
    assert "Signature is Valid." in told and "Trần Thị Ẩn" in told
    assert "Total document signed" in told and "ETSI.CAdES.detached" in told
    path.write_bytes(tampered(path.read_bytes()))
    assert "Digest Mismatch." in pdfsig(path)


def pdfsig(path: Path) -> str:
    """What the tool of poppler-utils says, certificates not asked of anybody."""
    command = ["pdfsig", "-nocert", str(path)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode("utf-8")


def tampered(signed: bytes) -> bytes:
    """One letter of the signed words changed, the length kept."""
    at = signed.index(b"stream") + 20
    return signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]


@needs_extra
def test_a_letter_changed_inside_breaks_the_signature(pdf: bytes, key: OpenKey, issuer: Issued) -> None:
    check = one(tampered(sign_pdf(pdf, key, REQUEST)), root_of(issuer))
    assert not check.intact and not check.good


@needs_extra
def test_a_page_added_afterwards_is_told(pdf: bytes, key: OpenKey, issuer: Issued) -> None:
    signed = sign_pdf(pdf, key, REQUEST)
    writer = pypdf.PdfWriter(BytesIO(signed), incremental=True)
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    check = one(out.getvalue(), root_of(issuer))
    assert check.intact and check.changed_after and not check.good
    assert refused(lambda: sign_pdf(out.getvalue(), key, REQUEST)) == "signed_and_changed"


@needs_extra
def test_the_office_signs_after_the_person_and_both_signatures_hold(
    pdf: bytes, key: OpenKey, issuer: Issued, tmp_path: Path
) -> None:
    office = issue(issuer, "UBND phường Thử Nghiệm")
    stamp = open_key_file(key_file(tmp_path / "dau.pfx", office, issuer), PASSWORD)
    later = SigningRequest(role=SignerRole.OFFICE, at=NOW + timedelta(minutes=5))
    both = sign_pdf(sign_pdf(pdf, key, REQUEST), stamp, later)
    checks = check_pdf(both, [root_of(issuer)])
    assert [check.role for check in checks] == [SignerRole.PERSON, SignerRole.OFFICE]
    assert all(check.good for check in checks)
    path = tmp_path / "both.pdf"
    path.write_bytes(both)
    assert refused(lambda: sign_pdf(both, key, REQUEST)) == "already_signed"


@needs_extra
def test_an_issuer_nobody_named_is_unknown_and_an_old_certificate_expired(
    pdf: bytes, key: OpenKey, issuer: Issued
) -> None:
    signed = sign_pdf(pdf, key, REQUEST)
    assert one(signed).trust is Trust.UNKNOWN
    assert one(signed, root_of(authority("Người khác"))).trust is Trust.UNKNOWN
    assert one(signed, root_of(issuer)).trust is Trust.TRUSTED


@needs_extra
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"days": (-700, -1)}, "certificate_expired"),
        ({"days": (1, 700)}, "certificate_not_yet"),
        ({"uses": ("key_encipherment",)}, "certificate_no_signing"),
    ],
)
def test_a_certificate_that_does_not_hold_signs_nothing(
    pdf: bytes, issuer: Issued, tmp_path: Path, more: dict[str, Any], code: str
) -> None:
    bad = open_key_file(key_file(tmp_path / "k.p12", issue(issuer, **more), issuer), PASSWORD)
    assert refused(lambda: sign_pdf(pdf, bad, REQUEST)) == code


@needs_extra
def test_a_wrong_password_is_told_and_stands_in_no_report(tmp_path: Path, issuer: Issued, person: Issued) -> None:
    path = key_file(tmp_path / "k.p12", person, issuer)
    with pytest.raises(Refused) as told:
        open_key_file(path, "nhầm-mật-khẩu")
    assert told.value.code == "key_password_wrong"
    assert told.value.__cause__ is None and told.value.__context__ is None
    assert "nhầm" not in repr(told.value.facts)
    assert refused(lambda: open_key_file(path, "")) == "key_password_wrong"


@needs_extra
def test_a_key_file_without_a_password_opens(tmp_path: Path, issuer: Issued, person: Issued) -> None:
    with open_key_file(key_file(tmp_path / "k.p12", person, issuer, password=""), "") as key:
        assert key.certificate.name == "Trần Thị Ẩn"


@needs_extra
@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 no key", b"\x30\x82\xff\xff" * 40, bytes(2_000_000)])
def test_a_file_that_is_no_key_file_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ảnh.p12"
    path.write_bytes(content)
    assert refused(lambda: open_key_file(path, PASSWORD)) == "key_file_not_read"
    assert refused(lambda: open_key_file(tmp_path / "none.p12", PASSWORD)) == "key_file_not_read"


@needs_extra
@pytest.mark.parametrize(
    "content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\nxref\n0 9\ntrailer<</Root 1 0 R>>"]
)
def test_a_damaged_pdf_is_told_so(content: bytes, key: OpenKey) -> None:
    assert refused(lambda: check_pdf(content)) == "pdf_not_read"
    assert refused(lambda: sign_pdf(content, key, REQUEST)) == "pdf_not_read"


@needs_extra
def test_a_signature_cut_short_or_replaced_by_rubbish_never_crashes(pdf: bytes, key: OpenKey) -> None:
    signed = sign_pdf(pdf, key, REQUEST)
    for cut in range(len(pdf) + 50, len(signed), 997):
        try:
            assert not any(check.good for check in check_pdf(signed[:cut]))
        except Refused as told:
            assert told.code == "pdf_not_read"
    start = signed.index(b"/Contents <") + 11
    broken = signed[:start] + b"3082" + b"00" * 200 + signed[start + 404 :]
    try:
        assert not any(check.good for check in check_pdf(broken))
    except Refused as told:
        assert told.code == "pdf_not_read"


@needs_extra
def test_a_picture_of_the_signature_stands_where_it_was_put(pdf: bytes, key: OpenKey, issuer: Issued) -> None:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGBA", (300, 120), (0, 0, 255, 128)).save(picture, "PNG")
    place = Place(page=0, left=350, bottom=120, right=450, top=160)
    request = SigningRequest(role=ROLE, at=NOW, picture=Picture(picture.getvalue(), place))
    signed = sign_pdf(pdf, key, request)
    assert one(signed, root_of(issuer)).good
    annotation = pypdf.PdfReader(BytesIO(signed)).pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    assert [round(float(edge)) for edge in annotation["/Rect"]] == [350, 120, 450, 160]
    assert bluish(pdf, place) == 0 and bluish(signed, place) > 0.5


def bluish(pdf: bytes, place: Place) -> float:
    """The part of the place that is more blue than red."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[place.page]
    image = page.render(scale=1).to_pil().convert("RGB")
    height = image.height
    box = image.crop((int(place.left), int(height - place.top), int(place.right), int(height - place.bottom)))
    pixels = list(box.get_flattened_data())
    page.close()
    document.close()
    return sum(blue > red + 20 for red, _green, blue in pixels) / len(pixels)


@needs_extra
def test_nothing_of_it_opens_a_connection(
    pdf: bytes, key: OpenKey, issuer: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)
    assert one(sign_pdf(pdf, key, REQUEST), root_of(issuer)).good


@needs_extra
def test_an_issuer_is_read_from_der_and_pem_and_a_person_is_none(issuer: Issued, person: Issued) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    der = root_of(issuer)
    assert trusted_root(der, "ca.cer") == trusted_root(issuer.certificate.public_bytes(Encoding.PEM), "ca.pem") == der
    assert refused(lambda: trusted_root(root_of(person), "x.cer")) == "root_no_issuer"
    assert refused(lambda: trusted_root(b"no certificate", "x.cer")) == "root_not_read"


def test_without_the_extra_it_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    assert not extra.installed()
    assert refused(lambda: open_key_file(tmp_path / "k.p12", "")) == "signing_not_installed"
    assert refused(lambda: check_pdf(b"%PDF")) == "signing_not_installed"


def test_the_program_starts_without_the_libraries_of_signing() -> None:
    code = "import sys, tcd_desktop.signatures.signing, tcd_desktop.signatures.token, tcd_desktop.signatures.checking\n"
    code += "print([m for m in ('pyhanko', 'pkcs11', 'aiohttp', 'lxml', 'asn1crypto') if m in sys.modules])"
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
