"""Step 3: figures, twenty lines as they are and as they will be, the doubtful and the refused ones with the reason."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.old_book.old_book_plan import Fate, Planned
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.old_book.book_work import Prepared
from tcd_desktop.ui.old_book.preview_rows import COLUMNS, FATES, PreviewDelegate, PreviewRows, row_height
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.words.old_book_words import reason_sentence, sentences

FIRST = 20
MOST = 300
"""Doubtful and refused lines that are shown at most."""
VIEWS = (None, Fate.DOUBTFUL, Fate.REFUSED, Fate.KNOWN)
REASONS = 3
"""Of the commonest reasons that stand beside the figures."""


class PreviewStep(QWidget):
    """Shows a plan. Nothing has been kept yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        self.prepared: Prepared | None = None
        self.message = MessageBar()
        self.figures: dict[Fate, QLabel] = {}
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(px(26))
        for fate, (_words, tone, icon) in FATES.items():
            row.addLayout(self._figure(fate, tone, icon))
        self.reasons = QLabel()
        self.reasons.setProperty("ink", "small")
        self.reasons.setWordWrap(True)
        self.reasons.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.reasons, 1)
        card.lines.addLayout(row)
        self.view = Segments(["", "", "", ""])
        self.view.set_index(0)
        self.view.chosen.connect(self._show_view)
        self.hint = QLabel(_("Above: as it will stand in the log. Below, smaller: as it is in the file."))
        self.hint.setProperty("ink", "small")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self.view)
        head.addWidget(self.hint, 1)
        self.model = PreviewRows(self)
        self.table = QTableView()
        self._set_up_table()
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(px(40))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(px(16), px(4), px(16), px(6))
        lines.setSpacing(px(8))
        lines.addWidget(self.message)
        lines.addWidget(card)
        lines.addLayout(head)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.detail)
        self.setFocusProxy(self.table)

    def _figure(self, fate: Fate, tone: str, icon: str) -> QVBoxLayout:
        figure, mark, caption = QLabel("0"), QLabel(), QLabel()
        figure.setProperty("ink", "title")
        caption.setProperty("ink", "small")
        caption.setText(str(FATES[fate][0]))
        icons.dress(mark, icon, tone, 18)
        top = QHBoxLayout()
        top.addWidget(mark)
        top.addWidget(figure)
        top.addStretch()
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(top)
        lines.addWidget(caption)
        self.figures[fate] = figure
        return lines

    def _set_up_table(self) -> None:
        table, px = self.table, look.current().px
        table.setModel(self.model)
        table.setItemDelegate(PreviewDelegate(table))
        table.setAccessibleName(_("Lines of the old book"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(row_height())
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for at, (_key, _title, width, _sources) in enumerate(COLUMNS):
            table.setColumnWidth(at, px(width))
        header.setStretchLastSection(True)
        table.selectionModel().currentRowChanged.connect(self._row_chosen)

    def show_plan(self, prepared: Prepared) -> None:
        """Shows the figures and the first lines."""
        self.prepared = prepared
        plan = prepared.plan
        for fate, label in self.figures.items():
            label.setText(grouped(plan.count(fate)))
            label.setAccessibleName(f"{FATES[fate][0]}: {plan.count(fate)}")
        texts = [
            ngettext("First {n} line", "First {n} lines", FIRST).format(n=FIRST),
            *(f"{FATES[fate][0]} ({grouped(plan.count(fate))})" for fate in VIEWS[1:] if fate),
        ]
        for button, text, shown in zip(self.view.buttons, texts, VIEWS, strict=True):
            button.setText(text)
            button.setVisible(shown is None or plan.count(shown) > 0)
        self.reasons.setText(_reasons(prepared))
        self.view.set_index(0)
        self._show_view(0)

    def shown(self, index: int) -> list[Planned]:
        """The lines of a view."""
        if self.prepared is None:
            return []
        lines, fate = self.prepared.plan.lines, VIEWS[index]
        if fate is None:
            return list(lines[:FIRST])
        return [planned for planned in lines if planned.fate is fate][:MOST]

    def _show_view(self, index: int) -> None:
        if self.prepared is None:
            return
        self.model.show_lines(self.prepared.opened, self.shown(index))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.detail.clear()

    def _row_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            self.detail.clear()
            return
        planned = self.model.lines[current.row()]
        self.detail.setText(line_sentence(planned))
        ink = {Fate.REFUSED: "problem", Fate.DOUBTFUL: "warning"}.get(planned.fate, "muted")
        look.set_property(self.detail, "ink", ink)


def line_sentence(planned: Planned) -> str:
    """What becomes of a line, and why."""
    row, secret = _("Row {row}: ").format(row=planned.line.row), planned.line.draft.is_secret
    if planned.fate is Fate.REFUSED:
        return row + _("it is not taken. {why}").format(why=sentences(planned.line.stops, secret=secret))
    if planned.fate is Fate.KNOWN:
        return row + _("it stands in the log already and is not taken twice.")
    if planned.fate is Fate.DOUBTFUL:
        return row + _("it is taken. Look at this: {why}").format(why=sentences(planned.line.doubts, secret=secret))
    return row + _("it is taken as it is.")


def _reasons(prepared: Prepared) -> str:
    """Mended cells, rows that are no visits, and the commonest doubts."""
    plan, parts = prepared.plan, []
    if plan.mended:
        said = ngettext("Letters of {n} cell were mended.", "Letters of {n} cells were mended.", plan.mended)
        parts.append(said.format(n=grouped(plan.mended)))
    others = sum(count for kind, count in prepared.left_out.items() if kind != "empty")
    if others:
        said = ngettext(
            "{n} row holds no visit (heading, total, signature).",
            "{n} rows hold no visit (headings, totals, signatures).",
            others,
        )
        parts.append(said.format(n=grouped(others)))
    common = plan.reasons().most_common(REASONS)
    parts += [f"{reason_sentence(field, code)} ({grouped(count)})." for (field, code), count in common]
    return " ".join(parts)
