"""A few processes that read foreign bytes: one that hangs or swells is killed, and takes only its own page along."""

import asyncio
import concurrent.futures
import contextlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from monitor.health.troubles import Trouble

T = TypeVar("T")

SECONDS = 20.0
MEMORY = 320 * 1024 * 1024
"""Bytes that a worker may take on top of what it has when it starts."""
GIVES_WAY = 5
"""How much nicer a worker is than the event loop."""
PAGES = 2000
"""A worker is replaced after so many, lest what libraries leak adds up."""


class UnreadableError(Exception):
    """Reading failed; `reason` says how, and `trouble` is its name."""

    def __init__(self, reason: str, trouble: Trouble = "unreadable") -> None:
        self.reason, self.trouble = reason, trouble
        super().__init__(reason)


class EndedError(Exception):
    """The pool was stopped before the task was done."""


class Pool:
    """Starts its workers with the first task. `seconds` is what one task may take."""

    def __init__(self, workers: int = 0, seconds: float = SECONDS) -> None:
        self._workers = workers or max(1, min(4, os.cpu_count() or 1))
        self._seconds = seconds
        self._pool: ProcessPool | None = None
        self._waiting: set[asyncio.Future[Any]] = set()
        self._stopped = False

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """What `function(*args)` returns.

        Raises `UnreadableError` where it takes too long, too much, or fails, and `EndedError` when the pool is stopped.
        """
        if self._stopped:
            raise EndedError
        with _deaf():
            waiting = asyncio.wrap_future(self._running().schedule(function, args=args, timeout=self._seconds))
        self._waiting.add(waiting)
        try:
            return await waiting
        except (Exception, asyncio.CancelledError) as error:
            if self._stopped:
                raise EndedError from error
            if _was_told_to_end(error):
                raise EndedError from error
            if isinstance(error, asyncio.CancelledError):
                raise
            raise UnreadableError(self._reason(error)) from error
        finally:
            self._waiting.discard(waiting)

    def stop(self) -> None:
        """End the workers, finished or not; nothing is taken any more."""
        self._refuse()
        self._shut()

    async def close(self) -> None:
        """What `stop` does, beside the event loop: workers take a moment to end."""
        self._refuse()
        await asyncio.to_thread(self._shut)

    def _refuse(self) -> None:
        self._stopped = True
        for waiting in list(self._waiting):
            waiting.cancel()  # a stopped pool may leave its tasks without an end

    def _reason(self, error: Exception) -> str:
        if isinstance(error, concurrent.futures.TimeoutError):
            return f"reading it took longer than {self._seconds:g} s"
        if isinstance(error, MemoryError):
            return "reading it took too much memory"
        if isinstance(error, (ProcessExpired, BrokenProcessPool)):
            return "reading it ended its process"
        return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"

    def _shut(self) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _running(self) -> ProcessPool:
        if self._pool is not None and not self._pool.active:
            self._shut()
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(
                max_workers=self._workers, max_tasks=PAGES, initializer=_bound, initargs=(MEMORY,), context=context
            )
        return self._pool


def _was_told_to_end(error: BaseException) -> bool:
    """Whether a worker got SIGTERM, as the whole group may: no fault of the page's."""
    return isinstance(error, ProcessExpired) and abs(error.exitcode) == signal.SIGTERM


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is begun in here never hears Ctrl-C, which goes to the whole group: the parent decides what it means."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _bound(memory: int) -> None:
    """Limit this worker, and let it give way to the event loop, which keeps the hosts' pace."""
    os.nice(GIVES_WAY)
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if _on_linux() else 0
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = taken + memory if hard == resource.RLIM_INFINITY else min(hard, taken + memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _on_linux() -> bool:
    return Path("/proc/self/statm").exists()
