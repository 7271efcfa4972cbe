"""Step: what the article as a whole says of its main incident.

For killed and injured: the latest stated overall toll where there is one, else the sum of disjoint figures. Parts,
restatements, superseded tolls, running tolls, earlier attacks and denied figures are left out (claims guidelines,
"Whole-article totals"). The rules stand in docs/reader.md with cases in tests/fixtures/main_incident.toml.

Belongs here: choosing and adding figures. Keep out: reading them.
"""

from __future__ import annotations

from typing import Any

from transforms.reading.document import Document, Figure
from transforms.reading.totals import total_of

OUTCOMES = ("killed", "injured")


def _usable(figure: Figure) -> bool:
    return figure.scope == "incident" and figure.stance != "denied" and figure.relation == "total"


def _count(figures: list[Figure], document: Document) -> dict[str, int | None] | None:
    total = total_of(figures, document)
    return None if total is None else {"count_min": total[0], "count_max": total[1]}


def main_incident(document: Document) -> Document:
    """Fill `document.main_incident`: killed and injured (persons, null when nothing is said), day and place."""
    result: dict[str, Any] = {}
    superseded = {f.supersedes for f in document.figures if f.supersedes is not None}
    usable = [f for i, f in enumerate(document.figures) if _usable(f) and i not in superseded]
    for outcome in OUTCOMES:
        body = [f for f in usable if f.outcome == outcome and not f.in_title]
        title = [f for f in usable if f.outcome == outcome and f.in_title]
        result[outcome] = _count(body or title, document)
    document.main_incident = result
    return document
