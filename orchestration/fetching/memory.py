"""What was fetched before, so that a server is asked `anything new since?` and no page is asked for too often.

Noted is first in memory, and kept only when the articles have landed: a run that is killed in between asks again, and loses
nothing.

Belongs here: validators (ETag, Last-Modified) and times by address. Keep out: bodies, which land as articles.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fetched (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, fetched_at TEXT NOT NULL, status INTEGER NOT NULL
)
"""
_FIND = "SELECT etag, last_modified, fetched_at FROM fetched WHERE url = ?"
_KEEP = "INSERT OR REPLACE INTO fetched (url, etag, last_modified, fetched_at, status) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier answer: its validators, and when it came (UTC)."""

    etag: str | None
    last_modified: str | None
    fetched_at: datetime


class Memory:
    """The memory of one data folder, in a small SQLite file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._con = sqlite3.connect(path)
        self._con.execute(_SCHEMA)
        self._noted: dict[str, tuple[str, str | None, str | None, str, int]] = {}

    def before(self, url: str) -> Before | None:
        """Return the last answer of this address that was kept; None when there is none."""
        row = self._con.execute(_FIND, [url]).fetchone()
        return None if row is None else Before(row[0], row[1], datetime.fromisoformat(row[2]))

    def note(self, url: str, etag: str | None, last_modified: str | None, at: datetime, status: int) -> None:
        """Note an answer, to be kept when all has landed."""
        self._noted[url] = (url, etag, last_modified, at.isoformat(), status)

    def note_unchanged(self, url: str, at: datetime) -> None:
        """Note that the server said so: the validators stay, and the time is new."""
        before = self.before(url)
        if before is not None:
            self.note(url, before.etag, before.last_modified, at, 304)

    def forget(self, url: str) -> None:
        """Take back a note: what this address leads to has not all been fetched, so it must be asked for in full again."""
        self._noted.pop(url, None)

    def keep(self) -> None:
        """Keep what was noted."""
        with self._con:
            self._con.executemany(_KEEP, self._noted.values())
        self._noted.clear()

    def close(self) -> None:
        """Close the file; what was noted and not kept is gone."""
        self._con.close()
