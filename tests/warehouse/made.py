"""Hand-made warehouses for tests: articles and figures in a few words, everything else filled in by rule.

Belongs here: short ways to put rows into an empty warehouse in memory. Keep out: assertions.
"""

from __future__ import annotations

import atexit
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from transforms.contract import table
from transforms.identity import article_version_id, hash63
from warehouse.ddl import quote_literal
from warehouse.load import insert_rows
from warehouse.migrate import bring_up_to_date

READ_AT = datetime(2026, 1, 2, 3, 4, 5)
BOUNDS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "fewer_than", "~": "about"}


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """Return a connection to a warehouse in memory with the contract's tables and no rows.

    It is copied off one made once per process: making all tables with their comments takes five times as long.
    """
    con = duckdb.connect(":memory:")
    con.execute(f"ATTACH {quote_literal(str(_template()))} AS template (READ_ONLY)")
    con.execute("COPY FROM DATABASE template TO memory")
    con.execute("DETACH template")
    return con


@cache
def _template() -> Path:
    folder = TemporaryDirectory(prefix="casualties-template-")
    atexit.register(folder.cleanup)
    file = Path(folder.name, "empty.duckdb")
    with duckdb.connect(file) as con:
        bring_up_to_date(con)
    return file


def count_columns(words: str) -> dict[str, Any]:
    """Return bound and counts for a number in short form: `246`, `>=246`, `>600`, `<=150`, `~20`, `20-30`, or a vague word."""
    sign = words.rstrip("0123456789")
    if sign in BOUNDS:
        number = int(words[len(sign) :])
        lows = {">=": number, ">": number + 1, "~": number}
        highs = {"<=": number, "<": number - 1, "~": number}
        return {"bound": BOUNDS[sign], "count_stated": number, "count_min": lows.get(sign), "count_max": highs.get(sign)}
    if "-" in words:
        low, high = (int(part) for part in words.split("-"))
        return {"bound": "range", "count_stated": None, "count_min": low, "count_max": high}
    if words.isdigit():
        return {"bound": "exact", "count_stated": int(words), "count_min": int(words), "count_max": int(words)}
    vague = {"dozens": 24, "several": 3, "many": 3}
    return {"bound": "vague", "count_stated": None, "count_min": vague[words], "count_max": None}


def put_article(con: duckdb.DuckDBPyConnection, article_id: str, **given: Any) -> int:
    """Insert one row of raw.articles and return its article_version_id. given: columns that differ from the defaults."""
    text = given.get("text", f"Nothing much happened in {article_id}.")
    published_on = given.get("published_on", date(2018, 7, 25))
    version = given.get("version", 1)
    key = given.pop("article_version_id", None) or article_version_id(
        article_id, given.get("publisher"), None, str(version), text, published_on
    )
    row = {
        "article_version_id": key,
        "article_id": article_id,
        "version": version,
        "publisher": "A Paper",
        "text": text,
        "read_spans": f"[[0, {len(text)}]]",
        "published_on": published_on,
        "is_paraphrase": False,
        "origin": "made by hand",
        "bytes_hash": "0" * 64,
        "text_hash": f"{hash63(text):064d}",
        "first_seen_at": READ_AT,
        "ingested_on": READ_AT.date(),
        "run_id": "test",
        **given,
    }
    insert_rows(con, "raw.articles", [row])
    return key


def figure_row(version: int, article_id: str, words: str, outcome: str = "killed", **given: Any) -> dict[str, Any]:
    """Return one row of core.figures, to be inserted. words: see `count_columns`. given: columns that differ from the defaults."""
    start = given.pop("char_start", 0)
    name = given.pop("name", "")
    return {
        "figure_id": hash63("test figure", version, name, words, outcome, start, given.get("in_title", False)),
        "article_version_id": version,
        "article_id": article_id,
        "reader_version": "1",
        "review": "machine_read",
        "in_title": False,
        "char_start": start,
        "char_end": start + 1,
        "quantity_text": words,
        "sentence": f"{words} {outcome}.",
        "outcome": outcome,
        "victim_status": "unknown",
        "victim_side": "unknown",
        "named_person": False,
        "relation": "total",
        "scope": "incident",
        "stance": "asserted",
        "flags": [],
        "valid_from": READ_AT,
        "run_id": "test",
        **count_columns(words),
        **given,
    }


def put_figure(con: duckdb.DuckDBPyConnection, version: int, article_id: str, words: str, outcome: str = "killed", **given: Any) -> int:
    """Insert one row of core.figures (see `figure_row`) and return its figure_id."""
    row = figure_row(version, article_id, words, outcome, **given)
    insert_rows(con, "core.figures", [row])
    return int(row["figure_id"])


def put_place(con: duckdb.DuckDBPyConnection, name: str, lat: float, lon: float, precision: str = "town", **given: Any) -> dict[str, Any]:
    """Insert one row of core.places and return the place columns that a figure at this place has."""
    row = {
        "place_id": hash63("test place", name, precision),
        "name": name,
        "precision": precision,
        "admin1": "As-Suwayda",
        "country": "SY",
        "lat": lat,
        "lon": lon,
        "gazetteer": "test",
        "gazetteer_id": name,
        **given,
    }
    insert_rows(con, "core.places", [row])
    return {
        "place_id": row["place_id"],
        "place_text": name,
        "place_precision": precision,
        "place_admin": row["admin1"],
        "country": row["country"],
    }


def rows(con: duckdb.DuckDBPyConnection, full_name: str) -> list[tuple[Any, ...]]:
    """Return all rows of a table, in the order of its key."""
    return con.execute(f"SELECT * FROM {full_name} ORDER BY {', '.join(table(full_name).key)}").fetchall()
