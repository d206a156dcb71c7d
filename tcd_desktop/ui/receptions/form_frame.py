"""What stands above and below the fields: title, the usual circumstances in one line, the scan box; the buttons."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.forms.typed_dates import show_date, show_time
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.card_scan import ScanBox
from tcd_desktop.ui.receptions.known_citizen import ElidedLabel
from tcd_desktop.ui.window.actions import key_text


class FormHead(QWidget):
    """Title, the circumstances of the visit with the button that unfolds them, the scan box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.title = QLabel()
        self.title.setProperty("ink", "title")
        self.line = ElidedLabel()
        self.line.setProperty("ink", "muted")
        self.change = QPushButton()
        self.change.setProperty("kind", "link")
        icons.dress(self.change, "pencil", "accent", 16)
        self.scan = ScanBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(16), now.px(8), now.px(16), now.px(8))
        row.setSpacing(now.px(12))
        row.addWidget(self.title)
        row.addWidget(self.line)
        row.addWidget(self.change)
        row.addStretch(1)
        row.addWidget(self.scan)
        self.show_unfolded(False)

    def bars(self, *bars: QWidget) -> QWidget:
        """The bars between head and fields, with the page's margins."""
        now = look.current()
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(now.px(16), 0, now.px(16), 0)
        lines.setSpacing(now.px(6))
        for bar in bars:
            lines.addWidget(bar)
        lines.addSpacing(now.px(6))
        return holder

    def show_visit(self, title: str, draft: ReceptionDraft) -> None:
        """The circumstances as they are now."""
        self.title.setText(title)
        parts = (
            " ".join(filter(None, (show_date(draft.date), show_time(draft.time)))),
            words.label(draft.kind),
            words.label(draft.form),
            draft.receiver_name,
        )
        self.line.setText(" · ".join(filter(None, parts)))

    def show_unfolded(self, unfolded: bool) -> None:
        """Words of the button."""
        self.change.setText(_("Fold  F4") if unfolded else _("Change  F4"))


class FormFoot(QFrame):
    """State of the draft at the left, the acts at the right, the likely one last."""

    def __init__(self, *, amending: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "foot")
        self._amending = amending
        self.kept = ElidedLabel()
        self.kept.setProperty("ink", "small")
        self.problems = QPushButton()
        self.problems.setProperty("kind", "link")
        icons.dress(self.problems, "list", "accent", 16)
        self.later = QPushButton()
        self.save = QPushButton("  ".join((_("Save"), key_text("form.save"))))
        self.save_print = QPushButton()
        self.save_print.setProperty("kind", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(16), now.px(8), now.px(16), now.px(8))
        row.setSpacing(now.px(10))
        row.addWidget(self.kept)
        row.addWidget(self.problems)
        row.addStretch()
        row.addWidget(self.later)
        row.addWidget(self.save)
        row.addWidget(self.save_print)
        self.set_amending(amending)

    def set_amending(self, amending: bool) -> None:
        """Words for a new or a saved visit."""
        self._amending = amending
        self.kept.clear()
        self.later.setText(_("Cancel  Esc") if amending else _("Later  Esc"))
        self.save.setVisible(not amending)
        self._show_words(has_documents=False)

    def show_state(self, draft: ReceptionDraft, left: int, *, dirty: bool) -> None:
        """How many fields are still open, and what the primary button will do."""
        self.problems.setVisible(left > 0 and dirty)
        self.problems.setText(ngettext("{n} field left", "{n} fields left", left).format(n=left))
        self._show_words(has_documents=bool(draft.documents))

    def show_kept(self, at: datetime) -> None:
        """The draft was kept."""
        self.kept.setText(_("Draft kept at {time}").format(time=f"{at:%H:%M:%S}"))

    def set_busy(self, busy: bool) -> None:
        """While the visit is being written."""
        for button in (self.save, self.save_print, self.later):
            button.setEnabled(not busy)

    def _show_words(self, *, has_documents: bool) -> None:
        key = key_text("form.print")
        if self._amending:
            text, icon = _("Save the amendment"), "save"
        elif has_documents:
            text, icon = _("Save and print the slip"), "printer"
        else:
            text, icon = _("Save the visit"), "save"
        self.save_print.setText(f"{text}  {key}")
        icons.dress(self.save_print, icon, "on_accent", 18)
        if not self._amending:
            self.save.setVisible(has_documents)
