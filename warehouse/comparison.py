"""What different sources reported of the same incident, read from the published copy.

The shapes here are what `casualties compare`, `casualties incident` and the HTML report show.

Belongs here: filters, the queries of `warehouse/sql/report/`, and grouping their rows. Keep out: how it is printed, and
any judgement about which source is right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

import duckdb

from transforms.errors import InputError
from warehouse.incident_ids import find_incident
from warehouse.statements import statement

# The order in which cells are shown: from the gravest outcome on, the attacked before the attacking, everybody before a share.
OUTCOMES = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced", "neutralised")
SIDES = ("attacked", "unknown", "attacking")
STATUSES = ("people", "civilian", "combatant")
ALL = "all"
# what a range is told again without -> how the columns of mart.incident_tolls end
ANY_ORIGIN = "any one origin"  # one at a time: whoever is the lowest, whoever is the highest
WITHOUT = {ANY_ORIGIN: "without_one", "unreviewed figures": "reviewed", "the weakest link": "without_weakest_link"}
MANY = 1_000_000
_MARKS = str.maketrans({"-": " "} | dict.fromkeys("'‘’ʿʾ`´", ""))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which incidents and cells to show. Days are inclusive and mean the event; None = no limit.

    place: part of a place name or a country. min_sources: distinct origins a cell must have. limit: most incidents shown.
    """

    place: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    outcome: str | None = None
    min_sources: int = 1
    limit: int = MANY

    def __post_init__(self) -> None:
        if self.outcome is not None and self.outcome not in OUTCOMES:
            raise InputError(f"{self.outcome!r} is no outcome; one of {', '.join(OUTCOMES)}")
        if self.from_day and self.to_day and self.from_day > self.to_day:
            raise InputError(f"--from {self.from_day} lies after --to {self.to_day}")


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure of one origin on its way through time. `order_known` false: its place among that day's figures is not known."""

    figure_id: int
    published_on: date | None
    published_at: datetime | None
    publisher: str | None
    count_shown: str
    count_min: int | None
    order_known: bool
    change: int | None
    revision: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What one origin says in one cell at the cut-off."""

    origin_id: int
    name: str
    kind: str | None
    affiliation: str | None
    count_shown: str
    count_min: int | None
    count_max: int | None
    bound: str
    stance: str
    order_known: bool
    first_reported_on: date | None
    last_reported_on: date | None
    n_figures: int
    n_stories: int
    n_quarantined: int
    publishers: tuple[str, ...]
    figure_id: int
    figure_ids: tuple[int, ...]
    is_paraphrase: bool
    is_derived: bool
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The range that is left without something it may rest on (`any one origin`, …); None and None where nothing is left."""

    what: str
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be compared: outcome x victim side x victim status x demographic of one incident."""

    outcome: str
    victim_side: str
    victim_status: str
    demographic: str
    lowest: int | None
    highest: int | None
    n_origins: int
    n_publishers: int
    is_conflict: bool
    status: str
    gap: int | None
    gap_ratio: float | None
    without: tuple[Without, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident with its cells. `n_origins` counts the distinct origins of its best covered cell."""

    incident_id: int
    label: str
    event_date_start: date | None
    event_date_end: date | None
    place_name: str | None
    place_admin: str | None
    country: str | None
    attacker_group: str | None
    n_reports: int
    n_articles: int
    contained_in_incident_id: int | None
    contained_in: str | None
    contains: tuple[str, ...]
    n_origins: int
    cells: tuple[Cell, ...]

    @property
    def n_all_origins(self) -> int:
        """Distinct origins over all cells: who says anything of the incident."""
        return len({origin.origin_id for cell in self.cells for origin in cell.origins})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The incidents shown, and how many match the filters in all."""

    incidents: tuple[Incident, ...]
    n_matching: int
    series: tuple[SeriesGroup, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """Running tolls that count the same thing in the same area, one row (as in series.sql) an origin and start.

    place: the area, under each of the names it was reported by.
    """

    what: str
    place: str | None
    rows: tuple[dict[str, Any], ...]


def compare(con: duckdb.DuckDBPyConnection, filters: Filters) -> Comparison:
    """Return the incidents that match, best covered first, and the running tolls that match."""
    heads = _rows(con, "incidents", _parameters(filters) | {"incident_id": None, "max_incidents": filters.limit})
    incidents = _with_cells(con, heads, filters)
    return Comparison(incidents, heads[0]["n_matching"] if heads else 0, _series(con, filters))


def one_incident(con: duckdb.DuckDBPyConnection, number: str) -> Incident:
    """Return the incident whose id is, or uniquely starts with, `number`. Raises InputError when none or several do."""
    incident_id = find_incident(con, number)
    filters = Filters()
    parameters = _parameters(filters) | {"incident_id": incident_id, "max_incidents": 1}
    heads = _rows(con, "incidents", parameters)
    if not heads:  # every figure of it is denied or rejected: it has no cell
        raise InputError(f"incident {incident_id} has no figure that counts")
    return _with_cells(con, heads, filters)[0]


def figures_of(con: duckdb.DuckDBPyConnection, incident_id: int) -> list[dict[str, Any]]:
    """Return every figure of the incident with its words, source, publisher and link (columns of figures.sql)."""
    return _rows(con, "figures", {"incident_id": incident_id})


def spellings(figures: Iterable[dict[str, Any]]) -> dict[int, tuple[str, ...]]:
    """Return for each origin how the articles print it, other than by its own name; `The X` and `the x` are one spelling."""
    found: dict[int, dict[str, str]] = {}
    for figure in figures:
        if figure["source_text"] and _spelled(figure["source_text"]) != _spelled(figure["origin"] or ""):
            found.setdefault(figure["origin_id"], {}).setdefault(_spelled(figure["source_text"]), figure["source_text"])
    return {origin: tuple(texts.values()) for origin, texts in found.items()}


def by_sentence(figures: Iterable[dict[str, Any]]) -> list[tuple[str, bool, tuple[dict[str, Any], ...]]]:
    """Return (sentence, whether it is the headline, its figures) for figures of one article, in their order."""
    grouped = groupby(figures, key=lambda figure: (figure["sentence"], figure["in_title"]))
    return [(sentence, in_title, tuple(group)) for (sentence, in_title), group in grouped]


def _spelled(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _with_cells(con: duckdb.DuckDBPyConnection, heads: list[dict[str, Any]], filters: Filters) -> tuple[Incident, ...]:
    ids = [head["incident_id"] for head in heads]
    revisions: dict[tuple[Any, ...], list[Revision]] = {}
    for row in _rows(con, "revisions", {"incident_ids": ids}):
        revisions.setdefault((row["incident_id"], *_cell_key(row), row["origin_id"]), []).append(_revision(row))
    wanted = {"incident_ids": ids, "outcome": filters.outcome, "min_sources": filters.min_sources}
    cells: dict[int, list[Cell]] = {}
    for (incident_id, *_), group in groupby(_rows(con, "cells", wanted), key=lambda row: (row["incident_id"], *_cell_key(row))):
        cells.setdefault(incident_id, []).append(_cell(list(group), revisions))
    return tuple(_incident(head, cells.get(head["incident_id"], [])) for head in heads)


def _incident(head: dict[str, Any], cells: list[Cell]) -> Incident:
    ordered = sorted(cells, key=_cell_order)
    values = {name: value for name, value in head.items() if name != "n_matching"} | {"contains": tuple(head["contains"] or ())}
    return Incident(**values, cells=tuple(ordered))


def _cell_order(cell: Cell) -> tuple[int, int, int, str]:
    return (
        OUTCOMES.index(cell.outcome),
        SIDES.index(cell.victim_side),
        STATUSES.index(cell.victim_status),
        "" if cell.demographic == ALL else cell.demographic,
    )


def _cell(rows: list[dict[str, Any]], revisions: dict[tuple[Any, ...], list[Revision]]) -> Cell:
    first = rows[0]
    return Cell(
        *_cell_key(first),
        lowest=first["lowest"],
        highest=first["highest"],
        n_origins=first["n_distinct_origins"],
        n_publishers=first["n_cell_publishers"],
        is_conflict=first["is_conflict"],
        status=first["status"],
        gap=first["gap"],
        gap_ratio=first["gap_ratio"],
        without=tuple(Without(what, first[f"lowest_{ending}"], first[f"highest_{ending}"]) for what, ending in WITHOUT.items()),
        origins=tuple(_origin(row, tuple(revisions.get((row["incident_id"], *_cell_key(row), row["origin_id"]), ()))) for row in rows),
    )


def _cell_key(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return row["outcome"], row["victim_side"], row["victim_status"], row["demographic"]


def _origin(row: dict[str, Any], revisions: tuple[Revision, ...]) -> Origin:
    return Origin(
        origin_id=row["origin_id"],
        name=row["origin"],
        kind=row["origin_kind"],
        affiliation=row["origin_affiliation"],
        count_shown=row["count_shown"],
        count_min=row["count_min"],
        count_max=row["count_max"],
        bound=row["bound"],
        stance=row["stance"],
        order_known=row["order_known"],
        first_reported_on=row["first_reported_on"],
        last_reported_on=row["last_reported_on"],
        n_figures=row["n_figures"],
        n_stories=row["n_stories"],
        n_quarantined=row["n_quarantined"],
        publishers=tuple(row["publishers"] or ()),
        figure_id=row["figure_id"],
        figure_ids=tuple(row["figure_ids"]),
        is_paraphrase=row["is_paraphrase"],
        is_derived=row["is_derived"],
        revisions=revisions,
    )


def _revision(row: dict[str, Any]) -> Revision:
    return Revision(
        figure_id=row["figure_id"],
        published_on=row["published_on"],
        published_at=row["published_at"],
        publisher=row["publisher"],
        count_shown=row["count_shown"],
        count_min=row["count_min"],
        order_known=row["order_known"],
        change=row["change"],
        revision=row["revision"],
    )


def _series(con: duckdb.DuckDBPyConnection, filters: Filters) -> tuple[SeriesGroup, ...]:
    rows = _rows(con, "series", _parameters(filters))
    groups = []
    for _, group in groupby(rows, key=lambda row: row["series_group"]):
        listed = tuple(group)
        groups.append(SeriesGroup(listed[0]["group_what"], " / ".join(listed[0]["group_places"]) or None, listed))
    return tuple(groups)


def _parameters(filters: Filters) -> dict[str, Any]:
    place = _folded(filters.place) if filters.place else None
    return {
        "place": place,
        "country": _country_code(filters.place) if filters.place else None,
        "from_day": filters.from_day,
        "to_day": filters.to_day,
        "outcome": filters.outcome,
        "min_sources": filters.min_sources,
    }


def _folded(name: str) -> str:
    """Lower case without accents and marks of transliteration, hyphens as spaces: as `translate(strip_accents(lower(…` in SQL."""
    decomposed = unicodedata.normalize("NFD", name.strip().lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).translate(_MARKS)


def _country_code(name: str) -> str | None:
    import pycountry  # read only when somebody filters by place: it loads the ISO lists

    try:
        return str(pycountry.countries.lookup(name.strip()).alpha_2)
    except LookupError:
        return None


def _rows(con: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    result = con.execute(statement(f"report/{name}"), parameters)
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
