"""The hand-written rules, each on rows that it must fail and rows that it must leave alone."""

from __future__ import annotations

from functools import lru_cache

import pytest

from expectations import rules
from expectations.frames import plain
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
