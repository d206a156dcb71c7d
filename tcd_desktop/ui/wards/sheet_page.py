"""The page for the chairman: seen as it will lie on the table, printed on one sheet or saved as a PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.documents.board_sheet import draw_board
from tcd_desktop.documents.raster import page_image
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard, Comparison
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, print_pdf, save_pdf
from tcd_desktop.ui.receptions.slip_preview import image_of
from tcd_desktop.ui.wards.board_sheet_data import sheet_of
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

SHARP = 150
"""Dots to the inch of the picture on the screen."""


class SheetPage(Page):
    """Esc goes back to the board, Ctrl+P prints, Ctrl+S saves."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        shown: Comparison,
        wards: Sequence[ComparedWard],
        total: ComparedWard,
        *,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._office, self._runner = office, runner
        self._printing = printing or SystemPrinting()
        self.pdf = b""
        self._picture = QPixmap()
        self.print = self._button(_("Print  Ctrl+P"), "printer", "Ctrl+P", self.print_sheet, primary=True)
        self.save = self._button(_("Save as PDF  Ctrl+S"), "download", "Ctrl+S", self.save_sheet)
        self.large = QPushButton("Z")
        self.large.setToolTip(_("Larger  Z"))
        self.large.setAccessibleName(_("Larger  Z"))
        self.large.setCheckable(True)
        self.large.toggled.connect(lambda _on: self._fit())
        icons.dress(self.large, "zoom-in", "text", 18)
        zoom = QShortcut(QKeySequence("Z"), self)
        zoom.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        zoom.activated.connect(self.large.toggle)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        head.addWidget(self.large)
        head.addWidget(self.save)
        head.addWidget(self.print)
        self.message = MessageBar()
        self.paper = QLabel(_("The sheet is being drawn."))
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.paper.setAccessibleName(_("Preview of the sheet"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName(_("Preview of the sheet"))
        self._area.setWidget(self.paper)
        self.paper.setProperty("box", "scroll")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, now.px(12))
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addWidget(self._area, 1)
        self.setFocusProxy(self.print)
        sheet = sheet_of(office, shown, wards, total)

        def draw(_progress: Progress) -> tuple[bytes, object]:
            pdf = draw_board(sheet)
            return pdf, page_image(pdf, 0, SHARP)

        runner.read(draw, done=self._drawn)

    def _button(self, words: str, icon: str, key: str, slot: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setEnabled(False)
        if primary:
            button.setProperty("kind", "primary")
        icons.dress(button, icon, "on_accent" if primary else "text", 18)
        button.clicked.connect(slot)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        return button

    @property
    def title(self) -> str:
        """What is shown."""
        return _("Sheet for the chairman")

    def _drawn(self, drawn: tuple[bytes, object]) -> None:
        self.pdf, page = drawn
        self._picture = QPixmap.fromImage(image_of(page))  # type: ignore[arg-type]
        for button in (self.print, self.save):
            button.setEnabled(True)
        self._fit()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        if not self._picture.isNull():
            room = self._area.viewport().size() - QSize(look.current().px(32), 4)
            if self.large.isChecked():
                room.setHeight(self._picture.height())
            smooth = Qt.TransformationMode.SmoothTransformation
            self.paper.setPixmap(self._picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper is as wide as the page."""
        super().resizeEvent(event)
        self._fit()

    def print_sheet(self, _checked: bool = False) -> None:
        """To a printer, on its side."""
        if not self.pdf:
            return
        if not self._printing.available():
            self.message.tell(_("No printer is installed on this PC. Save the sheet as a PDF instead."), "warning")
            return
        printer = self._printing.ask(1, self.title, self)
        if printer is None:
            return
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        try:
            print_pdf(self.pdf, printer)
        except Exception as error:
            self._failed(error)
            return
        self.message.tell(_("The sheet was sent to the printer."), "success")

    def save_sheet(self, _checked: bool = False) -> None:
        """As a PDF file."""
        if not self.pdf:
            return
        name = _("ward-board-{day}").format(day=f"{self._office.today():%Y-%m-%d}") + ".pdf"
        path = self._printing.ask_file(name, self)
        if path is None:
            return
        try:
            save_pdf(self.pdf, path)
        except Exception as error:
            self._failed(error)
            return
        self.message.tell(_("The sheet was saved in {file}.").format(file=path.name), "success")

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
