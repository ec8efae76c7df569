"""The page that a link in a mail opens: a button that makes a wish come true. Opening it changes nothing."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import confirmations, links, tokens
from alerts.confirmations import Answer
from alerts.pages import forms
from alerts.pages.service import Service, service
from alerts.pages.showing import show
from monitor.store import consents
from monitor.store.consents import Consent

_STATUS = {"expired": 410, "declined": 410, "ended": 410}


async def page(request: Request) -> Response:
    """What would be agreed to, and the button."""
    return await _answer(request, agreed=False)


async def agree(request: Request) -> Response:
    """The button was pressed."""
    if forms.value(await forms.read(request), "confirm") != "yes":
        raise HTTPException(400, "This takes its own button alone.")
    return await _answer(request, agreed=True)


async def _answer(request: Request, *, agreed: bool) -> Response:
    ours = service(request)
    number = tokens.read(ours.head().keys, tokens.CONFIRM, request.path_params["token"])
    found = await run_in_threadpool(partial(_stand, ours, number, agreed)) if number is not None else None
    if found is None:
        raise HTTPException(404, "This link is not whole, or it has long expired.")
    consent, answer = found
    known = consent.subscription_id
    manage = ours.path + links.preferences(ours.head().keys, known) if known else ""
    return show(
        request, "confirm", _STATUS.get(answer, 200), answer=answer, agreed=agreed, wording=consent.wording,
        manage=manage, days=confirmations.EXPIRES.days,
    )  # fmt: skip


def _stand(ours: Service, number: int, agreed: bool) -> tuple[Consent, Answer] | None:
    with ours.engine.begin() as connection:
        consent = consents.get(connection, number, lock=agreed)
        if consent is None:
            return None
        now = ours.clock.now()
        if not agreed:
            return consent, confirmations.standing(connection, consent, now)
        answer = confirmations.confirm(connection, consent, ours.topics(), now)
        return consents.get(connection, number) or consent, answer
