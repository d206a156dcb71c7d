"""The content of an administrative document (văn bản hành chính, NĐ 30/2020/NĐ-CP), without its layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop.domain.letter import SigningForm
from tcd_desktop.domain.letter_text import LetterLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """Everything the paper says. `number` is "15/TB-UBND"; "" prints dots before the sign for handwriting.

    `print_no` 1 is the first print; from 2 on the paper says "In lại lần n". `draft`: not issued, the paper says so.
    `issued` is the file's own time, so that printing again gives the same bytes.
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
    issued: datetime
    print_no: int = 1
    draft: bool = False
    practice: bool = False
