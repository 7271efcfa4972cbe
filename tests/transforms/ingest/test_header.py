"""What the header of a saved page says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.ingest.header import read_header, saved_header
from transforms.ingest.republished import original_publisher

PAGE = Path(__file__).parents[2] / "fixtures/ingest/seed_paraphrase.md"
PROSE = (
    "Twelve people were killed in the blast on Monday, the governor said, and nine others were hurt when a wall fell on them in the market."
)


def test_a_saved_page_is_recognised() -> None:
    text = PAGE.read_text(encoding="utf-8")
    header = saved_header(text)
    assert header.title == "Video: Syria's Southern Front: Over 600 ISIS Members Eliminated by the Army"
    assert (header.byline, header.publisher, header.published_on) == ("Levant Desk News", "World Affairs Review", date(2018, 7, 27))
    assert [text[start:end].strip()[:7] for start, end in header.spans] == [
        "Video: ",
        "By [Lev",
        "World A",
        "Region:",
        "Theme: ",
        "In-dept",
    ]
    assert original_publisher(text, header.byline, header.publisher) == "Levant Desk News"


@pytest.mark.parametrize(
    ("line", "day", "publisher"),
    [
        ("Published: 25 July 2018", date(2018, 7, 25), None),
        ("Published on Wednesday, July 25, 2018", date(2018, 7, 25), None),
        ("2018-07-25", date(2018, 7, 25), None),
        ("Posted: July 25th, 2018 10:26 am", date(2018, 7, 25), None),
        ("25 Jul 2018 | 14:30 GMT", date(2018, 7, 25), None),
        ("Example Times, 25 July 2018", date(2018, 7, 25), "Example Times"),
        ("Damascus, 25 July 2018", date(2018, 7, 25), None),
        ("Updated: 26 July 2018", None, None),
        ("Man found dead in a village, June 15, 2024", None, None),
        ("25/07/2018", None, None),
    ],
)
def test_a_line_with_a_day(line: str, day: date | None, publisher: str | None) -> None:
    header = read_header(f"A Headline\n\n{line}\n\n{PROSE}")
    assert (header.published_on, header.publisher) == (day, publisher)


def test_labelled_lines_are_taken() -> None:
    header = read_header(f"A Headline\n\nBy Jane Example\nPublisher: Example Times\nURL: https://times.example/a/1\nTags: war\n\n{PROSE}")
    assert (header.byline, header.publisher, header.url) == ("Jane Example", "Example Times", "https://times.example/a/1")
    assert header.kinds == {"byline", "publisher", "url", "label"}


def test_a_day_that_no_calendar_has_is_marked() -> None:
    assert read_header(f"A Headline\n\nPublished: 32 July 2018\n\n{PROSE}").wrong_day == "Published: 32 July 2018"


def test_days_inside_the_text_are_none_of_publication() -> None:
    assert read_header(f"A Headline\n\n{PROSE}\n\nPublished: 25 July 2018").published_on is None


@pytest.mark.parametrize("first", ["The army said so on Monday.", "It went on, he said,"])
def test_a_first_line_of_prose_is_no_title(first: str) -> None:
    assert read_header(f"{first}\n\n{PROSE}").title is None


def test_a_single_line_is_text() -> None:
    assert read_header("Twelve killed in blast").title is None


def test_elsewhere_a_headline_above_the_text_stays_text() -> None:
    header = saved_header(f"Twelve killed in blast\nUpdated: May 31, 2016 - 6:54 PM\n\n{PROSE}")
    assert header.title is None
    assert header.spans == [(23, 54)]


@pytest.mark.parametrize(
    ("footer", "byline", "publisher", "origin"),
    [
        ("This article was originally published by Example Agency on 25 July.", None, "Example Times", "Example Agency"),
        ("Republished from [The Example Monitor](#) under a licence.", None, "Example Times", "The Example Monitor"),
        ("The original source of this article is Example Times", "North Desk News", "Example Times", "North Desk News"),
        ("", "AFP", "Example Times", "AFP"),
        ("", "Jane Example", "Example Times", None),
        ("", "Example Times", "Example-Times", None),
        ("originally published in 2011 by many", None, None, None),
        ("The group first appeared in Exampletown in 1979.", None, None, None),
        ("", "Breaking News Staff", "Example Times", None),
    ],
)
def test_the_original_publisher(footer: str, byline: str | None, publisher: str | None, origin: str | None) -> None:
    assert original_publisher(f"{PROSE}\n\n{footer}", byline, publisher) == origin


LINES = st.sampled_from(
    ["By Jane Example", "Example Times, July 27, 2018", "Region: [X](#)", "Published: 40 May 2018", "A Headline", "", PROSE]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=20).map("\n".join))
def test_header_lines_lie_inside_any_text(text: str) -> None:
    for header in (read_header(text), saved_header(text), read_header(text, first_is_title=False)):
        assert all(0 <= start <= end <= len(text) for start, end in header.spans)
        assert header.spans == sorted(header.spans)
