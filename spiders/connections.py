"""Plain HTTP requests without Scrapy: to permitted addresses only, in bounded time, with certificates verified."""

import socket
import threading
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.addresses import AddressGuard, RefusedAddressError
from spiders.exchange import MAX_BYTES, Answer, Room, receive, send
from spiders.turns import READ, WRITE, Ready, Step

if TYPE_CHECKING:
    import ssl

_PORTS = {"http": 80, "https": 443}

Found = list[tuple[int, tuple[str, int]]]
"""(family, socket address) of a host."""


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
            yield from send(connected, request, due)
            return (yield from receive(connected, due, self._room))
        finally:
            connected.close()

    def _permitted(self, host: str, found: Found) -> Found:
        permitted = [entry for entry in found if self._guard.permits(entry[1][0])]
        if not permitted:
            raise RefusedAddressError(host, found[0][1][0] if found else host)
        return permitted


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
