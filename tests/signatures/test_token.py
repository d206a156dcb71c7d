"""Signing with a token: SoftHSM stands for the USB stick."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tcd_desktop.documents.receipt_slip import render_receipt_slip
from tcd_desktop.domain.letters.signature import SignerRole, SigningRequest
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.checking import check_pdf
from tcd_desktop.signatures.signing import sign_pdf
from tcd_desktop.signatures.token import likely_libraries, open_token, tokens
from tests.documents.slips import SLIP
from tests.signatures.issuers import (
    LIBRARY,
    NOW,
    PIN,
    Issued,
    authority,
    issue,
    make_token,
    needs_pdfsig,
    needs_softhsm,
    root_of,
)
from tests.signatures.test_signing import pdfsig, refused

pytestmark = needs_softhsm
REQUEST = SigningRequest(role=SignerRole.OFFICE, at=NOW)


@pytest.fixture(scope="module")
def issuer() -> Issued:
    return authority()


@pytest.fixture
def office(issuer: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issued:
    issued = issue(issuer, "UBND phường Thử Nghiệm")
    make_token(tmp_path, issued, monkeypatch, "UBND phuong")
    return issued


def test_a_token_is_found_by_its_label_and_signs_with_its_pin(office: Issued, issuer: Issued) -> None:
    (token,) = tokens(LIBRARY)
    assert token.label == "UBND phuong" and token.serial
    with open_token(LIBRARY, token.serial, PIN, at=NOW) as key:
        assert key.certificate.name == "UBND phường Thử Nghiệm"
        signed = sign_pdf(render_receipt_slip(SLIP), key, REQUEST)
    (check,) = check_pdf(signed, [root_of(issuer)])
    assert check.good and check.role is SignerRole.OFFICE


@needs_pdfsig
def test_poppler_agrees(office: Issued, tmp_path: Path) -> None:
    (token,) = tokens(LIBRARY)
    with open_token(LIBRARY, token.serial, PIN, at=NOW) as key:
        (tmp_path / "signed.pdf").write_bytes(sign_pdf(render_receipt_slip(SLIP), key, REQUEST))
    assert "Signature is Valid." in pdfsig(tmp_path / "signed.pdf")


def test_a_wrong_pin_is_told_and_the_token_can_be_used_again(office: Issued) -> None:
    (token,) = tokens(LIBRARY)
    with pytest.raises(Refused) as told:
        open_token(LIBRARY, token.serial, "9999", at=NOW)
    assert told.value.code in ("token_pin_wrong", "token_pin_few")
    assert told.value.__cause__ is None and told.value.__suppress_context__ and "9999" not in repr(told.value.facts)
    open_token(LIBRARY, token.serial, PIN, at=NOW).close()


def test_a_token_that_was_pulled_out_is_missing(
    office: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (token,) = tokens(LIBRARY)
    empty = tmp_path / "empty"
    (empty / "tokens").mkdir(parents=True)
    (empty / "conf").write_text(f"directories.tokendir = {empty / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(empty / "conf"))
    assert refused(lambda: tokens(LIBRARY)) == "token_missing"
    assert refused(lambda: open_token(LIBRARY, token.serial, PIN, at=NOW)) == "token_missing"


def test_a_token_pulled_out_while_signing_is_told_so(office: Issued) -> None:
    (token,) = tokens(LIBRARY)
    key = open_token(LIBRARY, token.serial, PIN, at=NOW)
    key.signer.pkcs11_session.close()
    assert refused(lambda: sign_pdf(render_receipt_slip(SLIP), key, REQUEST)) == "token_failed"
    key.close()


def test_a_token_without_a_certificate_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_token(tmp_path, None, monkeypatch, "trong")
    (token,) = tokens(LIBRARY)
    assert refused(lambda: open_token(LIBRARY, token.serial, PIN, at=NOW)) == "token_no_certificate"


def test_a_certificate_that_has_run_out_is_told_before_anything_is_signed(office: Issued) -> None:
    (token,) = tokens(LIBRARY)
    late = NOW + timedelta(days=1000)
    assert refused(lambda: open_token(LIBRARY, token.serial, PIN, at=late)) == "certificate_expired"


def test_a_file_that_is_no_library_of_a_token_is_told_so(tmp_path: Path) -> None:
    text = tmp_path / "note.so"
    text.write_text("no library")
    assert refused(lambda: tokens(text)) == "token_library"
    assert refused(lambda: tokens(tmp_path / "none.so")) == "token_library"
    libc = next(Path("/lib/x86_64-linux-gnu").glob("libm.so.6"), text)
    assert refused(lambda: tokens(libc)) == "token_library"


def test_the_library_of_the_token_is_among_the_likely_ones() -> None:
    assert LIBRARY in likely_libraries()
