"""ops/runs, ops/validation_results and published_copy: the end of a run.

Belongs here: the asset that ends a run and swaps the copy in. Keep out: how the copy is made (`warehouse/publish.py`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration import lineage, pipeline
from orchestration.assets.reporting import materialized
from orchestration.progress import Progress
from orchestration.resources import Warehouse
from orchestration.specs import asset_key, code_reference, table_spec

PUBLISHED = dg.AssetSpec(
    lineage.PUBLISHED_COPY,
    deps=[asset_key(name) for name in (*lineage.BUILT_MARTS, *lineage.CLOSED)],
    description=(
        "The read-only copy that people query, swapped into place in one step after a run that succeeded.\n\n"
        "**Beware.** It is as of its run. Names of victims and private sources are masked in it."
    ),
    group_name="published",
    owners=["team:casualty-recording"],
    kinds={"duckdb", "file"},
    metadata={"dagster/code_references": code_reference("warehouse/publish.py")},
)


@dg.multi_asset(
    name="publish_copy",
    specs=[*(table_spec(name, "orchestration/assets/publishing.py") for name in lineage.CLOSED), PUBLISHED],
    can_subset=True,
)
def publish_copy(
    context: dg.AssetExecutionContext, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any]]:
    """End the run's row in ops.runs, so that the copy tells of it, then publish."""
    con = warehouse.connection()
    published = pipeline.close_and_publish(con, warehouse.folder, warehouse.run_id, warehouse.counts, progress)
    yield from materialized(context, con, warehouse.folder, lineage.CLOSED)
    if PUBLISHED.key in context.selected_asset_keys:
        yield dg.MaterializeResult(
            asset_key=PUBLISHED.key,
            metadata={
                "path": dg.MetadataValue.path(str(warehouse.folder.published)),
                "size in bytes": published.size,
                "sha256": published.sha256,
                "query it with": dg.MetadataValue.md('`casualties sql "FROM mart.incident_tolls"`'),
            },
        )
