"""What every asset tells about the table it has filled: row counts, links, checks.

Belongs here: `MaterializeResult`s. Keep out: filling tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from orchestration import pipeline
from orchestration.checks import check_results
from orchestration.resources import Warehouse
from orchestration.specs import asset_key
from transforms.contract import table
from warehouse.ddl import quote_identifier


def materialized(
    context: dg.AssetExecutionContext,
    con: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    full_names: Sequence[str],
    results: Sequence[Mapping[str, Any]] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Yield the result of each table that this run was asked for: its row count, data docs, own metadata and checks.

    results: rows of `ops.validation_results`; a table that has none gets no check results, rather than green ones for what
    was not checked. extra: further metadata by table. A run may ask for checks of a table alone.
    """
    fresh = [row for row in results if row["run_id"] == warehouse.run_id]
    pages = pipeline.write_docs(warehouse.folder, fresh) if fresh else {}
    checked = {row["suite"] for row in results}
    for full_name in full_names:
        checks = selected_checks(context, full_name, results) if full_name in checked else []
        if asset_key(full_name) not in context.selected_asset_keys:
            yield from checks
            continue
        page = pages.get(full_name, warehouse.folder.data_docs / "index.html")
        metadata: dict[str, Any] = {"dagster/row_count": count_rows(con, full_name), "data docs": dg.MetadataValue.path(str(page))}
        if warehouse.unchanged:
            metadata["unchanged"] = True
        yield dg.MaterializeResult(
            asset_key=asset_key(full_name), metadata={**metadata, **(extra or {}).get(full_name, {})}, check_results=checks
        )


def selected_checks(context: dg.AssetExecutionContext, full_name: str, results: Iterable[Mapping[str, Any]]) -> list[dg.AssetCheckResult]:
    """Return the check results of a table that this run was asked for."""
    wanted = {key.name for key in context.selected_asset_check_keys if key.asset_key == asset_key(full_name)}
    return [result for result in check_results(full_name, results) if result.check_name in wanted]


def count_rows(con: duckdb.DuckDBPyConnection, full_name: str) -> int:
    """Return the number of rows of a table of the contract."""
    described = table(full_name)
    return int(con.execute(f"SELECT count(*) FROM {quote_identifier(described.schema, described.name)}").fetchall()[0][0])
