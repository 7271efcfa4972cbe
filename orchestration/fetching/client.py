"""Requests: one address in, its bytes or the reason why not.

Every request, and every step of a redirect, passes the same gates: http or https; a public address (`addresses.py`); what
the host's robots.txt allows; the pause between two requests to one host; limits of size (packed and unpacked) and time.
Answers that may be better a little later (429, 5xx, a lost connection) are asked for again, with growing pauses.

Belongs here: that way. Keep out: what the bytes mean.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from orchestration.fetching.addresses import Deadline, ForbiddenAddressError, PinnedBackend
from orchestration.fetching.memory import Memory
from orchestration.fetching.settings import Fetching
from transforms.ingest.logins import without_login
from transforms.ingest.records import RejectedInputError

NAME = "casualty-warehouse"
_SCHEMES = frozenset({"http", "https"})
_REDIRECTS, _REDIRECTS_MOST = frozenset({301, 302, 303, 307, 308}), 5
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0  # seconds; a host that asks for more gets no more questions in this run
_ROBOTS_BYTES = 512_000
_TOTAL_FACTOR = 4  # an answer, headers and body, may take this many times the time that one read may take
_BLOCK = 65_536


class NotFetchedError(RejectedInputError):
    """An address gave nothing. Attribute: may_come, whether it may do so at the next run."""

    def __init__(self, reason: str, detail: str, *, may_come: bool = False) -> None:
        super().__init__(reason, detail)
        self.may_come = may_come


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from in the end, its bytes, and what the server said of them."""

    url: str
    body: bytes
    content_type: str
    charset: str | None


@dataclass(slots=True)
class _Host:
    """What is known of one host in this run. asked_at: of the last request, on the monotonic clock."""

    robots: Protego | None = None
    forbidden: str | None = None
    pause: float = 0.0
    asked_at: float = field(default=float("-inf"))


class Client:
    """Fetches within the user's settings; a context manager."""

    def __init__(self, settings: Fetching, memory: Memory) -> None:
        self._settings = settings
        self._memory = memory
        self._hosts: dict[str, _Host] = {}
        contact = f"; {settings.contact}" if settings.contact else ""
        self.user_agent = f"{NAME}/{version(NAME)} (research archive of reported casualties{contact})"
        self._deadline = Deadline()
        # trust_env off: a proxy of the environment would connect in our place, to addresses that nobody checked.
        self._http = httpx.Client(
            transport=_Transport(frozenset(settings.allow_private_hosts), self._deadline),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": "gzip"},
            timeout=settings.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def get(self, url: str, *, at: datetime | None = None) -> Fetched | None:
        """Return what the address answers; None when the server says that nothing has changed since the last time.

        Raises NotFetchedError with its reason: forbidden_address, not_allowed (robots.txt), not_fetched, too_large.
        """
        moment = at or datetime.now(UTC)
        target, headers = url, self._conditions(url)
        for _ in range(_REDIRECTS_MOST + 1):
            self._check_robots(target)
            answer = self._patiently(target, headers, self._settings.max_bytes)
            if answer.status in _REDIRECTS and answer.headers.get("location"):
                target = self._joined(target, answer.headers["location"])
                continue
            if answer.status == 304 and headers:
                return None
            if answer.status != 200:
                detail = f"{target} answers {answer.status}; {_advice(answer.status)}"
                raise NotFetchedError("not_fetched", detail, may_come=answer.status in _LATER)
            self._memory.note(url, answer.headers.get("etag"), answer.headers.get("last-modified"), moment, answer.status)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Fetched(target, answer.body, kind, answer.charset)
        detail = f"more than {_REDIRECTS_MOST} redirects; open {url} in a browser and give the address it ends at"
        raise NotFetchedError("not_fetched", detail)

    def _conditions(self, url: str) -> dict[str, str]:
        before = self._memory.before(url)
        found = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified} if before else {}
        return {name: value for name, value in found.items() if value and value.isascii() and value.isprintable()}  # else none at all

    def _joined(self, base: str, location: str) -> str:
        try:
            return urljoin(base, location)
        except ValueError:
            raise NotFetchedError("not_fetched", f"{base} redirects to {location!r:.80}, which is no address") from None

    def _check_robots(self, url: str) -> None:
        host = self._host(url)
        if host.forbidden is not None:
            raise NotFetchedError("not_allowed", host.forbidden, may_come=True)
        if host.robots is not None and not host.robots.can_fetch(url, NAME):
            detail = f"robots.txt of its host forbids {url} to programs; save the page by hand, or ask the publisher"
            raise NotFetchedError("not_allowed", detail)

    def _host(self, url: str) -> _Host:
        """Return what is known of the address's host; its robots.txt is fetched at the first question (RFC 9309)."""
        origin = _origin(url)
        if origin in self._hosts:
            return self._hosts[origin]
        host = self._hosts[origin] = _Host(pause=self._settings.delay_seconds)
        target = f"{origin}/robots.txt"
        try:
            for _ in range(_REDIRECTS_MOST):
                answer = self._patiently(target, {}, _ROBOTS_BYTES, host)
                if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                    break
                target = self._joined(target, answer.headers["location"])
                _origin(target)
        except NotFetchedError as error:
            if error.reason == "forbidden_address":
                del self._hosts[origin]
                raise
            host.forbidden = f"robots.txt of {origin} cannot be had, so nothing of it may be fetched: {error.detail}"
            return host
        if answer.status >= 500:
            host.forbidden = f"robots.txt of {origin} answers {answer.status}, so nothing of it may be fetched; try again later"
        elif answer.status == 200:
            host.robots = Protego.parse(answer.body.decode("utf-8", "replace"))
            host.pause = min(max(host.pause, float(host.robots.crawl_delay(NAME) or 0)), _LONGEST_PAUSE)
        return host

    def _patiently(self, url: str, headers: Mapping[str, str], limit: int, host: _Host | None = None) -> _Answer:
        """Ask, and ask again where that may help. Raises NotFetchedError."""
        pause = self._settings.retry_seconds
        known = host or self._host(url)
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            self._wait(known)
            try:
                answer = self._once(url, headers, limit)
            except ForbiddenAddressError as error:
                raise NotFetchedError("forbidden_address", str(error)) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
                if last:
                    slow = isinstance(error, httpx.TimeoutException | httpcore.TimeoutException)
                    advice = "try again later, or raise timeout_seconds" if slow else "try again later"
                    detail = f"{url} cannot be reached ({error!s:.120}); {advice}"
                    raise NotFetchedError("not_fetched", detail, may_come=True) from None
            else:
                asked = _retry_after(answer.headers.get("retry-after"))
                if answer.status not in _LATER or last or asked > _LONGEST_PAUSE:
                    return answer
                pause = max(pause, asked)
            time.sleep(min(pause, _LONGEST_PAUSE))
            pause *= 2
        raise AssertionError("unreachable")  # pragma: no cover

    def _wait(self, host: _Host) -> None:
        left = host.asked_at + host.pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        host.asked_at = time.monotonic()

    def _once(self, url: str, headers: Mapping[str, str], limit: int) -> _Answer:
        self._deadline.at = time.monotonic() + _TOTAL_FACTOR * self._settings.timeout_seconds
        with self._http.stream("GET", url, headers=dict(headers)) as response:
            if response.status_code != 200:
                return _Answer(response.status_code, response.headers, b"", None)
            stated = response.headers.get("content-length", "")
            if stated.isdecimal() and int(stated) > limit:
                raise NotFetchedError("too_large", f"{url} has {int(stated):,} bytes, the limit is {limit:,} (max_bytes)")
            body = _body(url, response, limit)
            return _Answer(200, response.headers, body, response.charset_encoding)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes
    charset: str | None


class _Transport(httpx.BaseTransport):
    """httpx's own transport, over connections that are checked; httpx has no public way to give it a network backend."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=PinnedBackend(allowed, deadline), max_connections=4)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self._answer.close()


def _body(url: str, response: httpx.Response, limit: int) -> bytes:
    """Return the body, unpacked piece by piece and never beyond the limit. Raises NotFetchedError."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise NotFetchedError("not_fetched", f"{url} is packed as {packing!r:.40}, which was not asked for; save the page by hand")
    unpacking = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    body, received = bytearray(), 0
    for chunk in response.iter_raw(_BLOCK):
        received += len(chunk)
        try:
            body += chunk if unpacking is None else unpacking.decompress(chunk, limit + 1 - len(body))
        except zlib.error as error:
            raise NotFetchedError("not_fetched", f"{url} cannot be unpacked ({error!s:.80}); try again later", may_come=True) from None
        if received > limit or len(body) > limit:
            raise NotFetchedError("too_large", f"{url} has more than {limit:,} bytes, the limit (max_bytes)")
    if unpacking is not None and received and not unpacking.eof:
        raise NotFetchedError("not_fetched", f"{url} was cut short while it was sent; try again later", may_come=True)
    return bytes(body)


def _origin(url: str) -> str:
    """Return scheme and host of an address. Raises NotFetchedError for another scheme, or none."""
    try:
        parts = urlsplit(url)
        if parts.scheme in _SCHEMES and parts.hostname and parts.username is None:
            _ = parts.port
            return f"{parts.scheme}://{parts.netloc.lower()}"
    except ValueError:
        pass
    raise NotFetchedError(
        "forbidden_address", f"{without_login(url)!r:.120} is no http or https address without a login; only those are fetched"
    )


def _retry_after(value: str | None) -> float:
    """Return the seconds that a server asks to wait; 0 when it does not, or not in words that HTTP knows."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _advice(status: int) -> str:
    if status in (401, 402, 403, 451):
        return "the server refuses it to us: ask the publisher, or save the page by hand"
    if status in (404, 410):
        return "it is gone: correct the address, or take it out"
    return "try again later"
