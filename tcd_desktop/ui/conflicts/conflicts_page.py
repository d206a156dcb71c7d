"""What PCs that worked apart leave to a person: two values of a field, removal beside change, numbers given twice.

The list at the left, the values beside each other at the right, one button each. Nothing here blocks any work. What
was decided stands in the second view, where the value that was not taken can be taken for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.conflicts.conflict_desk import Question, Side
from tcd_desktop.services.conflicts.number_desk import Holder, Twice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.conflicts.conflict_lines import Line, line_columns, line_of, number_line
from tcd_desktop.ui.conflicts.conflict_words import (
    asked,
    kind_chip,
    side_words,
    source_words,
    twice_asked,
)
from tcd_desktop.ui.conflicts.side_cards import SideCard
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

NOTHING = State(
    lazy("All PCs agree"),
    lazy("When two PCs change the same thing without knowing of each other, both values are kept and wait here."),
    icon="circle-check",
    tone="success",
)
OPEN, DECIDED = range(2)
DESKS = {"reception": "receptions", "case_file": "cases", "petition": "petitions", "citizen": "citizens"}
"""Which desk opens a record of a table."""
REASONS = (
    lazy("The second PC worked with a copy of the first one's data"),
    lazy("Both papers went out with this number"),
)
"""Why a number may stand twice, or has to be given anew."""
KEYS = 4
"""So many values are reached by Ctrl and a figure."""


class ConflictsPage(Page):
    """Esc goes back."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._names: dict[str, str] = {}
        self._cards: list[SideCard] = []
        self.rows, self.pane, self.message = FixedRows(), Inspector(), MessageBar()
        columns = line_columns(office.today, lambda code: self._names.get(code, code), wards=office.is_superior)
        model = PagedModel(self.rows, columns, runner=runner, row_id=lambda line: line.id, parent=self)
        self.list = ListView("conflicts", model, keeper, empty=NOTHING, inspector=self.pane)
        self.list.keep_one_chosen()
        self.list.keep_inspector()
        self.list.currentChanged.connect(self._show)
        self.list.openRequest.connect(lambda _id: self.open_record())
        self._build()
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Differences between PCs")

    def _build(self) -> None:
        now = look.current()
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.views = Segments([_("To decide"), _("Already decided")])
        self.views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.views.set_index(OPEN)
        self.views.chosen.connect(lambda _index: self.refresh())
        head, self.back = page_head(QLabel(self.title), self.count)
        self.back.clicked.connect(self.popRequest)
        head.addWidget(self.views)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)
        for number in range(KEYS):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.press, number))

    # -- reading ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the chosen view."""
        office, view = self._office, self.views.index()

        def read(_progress: Progress) -> tuple[list[Line], dict[str, str]]:
            if view == DECIDED:
                found = [line_of(one) for one in office.conflicts.decided()]
            else:
                found = [*map(line_of, office.conflicts.open()), *map(number_line, office.numbers.twice())]
            return found, office_names(office) if office.is_superior else {}

        self._runner.read(read, done=self._read)

    def _read(self, answer: tuple[list[Line], dict[str, str]]) -> None:
        lines, self._names = answer
        self.rows.rows = tuple(lines)
        self.list.show_query(None, filtered=False)
        words = ngettext("{n} record", "{n} records", len(lines)).format(n=grouped(len(lines)))
        self.count.setText(words if lines else "")
        self._show(self.list.current_id())

    def store_changed(self, changes: Any) -> None:
        """Something may have been decided."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard comes into the list."""
        self.list.focus_list()

    def chosen(self) -> Line | None:
        """The line under the cursor."""
        wanted = self.list.current_id()
        return next((line for line in self.rows.rows if line.id == wanted), None)

    # -- the chosen line ----------------------------------------------------------------------------

    def _show(self, _line_id: str) -> None:
        line, self._cards = self.chosen(), []
        self.pane.set_actions([])
        if line is None:
            self.pane.show_nothing(_("Choose a line to see both values beside each other."))
            return
        about = line.about
        self._cards = self._sides(about) if isinstance(about, Question) else self._holders(about)
        sentence = asked(about) if isinstance(about, Question) else twice_asked(about)
        if not about.own:
            sentence = _("Only the office that owns the record decides. {question}").format(question=sentence)
        if line.table in DESKS:
            opening = QPushButton(_("Open"))
            icons.dress(opening, "panel-right", "text", 18)
            opening.clicked.connect(lambda _checked=False: self.open_record())
            buttons: list[QWidget] = [opening]
            if isinstance(about, Twice) and about.own:
                buttons.append(self._keep_button(about))
            self.pane.set_actions(buttons)
        elif isinstance(about, Twice) and about.own:
            self.pane.set_actions([self._keep_button(about)])
        title = " · ".join(filter(None, (line.number, line.what)))
        self.pane.show_record(title, line.name, chips=[kind_chip(line.table)], first=[_words(sentence), *self._cards])

    def _keep_button(self, twice: Twice) -> QPushButton:
        button = QPushButton(_("All are right"))
        icons.dress(button, "check", "text", 18)
        button.clicked.connect(lambda _checked=False: self.keep(twice))
        return button

    def _sides(self, question: Question) -> list[SideCard]:
        cards = []
        for number, side in enumerate(question.sides, start=1):
            chips = []
            if side.shown and not question.decided:
                chips.append(Chip(_("Shown now"), "neutral", "eye"))
            taken = question.decided is not None and question.decided.value == side.value and not side.changed
            if taken:
                chips.append(Chip(_("Was taken"), "success", "check"))
            if side.doubtful:
                chips.append(Chip(_("Clock in doubt"), "warning", "clock"))
            act = None if not question.own or side.closed or taken else partial(self.take, question, side)
            text, source = side_words(question, side), source_words(side, self._office.today())
            button = f"{_take_words(question, side)}  Ctrl+{number}"
            cards.append(SideCard(text, source, chips=chips, button=button, act=act))
        return cards

    def _holders(self, twice: Twice) -> list[SideCard]:
        cards = []
        for number, holder in enumerate(twice.holders, start=1):
            name = _("Kept secret (denunciation)") if holder.called.secret else holder.called.name
            slips = ngettext("{n} paper printed", "{n} papers printed", holder.slips).format(n=holder.slips)
            can = twice.own and twice.renewable
            cards.append(
                SideCard(
                    " ".join(name.split()) or twice.number,
                    slips if holder.slips else _("nothing printed"),
                    button=_("Give a new number") + f"  Ctrl+{number}",
                    act=partial(self.renew, twice, holder) if can else None,
                )
            )
        return cards

    def press(self, number: int) -> None:
        """Ctrl and a figure: takes that value."""
        if number < len(self._cards) and self._cards[number].button is not None:
            self._cards[number].button.click()  # type: ignore[union-attr]

    # -- acts ---------------------------------------------------------------------------------------

    def take(self, question: Question, side: Side) -> None:
        """Decides for one of the values."""
        desk, table, record = self._office.conflicts, question.table, question.record

        def work(_progress: Progress) -> Any:
            if question.about_removal and side.changed:
                return desk.bring_back(table, record)
            if question.about_removal and side.removal and not question.decided:
                return desk.keep_removed(table, record)
            return desk.take(table, record, question.field, side.hash)

        self._runner.write(work, failed=self._failed)

    def keep(self, twice: Twice) -> None:
        """All records rightly have the number: asks why."""
        title = _("All are right: {number}").format(number=twice.number)
        desk, ids = self._office.numbers, tuple(holder.id for holder in twice.holders)
        self._ask(
            *(title, _("The reason, your name and the time are kept."), _("Enter as right")),
            lambda reason: desk.keep(twice.book, ids, reason),
        )

    def renew(self, twice: Twice, holder: Holder) -> None:
        """One of them gets a new number: asks why."""
        title = _("A new number instead of {number}").format(number=twice.number)
        sentence = _("The old number and the reason stand in its note. Print papers that were handed out again.")
        desk = self._office.numbers
        self._ask(title, sentence, _("Give a new number"), lambda reason: desk.renew(twice.book, holder.id, reason))

    def _ask(self, title: str, sentence: str, take: str, act: Callable[[str], Any]) -> None:
        """Asks why, then acts."""
        hint = _("without the name of a denouncer")
        dialog = ReasonDialog(title, sentence, take, self, hint=hint, suggestions=REASONS)
        dialog.reasoned.connect(lambda reason: self._runner.write(lambda _progress: act(reason), failed=self._failed))
        dialog.open()

    def open_record(self) -> None:
        """Shows the record itself."""
        line = self.chosen()
        if line is not None and line.table in DESKS:
            about = line.about
            self.goRequest.emit(DESKS[line.table], about.record if isinstance(about, Question) else about.holders[0].id)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
        self.refresh()


def _take_words(question: Question, side: Side) -> str:
    if not question.about_removal:
        return _("Take this")
    return _("Stays removed") if side.removal else _("Bring back")


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
