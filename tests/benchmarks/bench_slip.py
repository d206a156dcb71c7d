"""The receipt slip against bare ReportLab drawing the same text: `python -m tests.benchmarks.bench_slip`.

The bare page knows the answer: the same strings, faces, sizes, places and rules, each line one `drawString`,
no breaking, no justifying, no form texts, no file properties, no QR, no structure for screen readers. Both run in
turns in one process, warm. Times are those of the processor: what else runs on the machine does not count (the ratio
of the clock is given beside it). Prints one JSON line; the goal is a ratio of at most 1.3.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from statistics import median
from time import perf_counter, process_time

from reportlab.pdfgen.canvas import Canvas

from tcd_desktop.documents import receipt_slip
from tcd_desktop.documents.form_pack import form_for
from tcd_desktop.documents.pages import Placed
from tcd_desktop.documents.sheet_style import COMFORTABLE, PAGE_HEIGHT, PAGE_WIDTH, TOP
from tcd_desktop.domain.papers.paper_code import RECEIPT_SLIP, PaperCode
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import PaperCondition, Sex

GOAL = 1.3
ROUNDS = 200

SLIP = ReceiptSlip(
    superior_name="Ủy ban nhân dân quận Hai Bà Trưng",
    office_name="Ủy ban nhân dân phường Bạch Đằng",
    locality="Bạch Đằng",
    at=datetime(2026, 11, 3, 8, 5),
    place="Phòng tiếp công dân, trụ sở UBND phường Bạch Đằng",
    receiver_name="Trần Thị Ẩn",
    receiver_title="Công chức Tư pháp - Hộ tịch",
    giver=Person(
        name="Nguyễn Văn Quỹ",
        sex=Sex.MALE,
        id_number="001085000000",
        id_issued=date(2021, 5, 12),
        id_place="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        address="Số 12, ngõ 34 phố Lương Yên, phường Bạch Đằng, quận Hai Bà Trưng, thành phố Hà Nội",
    ),
    papers=(
        Paper("Đơn khiếu nại đề ngày 20/10/2026", 3, PaperCondition.PHOTOCOPY),
        Paper("Quyết định số 152/QĐ-UBND ngày 08/9/2026 của Chủ tịch UBND phường", 2, PaperCondition.PHOTOCOPY),
        Paper("Giấy chứng nhận quyền sử dụng đất", 4, PaperCondition.CERTIFIED_COPY),
    ),
    number="57/GBN-UBND",
)


def another_visit(number: int) -> ReceiptSlip:
    """A slip with a person, a number and papers of its own, so that no answer can come from a memory."""
    giver = replace(SLIP.giver, name=f"Nguyễn Văn Quỹ {number}", id_number=f"{1085000000 + number:012d}")
    papers = tuple(replace(paper, name=f"{paper.name} số {number}") for paper in SLIP.papers)
    code = PaperCode(office="HN-BD", number=number, year=2026, kind=RECEIPT_SLIP)
    return replace(SLIP, giver=giver, papers=papers, number=f"{number}/GBN-UBND", code=str(code))


def bare_page(pages: Sequence[Sequence[Placed]]) -> bytes:
    """The same marks on paper with nothing but reportlab."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1)
    for page in pages:
        for placed in page:
            top = PAGE_HEIGHT - TOP - placed.top
            for ink in placed.row.inks:
                canvas.setFont(ink.face, ink.size)
                canvas.drawString(ink.x, top - ink.drop, ink.text)
            for rule in placed.row.rules:
                canvas.line(rule.x, top - rule.drop, rule.x + rule.length, top - rule.drop)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long one call takes: of the processor, by the clock."""
    clock, processor = perf_counter(), process_time()
    work()
    return (process_time() - processor) * 1000, (perf_counter() - clock) * 1000


def measure(rounds: int = ROUNDS) -> dict[str, object]:
    """Ratio of the medians, both halves warmed up and taken in turns."""
    slips = [another_visit(number) for number in range(1, rounds + 11)]
    form = form_for(receipt_slip.FORM, SLIP.at.date())
    layouts = [receipt_slip._compose(slip, form, COMFORTABLE).pages() for slip in slips]
    ours, bare = [], []
    for index, (slip, pages) in enumerate(zip(slips, layouts, strict=True)):
        turn = (lambda s=slip: receipt_slip.render_receipt_slip(s), lambda p=pages: bare_page(p))
        times = [(0.0, 0.0)] * 2
        for which in (0, 1) if index % 2 else (1, 0):
            times[which] = milliseconds(turn[which])
        if index >= 10:
            ours.append(times[0])
            bare.append(times[1])
    slip_ms, bare_ms = (median(one for one, _clock in times) for times in (ours, bare))
    slip_clock, bare_clock = (median(clock for _one, clock in times) for times in (ours, bare))
    return {
        "name": "slip",
        "ratio": round(slip_ms / bare_ms, 3),
        "goal": GOAL,
        "slip_ms": round(slip_ms, 2),
        "bare_ms": round(bare_ms, 2),
        "clock_ratio": round(slip_clock / bare_clock, 3),
        "clock_p99_ms": round(sorted(clock for _one, clock in ours)[int(len(ours) * 0.99)], 2),
        "rounds": rounds,
        "pages": len(layouts[0]),
    }


if __name__ == "__main__":
    result = measure()
    print(json.dumps(result))
    sys.exit(0 if float(str(result["ratio"])) <= GOAL else 1)
