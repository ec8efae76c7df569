"""What a signal does to the lines that hold it."""

import signal
from collections.abc import Iterator

import pytest

from monitor import interrupts

done: list[int] = []


def work(numbers: list[int]) -> None:
    """Get the signals of these numbers (0: none), one after the other, and note which came no further."""
    done.clear()
    with interrupts.held():
        for number in numbers:
            if number:
                signal.raise_signal(number)
            done.append(number)


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """SIGTERM raises while a test runs."""
    before = {number: signal.getsignal(number) for number in interrupts.ENDING}
    interrupts.heed()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGTERM, interrupts.Terminated), (signal.SIGINT, KeyboardInterrupt)]
)
def test_the_first_signal_waits_for_the_end(number: int, error: type[BaseException]) -> None:
    with pytest.raises(error):
        work([number, 0])
    assert done == [number, 0]
    with pytest.raises(error):
        signal.raise_signal(number)


def test_a_second_signal_does_not_wait() -> None:
    with pytest.raises(KeyboardInterrupt):
        work([signal.SIGTERM, signal.SIGINT, 0])
    assert done == [signal.SIGTERM]


def test_an_error_inside_is_not_covered_up() -> None:
    with pytest.raises(ValueError, match="wrong"), interrupts.held():
        raise ValueError("wrong")
