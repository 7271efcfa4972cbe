"""Landing articles: `raw.articles` grows by versions that are new, `ops.rejected_inputs` by inputs that could not be taken in.

Belongs here: what is new, version numbers, batches. Keep out: reading files (`transforms/ingest`), and every change of a
row that is there: raw is append-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from transforms.identity import hash63
from transforms.ingest import Received, Rejected
from warehouse import load
from warehouse.statements import statement
from warehouse.tombstones import Tombstones
from warehouse.transaction import transaction

# A batch ends at whichever comes first, so that memory stays constant whatever the articles' length.
BATCH_ARTICLES = 500
BATCH_CHARACTERS = 8_000_000
_VIEW = "incoming_articles"


@dataclass(frozen=True, slots=True)
class LandedArticles:
    """What landing did, in numbers of inputs.

    n_received: articles taken in; n_new_versions of them were not there before. n_rejected: inputs that could not be taken
    in; n_new_rejected of them were not rejected before in the same way.
    """

    n_received: int = 0
    n_new_versions: int = 0
    n_rejected: int = 0
    n_new_rejected: int = 0

    def __add__(self, other: LandedArticles) -> LandedArticles:
        return LandedArticles(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def land_articles(con: duckdb.DuckDBPyConnection, items: Iterable[Received | Rejected], run_id: str, now: datetime) -> LandedArticles:
    """Land articles and rejects in batches, each its own transaction; must not be called in one.

    Nothing lands twice: a version (by its id) and a reject (by origin, line, reason and detail) are there once, as first
    seen. A version of an article that is there gets the next number. now: UTC, becomes `first_seen_at`.
    """
    landed, tombstones = LandedArticles(), Tombstones(con)
    for batch in _batches(items):
        with transaction(con):
            landed += _land_batch(con, batch, run_id, load.utc(now), tombstones)
    return landed


def _batches(items: Iterable[Received | Rejected]) -> Iterator[list[Received | Rejected]]:
    batch: list[Received | Rejected] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Received) else 0
        if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _land_batch(
    con: duckdb.DuckDBPyConnection, batch: list[Received | Rejected], run_id: str, moment: datetime, tombstones: Tombstones
) -> LandedArticles:
    received = [_article_row(item, run_id, moment) for item in batch if isinstance(item, Received)]
    rejected = [item for item in batch if isinstance(item, Rejected)]
    rejected += [_redacted(row) for row in received if tombstones.is_gone(row)]
    received = [tombstones.without_names(row) for row in received if not tombstones.is_gone(row)]
    n_new = _add_versions(con, received)
    before = _count_rejected(con)
    load.insert_rows(con, "ops.rejected_inputs", [_rejected_row(item, run_id, moment) for item in rejected], keep_existing=True)
    return LandedArticles(len(received), n_new, len(rejected), _count_rejected(con) - before)


def _redacted(row: dict[str, Any]) -> Rejected:
    line = row["origin_line"]
    detail = "this article was redacted (ops.redactions says why); take the redaction back by hand if it was wrong"
    return Rejected(str(row["origin"]), line if isinstance(line, int) else None, "redacted", detail)


def _add_versions(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> int:
    """Add the versions that are new; return how many."""
    if not rows:
        return 0
    positions = pa.array(range(len(rows)), type=pa.int64())
    con.register(_VIEW, load.to_arrow("raw.articles", rows).append_column("position", positions))
    added = con.execute(statement("base/land_articles")).fetchall()
    con.unregister(_VIEW)
    return len(added)


def _article_row(item: Received, run_id: str, moment: datetime) -> dict[str, Any]:
    return {
        "article_version_id": item.article_version_id,
        "article_id": item.article_id,
        "url": item.url,
        "publisher": item.publisher,
        "original_publisher": item.original_publisher,
        "byline": item.byline,
        "title": item.title,
        "text": item.text,
        "read_spans": json.dumps([list(span) for span in item.read_spans]),
        "language": item.language,
        "language_detected": item.language_detected,
        "published_on": item.published_on,
        "published_at": item.published_at,
        "captured_at": item.captured_at,
        "is_paraphrase": item.is_paraphrase,
        "origin": item.origin,
        "origin_line": item.origin_line,
        "bytes_hash": item.bytes_hash,
        "text_hash": item.text_hash,
        "first_seen_at": moment,
        "ingested_on": moment.date(),
        "run_id": run_id,
    }


def _rejected_row(item: Rejected, run_id: str, moment: datetime) -> dict[str, object]:
    return {
        "rejected_id": hash63("rejected", item.origin, item.line, item.reason, item.detail),
        "origin": item.origin,
        "line": item.line,
        "reason": item.reason,
        "detail": item.detail,
        "rejected_at": moment,
        "run_id": run_id,
    }


def _count_rejected(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("SELECT count(*) FROM ops.rejected_inputs").fetchall()[0][0])
