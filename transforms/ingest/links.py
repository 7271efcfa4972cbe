"""Addresses of articles as feeds, sitemaps and lists give them, and the XML that they come in.

Belongs here: making an address absolute and plain, refusing dangerous XML. Keep out: fetching.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from transforms.ingest.records import RejectedInputError, storable

_SCHEMES = frozenset({"http", "https"})
_MAX_URL = 2_000
# In UTF-8 and, by its NULs between the letters, in UTF-16 and UTF-32.
_ENTITY = re.compile(rb"<\x00{0,3}!\x00{0,3}E\x00{0,3}N\x00{0,3}T\x00{0,3}I\x00{0,3}T\x00{0,3}Y", re.IGNORECASE)


def refuse_entities(raw: bytes) -> None:
    """Raise RejectedInputError (broken_xml) when the XML declares entities: they can grow without end, or read files."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    refused = "it declares XML entities, which no news feed needs; ask its publisher, and do not trust it"
    if _ENTITY.search(raw):
        raise RejectedInputError("broken_xml", refused)
    try:
        fromstring(raw)
    except DefusedXmlException:
        raise RejectedInputError("broken_xml", refused) from None
    except (ParseError, ValueError, LookupError):
        return  # not well formed: who reads it decides whether it will do


def article_url(value: object, base_url: str) -> str | None:
    """Return an address made absolute, without fragment and the marks of campaigns; None when it is none on the web."""
    from courlan import clean_url

    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base_url, storable(value.strip())))
        if parts.scheme not in _SCHEMES or not parts.hostname or parts.username is not None:
            return None
        absolute = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
        return clean_url(absolute) or absolute
    except ValueError:
        return None
