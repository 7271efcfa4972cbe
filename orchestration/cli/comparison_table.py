"""The comparison on a terminal.

Belongs here: layout: widths, headings, colours. Keep out: words (`warehouse/wording.py`) and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.inert import inert
from orchestration.cli.options import console
from warehouse import wording
from warehouse.comparison import Cell, Comparison, Incident, Origin, SeriesGroup

SHORT_ID = 8
HEADINGS = ("who says so", "what kind", "says", "printed", "printed by", "how it moved")
SERIES_HEADINGS = ("who says so", "what kind", "says", "printed", "printed by", "counted since")
OF_WIDTH = (0.25, 0.19, 0.12, 0.13, 0.16, 0.15)  # of the line


def show_comparison(found: Comparison) -> None:
    """Print the comparison: a block for each incident, then the running tolls, then what the marks mean."""
    out = console()
    if not found.incidents and not found.series:
        out.print("No incident matches. `casualties compare` without options shows all there are.")
        return
    for incident in found.incidents:
        show_incident(out, incident)
    if found.series:
        _show_series(out, found.series)
    _show_notes(out, found)


def show_incident(out: Console, incident: Incident) -> None:
    """Print one incident with its cells."""
    title = Text.assemble((f" {inert(incident.label)} ", "bold reverse"), f"  {inert(wording.where(incident))}")
    out.print(title)
    facts = [
        f"incident {incident.incident_id}",
        _counted(incident.n_articles, "article"),
        f"up to {_counted(incident.n_origins, 'origin')} a cell",
    ]
    if incident.attacker_group:
        facts.append(f"attacker as most reports name it: {inert(incident.attacker_group)}")
    if incident.contained_in:
        facts.append(f"part of {inert(incident.contained_in)} ({incident.contained_in_incident_id})")
    out.print(Text("   ".join(facts), style="dim"))
    for position, cell in enumerate(incident.cells):
        _show_cell(out, cell, header=position == 0)
    out.print()


def _show_cell(out: Console, cell: Cell, *, header: bool) -> None:
    heading = Text.assemble(
        (f"{cell.outcome.upper()} ", "bold cyan"),
        (wording.whom(cell), "cyan"),
        "  ",
        (wording.span(cell.lowest, cell.highest), "bold"),
        f"  {_counted(cell.n_origins, 'origin')}",
    )
    verdict = wording.agreement(cell)
    if verdict:
        heading.append(f"  {verdict}", style="bold red" if cell.is_conflict else "green")
    table = _table(out, HEADINGS if header else None)
    for origin in cell.origins:
        table.add_row(*_origin_cells(origin))
    out.print(heading)
    out.print(table)


def _origin_cells(origin: Origin) -> list[Text]:
    says = Text(inert(wording.says(origin)), style="bold")
    if origin.is_paraphrase:
        says.append("*", style="dim")
    moved = wording.movement(origin.revisions)
    if origin.n_quarantined:
        moved = f"{moved}  ({origin.n_quarantined} held back)".strip()
    return [
        Text(f"  {inert(origin.name)}"),
        Text(inert(wording.kind(origin.kind, origin.affiliation)), style="yellow" if origin.affiliation else ""),
        says,
        Text(wording.days(origin.first_reported_on, origin.last_reported_on)),
        Text(inert(_publishers(origin.publishers))),
        Text(inert(moved)),
    ]


def _show_series(out: Console, groups: Sequence[SeriesGroup]) -> None:
    out.print(Text.assemble((" Running tolls ", "bold reverse"), "  in no incident's numbers; starts differ, so compare those first"))
    for position, group in enumerate(groups):
        table = _table(out, SERIES_HEADINGS if position == 0 else None)
        for row in group.rows:
            table.add_row(*_series_cells(row))
        out.print(Text.assemble((inert(group.what), "cyan"), f"  {inert(group.place or 'place not told')}"))
        out.print(table)
    out.print()


def _series_cells(row: dict[str, Any]) -> list[Text]:
    says = Text(inert(row["count_shown"]), style="bold")
    if row["is_paraphrase"]:
        says.append("*", style="dim")
    since = row["since_text"] or (f"{row['since_on']}" if row["since_on"] else "not told")
    return [
        Text(f"  {inert(row['origin'])}"),
        Text(inert(wording.kind(row["origin_kind"], row["origin_affiliation"])), style="yellow" if row["origin_affiliation"] else ""),
        says,
        Text(wording.days(row["first_reported_on"], row["last_reported_on"])),
        Text(inert(_publishers(row["publishers"] or ()))),
        Text(inert(since)),
    ]


def _show_notes(out: Console, found: Comparison) -> None:
    notes = []
    if _any_paraphrase(found):
        notes.append(f"* stands in a {wording.PARAPHRASE}, not in the publisher's words")
    if found.n_matching > len(found.incidents):
        notes.append(f"{found.n_matching - len(found.incidents)} more incidents match; --limit shows more")
    if found.incidents:
        notes.append(f"every figure with its words: casualties incident {str(found.incidents[0].incident_id)[:SHORT_ID]}")
    for note in notes:
        out.print(Text(note, style="dim"))


def _any_paraphrase(found: Comparison) -> bool:
    in_cells = any(o.is_paraphrase for i in found.incidents for c in i.cells for o in c.origins)
    return in_cells or any(row["is_paraphrase"] for group in found.series for row in group.rows)


def _table(out: Console, headings: Sequence[str] | None) -> Table:
    """Return a table whose columns are as wide as those of every other: cells of different tables stand below each other."""
    table = Table(box=None, show_header=headings is not None, header_style="dim", pad_edge=False, padding=(0, 1, 0, 0), width=out.width)
    shares = OF_WIDTH
    for position, share in enumerate(shares):
        width = int((out.width - len(shares)) * share)
        table.add_column(headings[position] if headings else "", width=width, overflow="fold")
    return table


def _publishers(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
