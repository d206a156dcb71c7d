"""A paper at the right: pages of a PDF, pictures, text; zoom and page keys; other kinds say what they are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.papers.pictures import is_drawable, page_picture
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.receptions.known_citizen import ElidedLabel
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.runner import Job, RunnerLike

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
SOON_MS = 60
MOST_TEXT = 400_000
"""Letters of a text that are shown."""
KEYS = ("next_page", "previous_page", "zoom_in", "zoom_out", "zoom_fit", "turn_right", "turn_left")


class PaperPreview(QFrame):
    """`show_paper` shows one. `zoom` is 0 while the page fits the width."""

    openRequest = Signal()
    turnRequest = Signal(int)
    backRequest = Signal()
    """Esc: the keyboard goes back to the list."""

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self._runner = runner
        self._paper: Held | None = None
        self._place: PaperPlace | None = None
        self._content = b""
        self._picture = QImage()
        self._job: Job | None = None
        self.page, self.zoom = 0, 0.0
        self.name = ElidedLabel()
        self.name.setProperty("ink", "label")
        self.place_words = QLabel()
        self.place_words.setProperty("ink", "small")
        head = QHBoxLayout()
        head.setSpacing(now.px(2))
        head.addWidget(self.name, 1)
        head.addWidget(self.place_words)
        self.buttons: dict[str, QToolButton] = {}
        for name, icon in (
            ("previous_page", "arrow-left"),
            ("next_page", "arrow-right"),
            ("zoom_out", "zoom-out"),
            ("zoom_in", "zoom-in"),
            ("zoom_fit", "maximize-2"),
            ("turn_left", "rotate-ccw"),
            ("turn_right", "rotate-cw"),
        ):
            head.addWidget(self._button(name, icon))
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.viewport().installEventFilter(self)
        self.area.installEventFilter(self)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.installEventFilter(self)
        self.note = QLabel()
        self.note.setProperty("ink", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = QPushButton(_("Open in its own program"))
        icons.dress(self.open_button, "panel-right", "text", 18)
        self.open_button.clicked.connect(self.openRequest)
        other = QWidget()
        lines = QVBoxLayout(other)
        lines.addStretch()
        lines.addWidget(self.note)
        lines.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignCenter)
        lines.addStretch()
        self.stack = QStackedWidget()
        for widget in (self.area, self.text, other):
            self.stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.px(10), now.px(6), now.px(10), now.px(10))
        whole.setSpacing(now.px(6))
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._settle)
        self.setFocusProxy(self.area)
        self.setAccessibleName(_("Preview"))
        self.show_paper(None, None)

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton()
        words = f"{row(f'papers.{name}').text}  {key_text(f'papers.{name}')}"
        icons.dress(button, icon, "muted", 16)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self.do, name))
        self.buttons[name] = button
        return button

    # -- showing ------------------------------------------------------------------------------------------

    def show_paper(self, paper: Held | None, place: PaperPlace | None) -> None:
        """Shows a paper from its first page; the same content stays where it is."""
        before = self._paper
        self._paper, self._place = paper, place
        if paper is not None and before is not None and (before.sha256, before.id) == (paper.sha256, paper.id):
            self.name.setText(paper.name)
            return
        if before is None or paper is None or before.id != paper.id:
            self.page, self.zoom = 0, 0.0
        self.stop()
        self._content, self._picture = b"", QImage()
        self.name.setText(paper.name if paper else "")
        self._show_state()
        if paper is None or place is None:
            self._say(_("Choose a paper to see it here."), can_open=False)
        elif is_drawable(paper.media_type) or paper.media_type == "text/plain":
            self._job = self._runner.read(
                lambda _progress: place.content(paper.id), done=self._arrived, failed=self._failed
            )
        else:
            self._say(_("This kind of file has no preview."), can_open=True)

    def stop(self) -> None:
        """What is being read is not waited for."""
        if self._job is not None:
            self._job.forget()
            self._job = None

    def _arrived(self, content: bytes) -> None:
        self._job = None
        self._content = content
        if self._paper is not None and self._paper.media_type == "text/plain":
            self.text.setPlainText(_decoded(content[:MOST_TEXT]))
            self.stack.setCurrentWidget(self.text)
            self.setFocusProxy(self.text)
        else:
            self._draw()

    def _draw(self) -> None:
        paper, content, page = self._paper, self._content, self.page
        if paper is None or not content:
            return
        wide = round(self._room() * max(self.zoom, 1.0) * self.devicePixelRatioF())

        def work(_progress: Progress) -> QImage:
            return page_picture(content, paper.media_type, page, wide=wide)

        self.stop()
        self._job = self._runner.read(work, done=self._drawn, failed=self._failed)

    def _drawn(self, picture: QImage) -> None:
        self._job = None
        self._picture = picture
        if picture.isNull():
            self._say(_("The paper is damaged, or its kind cannot be shown here."), can_open=True)
            return
        self.setFocusProxy(self.area)
        self.stack.setCurrentWidget(self.area)
        self._fit()
        self._show_state()

    def _room(self) -> int:
        return max(self.area.viewport().width() - 4, 40)

    def _fit(self) -> None:
        """Scales the page to the width, or to the zoom."""
        if self._picture.isNull():
            return
        room = self._room()
        is_pdf = self._paper is not None and self._paper.media_type == "application/pdf"
        fitting = room if is_pdf else min(room, max(self._picture.width(), room // 2))
        wide = round(room * self.zoom) if self.zoom else fitting
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(self._picture).scaledToWidth(
            max(1, round(wide * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(picture)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, Refused):
            raise error
        self._say(refusal_sentence(error), can_open=False)

    def _say(self, sentence: str, *, can_open: bool) -> None:
        self.note.setText(sentence)
        self.open_button.setVisible(can_open)
        self.stack.setCurrentIndex(2)
        self.setFocusProxy(self.open_button)

    def _show_state(self) -> None:
        paper = self._paper
        pages = (paper.pages or 1) if paper else 0
        drawable = paper is not None and is_drawable(paper.media_type)
        self.place_words.setText(_("page {n} of {all}").format(n=self.page + 1, all=pages) if pages > 1 else "")
        for name in ("previous_page", "next_page"):
            self.buttons[name].setVisible(pages > 1)
        self.buttons["previous_page"].setEnabled(self.page > 0)
        self.buttons["next_page"].setEnabled(self.page < pages - 1)
        for name in ("zoom_in", "zoom_out", "zoom_fit"):
            self.buttons[name].setVisible(drawable)
        editable = self._place is not None and self._place.editable
        for name in ("turn_left", "turn_right"):
            self.buttons[name].setVisible(bool(paper and paper.can_turn and editable))

    # -- keys -------------------------------------------------------------------------------------------

    def do(self, name: str, _checked: bool = False) -> None:
        """An act of the preview by its name in the table of actions (without "papers.")."""
        if name in ("next_page", "previous_page"):
            self._go(self.page + (1 if name == "next_page" else -1))
        elif name == "zoom_fit":
            self._zoom(0.0)
        elif name in ("zoom_in", "zoom_out"):
            now = self.zoom or 1.0
            steps = [one for one in ZOOMS if one > now] if name == "zoom_in" else [one for one in ZOOMS if one < now]
            if steps:
                self._zoom(steps[0] if name == "zoom_in" else steps[-1])
        elif self._paper is not None and self._paper.can_turn and self._place is not None and self._place.editable:
            self.turnRequest.emit(1 if name == "turn_right" else 3)

    def _go(self, page: int) -> None:
        if self._paper is not None and 0 <= page < (self._paper.pages or 1):
            self.page = page
            self._show_state()
            self.area.verticalScrollBar().setValue(0)
            self._draw()

    def _zoom(self, zoom: float) -> None:
        sharper = zoom > max(self.zoom, 1.0)
        self.zoom = zoom
        self._fit()
        if sharper:
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and Ctrl with the wheel; the wheel alone scrolls and at the end of a page turns it."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.do("zoom_in" if event.angleDelta().y() > 0 else "zoom_out")
            return True
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            if event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
                self.backRequest.emit()
                return True
            meant = self._meant(event)
            if meant and watched is not self.text:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                else:
                    self.do(meant)
                return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _meant(event: QKeyEvent) -> str:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not event.modifiers() & _HELD:
            return "zoom_in"
        pressed = QKeySequence(event.keyCombination())
        return next((name for name in KEYS if pressed == QKeySequence(row(f"papers.{name}").shortcut)), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._soon.start()

    def _settle(self) -> None:
        """Another width stays for a moment: the page is drawn anew when it would be blurred."""
        self._fit()
        is_pdf = self._paper is not None and self._paper.media_type == "application/pdf"
        wanted = self._room() * self.devicePixelRatioF() - 2
        if is_pdf and not self._picture.isNull() and self._picture.width() < wanted:
            self._draw()


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _decoded(content: bytes) -> str:
    """A text in UTF-8 or UTF-16; what is neither shows marks in the place of its letters."""
    kind = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(kind, errors="replace")
