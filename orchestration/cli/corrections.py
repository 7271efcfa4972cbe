"""`casualties corrections`: what people decided, and the way back.

Belongs here: the two commands. Keep out: the decisions (`incidents.py`, `figures.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.deciding import NEXT, ByOption, WhyOption, signed
from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows

app = typer.Typer(help="People's corrections of figures and incidents.", no_args_is_help=True, rich_markup_mode=None)
COLUMNS = (
    "correction_id",
    "kind",
    "incident_id",
    "other_incident_id",
    "n_figures",
    "n_current",
    "new_values",
    "decided_at",
    "decided_by",
    "why",
)
UNDONE = ("undone_at", "undone_by", "undone_why")


@app.command("list")
def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that were taken back.")] = False,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """List the corrections: what was decided, by whom, when and why, and how many of its figures are still read.

    \b
    Examples
      casualties corrections list
      casualties corrections list --all --format csv
    """
    from warehouse.connection import open_working
    from warehouse.corrections import list_corrections

    with open_working(folder(data, context), "corrections list") as con:
        rows = list_corrections(con, everything=everything)
    if not rows and form is Format.table:
        typer.echo("Nobody has corrected anything.")
        return
    columns = [*COLUMNS, *(UNDONE if everything else ())]
    merged = [row | {"n_figures": len(row["figure_ids"]) + len(row["other_figure_ids"])} for row in rows]
    show_rows(columns, [[row[name] for name in columns] for row in merged], form)


@app.command("undo")
def undo_(
    context: typer.Context,
    correction_id: Annotated[int, typer.Argument(metavar="ID", help="As `corrections list` prints it.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Take a correction back. What the machine read and linked holds again; the correction stays in the list with --all.

    \b
    Example
      casualties corrections undo 123 --why "the page was right after all"
    """
    from warehouse.connection import open_working
    from warehouse.corrections import undo

    with open_working(folder(data, context), "corrections undo") as con:
        done = undo(con, correction_id, why, *signed(by))
    typer.echo(f"The {done['kind']} of {done['decided_at']:%Y-%m-%d} is taken back.\n{NEXT}")
