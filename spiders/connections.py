"""Plain HTTP requests without Scrapy: to permitted addresses only, in bounded time, with certificates verified."""

import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from spiders.addresses import AddressGuard, RefusedAddressError

if TYPE_CHECKING:
    import ssl

MAX_BYTES = 10 * 1024 * 1024
MAX_HEAD = 64 * 1024
_PORTS = {"http": 80, "https": 443}


class BrokenAnswerError(OSError):
    """What came is no HTTP answer, or larger than we take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body as they were sent, not decompressed."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Deadlines:
    """Shuts the sockets of requests that take too long, however slowly something still comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due: dict[socket.socket, float] = {}

    def set(self, connected: socket.socket, at: float) -> None:
        """Give `connected` until `at` on the monotonic clock."""
        with self._lock:
            self._due[connected] = at

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

    def ask(self, url: SplitResult, headers: Mapping[str, str]) -> Answer:
        """What the server answers; no redirect is followed, and of a 304 only the status is read.

        Raises `OSError`, and `ValueError` for an address that cannot be asked.
        """
        if url.scheme not in _PORTS or not url.hostname or any(c <= " " for c in url.geturl()):
            raise ValueError(url.geturl())
        due = time.monotonic() + self._timeout
        connected = self._connect(url.hostname, url.port or _PORTS[url.scheme])
        self._deadlines.set(connected, due)
        try:
            if url.scheme == "https":
                plain = connected
                connected = _tls().wrap_socket(plain, server_hostname=url.hostname, do_handshake_on_connect=False)
                self._deadlines.drop(plain)
                self._deadlines.set(connected, due)
                connected.do_handshake()
            connected.sendall(self._request(url, headers))
            return _answer(connected)
        finally:
            self._deadlines.drop(connected)
            connected.close()

    def _connect(self, host: str, port: int) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        permitted = [entry for entry in found if self._guard.permits(str(entry[4][0]))]
        if not permitted:
            raise RefusedAddressError(host, str(found[0][4][0]) if found else host)
        connected = socket.socket(permitted[0][0], socket.SOCK_STREAM)
        connected.settimeout(self._timeout)
        try:
            connected.connect(permitted[0][4])
        except OSError:
            connected.close()
            raise
        return connected

    def _request(self, url: SplitResult, headers: Mapping[str, str]) -> bytes:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        lines = [f"GET {path} HTTP/1.1", f"Host: {url.netloc.rpartition('@')[2]}", f"User-Agent: {self._agent}"]
        lines += ["Connection: close", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).encode("latin-1")


def _answer(connected: socket.socket) -> Answer:
    head = b""
    while b"\r\n\r\n" not in head and b"\n\n" not in head:
        more = connected.recv(MAX_HEAD)
        head += more
        if not more or len(head) > MAX_HEAD:
            raise BrokenAnswerError("no end to the header")
    words = head.split(b"\n", 1)[0].split()
    if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1] == b"304":
        return Answer(304)
    return _whole_answer(_Replayed(head, connected))


def _whole_answer(replayed: "_Replayed") -> Answer:
    import http.client  # takes a while to load, and is not needed where nothing changed

    answer = http.client.HTTPResponse(replayed, method="GET")  # type: ignore[arg-type]  # it wants a makefile() only
    try:
        answer.begin()
        body = answer.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES or (answer.length or 0) > 0:
            raise BrokenAnswerError("too large, or cut short")
        return Answer(answer.status, tuple(answer.getheaders()), body)
    except http.client.HTTPException as error:
        raise BrokenAnswerError(str(error)) from error
    finally:
        answer.close()


class _Replayed(RawIOBase):
    """A socket's bytes from the beginning, though some were read already."""

    def __init__(self, head: bytes, connected: socket.socket) -> None:
        self._head, self._socket = memoryview(head), connected

    def makefile(self, mode: str) -> BufferedReader:
        """As a socket has it."""
        return BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        if not self._head:
            return self._socket.recv_into(into)
        size = min(len(into), len(self._head))
        into[:size] = self._head[:size]
        self._head = self._head[size:]
        return size


@cache
def _tls() -> "ssl.SSLContext":
    import ssl

    return ssl.create_default_context()
