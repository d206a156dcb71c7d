"""Signing a PDF: PAdES baseline B-B as an addition to the file, so that what was printed stays byte by byte."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from tcd_desktop.domain.letters.signature import Picture, SignerRole, SigningRequest
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.certificates import VIETNAM, check_signs
from tcd_desktop.signatures.checking import check_pdf
from tcd_desktop.signatures.keys import OpenKey
from tcd_desktop.signatures.pdf_file import FIELDS, embedded_signatures, opened_pdf, refusing


def sign_pdf(pdf: bytes, key: OpenKey, request: SigningRequest) -> bytes:
    """The PDF with one signature more.

    Raises Refused("pdf_not_read" | "already_signed" | "signed_and_changed" | "token_failed" | "signing_failed" |
    those of `check_signs`).
    """
    check_signs(key.bare_certificate, request.at)
    field = _free_field(pdf, key, request.role)
    with refusing("signing_failed"):
        return _sign(pdf, key, request, field)


def _free_field(pdf: bytes, key: OpenKey, role: SignerRole) -> str:
    """The name of the new signature's field. Raises Refused("already_signed" | "signed_and_changed")."""
    for check in check_pdf(pdf):
        if not check.intact or check.changed_after:
            raise Refused("signed_and_changed", name=check.certificate.name)
        if check.certificate == key.certificate:
            raise Refused("already_signed", name=check.certificate.name, at=check.at)
    taken = {signature.field_name for signature in embedded_signatures(opened_pdf(pdf))}
    names = (FIELDS[role] + (str(number) if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _sign(pdf: bytes, key: OpenKey, request: SigningRequest, field: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    about = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        location=request.location or None,
    )
    picture = request.picture
    spec = SigFieldSpec(field) if picture is None else SigFieldSpec(field, picture.place.page, _box(picture))
    signer = _dated_signer(request.at)(
        about, key.signer, stamp_style=_stamp(picture) if picture else None, new_field_spec=spec
    )
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def _dated_signer(at: datetime) -> Any:
    """pyHanko's signer, with the office's clock instead of the system's."""
    from pyhanko.sign.signers import PdfSigner

    class OfficeSigner(PdfSigner):  # type: ignore[misc]
        def init_signing_session(self, *args: Any, **more: Any) -> Any:
            session = super().init_signing_session(*args, **more)
            session.system_time = at.replace(tzinfo=VIETNAM)
            return session

    return OfficeSigner


def _box(picture: Picture) -> tuple[int, int, int, int]:
    place = picture.place
    return round(place.left), round(place.bottom), round(place.right), round(place.top)


def _stamp(picture: Picture) -> Any:
    """Nothing but the picture, as large as its place."""
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    image = Image.open(BytesIO(picture.png))
    image.load()
    left, bottom, right, top = _box(picture)
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
    )
    content = PdfImage(image, box=BoxConstraints(width=right - left, height=top - bottom))
    return StaticStampStyle(border_width=0, background=content, background_layout=whole)
