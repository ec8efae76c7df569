"""What every page needs, in plain values, and how a request gets at it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa
from starlette.requests import Request

from alerts.messages import Letterhead
from alerts.pages.limits import Limiter
from monitor.clock import Clock

ASKS = 30
"""Wishes a client may make at once …"""
ASK_EVERY = 20.0
"""… and then one in so many seconds."""
ALL_ASKS = 300
"""The same for all clients together …"""
ALL_ASK_EVERY = 10.0
"""… so that no swarm of them can make us write to the whole world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The store, the clock, whose pages they are, and what keeps them from being abused."""

    engine: sa.Engine
    clock: Clock
    head: Callable[[], Letterhead]
    """Asked at every request, so that a new key counts at once."""
    topics: Callable[[], Mapping[str, str]]
    """Topic id → name, in the watchlist's order."""
    time_zone: str
    """What a new subscriber's is taken to be."""
    fresh: timedelta = timedelta(hours=72)
    """How old a story may be that a source already carried at first sight."""
    path: str = ""
    """The path of the site's address: /news of https://example.org/news."""
    proxied: bool = False
    """Whether a proxy tells whom it asks for."""
    queued: Callable[[], None] = lambda: None
    """Called when there is a mail to send."""
    clients: Limiter = field(default_factory=lambda: Limiter(burst=ASKS, every=ASK_EVERY))
    everyone: Limiter = field(default_factory=lambda: Limiter(burst=ALL_ASKS, every=ALL_ASK_EVERY))
    asking: threading.Lock = field(default_factory=threading.Lock)
    """One wish at a time: two clicks at once are one mail."""


def service(request: Request) -> Service:
    """The service of the app that a request came to."""
    found: Service = request.app.state.service
    return found
