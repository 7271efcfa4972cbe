"""Reading and scoring the annotated sets: shared by the gate, `reader_diff`, `raise_floors` and the benchmarks.

The research sets lie outside the project (their licences forbid passing them on): `../shared/eval`, with their scorer `score.py`.
The project's own corpus lies beside this file and is scored by `own_score.py`; it is always there.

Belongs here: what sets there are, reading them, and their measures under flat names. Keep out: floors (`floors.py`) and verdicts on
single texts (`reader_diff.py`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.quality import own_score
from tests.quality.clusters import link
from transforms.places.build import ensure_index
from transforms.reading.bulk import read_many
from transforms.reading.document import Article, Reading
from warehouse.paths import data_folder

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT / "../shared/eval"
WORKERS = 2
Record = dict[str, Any]
# Values of a field are measured one by one where there are so many cases: a constant answer scores high on the share alone.
_VALUE_CASES = 40
# Shares that say nothing of their own: of answers, right or wrong, and a blend of two others.
_NO_MEASURE = ("answered", "killed.exact", "injured.exact")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One annotated set. kinds: the scorers that apply to it (totals, claims, places, keys, clusters, own)."""

    name: str
    path: Path
    kinds: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether the file is there: the research sets are not part of the project."""
        return self.path.is_file()

    def digest(self) -> str:
        """Return the SHA-256 of the file: a floor is worth nothing on other data."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def records(self) -> list[Record]:
        """Return the lines of the file: article and labels."""
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").split("\n") if line.strip()]


SETS: tuple[DataSet, ...] = (
    DataSet("own", Path(__file__).parent / "corpus.jsonl", ("own",)),
    DataSet("claims_gold", SHARED / "claims_gold.jsonl", ("claims",)),
    DataSet("gtd", SHARED / "gtd.jsonl", ("totals", "places")),
    DataSet("rand", SHARED / "rand.jsonl", ("totals",)),
    DataSet("acled", SHARED / "acled.jsonl", ("totals", "places")),
    DataSet("gva", SHARED / "gva.jsonl", ("totals", "places", "clusters")),
    DataSet("muc34", SHARED / "muc34.jsonl", ("keys",)),
    DataSet("airwars_gaza", SHARED / "airwars_gaza.jsonl", ("places",)),
    # no clusters: half of its pairs are of one siege, and one text more or less moves the score by more than a floor's slack
    DataSet("airwars_syria", SHARED / "airwars_syria.jsonl", ("places",)),
)


def named(name: str) -> DataSet:
    """Return the set of that name; KeyError when there is none."""
    return {data.name: data for data in SETS}[name]


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """Return the research sets' scorer. Raises FileNotFoundError where it is absent."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def article_of(record: Record) -> Article:
    """Return the article of a line: labels are no part of it."""
    day = record.get("published_on")
    return Article(
        article_id=str(record["article_id"]),
        text=record["text"],
        title=record.get("title"),
        publisher=record.get("publisher"),
        url=record.get("url"),
        published_on=date.fromisoformat(day[:10]) if day else None,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def line_of(reading: Reading) -> Record:
    """Return a reading in the form that `casualties read` writes, days as ISO text. No text may make the reader fail."""
    assert reading.error is None, f"{reading.article_id}: {reading.error}"
    figures = [{name: _plain(value) for name, value in row.items()} for row in reading.figures]
    return {"article_id": reading.article_id, "figures": figures, "main_incident": reading.main_incident}


def read_set(data: DataSet, workers: int = WORKERS) -> list[Record]:
    """Read every article of a set, with the gazetteer (built once under the data folder), in the order of the file."""
    places_file = ensure_index(data_folder(None).gazetteer, None)
    return [line_of(reading) for reading in read_many(map(article_of, data.records()), places_file=places_file, workers=workers)]


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, float]]:
    """Yield the measures of a nested result under dotted names; [share, cases] pairs give their share."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list) and len(value) == 2 and isinstance(value[1], int):
        if not prefix.startswith("by_value") or value[1] >= _VALUE_CASES:
            yield prefix, float(value[0])
    elif isinstance(value, float):
        yield prefix, value


def _scored(kind: str, data: DataSet, lines: list[Record], records: list[Record]) -> dict[str, Any]:
    if kind == "own":
        return own_score.score(lines, records)
    if kind == "clusters":
        links = link(data.path, ensure_index(data_folder(None).gazetteer, None), WORKERS)
        found = scorer().clusters(links, records, 0)
        return {name: found[name] for name in ("f1", "pair_f1")}  # of precision and recall one rises where the other falls
    result: dict[str, Any] = getattr(scorer(), kind)(lines, records, 0)
    return result


def measures(data: DataSet, lines: list[Record]) -> dict[str, float]:
    """Return every share that the scorers of the set give for these readings, under names such as `killed.exact_when_positive`.

    Clusters take the set's own way through the warehouse, and are read for it once more.
    """
    records = data.records()
    found: dict[str, float] = {}
    for kind in data.kinds:
        found.update(_flat(kind if kind in ("keys", "clusters") else "", _scored(kind, data, lines, records)))
    # outcomes are equal by pairing
    return {name: value for name, value in found.items() if name not in _NO_MEASURE and not name.startswith("by_value.outcome.")}
