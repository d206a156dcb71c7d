"""What the form begins with: an empty visit, a draft that was kept, a saved visit to correct or to split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from tcd_desktop.domain.people.person import IDENTITY_FIELDS
from tcd_desktop.domain.receptions.matters import next_matter
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import IdKind
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.form_amending import limit_classes
from tcd_desktop.ui.receptions.recent_offers import offer_recent, read_recent
from tcd_desktop.ui.window.runner import RunnerLike

if TYPE_CHECKING:
    from tcd_desktop.ui.receptions.form_page import ReceptionFormPage


class FormBeginning(QObject):
    """`record` "" = a new visit, else the one to amend; `split_of`: the one of which another content is written down.

    `start`: what new visits begin with. `sealed`: the identity of the visit in the form is not open.
    """

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        page: ReceptionFormPage,
        record: str,
        *,
        start: ReceptionDraft | None,
        split_of: str,
    ) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self.record, self.split_of, self._start = record, split_of, start
        self.sealed = False
        self.waiting: dict[str, Any] = {}
        """What was changed in an identity that is closed again: it stands in the form when it is opened anew."""
        self._open: dict[str, Any] = {}
        self._kept: tuple[str, ReceptionDraft] | None = None

    def blank(self) -> ReceptionDraft:
        """An empty visit of this minute."""
        now = self._office.now()
        blank = self._start or self._office.receptions.blank()
        time = now.time().replace(second=0, microsecond=0) if blank.date == now.date() else blank.time
        return replace(blank, time=time, id_kind=IdKind.CITIZEN_CARD)

    def first(self) -> None:
        """The form is shown for the first time: reads the saved visit it is about, or looks for drafts."""
        self._offer_recent()
        if self.record or self.split_of:
            self._page.amending.load(self.record or self.split_of)
        else:
            self._page.autosave.look_for()

    def ready(self) -> None:
        """A form that was made beforehand is wanted now: with the time, the offers and the drafts of now."""
        self.new()
        self._offer_recent()
        self._page.autosave.look_for()

    def new(self) -> None:
        """An empty form for the next citizen."""
        page = self._page
        self.record, self.split_of, self.sealed = "", "", False
        self.waiting, self._open = {}, {}
        page.amending.visit = None
        page.extras.single = page.extras.locked = False
        page.extras.matters.begin()
        page.who.setEnabled(True)
        page.filling.reset()
        page.filling.amends = False
        page.message.clear()
        page.foot.set_amending(False)
        page.autosave.begin()
        for card in page.side:
            card.begin("")
        limit_classes(page.fields["classification"], None)
        page.handling.open_case.setChecked(False)
        page.binding.load(self.blank())
        page.stack.setCurrentIndex(0)
        page.refresh()
        self._keyboard_to("name")
        page.binding.untouched()

    def resume(self, name: str, draft: ReceptionDraft) -> None:
        """Goes on with a draft of an earlier form, under its old name."""
        page = self._page
        page.autosave.name = name
        page.extras.matters.begin((draft, *page.autosave.others))
        page.binding.load(draft, dirty=True)
        page.filling.show_beginnings()
        page.refresh()
        self._keyboard_to("name")

    def resume_kept(self, name: str, drafts: Sequence[ReceptionDraft]) -> None:
        """The same from the list of drafts; the correction of a visit waits until the visit was read."""
        self._page.autosave.others = tuple(drafts[1:])
        if self.record and self._page.amending.visit is None:
            self._kept = name, drafts[0]
        else:
            self.resume(name, drafts[0])

    def loaded(self, visit: Reception | None) -> None:
        """The visit to correct, or of which a content is split, was read."""
        page = self._page
        if visit is None:
            page.tell(_("This visit is not there any more."), "warning")
            return
        self.sealed = visit.is_secret
        if self.split_of:
            self._split(visit)
            return
        page.binding.load(form_rules.amendable(visit))
        page.fields["classification"].set_hint("")
        limit_classes(page.fields["classification"], visit)
        page.filling.show_beginnings()
        page.refresh()
        page.tell(_("What stood in the book before stays in its history."), "neutral")
        self._keyboard_to("content" if self.sealed else "name")
        if self._kept is not None:
            self.resume(*self._kept)
        else:
            page.autosave.look_for()

    def _split(self, visit: Reception) -> None:
        """The same person and circumstances; what is open stays open, what is secret secret."""
        page = self._page
        page.extras.single = True
        page.who.setEnabled(False)
        page.binding.load(next_matter(form_rules.amendable(visit)))
        limit_classes(page.fields["classification"], visit if visit.is_secret else None)
        page.refresh()
        self._keyboard_to("classification")

    def revealed(self, visit: Reception) -> None:
        """The sealed identity was opened for the correction, with a reason."""
        self.sealed = False
        self._open = {name: getattr(visit, name) for name in IDENTITY_FIELDS}
        self._page.message.clear()
        self._page.binding.apply(**self._open | self.waiting)
        for name in IDENTITY_FIELDS:  # nothing was filled in: it is what the visit says
            if name in self._page.fields and name not in self.waiting:
                self._page.fields[name].mark_changed(False)
        self.waiting = {}
        self._page.refresh()
        self._keyboard_to("name")

    def close_identity(self) -> None:
        """Whoever goes to another page has looked: an identity opened for the correction is closed again.

        What was changed in it waits, and nothing else that was typed is lost.
        """
        page, visit = self._page, self._page.amending.visit
        if not self._open or visit is None or page.stack.currentWidget() is not page.view:
            return
        draft, opened = page.model.draft, self._open
        self.waiting = {name: now for name in opened if (now := getattr(draft, name)) != opened[name]}
        self._open, self.sealed = {}, True
        page.filling.reset()
        page.binding.load(self.keepable(draft), dirty=page.model.dirty)
        page.refresh()
        if self.waiting:
            page.tell(_("The identity was closed. What you changed in it waits: look at it again."), "secret")

    def keepable(self, draft: ReceptionDraft) -> ReceptionDraft:
        """What of a draft may be kept: an identity that was opened for a correction is opened anew, with a reason."""
        visit = self._page.amending.visit
        if visit is None or not visit.is_secret:
            return draft
        return replace(draft, **{name: getattr(visit, name) for name in IDENTITY_FIELDS})

    def _keyboard_to(self, name: str) -> None:
        self._page.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_recent(self) -> None:
        self._runner.read(lambda _progress: read_recent(self._office), done=self._recent)

    def _recent(self, values: dict[str, list[str]]) -> None:
        offer_recent(self._page.fields, values)
