"""A sitemap: the addresses of a site's pages, and of further sitemaps.

Belongs here: bytes of a sitemap into addresses. Keep out: fetching (`orchestration/fetching`), feeds (`feed.py`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from transforms.ingest.days import in_utc, read_time
from transforms.ingest.feed import Entry
from transforms.ingest.links import article_url
from transforms.ingest.records import RejectedInputError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 50_000_000  # the protocol's own limit, unpacked
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages, newest first where it says so, and the addresses of further sitemaps."""

    pages: tuple[Entry, ...]
    sitemaps: tuple[str, ...]


def read(raw: bytes, base_url: str) -> Sitemap:
    """Return what the sitemap names. Raises RejectedInputError (broken_xml, archive_bomb) when it is none."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(_plain(raw), forbid_dtd=True)
    except DefusedXmlException:
        detail = "it has a document type or entities, which no sitemap needs; ask its publisher, and do not trust it"
        raise RejectedInputError("broken_xml", detail) from None
    except (ParseError, ValueError, LookupError) as error:
        detail = f"this is no XML sitemap ({error!s:.80}); open the address in a browser and correct it"
        raise RejectedInputError("broken_xml", detail) from None
    pages = sorted(_pages(root, base_url), key=lambda dated: dated[0], reverse=True)
    further = [url for one in _children(root, "sitemap") if (url := article_url(_text(one, "loc"), base_url))]
    return Sitemap(tuple({entry.url: entry for _, entry in pages}.values()), tuple(dict.fromkeys(further)))


def _pages(root: Element, base_url: str) -> Iterator[tuple[datetime, Entry]]:
    """Yield each page with its latest day, for the order."""
    for one in _children(root, "url"):
        url = article_url(_text(one, "loc"), base_url)
        if url is None:
            continue
        news = next(_children(one, "news"), None)
        published = _moment(_text(news, "publication_date")) if news is not None else None
        title = _text(news, "title") if news is not None else None
        yield published or _moment(_text(one, "lastmod")) or datetime.min, Entry(url, title, published)


def _plain(raw: bytes) -> bytes:
    """Return the sitemap unpacked, within the protocol's limit."""
    if not raw.startswith(_GZIP):
        return raw
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(raw, MAX_BYTES)
    except zlib.error as error:
        raise RejectedInputError("broken_xml", f"it cannot be unpacked ({error!s:.80}); fetch it again") from None
    if unpacking.unconsumed_tail:
        raise RejectedInputError("archive_bomb", f"it unpacks to more than {MAX_BYTES:,} bytes, the limit for sitemaps; do not trust it")
    return plain


def _children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name, in whatever namespace."""
    return (child for child in element if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name)


def _text(element: Element, name: str) -> str | None:
    child = next(_children(element, name), None)
    return child.text.strip() or None if child is not None and child.text else None


def _moment(text: str | None) -> datetime | None:
    """Return a W3C day or time in UTC without zone; None where it is neither."""
    try:
        return in_utc(read_time(text)) if text else None
    except (ValueError, OverflowError):
        return None
