"""One article in an `.html` page: its text by trafilatura, its publication day by what the page states.

Of dates only stated ones count (meta tags, JSON-LD, `<time>`, a day in the address, a date line above the text).
trafilatura's own is not used: it takes the year of a copyright note for the 1st of January, and `2018-07-45` for July 1.

Belongs here: that format. Keep out: page furniture inside the extracted text (`boilerplate.py`).
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from transforms.ingest.days import find_day, read_day, read_time
from transforms.ingest.decoding import decode
from transforms.ingest.files import read_bytes
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, RejectedInputError, take

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 16_384
_LIBRARY_FAILS = (AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)  # trafilatura, on odd trees
# A live blog of a day has some ten thousand elements. 50,000 cost trafilatura seconds, a page of nothing but tags hours.
_MOST_ELEMENTS, _MOST_SIGNS = 50_000, 400_000
# Where pages state the day they were published; the first that reads as a day counts.
_BY_META = ("article:published_time", "og:article:published_time", "datePublished")
_BY_OTHER_META = (
    *("pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "date"),
    *("dc.date", "DC.date", "dc.date.issued", "DC.date.issued", "dcterms.created"),
)
_BY_ELEMENT = ("//*[@itemprop='datePublished']/@datetime", "//time[@pubdate]/@datetime", "//article//time/@datetime")
_META = "//meta[@property=$name or @name=$name or @itemprop=$name]/@content"
_DAY_IN_URL = re.compile(r"/(\d{4})[/-](\d{2})[/-](\d{2})(?:/|-|$)")
_JSON_LD = "//script[@type='application/ld+json']/text()"


def _in_json_ld(value: object) -> Iterator[str]:
    """Yield every `datePublished` of a JSON-LD value, outermost first."""
    waiting = deque([value])
    while waiting:
        found = waiting.popleft()
        if isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, dict):
            stated = found.get("datePublished")
            if isinstance(stated, str):
                yield stated
            waiting.extend(inner for inner in found.values() if isinstance(inner, dict | list))


def _stated(tree: Any) -> Iterator[str]:
    """Yield what the page states as its publication day or time, best place first."""
    for name in _BY_META:
        yield from tree.xpath(_META, name=name)
    for script in tree.xpath(_JSON_LD):
        try:
            yield from _in_json_ld(json.loads(script))
        except (ValueError, RecursionError):
            continue  # a broken script states nothing
    for name in _BY_OTHER_META:
        yield from tree.xpath(_META, name=name)
    for place in _BY_ELEMENT:
        yield from tree.xpath(place)


def _read_stated(stated: str) -> date | datetime | None:
    """Return a stated day or time; None when it is neither. A time without offset is of an unknown zone: its day counts."""
    try:
        moment = read_time(stated)
        is_time = moment.tzinfo is not None and len(stated.strip()) > len("2018-07-25")
        return moment if is_time else moment.date()
    except ValueError:
        pass
    try:
        return read_day(stated[:10]) if re.match(r"\d{4}-\d{2}-\d{2}", stated) else (find_day(stated) or (None,))[0]
    except ValueError:
        return None


def _day_of(url: str | None) -> date | None:
    """Return the day that stands in an address (`/2018/07/25/`); None when there is none, or no such day."""
    match = _DAY_IN_URL.search(url or "")
    try:
        return read_day("-".join(match.groups())) if match else None
    except ValueError:
        return None


def _published(tree: Any, url: str | None) -> dict[str, object]:
    """Return published_on or published_at as the page or its address states them; {} when neither does.

    Raises RejectedInputError (wrong_date) when they state only what is no day.
    """
    wrong: str | None = None
    for stated in _stated(tree):
        if not stated.strip():
            continue
        found = _read_stated(stated.strip())
        if isinstance(found, datetime):
            return {"published_at": found}
        if found is not None:
            return {"published_on": found}
        wrong = wrong or stated
    day = _day_of(url)
    if day is not None:
        return {"published_on": day}
    if wrong is not None:
        raise RejectedInputError("wrong_date", f"the page states {wrong!r:.60} as its day of publication; correct it in the file")
    return {}


def _without_title(text: str, title: str | None) -> str:
    """Return the text without a first line that repeats the title: the title is stored on its own."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and first.strip() == title.strip() and rest else text


def _check_tags(number: int, most: int) -> None:
    if number > most:
        detail = f"the page has {number:,} tags, more than {most:,}, which no article has; save the article alone, or its text as .txt"
        raise RejectedInputError("too_large", detail)


def _extracted(page: str) -> tuple[Any, dict[str, Any]]:
    """Return the page's tree and what trafilatura found in it. Raises RejectedInputError (missing_text, too_large, unreadable)."""
    from trafilatura import bare_extraction, load_html  # half a second: only for who reads pages

    _check_tags(page.count("<"), _MOST_SIGNS)
    tree = load_html(page)
    found = None
    if tree is not None:
        _check_tags(sum(1 for _ in tree.iter()), _MOST_ELEMENTS)
        dated = {"extensive_search": False, "original_date": True}
        try:
            document = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=dated)
        except _LIBRARY_FAILS as error:
            detail = f"its tags are in such disorder that it cannot be read ({type(error).__name__}); save the article's text as .txt"
            raise RejectedInputError("unreadable", detail) from None
        found = document if document is None or isinstance(document, dict) else document.as_dict()
    if not found or not (found.get("text") or "").strip():
        raise RejectedInputError("missing_text", "no article text was found in the page; save the article itself, or its text as .txt")
    return tree, found


def _fields(page: str, url: str | None) -> dict[str, object]:
    """Return the article's fields as the page gives them. Raises RejectedInputError (missing_text, wrong_date).

    url: where the page was fetched. What the page says of its address counts only where it stays with that host.
    """
    tree, found = _extracted(page)
    if url is not None and _host(found["url"]) != _host(url):
        found["url"], found["hostname"] = url, _host(url)
    return {
        "text": _without_title(found["text"], found["title"]),
        "title": found["title"],
        "url": found["url"],
        "publisher": found["sitename"] or found["hostname"],
        "byline": found["author"],
        "language": next(iter(tree.xpath("/html/@lang")), None),
        **_published(tree, found["url"]),
    }


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def take_page(
    raw: bytes,
    *,
    origin: str,
    line: int | None = None,
    url: str | None = None,
    charset: str | None = None,
    publisher: str | None = None,
    known: Mapping[str, object] | None = None,
    captured_at: datetime | None = None,
) -> Received | Rejected:
    """Return the article of a page's bytes, or the rejection with its place.

    url: where it was fetched. charset: what the server said of its encoding; what the page itself declares goes second. publisher:
    goes before what the page says; `known` fields fill what it leaves open. captured_at: when the page was taken from the web, in UTC.
    """
    try:
        declared = _CHARSET.search(raw[:_HEAD_BYTES])
        page = decode(raw, charset or (declared.group(1).decode("ascii") if declared else None))
        fields = _fields(page, url)
        stated = {name for name, value in fields.items() if value is not None}
        if "published_on" in stated:
            stated.add("published_at")
        fields |= {name: value for name, value in (known or {}).items() if name not in stated}
        fields["captured_at"] = captured_at
        if publisher is not None:
            fields["publisher"] = publisher
        return take(fields, origin=origin, line=line, raw=raw, one_page=True)
    except RejectedInputError as error:
        return Rejected(origin, line, error.reason, error.detail)


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the article of the page. Raises RejectedInputError and OSError."""
    yield take_page(read_bytes(path, MAX_TEXT_BYTES, "save the article alone"), origin=origin)
