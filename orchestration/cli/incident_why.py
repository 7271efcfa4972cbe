"""`casualties incident ID --why`: every link of an incident with its match probability and the evidence for and against.

Belongs here: its layout. Keep out: the weights (`core.incident_links`) and the drawing (`warehouse/report/waterfall.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from orchestration.cli.inert import inert, write_csv, write_json
from orchestration.cli.options import Format

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    *("left_report_id", "left_publisher", "left_published_on", "right_report_id", "right_publisher", "right_published_on"),
    *("match_probability", "prior_weight", "comparisons", "reasons", "weights", "model_version"),
)


def show_why(con: duckdb.DuckDBPyConnection, number: str, form: Format, picture: Path | None) -> None:
    """Print why the reports of an incident are one, and write the waterfalls of each report's best link where wanted."""
    from warehouse.incident_ids import find_incident
    from warehouse.load import fetch_rows
    from warehouse.report.waterfall import draw
    from warehouse.statements import statement

    incident = find_incident(con, number)
    links = fetch_rows(con, statement("report/incident_links"), [incident])
    decisions = [row[0] for row in con.execute(statement("report/incident_decisions"), [incident]).fetchall()]
    if form is Format.json:
        write_json(sys.stdout, {"incident_id": incident, "decisions": decisions, "links": links})
    elif form is Format.csv:
        write_csv(sys.stdout, COLUMNS, ([link[name] for name in COLUMNS] for link in links))
    else:
        _print(incident, links, decisions)
    if picture is not None:
        picture.write_text(draw(_best(links)), encoding="utf-8")
        typer.echo(f"waterfalls: {inert(picture)}", err=True)


def _print(incident: int, links: list[dict[str, Any]], decisions: list[str]) -> None:
    typer.echo(
        f"incident {incident}: {len(links)} links between its reports; weights in bits, + speaks for one incident. Tolls play no part."
    )
    for decision in decisions:
        typer.echo(inert(decision))
    if not links and not decisions:
        typer.echo("One report: nothing else is linked to it.")
    for link in links:
        sides = " and ".join(f"{link[f'{side}_publisher']} ({link[f'{side}_published_on'] or 'day unknown'})" for side in ("left", "right"))
        typer.echo(inert(f"\n{sides}: probability {link['match_probability']:.3f}, model {link['model_version']}"))
        typer.echo(f"  {link['prior_weight']:+6.1f}  any two reports")
        for comparison, says, weight in zip(link["comparisons"], link["reasons"], link["weights"], strict=True):
            typer.echo(inert(f"  {weight:+6.1f}  {comparison}: {says}"))


def _best(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best link of each report; links come most probable first."""
    seen: set[int] = set()
    best = []
    for link in links:
        ends = {link["left_report_id"], link["right_report_id"]}
        if not ends <= seen:
            best.append(link)
            seen |= ends
    return best
