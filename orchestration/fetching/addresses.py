"""Which machines may be spoken to: public ones only, and the very address that was checked.

A name is resolved once, every address it stands for is checked, and the connection goes to a checked address, so that a
second answer of the name server cannot lead elsewhere. Redirects come through here like any other request.

Belongs here: resolving, checking, connecting. Keep out: HTTP.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from transforms.errors import CasualtiesError

# IPv6 networks that hold an IPv4 address inside: what counts is that one.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddressError(CasualtiesError):
    """A name or address leads to this machine, its network, or nowhere public."""


class Deadline:
    """When the request that is under way must be done, on the monotonic clock; headers that trickle in are held to it as well."""

    def __init__(self) -> None:
        self.at = float("inf")


class _HeldStream(httpcore.NetworkStream):
    """A connection that reads no longer than the deadline: one byte in time for each read would otherwise hold it for days."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come. Raises httpcore.ReadTimeout at the deadline."""
        left = self._deadline.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long in all")
        return self._stream.read(max_bytes, left if timeout is None else min(timeout, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        return _HeldStream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of the connection."""
        return self._stream.get_extra_info(info)


class PinnedBackend(httpcore.SyncBackend):
    """Connects to public addresses only, and to `allowed` ones (`host:port`, as the user's settings name them)."""

    def __init__(self, allowed: frozenset[str] = frozenset(), deadline: Deadline | None = None) -> None:
        self._allowed = allowed
        self._deadline = deadline or Deadline()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, and connect to what was checked. Raises ForbiddenAddressError and httpcore's errors."""
        error: Exception | None = None
        for address in self._checked(host, port):
            try:
                stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
                return _HeldStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as failed:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved ({failed})") from None
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if f"{host}:{port}" not in self._allowed:
            for address in addresses:
                if not is_public(address):
                    advice = f"if it is a server of yours, name {host}:{port} in allow_private_hosts"
                    raise ForbiddenAddressError(f"{host} is {address}, which is no public address; {advice}")
        return addresses


def is_public(address: str) -> bool:
    """Return whether an IP address is one on the open internet, of one machine. An IPv6 address counts for the IPv4 one in it."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
