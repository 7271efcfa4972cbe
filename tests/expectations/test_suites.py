"""Suites: one per contract table, derived checks and rules, names and reasons."""

from __future__ import annotations

import subprocess
import sys

import pytest

from expectations import rules, suites
from expectations.check import SEVERITIES
from transforms import contract
from transforms.errors import ContractError

ALL = [(name, stage) for name in contract.tables() for stage in ("chunk", "table")]


def test_every_table_of_the_contract_has_a_suite_of_its_name() -> None:
    assert suites.names() == tuple(contract.tables())
    assert set(suites.names()) == set(rules.BY_TABLE)


@pytest.mark.parametrize(("full_name", "stage"), ALL)
def test_checks_have_unique_names_a_reason_and_a_severity(full_name: str, stage: str) -> None:
    checks = suites.suite(full_name, stage)  # type: ignore[arg-type]
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.why.strip() and check.severity in SEVERITIES for check in checks)
    assert checks[0].name == suites.COLUMNS_PRESENT


@pytest.mark.parametrize("full_name", contract.tables())
def test_structure_follows_from_the_contract(full_name: str) -> None:
    found = {check.name: check for check in suites.suite(full_name, "table")}
    for column in contract.table(full_name).columns:
        assert (f"{column.name}_not_null" in found) == (not column.null)
        assert (f"{column.name}_in_set" in found) == bool(column.allowed)
        assert (f"{column.name}_in_range" in found) == (column.min is not None or column.max is not None)
        if column.allowed:
            assert found[f"{column.name}_in_set"].kwargs["value_set"] == list(column.allowed)
    assert "key_unique" in found


def test_only_figures_go_to_quarantine() -> None:
    for full_name, stage in ALL:
        severities = {check.severity for check in suites.suite(full_name, stage)}  # type: ignore[arg-type]
        assert ("quarantine" in severities) == (full_name == "core.figures")


def test_a_row_without_identity_cannot_be_kept_out_alone() -> None:
    found = {check.name: check.severity for check in suites.suite("core.figures", "chunk")}
    assert found["figure_id_not_null"] == "suite"
    assert found["bound_in_set"] == "quarantine"


def test_a_chunk_need_not_have_what_is_set_at_landing_but_must_have_its_article() -> None:
    wanted = suites.shape("core.figures", "chunk").kwargs["column_set"]
    assert not suites.SET_AT_LANDING & set(wanted)
    assert {"title", "text", "published_on"} <= set(wanted)
    assert set(suites.shape("core.figures", "table").kwargs["column_set"]) == set(contract.table("core.figures").column_names)


def test_an_unknown_table_has_no_suite() -> None:
    with pytest.raises(ContractError, match=r"core\.figurez"):
        suites.suite("core.figurez", "table")


@pytest.mark.integration
def test_suites_can_be_looked_at_without_great_expectations() -> None:
    code = "import sys, expectations.validate, expectations.table_checks, expectations.suites as s; s.every_check('core.figures'); "
    code += "sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
