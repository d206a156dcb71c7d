"""The people of a group and further contents: what some visits need besides the ordinary questions."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Direction
from tcd_desktop.ui.forms.form_fields import FormBinding
from tcd_desktop.ui.receptions.autosave import Autosave
from tcd_desktop.ui.receptions.form_matters import MOST, FormMatters
from tcd_desktop.ui.receptions.form_view import FormView
from tcd_desktop.ui.receptions.group_page import GroupPage
from tcd_desktop.ui.receptions.members_field import MembersField
from tcd_desktop.ui.window.runner import RunnerLike


class FormExtras(QObject):
    """`single`: the form shows one line of the book (an amendment), so no contents are added.

    `locked`: the identity is sealed, so the list is not opened.
    """

    changed = Signal()
    """Another content stands in the form now."""

    def __init__(
        self,
        view: FormView,
        stack: QStackedWidget,
        binding: FormBinding,
        autosave: Autosave,
        runner: RunnerLike,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._stack, self._binding, self._autosave = view, stack, binding, autosave
        self.matters = FormMatters()
        self.single = self.locked = False
        self.list = GroupPage(runner)
        stack.addWidget(self.list)
        members = binding.fields["members"]
        assert isinstance(members, MembersField)
        members.openRequest.connect(self.open_group)
        self.list.changed.connect(self._members_changed)
        self.list.finished.connect(self.close_group)
        view.what.further.clicked.connect(self.add_matter)
        view.matters_bar.chosen.connect(self.show_matter)
        view.matters_bar.dropRequest.connect(self.drop_matter)
        view.handling.open_case.clicked.connect(self._case_clicked)

    def follow(self, draft: ReceptionDraft, *, in_case: bool) -> None:
        """Shows the contents, and whether a case is opened for this one; `in_case`: it has one already."""
        self._view.matters_bar.show_matters(self.matters.all(draft), self.matters.at)
        self._view.what.further.setVisible(not self.single and len(self.matters) < MOST)
        box, wish = self._view.handling.open_case, self.matters.wish
        box.setVisible(not self.single and not in_case and draft.direction is not Direction.REFUSE)
        box.setChecked(_likely(draft) if wish is None else wish)

    # -- the people of a group -------------------------------------------

    def open_group(self) -> None:
        """The list of the group lies over the form."""
        if not self.locked:
            self._stack.setCurrentWidget(self.list)
            self.list.show_group(self._binding.model.draft)

    def close_group(self) -> None:
        """Back to the form."""
        self._stack.setCurrentWidget(self._view)
        fields = self._binding.fields
        fields["members" if fields["members"].isVisible() else "people"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _members_changed(self, members: tuple[Member, ...]) -> None:
        """The list goes into the draft; so many people are there at least."""
        typed: dict[str, Any] = {"members": members}
        if len(members) > self._binding.model.draft.people:
            typed["people"] = len(members)
        if members and all(member.signed for member in members):
            typed["members_signed"] = True  # the list says so already; the tick is not asked for once more
        for name, value in typed.items():
            self._binding.fields[name].set_value(value)
            self._binding.fields[name].changed.emit(value)

    # -- several contents --------------------------------------------------

    def drafts(self) -> list[ReceptionDraft]:
        """Every content of the visit, as typed."""
        return self.matters.all(self._binding.model.draft)

    def open_cases(self, drafts: list[ReceptionDraft]) -> list[bool]:
        """For each content whether a case file is opened."""
        return self.matters.open_cases(drafts, [_likely(draft) for draft in drafts])

    def add_matter(self) -> None:
        """Another content of the same visit; person and circumstances stay."""
        if not self.single and len(self.matters) < MOST:
            self._show(self.matters.add(self._binding.model.draft))

    def show_matter(self, at: int) -> None:
        """Another of the contents."""
        self._show(self.matters.show(at, self._binding.model.draft))

    def drop_matter(self) -> None:
        """The content that is shown was none."""
        if len(self.matters) > 1:
            self._show(self.matters.drop())

    def _show(self, draft: ReceptionDraft) -> None:
        self._autosave.keep_all(self.matters.all(draft), self.matters.at)
        self._binding.load(draft, dirty=True)
        self.changed.emit()
        self._binding.fields["classification"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _case_clicked(self, wanted: bool) -> None:
        self.matters.wish = wanted


def _likely(draft: ReceptionDraft) -> bool:
    return draft.direction is Direction.ACCEPT
