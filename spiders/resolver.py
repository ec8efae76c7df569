"""Host names become addresses here, and only addresses that the guard permits: Twisted connects to no others."""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from monitor.addresses import AddressGuard, RefusedAddressError
from spiders.plan import plan_of

THREADS = 16
KNOWN = 10_000
"""Names are asked for once a run; so many are remembered."""


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        raise NotImplementedError


@implementer(IHostnameResolver)
class GuardedResolver:
    """Looks names up in threads of its own.

    IP literals in every spelling that the C library takes (decimal, octal, IPv4-mapped) pass through here as well, so
    that there is no address that a connection goes to without having been looked at. A name is looked up once; what
    was looked at is what is connected to (no rebinding).
    """

    def __init__(self, reactor: Any, guard: AddressGuard) -> None:
        self._reactor, self._guard = reactor, guard
        self._known: dict[str, list[str]] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="names")
        self.refused: dict[str, RefusedAddressError] = {}
        """Why a host has no address, where the guard is the reason."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "GuardedResolver":
        """Made by Scrapy, which hands over its process in the crawler's place."""
        plan = plan_of(crawler.settings)
        return cls(reactor, AddressGuard(plan.allow_networks if plan else ()))

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> _Resolution:
        """Tell the receiver the permitted addresses of `hostName`; none at all when there are none."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        async def tell() -> None:
            for address in self._permitted(hostName, await self._addresses(hostName)):
                kind = IPv6Address if ":" in address else IPv4Address
                resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        task = asyncio.ensure_future(tell())
        resolution.task = task  # type: ignore[attr-defined]  # keeps it alive
        return resolution

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, name: str) -> list[str]:
        if name in self._known:
            return self._known[name]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _look_up, name)
        except (OSError, UnicodeError, RuntimeError):
            return []
        if len(self._known) < KNOWN:
            self._known[name] = found
        return found

    def _permitted(self, name: str, found: list[str]) -> list[str]:
        permitted = [address for address in found if self._guard.permits(address)]
        if found and not permitted:
            self.refused[name] = RefusedAddressError(name, found[0])
        return permitted


def _look_up(name: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(name))]
    except ValueError:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
