"""What starts runs by itself: the clock, files in an inbox, and the schedule of each feed of a `sources.toml`.

Belongs here: schedules and sensors. Keep out: jobs and assets.
"""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.fetching.settings import EVERY_HOUR, Folder, Sources, Web
from orchestration.jobs import full_run
from orchestration.resources import inbox
from transforms.errors import InputError
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
    return _asked(context, inbox(data_folder()), {})


def _asked(context: dg.SensorEvaluationContext, folder: Path, config: dict[str, Any]) -> dg.SensorResult | dg.SkipReason:
    """Return what a sensor answers about a folder; config: of the run that it asks for."""
    state = inbox_state(folder, time.time())
    if state is None:
        return dg.SkipReason(f"{folder} is empty, or a file in it is still being written")
    if state == context.cursor:
        return dg.SkipReason(f"nothing has changed in {folder}")
    today = datetime.now(UTC).date().isoformat()
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"{today}-{state}", partition_key=today, run_config=config)], cursor=state)


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


def of_sources(sources: Sources) -> tuple[list[dg.SensorDefinition], list[dg.ScheduleDefinition]]:
    """Return a sensor for each inbox and a schedule for each feed, sitemap and list of a `sources.toml`.

    Raises InputError for a schedule that Dagster does not know.
    """
    sensors = [_inbox_sensor(sources, one) for one in sources.folders if one.kind == "inbox"]
    return sensors, [_web_schedule(sources, one) for one in sources.web]


def _inbox_sensor(sources: Sources, folder: Folder) -> dg.SensorDefinition:
    @dg.sensor(
        name=f"inbox_{folder.name}",
        job=full_run,
        minimum_interval_seconds=30,
        description=f"Starts a full run when {folder.path} holds files that it has not seen in this state.",
    )
    def watch(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        return _asked(context, folder.path, _config(sources, folder.name))

    return watch


def _web_schedule(sources: Sources, source: Web) -> dg.ScheduleDefinition:
    def ask(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        moment = context.scheduled_execution_time.astimezone(UTC)
        return dg.RunRequest(
            run_key=f"{source.name}-{moment.isoformat()}",
            partition_key=datetime.now(UTC).date().isoformat(),
            run_config=_config(sources, source.name),
        )

    try:
        return dg.ScheduleDefinition(
            name=f"{source.kind}_{source.name}",
            job=full_run,
            cron_schedule=source.schedule,
            execution_timezone="UTC",
            execution_fn=ask,
            description=f"Fetches what is new at {source.where}, and runs everything.",
        )
    except dg.DagsterInvalidDefinitionError:
        raise InputError(
            f"{sources.file}: {source.schedule!r} of {source.name} is no schedule; write five fields, as {EVERY_HOUR!r}"
        ) from None


def _config(sources: Sources, *names: str) -> dict[str, Any]:
    return {"ops": {"take_in_articles": {"config": {"sources": str(sources.file.absolute()), "only": list(names)}}}}
