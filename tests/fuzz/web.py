"""What other hosts send: feeds, sitemaps and lists give addresses of the web or a rejection, answers bytes or a reason."""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from orchestration.fetching.client import Client, NotFetchedError
from orchestration.fetching.memory import Memory
from orchestration.fetching.settings import Fetching
from tests.fuzz.fuzzing import Parser
from tests.fuzz.pieces import DAYS, URLS, pieced, sent
from transforms.ingest import feed, sitemap, url_list
from transforms.ingest.feed import Entry
from transforms.ingest.records import RejectedInputError

_BASE = "https://daily.example/rss.xml"
_XML = (
    *('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>', '<rss version="2.0"><channel>', "</channel></rss>"),
    *("<item>", "</item>", "<link>", "</link>", "<title>", "</title>", "<pubDate>", "</pubDate>", *DAYS, *URLS),
    *('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>", "<entry>", "</entry>", '<link href="', '"/>', "<updated>", "0000-00-00T"),
    *('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>"),
    *("<sitemapindex>", "<sitemap>", "</sitemap>", "</sitemapindex>", "<news:news>", '<?xml version="1.0" encoding="base64"?>'),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "<![CDATA[", "]]>", "<!--", "\x00", "\ufeff", "\u202e"),
)
_HEADERS = (
    *(
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 301 x\r\n",
        "HTTP/1.1 304 x\r\n",
        "HTTP/1.1 429 x\r\n",
        "HTTP/1.1 99999 x\r\n",
        "HTTP/1.1 100 x\r\n\r\n",
    ),
    *("Location: /\r\n", "Location: http://[::1\r\n", "Location: //\xff\r\n", "Location: file:///etc/passwd\r\n", "Location: \r\n"),
    *("Content-Length: 5\r\n", "Content-Length: \xb2\r\n", "Content-Length: -1\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n"),
    *(
        "Content-Type: text/html; charset=base64\r\n",
        "Content-Type: ;;;=\r\n",
        'Content-Type: a/b; charset="\r\n',
        "Content-Type: \xff\r\n",
    ),
    *("Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Content-Encoding: gzip, gzip\r\n", "Transfer-Encoding: chunked\r\n"),
    *("Retry-After: \xb2\r\n", "Retry-After: 99999\r\n", "Retry-After: Mon, 01 Jan 9999 00:00:00 -2399\r\n", "Retry-After: -1\r\n"),
    *("ETag: \xff\r\n", "Last-Modified: " + "x" * 999 + "\r\n", "\r\n\r\n", "\r\n", "5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffff\r\n"),
)
_ROBOTS = (
    *(
        "User-agent: *\n",
        "Disallow: /\n",
        "Disallow: ",
        "Allow: ",
        "*",
        "$",
        "*a" * 20,
        "Crawl-delay: ",
        "1e999",
        "nan",
        "-1",
        "Request-rate: 1/0s",
    ),
    *(
        "Visit-time: 9999-9999\n",
        "Sitemap: ",
        "http://[::1",
        "\n",
        "\x00",
        "%zz",
        "é",
        "#",
        "Request-rate: 1/10s 0000-2500\n",
        "Crawl-delay: \n",
    ),
)


def on_the_web(found: list[Entry]) -> None:
    """Addresses are of the web, each once, and all of it can be stored."""
    urls = [entry.url for entry in found]
    assert len(set(urls)) == len(urls)
    for entry in found:
        assert entry.url.startswith(("http://", "https://"))
        (entry.url + (entry.title or "")).encode("utf-8")
        assert entry.published_at is None or entry.published_at.tzinfo is None


def feeds(raw: bytes) -> None:
    """Entries of a feed."""
    with suppress(RejectedInputError):
        on_the_web(feed.entries(raw, _BASE))


def sitemaps(raw: bytes) -> None:
    """Pages and further sitemaps."""
    with suppress(RejectedInputError):
        found = sitemap.read(raw, _BASE)
        on_the_web(list(found.pages))
        on_the_web([Entry(url) for url in found.sitemaps])


def lists(raw: bytes) -> None:
    """Addresses of a list."""
    with suppress(RejectedInputError):
        urls, wrong = url_list.urls(raw)
        on_the_web([Entry(url) for url in urls])
        assert all(number > 0 for number, _ in wrong)


class _Raw:
    """A server on loopback that answers the bytes it is told to, and closes."""

    def __init__(self) -> None:
        self.robots = self.answer = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            with connection, suppress(OSError):
                connection.settimeout(5)
                asked = connection.recv(65_536)
                connection.sendall(self.robots if b" /robots.txt " in asked else self.answer)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65_536):
                    pass  # until the client has read all: a reset would take the answer away


@cache
def _server() -> _Raw:
    return _Raw()


def answers(robots: bytes, answer: bytes) -> None:
    """An answer of a web server, headers and all, and its robots.txt: a body, nothing new, or the reason why not."""
    server = _server()
    server.robots = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(robots), robots)
    server.answer = answer
    settings = Fetching(delay_seconds=0, timeout_seconds=1, retries=1, retry_seconds=0, max_bytes=1000, allow_private_hosts=(server.host,))
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder, "memory.sqlite"))
        for _ in range(2):  # the second time with what the first answer said of itself
            with Client(settings, memory) as client, suppress(NotFetchedError):
                fetched = client.get(f"http://{server.host}/a?b=c")
                assert fetched is None or len(fetched.body) <= settings.max_bytes
            memory.keep()
        memory.close()


_LATIN = (pieced(_HEADERS, 12) | pieced(_HEADERS, 5).map(lambda text: "HTTP/1.1 200 OK\r\n" + text)).map(
    lambda text: text.encode("latin-1", "replace")
)
_RSS = b'<rss version="2.0"><channel><item><link>/1</link><pubDate>Tue, 31 Feb 2020 99:99:99 GMT</pubDate></item></channel></rss>'
_SITEMAP = b"<urlset><url><loc>https://daily.example/1</loc><lastmod>9999-12-31T23:59:59-14:00</lastmod></url></urlset>"
PARSERS = {
    "feeds": Parser(feeds, (sent(pieced(_XML)),), [(_RSS,)]),
    "sitemaps": Parser(sitemaps, (sent(pieced(_XML)),), [(_SITEMAP,)]),
    "lists": Parser(lists, (sent(pieced(_XML)),)),
    "answers": Parser(answers, (sent(pieced(_ROBOTS)), _LATIN | st.binary(max_size=60))),
}
WHOLE = {"feeds": _RSS, "sitemaps": _SITEMAP}
