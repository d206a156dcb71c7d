"""Slips of a selection, prints again, prints that are spoilt: what the register and the journal say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.slip_desk import PrintedSlip, SlipBatch
from tcd_desktop.store.journal import journal
from tests.documents.reading import whole_text
from tests.offices import DRAFT, SECRET, make_office


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


class Tray:
    """A printer: takes papers until it jams before number `jams`, and tells a user who cancels after `enough`."""

    def __init__(self, *, jams: int = 0, enough: int = 0) -> None:
        self.papers: list[PrintedSlip] = []
        self.steps: list[tuple[int, int]] = []
        self._jams, self._enough = jams, enough

    def send(self, slip: PrintedSlip) -> None:
        if self._jams and len(self.papers) + 1 == self._jams:
            raise Refused("print_failed")
        self.papers.append(slip)

    def step(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total))

    def cancelled(self) -> bool:
        return bool(self._enough) and len(self.papers) >= self._enough


def visits(ward: OpenOffice, count: int) -> list[Reception]:
    return [ward.receptions.log(DRAFT).value for _ in range(count)]


def printed(ward: OpenOffice, chosen: list[Reception], tray: Tray, **how: object) -> SlipBatch:
    return ward.slips.print_all([one.id for one in chosen], send=tray.send, progress=tray, **how)  # type: ignore[arg-type]


def register(ward: OpenOffice) -> list[tuple[str, int, int, str]]:
    """(number, which print, copies, why spoilt) of every slip."""
    found = ward.store.all(IssuedDocument, "form = '02/TCD' ORDER BY number, print_no")
    return [(one.number, one.print_no, one.copies, one.spoilt) for one in found]


def acts(ward: OpenOffice, record: str) -> list[str]:
    with ward.store.reading() as connection:
        return [entry.op.act for entry in journal.entries_of(connection, ward.office.id, record)]


def test_each_paper_of_a_selection_is_in_the_register_on_its_own_and_in_order(ward: OpenOffice) -> None:
    chosen, tray = [*visits(ward, 3), ward.receptions.log(SECRET).value], Tray()
    batch = printed(ward, chosen, tray)
    assert [one.document.number for one in tray.papers] == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert register(ward) == [("1/2026", 1, 2, ""), ("2/2026", 1, 2, ""), ("3/2026", 1, 2, ""), ("4/2026", 1, 3, "")]
    assert tray.steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(batch.printed) == 4 and not batch.left_out and not batch.cancelled and not batch.failed
    for one in batch.printed:
        assert ward.slips.stored_pdf(one) == next(slip.pdf for slip in tray.papers if slip.document.id == one.id)


def test_what_cannot_be_printed_is_left_out_with_its_reason_and_the_others_go_on(ward: OpenOffice) -> None:
    first, second, third = visits(ward, 3)
    bare = ward.receptions.log(replace(DRAFT, documents=())).value
    ward.slips.print(first.id)
    ward.recycle.remove("reception", second.id, "ghi trùng lượt")
    tray = Tray()
    batch = ward.slips.print_all(
        [first.id, second.id, bare.id, "0" * 32, third.id], send=tray.send, progress=SilentProgress()
    )
    assert [one.document.number for one in tray.papers] == [third.book_number]
    assert [(one.number, one.code) for one in batch.left_out] == [
        (first.book_number, "slip_printed"),
        (second.book_number, "removed_already"),
        (bare.book_number, "no_documents"),
        ("", "unknown_record"),
    ]


def test_reprints_are_marked_on_the_paper_in_the_register_and_in_the_journal(ward: OpenOffice) -> None:
    (visit,) = visits(ward, 1)
    first = ward.slips.print(visit.id).value
    tray = Tray()
    assert printed(ward, [visit], Tray()).left_out[0].code == "slip_printed"
    printed(ward, [visit], tray, again=True, copies=1)
    (again,) = tray.papers
    assert again.document.print_no == 2 and again.document.copies == 1 and again.document.number == "1/2026"
    assert "In lại" in whole_text(again.pdf) and "In lại" not in whole_text(first.pdf)
    for document in (first.document, again.document):
        assert acts(ward, document.id) == ["slip.print"]


def test_cancelling_keeps_what_is_printed_and_prints_nothing_more(ward: OpenOffice) -> None:
    tray = Tray(enough=2)
    batch = printed(ward, visits(ward, 5), tray)
    assert batch.cancelled and len(batch.printed) == len(tray.papers) == len(register(ward)) == 2


def test_after_a_jam_nothing_more_is_entered_and_the_number_is_told(ward: OpenOffice) -> None:
    tray = Tray(jams=3)
    chosen = visits(ward, 5)
    batch = printed(ward, chosen, tray)
    assert batch.failed == "3/2026" and [one[0] for one in register(ward)] == ["1/2026", "2/2026", "3/2026"]
    jammed = batch.printed[-1]
    ward.slips.spoil(jammed.id, "Máy in kẹt giấy, tờ in bị rách")
    rest = Tray()
    assert not printed(ward, chosen, rest).failed
    assert [(one.document.number, one.document.print_no) for one in rest.papers] == [
        ("3/2026", 2),
        ("4/2026", 1),
        ("5/2026", 1),
    ]


def test_a_spoilt_print_is_explained_in_the_register_the_journal_and_the_list_of_numbers(ward: OpenOffice) -> None:
    (visit,) = visits(ward, 1)
    document = ward.slips.print(visit.id).value.document
    done = ward.slips.spoil(document.id, "  Máy in kẹt giấy  ")
    assert done.value.spoilt == "Máy in kẹt giấy" and register(ward) == [("1/2026", 1, 2, "Máy in kẹt giấy")]
    assert acts(ward, document.id) == ["slip.print", "slip.spoil"]
    (gap,) = ward.recycle.bin.spoilt_slips(2026)
    assert gap.state == "spoilt" and gap.line is not None and "Máy in kẹt giấy" in gap.line.why
    with pytest.raises(Refused) as caught:
        ward.slips.spoil(document.id, "thêm lần nữa")
    assert caught.value.code == "slip_spoilt"
    with pytest.raises(Refused) as caught:
        ward.undo.undo(done.entry)
    assert caught.value.code == "not_reversible", "what is in the register of prints stays there"


@pytest.mark.parametrize(
    ("reason", "code"), [("rách", "reason_needed"), ("", "reason_needed"), ("a" * 301, "reason_too_long")]
)
def test_a_spoilt_print_needs_a_reason(ward: OpenOffice, reason: str, code: str) -> None:
    document = ward.slips.print(visits(ward, 1)[0].id).value.document
    with pytest.raises(Refused) as caught:
        ward.slips.spoil(document.id, reason)
    assert caught.value.code == code and register(ward) == [("1/2026", 1, 2, "")]
