"""The jobs: a full run, a reading with a newer reader, a rebuild of the marts.

Belongs here: selections. Keep out: schedules and sensors.
"""

from __future__ import annotations

import dagster as dg

from orchestration import lineage
from orchestration.assets.intake import BY_DAY
from orchestration.specs import asset_key

EVERYTHING = dg.AssetSelection.all()
INTAKE_KEYS = [asset_key(name) for name in lineage.INGESTED]
INTAKE = dg.AssetSelection.assets(*INTAKE_KEYS)
FROM_MARTS_ON = dg.AssetSelection.assets(*(asset_key(name) for name in (*lineage.BUILT_MARTS, *lineage.CLOSED)), lineage.PUBLISHED_COPY)

full_run = dg.define_asset_job(
    "full_run",
    EVERYTHING,
    description="Take in the given files (or the inbox), read what is new, build core and marts, publish.",
    partitions_def=BY_DAY,
)
read_again = dg.define_asset_job(
    "read_again",
    EVERYTHING - INTAKE,
    description="Read with the reader as it is now every article it has not read, build core and marts, publish. Takes nothing in.",
)
rebuild_marts = dg.define_asset_job(
    "rebuild_marts",
    FROM_MARTS_ON,
    description="Build the marts anew from core as it stands, and publish.",
)
JOBS = (full_run, read_again, rebuild_marts)
