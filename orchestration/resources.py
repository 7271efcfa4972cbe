"""What the assets need from outside: the open warehouse, for the length of one run.

One run holds the warehouse from its first step to its last, so nobody gets in between, and is one row of `ops.runs`.

Belongs here: the resource, and how a run's row is begun and ended. Keep out: the work itself.
"""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from orchestration.gazetteer import reading_version
from transforms.errors import ContractError, InputError, WarehouseLockedError
from warehouse import clock, runs
from warehouse.connection import DAMAGE, open_working, unusable
from warehouse.paths import DataFolder, data_folder

LOCK_SECONDS = 60.0  # a run waits so long for another one to leave the warehouse
# Tag of a Dagster run that goes on with an earlier one: its value is the id of that run, and of the row in ops.runs.
PART_OF = ".dagster/casualties-part-of"


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]  # the value a resource yields is itself
    """The working file, opened under the lock at first use and closed when the run ends.

    data: the data folder; null = CASUALTIES_DATA, else ./data.
    """

    data: str | None = None
    _open: ExitStack = PrivateAttr()
    _con: duckdb.DuckDBPyConnection | None = PrivateAttr(default=None)
    _run_id: str = PrivateAttr(default="")
    _dagster_run_id: str = PrivateAttr(default="")
    _started_at: datetime = PrivateAttr()
    _counts: dict[str, int] = PrivateAttr(default_factory=dict)
    _unchanged: bool = PrivateAttr(default=False)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Note whose run this is; opens nothing yet, so that the first step's retries cover that too."""
        self._open = ExitStack()
        self._con = None
        self._counts = {}
        self._unchanged = False
        tags = context.run.tags if context.run else {}
        self._dagster_run_id = context.run_id or "outside of a run"
        self._run_id = tags.get(PART_OF, self._dagster_run_id)
        self._started_at = clock.now()

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """End the run's row if the run did not come to its own end, then close the warehouse."""
        try:
            if self._con is not None:
                _end(self._con, self._run_id, self._counts, _failure(context.instance, self._dagster_run_id))
        finally:
            self._con = None
            self._open.close()

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return data_folder(Path(self.data) if self.data else None)

    @property
    def inbox(self) -> Path:
        """The folder that is watched for new files; made when it is not there."""
        return inbox(self.folder)

    @property
    def run_id(self) -> str:
        """The id of the run in `ops.runs`: Dagster's, or of the run that this one goes on with."""
        return self._run_id

    @property
    def started_at(self) -> datetime:
        """When the run began, UTC: the one `now` of everything it lands."""
        return self._started_at

    @property
    def counts(self) -> dict[str, int]:
        """What the run has counted so far, by the names of `ops.runs`; written down when the run ends."""
        return self._counts

    @property
    def unchanged(self) -> bool:
        """Whether this run has found nothing new, and what was published rests on these very facts and this very code."""
        return self._unchanged

    def note_unchanged(self) -> None:
        """Note that there is nothing to build anew: later steps of this run then only confirm what is there."""
        self._unchanged = True

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return the connection to the working file; opens it and writes down the run at the first call.

        Raises Failure, caused by the reason, when the file cannot be used, or when another process holds the warehouse for longer
        than LOCK_SECONDS.
        """
        if self._con is None:
            try:
                self._begin()
            except (InputError, ContractError, WarehouseLockedError) as error:  # no retry mends a file, and we have waited
                raise dg.Failure(str(error), allow_retries=False) from error
            except DAMAGE as error:
                told = unusable(self.folder, error)
                raise dg.Failure(str(told), allow_retries=False) from told
        assert self._con is not None
        return self._con

    def _begin(self) -> None:
        with ExitStack() as opening:  # closed again when anything fails: a retry must not find the warehouse held by ourselves
            con = opening.enter_context(open_working(self.folder, f"run {self._run_id}", LOCK_SECONDS))
            self._started_at = clock.moment(con)
            # We hold the lock: whatever still counts as running was killed.
            runs.fail_unfinished(con, self._started_at, but=self._run_id)
            runs.start_run(con, self._run_id, reading_version(self.folder), self._started_at)
            self._con, self._open = con, opening.pop_all()


def inbox(folder: DataFolder) -> Path:
    """Return the folder into which people put files for the schedule and the sensor to take in; made when missing."""
    path = folder.root / "inbox"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _failure(instance: dg.DagsterInstance | None, run_id: str) -> str | None:
    """Return the message of the run's first failed step; None when no step failed."""
    if instance is None:
        return None
    failed = instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    for entry in failed:
        event = entry.get_dagster_event()
        error = event.step_failure_data.error
        cause = error.cause if error and error.cause else error
        return f"{event.step_key}: {cause.message.strip() if cause else 'failed'}"
    return None


def _end(con: duckdb.DuckDBPyConnection, run_id: str, counts: dict[str, int], failure: str | None) -> None:
    status = con.execute("SELECT status FROM ops.runs WHERE run_id = ?", [run_id]).fetchall()
    if failure is not None:
        runs.finish_run(con, run_id, "failed", counts, failure, clock.moment(con))
    elif status == [("running",)]:
        runs.finish_run(con, run_id, "succeeded", counts, None, clock.moment(con))
