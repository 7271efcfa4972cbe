"""The texts that are read for measuring.

Belongs here: finding and loading them. Keep out: measuring.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from transforms.ingest import Received, collect
from transforms.reading.document import Article

PROJECT = Path(__file__).parents[1]
EVALUATION = PROJECT.parent / "shared" / "eval"
# name: (kind, file below the evaluation's folder)
SETS = {
    "bbc_news": ("general", "load/bbc_news.jsonl"),
    "reuters21578": ("general", "load/reuters21578.jsonl"),
    "gva": ("dense", "gva.jsonl"),
    "claims_gold": ("dense", "claims_gold.jsonl"),
    "gtd": ("summaries", "gtd.jsonl"),
}


@dataclass(frozen=True, slots=True)
class TextSet:
    """Articles of one kind (general news, dense with casualties, summaries)."""

    name: str
    kind: str
    articles: tuple[Article, ...]

    @property
    def megabytes(self) -> float:
        """Size of the texts in MB (10^6 bytes of UTF-8)."""
        return sum(len(article.text.encode("utf-8", "surrogatepass")) for article in self.articles) / 1e6


def sets(evaluation: Path = EVALUATION, at_most: int | None = None) -> tuple[TextSet, ...]:
    """Return the sets; without the evaluation's folder the example articles alone. at_most: articles of each."""
    found = [
        TextSet(name, kind, tuple(_of_file(evaluation / file))[:at_most])
        for name, (kind, file) in SETS.items()
        if (evaluation / file).is_file()
    ]
    return tuple(found) or (TextSet("examples", "dense", tuple(examples())[:at_most]),)


def endless(of: TextSet) -> Iterator[Article]:
    """Yield the articles over and over, each with an id of its own."""
    for number in count():
        article = of.articles[number % len(of.articles)]
        yield replace(article, article_id=f"{article.article_id}-{number}")


def _of_file(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            published = record.get("published_on")
            day = date.fromisoformat(published[:10]) if published else None
            yield Article(str(record["article_id"]), record["text"], record.get("title"), record.get("publisher"), None, day)


def examples() -> Iterator[Article]:
    """Yield the example articles."""
    for item in collect([PROJECT / "examples" / "articles"]):
        if isinstance(item, Received):
            yield Article(item.article_id, item.text, item.title, item.publisher, item.url, item.published_on, item.read_spans)
