"""Work away from the window: writers one at a time, readers in parallel, answers back on the window's thread.

    runner.read(lambda progress: pages.page(query, before=None, size=256), done=self._arrived,
    failed=self._failed)

Listeners are arguments of the call that starts the work, because a fast job finishes before anyone could
connect
afterwards; pass bound methods, so that nothing is delivered to a page that was closed meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tcd_desktop.jobs import Progress

READERS = 3
STEP_EVERY = 0.05
"""Seconds between two steps that are told to the window."""

Work = Callable[[Progress], Any]
Done = Callable[[Any], object]
Failed = Callable[[Exception], object]
Stepped = Callable[[int, int, str], object]


class Job:
    """A piece of work that was started. It is also the `Progress` the work is given."""

    def __init__(self, work: Work, done: Done | None, failed: Failed | None, stepped: Stepped | None) -> None:
        self._work: Work | None = work
        self._done = done
        self._failed = failed
        self._stepped = stepped
        self._stop = threading.Event()
        self._forgotten = False
        self._told = 0.0
        self._tell: Callable[[Job, int, int, str], None] | None = None
        self.running = True

    def cancel(self) -> None:
        """Asks the work to stop between two steps. What was committed counts as done."""
        self._stop.set()

    def forget(self) -> None:
        """Drops the answer; the work itself goes on (and a writer's changes are still announced)."""
        self._forgotten = True

    def run(self) -> Any:
        """Does the work; what the work raises."""
        assert self._work is not None
        return self._work(self)

    def let_go(self) -> None:
        """Drops everybody it knows. On the window's thread: a thread that drops the last name of a page destroys it."""
        self._work = self._done = self._failed = self._stepped = None

    def step(self, done: int, total: int, text: str = "") -> None:
        """Called by the work; told to the window at most every 50 ms, and always at the end."""
        now = time.monotonic()
        if self._tell and (done >= total or now - self._told >= STEP_EVERY):
            self._told = now
            self._tell(self, done, total, text)

    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._stop.is_set()


class RunnerLike(Protocol):
    """What pages ask of a runner; the real one and the inline one of tests both offer it."""

    def write(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Queues an act behind the other acts."""

    def read(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Starts reading at once."""


class _Deliveries(QObject):
    """Hands answers to listeners and announces changes. Lives on the window's thread."""

    finished = Signal(object)
    """The answer of every write (a `Done` of the services): the main window offers its undo."""

    changed = Signal(object)
    """`answer.changes` of every write that changed something: each page decides whether it cares."""

    failed = Signal(object)
    """An exception nobody listened to."""

    def _deliver(self, job: Job, writing: bool, answer: object, error: Exception | None) -> None:
        job.running = False
        listener, unheard = (job._failed, job._failed is None) if error is not None else (job._done, False)
        job.let_go()
        if not job._forgotten and listener is not None and _alive(listener):
            listener(error if error is not None else answer)  # type: ignore[arg-type]
        elif unheard:
            self.failed.emit(error)
        if writing and error is None:
            self.finished.emit(answer)
            changes = getattr(answer, "changes", None)
            if changes:
                self.changed.emit(changes)

    def _step(self, job: Job, done: int, total: int, text: str) -> None:
        if job.running and not job._forgotten and job._stepped is not None and _alive(job._stepped):
            job._stepped(done, total, text)


class Runner(_Deliveries):
    """Threads behind the window. One for acts, a few for reading; `close()` before the program ends."""

    _answered = Signal(object, bool, object, object)
    _stepped = Signal(object, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._deliver)
        self._stepped.connect(self._step)
        self._writers: ThreadPoolExecutor | None = None
        self._readers: ThreadPoolExecutor | None = None
        self._jobs: set[Job] = set()
        self._lock = threading.Lock()

    def write(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Runs an act after the acts started before it; `fn` is given a Progress."""
        if self._writers is None:
            self._writers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        return self._start(self._writers, Job(fn, done, failed, progress), writing=True)

    def read(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Runs reading work beside other work; `fn` is given a Progress."""
        if self._readers is None:
            self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="reader")
        return self._start(self._readers, Job(fn, done, failed, progress), writing=False)

    def busy(self) -> bool:
        """True while some work is not finished."""
        with self._lock:
            return bool(self._jobs)

    def close(self) -> None:
        """Asks everything to stop, drops what has not begun and waits for what has."""
        with self._lock:
            jobs = list(self._jobs)
        for job in jobs:
            job.forget()
            job.cancel()
        for pool in (self._readers, self._writers):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)
        self._readers = self._writers = None

    def _start(self, pool: ThreadPoolExecutor, job: Job, *, writing: bool) -> Job:
        job._tell = self._stepped.emit
        with self._lock:
            self._jobs.add(job)

        def work() -> None:
            answer: object = None
            error: Exception | None = None
            try:
                answer = job.run()
            except Exception as problem:
                error = problem
            with self._lock:
                self._jobs.discard(job)
            if isValid(self):
                self._answered.emit(job, writing, answer, error)

        pool.submit(work).add_done_callback(lambda _future: self._drop(job))
        return job

    def _drop(self, job: Job) -> None:
        with self._lock:
            self._jobs.discard(job)


class InlineRunner(_Deliveries):
    """Does the work at once and delivers before the call returns: for tests and pictures."""

    def write(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Runs the act now."""
        return self._run(Job(fn, done, failed, progress), writing=True)

    def read(
        self,
        fn: Work,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Stepped | None = None,
    ) -> Job:
        """Reads now."""
        return self._run(Job(fn, done, failed, progress), writing=False)

    def busy(self) -> bool:
        """Never: the work is over when the call returns."""
        return False

    def close(self) -> None:
        """Nothing to stop."""

    def _run(self, job: Job, *, writing: bool) -> Job:
        job._tell = self._step
        try:
            answer = job.run()
        except Exception as error:
            self._deliver(job, writing, None, error)
        else:
            self._deliver(job, writing, answer, None)
        return job


def _alive(listener: Callable[..., object]) -> bool:
    owner = getattr(listener, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
