"""The day an article speaks from, by cases with reasons (tests/fixtures/dates_datelines.toml)."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates.publication import publication, url_day

FIXTURE = Path(__file__).parents[2] / "fixtures/dates_datelines.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = publication(None, case["text"], case.get("published_on"), case.get("url"))
    assert found.dateline_text == case.get("line")
    assert found.anchor == case.get("anchor")
    assert found.disagrees == case.get("disagrees", False)
    assert found.basis == ("dateline" if "line" in case else "publication")


def test_a_line_in_the_title_counts_when_the_text_has_none() -> None:
    found = publication("SAN TADEO, 9 JAN 90 -- [TEXT] CLASHES", "IN THE PAST FEW HOURS 5 SOLDIERS WERE KILLED.", None, None)
    assert found.anchor == date(1990, 1, 9)


@given(st.text(), st.none() | st.dates(), st.none() | st.text())
def test_any_text_has_an_answer(text: str, published_on: date | None, url: str | None) -> None:
    found = publication(text[:20], text, published_on, url)
    assert found.anchor == (found.dateline_on or published_on or url_day(url))
    assert found.dateline_text is None or found.dateline_text in text


def test_only_the_head_is_read() -> None:
    start = time.process_time()
    publication(None, "July 2 May 3 " * 300_000, None, "2018/07/" * 100_000)
    assert time.process_time() - start < 2.0
