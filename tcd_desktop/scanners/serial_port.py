"""A scanner on a serial port (COM, or USB that plays one): waited for, read line by line, found when replugged."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

SPEEDS: Final = (9600, 19200, 38400, 57600, 115200)
USUAL_SPEED: Final = 9600
MOST: Final = 4096
"""Bytes of one code; a line that never ends is cut there."""
SILENCE: Final = 0.3
"""Seconds after which a code is complete, for scanners that send no end of line."""
RETRY: Final = 1.0

OPEN, ABSENT, BUSY, FAILED = "scanner_open", "scanner_absent", "scanner_busy", "scanner_failed"
"""States that are told: it listens; no such port (unplugged); another program has it or it is forbidden; other."""


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A port of this PC: "COM3", and what the system calls what is plugged in there."""

    device: str
    description: str


def serial_ports() -> list[SerialPort]:
    """The ports there are now."""
    from serial.tools import list_ports

    return [SerialPort(port.device, port.description or port.device) for port in sorted(list_ports.comports())]


class SerialScanner:
    """Listens in a thread of its own until `stop`. `heard(text)` and `state(code)` are called from that thread."""

    def __init__(
        self,
        port: str,
        speed: int = USUAL_SPEED,
        *,
        heard: Callable[[str], None],
        state: Callable[[str], None],
        retry: float = RETRY,
    ) -> None:
        self._port, self._speed, self._retry = port, speed, retry
        self._heard, self._state = heard, state
        self._told = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scanner {port}", daemon=True)

    def start(self) -> None:
        """Begins to listen; a port that is not there (yet) is tried again every second."""
        self._thread.start()

    def stop(self, wait: float = 2.0) -> bool:
        """Lets go of the port; True when the thread has ended."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except Exception as error:
                self._tell(_fault(error))
                self._stopped.wait(self._retry)

    def _listen(self) -> None:
        import serial

        with serial.Serial(self._port, self._speed, timeout=0.1) as port:
            self._tell(OPEN)
            self._read(port)

    def _read(self, port: Any) -> None:
        kept, last = bytearray(), time.monotonic()
        while not self._stopped.is_set():
            came = port.read(max(1, min(port.in_waiting, MOST)))
            now = time.monotonic()
            if came:
                kept += came
                last = now
            *lines, rest = bytes(kept).replace(b"\r", b"\n").split(b"\n")
            if rest and (len(rest) >= MOST or (not came and now - last >= SILENCE)):
                lines, rest = [*lines, rest[:MOST]], b""
            kept = bytearray(rest)
            for line in lines:
                text = decoded(line)
                if text and not self._stopped.is_set():
                    self._heard(text)

    def _tell(self, state: str) -> None:
        if state != self._told:
            self._told = state
            self._state(state)


def decoded(line: bytes) -> str:
    """UTF-8 as cards have it; anything else byte by byte, to be judged by who reads the card."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    return text.strip(" \x00\x02\x03")


def _fault(error: Exception) -> str:
    number = getattr(error, "errno", None)
    words = str(error)
    if number in (errno.EACCES, errno.EBUSY, errno.EPERM) or "PermissionError" in words or "Access" in words:
        return BUSY
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO) or "FileNotFoundError" in words:
        return ABSENT
    if "disconnected" in words or "ClearCommError" in words or "returned no data" in words:
        return ABSENT
    return FAILED
