"""What can be done with a sitting, for the list, its inspector and its page alike: post, hold, postpone, delegate…"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.problems import Problems, Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.sittings.sitting_rules import OPEN_STATES, TAKES_PLACE, draft_of, posting_problems
from tcd_desktop.domain.terms import OfficerRight, ReceiverRank, ReceptionKind, SittingKind, SittingState
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.calendar.sitting_rows import SittingRow
from tcd_desktop.ui.cases.case_words import full_day, short_day
from tcd_desktop.ui.dialogs.act_dialog import reason_sentence
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.forms.form_fields import CheckField, DateField, LineField, TextField, TimeField
from tcd_desktop.ui.letters.record_letters import RecordLetters
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike

WORDS: dict[str, tuple[LazyText, str, str]] = {
    "open": (lazy("Open"), "", "panel-right"),
    "post": (lazy("Record the posting"), "Ctrl+B", "megaphone"),
    "hold": (lazy("Was held"), "Ctrl+R", "circle-check"),
    "nobody": (lazy("Nobody came"), "Ctrl+0", "circle"),
    "visit": (lazy("Log a visit for this sitting"), "Ctrl+Shift+N", "clipboard-pen"),
    "conclusion": (lazy("Add a conclusion"), "Ctrl+T", "stamp"),
    "minutes": (lazy("Minutes and result"), "Ctrl+M", "message-square-text"),
    "postpone": (lazy("Postpone"), "Ctrl+H", "calendar-off"),
    "delegate": (lazy("Delegate"), "Ctrl+U", "user-check"),
    "letter": (lazy("Write a letter…"), "Ctrl+W", "send"),
    "case": (lazy("Go to the case"), "Ctrl+O", "folder-open"),
    "change": (lazy("Change"), "Ctrl+E", "pencil"),
    "remove": (lazy("Remove"), "Ctrl+Del", "trash-2"),
}
"""Id of an act -> its words, key and icon, in the order of menus."""


def offered(sitting: Sitting, today: date) -> list[str]:
    """The acts that make sense now, in the order of menus."""
    open_, dialogue = sitting.state in OPEN_STATES, sitting.kind is SittingKind.DIALOGUE
    come, over = sitting.day <= today, sitting.state in TAKES_PLACE
    wanted = {
        "post": open_ and sitting.day >= today and sitting.kind is not SittingKind.AD_HOC,
        "hold": come and (open_ or sitting.state is SittingState.NOBODY_CAME),
        "nobody": come and open_,
        "visit": come and not dialogue and sitting.state is not SittingState.POSTPONED,
        "conclusion": come and (open_ or over),
        "minutes": sitting.state is SittingState.HELD,
        "postpone": open_,
        "delegate": sitting.state is not SittingState.POSTPONED,
        "letter": sitting.state is not SittingState.POSTPONED,
        "case": sitting.case is not None,
        "change": sitting.state is not SittingState.POSTPONED,
        "remove": open_,
    }
    return [act for act, there in wanted.items() if there]


def next_act(sitting: Sitting, today: date) -> str:
    """The act that is most likely wanted."""
    acts = offered(sitting, today)
    if sitting.state is SittingState.POSTED and sitting.day > today:
        return "open"
    if sitting.state in OPEN_STATES and sitting.day <= today:
        return "visit" if sitting.day == today and "visit" in acts else "hold"
    if sitting.state is SittingState.HELD:
        return "minutes" if sitting.kind is SittingKind.DIALOGUE and not sitting.minutes else "visit"
    return acts[0] if acts else "open"


def visit_of(sitting: Sitting, blank: ReceptionDraft) -> ReceptionDraft:
    """The draft of a visit at a sitting: kind, receiver, rank and day are those of the sitting."""
    rank = ReceiverRank.DELEGATE if sitting.delegate else ReceiverRank.HEAD
    return replace(
        blank,
        date=sitting.day,
        kind=ReceptionKind.AD_HOC if sitting.kind is SittingKind.AD_HOC else ReceptionKind.SCHEDULED,
        form=sitting.form,
        place=sitting.place or blank.place,
        host=sitting.host,
        receiver="",
        receiver_name=sitting.delegate or sitting.leader,
        receiver_title="" if sitting.delegate else sitting.leader_title,
        receiver_rank=rank,
        delegated_by=sitting.leader if sitting.delegate else "",
        attendees=sitting.attendees,
        recorded_by=blank.receiver_name,
        sitting=sitting.id,
    )


def act_button(act: str, *, primary: bool = False) -> QPushButton:
    """A button for an act, with its key in the tooltip."""
    text, key, icon = WORDS[act]
    button = QPushButton(str(text))
    if primary:
        button.setProperty("kind", "primary")
    icons.dress(button, icon, "on_accent" if primary else "text", 18)
    button.setToolTip(f"{text}  {key}".rstrip())
    button.setProperty("act", act)
    return button


class SittingActs(AskingActs):
    """`row` is the chosen sitting. What needs a page is asked for by signals; the rest is done here."""

    openRequest = Signal(str)
    changeRequest = Signal(str)
    visitRequest = Signal(object)
    conclusionRequest = Signal(str)
    caseRequest = Signal(str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, host: QWidget) -> None:
        super().__init__(office, runner, host)
        self.row: SittingRow | None = None
        self.letters = RecordLetters(office, runner, host)
        for act, (_text, key, _icon) in WORDS.items():
            if key:
                shortcut = QShortcut(QKeySequence(key), host)
                shortcut.activated.connect(partial(self.do, act))

    def acts(self, *, with_open: bool) -> list[str]:
        """What can be done with the chosen sitting by this officer."""
        if self.row is None:
            return []
        reading = self._office.officer.right is OfficerRight.VIEWER
        acts = ["case"] if reading and self.row.sitting.case else []
        acts = acts if reading else offered(self.row.sitting, self._office.today())
        return ["open", *acts] if with_open else acts

    def buttons(self) -> list[QWidget]:
        """For the foot of the inspector: a menu with everything, and the most likely act at the right."""
        if self.row is None:
            return []
        more = QPushButton(_("Other acts"))
        icons.dress(more, "ellipsis", "text", 18)
        more.clicked.connect(partial(self._drop, more))
        likely = next_act(self.row.sitting, self._office.today())
        likely = likely if likely in self.acts(with_open=True) else "open"
        button = act_button(likely, primary=True)
        button.clicked.connect(partial(self.do, likely))
        return [more, button]

    def menu(self, *, with_open: bool) -> QMenu:
        """All acts with their keys."""
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self.acts(with_open=with_open):
            text, key, icon = WORDS[act]
            entry = menu.addAction(f"{text}\t{key}".rstrip())
            icons.dress(entry, icon)
            entry.triggered.connect(partial(self._from_menu, act))
        return menu

    def _drop(self, button: QPushButton, _checked: bool = False) -> None:
        self.menu(with_open=True).popup(button.mapToGlobal(QPoint(0, 0)))

    def _from_menu(self, act: str, _checked: bool = False) -> None:
        self.do(act)

    def do(self, act: str, _checked: bool = False) -> None:
        """Does an act with the chosen sitting, when it makes sense there."""
        row = self.row
        if row is None or act not in self.acts(with_open=True):
            return
        sitting, desk = row.sitting, self._office.sittings
        asks: Mapping[str, Callable[[], object]] = {
            "open": partial(self.openRequest.emit, sitting.id),
            "change": partial(self.changeRequest.emit, sitting.id),
            "visit": partial(self._visit, sitting),
            "conclusion": partial(self.conclusionRequest.emit, sitting.id),
            "letter": partial(self.letters.begin, LetterSubject.SITTING, sitting.id),
            "case": partial(self.caseRequest.emit, sitting.case or ""),
            "post": partial(self._ask_posting, row),
            "nobody": partial(self.perform, partial(desk.nobody_came, sitting.id)),
            "hold": partial(self._ask_minutes, sitting)
            if sitting.kind is SittingKind.DIALOGUE
            else partial(self.perform, partial(desk.hold, sitting.id)),
            "minutes": partial(self._ask_minutes, sitting),
            "postpone": partial(self._ask_postponing, sitting),
            "delegate": partial(self._ask_delegate, sitting),
            "remove": partial(self._ask_removing, sitting),
        }
        asks[act]()

    # -- asking -------------------------------------------------------------------------------------

    def _visit(self, sitting: Sitting) -> None:
        self.visitRequest.emit(visit_of(sitting, self._office.receptions.blank()))

    def _ask_posting(self, row: SittingRow) -> None:
        sitting, today = row.sitting, self._office.today()
        day = DateField(_("Posted on"), today=self._office.today, required=True)
        day.set_value(today)
        online = CheckField(_("On the portal too"))
        online.set_value(True)

        def check(values: Mapping[str, Any]) -> Problems:
            found = posting_problems(sitting, row.post_by, values["posted_on"] or today)
            named = {"attendees": "portal", "expected": "portal"}
            return {named.get(name, name): problem for name, problem in found.items()}

        due = short_day(row.post_by, today)
        told = _("By law the notice goes up by {day}, at the reception place and on the portal.").format(day=due)
        fields = {"posted_on": day, "portal": online}
        self.ask_for(
            self._heading(_("Record the posting"), sitting),
            told if row.post_by else "",
            _("Record the posting"),
            fields,
            lambda values: self._office.sittings.post([sitting.id], values["posted_on"], online=bool(values["portal"])),
            needed=("posted_on",),
            check=check,
        )

    def _ask_minutes(self, sitting: Sitting) -> None:
        desk, held = self._office.sittings, sitting.state is SittingState.HELD
        minutes = TextField(_("Minutes: opinions of those present"), lines=5)
        result = TextField(_("Result: agreed, and still open"), lines=3)
        minutes.set_value(sitting.minutes)
        result.set_value(sitting.result)
        title = _("Minutes and result") if held else _("The dialogue was held")

        def act(values: Mapping[str, Any]) -> Done[Any]:
            write = desk.write_minutes if held else desk.hold
            return write(sitting.id, minutes=values["minutes"], result=values["result"])

        fields = {"minutes": minutes, "result": result}
        self.ask_for(self._heading(title, sitting), "", _("Save"), fields, act, about=("sitting", sitting.id))

    def _ask_postponing(self, sitting: Sitting) -> None:
        office, today = self._office, self._office.today()
        reason = LineField(_("Reason"), max_length=500, required=True)
        day = DateField(_("New day"), today=office.today, required=True)
        day.set_value(self._proposed(sitting))
        start, end = TimeField(_("From")), TimeField(_("To"))
        start.set_value(sitting.start)
        end.set_value(sitting.end)

        def wanted(values: Mapping[str, Any]) -> Any:
            given = {name: values[name] for name in ("day", "start", "end")}
            return replace(draft_of(sitting), **given)

        def check(values: Mapping[str, Any]) -> Problems:
            due = office.sittings.post_by(sitting.kind, values["day"]) if values["day"] else None
            day.set_hint(_("post by {day}").format(day=short_day(due, today)) if due else "")
            found = office.sittings.problems(wanted(values), but=sitting.id)
            return {name: problem for name, problem in found.items() if name in values}

        self.ask_for(
            self._heading(_("Postpone"), sitting),
            _("The new day is entered as a sitting of its own and must be posted at the reception place."),
            _("Postpone"),
            {"reason": reason, "day": day, "start": start, "end": end},
            lambda values: office.sittings.postpone(sitting.id, values["reason"], wanted(values)),
            needed=("reason", "day"),
            about=("sitting", sitting.id),
            check=check,
        )

    def _proposed(self, sitting: Sitting) -> date | None:
        """The first working day after the old one whose notice can still go up in time."""
        today = self._office.today()
        try:
            calendar = self._office.clocks.calendar(sitting.day.year)
            day = calendar.next_working(max(sitting.day, today) + timedelta(days=1))
            while (due := self._office.sittings.post_by(sitting.kind, day)) is not None and due < today:
                day = calendar.next_working(day + timedelta(days=1))
        except Refused:
            return None
        return day

    def _ask_delegate(self, sitting: Sitting) -> None:
        name = LineField(_("Receives instead of the head"), max_length=200, hint=_("empty = the head himself"))
        name.set_value(sitting.delegate)
        self.ask_for(
            self._heading(_("Delegate"), sitting),
            _("A day of a delegate is reported, but does not count as a day of the head."),
            _("Save"),
            {"name": name},
            lambda values: self._office.sittings.delegate(sitting.id, values["name"]),
        )

    def _ask_removing(self, sitting: Sitting) -> None:
        reason = LineField(_("Reason"), max_length=200, required=True)
        self.ask_for(
            self._heading(_("Remove"), sitting),
            reason_sentence(),
            _("Remove"),
            {"reason": reason},
            lambda values: self._office.sittings.remove(sitting.id, values["reason"]),
            needed=("reason",),
            about=("sitting", sitting.id),
        )

    def _heading(self, words: str, sitting: Sitting) -> str:
        return f"{words}: {full_day(sitting.day)}"
