"""ops/runs, ops/validation_results and published_copy: the end of a run.

Belongs here: the asset that ends a run and swaps the copy in. Keep out: how the copy is made (`warehouse/publish.py`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration import lineage, pipeline
from orchestration.assets.reporting import materialized
from orchestration.checks import check_specs
from orchestration.progress import Progress
from orchestration.resources import Warehouse
from orchestration.specs import asset_key, code_reference, table_spec
from warehouse.paths import DataFolder
from warehouse.publish import Published

PUBLISHED = dg.AssetSpec(
    lineage.PUBLISHED_COPY,
    deps=[asset_key(name) for name in (*lineage.BUILT_MARTS, *lineage.CLOSED)],
    description=(
        "The read-only copy that people query, swapped into place in one step after a run that succeeded.\n\n"
        "**Beware.** It is as of its run. Names of victims, detainees, minors and private sources are masked unless `mask = false` is set."
    ),
    group_name="published",
    owners=["team:casualty-recording"],
    kinds={"duckdb", "file"},
    metadata={"dagster/code_references": code_reference("warehouse/publish.py")},
)


@dg.multi_asset(
    name="publish_copy",
    specs=[*(table_spec(name, "orchestration/assets/publishing.py") for name in lineage.CLOSED), PUBLISHED],
    check_specs=check_specs(["ops.runs"]),
    can_subset=True,
)
def publish_copy(
    context: dg.AssetExecutionContext, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """End the run's row in ops.runs, so that the copy tells of it, then publish."""
    con = warehouse.connection()
    results = pipeline.close(con, warehouse.run_id, warehouse.counts, check=not warehouse.unchanged)
    published = None if warehouse.unchanged else pipeline.publish_copy(con, warehouse.folder, progress)
    yield from materialized(context, con, warehouse, lineage.CLOSED, results)
    if PUBLISHED.key in context.selected_asset_keys:
        yield dg.MaterializeResult(asset_key=PUBLISHED.key, metadata=_about(warehouse.folder, published))


def _about(folder: DataFolder, published: Published | None) -> dict[str, Any]:
    """Return what the UI shows of the published copy; `published` is None when the one that is there was left as it is."""
    metadata: dict[str, Any] = {
        "path": dg.MetadataValue.path(str(folder.published)),
        "size in bytes": folder.published.stat().st_size,
        "query it with": 'casualties sql "FROM mart.incident_tolls"',
    }
    return {**metadata, "sha256": published.sha256} if published else {**metadata, "unchanged": True}
