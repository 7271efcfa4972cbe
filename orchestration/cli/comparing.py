"""`casualties compare`: what different sources reported of the same incident, side by side.

Belongs here: the command and its CSV and JSON forms. Keep out: queries (`warehouse/comparison.py`), the table's layout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.inert import write_csv, write_json
from orchestration.cli.options import DataOption, Format, FormatOption, day, folder

if TYPE_CHECKING:
    from warehouse.comparison import Comparison

MOST = 20
CELL = ("outcome", "victim_side", "victim_status", "demographic")
RANGE = ("lowest", "highest", "n_origins", "is_conflict", "status", "gap", "gap_ratio")
ORIGIN = ("count_shown", "count_min", "count_max", "bound", "stance", "order_known", "first_reported_on", "last_reported_on")
COUNTS = ("n_figures", "n_stories", "n_quarantined", "is_paraphrase", "is_derived")
COLUMNS = (
    *("record", "incident_id", "incident", *CELL, *RANGE, "origin", "origin_kind", "origin_affiliation", *ORIGIN),
    *("publishers", "movement", *COUNTS, "place", "since_text"),
)


def compare(
    context: typer.Context,
    place: Annotated[str | None, typer.Option("--place", help="Part of a place name, or a country.")] = None,
    from_day: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Incidents on or after this day.")] = None,
    to_day: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Incidents on or before this day.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="killed, injured, missing, abducted, detained, displaced, …")] = None,
    min_sources: Annotated[int, typer.Option("--min-sources", min=1, help="Only cells with so many distinct origins.")] = 1,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most incidents shown, best covered first.")] = MOST,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """Show what different sources reported of the same incident.

    \b
    One block is one incident; in it, one heading is one cell: what happened, and to whom. Only figures of one cell may
    be compared. One line is one origin: the source at the start of the chain, however many outlets quote it.

    \b
    Examples
      casualties compare --place Suwayda
      casualties compare --from 2018-07-01 --to 2018-07-31 --min-sources 2
      casualties compare --outcome killed --format csv > killed.csv

    \b
    How to read it
      > 600, ≥ 246, 20-30   the bounds of the words: over 600, at least 246, between 20 and 30
      in conflict           no number is left on which both could be right; a gap of days is no conflict
      156 / 183 → 246       how an origin's number moved; / means that nobody knows which came first
      party: X              a party to the conflict speaks: its own claim
    """
    from warehouse import comparison  # DuckDB
    from warehouse.connection import open_published

    filters = comparison.Filters(place, day(from_day, "--from"), day(to_day, "--to"), outcome, min_sources, limit)
    with open_published(folder(data, context)) as con:
        found = comparison.compare(con, filters)
    if form is Format.json:
        write_json(sys.stdout, asdict(found))
    elif form is Format.csv:
        write_csv(sys.stdout, COLUMNS, ([row.get(name) for name in COLUMNS] for row in flat(found)))
    else:
        from orchestration.cli.comparison_table import show_comparison

        show_comparison(found)


def flat(found: Comparison) -> Iterator[dict[str, Any]]:
    """Yield a row for each origin in each cell (record `incident`) and for each running toll (record `series`)."""
    from warehouse.wording import movement

    for incident in found.incidents:
        for cell in incident.cells:
            for origin in cell.origins:
                yield {
                    "record": "incident",
                    "incident_id": incident.incident_id,
                    "incident": incident.label,
                    **{name: getattr(cell, name) for name in (*CELL, *RANGE)},
                    **{name: getattr(origin, name) for name in (*ORIGIN, *COUNTS)},
                    "origin": origin.name,
                    "origin_kind": origin.kind,
                    "origin_affiliation": origin.affiliation,
                    "publishers": "; ".join(origin.publishers),
                    "movement": movement(origin.revisions),
                    "place": incident.place_name,
                }
    for group in found.series:
        for row in group.rows:
            yield {**row, "record": "series", "incident": row["what"], "publishers": "; ".join(row["publishers"] or ())}
