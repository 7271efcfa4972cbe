"""The hand-written rules, each on rows that it must fail and rows that it must leave alone."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import rules
from expectations.frames import plain
from expectations.rules.common import both_or_neither, is_not, not_above, not_blank
from expectations.rules.oddities import limit, limits
from tests.expectations import planting
from transforms import contract

FIGURE_RULES = {rule.name: rule for rule in rules.BY_TABLE["core.figures"]}


@lru_cache(maxsize=1)
def _held() -> dict[int, dict[str, list[bool]]]:
    """For each case, which of its rows hold under each rule of core.figures. The cases stand in one frame, in articles of their own."""
    cases = (*planting.planted(), *planting.good())
    frame = plain(planting.frame([row for case in cases for row in case.rows]))
    holds = {name: iter(rule.holds(frame)) for name, rule in FIGURE_RULES.items()}
    return {case.number: {name: [next(rows) for _ in case.rows] for name, rows in holds.items()} for case in cases}


def _failed(case: planting.Case) -> dict[str, list[bool]]:
    return {name: holds for name, holds in _held()[case.number].items() if not all(holds)}


@pytest.mark.parametrize("case", planting.planted(), ids=lambda case: case.label)
def test_a_planted_row_fails_its_rule(case: planting.Case) -> None:
    failed = _failed(case)
    assert set(failed) == {case.expectation} | case.also, case.why
    assert failed[case.expectation] == [position not in case.out for position in range(len(case.rows))]


@pytest.mark.parametrize("case", planting.good(), ids=lambda case: case.label)
def test_a_good_row_fails_no_rule(case: planting.Case) -> None:
    assert _failed(case) == {}, case.why


def test_every_rule_of_figures_is_planted() -> None:
    assert {case.expectation for case in planting.planted()} == set(FIGURE_RULES)


def test_rules_cover_the_tables_of_the_contract_and_read_their_columns() -> None:
    assert set(rules.BY_TABLE) == set(contract.tables())
    for full_name, found in rules.BY_TABLE.items():
        known = set(contract.table(full_name).column_names) | ({"title", "text", "published_on"} if full_name == "core.figures" else set())
        for rule in found:
            assert set(rule.reads) <= known, f"{full_name}: {rule.name} reads a column that is not there"
            assert set(rule.shows) <= known


def test_no_rule_shows_words_of_an_article() -> None:
    words = {column.name for column in contract.table("core.figures").columns if column.type == "VARCHAR" and not column.allowed}
    words = words - {"article_id", "reader_version", "country"} | {"title", "text"}
    assert not [rule.name for rule in FIGURE_RULES.values() if words & set(rule.shows)]


def test_limits_depend_on_cause_outcome_and_scope() -> None:
    assert limit("violence", "killed", "incident") == 100_000
    assert limit("disaster", "killed", "incident") > limit("violence", "killed", "incident")
    assert limit("violence", "displaced", "incident") > limit("violence", "killed", "incident")
    assert limit(None, "killed", "incident") == limits()["default"]["default"]
    assert limit("violence", "killed", "cumulative") == 100_000_000


def test_limits_name_causes_and_outcomes_of_the_contract() -> None:
    figures = contract.table("core.figures")
    assert set(limits()) <= {*figures.column("cause_kind").allowed, "default"}
    assert all(set(outcomes) <= {*figures.column("outcome").allowed, "default"} for outcomes in limits().values())


@given(st.lists(st.tuples(*[st.none() | st.sampled_from([0, 1, 2**62, 2**62 + 1, 2**63 - 1])] * 2)))
def test_two_columns_are_compared_row_by_row(rows: list[tuple[int | None, int | None]]) -> None:
    """All rows at once, yet ids of 63 bits are not rounded and a missing value breaks no rule that is not about it."""
    frame = plain(pd.DataFrame({name: pd.array([row[n] for row in rows], dtype="UInt64") for n, name in enumerate("ab")}))
    assert not_above("a", "b", "").holds(frame) == [a is None or b is None or a <= b for a, b in rows]
    assert is_not("a", "b", "").holds(frame) == [a is None or a != b for a, b in rows]
    assert both_or_neither("a", "b", "").holds(frame) == [(a is None) == (b is None) for a, b in rows]


def test_what_cannot_be_compared_is_an_error_and_never_a_row_that_holds() -> None:
    frame = pd.DataFrame({"a": pd.Series([1, "1"], dtype="object"), "b": pd.Series([2, 2], dtype="object")})
    with pytest.raises(TypeError):
        not_above("a", "b", "").holds(frame)


def test_a_value_that_comes_again_is_judged_the_same() -> None:
    frame = pd.DataFrame({"a": pd.Series(["x", " ", None, " ", "x"], dtype="object")})
    assert not_blank("a", "").holds(frame) == [True, False, True, False, True]
