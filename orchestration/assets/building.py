"""core/* that is derived from figures, and mart/*: both built anew as a whole, in one go each.

Belongs here: the two assets. Keep out: linking and SQL (`warehouse/rebuild.py`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration import lineage, pipeline
from orchestration.assets.reporting import materialized
from orchestration.checks import check_specs
from orchestration.progress import Progress
from orchestration.resources import Warehouse
from orchestration.specs import table_spec

RULES = ("mart.conventions", "mart.convention_words")

# People's decisions are read here first, so here they are counted and checked too.
CORE = (*lineage.DECIDED, *lineage.BUILT_CORE)


@dg.multi_asset(
    name="build_core",
    specs=[table_spec(name, "warehouse/rebuild.py") for name in CORE],
    check_specs=check_specs(CORE),
    can_subset=True,
)
def build_core(
    context: dg.AssetExecutionContext, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Build sources, stories, reports, incidents and series anew from articles and figures."""
    con = warehouse.connection()
    if warehouse.unchanged:
        results = pipeline.last_results(con, CORE)
    else:
        results = pipeline.build_core(con, warehouse.folder, warehouse.run_id, warehouse.started_at, progress)
    yield from materialized(context, con, warehouse, CORE, results)


def source_file(mart: str) -> str:
    """Return the file that fills a mart: its SQL, but for the rule sets, which are read from files."""
    return "warehouse/conventions.py" if mart in RULES else f"warehouse/sql/mart/{mart.removeprefix('mart.')}.sql"


@dg.multi_asset(
    name="build_marts",
    specs=[table_spec(name, source_file(name)) for name in lineage.BUILT_MARTS],
    check_specs=check_specs(lineage.BUILT_MARTS),
    can_subset=True,
)
def build_marts(
    context: dg.AssetExecutionContext, warehouse: Warehouse, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Build the tables that people query anew from core."""
    con = warehouse.connection()
    if warehouse.unchanged:
        results = pipeline.last_results(con, lineage.BUILT_MARTS)
    else:
        results = pipeline.build_marts(con, warehouse.folder, warehouse.run_id, warehouse.started_at, progress)
    yield from materialized(context, con, warehouse, lineage.BUILT_MARTS, results)
