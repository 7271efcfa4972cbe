"""raw/articles and ops/rejected_inputs: what arrived, by day of ingestion.

Belongs here: the asset that takes articles in. Keep out: file formats (`transforms/ingest`), landing (`warehouse`).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from pydantic import Field

from orchestration import lineage, pipeline
from orchestration.assets.reporting import materialized
from orchestration.checks import check_specs
from orchestration.cli.inert import inert
from orchestration.fetching import settings
from orchestration.fetching.settings import Sources
from orchestration.progress import Progress
from orchestration.resources import Warehouse
from orchestration.specs import table_spec
from transforms.errors import InputError
from warehouse.articles import LandedArticles

FIRST_DAY = "2024-01-01"
# end_offset 1: without it, today's partition does not exist before the day is over.
BY_DAY = dg.DailyPartitionsDefinition(start_date=FIRST_DAY, timezone="UTC", end_offset=1)
# A file share that is away for a moment. (A warehouse that another run holds is waited for when it is opened.)
PATIENCE = dg.RetryPolicy(max_retries=3, delay=10, backoff=dg.Backoff.EXPONENTIAL)


class IntakeConfig(dg.Config):
    """paths: files and folders to take in. sources: a `sources.toml`, of which `only` these names (none: all).

    Nothing at all = the inbox of the data folder, with the folders and archives of its sources.toml where it has one.
    """

    paths: list[str] = Field(default_factory=list)
    sources: str | None = None
    only: list[str] = Field(default_factory=list)


@dg.multi_asset(
    name="take_in_articles",
    specs=[table_spec(name, "warehouse/articles.py", BY_DAY) for name in lineage.INGESTED],
    check_specs=check_specs(lineage.INGESTED),
    retry_policy=PATIENCE,
    can_subset=True,
)
def take_in_articles(
    context: dg.AssetExecutionContext, config: IntakeConfig, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Take in files; the partition is the day on which that happens. A day that is over is only counted."""
    con = warehouse.connection()
    counts: dict[str, Any] = {}
    results = pipeline.last_results(con, lineage.INGESTED)
    if context.partition_key == warehouse.started_at.date().isoformat():
        paths, sources = _asked_for(config, warehouse)
        landed = _take_in(con, paths, sources, warehouse, progress)
        warehouse.counts.update(n_received=landed.n_received, n_new_versions=landed.n_new_versions, n_rejected=landed.n_rejected)
        counts = {
            "articles received": landed.n_received,
            "versions added": landed.n_new_versions,
            "inputs rejected": landed.n_rejected,
            "taken from": dg.MetadataValue.json([inert(one) for one in (*paths, *(source.where for source in sources.web))]),
        }
        if landed.n_new_versions or landed.n_new_rejected:
            results = pipeline.check_tables(con, lineage.INGESTED, warehouse.run_id, warehouse.started_at)
    day = date.fromisoformat(context.partition_key)
    extra = {name: {"dagster/partition_row_count": pipeline.count_day(con, name, day), **counts} for name in lineage.INGESTED}
    yield from materialized(context, con, warehouse, lineage.INGESTED, results, extra)


def _asked_for(config: IntakeConfig, warehouse: Warehouse) -> tuple[list[Path], Sources]:
    """Return the files and folders to take in, and the web sources to fetch."""
    paths = [Path(path) for path in config.paths]
    try:
        if config.sources is not None:
            sources = settings.read(Path(config.sources)).named(tuple(config.only))
            return [*paths, *(one.path for one in sources.folders)], sources
        kept = warehouse.folder.root / settings.FILE_NAME
        folders = settings.read(kept).folders if not paths and kept.exists() else ()
    except InputError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    return paths or [warehouse.inbox, *(one.path for one in folders)], Sources(kept)


def _take_in(
    con: duckdb.DuckDBPyConnection, paths: list[Path], sources: Sources, warehouse: Warehouse, progress: Progress
) -> LandedArticles:
    try:
        return pipeline.take_in(con, paths, warehouse.run_id, warehouse.started_at, progress, (sources, warehouse.folder))
    except InputError as error:  # no retry makes a path exist that was mistyped
        raise dg.Failure(str(error), allow_retries=False) from error
