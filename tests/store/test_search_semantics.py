"""What a typed text finds, in a small world: names, marks, numbers, groups, officers, mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.terms import Classification, Direction, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CasePages, CaseQuery, ReceptionPages, ReceptionQuery
from tests.offices import DRAFT, SECRET, make_office

PLAIN = replace(
    DRAFT, content="Việc khác.", request="", address="", id_number="", phone="", note="không mang giấy tờ", documents=()
)
WORLD = {
    "duc": replace(PLAIN, name="Nguyễn Văn Đức", id_number="001056012345", phone="0912345678"),
    "dục": replace(PLAIN, name="Nguyễn Văn Dục", address="Số 12 ngõ 34 phố Lò Đúc"),
    "hoa": replace(PLAIN, name="Đặng Thị Hòa", phone="0987000111"),
    "hoà": replace(PLAIN, name="Đặng Thị Hoà"),
    "hóa": replace(PLAIN, name="Đặng Thị Hóa"),
    "ly": replace(PLAIN, name="Lý Thị Mỹ"),
    "li": replace(PLAIN, name="Lí Văn Mĩ"),
    "đoàn": replace(
        PLAIN,
        name="Trần Quốc Tuấn",
        people=6,
        role=Role.GROUP_REPRESENTATIVE,
        members=(
            Member("Phùng Khắc Khoan", phone="0977123456", speaks=True),
            Member("Hồ Xuân Hương", id_number="001068009876"),
        ),
        represented="Tổ dân phố số 9",
    ),
    "luật sư": replace(PLAIN, name="Vũ Như Tô", role=Role.LAWYER, represented="Công ty Bạch Tuộc"),
    "đường": replace(
        PLAIN,
        name="Bùi Thị Xuân",
        content="Kiến nghị sửa đường điện, ô nhiễm tiếng ồn sau 23 giờ.",
        classification=Classification.PETITION,
        direction=Direction.FORWARD,
        forwarded_to="Chi nhánh điện Khổng Tước",
        forwarded_on=date(2026, 11, 23),
    ),
    "nhắc": replace(PLAIN, name="Phan Huy Chú", content="Nhà ông Nguyễn Văn Đức để rác trước cửa."),
    "tiếp": replace(PLAIN, name="Cao Bá Quát", receiver_name="Quách Thị Thước"),
    "kín": replace(SECRET, request="Đề nghị xem xét."),
}
ALL_KINDS = {"exact", "unaccented"}


def put(office: OpenOffice, number: int, draft: ReceptionDraft, **fields: str) -> str:
    """A line of the log as an import writes it; a denunciation through the desk, which seals it."""
    if draft.is_secret:
        return office.receptions.log(draft).value.id
    values = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    given = {"id": f"{number:032x}", **fields}
    visit = Reception(**values, office=office.office.id, year=2026, number=100 + number, **given)
    with office.store.unit(act="test", officer="") as unit:
        unit.put(visit)
        unit.commit()
    return visit.id


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenOffice, dict[str, str]]]:
    office = make_office(tmp_path_factory.mktemp("world") / "ward")
    names = {put(office, number, draft): key for number, (key, draft) in enumerate(WORLD.items(), start=1)}
    yield office, names
    office.close()


def found(world: tuple[OpenOffice, dict[str, str]], typed: str) -> list[str]:
    """Keys of the visits found, in their order; "|" where a stretch of another kind begins."""
    office, names = world
    with office.store.reading() as connection:
        query = ReceptionQuery(text=typed)
        rows = ReceptionPages().page(connection, query).rows
        assert ReceptionPages().count(connection, query).value == len(rows), "the count is that of the rows"
    answer: list[str] = []
    for at, row in enumerate(rows):
        if at and row.found != rows[at - 1].found:
            answer.append("|")
        answer.append(names[row.id])
    return answer


def numbers(world: tuple[OpenOffice, dict[str, str]], key: str) -> Reception:
    office, names = world
    visit = office.store.find(Reception, next(identity for identity, name in names.items() if name == key))
    assert visit is not None
    return visit


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        # without marks: everything that reads the same
        ("nguyen van duc", {"duc", "dục", "nhắc"}),
        ("NGUYEN VAN DUC", {"duc", "dục", "nhắc"}),
        ("duc nguyen", {"duc", "dục", "nhắc"}),
        ("dang thi hoa", {"hoa", "hoà", "hóa"}),
        ("dang hoa", {"hoa", "hoà", "hóa"}),
        ("tuan", {"đoàn"}),
        ("  bui   xuan ", {"đường"}),
        # y and i
        ("ly thi my", {"ly"}),
        ("li thi mi", {"ly"}),
        ("ly my", {"ly", "li"}),
        ("mĩ", {"ly", "li"}),
        # the beginning of the last word
        ("nguyen van d", {"duc", "dục", "nhắc"}),
        ("nguyen van du", {"duc", "dục", "nhắc"}),
        ("dang th", {"hoa", "hoà", "hóa"}),
        # initials
        ("nvd", {"duc", "dục"}),
        ("tqt", {"đoàn"}),
        ("vnt", {"luật sư"}),
        # numbers of people: whole, the beginning, the last four and more, in groups
        ("001056012345", {"duc"}),
        ("001056", {"duc"}),
        ("2345", {"duc"}),
        ("12345", {"duc"}),
        ("56012345", {"duc"}),
        ("5678", {"duc"}),
        ("0912 345 678", {"duc"}),
        ("0912.345.678", {"duc"}),
        ("+84 912 345 678", {"duc"}),
        ("duc 5678", {"duc"}),
        ("0111", {"hoa"}),
        ("345", set()),
        # a group: everybody in it, with their numbers
        ("phung khac khoan", {"đoàn"}),
        ("ho xuan huong", {"đoàn"}),
        ("9876", {"đoàn"}),
        ("0977123456", {"đoàn"}),
        ("to dan pho so 9", {"đoàn"}),
        ("cong ty bach tuoc", {"luật sư"}),
        # words of the content and the address
        ("duong dien", {"đường"}),
        ("o nhiem tieng on", {"đường"}),
        ("23 gio", {"đường"}),
        ("lo duc", {"dục"}),
        ("12 ngo 34", {"dục"}),
        # officers and bodies
        ("quach thi thuoc", {"tiếp"}),
        ("khong tuoc", {"đường"}),
        # one wrong letter, only when nothing fits
        ("khoann", {"đoàn"}),
        ("ngyuen van duc", {"duc", "dục", "nhắc"}),
        ("nguyen vann duc", {"duc", "dục", "nhắc"}),
        ("001056012354", {"duc"}),
        ("cao ba quta", {"tiếp"}),
        ("cao ba quxyz", set()),
        # sealed
        ("pham thi kin", set()),
        ("001166054321", set()),
        ("0987654321", set()),
        ("ngach bi mat", set()),
        ("ptk", set()),
        ("bien lai", {"kín"}),
        # nothing that could be asked
        ("-", set()),
        ("...", set()),
    ],
)
def test_a_text_finds_these_visits(world: tuple[OpenOffice, dict[str, str]], typed: str, keys: set[str]) -> None:
    assert set(found(world, typed)) - {"|"} == keys


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("Đức", ["duc", "|", "nhắc", "|", "dục"]),
        ("Dục", ["dục", "|", "nhắc", "duc"]),
        ("Đặng Thị Hòa", ["hoà", "hoa", "|", "hóa"]),
        ("đặng thị hoà", ["hoà", "hoa", "|", "hóa"]),
        ("Hóa", ["hóa", "|", "hoà", "hoa"]),
        ("Lý", ["li", "ly"]),
        ("Đức 5678", ["duc"]),
        ("Hồ Xuân Hương", ["đoàn"]),
        ("lò đúc", ["dục"]),
        ("đúc", ["dục", "|", "nhắc", "duc"]),
        ("nguyen van duc", ["dục", "duc", "|", "nhắc"]),
        ("rac", ["nhắc"]),
        ("thuoc", ["tiếp"]),
        ("tuoc", ["luật sư", "|", "đường"]),
    ],
)
def test_the_exact_spelling_comes_first_and_the_newest_first_in_each_stretch(
    world: tuple[OpenOffice, dict[str, str]], typed: str, order: list[str]
) -> None:
    rank = {key: place for place, key in enumerate(newest_first(world))}
    stretches = "/".join(found(world, typed)).split("/|/")
    expected = "/".join(order).split("/|/")
    assert [set(one.split("/")) for one in stretches] == [set(one.split("/")) for one in expected]
    for stretch in stretches:
        keys = stretch.split("/")
        assert keys == sorted(keys, key=rank.__getitem__)


def newest_first(world: tuple[OpenOffice, dict[str, str]]) -> list[str]:
    office, names = world
    with office.store.reading() as connection:
        return [names[row.id] for row in ReceptionPages().page(connection, ReceptionQuery()).rows]


@pytest.mark.parametrize(
    "form", ["{n}", "{n}/2026", "{n}/26", "{n}/2", "{n}-A/2026", "{n}a/2026", "HS {n}/2026", "0{n}/2026"]
)
def test_a_book_number_is_found_in_every_form_people_type_and_comes_first(
    world: tuple[OpenOffice, dict[str, str]], form: str
) -> None:
    visit = numbers(world, "li")
    answer = found(world, form.format(n=visit.number))
    assert answer[0] == "li"
    assert answer[1:2] in ([], ["|"])


def test_the_second_pcs_numbers_are_asked_with_their_letter(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    try:
        for series_letter in "AB":
            put(office, 1, PLAIN, series=series_letter, id="f" * 31 + series_letter.lower())
        with office.store.reading() as connection:

            def series(typed: str) -> list[str]:
                rows = ReceptionPages().page(connection, ReceptionQuery(text=typed)).rows
                return [row.number for row in rows]

            assert series("101-B/2026") == series("101b") == series("101-b") == series("101B/26") == ["101-B/2026"]
            assert set(series("101/2026")) == {"101/2026", "101-B/2026"}
    finally:
        office.close()


def test_stretches_are_paged_without_a_gap_or_a_repetition(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    try:
        for minute in range(20):
            name = "Lê Văn Hoà" if minute % 3 else "Lê Văn Hoa"
            put(office, minute, replace(PLAIN, name=name))
        rows, cursor = [], None
        with office.store.reading() as connection:
            query = ReceptionQuery(text="Hoà")
            while True:
                page = ReceptionPages().page(connection, query, before=cursor, size=3)
                rows += page.rows
                cursor = page.next
                if cursor is None:
                    break
            anchors = ReceptionPages().anchors(connection, query, every=4)
            follow = ReceptionPages().page(connection, query, before=anchors[3], size=2).rows
        assert [row.found for row in rows] == ["exact"] * 13 + ["unaccented"] * 7
        assert len({row.id for row in rows}) == 20
        assert [row.id for row in follow] == [row.id for row in rows[16:18]]
    finally:
        office.close()


def test_a_case_is_found_by_its_matter_its_number_and_the_people_who_came(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    try:
        visit = office.receptions.log(
            replace(DRAFT, name="Hồ Quý Ly", content="Tranh chấp ngõ đi"), open_case=True
        ).value
        office.receptions.log(replace(SECRET, content="Tố cáo thu tiền"), open_case=True)
        with office.store.reading() as connection:

            def cases(typed: str) -> list[str]:
                query = CaseQuery(text=typed)
                rows = CasePages().page(connection, query).rows
                assert CasePages().count(connection, query).value == len(rows)
                return [row.number for row in rows]

            for typed in (
                "ho quy ly",
                "Hồ Quý Ly",
                "tranh chap",
                "ngõ đi",
                "1/2026",
                "HS 1/2026",
                "HS 1",
                "1",
                "tranh chapp",
            ):
                assert cases(typed) == ["HS 1/2026"], typed
            assert cases("pham thi kin") == []
        office.receptions.amend(visit.id, replace(visit, name="Hồ Nguyên Trừng"))
        with office.store.reading() as connection:
            assert cases("quy ly") == []
            assert cases("nguyen trung") == ["HS 1/2026"]
        assert office.check() == []
    finally:
        office.close()
