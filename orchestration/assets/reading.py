"""core/figures and what lands with it, chunk by chunk: places, readings, quarantine.

Belongs here: the asset that reads. Keep out: the reader (`transforms/reading`), rules (`expectations`), landing (`warehouse`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from expectations.validate import FrameRefusedError
from orchestration import freshness, lineage, pipeline
from orchestration.assets.reporting import materialized, selected_checks
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
    check_specs=check_specs(lineage.READ),
    can_subset=True,
)
def read_articles(
    context: dg.AssetExecutionContext, config: ReadConfig, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Read what this reader version has not read yet.

    When there is nothing to read and what was published rests on these very facts, later steps of the run only confirm
    what is there.
    """
    con = warehouse.connection()
    options = pipeline.ReadOptions(config.workers, config.chunk_size)
    try:
        totals = pipeline.read_unread(con, warehouse.folder, warehouse.run_id, options, progress)
    except FrameRefusedError as refused:  # the checks are shown red, then the run fails
        yield from selected_checks(context, "core.figures", refused.results)
        raise
    warehouse.counts.update(
        n_read=totals.n_read, n_not_read=totals.n_not_read, n_figures=totals.n_figures, n_quarantined=totals.n_quarantined
    )
    if totals.n_read or totals.n_not_read:
        others = [name for name in lineage.READ if name != "core.figures"]
        results = totals.results + pipeline.check_tables(con, others, warehouse.run_id, warehouse.started_at)
    else:
        results = pipeline.last_results(con, lineage.READ)
        if freshness.is_current(con, warehouse.folder):
            context.log.info("Nothing new: the published copy is made of these very facts.")
            warehouse.note_unchanged()
    counts = {
        "articles read": totals.n_read,
        "articles not read (language)": totals.n_not_read,
        "figures landed": totals.n_figures,
        "figures held back": totals.n_quarantined,
        "reader version": totals.reader_version,
    }
    yield from materialized(context, con, warehouse, lineage.READ, results, {"core.figures": counts, "ops.readings": counts})
