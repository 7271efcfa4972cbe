"""Pages: the article's text, who printed it, and the day the page states."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import pytest

from transforms.ingest import Received, Rejected, collect

PARAGRAPHS = (
    "<p>Three people were killed when a bomb went off in the market of Exampletown on Wednesday, the health director said.</p>"
    "<p>Nine others were hurt, four of them children, and were taken to two hospitals of the province, he told reporters there.</p>"
)
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Blast in Exampletown | Example Times</title>
<meta property="og:site_name" content="Example Times"><meta property="og:url" content="{url}">{head}</head>
<body><nav><a href="/">Home</a></nav><article><h1>Blast in Exampletown</h1>{lead}{paragraphs}{end}</article>
<footer>Copyright 2018 Example Times. All rights reserved.</footer></body></html>"""


def read(tmp_path: Path, *, url: str = "https://times.example/blast", head: str = "", lead: str = "", end: str = "") -> Received | Rejected:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(url=url, head=head, lead=lead, end=end, paragraphs=PARAGRAPHS), encoding="utf-8")
    (found,) = collect([path])
    return found


def received(tmp_path: Path, **parts: str) -> Received:
    found = read(tmp_path, **parts)
    assert isinstance(found, Received), found
    return found


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    found = received(tmp_path, lead="<p>By Jane Example</p>", end="<p>This article was originally published by Example Agency.</p>")
    assert (found.title, found.publisher, found.url) == ("Blast in Exampletown", "Example Times", "https://times.example/blast")
    assert (found.byline, found.original_publisher, found.language) == ("Jane Example", "Example Agency", "en")
    body = "".join(found.text[start:end] for start, end in found.read_spans)
    assert body.strip().startswith("Three people were killed") and body.strip().endswith("he told reporters there.")


@pytest.mark.parametrize(
    ("head", "day", "moment"),
    [
        ("", None, None),
        ('<meta property="article:published_time" content="2018-07-25T01:30:00+03:00">', date(2018, 7, 25), datetime(2018, 7, 24, 22, 30)),
        ('<meta property="article:published_time" content="2018-07-25T01:30:00">', date(2018, 7, 25), None),
        ('<meta name="date" content="July 25, 2018">', date(2018, 7, 25), None),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2018-07-25"}]}</script>', date(2018, 7, 25), None),
        (
            '<script type="application/ld+json">{"datePublished": broken</script><meta name="pubdate" content="2018-07-25">',
            date(2018, 7, 25),
            None,
        ),
        ('<meta property="article:published_time" content="soon"><meta name="date" content="2018-07-25">', date(2018, 7, 25), None),
    ],
)
def test_only_a_stated_day_counts(head: str, day: date | None, moment: datetime | None, tmp_path: Path) -> None:
    found = received(tmp_path, head=head)
    assert (found.published_on, found.published_at) == (day, moment), "the year of the copyright note is no day"


def test_a_day_in_the_address_is_stated(tmp_path: Path) -> None:
    assert received(tmp_path, url="https://times.example/2018/07/25/blast").published_on == date(2018, 7, 25)


def test_a_stated_day_that_is_none_rejects_the_page(tmp_path: Path) -> None:
    found = read(tmp_path, head='<meta property="article:published_time" content="2018-07-45">')
    assert isinstance(found, Rejected)
    assert found.reason == "wrong_date" and "2018-07-45" in found.detail


@pytest.mark.parametrize("content", ["<html></html>", "<html><body><script>x()</script></body></html>", "<" * 5000, "<div>" * 3000])
def test_a_page_without_article_is_rejected(content: str, tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text(content, encoding="utf-8")
    (found,) = collect([path])
    assert isinstance(found, Rejected)
    assert found.reason == "missing_text"


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = PAGE.format(
        url="https://times.example/b", head="", lead="<p>Tot in Düsseldorf und Köln, über vierzig.</p>", end="", paragraphs=PARAGRAPHS
    )
    path.write_bytes(page.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"))
    (found,) = collect([path])
    assert isinstance(found, Received)
    assert "Düsseldorf und Köln, über" in found.text


@pytest.mark.parametrize("tags", ["<p>", "<h1>x</h1>"])
def test_a_page_of_nothing_but_tags_is_refused_before_it_takes_hours(tags: str, tmp_path: Path) -> None:
    found = read(tmp_path, end=tags * 100_000)
    assert isinstance(found, Rejected) and found.reason == "too_large"
    assert "save the article alone" in found.detail


def test_a_page_states_its_day_beside_endless_lists(tmp_path: Path) -> None:
    """JSON-LD is walked in time that grows with it, not with its square."""
    lists = "[]," * 400_000
    head = f'<script type="application/ld+json">[{lists}{{"datePublished": "2018-07-25"}}]</script>'
    before = time.process_time()
    assert received(tmp_path, head=head).published_on == date(2018, 7, 25)
    assert time.process_time() - before < 5
