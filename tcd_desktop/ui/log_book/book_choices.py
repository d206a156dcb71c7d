"""Which log book: its days, which visits, and whether the identities of denouncers stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.clocks.periods import Period, span
from tcd_desktop.domain.reasons import LONGEST_REASON
from tcd_desktop.domain.receptions.log_book import BookCount, BookQuery, Receivers
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.dialogs.reason_dialog import given_reason
from tcd_desktop.ui.filters.dimensions import PERIODS
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, Field, LineField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped

OTHER_DAYS = "other"


class BookChoices(QWidget):
    """`changed`: another book is asked for. `openRequest`: the reason for opening its identities."""

    changed = Signal()
    openRequest = Signal(str)

    def __init__(
        self,
        today: Callable[[], date],
        offices: Sequence[tuple[str, str]],
        *,
        may_open: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._today, self._may_open = today, may_open
        self.office = ChoiceField(_("Office"), list(offices), style="combo")
        self.office.set_value(offices[0][0] if offices else None)
        self.office.setVisible(len(offices) > 1)
        periods = [*((period, text) for period, text in PERIODS), (OTHER_DAYS, _("Other days"))]
        self.period = ChoiceField(_("Days of the book"), periods, style="combo")
        self.since = DateField(_("From"), today=today, required=True)
        self.until = DateField(_("To"), today=today, required=True)
        self.received_by = ChoiceField(
            _("Received by"),
            [
                (Receivers.ALL, _("Everybody")),
                (Receivers.OFFICERS, _("Officers")),
                (Receivers.HEAD, _("The head or who was delegated")),
            ],
            style="combo",
        )
        kinds = [("", _("All contents")), *words.options(Classification)]
        self.classification = ChoiceField(_("Content"), kinds, style="combo")
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.count.setProperty("ink", "muted")
        self.secret = Card(_("Denunciations"))
        self.secret_words = QLabel()
        self.secret_words.setWordWrap(True)
        self.secret_words.setProperty("ink", "small")
        self.reason = LineField(_("Reason for opening the identities"), max_length=LONGEST_REASON)
        self.open = QPushButton(_("Show the identities in this book"))
        icons.dress(self.open, "eye", "text", 18)
        self._lay_out(now.px(10))
        self._connect()
        self.received_by.set_value(Receivers.ALL)
        self.classification.set_value("")
        self.period.set_value(Period.MONTH)
        self._period_chosen()
        self.show_count(None)

    def _lay_out(self, gap: int) -> None:
        book = Card(_("Which visits"))
        days = QHBoxLayout()
        days.setSpacing(gap)
        days.addWidget(self.since)
        days.addWidget(self.until)
        fields: list[Field] = [self.office, self.period]
        for field in fields:
            book.lines.addWidget(field)
        book.lines.addLayout(days)
        for field in (self.received_by, self.classification):
            book.lines.addWidget(field)
        book.lines.addWidget(self.count)
        for widget in (self.secret_words, self.reason, self.open):
            self.secret.lines.addWidget(widget)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(gap)
        lines.addWidget(book)
        lines.addWidget(self.secret)
        lines.addStretch()

    def _connect(self) -> None:
        self.period.changed.connect(lambda _value: self._period_chosen())
        for field in (self.since, self.until):
            field.changed.connect(self._days_typed)
        for choice in (self.office, self.received_by, self.classification):
            choice.changed.connect(lambda _value: self.changed.emit())
        self.open.clicked.connect(self._open)
        self.reason.editor.returnPressed.connect(self._open)

    # -- what is asked for ----------------------------------------------------------------------------

    def query(self) -> BookQuery | None:
        """The book, None while its days are not understood."""
        since, until = self.since.value(), self.until.value()
        if since is None or until is None or until < since:
            return None
        return BookQuery(
            office=self.office.value(),
            since=since,
            until=until,
            receivers=self.received_by.value(),
            classification=self.classification.value() or None,
        )

    def show_count(self, count: BookCount | None) -> None:
        """How many lines the book has; what may be done about its denunciations."""
        if count is None:
            self.count.setText("")
        else:
            told = ngettext("{n} line", "{n} lines", count.lines).format(n=grouped(count.lines))
            self.count.setText(told if count.lines else _("No visit in these days."))
        secret = count.secret if count else 0
        self.secret.setVisible(bool(secret))
        told = ngettext(
            "The identity of {n} denouncer is left out of the book.",
            "The identities of {n} denouncers are left out of the book.",
            secret,
        )
        self.secret_words.setText(told.format(n=grouped(secret)))
        for widget in (self.reason, self.open):
            widget.setVisible(self._may_open)

    def show_opened(self, count: BookCount) -> None:
        """The identities stand in the book now."""
        told = ngettext(
            "The identity of {n} denouncer stands in this book. Your name, the time and the reason are kept.",
            "The identities of {n} denouncers stand in this book. Your name, the time and the reason are kept.",
            count.secret,
        )
        self.secret_words.setText(told.format(n=grouped(count.secret)))
        self.reason.set_value("")
        for widget in (self.reason, self.open):
            widget.hide()

    def _period_chosen(self) -> None:
        chosen = self.period.value()
        if chosen not in set(Period):
            self.since.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        today = self._today()
        since, until = span(chosen, today)
        self.since.set_value(since)
        self.until.set_value(min(until, max(today, since)))
        self._check_days()
        self.changed.emit()

    def _days_typed(self, _value: object) -> None:
        self.period.set_value(OTHER_DAYS)
        self._check_days()
        self.changed.emit()

    def _check_days(self) -> None:
        since, until = self.since.value(), self.until.value()
        turned = since is not None and until is not None and until < since
        self.until.set_problem(_("The period ends before it begins.") if turned else "")

    def _open(self) -> None:
        reason = given_reason(self.reason)
        if not reason:
            return
        self.openRequest.emit(reason)
