"""A document that leaves the office (văn bản đi): its number, its words, who signs it, what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LetterState(StrEnum):
    """Dự thảo, đã ban hành, số hỏng."""

    DRAFT = "draft"
    ISSUED = "issued"
    SPOILT = "spoilt"


class SigningForm(StrEnum):
    """Quyền hạn ký: ký trực tiếp, thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền (NĐ 30/2020 Phụ lục I, ô 7a)."""

    OWN = "own"
    ON_BEHALF = "on_behalf"
    FOR = "for"
    BY_ORDER = "by_order"
    BY_MANDATE = "by_mandate"
    ACTING = "acting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One document. `kind` is the code of its text ("refusal-notice"), `instrument` whose words it has.

    `number` of the `year` and `series` (0: a draft has none) with `sign` (ký hiệu, "TB-UBND") stand on it; `about` is
    the trích yếu, `body` its paragraphs as they are printed, `recipients` the lines of "Nơi nhận". `adapted`: an
    officer changed the words. `target` is the reminder, conclusion, directive or obligation it is about. `reason` says
    why its number is spoilt. Of a letter that would tell who denounced, `addressees`, `about`, `body`, `recipients`
    and `note` lie in `sealed`. A `series` of "" is the paper register's (sổ đăng ký văn bản đi).
    """

    id: str
    office: str
    kind: str
    instrument: str = ""
    year: int = 0
    number: int = 0
    series: str = "A"
    sign: str = ""
    dated: date | None = None
    about: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: SigningForm = SigningForm.OWN
    signer_title: str = ""
    signer: str = ""
    adapted: bool = False
    reception: str | None = None
    petition: str | None = None
    case: str | None = None
    sitting: str | None = None
    target: str | None = None
    state: LetterState = LetterState.DRAFT
    reason: str = ""
    note: str = ""
    sealed: bytes | None = None
    removed: str = ""

    @property
    def book_number(self) -> str:
        """ "05/TB-UBND", with the letter of another PC's series "05-B/TB-UBND"; "" for a draft."""
        return letter_number(self.number, self.series, self.sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """The words an office uses for a kind of letter instead of the shipped ones (mẫu riêng), from a day on.

    `body` are paragraphs with {variables} that the kind knows.
    """

    id: str
    office: str
    kind: str
    since: date
    about: str = ""
    body: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    note: str = ""
    removed: str = ""


def letter_number(number: int, series: str, sign: str) -> str:
    """Số, ký hiệu: numbers under ten with a nought before them (NĐ 30/2020 Phụ lục I, ô 3); "" for none."""
    if not number:
        return ""
    return f"{number:02}{'' if series in ('', 'A') else f'-{series}'}/{sign}".rstrip("/")
