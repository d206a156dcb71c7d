"""A ward's PC that lost entries, or has two histories, is led back: what happened, what to do, one button a step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.forks import Missing
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.ui.exchange.work_card import WorkCard, numbered
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.forms.field import LineField
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike

RESTORED, COPIED = "restored", "copied"


class RecoveryCard(WorkCard):
    """`recovered` once both histories are together here."""

    recovered = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Bring two histories together"),
            "",
            _("Bring them together"),
            "refresh-cw",
            runner,
            parent=parent,
        )
        self._office = office
        self.file: Path | None = None
        self.choose = QPushButton(_("Choose the file with the books…"))
        icons.dress(self.choose, "folder-open", "text", 18)
        self.choose.clicked.connect(self._choose_file)
        self._name = QLabel()
        self._name.setProperty("ink", "strong")
        self._name.hide()
        self.which = ChoiceField(
            _("What is this PC"),
            [(RESTORED, _("The only one: it was put back from a copy")), (COPIED, _("A copy: the first PC works on"))],
        )
        self.which.changed.connect(self._ready)
        self.password = LineField(_("Your password"), password=True)
        self.password.changed.connect(self._ready)
        steps = (
            numbered(1, _("Ask the superior office to write the books of this PC onto a stick."), []),
            numbered(2, _("Read that file. Nothing that was written here is lost."), [self.choose, self._name]),
            numbered(
                3, _("Say which PC this is. A copy gets its own keys and joins anew."), [self.which, self.password]
            ),
        )
        for place, step in enumerate(steps, start=2):
            self.lines.insertWidget(place, step)
        self.pressed.connect(self.bring_together)
        self._ready()

    def show_missing(self, missing: Missing | None) -> None:
        """What happened; hidden when nothing did."""
        self.setVisible(missing is not None or self.message.isVisible())
        if missing is None:
            return
        if missing.parted:
            said = _("The superior office has another history of this PC than this PC itself. Both are kept.")
        else:
            said = _(
                "This PC was put back from an older copy: {n} entries that it had written are at the superior office "
                "and not here. Work goes on; no number is given twice."
            ).format(n=missing.there - missing.here)
        self.sentence.setText(said)

    def _choose_file(self) -> None:
        kinds = _("Books from the superior office ({pattern})").format(pattern="TCD_*_H_*.tcdb")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File with the books"), str(Path.home()), kinds)
        if chosen:
            self.choose_file(Path(chosen))

    def choose_file(self, file: Path) -> None:
        """Takes note of the file."""
        self.file = file
        self._name.setText(file.name)
        self._name.show()
        self._ready()

    def bring_together(self) -> None:
        """Reads the books and gives entries that are only here a place of their own."""
        file, office, copied = self.file, self._office, self.which.value() == COPIED
        password = str(self.password.value() or "")
        if file is None:
            return
        inbox = office.inbox

        def work(_progress: object) -> ImportResult:
            if not copied:
                return inbox.bring_together(file, "epoch")
            return office.keys.become_new(password, lambda device: inbox.bring_together_or_stop(file, device))

        self.run(work, self._brought, doing=_("Reading the books…"), failed=lambda _sentence: self._ready())

    def _brought(self, result: ImportResult) -> None:
        from tcd_desktop.sentences import import_sentence

        if result.outcome == "refused":
            self.message.tell(import_sentence(result), "danger")
        elif self.which.value() == COPIED:
            self.message.tell(_("Done. Close the program, open it again and join the superior office anew."), "success")
        else:
            self.message.tell(_("Done. Now send the books; that ends the matter at the superior office."), "success")
        self._ready()
        self.recovered.emit()

    def _ready(self) -> None:
        copied = self.which.value() == COPIED
        self.password.setVisible(copied)
        said = self.which.value() is not None and (not copied or bool(self.password.value()))
        self.button.setEnabled(self.file is not None and said)
