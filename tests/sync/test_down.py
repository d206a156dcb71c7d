"""A superior's records travel down in its return bundles: each office reads its own, of the rest only hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ObligationKind, ReminderAbout
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.problems import Refused
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.chain import hashes, start, withheld, withheld_hash
from tcd_desktop.store.journal.clock import new_id
from tests.offices import DRAFT, enrol, make_district, make_office

SECRET_OF_TWO = "Nội dung chỉ dành cho phường thứ hai"


def directive(content: str, *units: str) -> Directive:
    return Directive(
        id=new_id(),
        office="Q",
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận Thử Nghiệm",
        number="446/UBND-TTr",
        issued_on=date(2026, 11, 20),
        content=content,
        units=units,
    )


class District:
    """A district with two wards and one stick."""

    def __init__(self, root: Path) -> None:
        self.stick = root / "stick"
        self.stick.mkdir()
        self.office = make_district(root / "district")
        self.one, self.two = make_office(root / "one"), make_office(root / "two", code="P-02")
        for ward in (self.one, self.two):
            enrol(ward, self.office, self.stick)

    def issue(self, record: Directive | Reminder) -> None:
        with self.office.store.unit(act="directive.issue", officer=self.office.officer.id) as unit:
            unit.put(record)
            unit.commit()

    def down(self, ward: OpenOffice) -> list[str]:
        files = [one.path for one in self.office.outbox.export(self.stick) if one.office == ward.office.id]
        return [f"{one.outcome} {one.code}".strip() for one in ward.inbox.take(files)]

    def up(self, ward: OpenOffice) -> None:
        files = [one.path for one in ward.outbox.export(self.stick)]
        assert all(one.outcome == "applied" for one in self.office.inbox.take(files))

    def close(self) -> None:
        for office in (self.office, self.one, self.two):
            office.close()


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    made = District(tmp_path)
    yield made
    made.close()


def texts(ward: OpenOffice) -> set[str]:
    return {one.content for one in ward.store.all(Directive)}


def everything(ward: OpenOffice) -> bytes:
    """Every byte that ward's database holds in its journal."""
    with ward.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT line FROM journal WHERE line IS NOT NULL").all()
    return b"\n".join(row[0] for row in rows)


def test_a_directive_reaches_the_wards_it_names_and_no_other(district: District) -> None:
    district.issue(directive("Rà soát các vụ việc đông người", "P-01", "P-02"))
    district.issue(directive(SECRET_OF_TWO, "P-02"))
    assert district.down(district.one) == ["applied"] and texts(district.one) == {"Rà soát các vụ việc đông người"}
    assert SECRET_OF_TWO.encode() not in everything(district.one)
    district.office.store.set_fact("answered.P-02", "")
    assert district.down(district.two) == ["applied"] and SECRET_OF_TWO in texts(district.two)
    assert district.one.check() == district.two.check() == []


def test_a_change_of_a_directive_reaches_the_ward_as_well(district: District) -> None:
    first = directive("Báo cáo tiến độ trước ngày 15", "P-01")
    district.issue(first)
    district.down(district.one)
    with district.office.store.unit(act="directive.close", officer=district.office.officer.id) as unit:
        unit.change(first, closed_on=date(2026, 11, 23))
        unit.commit()
    assert district.down(district.one) == ["applied"]
    assert [one.closed_on for one in district.one.store.all(Directive)] == [date(2026, 11, 23)]


def test_nothing_new_is_not_sent_twice(district: District) -> None:
    district.issue(directive(SECRET_OF_TWO, "P-02"))
    assert [one.office for one in district.office.outbox.export(district.stick)] == ["P-02"]
    assert district.office.outbox.export(district.stick) == []


def test_a_ward_that_has_read_is_sent_only_what_is_new(district: District) -> None:
    district.issue(directive("Việc thứ nhất", "P-01"))
    (first,) = [one for one in district.office.outbox.export(district.stick) if one.office == "P-01"]
    district.one.inbox.take([first.path])
    district.one.receptions.log(DRAFT)
    district.up(district.one)
    district.issue(directive("Việc thứ hai", "P-01"))
    (second,) = [one for one in district.office.outbox.export(district.stick) if one.office == "P-01"]
    assert second.operations == 1 < first.operations
    district.one.inbox.take([second.path])
    assert texts(district.one) == {"Việc thứ nhất", "Việc thứ hai"}


def test_a_lost_stick_makes_no_gap(district: District) -> None:
    district.issue(directive("Việc thứ nhất", "P-01"))
    for lost in district.office.outbox.export(district.stick):
        lost.path.unlink()
    district.issue(directive("Việc thứ hai", "P-01"))
    assert district.down(district.one) == ["applied"]
    assert texts(district.one) == {"Việc thứ nhất", "Việc thứ hai"}


def test_what_a_ward_reports_on_a_directive_comes_up(district: District) -> None:
    order = directive("Giải quyết dứt điểm", "P-01")
    district.issue(order)
    district.down(district.one)
    told = DirectiveProgress(
        id=new_id(), office="P-01", directive=order.id, on=date(2026, 11, 23), content="Đã đối thoại, công dân rút đơn"
    )
    with district.one.store.unit(act="directive.report", officer=district.one.officer.id) as unit:
        unit.put(told)
        unit.commit()
    district.up(district.one)
    assert district.office.store.all(DirectiveProgress) == [told]


def test_a_ward_cannot_change_a_directive_of_its_superior(district: District) -> None:
    district.issue(directive("Giải quyết dứt điểm", "P-01"))
    district.down(district.one)
    (received,) = district.one.store.all(Directive)
    with (
        pytest.raises(Refused) as refused,
        district.one.store.unit(act="directive.close", officer=district.one.officer.id) as unit,
    ):
        unit.change(received, closed_on=date(2026, 11, 23))
    assert refused.value.code == "other_office"


def test_a_reminder_goes_to_the_office_it_reminds(district: District) -> None:
    reminder = Reminder(
        id=new_id(), office="Q", about=ReminderAbout.BUNDLE, target="", unit="P-02", on=date(2026, 11, 23), nth=1
    )
    district.issue(reminder)
    assert district.down(district.two) == ["applied"] and district.two.store.all(Reminder) == [reminder]
    assert district.one.store.all(Reminder) == []


def test_the_name_of_the_superior_is_known_below(district: District) -> None:
    district.issue(directive("Việc thứ nhất", "P-01"))
    district.down(district.one)
    assert {one.id for one in district.one.store.all(Office)} == {"P-01", "Q"}


def test_a_withheld_line_stands_for_one_line_only() -> None:
    begin = start("0" * 32, 1)
    lines = [b'{"a":1}', b'{"b":2}']
    hidden = [withheld(lines[0]), lines[1]]
    assert hashes(begin, hidden) == hashes(begin, lines)
    assert hashes(begin, [withheld(b'{"a":3}'), lines[1]]) != hashes(begin, lines)
    assert withheld_hash(lines[0]) is None and withheld_hash(b'{"withheld":"zz"}') is None


def test_a_ward_cannot_hide_its_own_lines(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upwards every line is told: a bundle with a withheld line is refused whole."""
    district.one.receptions.log(DRAFT)
    real = journal.lines_after

    def hiding(connection: object, chain: object, seq: int) -> Iterator[bytes]:
        for number, line in enumerate(real(connection, chain, seq)):  # type: ignore[arg-type]
            yield withheld(line) if number == 1 else line

    monkeypatch.setattr(journal, "lines_after", hiding)
    (sent,) = district.one.outbox.export(district.stick)
    monkeypatch.undo()
    (result,) = district.office.inbox.take([sent.path])
    assert (result.outcome, result.code) == ("refused", "E_SCHEMA")


def test_a_directive_named_to_another_ward_later_is_a_record_of_its_own(district: District) -> None:
    """What was withheld from a ward stays withheld: its later change is kept aside and harms nothing."""
    order = directive(SECRET_OF_TWO, "P-02")
    district.issue(order)
    district.issue(directive("Việc của phường một", "P-01"))
    district.down(district.one)
    with district.office.store.unit(act="directive.change", officer=district.office.officer.id) as unit:
        unit.change(order, units=("P-01", "P-02"))
        unit.commit()
    assert district.down(district.one) == ["applied"] and texts(district.one) == {"Việc của phường một"}
    district.issue(replace(order, id=new_id(), units=("P-01",)))
    assert district.down(district.one) == ["applied"] and SECRET_OF_TWO in texts(district.one)


def test_a_finding_comes_down_and_what_the_ward_answers_goes_up(district: District) -> None:
    """The district asks for a correction by a day; the ward sees it, answers, and the district reads the answer."""
    desk = district.office.inspections
    held = desk.begin("P-01", date(2026, 7, 1), date(2026, 11, 23), lead="Thanh tra quận").value.round
    finding = desk.add(held.id, "Phòng tiếp công dân chưa niêm yết nội quy").value
    desk.ask([finding.id], date(2026, 12, 1))
    desk.begin("P-02", date(2026, 7, 1), date(2026, 11, 23), lead=SECRET_OF_TWO)
    assert district.down(district.one) == ["applied"]
    (seen,) = district.one.inspections.rounds("P-01")
    assert next(one for one in seen.findings if one.id == finding.id).due == date(2026, 12, 1)
    assert SECRET_OF_TWO.encode() not in everything(district.one)
    told = district.one.inspections.reply(
        finding.id, on=date(2026, 11, 23), content="Đã niêm yết nội quy tại phòng tiếp công dân", corrected=True
    ).value
    with pytest.raises(Refused):
        district.two.inspections.reply(finding.id, on=date(2026, 11, 23), content="Không phải", corrected=True)
    district.up(district.one)
    (line,) = desk.rounds("P-01")
    assert line.replies == {finding.id: (told,)}


# -- with the desks ----------------------------------------------------------------------------------------


def draft_of_an_order(*units: str, cases: tuple[str, ...] = ()) -> DirectiveDraft:
    return DirectiveDraft(
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận Thử Nghiệm",
        number="446/UBND-TTr",
        issued_on=date(2026, 11, 2),
        content="Giải quyết dứt điểm, báo cáo kết quả",
        due=date(2026, 11, 13),
        units=units,
        cases=cases,
    )


def test_a_directive_its_report_and_its_reminder_travel_both_ways(district: District) -> None:
    today = district.office.today()
    order = district.office.directives.issue(draft_of_an_order("P-01", "P-02")).value
    district.down(district.one)
    assert [line.id for line in district.one.directives.waiting_here(today)] == [order.id]
    district.one.directives.report(order.id, on=today, content="Đã đối thoại, công dân rút đơn", done=True)
    district.up(district.one)
    line = district.office.directives.line(order.id)
    assert (line.waiting_for, [one.office for one in line.reports]) == (("P-02",), ["P-01"])
    district.office.reminders.remind_all(ReminderAbout.DIRECTIVE, order.id, line.waiting_for, on=today)
    assert district.down(district.two) == ["applied"]
    assert [one.nth for one in district.two.reminders.unanswered()] == [1]
    assert district.one.reminders.received() == []
    district.two.directives.report(order.id, on=today, content="Đang làm")
    assert district.two.reminders.unanswered() == []
    district.up(district.two)
    assert district.office.directives.line(order.id).waiting_for == ("P-02",)
    assert district.one.check() == district.two.check() == district.office.check() == []


def test_a_case_that_is_attached_later_reaches_the_ward_of_the_case(district: District) -> None:
    order = district.office.directives.issue(draft_of_an_order("P-01")).value
    case = district.one.receptions.log(DRAFT, open_case=True).value.case
    assert case
    district.up(district.one)
    district.office.directives.attach(order.id, case)
    district.down(district.one)
    assert [one.id for one in district.one.directives.about_case(case)] == [order.id]


def test_what_a_ward_has_to_carry_out_comes_up_and_the_districts_reminder_goes_down(district: District) -> None:
    today = district.one.today()
    duty = district.one.obligations.register(
        ObligationDraft(
            kind=ObligationKind.COURT_JUDGMENT, issued_on=date(2026, 10, 1), summary="Cấp lại giấy", due=today
        )
    ).value
    district.up(district.one)
    (line,) = district.office.obligations.lines()
    assert (line.id, line.obligation.office) == (duty.id, "P-01")
    with pytest.raises(Refused) as refused:
        district.office.obligations.tell(duty.id, progress="Xong")
    assert refused.value.code == "other_office"
    district.office.reminders.remind(ReminderAbout.OBLIGATION, duty.id, "P-01", on=today)
    district.down(district.one)
    assert len(district.one.obligations.line(duty.id).reminders) == 1
    assert [one.target for one in district.one.reminders.unanswered()] == [duty.id]
    district.one.obligations.finish(duty.id, today)
    assert district.one.reminders.unanswered() == []
