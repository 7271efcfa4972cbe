"""The dates step, by cases with reasons (tests/fixtures/dates.toml), the main event's day, and what holds of every text."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.reading.figure_cases import PUBLISHED, document_of
from transforms.contract import table
from transforms.dates.calendar import FIRST_YEAR
from transforms.reading.dates import dates, main_day
from transforms.reading.document import Figure

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "fixtures/dates.toml").read_text(encoding="utf-8"))["case"]
BASES = set(table("core.figures").column("date_basis").allowed)

DATES = "on Friday|yesterday|since 2011|last week|in May|July 25|12 NOV 89|said on Monday|overnight|recent|in 2099|tomorrow|Ramadan 2016"
TELLING = "killed {3} people|wounded {hundreds}|{12} were killed|Elsewhere|.|,|the attack"
PIECES = st.sampled_from(f"{DATES}|{TELLING}".split("|"))
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map(lambda parts: " ".join([*parts, "{5} died."]))


def said(figure: Figure) -> str:
    first, last = figure.event_date_start, figure.event_date_end
    if first is None:
        return "none"
    return str(first) if first == last else f"{first}/{last}"


def open_day(figure: Figure) -> str:
    if figure.weekday is not None:
        return f"weekday {figure.weekday}"
    first, last = figure.month_day_start, figure.month_day_end
    return "none" if first is None else first if first == last else f"{first}/{last}"


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    figures = dates(document_of(case)).figures
    assert [said(figure) for figure in figures] == case["days"]
    if "basis" in case:
        assert [figure.date_basis for figure in figures] == case["basis"]
    if "open" in case:
        assert [open_day(figure) for figure in figures] == case["open"]
    if "flags" in case:
        assert all(figure.flags == case["flags"] for figure in figures)


@given(TEXTS, st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_days_are_in_order_and_never_after_publication(text: str, published: date) -> None:
    document = dates(document_of({"text": f"x {text}", "on": published}))
    bound = document.dateline_on or published
    for figure in document.figures:
        assert figure.date_basis in BASES
        assert (figure.event_date_start is None) == (figure.event_date_end is None) == (figure.date_basis == "none")
        if figure.event_date_start is not None and figure.event_date_end is not None:
            assert figure.event_date_start <= figure.event_date_end <= bound
        assert figure.since_text is None or figure.since_text in document.article.text


@given(TEXTS, st.one_of(st.none(), st.just(PUBLISHED)))
def test_a_day_without_its_year_is_never_a_date(text: str, published: date | None) -> None:
    document = dates(document_of({"text": f"x {text}", "on": published or "unknown"}))
    for figure in document.figures:
        known = figure.event_date_start is not None
        assert not known or figure.event_date_start.year >= FIRST_YEAR
        assert sum((known, figure.month_day_start is not None, figure.weekday is not None)) <= 1
        assert (figure.month_day_start is None) == (figure.month_day_end is None)
        assert published is None or (figure.month_day_start, figure.weekday) == (None, None), "seen from a day, every day has its year"
    first, _ = main_day(document, range(len(document.figures)))
    assert first is None or first.year >= FIRST_YEAR


@given(TEXTS)
def test_the_same_text_gives_the_same_days_and_flags_once(text: str) -> None:
    document = dates(document_of({"text": text}))
    before = [(said(figure), figure.scope, list(figure.flags)) for figure in document.figures]
    assert [(said(figure), figure.scope, list(figure.flags)) for figure in dates(document).figures] == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men were shot in Orlen on Saturday night. A suspect was arrested on Tuesday, police said.", "2018-07-21"),
        ("Police arrested a suspect on Tuesday. The shooting happened around 2 a.m. on Sunday in Orlen.", "2018-07-22"),
        ("Four people were shot last weekend. The first shots were fired early on Sunday, witnesses said.", "2018-07-22"),
        ("A boy was shot in Orlen just after 3:30 a.m., officers said.", "2018-07-27"),
        ("On July 21 the agency reported that an air strike had hit Karsa.", "2018-07-21"),
        ("A boy was shot in Orlen, officers said.", "None"),
    ],
)
def test_main_day_of_an_article_without_figures(text: str, expected: str) -> None:
    first, last = main_day(document_of({"text": text}), [])
    assert str(first) == expected
    assert first == last


def test_main_day_is_that_of_the_figures() -> None:
    document = dates(document_of({"text": "A raid killed {20} people on Monday. Another killed {3} on Wednesday."}))
    assert main_day(document, [1]) == (date(2018, 7, 25), date(2018, 7, 25))
    assert main_day(document, [0, 1]) == (date(2018, 7, 23), date(2018, 7, 23))


def test_dateline_of_the_document() -> None:
    document = dates(document_of({"text": "KARSA, July 26 (Northern News) - A raid killed {12} people."}))
    assert (document.dateline_text, document.dateline_on) == ("July 26", date(2018, 7, 26))
    assert dates(document_of({"text": "A raid killed {12} people on July 26."})).dateline_on is None


@pytest.mark.integration
@pytest.mark.parametrize(
    "unit", ["killed {3} people on Friday and since 2011 ", "{3} died yesterday. ", "since since since {3} killed ", "Ali {Bo Ko} killed "]
)
def test_work_is_linear_in_hostile_text(unit: str) -> None:
    seconds = []
    for size in (150, 600):
        document = document_of({"text": unit * size, "on": PUBLISHED})
        start = time.process_time()
        dates(document)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * seconds[0] + 0.5, "four times the text: linear work takes four times as long, quadratic sixteen"
