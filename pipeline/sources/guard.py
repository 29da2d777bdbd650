"""Keeps fetching away from private networks, also behind names and redirects.

The check sits where the connection is made: a name is resolved once, every address it has is
checked, and the connection goes to an address that was checked, so that a second DNS answer cannot
slip another one in. Here too an answer that only drips in is left: its head alone may take for ever otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

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


class _Until(threading.local):
    """When the answer that a thread reads must be there."""

    at: float = float("inf")


class _Stream(httpcore.NetworkStream):
    """A connection that is not read beyond the time of `until`."""

    def __init__(self, stream: httpcore.NetworkStream, until: _Until) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._until.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer drips in too slowly")
        return self._stream.read(max_bytes, left if timeout is None else min(timeout, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.SyncBackend):
    """Connects only to addresses of the public internet, unless `allow_private`."""

    def __init__(self, allow_private: bool) -> None:
        super().__init__()
        self._allow_private = allow_private
        self._until = _Until()

    def end_in(self, seconds: float) -> None:
        """What this thread asks for next must be there in so many seconds."""
        self._until.at = time.monotonic() + seconds

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
                stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
                return _Stream(stream, self._until)
            except httpcore.ConnectError as error:
                last = error
        raise last or httpcore.ConnectError(f"no address of {host} answers")
