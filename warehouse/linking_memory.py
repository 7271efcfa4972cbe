"""What the linking reckoned before: a file beside the working file, safe to delete at any time.

What a report's words weigh, and how probable a pair is, rests on the reports and the model alone. So it is worked out once:
of reports that are as they were, pairs are looked up; only new and changed ones are held against their neighbours. What is
remembered is what would be reckoned again, number for number. Another model, other code or another version of a library forgets all.

The file holds hashes of words, no text; a redaction removes it.

Belongs here: keeping and finding. Keep out: reckoning (`linking.py`).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from transforms.identity import hash63
from warehouse.connection import DAMAGE
from warehouse.ddl import quote_literal
from warehouse.files import remove_database
from warehouse.pairs import Columns
from warehouse.statements import SQL_DIR, statement
from warehouse.transaction import transaction

logger = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_LEXICON = _HERE.parent / "transforms" / "lexicon"
# What decides on the numbers, beside the model.
_CODE = (
    *(_HERE / name for name in ("likeness.py", "shared_words.py", "linking.py", "linking_memory.py", "linking_model.py", "pairs.py")),
    *(
        _HERE / name
        for name in (
            "grouping.py",
            "grouping_before.py",
            "grouping_memory.py",
            "grouping_sums.py",
            "told_apart.py",
            "places.py",
            "open_days.py",
        )
    ),
    *(_LEXICON / name for name in ("months.csv", "quantities.csv")),
)
_LIBRARIES = ("duckdb", "splink", "scipy")
_PAIRS_AT_ONCE = 1_000_000
_MEMORY_LIMIT = "500MB"  # beyond it DuckDB spills to disk


def fingerprint(report: Mapping[str, Any]) -> int:
    """Return a hash over all that the linking sees of a report (a row of `core/link_inputs.sql`), the same for the same values."""
    return hash63("report", repr(sorted(report.items())))


def made_by(model: str) -> str:
    """Return a hash over the model, the code and the libraries: what was reckoned by others is worth nothing. model: its fingerprint."""
    queries = sorted((SQL_DIR / "core").glob("link_*.sql"))
    files = [hashlib.blake2b(path.read_bytes()).hexdigest() for path in (*_CODE, *queries)]
    return hashlib.blake2b(repr([model, files, [version(library) for library in _LIBRARIES]]).encode()).hexdigest()


@contextmanager
def remembering(file: Path | None, maker: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a scratch database with the memory attached as `known`. file: None remembers nothing. maker: what `made_by` gave.

    A file that cannot be opened is begun anew.
    """
    con = duckdb.connect(":memory:", config={"memory_limit": _MEMORY_LIMIT, "temp_directory": str(_spill(file))} if file else {})
    try:
        _attach(con, file)
        kept = con.execute("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'known'").fetchall()[0][0]
        if not kept or con.execute("SELECT maker FROM known.made_by").fetchall() != [(maker,)]:
            with transaction(con):
                con.execute(statement("core/link_memory"))
                con.execute("INSERT INTO known.made_by VALUES (?)", [maker])
        yield con
    finally:
        con.close()


def _spill(file: Path) -> Path:
    return file.with_name(file.name + ".spill")


def _attach(con: duckdb.DuckDBPyConnection, file: Path | None) -> None:
    target = ":memory:" if file is None else str(file)
    try:
        con.execute(f"ATTACH {quote_literal(target)} AS known")
    except DAMAGE as error:
        if file is None:
            raise
        logger.warning("what the linking reckoned before cannot be read (%s) and is begun anew", type(error).__name__)
        remove_database(file)
        con.execute(f"ATTACH {quote_literal(target)} AS known")


def take_in(con: duckdb.DuckDBPyConnection, described: pa.Table) -> set[int]:
    """Make the table `current` of reports (their columns without words, and `fingerprint`); return the fingerprints not remembered."""
    con.register("described", described)
    con.execute("CREATE OR REPLACE TEMP TABLE current AS FROM described")
    con.unregister("described")
    return {fp for (fp,) in con.execute("SELECT fingerprint FROM current ANTI JOIN known.evidence USING (fingerprint)").fetchall()}


def add_words(con: duckdb.DuckDBPyConnection, weighed: pa.Table, blocking: Mapping[str, int]) -> None:
    """Make the table `fresh` of the words of new reports (columns fingerprint, words, weights, telling, names), with the keys to look
    for them."""
    con.register("weighed", weighed)
    con.execute(statement("core/link_fresh"), {name: most for name, most in blocking.items() if name != "most_common"})
    con.unregister("weighed")


def neighbours(con: duckdb.DuckDBPyConnection) -> int:
    """Make the table `near` of the new reports and those that share a key with one, and `meeting` of the keys shared; return how
    many reports there are in `near`."""
    con.execute(statement("core/link_keyed"))
    return int(con.execute("SELECT count(*) FROM near").fetchall()[0][0])


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the new reports and their pairs (the table `found` that `linking.predict` made); forget what is not current."""
    with transaction(con):  # else a report could seem compared that is not
        con.execute(statement("core/link_remember"))
    con.execute("DROP TABLE found")


def levels_shown(con: duckdb.DuckDBPyConnection) -> list[tuple[float, tuple[int, ...]]]:
    """Return what the comparisons of pairs show together, by number: the probability that follows, and the level of each."""
    return [(probability, tuple(gammas)) for probability, gammas in con.execute(statement("core/link_levels")).fetchall()]


def remembered(con: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield every pair of current reports, in parts and no order: their places among the current reports in order of their ids, and
    what they show as a number."""
    number, place = (np.asarray(column) for column in con.execute(statement("core/link_numbers")).fetchnumpy().values())
    place_of = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int32)
    place_of[number] = place
    for part in con.sql(statement("core/link_pairs")).to_arrow_reader(_PAIRS_AT_ONCE):
        left, right, levels = (part.column(name).to_numpy() for name in ("number_l", "number_r", "levels"))
        yield Columns(place_of[left], place_of[right], levels)
