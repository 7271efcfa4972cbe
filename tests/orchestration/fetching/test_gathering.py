"""Feeds, sitemaps and lists, with the pages that they name, from a real server."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.fetching.gathering import gather
from orchestration.fetching.memory import Memory
from orchestration.fetching.settings import Fetching, Sources
from orchestration.fetching.settings import Web as Source
from tests.orchestration.fetching.web import Web
from transforms.ingest import Received, Rejected

TEXT = "Twelve people were killed when shells fell on the market on Monday, the governor of the town said in the evening."
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title><link>{base}/</link>
<description>d</description>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>Tue, 03 Mar 2026 10:00:00 +0200</pubDate></item>"
XML = {"Content-Type": "application/rss+xml"}


def sources(web: Web, *given: Source) -> Sources:
    fetching = Fetching(delay_seconds=0, retry_seconds=0.01, timeout_seconds=5, retries=1, allow_private_hosts=(web.host,))
    return Sources(Path("sources.toml"), fetching, (), given)


def gathered(web: Web, memory: Memory, source: Source, *, landed: bool = True) -> tuple[list[Received], list[Rejected]]:
    found = list(gather(sources(web, source), memory))
    if landed:
        memory.keep()
    return [one for one in found if isinstance(one, Received)], [one for one in found if isinstance(one, Rejected)]


def set_feed(web: Web, *paths: str, **headers: str) -> Source:
    items = "".join(ITEM.format(title=f"T {path}", link=web.url(path)) for path in paths)
    web.answers["/feed"] = (200, {**XML, **headers}, FEED.format(base=web.url(""), items=items).encode())
    return Source("feed", "daily", web.url("/feed"))


def test_the_pages_of_a_feed_are_articles(web: Web, memory: Memory) -> None:
    web.page("/a", TEXT)
    web.page("/b?utm_source=rss", TEXT)
    web.answers["/b"] = web.answers["/b?utm_source=rss"]
    received, rejected = gathered(web, memory, set_feed(web, "/a", "/b?utm_source=rss", "/a"))
    assert rejected == []
    assert [(one.url, one.origin) for one in received] == [(web.url(path), web.url(path)) for path in ("/a", "/b")], "each once, unmarked"
    found = (received[0].published_on, received[0].published_at)
    assert found == (date(2026, 3, 3), datetime(2026, 3, 3, 8)), "the page states no day; the feed does"
    assert received[0].publisher == "127.0.0.1"
    captured = received[0].captured_at
    assert captured is not None and abs(datetime.now(UTC).replace(tzinfo=None) - captured) < timedelta(minutes=1)


def test_what_a_page_states_goes_before_what_its_feed_states_but_a_named_publisher_goes_first(web: Web, memory: Memory) -> None:
    head = '<meta property="article:published_time" content="2026-03-02T10:00:00Z"><meta property="og:site_name" content="A Portal">'
    web.page("/a", TEXT, head)
    source = set_feed(web, "/a")
    received, _ = gathered(web, memory, Source(source.kind, source.name, source.where, publisher="Tarhal Daily"))
    assert (received[0].published_on, received[0].publisher) == (date(2026, 3, 2), "Tarhal Daily")


def test_a_page_that_cannot_be_had_is_told_and_the_rest_goes_on(web: Web, memory: Memory) -> None:
    web.page("/a", TEXT)
    web.answers["/doc"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    web.answers["/empty"] = (200, {"Content-Type": "text/html"}, b"<html><body></body></html>")
    received, rejected = gathered(web, memory, set_feed(web, "/gone", "/doc", "/empty", "/a"))
    assert [one.url for one in received] == [web.url("/a")]
    assert [(one.origin, one.reason) for one in rejected] == [
        (web.url("/gone"), "not_fetched"),
        (web.url("/doc"), "unsupported"),
        (web.url("/empty"), "missing_text"),
    ]


def test_a_link_of_a_feed_into_the_own_network_is_refused(web: Web, memory: Memory) -> None:
    web.answers["/feed"] = (200, XML, FEED.format(base="", items=ITEM.format(title="x", link="http://169.254.169.254/latest")).encode())
    received, rejected = gathered(web, memory, Source("feed", "daily", web.url("/feed")))
    assert received == [] and [one.reason for one in rejected] == ["forbidden_address"]


def test_an_unchanged_feed_costs_one_question(web: Web, memory: Memory) -> None:
    web.page("/a", TEXT)
    source = set_feed(web, "/a", ETag='"1"')
    plain = web.answers["/feed"]
    web.answers["/feed"] = lambda asked: (304, {}, b"") if asked.headers.get("if-none-match") == '"1"' else plain
    assert len(gathered(web, memory, source)[0]) == 1
    web.asked.clear()
    assert gathered(web, memory, source) == ([], [])
    assert web.paths() == ["/feed"]


@pytest.mark.parametrize("cause", ["a page is busy", "too many pages", "killed before landing"])
def test_a_feed_that_was_not_got_whole_is_asked_in_full_again(cause: str, web: Web, memory: Memory) -> None:
    web.page("/a", TEXT)
    web.page("/b", TEXT)
    source = set_feed(web, "/a", "/b", ETag='"1"')
    plain = web.answers["/feed"]
    web.answers["/feed"] = lambda asked: (304, {}, b"") if asked.headers.get("if-none-match") == '"1"' else plain
    whole = web.answers["/b"]
    if cause == "a page is busy":
        web.answers["/b"] = (503, {}, b"")
    few = Source(source.kind, source.name, source.where, max_pages=1) if cause == "too many pages" else source
    gathered(web, memory, few, landed=cause != "killed before landing")
    web.answers["/b"] = whole
    if cause == "killed before landing":
        memory.close()
        memory = Memory(Path(memory.path))
    received, rejected = gathered(web, memory, source)
    assert web.url("/b") in [one.url for one in received] and rejected == []


def test_a_page_is_asked_for_again_only_after_a_while(web: Web, memory: Memory) -> None:
    web.page("/a", TEXT)
    source = set_feed(web, "/a")
    gathered(web, memory, source)
    assert gathered(web, memory, source) == ([], [])
    assert web.paths() == ["/feed", "/a", "/feed"]
    edited = Source(source.kind, source.name, source.where, recheck_hours=0)
    web.page("/a", TEXT.replace("Twelve", "Thirteen"))
    assert "Thirteen" in gathered(web, memory, edited)[0][0].text


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY a "a">]><rss version="2.0"><channel/></rss>'.encode("utf-16"),
        b"<html><body>not a feed</body></html>",
        b"",
    ],
)
def test_a_feed_with_entities_or_that_is_none_is_refused(body: bytes, web: Web, memory: Memory) -> None:
    web.answers["/feed"] = (200, XML, body)
    received, rejected = gathered(web, memory, Source("feed", "daily", web.url("/feed")))
    assert received == [] and [one.reason for one in rejected] == ["broken_xml"]


def test_a_feed_of_nothing_but_tags_is_refused_before_it_is_parsed(web: Web, memory: Memory) -> None:
    # at 20 MB, the limit of a body, such a feed held a run up for minutes
    web.answers["/feed"] = (200, XML, b'<rss version="2.0"><channel>' + b"<a>" * 500_000)
    began = time.process_time()
    received, rejected = gathered(web, memory, Source("feed", "daily", web.url("/feed")))
    assert received == [] and [one.reason for one in rejected] == ["too_large"]
    assert time.process_time() - began < 2


def test_a_sitemap_and_those_it_names_are_followed_newest_page_first(web: Web, memory: Memory) -> None:
    for path in ("/2026/a", "/2026/b", "/about"):
        web.page(path, TEXT)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    inner = (
        f"<urlset {space}><url><loc>{web.url('/2026/a')}</loc><lastmod>2026-03-01</lastmod></url>"
        f"<url><loc>{web.url('/2026/b')}</loc><lastmod>2026-03-02T10:00:00Z</lastmod></url><url><loc>{web.url('/about')}</loc></url></urlset>"
    )
    index = f"<sitemapindex {space}><sitemap><loc>/news.xml.gz</loc></sitemap><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>"
    web.answers["/map.xml"] = (200, {}, index.encode())
    web.answers["/news.xml.gz"] = (200, {}, gzip.compress(inner.encode()))
    received, rejected = gathered(web, memory, Source("sitemap", "site", web.url("/map.xml"), include=("/2026/",)))
    assert rejected == [] and [one.url for one in received] == [web.url("/2026/b"), web.url("/2026/a")]


def test_a_dangerous_sitemap_is_refused(web: Web, memory: Memory) -> None:
    web.answers["/bomb"] = (200, {}, gzip.compress(b"<urlset>" + b" " * 60_000_000))
    web.answers["/entity"] = (200, {}, b'<!DOCTYPE r [<!ENTITY a "a">]><urlset>&a;</urlset>')
    assert [one.reason for one in gathered(web, memory, Source("sitemap", "s", web.url("/bomb")))[1]] == ["archive_bomb"]
    assert [one.reason for one in gathered(web, memory, Source("sitemap", "s", web.url("/entity")))[1]] == ["broken_xml"]


def test_a_list_of_addresses_is_fetched_and_its_mistakes_are_named_by_line(web: Web, memory: Memory, tmp_path: Path) -> None:
    web.page("/a", TEXT)
    (tmp_path / "list.txt").write_text(f"# ours\n\n{web.url('/a')}\nno address\n{web.url('/a')}#top\n")
    received, rejected = gathered(web, memory, Source("urls", "list", str(tmp_path / "list.txt")))
    assert [one.url for one in received] == [web.url("/a")]
    assert [(one.line, one.reason) for one in rejected] == [(4, "wrong_type")]
