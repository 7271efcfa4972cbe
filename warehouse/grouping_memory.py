"""What is kept of a grouping, in the linking's memory: the group of each report, and the pairs at which two groups were joined.

Belongs here: keeping and finding. Keep out: grouping (`grouping.py`) and what is kept of the pairs (`linking_memory.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.corrections import Decisions
from warehouse.grouping import Former, Grouped, Reports, group
from warehouse.linking_memory import made_by, remembering
from warehouse.linking_model import Model
from warehouse.pairs import Pairs
from warehouse.statements import statement
from warehouse.transaction import transaction


def group_remembering(reports: Reports, pairs: Pairs, model: Model, decisions: Decisions, memory: Path | None) -> list[list[int]]:
    """Return what `group` does, asking only what is new since the last time. memory: the linking's; None remembers nothing."""
    if memory is None:
        return group(reports, pairs, model, decisions).groups
    with remembering(memory, made_by(model.fingerprint)) as con:
        found = group(reports, pairs, model, decisions, former(con, pairs))
        keep(con, pairs, found, decisions.of_report().keys())
    return found.groups


def former(con: duckdb.DuckDBPyConnection, pairs: Pairs) -> Former:
    """Return what holds of the grouping before. con: as `linking_memory.remembering` gives it."""
    marks = pa.table({"fingerprint": pa.array(pairs.marks, type=pa.uint64()), "place": pa.array(range(len(pairs.ids)), type=pa.int64())})
    con.register("marks", marks)
    touched = [(pairs.ids[place], fresh) for place, fresh in con.execute(statement("core/link_stale")).fetchall()]
    fresh, stale = (frozenset(report for report, new in touched if new == wanted) for wanted in (True, False))
    joined = [pairs.place_of(left, right) for left, right in con.execute(statement("core/link_joins")).fetchall()]
    con.unregister("marks")
    return Former(fresh, stale, np.array([place for place in joined if place is not None], dtype=np.int64))


def keep(con: duckdb.DuckDBPyConnection, pairs: Pairs, found: Grouped, decided: Collection[int]) -> None:
    """Keep a grouping for the next time. decided: reports that people decided on; what was joined for it is no pair's doing."""
    home = {report: members[0] for members in found.groups for report in members}
    marks = np.array(pairs.marks, dtype=np.uint64)
    at = np.array(found.joined, dtype=np.int64)
    homes = {"fingerprint": marks, "home": [home[report] for report in pairs.ids], "decided": [report in decided for report in pairs.ids]}
    joins = {"fingerprint_l": marks[pairs.left[at]], "fingerprint_r": marks[pairs.right[at]]}
    con.register("homes", pa.table({**homes, "home": pa.array(homes["home"], type=pa.uint64())}))
    con.register("joins", pa.table(joins))
    with transaction(con):
        con.execute(statement("core/link_keep_groups"))
    con.unregister("homes")
    con.unregister("joins")
