"""Which machines may be spoken to."""

from __future__ import annotations

import socket

import httpcore
import pytest

from orchestration.fetching.addresses import ForbiddenAddressError, PinnedBackend, is_public


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("255.255.255.255", "192.0.2.7", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::1", "2001:db8::1", "no address", ""),
    ],
)
def test_this_machine_its_network_and_what_hides_them_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.99.144.80", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "0", "::1"])
def test_no_way_to_write_loopback_leads_there(host: str) -> None:
    with pytest.raises((ForbiddenAddressError, httpcore.ConnectError)):
        PinnedBackend().connect_tcp(host, 80, timeout=1)


def test_the_connection_goes_to_the_address_that_was_checked_and_the_name_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers differently the second time (DNS rebinding) is not asked a second time."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []
    plain = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: object, **named: object) -> object:
        if host != "news.example":
            return plain(host, port, *args, **named)  # type: ignore[arg-type]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        stream = PinnedBackend(frozenset({f"news.example:{port}"})).connect_tcp("news.example", port, timeout=2)
        stream.close()
    assert asked == ["news.example"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: found)
    with pytest.raises(ForbiddenAddressError, match=r"10\.0\.0\.1"):
        PinnedBackend().connect_tcp("news.example", 80, timeout=1)
