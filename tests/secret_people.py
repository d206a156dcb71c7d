"""People who must be named nowhere, invented, each with words nobody else has; and how to look for them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date

from tcd_desktop.domain.cases.case_file import PetitionDraft, Subject
from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import Paper, ReceptionDraft
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    IdKind,
    PetitionSource,
    RepresentationKind,
    Role,
    Sex,
    Signing,
)
from tests.offices import DRAFT, MONDAY

TODAY = MONDAY.date()
ALONE = replace(
    DRAFT,
    name="Ngạc Thị Khuynh",
    birth_date="1961-07-29",
    sex=Sex.FEMALE,
    id_number="001161066701",
    id_issued=date(2019, 8, 17),
    id_place="Công an tỉnh Xa Khuất",
    address="Số 91 ngách Ẩn Náu, phố Vô Danh",
    phone="0987600701",
    classification=Classification.DENUNCIATION,
    content="Tố cáo việc thu tiền không có biên lai của tổ trưởng.",
    request="Đề nghị xác minh.",
    documents=(Paper("Đơn tố cáo", 2), Paper("Ảnh chụp giấy thu tiền", 1)),
)
"""A denouncer with a petition and papers."""

MEMBERS = (
    Member(
        "Lục Vĩnh Khuých", "Ngõ Kín Mít số 17", "001070066702", "1970-03-11", "0987600702", speaks=True, signed=True
    ),
    Member("Bế Thị Ngoẵng", "Hẻm Sâu Hút số 23", "001170066703", "1971-04-12", "0987600703", speaks=True, signed=True),
    Member("Hứa Đăng Thuyếch", "Kiệt Tối Om số 29", "001072066704", "1972-05-13", "0987600704", signed=True),
    Member("Mạc Thị Quẹo", "Xóm Lánh Xa số 31", "001173066705", "1973-06-14", "0987600705", signed=True),
    Member("Tiêu Bá Khoắng", "Bản Heo Hút số 37", "001074066706", "1974-07-15", "0987600706", signed=True),
)
GROUP = replace(
    ALONE,
    name=MEMBERS[0].name,
    id_number=MEMBERS[0].id_number,
    address=MEMBERS[0].address,
    phone=MEMBERS[0].phone,
    birth_date=MEMBERS[0].birth_date,
    sex=Sex.MALE,
    role=Role.GROUP_REPRESENTATIVE,
    members=MEMBERS,
    people=5,
    representation_number="88/GCĐD-Khuých",
    representation_on=date(2026, 11, 11),
    representation_scope="Thay mặt tổ Vắng Ngoẵng trình bày",
    content="Nhiều người tố cáo việc bán đất công.",
    documents=(Paper("Đơn tố cáo của nhiều người", 3),),
)
"""Five people who denounce together."""

SPOKEN_FOR = replace(
    ALONE,
    name="Khúc Thị Nguếch",
    id_number="001175066707",
    birth_date="1975-08-16",
    address="Làng Khuất Nẻo số 41",
    phone="0987600707",
    role=Role.AUTHORISED,
    represented="Cù Văn Ngoèo",
    represented_address="Trại Vắng Tanh số 43",
    representation_kind=RepresentationKind.NOTARISED,
    representation_number="177/UQ-Ngoèo",
    representation_on=date(2026, 11, 9),
    representation_scope="Thay ông Ngoèo nộp đơn",
    professional_card="TLS-Nguếch-0707",
    has_petition=False,
    read_back=True,
    signing=Signing.SIGNED,
    documents=(),
    direction=Direction.GUIDE,
    guided_to="Thanh tra quận",
    content="Tố cáo bằng lời việc bao che xây dựng trái phép.",
)
"""Somebody who speaks for somebody else."""

BY_POST = PetitionDraft(
    source=PetitionSource.POST,
    received_on=date(2026, 11, 20),
    petition_date=date(2026, 11, 18),
    classification=Classification.DENUNCIATION,
    name="Đào Duy Khoét",
    id_kind=IdKind.CITIZEN_CARD,
    id_number="001076066708",
    birth_date="1976-09-17",
    address="Thôn Hẻo Lánh số 47",
    phone="0987600708",
    content="Tố cáo cán bộ nhận tiền khi làm giấy tờ",
    subjects=(Subject("Cán bộ địa chính"),),
    eligible=True,
    within_competence=True,
)
"""A denunciation in a letter."""

IN_OLD_BOOK = ("Quản Thị Khươm", "Phố Im Lìm số 53", "001077066709")
REFUSED_IN_OLD_BOOK = ("Thân Văn Nhoẽn", "Ấp Lặng Thinh số 59", "001078066710")
OLD_LINES: tuple[tuple[object, ...], ...] = (
    (1, "5/9/26", "Nguyễn Thị Ẩn - Số 12 ngõ 34 phố Thử Nghiệm", "001168012345",
     "Khiếu nại việc bồi thường khi thu hồi đất", "KN", 1, "", "x", "", "", "Đã trả lời", ""),
    (2, "7/9/26", f"{IN_OLD_BOOK[0]} - {IN_OLD_BOOK[1]}", IN_OLD_BOOK[2],
     "Tố cáo việc thu tiền không có biên lai", "TC", 1, "", "", "Hướng dẫn đến Công an", "", "", ""),
    (3, "không rõ", f"{REFUSED_IN_OLD_BOOK[0]} - {REFUSED_IN_OLD_BOOK[1]}", REFUSED_IN_OLD_BOOK[2],
     "Tố cáo việc chặt cây", "TC", 1, "", "x", "", "", "", ""),
    (4, "không nhớ", "Vũ Thị Hường - Số 7 phố Mẫu", "", "Đề nghị cấp giấy chứng nhận",
     "KNPA", 1, "", "x", "", "", "", ""),
)  # fmt: skip


def _of_person(person: ReceptionDraft | PetitionDraft) -> list[str]:
    words = [
        person.name,
        person.id_number,
        person.address,
        person.phone,
        person.represented,
        person.represented_address,
    ]
    words += [person.representation_number, person.representation_scope, person.professional_card]
    birth = person.birth_date
    if person is not ALONE:
        words += [birth] if birth else []
    for member in person.members:
        words += [member.name, member.address, member.id_number, member.phone, member.birth_date]
    return [word for word in words if word]


SECRETS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(word for person in (ALONE, GROUP, SPOKEN_FOR, BY_POST) for word in _of_person(person)),
            ALONE.birth_date,
            ALONE.id_place,
            *IN_OLD_BOOK,
            *REFUSED_IN_OLD_BOOK,
        ]
    )
)
"""Every word that identifies one of them."""

SYLLABLES = frozenset(
    ["khuynh", "khuych", "ngoang", "thuyech", "queo", "nguech", "ngoeo", "khoet", "khuom", "nhoen"]
)  # folded syllables that stand in no other text of the program
"""What an index of folded words would hold of them."""


def _shown(word: str) -> str:
    """A day as it is shown: "29/07/1961"."""
    return f"{word[8:]}/{word[5:7]}/{word[:4]}" if len(word) == 10 and word[4] == word[7] == "-" else ""


FOLDED = tuple(dict.fromkeys(fold(form) for word in SECRETS for form in (word, _shown(word)) if form))
_FORMS = tuple(
    dict.fromkeys(
        form
        for word in SECRETS
        for form in (word, word.upper(), word.lower(), fold(word), unicodedata.normalize("NFD", word), _shown(word))
        if form
    )
)
_BYTES = re.compile(
    b"|".join(
        re.escape(data)
        for data in dict.fromkeys(
            [form.encode(code) for form in _FORMS for code in ("utf-8", "utf-16-le")]
            + [json.dumps(form).encode("ascii")[1:-1] for form in _FORMS]
        )
    )
)


def named_in(text: str) -> list[str]:
    """The secret words (folded) that stand in a text."""
    folded = fold(text)
    return [word for word in FOLDED if word in folded]


def named_in_bytes(content: bytes) -> bytes:
    """The first secret word in a file as it lies on the disk, b"" when there is none."""
    found = _BYTES.search(content)
    return found.group() if found else b""
