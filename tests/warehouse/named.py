"""A small whole warehouse whose articles name people, made without Dagster.

Belongs here: the articles and the way through the pipeline. Keep out: assertions.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from transforms.ingest import collect
from transforms.reading.bulk import read_many
from transforms.reading.reader import READER_VERSION
from warehouse import articles, figures, load
from warehouse.connection import open_working
from warehouse.paths import DataFolder
from warehouse.publish import publish
from warehouse.rebuild import rebuild_core, rebuild_marts

ARTICLES = [
    {
        "article_id": "a-1",
        "publisher": "Tarhal Daily",
        "url": "https://daily.example/rosa-lindqvist",
        "title": "Rosa Lindqvist, 9, among four killed",
        "published_on": "2024-03-05",
        "text": "Four people were killed in a bombing in Aleppo on Monday, police said. Rosa Lindqvist, 9, died at the scene. "
        "Rosa’s father, Nils Lindqvist, was injured. Two more people were injured, Mayor Oleg Marek said.",
    },
    {
        "article_id": "b-2",
        "publisher": "Aleppo Wire",
        "url": "https://wire.example/b",
        "title": "Toll rises to five",
        "published_on": "2024-03-06",
        "text": "A photo of Rosa Lindqvist was shown. Five people were killed in the Aleppo bombing, the health ministry said.",
    },
]


def take_in(folder: DataFolder, source: Path) -> articles.LandedArticles:
    """Land the articles of a file, read what is new, build everything, publish."""
    now = datetime.now(UTC)
    with open_working(folder, "a test") as con:
        landed = articles.land_articles(con, collect([source]), "run", now)
        for chunk in figures.unread(con, READER_VERSION, 100):
            readings = list(read_many(chunk, people=True))
            rows = [row for reading in readings for row in reading.figures]
            frame = load.to_frame("core.figures", rows, without=figures.SET_AT_LANDING)
            landing = figures.Chunk(READER_VERSION, frame, [], figures.readings_rows(readings, READER_VERSION, frame, []))
            figures.land_chunk(con, landing, "run", now)
        rebuild_core(con, now)
        rebuild_marts(con)
        publish(con, folder)
    return landed


def written(path: Path) -> Path:
    """Write ARTICLES into a file."""
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES) + "\n", encoding="utf-8")
    return path
