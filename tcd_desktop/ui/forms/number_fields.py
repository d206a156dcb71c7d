"""Fields whose text means a date, a birth, a time or a number; they show the usual form once they are
left."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import Text, _, lazy
from tcd_desktop.ui.forms.field import LineField
from tcd_desktop.ui.forms.typed_dates import parse_birth, parse_date, parse_time, show_birth, show_date, show_time
from tcd_desktop.ui.look import look

WEEKDAYS = (lazy("Mon"), lazy("Tue"), lazy("Wed"), lazy("Thu"), lazy("Fri"), lazy("Sat"), lazy("Sun"))


class ParsedField(LineField):
    """A line that is read into a value. While it means nothing the value is `nothing` and the field says
    why."""

    nothing: Any = None

    def __init__(
        self,
        label: Text,
        *,
        placeholder: Text = "",
        width: int = 130,
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, placeholder=placeholder, required=required, hint=hint, max_length=40, parent=parent)
        self._width = width
        self._fit()
        self.editor.textChanged.connect(self._say_understood)

    def _fit(self) -> None:
        self.editor.setMinimumWidth(look.current().px(self._width * 0.88))
        self.editor.setMaximumWidth(look.current().px(self._width * 2))

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another width."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_width"):
            self._fit()
        super().changeEvent(event)

    def _understood(self, value: Any) -> tuple[str, ...]:
        """Ways to say what was understood, the fullest first; nothing when the text says it itself."""
        return ()

    def _say_understood(self, text: str) -> None:
        text = text.strip()
        read = self._read(text) if text else None
        self.note.say(*(self._understood(read) if read is not None and text != self._show(read) else ()))

    @abstractmethod
    def _read(self, text: str) -> Any:
        """The value, or None when the text means none."""

    @abstractmethod
    def _show(self, value: Any) -> str:
        """The usual form of a value."""

    @abstractmethod
    def _sentence_for(self, text: str) -> str:
        """What is wrong with a text that means nothing."""

    def value(self) -> Any:
        """The value typed, or `nothing`."""
        text = self.editor.text().strip()
        read = self._read(text) if text else None
        return self.nothing if read is None else read

    def set_value(self, value: Any) -> None:
        """Shows a value in its usual form; what is being typed for the same value is left alone."""
        if value != self.value() or (value == self.nothing and not self.own_problem()):
            self.editor.setText("" if value == self.nothing else self._show(value))

    def own_problem(self) -> str:
        """A sentence when the text means nothing."""
        text = self.editor.text().strip()
        return self._sentence_for(text) if text and self._read(text) is None else ""

    def tidy(self) -> None:
        """Shows the value in its usual form."""
        if not self.own_problem():
            value = self.value()
            self._rewrite("" if value == self.nothing else self._show(value))
            self.note.say()


class DateField(ParsedField):
    """A date (`datetime.date` or None): "5/9", "5/9/26", "05092026", "hôm nay". `today` is asked at each
    reading."""

    def __init__(
        self,
        label: Text,
        *,
        today: Callable[[], date] = date.today,
        past: bool = False,
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        self._today, self._past = today, past
        super().__init__(label, placeholder=_("dd/mm/yyyy"), required=required, hint=hint, parent=parent)

    def _read(self, text: str) -> date | None:
        return parse_date(text, self._today(), past=self._past)

    def _show(self, value: Any) -> str:
        return show_date(value)

    def _understood(self, value: Any) -> tuple[str, ...]:
        weekday = str(WEEKDAYS[value.weekday()])
        return (f"{weekday} {show_date(value)}", show_date(value), f"{value:%d/%m}")

    def _sentence_for(self, text: str) -> str:
        return _("No such day. Type for example 5/9/2026.")


class BirthField(ParsedField):
    """Date or year of birth as the domain keeps it: "", "1968" or "1968-09-05"."""

    nothing = ""

    def __init__(
        self,
        label: Text,
        *,
        today: Callable[[], date] = date.today,
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        self._today = today
        super().__init__(label, placeholder=_("dd/mm/yyyy or year"), required=required, hint=hint, parent=parent)

    def _read(self, text: str) -> str | None:
        return parse_birth(text, self._today())

    def _show(self, value: Any) -> str:
        return show_birth(value)

    def _understood(self, value: Any) -> tuple[str, ...]:
        return (show_birth(value),)

    def _sentence_for(self, text: str) -> str:
        return _("No such day. Type for example 5/9/1968, or the year.")


class TimeField(ParsedField):
    """A time of day (`datetime.time` or None): "8h30", "8:30", "0830"."""

    def __init__(self, label: Text, *, required: bool = False, hint: Text = "", parent: QWidget | None = None) -> None:
        super().__init__(label, placeholder=_("hh:mm"), width=80, required=required, hint=hint, parent=parent)

    def _read(self, text: str) -> Any:
        return parse_time(text)

    def _show(self, value: Any) -> str:
        return show_time(value)

    def _understood(self, value: Any) -> tuple[str, ...]:
        return (show_time(value),)

    def _sentence_for(self, text: str) -> str:
        return _("No such time. Type for example 8:30.")


class IntField(ParsedField):
    """A whole number from `least` to `most`, or `empty` when nothing is typed."""

    def __init__(
        self,
        label: Text,
        *,
        least: int = 0,
        most: int = 99_999,
        empty: int | None = None,
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        self._least, self._most = least, most
        self.nothing = None
        self._empty = empty
        super().__init__(label, width=80, required=required, hint=hint, parent=parent)

    def _read(self, text: str) -> int | None:
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            return None
        number = int(text)
        return number if self._least <= number <= self._most else None

    def _show(self, value: Any) -> str:
        return str(value)

    def value(self) -> Any:
        """The number, or `empty`. Where nothing is not allowed, what is no number counts as too few."""
        if not self.editor.text().strip():
            return self._empty
        found = super().value()
        return self._least - 1 if found is None and self._empty is not None else found

    def set_value(self, value: Any) -> None:
        """Shows a number; what is being typed for the same number is left alone."""
        if value is None:
            self.editor.setText("")
        elif value != super().value():
            self.editor.setText(str(value))

    def tidy(self) -> None:
        """Without spaces and leading zeros."""
        if self.editor.text().strip() and not self.own_problem():
            self._rewrite(str(self.value()))

    def _sentence_for(self, text: str) -> str:
        return _("Type a number from {least} to {most}.").format(least=self._least, most=self._most)
