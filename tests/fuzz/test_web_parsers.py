"""What other hosts send, and the file that says whom to ask: feeds, sitemaps and lists give addresses of the web or a rejection.

Short with the unit tests; `make torture` runs each for ten minutes.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from orchestration.fetching import settings as sources_file
from tests.fuzz.fuzzing import Parsers, for_long, fuzz
from transforms.errors import InputError
from transforms.ingest import feed, sitemap, url_list
from transforms.ingest.feed import Entry
from transforms.ingest.records import RejectedInputError

BASE = "https://daily.example/rss.xml"
XML = (
    *('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>', '<rss version="2.0"><channel>', "</channel></rss>"),
    *("<item>", "</item>", "<link>", "</link>", "<title>", "</title>", "<pubDate>", "</pubDate>", "Tue, 31 Feb 2020 99:99:99 GMT"),
    *('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>", "<entry>", "</entry>", '<link href="', '"/>', "<updated>", "0000-00-00T"),
    *('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>"),
    *("<sitemapindex>", "<sitemap>", "</sitemap>", "</sitemapindex>", "2020-02-30", "9999-12-31T23:59:59-14:00", "<news:news>"),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "<![CDATA[", "]]>", "<!--", "\x00", "\ufeff", "\u202e"),
    *(
        "https://daily.example/1",
        "//other.example",
        "javascript:alert(1)",
        "http://[::1",
        "file:///etc/passwd",
        "../..",
        "http://é.例/?",
        "#",
    ),
)
TOML = (
    *(
        "[fetch]\n",
        "[[feed]]\n",
        "[[inbox]]\n",
        "[[urls]]\n",
        "[[sitemap]]\n",
        "[[archive]]\n",
        "[feed]\n",
        "[other]\n",
        "name = ",
        "url = ",
    ),
    *("path = ", "file = ", "schedule = ", "include = ", "max_pages = ", "delay_seconds = ", "allow_private_hosts = ", "contact = "),
    *('"a"\n', '"https://daily.example/rss"\n', '"../.."\n', '"* * * * *"\n', '"0 25 * * *"\n', "[]\n", '["a", 1]\n', "-1\n", "1e999\n"),
    *("nan\n", "true\n", "2020-01-01\n", "{}\n", "[[[", '"""', "\x00", "é", "=", "\n"),
)


def _pieced(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces) | st.text(max_size=6), max_size=40).map("".join)


def _sent(pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """Return bytes as a host may send them: well encoded, in another encoding, cut or packed badly."""
    text = _pieced(pieces)
    return (
        text.map(lambda value: value.encode("utf-8", "surrogatepass"))
        | text.map(lambda value: value.encode("utf-16", "surrogatepass"))
        | st.binary(max_size=200)
        | st.binary(max_size=60).map(lambda value: b"\x1f\x8b\x08" + value)
    )


def on_the_web(found: list[Entry]) -> None:
    urls = [entry.url for entry in found]
    assert len(set(urls)) == len(urls)
    for entry in found:
        assert entry.url.startswith(("http://", "https://"))
        (entry.url + (entry.title or "")).encode("utf-8")
        assert entry.published_at is None or entry.published_at.tzinfo is None


def feeds(raw: bytes) -> None:
    with suppress(RejectedInputError):
        on_the_web(feed.entries(raw, BASE))


def sitemaps(raw: bytes) -> None:
    with suppress(RejectedInputError):
        found = sitemap.read(raw, BASE)
        on_the_web(list(found.pages))
        on_the_web([Entry(url) for url in found.sitemaps])


def lists(raw: bytes) -> None:
    with suppress(RejectedInputError):
        urls, wrong = url_list.urls(raw)
        on_the_web([Entry(url) for url in urls])
        assert all(number > 0 for number, _ in wrong)


def sources(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sources.toml")
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            found = sources_file.read(file)
        except InputError as error:
            assert "sources.toml" in str(error), "it says which file is meant"
            return
        assert all(web.kind in ("feed", "sitemap", "urls") for web in found.web)


PARSERS: Parsers = {
    "feeds": (feeds, (_sent(XML),)),
    "sitemaps": (sitemaps, (_sent(XML),)),
    "lists": (lists, (_sent(XML),)),
    "sources": (sources, (_pieced(TOML),)),
}


@pytest.mark.parametrize("name", PARSERS)
def test_short(name: str) -> None:
    fuzz(PARSERS[name], 150)


@pytest.mark.torture
@pytest.mark.parametrize("name", PARSERS)
def test_long(name: str) -> None:
    for_long(PARSERS[name])


# well-formed on purpose: what made-up bytes seldom are
WHOLE: dict[str, list[Any]] = {
    "feeds": [b'<rss version="2.0"><channel><item><link>/1</link><pubDate>Tue, 31 Feb 2020 99:99:99 GMT</pubDate></item></channel></rss>'],
    "sitemaps": [b"<urlset><url><loc>https://daily.example/1</loc><lastmod>9999-12-31T23:59:59-14:00</lastmod></url></urlset>"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WHOLE.items() for value in values])
def test_whole_documents_with_times_that_no_calendar_has_keep_their_addresses(name: str, value: bytes) -> None:
    PARSERS[name][0](value)
    found = feed.entries(value, BASE) if name == "feeds" else list(sitemap.read(value, BASE).pages)
    assert [(entry.url, entry.published_at) for entry in found] == [("https://daily.example/1", None)]
