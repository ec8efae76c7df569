"""`newswatch extract`: what a page says of itself; one page, or a list of saved ones on all cores."""

import asyncio
import sys
import zlib
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.errors import NewswatchError
from monitor.records import Extract, Response
from newswatch.context import Context, common, print_json
from newswatch.listed import Line, beside, print_lines

if TYPE_CHECKING:
    from spiders.pool import Pool

_PLAIN = 10 * 1024 * 1024
"""Bytes of a page that are unpacked."""


class NoPageError(NewswatchError):
    """There is no page at `target`."""

    def __init__(self, target: str, reason: str) -> None:
        self.target = target
        super().__init__(f"{target}: {reason}")


@click.command("extract")
@click.argument("target", metavar="FILE|URL", required=False)
@click.option(
    "--list", "listed", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True), metavar="FILE",
    help='Read {"id", "path", "url"} lines (gzip if a path ends in .gz), print a line for each, in this order.',
)  # fmt: skip
@click.option("--url", "address", metavar="URL", default="", help="The address that a saved page came from.")
@common
@click.pass_obj
def command(context: Context, target: str | None, listed: Path | None, address: str) -> int:
    """Show title, date, authors, language and text of a page, and whether it is an article at all.

    A page of the web is asked for with the manners of a crawl. Paths in a list are taken from where the command
    runs, else from where the list lies.
    """
    if (target is None) == (listed is None):
        raise click.UsageError("name one page, or a list of them with --list FILE")
    if listed is not None:
        return print_lines(listed, partial(_result, listed))
    page = _page(context, str(target), address)
    found = extracted(page, page.url or "the page")
    _show(context, found)
    return 0 if found.page_type == "article" else 1


def described(extract: Extract) -> dict[str, Any]:
    """An extract as programs read it: dates in ISO 8601, in the page's own offset; a bare day where it gave no hour."""
    return {
        "title": extract.title,
        "published": _time(extract),
        "modified": extract.modified.isoformat().replace("+00:00", "Z") if extract.modified else None,
        "authors": list(extract.authors),
        "body": extract.body,
        "language": extract.language,
        "page_type": extract.page_type,
        "published_from": extract.published_from,
        "canonical_url": extract.canonical_url,
        "partial": extract.partial,
    }


def _time(extract: Extract) -> str | None:
    if extract.published is None:
        return None
    local = extract.published.astimezone(timezone(timedelta(minutes=extract.published_offset)))
    if extract.precision == "day":
        return local.date().isoformat()
    return local.isoformat().replace("+00:00", "Z")


# -- one page


def _page(context: Context, target: str, address: str) -> Response:
    if not target.startswith(("http://", "https://")):
        return Response(url=address, body=_read(Path(target)), fetched=datetime.now(UTC))
    from monitor.records import Source
    from newswatch import fetching
    from newswatch.manners import MannersError, contact_refusals
    from spiders import single

    if reasons := contact_refusals(context.config, (Source(name=target, home=target),)):
        raise MannersError(reasons)
    return single.fetch(target, fetching.plan(context.config, (), context.clock))


def _read(path: Path) -> bytes:
    """A saved page, unpacked. Raises `NoPageError`."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return _unpacked(data) if path.suffix == ".gz" else data
    except (OSError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NoPageError(str(path), reason) from error


def _unpacked(data: bytes) -> bytes:
    return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, _PLAIN)


def extracted(page: Response, name: str) -> Extract:
    """What a page says of itself, read in a process that is killed when it hangs. Raises `NoPageError`."""
    from spiders import reading
    from spiders.pool import UnreadableError

    try:
        return asyncio.run(_in_pool(reading.article, page))
    except UnreadableError as error:
        raise NoPageError(name, error.reason) from error


async def _in_pool(read: Any, page: Response) -> Extract:
    from spiders.pool import Pool

    pool = Pool(workers=1)
    try:
        found: Extract = await pool.run(read, page.body, page.url, page.content_type, page.fetched)
        return found
    finally:
        pool.stop()


def _show(context: Context, found: Extract) -> None:
    if context.json:
        print_json(described(found))
        return
    facts = described(found)
    for name in ("title", "published", "published_from", "modified", "authors", "language", "page_type", "partial"):
        value = facts[name]
        if value:
            click.echo(f"{name:15} {', '.join(value) if isinstance(value, list) else value}")
    if found.body:
        click.echo(f"\n{found.body}")


# -- a list of pages


async def _result(listed: Path, row: Any, number: int, pool: "Pool") -> Line:
    from spiders import reading
    from spiders.pool import UnreadableError

    if not isinstance(row, dict) or not isinstance(row.get("path"), str):
        name = row.get("id") if isinstance(row, dict) else None
        return _unread(name, f'line {number} is no {{"id", "path", "url"}} object')
    try:
        page = _read(beside(listed, row["path"]))
        extract = await pool.run(reading.article, page, str(row.get("url") or ""), "", None)
    except NoPageError as error:
        return _unread(row.get("id"), str(error))
    except UnreadableError as error:
        return _unread(row.get("id"), error.reason)
    return {"id": row.get("id"), **described(extract)}, False


def _unread(name: Any, error: str) -> Line:
    return {"id": name, **described(Extract()), "error": error}, True
