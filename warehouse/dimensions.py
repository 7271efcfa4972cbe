"""Articles, versions, stories, publishers and sources: who printed, who is said to have said it, and where a chain starts.

The origin of a figure is the canonical source at the start of its chain:
- the attributed source where there is one (SOHR through BBC, AFP and Al-Dostor is one origin);
- unnamed sources of one outlet are one origin of that outlet: the one they spoke to, else the one that printed it first;
- what an article says itself is the attributed source's when the same article attributes the same number to just one;
- else it is the publisher's own: the original publisher of a republished text, and of a story the one who printed the
  sentence first. Where no publisher is known, one stands for each story, so that reprints of it still count once.
Whichever it is, people's merges of sources (`source_merges.py`) have the last word.

Belongs here: the dimension tables and the two columns of core.figures that point to them. Keep out: how names become
canonical (`transforms/sources`) and which texts are one story (`stories.py`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms.identity import hash63
from transforms.sources.canonical import canonical, publisher_source
from transforms.sources.known import Source, source_id
from warehouse.ddl import quote_identifier
from warehouse.load import insert_rows, stream_rows
from warehouse.source_merges import Merges
from warehouse.source_rows import affiliation_rows, source_rows, with_ancestors
from warehouse.statements import statement
from warehouse.stories import learn, stories
from warehouse.story_memory import keep, recall

BODIES_AT_ONCE = 1_000


def rebuild_articles(con: duckdb.DuckDBPyConnection, memory: Path | None = None) -> None:
    """Fill core.articles, article_versions, stories and publishers from raw.articles; the tables must be empty.

    memory: the file in which what is worked out of the texts is kept for the next time; the stories are the same with and without.
    Leaves the scratch tables story_of and publisher_of for later steps of the same rebuild.
    """
    known = recall(memory)
    learned = learn(known, dict(con.execute(statement("core/text_marks")).fetchall()), lambda versions: _bodies(con, versions))
    if learned.texts != known.texts:
        keep(learned, memory)
    story_of = stories(learned)
    scratch(con, "story_of", {"article_version_id": (pa.uint64(), list(story_of)), "story_id": (pa.uint64(), list(story_of.values()))})
    printed = [name for (name,) in con.execute(statement("core/publishers_printed")).fetchall()]
    merges = Merges.in_force(con)
    sources = {name: merges.apply(publisher_source(name)) for name in printed}
    ids = {name: _publisher_id(source) for name, source in sources.items()}
    scratch(con, "publisher_of", {"publisher": (pa.string(), list(ids)), "publisher_id": (pa.uint64(), list(ids.values()))})
    rows = {ids[name]: {"publisher_id": ids[name], "name": source.name, "source_id": source.source_id} for name, source in sources.items()}
    insert_rows(con, "core.publishers", rows.values())
    for name in ("article_versions", "articles", "stories"):
        con.execute(statement(f"core/{name}"))


def rebuild_sources(con: duckdb.DuckDBPyConnection) -> None:
    """Set source_id and origin_id of every current figure, and fill core.sources, source_names and source_affiliations (empty before)."""
    merges = Merges.in_force(con)
    used: dict[int, Source] = {}
    names: dict[int, dict[str, object]] = {}
    linked: list[tuple[int, int | None, int]] = []
    for _, group in groupby(stream_rows(con, statement("core/figure_contexts")), key=lambda row: row["article_version_id"]):
        figures = list(group)
        attributed = {row["figure_id"]: merges.apply(_attributed(row, merges)) for row in figures if row["source_text"]}
        for row in figures:
            source = attributed.get(row["figure_id"])
            origin = source or _restated(row, figures, attributed) or merges.apply(_own(row))
            for item in (source, origin):
                if item is not None:
                    used[item.source_id] = item
            if source is not None:
                key = hash63("source name", row["source_text"], source.source_id)
                names[key] = {"name_key": key, "name_printed": row["source_text"], "source_id": source.source_id}
            linked.append((row["figure_id"], source.source_id if source else None, origin.source_id))
    for (name,) in con.execute(statement("core/publishers_printed")).fetchall():
        publisher = merges.apply(publisher_source(name))
        used[publisher.source_id] = publisher
    sources = with_ancestors(used.values())
    insert_rows(con, "core.sources", source_rows(sources))
    insert_rows(con, "core.source_affiliations", affiliation_rows(sources))
    insert_rows(con, "core.source_names", names.values())
    columns = list(zip(*linked, strict=True)) or [(), (), ()]
    scratch(
        con,
        "figure_sources",
        {name: (pa.uint64(), list(values)) for name, values in zip(("figure_id", "source_id", "origin_id"), columns, strict=True)},
    )
    con.execute(statement("core/set_sources"))


def scratch(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, tuple[pa.DataType, list[Any]]]) -> None:
    """Create a temporary table of this connection from columns of values; an earlier one of that name is replaced."""
    view = f"{name}_arrow"
    con.register(view, pa.table({column: pa.array(values, type=kind) for column, (kind, values) in columns.items()}))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {quote_identifier(name)} AS SELECT * FROM {quote_identifier(view)}")
    con.unregister(view)


def _bodies(con: duckdb.DuckDBPyConnection, versions: Collection[int]) -> Iterator[tuple[int, str]]:
    scratch(con, "wanted_texts", {"article_version_id": (pa.uint64(), list(versions))})
    cursor = con.execute(statement("core/text_bodies"))
    while rows := cursor.fetchmany(BODIES_AT_ONCE):
        for version, text, spans in rows:
            yield version, "\n".join(text[start:end] for start, end in json.loads(spans)) or text


def _publisher_id(source: Source) -> int:
    return hash63("publisher", source.name)


def _publisher(row: Mapping[str, Any]) -> str:
    return row["asserted_by"] or f"unknown publisher (text {row['story_id']})"


def _own(row: Mapping[str, Any]) -> Source:
    """The publisher as the origin of what it says itself."""
    if row["asserted_by"]:
        return publisher_source(row["asserted_by"])
    return Source(source_id(_publisher(row)), _publisher(row), is_unnamed=True)


def _attributed(row: Mapping[str, Any], merges: Merges) -> Source:
    """The attributed source as the rules know it. Unnamed sources are those of the outlet that they count as speaking to."""
    outlet = row["relayed_by"] or _publisher(row)
    known_as = merges.end_of(publisher_source(outlet).source_id)
    return canonical(row["source_text"], row["source_kind"], known_as["into_name"] if known_as else outlet, row["country"])


def _restated(row: Mapping[str, Any], figures: list[dict[str, Any]], attributed: Mapping[int, Source]) -> Source | None:
    """Return the one source to which the same article attributes the same number of the same people, else None.

    A headline or a lead that repeats `246 dead` is no second voice. Single persons are too many to be told apart so.
    """
    if row["count_stated"] is None or row["count_stated"] < 2:
        return None
    found = {
        attributed[other["figure_id"]].source_id: attributed[other["figure_id"]]
        for other in figures
        if other["figure_id"] in attributed
        and other["outcome"] == row["outcome"]
        and other["count_stated"] == row["count_stated"]
        and (
            row["victim_status"] == other["victim_status"]
            or not {"civilian", "combatant"} >= {row["victim_status"], other["victim_status"]}
        )
    }
    return next(iter(found.values())) if len(found) == 1 else None
