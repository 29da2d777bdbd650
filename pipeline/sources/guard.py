"""Keeps fetching away from private networks, also behind names and redirects.

The check sits where the connection is made: a name is resolved once, every address it has is
checked, and the connection goes to an address that was checked, so that a second DNS answer cannot
slip another one in.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import httpcore

from pipeline.sources.errors import FetchError


def is_private(address: str) -> bool:
    """Whether an IP address lies outside the public internet (loopback, private, link-local, reserved, …)."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour is not None:
            ip = ip.sixtofour
    return not ip.is_global or ip.is_multicast


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order the resolver prefers. Raises FetchError (E-FETCH-1)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            "E-FETCH-1", "the host has no address", where=host, do="check the spelling and the network"
        ) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.SyncBackend):
    """Connects only to addresses of the public internet, unless `allow_private`."""

    def __init__(self, allow_private: bool) -> None:
        super().__init__()
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = addresses_of(host, port)
        if not self._allow_private:
            private = [a for a in addresses if is_private(a)]
            if private:
                raise FetchError(
                    "E-FETCH-2",
                    f"{host} is on a private network ({private[0]})",
                    where=host,
                    do="if you trust it, say --allow-private-network or allow_private_network = true in sources.toml",
                )
        last: Exception | None = None
        for address in addresses:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                last = error
        raise last or httpcore.ConnectError(f"no address of {host} answers")
