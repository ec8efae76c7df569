"""The only way out for a browser: a proxy on loopback that connects to permitted addresses, and carries so much."""

import asyncio
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from monitor.addresses import AddressGuard, RefusedAddressError
from spiders.exchange import MAX_BYTES, MAX_HEAD

_BLOCK = 64 * 1024


class Gateway:
    """Carries what a browser asks for: pages, scripts, redirects, WebSockets, whatever it comes to think of.

    A name is looked up here, and the address that was looked at is the one connected to. `timeout` is what a connection
    may take in all, seconds.
    """

    def __init__(self, guard: AddressGuard, timeout: float) -> None:
        self._guard, self._timeout = guard, timeout
        self._server: asyncio.Server | None = None
        self.refused: dict[str, RefusedAddressError] = {}
        """Why a host is not connected to, by host."""

    async def start(self) -> str:
        """Begin to listen; the address for a browser's settings."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                await self._carry(reader, writer)
        except RefusedAddressError as error:
            self.refused[error.host] = error
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nrefused")
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            with suppress(OSError):
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        finally:
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, fields = head.partition(b"\r\n")
        method, target, _ = line.decode("latin-1").split(" ", 2)
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        if not parts.hostname or not (tunnel or parts.scheme in ("http", "ws")):
            raise ValueError(target)
        theirs, to_them = await self._connect(parts.hostname, parts.port or (443 if tunnel else 80))
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                to_them.write(f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + _for_the_server(fields))
            await asyncio.gather(_copy(reader, to_them), _copy(theirs, writer))
        finally:
            to_them.close()

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        loop = asyncio.get_running_loop()
        found = [str(entry[4][0]) for entry in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        permitted = [address for address in found if self._guard.permits(address)]
        if not permitted:
            raise RefusedAddressError(host, found[0] if found else host)
        return await asyncio.open_connection(permitted[0], port)


def _for_the_server(fields: bytes) -> bytes:
    """The header without what is meant for a proxy; one request a connection, but for a WebSocket's upgrade."""
    kept = [line for line in fields.split(b"\r\n") if line and not line.lower().startswith(b"proxy-")]
    if not any(line.lower().startswith(b"upgrade:") for line in kept):
        kept = [line for line in kept if not line.lower().startswith(b"connection:")] + [b"Connection: close"]
    return b"\r\n".join(kept) + b"\r\n\r\n"


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    left = MAX_BYTES
    while (block := await reader.read(_BLOCK)) and left > 0:
        left -= len(block)
        writer.write(block)
        await writer.drain()
    if left <= 0:
        raise OSError("more than a connection may bring")
    with suppress(OSError, RuntimeError):
        writer.write_eof() if writer.can_write_eof() else writer.close()
