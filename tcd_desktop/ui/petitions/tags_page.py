"""The office's tags under the report's fields: which there are, and in which field each counts since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.cases.class_tag import ClassTag
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.law import classification_buckets
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import class_chip
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, LineField
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.petitions.petition_words import bucket_words
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import problem_sentence

EMPTY = State(
    lazy("No tags yet"),
    lazy("A tag is a heading of your own under a field of the report, for example “Site clearance” under land."),
    icon="bookmark",
)


@dataclass(frozen=True, slots=True)
class TagRow:
    """A line of the mapping; `now` when it is the one that counts today."""

    id: str
    line: ClassTag
    now: bool


def tag_rows(lines: list[ClassTag], today: date) -> list[TagRow]:
    """Every line, each with whether it counts today."""
    counting: dict[tuple[str, Classification], str] = {}
    for line in sorted(lines, key=lambda one: (one.since, one.id)):
        if line.since <= today:
            counting[line.name, line.classification] = line.id
    return [TagRow(line.id, line, counting.get((line.name, line.classification)) == line.id) for line in lines]


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", lazy("Tag"), 180, text=lambda row: row.line.name, strong=True, stretch=True),
        Column(
            "class",
            lazy("Classification"),
            130,
            text=lambda row: "",
            chip=lambda row: class_chip(row.line.classification),
        ),
        Column("field", lazy("Counts in"), 170, text=_field),
        Column("since", lazy("Since"), 100, text=lambda row: show_date(row.line.since), align="right"),
        Column("now", lazy("Counts today"), 110, text=lambda row: _("Yes") if row.now else ""),
    )


def _class(row: TagRow) -> Chip | None:
    return class_chip(row.line.classification)


def _field(row: TagRow) -> str:
    return bucket_words(row.line.classification, row.line.field)


class TagsPage(Page):
    """The mapping with the form of a new line. What was registered keeps the field it had."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.rows = FixedRows()
        model = PagedModel(self.rows, _columns(), runner=runner, parent=self)
        self.view = ListView("tags", model, keeper, empty=EMPTY)
        self.view.currentChanged.connect(self._chosen)
        self.notice = MessageBar()
        self.name = LineField(_("Tag"), max_length=80, required=True)
        self.kind = ChoiceField(_("Classification"), list(words.options(Classification)), style="combo", required=True)
        self.kind.changed.connect(self._kind_chosen)
        self.bucket = ChoiceField(_("Counts in"), [], style="combo", required=True)
        self.since = DateField(_("Since"), today=office.today, required=True)
        self.since.set_value(office.today().replace(month=1, day=1))
        self.add_button = QPushButton(_("Add the tag"))
        self.add_button.setProperty("kind", "primary")
        icons.dress(self.add_button, "plus", "on_accent", 16)
        self.add_button.clicked.connect(self.add)
        self.remove_button = QPushButton(_("Remove this line"))
        self.remove_button.setProperty("kind", "danger")
        icons.dress(self.remove_button, "trash-2", "danger", 16)
        self.remove_button.clicked.connect(self.remove)
        self.remove_button.hide()
        self._lay_out()
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Fields and tags")

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        told = QLabel(
            _(
                "The fields are those of the report (Circular 06/2025). A tag that moves to another field gets another "
                "line: what was registered before stays counted as it was."
            )
        )
        told.setWordWrap(True)
        told.setProperty("ink", "muted")
        told.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        form = Card(_("Add a tag"))
        for field in (self.name, self.kind, self.bucket, self.since):
            form.lines.addWidget(field)
        form.lines.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignRight)
        form.lines.addWidget(self.notice)
        form.lines.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        form.setVisible(self._office.may("class_tag.add"))
        side = QWidget()
        side.setFixedWidth(now.px(340))
        column = QVBoxLayout(side)
        column.setContentsMargins(now.px(14), now.px(4), now.px(14), now.px(12))
        column.addWidget(form)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(side)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(told)
        lines.addLayout(row, 1)
        self.setFocusProxy(self.name)

    def refresh(self) -> None:
        """Reads the mapping again."""
        desk, today = self._office.tags, self._office.today()

        def read(_progress: Progress) -> list[TagRow]:
            return tag_rows(desk.lines(), today)

        self._runner.read(read, done=self._read)

    def _read(self, rows: list[TagRow]) -> None:
        self.rows.rows = tuple(rows)
        self.view.show_query(len(rows), filtered=False)

    def _kind_chosen(self, kind: Any) -> None:
        self.bucket.set_options([(one.code, one.text) for one in classification_buckets(kind).fields])

    def _row(self) -> TagRow | None:
        return next((row for row in self.rows.rows if row.id == self.view.current_id()), None)

    def _chosen(self, row_id: str) -> None:
        found = self._row()
        self.remove_button.setVisible(found is not None and self._office.writes_in(found.line.office))

    def add(self, _checked: bool = False) -> None:
        """Adds the line that was typed."""
        missing = _("This is needed.")
        for field in (self.name, self.kind, self.bucket):
            field.set_problem("" if field.value() else missing)
            if not field.value():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.notice.clear()
        desk, name, kind = self._office.tags, self.name.value(), self.kind.value()
        bucket, since = self.bucket.value(), self.since.value()
        self._runner.write(
            lambda _progress: desk.add(name, classification=kind, field=bucket, since=since),
            done=self._added,
            failed=self._failed,
        )

    def _added(self, _done: Done[ClassTag]) -> None:
        self.name.set_value("")
        self.refresh()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, _checked: bool = False) -> None:
        """Takes the chosen line out."""
        found, desk = self._row(), self._office.tags
        if found is not None:
            line = found.line
            self._runner.write(lambda _progress: desk.remove(line), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        if isinstance(error, DraftRefused):
            for name, problem in error.problems.items():
                field = {"name": self.name, "since": self.since}.get(name)
                if field is not None:
                    field.set_problem(problem_sentence(problem))
            return
        self.notice.tell(refusal_sentence(error), "danger")

    def store_changed(self, changes: Any) -> None:
        """The mapping was changed, here or by an undo."""
        if not changes or any(change.table == "class_tag" for change in changes):
            self.refresh()
