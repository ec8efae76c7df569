"""How often one client may ask: a bucket of tokens each, filled steadily, kept in memory, in bounded number."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

MOST = 50_000
"""Clients remembered; the one longest unseen is forgotten first."""


class Limiter:
    """Allows `burst` requests at once, and then one in `every` seconds, for each key."""

    def __init__(
        self, *, burst: int, every: float, most: int = MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._every, self._most, self._clock = burst, every, most, clock
        self._free: OrderedDict[str, float] = OrderedDict()  # key → when its bucket is full again

    def wait(self, key: str = "") -> float:
        """Take a token: 0 where there was one, else the seconds until there is."""
        now = self._clock()
        full = max(self._free.pop(key, now), now)
        missing = (full - now) / self._every
        allowed = missing <= self._burst - 1
        self._free[key] = full + self._every if allowed else full
        while len(self._free) > self._most:
            self._free.popitem(last=False)
        return 0.0 if allowed else (missing - self._burst + 1) * self._every


def client(host: str | None) -> str:
    """The key of a client: an IPv4 address, or the /64 network of an IPv6 one (one household has them all)."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
