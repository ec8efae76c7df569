"""What surrounds every page: headers that tell browsers to trust nothing else, and errors that give nothing away."""

import logging
import traceback

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
"""A page's own word for one of them goes before it. Addresses hold tokens: no referrer, no cache, no index."""
SECURE = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """Adds the headers, and answers 500 to what nobody foresaw, without a trace of the request in the log."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        self._headers = HEADERS | SECURE if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except ClientDisconnect:
            logger.debug("a client went away")
        except Exception as error:  # noqa: BLE001 - the last resort
            # Its message may hold an address (a database's error shows the values): only where it came from is told.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("a page failed with %s\n%s", type(error).__name__, where)
            if not started:
                response = PlainTextResponse("Something went wrong here. Please try again later.\n", status_code=500)
                await response(scope, receive, guarded)
