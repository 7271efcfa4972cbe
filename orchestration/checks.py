"""Asset checks made from the expectations: one factory for every table.

A table's load validates what it lands and hands the results here; the asset that loads returns them as its checks. (A
separate blocking check would only stop what is downstream, when the rows have landed already.) For core.figures each
hand-written rule is a check of its own, as its failures decide what lands; all else of a table is its check
`expectations`, which names what failed. (A check costs Dagster two stored events: one for each of the 400 expectations
would cost more than the whole pipeline.)

Belongs here: names and outcomes of checks. Keep out: rules (`expectations/`), and what happens to rows that fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg

from expectations.check import Check
from expectations.suites import measure_checks, suite
from orchestration.specs import asset_key

WHOLE = "expectations"
WHOLE_WHY = "Types, nulls, allowed values, ranges and keys are as the contract states them, and the table's own rules hold."
EFFECTS = {
    "quarantine": "A row that fails was probably misread: it is kept out, in ops.quarantine, with this rule's name.",
    "flag": "A row that fails is odd, and sources do print odd things: it landed with this rule's name among its flags.",
    "suite": "Where this fails, nothing of the chunk lands and the run stops.",
}


def check_specs(full_names: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """Return the check specs of the tables."""
    specs = []
    for full_name in full_names:
        specs.append(dg.AssetCheckSpec(WHOLE, asset=asset_key(full_name), description=WHOLE_WHY))
        for check in _single_rules(full_name):
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
    for check in _single_rules(full_name):
        yield _result(full_name, check.name, by_expectation.pop(check.name, []), {})
    rest = [row for rows in by_expectation.values() for row in rows]
    failed = {name: sum(row["n_unexpected"] for row in rows) for name, rows in by_expectation.items() if not _held(rows)}
    told = {"expectations": len(by_expectation), **({"failed": dg.MetadataValue.json(failed)} if failed else {})}
    yield _result(full_name, WHOLE, rest, told)


def _single_rules(full_name: str) -> list[Check]:
    if full_name != "core.figures":
        return []
    return [*(check for check in suite(full_name, "chunk") if check.rule is not None), *measure_checks(full_name)]


def _held(rows: Iterable[Mapping[str, Any]]) -> bool:
    return all(row["success"] for row in rows)


def _result(full_name: str, name: str, rows: list[Mapping[str, Any]], told: Mapping[str, Any]) -> dg.AssetCheckResult:
    by_chunk = {row["chunk"]: row["n_rows"] for row in rows}
    stops = any(row["severity"] == "suite" and not row["success"] for row in rows)
    return dg.AssetCheckResult(
        asset_key=asset_key(full_name),
        check_name=name,
        passed=_held(rows),
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        metadata={"rows checked": sum(by_chunk.values()), "rows that failed": sum(row["n_unexpected"] for row in rows), **told},
    )
