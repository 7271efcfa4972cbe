"""Requests to a real server on loopback, which the settings allow by name."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from orchestration.fetching.client import Client, NotFetchedError
from orchestration.fetching.memory import Memory
from orchestration.fetching.settings import Fetching
from tests.orchestration.fetching.web import Web, serving

QUICK = Fetching(contact="desk@example.org", delay_seconds=0, retry_seconds=0.01, timeout_seconds=5, retries=2, max_bytes=100_000)


def client(web: Web, memory: Memory, **other: object) -> Client:
    return Client(replace(QUICK, **{"allow_private_hosts": (web.host,), **other}), memory)  # type: ignore[arg-type]


def refused(web: Web, memory: Memory, url: str, **other: object) -> NotFetchedError:
    with client(web, memory, **other) as asking, pytest.raises(NotFetchedError) as error:
        asking.get(url)
    return error.value


def test_a_page_comes_with_its_bytes_and_we_say_who_we_are(web: Web, memory: Memory) -> None:
    url = web.page("/a", "Twelve people were killed.")
    with client(web, memory) as asking:
        found = asking.get(url)
    assert found is not None and (found.url, found.content_type, found.charset) == (url, "text/html", "utf-8")
    assert b"Twelve people" in found.body
    assert web.paths(robots=True) == ["/robots.txt", "/a"]
    agent = web.asked[-1].headers["user-agent"]
    assert agent.startswith("casualty-warehouse/") and "desk@example.org" in agent


def test_loopback_is_refused_unless_the_settings_name_it(web: Web, memory: Memory) -> None:
    error = refused(web, memory, web.page("/a", "x"), allow_private_hosts=())
    assert error.reason == "forbidden_address" and "allow_private_hosts" in error.detail
    assert web.asked == [], "not even robots.txt was asked for"


def test_a_redirect_into_the_own_network_is_refused(web: Web, memory: Memory) -> None:
    with serving() as other:
        other.page("/secret", "x")
        web.answers["/a"] = (302, {"Location": other.url("/secret")}, b"")
        error = refused(web, memory, web.url("/a"))
        assert error.reason == "forbidden_address" and other.asked == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x.example/a", "gopher://x", "http://user:pw@x.example/", "http://[broken"]
)
def test_a_redirect_to_another_scheme_is_refused(web: Web, memory: Memory, location: str) -> None:
    web.answers["/a"] = (302, {"Location": location}, b"")
    assert refused(web, memory, web.url("/a")).reason in ("forbidden_address", "not_fetched")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/a", "data:text/html,x", "//x", "", "http://"])
def test_other_schemes_are_refused(web: Web, memory: Memory, url: str) -> None:
    assert refused(web, memory, url).reason == "forbidden_address"


def test_redirects_are_followed_and_not_for_ever(web: Web, memory: Memory) -> None:
    web.page("/b", "Twelve people were killed.")
    web.answers["/a"] = (301, {"Location": "/b"}, b"")
    web.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    with client(web, memory) as asking:
        found = asking.get(web.url("/a"))
    assert found is not None and found.url == web.url("/b")
    assert "redirects" in refused(web, memory, web.url("/loop")).detail


def test_robots_txt_is_respected(web: Web, memory: Memory) -> None:
    web.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n\nUser-agent: casualty-warehouse\nDisallow: /no\n")
    web.page("/no/a", "x")
    web.page("/yes", "x")
    error = refused(web, memory, web.url("/no/a"))
    assert error.reason == "not_allowed" and "/no/a" not in web.paths()
    with client(web, memory) as asking:
        assert asking.get(web.url("/yes")) is not None


def test_a_host_whose_robots_txt_fails_is_left_alone(web: Web, memory: Memory) -> None:
    web.answers["/robots.txt"] = (500, {}, b"")
    error = refused(web, memory, web.page("/a", "x"))
    assert error.reason == "not_allowed" and error.may_come and "/a" not in web.paths()


def test_the_server_is_asked_whether_anything_is_new(web: Web, memory: Memory) -> None:
    """The validators are kept only once what came with them has landed."""

    def answer(asked: object) -> tuple[int, dict[str, str], bytes]:
        same = asked.headers.get("if-none-match") == '"v1"' and "if-modified-since" in asked.headers  # type: ignore[attr-defined]
        return (304, {}, b"") if same else (200, {"ETag": '"v1"', "Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"}, b"x")

    web.answers["/a"] = answer
    for landed, expected in ((False, True), (True, True), (True, False)):
        with client(web, memory) as asking:
            assert (asking.get(web.url("/a")) is not None) is expected
        if landed:
            memory.keep()
        else:
            memory.forget(web.url("/a"))


def test_a_body_over_the_limit_is_refused_declared_or_not_packed_or_not(web: Web, memory: Memory) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    web.answers["/declared"] = (200, {}, b"x" * 200_000)
    web.answers["/silent"] = (200, {"Content-Length": "", "Connection": "close"}, b"x" * 200_000)
    web.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, bomb)
    assert len(bomb) < 100_000
    for path in ("/declared", "/packed"):
        assert refused(web, memory, web.url(path)).reason == "too_large", path
    web.answers["/br"] = (200, {"Content-Encoding": "br"}, b"x")
    assert refused(web, memory, web.url("/br")).reason == "not_fetched"


def test_a_packed_body_is_unpacked(web: Web, memory: Memory) -> None:
    web.answers["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"twelve killed"))
    with client(web, memory) as asking:
        found = asking.get(web.url("/a"))
    assert found is not None and found.body == b"twelve killed"


def test_what_may_be_better_later_is_asked_again_and_what_may_not_is_not(web: Web, memory: Memory) -> None:
    busy = (503, {"Retry-After": "0"}, b"")
    web.answers["/a"] = [busy, busy, (200, {}, b"x")]
    with client(web, memory) as asking:
        assert asking.get(web.url("/a")) is not None
    assert web.paths() == ["/a", "/a", "/a"]
    web.asked.clear()
    web.answers["/b"] = busy
    error = refused(web, memory, web.url("/b"))
    assert error.may_come and len(web.paths()) == 3
    web.asked.clear()
    error = refused(web, memory, web.url("/gone"))
    assert (error.reason, error.may_come, web.paths()) == ("not_fetched", False, ["/gone"])


def test_a_server_that_asks_for_a_long_rest_gets_it(web: Web, memory: Memory) -> None:
    web.answers["/a"] = (429, {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)}, b"")
    before = time.monotonic()
    assert refused(web, memory, web.url("/a")).may_come
    assert web.paths() == ["/a"] and time.monotonic() - before < 5


def test_between_two_requests_to_a_host_there_is_a_pause(web: Web, memory: Memory) -> None:
    web.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.3\n")
    web.page("/a", "x")
    before = time.monotonic()
    with client(web, memory, delay_seconds=0.1) as asking:
        asking.get(web.url("/a"))
        asking.get(web.url("/a"))
    assert time.monotonic() - before >= 0.6, "twice (robots.txt was asked for first) the longer of our pause and the host's"


def test_a_body_that_trickles_is_given_up(web: Web, memory: Memory) -> None:
    web.answers["/a"] = (200, {"Content-Length": "1000"}, b"x")  # and then nothing more
    error = refused(web, memory, web.url("/a"), timeout_seconds=0.2, retries=0)
    assert (error.reason, error.may_come) == ("not_fetched", True)


def _trickle(listener: socket.socket, stop: threading.Event) -> None:
    """Answer robots.txt, and then the next request with a header that never ends, one byte each twentieth of a second."""
    with listener.accept()[0] as asked_for_robots:
        asked_for_robots.recv(1 << 16)
        asked_for_robots.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    with listener.accept()[0] as asked, contextlib.suppress(OSError):
        asked.recv(1 << 16)
        asked.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not stop.wait(0.05):
            asked.sendall(b"x")


def test_headers_that_trickle_are_given_up(memory: Memory) -> None:
    """One byte in time for every read: without a bound on the whole answer, such a server would hold the run for hours."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()
        thread = threading.Thread(target=_trickle, args=(listener, stop), daemon=True)
        thread.start()
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        settings = replace(QUICK, timeout_seconds=0.2, retries=0, allow_private_hosts=(host,))
        before = time.monotonic()
        with Client(settings, memory) as asking, pytest.raises(NotFetchedError) as error:
            asking.get(f"http://{host}/a")
        taken = time.monotonic() - before
        stop.set()
        thread.join()
    assert taken < 3
    assert error.value.may_come and "raise timeout_seconds" in error.value.detail


def test_a_packed_page_that_is_cut_short_is_not_taken_for_the_whole(web: Web, memory: Memory) -> None:
    """The numbers further down would be missing, and nobody would know."""
    web.page("/a", "x" * 5000)
    status, headers, body = web.answers["/a"]
    web.answers["/a"] = (status, {**headers, "Content-Encoding": "gzip"}, gzip.compress(body)[:-20])
    error = refused(web, memory, web.url("/a"))
    assert (error.reason, error.may_come) == ("not_fetched", True) and "cut short" in error.detail


def test_not_modified_since_nothing_is_no_answer(web: Web, memory: Memory) -> None:
    """Nothing of it is there: to take it for unchanged would lose the page without a word."""
    web.answers["/a"] = (304, {}, b"")
    error = refused(web, memory, web.url("/a"))
    assert error.reason == "not_fetched" and "304" in error.detail


def test_a_validator_that_no_request_can_hold_is_not_sent_back(web: Web, memory: Memory) -> None:
    """A server that gives one would end each later run."""
    url = web.page("/a", "Twelve people were killed.", ETag='"\xff"')
    for _ in range(2):
        with client(web, memory) as asking:
            assert asking.get(url) is not None
        memory.keep()
    assert "if-none-match" not in web.asked[-1].headers


def test_a_wait_in_signs_that_are_no_digits_is_none(web: Web, memory: Memory) -> None:
    web.answers["/a"] = (429, {"Retry-After": "\xb2"}, b"")
    assert refused(web, memory, web.url("/a")).may_come


def test_a_server_that_is_not_there_is_said_to_be_so(memory: Memory) -> None:
    with serving() as gone:
        pass
    error = refused(gone, memory, gone.url("/a"), retries=0)
    assert error.may_come and error.reason in ("not_fetched", "not_allowed")
