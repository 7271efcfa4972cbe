"""Incident ids as people type them: whole, by their first digits, or former ones.

Belongs here: that look-up. Keep out: what is then done with the incident.
"""

from __future__ import annotations

import duckdb

from transforms.errors import InputError
from warehouse.statements import statement


def find_incident(con: duckdb.DuckDBPyConnection, number: str) -> int:
    """Return the incident whose id is `number`, or starts uniquely with it; a former id leads to the incident that took its place.

    Raises InputError when none or several do.
    """
    if not number.isascii() or not number.isdigit():
        raise InputError(f"{number!r} is no incident id: `casualties compare` prints them")
    found = con.execute(statement("corrections/find_incident"), {"number": number}).fetchall()
    exact = [row for row in found if str(row[0]) == number]
    standing = exact or [row for row in found if not row[3]] or found
    if len({row[1] for row in standing}) == 1:
        return int(standing[0][1])
    if not found:
        raise InputError(f"there is no incident {number}: `casualties compare` prints the ids")
    raise InputError(f"{number} starts several incident ids: {', '.join(f'{row[0]} ({row[2]})' for row in standing)}")
