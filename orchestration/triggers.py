"""What starts runs by itself: the clock, and files in the inbox.

Belongs here: the schedule and the sensor. Keep out: jobs and assets.
"""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from orchestration.jobs import full_run
from orchestration.resources import inbox
from warehouse.paths import data_folder

EVERY_DAY = "15 3 * * *"
SETTLED_SECONDS = 10  # a file that was written to less long ago may still be on its way


@dg.schedule(
    job=full_run,
    cron_schedule=EVERY_DAY,
    execution_timezone="UTC",
    description="Every day: count the day that has just ended for good, and take in what lies in the inbox today.",
)
def daily(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """Ask for a run for the day that has just ended and one for today."""
    today = context.scheduled_execution_time.astimezone(UTC).date()
    for day in (today - timedelta(days=1), today):
        yield dg.RunRequest(run_key=f"{day}-asked-on-{today}", partition_key=day.isoformat())


@dg.sensor(
    job=full_run,
    minimum_interval_seconds=30,
    description="Starts a full run when the inbox of the data folder holds files that it has not seen in this state.",
)
def inbox_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run when the inbox has changed and has been left in peace for some seconds."""
    folder = inbox(data_folder())
    state = inbox_state(folder, time.time())
    if state is None:
        return dg.SkipReason(f"{folder} is empty, or a file in it is still being written")
    if state == context.cursor:
        return dg.SkipReason(f"nothing has changed in {folder}")
    today = datetime.now(UTC).date().isoformat()
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"{today}-{state}", partition_key=today)], cursor=state)


def inbox_state(folder: Path, now: float) -> str | None:
    """Return a hash over names, sizes and times of the files in the folder.

    now: seconds since the epoch. None when it holds no file, or one that was written to within SETTLED_SECONDS.
    """
    digest = hashlib.blake2b(digest_size=12)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        status = path.stat()
        if now - status.st_mtime < SETTLED_SECONDS:
            return None
        digest.update(f"{path.relative_to(folder)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest() if files else None
