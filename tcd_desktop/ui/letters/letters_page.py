"""The desk "Letters" (văn bản đi): the book with its filters and the chosen letter beside it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.office import Office
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.letter_pages import LetterQuery
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.letters.letter_filters import LetterSource, dimensions, every_letter, with_text, with_values
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.letters.letter_story import LetterStory, chips_of, groups_of, read_letter, title_of
from tcd_desktop.ui.letters.letter_words import letter_columns
from tcd_desktop.ui.letters.own_texts_page import OwnTextsPage
from tcd_desktop.ui.letters.writing import LetterWriter
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

EMPTY = State(
    lazy("No letters yet"),
    lazy(
        "Letters are written on the page of a visit, a petition, a case or a reception of the head. "
        "Those issued stand here with their numbers."
    ),
    lazy("Words of the letters"),
    icon="send",
)
CONCERNED = frozenset({"letter", "issued_document"})


class LettersPage(Page):
    """`activated` takes the id of a letter or a `LetterQuery`."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._query = LetterQuery()
        self._reading: Job | None = None
        self._left_over: list[Letter] = []
        self.story: LetterStory | None = None
        names = {one.id: one.name for one in office.store.all(Office)} if office.is_superior else {}
        model = PagedModel(LetterSource(office), letter_columns(office.today, names), runner=runner, parent=self)
        model.counted.connect(self._counted)
        self.inspector = Inspector()
        self.view = ListView(
            "letters", model, keeper, empty=EMPTY.for_one_who(office.may("letter.save")), inspector=self.inspector
        )
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(self.open_letter)
        self.view.emptyActionRequest.connect(self.show_words)
        self.view.showAllRequest.connect(self.show_all)
        self.writer = LetterWriter(office, runner, self)
        self._lay_out()
        self._show("")
        self._apply()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Letters")

    def _lay_out(self) -> None:
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._count = QLabel()
        self._count.setProperty("ink", "muted")
        self.narrow = FilterBar("letters", dimensions(self._office.today()), self._keeper, self._office.today)
        self.narrow.watch_keys(self)
        self.narrow.changed.connect(self._narrowed)
        self.export = ListExport(self._runner)
        self.export_button = tool_button("download", _("Save the list as a table file"), key_text("list.export"))
        self.export_button.clicked.connect(self.save_table)
        self.columns_button = tool_button("columns-3", _("Columns and density"))
        self.columns_button.clicked.connect(self._columns_menu)
        self.check_button = tool_button("badge-check", str(row("signature.check").text), key_text("signature.check"))
        self.check_button.clicked.connect(self.examine_signatures)
        self.words_button = QPushButton(_("Words of the letters"))
        icons.dress(self.words_button, "bookmark", "text", 18)
        self.words_button.clicked.connect(self.show_words)
        self.calendar_button = QPushButton(str(row("letter.calendar").text))
        icons.dress(self.calendar_button, "calendar-days", "text", 18)
        self.calendar_button.setToolTip(f"{row('letter.calendar').text}  {key_text('letter.calendar')}")
        self.calendar_button.clicked.connect(self.write_calendar)
        if not self._office.may("letter.save"):
            self.calendar_button.hide()
        keys = (("list.export", self.save_table), ("letter.calendar", self.write_calendar))
        for action, slot in (*keys, ("letter.words", self.show_words), ("letter.resume", self.resume)):
            shortcut = QShortcut(QKeySequence(row(action).shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.left_over = MessageBar(edge=True)
        self.left_over.actionRequest.connect(self.resume)
        controls: list[QWidget] = [
            self.narrow.button,
            self.export_button,
            self.columns_button,
            self.check_button,
            self.calendar_button,
            self.words_button,
        ]
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(list_head((heading, self._count), controls))
        lines.addWidget(self.left_over)
        lines.addWidget(self.narrow)
        lines.addWidget(self.export)
        lines.addWidget(self.view, 1)

    def examine_signatures(self, _checked: bool = False) -> None:
        """Whether a signed PDF that came from elsewhere is genuine."""
        from tcd_desktop.ui.signing.check_page import CheckPage

        self.pushRequest.emit(CheckPage(self._office, self._runner))

    # -- which letters --------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """A `LetterQuery` narrows the list, an id opens that letter."""
        self._look_for_left_over()
        if isinstance(argument, LetterQuery):
            self._query = argument
            self._apply()
        elif isinstance(argument, str) and argument:
            self.view.show_written(argument)
            self.open_letter(argument)

    def search(self, text: str) -> bool:
        """Finds as it is typed: number, subject, addressee, kind."""
        if text != self._query.text:
            self._query = with_text(self._query, text, self._office.today())
            self._apply()
        return True

    def show_all(self) -> None:
        """Every letter."""
        self._query = LetterQuery()
        self.narrow.show_values({})
        self._apply()

    def _narrowed(self, values: dict[str, str]) -> None:
        self._query = with_values(self._query, values, self._office.today())
        self._apply()

    def _apply(self) -> None:
        self.view.show_query(self._query, filtered=self._query != LetterQuery())

    def _counted(self, number: int, capped: bool) -> None:
        words = ngettext("{n} letter", "{n} letters", number).format(n=grouped(number))
        self._count.setText(_("more than {count}").format(count=words) if capped else words)

    def _columns_menu(self, _checked: bool = False) -> None:
        menu: QMenu = self.view.columns_menu()
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    # -- the chosen one ---------------------------------------------------------------------

    def _show(self, letter_id: str) -> None:
        if self._reading is not None:
            self._reading.forget()
            self._reading = None
        if not letter_id:
            self.story = None
            self.inspector.show_nothing(_("Choose a letter to see what it is about, who signed it and its prints."))
            return

        def read(_progress: Progress) -> LetterStory | None:
            return read_letter(self._office, letter_id)

        self._reading = self._runner.read(read, done=self._read)

    def _read(self, story: LetterStory | None) -> None:
        self._reading, self.story = None, story
        if story is None:
            self.inspector.show_nothing(_("This letter is not here any more."))
            return
        subtitle = "" if story.own else story.office_name
        open_button = QPushButton(_("Go on writing") if story.letter.state is LetterState.DRAFT else _("Open"))
        open_button.setProperty("kind", "primary")
        icons.dress(
            open_button, "pencil" if story.letter.state is LetterState.DRAFT else "panel-right", "on_accent", 16
        )
        open_button.setToolTip(f"{open_button.text()}  Enter")
        open_button.clicked.connect(partial(self._open, story.letter.id))
        self.inspector.set_actions([open_button])  # before the record: its foot is shown with it
        self.inspector.show_record(title_of(story), subtitle, chips=chips_of(story), groups=groups_of(story))

    def _open(self, letter_id: str, _checked: bool = False) -> None:
        self.open_letter(letter_id)

    # -- going places -------------------------------------------------------------------------

    def open_letter(self, letter_id: str) -> None:
        """A draft in its form, an issued letter as its page."""
        self.writer.open(letter_id)

    def show_words(self, _checked: bool = False) -> None:
        """The office's own words."""
        self.pushRequest.emit(OwnTextsPage(self._office, self._runner))

    def write_calendar(self, _checked: bool = False) -> None:
        """The poster of the head's receptions of the next month, or of this one before the fifteenth."""
        self.writer.write_calendar()

    def save_table(self) -> None:
        """What the list shows, all of it, as a table file."""
        self.export.start(
            Export(
                file_name=f"van-ban-di-{self._office.today().isoformat()}.xlsx",
                head=TableHead(
                    self._office.office.name,
                    _("Book of letters"),
                    tuple(told_above(self._query.text, self.narrow.words(), self._office)),
                ),
                columns=self.view.layout_of_columns.visible(),
                rows=partial(every_letter, self._office, self._query),
                total=self.view.model.total or 0,
            )
        )

    # -- what was typed and not saved -------------------------------------------------------------

    def _look_for_left_over(self) -> None:
        if self._office.may("letter.save"):
            self._runner.read(lambda _progress: self._office.letters.drafts.all(), done=self._tell_left_over)

    def _tell_left_over(self, letters: list[Letter]) -> None:
        open_ones = {page.letter_id for page in self._forms()}
        self._left_over = [letter for letter in letters if letter.id not in open_ones]
        if not self._left_over:
            self.left_over.clear()
            return
        count = len(self._left_over)
        words = ngettext("{n} letter was written and not saved.", "{n} letters were written and not saved.", count)
        key = key_text("letter.resume")
        self.left_over.tell(words.format(n=count), "warning", action=f"{_('Go on writing')}  {key}")

    def _forms(self) -> list[LetterFormPage]:
        window = self.window()
        return window.findChildren(LetterFormPage) if window is not None else []

    def resume(self) -> None:
        """The newest letter that was written and not saved."""
        if self._left_over:
            self.left_over.clear()
            self.pushRequest.emit(LetterFormPage(self._office, self._runner, self._left_over[0], kept=True))

    # -- the window's questions ----------------------------------------------------------------------

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
        self._look_for_left_over()

    def store_changed(self, changes: Any) -> None:
        """Reads list and letter again, at the same place."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self.view.refresh()
            self._show(self.view.current_id())


__all__ = ["LetterPage", "LettersPage"]
