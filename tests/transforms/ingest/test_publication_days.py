"""Stated publication days and times: as written, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.ingest.days import FIRST_YEAR, find_day, in_utc, read_day, read_time


@pytest.mark.parametrize(
    "written",
    [
        "2018-07-25",
        "25 July 2018",
        "25th of July 2018",
        "July 25, 2018",
        "Jul. 25 2018",
        "Wednesday, 25 Jul 2018 at noon",
        "JULY 25th, 2018",
    ],
)
def test_common_forms_are_read(written: str) -> None:
    found = find_day(written)
    assert found is not None
    assert found[0] == date(2018, 7, 25)


@pytest.mark.parametrize("written", ["", "07/08/2018", "25 Foo 2018", "July 2018", "in 2018", "25 July", "1234567"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert find_day(written) is None


@pytest.mark.parametrize("written", ["31 June 2018", "July 32, 2018", "2018-02-30", "25 July 1018"])
def test_a_day_that_no_calendar_has_is_an_error(written: str) -> None:
    with pytest.raises(ValueError):
        find_day(written)


@given(st.dates(min_value=date(FIRST_YEAR, 1, 1)))
def test_every_day_comes_back_from_each_form(day: date) -> None:
    month = f"{day:%B}"
    for written in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]}. {day.year}",
    ):
        found = find_day(f"x {written} y")
        assert found is not None and found[0] == day
    assert read_day(day.isoformat()) == day
    assert read_day(datetime(day.year, day.month, day.day, 23, 59)) == day


def test_times_keep_their_offset_until_they_are_turned_to_utc() -> None:
    moment = read_time("2018-07-25T01:30:00+03:00")
    assert moment.utcoffset() is not None
    assert in_utc(moment) == datetime(2018, 7, 24, 22, 30)
    assert in_utc(datetime(2018, 7, 25, 1, 30)) == datetime(2018, 7, 25, 1, 30)
    assert in_utc(datetime(2018, 7, 25, 1, 30, tzinfo=UTC)) == datetime(2018, 7, 25, 1, 30)


def test_a_time_that_two_fields_of_a_page_give_alike_is_that_time() -> None:
    assert read_day("2025-06-13T22:19:39+00:00 2025-06-13T22:19:39+00:00") == date(2025, 6, 13)
    assert read_time("2025-06-13T22:19:39+00:00 2025-06-13T22:19:39+00:00").hour == 22
    with pytest.raises(ValueError):
        read_day("2025-06-13 2025-06-14")
