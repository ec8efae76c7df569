"""A list of saved files, read on all cores: a line out for every line in, in the same order."""

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from spiders.pool import Pool

Line = tuple[dict[str, Any], bool]
"""What is printed for one line, and whether it failed."""
Work = Callable[[Any, int, "Pool"], Awaitable[Line]]
"""Takes a line's JSON value (or the `ValueError` of one that is none), its number from 1, and the pool."""

AHEAD = 16
"""Files in hand at once."""


def print_lines(listed: Path, work: Work) -> int:
    """Print what `work` makes of every line of `listed`; returns the exit code, 1 where one failed."""
    return 1 if asyncio.run(_print(listed, work)) else 0


def beside(listed: Path, path: str) -> Path:
    """A path of a list: taken from where the command runs, else from where the list lies."""
    here, there = Path(path), listed.parent / path
    return there if not here.exists() and there.exists() else here


async def _print(listed: Path, work: Work) -> int:
    from spiders.pool import Pool

    failures, pool = 0, Pool()
    try:
        async for line, failed in _results(listed, work, pool):
            failures += failed
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    finally:
        pool.stop()
    sys.stdout.flush()
    return failures


async def _results(listed: Path, work: Work, pool: "Pool") -> AsyncIterator[Line]:
    waiting: deque[asyncio.Future[Line]] = deque()
    for number, row in enumerate(_rows(listed), start=1):
        waiting.append(asyncio.ensure_future(work(row, number, pool)))
        if len(waiting) >= AHEAD:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


def _rows(listed: Path) -> Iterator[Any]:
    with click.open_file(str(listed), encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    yield error
