"""Filling the form from a citizen card or from what is known of the citizen: never silently, always to be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.papers.paper_code import read_paper_code
from tcd_desktop.domain.people.citizen_card import CardReading, read_card
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.citizen_history import CitizenHistory
from tcd_desktop.ui.forms.form_fields import FormBinding, LineField
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.known_citizen import KnownCard, find_known, known_person
from tcd_desktop.ui.receptions.overwrite_bar import OverwriteBar
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.runner import Job, RunnerLike

LOOK_UP_MS = 250
SHORTEST_NUMBER = 8
ORDER = ("name", "id_number", "address", "phone", "classification", "content")
"""Where the keyboard goes after filling: the first of these that is empty."""


class FormFilling(QObject):
    """Takes cards and known citizens into the fields of one form."""

    told = Signal(str, str, str)
    """A sentence, its tone, and the words of its button ("" = none; the button undoes)."""
    failed = Signal(object)
    """What was scanned is no card."""
    paperRead = Signal(object)
    """What was scanned is the code of a paper of ours (a `PaperCode`): it fills nothing."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        binding: FormBinding,
        overwrite: OverwriteBar,
        known: KnownCard,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._binding = office, runner, binding
        self._overwrite, self._known = overwrite, known
        self.amends = False
        self._source = ""
        self._filled = 0
        self._numbers: tuple[str, ...] = ()
        self._old_number = ""
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_UP_MS)
        self._soon.timeout.connect(self._look_up_now)
        overwrite.decided.connect(self._decided)
        known.fillRequest.connect(self._offer_known)
        known.left.connect(self._back_to_form)
        binding.changed.connect(self._followed)
        for action, slot in (("form.known", known.enter), ("form.matter", known.take_matter)):
            shortcut = QShortcut(QKeySequence(row(action).shortcut), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def case(self) -> str | None:
        """The open case of the earlier matter this visit is about, as the officer chose it."""
        matter = self._known.matter
        return matter.case if matter is not None and matter.has_open_case else None

    def number_changed(self) -> None:
        """The number of the identity paper may be somebody's who was here before."""
        self._soon.start()

    def stop(self) -> None:
        """The page goes away."""
        self._soon.stop()
        if self._job is not None:
            self._job.forget()

    def reset(self) -> None:
        """Another citizen: nobody is known."""
        self.stop()
        self._numbers, self._old_number = (), ""
        self._overwrite.hide()
        for name in form_rules.FILLED:
            self._binding.fields[name].set_hint("")
        self._found_known(None)

    def written(self, visit: Reception) -> None:
        """The visit stands in the book: an earlier one of the same matter that has no open case is linked with it."""
        matter = self._known.matter
        if self.amends or matter is None or matter.has_open_case or visit.is_secret:
            return
        links = self._office.links

        def work(_progress: Progress) -> object:
            return links.link(matter.id, visit.id, LinkKind.SAME_MATTER)

        self._runner.write(work, failed=self.failed.emit)

    def take_card(self, text: str) -> None:
        """A card fills what is empty, asks about what would be overwritten; a paper of ours opens its record."""
        code = read_paper_code(text)
        if code is not None:
            self.paperRead.emit(code)
            return
        if self._binding.fields["id_number"].isHidden():
            self.told.emit(_("The identity of this visit is sealed. Look at it first."), "warning", "")
            return
        try:
            reading = read_card(text)
        except Refused as error:
            self.failed.emit(error)
            return
        self._old_number = reading.old_number
        self._take_person(reading.person, reading)
        self._look_up_now()

    def fill_known(self) -> None:
        """Fills in what is known of the citizen, as by its button."""
        if self._known.known is not None and not self._known.isHidden():
            self._offer_known(self._known.known)

    def _offer_known(self, known: CitizenHistory) -> None:
        self._take_person(known_person(known), None)

    def _take_person(self, person: Person, reading: CardReading | None) -> None:
        found = form_rules.filling(self._binding.model.draft, person)
        self._source = _("card") if reading else _("earlier")
        if found.fills:
            self._fill(found.fills)
        filled = len(found.fills)
        warning = _warning(reading) if reading else ""
        self._filled = filled
        if warning or (filled and not found.overwrites):
            told = ngettext("Filled in {n} field.", "Filled in {n} fields.", filled).format(n=filled)
            undo = _("Undo") if filled else ""
            self.told.emit(" ".join(filter(None, (told, warning))), "warning" if warning else "success", undo)
        if found.overwrites:
            title = _("The card says something else.") if reading else _("What is known says something else.")
            self._overwrite.ask(title, _("On the card") if reading else _("Known"), found)
            return
        if not filled and not warning:
            self.told.emit(_("The form says the same already."), "success", "")
        self._focus_broken(reading.broken if reading else ())

    def _focus_broken(self, names: tuple[str, ...]) -> None:
        """What could not be read comes first, then what is still empty."""
        for name in names:
            if name in self._binding.fields:
                self._binding.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._focus_next_empty()

    def _fill(self, values: Mapping[str, Any]) -> None:
        """Fills several fields in one step of undo and marks where their text came from."""
        self._binding.apply(**values)
        for name in values:
            self._binding.fields[name].set_hint(self._source)
        self.show_beginnings()

    def show_beginnings(self) -> None:
        """Long lines show their beginning, not their end."""
        for field in self._binding.fields.values():
            if isinstance(field, LineField) and not field.editor.hasFocus():
                field.editor.setCursorPosition(0)

    def _decided(self, chosen: dict[str, Any]) -> None:
        if chosen:
            self._fill(chosen)
            self.told.emit(_("Took the new values."), "success", _("Undo"))
        elif self._filled:
            told = ngettext("Filled in {n} field.", "Filled in {n} fields.", self._filled).format(n=self._filled)
            self.told.emit(told, "success", _("Undo"))
        self._focus_next_empty()

    def _focus_next_empty(self) -> None:
        for name in ORDER:
            if getattr(self._binding.model.draft, name) in ("", None):
                self._binding.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _back_to_form(self) -> None:
        self._binding.fields["content"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_next_empty()

    def _followed(self, _name: str) -> None:
        """Who makes a denunciation is kept apart from everything else this citizen came for."""
        self._known.offer_matter(not (self.amends or self._binding.model.draft.is_secret))

    def _look_up_now(self) -> None:
        number = self._binding.model.draft.id_number
        numbers = tuple(filter(None, (number, self._old_number if number else "")))
        if numbers == self._numbers:
            self._show_fillable()
            return
        self._numbers = numbers
        if self._job is not None:
            self._job.forget()
        if len(number) < SHORTEST_NUMBER:
            self._found_known(None)
            return

        def work(_progress: Progress) -> CitizenHistory | None:
            return find_known(self._office, numbers)

        self._job = self._runner.read(work, done=self._found_known, failed=self._unknown)

    def _found_known(self, known: CitizenHistory | None) -> None:
        self._known.show_known(known, self._office.today(), fillable=self._is_fillable(known))
        self._known.offer_matter(not (self.amends or self._binding.model.draft.is_secret))

    def _show_fillable(self) -> None:
        known = self._known.known
        self._known.show_known(known, self._office.today(), fillable=self._is_fillable(known))

    def _is_fillable(self, known: CitizenHistory | None) -> bool:
        return bool(known and form_rules.filling(self._binding.model.draft, known_person(known)).all)

    def _unknown(self, _error: Exception) -> None:
        self._found_known(None)


def _warning(reading: CardReading) -> str:
    """Why parts of a card are missing, and which; "" when all of it was read."""
    why = [one for one in reading.problems if one.code != "card_text_broken"] or list(reading.problems)
    told = " ".join(words.problem("id_number", one) for one in why)
    names = ", ".join(words.field_name(name).lower() for name in reading.broken)
    return _("{why} Type by hand: {fields}.").format(why=told, fields=names) if names else told
