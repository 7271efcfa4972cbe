"""Dagster's event log with one open connection per file, and statements that are compiled once.

Dagster's own storage makes an engine and opens the file anew for each of the six questions that one event asks. Of a small run's
time under a profiler its 345 events were a quarter, with the file kept open a tenth. Tables, files and migrations stay Dagster's.

Belongs here: how its files are opened. Keep out: what is stored in them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

_BUSY_SECONDS = 30


class OpenEventLog(SqliteEventLogStorage):
    """Dagster's event log in SQLite, below DAGSTER_HOME where Dagster's own settings would put it.

    Two files are kept open: the index of all runs, and the run last spoken of. A lock of the storage lets one thread at a time use
    them, as before.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._open: dict[str, Engine] = {}  # before Dagster's own start, which connects
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> OpenEventLog:
        return cls(str(Path(os.environ["DAGSTER_HOME"], "history", "runs")), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> Engine:
        """Return the engine of a file, made with its tables on first use; the run spoken of before is closed."""
        if shard not in self._open:
            for other in [name for name in self._open if name != INDEX_SHARD_NAME and shard != INDEX_SHARD_NAME]:
                self._open.pop(other).dispose()
            engine = create_engine(
                self.conn_string_for_shard(shard),
                poolclass=StaticPool,
                connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
            )
            event.listen(engine, "connect", _settings)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._open[shard] = engine
        return self._open[shard]

    def wipe(self) -> None:
        self._close()
        super().wipe()

    def dispose(self) -> None:
        self._close()
        super().dispose()

    def _close(self) -> None:
        with self._db_lock:
            while self._open:
                self._open.popitem()[1].dispose()


def _settings(connection: Any, _: Any) -> None:
    """What was committed survives the end of the process at any moment; only a power cut may take the last events away."""
    connection.execute("PRAGMA synchronous = NORMAL")
