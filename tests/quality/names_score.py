"""How many of the people who must be masked are found: measured against names marked by hand in 86 articles.

`people_named.json` holds article ids, hashes and offsets only: neither text nor name is part of this project. Each span is
[start, length, kind, person]; kinds: victim, detainee, private (sources and relatives), office (must stay).

Belongs here: the measure. Keep out: floors and the finder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.quality.runner import SHARED
from transforms.naming import find_people
from transforms.reading.document import Article
from transforms.reading.reader import read

MARKED = Path(__file__).parent / "people_named.json"
FILES = ("gva", "claims_gold", "muc34", "airwars_gaza", "airwars_syria")


@dataclass(slots=True)
class Score:
    """Counts of people and of mentions; `missed` and `extra` for looking at them (article, start, end)."""

    people: dict[str, list[int]] = field(default_factory=dict)
    mentions: dict[str, list[int]] = field(default_factory=dict)
    n_masked: int = 0
    n_right: int = 0
    missed: list[tuple[str, int, int, str]] = field(default_factory=list)
    extra: list[tuple[str, int, int, str]] = field(default_factory=list)

    def recall(self, *kinds: str, of: str = "people") -> float:
        """Share of the people (or mentions) of these kinds of which every character is masked; all mentions for a person."""
        counts = [getattr(self, of).get(kind, [0, 0]) for kind in kinds]
        return sum(c[0] for c in counts) / max(1, sum(c[1] for c in counts))

    @property
    def precision(self) -> float:
        """Share of the masked spans that name somebody who must be masked."""
        return self.n_right / max(1, self.n_masked)


def texts() -> dict[str, dict[str, Any]]:
    """Return the records of the annotated sets by article id; empty where the sets are not there."""
    found = {}
    for name in FILES:
        path = SHARED / f"{name}.jsonl"
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                found[str(record["article_id"])] = record
    return found


def marked(records: dict[str, dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each marked article that is there and unchanged, with its text."""
    for item in json.loads(MARKED.read_text(encoding="utf-8")):
        text = records.get(item["article_id"], {}).get("text", "")
        if hashlib.sha256(text.encode()).hexdigest() == item["sha256"]:
            yield item, text


def score(items: Iterator[tuple[dict[str, Any], str]] | list[tuple[dict[str, Any], str]]) -> Score:
    """Score the finder on marked articles."""
    total = Score()
    for item, text in items:
        spans = [
            (m.char_start, m.char_end, p.kind)
            for p in find_people(None, text, read(Article(item["article_id"], text)).figures)
            for m in p.mentions
        ]
        _add(total, item, spans)
    return total


def _add(total: Score, item: dict[str, Any], spans: list[tuple[int, int, str]]) -> None:
    covered = {i for start, end, _ in spans for i in range(start, end)}
    people: dict[int, tuple[str, bool]] = {}
    for start, length, kind, person in item["names"]:
        whole = all(i in covered for i in range(start, start + length))
        any_ = any(i in covered for i in range(start, start + length))
        counts = total.mentions.setdefault(kind, [0, 0])
        counts[0] += any_ if kind == "office" else whole
        counts[1] += 1
        before = people.get(person, (kind, True))[1]
        people[person] = (kind, before and whole)
        if whole != (kind != "office") or (kind == "office" and any_):
            total.missed.append((item["article_id"], start, start + length, kind))
    for kind, whole in people.values():
        counts = total.people.setdefault(kind, [0, 0])
        counts[0] += whole
        counts[1] += 1
    must = {i for start, length, kind, _ in item["names"] if kind != "office" for i in range(start, start + length)}
    for start, end, kind in spans:
        total.n_masked += 1
        if must.isdisjoint(range(start, end)):
            total.extra.append((item["article_id"], start, end, kind))
        else:
            total.n_right += 1
