"""SIGTERM and Ctrl-C: they end a command where it stands, but for the few lines that must not be left half done."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGINT)


class Terminated(BaseException):
    """SIGTERM came."""


def heed() -> None:
    """Let SIGTERM raise `Terminated` from now on, as Ctrl-C raises `KeyboardInterrupt`. Main thread only."""
    signal.signal(signal.SIGTERM, _terminate)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def of(number: int) -> BaseException:
    """What a signal raises."""
    return KeyboardInterrupt() if number == signal.SIGINT else Terminated()


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let the first signal wait until this is left; a second one does not wait. Other threads have none to wait for."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    waiting: list[int] = []

    def wait(number: int, _frame: FrameType | None) -> None:
        waiting.append(number)
        if len(waiting) > 1:
            put_back()
            signal.raise_signal(number)

    def put_back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in ENDING:
        signal.signal(number, wait)
    try:
        yield
    finally:
        put_back()
    if waiting:
        signal.raise_signal(waiting[0])


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated
