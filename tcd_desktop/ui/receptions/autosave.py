"""Keeps what is being typed every few seconds, and offers it again after a crash. A draft has no number."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from tcd_desktop.domain.reception import ReceptionDraft
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.bars import MessageBar
from tcd_desktop.ui.receptions.columns import short_date
from tcd_desktop.ui.receptions.form_rules import draft_name, draft_time
from tcd_desktop.ui.runner import RunnerLike

EVERY_MS = 3000


class Autosave(QObject):
    """The keeper of one form's draft. `name` is its name in the store."""

    kept = Signal(object)
    """When the draft was kept (datetime)."""
    found = Signal(str, object)
    """The newest draft of an earlier form: its name, the draft."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.name = draft_name(office.now())
        self._draft: ReceptionDraft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)

    def changed(self, draft: ReceptionDraft) -> None:
        """Something was typed; it is kept at the end of the running interval."""
        self._draft = draft
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

    def _kept(self, at: datetime) -> None:
        self.kept.emit(at)

    def forget_pending(self) -> None:
        """The visit is being saved: nothing typed before is kept any more."""
        self._timer.stop()
        self._draft = None

    def drop(self, name: str) -> None:
        """Throws a kept draft away."""

        def work(_progress: Progress) -> None:
            self._office.receptions.drop_draft(name)

        self._runner.write(work)

    def begin(self) -> None:
        """A new form: a new name."""
        self._timer.stop()
        self._draft = None
        self.name = draft_name(self._office.now())

    def look_for(self) -> None:
        """Looks for what an earlier form left behind; answers with `found`."""

        def work(_progress: Progress) -> dict[str, ReceptionDraft]:
            return self._office.receptions.drafts()

        self._runner.read(work, done=self._looked)

    def _looked(self, drafts: dict[str, ReceptionDraft]) -> None:
        for name, draft in drafts.items():
            if name != self.name and draft_time(name) is not None:
                self.found.emit(name, draft)
                return


class RecoveredBar(MessageBar):
    """Offers a draft of an earlier form: take it up again, or throw it away. The cross decides nothing."""

    resumeRequest = Signal(str, object)
    dropRequest = Signal(str)

    def __init__(self, office: OpenOffice) -> None:
        super().__init__()
        self._office = office
        self._name, self._draft = "", ReceptionDraft()
        self.drop = QPushButton(_("Throw it away"))
        self.drop.clicked.connect(self._dropped)
        row = self.layout()
        assert row is not None
        row.addWidget(self.drop)
        self.actionRequest.connect(self._resumed)

    def offer(self, name: str, draft: ReceptionDraft) -> None:
        """Shows what was found."""
        self._name, self._draft = name, draft
        at = draft_time(name)
        when = f"{at:%H:%M} {short_date(at.date(), self._office.today())}" if at else ""
        about = _("a denunciation") if draft.is_secret else draft.name
        told = _("A visit begun at {when} was not saved.").format(when=when)
        if about:
            told = _("A visit begun at {when} was not saved: {about}.").format(when=when, about=about)
        self.tell(told, "warning", action=_("Go on with it"))

    def _resumed(self) -> None:
        self.hide()
        self.resumeRequest.emit(self._name, self._draft)

    def _dropped(self) -> None:
        self.hide()
        self.dropRequest.emit(self._name)
