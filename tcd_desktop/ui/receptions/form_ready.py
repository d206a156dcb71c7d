"""An empty form made before it is asked for: making one takes a quarter of a second, showing it an instant."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

REST_MS = 1200
"""So long after the list was shown, or a form was left, nobody is likely to be typing."""


class FormReady(QObject):
    """Keeps one form for the list `page`; `make` builds it inside the widget it will be shown in."""

    def __init__(self, page: QWidget, make: Callable[[QWidget], ReceptionFormPage]) -> None:
        super().__init__(page)
        self._page, self._make = page, make
        self.form: ReceptionFormPage | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.prepare)

    def soon(self) -> None:
        """The list is shown: a new visit may be asked for."""
        if self.form is None:
            self._rest.start()

    def wait(self, _what: object = None) -> None:
        """Somebody moves through the list: the form is made when they rest."""
        if self._rest.isActive():
            self._rest.start()

    def prepare(self) -> None:
        """Makes the form when the list is in a window and still shown."""
        pile = self._page.parentWidget()
        if self.form is None and pile is not None and self._page.isVisible():
            self.form = self._make(pile)
            self.form.hide()

    def take(self) -> ReceptionFormPage | None:
        """The form, begun anew for the next citizen; None when there was no time to make one."""
        self._rest.stop()
        form, self.form = self.form, None
        if form is not None:
            form.begin_ready()
        return form
