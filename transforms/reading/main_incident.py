"""Step: what the article as a whole says of its main incident.

For killed and injured: the latest stated overall toll where there is one, else the sum of disjoint figures. Parts,
restatements, superseded tolls, running tolls, earlier attacks and denied figures are left out (claims guidelines,
"Whole-article totals"). The rules stand in docs/reader.md with cases in tests/fixtures/main_incident.toml.

Belongs here: choosing and adding figures. Keep out: reading them.
"""

from __future__ import annotations

from typing import Any

from transforms.reading.document import Document, Figure
from transforms.reading.totals import total_of, without_the_dead

OUTCOMES = ("killed", "injured")
_PROTEST = frozenset(
    "protest protests protested protesting demonstration demonstrated rally rallied marched riot rioted riots vigil demonstrators protesters".split()
)
_BACKGROUND = _PROTEST | frozenset(
    "march condemn condemned condemning anniversary funeral commemorate commemorating revenge retaliation avenge mourn mourning mourned denounce "
    "denouncing against following over".split()
)
_CAUSE_CUES = frozenset({"after", "following", "over", "against", "demanding", "because", "since", "when"})


def _usable(figure: Figure) -> bool:
    # one person is no toll of a period, whatever period the sentence names
    one_event = figure.scope == "incident" or (figure.scope == "period" and figure.count_max == 1)
    return one_event and figure.stance != "denied" and figure.relation == "total"


def _background(figure: Figure, document: Document) -> bool:
    """`protest the killing of two traders`, `rioted after a man was shot`: in a sentence on a protest, what it is about."""
    sentence = document.sentences[figure.sentence_index]
    first = figure.outcome_tokens[0]
    before = sentence.lowers[:first]
    if figure.rule in ("noun_of", "possessive") and set(before[-8:]) & _BACKGROUND:
        return True
    return bool(set(sentence.lowers) & _PROTEST) and bool(set(before) & _CAUSE_CUES)


def _count(figures: list[Figure], document: Document) -> dict[str, int | None] | None:
    total = total_of(figures, document)
    return None if total is None else {"count_min": total[0], "count_max": total[1]}


def main_incident(document: Document) -> Document:
    """Fill `document.main_incident`: killed and injured (persons, null when nothing is said), day and place."""
    result: dict[str, Any] = {}
    superseded = {f.supersedes for f in document.figures if f.supersedes is not None}
    usable = [f for i, f in enumerate(document.figures) if _usable(f) and i not in superseded]
    for outcome in OUTCOMES:
        body = [f for f in usable if f.outcome == outcome and not f.in_title and not _background(f, document)]
        title = [f for f in usable if f.outcome == outcome and f.in_title]
        result[outcome] = _count(body or title, document)
    result["injured"] = without_the_dead(result["injured"], result["killed"], usable, document)
    document.main_incident = result
    return document
