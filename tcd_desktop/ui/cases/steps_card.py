"""What was done with a case so far: each step with its day, its document and what was told with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.look import look
from tcd_desktop.words.steps import result_words, step_name


class StepsCard(QFrame):
    """The newest step stands first."""

    def __init__(self, steps: Sequence[CaseStep], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        lines.setSpacing(now.px(3))
        lines.addWidget(_words(_("Steps taken"), "heading"))
        for step in reversed(steps):
            head = f"{short_day(step.on, today)}  ·  {step_name(step.act)}"
            lines.addWidget(_words(head, "label"))
            for line in step_lines(step):
                lines.addWidget(_words(line, "muted"))
            lines.addSpacing(now.px(3))


def step_lines(step: CaseStep) -> list[str]:
    """The document, the result, to whom, how long, why; nothing of what was not told."""
    found = [_document(step), result_words(step.result), step.body]
    if step.days:
        found.append(ngettext("{n} day added", "{n} days added", step.days).format(n=step.days))
    if step.part:
        found.append(_("Withdrawn: {part}").format(part=step.part))
    if step.signer:
        found.append(_("Signed by {name}").format(name=step.signer))
    return [" ".join(one.split()) for one in (*found, step.reason, step.note) if one.strip()]


def _document(step: CaseStep) -> str:
    number = _("no. {number}").format(number=step.number) if step.number else ""
    dated = _("dated {day}").format(day=f"{step.dated:%d/%m/%Y}") if step.dated and (number or step.document) else ""
    form = _("form {code}").format(code=step.document) if step.document and number else ""
    return ", ".join(filter(None, (number, dated, form)))


def _words(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(label.textFormat().PlainText)
    label.setTextInteractionFlags(label.textInteractionFlags().TextSelectableByMouse)
    label.setProperty("ink", ink)
    return label
