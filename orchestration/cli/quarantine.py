"""`casualties quarantine`: what was held back, and the way back for what was read well.

Belongs here: the two commands. Keep out: the rules and the landing.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from orchestration.cli.deciding import signed
from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows
from warehouse.marks import PARAPHRASE

app = typer.Typer(help="Figures held back because the reader probably misread them.", no_args_is_help=True, rich_markup_mode=None)
SHOWN = ("quarantine_id", "expectation", "reason", "outcome", "quantity_text", "sentence", "note", "publisher", "url", "quarantined_at")


@app.command("list")
def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what was re-admitted, and older readings.")] = False,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """List the figures that were held back: by which rule, why, and their words.

    \b
    Examples
      casualties quarantine list
      casualties quarantine list --format csv > quarantine.csv
    """
    from warehouse.connection import open_working
    from warehouse.masks import Names
    from warehouse.quarantine import list_quarantined
    from warehouse.settings import masks_names

    where = folder(data, context)
    with open_working(where, "quarantine list") as con:
        rows = list_quarantined(con, everything=everything)
        if rows and masks_names(where):
            names = Names(con)
            rows = [names.held_back(row) for row in rows]
    if not rows and form is Format.table:
        typer.echo("The quarantine is empty: no figure was held back.")
        return
    columns, listed = shown(rows)
    show_rows(columns, listed, form)


@app.command("readmit")
def readmit_(
    context: typer.Context,
    quarantine_id: Annotated[int, typer.Argument(metavar="ID", help="As `quarantine list` prints it.")],
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept with the figure.")],
    by: Annotated[str | None, typer.Option("--by", help="Who decided.  [default: your user name]")] = None,
    data: DataOption = None,
) -> None:
    """Let a figure that was held back stand after all. It lands flagged `readmitted`; the next run compares with it.

    \b
    Example
      casualties quarantine readmit 123 --why "the article really says 1,995 killed"
    """
    from warehouse.connection import open_working
    from warehouse.quarantine import readmit

    with open_working(folder(data, context), f"quarantine readmit {quarantine_id}") as con:
        done = readmit(con, quarantine_id, why, *signed(by))
    typer.echo(
        f"Figure {done.figure_id} is re-admitted over {', '.join(done.expectations)}. `casualties run` brings it into the comparison."
    )


def shown(rows: list[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Return the columns worth printing and the rows' values in that order: the row's own columns and those of its figure."""
    merged = [{**json.loads(row["row_json"]), **row, "note": PARAPHRASE if row["is_paraphrase"] else None} for row in rows]
    columns = [name for name in SHOWN if any(row.get(name) is not None for row in merged)]
    return columns, [[row.get(name) for name in columns] for row in merged]
