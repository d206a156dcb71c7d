"""Several contents of one visit (nội dung hỗn hợp) in one form: each is typed by itself, all are saved together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tcd_desktop import words
from tcd_desktop.domain.receptions.matters import as_told, next_matter
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look

MOST = 6
"""More contents than these belong to several visits."""
LONGEST = 26
"""Letters of a content on its button."""


class FormMatters:
    """The matters of the visit being typed. The one in the form is kept here only when another is shown."""

    def __init__(self) -> None:
        self._drafts: list[ReceptionDraft] = [ReceptionDraft()]
        self._wishes: list[bool | None] = [None]
        self.at = 0

    def __len__(self) -> int:
        return len(self._drafts)

    @property
    def wish(self) -> bool | None:
        """Whether a case is opened for the matter that is shown; None = the officer has not decided."""
        return self._wishes[self.at]

    @wish.setter
    def wish(self, wanted: bool | None) -> None:
        self._wishes[self.at] = wanted

    def begin(self, drafts: tuple[ReceptionDraft, ...] = ()) -> None:
        """Another visit; `drafts` when it was begun before."""
        self._drafts = list(drafts) or [ReceptionDraft()]
        self._wishes = [None] * len(self._drafts)
        self.at = 0

    def add(self, current: ReceptionDraft) -> ReceptionDraft:
        """A further content after the last one; gives what the form shows now."""
        self._drafts[self.at] = current
        self._drafts.append(next_matter(current))
        self._wishes.append(None)
        self.at = len(self._drafts) - 1
        return self._drafts[self.at]

    def show(self, at: int, current: ReceptionDraft) -> ReceptionDraft:
        """Another content; person and circumstances are what the form says now."""
        self._drafts[self.at] = current
        self.at = at
        return as_told(self._drafts[at], current)

    def drop(self) -> ReceptionDraft:
        """Takes the content that is shown out; gives the one before it."""
        gone = self._drafts.pop(self.at)
        self._wishes.pop(self.at)
        self.at = max(self.at - 1, 0)
        return as_told(self._drafts[self.at], gone)

    def all(self, current: ReceptionDraft) -> list[ReceptionDraft]:
        """Every content with the person and circumstances of now."""
        return [current if at == self.at else as_told(draft, current) for at, draft in enumerate(self._drafts)]

    def open_cases(self, drafts: list[ReceptionDraft], likely: list[bool]) -> list[bool]:
        """For each content whether a case is opened: as the officer decided, else as is likely."""
        return [likely[at] if wish is None else wish for at, wish in enumerate(self._wishes[: len(drafts)])]


class MattersBar(QFrame):
    """A button for each content, above the form; hidden while there is one."""

    chosen = Signal(int)
    dropRequest = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "neutral")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(now.px(10), now.px(4), now.px(6), now.px(4))
        self._row.setSpacing(now.px(6))
        self._label = QLabel(_("Contents of this visit:"))
        self._label.setProperty("ink", "label")
        self.drop = QPushButton(_("Take this content out"))
        self.drop.setProperty("kind", "link")
        icons.dress(self.drop, "x", "accent", 16)
        self.drop.clicked.connect(self.dropRequest)
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._segments = QHBoxLayout()
        self._segments.setSpacing(0)
        self._row.addWidget(self._label)
        self._row.addLayout(self._segments)
        self._row.addStretch()
        self._row.addWidget(self.drop)
        self.hide()

    def show_matters(self, drafts: list[ReceptionDraft], at: int) -> None:
        """The contents with their classification and first words."""
        while len(self.buttons) > len(drafts):
            gone = self.buttons.pop()
            self._group.removeButton(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.buttons) < len(drafts):
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.clicked.connect(partial(self._clicked, len(self.buttons)))
            self._group.addButton(button)
            self.buttons.append(button)
            self._segments.addWidget(button)
        for number, (button, draft) in enumerate(zip(self.buttons, drafts, strict=True)):
            button.setText(matter_words(draft, number))
            bold = QFontMetrics(look.font(strong=True))  # the chosen one is bold
            button.setMinimumWidth(bold.horizontalAdvance(button.text()) + look.current().px(28))
            button.setChecked(number == at)
            place = "first" if number == 0 else "last" if number == len(drafts) - 1 else "middle"
            look.set_property(button, "place", place)
        self.setVisible(len(drafts) > 1)

    def _clicked(self, at: int, _checked: bool = False) -> None:
        self.chosen.emit(at)


def matter_words(draft: ReceptionDraft, number: int) -> str:
    """ "2. Phản ánh: Đèn đường trước nhà…"."""
    content = " ".join(draft.content.split())
    short = f"{content[:LONGEST].rstrip()}…" if len(content) > LONGEST else content
    told = ": ".join(filter(None, (words.label(draft.classification), short)))
    told = told or _("not told yet")
    return f"{number + 1}. {told}"
