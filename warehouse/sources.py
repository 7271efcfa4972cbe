"""Finding a source by what a person types: its id, its name, a printed spelling, or a name that the lexicon has.

Belongs here: that look-up, with helpful errors. Keep out: what is then done with the source (`source_merges.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from transforms.errors import InputError
from transforms.sources.keys import name_key
from transforms.sources.known import Source, by_name, group_aliases, groups, source_aliases
from warehouse.load import fetch_rows
from warehouse.statements import statement

_NEAREST = 3
_LIKE = 60.0  # rapidfuzz WRatio (0-100) from which a name is worth suggesting


@dataclass(frozen=True, slots=True)
class Found:
    """A source that somebody named. kind and country as core.sources has them; is_unnamed: the row for all unnamed of a publisher."""

    source_id: int
    name: str
    kind: str | None
    country: str | None
    is_unnamed: bool


def find_source(con: duckdb.DuckDBPyConnection, called: str) -> Found:
    """Return the source that `called` names.

    Looked at in this order: an id; a name exactly; a name or printed spelling but for case, articles and punctuation; a
    spelling that the lexicon knows. Raises InputError, with the nearest names, when nothing or more than one source is meant.
    """
    rows = fetch_rows(con, statement("base/sources_by_name"))
    wanted = called.strip()
    if wanted.isascii() and wanted.isdigit():
        return _only([row for row in rows if str(row["source_id"]) == wanted], wanted, rows)
    for fits in (
        [row for row in rows if row["name"] == wanted],
        [row for row in rows if name_key(row["name"]) == name_key(wanted) != ""],
        [row for row in rows if name_key(row["called"]) == name_key(wanted) != ""],
    ):
        if fits:
            return _only(fits, wanted, rows)
    known = listed(wanted)
    return Found(known.source_id, known.name, known.kind, known.country, False) if known else _only([], wanted, rows)


def listed(called: str) -> Source | None:
    """Return the source or group of the lexicon that has this name or spelling; None when none has."""
    key = name_key(called)
    name = source_aliases().get(key) or group_aliases().get(key)
    return None if name is None else by_name().get(name) or groups().get(name)


def _only(fits: list[dict[str, Any]], wanted: str, rows: list[dict[str, Any]]) -> Found:
    """Return the one source of the rows. Raises InputError when they are of none or of several."""
    found = {row["source_id"]: Found(row["source_id"], row["name"], row["kind"], row["country"], bool(row["is_unnamed"])) for row in fits}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        ids = "; ".join(f"{source.source_id} ({source.name})" for source in found.values())
        raise InputError(f"{wanted!r} names several sources, so give the id: {ids}")
    names = {row["name"] for row in rows} | set(by_name())
    near = [name for name, _, _ in process.extract(wanted, sorted(names), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LIKE)]
    hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    raise InputError(f"no source is called {wanted!r}{hint} `casualties sources review` lists the unknown ones")
