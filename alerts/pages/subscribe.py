"""The page to subscribe by: a form, and one answer to whatever address is typed into it."""

import logging
import math
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import confirmations
from alerts.pages import forms, wishes
from alerts.pages.limits import client
from alerts.pages.service import Service, service
from alerts.pages.showing import show
from alerts.pages.wishes import Draft, WishError
from monitor.records import Subscription

logger = logging.getLogger(__name__)


async def form(request: Request) -> Response:
    """The empty form."""
    return _page(request, Draft(time_zone=service(request).time_zone))


async def ask(request: Request) -> Response:
    """Take a wish, and say that a mail is on its way: the same to known addresses and unknown ones."""
    ours = service(request)
    fields = await forms.read(request)
    draft = wishes.sent(fields, Draft(time_zone=ours.time_zone))
    try:
        wish = wishes.checked(draft, ours.topics())
    except WishError as error:
        return _page(request, draft, error)
    _hold_back(request, ours)
    if await run_in_threadpool(partial(_queue, ours, wish)):
        ours.queued()
    return show(request, "asked", email=wish.email, days=confirmations.EXPIRES.days)


def _page(request: Request, draft: Draft, error: WishError | None = None) -> Response:
    ours = service(request)
    errors = error.errors if error else {}
    return show(
        request, "subscribe", 422 if errors else 200, draft=draft, errors=errors, topics=ours.topics(),
        zones=wishes.zones(),
    )  # fmt: skip


def _hold_back(request: Request, ours: Service) -> None:
    """Raise `HTTPException` 429 for a client, 503 for all clients together, that ask too often."""
    if "x-forwarded-for" in request.headers and not ours.proxied:
        logger.warning("a proxy seems to stand before the pages: name it with --proxy, or its clients count as one")
    seconds = ours.clients.wait(client(request.client.host if request.client else None))
    if seconds:
        raise _later(429, "Too many requests from your address.", seconds)
    seconds = ours.everyone.wait()
    if seconds:
        raise _later(503, "Too many people are asking just now.", seconds)


def _later(status: int, reason: str, seconds: float) -> HTTPException:
    minutes = max(1, math.ceil(seconds / 60))
    detail = f"{reason} Please try again in {minutes} minute{'s' if minutes > 1 else ''}."
    return HTTPException(status, detail, headers={"Retry-After": str(math.ceil(seconds))})


def _queue(ours: Service, wish: Subscription) -> bool:
    now = ours.clock.now()
    with ours.asking, ours.engine.begin() as connection:
        return confirmations.ask(connection, ours.head(), wish, ours.topics(), now)
