"""`casualties verify`: whether the warehouse is what it should be.

Belongs here: printing what was found. Keep out: the invariants (`warehouse/verify.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, folder

BROKEN = 1


def verify(
    context: typer.Context,
    show_all: Annotated[bool, typer.Option("--all", help="Also list every invariant that holds.")] = False,
    data: DataOption = None,
) -> None:
    """Check every invariant of the warehouse: nothing twice, nothing orphaned, every number leads back to its words.

    \b
    Examples
      casualties verify
      casualties verify --all

    Reads all of the working file (so it waits while a run is going) and the published copy. Says what breaks an invariant and
    the way back. Changes nothing. Ends with 1 when something is broken.
    """
    from warehouse.verify import MOST_COUNTED  # imports DuckDB
    from warehouse.verify import verify as findings

    n_all, n_broken = 0, 0
    for finding in findings(folder(data, context)):
        n_all += 1
        if finding.ok:
            if show_all:
                typer.echo(f"holds   {finding.name}: {finding.holds}")
            continue
        n_broken += 1
        number = f"{finding.n_broken} or more" if finding.n_broken == MOST_COUNTED else str(finding.n_broken)
        typer.echo(f"BROKEN  {finding.name}: {finding.holds}")
        typer.echo(f"        {number}: {'; '.join(inert(line) for line in finding.broken)}")
        typer.echo(f"        way back: {finding.way_back}")
    if n_broken:
        typer.echo(f"{n_broken} of {n_all} invariants are broken.")
        raise typer.Exit(BROKEN)
    typer.echo("Every invariant holds.")
