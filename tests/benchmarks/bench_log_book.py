"""The log book of 100,000 visits against a bare ReportLab canvas: `python -m tests.benchmarks.bench_log_book [lines]`.

The bare canvas knows the answer: the strings of every page, where they stand and the rules; it breaks nothing, counts
nothing, knows no form and no visit. Both have the same face, compress their pages and run in a process of their own;
only making the pages is timed, not reading what is written. ReportLab keeps all its pages until the end, which is why
ours does not use its canvas; the memory of both is told. Also told: the same book from a real database, with reading.
Goal: at least half the speed of the canvas.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import IO, Any
from unittest.mock import patch

from tcd_desktop.documents import log_book
from tcd_desktop.documents.fonts import Face, register_fonts
from tcd_desktop.documents.log_book_table import SIZE, THIN, Pen
from tcd_desktop.documents.sheet_style import PAGE_HEIGHT, PAGE_WIDTH
from tcd_desktop.domain.receptions.log_book import BookQuery, LogBook
from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.lists.log_book import book_lines
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store
from tests.benchmarks.world_rows import UNTIL, receptions

COUNT = 100_000
GOAL = 0.5
KEY = b"k" * 32
SINCE = UNTIL - timedelta(days=370)
AT_ONCE = 500
OFFICE = practice_wards()[0].code


def main() -> int:
    """Prints one line."""
    if len(sys.argv) == 4 and sys.argv[1] in PARTS:
        print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    store = _store(count)
    with tempfile.TemporaryDirectory(prefix="tcd-bench-") as name:
        folder = Path(name)
        visits, pages = folder / "lines.pickle", folder / "pages.pickle"
        _write_visits(store, visits)
        _write_pages(visits, pages)
        ours, bare, from_store = (
            _part(name, given, folder) for name, given in (("ours", visits), ("bare", pages), ("store", store))
        )
    ratio = round(bare["s"] / ours["s"], 2)
    result = {
        "name": "log book",
        "lines": count,
        "pages": ours["pages"],
        "ratio": ratio,
        "goal": GOAL,
        "lines_per_second": round(count / ours["s"]),
        "ours_s": ours["s"],
        "bare_s": bare["s"],
        "ours_mb": ours["mb"],
        "bare_mb": bare["mb"],
        "from_store_s": from_store["s"],
        "from_store_mb": from_store["mb"],
    }
    print(json.dumps(result))
    return 0 if ratio >= GOAL else 1


def _part(name: str, given: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.bench_log_book", name, str(given), str(folder / f"{name}.pdf")]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def _book() -> LogBook:
    query = BookQuery(office=OFFICE, since=SINCE, until=UNTIL)
    return LogBook(
        query=query,
        superior_name="UBND quận Hai Bà Trưng",
        office_name="UBND phường Nguyễn Du",
        locality="Hà Nội",
        made_on=UNTIL,
        officer="Lê Thị Thử",
    )


# -- what is written ---------------------------------------------------------------------------------------


def _store(count: int) -> Path:
    """A ward's database with so many visits of one year; kept in TCD_BENCH_DIR or the folder for temporary files."""
    path = Path(os.environ.get("TCD_BENCH_DIR", tempfile.gettempdir())) / f"tcd-bench-book-{count}.db"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    store = Store.create(part, KEY, device="ab" * 16, office=OFFICE)
    visits = receptions(count, wards=1, years=1)
    with store.writing() as connection:
        while chunk := list(islice(visits, 5_000)):
            made = (ROWS["reception"].row(one.office, one.id, fields_of(put_fields(one), "reception")) for one in chunk)
            ROWS["reception"].insert(connection, [row for row in made if row is not None])
    store.close()
    part.rename(path)
    return path


def _write_visits(store: Path, target: Path) -> None:
    """The lines of the book, some at a time."""
    opened = Store.open(store, KEY)
    try:
        with opened.reading() as connection, target.open("wb") as file:
            lines = book_lines(connection, _book().query)
            while chunk := list(islice(lines, AT_ONCE)):
                pickle.dump(chunk, file)
    finally:
        opened.close()


def _write_pages(visits: Path, target: Path) -> None:
    """What stands on each page: texts with their places, and rules."""
    with target.open("wb") as file, patch.object(log_book, "Pen", type("Noting", (_Noting,), {"file": file})):
        log_book.write_log_book(_Nowhere(), _book(), _read(visits, [0.0]))  # type: ignore[arg-type]


class _Nowhere:
    def write(self, content: bytes) -> int:
        return len(content)


class _Noting(Pen):
    """A pen that writes down what it draws."""

    file: IO[bytes]

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.inks: list[tuple[float, float, str, str, float]] = []
        self.lines: list[tuple[float, float, float, float]] = []

    def body(self, x: float, y: float, text: str) -> None:
        super().body(x, y, text)
        self.inks.append((x, y, text, str(Face.REGULAR), SIZE))

    def text(self, x: float, y: float, text: str, face: Face = Face.REGULAR, size: float = SIZE) -> None:
        super().text(x, y, text, face, size)
        self.inks.append((x, y, text, str(face), size))

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        super().rule(x, y, to_x, to_y)
        self.lines.append((x, y, to_x, to_y))

    def done(self) -> bytes:
        pickle.dump((sorted(self.inks, key=lambda ink: ink[3:]), self.lines), self.file)
        return super().done()


def _read(path: Path, waited: list[float]) -> Iterator[Any]:
    """What was pickled, piece by piece; how long that took is added to `waited`."""
    with path.open("rb") as file:
        while True:
            begin = perf_counter()
            try:
                chunk = pickle.load(file)
            except EOFError:
                return
            waited[0] += perf_counter() - begin
            if isinstance(chunk, list):
                yield from chunk
            else:
                yield chunk


# -- those who write it ----------------------------------------------------------------------------------------


def _ours(visits: Path, target: Path) -> dict[str, Any]:
    waited = [0.0]
    log_book.write_log_book(_Nowhere(), _book(), islice(_read(visits, waited), 200))  # type: ignore[arg-type]
    waited[0] = 0.0
    begin = perf_counter()
    with target.open("wb") as file:
        pages = log_book.write_log_book(file, _book(), _read(visits, waited))
    return _told(perf_counter() - begin - waited[0], pages)


def _bare(pages: Path, target: Path) -> dict[str, Any]:
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    waited = [0.0]
    begin = perf_counter()
    canvas = Canvas(str(target), pagesize=(PAGE_HEIGHT, PAGE_WIDTH), pageCompression=1)
    number = 0
    for inks, rules in _read(pages, waited):
        canvas.setLineWidth(THIN)
        last: tuple[str, float] | None = None
        for x, y, text, face, size in inks:
            if last != (face, size):
                canvas.setFont(face, size)
                last = (face, size)
            canvas.drawString(x, y, text)
        for x, y, to_x, to_y in rules:
            canvas.line(x, y, to_x, to_y)
        canvas.showPage()
        number += 1
    canvas.save()
    return _told(perf_counter() - begin - waited[0], number)


def _from_store(store: Path, target: Path) -> dict[str, Any]:
    opened = Store.open(store, KEY)
    try:
        begin = perf_counter()
        with opened.reading() as connection, target.open("wb") as file:
            pages = log_book.write_log_book(file, _book(), book_lines(connection, _book().query))
        return _told(perf_counter() - begin, pages)
    finally:
        opened.close()


def _told(seconds: float, pages: int) -> dict[str, Any]:
    return {"s": round(seconds, 2), "pages": pages, "mb": _memory()}


def _memory() -> int:
    """The most megabytes this process had, 0 where the system does not say. (ru_maxrss would begin with the parent.)"""
    status = Path("/proc/self/status")
    told = status.read_text(encoding="ascii") if status.exists() else ""
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) // 1024 if found else 0


PARTS = {"ours": _ours, "bare": _bare, "store": _from_store}

if __name__ == "__main__":
    sys.exit(main())
