"""A saved visit in the form: read from the book, and the sealed identity of a denunciation opened with a reason."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.forms.form_fields import ChoiceField, Field
from tcd_desktop.ui.receptions.asking import RevealDialog
from tcd_desktop.ui.window.runner import RunnerLike


class FormAmending(QObject):
    """`visit` is the visit being amended, None while a new one is typed."""

    loaded = Signal(object)
    """The visit, or None when it is not there any more."""
    revealed = Signal(object)
    """The visit with the denouncer's identity."""
    failed = Signal(object)

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self.visit: Reception | None = None

    def load(self, record: str) -> None:
        """Reads the visit; answers with `loaded`."""

        def work(_progress: Progress) -> Reception | None:
            return self._office.receptions.find(record)

        self._runner.read(work, done=self._loaded, failed=self._failed)

    def ask_reason(self) -> None:
        """Asks why the identity is looked at; answers with `revealed`."""
        if self.visit is not None:
            dialog = RevealDialog(self.visit.book_number, self._page)
            dialog.reasoned.connect(self._reveal)
            dialog.open()

    def _loaded(self, visit: Reception | None) -> None:
        self.visit = visit
        self.loaded.emit(visit)

    def _reveal(self, reason: str) -> None:
        assert self.visit is not None
        record = self.visit.id

        def work(_progress: Progress) -> Reception:
            return self._office.receptions.reveal(record, reason)

        self._runner.write(work, done=self.revealed.emit, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)


def limit_classes(field: Field, visit: Reception | None) -> None:
    """A saved visit never becomes a denunciation or stops being one: it is kept differently. None = all are offered."""
    assert isinstance(field, ChoiceField) and field.segments is not None
    for member, button in zip(Classification, field.segments.buttons, strict=True):
        button.setEnabled(visit is None or (member is Classification.DENUNCIATION) == visit.is_secret)
