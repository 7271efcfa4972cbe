"""Each step of the reader, by cases with reasons (tests/fixtures/reading/<step>.toml), and what is known not to be read yet."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.transforms.reading.shown import SHOWS, run, shown
from transforms.reading.attachment_rules import RULES
from transforms.reading.reader import STEPS

FIXTURES = Path(__file__).parents[2] / "fixtures"
# dates, places and attribution have files of their own form, and their own tests
ELSEWHERE = {"dates": "dates.toml", "places": "places.toml", "attribution": "attribution.toml"}


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FIXTURES / "reading" / f"{name}.toml").read_text(encoding="utf-8"))["case"]  # type: ignore[no-any-return]


# does nothing unless an option is on: test_suicide_attackers.py
OPTIONAL = {"suicide_attackers"}

CASES = [pytest.param(step, case, id=f"{step}: {case['why']}") for step in SHOWS for case in cases(step)]
GAPS = [
    pytest.param(case, id=f"{case['step']}: {case['why']}", marks=pytest.mark.xfail(strict=True, reason="known gap"))
    for case in cases("known_gaps")
]


def check(step: str, case: dict[str, Any]) -> None:
    assert shown(step, case["text"], case.get("title"), case.get("published_on")) == case["shows"], case["why"]


@pytest.mark.parametrize(("step", "case"), CASES)
def test_case(step: str, case: dict[str, Any]) -> None:
    check(step, case)


@pytest.mark.parametrize("case", GAPS)
def test_known_gap(case: dict[str, Any]) -> None:
    check(case["step"], case)


def test_every_step_has_its_cases() -> None:
    names = {step.__name__ for step in STEPS}
    assert set(SHOWS) | set(ELSEWHERE) | OPTIONAL == names
    assert [step for step in SHOWS if not cases(step)] == []
    assert [file for file in ELSEWHERE.values() if not (FIXTURES / file).is_file()] == []


def test_every_form_of_outcome_words_makes_a_figure_in_some_case() -> None:
    """A form whose rule no case reaches would be untested grammar."""
    reached = set()
    for case in cases("attachment"):
        document = run("attachment", case["text"])
        for figure in document.figures:
            triggers = document.marks[figure.sentence_index].triggers
            reached |= {trigger.form for trigger in triggers if trigger.end == figure.outcome_tokens[1]}
    assert set(RULES) - reached == set()


def test_a_reason_stands_once_in_a_file() -> None:
    for name in [*SHOWS, "known_gaps"]:
        texts = [case["text"] for case in cases(name)]
        assert len(texts) == len(set(texts)), f"{name}: a text stands twice"
