"""Rules for articles: raw.articles, core.articles, core.article_versions and core.stories.

A row of these tables cannot go to quarantine, which is for figures: where a rule of severity suite fails, the frame is
refused. Belongs here: rules about received texts. Keep out: what was read in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import Any

import pandas as pd

from expectations.check import Rule
from expectations.frames import values
from expectations.rules.common import not_above

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _text_is_not_blank(frame: pd.DataFrame) -> list[bool]:
    return [text is None or bool(text.strip()) for (text,) in values(frame, "text")]


def _hash_is_of_text(frame: pd.DataFrame) -> list[bool]:
    return [
        text is None or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == text_hash
        for text, text_hash in values(frame, "text", "text_hash")
    ]


def _bytes_hash_is_sha256(frame: pd.DataFrame) -> list[bool]:
    return [value is None or _SHA256.fullmatch(value) is not None for (value,) in values(frame, "bytes_hash")]


def _spans_lie_in_text(frame: pd.DataFrame) -> list[bool]:
    return [text is None or spans is None or _lies_in(spans, len(text)) for spans, text in values(frame, "read_spans", "text")]


def _lies_in(spans_json: str, length: int) -> bool:
    """Return whether the JSON is a list of [start, end) pairs, ascending, apart, and within a text of that length."""
    try:
        spans: Any = json.loads(spans_json)
    except json.JSONDecodeError:
        return False
    if not isinstance(spans, list):
        return False
    position = 0
    for span in spans:
        if not (isinstance(span, list) and len(span) == 2 and all(isinstance(edge, int) for edge in span)):
            return False
        if not position <= span[0] < span[1] <= length:
            return False
        position = span[1]
    return True


def _language_is_code(frame: pd.DataFrame) -> list[bool]:
    return [value is None or _LANGUAGE.fullmatch(value) is not None for (value,) in values(frame, "language")]


def _ingested_on_first_seen_day(frame: pd.DataFrame) -> list[bool]:
    return [day is None or seen is None or day == seen.date() for day, seen in values(frame, "ingested_on", "first_seen_at")]


def _time_fits_day(frame: pd.DataFrame) -> list[bool]:
    """A time in UTC may fall on the day before or after the day that the page prints."""
    return [
        day is None or time is None or abs(time.date() - day) <= timedelta(days=1)
        for day, time in values(frame, "published_on", "published_at")
    ]


def _published_before_seen(frame: pd.DataFrame) -> list[bool]:
    return [
        day is None or seen is None or day <= seen.date() + timedelta(days=1)
        for day, seen in values(frame, "published_on", "first_seen_at")
    ]


def _version_is_new(frame: pd.DataFrame) -> list[bool]:
    return [not again for again in frame.duplicated(["article_id", "version"], keep=False)]


def _superseded_after_seen(frame: pd.DataFrame) -> list[bool]:
    return [end is None or start is None or start <= end for start, end in values(frame, "first_seen_at", "superseded_at")]


def _one_current_version(frame: pd.DataFrame) -> list[bool]:
    current = frame["superseded_at"].isna()
    more = frame[current].duplicated("article_id", keep=False).reindex(frame.index, fill_value=False)
    return [not again for again in more]


_PUBLISHED_BEFORE_SEEN = Rule(
    "published_before_seen",
    "flag",
    "The page gives a day of publication that is still to come: its date line is wrong, or was read wrongly.",
    ("published_on", "first_seen_at"),
    _published_before_seen,
)
_TIME_FITS_DAY = Rule(
    "time_fits_day",
    "flag",
    "Day and time of publication are more than a day apart, which no time zone explains.",
    ("published_on", "published_at"),
    _time_fits_day,
)
_VERSION_IS_NEW = Rule("version_is_new", "suite", "An article has each version number once.", ("article_id", "version"), _version_is_new)

RAW_ARTICLES = (
    Rule("text_is_not_blank", "suite", "A stored text has words; an empty one is a rejected input.", ("text",), _text_is_not_blank),
    Rule(
        "hash_is_of_text",
        "suite",
        "text_hash is the SHA-256 of the text: the evidence has not changed since it was received.",
        ("text", "text_hash"),
        _hash_is_of_text,
    ),
    Rule("bytes_hash_is_sha256", "suite", "bytes_hash is a SHA-256 in hexadecimal.", ("bytes_hash",), _bytes_hash_is_sha256),
    Rule(
        "spans_lie_in_text",
        "suite",
        "read_spans is a JSON list of [start, end) pairs that ascend, do not overlap and lie within the text.",
        ("read_spans", "text"),
        _spans_lie_in_text,
    ),
    Rule(
        "language_is_code",
        "flag",
        "The language is an ISO 639 code, as `en`; some pages give a name or a locale.",
        ("language",),
        _language_is_code,
    ),
    Rule(
        "ingested_on_first_seen_day",
        "suite",
        "The partition (ingested_on) is the UTC day on which the version was seen first.",
        ("ingested_on", "first_seen_at"),
        _ingested_on_first_seen_day,
    ),
    _VERSION_IS_NEW,
    _PUBLISHED_BEFORE_SEEN,
    _TIME_FITS_DAY,
)
CORE_ARTICLES = (_PUBLISHED_BEFORE_SEEN, _TIME_FITS_DAY)
CORE_ARTICLE_VERSIONS = (
    _VERSION_IS_NEW,
    Rule(
        "superseded_after_seen",
        "suite",
        "A version is superseded after it was seen.",
        ("first_seen_at", "superseded_at"),
        _superseded_after_seen,
    ),
    Rule(
        "one_current_version",
        "suite",
        "An article has one current version.",
        ("article_id", "superseded_at"),
        _one_current_version,
    ),
    _PUBLISHED_BEFORE_SEEN,
)
CORE_STORIES = (not_above("n_publishers", "n_articles", "A story has no more publishers than articles."),)
