"""A web archive, `.warc` or `.warc.gz` (CC-NEWS files are such): each archived page is an article.

Pages are responses with status 200 and HTML in them. What else was archived (images, redirects, errors) is counted in one
rejection at the end, so that it is not gone without a word. The address is the one that was asked for; the hash is that of
the page's bytes after the web's own packing (`Content-Encoding`) is undone.

Belongs here: that format. Keep out: what a page says (`html_file.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from transforms.ingest.html_file import take_page
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, RejectedInputError, storable

_HTML = ("text/html", "application/xhtml+xml")
_KINDS_SHOWN = 5
_MAX_HEADER = 64_000
_MAX_RECORD_BYTES = 2 * MAX_TEXT_BYTES  # held in memory one at a time


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the pages of the archive, responses numbered from 1. Raises RejectedInputError and OSError."""
    other: Counter[str] = Counter()
    number = n_pages = 0
    with path.open("rb") as handle:
        try:
            for number, record in enumerate(_responses(handle), 1):
                kind = _kind(record)
                if kind in _HTML:
                    n_pages += 1
                    yield _of_page(record, origin, number)
                else:
                    other[kind] += 1
        except (OSError, ValueError, EOFError) as error:
            detail = f"the web archive is damaged after response {number} ({error!s:.100}); fetch it again"
            yield Rejected(origin, None, "unreadable", detail)
            return
    if not number:
        raise RejectedInputError("empty", "the web archive holds no responses; fetch it again")
    if other:
        kinds = ", ".join(f"{count} {kind}" for kind, count in other.most_common(_KINDS_SHOWN))
        detail = f"{sum(other.values())} of {number} responses are no pages and were not read: {kinds}"
        yield Rejected(origin, None, "unsupported", detail if n_pages else f"{detail}; there is no page in it")


def _responses(handle: BinaryIO) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # only for who reads web archives

    return iter(
        ArchiveIterator(handle, record_types=WarcRecordType.response, parse_http=False, max_header_len=_MAX_HEADER, fsspec_args=False)
    )


def _kind(record: Any) -> str:
    """Return the type of what was answered: `text/html`, or `status 404` for what is no answer. Raises EOFError when it is cut short."""
    length = record.content_length
    if length > _MAX_RECORD_BYTES:
        return f"larger than {_MAX_RECORD_BYTES:,} bytes"
    record.freeze()  # into memory: only then does it show whether all of it is there
    if record.content_length < length:
        raise EOFError(f"the response has {record.content_length:,} of its {length:,} bytes")
    if not record.is_http:
        return "not HTTP"
    record.parse_http(auto_decode="all")
    status = record.http_headers.status_code
    if status != 200:
        return f"status {status}"
    return storable((record.http_content_type or "of unknown type").lower()[:60])


def _of_page(record: Any, origin: str, number: int) -> Received | Rejected:
    raw = record.reader.read(MAX_TEXT_BYTES + 1)
    if len(raw) > MAX_TEXT_BYTES:
        return Rejected(origin, number, "too_large", f"the page has more than {MAX_TEXT_BYTES:,} bytes; save the article alone")
    url = record.headers.get("WARC-Target-URI", "").strip("<> ") or None
    return take_page(raw, origin=origin, line=number, url=url, charset=record.http_charset, captured_at=record.record_date)
