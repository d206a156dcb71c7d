"""Filling the form from a citizen card or from what is known of the citizen: never silently, always to be undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tcd_desktop import words
from tcd_desktop.domain.citizen_card import CardReading, read_card
from tcd_desktop.domain.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.form_fields import FormBinding, LineField
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.card_scan import OverwriteBar
from tcd_desktop.ui.receptions.known_citizen import KnownCard, KnownCitizen, find_known
from tcd_desktop.ui.runner import Job, RunnerLike

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

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        binding: FormBinding,
        overwrite: OverwriteBar,
        known: KnownCard,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._binding = office, runner, binding
        self._overwrite, self._known = overwrite, known
        self._asked: dict[str, Any] = {}
        self._source = ""
        self._number = ""
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_UP_MS)
        self._soon.timeout.connect(self._look_up_now)
        overwrite.accepted.connect(self._accepted)
        overwrite.kept.connect(self._kept)
        known.fillRequest.connect(self._offer_known)

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
        self._number = ""
        self._found_known(None)

    def take_card(self, text: str) -> None:
        """A citizen card's text: fills what is empty, asks about what would be overwritten."""
        try:
            reading = read_card(text)
        except Refused as error:
            self.failed.emit(error)
            return
        self._take_person(reading.person, _("The card says something else."), _("Take the card's"), reading)

    def fill_known(self) -> None:
        if self._known.known is not None and not self._known.isHidden():
            self._offer_known(self._known.known)

    def _offer_known(self, known: KnownCitizen) -> None:
        title = _("The last visit of this citizen says something else.")
        self._take_person(known.person(), title, _("Take these"), None)

    def _take_person(self, person: Person, title: str, take: str, reading: CardReading | None) -> None:
        found = form_rules.filling(self._binding.model.draft, person)
        self._source = _("card") if reading else _("earlier")
        if found.fills:
            self._fill(found.fills)
        filled = len(found.fills)
        warning = " ".join(words.problem("id_number", one) for one in reading.problems) if reading else ""
        if found.overwrites:
            self._asked = {one.field: one.new for one in found.overwrites}
            self._overwrite.ask(title, take, found)
        elif filled or warning:
            told = ngettext("Filled in {n} field.", "Filled in {n} fields.", filled).format(n=filled)
            undo = _("Undo") if filled else ""
            tone = "warning" if warning else "success"
            self.told.emit(" ".join(filter(None, (told, warning))), tone, undo)
            self._focus_next_empty()
        else:
            self.told.emit(_("The form says the same already."), "success", "")
            self._focus_next_empty()
        for name in reading.broken if reading else ():
            if name in self._binding.fields and not found.overwrites:
                self._binding.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                break

    def _fill(self, values: dict[str, Any]) -> None:
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

    def _accepted(self) -> None:
        self._decided(True)

    def _kept(self) -> None:
        self._decided(False)

    def _decided(self, take: bool) -> None:
        asked, self._asked = self._asked, {}
        if take and asked:
            self._fill(asked)
            self.told.emit(_("Took the new values."), "success", _("Undo"))
        self._focus_next_empty()

    def _focus_next_empty(self) -> None:
        for name in ORDER:
            if getattr(self._binding.model.draft, name) in ("", None):
                self._binding.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _look_up_now(self) -> None:
        number = self._binding.model.draft.id_number
        if number == self._number:
            self._show_fillable()
            return
        self._number = number
        if self._job is not None:
            self._job.forget()
        if len(number) < SHORTEST_NUMBER:
            self._known.show_known(None, self._office.today(), fillable=False)
            return

        def work(_progress: Progress) -> KnownCitizen | None:
            return find_known(self._office, number)

        self._job = self._runner.read(work, done=self._found_known, failed=self._unknown)

    def _found_known(self, known: KnownCitizen | None) -> None:
        self._known.known = known
        self._show_fillable()

    def _show_fillable(self) -> None:
        known = self._known.known
        fillable = bool(known and form_rules.filling(self._binding.model.draft, known.person()).all)
        self._known.show_known(known, self._office.today(), fillable=fillable)

    def _unknown(self, _error: Exception) -> None:
        self._found_known(None)
