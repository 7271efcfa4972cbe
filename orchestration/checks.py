"""Asset checks made from the expectations: one factory for every table.

A table's load validates what it lands and hands the results here; the asset that loads returns them as its checks. (A
separate blocking check would only stop what is downstream, when the rows have landed already.) Hand-written rules are
a check each; the many structural expectations that follow from the contract are one check, `contract`, of a table.

Belongs here: names and outcomes of checks. Keep out: rules (`expectations/`), and what happens to rows that fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg

from expectations.check import Check, Stage
from expectations.suites import measure_checks, suite
from orchestration.specs import asset_key

CONTRACT = "contract"
CONTRACT_WHY = "Types, nulls, allowed values, ranges and keys are as the contract states them."
EFFECTS = {
    "quarantine": "A row that fails was probably misread: it is kept out, in ops.quarantine, with this rule's name.",
    "flag": "A row that fails is odd, and sources do print odd things: it landed with this rule's name among its flags.",
    "suite": "Where this fails, nothing of the chunk lands and the run stops.",
}


def check_specs(full_names: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """Return the check specs of the tables: one for each hand-written rule, one for all that follows from the contract."""
    specs = []
    for full_name in full_names:
        specs.append(dg.AssetCheckSpec(CONTRACT, asset=asset_key(full_name), description=CONTRACT_WHY))
        for check in _rules(full_name):
            about = f"{check.why} {EFFECTS[check.severity]}"
            specs.append(dg.AssetCheckSpec(check.name, asset=asset_key(full_name), description=about))
    return specs


def check_results(full_name: str, results: Iterable[Mapping[str, Any]]) -> Iterator[dg.AssetCheckResult]:
    """Yield one result for each check spec of the table, from its rows of `ops.validation_results` over all chunks.

    A check is passed when no row failed it. Failures that only hold rows back or flag them are warnings, not errors.
    """
    by_expectation: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in results:
        if row["suite"] == full_name:
            by_expectation[row["expectation"]].append(row)
    rules = _rules(full_name)
    for check in rules:
        yield _result(full_name, check.name, by_expectation.pop(check.name, []), {})
    broken = {name: sum(row["n_unexpected"] for row in rows) for name, rows in by_expectation.items() if not _held(rows)}
    yield _result(full_name, CONTRACT, [row for rows in by_expectation.values() for row in rows], broken, len(by_expectation))


def _rules(full_name: str) -> list[Check]:
    stage: Stage = "chunk" if full_name == "core.figures" else "table"
    rules = [check for check in suite(full_name, stage) if check.rule is not None]
    return [*rules, *measure_checks(full_name)]


def _held(rows: Iterable[Mapping[str, Any]]) -> bool:
    return all(row["success"] for row in rows)


def _result(
    full_name: str, name: str, rows: list[Mapping[str, Any]], broken: Mapping[str, int], n_expectations: int | None = None
) -> dg.AssetCheckResult:
    by_chunk = {row["chunk"]: row["n_rows"] for row in rows}
    metadata: dict[str, Any] = {"rows checked": sum(by_chunk.values()), "rows that failed": sum(row["n_unexpected"] for row in rows)}
    if n_expectations is not None:
        metadata["expectations"] = n_expectations
    if broken:
        metadata["broken"] = dg.MetadataValue.json(dict(broken))
    stops = any(row["severity"] == "suite" and not row["success"] for row in rows)
    return dg.AssetCheckResult(
        asset_key=asset_key(full_name),
        check_name=name,
        passed=_held(rows),
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )
