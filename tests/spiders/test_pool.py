"""Foreign bytes are read where they can do no harm."""

import asyncio
import os
import signal
import time

import pytest

from spiders.pool import EndedError, Pool, UnreadableError


def hang():
    while True:
        pass


def swell():
    return len(bytearray(4 * 1024**3))


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def be_told():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)


def fail():
    raise ValueError("of course\nnot")


@pytest.fixture
def pool():
    made = Pool(workers=1, seconds=3.0)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (hang, "reading it took longer than 3 s"),
        (swell, "reading it took too much memory"),
        (die, "reading it ended its process"),
        (fail, "ValueError: of course not"),
    ],
)
def test_a_task_that_goes_wrong_has_a_reason_and_the_next_one_is_well(pool, task, reason):
    async def both():
        with pytest.raises(UnreadableError) as found:
            await pool.run(task)
        return found.value.reason, await pool.run(abs, -1)

    assert asyncio.run(both()) == (reason, 1)


def test_a_worker_that_is_told_to_end_with_its_group_is_no_fault_of_the_page(pool):
    async def told():
        with pytest.raises(EndedError):
            await pool.run(be_told)

    asyncio.run(told())


def test_stopping_the_pool_ends_what_is_under_way(pool):
    async def stop():
        waiting = asyncio.ensure_future(pool.run(hang))
        await asyncio.sleep(1)
        begun = time.monotonic()
        pool.stop()
        with pytest.raises(EndedError):
            await waiting
        return time.monotonic() - begun

    assert asyncio.run(stop()) < 2


def test_closing_the_pool_does_not_hold_up_the_loop(pool):
    async def close():
        waiting = asyncio.ensure_future(pool.run(hang))
        await asyncio.sleep(1)
        closing, turns = asyncio.ensure_future(pool.close()), 0
        while not closing.done():
            await asyncio.sleep(0.001)
            turns += 1
        with pytest.raises(EndedError):
            await waiting
        return turns

    assert asyncio.run(close()) > 1


def test_a_worker_gives_way_to_the_process_that_asks_the_hosts(pool):
    assert asyncio.run(pool.run(os.nice, 0)) > os.nice(0)
