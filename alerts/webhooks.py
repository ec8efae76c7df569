"""JSON webhooks: one signed POST a delivery, by the rules of Standard Webhooks (standardwebhooks.com).

The signed bytes are `id.timestamp.body`. The id is the delivery's key in the outbox, the same at every try; the
timestamp (Unix, seconds) is the try's. Each subscriber has a secret of its own, made from the signing keys and its
address.
"""

import base64
import contextlib
import hashlib
import hmac
import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from alerts.transports import Reply
from monitor.addresses import AddressGuard, RefusedAddressError
from monitor.clock import Clock
from monitor.store.outbox import Mail

TIMEOUT = 30.0
"""Seconds that one delivery may take in all."""
_ADDRESSES = 3
"""Addresses of a host that are tried."""
_LATER = {408, 425, 429}
_PORTS = {"http": 80, "https": 443}
_PREFIX = "whsec_"


def secret(key: str, address: str) -> str:
    """The secret that a receiver at `address` verifies with, as Standard Webhooks write it; `key` is a signing key."""
    made = hmac.new(key.encode(), b"newswatch.webhook:" + address.encode(), hashlib.sha256).digest()
    return _PREFIX + base64.b64encode(made).decode()


def signature(secret: str, delivery: str, timestamp: int, body: bytes) -> str:
    """The signature of a delivery: `v1,` and the HMAC-SHA256 in base64."""
    signed = f"{delivery}.{timestamp}.".encode() + body
    mac = hmac.new(base64.b64decode(secret.removeprefix(_PREFIX)), signed, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


class WebhookTransport:
    """Posts what goes to webhooks, to permitted addresses only. `keys` are the signing keys, oldest first: all sign."""

    def __init__(self, keys: Sequence[str], guard: AddressGuard, clock: Clock, timeout: float = TIMEOUT) -> None:
        self._keys, self._guard, self._clock, self._timeout = keys, guard, clock, timeout

    def deliver(self, mail: Mail) -> Reply:
        """Post a delivery; what is said of it names no address but the host's."""
        url = urlsplit(mail.channel)
        connection = _Connection(url.hostname or "", url.port or _PORTS[url.scheme], self._guard, self._timeout,
                                 secure=url.scheme == "https")  # fmt: skip
        given, ending = False, threading.Timer(self._timeout, connection.cut)
        ending.daemon = True
        ending.start()
        try:
            connection.connect()
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            connection.putrequest("POST", _ascii(path), skip_accept_encoding=True)
            for name, value in self._headers(mail).items():
                connection.putheader(name, value)
            connection.endheaders(mail.message)
            given = True
            response = connection.getresponse()
            return self._answer(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = "no answer in time" if connection.late or isinstance(error, TimeoutError) else _reason(error)
            return Reply(outcome="unknown" if given else "temporary", text=late)
        finally:
            ending.cancel()
            connection.close()

    def close(self) -> None:
        """Nothing is kept open."""

    def _headers(self, mail: Mail) -> dict[str, str]:
        timestamp = int(self._clock.now().timestamp())
        signed = (signature(secret(key, mail.channel), mail.key, timestamp, mail.message) for key in self._keys[::-1])
        headers = {
            "Content-Type": "application/json", "Content-Length": str(len(mail.message)), "User-Agent": "newswatch",
            "Connection": "close", "webhook-id": mail.key, "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(signed),
        }  # fmt: skip
        url = urlsplit(mail.channel)
        if url.username is not None:
            user = f"{unquote(url.username)}:{unquote(url.password or '')}"
            headers["Authorization"] = "Basic " + base64.b64encode(user.encode()).decode()
        return headers

    def _answer(self, response: http.client.HTTPResponse) -> Reply:
        code = response.status
        text = http.client.responses.get(code, "HTTP")
        if 200 <= code < 300:
            return Reply(outcome="sent", code=code, text=text)
        if code == HTTPStatus.GONE:
            return Reply(outcome="gone", code=code, text="Gone: it is written to no more")
        if code in _LATER or code >= 500 or code < 200:
            return Reply(
                outcome="temporary", code=code, text=text, after=self._after(response.getheader("Retry-After"))
            )
        if code < 400:
            return Reply(outcome="failed", code=code, text=f"{text}: redirects are not followed; name the last address")
        return Reply(outcome="failed", code=code, text=text)

    def _after(self, value: str | None) -> float | None:
        """Seconds that Retry-After asks for (RFC 9110 10.2.3), `None` where it says nothing."""
        if value is None or re.fullmatch(r"\d{1,9}", value.strip()):
            return float(value) if value else None
        try:
            return max((parsedate_to_datetime(value) - self._clock.now()).total_seconds(), 0.0)
        except (ValueError, TypeError):
            return None


class _Connection(http.client.HTTPConnection):
    """A connection to an address that the guard has seen: the name is not looked up a second time."""

    def __init__(self, host: str, port: int, guard: AddressGuard, timeout: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = _PORTS["https" if secure else "http"]
        self.late = False
        self._guard, self._secure, self._until = guard, secure, time.monotonic() + timeout

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host.encode("idna"), self.port, type=socket.SOCK_STREAM)
        permitted = [entry for entry in found if self._guard.permits(str(entry[4][0]))]
        if not permitted:
            raise RefusedAddressError(self.host, str(found[0][4][0]) if found else self.host)
        self._connect([(family, address) for family, _, _, _, address in permitted])
        if self._secure:
            self.sock = secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            secured.do_handshake()

    def _connect(self, addresses: Sequence[tuple[socket.AddressFamily, Any]]) -> None:
        problem = OSError("it has no address")
        for family, address in addresses[:_ADDRESSES]:
            left = self._until - time.monotonic()
            if left <= 0 or self.late:
                break
            self.sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                self.sock.settimeout(left)
                self.sock.connect(address)
            except OSError as error:
                self.sock.close()
                problem = error
            else:
                return
        raise problem

    def cut(self) -> None:
        """The time is up: whatever waits for the server waits no more."""
        self.late = True
        with contextlib.suppress(OSError, AttributeError):  # there may be no socket yet, or no longer
            self.sock.shutdown(socket.SHUT_RDWR)


def _ascii(path: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path)


def _reason(error: Exception) -> str:
    """Why it did not come about; never what an error quotes of the address."""
    if isinstance(error, RefusedAddressError):
        return f"{error}; crawl.allow_networks may name its network"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return f"no HTTP answer ({type(error).__name__})"
