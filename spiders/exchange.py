"""A request and its answer over one connection, in bounded time and room."""

import re
import socket
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urljoin

from spiders.turns import READ, WRITE, Ready, Step

MAX_BYTES = 16 * 1024 * 1024
"""An answer may be so large: more than what is read of it, so that of a swollen one the beginning still counts."""
REDIRECTS = 10
"""So many are followed from one address."""
MAX_HEAD = 64 * 1024
_CHUNK = 64 * 1024


class BrokenAnswerError(OSError):
    """What came is no HTTP answer, or larger than we take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body as they were sent, not decompressed."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of this name, in whatever case; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def leads_to(self, url: str) -> str:
        """Where an answer to a request for `url` redirects to; "" where it does not. Raises `ValueError`."""
        location = self.header("location") if self.status in (301, 302, 303, 307, 308) else ""
        return urljoin(url, location) if location else ""


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


def send(connected: socket.socket, request: bytes, due: float) -> Step[None]:
    """Send all of it until `due` (monotonic clock). Raises `OSError`."""
    left = memoryview(request)
    while left:
        try:
            left = left[connected.send(left) :]
        except OSError as error:
            yield Ready(connected.fileno(), _awaited(error, WRITE), due)


def receive(connected: socket.socket, due: float, room: Room) -> Step[Answer]:
    """The answer to what was sent; of a 304 only the status is read. Raises `OSError`."""
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
        return came.endswith(b"\r\n0\r\n\r\n")
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
