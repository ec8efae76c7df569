"""Plain HTTP requests without Scrapy: to permitted addresses only, in bounded time, with certificates verified."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from spiders.addresses import AddressGuard, RefusedAddressError

MAX_BYTES = 10 * 1024 * 1024


class Deadlines:
    """Shuts the sockets of requests that take too long, however slowly something still comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due: dict[socket.socket, float] = {}

    def set(self, connected: socket.socket, seconds: float) -> None:
        """Give `connected` so many seconds from now."""
        with self._lock:
            self._due[connected] = time.monotonic() + seconds

    def drop(self, connected: socket.socket) -> None:
        """`connected` is done with."""
        with self._lock:
            self._due.pop(connected, None)

    def enforce(self) -> None:
        """Shut what is overdue; to be called a few times a second."""
        now = time.monotonic()
        with self._lock:
            for overdue in [s for s, due in self._due.items() if due <= now]:
                del self._due[overdue]
                try:
                    overdue.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Asker:
    """Makes single requests. `timeout` is what one may take in all, seconds."""

    def __init__(self, guard: AddressGuard, agent: str, timeout: float, deadlines: Deadlines) -> None:
        self._guard, self._agent, self._timeout, self._deadlines = guard, agent, timeout, deadlines

    def ask(self, url: str, headers: Mapping[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body, not decompressed; no redirect is followed.

        Raises `OSError` or `http.client.HTTPException`, and `ValueError` for an address that cannot be asked.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or any(c <= " " for c in url):
            raise ValueError(url)
        begun = time.monotonic()
        plain = self._connect(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        self._deadlines.set(plain, self._timeout - (time.monotonic() - begun))
        connected: socket.socket = plain
        try:
            if parts.scheme == "https":
                secure = _tls().wrap_socket(plain, server_hostname=parts.hostname, do_handshake_on_connect=False)
                self._deadlines.set(secure, self._timeout - (time.monotonic() - begun))
                connected = secure
                secure.do_handshake()
            return self._exchange(connected, parts.netloc.rpartition("@")[2], url, headers)
        finally:
            self._deadlines.drop(plain)
            self._deadlines.drop(connected)
            connected.close()

    def _connect(self, host: str, port: int) -> socket.socket:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        permitted = [address for address in found if self._guard.permits(address)]
        if not permitted:
            raise RefusedAddressError(host, found[0] if found else host)
        return socket.create_connection((permitted[0], port), timeout=self._timeout)

    def _exchange(
        self, connected: socket.socket, host: str, url: str, headers: Mapping[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", f"User-Agent: {self._agent}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        connected.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        answer = http.client.HTTPResponse(connected, method="GET")
        try:
            answer.begin()
            body = b"" if answer.status == 304 else answer.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                raise http.client.HTTPException("too large")
            return answer.status, answer.getheaders(), body
        finally:
            answer.close()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
