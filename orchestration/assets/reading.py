"""core/figures and what lands with it, chunk by chunk: places, readings, quarantine.

Belongs here: the asset that reads. Keep out: the reader (`transforms/reading`), rules (`expectations`), landing (`warehouse`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration import freshness, lineage, pipeline
from orchestration.assets.reporting import materialized
from orchestration.checks import check_specs
from orchestration.progress import Progress
from orchestration.resources import Warehouse
from orchestration.specs import table_spec


class ReadConfig(dg.Config):
    """workers: reading processes. chunk_size: article versions validated and landed at a time."""

    workers: int = 1
    chunk_size: int = pipeline.CHUNK_SIZE


@dg.multi_asset(
    name="read_articles",
    specs=[table_spec(name, "orchestration/pipeline.py") for name in lineage.READ],
    check_specs=check_specs(["core.figures"]),
    can_subset=True,
)
def read_articles(
    context: dg.AssetExecutionContext, config: ReadConfig, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Read what this reader version has not read yet.

    When there is nothing to read and what was published rests on these very facts, nothing is yielded, and Dagster
    skips what lies downstream.
    """
    con = warehouse.connection()
    options = pipeline.ReadOptions(config.workers, config.chunk_size)
    totals = pipeline.read_unread(con, warehouse.folder, warehouse.run_id, options, progress)
    warehouse.counts.update(n_read=totals.n_read, n_figures=totals.n_figures, n_quarantined=totals.n_quarantined)
    if not totals.n_read and freshness.is_current(con, warehouse.folder):
        context.log.info("Nothing new: the published copy is made of these very facts. Later steps are skipped.")
        return
    counts = {
        "articles read": totals.n_read,
        "figures landed": totals.n_figures,
        "figures held back": totals.n_quarantined,
        "reader version": totals.reader_version,
    }
    yield from materialized(
        context, con, warehouse.folder, lineage.READ, totals.results, {"core.figures": counts, "ops.readings": counts}
    )
