"""Keeps what is being typed every few seconds, and offers it again after a crash. A draft has no number.

Several contents of one visit are drafts of their own: "visit:.../ab12", "visit:.../ab12.1", "visit:.../ab12.2".
The correction of a saved visit is the draft "amend:" and the visit's id. Besides every few seconds a draft is kept at
once when the keyboard leaves a field or the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.drafts_desk import KeptDraft
from tcd_desktop.ui.receptions.columns import short_date
from tcd_desktop.ui.receptions.form_rules import draft_name, draft_time
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.bars import UNDO_MS, MessageBar
from tcd_desktop.ui.window.runner import RunnerLike

EVERY_MS = 3000
AMEND = "amend:"
"""Before the id of the visit whose correction is kept."""


class Autosave(QObject):
    """The keeper of one form's draft. `name` is its name in the store.

    `others` are the further contents of the visit that was found.
    """

    kept = Signal(object)
    """When the draft was kept (datetime)."""
    found = Signal(str, object, int)
    """The newest draft of an earlier form: its name, the draft, how many more there are."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject, record: str = "") -> None:
        super().__init__(parent)
        self._office, self._runner, self._page = office, runner, parent
        self.name = f"{AMEND}{record}" if record else draft_name(office.now())
        self.begun = False
        self._gone: list[KeptDraft] = []
        self.others: tuple[ReceptionDraft, ...] = ()
        self._draft: ReceptionDraft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
            app.applicationStateChanged.connect(self._state_changed)

    def _focus_changed(self, left: QWidget | None, _now: QWidget | None) -> None:
        """A field was left; the last one is left while the form itself goes."""
        if not isValid(self._page):
            return
        if self._draft is not None and left is not None and self._page.isAncestorOf(left):  # type: ignore[attr-defined]
            self.keep()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        """The officer went to another program, or the PC sleeps."""
        if state is not Qt.ApplicationState.ApplicationActive:
            self.keep()

    def changed(self, draft: ReceptionDraft) -> None:
        """Something was typed; it is kept at the end of the running interval."""
        self._draft = draft
        self.begun = True
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keeps the draft now."""
        self._timer.stop()
        draft, name = self._draft, self.name
        if draft is None:
            return
        self._draft = None

        def work(_progress: Progress) -> datetime:
            self._office.receptions.save_draft(name, draft)
            return self._office.now()

        self._runner.write(work, done=self._kept)

    def keep_all(self, drafts: Sequence[ReceptionDraft], at: int) -> None:
        """Keeps every content of the visit; `at` is the one that is typed from now on."""
        self._timer.stop()
        self._draft = None
        base = base_name(self.name)
        self.name = name_of(base, at)
        desk = self._office.receptions

        def work(_progress: Progress) -> datetime:
            for number, draft in enumerate(drafts):
                desk.save_draft(name_of(base, number), draft)
            desk.drop_draft(name_of(base, len(drafts)))
            return self._office.now()

        self._runner.write(work, done=self._kept)

    def names(self, count: int) -> list[str]:
        """The names of so many contents."""
        return [name_of(base_name(self.name), number) for number in range(count)]

    def _kept(self, at: datetime) -> None:
        self.kept.emit(at)

    def forget_pending(self) -> None:
        """The visit is being saved: nothing typed before is kept any more."""
        self._timer.stop()
        self._draft = None

    def drop(self, name: str) -> None:
        """Throws a kept draft away, with the further contents of its visit."""
        base, office = base_name(name), self._office

        def work(_progress: Progress) -> list[KeptDraft]:
            names = [one.name for one in office.drafts.all() if base_name(one.name) == base]
            return office.drafts.discard(names)

        self._runner.write(work, done=self._dropped)

    def _dropped(self, gone: list[KeptDraft]) -> None:
        self._gone = gone

    def put_back(self) -> None:
        """Keeps again what was thrown away last, and offers it again."""
        gone, self._gone = self._gone, []
        if gone:
            self._runner.write(lambda _progress: self._office.drafts.put_back(gone), done=self._back)

    def _back(self, _nothing: object) -> None:
        self.look_for()

    def begin(self) -> None:
        """A new form: a new name."""
        self._timer.stop()
        self._draft = None
        self.begun = False
        self.name = draft_name(self._office.now())

    def look_for(self) -> None:
        """Looks for what an earlier form left behind; answers with `found`."""

        def work(_progress: Progress) -> dict[str, ReceptionDraft]:
            return self._office.receptions.drafts()

        self._runner.read(work, done=self._looked)

    def _looked(self, drafts: dict[str, ReceptionDraft]) -> None:
        if amended_record(self.name):
            if self.name in drafts:
                self.found.emit(self.name, drafts[self.name], 0)
            return
        own = base_name(self.name)
        earlier = [name for name in drafts if base_name(name) != own and draft_time(name) is not None]
        if earlier:
            base = base_name(earlier[0])
            same = sorted((one for one in drafts if base_name(one) == base), key=matter_place)
            self.others = tuple(drafts[one] for one in same[1:])
            self.found.emit(base, drafts[same[0]], len({base_name(name) for name in earlier}) - 1)


def amended_record(name: str) -> str:
    """The id of the visit whose correction a draft is; "" for a new visit."""
    return name.removeprefix(AMEND) if name.startswith(AMEND) else ""


def base_name(name: str) -> str:
    """The name of the first content of the same visit."""
    head, slash, token = name.rpartition("/")
    return f"{head}{slash}{token.partition('.')[0]}"


def name_of(base: str, number: int) -> str:
    """The name of a further content; the first one has the base itself."""
    return f"{base}.{number}" if number else base


def matter_place(name: str) -> int:
    """Which content of its visit a draft is, from 0."""
    number = name.rpartition("/")[2].partition(".")[2]
    return int(number) if number.isdigit() else 0


class RecoveredBar(MessageBar):
    """Offers a draft of an earlier form: take it up again, or throw it away (to be undone for ten seconds).

    The cross decides nothing.
    """

    resumeRequest = Signal(str, object)
    dropRequest = Signal(str)
    putBackRequest = Signal()

    def __init__(self, office: OpenOffice) -> None:
        super().__init__()
        self._office = office
        self._name, self._draft = "", ReceptionDraft()
        self._dropped_now = False
        self.drop = QPushButton(_("Throw it away"))
        self.drop.clicked.connect(self._dropped)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.count() - 1, self.drop)  # the cross stays last
        self.actionRequest.connect(self._pressed)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(UNDO_MS)
        self._passing.timeout.connect(self.clear)

    def offer(self, name: str, draft: ReceptionDraft, more: int = 0) -> None:
        """Shows what was found; `more` drafts wait besides it."""
        self._name, self._draft, self._dropped_now = name, draft, False
        self._passing.stop()
        at = draft_time(name)
        when = f"{at:%H:%M} {short_date(at.date(), self._office.today())}" if at else ""
        about = _("a denunciation") if draft.is_secret else draft.name
        told = _("A visit begun at {when} was not saved.").format(when=when)
        if amended_record(name):
            told = _("A correction of this visit was begun and not saved.")
        elif about:
            told = _("A visit begun at {when} was not saved: {about}.").format(when=when, about=about)
        if more:
            others = ngettext("{n} more draft waits ({key}).", "{n} more drafts wait ({key}).", more)
            told = f"{told} {others.format(n=more, key=key_text('recent'))}"
        self.drop.show()
        self.tell(told, "warning", action="  ".join((_("Go on with it"), key_text("form.resume"))))

    def make_way(self) -> None:
        """Another visit is being typed: the offer leaves the room to it, and comes again with the next form.

        The correction of the same visit stays offered: typing on would overwrite it.
        """
        if not self._dropped_now and not amended_record(self._name):
            self.clear()

    def take_up(self) -> None:
        """Goes on with what is offered, as by its button."""
        if self.isVisible() and not self._dropped_now:
            self._pressed()

    def _pressed(self) -> None:
        if self._dropped_now:
            self.clear()
            self.putBackRequest.emit()
            return
        self.hide()
        self.resumeRequest.emit(self._name, self._draft)

    def _dropped(self) -> None:
        self._dropped_now = True
        self.drop.hide()
        self.tell(_("The draft was thrown away."), "success", action=_("Undo"))
        self._passing.start()
        self.dropRequest.emit(self._name)
