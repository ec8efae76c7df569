"""The feeds of the topics, for feed readers; and a page that lists them."""

import hashlib
from functools import partial
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import feeds
from alerts.feeds import Channel, Form
from alerts.pages.service import Service, service
from alerts.pages.showing import show
from monitor.store.engine import read

_HEADERS = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}


async def page(request: Request) -> Response:
    """The list."""
    return show(request, "feeds", topics=service(request).topics())


async def feed(request: Request) -> Response:
    """One feed; 304 where the reader has it already."""
    ours = service(request)
    topic_id, _, form = request.path_params["name"].rpartition(".")
    topic = ours.topics().get(topic_id)
    if topic is None or form not in feeds.MEDIA:
        raise HTTPException(404, "There is no such feed.")
    channel = Channel(site=ours.head().site, topic_id=topic_id, topic=topic, url=ours.head().url, fresh=ours.fresh)
    body = await run_in_threadpool(partial(_written, ours, channel, cast("Form", form)))
    headers = {**_HEADERS, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=feeds.MEDIA[form], headers=headers)


def _written(ours: Service, channel: Channel, form: Form) -> bytes:
    with read(ours.engine) as connection:
        return feeds.write(connection, channel, form)
