"""The way to whatever is no mail box: JSON webhooks, and with the extra `channels` all that Apprise knows."""

import contextlib
import importlib.util
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from alerts.transports import Reply, Transport
from monitor import channels
from monitor.store.outbox import Mail

LONGEST = 3_800
"""Bytes of a text for a channel, where its service takes as much: nobody reads more, and ntfy makes a file of it."""
_TIMEOUT = 60
"""Seconds that Apprise may take over one message."""
_MISSING = "needs the extra `channels`: pip install 'newswatch[channels]'"
_STATUS = re.compile(r"\berror[=: ]+(\d{3})\b")
_NEVER_CAME = re.compile(r"NewConnectionError|NameResolutionError|ConnectTimeout|SSLError|Connection refused")


class ChannelTransport:
    """Hands what goes to channels over: to webhooks by `webhooks`, to all else by Apprise."""

    def __init__(self, webhooks: Transport) -> None:
        self._webhooks = webhooks

    def deliver(self, mail: Mail) -> Reply:
        """Hand over one message."""
        return self._webhooks.deliver(mail) if channels.kind(mail.channel) == "webhook" else _by_apprise(mail)

    def close(self) -> None:
        """Nothing is kept open."""
        self._webhooks.close()


def objection(address: str) -> str:
    """Why a channel's address cannot be used on this machine, and the mend; empty where it can. Shows nothing of it."""
    if channels.kind(address) == "webhook":
        return ""
    if importlib.util.find_spec("apprise") is None:
        return _MISSING
    if _service(address) is None:
        return f"is no address that Apprise can use ({address.partition('://')[0]}://…); see its documentation"
    return ""


def room(address: str) -> tuple[int, int]:
    """Bytes that a title and a text may have: what the service takes, less what escaping may add."""
    service = _service(address) if not objection(address) else None
    if service is None:
        return 200, LONGEST
    title, body = service.title_maxlen or 200, service.body_maxlen
    left = body if service.title_maxlen else body - 200
    return min(title, 200), max(min(LONGEST, int(max(left, body // 2) * 0.9)), 60)


def _by_apprise(mail: Mail) -> Reply:
    problem = objection(mail.channel)
    if problem:
        return Reply(outcome="temporary", code=0, text=problem)
    words = json.loads(mail.message)
    import apprise

    to = apprise.Apprise(asset=_asset())
    with _quietly() as said:
        to.add(_service(mail.channel))
        try:
            sent = to.notify(title=words["title"], body=words["body"], body_format=apprise.NotifyFormat.TEXT,
                             timeout=_TIMEOUT)  # fmt: skip
        except Exception as error:  # noqa: BLE001 - a service's own trouble; its words could hold the address
            return Reply(outcome="unknown", text=f"Apprise failed with {type(error).__name__}")
    if sent:
        return Reply(outcome="sent", text="sent by Apprise")
    codes = [found[1] for line in said if (found := _STATUS.search(line))]
    if codes:
        return Reply(outcome="temporary", text=f"not taken: HTTP {codes[-1]}")
    if any(_NEVER_CAME.search(line) for line in said):
        return Reply(outcome="temporary", text="not taken: no connection")
    return Reply(outcome="unknown", text="no answer that Apprise can read")


def _service(address: str) -> Any:
    import apprise

    with _quietly():
        return apprise.Apprise.instantiate(address, asset=_asset())


def _asset() -> Any:
    """No redirect is followed, nothing is kept on disk."""
    import apprise

    asset = apprise.AppriseAsset(storage_mode=apprise.PersistentStoreMode.MEMORY, app_id="newswatch")
    asset.http_redirects = False
    return asset


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextlib.contextmanager
def _quietly() -> Iterator[list[str]]:
    """What Apprise and its HTTP client would log is listened to, and goes nowhere: it quotes addresses."""
    ear, loggers = _Ear(), [logging.getLogger(name) for name in ("apprise", "urllib3", "urllib3.connectionpool")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [ear], False
    try:
        yield ear.said
    finally:
        for logger, (handlers, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
