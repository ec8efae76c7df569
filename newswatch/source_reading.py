"""One way in as `sources read` shows it, or a list of saved ones on all cores."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.errors import NewswatchError
from monitor.leads import Reading
from monitor.records import Lead, Response, Source
from newswatch.context import Context
from newswatch.listed import Line, beside, print_lines

if TYPE_CHECKING:
    from spiders.pool import Pool

_LARGEST = 64 * 1024 * 1024
"""Bytes of a saved file that are read."""


class NoWayInError(NewswatchError):
    """There is nothing to read at `target`."""

    def __init__(self, target: str, reason: str) -> None:
        self.target = target
        super().__init__(f"{target}: {reason}")


def response(context: Context, target: str, address: str) -> Response:
    """What lies in a file, or what a server answers, asked with a crawl's manners. Raises `NewswatchError`."""
    if target.startswith(("http://", "https://")):
        return visitor(context, target)(target)
    try:
        return Response(url=address, body=_saved(Path(target)), fetched=context.clock.now())
    except OSError as error:
        raise NoWayInError(target, error.strerror or str(error)) from error


def visitor(context: Context, address: str) -> Callable[[str], Response]:
    """A function from an address to what its server answers. Raises `NewswatchError` where that may not be asked."""
    from newswatch import fetching
    from newswatch.manners import MannersError, contact_refusals
    from spiders import single

    if reasons := contact_refusals(context.config, (Source(name=address, home=address),)):
        raise MannersError(reasons)
    fetch = single.visitor(fetching.plan(context.config, (), context.clock))
    return lambda url: replace(fetch(url), fetched=context.clock.now())


@contextmanager
def reader() -> Iterator[Callable[[Response], Reading]]:
    """A function that reads responses in a process of its own. It raises `NoWayInError`."""
    from spiders.pool import Pool, UnreadableError

    pool = Pool(workers=1)
    with asyncio.Runner() as runner:

        def read(answer: Response) -> Reading:
            try:
                return runner.run(pool.run(reading_of, answer))
            except UnreadableError as error:
                raise NoWayInError(answer.url or "the file", error.reason) from error

        try:
            yield read
        finally:
            pool.stop()


def reading_of(answer: Response) -> Reading:
    """The reading of a feed or sitemap; of an HTML page that of its story links."""
    from monitor.leads import read as read_document
    from monitor.leads import sections

    reading = read_document(answer)
    if reading.kind or "an HTML page" not in reading.error:
        return reading
    found = tuple(sections.links(answer, Source(name="", home=answer.url)))
    return replace(reading, kind="section", entries=len(found), leads=found, error="") if found else reading


# -- in words


def described(lead: Lead) -> dict[str, Any]:
    """A lead as programs read it."""
    return {"url": lead.url, "title": lead.title, "published": _time(lead), "id": lead.id}


def summarized(reading: Reading) -> dict[str, Any]:
    """A whole reading as programs read it."""
    return {
        "kind": reading.kind,
        "entries": reading.entries,
        "leads": [described(lead) for lead in reading.leads],
        "sitemaps": [{"url": child.url, "modified": child.modified} for child in reading.children],
        "next": reading.hints.next_page,
        "error": reading.error,
    }


def show(reading: Reading) -> None:
    """Print a reading for a person."""
    newest = max((lead.published for lead in reading.leads if lead.published), default=None)
    since = f", the newest of {newest:%Y-%m-%d %H:%M} UTC" if newest else ""
    click.echo(f"{reading.kind or 'nothing'}: {reading.entries} entries, {len(reading.leads)} with a link{since}")
    if reading.error:
        click.echo(f"wrong with it: {reading.error}")
    for child in reading.children:
        click.echo(f"{child.modified:%Y-%m-%d %H:%M}  {child.url}" if child.modified else f"{'':16}  {child.url}")
    for lead in reading.leads:
        click.echo(f"{(_time(lead) or '')[:16].replace('T', ' '):16}  {lead.title}\n{'':18}{lead.url}")


def _time(lead: Lead) -> str | None:
    if lead.published is None:
        return None
    if lead.precision == "day":
        return lead.published.date().isoformat()
    return lead.published.isoformat().replace("+00:00", "Z")


# -- a list of files


def print_list(listed: Path) -> int:
    """Print a line for every line of `listed`; returns 1 when a file of it could not be read at all."""
    return print_lines(listed, partial(_result, listed))


async def _result(listed: Path, row: Any, number: int, pool: "Pool") -> Line:
    """The line for one row, and whether its file was missing."""
    from spiders.pool import UnreadableError

    if not isinstance(row, dict) or not isinstance(row.get("path"), str):
        return {"id": None, "entries": 0, "leads": [], "error": f"line {number}: no object with a path"}, True
    name = row.get("id", row["path"])
    try:
        answer = Response(
            url=str(row.get("url") or ""), body=_saved(beside(listed, row["path"])),
            content_type=str(row.get("content_type") or ""), fetched=datetime.now(UTC),
        )  # fmt: skip
        reading = await pool.run(reading_of, answer)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return {"id": name, "entries": 0, "leads": [], "error": reason}, True
    except UnreadableError as error:
        return {"id": name, "entries": 0, "leads": [], "error": error.reason}, False
    leads = [described(lead) for lead in reading.leads]
    return {"id": name, "entries": reading.entries, "leads": leads, "error": reading.error}, False


def _saved(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(_LARGEST)
    with path.open("rb") as file:
        return file.read(_LARGEST)
