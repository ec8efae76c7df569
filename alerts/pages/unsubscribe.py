"""The page to leave by. Opening it changes nothing; its button, or a mail program's one click (RFC 8058), does."""

import logging
from functools import partial

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import confirmations, links, tokens
from alerts.pages import forms
from alerts.pages.service import Service, service
from alerts.pages.showing import show
from monitor.store import consents, subscribers

logger = logging.getLogger(__name__)

ONE_CLICK = ("List-Unsubscribe", "One-Click")
BUTTON = ("unsubscribe", "yes")


async def page(request: Request) -> Response:
    """A button. For whom no mails go out any more, the page says so."""
    ours = service(request)
    purpose, number = _named(request)
    purpose, number, hears = await run_in_threadpool(partial(_look_up, ours, purpose, number))
    if purpose == tokens.DECLINE:
        return show(request, "decline", done=False, days=confirmations.QUIET.days)
    manage = ours.path + links.preferences(ours.head().keys, number)
    return show(request, "unsubscribe", gone=not hears, done=False, manage=manage)


async def leave(request: Request) -> Response:
    """End the subscription, at once and without a second question; once more does no harm."""
    ours = service(request)
    purpose, number = _named(request)
    fields = await forms.read(request)
    if not any(forms.values(fields, name) == (meant,) for name, meant in (ONE_CLICK, BUTTON)):
        raise HTTPException(400, "This takes List-Unsubscribe=One-Click, or its own button.")
    purpose = await run_in_threadpool(partial(_leave, ours, purpose, number))
    if purpose == tokens.DECLINE:
        return show(request, "decline", done=True, days=confirmations.QUIET.days)
    return show(request, "unsubscribe", gone=True, done=True, manage="")


def _named(request: Request) -> tuple[str, int]:
    """What the token is for, and the number in it. Raises `HTTPException` 404 for one that is not ours."""
    keys = service(request).head().keys
    for purpose in (tokens.UNSUBSCRIBE, tokens.DECLINE):
        number = tokens.read(keys, purpose, request.path_params["token"])
        if number is not None:
            return purpose, number
    raise HTTPException(404, "This link is not whole: please copy all of it from the mail.")


def _look_up(ours: Service, purpose: str, number: int) -> tuple[str, int, bool]:
    """What the link stands for by now, and whether mails go there."""
    with ours.engine.begin() as connection:
        purpose, number = _meant(connection, purpose, number)
        known = subscribers.get(connection, number) if purpose == tokens.UNSUBSCRIBE else None
        return purpose, number, known is not None and known.state == "active"


def _leave(ours: Service, purpose: str, number: int) -> str:
    with ours.engine.begin() as connection:
        purpose, number = _meant(connection, purpose, number)
        if purpose == tokens.DECLINE:
            consents.decline(connection, number, ours.clock.now())
            return purpose
        known = subscribers.get(connection, number)
        if known is not None and known.state != "unsubscribed":
            subscribers.set_state(connection, number, "unsubscribed")
            logger.info("subscription %d: unsubscribed", number)
        return purpose


def _meant(connection: sa.Connection, purpose: str, number: int) -> tuple[str, int]:
    """The link of a mail that asked, once that was confirmed, ends the subscription that came of it."""
    if purpose == tokens.DECLINE:
        consent = consents.get(connection, number)
        if consent is not None and consent.subscription_id is not None:
            return tokens.UNSUBSCRIBE, consent.subscription_id
    return purpose, number
