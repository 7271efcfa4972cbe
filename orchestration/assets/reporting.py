"""What every asset tells about the table it has filled: row counts, links, checks.

Belongs here: `MaterializeResult`s. Keep out: filling tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from orchestration.checks import check_results
from orchestration.specs import asset_key
from transforms.contract import table
from warehouse.ddl import quote_identifier
from warehouse.paths import DataFolder


def materialized(
    context: dg.AssetExecutionContext,
    con: duckdb.DuckDBPyConnection,
    folder: DataFolder,
    full_names: Sequence[str],
    results: Iterable[Mapping[str, Any]] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[dg.MaterializeResult[Any]]:
    """Yield the result of each table that this run was asked for: its row count, data docs, own metadata and checks.

    results: rows of `ops.validation_results` of this load; a table that has none gets no check results, rather than
    green ones for what was not checked. extra: further metadata by table.
    """
    listed = list(results)
    checked = {row["suite"] for row in listed}
    for full_name in full_names:
        if asset_key(full_name) not in context.selected_asset_keys:
            continue
        yield dg.MaterializeResult(
            asset_key=asset_key(full_name),
            metadata={
                "dagster/row_count": count_rows(con, full_name),
                **({"data docs": dg.MetadataValue.path(str(folder.data_docs / "index.html"))} if full_name in checked else {}),
                **((extra or {}).get(full_name, {})),
            },
            check_results=_selected(context, check_results(full_name, listed)) if full_name in checked else [],
        )


def count_rows(con: duckdb.DuckDBPyConnection, full_name: str) -> int:
    """Return the number of rows of a table of the contract."""
    described = table(full_name)
    return int(con.execute(f"SELECT count(*) FROM {quote_identifier(described.schema, described.name)}").fetchall()[0][0])


def _selected(context: dg.AssetExecutionContext, found: Iterator[dg.AssetCheckResult]) -> list[dg.AssetCheckResult]:
    wanted = context.selected_asset_check_keys
    return [result for result in found if dg.AssetCheckKey(result.asset_key, result.check_name) in wanted]  # type: ignore[arg-type]
