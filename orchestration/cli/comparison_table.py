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
INDENT = 2
STYLES = {"conflict": "bold red", "not_comparable": "yellow", "overlap": "yellow"} | dict.fromkeys(("compatible", "one_origin"), "green")
SHARES = (0.275, 0.17, 0.12, 0.135, 0.14, 0.16)  # of the line


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
    where = wording.where(incident)
    out.print(Text.assemble((f" {inert(incident.label)} ", "bold reverse"), f"  {inert(where)}" if where else ""))
    facts = [
        f"incident {incident.incident_id}",
        f"reported by {_counted(incident.n_articles, 'article')}",
        f"{_counted(incident.n_all_origins, 'origin')}, at most {incident.n_origins} for one number",
    ]
    if incident.attacker_group:
        facts.append(f"attacker as most reports name it: {inert(incident.attacker_group)}")
    if incident.contained_in:
        facts.append(f"part of {inert(incident.contained_in)} ({incident.contained_in_incident_id}): never added to it")
    if incident.contains:
        parts = "; ".join(map(inert, incident.contains))
        facts.append(f"numbers of the whole; {_counted(len(incident.contains), 'part')} told apart, never added: {parts}")
    out.print(Text("  ·  ".join(facts), style="dim"))
    out.print(_table(out, HEADINGS))
    for cell in incident.cells:
        _show_cell(out, cell, incident.attacker_group)
    out.print()


def _show_cell(out: Console, cell: Cell, attacker: str | None) -> None:
    heading = Text.assemble(
        (f"{cell.outcome.upper()} ", "bold cyan"),
        (wording.whom(cell), "cyan"),
        "  ",
        (wording.span(cell), "bold"),
        f"  {_counted(cell.n_origins, 'origin')}",
    )
    verdict = wording.agreement(cell)
    if verdict:
        heading.append(f"  {verdict}", style=STYLES[cell.status])
    table = _table(out)
    for origin in cell.origins:
        table.add_row("", *_origin_cells(origin, attacker))
    out.print()
    out.print(heading)
    out.print(table)
    rest = wording.resting(cell)
    if rest:
        out.print(Text(f"{' ' * INDENT}{rest}", style="dim"))


def _origin_cells(origin: Origin, attacker: str | None) -> list[Text]:
    moved = wording.movement(origin.revisions)
    if origin.n_quarantined:
        moved = f"{moved}  ({origin.n_quarantined} held back)".strip()
    return [
        Text(inert(origin.name)),
        _kind(origin.kind, wording.party(origin.name, origin.affiliation, attacker)),
        _number(wording.says(origin), origin.is_paraphrase),
        Text(wording.days(origin.first_reported_on, origin.last_reported_on)),
        Text(inert(_publishers(origin.publishers))),
        Text(inert(moved)),
    ]


def _show_series(out: Console, groups: Sequence[SeriesGroup]) -> None:
    out.print(Text.assemble((" Running tolls ", "bold reverse"), "  in no incident's numbers; starts differ, so compare those first"))
    out.print(_table(out, SERIES_HEADINGS))
    for group in groups:
        table = _table(out)
        for row in group.rows:
            table.add_row("", *_series_cells(row))
        out.print()
        out.print(Text.assemble((inert(group.what), "cyan"), f"  {inert(group.place or 'place not told')}"))
        out.print(table)
    out.print()


def _series_cells(row: dict[str, Any]) -> list[Text]:
    return [
        Text(inert(row["origin"])),
        _kind(row["origin_kind"], wording.party(row["origin"], row["origin_affiliation"], None)),
        _number(row["count_shown"], row["is_paraphrase"]),
        Text(wording.days(row["first_reported_on"], row["last_reported_on"])),
        Text(inert(_publishers(row["publishers"] or ()))),
        Text(inert(wording.since(row["since_text"], row["since_on"]))),
    ]


def _kind(kind: str | None, party: str) -> Text:
    text = Text(inert(wording.kind(kind)))
    if party:
        text.append(f" · {inert(party)}", style="yellow")
    return text


def _number(text: str, is_paraphrase: bool) -> Text:
    shown = Text(inert(text), style="bold")
    if is_paraphrase:
        shown.append("*", style="not bold dim")
    return shown


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


def _table(out: Console, headings: Sequence[str] | None = None) -> Table:
    """Return a table whose columns are as wide as those of every other: cells of different tables stand below each other."""
    table = Table(box=None, show_header=headings is not None, header_style="dim", pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", width=INDENT - 1)
    room = out.width - INDENT - len(SHARES)
    widths = [int(room * share) for share in SHARES[:-1]]
    for position, width in enumerate([*widths, room - sum(widths)]):
        table.add_column(headings[position] if headings else "", width=width, overflow="fold")
    return table


def _publishers(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
