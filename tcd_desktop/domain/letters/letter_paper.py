"""The content of an administrative document (văn bản hành chính, NĐ 30/2020/NĐ-CP), without its layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_text import LetterLayout, LetterSignature


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """Everything the paper says. `number` is "15/TB-UBND"; "" prints dots before the sign for handwriting.

    `print_no` 1 is the first print; from 2 on the paper says "In lại lần n". `draft`: not issued, the paper says so.
    `issued` is the file's own time, so that printing again gives the same bytes.

    `signing_for`: the body or the title the signer stands for ("CHỦ TỊCH"); of two lines the first is printed as it
    is ("TM. ỦY BAN NHÂN DÂN"); "" = the usual one. `signatures` (of the kind's text) replace the one signer.
    `urgency` is "KHẨN", "THƯỢNG KHẨN" or "HỎA TỐC". `code` is printed as a small QR at the foot ("" = none; see
    `domain/papers/paper_code.py`).
    """

    layout: LetterLayout
    mark: str = ""
    superior_name: str
    office_name: str
    locality: str
    number: str = ""
    sign: str = ""
    dated: date | None = None
    type_name: str = ""
    about: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: SigningForm = SigningForm.OWN
    signing_for: str = ""
    signer_title: str = ""
    signer: str = ""
    signatures: tuple[LetterSignature, ...] = ()
    urgency: str = ""
    code: str = ""
    issued: datetime
    print_no: int = 1
    draft: bool = False
    practice: bool = False
