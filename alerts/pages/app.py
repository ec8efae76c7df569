"""The pages put together: which address leads where, and what lies around all of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.resources import files
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from alerts.pages import confirm, feeds, forms, preferences, subscribe, unsubscribe
from alerts.pages.guard import Guard
from alerts.pages.service import Service, service
from alerts.pages.showing import show

_HOUR = "public, max-age=3600"
_ROBOTS = "User-agent: *\nDisallow: /\n"
_FILES = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


def pages(ours: Service, around: Callable[[], AbstractAsyncContextManager[None]] | None = None) -> Starlette:
    """The app; `around` is entered before the first request and left after the last."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if around is None:
            yield
            return
        async with around():
            yield

    secure = urlsplit(ours.head().url).scheme == "https"
    app = Starlette(
        routes=_placed(ours.path, _routes()), middleware=[Middleware(Guard, secure=secure)],
        exception_handlers={HTTPException: _refused}, lifespan=lifespan, max_body_size=forms.LARGEST,
    )  # fmt: skip
    app.router.redirect_slashes = False
    app.state.service = ours
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", _start),
        Route("/subscribe", subscribe.form),
        Route("/subscribe", subscribe.ask, methods=["POST"]),
        Route("/confirm/{token}", confirm.page),
        Route("/confirm/{token}", confirm.agree, methods=["POST"]),
        Route("/preferences/{token}", preferences.page),
        Route("/preferences/{token}", preferences.change, methods=["POST"]),
        Route("/unsubscribe/{token}", unsubscribe.page),
        Route("/unsubscribe/{token}", unsubscribe.leave, methods=["POST"]),
        Route("/feeds", feeds.page),
        Route("/feeds/{name}", feeds.feed),
        Route("/robots.txt", _robots),
        *(Route(f"/{name}", _file, name=name) for name in _FILES),
    ]


def _placed(path: str, routes: list[BaseRoute]) -> list[BaseRoute]:
    """The routes at the root, and where the site's address has a path, there too: a proxy may cut it off or not."""
    return [Mount(path, routes=routes), *routes] if path else routes


async def _start(request: Request) -> Response:
    return RedirectResponse(f"{service(request).path}/subscribe", 303)


async def _robots(_request: Request) -> Response:
    return Response(_ROBOTS, media_type="text/plain", headers={"Cache-Control": _HOUR})


async def _file(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    body = files("alerts.pages").joinpath(name).read_bytes()
    return Response(body, media_type=_FILES[name], headers={"Cache-Control": _HOUR})


async def _refused(request: Request, error: Exception) -> Response:
    """An error as a page."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    return show(request, "refused", error.status_code, reason=error.detail, headers=headers)
