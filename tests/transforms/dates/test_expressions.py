"""The date grammar and what its expressions mean, by cases with reasons, and what holds of every text."""

from __future__ import annotations

import time
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.dates import calendar
from transforms.dates.calendar import Days
from transforms.dates.grammar import mentions
from transforms.dates.resolve import resolve
from transforms.dates.tokens import MAX_TOKENS, cut, may_hold_date
from transforms.dates.vocabulary import vocabulary

FIXTURE = Path(__file__).parents[2] / "fixtures/dates_expressions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["case"]
PUBLISHED = date(2018, 7, 27)

PLAIN = ["2016", "31", "3", "12", "9th", "1999-12-31", "31.12.2099", "-", ",", "to", "and", "last", "past", "May", "Friday"]
DATE_WORDS = st.sampled_from([*sorted(vocabulary().triggers), *vocabulary().numbers, *vocabulary().phrases, *PLAIN])
CASINGS = st.sampled_from([str, str.title, str.upper])
DATE_TEXTS = st.tuples(st.lists(DATE_WORDS | st.text(max_size=6), max_size=12), CASINGS).map(lambda made: made[1](" ".join(made[0])))
ANCHORS = st.dates() | st.sampled_from([date.min, date.max, date(2000, 2, 29), PUBLISHED])


def said(days: Days | None) -> str:
    if days is None:
        return ""
    return str(days.first) if days.is_single else f"{days.first}/{days.last}"


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    tokens = cut(case["text"])
    found = mentions(tokens)
    assert [[" ".join(tokens.words[m.first : m.last]), said(resolve(m.expression, case.get("on", PUBLISHED)))] for m in found] == case[
        "found"
    ]


@pytest.mark.parametrize("case", [case for case in CASES if case["found"]], ids=lambda case: case["why"])
def test_the_gate_lets_every_date_through(case: dict[str, Any]) -> None:
    assert may_hold_date(case["text"])


@given(DATE_TEXTS, ANCHORS, st.dates())
@example("the past 999 years", date.min, date.min)
@example("in 999 years ago last month", date.max, date.max)
def test_no_day_after_the_bound_and_no_span_backwards(text: str, anchor: date, before: date) -> None:
    for mention in mentions(cut(text)):
        days = resolve(mention.expression, anchor, Days(before, before))
        if days is not None:
            assert days.first <= days.last <= anchor


@given(DATE_TEXTS)
def test_mentions_are_in_order_and_never_overlap(text: str) -> None:
    tokens = cut(text)
    end = 0
    for mention in mentions(tokens):
        assert end <= mention.first < mention.last <= len(tokens)
        end = mention.last


@given(DATE_TEXTS)
def test_without_a_publication_day_only_full_dates_have_days(text: str) -> None:
    for mention in mentions(cut(text)):
        days = resolve(mention.expression, None)
        if days is not None:
            assert str(days.first.year) in text or str(days.last.year) in text or str(days.first.year)[2:] in text


@given(st.text())
def test_tokens_lie_in_the_text(text: str) -> None:
    tokens = cut(text)
    for index, (word, start) in enumerate(zip(tokens.words, tokens.starts, strict=True)):
        assert text[start : tokens.end(index)] == word


@given(st.dates(min_value=date(1900, 1, 8)), st.integers(0, 6))
def test_weekday_on_or_before(anchor: date, weekday: int) -> None:
    found = calendar.weekday_before(anchor, weekday)
    assert found is not None
    assert found.weekday() == weekday
    assert timedelta(0) <= anchor - found < timedelta(7)


@pytest.mark.parametrize(("year", "expected"), [(2016, "2016-03-27"), (2018, "2018-04-01"), (2024, "2024-03-31"), (1954, "1954-04-18")])
def test_easter(year: int, expected: str) -> None:
    assert str(calendar.easter(year)) == expected


def test_a_span_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="runs forward"):
        Days(date(2018, 7, 27), date(2018, 7, 26))
    assert calendar.span(date(2018, 7, 27), date(2018, 7, 26)) is None


@pytest.mark.integration
@pytest.mark.parametrize("unit", ["the ", "May ", "last ", "1-1-", "3 and ", "two ", "Friday and ", "12 "])
def test_hostile_text_is_cut_short(unit: str) -> None:
    tokens = cut(unit * 200_000)
    assert len(tokens) == MAX_TOKENS
    start = time.process_time()
    mentions(tokens)
    assert time.process_time() - start < 2.0
