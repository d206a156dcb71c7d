"""The morning screen: calm figures that open their lists, overdue answers, the exchange, the next acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.pages import Count
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.today.choices import DayChoice, DueChoice
from tcd_desktop.ui.today.figure_card import FigureCard
from tcd_desktop.ui.today.late_list import LateList
from tcd_desktop.ui.today.morning import SOON, Morning, open_cases, read_morning
from tcd_desktop.ui.today.side_card import SideCard
from tcd_desktop.ui.today.tasks import DraftTask, Task, VisitTask
from tcd_desktop.ui.today.work_list import WorkList
from tcd_desktop.ui.window.actions import with_key
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

FIRST_VISIT = State(
    lazy("Ready for the first visit"),
    lazy("Every visit becomes a line of the book; its deadline, slip and case follow from it."),
    lazy("Log the first visit"),
    icon="clipboard-pen",
)
FIRST_WARD = State(
    lazy("No ward has joined yet"),
    lazy("A ward brings its request on a stick; enrol its PC, then its bundles can be imported."),
    lazy("Enrol a ward"),
    icon="building-2",
)


class TodayPage(Page):
    """`newVisitRequest`: log a visit (Ctrl+N). `standingChanged`: the exchange was read anew."""

    newVisitRequest = Signal()
    standingChanged = Signal(object)

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._reading: Job | None = None
        self.figures: dict[str, FigureCard] = {}
        self.empty = EmptyState(FIRST_WARD if office.is_superior else FIRST_VISIT)
        self.empty.actionRequest.connect(self._first_act)
        self._keeper = keeper
        self.late: LateList | None = None
        self.work: WorkList | None = None
        if office.is_superior:
            self.late = LateList(office, runner, keeper)
            self.late.openRequest.connect(partial(self._go, "receptions"))
            self.late.allRequest.connect(self._to_soon)
            self.side = SideCard()
            self.side.goRequest.connect(self.goRequest)
        else:
            self.work = WorkList(runner, keeper, writes=office.may("reception.log"))
            self.work.taskRequest.connect(self._do_task)
            self.work.newRequest.connect(self.newVisitRequest)
        self._lay_out()
        self.refresh()

    @property
    def _list(self) -> LateList | WorkList:
        found = self.work or self.late
        assert found is not None
        return found

    @property
    def title(self) -> str:
        """The heading."""
        return _("Today")

    # -- how it looks -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        now = look.current()
        full = QWidget()
        body = QVBoxLayout(full)
        body.setContentsMargins(0, 0, 0, now.px(12))
        body.setSpacing(now.px(14))
        cards = QHBoxLayout()
        cards.setSpacing(now.px(10))
        for card in self._cards():
            cards.addWidget(card, 1)
        body.addLayout(cards)
        lower = QHBoxLayout()
        lower.setSpacing(now.px(12))
        lower.addWidget(self._list, 5)
        if self.late is not None:
            lower.addWidget(self.side, 2)
        body.addLayout(lower, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), 0)
        lines.setSpacing(now.px(12))
        lines.addLayout(self._head())
        lines.addWidget(self._stack, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(look.current().px(8))
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._day = QLabel(full_day(self._office.today()))
        self._day.setProperty("ink", "muted")
        head.addWidget(heading)
        head.addWidget(self._day)
        head.addStretch()
        if self._office.is_superior:
            self.act = self._button(_("Import bundles"), "package-open", primary=True)
            self.act.clicked.connect(partial(self._press, "exchange", "receive"))
        else:
            send = self._button(_("Exchange"), "usb", primary=False)
            send.clicked.connect(partial(self._press, "exchange", None))
            head.addWidget(send)
            self.act = self._button(with_key("reception.new"), "plus", primary=True)
            self.act.clicked.connect(self.newVisitRequest)
            if not self._office.may("reception.log"):
                self.act.hide()
        head.addWidget(self.act)
        return head

    @staticmethod
    def _button(words: str, icon: str, *, primary: bool) -> QPushButton:
        button = QPushButton(words)
        if primary:
            button.setProperty("kind", "primary")
        icons.dress(button, icon, "on_accent" if primary else "text", 18)
        return button

    def _cards(self) -> list[FigureCard]:
        if self._office.is_superior:
            self._add("missing", "package-x", _("Wards that have not sent"), "warning", self._to_missing)
            self._add("late", "triangle-alert", _("Answers overdue"), "danger", self._to_late)
            self._add("soon", "clock", _("Due within 7 days"), None, self._to_soon)
            self._add("cases", "folder-open", _("Open cases"), None, self._to_cases)
            self._add("visits", "users", _("Visits of all wards"), None, self._to_visits)
        else:
            self._add("late", "triangle-alert", _("Answers overdue"), "danger", self._to_late)
            self._add("today", "alarm-clock", _("Answers due today"), "warning", self._to_due_today)
            self._add("soon", "clock", _("Due within 7 days"), None, self._to_soon)
            self._add("cases", "folder-open", _("Open cases"), None, self._to_cases)
            self._add("visits", "users", _("Visits today"), None, self._to_visits)
        return list(self.figures.values())

    def _add(self, name: str, icon: str, words: str, alarm: Any, act: Callable[[], None]) -> None:
        card = FigureCard(icon, words, alarm=alarm)
        card.clicked.connect(lambda _checked=False: act())
        self.figures[name] = card

    # -- what it shows ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the morning again."""
        if self._reading:
            self._reading.forget()
        office = self._office

        def read(_progress: Progress) -> Morning:
            return read_morning(office)

        self._reading = self._runner.read(read, done=self._read)

    def _read(self, morning: Morning) -> None:
        self._reading = None
        self._day.setText(full_day(morning.today))
        self._stack.setCurrentIndex(0 if morning.begun else 1)
        for name, count in self._counts(morning).items():
            self.figures[name].show_count(count)
        if self.late is not None:
            self.late.show_late(morning)
            self.side.show_morning(morning)
        if self.work is not None:
            self.work.show_tasks(morning.tasks)
        self.standingChanged.emit(morning)

    @staticmethod
    def _counts(morning: Morning) -> dict[str, Count]:
        if morning.figures is None:
            return {
                "missing": Count(len(morning.missing)),
                "late": Count(morning.total("overdue_answers")),
                "soon": morning.soon,
                "cases": Count(morning.total("open_cases")),
                "visits": Count(morning.total("receptions")),
            }
        figures = morning.figures
        return {
            "late": figures.overdue,
            "today": figures.due_today,
            "soon": figures.due_soon,
            "cases": figures.open_cases,
            "visits": figures.visits_today,
        }

    # -- going places -------------------------------------------------------------------------------

    def _go(self, desk: str, argument: object) -> None:
        self.goRequest.emit(desk, argument)

    def _press(self, desk: str, argument: object, _checked: bool = False) -> None:
        self.goRequest.emit(desk, argument)

    def _first_act(self) -> None:
        if self._office.is_superior:
            self._go("exchange", "enrol")
        else:
            self.newVisitRequest.emit()

    def _to_late(self) -> None:
        self._go("receptions", ListChoice(waiting=Waiting.OVERDUE))

    def _to_due_today(self) -> None:
        self._go("receptions", DueChoice(waiting=Waiting.OPEN, by=self._office.today()))

    def _to_soon(self) -> None:
        self._go("receptions", DueChoice(waiting=Waiting.OPEN, by=self._office.today() + SOON))

    def _to_visits(self) -> None:
        today = self._office.today()
        ward = DayChoice(since=today, until=today)
        self._go("receptions", ListChoice() if self._office.is_superior else ward)

    def _to_cases(self) -> None:
        self._go("cases", open_cases(self._office))

    def _to_missing(self) -> None:
        self._go("wards", "missing")

    # -- the next act --------------------------------------------------------------------------------

    def _do_task(self, task: Task) -> None:
        """Opens what comes next with a line of the morning."""
        target = task.target
        if isinstance(target, VisitTask):
            self._do_visit(target)
        elif isinstance(target, DraftTask):
            self._resume(target.name)
        elif isinstance(target, SittingTask):
            self._go("calendar", target)
        else:
            self._go(*target)

    def _do_visit(self, task: VisitTask) -> None:
        """The form when something is to be completed, else the visit with its dialog open; above this screen."""
        if task.act == "amend":
            self._push_form(task.visit)
            return
        from tcd_desktop.ui.receptions.visit_page import VisitPage

        page = VisitPage(self._office, self._runner, self._keeper)
        page.amendRequest.connect(self._push_form)
        if task.act and task.act != "print":  # the slip's button has the keyboard as soon as the page is there
            act = task.act
            page.loaded.connect(lambda: page.acts.do(act), Qt.ConnectionType.SingleShotConnection)
        self.pushRequest.emit(page)
        page.show_visit(task.visit)

    def _push_form(self, visit: str) -> None:
        from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

        self.pushRequest.emit(ReceptionFormPage(self._office, self._runner, self._keeper, visit))

    def _resume(self, name: str) -> None:
        """The form with a draft; without a name all drafts."""
        from tcd_desktop.ui.receptions.autosave import amended_record
        from tcd_desktop.ui.receptions.drafts_page import DraftsPage, draft_lines
        from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

        line = next((line for line in draft_lines(self._office.drafts.all()) if line.name == name), None)
        if line is None:
            self.pushRequest.emit(DraftsPage(self._office, self._runner, self._keeper))
            return
        page = ReceptionFormPage(self._office, self._runner, self._keeper, amended_record(line.name))
        page.resume_kept(line.name, [one.draft for one in line.kept])
        self.pushRequest.emit(page)

    # -- the frame ----------------------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """Shown: the figures may be of yesterday, unless they are being read just now."""
        if self._reading is None or not self._reading.running:
            self.refresh()
        self._list.view.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def store_changed(self, changes: Any) -> None:
        """Any act may move a figure."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self._list.view.focus_list()
