"""Plain HTTP requests without Scrapy: to permitted addresses only, in bounded time, with certificates verified."""

import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from spiders.addresses import AddressGuard, RefusedAddressError
from spiders.turns import READ, WRITE, Ready, Step

if TYPE_CHECKING:
    import ssl

MAX_BYTES = 16 * 1024 * 1024
"""An answer may be so large: more than what is read of it, so that of a swollen one the beginning still counts."""
MAX_HEAD = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024

Found = list[tuple[int, tuple[str, int]]]
"""(family, socket address) of a host."""


class BrokenAnswerError(OSError):
    """What came is no HTTP answer, or larger than we take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body as they were sent, not decompressed."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Target:
    """An address that can be asked, taken apart once. Raises `ValueError` for any other."""

    __slots__ = ("host", "origin", "path", "port", "request", "secure", "url")

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme)
        if not host or not port or parts.scheme not in _PORTS or not url.isprintable() or " " in url:
            raise ValueError(url)
        self.url, self.host, self.port, self.secure = url, host, port, parts.scheme == "https"
        self.origin = f"{parts.scheme}://{parts.netloc}"
        """Scheme, host and port, as the store knows robots.txt by."""
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.request = f"GET {self.path} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"


class Room:
    """So many bytes may be held by answers that are being read at the same time."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> None:
        """Raise `BrokenAnswerError` where there is no room for so many more."""
        if size > self._left:
            raise BrokenAnswerError("too much at once")
        self._left -= size

    def give_back(self, size: int) -> None:
        """So many are held no more."""
        self._left += size


class Asker:
    """Makes single requests. `timeout` is what one may take in all, seconds."""

    def __init__(self, guard: AddressGuard, agent: str, timeout: float, room: Room | None = None) -> None:
        self._guard, self._timeout = guard, timeout
        self._agent = f"User-Agent: {agent}\r\nConnection: close\r\n"
        self._room = room or Room(2 * MAX_BYTES)

    def ask(self, target: Target, headers: Mapping[str, str]) -> Step[Answer]:
        """What the server answers; no redirect is followed, and of a 304 only the status is read.

        Raises `OSError`, and `ValueError` for a host that has no name in ASCII.
        """
        own = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        request = f"{target.request}{self._agent}{own}\r\n".encode("latin-1")
        due = time.monotonic() + self._timeout
        addresses = self._permitted(target.host, (yield from _look_up(target.host, target.port, due)))
        connected = yield from _connect(addresses, due)
        try:
            if target.secure:
                connected = _tls().wrap_socket(connected, server_hostname=target.host, do_handshake_on_connect=False)
                yield from _shake_hands(connected, due)
            yield from _send(connected, request, due)
            return (yield from _receive(connected, due, self._room))
        finally:
            connected.close()

    def _permitted(self, host: str, found: Found) -> Found:
        permitted = [entry for entry in found if self._guard.permits(entry[1][0])]
        if not permitted:
            raise RefusedAddressError(host, found[0][1][0] if found else host)
        return permitted


# -------------------------------------------------------------------- from a name to a connection


def _look_up(host: str, port: int, due: float) -> Step[Found]:
    """The addresses of a host: at once where it is one, else from a thread, which may come too late."""
    try:
        name = host.encode("ascii")  # spares us the tables of IDNA
    except UnicodeEncodeError:
        name = host.encode("idna")
    try:
        return _addresses(name, port, socket.AI_NUMERICHOST)
    except socket.gaierror:
        pass
    found: list[Found | OSError] = []
    here, there = socket.socketpair()

    def look() -> None:
        try:
            found.append(_addresses(name, port))
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else OSError(str(error)))
        finally:
            there.close()

    threading.Thread(target=look, daemon=True).start()
    with here:
        yield Ready(here.fileno(), READ, due)
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


def _addresses(name: bytes, port: int, flags: int = 0) -> Found:
    entries = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=flags)
    return [(entry[0], entry[4]) for entry in entries]  # type: ignore[misc]  # these two families have such addresses


def _connect(addresses: Found, due: float) -> Step[socket.socket]:
    """A connection to the first of them that takes one."""
    *others, last = addresses[:3]
    for family, address in others:
        try:
            return (yield from _connect_to(family, address, due))
        except TimeoutError:
            raise
        except OSError:
            pass  # the next may be reached: a host has addresses of families that we do not
    return (yield from _connect_to(*last, due))


def _connect_to(family: int, address: tuple[str, int], due: float) -> Step[socket.socket]:
    connected = socket.socket(family, socket.SOCK_STREAM)
    try:
        connected.setblocking(False)
        try:
            connected.connect(address)
        except BlockingIOError:
            yield Ready(connected.fileno(), WRITE, due)
            if number := connected.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(number, "cannot connect") from None
    except BaseException:
        connected.close()
        raise
    return connected


@cache
def _tls() -> "ssl.SSLContext":
    import ssl

    return ssl.create_default_context()


def _shake_hands(connected: "ssl.SSLSocket", due: float) -> Step[None]:
    import ssl

    while True:
        try:
            return connected.do_handshake()
        except ssl.SSLWantReadError:
            yield Ready(connected.fileno(), READ, due)
        except ssl.SSLWantWriteError:
            yield Ready(connected.fileno(), WRITE, due)


# -------------------------------------------------------------------- a request and its answer


def _send(connected: socket.socket, request: bytes, due: float) -> Step[None]:
    left = memoryview(request)
    while left:
        try:
            left = left[connected.send(left) :]
        except OSError as error:
            yield Ready(connected.fileno(), _awaited(error, WRITE), due)


def _receive(connected: socket.socket, due: float, room: Room) -> Step[Answer]:
    came = bytearray()
    try:
        while True:
            more = yield from _some(connected, due)
            room.take(len(more))
            came += more
            head = _end_of_head(came)
            if head and _status(came) == 304:
                return Answer(304)
            if (not head and len(came) > MAX_HEAD) or len(came) > MAX_HEAD + MAX_BYTES:
                raise BrokenAnswerError("too large")
            if not more or (head and _is_whole(came, head)):
                return _parsed(bytes(came))
    finally:
        room.give_back(len(came))


def _some(connected: socket.socket, due: float) -> Step[bytes]:
    while True:
        try:
            return connected.recv(_CHUNK)
        except OSError as error:
            yield Ready(connected.fileno(), _awaited(error, READ), due)


def _awaited(error: OSError, usual: int) -> int:
    """What to wait for where an operation could not be done at once; any other error is raised."""
    if isinstance(error, BlockingIOError):
        return usual
    import ssl

    if isinstance(error, ssl.SSLWantReadError):
        return READ
    if isinstance(error, ssl.SSLWantWriteError):
        return WRITE
    raise error


def _end_of_head(came: bytearray) -> int:
    """Where the body begins; 0 where the header has not ended yet."""
    found = came.find(b"\r\n\r\n", 0, MAX_HEAD)
    if found >= 0:
        return found + 4
    return came.find(b"\n\n", 0, MAX_HEAD) + 2 if b"\n\n" in came[:MAX_HEAD] else 0


def _status(came: bytearray) -> int:
    words = bytes(came[:64]).split(None, 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0


def _is_whole(came: bytearray, head: int) -> bool:
    """Whether an answer is there though the server has not closed the connection, as far as can be told."""
    fields = bytes(came[:head])
    if re.search(rb"(?i)\ntransfer-encoding:[^\n]*chunked", fields):
        return came.endswith(b"0\r\n\r\n")
    length = re.search(rb"(?i)\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r?\n", fields)
    return length is not None and len(came) - head >= int(length[1])


def _parsed(came: bytes) -> Answer:
    import http.client  # takes a while to load, and is not needed where nothing changed

    answer = http.client.HTTPResponse(_Came(came), method="GET")  # type: ignore[arg-type]  # it wants a makefile() only
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


class _Came:
    """What a socket received, as `http.client` reads it."""

    def __init__(self, came: bytes) -> None:
        self._came = came

    def makefile(self, mode: str) -> BytesIO:
        """As a socket has it."""
        return BytesIO(self._came)
