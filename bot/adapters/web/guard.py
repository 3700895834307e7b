"""Which addresses may be connected to: public web servers only, judged by the address a socket is about to use.

The judgement sits at the socket, after name resolution, so that literals, redirects, mixed DNS answers and names
that change their answer between two look-ups (rebinding) all meet it. See ``public_socket``.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.adapters.web.mask import masked
from bot.domain.errors import AddressRefused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = frozenset({80, 443})
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments; is_global accepts 192.0.0.9 and .10, and clouds use 192.0.0.192
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's platform address: public by number, private by use
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64: reaches any IPv4 address through a gateway
        "64:ff9b:1::/48",  # NAT64, local use
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2002::/16",  # 6to4: carries an IPv4 address
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
    )
)
"""Networks ``ipaddress.is_global`` calls public although they lead, or can lead, somewhere private."""

_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}\Z", re.IGNORECASE)
_NUMERIC_LABEL = re.compile(r"\.(?:\d+|0x[\da-f]*)\Z", re.IGNORECASE)
"""A last label that makes resolvers read the name as an IPv4 address."""


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver writes it, is a public unicast one. Anything else is False."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return _is_public(mapped or parsed)


def _is_public(address: IPAddress) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _NOT_PUBLIC if network.version == address.version)


def public_socket(address_info: tuple[Any, ...]) -> socket.socket:
    """A socket for one resolved address: aiohttp's ``socket_factory``. Raises AddressRefused."""
    family, kind, protocol, _, address = address_info
    if family not in {socket.AF_INET, socket.AF_INET6} or not is_public(str(address[0])):
        raise AddressRefused(url=str(address[0]))
    return socket.socket(family, kind, protocol)


class PublicResolver(AbstractResolver):
    """Refuses names with any private address among their answers: an honest server has none."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The name's addresses. Raises AddressRefused."""
        answers = await self._resolver.resolve(host, port, family)
        if not all(is_public(answer["host"]) for answer in answers):
            raise AddressRefused(url=host)
        return answers

    async def close(self) -> None:
        """Close the resolver within."""
        await self._resolver.close()


def require_public(url: URL) -> None:
    """Refuse what can be refused by reading the address: scheme, port, host. Raises AddressRefused."""
    host = url.raw_host or ""
    if url.scheme not in {"http", "https"} or not host or url.port not in _PORTS or not _is_plausible(host):
        raise AddressRefused(url=masked(str(url)))


def _is_plausible(host: str) -> bool:
    """No private literal, no odd spelling of one (``127.1``, ``0x7f000001``, ``017700000001``), no bare name."""
    name = host.rstrip(".")
    try:
        return is_public(str(ipaddress.ip_address(name)))
    except ValueError:
        return bool(_NAME.match(name)) and not _NUMERIC_LABEL.search(name)
