"""What can be done with a saved visit, for the list and for the page of one visit alike.

Open its case, record the answer, look at a denouncer's identity (with a reason), amend it, print its slip.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile, IssuedDocument
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.receptions.refusal_rules import needs_notice
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.letters.letter_kinds import REFUSAL_NOTICE
from tcd_desktop.ui.letters.record_letters import RecordLetters
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.asking import AnswerDialog, NoticeDialog, RevealDialog
from tcd_desktop.ui.receptions.facts import VisitView
from tcd_desktop.ui.recycle.removing import Removing
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike

WORDS: dict[str, tuple[LazyText, str, str]] = {
    "open": (lazy("Open"), "", "panel-right"),
    "print": (lazy("Receipt slip"), "Ctrl+P", "printer"),
    "answer": (lazy("Record the answer"), "Ctrl+R", "message-square-text"),
    "case": (lazy("Open a case file"), "Ctrl+O", "folder-plus"),
    "go_case": (lazy("Go to the case"), "Ctrl+O", "folder-open"),
    "notice": (lazy("Record the refusal notice"), "Ctrl+T", "stamp"),
    "write_notice": (lazy("Write the refusal notice"), "", "stamp"),
    "letter": (lazy("Write a letter…"), "Ctrl+W", "send"),
    "amend": (lazy("Amend"), "Ctrl+E", "pencil"),
    "split": (lazy("Another content"), "Ctrl+Shift+N", "plus"),
    "reveal": (lazy("Look at the identity"), "Ctrl+I", "eye"),
    "remove": (lazy("Put into the recycle bin"), "Ctrl+Del", "trash-2"),
    "restore": (lazy("Restore from the recycle bin"), "", "undo-2"),
}
"""Id of an act -> its words, key and icon, in the order of menus."""

SELDOM = ("split", "remove")
GIVING_WAY = ("letter", "go_case", "case", "notice", "amend", "answer", "write_notice")
"""Which acts lose their words first where there is no room for all of them."""
LIKELY = ("restore", "write_notice", "notice", "answer", "print", "case", "go_case", "open")
"""Which act is shown as a button: the first of these that is offered."""


def offered(view: VisitView) -> list[str]:
    """The acts that make sense for a visit, in the order of menus; other offices' visits are only read."""
    visit = view.visit
    if visit.removed:
        return [*(["restore"] if view.own else []), *(["reveal"] if view.reveals else [])]
    acts = ["print"] if view.own and visit.documents else []
    if view.own and visit.answered_on is None and visit.answer_due is not None:
        acts.append("answer")
    if visit.case:
        acts.append("go_case")
    elif view.own and visit.direction is not Direction.REFUSE:  # nothing was taken in; an amendment may change that
        acts.append("case")
    if view.own and needs_notice(visit) and visit.refusal_notice_on is None:
        acts += ["write_notice", "notice"]
    if view.own:
        acts += ["amend", "letter", "split"]
    if view.reveals:
        acts.append("reveal")
    if view.own:
        acts.append("remove")
    return acts


def small_acts(widths: Mapping[str, int], room: int, small: int) -> frozenset[str]:
    """Which of the acts, whose buttons are so wide, show their picture alone (`small` wide) to fit into `room`."""
    wide = sum(widths.values())
    found: set[str] = set()
    for act in GIVING_WAY:
        if wide <= room:
            break
        if act in widths and widths[act] > small:
            found.add(act)
            wide -= widths[act] - small
    return frozenset(found)


def act_button(act: str, *, primary: bool = False, small: bool = False) -> QPushButton:
    """A button for an act, with its key in the tooltip; `small`: its picture alone."""
    text, key, icon = WORDS[act]
    button = QPushButton(str(text))
    if primary:
        button.setProperty("kind", "primary")
    icons.dress(button, icon, "on_accent" if primary else "text", 18)
    button.setToolTip(f"{text}  {key}".rstrip())
    if small or act in SELDOM:  # an icon is enough, its words stand in the menu
        button.setText("")
        button.setAccessibleName(str(text))
        button.setFixedWidth(look.current().px(44))
    return button


class VisitActs(QObject):
    """Does the acts with `view`; the page hears of results through the signals."""

    told = Signal(str, str)
    """A sentence for the bar, and its tone."""
    caseRequest = Signal(str)
    """Go to the case with this id."""
    amendRequest = Signal(str)
    splitRequest = Signal(str)
    printRequest = Signal(str)
    openRequest = Signal(str)
    revealed = Signal(object)
    """The visit with the identity, after the reason was kept."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self.view: VisitView | None = None
        self.removing = Removing(office, runner, page)
        self.removing.told.connect(self.told)
        self.letters = RecordLetters(office, runner, page)

    def do(self, act: str, _checked: bool = False) -> None:
        """Does an act by its id when it is offered for the visit."""
        view = self.view
        if view is None or (act != "open" and act not in offered(view)):
            return
        visit = view.visit
        if act == "answer":
            self._ask_answer(visit)
        elif act == "reveal":
            self._ask_reason(visit)
        elif act == "case":
            self._open_case(visit)
        elif act == "notice":
            self._ask_notice(visit)
        elif act == "write_notice":
            self.letters.write(REFUSAL_NOTICE, LetterSubject.RECEPTION, visit.id)
        elif act == "letter":
            self.letters.begin(LetterSubject.RECEPTION, visit.id)
        elif act == "go_case" and visit.case:
            self.caseRequest.emit(visit.case)
        elif act == "remove":
            self.removing.ask("reception", visit.id, visit.book_number, secret=visit.is_secret)
        elif act == "restore":
            self.removing.restore("reception", visit.id)
        else:
            signals = {
                "open": self.openRequest,
                "print": self.printRequest,
                "amend": self.amendRequest,
                "split": self.splitRequest,
            }
            signals[act].emit(visit.id)

    def buttons(self, view: VisitView, *, with_open: bool) -> list[QWidget]:
        """The likeliest act as a button, all of them behind "More acts"."""
        acts = [*offered(view), *(["open"] if with_open else [])]
        if not acts:
            return []
        likely = next((act for act in LIKELY if act in acts), acts[0])
        first = act_button(likely, primary=True)
        first.clicked.connect(partial(self.do, likely))
        more = QPushButton()
        icons.dress(more, "ellipsis", "text", 18)
        more.setAccessibleName(_("More acts"))
        more.setToolTip(_("More acts"))
        more.setFixedWidth(look.current().px(44))
        more.clicked.connect(partial(self._more, more, with_open))
        return [more, first]

    def menu(self, *, with_open: bool) -> QMenu:
        """What is offered for the visit, with the keys."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in [*(["open"] if with_open else []), *(offered(self.view) if self.view else [])]:
            text, key, icon = WORDS[act]
            action = menu.addAction(icons.icon(icon), f"{text}\t{key or ('Enter' if act == 'open' else '')}".rstrip())
            action.triggered.connect(partial(self.do, act))
        return menu

    def _more(self, button: QPushButton, with_open: bool, _checked: bool = False) -> None:
        menu = self.menu(with_open=with_open)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _ask_answer(self, visit: Reception) -> None:
        dialog = AnswerDialog(visit.book_number, visit.date, self._office.today, self._page)
        dialog.answered.connect(partial(self._answer, visit.id))
        dialog.open()

    def _answer(self, visit_id: str, kind: AnswerKind, channel: AnswerChannel, day: date) -> None:
        def work(_progress: Progress) -> Done[Reception]:
            return self._office.receptions.answer(visit_id, kind=kind, channel=channel, on=day)

        self._runner.write(work, failed=self._failed)

    def _ask_notice(self, visit: Reception) -> None:
        dialog = NoticeDialog(visit.book_number, visit.date, self._office.today, self._page)
        dialog.issued.connect(partial(self._issue_notice, visit.id))
        dialog.open()

    def _issue_notice(self, visit_id: str, number: str, day: date) -> None:
        def work(_progress: Progress) -> Done[Reception]:
            return self._office.receptions.issue_refusal_notice(visit_id, number=number, on=day)

        self._runner.write(work, failed=self._failed)

    def hand_over(self, document_id: str) -> None:
        """The citizen has a copy of the slip."""

        def work(_progress: Progress) -> Done[IssuedDocument]:
            return self._office.slips.hand_over(document_id)

        self._runner.write(work, failed=self._failed)

    def _ask_reason(self, visit: Reception) -> None:
        dialog = RevealDialog(visit.book_number, self._page)
        dialog.reasoned.connect(partial(self._reveal, visit.id))
        dialog.open()

    def _reveal(self, visit_id: str, reason: str) -> None:
        def work(_progress: Progress) -> Reception:
            return self._office.receptions.reveal(visit_id, reason)

        self._runner.write(work, done=self._opened, failed=self._failed)

    def _opened(self, visit: Reception) -> None:
        self.revealed.emit(visit)

    def _open_case(self, visit: Reception) -> None:
        def work(_progress: Progress) -> Done[CaseFile]:
            return self._office.cases.open_from(visit.id)

        self._runner.write(work, done=self._case_opened, failed=self._failed)

    def _case_opened(self, done: Done[CaseFile]) -> None:
        self.told.emit(_("Opened case {number}.").format(number=done.value.book_number), "success")

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
