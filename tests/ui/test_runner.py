"""Work away from the window: order, parallelism, and nothing delivered to the dead."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tcd_desktop.jobs import Cancelled, Progress, stop_if_cancelled
from tcd_desktop.ui.window.collector import YOUNG, Collector
from tcd_desktop.ui.window.runner import InlineRunner, Job, Runner


@dataclass(frozen=True)
class Done:
    changes: tuple[str, ...]
    undo: object = None


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: set[object] = set()

    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(QThread.currentThread())

    def step(self, done: int, total: int, text: str) -> None:
        self.got.append((done, total, text))


def test_acts_run_one_after_the_other_and_answer_on_the_windows_thread(qtbot: QtBot) -> None:
    runner, listener = Runner(), Listener()
    running: list[int] = []
    most: list[int] = []

    def act(number: int) -> int:
        running.append(number)
        most.append(len(running))
        time.sleep(0.01)
        running.remove(number)
        return number

    for number in range(8):
        runner.write(lambda _progress, number=number: act(number), done=listener.take, failed=listener.take)
    qtbot.waitUntil(lambda: len(listener.got) == 8, timeout=5000)
    assert listener.got == list(range(8))
    assert max(most) == 1
    assert listener.threads == {QThread.currentThread()}
    runner.close()


def test_readers_run_beside_a_long_act(qtbot: QtBot) -> None:
    runner, listener = Runner(), Listener()
    gate = threading.Event()
    runner.write(lambda _progress: gate.wait(5), done=listener.take)
    runner.read(lambda _progress: "read", done=listener.take)
    qtbot.waitUntil(lambda: listener.got == ["read"], timeout=5000)
    gate.set()
    qtbot.waitUntil(lambda: listener.got == ["read", True], timeout=5000)
    runner.close()


def test_cancel_stops_work_between_steps_and_tells_the_failure_listener(qtbot: QtBot) -> None:
    runner, listener = Runner(), Listener()
    begun = threading.Event()

    def long(progress: Progress) -> None:
        for _ in range(1000):
            begun.set()
            stop_if_cancelled(progress)
            time.sleep(0.005)

    job = runner.write(long, done=listener.take, failed=listener.take)
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: len(listener.got) == 1, timeout=5000)
    assert isinstance(listener.got[0], Cancelled)
    runner.close()


def test_a_forgotten_answer_is_dropped_but_its_changes_are_announced(qtbot: QtBot) -> None:
    runner, listener = Runner(), Listener()
    gate = threading.Event()

    def act(_progress: Progress) -> Done:
        gate.wait(5)
        return Done(("reception",))

    job = runner.write(act, done=listener.take)
    job.forget()
    with qtbot.waitSignal(runner.changed, timeout=5000) as announced:
        gate.set()
    assert announced.args == [("reception",)]
    assert listener.got == []
    runner.close()


def test_nothing_is_delivered_to_a_page_that_was_closed(qtbot: QtBot) -> None:
    import shiboken6

    runner, listener = Runner(), Listener()
    gate = threading.Event()
    runner.write(lambda _progress: gate.wait(5), done=listener.take)
    got = listener.got
    shiboken6.delete(listener)
    with qtbot.waitSignal(runner.finished, timeout=5000):
        gate.set()
    assert got == []
    runner.close()


def test_a_failure_nobody_listens_to_is_announced(qtbot: QtBot) -> None:
    runner = Runner()

    def fail(_progress: Progress) -> None:
        raise ValueError("ours")

    with qtbot.waitSignal(runner.failed, timeout=5000) as told:
        runner.read(fail)
    assert isinstance(told.args[0], ValueError)
    runner.close()


def test_the_last_step_is_always_told(qtbot: QtBot) -> None:
    runner, listener = Runner(), Listener()

    def work(progress: Progress) -> None:
        for done in range(1, 101):
            progress.step(done, 100, "reading")

    runner.read(work, progress=listener.step)
    qtbot.waitUntil(lambda: (100, 100, "reading") in listener.got, timeout=5000)
    assert len(listener.got) < 100
    runner.close()


def test_the_inline_runner_has_answered_when_the_call_returns(qtbot: QtBot) -> None:
    runner, listener = InlineRunner(), Listener()
    with qtbot.waitSignal(runner.changed, timeout=100):
        runner.write(lambda _progress: Done(("case",)), done=listener.take)
    assert listener.got == [Done(("case",))]


def test_two_hundred_thousand_signals_do_no_harm(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 died here; the pinned versions must not."""
    runner, listener = Runner(), Listener()
    runner.finished.connect(listener.take)
    for _ in range(200_000):
        runner.finished.emit(True)
    assert len(listener.got) == 200_000
    runner.close()


class Page(QObject):
    """A page that cycles hold: only the collector ends it, and it notes the thread in which it did."""

    ended: list[object]

    def __init__(self, ended: list[object]) -> None:
        super().__init__()
        self.itself, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.current_thread())


def test_a_readers_thread_never_destroys_what_belongs_to_the_window(qtbot: QtBot, qapp: QApplication) -> None:
    ended: list[object] = []
    runner, listener, collector = Runner(), Listener(), Collector(qapp)
    Page(ended)
    runner.read(lambda _progress: len([[] for _ in range(2 * YOUNG)]), done=listener.take)
    qtbot.waitUntil(lambda: listener.got == [2 * YOUNG], timeout=5000)
    assert not ended
    kept = [[] for _ in range(2 * YOUNG)]
    collector.look()
    assert ended == [threading.main_thread()]
    assert kept
    collector.deleteLater()
    runner.close()


class SlowToEnd(Runner):
    """Its threads end a job only after the window has had the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def _drop(self, job: Job) -> None:
        self.heard.wait(5)
        super()._drop(job)


def test_a_page_named_only_by_its_question_ends_on_the_windows_thread(qtbot: QtBot) -> None:
    ended: list[object] = []
    answers: list[str] = []
    runner, begun = SlowToEnd(), threading.Event()

    def ask() -> None:
        page = Page(ended)
        page.itself = None

        def name(_progress: Progress) -> str:
            begun.wait(5)  # else the job may be over before anybody knows it
            return f"{page.objectName()}!"

        def done(answer: str) -> None:
            page.setObjectName(answer)
            answers.append(answer)

        runner.read(name, done=done)

    ask()
    begun.set()
    qtbot.waitUntil(lambda: answers == ["!"], timeout=5000)
    runner.heard.set()
    runner.close()
    assert ended == [threading.main_thread()]
