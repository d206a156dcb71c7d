"""The scanner on a serial port: listened to while a form is seen, chosen and tried in a small dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.scanners.serial_port import (
    ABSENT,
    BUSY,
    FAILED,
    OPEN,
    SPEEDS,
    SerialPort,
    SerialScanner,
    serial_ports,
)
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.form_fields import ChoiceField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.card_picture import is_card
from tcd_desktop.ui.window.runner import RunnerLike

STATES: dict[str, LazyText] = {
    OPEN: lazy("The scanner on {port} is listened to."),
    ABSENT: lazy("Nothing is plugged in at {port}. Plug the scanner in; it is found by itself."),
    BUSY: lazy("{port} is used by another program or may not be opened. Close that program."),
    FAILED: lazy("{port} cannot be read. Choose another port or another speed."),
}


class PortListener(QObject):
    """Brings what a scanner's thread hears to the window's thread."""

    heard = Signal(str)
    state = Signal(str)
    """A code of `STATES`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._scanner: SerialScanner | None = None
        self.port = ""

    def listen(self, port: str, speed: int) -> None:
        """Listens to this port from now on; "" = to none."""
        self.stop()
        self.port = port
        if port:
            self._scanner = SerialScanner(port, speed, heard=self.heard.emit, state=self.state.emit)
            self._scanner.start()

    def stop(self) -> None:
        """Lets go of the port."""
        scanner, self._scanner = self._scanner, None
        if scanner is not None:
            scanner.stop()

    def sentence(self, state: str) -> str:
        """A state in words."""
        return str(STATES[state]).format(port=self.port)


class PortDialog(AskDialog):
    """Which port, how fast, and a try: what is scanned now is shown."""

    chosen = Signal(str, int)
    """The port ("" = none) and its speed."""

    def __init__(
        self,
        keeper: Keeper,
        runner: RunnerLike,
        parent: QWidget,
        *,
        ports: Callable[[], list[SerialPort]] = serial_ports,
    ) -> None:
        super().__init__(
            _("Scanner on a serial port"),
            _("A scanner that types like a keyboard needs nothing here: hold the card to it while a form is open."),
            _("Use this scanner"),
            parent,
        )
        self._keeper, self._runner, self._ports = keeper, runner, ports
        self.port = ChoiceField(_("Port"), [("", _("none"))], style="combo")
        self.speed = ChoiceField(_("Speed (baud)"), [(speed, str(speed)) for speed in SPEEDS], style="combo")
        self.speed.set_value(keeper.value.card_speed)
        self.attempt = QPushButton(_("Try it"))
        self.attempt.setAutoDefault(False)
        self.attempt.clicked.connect(self.try_it)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setMinimumHeight(look.current().px(44))
        self.show_fields((self.port, self.speed))
        at = self.body.count() - 1
        self.body.insertWidget(at, self.attempt, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.insertWidget(at + 1, self.told)
        if self.speed.combo is not None:
            QWidget.setTabOrder(self.speed.combo, self.attempt)
        self.listener = PortListener(self)
        self.listener.heard.connect(self._heard)
        self.listener.state.connect(self._state)
        self.port.changed.connect(self._changed)
        self.speed.changed.connect(self._changed)
        self.finished.connect(self._stop)
        self._runner.read(self._list, done=self._listed)

    def try_it(self) -> None:
        """Listens to the port as chosen."""
        port = self.port.value()
        if not port:
            self._tell(_("Choose a port first."), "warning")
            return
        self._tell(_("Scan a card now."), "muted")
        self.listener.listen(port, self.speed.value())

    def accept_values(self) -> None:
        """The choice is kept."""
        port, speed = self.port.value() or "", self.speed.value()
        self.listener.stop()
        self._keeper.update(card_port=port, card_speed=speed)
        self.chosen.emit(port, speed)
        self.accept()

    def _list(self, _progress: Progress) -> list[SerialPort]:
        return self._ports()

    def _listed(self, ports: list[SerialPort]) -> None:
        known = {port.device: _label(port) for port in ports}
        kept = self._keeper.value.card_port
        if kept and kept not in known:
            known[kept] = _("{port} (not plugged in)").format(port=kept)
        self.port.set_options([("", _("none")), *known.items()])
        self.port.set_value(kept or next(iter(known), ""))
        if not known:
            self._tell(_("This PC has no serial port now. Plug the scanner in and open this again."), "muted")

    def _changed(self, _value: object) -> None:
        self.listener.stop()
        self._tell("", "muted")

    def _heard(self, text: str) -> None:
        if is_card(text):
            self._tell(_("A citizen card was read. The scanner works."), "success")
        else:
            self._tell(
                _("Something came, but no citizen card: “{text}”. Another speed may help.").format(text=text[:60]),
                "warning",
            )

    def _state(self, state: str) -> None:
        if state == OPEN:
            self._tell(_("Scan a card now."), "muted")
        else:
            self._tell(self.listener.sentence(state), "problem")

    def _tell(self, sentence: str, ink: str) -> None:
        self.told.setText(sentence)
        look.set_property(self.told, "ink", ink)

    def _stop(self, _result: int) -> None:
        self.listener.stop()


def _label(port: SerialPort) -> str:
    return port.device if port.description in (port.device, "n/a") else f"{port.device}: {port.description}"
