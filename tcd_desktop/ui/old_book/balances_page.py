"""Opening figures (số dư đầu kỳ): typed once, changed when needed, with the history of every change."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.old_book.opening_figures import CARRIED, HIGHEST, SUMS, Values, balance_problems, values_of
from tcd_desktop.domain.problems import DraftRefused
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.reports.balance_desk import BalanceLine
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import DateField, IntField, LineField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.old_book.columns_step import page_head
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import problem_sentence
from tcd_desktop.words.figure_words import BLOCKS, FIGURES, FORMS

HISTORY = 40
"""Changes that are shown, the newest first."""
LARGE, LARGE_ACROSS = 125, 3
"""Text sizes above this put three figures on a line."""
Key = tuple[str, str]
VISITS_FORM = "01/TCD"


class BalancesPage(Page):
    """On top of the wizard. An empty field means: nothing is carried over."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        px = look.current().px
        self.message = MessageBar()
        self.on = DateField(_("As they were on"), today=office.today, required=True)
        self.note = LineField(_("Where the figures come from"), max_length=300)
        self.fields: dict[Key, IntField] = {}
        self.sums: dict[str, QLabel] = {}
        self.save_button = QPushButton(_("Save the figures") + "  Ctrl+Enter")
        self.save_button.setProperty("kind", "primary")
        icons.dress(self.save_button, "save", "on_accent", 18)
        self.save_button.clicked.connect(self.save)
        self._key = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self)
        self._key.activated.connect(self.save)
        self.history = QLabel()
        self.history.setProperty("ink", "muted")
        self.history.setTextFormat(Qt.TextFormat.PlainText)
        self.history.setWordWrap(True)
        self.history.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setProperty("box", "scroll")
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(16), px(4), px(16), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.message)
        column.addWidget(self._when_card())
        column.addWidget(self._visits_card())
        column.addLayout(self._lower())
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder)
        foot = QFrame()
        foot.setProperty("box", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.addStretch()
        row.addWidget(self.save_button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(page_head(self.title))
        lines.addWidget(area, 1)
        lines.addWidget(foot)
        self.setFocusProxy(self.on)
        self._shown: list[OpeningBalance] = []
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Opening figures of the reports")

    # -- the form -----------------------------------------------------------------------------------

    def _when_card(self) -> Card:
        card = Card(_("What reports add to what this program counts"))
        told = QLabel(
            _(
                "Type what was counted before this program, in the period that is still to be reported. Leave empty "
                "what is nothing. Visits that were imported from the old book are counted already."
            )
        )
        told.setWordWrap(True)
        told.setProperty("ink", "muted")
        card.lines.addWidget(told)
        card.add_row((self.on, 0), (self.note, 1))
        return card

    def _visits_card(self) -> Card:
        card = Card(f"{VISITS_FORM} · {FORMS[VISITS_FORM]}")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.current().px(12))
        grid.setVerticalSpacing(look.current().px(8))
        across = LARGE_ACROSS if look.current().text_size > LARGE else max(len(columns) for _title, columns in BLOCKS)
        row = 0
        for title, columns in BLOCKS:
            name = QLabel(str(title))
            name.setProperty("ink", "label")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
            first = max(across - len(columns), 0)  # the same counts stand under each other
            for place, column in enumerate(columns, start=first):
                field = self._field((VISITS_FORM, column))
                grid.addWidget(field, row + place // across, 1 + place % across, Qt.AlignmentFlag.AlignTop)
            row += 1 + (first + len(columns) - 1) // across
        for at in range(1, across + 1):
            grid.setColumnStretch(at, 1)
        card.lines.addLayout(grid)
        sums = QHBoxLayout()
        sums.setSpacing(look.current().px(24))
        words = {"1": _("All visits"), "2": _("All people"), "3": _("All matters"), "4": _("All crowds")}
        for column, told in words.items():
            label = QLabel()
            label.setProperty("ink", "strong")
            label.setProperty("words", f"({column}) {told}")
            self.sums[column] = label
            sums.addWidget(label)
        sums.addStretch()
        card.lines.addLayout(sums)
        return card

    def _lower(self) -> QHBoxLayout:
        px = look.current().px
        carried = Card(_("Carried over from the period before"))
        for figure in CARRIED:
            words = QLabel(f"{figure.form} ({figure.column}) · {FIGURES[figure.key]}")
            words.setWordWrap(True)
            field = self._field(figure.key)
            field.label.hide()
            row = carried.add_row((words, 1), (field, 0))
            row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        history = Card(_("Changes"))
        history.lines.addWidget(self.history)
        history.lines.addStretch()
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(carried, 1)
        row.addWidget(history, 1)
        return row

    def _field(self, key: Key) -> IntField:
        form, column = key
        words = str(FIGURES[key])
        field = IntField(f"({column}) {words}", most=HIGHEST)
        for editor in (field.editor,):
            editor.setAccessibleName(
                _("{form}, column {column}: {words}").format(form=form, column=column, words=words)
            )
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.changed.connect(lambda _value: self._show_sums())
        field.left.connect(self._show_problems)
        self.fields[key] = field
        return field

    # -- values -------------------------------------------------------------------------------------

    def values(self) -> Values:
        """What is typed; empty fields are not there."""
        found = {}
        for key, field in self.fields.items():
            value = field.value()
            if value is not None:
                found[key] = int(value)
        return found

    def _show_sums(self) -> None:
        values = self.values()
        for column, parts in SUMS.items():
            total = sum(values.get((VISITS_FORM, part), 0) for part in parts)
            label = self.sums[column]
            label.setText(f"{label.property('words')}: {grouped(total)}")

    def _problems(self) -> dict[str, str]:
        found = balance_problems(self.on.value(), self.values(), self._office.today())
        return {name: problem_sentence(problem) for name, problem in found.items()}

    def _show_problems(self, *, everything: bool = False) -> bool:
        found = self._problems()
        first: Any = None
        if everything or "on" not in found or self.on.value() is not None:
            self.on.set_problem(found.get("on", ""))
            first = self.on if "on" in found or self.on.own_problem() else None
        for (form, column), field in self.fields.items():
            sentence = found.get(f"{form}:{column}", "")
            field.set_problem(sentence)
            if (sentence or field.own_problem()) and first is None:
                first = field
        if everything and first is not None:
            first.setFocus()
        return first is None

    # -- acts ---------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keeps the figures."""
        if not self._show_problems(everything=True):
            return
        desk, today = self._office.balances, self._office.today()
        act = partial(desk.set, self.values(), on=self.on.value(), today=today, note=self.note.value())
        self._runner.write(lambda _progress: act(), done=self._saved, failed=self._failed)

    def _saved(self, _done: Done[Any]) -> None:
        self.message.clear()  # the bar at the foot says that it is done, and offers to undo it
        self.refresh()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DraftRefused):
            self._show_problems(everything=True)
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def store_changed(self, changes: Any) -> None:
        """The figures were changed, here or by an undo."""
        if not changes or any(change.table == "opening_balance" for change in changes):
            self.refresh()

    def refresh(self) -> None:
        """Reads the figures and their history again."""
        desk = self._office.balances
        self._runner.read(lambda _progress: (desk.figures(), desk.history()), done=self._read)

    def _read(self, found: tuple[list[OpeningBalance], list[BalanceLine]]) -> None:
        figures, lines = found
        if figures != self._shown or not self._typed():
            self._shown = figures
            values = values_of(figures)
            for key, field in self.fields.items():
                field.set_value(values.get(key))
            self.on.set_value(figures[0].on if figures else self.on.value())
            self.note.set_value(figures[0].note if figures else self.note.value())
        self._show_sums()
        told = [history_sentence(line) for line in lines[:HISTORY]]
        self.history.setText("\n".join(told) or _("No figure has been set yet."))

    def _typed(self) -> bool:
        return self.values() != values_of(self._shown)

    def can_close(self) -> bool:
        """Typed figures that were not saved keep the page."""
        if not self._typed():
            return True
        self.message.tell(_("The figures are not saved yet. Save them, or empty what you typed."), "warning")
        return False


def history_sentence(line: BalanceLine) -> str:
    """ "23/11/2026 09:30, Lê Thị Thử: 02/XLD (1) 3 → 5"."""
    before = "–" if line.before is None else grouped(line.before)
    after = "–" if line.after is None else grouped(line.after)
    who = f", {line.officer}" if line.officer else ""
    return f"{line.at:%d/%m/%Y %H:%M}{who}: {line.form} ({line.column}) {before} → {after}"
