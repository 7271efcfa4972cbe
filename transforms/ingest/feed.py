"""An RSS or Atom feed: the addresses of its articles, and what it says of each.

Feeds that declare entities or a document type of their own are refused: expat and feedparser would expand them. Nothing is
fetched here, neither the feed nor what it refers to.

Belongs here: bytes of a feed into entries. Keep out: fetching (`orchestration/fetching`), sitemaps (`sitemap.py`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from transforms.ingest.links import article_url, refuse_entities
from transforms.ingest.records import RejectedInputError, storable

_MOST_SIGNS = 400_000  # tags, of articles in CDATA too; 20 MB of nothing else took a parser minutes


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed or sitemap names. published_at: UTC without zone, as stated; None where it is not."""

    url: str
    title: str | None = None
    published_at: datetime | None = None


def entries(raw: bytes, base_url: str) -> list[Entry]:
    """Return the feed's entries in its order, each address once; entries without an address on the web are left out.

    base_url: where the feed was fetched, for relative addresses. Raises RejectedInputError when it is no feed (broken_xml), or has more
    tags than any (too_large).
    """
    import feedparser  # a tenth of a second: only for who reads feeds

    if (signs := raw.count(b"<")) > _MOST_SIGNS:
        detail = f"the feed has {signs:,} tags, more than {_MOST_SIGNS:,}, which no feed has; open the address in a browser and correct it"
        raise RejectedInputError("too_large", detail)
    refuse_entities(raw)
    # A stream, never a text: feedparser would take a text that looks like an address for one, and fetch it.
    parsed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise RejectedInputError("broken_xml", "this is no RSS or Atom feed; open the address in a browser and correct it")
    found: dict[str, Entry] = {}
    for entry in parsed.entries:
        url = article_url(entry.get("link"), base_url)
        if url is not None:
            found.setdefault(url, Entry(url, _title(entry.get("title")), _moment(entry.get("published_parsed"))))
    return list(found.values())


def _title(value: object) -> str | None:
    return storable(value).strip() or None if isinstance(value, str) else None


def _moment(parts: object) -> datetime | None:
    """Return feedparser's time (UTC) as a datetime; None where there is none, or none that a calendar has."""
    try:
        return datetime(*parts[:6]) if parts else None  # type: ignore[index]
    except (ValueError, TypeError, OverflowError):
        return None
