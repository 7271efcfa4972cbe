"""People's decisions that two sources are one: data, applied whenever sources are built anew, and reversible.

A merge says that whatever counts as one source counts as another: its figures, its spellings, and what it prints itself.
Merges may follow one another (A into B, B into C); a circle is refused. Unnamed sources stand for many people and are
never merged.

Belongs here: deciding, taking back, listing and applying merges. Keep out: the rules by which names are one source
(`transforms/sources`), and building the tables (`dimensions.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from transforms.errors import InputError
from transforms.identity import hash63
from transforms.sources.known import Source, by_name, groups
from warehouse import load
from warehouse.sources import Found, find_source
from warehouse.statements import statement
from warehouse.transaction import transaction


@dataclass(frozen=True, slots=True)
class Merged:
    """What a command did: the source, and the one that it counts as from the next rebuild on (itself after an unmerge)."""

    name: str
    into_name: str
    counts_as: str


class Merges:
    """The merges in force, ready to be applied to many sources."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        """Take rows of ops.source_merges that are in force."""
        self._next = {int(row["from_source_id"]): row for row in rows}

    @classmethod
    def in_force(cls, con: duckdb.DuckDBPyConnection) -> Merges:
        """Read the merges that are in force."""
        return cls(load.fetch_rows(con, statement("base/active_source_merges")))

    def row_of(self, source_id: int) -> dict[str, Any] | None:
        """Return the merge that says what this source counts as; None when there is none."""
        return self._next.get(source_id)

    def end_of(self, source_id: int) -> dict[str, Any] | None:
        """Return the last merge on the way of this source; None when it counts as itself."""
        row, seen = self._next.get(source_id), {source_id}
        while row is not None and row["into_source_id"] in self._next and row["into_source_id"] not in seen:
            seen.add(row["into_source_id"])
            row = self._next[row["into_source_id"]]
        return row

    def called(self, text: str) -> dict[str, Any] | None:
        """Return the merge whose first source, or whose own id, was typed exactly: its spellings count as the other by now."""
        wanted = text.strip()
        rows = self._next.values()
        return next((row for row in rows if wanted in (row["from_name"], str(row["from_source_id"]), str(row["merge_id"]))), None)

    def apply(self, source: Source) -> Source:
        """Return the source that this one counts as: itself where no merge says otherwise."""
        row = self.end_of(source.source_id)
        if row is None:
            return source
        name = str(row["into_name"])
        known = by_name().get(name) or groups().get(name)
        return known or Source(int(row["into_source_id"]), name, row["into_kind"], row["into_country"])


def merge(con: duckdb.DuckDBPyConnection, called: str, into: str, why: str, by: str, now: datetime) -> Merged:
    """Write down that one source counts as another from the next rebuild on.

    called, into: an id, a name or a spelling (`find_source`). now: UTC. Raises InputError when a name is not known or not
    clear, reason or name are missing, one of them is a row of unnamed sources, the first counts as another already, or the
    second counts, over other merges, as the first.
    """
    _signed(why, by)
    source, target = find_source(con, called), find_source(con, into)
    merges = Merges.in_force(con)
    _refuse(source, target, merges)
    moment = load.utc(now)
    row = {
        "merge_id": hash63("source merge", source.source_id, target.source_id, moment.isoformat()),
        "from_source_id": source.source_id,
        "from_name": source.name,
        "into_source_id": target.source_id,
        "into_name": target.name,
        "into_kind": target.kind,
        "into_country": target.country,
        "merged_at": moment,
        "merged_by": by.strip(),
        "why": why.strip(),
    }
    with transaction(con):
        load.insert_rows(con, "ops.source_merges", [row])
    end = merges.end_of(target.source_id)
    return Merged(source.name, target.name, end["into_name"] if end else target.name)


def unmerge(con: duckdb.DuckDBPyConnection, called: str, why: str, by: str, now: datetime) -> Merged:
    """Take a source's merge back from the next rebuild on; the row stays, signed. Raises InputError when it has none in force."""
    _signed(why, by)
    merges = Merges.in_force(con)
    row = merges.called(called) or merges.row_of(find_source(con, called).source_id)
    if row is None:
        raise InputError(f"{called!r} is merged into no other source; `casualties sources list` shows the merges in force")
    with transaction(con):
        con.execute(statement("base/undo_source_merge"), [load.utc(now), by.strip(), why.strip(), row["merge_id"]])
    return Merged(row["from_name"], row["into_name"], row["from_name"])


def list_merges(con: duckdb.DuckDBPyConnection, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return the merges in force as rows of ops.source_merges, oldest first. everything: also those that were taken back."""
    return load.fetch_rows(con, statement("base/list_source_merges"), {"everything": everything})


def _signed(why: str, by: str) -> None:
    if not why.strip() or not by.strip():
        raise InputError(
            "a merge of sources, and taking one back, needs a reason and a name: people must be able to ask who decided, and why"
        )


def _refuse(source: Found, target: Found, merges: Merges) -> None:
    for one in (source, target):
        if one.is_unnamed:
            raise InputError(f"{one.name!r} stands for all whom a publisher does not name: they are many, and cannot be merged")
    if source.source_id == target.source_id:
        raise InputError(f"both names mean {source.name!r}: a source cannot be merged into itself")
    before = merges.row_of(source.source_id)
    if before is not None:
        raise InputError(
            f"{source.name!r} was merged into {before['into_name']!r} by {before['merged_by']} on {before['merged_at']:%Y-%m-%d} "
            f"({before['why']}); take that back first with `casualties sources unmerge`"
        )
    end = merges.end_of(target.source_id)
    if end is not None and end["into_source_id"] == source.source_id:
        raise InputError(f"{target.name!r} counts as {source.name!r} itself: merging them the other way round would be a circle")
