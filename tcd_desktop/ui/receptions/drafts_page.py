"""Drafts (bản nháp): visits that were begun and not saved. Go on with one, or throw it away; a slip of the hand
is undone for ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.drafts_desk import KeptDraft
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.autosave import amended_record, base_name, matter_place
from tcd_desktop.ui.receptions.columns import class_chip
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.form_rules import draft_time
from tcd_desktop.ui.window.bars import UNDO_MS, MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(
    lazy("No unfinished drafts"),
    lazy("What is typed is kept every few seconds. A visit that was begun and not saved waits here."),
    icon="pencil",
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One visit that was begun, with all its contents; `first` is what the list shows."""

    name: str
    kept: tuple[KeptDraft, ...]

    @property
    def first(self) -> ReceptionDraft:
        """The first content."""
        return self.kept[0].draft

    @property
    def at(self) -> datetime:
        """The last change."""
        return max(one.at for one in self.kept)


def draft_lines(kept: list[KeptDraft]) -> list[DraftLine]:
    """The drafts of an officer as lines, newest first; the contents of one visit are one line."""
    found: dict[str, list[KeptDraft]] = {}
    for one in kept:
        if draft_time(one.name) is not None or amended_record(one.name):
            found.setdefault(base_name(one.name), []).append(one)
    return [
        DraftLine(name, tuple(sorted(ones, key=lambda one: matter_place(one.name)))) for name, ones in found.items()
    ]


def who(draft: ReceptionDraft) -> str:
    """The citizen as lists show it; of a denunciation nobody."""
    return words.masked_name(draft.classification) if draft.is_secret or not draft.name else draft.name


def kind(line: DraftLine) -> str:
    """A new visit, or the correction of a saved one."""
    return _("Amendment") if amended_record(line.name) else _("New visit")


def draft_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Columns of the drafts."""
    return (
        Column("at", lazy("Last typed"), 112, text=lambda line: moment(line.at, today())),
        Column("kind", lazy("Kind"), 122, text=kind),
        Column("who", lazy("Citizen"), 150, text=lambda line: who(line.first), strong=True),
        Column(
            "class",
            lazy("Classification"),
            104,
            text=lambda line: "",
            chip=lambda line: class_chip(line.first.classification),
        ),
        Column("content", lazy("Content"), 130, text=lambda line: " ".join(line.first.content.split()), stretch=True),
        Column("papers", lazy("Documents"), 90, text=lambda line: str(len(line.first.documents) or ""), align="right"),
    )


class DraftsPage(Page):
    """The own drafts of the officer who is signed in."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._gone: list[KeptDraft] = []
        self.rows = FixedRows()
        self.pane = Inspector()
        model = PagedModel(
            self.rows, draft_columns(office.today), runner=runner, row_id=lambda line: str(line.name), parent=self
        )
        self.list = ListView("drafts", model, keeper, empty=EMPTY, inspector=self.pane)
        self.message = MessageBar()
        self.message.actionRequest.connect(self.put_back)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(UNDO_MS)
        self._passing.timeout.connect(self._settle)
        self._build()
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Drafts")

    def _build(self) -> None:
        now = look.current()
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        head, self.back = page_head(QLabel(self.title), self.count)
        self.back.clicked.connect(self.popRequest)
        self.resume_button = QPushButton(_("Go on with it") + "  Enter")
        self.resume_button.setProperty("kind", "primary")
        icons.dress(self.resume_button, "pencil", "on_accent", 18)
        self.resume_button.clicked.connect(self.resume)
        self.drop_button = QPushButton(_("Throw it away") + "  Del")
        icons.dress(self.drop_button, "trash-2", "text", 18)
        self.drop_button.clicked.connect(self.drop)
        self.list.openRequest.connect(lambda _name: self.resume())
        self.list.currentChanged.connect(self._show)
        shortcut = QShortcut(QKeySequence("Del"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.drop)
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

    # -- reading ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the drafts."""
        self._runner.read(lambda _progress: self._office.drafts.all(), done=self._read)

    def _read(self, kept: list[KeptDraft]) -> None:
        self.rows.rows = tuple(draft_lines(kept))
        self.list.show_query(None, filtered=False)
        count = len(self.rows.rows)
        self.count.setText(ngettext("{n} draft", "{n} drafts", count).format(n=count) if count else "")
        self._show(self.list.current_id())

    def activated(self, argument: Any = None) -> None:
        """Shown again."""
        self.refresh()

    def store_changed(self, changes: Any) -> None:
        """A draft may have become a visit."""
        self.refresh()

    def focus_list(self) -> None:
        """Back from the form: what was gone on with may be saved by now."""
        self.refresh()
        self.list.focus_list()

    def chosen(self) -> DraftLine | None:
        """The line under the cursor."""
        wanted = self.list.current_id()
        return next((line for line in self.rows.rows if line.name == wanted), None)

    def _show(self, _name: str) -> None:
        line = self.chosen()
        if line is None:
            self.pane.set_actions([])
            self.pane.show_nothing(_("Choose a draft to see what was typed."))
            return
        draft, begun = line.first, draft_time(line.name)
        chip = class_chip(draft.classification)
        self.pane.set_actions([self.drop_button, self.resume_button])
        self.pane.show_record(
            who(draft),
            kind(line),
            chips=[chip] if chip else [],
            groups=[
                (
                    _("Draft"),
                    [
                        (_("Begun"), f"{begun:%H:%M %d/%m/%Y}" if begun else ""),
                        (_("Last typed"), moment(line.at, self._office.today())),
                        (_("Contents"), str(len(line.kept)) if len(line.kept) > 1 else ""),
                    ],
                ),
                (
                    _("What was typed"),
                    [
                        (_("Address"), "" if draft.is_secret else draft.address),
                        (_("Content"), draft.content),
                        (_("Request"), draft.request),
                        (_("Documents"), ", ".join(paper.name for paper in draft.documents)),
                        (_("People"), str(draft.people) if draft.people > 1 else ""),
                    ],
                ),
            ],
        )

    # -- acts ---------------------------------------------------------------------------------------

    def resume(self, _checked: bool = False) -> None:
        """The form with the chosen draft, above this page."""
        line = self.chosen()
        if line is None:
            return
        page = ReceptionFormPage(self._office, self._runner, self._keeper, amended_record(line.name))
        page.resume_kept(line.name, [one.draft for one in line.kept])
        self.pushRequest.emit(page)

    def drop(self, _checked: bool = False) -> None:
        """Throws the chosen draft away; for ten seconds it can be brought back."""
        line = self.chosen()
        if line is None:
            return
        names = [one.name for one in line.kept]

        def work(_progress: Progress) -> list[KeptDraft]:
            return self._office.drafts.discard(names)

        self._runner.write(work, done=self._dropped)

    def _dropped(self, gone: list[KeptDraft]) -> None:
        self._gone = gone
        self.message.tell(_("The draft was thrown away."), "success", action=_("Undo"))
        self._passing.start()
        self.refresh()

    def put_back(self) -> None:
        """Brings back what was thrown away last."""
        gone, self._gone = self._gone, []
        self._settle()
        if gone:
            self._runner.write(lambda _progress: self._office.drafts.put_back(gone), done=self._back)

    def event(self, event: QEvent) -> bool:
        """Just after a draft was thrown away Ctrl+Z means that, not the last act in the book."""
        if event.type() == QEvent.Type.ShortcutOverride and self._undoes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z brings the draft back."""
        if self._undoes(event):
            self.put_back()
            return
        super().keyPressEvent(event)

    def _undoes(self, event: QEvent) -> bool:
        return bool(self._gone) and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)

    def _back(self, _nothing: object) -> None:
        self.refresh()

    def _settle(self) -> None:
        self._passing.stop()
        self._gone = []
        self.message.clear()
