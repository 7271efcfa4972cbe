"""What comes out of ingestion: `Received` articles and `Rejected` inputs, and how loose fields become either.

Rules of this module: a text is stored as it came, but for NUL and lone surrogates (which neither UTF-8 nor the
warehouse can hold): each becomes U+FFFD, one for one, so that offsets stand and the damage shows. A value that is
there but wrong rejects its record; nothing is put in its place.

Belongs here: checking and naming one article. Keep out: files and formats.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit, urlunsplit

from transforms.errors import CasualtiesError
from transforms.identity import article_version_id, hash63
from transforms.ingest.boilerplate import Span, spans_without
from transforms.ingest.days import in_utc, read_day, read_time
from transforms.ingest.header import Header, read_header, saved_header
from transforms.ingest.language import language_of
from transforms.ingest.logins import without_login
from transforms.ingest.republished import original_publisher

MAX_TEXT_BYTES = 20_000_000  # of one article's text in UTF-8; ten thousand times a long news article
MAX_FIELD = 20_000  # characters of any other field: they stand beside each figure of the article
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})


@dataclass(frozen=True, slots=True)
class Received:
    """One article as received; the fields are the columns of `raw.articles` of the same names."""

    article_id: str
    article_version_id: int
    url: str | None
    publisher: str | None
    original_publisher: str | None
    byline: str | None
    title: str | None
    text: str
    read_spans: tuple[Span, ...]
    language: str | None
    language_detected: str | None
    published_on: date | None
    published_at: datetime | None
    captured_at: datetime | None
    is_paraphrase: bool
    origin: str
    origin_line: int | None
    bytes_hash: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that could not be taken in. reason: a code of `ops.rejected_inputs`; detail: what is wrong, what to do.

    What cannot be stored is replaced in both texts: they repeat what the input holds.
    """

    origin: str
    line: int | None
    reason: str
    detail: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "origin", storable(self.origin))
        object.__setattr__(self, "detail", storable(self.detail))


class RejectedInputError(CasualtiesError):
    """An input cannot be taken in. Attributes: reason (a code of `ops.rejected_inputs`), detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def storable(text: str) -> str:
    """Return the text with each NUL and each lone surrogate replaced by U+FFFD: same length, valid UTF-8."""
    return _UNSTORABLE.sub("\ufffd", text)


def _text_field(fields: Mapping[str, object], name: str) -> str | None:
    """Return a field as text, as given; None when it is missing or blank. An id may be a whole number."""
    value = fields.get(name)
    if name == "article_id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RejectedInputError("wrong_type", f"`{name}` is a {type(value).__name__}; give it as text, or leave it out")
    if name != "text" and len(value) > MAX_FIELD:
        raise RejectedInputError(
            "too_large", f"`{name}` has {len(value):,} characters, the limit is {MAX_FIELD:,}; shorten it, or leave it out"
        )
    return storable(value) if value.strip() else None


def _stripped(fields: Mapping[str, object], name: str) -> str | None:
    value = _text_field(fields, name)
    return None if value is None else value.strip()


def _text(fields: Mapping[str, object]) -> str:
    text = _text_field(fields, "text")
    if text is None:
        raise RejectedInputError("missing_text", "`text` is missing or blank; give the article's text, or take the record out")
    size = len(text.encode("utf-8"))
    if size > MAX_TEXT_BYTES:
        raise RejectedInputError("too_large", f"the text has {size:,} bytes, the limit is {MAX_TEXT_BYTES:,}; split it into its articles")
    return text


def _flag(fields: Mapping[str, object], name: str) -> bool:
    value = fields.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    written = value.strip().lower() if isinstance(value, str) else None
    if written in _TRUE:
        return True
    if written in _FALSE:
        return False
    raise RejectedInputError("wrong_type", f"`{name}` is {value!r:.60}; write true or false")


def _moment(fields: Mapping[str, object], name: str) -> datetime | None:
    value = fields.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return value if isinstance(value, datetime) else read_time(value if isinstance(value, str) else "")
    except ValueError:
        raise RejectedInputError(
            "wrong_date", f"`{name}` is {value!r:.60}; write an ISO time with its offset (2018-07-25T14:30:00+03:00), or leave it out"
        ) from None


def _published(fields: Mapping[str, object], header: Header, one_page: bool) -> tuple[date | None, datetime | None]:
    """Return the day of publication and, where one is known, the time in UTC.

    The day is the stated one, else that of the stated time where it was stated, else the header's. A day and a time
    that lie more than a day apart (no two zones do) reject the record; so does a file's date line that is no day.
    """
    moment, given = _moment(fields, "published_at"), fields.get("published_on")
    day: date | None = None
    if given is not None and not (isinstance(given, str) and not given.strip()):
        try:
            day = read_day(given)
        except ValueError:
            raise RejectedInputError(
                "wrong_date", f"`published_on` is {given!r:.60}; write the day as 2018-07-25, or leave it out where it is unknown"
            ) from None
    elif moment is None and header.published_on is None and header.wrong_day is not None and one_page:
        raise RejectedInputError("wrong_date", f"the page's date line {header.wrong_day!r:.80} is no day of the calendar; correct it")
    if day is None:
        day = moment.date() if moment is not None else header.published_on
    if moment is None:
        return day, None
    utc = _in_calendar(moment, "published_at")
    if day is not None and abs((utc.date() - day).days) > 1:
        raise RejectedInputError(
            "wrong_date", f"`published_on` {day} and `published_at` {moment.isoformat()} disagree; correct one of them"
        )
    return day, utc


def _in_calendar(moment: datetime, name: str) -> datetime:
    try:
        return in_utc(moment)
    except OverflowError:
        raise RejectedInputError("wrong_date", f"`{name}` {moment.isoformat()} lies outside the calendar") from None


def _captured(fields: Mapping[str, object]) -> datetime | None:
    """Return when the page was taken from the web, in UTC. It says nothing of when it was published."""
    moment = _moment(fields, "captured_at")
    return None if moment is None else _in_calendar(moment, "captured_at")


def _language(value: str | None) -> str | None:
    match = _LANGUAGE.fullmatch(value) if value else None
    return match.group(1).lower() if match else None


def article_key(url: str | None, publisher: str | None, title: str | None, text: str) -> str:
    """Return the id of an article that came without one: by its address, so that an edited text stays the same article.

    Scheme, case of the host, a fragment and a slash at the end make no difference. The address of a whole site is
    none of an article; then, and without address, publisher, title and text make the id.
    """
    if url:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.netloc and (parts.path.strip("/") or parts.query):
            address = urlunsplit(("", parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))
            return f"url-{hash63('article', address):016x}"
        if not parts.netloc and url.strip("/"):
            return f"url-{hash63('article', url):016x}"
    return f"txt-{hash63('article', publisher, title, text):016x}"


def _header(text: str, titled: bool, one_page: bool) -> Header:
    """Return the header of the text. With a title given, a headline printed above the text stays part of it."""
    if titled:
        return read_header(text, first_is_title=False) if one_page else saved_header(text, first_is_title=False)
    return read_header(text) if one_page else saved_header(text)


def build(fields: Mapping[str, object], *, origin: str, line: int | None, raw: bytes, one_page: bool = False) -> Received:
    """Make an article of loose fields: text, title, url, publisher, published_on, published_at, captured_at, language,
    paraphrase, article_id, byline, original_publisher. Unknown fields are ignored.

    raw: the bytes the record came as. one_page: the text is a file of its own, whose first line may be its title.
    Raises RejectedInputError (missing_text, wrong_type, wrong_date, too_large).
    """
    text = _text(fields)
    given_title = _text_field(fields, "title")
    header = _header(text, given_title is not None, one_page)
    title = given_title or header.title
    url = _stripped(fields, "url") or header.url
    url = without_login(url) if url is not None else None
    publisher = _stripped(fields, "publisher") or header.publisher
    byline = _stripped(fields, "byline") or header.byline
    published_on, published_at = _published(fields, header, one_page)
    article_id = _text_field(fields, "article_id") or article_key(url, publisher, title, text)
    read_spans = spans_without(text, header.spans)
    return Received(
        article_id=article_id,
        article_version_id=article_version_id(article_id, publisher, url, title, text, published_on),
        url=url,
        publisher=publisher,
        original_publisher=_stripped(fields, "original_publisher") or original_publisher(text, byline, publisher),
        byline=byline,
        title=title,
        text=text,
        read_spans=read_spans,
        language=_language(_stripped(fields, "language")),
        language_detected=language_of(text, read_spans),
        published_on=published_on,
        published_at=published_at,
        captured_at=_captured(fields),
        is_paraphrase=_flag(fields, "paraphrase"),
        origin=origin,
        origin_line=line,
        bytes_hash=hashlib.sha256(raw).hexdigest(),
        text_hash=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def take(fields: Mapping[str, object], *, origin: str, line: int | None, raw: bytes, one_page: bool = False) -> Received | Rejected:
    """Return what `build` makes of the fields, or the rejection with its place."""
    try:
        return build(fields, origin=origin, line=line, raw=raw, one_page=one_page)
    except RejectedInputError as error:
        return Rejected(origin, line, error.reason, error.detail)
