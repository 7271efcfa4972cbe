"""Loose fields into an article, or the reason why not."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import contract
from transforms.identity import article_version_id
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, article_key, storable, take

TEXT = "Twelve people were killed on Monday, the governor said."


def made(**fields: object) -> Received | Rejected:
    return take({"text": TEXT, **fields}, origin="a.jsonl", line=3, raw=b"raw")


def received(**fields: object) -> Received:
    found = made(**fields)
    assert isinstance(found, Received), found
    return found


def test_the_fields_are_columns_of_raw_articles() -> None:
    known = set(contract.table("raw.articles").column_names)
    assert set(Received.__slots__) <= known
    assert set(Rejected.__slots__) <= set(contract.table("ops.rejected_inputs").column_names)


def test_a_record_is_taken_as_given() -> None:
    found = received(
        article_id=" my id ",
        url=" https://x.example/a ",
        publisher="X",
        title=" Headline ",
        published_on="2018-07-25",
        language="en-GB",
        paraphrase=True,
        killed=5,
    )
    assert (found.article_id, found.title) == (" my id ", " Headline "), "ids and titles are kept to the letter: offsets point into them"
    assert (found.url, found.publisher, found.language, found.is_paraphrase) == ("https://x.example/a", "X", "en", True)
    assert (found.published_on, found.published_at) == (date(2018, 7, 25), None)
    assert (found.origin, found.origin_line, found.text) == ("a.jsonl", 3, TEXT)
    assert found.read_spans == ((0, len(TEXT)),)
    assert found.text_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert found.bytes_hash == hashlib.sha256(b"raw").hexdigest()
    assert found.article_version_id == article_version_id(" my id ", "X", "https://x.example/a", " Headline ", TEXT, date(2018, 7, 25))


def test_a_whole_number_may_be_an_id() -> None:
    assert received(article_id=17).article_id == "17"


@pytest.mark.parametrize(
    ("fields", "reason", "word"),
    [
        ({"text": None}, "missing_text", "`text`"),
        ({"text": " \n "}, "missing_text", "blank"),
        ({"text": 12}, "wrong_type", "int"),
        ({"text": ["a"]}, "wrong_type", "list"),
        ({"publisher": {"name": "X"}}, "wrong_type", "`publisher`"),
        ({"article_id": True}, "wrong_type", "`article_id`"),
        ({"paraphrase": "perhaps"}, "wrong_type", "true or false"),
        ({"paraphrase": 2}, "wrong_type", "true or false"),
        ({"published_on": "25/07/2018"}, "wrong_date", "25/07/2018"),
        ({"published_on": "2018-02-30"}, "wrong_date", "2018-02-30"),
        ({"published_on": "0018-07-25"}, "wrong_date", "0018"),
        ({"published_on": 20180725}, "wrong_date", "20180725"),
        ({"published_on": "yesterday"}, "wrong_date", "yesterday"),
        ({"published_at": "noon"}, "wrong_date", "noon"),
        ({"captured_at": "noon"}, "wrong_date", "`captured_at`"),
        ({"captured_at": "9999-12-31T23:00-05:00"}, "wrong_date", "outside the calendar"),
        ({"published_at": 1532500000}, "wrong_date", "1532500000"),
        ({"published_on": "2018-07-25", "published_at": "2018-08-25T10:00Z"}, "wrong_date", "disagree"),
        ({"published_at": "9999-12-31T23:00-05:00"}, "wrong_date", "outside the calendar"),
        ({"text": "\u00e9" * (MAX_TEXT_BYTES // 2 + 1)}, "too_large", "limit"),
        ({"title": "t" * 20_001}, "too_large", "`title`"),
        ({"article_id": "i" * 1_000_000}, "too_large", "`article_id`"),
    ],
)
def test_a_wrong_value_rejects_the_record(fields: dict[str, object], reason: str, word: str) -> None:
    found = made(**fields)
    assert isinstance(found, Rejected)
    assert (found.origin, found.line, found.reason) == ("a.jsonl", 3, reason)
    assert word in found.detail
    assert len(found.detail) < 400


@pytest.mark.parametrize(
    ("fields", "day", "moment"),
    [
        ({}, None, None),
        ({"published_on": " "}, None, None),
        ({"published_on": datetime(2018, 7, 25, 23, 0)}, date(2018, 7, 25), None),
        ({"published_on": "2018-07-25T23:30:00+03:00"}, date(2018, 7, 25), None),
        ({"published_at": "2018-07-25T01:30:00+03:00"}, date(2018, 7, 25), datetime(2018, 7, 24, 22, 30)),
        (
            {"published_at": datetime(2018, 7, 25, 1, 30, tzinfo=timezone(timedelta(hours=3)))},
            date(2018, 7, 25),
            datetime(2018, 7, 24, 22, 30),
        ),
        ({"published_at": "2018-07-25T01:30:00"}, date(2018, 7, 25), datetime(2018, 7, 25, 1, 30)),
        (
            {"published_on": "2018-07-25", "published_at": datetime(2018, 7, 24, 22, 30, tzinfo=UTC)},
            date(2018, 7, 25),
            datetime(2018, 7, 24, 22, 30),
        ),
    ],
)
def test_days_and_times(fields: dict[str, object], day: date | None, moment: datetime | None) -> None:
    found = received(**fields)
    assert (found.published_on, found.published_at) == (day, moment)


@pytest.mark.parametrize(("given", "code"), [("EN", "en"), ("en_US", "en"), ("english", None), ("", None), ("ara", None)])
def test_languages_are_two_letters_or_unknown(given: str, code: str | None) -> None:
    assert received(language=given).language == code


@pytest.mark.parametrize(("given", "flag"), [(None, False), (True, True), ("TRUE", True), ("no", False), ("", False), ("1", True)])
def test_the_paraphrase_mark(given: object, flag: bool) -> None:
    assert received(paraphrase=given).is_paraphrase is flag


def test_an_edited_text_at_the_same_address_is_the_same_article() -> None:
    first, second = received(url="https://X.example/a/#top"), received(url="http://x.example/a", text=TEXT + " Two more died.")
    assert first.article_id == second.article_id
    assert first.article_version_id != second.article_version_id


def test_the_address_of_a_whole_site_names_no_article() -> None:
    assert article_key("https://x.example/", "X", "T", "one") != article_key("https://x.example/", "X", "T", "two")
    assert article_key("https://x.example/?p=1", "X", "T", "one") == article_key("https://x.example/?p=1", "X", "T", "two")
    assert article_key("https://[broken", None, None, "one") == article_key("https://[broken", None, None, "one")


def test_nul_and_lone_surrogates_are_shown_as_damage() -> None:
    found = received(text="12 killed\ud83d in\x00 the blast \ud83d\ude00", title="\udcff blast", article_id="\ud800")
    assert found.text == "12 killed\ufffd in\ufffd the blast \ufffd\ufffd"
    assert (found.title, found.article_id) == ("\ufffd blast", "\ufffd")


HOSTILE = st.text(st.characters(codec=None, categories=None), max_size=60)
VALUES = st.one_of(HOSTILE, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.lists(HOSTILE, max_size=2))
NAMES = (
    "article_id",
    "url",
    "publisher",
    "title",
    "text",
    "published_on",
    "published_at",
    "language",
    "paraphrase",
    "byline",
    "original_publisher",
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.booleans())
def test_nothing_in_a_record_crashes(fields: dict[str, object], one_page: bool) -> None:
    found = take(fields, origin="a.jsonl", line=1, raw=b"", one_page=one_page)
    if isinstance(found, Rejected):
        assert found.reason in contract.table("ops.rejected_inputs").column("reason").allowed
        found.detail.encode("utf-8")
        return
    for value in (found.article_id, found.url, found.publisher, found.original_publisher, found.byline, found.title, found.text):
        assert value is None or "\x00" not in value.encode("utf-8").decode("utf-8")
    assert all(0 <= start < end <= len(found.text) for start, end in found.read_spans)


@given(HOSTILE)
def test_storable_text_keeps_its_length(text: str) -> None:
    assert len(storable(text)) == len(text)
    assert storable(storable(text)) == storable(text)
    assert storable(text).encode("utf-8")[:0] == b""
