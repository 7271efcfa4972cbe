"""The SQL files of the warehouse, by name.

Belongs here: finding and reading `warehouse/sql/**/*.sql`. Keep out: SQL itself, and running it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

SQL_DIR = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> str:
    """Return the text of `warehouse/sql/<name>.sql`, for example `base/unread`."""
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")
