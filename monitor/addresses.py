"""Which Internet addresses may be connected to: global ones, and the networks that the operator named."""

import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(OSError):
    """A host resolves to nothing but addresses that may not be asked; `host` and `address` say which."""

    def __init__(self, host: str, address: str) -> None:
        self.host, self.address = host, address
        super().__init__(f"private address refused: {host}" + (f" is {address}" if address != host else ""))


class AddressGuard:
    """Says of an address whether it may be connected to.

    Whatever is not global unicast is refused (loopback, private, link-local, shared, reserved, multicast), also where
    an IPv6 address only wraps such an IPv4 one, unless one of `allow_networks` contains it.
    """

    def __init__(self, allow_networks: Iterable[str] = ()) -> None:
        self._allowed = [ipaddress.ip_network(network, strict=False) for network in allow_networks]

    def permits(self, address: str) -> bool:
        """Whether `address`, an IP address as text, may be connected to."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            plain = ipaddress.ip_address(socket.inet_pton(family, address.split("%")[0]))
        except (OSError, ValueError):
            return False
        return all(self._one(layer) for layer in _layers(plain))

    def _one(self, address: Address) -> bool:
        if any(address.version == network.version and address in network for network in self._allowed):
            return True
        return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _layers(address: Address) -> list[Address]:
    """The address that counts: the IPv4 one inside a mapped address, or both of a translated one."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    inner: list[Address] = []
    if address.sixtofour is not None:
        inner.append(address.sixtofour)
    if address.teredo is not None:
        inner.extend(address.teredo)
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address, *inner]
