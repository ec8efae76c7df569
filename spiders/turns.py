"""Many waits in one thread: steps that say what they wait for, and a round that runs them side by side."""

import heapq
import selectors
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

T = TypeVar("T")

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
LOOK = 0.25
"""Seconds between two looks for steps that wait in vain."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Until the file of this number can be read or written; from `due` (monotonic clock) on it is a `TimeoutError`."""

    file: int
    event: int
    due: float


Wait = Ready | float
"""For a file, or until an instant of the monotonic clock."""
Step = Generator[Wait, None, T]


def finish(step: Step[T]) -> T:
    """What one step on its own comes to."""
    result: list[T] = []

    def whole() -> Step[None]:
        result.append((yield from step))

    run([whole()], at_once=1)
    return result[0]


def run(steps: Iterable[Step[None]], *, at_once: int) -> None:
    """Run all of them to their ends, so many at a time. What one of them raises ends the round."""
    _Round(iter(steps), at_once).run()


class _Round:
    def __init__(self, steps: Iterable[Step[None]], at_once: int) -> None:
        self._waiting, self._at_once = iter(steps), at_once
        self._selector = selectors.DefaultSelector()
        self._files: dict[int, tuple[Step[None], Ready]] = {}
        self._asleep: list[tuple[float, int, Step[None]]] = []
        self._order = count()
        self._next_look = 0.0

    def run(self) -> None:
        with self._selector:
            while self._admit():
                self._turn()

    def _admit(self) -> bool:
        """Begin as many steps as there is room for; whether anything is left to do."""
        while len(self._files) + len(self._asleep) < self._at_once:
            step = next(self._waiting, None)
            if step is None:
                break
            self._go_on(step.__next__, step)
        return bool(self._files or self._asleep)

    def _turn(self) -> None:
        now = time.monotonic()
        patience = min(LOOK, self._asleep[0][0] - now) if self._asleep else LOOK
        if self._files:
            for key, _ in self._selector.select(max(0.0, patience)):
                step = self._files.pop(key.fd)[0]
                self._go_on(step.__next__, step, key)
        else:
            time.sleep(max(0.0, patience))
        now = time.monotonic()
        while self._asleep and self._asleep[0][0] <= now:
            step = heapq.heappop(self._asleep)[2]
            self._go_on(step.__next__, step)
        if now >= self._next_look:
            self._next_look = now + LOOK
            self._end_overdue(now)

    def _end_overdue(self, now: float) -> None:
        for file, (step, ready) in list(self._files.items()):
            if ready.due <= now:
                del self._files[file]
                self._selector.unregister(file)
                self._go_on(lambda step=step: step.throw(TimeoutError("timed out")), step)  # type: ignore[misc]

    def _go_on(self, how: Callable[[], Wait], step: Step[None], key: selectors.SelectorKey | None = None) -> None:
        """Let a step go on to its next wait; `key` is what its last one was registered as."""
        if key is not None:
            self._selector.unregister(key.fd)
        try:
            wait = how()
        except StopIteration:
            return
        if isinstance(wait, float):
            heapq.heappush(self._asleep, (wait, next(self._order), step))
        else:
            self._selector.register(wait.file, wait.event)
            self._files[wait.file] = (step, wait)
