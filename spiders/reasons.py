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
    for link in chain:
        reason = _known(link, timeout)
        if reason:
            return reason
    text = " ".join(str(chain[-1]).split())[:200]
    return f"{type(chain[-1]).__name__}: {text}" if text else type(chain[-1]).__name__


def trouble_of(error: BaseException) -> Trouble:
    """The name of the trouble that lies in an exception of a download."""
    for link in _causes(error):
        if isinstance(link, Refusal):
            return link.trouble
        if isinstance(link, RefusedAddressError):
            return "private_address"
        if isinstance(link, OpenSSLError) or type(link).__name__ == "VerificationError":
            return "tls"
        found = next((trouble for kinds, trouble in _TROUBLES if isinstance(link, kinds)), None)
        if found:
            return found
    return "other"


_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], Trouble], ...] = (
    ((CannotResolveHostError, DNSLookupError), "dns"),
    ((DownloadConnectionRefusedError, TwistedConnectionRefused), "refused"),
    ((DownloadTimeoutError, TwistedTimeout), "timeout"),
    ((NoRouteError, ResponseDataLossError, ConnectionLost, ConnectionDone), "broken"),
    ((DownloadCancelledError, ConnectionAborted), "too_large"),
)


def is_lasting(error: BaseException) -> bool:
    """Whether asking again is pointless: what we refuse stays refused."""
    return any((isinstance(e, Refusal) and e.lasting) or isinstance(e, RefusedAddressError) for e in _causes(error))


def _known(error: BaseException, timeout: float) -> str:
    if isinstance(error, Refusal):
        return error.reason
    if isinstance(error, RefusedAddressError):
        return str(error)
    if isinstance(error, OpenSSLError) or type(error).__name__ == "VerificationError":
        return f"TLS: {_tls(error)}"
    if isinstance(error, (CannotResolveHostError, DNSLookupError)):
        return "DNS: the host name is not known"
    if isinstance(error, (DownloadConnectionRefusedError, TwistedConnectionRefused)):
        return "connection refused"
    if isinstance(error, (DownloadTimeoutError, TwistedTimeout)):
        return f"timed out after {timeout:g} s" if timeout else "timed out"
    if isinstance(error, NoRouteError):
        return "no route to the host"
    if isinstance(error, ResponseDataLossError):
        return "the answer broke off"
    if isinstance(error, UnsupportedURLSchemeError):
        return "not an http or https address"
    if isinstance(error, (DownloadCancelledError, ConnectionAborted)):
        return "the answer is too large"
    return ""


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
