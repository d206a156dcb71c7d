"""What stands above the list of visits: heading, filters, wards, tools, and the button for the next citizen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.forms.choice_field import Combo, Segments
from tcd_desktop.ui.lists.list_export import ListExport
from tcd_desktop.ui.lists.paged_model import COUNT_CAP
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.receptions.list_filters import WAITING, dimensions
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.bars import MessageBar


class ListFrame(QWidget):
    """The widgets are public: the page joins them with what they do.

    `wards`: the visits of all wards, to be read only; `writes`: visits are logged here. `bin` opens the recycle bin,
    `prints` what can be printed, `export` shows how far a table file is.
    """

    def __init__(
        self,
        name: str,
        office: OpenOffice,
        keeper: Keeper,
        *,
        wards: bool,
        writes: bool,
        bin: QToolButton,
        prints: QToolButton,
        export: ListExport,
    ) -> None:
        super().__init__()
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.waiting = Segments([str(text) for _value, text in WAITING])
        self.waiting.set_index(0)
        for button in self.waiting.buttons:
            button.setAccessibleName(_("Show: {words}").format(words=button.text()))
        self.filters = FilterBar(name, dimensions(), keeper, office.today)
        self.wards = Combo()
        self.wards.addItem(_("All wards"), "")
        self.wards.setAccessibleName(_("Ward"))
        self.columns = tool_button("columns-3", _("Columns and density"))
        self.export_button = tool_button("download", _("Save the list as a table file"), key_text("list.export"))
        self.old_book = tool_button("upload", _("Import an old book"), key_text("book.import"))
        self.new = QPushButton("  ".join((_("New visit"), key_text("reception.new"))))
        self.new.setProperty("kind", "primary")
        icons.dress(self.new, "plus", "on_accent", 18)
        for widget, needed in ((self.wards, wards), (self.old_book, writes), (self.new, writes)):
            if not needed:  # shown before it has a parent it would be a window for a moment
                widget.hide()
        self.message = MessageBar()
        self._lay_out(bin, prints, export)

    def _lay_out(self, bin: QToolButton, prints: QToolButton, export: ListExport) -> None:
        now = look.current()
        words = QLabel(_("Receptions"))
        words.setProperty("ink", "title")
        tools: list[QWidget] = [self.columns, self.export_button, prints, bin, self.old_book]
        head = list_head([words, self.count], [self.waiting, self.filters.button, self.wards, *tools, self.new])
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.filters)
        lines.addWidget(export)

    def show_count(self, total: int, capped: bool) -> None:
        """How many visits fit; a long count stops somewhere and says so."""
        if capped:
            self.count.setText(_("more than {n} visits").format(n=grouped(COUNT_CAP)))
        else:
            self.count.setText(ngettext("{n} visit", "{n} visits", total).format(n=grouped(total)))
