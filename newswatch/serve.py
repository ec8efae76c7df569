"""`newswatch serve`: the subscribers' own pages, and the mails that ask for confirmation."""

import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from monitor import interrupts
from monitor.errors import NewswatchError
from newswatch.context import Context, common, print_json

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from alerts.courier import Courier
    from alerts.messages import Letterhead

logger = logging.getLogger(__name__)


class ServeError(NewswatchError):
    """The server cannot listen; `address` and `reason` say where and why."""

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"cannot listen on {address}: {reason}")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any free one.")
@click.option(
    "--proxy", "proxies", multiple=True, metavar="ADDRESS",
    help="A reverse proxy whose X-Forwarded-For is believed, such as 127.0.0.1; may be repeated.",
)  # fmt: skip
@common
@click.pass_obj
def command(context: Context, host: str, port: int, proxies: tuple[str, ...]) -> None:
    """Serve the subscribers' own pages: subscribe, confirm, preferences, unsubscribe.

    Put a web server that speaks https before it, and its address into site.url. SIGTERM and Ctrl-C end it gracefully.
    """
    from alerts.pages.server import server
    from newswatch.manners import MannersError, sender_refusals

    refused = sender_refusals(context.config)
    if refused:
        raise MannersError(refused)
    for number in interrupts.ENDING:
        signal.signal(number, _stop)
    with _listening(host, port) as listener:
        url = f"http://{_shown(host)}:{listener.getsockname()[1]}"
        site = context.config.settings.site.url or url
        if not context.config.settings.site.url:
            logger.warning(
                "site.url is empty: links in confirmation mails lead to %s, and digests are left by mail", url
            )
        serving = server(app(context, site, proxied=bool(proxies)), proxies)
        for number in interrupts.ENDING:
            signal.signal(number, serving.handle_exit)  # from here on it ends by itself, even if it has hardly begun
        if context.json:
            print_json({"url": url, "site": site})
        else:
            click.echo(f"Serving {url}/subscribe", err=True)
        serving.run(sockets=[listener])


def app(context: Context, site: str, *, proxied: bool = False) -> "Starlette":
    """The pages of a configuration; `site` is their address, `proxied` says that a known proxy stands before them."""
    from alerts.pages.app import pages
    from alerts.pages.service import Service

    courier = _courier(context)
    topics = {topic.id: topic.name for topic in context.config.topics}
    service = Service(
        engine=context.store, clock=context.clock, head=_letterhead(context, site), topics=lambda: topics,
        time_zone=context.config.settings.site.time_zone, path=urlsplit(site).path.rstrip("/"), queued=courier.call,
        proxied=proxied, fresh=context.config.settings.crawl.fresh,
    )  # fmt: skip

    @asynccontextmanager
    async def around() -> AsyncIterator[None]:
        with courier.at_work():
            yield

    return pages(service, around)


def _courier(context: Context) -> "Courier":
    """Who sends the confirmation mails, and forgets what nobody confirmed."""
    from alerts.confirmations import QUIET
    from alerts.courier import Courier
    from monitor.store import consents
    from newswatch.letterhead import transport

    def forget() -> None:
        now = context.clock.now()
        with context.store.begin() as connection:
            consents.forget(connection, now - timedelta(days=1), now - QUIET)

    return Courier(context.store, context.clock, lambda: transport(context), {"confirmation"}, chore=forget)


def _letterhead(context: Context, site: str) -> "Callable[[], Letterhead]":
    """The letterhead, made anew when the keys file changes: a key can be added without a restart."""
    from dataclasses import replace

    from alerts.tokens import KeysError
    from newswatch.letterhead import letterhead

    path = context.config.settings.keys_file
    head = replace(letterhead(context), url=site)
    made = path.stat()

    def current() -> "Letterhead":
        nonlocal head, made
        try:
            now = path.stat()
            if (now.st_mtime_ns, now.st_size, now.st_ino) != (made.st_mtime_ns, made.st_size, made.st_ino):
                head, made = replace(head, keys=letterhead(context).keys), now
        except (OSError, KeysError) as error:
            logger.warning("the former keys count: %s", error)
        return head

    return current


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `ServeError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise ServeError(f"{_shown(host)}:{port}", error.strerror or str(error)) from error


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
