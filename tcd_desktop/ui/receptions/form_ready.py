"""An empty form made before it is asked for: making one takes a fifth of a second, showing it an instant.

It is made piece by piece while nobody types or moves, so that nobody feels it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

REST_MS = 400
"""So long after the list was shown, a form was left or somebody moved, the next piece may be made."""


class FormReady(QObject):
    """Keeps one form for the list `page`; `make` begins it inside the widget it will be shown in."""

    def __init__(self, page: QWidget, make: Callable[[QWidget], ReceptionFormPage]) -> None:
        super().__init__(page)
        self._page, self._make = page, make
        self.form: ReceptionFormPage | None = None
        """Begun, perhaps not whole yet."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._next)

    @property
    def whole(self) -> bool:
        """Whether a form lies here that can be shown at once."""
        return self.form is not None and self.form.whole

    def soon(self) -> None:
        """A new visit may be asked for."""
        if not self.whole:
            self._rest.start(REST_MS)

    def wait(self, _what: object = None) -> None:
        """Somebody moves through the list: the form is made when they rest."""
        if self._rest.isActive():
            self._rest.start(REST_MS)

    def prepare(self) -> None:
        """Makes what is missing at once."""
        if form := self._begun():
            form.complete()

    def take(self) -> ReceptionFormPage | None:
        """The form, made whole and begun anew for the next citizen; None when there was no time to begin one."""
        self._rest.stop()
        form, self.form = self.form, None
        if form is not None:
            form.complete()
            form.begin_ready()
        return form

    def _next(self) -> None:
        """One piece, then the window lives."""
        form = self._begun()
        if form is not None and form.build_piece() and self._page.window().isVisible():
            self._rest.start(0)

    def _begun(self) -> ReceptionFormPage | None:
        """Begins the form when the list is in a window that is shown; None when there is none."""
        pile = self._page.parentWidget()
        if self.form is None and pile is not None and self._page.window().isVisible():
            self.form = self._make(pile)
            self.form.hide()
        return self.form
