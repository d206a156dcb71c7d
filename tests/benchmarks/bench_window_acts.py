"""How long the window's thread is busy at a stretch during each act, over 1,000,000 visits in the encrypted store.

    python -m tests.benchmarks.bench_window_acts [visits] [rounds]

The real window of a ward, offscreen, with the real runner and its threads. A watcher on the event loop notes every
stretch in which nothing else could happen; the longest of an act is what an officer feels as a jerk. It is counted in
processor time of the window's thread, so that other programs do not count; the clock's figure stands beside it. Each
act is done once and then `rounds` times, of which the median counts. The same acts over 100 visits are measured in the
same run: what they take is the price of Qt, Python and this machine, not of the million.

The world is built once and kept beside the system's temporary files (set TCD_BENCH_DIR to keep it elsewhere). Ends
with 1 when an act over the many visits takes more than 50 ms.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false;default.debug=false")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search import search
from tcd_desktop.ui.window.page import Page
from tests.benchmarks.world_rows import ward_receptions
from tests.offices import PASSWORD, make_office

LIMIT_MS = 50.0
COUNT, SMALL, ROUNDS = 1_000_000, 100, 3
NOW = datetime(2026, 11, 23, 9, 30)
CHUNK = 20_000
PATIENCE = 90.0
PAINTING = "painting the window twice"
"""No act: how fast this machine paints, as a measure for all the others."""


# -- the world --------------------------------------------------------------------------------------------


def world(count: int) -> Path:
    """The folder of an office with so many visits, made when it is not there."""
    folder = Path(os.environ.get("TCD_BENCH_DIR", tempfile.gettempdir()))
    home = folder / f"tcd-window-{count}"
    if (home / "ready").exists():
        return home
    begin = perf_counter()
    office = make_office(home)
    try:
        with office.store.writing() as connection:
            connection.exec_driver_sql("PRAGMA cache_size = -2000000")  # indexes by name are filled in no order
            for chunk in _chunks(office, count):
                for table, records in chunk.items():
                    rows = ROWS[table]
                    made = [rows.row(one.office, one.id, fields_of(put_fields(one), table)) for one in records]
                    rows.insert(connection, [row for row in made if row is not None])
            search.rebuild(connection)
    finally:
        office.close()
    (home / "ready").touch()
    print(json.dumps({"name": "build", "visits": count, "seconds": round(perf_counter() - begin)}), file=sys.stderr)
    return home


def _chunks(office: OpenOffice, count: int) -> Iterator[dict[str, list[Any]]]:
    """Visits with a case for every eighth and a known citizen for every tenth, in pieces."""
    visits = ward_receptions(practice_wards()[0], count, years=10)
    number = 0
    while chunk := list(islice(visits, CHUNK)):
        found: dict[str, list[Any]] = {"reception": [], "case_file": [], "citizen": []}
        for visit in chunk:
            number += 1
            changes: dict[str, Any] = {"office": office.office.id}
            if number % 10 == 0 and visit.name:
                citizen = Citizen(
                    id=f"c{visit.id[1:]}",
                    office=office.office.id,
                    name=visit.name,
                    birth_date=visit.birth_date,
                    id_number=visit.id_number,
                    phone=visit.phone,
                )
                found["citizen"].append(citizen)
                changes["citizen"] = citizen.id
            if number % 8 == 0:
                case = _case(visit, number, office.office.id)
                found["case_file"].append(case)
                changes["case"] = case.id
            found["reception"].append(replace(visit, **changes))
        yield found


def _case(visit: Any, number: int, office: str) -> CaseFile:
    opened: date = visit.date
    return CaseFile(
        id=f"d{visit.id[1:]}",
        office=office,
        year=opened.year,
        number=number // 8,
        title=visit.content[:100],
        classification=visit.classification or Classification.PETITION,
        state=CaseState.CLOSED if opened.year < NOW.year else CaseState.UNDER_REVIEW,
        opened_on=opened,
        reception=visit.id,
        people=visit.people,
        due=visit.answer_due,
    )


# -- the watcher ------------------------------------------------------------------------------------------


class Watcher:
    """A timer that should come every millisecond. What the window's thread did between two comings is a stretch.

    `longest` is the longest in processor time of this thread: its own work, whoever else uses the machine. `waited`
    is the longest on the clock, with what other threads (holding Python's lock) and other programs took.
    """

    def __init__(self) -> None:
        self.begin()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Another act."""
        self.longest = self.waited = 0.0
        self._clock, self._work = perf_counter(), thread_time()

    def _tick(self) -> None:
        clock, work = perf_counter(), thread_time()
        self.waited = max(self.waited, (clock - self._clock) * 1000 - 1)
        self.longest = max(self.longest, (work - self._work) * 1000)
        self._clock, self._work = clock, work

    def stop(self) -> None:
        """No more."""
        self._timer.stop()


class Stage:
    """The window of one office, and the acts of an officer in it."""

    def __init__(self, home: Path, folder: Path) -> None:
        from tcd_desktop.ui.window.collector import keep_for_good
        from tcd_desktop.ui.window.office_window import OfficeWindow, import_pages
        from tcd_desktop.ui.window.runner import Runner

        self.office = open_office(home, PASSWORD, now=lambda: NOW)
        self.runner = Runner()
        from tcd_desktop.jobs import SilentProgress

        import_pages(SilentProgress())
        keep_for_good()
        self.keeper = Keeper(Settings(), folder / f"{home.name}.json")
        self.window = OfficeWindow(self.office, self.runner, self.keeper)
        self.window.resize(1366, 728)
        self.window.show()
        self.watcher = Watcher()
        self.waited = 0.0
        self.settle()
        self.act(self.window.prepare_visit, 1500)

    def settle(self, extra_ms: int = 120) -> None:
        """Lets everything happen that was asked for: readers, timers, painting."""
        until, quiet = perf_counter() + PATIENCE, perf_counter()
        loop = QEventLoop()
        tick = QTimer()
        tick.setInterval(15)

        def look() -> None:
            nonlocal quiet
            if self.runner.busy():
                quiet = perf_counter()
            if perf_counter() - quiet > extra_ms / 1000 or perf_counter() > until:
                loop.quit()

        tick.timeout.connect(look)
        tick.start()
        loop.exec()

    def act(self, do: Callable[[], object], extra_ms: int = 120) -> float:
        """Does something inside the event loop; the longest stretch of it in milliseconds of work."""
        self.watcher.begin()
        QTimer.singleShot(0, do)
        self.settle(extra_ms)
        self.waited = max(self.waited, self.watcher.waited)
        return self.watcher.longest

    def close(self) -> None:
        """Takes the stage down."""
        self.watcher.stop()
        self.window.leave()
        self.window.hide()
        self.window.deleteLater()
        self.runner.close()
        QApplication.processEvents()
        self.office.close()

    # -- acts -----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page()

    def desk(self, name: str) -> Callable[[], object]:
        """Going to a desk."""
        return lambda: self.window.show_desk(name)

    def letters(self, text: str) -> float:
        """A text typed into the search box letter by letter."""
        worst = self.act(self.window.top.focus_search)
        for letter in text:
            worst = max(worst, self.act(partial(self.window.top.search.insert, letter), 200))
        return worst

    def cleared(self) -> float:
        """The search box emptied."""
        return self.act(self.window.top.search.clear, 200)

    def rows(self) -> float:
        """Down through some rows, each shown at the right."""
        self.act(self.page.focus_list)
        table = self.page.list.table
        return max(self.act(lambda: QTest.keyClick(table, Qt.Key.Key_Down), 100) for _ in range(5))

    def end(self) -> float:
        """To the last row and back to the first."""
        table = self.page.list.table
        self.act(self.page.focus_list, 400)
        worst = self.act(lambda: QTest.keyClick(table, Qt.Key.Key_End), 400)
        return max(worst, self.act(lambda: QTest.keyClick(table, Qt.Key.Key_Home), 200))

    def dragged(self) -> float:
        """The scroll bar pulled through the whole list."""
        bar = self.page.list.table.verticalScrollBar()
        places = [bar.maximum() * part // 7 for part in (1, 3, 5, 2, 7, 0)]
        return max(self.act(partial(bar.setValue, place), 60) for place in places)

    def filtered(self, values: dict[str, str]) -> float:
        """A filter from the menu."""
        return self.act(lambda: self.page.filters._apply(values), 250)

    def opened(self) -> float:
        """Enter on a row: the page of a visit; Esc: back."""
        table = self.page.list.table
        self.act(self.page.focus_list)
        worst = self.act(lambda: QTest.keyClick(table, Qt.Key.Key_Return), 300)
        return max(worst, self.act(self.window.pop, 200))

    def new_visit(self) -> float:
        """The form for the next citizen."""
        return self.act(self.window.new_visit, 300)

    def typed(self) -> float:
        """A name typed into the form's first field."""
        field = next(one for one in self.page.findChildren(QLineEdit) if one.isVisibleTo(self.page) and one.isEnabled())
        field.setFocus()
        return max(self.act(partial(field.insert, letter), 60) for letter in "Nguyễn Văn")

    def saved(self) -> float:
        """A visit logged behind the window: its list, its morning and its undo bar hear of it."""
        from tests.offices import DRAFT

        draft = replace(DRAFT, date=NOW.date())
        logged: list[Any] = []

        def log() -> None:
            self.runner.write(lambda _progress: self.office.receptions.log(draft), done=logged.append)

        took = self.act(log, 400)
        until = perf_counter() + PATIENCE
        while not logged and perf_counter() < until:
            took = max(took, self.act(lambda: None, 100))
        if not logged:
            raise RuntimeError("the visit was not saved")
        return took


def acts_of(stage: Stage) -> Iterator[tuple[str, Callable[[], float]]]:
    """The acts in the order in which they are done."""
    yield "morning screen", lambda: stage.act(stage.desk("today"), 300)
    yield "new visit from the morning", lambda: max(stage.new_visit(), stage.act(lambda: leave_form(stage), 1500))
    yield "list of visits", lambda: stage.act(stage.desk("receptions"), 300)
    yield "rows chosen one by one", stage.rows
    yield "to the last row and back", stage.end
    yield "scroll bar pulled", stage.dragged
    yield "search typed, plain", lambda: max(stage.letters("nguyen van duc"), stage.cleared())
    yield "search typed, with marks", lambda: max(stage.letters("Đặng Thị Hoà"), stage.cleared())
    yield "search typed, number", lambda: max(stage.letters("57/2026"), stage.cleared())
    yield "filter: refused", lambda: max(stage.filtered({"direction": "refuse"}), stage.filtered({}))
    yield (
        "filter: crowds this year",
        lambda: max(stage.filtered({"crowd": "yes", "period": "year"}), stage.filtered({})),
    )
    yield "visit opened and left", stage.opened
    yield "new visit", stage.new_visit
    yield "typing in the form", lambda: max(stage.typed(), stage.act(lambda: leave_form(stage), 1500))
    yield "visit saved", stage.saved
    yield "list of cases", lambda: stage.act(stage.desk("cases"), 300)
    yield "search in cases", lambda: max(stage.letters("tranh chap"), stage.cleared())
    if "citizens" in stage.window._desks:
        yield "list of citizens", lambda: stage.act(stage.desk("citizens"), 300)
    yield "calendar", lambda: stage.act(stage.desk("calendar"), 300)


def leave_form(stage: Stage) -> None:
    """Back to the list, whatever the form says of what was typed."""
    pile = stage.window._pages["receptions"]
    while pile.count() > 1:
        page = pile.currentWidget()
        assert page is not None
        pile.removeWidget(page)
        page.hide()
        page.deleteLater()
    below = pile.currentWidget()
    if isinstance(below, Page):
        below.focus_list()


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds by act: the first time, the median of the later ones, and their median on the clock."""

    first: dict[str, float]
    later: dict[str, float]
    clock: dict[str, float]


def measure(home: Path, folder: Path, rounds: int) -> Times:
    """Does every act `rounds` times after a first one."""
    stage = Stage(home, folder)
    try:
        found: dict[str, list[float]] = {}
        clock: dict[str, list[float]] = {}
        for _ in range(rounds + 1):
            for name, do in acts_of(stage):
                stage.waited = 0.0
                found.setdefault(name, []).append(do())
                clock.setdefault(name, []).append(stage.waited)
        painted = []
        for _ in range(20):
            begin = perf_counter()
            stage.window.repaint(stage.window.rect())
            stage.window.render(_canvas(stage.window), QPoint())
            painted.append((perf_counter() - begin) * 1000)
        found[PAINTING] = clock[PAINTING] = painted
        return Times(
            {name: times[0] for name, times in found.items()},
            {name: statistics.median(times[1:]) for name, times in found.items()},
            {name: statistics.median(times[1:]) for name, times in clock.items()},
        )
    finally:
        stage.close()


def _canvas(widget: QWidget) -> Any:
    from PySide6.QtGui import QPixmap

    return QPixmap(widget.size())


def main(count: int = COUNT, rounds: int = ROUNDS) -> int:
    """Prints a table and a JSON line for each act."""
    from tcd_desktop import i18n
    from tcd_desktop.ui.look import look
    from tcd_desktop.ui.window.application import make_application

    app = make_application()
    i18n.set_language("vi")
    look.apply(app, "light", 100)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TCD_CONFIG_DIR"] = str(folder / "config")
        few = measure(world(SMALL), folder, rounds)
        many = measure(world(count), folder, rounds)
    print(f"longest stretch of the window's thread in ms of work; many = {count:,} visits, few = {SMALL}")
    print(f"{'act':28} {'many':>8} {'few':>8} {'many, 1st':>10} {'few, 1st':>10} {'many, clock':>12}")
    slow = []
    for name, took in many.later.items():
        over = took > LIMIT_MS and name != PAINTING
        if over:
            slow.append(name)
        others = f"{few.later[name]:8.1f} {many.first[name]:10.1f} {few.first[name]:10.1f} {many.clock[name]:12.1f}"
        print(f"{name:28} {took:8.1f} {others}{'  over' if over else ''}")
    figures = {name: [round(took, 1), round(few.later[name], 1)] for name, took in many.later.items()}
    told = {"name": "window_acts", "visits": count, "rounds": rounds, "ms": figures, "over": slow, "ok": not slow}
    print(json.dumps(told))
    return 1 if slow else 0


if __name__ == "__main__":
    wanted = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*wanted))
