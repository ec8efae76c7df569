"""How the pages are served: nothing of a request is logged, and a proxy is believed when it is named."""

import logging
from collections.abc import Collection

import uvicorn
from starlette.applications import Starlette

GRACEFUL = 10
"""Seconds that requests under way get when the server is told to stop."""
CONNECTIONS = 500
"""More than these at once are turned away (503)."""


def server(app: Starlette, proxies: Collection[str] = ()) -> uvicorn.Server:
    """A server of `app`. The access log is off: addresses hold tokens. `proxies` may tell whom they ask for."""
    config = uvicorn.Config(
        app, access_log=False, log_config=None, log_level=logging.WARNING, server_header=False, lifespan="on",
        http="h11", ws="none", proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies) or None,
        timeout_graceful_shutdown=GRACEFUL, limit_concurrency=CONNECTIONS,
    )  # fmt: skip
    return uvicorn.Server(config)
