"""Who came, from one cell of an old book: name, address, several people, how many in all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tcd_desktop.domain.language.text import clean_block, clean_line, fold, title_case
from tcd_desktop.domain.terms import Sex

SURNAMES: Final = frozenset(
    """
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh mai dao doan luong truong lam
    ta to ha cao thai chu nghiem luu quach vuong tong la mac trieu kieu phung thach bach au an tang nong ma vi lo
    giang khong ninh hua thieu doan dam quan tieu ung luc diep du than phi khuat lai ton cu moc van chau son ong
    chau trang la lieu uong dieu nghe ngan ha sung giang vang thao
    """.split()  # noqa: SIM905
)
"""Family names, folded: with them a second name is told from a street."""
_PLACE_NAMES: Final = (
    "ha noi|ha dong|ha nam|ha tinh|ha giang|ha long|ho chi minh|hoang mai|hoang cau|ho tay|le loi|le duan|ba dinh|"
    "dong da|thanh xuan|cau giay|hai ba trung|tay ho|long bien|vinh tuy|mai dong|mai dich|la khe|cao bang|lao cai|"
    "lam dong|an giang|thai binh|thai nguyen|ninh binh|vinh phuc"
)
_PLACES: Final = frozenset(_PLACE_NAMES.split("|"))
_ADDRESS_WORDS: Final = re.compile(
    r"\b(so|sn|so nha|nha|to|tdp|to dan pho|ngo|ngach|hem|kiet|pho|duong|thon|xom|ap|ban|lang|phuong|quan|huyen|xa|tinh"
    r"|tp|thanh pho|thi tran|khu|kdt|kdc|cum|doi|chung cu|can ho|phong|toa|dia chi|d/c|dc|hktt|ho khau|tru tai"
    r"|thuong tru|o tai|p|q|kp|khu pho|tap the|ttx?)\b\.?\s*[:\w]"
)
_TITLES: Final = re.compile(
    r"^\s*(?:\d{1,2}\s*[.)\-]\s*)?(?:(?P<he>ông|anh|mr)|(?P<she>bà|chị|cô|ms)|cụ|ô\.|b\.|công dân|cd)\s*[.:]?\s+(?!\()",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"^\s*\d{1,2}\s*[.)]\s*")
_BOTH: Final = re.compile(r"^\s*(?:ông\s*(?:\(bà\)|/\s*bà|,\s*bà|bà))\s*[.:]?\s*", re.IGNORECASE)
_OTHERS: Final = re.compile(
    r"(?:\b(?:và|cùng|với|\+|&)\s*)?\b0*(\d{1,4})\s*(người|hộ dân|hộ gia đình|hộ|công dân|bà con|cư dân)"
    r"(?:\s*(khác|nữa|còn lại))?",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    r"\b(?:và|cùng)\s+(?:một số|các|nhiều|những)\s+(?:hộ dân|hộ|người|công dân|bà con)[^,;\n]*", re.IGNORECASE
)
_STANDS_FOR: Final = re.compile(
    r"^\(?\s*(?:người\s+)?đại diện(?:\s+cho)?\s*:?\s*|^\(|\)$|,?\s*\(?đại diện(?:\s+cho)?\s*$", re.IGNORECASE
)
_NOT_A_NAME: Final = re.compile(r"[\d@/\\:=%]")
MOST_WORDS = 7
"""Of a person's name."""


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """`name` is who the line is about, `others` the others who are named, `count` all people (None = not told)."""

    name: str = ""
    sex: Sex | None = None
    others: tuple[str, ...] = ()
    count: int | None = None
    uncounted: bool = False
    address: str = ""


def read_names(text: str) -> ReadPeople:
    """A cell that holds names only: "Nguyễn Văn A, Trần Thị B và 3 người khác"."""
    rest, count, uncounted = _without_others(clean_block(text))
    parts = [part for part in re.split(r"[,;\n]|\s(?:và|cùng|&|\+)\s", rest) if part.strip(" .-()")]
    people = [(name, sex) for part in parts for name, sex in [_person(part)] if name]
    if not people:
        return ReadPeople(count=count, uncounted=uncounted)
    named = tuple(name for name, _sex in people)
    return ReadPeople(named[0], people[0][1], named[1:], _all(named, count), uncounted)


def read_names_and_address(text: str) -> ReadPeople:
    """A cell "Họ tên - Địa chỉ": names up to the first part that is none, the rest is the address."""
    rest, count, uncounted = _without_others(clean_block(text))
    parts = [part for part in re.split(r"(\n|;|,|[–—]|\s-|-\s|\s(?:và|cùng|&|\+)\s)", rest) if part]
    names: list[str] = []
    first_sex: Sex | None = None
    at = 0
    while at < len(parts):
        part = parts[at]
        if re.fullmatch(r"\W*|\s*(?:và|cùng)\s*", part):
            at += 1
            continue
        name, sex = _person(part)
        if names and not _is_another_person(part, name):
            break
        split = _name_before_address(part) if not names else None
        if split:
            name, sex = _person(split[0])
            parts[at] = split[1]
        if not name or (not names and _NOT_A_NAME.search(name)):
            break
        if not names:
            first_sex = sex
        names.append(name)
        if split:
            break
        at += 1
    address = clean_line("".join(parts[at:]).replace("\n", ", ").strip(" ,;.-–—()"))
    address = re.sub(
        r"^(?:địa chỉ|đ/c|đc|hktt|trú tại|thường trú(?: tại)?|ở tại)\s*[:.]?\s*", "", address, flags=re.IGNORECASE
    )
    named = tuple(names)
    if not named:
        return ReadPeople(count=count, uncounted=uncounted, address=address)
    return ReadPeople(named[0], first_sex, named[1:], _all(named, count), uncounted, address)


def tidy_name(text: str) -> str:
    """A name as it is written: no title, no number before it, capitals where they belong."""
    name = clean_line(text).strip(" .,;:-–—")
    if name and (name == name.lower() or any(word[:1].islower() for word in name.split())):
        return " ".join(word[:1].upper() + word[1:] for word in name.split())
    return title_case(name)


def _person(part: str) -> tuple[str, Sex | None]:
    words = _STANDS_FOR.sub("", part.strip())
    words = _BOTH.sub("", _NUMBERED.sub("", words))
    words = re.sub(r"\(.*?(?:\)|$)", " ", words)
    found = _TITLES.match(words)
    sex = None
    if found:
        sex = Sex.MALE if found["he"] else Sex.FEMALE if found["she"] else None
        words = words[found.end() :]
    return tidy_name(words.strip("()")), sex


def _name_before_address(part: str) -> tuple[str, str] | None:
    """ "Nguyễn Văn A số 12 ngõ 3": no sign between name and address, but a word that begins an address."""
    found = re.search(
        r"\s(?=(?:số|sn|tổ|ngõ|ngách|phố|thôn|xóm|địa chỉ|đ/c|đc|trú tại|hktt|tdp|p\.|khu|nhà)\s*[:.\d\w])",
        part,
        re.IGNORECASE,
    )
    found = found or re.search(r"\s(?=\d)", part)
    if found and len(part[: found.start()].split()) >= 2:
        return part[: found.start()], part[found.end() :]
    return None


def _is_another_person(part: str, name: str) -> bool:
    """Whether a later part is one more person and not the beginning of the address."""
    words = fold(name).split()
    if not 2 <= len(words) <= MOST_WORDS or _NOT_A_NAME.search(name) or _ADDRESS_WORDS.search(fold(part)):
        return False
    if _TITLES.match(part.strip()) or _NUMBERED.match(part):
        return True
    return words[0] in SURNAMES and " ".join(words) not in _PLACES and " ".join(words[:2]) not in _PLACES


def _without_others(text: str) -> tuple[str, int | None, bool]:
    """(text without them, how many others or, when negative, how many in all; None = not told, whether uncounted)."""
    uncounted = bool(_MANY.search(text))
    text = _MANY.sub("", text)
    found = _OTHERS.search(text)
    if not found:
        return text, None, uncounted
    others = found[3] or re.match(r"\s*(và|cùng|với|\+|&)", found[0], re.IGNORECASE)
    count = int(found[1])
    return text[: found.start()] + " " + text[found.end() :], count if others else -count, uncounted


def _all(named: tuple[str, ...], count: int | None) -> int | None:
    """All people: those named and the others; a number without "khác" is the number of all."""
    if count is None:
        return len(named) if len(named) > 1 else None
    return len(named) + count if count > 0 else max(-count, len(named))
