"""Which printed places the gazetteer does not know, so that a person can give it more.

A figure whose village is unknown keeps its words and gets the area or town that the text names around it, if any: such a
name counts as unresolved here, too.

Belongs here: finding those names among the figures. Keep out: finding places in a text (`transforms/places`), printing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from transforms.places.index import Gazetteer
from transforms.places.names import keys
from transforms.places.phrases import find_phrases
from transforms.places.words import words
from transforms.reading.document import Sentence
from transforms.reading.tokens import tokenize
from warehouse.load import fetch_rows
from warehouse.statements import statement

# A phrase is found where it stands as the place of something.
_FRAME = "They were in {}."


@dataclass(frozen=True, slots=True)
class Unresolved:
    """One name that the gazetteer does not have, in one country (ISO 3166-1 alpha-2, null: not known).

    got: what its figures were placed in instead, if anything: name and precision. spelled: as printed, with what contains it.
    sentence: one that prints it.
    """

    name: str
    country: str | None
    n_figures: int
    n_articles: int
    got: tuple[str, ...]
    spelled: tuple[str, ...]
    sentence: str
    is_paraphrase: bool


def review(con: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> list[Unresolved]:
    """Return the unresolved names of the current figures, those with the most figures first."""
    found: dict[tuple[str, str | None], list[tuple[str, dict[str, Any]]]] = {}
    for row in fetch_rows(con, statement("report/printed_places")):
        name = narrowest(row["place_text"], gazetteer)
        if not _is_resolved(name, row, gazetteer):
            found.setdefault(((keys(name) or (name.casefold(),))[-1], row["country"]), []).append((name, row))
    unresolved = [_unresolved(named) for named in found.values()]
    return sorted(unresolved, key=lambda each: (-each.n_figures, -each.n_articles, each.name, each.country or ""))


def narrowest(place_text: str, gazetteer: Gazetteer) -> str:
    """Return the most specific name in a printed place (`the village of X near Y` -> X); the whole when no name is found."""
    text = _FRAME.format(place_text)
    phrases = find_phrases(tokenize(Sentence(0, False, 0, len(text), text, 0, True)), gazetteer, words())
    longest = max(phrases, key=lambda phrase: phrase.end - phrase.start, default=None)
    return longest.names[0] if longest and longest.names else place_text


def _is_resolved(name: str, row: dict[str, Any], gazetteer: Gazetteer) -> bool:
    """Return whether the place that the figure got is what the name means, and no wider one that stands around it."""
    if row["place_id"] is None:
        return False
    own, theirs = keys(name)[-1:], keys(row["place_name"] or "")[-1:]
    if own and theirs and own[0] in theirs[0]:
        return True
    alike = gazetteer.similar(name, row["country"]) if row["country"] else ()
    return row["place_id"] in {place.place_id for place in (*gazetteer.candidates(name), *alike)}


def _unresolved(named: list[tuple[str, dict[str, Any]]]) -> Unresolved:
    """Put the rows of one name together; the first has the most figures, and its spelling and sentence are shown."""
    rows = [row for _, row in named]
    name, first = named[0]
    got = dict.fromkeys(f"{row['place_name']} ({row['place_precision']})" for row in rows if row["place_id"] is not None)
    return Unresolved(
        name,
        first["country"],
        sum(row["n_figures"] for row in rows),
        len({article for row in rows for article in row["article_ids"]}),
        tuple(got),
        tuple(dict.fromkeys(row["place_text"] for row in rows)),
        first["sentence"],
        first["is_paraphrase"],
    )
