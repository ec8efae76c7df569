"""The page on which a subscriber changes topics, rhythm, time and zone."""

from dataclasses import replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import confirmations, links, tokens
from alerts.pages import forms, wishes
from alerts.pages.service import Service, service
from alerts.pages.showing import show
from alerts.pages.wishes import Draft, WishError
from monitor.records import Subscription
from monitor.store import subscribers
from monitor.store.subscribers import Subscriber


async def page(request: Request) -> Response:
    """The settings as they are."""
    subscriber = await _subscriber(request)
    return _page(request, subscriber, wishes.drafted(subscriber.subscription))


async def change(request: Request) -> Response:
    """Take new settings."""
    ours = service(request)
    subscriber = await _subscriber(request)
    fields = await forms.read(request)
    if forms.value(fields, "save") != "yes":
        raise HTTPException(400, "This takes its own button alone.")
    before = wishes.drafted(subscriber.subscription)
    draft = wishes.sent(fields, before)
    try:
        wish = wishes.checked(replace(draft, email=before.email), ours.topics())
    except WishError as error:
        return _page(request, subscriber, draft, error)
    if not await run_in_threadpool(partial(_store, ours, subscriber.id, wish)):
        return _page(request, await _subscriber(request), before)
    topics = ours.topics()
    return show(
        request, "changed", rhythm=confirmations.rhythm(wish), about=confirmations.about(wish, topics),
        back=ours.path + links.preferences(ours.head().keys, subscriber.id),
    )  # fmt: skip


async def _subscriber(request: Request) -> Subscriber:
    """Whose page it is. Raises `HTTPException` 404 for a token that is not ours, or for somebody long gone."""
    ours = service(request)
    number = tokens.read(ours.head().keys, tokens.PREFERENCES, request.path_params["token"])
    found = await run_in_threadpool(partial(_get, ours, number)) if number is not None else None
    if found is None:
        raise HTTPException(404, "This link is not whole, or the subscription is gone.")
    return found


def _get(ours: Service, number: int) -> Subscriber | None:
    with ours.engine.begin() as connection:
        return subscribers.get(connection, number)


def _store(ours: Service, number: int, wish: Subscription) -> bool:
    """Store new settings, but for somebody who left in the meantime."""
    with ours.engine.begin() as connection:
        known = subscribers.get(connection, number)
        if known is None or known.state != "active":
            return False
        subscribers.change(connection, number, wish, changed=True)
        subscribers.begin(connection, number, ours.topics(), ours.clock.now())
        return True


def _page(request: Request, subscriber: Subscriber, draft: Draft, error: WishError | None = None) -> Response:
    ours = service(request)
    if subscriber.state != "active":
        return show(request, "gone")
    errors = error.errors if error else {}
    return show(
        request, "preferences", 422 if errors else 200, draft=draft, errors=errors, topics=ours.topics(),
        zones=wishes.zones(), whose=masked(draft.email), leave=ours.path + links.leave(ours.head().keys, subscriber.id),
    )  # fmt: skip


def masked(email: str) -> str:
    """An address that its owner knows again, and nobody to whom the mail was forwarded: a…@example.org."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"
