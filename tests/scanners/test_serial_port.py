"""A scanner on a serial port, played by a pseudo-terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tcd_desktop.scanners.serial_port import ABSENT, BUSY, MOST, OPEN, SerialScanner, decoded, serial_ports
from tests.scanners.codes import CARD

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals play the port")


class Plug:
    """A port that can be pulled out and put in again, under one name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hand = -1

    def put_in(self) -> None:
        import tty

        self.hand, device = os.openpty()
        tty.setraw(device)
        name = os.ttyname(device)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(name)
        self._device = device

    def pull_out(self) -> None:
        self.path.unlink()
        os.close(self._device)
        os.close(self.hand)
        self.hand = -1

    def send(self, *parts: bytes) -> None:
        for part in parts:
            os.write(self.hand, part)
            time.sleep(0.02)


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "COM3")
    yield made
    if made.hand >= 0:
        made.pull_out()


class Heard:
    def __init__(self, port: Path) -> None:
        self.texts: list[str] = []
        self.states: list[str] = []
        self.scanner = SerialScanner(str(port), heard=self.texts.append, state=self.states.append, retry=0.05)
        self.scanner.start()

    def wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + 5
        while not done():
            assert time.monotonic() < until, (self.texts, self.states)
            time.sleep(0.01)


@pytest.fixture
def listening(plug: Plug) -> Iterator[Heard]:
    heard = Heard(plug.path)
    yield heard
    assert heard.scanner.stop(), "the thread ends"


def test_lines_come_whole_however_they_are_cut(plug: Plug, listening: Heard) -> None:
    plug.put_in()
    listening.wait(lambda: OPEN in listening.states)
    data = CARD.encode("utf-8")
    plug.send(data[:21], data[21:22], data[22:], b"\r\n", b"hai\r", b"ba\n")
    listening.wait(lambda: len(listening.texts) == 3)
    assert listening.texts == [CARD, "hai", "ba"]


def test_a_scanner_without_end_of_line_is_understood_after_a_silence(plug: Plug, listening: Heard) -> None:
    plug.put_in()
    listening.wait(lambda: OPEN in listening.states)
    plug.send(CARD.encode("utf-8"))
    listening.wait(lambda: bool(listening.texts))
    assert listening.texts == [CARD]


def test_pulled_out_and_put_in_again_it_goes_on(plug: Plug, listening: Heard) -> None:
    listening.wait(lambda: listening.states == [ABSENT])
    plug.put_in()
    listening.wait(lambda: listening.states[-1] == OPEN)
    plug.send(b"mot\r")
    listening.wait(lambda: listening.texts == ["mot"])
    plug.pull_out()
    listening.wait(lambda: listening.states[-1] == ABSENT)
    plug.put_in()
    listening.wait(lambda: listening.states[-1] == OPEN)
    plug.send(b"hai\r")
    listening.wait(lambda: listening.texts == ["mot", "hai"])
    assert listening.states == [ABSENT, OPEN, ABSENT, OPEN], "each state is told once"


def test_a_line_that_never_ends_is_cut(plug: Plug, listening: Heard) -> None:
    plug.put_in()
    listening.wait(lambda: OPEN in listening.states)
    for _part in range(5):
        plug.send(b"9" * 1000)
    listening.wait(lambda: bool(listening.texts))
    assert len(listening.texts[0]) == MOST


def test_what_is_no_port_is_told(tmp_path: Path) -> None:
    heard = Heard(tmp_path / "COM9")
    heard.wait(lambda: bool(heard.states))
    assert heard.states == [ABSENT]
    assert heard.scanner.stop()
    (tmp_path / "file").write_text("", encoding="utf-8")
    other = Heard(tmp_path / "file")
    other.wait(lambda: bool(other.states))
    assert other.states[0] not in (OPEN, BUSY)
    assert other.scanner.stop()


def test_no_thread_is_left(plug: Plug) -> None:
    plug.put_in()
    before = threading.active_count()
    for _time in range(3):
        heard = Heard(plug.path)
        assert heard.scanner.stop()
    assert threading.active_count() == before


def test_bytes_that_are_no_utf8_are_kept_for_the_reader_of_the_card() -> None:
    assert decoded("Nữ".encode()) == "Nữ"
    assert decoded(b"\x02N\xff\x03") == "Nÿ"


def test_the_ports_of_this_pc_can_be_listed() -> None:
    assert all(port.device and port.description for port in serial_ports())
