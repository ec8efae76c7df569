"""Why something could not be fetched, in words that an operator understands."""

import http
from collections.abc import Iterator

from OpenSSL.SSL import Error as OpenSSLError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectionAborted, ConnectionDone, ConnectionLost, DNSLookupError, NoRouteError
from twisted.internet.error import ConnectionRefusedError as TwistedConnectionRefused
from twisted.internet.error import TimeoutError as TwistedTimeout

from monitor.addresses import RefusedAddressError
from monitor.health.troubles import Trouble


class Refusal(IgnoreRequest):
    """A request that we do not make, or an answer that we do not take; `reason` says why.

    `lasting` where asking again would change nothing; `trouble` is the reason's name.
    """

    def __init__(self, reason: str, *, lasting: bool = False, trouble: Trouble = "other") -> None:
        self.reason, self.lasting, self.trouble = reason, lasting, trouble
        super().__init__(reason)


class Unreachable(Refusal):
    """Not asked, because its robots.txt could not be asked for: the trouble is the host's, not a rule of ours."""


class Postponed(Refusal):
    """The server asked to be left alone for now."""


class Stopped(IgnoreRequest):
    """The run's time is over, or a signal ended it; the request waits for the next run."""


def of_status(status: int) -> str:
    """The reason that an HTTP status is, or nothing for 2xx and 304."""
    if 200 <= status < 300 or status == 304:
        return ""
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP {status} {phrase}".strip()


def spell(seconds: float) -> str:
    """A duration in words.

    >>> spell(90), spell(86400)
    ('2 min', '24 h')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{-(-seconds // 60):.0f} min" if seconds < 7200 else f"{-(-seconds // 3600):.0f} h"


def of_exception(error: BaseException, *, timeout: float = 0.0) -> str:
    """The reason that lies in an exception of a download."""
    chain = list(_causes(error))
    reason = next((reason for _, reason in map(_named, chain) if reason), "")
    if reason == _TIMED_OUT and timeout:
        return f"{reason} after {timeout:g} s"
    text = " ".join(str(chain[-1]).split())[:200]
    return reason or (f"{type(chain[-1]).__name__}: {text}" if text else type(chain[-1]).__name__)


def trouble_of(error: BaseException) -> Trouble:
    """The name of the trouble that lies in an exception of a download."""
    return next((trouble for trouble, _ in map(_named, _causes(error)) if trouble), "other")


def is_lasting(error: BaseException) -> bool:
    """Whether asking again is pointless: what we refuse stays refused."""
    return any((isinstance(e, Refusal) and e.lasting) or isinstance(e, RefusedAddressError) for e in _causes(error))


_TIMED_OUT = "timed out"
_KINDS: tuple[tuple[tuple[type[BaseException], ...], Trouble, str], ...] = (
    ((CannotResolveHostError, DNSLookupError), "dns", "DNS: the host name is not known"),
    ((DownloadConnectionRefusedError, TwistedConnectionRefused), "refused", "connection refused"),
    ((DownloadTimeoutError, TwistedTimeout), "timeout", _TIMED_OUT),
    ((NoRouteError,), "broken", "no route to the host"),
    ((ResponseDataLossError,), "broken", "the answer broke off"),
    ((ConnectionLost, ConnectionDone), "broken", ""),
    ((UnsupportedURLSchemeError,), "other", "not an http or https address"),
    ((DownloadCancelledError, ConnectionAborted), "too_large", "the answer is too large"),
)
"""Exceptions, the trouble that they are, and the reason where that is not the exception's own words."""


def _named(error: BaseException) -> tuple[Trouble, str]:
    """(trouble, reason) of one exception; "" for what it does not tell."""
    if isinstance(error, Refusal):
        return error.trouble, error.reason
    if isinstance(error, RefusedAddressError):
        return "private_address", str(error)
    if isinstance(error, OpenSSLError) or type(error).__name__ == "VerificationError":
        return "tls", f"TLS: {_tls(error)}"
    return next(((trouble, reason) for kinds, trouble, reason in _KINDS if isinstance(error, kinds)), ("", ""))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, what it was raised from, and what Twisted wrapped, outermost first."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting.append(link.__cause__)
        waiting += [getattr(reason, "value", None) for reason in getattr(link, "reasons", ()) or ()]


def _tls(error: BaseException) -> str:
    if isinstance(error, OpenSSLError):
        parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
        words = "; ".join(str(part[-1]) for part in parts if part)
        return words or "the connection broke"
    return "the certificate is for another host"
