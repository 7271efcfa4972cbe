"""What Dagster loads: assets with their checks, jobs, the schedule, the sensor and the resources.

Belongs here: putting them together. Keep out: everything else.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from orchestration.assets.building import build_core, build_marts
from orchestration.assets.intake import take_in_articles
from orchestration.assets.publishing import publish_copy
from orchestration.assets.reading import read_articles
from orchestration.fetching import settings
from orchestration.jobs import JOBS
from orchestration.progress import Progress, quiet
from orchestration.resources import Warehouse
from orchestration.triggers import daily, inbox_files, of_sources
from warehouse.paths import data_folder

ASSETS = (take_in_articles, read_articles, build_core, build_marts, publish_copy)


def definitions(data: Path | None = None, progress: Progress = quiet) -> dg.Definitions:
    """Return the definitions for a data folder (None: CASUALTIES_DATA, else ./data) and somebody who watches.

    A sources.toml in the data folder adds its sensors and schedules. Raises InputError when it is not right.
    """
    kept = data_folder(data).root / settings.FILE_NAME
    sensors, schedules = of_sources(settings.read(kept)) if kept.exists() else ([], [])
    return dg.Definitions(
        assets=ASSETS,
        jobs=JOBS,
        schedules=[daily, *schedules],
        sensors=[inbox_files, *sensors],
        resources={
            "warehouse": Warehouse(data=str(data) if data else None),
            "progress": dg.ResourceDefinition.hardcoded_resource(progress),
        },
        # One process: a process for each step would pay the imports each time (measured: 26 s instead of 3 s for three
        # trivial assets), and the warehouse has one writer anyway. Reading runs in parallel inside its asset.
        executor=dg.in_process_executor,
    )


defs = definitions()
