"""A field for a file of this PC: its path, typed or chosen with the button beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.forms.typing import Line
from tcd_desktop.ui.look import look

Ask = Callable[[QWidget, str], Path | None]
"""(over which widget, what is chosen now) -> the file, None when nothing was chosen."""


class FileField(Field):
    """The value is a path as text, "" for none; it is not looked whether the file is there."""

    def __init__(
        self, label: Text, ask: Ask, *, required: bool = False, hint: Text = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, hint=hint, parent=parent)
        self.ask = ask
        self.editor = Line(raw=True)
        self.editor.setMaxLength(1000)
        self.editor.textEdited.connect(lambda _text: self.changed.emit(self.value()))
        self.button = QPushButton(_("Choose…"))
        self.button.clicked.connect(self.choose)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.current().px(6))
        row.addWidget(self.editor, 1)
        row.addWidget(self.button)
        self._place(both, self.editor)
        self.button.setAccessibleName(_("Choose: {label}").format(label=self._text))

    def choose(self, _checked: bool = False) -> None:
        """Asks for a file."""
        path = self.ask(self, self.value())
        if path is not None:
            self.set_value(str(path))
            self.changed.emit(self.value())
            self.left.emit()

    def value(self) -> Any:
        """The path, without the quotation marks that a copied one has."""
        return self.editor.text().strip().strip('"')

    def set_value(self, value: Any) -> None:
        """Shows a path, its end when it is long: there the name stands."""
        self.editor.setText(str(value or ""))
