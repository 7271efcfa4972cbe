"""The project's own corpus is well formed: spans true, values of the contract, parts that have a whole."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.quality.runner import named
from transforms.contract import table

RECORDS: list[dict[str, Any]] = named("own").records()
FIGURES = [figure for record in RECORDS for figure in record["figures"]]


def test_it_is_large_enough_and_no_text_stands_twice() -> None:
    assert len(RECORDS) >= 60 and len(FIGURES) >= 100
    assert len({record["text"] for record in RECORDS}) == len({record["article_id"] for record in RECORDS}) == len(RECORDS)
    assert sum(not record["figures"] for record in RECORDS) >= 5, "articles without a figure show false alarms"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["article_id"])
def test_spans_and_sentences_are_of_the_text(record: dict[str, Any]) -> None:
    for figure in record["figures"]:
        words = record["title"] if figure["in_title"] else record["text"]
        assert words[figure["char_start"] : figure["char_end"]] == figure["quantity_text"]
        at = words.index(figure["sentence"])
        assert at <= figure["char_start"] and figure["char_end"] <= at + len(figure["sentence"])
    places = [(f["in_title"], f["char_start"], f["outcome"]) for f in record["figures"]]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["article_id"])
def test_values_are_of_the_contract(record: dict[str, Any]) -> None:
    contract = table("core.figures")
    for figure in record["figures"]:
        assert set(figure) <= set(contract.column_names)
        for name, value in figure.items():
            allowed = contract.column(name).allowed
            assert not allowed or value is None or value in allowed, (name, value)
        low, high = figure["count_min"], figure["count_max"]
        assert low is None or high is None or low <= high


def test_every_outcome_bound_status_scope_and_stance_occurs() -> None:
    contract = table("core.figures")
    for name in ("outcome", "bound", "victim_status", "relation", "scope", "stance"):
        assert set(contract.column(name).allowed) - {figure[name] for figure in FIGURES} == set(), name


def test_no_value_rules_alone() -> None:
    """A reader that always says the same must not pass."""
    for name, most in (("bound", 0.85), ("victim_status", 0.7), ("outcome", 0.75)):
        commonest = Counter(figure[name] for figure in FIGURES).most_common(1)[0][1]
        assert commonest / len(FIGURES) < most, name
