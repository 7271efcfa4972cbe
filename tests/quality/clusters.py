"""Articles to incidents: the way of a set from its file to `core.incident_reports`, without Dagster and without expectations.

What the checks would hold back is linked too: they hold back few figures of these sets, and importing them costs more than the linking.

Belongs here: running the project's own steps in a warehouse in memory. Keep out: scoring (`runner.py`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.ingest.collecting import collect
from transforms.reading.bulk import read_many
from transforms.reading.reader import READER_VERSION
from warehouse.articles import land_articles
from warehouse.figures import SET_AT_LANDING, Chunk, land_chunk, readings_rows, unread
from warehouse.load import fetch_rows, to_frame
from warehouse.migrate import bring_up_to_date
from warehouse.rebuild import rebuild_core

_MAIN = "SELECT r.article_id, i.incident_id FROM core.reports AS r JOIN core.incident_reports AS i USING (report_id) WHERE r.is_main"
_CHUNK = 500


def link(file: Path, places_file: Path, workers: int) -> list[dict[str, Any]]:
    """Return the main incident of every article of a file that has one: article_id, incident_id."""
    now = datetime.now(UTC)
    con = duckdb.connect(":memory:")
    try:
        bring_up_to_date(con)
        land_articles(con, collect([file]), "gate", now)
        for articles in unread(con, READER_VERSION, _CHUNK):
            read = list(read_many(articles, places_file=places_file, workers=workers))
            figures = to_frame("core.figures", [row for reading in read for row in reading.figures], without=SET_AT_LANDING)
            places = {place.place_id: place for reading in read for place in reading.places}
            readings = readings_rows(read, READER_VERSION, figures, ())
            land_chunk(con, Chunk(READER_VERSION, figures, list(places.values()), readings), "gate", now)
        rebuild_core(con, now)
        return fetch_rows(con, _MAIN)
    finally:
        con.close()
