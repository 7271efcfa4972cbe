"""The time that is written down: the clock's, but never before what was written down already.

Which reading of an article is its latest is a question of time. A clock that was set back would make an old reading the
latest one; so a run writes the last known time until the clock has caught up.

Belongs here: that one rule. Keep out: times of articles and events.
"""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from warehouse.statements import statement


def now() -> datetime:
    """Return the clock's time, UTC."""
    return datetime.now(UTC)


def moment(con: duckdb.DuckDBPyConnection) -> datetime:
    """Return the time to write down in this warehouse, UTC."""
    latest = con.execute(statement("base/latest_moment")).fetchall()[0][0]
    return now() if latest is None else max(now(), latest.replace(tzinfo=UTC))
