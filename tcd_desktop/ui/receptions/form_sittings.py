"""The head's sittings of the day, offered to a visit that belongs to one."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import ReceiverRank, ReceptionKind, SittingKind, SittingState
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.forms.form_fields import ChoiceField, FormBinding
from tcd_desktop.ui.forms.typed_dates import show_time
from tcd_desktop.ui.window.runner import Job, RunnerLike

_OVER = frozenset({SittingState.POSTPONED, SittingState.NOBODY_CAME})


class FormSittings(QObject):
    """Fills the choice of sittings for the day of the visit; a chosen one tells who receives where."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, binding: FormBinding, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._runner, self._binding = office, runner, binding
        self._day: date | None = None
        self._job: Job | None = None
        self._sittings: dict[str, Sitting] = {}
        field = binding.fields["sitting"]
        assert isinstance(field, ChoiceField)
        self._field = field
        field.changed.connect(self._chosen)

    def follow(self, draft: ReceptionDraft) -> None:
        """Reads the sittings of the day once one may be needed; without any nothing is asked."""
        if draft.kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC) and draft.date and draft.date != self._day:
            self._read(draft.date)
        if not self._sittings and draft.sitting is None:
            self._field.hide()

    def _read(self, day: date) -> None:
        self._day = day
        if self._job is not None:
            self._job.forget()

        def work(_progress: Progress) -> list[Sitting]:
            return self._office.sittings.between(day, day)

        self._job = self._runner.read(work, done=self._arrived)

    def _arrived(self, sittings: list[Sitting]) -> None:
        self._sittings = {one.id: one for one in sittings if one.state not in _OVER}
        none: list[tuple[Any, str]] = [(None, _("No sitting of the calendar"))]
        self._field.set_options([*none, *((one.id, sitting_words(one)) for one in self._sittings.values())])
        draft = self._binding.model.draft
        self._field.set_value(draft.sitting)
        headed = draft.kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC)
        self._field.setVisible(headed and bool(self._sittings))

    def _chosen(self, identity: object) -> None:
        sitting = self._sittings.get(str(identity))
        if sitting is not None:
            self._binding.apply(sitting=sitting.id, **told_by(sitting))


def sitting_words(sitting: Sitting) -> str:
    """ "08:00–11:30 · Chủ tịch Nguyễn Văn A"."""
    times = "–".join(filter(None, (show_time(sitting.start), show_time(sitting.end))))
    return " · ".join(filter(None, (times, sitting.delegate or sitting.leader, sitting.place)))


def told_by(sitting: Sitting) -> dict[str, Any]:
    """What a sitting says about its visits: kind, form, who receives, where, who is there."""
    regular = sitting.kind is SittingKind.PERIODIC
    found: dict[str, Any] = {
        "kind": ReceptionKind.SCHEDULED if regular else ReceptionKind.AD_HOC,
        "form": sitting.form,
        "host": sitting.host,
        "receiver_rank": ReceiverRank.DELEGATE if sitting.delegate else ReceiverRank.HEAD,
        "receiver_name": sitting.delegate or sitting.leader,
        "receiver_title": "" if sitting.delegate else sitting.leader_title,
        "delegated_by": sitting.leader if sitting.delegate else "",
        "place": sitting.place,
        "attendees": sitting.attendees,
    }
    return {name: value for name, value in found.items() if value or name in ("delegated_by", "receiver_title")}
